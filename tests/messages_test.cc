// Errors are folders (tests/data/errors/<case>: status and headers, the body,
// and what is made of them); the shared vectors carry botocore's answer too.
#define BOOST_TEST_MODULE messages
#include "crosslog/messages.h"

#include <algorithm>
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "crosslog/document.h"
#include "tests/support/conformance.h"
#include "tests/support/json.h"

using crosslog::Error;
using crosslog::GetLogEvents;
using crosslog::HttpResponse;
namespace fs = std::filesystem;
namespace json = boost::json;
namespace test = crosslog::test;

namespace {

std::string lower(std::string text) {
  for (char& c : text)
    c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return text;
}

HttpResponse make_response(int status, const json::value* headers, std::string body) {
  HttpResponse response{.status = status, .headers = {}, .body = std::move(body)};
  if (headers != nullptr) {
    for (const auto& [name, value] : headers->as_object()) {
      response.headers.push_back({lower(name), std::string(value.as_string())});
    }
  }
  return response;
}

HttpResponse make_response(const json::object& response, std::string_view status) {
  const auto* body = response.if_contains("body");
  return make_response(response.at(status).to_number<int>(), response.if_contains("headers"),
                       body != nullptr ? std::string(body->as_string()) : std::string());
}

std::string text(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr ? std::string(value->as_string()) : std::string();
}

json::array show(const std::vector<Error::Detail>& details) {
  json::array shown;
  for (const auto& detail : details) {
    shown.push_back(json::object{{"name", detail.name}, {"value", detail.value}, {"nested", detail.nested}});
  }
  return shown;
}

void check_own_case(const fs::path& folder) {
  const auto response = test::read_json((folder / "response.json").string()).as_object();
  const auto expected = test::read_json((folder / "expected.json").string()).as_object();
  const auto error =
      crosslog::decode_error(make_response(response.at("status").to_number<int>(), &response.at("headers"),
                                           test::read_text((folder / "body").string())));
  const auto* details = expected.if_contains("details");
  BOOST_TEST(crosslog::name(error.code) == text(expected, "code"));
  BOOST_TEST(error.aws_code == text(expected, "aws_code"));
  BOOST_TEST(error.cli_code == text(expected, "cli_code"));
  BOOST_TEST(error.message == text(expected, "message"));
  BOOST_TEST(error.request_id == text(expected, "request_id"));
  BOOST_TEST(error.http_status == response.at("status").to_number<int>());
  BOOST_TEST(show(error.details) == (details != nullptr ? details->as_array() : json::array()));
}

void check_details(const Error& error, const json::object& botocore) {
  BOOST_TEST_INFO("stage: further members");
  std::size_t members = 0;
  for (const auto& [name, value] : botocore) {
    if (name == "Error" || name == "ResponseMetadata") continue;
    BOOST_REQUIRE(members < error.details.size());
    const auto& detail = error.details[members++];
    BOOST_TEST(detail.name == std::string_view(name));
    BOOST_TEST(detail.nested == (value.is_object() || value.is_array()));
    BOOST_TEST((detail.nested ? json::parse(detail.value) : json::value(detail.value)) == value);
  }
  BOOST_TEST(members == error.details.size());
}

void check_constructed_error(const json::object& vector) {
  const auto error = crosslog::decode_error(make_response(vector, "status"));
  const auto& botocore = vector.at("botocore").as_object();
  const auto& its_error = botocore.at("Error").as_object();
  const auto& code = vector.at("smithySpecErrorCode");
  BOOST_TEST_INFO("stage: code");
  BOOST_TEST(error.aws_code == (code.is_null() ? text(its_error, "Code") : std::string(code.as_string())));
  BOOST_TEST_INFO("stage: code of the AWS CLI");
  BOOST_TEST((error.cli_code.empty() ? error.aws_code : error.cli_code) == text(its_error, "Code"));
  BOOST_TEST_INFO("stage: message");
  if (its_error.contains("Message")) BOOST_TEST(error.message == text(its_error, "Message"));
  BOOST_TEST(error.http_status == vector.at("status").to_number<int>());
  if (const auto* metadata = botocore.if_contains("ResponseMetadata")) {
    BOOST_TEST(error.request_id == text(metadata->as_object(), "RequestId"));
  }
  check_details(error, botocore);
}

// A body alone, and what botocore reads from it.
void check_botocore_error(const fs::path& body, const fs::path& expected) {
  const auto error = crosslog::decode_error(make_response(400, nullptr, test::read_text(body.string())));
  const auto botocore = test::read_json(expected.string()).as_object();
  BOOST_TEST(error.aws_code == text(botocore.at("Error").as_object(), "Code"));
  BOOST_TEST(error.message == text(botocore.at("Error").as_object(), "Message"));
  BOOST_TEST(error.cli_code == "");
}

void check_protocol_test(const json::object& vector) {
  const auto error = crosslog::decode_error(make_response(vector.at("response").as_object(), "status_code"));
  BOOST_TEST(error.aws_code == text(vector, "errorCode"));
  const auto& members = vector.at("error").as_object();
  if (members.contains("Message")) BOOST_TEST(error.message == text(members, "Message"));
}

json::value show(std::optional<std::string_view> token) {
  return token ? json::value(json::string(*token)) : json::value();
}

void check_page(const json::object& vector) {
  const auto page = crosslog::decode_events(text(vector, "body"));
  BOOST_REQUIRE(page);
  const auto& botocore = vector.at("botocore").as_object();
  const auto expected = [&botocore](std::string_view name) {
    const auto* value = botocore.if_contains(name);
    return value != nullptr ? *value : json::value();
  };
  BOOST_TEST(show(page->next_token()) == expected("nextToken"));
  BOOST_TEST(show(page->next_forward_token()) == expected("nextForwardToken"));
  BOOST_TEST(show(page->next_backward_token()) == expected("nextBackwardToken"));
  json::array events;
  for (const auto& event : page->events()) {
    json::object shown{
        {"timestamp", event.timestamp}, {"message", event.message}, {"ingestionTime", event.ingestion_time}};
    if (event.has(crosslog::LogEvent::kLogStreamName)) shown["logStreamName"] = event.log_stream_name;
    if (event.has(crosslog::LogEvent::kEventId)) shown["eventId"] = event.event_id;
    events.push_back(std::move(shown));
  }
  BOOST_TEST(json::value(events) == expected("events"));
}

void add_success_vectors(const fs::path& folder) {
  for (const auto& entry : fs::directory_iterator(folder / "constructed-success")) {
    const auto vector = test::read_json(entry.path().string()).as_object();
    const auto operation = text(vector, "operation");
    if (operation != "GetLogEvents" && operation != "FilterLogEvents")
      continue;  // other operations: operations_test
    test::add_case("constructed-success/" + entry.path().stem().string(), [vector] { check_page(vector); });
  }
}

// Suites whose operation answers with an error; the others need a generic model.
void add_protocol_tests(const fs::path& file) {
  const auto suites = test::read_json(file.string());
  for (const auto& suite : suites.as_array()) {
    for (const auto& vector : suite.at("cases").as_array()) {
      if (!vector.as_object().contains("errorCode")) continue;
      test::add_case("protocol-tests/" + text(vector.as_object(), "id"),
                     [vector] { check_protocol_test(vector.as_object()); });
    }
  }
}

bool add_cases() {
  for (const auto& entry : fs::directory_iterator(test::own_cases("errors"))) {
    test::add_case("own/" + entry.path().filename().string(),
                   [folder = entry.path()] { check_own_case(folder); });
  }
  const auto root = test::conformance("json");
  if (!root) return test::add_skipped("json");
  for (const auto& entry : fs::directory_iterator(*root / "constructed-errors")) {
    const auto vector = test::read_json(entry.path().string()).as_object();
    test::add_case("constructed-errors/" + entry.path().stem().string(),
                   [vector] { check_constructed_error(vector); });
  }
  for (const auto& entry : fs::directory_iterator(*root / "botocore-response-parsing" / "errors")) {
    const auto expected = *root / "botocore-response-parsing" / "expected" / entry.path().filename();
    test::add_case("botocore-response-parsing/" + entry.path().stem().string(),
                   [body = entry.path(), expected] { check_botocore_error(body, expected); });
  }
  add_success_vectors(*root);
  add_protocol_tests(*root / "protocol-tests-output-json-1.1.json");
  return true;
}

const crosslog::Endpoint kEndpoint{.origin = "https://logs.eu-west-1.amazonaws.com",
                                   .path = "/",
                                   .signing_region = "eu-west-1",
                                   .signing_name = "logs",
                                   .allow_plain_http = false};

}  // namespace

