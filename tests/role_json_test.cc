#define BOOST_TEST_MODULE role_json
#include "auth/role_json.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "base/time.h"
#include "tests/support/fake_clock.h"

using namespace crosslog;
using namespace crosslog::auth;

BOOST_AUTO_TEST_CASE(only_an_object_of_bounded_size_and_depth) {
  BOOST_TEST(parse_role_json("{}").has_value());
  for (const std::string& body :
       {std::string(), std::string("null"), std::string("[]"), std::string("\"canary\""),
        std::string(R"({"a":"canary")"), std::string(R"({"a":1,"a":2})"),
        std::string(R"({"a":{"b":{"c":{"d":{}}}}})"), std::string("{}{}")}) {
    const auto got = parse_role_json(body);
    BOOST_REQUIRE(!got);
    BOOST_TEST(got.error().message.find("canary") == std::string::npos);
  }
  const std::string frame = R"({"a":""})";
  const auto of_size = [&](std::size_t size) {
    return R"({"a":")" + std::string(size - frame.size(), 'x') + "\"}";
  };
  BOOST_TEST(parse_role_json(of_size(kMaxRoleJson)).has_value());
  BOOST_TEST(!parse_role_json(of_size(kMaxRoleJson + 1)));
}

BOOST_AUTO_TEST_CASE(keys_are_taken_and_wiped) {
  auto document = parse_role_json(
      R"({"Access\u004beyId":"A","SecretAccessKey":"s","Token":"t","SessionToken":"u","AccountId":"1"})");
  BOOST_REQUIRE(document);
  const Credentials credentials = take_keys(*document, "Token");
  BOOST_TEST(credentials.access_key_id == "A");
  BOOST_TEST(credentials.secret_access_key.reveal() == "s");
  BOOST_TEST(credentials.session_token.reveal() == "t");
  BOOST_TEST(credentials.account_id == "1");
  BOOST_TEST(!credentials.expires);
  BOOST_TEST(text_of(*document, "SecretAccessKey") == "");
  BOOST_TEST(text_of(*document, "Token") == "");
  BOOST_TEST(take_keys(*document, "SessionToken").session_token.reveal() == "u");
}

BOOST_AUTO_TEST_CASE(what_is_absent_or_no_text_is_empty) {
  auto document = parse_role_json(R"({"AccessKeyId":1,"SecretAccessKey":null,"Tok":"t","AccountId":[]})");
  BOOST_REQUIRE(document);
  const Credentials credentials = take_keys(*document, "Token");
  BOOST_TEST(credentials.access_key_id == "");
  BOOST_TEST(credentials.secret_access_key.empty());
  BOOST_TEST(credentials.session_token.empty());
  BOOST_TEST(credentials.account_id == "");
}

BOOST_AUTO_TEST_CASE(an_expiration_that_cannot_be_true_is_fifteen_minutes) {
  const TimePoint now = test::kNewYear2026;
  for (const char* value :
       {"null", "1", "\"\"", "\"soon\"", "\"9999-12-31T23:59:59Z\"", "\"2026-02-30T00:00:00Z\"", "{}"}) {
    const auto document = parse_role_json("{\"Expiration\":" + std::string(value) + "}");
    BOOST_REQUIRE(document);
    BOOST_TEST((role_expiry(*document, now) == now + std::chrono::minutes(15)), value);
  }
  const auto past = parse_role_json(R"({"Expiration":"2020-01-01T00:00:00Z"})");
  BOOST_TEST((role_expiry(*past, now) == base::parse_iso8601("2020-01-01T00:00:00Z")));
}
