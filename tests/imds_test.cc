#define BOOST_TEST_MODULE imds
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "base/time.h"
#include "crosslog/providers.h"
#include "tests/support/conformance.h"
#include "tests/support/fake_clock.h"
#include "tests/support/json.h"
#include "tests/support/providers.h"
#include "tests/support/scripted_transport.h"

using namespace crosslog;
using std::chrono::milliseconds;
using std::chrono::seconds;
namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

const std::string kExtended = "/latest/meta-data/iam/security-credentials-extended/";
const std::string kLegacy = "/latest/meta-data/iam/security-credentials/";
const std::string kToken = "PUT /latest/api/token";
const std::vector<Header> kSixHours{{"x-aws-ec2-metadata-token-ttl-seconds", "21600"}};

std::string document(const std::string& members = {}) {
  return R"({"Code":"Success","LastUpdated":"2026-01-01T00:00:00Z","Type":"AWS-HMAC",)"
         R"("AccessKeyId":"ASIAEXAMPLE","SecretAccessKey":"canary-secret","Token":"canary-token",)"
         R"("Expiration":"2026-01-01T06:00:00Z")" +
         members + "}";
}

struct Scene {
  explicit Scene(ImdsSettings settings = {})
      : metadata(make_instance_metadata(transport, clock, test::always(0.5), std::move(settings))),
        provider(make_imds_provider(*metadata, clock)) {}

  Scene& token(const std::string& text = "session-token", std::vector<Header> headers = kSixHours) {
    transport.reply(200, text, std::move(headers));
    return *this;
  }

  test::FakeClock clock;
  test::ScriptedTransport transport;
  std::unique_ptr<InstanceMetadata> metadata;
  ProviderPtr provider;
};

std::string all_texts(const Error& error) {
  std::string text = error.message;
  for (const auto& hint : error.hints)
    text += "\n" + hint;
  return text;
}

// Credentials are not there, the words are, and no byte of a secret is.
void check_absent(const Result<Credentials>& got, std::string_view words) {
  BOOST_REQUIRE(!got);
  const std::string text = all_texts(got.error());
  BOOST_TEST((got.error().code == Errc::not_configured), text);
  BOOST_TEST(text.find(words) != std::string::npos, text << " lacks " << words);
  BOOST_TEST(text.find("canary") == std::string::npos, text);
}

// A vector of imds-extended-tests.json.
void run_vector(const json::object& vector) {
  const auto& config = vector.at("config").as_object();
  ImdsSettings settings;
  if (const auto* variables = config.if_contains("envVars")) {
    settings.disabled = variables->as_object().contains("AWS_EC2_METADATA_DISABLED");
  }
  Scene scene(settings);
  const auto& name = config.at("ec2InstanceProfileName");
  if (!name.is_null()) {
    scene.provider = make_imds_provider(*scene.metadata, scene.clock, std::string(name.as_string()));
  }
  const auto& expectations = vector.at("expectations").as_array();
  std::size_t next = 0;
  scene.transport.otherwise([&](const HttpRequest& request) -> Result<HttpResponse> {
    if (request.method == "PUT") return HttpResponse{200, kSixHours, "session-token"};
    BOOST_REQUIRE_MESSAGE(next < expectations.size(), "one request too many: " << request.path);
    const auto& expected = expectations[next++].as_object();
    std::string path = request.path;
    if (path.ends_with('/')) path.pop_back();
    BOOST_TEST(path == std::string(expected.at("get").as_string()), "request " << next);
    const auto& response = expected.at("response").as_object();
    const auto* body = response.if_contains("body");
    std::string text;
    if (body != nullptr && !body->is_null()) {
      text = body->is_string() ? std::string(body->as_string()) : json::serialize(*body);
    }
    return HttpResponse{static_cast<int>(response.at("status").to_number<int>()), {}, text};
  });
  for (const auto& outcome : vector.at("outcomes").as_array()) {
    const auto got = scene.provider->get({});
    const bool expected = outcome.at("result").as_string() == "credentials";
    BOOST_TEST(got.has_value() == expected, "outcome: " << (got ? "credentials" : all_texts(got.error())));
    const auto* account = outcome.as_object().if_contains("accountId");
    if (got && account != nullptr) BOOST_TEST(got->account_id == std::string(account->as_string()));
    if (got && account == nullptr) BOOST_TEST(got->account_id == "");
  }
  BOOST_TEST(next == expectations.size(), "requests made");
}