static const bool registered = add_cases();

BOOST_AUTO_TEST_CASE(a_request_with_only_what_was_set) {
  GetLogEvents query;
  query.log_group_name = "g";
  query.log_stream_name = "s";
  const auto request = make_request(query, kEndpoint);
  BOOST_TEST(request.method == "POST");
  BOOST_TEST(request.origin == "https://logs.eu-west-1.amazonaws.com");
  BOOST_TEST(request.path == "/");
  BOOST_TEST(request.query == "");
  BOOST_TEST(find_header(request.headers, "Content-Type") == "application/x-amz-json-1.1");
  BOOST_TEST(find_header(request.headers, "X-Amz-Target") == "Logs_20140328.GetLogEvents");
  BOOST_TEST(request.body == R"({"logGroupName":"g","logStreamName":"s"})");
  BOOST_TEST(!request.allow_plain_http);
}

BOOST_AUTO_TEST_CASE(a_request_with_every_member_in_the_models_order) {
  const GetLogEvents query{.log_group_name = "g",
                           .log_group_identifier = "arn:aws:logs:eu-west-1:111122223333:log-group:g",
                           .log_stream_name = "\xC3\xA9/\"$LATEST\"",
                           .start_time = 0,
                           .end_time = 9007199254740993,
                           .next_token = "f/1",
                           .limit = 10000,
                           .start_from_head = false,
                           .unmask = true};
  BOOST_TEST(
      make_request(query, kEndpoint).body ==
      "{\"logGroupName\":\"g\",\"logGroupIdentifier\":\"arn:aws:logs:eu-west-1:111122223333:log-group:g\","
      "\"logStreamName\":\"\xC3\xA9/\\\"$LATEST\\\"\",\"startTime\":0,\"endTime\":9007199254740993,"
      "\"nextToken\":\"f/1\",\"limit\":10000,\"startFromHead\":false,\"unmask\":true}");
}

BOOST_AUTO_TEST_CASE(a_custom_endpoint_keeps_its_path) {
  auto endpoint = kEndpoint;
  endpoint.origin = "http://127.0.0.1:4566";
  endpoint.path = "/logs";
  endpoint.allow_plain_http = true;
  const auto request = make_request(GetLogEvents{}, endpoint);
  BOOST_TEST(request.origin == "http://127.0.0.1:4566");
  BOOST_TEST(request.path == "/logs");
  BOOST_TEST(request.allow_plain_http);
}

BOOST_AUTO_TEST_CASE(a_page_is_decoded_and_repaired) {
  const auto page =
      crosslog::decode_events("{\"events\":[{\"message\":\"a\xFF\"}],\"nextForwardToken\":\"f\"}");
  BOOST_REQUIRE(page);
  BOOST_TEST(page->events().front().message == "a\xEF\xBF\xBD");
  BOOST_TEST(page->repairs() == 1u);
  BOOST_CHECK(page->next_forward_token() == "f");
  BOOST_CHECK(!crosslog::decode_events("{}"));
}
