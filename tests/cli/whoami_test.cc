#define BOOST_TEST_MODULE cli_whoami
#include "cli/commands/whoami.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/support/fake_clock.h"

using namespace crosslog;
using namespace crosslog::cli;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

struct Scene {
  Scene() {
    credentials.access_key_id = "ASIAEXAMPLEABCDEWXYZ";
    credentials.secret_access_key = Secret("canary-secret");
    credentials.session_token = Secret("canary-token");
    credentials.origin = "role r, assumed with profile p";
    credentials.hops = {
        {.method = "shared-credentials-file", .subject = "p", .place = "/h/credentials:3", .cached = false},
        {.method = "assume-role", .subject = "arn:r", .place = "/h/config:7", .cached = false}};
    settings.profile = "x";
    settings.profile_origin.text = "--profile";
  }
  [[nodiscard]] Document document() const {
    return describe_identity({.caller = caller,
                              .credentials = credentials,
                              .settings = settings,
                              .region = "eu-west-1",
                              .region_origin = "/h/config:9",
                              .now = test::kNewYear2026});
  }
  [[nodiscard]] std::string text() const { return write_identity(document()); }

  CallerIdentity caller{.user_id = "AROA:s", .account = "999999999999", .arn = "arn:aws:sts::9:x"};
  Credentials credentials;
  Settings settings;
};

}  // namespace

BOOST_AUTO_TEST_CASE(for_a_person) {
  Scene scene;
  scene.credentials.expires = test::kNewYear2026 + minutes(59);
  scene.settings.sts_endpoint = Settings::ConfiguredEndpoint{
      .url = "http://127.0.0.1:1", .origin = {"environment AWS_ENDPOINT_URL_STS"}, .allow_plain_http = true};
  BOOST_TEST(scene.text() ==
             "account     999999999999\n"
             "arn         arn:aws:sts::9:x\n"
             "user id     AROA:s\n"
             "access key  ASIA************WXYZ\n"
             "expires     2026-01-01T00:59:00Z, in 59 min\n"
             "source      role r, assumed with profile p\n"
             "chain       1. shared-credentials-file p (/h/credentials:3)\n"
             "            2. assume-role arn:r (/h/config:7)\n"
             "profile     x (--profile)\n"
             "region      eu-west-1 (/h/config:9)\n"
             "endpoints   sts http://127.0.0.1:1/ (environment AWS_ENDPOINT_URL_STS)\n"
             "            logs https://logs.eu-west-1.amazonaws.com/ (default)\n");
}

BOOST_AUTO_TEST_CASE(the_time_that_is_left) {
  Scene scene;
  const auto line = [&](std::optional<TimePoint> expires) {
    scene.credentials.expires = expires;
    const std::string text = scene.text();
    const auto at = text.find("expires");
    return text.substr(at + 12, text.find('\n', at) - at - 12);
  };
  BOOST_TEST(line({}) == "never");
  BOOST_TEST(line(test::kNewYear2026 + seconds(40)) == "2026-01-01T00:00:40Z, in 40 s");
  BOOST_TEST(line(test::kNewYear2026 + hours(30)) == "2026-01-02T06:00:00Z, in 30 h 0 min");
  BOOST_TEST(line(test::kNewYear2026 - minutes(5)) == "2025-12-31T23:55:00Z, 5 min ago");
}

BOOST_AUTO_TEST_CASE(a_role_out_of_the_cache) {
  Scene scene;
  scene.credentials.hops.erase(scene.credentials.hops.begin());
  scene.credentials.hops[0].cached = true;
  BOOST_TEST(scene.text().find("chain       1. assume-role arn:r (/h/config:7), from the cache\n") !=
             std::string::npos);
  BOOST_TEST(*scene.document().find("Credentials")->find("FromCache")->boolean());
}

BOOST_AUTO_TEST_CASE(no_secret_is_in_it) {
  Scene scene;
  scene.credentials.access_key_id = "SHORTKEY";
  const std::string text = scene.text() + write_json(scene.document());
  for (const char* secret : {"canary", "SHORTKEY"})
    BOOST_TEST(text.find(secret) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(names_of_the_document) {
  Scene scene;
  scene.credentials.expires = test::kNewYear2026 + hours(1);
  scene.settings.profile = "default";
  BOOST_TEST(
      write_json(scene.document()) ==
      R"({"Account":"999999999999","Arn":"arn:aws:sts::9:x","UserId":"AROA:s","Credentials":)"
      R"({"AccessKeyId":"ASIA************WXYZ","Expiration":"2026-01-01T01:00:00Z","SecondsLeft":3600,)"
      R"("Origin":"role r, assumed with profile p","FromCache":false},"Chain":[{"Method":)"
      R"("shared-credentials-file","Subject":"p","Place":"/h/credentials:3","FromCache":false},)"
      R"({"Method":"assume-role","Subject":"arn:r","Place":"/h/config:7","FromCache":false}],)"
      R"("Profile":{"Name":"default","Origin":"--profile"},"Region":{"Name":"eu-west-1","Origin":)"
      R"("/h/config:9"},"Endpoints":[{"Service":"sts","Url":"https://sts.eu-west-1.amazonaws.com/",)"
      R"("Origin":"default"},{"Service":"logs","Url":"https://logs.eu-west-1.amazonaws.com/",)"
      R"("Origin":"default"}]})");
}
