// The provider alone; what profiles and variables make of it is in tests/data/providers.
#define BOOST_TEST_MODULE web_identity
#include <boost/test/unit_test.hpp>
#include <map>
#include <string>

#include "crosslog/credential_cache.h"
#include "crosslog/document.h"
#include "crosslog/providers.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_host.h"
#include "tests/support/providers.h"
#include "tests/support/scripted_transport.h"

using namespace crosslog;
using std::chrono::hours;

namespace {

const std::string kArn = "arn:aws:iam::123456789012:role/pod";
const std::string kFile = "/var/run/secrets/token";

// Keeps what it is given, for ever; counts what it is asked.
class MapCache final : public CredentialCache {
 public:
  Result<AssumedRole> get(const std::string& key, const Fetch& fetch, std::stop_token) override {
    keys.push_back(key);
    if (const auto found = kept.find(key); found != kept.end()) {
      AssumedRole role = found->second;
      role.credentials.origin = "cache";
      role.credentials.hops = {{.method = "assume-role", .subject = {}, .place = {}, .cached = true}};
      return role;
    }
    auto role = fetch();
    if (role) kept[key] = *role;
    return role;
  }
  void invalidate(const std::string& key, std::string_view access_key_id) noexcept override {
    invalidated.push_back(key + " " + std::string(access_key_id));
    kept.erase(key);
  }

  std::map<std::string, AssumedRole> kept;
  std::vector<std::string> keys, invalidated;
};

std::string answer(const std::string& key) {
  auto xml = test::xml_credentials(key, "2026-01-01T01:00:00Z");
  for (auto at = xml.find("AssumeRoleRe"); at != std::string::npos; at = xml.find("AssumeRoleRe", at + 1))
    xml.insert(at + std::string("AssumeRole").size(), "WithWebIdentity");
  return xml;
}

struct Scene {
  Scene() {
    fake.files[kFile] = "head.body.CANARY";
    options.token_file = kFile;
    options.role_arn = kArn;
    options.place = "environment AWS_WEB_IDENTITY_TOKEN_FILE";
    options.client.endpoint = test::endpoint();
    options.client.random = test::always(0.5);
  }
  CredentialProvider& provider() {
    if (!made) made = make_web_identity_provider(transport, clock, fake.host(), options);
    return *made;
  }
  Result<Credentials> get() { return provider().get({}); }

