// What STS is asked and what it answers: every case under tests/data/sts, the
// recorded answers of the conformance vectors, and the requests' bytes.
#define BOOST_TEST_MODULE sts_messages
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/text.h"
#include "base/time.h"
#include "crosslog/sts.h"
#include "tests/support/conformance.h"
#include "tests/support/json.h"

namespace {

namespace json = boost::json;
using crosslog::Errc;
using crosslog::Error;
using crosslog::HttpResponse;

std::string string_at(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value == nullptr ? "" : std::string(value->as_string());
}

HttpResponse make_response(const json::object& vector, std::string body) {
  HttpResponse response;
  response.status = vector.at("status").to_number<int>();
  response.body = std::move(body);
  if (const auto* headers = vector.if_contains("headers")) {
    for (const auto& [name, value] : headers->as_object())
      response.headers.push_back({name, std::string(value.as_string())});
  }
  return response;
}

// Whatever went wrong, nobody learns a byte of the body.
void check_silent(const Error& error) {
  std::string said = error.message + error.aws_code + error.request_id;
  for (const auto& hint : error.hints)
    said += hint;
  BOOST_TEST(said.find("CANARY") == std::string::npos);
}

void check_role(const crosslog::AssumedRole& role, const json::object& expected) {
  BOOST_TEST(role.credentials.access_key_id == string_at(expected, "access_key_id"));
  BOOST_TEST(role.credentials.secret_access_key.reveal() == string_at(expected, "secret_access_key"));
  BOOST_TEST(role.credentials.session_token.reveal() == string_at(expected, "session_token"));
  BOOST_REQUIRE(role.credentials.expires.has_value());
  BOOST_TEST(crosslog::base::iso8601(*role.credentials.expires) == string_at(expected, "expires"));
  BOOST_TEST(role.credentials.account_id == string_at(expected, "account_id"));
  BOOST_TEST(role.assumed_role_id == string_at(expected, "assumed_role_id"));
  BOOST_TEST(role.assumed_role_arn == string_at(expected, "assumed_role_arn"));
}

void check_identity(const crosslog::CallerIdentity& identity, const json::object& expected) {
  BOOST_TEST(identity.user_id == string_at(expected, "user_id"));
  BOOST_TEST(identity.account == string_at(expected, "account"));
  BOOST_TEST(identity.arn == string_at(expected, "arn"));
}

void check_reason(const Error& error, const json::object& vector) {
  const auto offset = std::to_string(vector.at("offset").to_number<int>());
  BOOST_TEST((error.code == Errc::protocol));
  BOOST_TEST(error.http_status == 0);
  BOOST_TEST(error.message == "The answer of STS has unexpected content: " + string_at(vector, "reason") +
                                  " at byte " + offset + ".");
  check_silent(error);
}

void check_error(const Error& error, const json::object& vector) {
  const auto& expected = vector.at("error").as_object();
  BOOST_TEST(crosslog::name(error.code) == string_at(expected, "code"));
  BOOST_TEST(error.aws_code == string_at(expected, "aws_code"));
  BOOST_TEST(error.message == string_at(expected, "message"));
  BOOST_TEST(error.request_id == string_at(expected, "request_id"));
  BOOST_TEST(error.http_status == vector.at("status").to_number<int>());
  check_silent(error);
}

void check_unreadable(const Error& error, const json::object& vector) {
  const auto offset = std::to_string(vector.at("offset").to_number<int>());
  BOOST_TEST((error.code == Errc::protocol));
  BOOST_TEST(error.message == "Unable to parse response (" + string_at(vector, "unreadable") + " at byte " +
                                  offset + "), invalid XML received. Further retries may succeed.");
  BOOST_REQUIRE(!error.hints.empty());
  BOOST_TEST(error.hints.back() ==
             "The answer's HTTP status was " + std::to_string(vector.at("status").to_number<int>()) + ".");
  check_silent(error);
}

bool gives_role(std::string_view operation) {
  return operation == "AssumeRole" || operation == "AssumeRoleWithWebIdentity";
}

crosslog::Result<crosslog::AssumedRole> decode_role(std::string_view operation,
                                                    const HttpResponse& response) {
  return operation == "AssumeRole" ? decode_assumed_role(response)
                                   : decode_assumed_role_with_web_identity(response);
}

void check_own_case(const std::filesystem::path& folder) {
  const auto vector = crosslog::test::read_json(folder / "expected.json").as_object();
  const auto response = make_response(vector, crosslog::test::read_text(folder / "body.xml"));
  if (vector.contains("error")) return check_error(decode_sts_error(response), vector);
  if (vector.contains("unreadable")) return check_unreadable(decode_sts_error(response), vector);
  const auto check = [&](const auto& decoded, const char* stage, const auto& check_value) {
    if (!decoded && !vector.contains("reason")) BOOST_FAIL(decoded.error().message);
    if (!decoded) return check_reason(decoded.error(), vector);
    BOOST_REQUIRE(vector.contains(stage));
    check_value(*decoded, vector.at(stage).as_object());
  };
  const auto operation = string_at(vector, "operation");
  if (gives_role(operation)) return check(decode_role(operation, response), "role", check_role);
  check(decode_caller_identity(response), "identity", check_identity);
}

// What the credentials step makes of botocore's answer, which is not trimmed and
// may lack what we require.
void check_recorded_role(std::string_view operation, const HttpResponse& response,
                         const json::object& expected) {
  const auto role = decode_role(operation, response);
  const auto& fields = expected.at("Credentials").as_object();
  const auto trimmed = [&](std::string_view name) {
    const auto value = string_at(fields, name);
    return std::string(crosslog::base::trim(value));
  };
  bool usable = true;
  for (const auto* name : {"AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"}) {
    const auto value = trimmed(name);
    usable = usable && !value.empty() && value.find_first_of("\r\n") == std::string::npos;
  }
  BOOST_TEST(role.has_value() == usable);
  if (!role) return;
  const auto& user = expected.at("AssumedRoleUser").as_object();
  BOOST_TEST(role->credentials.access_key_id == trimmed("AccessKeyId"));
  BOOST_TEST(role->credentials.secret_access_key.reveal() == trimmed("SecretAccessKey"));
  BOOST_TEST(role->credentials.session_token.reveal() == trimmed("SessionToken"));
  BOOST_TEST((role->credentials.expires == crosslog::base::parse_iso8601(trimmed("Expiration"))));
  BOOST_TEST(role->assumed_role_arn == string_at(user, "Arn"));
  BOOST_TEST(role->assumed_role_id == string_at(user, "AssumedRoleId"));
}

void check_recorded_error(const HttpResponse& response, const json::object& expected) {
  const auto error = decode_sts_error(response);
  const auto* said = expected.if_contains("Error");
  if (said == nullptr) {
    BOOST_TEST((error.code == Errc::protocol || error.aws_code == std::to_string(response.status)));
    return;
  }
  BOOST_TEST(error.aws_code == string_at(said->as_object(), "Code"));
  BOOST_TEST(error.message == string_at(said->as_object(), "Message"));
  BOOST_TEST(error.http_status == response.status);
  const auto& metadata = expected.at("ResponseMetadata").as_object();
  BOOST_TEST(error.request_id == string_at(metadata, "RequestId") + string_at(expected, "RequestID"));
}

void check_recorded(const std::filesystem::path& path) {
  const auto vector = crosslog::test::read_json(path).as_object();
  const auto response =
      make_response(vector, crosslog::test::read_text(std::filesystem::path(path).replace_extension(".xml")));
  const auto operation = string_at(vector, "operation");
  const auto& expected = vector.at("expected").as_object();
  if (response.status >= 300) {
    if (!expected.contains("raises")) return check_recorded_error(response, expected);
    BOOST_TEST((decode_sts_error(response).code == Errc::protocol));
  } else if (expected.contains("raises") || expected.contains("error")) {
    BOOST_TEST(!(gives_role(operation) ? decode_role(operation, response).has_value()
                                       : decode_caller_identity(response).has_value()));
  } else if (gives_role(operation)) {
    check_recorded_role(operation, response, expected);
  } else {
    const auto identity = decode_caller_identity(response);
    if (!identity) BOOST_FAIL(identity.error().message);
    BOOST_TEST(identity->user_id == string_at(expected, "UserId"));
    BOOST_TEST(identity->account == string_at(expected, "Account"));
    BOOST_TEST(identity->arn == string_at(expected, "Arn"));
  }
}

// The decoders here are of three operations; errors are the same for all.
bool is_ours(const std::filesystem::path& path) {
  const auto vector = crosslog::test::read_json(path).as_object();
  if (!vector.contains("operation") || !vector.contains("status")) return false;
  const auto operation = string_at(vector, "operation");
  return gives_role(operation) || operation == "GetCallerIdentity" ||
         vector.at("status").to_number<int>() >= 300;
}

const bool registered = [] {
  for (const auto& entry : std::filesystem::directory_iterator(crosslog::test::own_cases("sts"))) {
    crosslog::test::add_case("own/" + entry.path().filename().string(),
                             [folder = entry.path()] { check_own_case(folder); });
  }
  const auto root = crosslog::test::conformance("query-xml");
  if (!root) return crosslog::test::add_skipped("query-xml");
  for (const auto* part : {"constructed", "sts-extracted", "sts-recorded"}) {
    for (const auto& entry : std::filesystem::directory_iterator(*root / part)) {
      if (entry.path().extension() != ".json" || !is_ours(entry.path())) continue;
      crosslog::test::add_case("query-xml/" + std::string(part) + "/" + entry.path().stem().string(),
                               [path = entry.path()] { check_recorded(path); });
    }
  }
  return true;
}();

crosslog::Endpoint endpoint() {
  crosslog::Endpoint endpoint;
  endpoint.origin = "https://sts.eu-west-1.amazonaws.com";
  endpoint.path = "/base";
  endpoint.allow_plain_http = true;
  return endpoint;
}

}  // namespace

