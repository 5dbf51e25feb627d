// The provider alone; what profiles make of it is in tests/data/providers.
#define BOOST_TEST_MODULE sso
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "base/crypto.h"
#include "crosslog/credential_cache.h"
#include "crosslog/providers.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_host.h"
#include "tests/support/providers.h"
#include "tests/support/scripted_transport.h"

using namespace crosslog;

namespace {

const std::string kUrl = "https://corp.test/start";
const std::string kAnswer =
    R"({"roleCredentials":{"accessKeyId":"PORTAL","secretAccessKey":"CANARY1","sessionToken":"CANARY2",)"
    R"("expiration":1767229200999}})";

// Writes down what it is asked, and keeps nothing.
class SpyCache final : public CredentialCache {
 public:
  Result<AssumedRole> get(const std::string& key, const Fetch& fetch, std::stop_token) override {
    keys.push_back(key);
    return fetch();
  }
  void invalidate(const std::string& key, std::string_view access_key_id) noexcept override {
    invalidated.push_back(key + " " + std::string(access_key_id));
  }
  std::vector<std::string> keys, invalidated;
};

struct Scene {
  explicit Scene(std::string session = "corp") {
    fake.environment["HOME"] = "/home/me/";
    options.session_name = std::move(session);
    options.start_url = kUrl;
    options.account_id = "111122223333";
    options.role_name = "Read";
    options.profile = "work";
    options.client.endpoint = test::endpoint("https://portal.sso.eu-west-1.amazonaws.com", "portal.sso");
    options.client.random = test::always(0.5);
    login("CANARY-token");
  }
  [[nodiscard]] std::string token_path() const {
    return "/home/me/.aws/sso/cache/" +
           base::sha1_hex(options.session_name.empty() ? kUrl : options.session_name) + ".json";
  }
  void login(const std::string& token, const std::string& expires = "2026-01-01T08:00:00Z") {
    fake.files[token_path()] = R"({"accessToken":")" + token + R"(","expiresAt":")" + expires + R"("})";
  }
  CredentialProvider& provider() {
    if (!made) made = make_sso_provider(transport, clock, fake.host(), options);
    return *made;
  }
  Result<Credentials> get() { return provider().get({}); }