void add_from(const fs::path& file, const std::string& prefix) {
  const auto vectors = test::read_json(file);
  for (const auto& vector : vectors.as_array()) {
    const auto object = vector.as_object();
    test::add_case(prefix + std::string(object.at("summary").as_string()), [object] { run_vector(object); });
  }
}

bool add_cases() {
  add_from(test::own_cases("imds") / "imds-extended-tests.json", "own/");
  const auto shared = test::conformance("profiles");
  if (!shared) return test::add_skipped("profiles/imds-extended-tests.json");
  add_from(*shared / "imds-extended-tests.json", "imds-extended/");
  return true;
}

const bool kAdded = add_cases();

}  // namespace

BOOST_AUTO_TEST_CASE(the_whole_conversation) {
  Scene scene;
  scene.token();
  scene.transport.reply(200, "monitor").reply(200, document(R"(,"AccountId":"123456789012")"));
  const auto got = scene.provider->get({});
  BOOST_REQUIRE(got);
  BOOST_TEST(got->access_key_id == "ASIAEXAMPLE");
  BOOST_TEST(got->secret_access_key.reveal() == "canary-secret");
  BOOST_TEST(got->session_token.reveal() == "canary-token");
  BOOST_TEST((got->expires == base::parse_iso8601("2026-01-01T06:00:00Z")));
  BOOST_TEST(got->account_id == "123456789012");
  BOOST_TEST(got->origin == "instance metadata, role monitor");
  const std::vector<std::string> lines{kToken, "GET " + kExtended, "GET " + kExtended + "monitor"};
  BOOST_TEST(test::lines_of(scene.transport) == lines, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(requests_are_direct_small_and_impatient) {
  Scene scene;
  scene.token();
  scene.transport.reply(200, "x");
  BOOST_REQUIRE(scene.metadata->get("dynamic/instance-identity/document", {}));
  const auto requests = scene.transport.requests();
  BOOST_TEST(find_header(requests[0].headers, "x-aws-ec2-metadata-token-ttl-seconds") == "21600");
  BOOST_TEST(find_header(requests[1].headers, "x-aws-ec2-metadata-token") == "session-token");
  BOOST_TEST(requests[1].path == "/latest/dynamic/instance-identity/document");
  for (const auto& request : requests) {
    BOOST_TEST(request.origin == "http://169.254.169.254");
    BOOST_TEST(request.direct);
    BOOST_TEST(request.max_response_bytes == 65536u);
    BOOST_TEST((request.connect_timeout == seconds(1)));
    BOOST_TEST((request.read_timeout == seconds(1)));
    // Two silent attempts and the longest pause between them.
    BOOST_TEST((2 * request.total_timeout + milliseconds(100) <= milliseconds(2500)));
  }
}

BOOST_AUTO_TEST_CASE(an_endpoint_may_have_a_path_and_tls) {
  Scene scene(ImdsSettings{.endpoint = "https://metadata.example:8443/imds/"});
  scene.token();
  scene.transport.reply(200, "x");
  BOOST_REQUIRE(scene.metadata->get("a", {}));
  BOOST_TEST(scene.transport.requests()[0].origin == "https://metadata.example:8443");
  BOOST_TEST(scene.transport.requests()[1].path == "/imds/latest/a");
}

BOOST_AUTO_TEST_CASE(an_endpoint_that_is_no_url) {
  Scene scene(ImdsSettings{.endpoint = "nonsense"});
  const auto got = scene.provider->get({});
  BOOST_REQUIRE(!got);
  BOOST_TEST((got.error().code == Errc::configuration));
  BOOST_TEST(scene.transport.count() == 0u);
}

BOOST_AUTO_TEST_CASE(switched_off_means_no_request) {
  Scene scene(ImdsSettings{.disabled = true});
  check_absent(scene.provider->get({}), "AWS_EC2_METADATA_DISABLED");
  BOOST_TEST(!scene.metadata->region({}));
  BOOST_TEST(scene.transport.count() == 0u);
}

// I1, I2
BOOST_AUTO_TEST_CASE(silence_is_asked_twice_and_remembered) {
  Scene scene;
  scene.transport.refuse(Errc::timeout).refuse(Errc::network, "Could not connect");
  check_absent(scene.provider->get({}), "HttpPutResponseHopLimit");
  check_absent(scene.provider->get({}), "does not answer");
  const auto region = scene.metadata->region({});
  BOOST_REQUIRE(!region);
  BOOST_TEST(all_texts(region.error()).find("AWS_EC2_METADATA_DISABLED") != std::string::npos);
  BOOST_TEST(scene.transport.count() == 2u);
  BOOST_TEST((scene.clock.sleeps() == std::vector<milliseconds>{milliseconds(50)}));
}

BOOST_AUTO_TEST_CASE(a_service_that_has_answered_may_come_back) {
  Scene scene;
  scene.token();
  scene.transport.reply(200, "x").refuse(Errc::timeout).refuse(Errc::timeout).reply(200, "y");
  BOOST_TEST(scene.metadata->get("a", {}).has_value());
  BOOST_TEST(!scene.metadata->get("a", {}));
  BOOST_TEST(scene.metadata->get("a", {}).has_value());
}

// I10
BOOST_AUTO_TEST_CASE(an_answer_that_breaks_off_is_not_called_unreachable) {
  Scene scene;
  scene.token();
  scene.transport.reply(200, "monitor").refuse(Errc::network, "cut off").refuse(Errc::network, "cut off");
  const auto got = scene.provider->get({});
  check_absent(got, "cut off");
  check_absent(got, "stopped answering");
  BOOST_TEST(all_texts(got.error()).find("HttpPutResponseHopLimit") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_token_and_then_silence_is_silence) {
  Scene scene;
  scene.token();
  scene.transport.refuse(Errc::timeout).refuse(Errc::timeout);
  check_absent(scene.provider->get({}), "does not answer");
  BOOST_TEST(!scene.metadata->region({}));
  BOOST_TEST(scene.transport.count() == 3u);
}

BOOST_AUTO_TEST_CASE(the_number_of_attempts_is_the_users) {
  for (const int attempts : {1, 3}) {
    Scene scene(ImdsSettings{.attempts = attempts});
    scene.transport.otherwise(
        [](const HttpRequest&) -> Result<HttpResponse> { return fail(Errc::network, "no"); });
    BOOST_TEST(!scene.metadata->get("a", {}));
    BOOST_TEST(scene.transport.count() == static_cast<std::size_t>(attempts));
    Scene busy(ImdsSettings{.attempts = attempts});
    busy.transport.otherwise([](const HttpRequest&) { return HttpResponse{503, {}, ""}; });
    BOOST_TEST(!busy.metadata->get("a", {}));
    BOOST_TEST(busy.transport.count() == static_cast<std::size_t>(attempts));
  }
}

// I3
BOOST_AUTO_TEST_CASE(a_refused_token_is_final_and_never_version_1) {
  const std::map<int, std::string> words{{400, "400 to the token request"},
                                         {403, "HttpEndpoint"},
                                         {404, "version 1 is never used"},
                                         {405, "version 1 is never used"},
                                         {302, "302 to the token request"}};
  for (const auto& [status, text] : words) {
    Scene scene;
    scene.transport.reply(status, "canary", {{"location", "http://elsewhere/"}});
    check_absent(scene.provider->get({}), text);
    BOOST_TEST(scene.transport.count() == 1u);
  }
}

// I4
BOOST_AUTO_TEST_CASE(a_busy_service_is_asked_four_times) {
  Scene scene;
  scene.transport.reply(503).reply(429).reply(500);
  scene.token();
  scene.transport.reply(503).reply(503).reply(503).reply(200, "x");
  BOOST_TEST(scene.metadata->get("a", {}).has_value());
  const std::vector<milliseconds> pauses{milliseconds(125), milliseconds(250), milliseconds(500),
                                         milliseconds(125), milliseconds(250), milliseconds(500)};
  BOOST_TEST((scene.clock.sleeps() == pauses));

  Scene never;
  never.transport.otherwise([](const HttpRequest&) { return HttpResponse{503, {}, ""}; });
  check_absent(never.provider->get({}), "503");
  BOOST_TEST(never.transport.count() == 4u);
}

// I5
BOOST_AUTO_TEST_CASE(a_token_that_is_refused_is_renewed_once) {
  Scene scene;
  scene.token("first");
  scene.transport.reply(401);
  scene.token("second");
  scene.transport.reply(200, "x");
  BOOST_TEST(scene.metadata->get("a", {}).has_value());
  BOOST_TEST(find_header(scene.transport.requests()[3].headers, "x-aws-ec2-metadata-token") == "second");

  Scene always;
  always.transport.otherwise([](const HttpRequest& request) {
    return request.method == "PUT" ? HttpResponse{200, kSixHours, "t"} : HttpResponse{401, {}, ""};
  });
  const auto got = always.metadata->get("a", {});
  BOOST_REQUIRE(!got);
  BOOST_TEST(got.error().message.find("401, twice") != std::string::npos);
  BOOST_TEST(always.transport.count() == 4u);
}

// I6
BOOST_AUTO_TEST_CASE(a_token_is_kept_as_long_as_the_service_says) {
  struct Row {
    const char* header;
    seconds kept;
  };
  for (const Row& row : {Row{"21600", seconds(21480)},
                         {"60", seconds(48)},
                         {"1000", seconds(880)},
                         {"1", seconds(0)},
                         {"0", seconds(48)},
                         {"-1", seconds(48)},
                         {"1000000000000", seconds(48)},
                         {"x", seconds(48)},
                         {"", seconds(48)}}) {
    Scene scene;
    scene.transport.otherwise([&row](const HttpRequest& request) {
      if (request.method != "PUT") return HttpResponse{200, {}, "x"};
      return HttpResponse{200, {{"x-aws-ec2-metadata-token-ttl-seconds", row.header}}, "t"};
    });
    BOOST_REQUIRE(scene.metadata->get("a", {}));
    if (row.kept > seconds(1)) {
      scene.clock.advance(row.kept - milliseconds(1));
      BOOST_REQUIRE(scene.metadata->get("a", {}));
      BOOST_TEST(scene.transport.count() == 3u, row.header);
    }
    scene.clock.advance(seconds(1));
    BOOST_REQUIRE(scene.metadata->get("a", {}));
    BOOST_TEST(test::lines_of(scene.transport).end()[-2] == kToken, row.header);
  }
}

BOOST_AUTO_TEST_CASE(setting_the_wall_clock_does_not_age_a_token) {
  Scene scene;
  scene.token();
  scene.transport.reply(200, "x").reply(200, "y");
  BOOST_REQUIRE(scene.metadata->get("a", {}));
  scene.clock.set(scene.clock.now() + std::chrono::days(3650));
  BOOST_TEST(*scene.metadata->get("a", {}) == "y");
}

// I7
BOOST_AUTO_TEST_CASE(a_token_that_is_no_header_is_refused) {
  using namespace std::string_literals;
  for (const std::string& token : {""s, "canary\r\nX-Evil: 1"s, "canary\n"s, "canary\0x"s, "canary canary"s,
                                   "canary\xff"s, "canary\x7f"s, std::string(9 << 10, 'c')}) {
    Scene scene;
    scene.token(token);
    check_absent(scene.provider->get({}), "session token");
    BOOST_TEST(scene.transport.count() == 1u);
  }
}

// I8
BOOST_AUTO_TEST_CASE(a_roles_name_that_is_none_never_becomes_a_path) {
  for (const std::string& name :
       {std::string("../../../user-data"), std::string("%2e%2e"), std::string("a/b"), std::string("a b"),
        std::string("<html>"), std::string(65, 'a'), std::string(300, 'a'), std::string("r\xC3\xB6le")}) {
    Scene scene;
    scene.token();
    scene.transport.reply(200, name);
    check_absent(scene.provider->get({}), "role");
    BOOST_TEST(scene.transport.count() == 2u);
  }
}

BOOST_AUTO_TEST_CASE(the_first_line_names_the_role) {
  for (const char* list : {"monitor\nother", "monitor\r\n", "monitor\n"}) {
    Scene scene;
    scene.token();
    scene.transport.reply(200, list).reply(200, document());
    BOOST_REQUIRE(scene.provider->get({}));
    BOOST_TEST(test::lines_of(scene.transport).back() == "GET " + kExtended + "monitor");
  }
}

BOOST_AUTO_TEST_CASE(no_role_is_attached) {
  Scene missing;
  missing.token();
  missing.transport.reply(404).reply(404);
  check_absent(missing.provider->get({}), "no IAM role is attached");
  Scene empty;
  empty.token();
  empty.transport.reply(404).reply(200, "");
  check_absent(empty.provider->get({}), "no IAM role is attached");
}

BOOST_AUTO_TEST_CASE(anything_but_200_leads_to_the_legacy_path_for_good) {
  for (const int status : {404, 403, 400, 405, 301, 204}) {
    Scene scene;
    scene.token();
    scene.transport.reply(status)
        .reply(200, "monitor")
        .reply(200, document())
        .reply(404)
        .reply(200, "other")
        .reply(200, document());
    BOOST_REQUIRE(scene.provider->get({}));
    BOOST_REQUIRE(scene.provider->get({}));
    const std::vector<std::string> lines{kToken,
                                         "GET " + kExtended,
                                         "GET " + kLegacy,
                                         "GET " + kLegacy + "monitor",
                                         "GET " + kLegacy + "monitor",
                                         "GET " + kLegacy,
                                         "GET " + kLegacy + "other"};
    BOOST_TEST(test::lines_of(scene.transport) == lines, boost::test_tools::per_element());
  }
}

// I9
BOOST_AUTO_TEST_CASE(a_code_that_is_not_success_is_told) {
  for (const char* code : {"Failed", "AssumeRoleUnauthorizedAccess"}) {
    Scene scene;
    scene.token();
    scene.transport.reply(200, "monitor")
        .reply(200,
               "{\"Code\":\"" + std::string(code) +
                   "\",\"Message\":\"EC2 cannot assume the role\\u001b[31m monitor\",\"Token\":\"canary\"}");
    const auto got = scene.provider->get({});
    check_absent(got, code);
    check_absent(got, "EC2 cannot assume the role");
    BOOST_TEST(got.error().message.find('\x1b') == std::string::npos);
    BOOST_TEST(scene.transport.count() == 3u);
  }
}

// I10
BOOST_AUTO_TEST_CASE(a_document_that_is_none) {
  using namespace std::string_literals;
  for (const std::string& body :
       {""s, "null"s, "[]"s, "\"canary\""s, "<html>canary</html>"s, document().substr(0, 100),
        document() + "canary"s, document(",\"Token\":\"canary\""), "{\"a\":{\"b\":{\"c\":{\"d\":{}}}}}"s}) {
    Scene scene;
    scene.token();
    scene.transport.reply(200, "monitor").reply(200, body);
    check_absent(scene.provider->get({}), "not a JSON object");
  }
}

BOOST_AUTO_TEST_CASE(what_kind_of_document_is_none) {
  for (const auto& [body, words] : {std::pair<std::string, std::string>{" <html>canary</html>", "are HTML"},
                                    {document().substr(0, 100), "are cut off"},
                                    {"[]", "monitor are not a JSON object"}}) {
    Scene scene;
    scene.token();
    scene.transport.reply(200, "monitor").reply(200, body);
    check_absent(scene.provider->get({}), words);
  }
}

BOOST_AUTO_TEST_CASE(a_document_that_lacks_something) {
  struct Row {
    const char* body;
    const char* words;
  };
  for (const Row& row :
       {Row{R"({"Code":"Success"})", "access key id"},
        Row{R"({"AccessKeyId":"A","Token":"canary"})", "secret access key"},
        Row{R"({"AccessKeyId":"A","SecretAccessKey":"canary"})", "session token"},
        Row{R"({"AccessKeyId":"A","SecretAccessKey":"canary","Token":""})", "session token"},
        Row{R"({"AccessKeyId":1,"SecretAccessKey":"canary","Token":"canary"})", "access key id"},
        Row{R"({"AccessKeyId":"A","SecretAccessKey":{},"Token":"canary"})", "secret access key"},
        Row{R"({"accesskeyid":"A","SecretAccessKey":"canary","Token":"canary"})", "access key id"},
        Row{R"({"AccessKeyIdX":"A","SecretAccessKey":"canary","Token":"canary"})", "access key id"},
        Row{R"({"AccessKeyId":"A","SecretAccessKey":"can\r\nary","Token":"canary"})", "secret access key"},
        Row{R"({"AccessKeyId":"A","SecretAccessKey":"canary","Token":"can\u0000ary"})", "session token"}}) {
    Scene scene;
    scene.token();
    scene.transport.reply(200, "monitor").reply(200, row.body);
    check_absent(scene.provider->get({}), row.words);
  }
}

BOOST_AUTO_TEST_CASE(an_escaped_member_name_is_that_member) {
  Scene scene;
  scene.token();
  scene.transport.reply(200, "monitor")
      .reply(
          200,
          R"({"Access\u004beyId":"A","SecretAccessKey":"s","Token":"t","Expiration":"2026-01-01T01:00:00Z"})");
  BOOST_TEST(scene.provider->get({})->access_key_id == "A");
}

BOOST_AUTO_TEST_CASE(a_role_that_vanished_is_listed_once_more) {
  Scene scene;
  scene.token();
  scene.transport.reply(200, "old").reply(404).reply(200, "new").reply(200, document());
  BOOST_TEST(scene.provider->get({})->origin == "instance metadata, role new");

  Scene gone;
  gone.token();
  gone.transport.reply(200, "old").reply(404).reply(200, "old").reply(404);
  check_absent(gone.provider->get({}), "no credentials for the role old");
  BOOST_TEST(gone.transport.count() == 5u);
}

// I11
BOOST_AUTO_TEST_CASE(expired_credentials_are_given) {
  Scene scene;
  scene.token();
  scene.clock.set(scene.clock.now() + std::chrono::days(30));
  scene.transport.reply(200, "monitor").reply(200, document());
  const auto got = scene.provider->get({});
  BOOST_REQUIRE(got);
  BOOST_TEST((*got->expires < scene.clock.now()));
}

// I12
BOOST_AUTO_TEST_CASE(an_expiration_that_cannot_be_true_is_fifteen_minutes) {
  for (const char* text :
       {"", "not-a-date", "9999-12-31T23:59:59Z", "2026-02-30T00:00:00Z", "2026-01-01T06:00:00"}) {
    Scene scene;
    scene.token();
    scene.transport.reply(200, "monitor")
        .reply(200, R"({"AccessKeyId":"A","SecretAccessKey":"s","Token":"t","Expiration":")" +
                        std::string(text) + "\"}");
    const auto got = scene.provider->get({});
    BOOST_REQUIRE(got);
    BOOST_TEST((got->expires == scene.clock.now() + std::chrono::minutes(15)), text);
  }
  Scene missing;
  missing.token();
  missing.transport.reply(200, "monitor")
      .reply(200, R"({"AccessKeyId":"A","SecretAccessKey":"s","Token":"t"})");
  BOOST_TEST((missing.provider->get({})->expires == missing.clock.now() + std::chrono::minutes(15)));
}

BOOST_AUTO_TEST_CASE(an_expiration_with_an_offset_is_a_time) {
  Scene scene;
  scene.token();
  scene.transport.reply(200, "monitor")
      .reply(
          200,
          R"({"AccessKeyId":"A","SecretAccessKey":"s","Token":"t","Expiration":"2026-01-01T08:00:00+02:00"})");
  BOOST_TEST((scene.provider->get({})->expires == base::parse_iso8601("2026-01-01T06:00:00Z")));
}

// I13: the transport enforces the limit; here, that its error is final.
BOOST_AUTO_TEST_CASE(a_body_over_the_limit_is_not_asked_for_again) {
  Scene scene;
  scene.token();
  scene.transport.refuse(Errc::protocol, "over 64 KiB");
  const auto got = scene.metadata->get("a", {});
  BOOST_REQUIRE(!got);
  BOOST_TEST((got.error().code == Errc::not_configured));
  BOOST_TEST(scene.transport.count() == 2u);
}

BOOST_AUTO_TEST_CASE(a_response_over_the_limit_is_no_reason_to_use_the_legacy_path) {
  Scene scene;
  scene.token();
  scene.transport.refuse(Errc::protocol, "over 64 KiB");
  check_absent(scene.provider->get({}), "over 64 KiB");
  BOOST_TEST(scene.transport.count() == 2u);
}

// I14
BOOST_AUTO_TEST_CASE(a_redirect_is_not_followed) {
  Scene scene;
  scene.token();
  scene.transport.reply(302, "", {{"location", "http://elsewhere/"}});
  BOOST_TEST(!scene.metadata->get("a", {}));
  BOOST_TEST(scene.transport.count() == 2u);
}

BOOST_AUTO_TEST_CASE(the_region) {
  Scene scene;
  scene.token();
  scene.transport.reply(200, "eu-west-1");
  BOOST_TEST(*scene.metadata->region({}) == "eu-west-1");
  BOOST_TEST(test::lines_of(scene.transport).back() == "GET /latest/meta-data/placement/region");
}

BOOST_AUTO_TEST_CASE(the_region_of_a_zone) {
  const std::map<std::string, std::string> zones{{"us-east-1a", "us-east-1"},
                                                 {"us-gov-west-1b", "us-gov-west-1"},
                                                 {"us-west-2-lax-1a", "us-west-2"},
                                                 {"eusc-de-east-1a", "eusc-de-east-1"}};
  for (const auto& [zone, region] : zones) {
    Scene scene;
    scene.token();
    scene.transport.reply(404).reply(200, zone);
    const auto got = scene.metadata->region({});
    BOOST_REQUIRE(got);
    BOOST_TEST(*got == region);
  }
}

BOOST_AUTO_TEST_CASE(a_region_that_is_none) {
  for (const char* text : {"", "<html>", "eu west", "eu-west-1\n", "../x"}) {
    Scene scene;
    scene.token();
    scene.transport.reply(200, text);
    const auto got = scene.metadata->region({});
    BOOST_REQUIRE(!got);
    BOOST_TEST((got.error().code == Errc::not_configured));
  }
}

BOOST_AUTO_TEST_CASE(a_stop_is_no_verdict) {
  Scene scene;
  const auto got = scene.provider->get(test::stopped());
  BOOST_REQUIRE(!got);
  BOOST_TEST((got.error().code == Errc::cancelled));
  scene.token();
  scene.transport.reply(200, "monitor").reply(200, document());
  BOOST_TEST(scene.provider->get({}).has_value());
}

BOOST_AUTO_TEST_CASE(threads_share_one_token) {
  Scene scene;
  std::atomic<int> tokens = 0;
  scene.transport.otherwise([&](const HttpRequest& request) {
    if (request.method == "PUT") {
      ++tokens;
      return HttpResponse{200, kSixHours, "t"};
    }
    if (request.path.ends_with('/')) return HttpResponse{200, {}, "monitor"};
    return HttpResponse{200, {}, document()};
  });
  std::vector<std::jthread> threads;
  std::atomic<int> good = 0;
  for (int i = 0; i < 16; ++i)
    threads.emplace_back([&] { good += scene.provider->get({}) ? 1 : 0; });
  threads.clear();
  BOOST_TEST(good.load() == 16);
  BOOST_TEST(tokens.load() == 1);
}
