#define BOOST_TEST_MODULE assume_role
#include <boost/test/unit_test.hpp>
#include <string>

#include "base/time.h"
#include "crosslog/providers.h"
#include "tests/support/fake_clock.h"
#include "tests/support/providers.h"
#include "tests/support/scripted_transport.h"

using namespace crosslog;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

// A cache that keeps what it got, and knows who asked.
class FakeCache final : public CredentialCache {
 public:
  Result<AssumedRole> get(const std::string& key, const Fetch& fetch, std::stop_token) override {
    keys.push_back(key);
    if (kept) return *kept;
    return fetch();
  }
  void invalidate(const std::string& key, std::string_view access_key_id) noexcept override {
    invalidated.push_back(key + " " + std::string(access_key_id));
  }

  std::optional<AssumedRole> kept;
  std::vector<std::string> keys, invalidated;
};

const std::string kArn = "arn:aws:iam::123456789012:role/demo";

struct Scene {
  Scene() {
    options.role.role_arn = kArn;
    options.client.endpoint = test::endpoint();
    options.client.random = test::always(0);
  }
  CredentialProvider& provider() {
    if (!made) {
      made = make_assume_role_provider(transport, clock, test::always(0), make_reference(base), options);
    }
    return *made;
  }
  Scene& assumed(const std::string& key = "ASSUMED") {
    transport.reply(200, test::xml_credentials(key, "2026-01-01T01:00:00Z"));
    return *this;
  }