  test::FakeHost fake;
  test::FakeClock clock;
  test::ScriptedTransport transport;
  SsoOptions options;
  ProviderPtr made;
};

Error refused(Scene& scene) {
  const auto got = scene.get();
  BOOST_REQUIRE(!got);
  BOOST_TEST(got.error().message.find("CANARY") == std::string::npos);
  BOOST_TEST(!test::mentions(got.error().hints, "CANARY"));
  return got.error();
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_portal_gives_the_role_for_the_token) {
  Scene scene;
  scene.transport.reply(200, kAnswer);
  const auto got = scene.get();
  BOOST_REQUIRE(got);
  BOOST_TEST(got->access_key_id == "PORTAL");
  BOOST_TEST(got->secret_access_key.reveal() == "CANARY1");
  BOOST_TEST(got->session_token.reveal() == "CANARY2");
  BOOST_TEST((got->expires == test::kNewYear2026 + std::chrono::hours(1)));
  BOOST_TEST(got->account_id == "111122223333");
  BOOST_TEST(got->origin == "single sign-on, role Read in account 111122223333");
  BOOST_REQUIRE(got->hops.size() == 1u);
  BOOST_TEST(got->hops[0].method == "sso");
  const auto request = scene.transport.requests().at(0);
  BOOST_TEST(test::line_of(request) == "GET /federation/credentials?role_name=Read&account_id=111122223333");
  BOOST_TEST(find_header(request.headers, "x-amz-sso_bearer_token") == "CANARY-token");
  BOOST_TEST(find_header(request.headers, "authorization").empty());
  BOOST_TEST(request.body.empty());
}

BOOST_AUTO_TEST_CASE(names_are_encoded) {
  Scene scene;
  scene.options.role_name = "a/b&c=d é";
  scene.transport.reply(200, kAnswer);
  BOOST_REQUIRE(scene.get());
  BOOST_TEST(scene.transport.requests()[0].query ==
             "role_name=a%2Fb%26c%3Dd%20%C3%A9&account_id=111122223333");
}

BOOST_AUTO_TEST_CASE(the_token_is_found_by_session_or_by_start_url) {
  Scene session("corp"), older("");
  BOOST_TEST(session.token_path() != older.token_path());
  for (Scene* scene : {&session, &older}) {
    scene->transport.reply(200, kAnswer);
    BOOST_TEST(scene->get().has_value());
  }
}

BOOST_AUTO_TEST_CASE(the_token_is_read_each_time) {
  Scene scene;
  scene.transport.reply(200, kAnswer).reply(200, kAnswer);
  BOOST_REQUIRE(scene.get());
  scene.login("CANARY-other");
  BOOST_REQUIRE(scene.get());
  BOOST_TEST(find_header(scene.transport.requests()[1].headers, "x-amz-sso_bearer_token") == "CANARY-other");
}

BOOST_AUTO_TEST_CASE(tokens_that_are_none) {
  const std::vector<std::string> files{
      "",
      "x",
      "[]",
      R"("CANARY")",
      R"({"accessToken":"CANARY"})",
      R"({"expiresAt":"2030-01-01T00:00:00Z"})",
      R"({"accessToken":"","expiresAt":"2030-01-01T00:00:00Z"})",
      R"({"accessToken":7,"expiresAt":"2030-01-01T00:00:00Z"})",
      R"({"accessToken":"CANARY","expiresAt":7})",
      R"({"accessToken":"CANARY","expiresAt":"tomorrow"})",
      R"({"accessToken":"CANARY x","expiresAt":"2030-01-01T00:00:00Z"})",
      R"({"accessToken":"CANARY\u0000","expiresAt":"2030-01-01T00:00:00Z"})",
      R"({"accessToken":"CANARY\u00e9","expiresAt":"2030-01-01T00:00:00Z"})",
      R"({"accessToken":"CANARY","accessToken":"CANARY","expiresAt":"2030-01-01T00:00:00Z"})",
  };
  for (const auto& file : files) {
    Scene scene;
    scene.fake.files[scene.token_path()] = file;
    const auto error = refused(scene);
    BOOST_TEST((error.code == Errc::credentials), file);
    BOOST_TEST(error.message == "Error loading SSO Token: Token for " + kUrl + " is invalid", file);
    BOOST_TEST(error.hints.at(0) == "log in with the AWS CLI: aws sso login --profile work");
    BOOST_TEST(scene.transport.count() == 0u);
  }
}

BOOST_AUTO_TEST_CASE(a_token_ends_at_its_second) {
  Scene scene;
  scene.login("CANARY", "2026-01-01T00:00:01Z");
  scene.transport.reply(200, kAnswer);
  BOOST_TEST(scene.get().has_value());
  scene.clock.advance(std::chrono::seconds(1));
  const auto error = refused(scene);
  BOOST_TEST((error.code == Errc::expired_token));
  BOOST_TEST(error.message == "Error when retrieving token from sso: Token has expired and refresh failed");
  BOOST_TEST(error.http_status == 0);
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read) {
  Scene scene;
  scene.fake.unreadable.insert(scene.token_path());
  const auto error = refused(scene);
  BOOST_TEST((error.code == Errc::credentials));
  BOOST_TEST(error.message.starts_with("Error loading SSO Token: Unable to read"));
}

BOOST_AUTO_TEST_CASE(the_default_profile_needs_no_name_to_log_in) {
  Scene scene;
  scene.options.profile = "default";
  scene.fake.files.clear();
  const auto error = refused(scene);
  BOOST_TEST(error.message == "Error loading SSO Token: Token for corp does not exist");
  BOOST_TEST(error.hints.at(0) == "log in with the AWS CLI: aws sso login");
}

BOOST_AUTO_TEST_CASE(answers_that_are_none) {
  const std::vector<std::string> bodies{
      "",
      "<html>",
      "{}",
      "[]",
      R"({"roleCredentials":null})",
      R"({"roleCredentials":[]})",
      R"({"roleCredentials":{}})",
      R"({"roleCredentials":{"accessKeyId":"A","secretAccessKey":"","sessionToken":"CANARY","expiration":1}})",
      R"({"roleCredentials":{"accessKeyId":"A","secretAccessKey":"CANARY","sessionToken":"CANARY"}})",
      R"({"roleCredentials":{"accessKeyId":"A","secretAccessKey":"CANARY","sessionToken":"t","expiration":-1}})",
      R"({"roleCredentials":{"accessKeyId":"A","secretAccessKey":"s","sessionToken":"t","expiration":9223372036854775807}})",
      R"({"roleCredentials":{"accessKeyId":"A","secretAccessKey":"s","sessionToken":"t","expiration":1.5}})",
  };
  for (const auto& body : bodies) {
    Scene scene;
    scene.transport.otherwise(
        [&](const HttpRequest&) -> Result<HttpResponse> { return HttpResponse{200, {}, body}; });
    const auto error = refused(scene);
    BOOST_TEST((error.code == Errc::protocol), body);
    BOOST_TEST(scene.transport.count() == 3u, body);
  }
}

BOOST_AUTO_TEST_CASE(credentials_that_no_request_can_be_signed_with) {
  Scene scene;
  scene.transport.reply(
      200,
      R"({"roleCredentials":{"accessKeyId":"A","secretAccessKey":"CANARY\r\n","sessionToken":"t","expiration":1767229200000}})");
  refused(scene);
}

BOOST_AUTO_TEST_CASE(errors_of_the_portal) {
  Scene header, type, bare;
  header.transport.reply(404, "{}", {{"x-amzn-errortype", "ResourceNotFoundException:http://x/"}});
  auto error = refused(header);
  BOOST_TEST(describe(error) ==
             "An error occurred (ResourceNotFoundException) when calling the GetRoleCredentials operation: "
             "Unknown");
  BOOST_TEST((error.code == Errc::service));
  type.transport.reply(400, R"({"__type":"a#InvalidRequestException","message":"bad"})");
  error = refused(type);
  BOOST_TEST(error.aws_code == "InvalidRequestException");
  BOOST_TEST(error.message == "bad");
  BOOST_TEST(type.transport.count() == 1u);
  bare.transport.reply(418, "<html>");
  BOOST_TEST(refused(bare).aws_code == "418");
}

// The token is over, whatever its file says: nobody but a person can help.
BOOST_AUTO_TEST_CASE(a_token_that_the_portal_refuses) {
  Scene scene;
  scene.transport.reply(401, R"({"__type":"UnauthorizedException","message":"Session token not found"})");
  const auto error = refused(scene);
  BOOST_TEST(scene.transport.count() == 1u);
  BOOST_TEST((error.code == Errc::expired_token));
  BOOST_TEST(error.http_status == 0);
  BOOST_TEST(error.message ==
             "The SSO session associated with this profile has expired or is otherwise invalid. To refresh "
             "this SSO session run aws sso login with the corresponding profile.");
}

BOOST_AUTO_TEST_CASE(a_call_can_be_cancelled) {
  Scene scene;
  const auto got = scene.provider().get(test::stopped());
  BOOST_REQUIRE(!got);
  BOOST_TEST((got.error().code == Errc::cancelled));
}

// As botocore's SSOCredentialFetcher: SHA-1 of compact JSON, names sorted.
BOOST_AUTO_TEST_CASE(the_cache_is_asked_by_the_aws_clis_key) {
  SpyCache cache;
  Scene session("corp"), older("");
  for (Scene* scene : {&session, &older}) {
    scene->options.cache = &cache;
    scene->transport.reply(200, kAnswer);
    BOOST_REQUIRE(scene->get());
  }
  const std::vector<std::string> keys{
      base::sha1_hex(R"({"accountId":"111122223333","roleName":"Read","sessionName":"corp"})"),
      base::sha1_hex(
          R"({"accountId":"111122223333","roleName":"Read","startUrl":"https://corp.test/start"})")};
  BOOST_TEST(cache.keys == keys, boost::test_tools::per_element());
  session.provider().invalidate("PORTAL");
  BOOST_TEST((cache.invalidated == std::vector<std::string>{keys[0] + " PORTAL"}));
}