BOOST_AUTO_TEST_CASE(request_of_get_caller_identity) {
  const auto request = crosslog::make_get_caller_identity_request(endpoint());
  BOOST_TEST(request.method == "POST");
  BOOST_TEST(request.origin == "https://sts.eu-west-1.amazonaws.com");
  BOOST_TEST(request.path == "/base");
  BOOST_TEST(request.query.empty());
  BOOST_TEST(request.body == "Action=GetCallerIdentity&Version=2011-06-15");
  BOOST_REQUIRE(request.headers.size() == 1u);
  BOOST_TEST(request.headers[0].name == "Content-Type");
  BOOST_TEST(request.headers[0].value == "application/x-www-form-urlencoded; charset=utf-8");
  BOOST_TEST(request.max_response_bytes == 65'536u);
  BOOST_TEST(request.allow_plain_http);
}

BOOST_AUTO_TEST_CASE(request_of_assume_role_has_only_what_is_set) {
  crosslog::AssumeRole role;
  role.role_arn = "arn:aws:iam::999999999999:role/cross";
  role.role_session_name = "demo";
  BOOST_TEST(make_request(role, endpoint()).body ==
             "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A999999999999%3Arole%2Fcross&"
             "RoleSessionName=demo");
}

BOOST_AUTO_TEST_CASE(request_of_assume_role_in_model_order_and_encoded) {
  crosslog::AssumeRole role;
  role.role_arn = "a&b=c+d%e\r\nf";
  role.role_session_name = "\xC3\xA9 ~*";
  role.external_id = "id/:,@";
  role.duration = std::chrono::hours(1);
  role.serial_number = "sn";
  role.token_code = "012345";
  role.policy = "{}";
  BOOST_TEST(
      make_request(role, endpoint()).body ==
      "Action=AssumeRole&Version=2011-06-15&RoleArn=a%26b%3Dc%2Bd%25e%0D%0Af&RoleSessionName=%C3%A9+~%2A&"
      "Policy=%7B%7D&DurationSeconds=3600&ExternalId=id%2F%3A%2C%40&SerialNumber=sn&TokenCode=012345");
}

BOOST_AUTO_TEST_CASE(request_of_a_web_identity) {
  crosslog::AssumeRoleWithWebIdentity role;
  role.role_arn = "arn:aws:iam::999999999999:role/cross";
  role.role_session_name = "a b";
  role.web_identity_token = crosslog::Secret("head.body+/=\n");
  const auto request = make_request(role, endpoint());
  BOOST_TEST(request.body ==
             "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A999999999999%"
             "3Arole%2Fcross&RoleSessionName=a+b&WebIdentityToken=head.body%2B%2F%3D%0A");
  BOOST_TEST(request.path == "/base");
}

BOOST_AUTO_TEST_CASE(an_answer_of_another_operation_is_none) {
  const auto body = crosslog::test::read_text(crosslog::test::own_cases("sts") / "role-plain" / "body.xml");
  const HttpResponse response{.status = 200, .headers = {}, .body = body};
  BOOST_TEST(decode_assumed_role(response).has_value());
  const auto other = decode_assumed_role_with_web_identity(response);
  BOOST_REQUIRE(!other);
  BOOST_TEST(other.error().message.find("no AssumeRoleWithWebIdentityResponse") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_answer_cut_at_every_byte_gives_no_credentials) {
  const auto folder = crosslog::test::own_cases("sts") / "role-plain";
  const auto whole = crosslog::test::read_text(folder / "body.xml");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    HttpResponse response{.status = 200, .headers = {}, .body = whole.substr(0, size)};
    const auto role = decode_assumed_role(response);
    BOOST_TEST_CONTEXT("cut after " << size << " bytes") {
      BOOST_REQUIRE(!role);
      BOOST_TEST((role.error().code == Errc::protocol));
      check_silent(role.error());
      response.status = 403;
      check_silent(decode_sts_error(response));
    }
  }
}