  test::FakeHost fake;
  test::FakeClock clock;
  test::ScriptedTransport transport;
  WebIdentityOptions options;
  ProviderPtr made;
};

// Nothing of the token in any text.
void check_silent(const Error& error) {
  BOOST_TEST(error.message.find("CANARY") == std::string::npos);
  BOOST_TEST(!test::mentions(error.hints, "CANARY"));
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_token_is_the_proof_and_nothing_is_signed) {
  Scene scene;
  scene.transport.reply(200, answer("POD"));
  const auto got = scene.get();
  BOOST_REQUIRE(got);
  BOOST_TEST(got->access_key_id == "POD");
  BOOST_TEST(got->session_token.reveal() == "assumed-token");
  BOOST_TEST((got->expires == scene.clock.now() + hours(1)));
  BOOST_TEST(got->account_id == "123456789012");
  BOOST_TEST(got->origin == "role " + kArn + ", assumed with the token in " + kFile);
  BOOST_REQUIRE(got->hops.size() == 1u);
  BOOST_TEST(got->hops[0].method == "assume-role-with-web-identity");
  BOOST_TEST(got->hops[0].subject == kArn);
  BOOST_TEST(got->hops[0].place == "environment AWS_WEB_IDENTITY_TOKEN_FILE");
  const auto request = scene.transport.requests().at(0);
  BOOST_TEST(request.method == "POST");
  BOOST_TEST(request.body.find("&RoleSessionName=crosslog-1767225600&WebIdentityToken=head.body.CANARY") !=
             std::string::npos);
  for (const char* name : {"authorization", "x-amz-date", "x-amz-security-token"})
    BOOST_TEST(find_header(request.headers, name).empty(), name);
  BOOST_TEST(find_header(request.headers, "host") == "sts.eu-west-1.amazonaws.com");
  BOOST_TEST(find_header(request.headers, "amz-sdk-request") == "attempt=1");
}

BOOST_AUTO_TEST_CASE(the_file_is_read_each_time) {
  Scene scene;
  scene.transport.reply(200, answer("ONE")).reply(200, answer("TWO"));
  BOOST_REQUIRE(scene.get());
  scene.fake.files[kFile] = "renewed\n";
  BOOST_REQUIRE(scene.get());
  BOOST_TEST(scene.transport.requests()[1].body.ends_with("WebIdentityToken=renewed%0A"));
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_used_is_told_before_anything_is_sent) {
  const auto refused = [](Scene& scene, const std::string& words) {
    const auto got = scene.get();
    BOOST_REQUIRE(!got);
    BOOST_TEST((got.error().code == Errc::credentials));
    BOOST_TEST(got.error().message.find(words) != std::string::npos, got.error().message);
    BOOST_TEST(test::mentions(got.error().hints, "environment AWS_WEB_IDENTITY_TOKEN_FILE"));
    BOOST_TEST(scene.transport.count() == 0u);
    check_silent(got.error());
  };
  Scene none, empty, folder, huge;
  none.fake.files.clear();
  refused(none, "[Errno 2] No such file or directory: '" + kFile + "'");
  empty.fake.files[kFile] = "";
  refused(empty, "is empty");
  folder.fake.unreadable.insert(kFile);
  refused(folder, "not a regular file");
  huge.fake.files[kFile] = "CANARY" + std::string(32 << 10, 'x');
  refused(huge, "too long");
}

// T1: the service has decided.
BOOST_AUTO_TEST_CASE(what_sts_decided_is_not_asked_again) {
  for (const char* code : {"AccessDenied", "IDPRejectedClaim", "InvalidIdentityToken",
                           "MalformedPolicyDocument", "ExpiredTokenException", "RegionDisabledException"}) {
    Scene scene;
    scene.transport.reply(400, test::xml_error(code, "not you"));
    const auto got = scene.get();
    BOOST_REQUIRE(!got);
    BOOST_TEST(scene.transport.count() == 1u, code);
    BOOST_TEST(describe(got.error()) ==
               "An error occurred (" + std::string(code) +
                   ") when calling the AssumeRoleWithWebIdentity operation: not you");
    BOOST_TEST(got.error().request_id == "r-2");
    BOOST_TEST(test::mentions(got.error().hints, kArn), code);
    check_silent(got.error());
  }
}

// T2, T3
BOOST_AUTO_TEST_CASE(trouble_on_the_way_is_tried_again) {
  const std::vector<std::function<void(test::ScriptedTransport&)>> troubles{
      [](auto& t) { t.reply(400, test::xml_error("IDPCommunicationError")); },
      [](auto& t) { t.reply(400, test::xml_error("Throttling")); },
      [](auto& t) { t.reply(503); },
      [](auto& t) { t.refuse(Errc::network, "reset"); },
      [](auto& t) { t.reply(200, "<html>"); },
      [](auto& t) { t.reply(200); },
  };
  for (const auto& trouble : troubles) {
    Scene scene;
    trouble(scene.transport);
    scene.transport.reply(200, answer("POD"));
    BOOST_TEST(scene.get().has_value());
    BOOST_TEST(scene.transport.count() == 2u);
  }
}

BOOST_AUTO_TEST_CASE(attempts_end) {
  Scene scene;
  scene.transport.otherwise(
      [](const HttpRequest&) -> Result<HttpResponse> { return HttpResponse{503, {}, ""}; });
  const auto got = scene.get();
  BOOST_REQUIRE(!got);
  BOOST_TEST(scene.transport.count() == 3u);
  BOOST_TEST(got.error().retries_exhausted);
}

BOOST_AUTO_TEST_CASE(an_answer_that_no_request_can_be_signed_with) {
  Scene scene;
  scene.transport.reply(200, answer("BAD KEY"));
  BOOST_TEST(!scene.get());
}

BOOST_AUTO_TEST_CASE(a_call_can_be_cancelled) {
  Scene scene;
  const auto got = scene.provider().get(test::stopped());
  BOOST_REQUIRE(!got);
  BOOST_TEST((got.error().code == Errc::cancelled));
  BOOST_TEST(got.error().hints.empty());
}

BOOST_AUTO_TEST_CASE(the_cache_is_asked_by_the_aws_clis_key) {
  MapCache cache;
  Scene scene;
  scene.options.cache = &cache;
  scene.transport.reply(200, answer("ONE")).reply(200, answer("TWO"));
  BOOST_TEST(scene.get()->access_key_id == "ONE");
  scene.fake.files.clear();
  const auto kept = scene.get();
  BOOST_REQUIRE(kept);
  BOOST_TEST(kept->access_key_id == "ONE");
  BOOST_TEST(kept->origin == "role " + kArn + ", out of the cache");
  BOOST_REQUIRE(kept->hops.size() == 1u);
  BOOST_TEST(kept->hops[0].method == "assume-role-with-web-identity");
  BOOST_TEST(kept->hops[0].cached);
  BOOST_TEST(scene.transport.count() == 1u);
  Document arguments;
  arguments.set("RoleArn", kArn);
  BOOST_TEST(cache.keys.at(0) == cache_key(arguments));
  scene.provider().invalidate("ONE");
  BOOST_TEST((cache.invalidated == std::vector<std::string>{cache_key(arguments) + " ONE"}));
  scene.fake.files[kFile] = "again";
  BOOST_TEST(scene.get()->access_key_id == "TWO");

  Scene named;
  named.options.cache = &cache;
  named.options.role_session_name = "me";
  named.transport.reply(200, answer("THREE"));
  BOOST_TEST(named.get()->access_key_id == "THREE");
  arguments.set("RoleSessionName", "me");
  BOOST_TEST(cache.keys.back() == cache_key(arguments));
}

BOOST_AUTO_TEST_CASE(an_error_is_not_kept) {
  MapCache cache;
  Scene scene;
  scene.options.cache = &cache;
  scene.transport.reply(400, test::xml_error("InvalidIdentityToken")).reply(200, answer("POD"));
  BOOST_TEST(!scene.get());
  BOOST_TEST(scene.get()->access_key_id == "POD");
}