  test::FakeClock clock;
  test::ScriptedTransport transport;
  test::ScriptedProvider base;
  AssumeRoleOptions options;
  ProviderPtr made;
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_role_is_assumed_with_the_base) {
  Scene scene;
  scene.base.then(test::keys("BASE"));
  scene.assumed();
  const auto got = scene.provider().get({});
  BOOST_REQUIRE(got);
  BOOST_TEST(got->access_key_id == "ASSUMED");
  BOOST_TEST(got->secret_access_key.reveal() == "assumed-secret");
  BOOST_TEST(got->session_token.reveal() == "assumed-token");
  BOOST_TEST((got->expires == scene.clock.now() + hours(1)));
  BOOST_TEST(got->account_id == "123456789012");
  BOOST_TEST(got->origin == "role " + kArn + ", assumed with test");
  const auto request = scene.transport.requests().at(0);
  BOOST_TEST(request.body.find("Action=AssumeRole") != std::string::npos);
  BOOST_TEST(request.body.find("RoleSessionName=crosslog-1767225600") != std::string::npos);
  BOOST_TEST(find_header(request.headers, "authorization").find("Credential=BASE/") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_session_name_is_the_users_or_has_his_prefix) {
  Scene named;
  named.options.role.role_session_name = "me";
  named.base.then(test::keys());
  named.assumed();
  BOOST_REQUIRE(named.provider().get({}));
  BOOST_TEST(named.transport.requests()[0].body.find("RoleSessionName=me") != std::string::npos);
  Scene prefixed;
  prefixed.options.session_prefix = "botocore-session";
  prefixed.base.then(test::keys());
  prefixed.assumed();
  BOOST_REQUIRE(prefixed.provider().get({}));
  BOOST_TEST(prefixed.transport.requests()[0].body.find("RoleSessionName=botocore-session-1767225600") !=
             std::string::npos);
  Scene given;
  given.options.session_name = "host-7";
  given.base.then(test::keys());
  given.assumed();
  BOOST_REQUIRE(given.provider().get({}));
  BOOST_TEST(given.transport.requests()[0].body.find("RoleSessionName=host-7") != std::string::npos);
}

// T8
BOOST_AUTO_TEST_CASE(the_session_ends_no_later_than_its_base) {
  Scene scene;
  scene.base.then(test::keys("BASE", "t", scene.clock.now() + minutes(40)));
  scene.assumed();
  BOOST_TEST((scene.provider().get({})->expires == scene.clock.now() + minutes(40)));
  Scene longer;
  longer.base.then(test::keys("BASE", "t", longer.clock.now() + hours(6)));
  longer.assumed();
  BOOST_TEST((longer.provider().get({})->expires == longer.clock.now() + hours(1)));
}

BOOST_AUTO_TEST_CASE(the_base_is_asked_when_its_own_time_has_come) {
  Scene scene;
  scene.base.then(test::keys("BASE1", "t", scene.clock.now() + hours(6))).then(test::keys("BASE2"));
  scene.assumed().assumed().assumed();
  BOOST_REQUIRE(scene.provider().get({}));
  BOOST_REQUIRE(scene.provider().get({}));
  BOOST_TEST(scene.base.calls() == 1);
  scene.clock.advance(hours(5));
  BOOST_REQUIRE(scene.provider().get({}));
  BOOST_TEST(scene.base.calls() == 2);
}

BOOST_AUTO_TEST_CASE(errors_of_the_base_are_passed_on) {
  for (const Errc code : {Errc::not_configured, Errc::credentials, Errc::cancelled}) {
    Scene scene;
    scene.base.then(code, "why");
    const auto got = scene.provider().get({});
    BOOST_TEST((got.error().code == code));
    BOOST_TEST(got.error().message == "why");
    BOOST_TEST(scene.transport.count() == 0u);
  }
}

// T1
BOOST_AUTO_TEST_CASE(a_refusal_names_the_role_and_is_not_repeated) {
  for (const char* code :
       {"AccessDenied", "MalformedPolicyDocument", "RegionDisabledException", "ValidationError"}) {
    Scene scene;
    scene.base.then(test::keys());
    scene.transport.reply(403, test::xml_error(code, "the message"));
    const auto got = scene.provider().get({});
    BOOST_REQUIRE(!got);
    BOOST_TEST(got.error().aws_code == code);
    BOOST_TEST(got.error().message == "the message");
    BOOST_TEST(got.error().operation == "AssumeRole");
    BOOST_TEST(got.error().request_id == "r-2");
    BOOST_TEST(got.error().hints.at(0) == "while assuming the role " + kArn);
    BOOST_TEST(test::mentions(got.error().hints, "trust policy") == (std::string(code) == "AccessDenied"));
    BOOST_TEST(scene.transport.count() == 1u);
  }
}

// T2
BOOST_AUTO_TEST_CASE(trouble_is_retried) {
  Scene scene;
  scene.base.then(test::keys());
  scene.transport.reply(400, test::xml_error("Throttling")).refuse(Errc::network);
  scene.assumed();
  BOOST_TEST(scene.provider().get({})->access_key_id == "ASSUMED");
}

BOOST_AUTO_TEST_CASE(a_base_that_has_expired_is_asked_again) {
  Scene scene;
  scene.base.then(test::keys("OLD")).then(test::keys("NEW"));
  scene.transport.reply(403, test::xml_error("ExpiredToken"));
  scene.assumed();
  BOOST_REQUIRE(scene.provider().get({}));
  BOOST_TEST(find_header(scene.transport.requests()[1].headers, "authorization").find("Credential=NEW/") !=
             std::string::npos);
}

// T3
BOOST_AUTO_TEST_CASE(what_is_no_answer_of_sts_gives_no_credentials) {
  for (const char* body : {"", "<html>canary</html>", "{\"canary\":1}", "<AssumeRoleResponse/>"}) {
    Scene scene;
    scene.options.client.max_attempts = 2;
    scene.base.then(test::keys());
    scene.transport.reply(200, body).reply(200, body);
    const auto got = scene.provider().get({});
    BOOST_REQUIRE(!got);
    BOOST_TEST((got.error().code == Errc::protocol));
    BOOST_TEST(got.error().message.find("canary") == std::string::npos);
    BOOST_TEST(scene.transport.count() == 2u);
  }
}

// T9
BOOST_AUTO_TEST_CASE(every_value_is_encoded) {
  Scene scene;
  scene.options.role.external_id = "a&b=c+d%\r\n\xC3\xA9";
  scene.options.role.role_session_name = "x y";
  scene.options.role.duration = std::chrono::seconds(900);
  scene.base.then(test::keys());
  scene.assumed();
  BOOST_REQUIRE(scene.provider().get({}));
  const std::string body = scene.transport.requests()[0].body;
  BOOST_TEST(body.find("ExternalId=a%26b%3Dc%2Bd%25%0D%0A%C3%A9") != std::string::npos);
  BOOST_TEST(body.find("RoleSessionName=x+y") != std::string::npos);
  BOOST_TEST(body.find("DurationSeconds=900") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(invalidating_reaches_the_base) {
  Scene scene;
  scene.provider().invalidate("AKID");
  BOOST_TEST((scene.base.invalidated() == std::vector<std::string>{"AKID"}));
}

BOOST_AUTO_TEST_CASE(each_step_is_told) {
  Scene scene;
  Credentials base = test::keys("BASE");
  base.hops = {{.method = "iam-role", .subject = "reader", .place = "instance metadata", .cached = false}};
  scene.base.then(base);
  scene.options.place = "/home/x/.aws/config:7";
  scene.assumed();
  const auto got = scene.provider().get({});
  BOOST_REQUIRE(got);
  BOOST_REQUIRE(got->hops.size() == 2u);
  BOOST_TEST(got->hops[0].method == "iam-role");
  BOOST_TEST(got->hops[1].method == "assume-role");
  BOOST_TEST(got->hops[1].subject == kArn);
  BOOST_TEST(got->hops[1].place == "/home/x/.aws/config:7");
  BOOST_TEST(!got->hops[1].cached);
}

BOOST_AUTO_TEST_CASE(what_the_cache_has_is_not_asked_for) {
  Scene scene;
  FakeCache cache;
  cache.kept = AssumedRole{.credentials = test::keys("KEPT", "t", scene.clock.now() + minutes(30)),
                           .assumed_role_id = "id",
                           .assumed_role_arn = "arn:aws:sts::123456789012:assumed-role/demo/s",
                           .packed_policy_size = {}};
  cache.kept->credentials.origin = "cache /c/x.json";
  cache.kept->credentials.hops = {{.method = "assume-role", .subject = "x", .place = "", .cached = true}};
  scene.options.cache = &cache;
  scene.options.place = "config:7";
  const auto got = scene.provider().get({});
  BOOST_REQUIRE(got);
  BOOST_TEST(got->access_key_id == "KEPT");
  BOOST_TEST(got->origin == "role " + kArn + ", out of the cache /c/x.json");
  BOOST_REQUIRE(got->hops.size() == 1u);
  BOOST_TEST(got->hops[0].subject == kArn);
  BOOST_TEST(got->hops[0].place == "config:7");
  BOOST_TEST(got->hops[0].cached);
  BOOST_TEST(scene.base.calls() == 0);
  BOOST_TEST(scene.transport.count() == 0u);
}

// The hashes are the AWS CLI's.
BOOST_AUTO_TEST_CASE(the_key_is_made_of_what_was_configured) {
  FakeCache cache;
  Scene plain;
  plain.base.then(test::keys());
  plain.options.cache = &cache;
  plain.assumed();
  BOOST_REQUIRE(plain.provider().get({}));
  Scene full;
  full.base.then(test::keys());
  full.options.cache = &cache;
  full.options.role.duration = std::chrono::seconds(900);
  full.options.role.external_id = "ext id/\u00e9";
  full.options.role.role_session_name = "sess";
  full.options.role.serial_number = "arn:aws:iam::123456789012:mfa/u";
  full.options.ask = [](std::string_view, const std::stop_token&) { return "123456"; };
  full.assumed();
  BOOST_REQUIRE(full.provider().get({}));
  BOOST_TEST(cache.keys.at(0) == "5f52c9c583acfd120a607977e4f21fe86b7fa42d");
  BOOST_TEST(cache.keys.at(1) == "a789b504dad704178ab66df554034357cc400420");
  full.provider().invalidate("AK");
  BOOST_TEST(cache.invalidated.at(0) == cache.keys.at(1) + " AK");
  BOOST_TEST((full.base.invalidated() == std::vector<std::string>{"AK"}));
}

BOOST_AUTO_TEST_CASE(a_code_is_asked_for_once) {
  Scene scene;
  std::vector<std::string> prompts;
  scene.options.role.serial_number = "arn:aws:iam::123456789012:mfa/u";
  scene.options.ask = [&](std::string_view prompt, const std::stop_token&) {
    prompts.emplace_back(prompt);
    return "123456";
  };
  scene.base.then(test::keys());
  scene.transport.reply(403, test::xml_error("AccessDenied", "wrong code"));
  scene.assumed();
  BOOST_TEST(!scene.provider().get({}));
  BOOST_REQUIRE(scene.provider().get({}));
  BOOST_TEST(prompts.size() == 2u);  // the first code was wrong
  BOOST_TEST(prompts.at(0) == "Enter MFA code for arn:aws:iam::123456789012:mfa/u: ");
  const std::string body = scene.transport.requests()[1].body;
  BOOST_TEST(body.find("SerialNumber=arn%3Aaws%3Aiam%3A%3A123456789012%3Amfa%2Fu&TokenCode=123456") !=
             std::string::npos);
  const auto refresh = scene.provider().get({});
  BOOST_REQUIRE(!refresh);
  BOOST_TEST((refresh.error().code == Errc::credentials));
  BOOST_TEST(refresh.error().message == "Cannot refresh credentials: MFA token required.");
  BOOST_TEST(prompts.size() == 2u);
  BOOST_TEST(scene.transport.count() == 2u);
}

BOOST_AUTO_TEST_CASE(a_code_that_nobody_can_type_is_a_refusal) {
  for (const bool has_terminal : {false, true}) {
    Scene scene;
    scene.options.role.serial_number = "arn:aws:iam::123456789012:mfa/u";
    if (has_terminal) {
      scene.options.ask = [](std::string_view, const std::stop_token&) -> Result<std::string> {
        return fail(Errc::unsupported, "There is no terminal to ask at: No such device or address");
      };
    }
    scene.base.then(test::keys());
    const auto got = scene.provider().get({});
    BOOST_REQUIRE(!got);
    BOOST_TEST((got.error().code == Errc::credentials));
    BOOST_TEST(got.error().message == "The role " + kArn +
                                          " needs an MFA code of arn:aws:iam::123456789012:mfa/u, and nobody "
                                          "can be asked for it.");
    BOOST_TEST(test::mentions(got.error().hints, "terminal"));
    BOOST_TEST(test::mentions(got.error().hints, "cache"));
    BOOST_TEST(scene.transport.count() == 0u);
  }
  Scene stopped;
  stopped.options.role.serial_number = "m";
  stopped.options.ask = [](std::string_view, const std::stop_token&) -> Result<std::string> {
    return fail(Errc::cancelled, "Cancelled");
  };
  stopped.base.then(test::keys());
  BOOST_TEST((stopped.provider().get({}).error().code == Errc::cancelled));
}
