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
#include "crosslog/operations.h"
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

// The other operations' answers: what botocore read, and no member more.
template <class Value, class Function>
json::value show_list(const std::vector<Value>& values, Function show_one) {
  json::array shown;
  for (const auto& value : values)
    shown.push_back(show_one(value));
  return shown;
}

template <class Value>
void put(json::object& object, std::string_view name, const std::optional<Value>& value) {
  if (value) object[name] = *value;
}

json::value show(const crosslog::LogGroup& group) {
  json::object shown;
  put(shown, "logGroupName", group.log_group_name);
  put(shown, "creationTime", group.creation_time);
  put(shown, "retentionInDays", group.retention_in_days);
  put(shown, "metricFilterCount", group.metric_filter_count);
  put(shown, "arn", group.arn);
  put(shown, "storedBytes", group.stored_bytes);
  put(shown, "logGroupClass", group.log_group_class);
  if (!group.inherited_properties.empty())
    shown["inheritedProperties"] = json::value_from(group.inherited_properties);
  return shown;
}

json::value show(const crosslog::QueryResultPage& page) {
  json::object shown;
  put(shown, "queryLanguage", page.query_language);
  put(shown, "status", page.status);
  put(shown, "encryptionKey", page.encryption_key);
  put(shown, "nextToken", page.next_token);
  shown["results"] = show_list(page.results, [](const auto& row) {
    return show_list(row, [](const auto& field) {
      return json::value{{"field", field.field.value()}, {"value", field.value.value()}};
    });
  });
  if (page.statistics) {
    auto& statistics = shown["statistics"].emplace_object();
    put(statistics, "recordsMatched", page.statistics->records_matched);
    put(statistics, "recordsScanned", page.statistics->records_scanned);
    put(statistics, "estimatedRecordsSkipped", page.statistics->estimated_records_skipped);
    put(statistics, "bytesScanned", page.statistics->bytes_scanned);
    put(statistics, "estimatedBytesSkipped", page.statistics->estimated_bytes_skipped);
    put(statistics, "logGroupsScanned", page.statistics->log_groups_scanned);
  }
  return shown;
}

void check_answer(const json::object& vector) {
  const auto body = text(vector, "body");
  auto expected = vector.at("botocore").as_object();
  expected.erase("ResponseMetadata");
  const auto operation = text(vector, "operation");
  json::object shown;
  if (operation == "DescribeLogGroups") {
    shown["logGroups"] = show_list(crosslog::decode_log_groups(body).value().log_groups,
                                   [](const auto& group) { return show(group); });
  } else if (operation == "StartQuery") {
    put(shown, "queryId", crosslog::decode_started_query(body).value().query_id);
  } else if (operation == "GetQueryResults") {
    shown = show(crosslog::decode_query_results(body).value()).as_object();
  } else if (operation == "GetLogGroupFields") {
    shown["logGroupFields"] =
        show_list(crosslog::decode_log_group_fields(body).value(), [](const auto& field) {
          return json::value{{"name", field.name.value()}, {"percent", field.percent.value()}};
        });
  } else {
    put(shown, "success", crosslog::decode_stopped_query(body).value().success);
  }
  BOOST_TEST(json::value(shown) == json::value(expected));
}

bool is_typed(std::string_view operation) {
  constexpr std::string_view kTyped[] = {"DescribeLogGroups", "StartQuery", "GetQueryResults",
                                         "GetLogGroupFields", "StopQuery"};
  return std::ranges::find(kTyped, operation) != std::end(kTyped);
}

void add_success_vectors(const fs::path& folder) {
  for (const auto& entry : fs::directory_iterator(folder / "constructed-success")) {
    const auto vector = test::read_json(entry.path().string()).as_object();
    const auto operation = text(vector, "operation");
    const auto name = "constructed-success/" + entry.path().stem().string();
    if (operation == "GetLogEvents" || operation == "FilterLogEvents") {
      test::add_case(name, [vector] { check_page(vector); });
    } else if (is_typed(operation)) {  // others: operations_test
      test::add_case(name, [vector] { check_answer(vector); });
    }
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

namespace {

// What the table of operations makes of the same input: its order is the model's.
template <class Query>
void check_against_table(std::string_view operation, const Query& query, std::string_view expected) {
  BOOST_TEST_CONTEXT(operation) {
    const auto request = make_request(query, kEndpoint);
    BOOST_TEST(request.body == expected);
    BOOST_TEST(find_header(request.headers, "x-amz-target") == "Logs_20140328." + std::string(operation));
    const auto* row = crosslog::find_operation(crosslog::Service::logs, operation);
    BOOST_REQUIRE(row != nullptr);
    const auto input = crosslog::parse_json(request.body);
    BOOST_REQUIRE(input);
    if (const auto checked = crosslog::check_parameters(*row, *input); !checked)
      BOOST_ERROR(checked.error().message);
    const auto by_table = make_request(*row, *input, kEndpoint);
    BOOST_TEST(request.body == by_table.body);
    BOOST_TEST(request.origin == by_table.origin);
    BOOST_TEST(request.path == by_table.path);
    for (const auto& header : by_table.headers)
      BOOST_TEST(find_header(request.headers, header.name) == header.value);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(requests_with_every_member_are_those_of_the_table) {
  using namespace crosslog;
  const std::string arn = "arn:aws:logs:eu-west-1:111122223333:log-group:g";
  check_against_table(
      "FilterLogEvents",
      FilterLogEvents{"g", arn, {"s1", "s2"}, "p", 1, 2, "ERROR", "t", 10, false, true, true},
      R"({"logGroupName":"g","logGroupIdentifier":")" + arn +
          R"(","logStreamNames":["s1","s2"],"logStreamNamePrefix":"p","startTime":1,"endTime":2,)"
          R"("filterPattern":"ERROR","nextToken":"t","limit":10,"startFromHead":false,"interleaved":true,)"
          R"("unmask":true})");
  check_against_table(
      "DescribeLogGroups", DescribeLogGroups{{"111122223333"}, "p", "q", "t", 50, true, "STANDARD", {arn}},
      R"({"accountIdentifiers":["111122223333"],"logGroupNamePrefix":"p","logGroupNamePattern":"q",)"
      R"("nextToken":"t","limit":50,"includeLinkedAccounts":true,"logGroupClass":"STANDARD",)"
      R"("logGroupIdentifiers":[")" +
          arn + R"("]})");
  check_against_table(
      "ListLogGroups",
      ListLogGroups{"^api|web",
                    "DELIVERY",
                    false,
                    {"111122223333", "444455556666"},
                    "t",
                    1000,
                    {{"vpc", "flow"}, {"waf", {}}},
                    {"f"},
                    {{"team", {"a", "b"}}, {"owner", {}}}},
      R"({"logGroupNamePattern":"^api|web","logGroupClass":"DELIVERY","includeLinkedAccounts":false,)"
      R"("accountIdentifiers":["111122223333","444455556666"],"nextToken":"t","limit":1000,)"
      R"("dataSources":[{"name":"vpc","type":"flow"},{"name":"waf"}],"fieldIndexNames":["f"],)"
      R"("logGroupTags":[{"key":"team","values":["a","b"]},{"key":"owner"}]})");
  check_against_table("DescribeLogStreams", DescribeLogStreams{"g", arn, "p", "LastEventTime", true, "t", 1},
                      R"({"logGroupName":"g","logGroupIdentifier":")" + arn +
                          R"(","logStreamNamePrefix":"p","orderBy":"LastEventTime","descending":true,)"
                          R"("nextToken":"t","limit":1})");
  check_against_table("GetLogGroupFields", GetLogGroupFields{"g", 1767225600, arn},
                      R"({"logGroupName":"g","time":1767225600,"logGroupIdentifier":")" + arn + R"("})");
  check_against_table("GetLogRecord", GetLogRecord{"CmEKJ", true},
                      R"({"logRecordPointer":"CmEKJ","unmask":true})");
  check_against_table(
      "StartQuery", StartQuery{"PPL", "g", {"g1", "g2"}, {arn}, 1, 2, "fields @message", 100'000},
      R"({"queryLanguage":"PPL","logGroupName":"g","logGroupNames":["g1","g2"],"logGroupIdentifiers":[")" +
          arn + R"("],"startTime":1,"endTime":2,"queryString":"fields @message","limit":100000})");
  check_against_table("GetQueryResults", GetQueryResults{"q", "t", 0},
                      R"({"queryId":"q","nextToken":"t","maxItems":0})");
  check_against_table("StopQuery", StopQuery{"q"}, R"({"queryId":"q"})");
}

BOOST_AUTO_TEST_CASE(requests_with_nothing_set_hold_what_is_required) {
  using namespace crosslog;
  check_against_table("FilterLogEvents", FilterLogEvents{}, "{}");
  check_against_table("DescribeLogGroups", DescribeLogGroups{}, "{}");
  check_against_table("ListLogGroups", ListLogGroups{}, "{}");
  check_against_table("DescribeLogStreams", DescribeLogStreams{}, "{}");
  check_against_table("GetLogGroupFields", GetLogGroupFields{}, "{}");
  check_against_table("GetLogRecord", GetLogRecord{}, R"({"logRecordPointer":""})");
  check_against_table("StartQuery", StartQuery{}, R"({"startTime":0,"endTime":0,"queryString":""})");
}

namespace {

template <class Value>
std::string refusal(const crosslog::Result<Value>& answer) {
  BOOST_REQUIRE(!answer);
  BOOST_TEST((answer.error().code == crosslog::Errc::protocol));
  BOOST_TEST(answer.error().message == "The answer is not what the operation documents");
  return answer.error().hints.empty() ? "" : answer.error().hints.front();
}

}  // namespace

BOOST_AUTO_TEST_CASE(log_groups_with_every_member) {
  const auto page = crosslog::decode_log_groups(
      R"({"logGroups":[{"logGroupName":"g","creationTime":1,"retentionInDays":2,"metricFilterCount":3,)"
      R"("arn":"a:*","storedBytes":9007199254740993,"kmsKeyId":"k","dataProtectionStatus":"ACTIVATED",)"
      R"("inheritedProperties":["ACCOUNT_DATA_PROTECTION"],"logGroupClass":"STANDARD","logGroupArn":"a",)"
      R"("deletionProtectionEnabled":false,"bearerTokenAuthenticationEnabled":true,"new":[{}]},)"
      R"({"storedBytes":null}],"nextToken":"t"})");
  BOOST_REQUIRE(page);
  BOOST_REQUIRE(page->log_groups.size() == 2u);
  const auto& group = page->log_groups[0];
  BOOST_CHECK(group.log_group_name == "g");
  BOOST_CHECK(group.creation_time == 1);
  BOOST_CHECK(group.retention_in_days == 2);
  BOOST_CHECK(group.metric_filter_count == 3);
  BOOST_CHECK(group.arn == "a:*");
  BOOST_CHECK(group.stored_bytes == 9007199254740993);
  BOOST_CHECK(group.kms_key_id == "k");
  BOOST_CHECK(group.data_protection_status == "ACTIVATED");
  BOOST_CHECK(group.inherited_properties == std::vector<std::string>{"ACCOUNT_DATA_PROTECTION"});
  BOOST_CHECK(group.log_group_class == "STANDARD");
  BOOST_CHECK(group.log_group_arn == "a");
  BOOST_CHECK(group.deletion_protection_enabled == false);
  BOOST_CHECK(group.bearer_token_authentication_enabled == true);
  BOOST_CHECK(!page->log_groups[1].stored_bytes);
  BOOST_CHECK(page->next_token == "t");
}

BOOST_AUTO_TEST_CASE(the_other_lists_with_every_member) {
  const auto summaries = crosslog::decode_log_group_summaries(
      R"({"logGroups":[{"logGroupName":"g","logGroupArn":"a","logGroupClass":"DELIVERY"}],"nextToken":"t"})");
  BOOST_REQUIRE(summaries);
  BOOST_CHECK(summaries->log_groups.at(0).log_group_name == "g");
  BOOST_CHECK(summaries->log_groups.at(0).log_group_arn == "a");
  BOOST_CHECK(summaries->log_groups.at(0).log_group_class == "DELIVERY");
  BOOST_CHECK(summaries->next_token == "t");
  const auto streams = crosslog::decode_log_streams(
      R"({"logStreams":[{"logStreamName":"s","creationTime":1,"firstEventTimestamp":2,"lastEventTimestamp":3,)"
      R"("lastIngestionTime":4,"uploadSequenceToken":"5","arn":"a","storedBytes":0}],"nextToken":"t"})");
  BOOST_REQUIRE(streams);
  const auto& stream = streams->log_streams.at(0);
  BOOST_CHECK(stream.log_stream_name == "s");
  BOOST_CHECK(stream.creation_time == 1);
  BOOST_CHECK(stream.first_event_timestamp == 2);
  BOOST_CHECK(stream.last_event_timestamp == 3);
  BOOST_CHECK(stream.last_ingestion_time == 4);
  BOOST_CHECK(stream.upload_sequence_token == "5");
  BOOST_CHECK(stream.arn == "a");
  BOOST_CHECK(stream.stored_bytes == 0);
  BOOST_CHECK(streams->next_token == "t");
  const auto fields =
      crosslog::decode_log_group_fields(R"({"logGroupFields":[{"name":"x","percent":3},{}]})");
  BOOST_REQUIRE(fields);
  BOOST_CHECK(fields->at(0).name == "x");
  BOOST_CHECK(fields->at(0).percent == 3);
  BOOST_CHECK(!fields->at(1).percent);
}

BOOST_AUTO_TEST_CASE(a_record_keeps_its_order_and_is_repaired) {
  const auto record = crosslog::decode_log_record("{\"logRecord\":{\"z\":\"\xFF\",\"a\":\"1\",\"n\":null}}");
  BOOST_REQUIRE(record);
  BOOST_REQUIRE(record->fields.size() == 2u);
  BOOST_TEST(record->fields[0].first == "z");
  BOOST_TEST(record->fields[0].second == "\xEF\xBF\xBD");
  BOOST_TEST(record->fields[1].first == "a");
  BOOST_TEST(record->repairs == 1u);
  BOOST_TEST(refusal(crosslog::decode_log_record(R"({"logRecord":{"a":1}})")) ==
             "logRecord is not a map of texts.");
}

BOOST_AUTO_TEST_CASE(a_query_from_start_to_stop) {
  BOOST_CHECK(crosslog::decode_started_query(R"({"queryId":"q"})")->query_id == "q");
  BOOST_CHECK(!crosslog::decode_started_query("")->query_id);
  BOOST_CHECK(crosslog::decode_stopped_query(R"({"success":true})")->success == true);
  const auto page = crosslog::decode_query_results(
      R"({"queryLanguage":"CWLI","results":[[{"field":"@ptr","value":"p"},{"field":"x"}],[]],)"
      R"("statistics":{"recordsMatched":2.5,"recordsScanned":5,"estimatedRecordsSkipped":0.0,)"
      R"("bytesScanned":512.0,"estimatedBytesSkipped":"NaN","logGroupsScanned":1.0},"status":"Complete",)"
      R"("encryptionKey":"k","nextToken":"t"})");
  BOOST_REQUIRE(page);
  BOOST_CHECK(page->query_language == "CWLI");
  BOOST_REQUIRE(page->results.size() == 2u);
  BOOST_CHECK(page->results[0].at(0).field == "@ptr");
  BOOST_CHECK(page->results[0].at(0).value == "p");
  BOOST_CHECK(!page->results[0].at(1).value);
  BOOST_CHECK(page->results[1].empty());
  BOOST_REQUIRE(page->statistics);
  BOOST_CHECK(page->statistics->records_matched == 2.5);
  BOOST_CHECK(page->statistics->records_scanned == 5.0);
  BOOST_CHECK(page->statistics->estimated_records_skipped == 0.0);
  BOOST_CHECK(page->statistics->bytes_scanned == 512.0);
  BOOST_CHECK(page->statistics->estimated_bytes_skipped.value() !=
              *page->statistics->estimated_bytes_skipped);
  BOOST_CHECK(page->statistics->log_groups_scanned == 1.0);
  BOOST_CHECK(page->encryption_key == "k");
  BOOST_CHECK(page->next_token == "t");
  BOOST_TEST(!is_running(*page));
}

BOOST_AUTO_TEST_CASE(a_query_runs_until_it_is_final) {
  for (const auto status : {"Scheduled", "Running"})
    BOOST_TEST(crosslog::is_running({.status = status}));
  for (const auto status : {"Complete", "Failed", "Cancelled", "Timeout", "Unknown", "New", ""})
    BOOST_TEST(!crosslog::is_running({.status = status}));
  BOOST_TEST(!crosslog::is_running({}));
}

BOOST_AUTO_TEST_CASE(an_answer_of_another_shape_is_refused_by_its_place) {
  using namespace crosslog;
  BOOST_TEST(refusal(decode_log_groups("[]")) == "The answer is not an object.");
  BOOST_TEST(refusal(decode_log_groups("null")) == "The answer is not an object.");
  BOOST_TEST(refusal(decode_log_groups(R"({"logGroups":{}})")) == "logGroups is not a list.");
  BOOST_TEST(refusal(decode_log_groups(R"({"logGroups":[{},null]})")) == "logGroups[1] is not an object.");
  BOOST_TEST(refusal(decode_log_groups(R"({"logGroups":[{},{"storedBytes":1.0}]})")) ==
             "logGroups[1].storedBytes is not an integer.");
  BOOST_TEST(refusal(decode_log_groups(R"({"logGroups":[{"inheritedProperties":[1]}]})")) ==
             "logGroups[0].inheritedProperties[0] is not a text.");
  BOOST_TEST(
      refusal(decode_log_groups(R"({"logGroups":[{"deletionProtectionEnabled":"no"}],"nextToken":1})")) ==
      "logGroups[0].deletionProtectionEnabled is not true or false.");
  BOOST_TEST(refusal(decode_query_results(R"({"results":[[{"field":1}]]})")) ==
             "results[0][0].field is not a text.");
  BOOST_TEST(refusal(decode_query_results(R"({"statistics":{"bytesScanned":"1"}})")) ==
             "statistics.bytesScanned is not a number.");
  BOOST_TEST(!refusal(decode_log_streams("<html>secret</html>")).contains("secret"));
  BOOST_TEST(!decode_log_streams(R"({"logStreams":[{"arn":"a","arn":"b"}]})"));
  BOOST_TEST(!decode_log_streams(R"({"logStreams":[{"creationTime":9223372036854775808}]})"));
  BOOST_TEST(!decode_log_streams(R"({"logStreams":[{"other":18446744073709551615}]})"));
  BOOST_TEST(!decode_log_streams(R"({"logStreams":[)"));
  BOOST_TEST(!decode_started_query("{\"other\":" + std::string(40, '[') + std::string(40, ']') + "}"));
  BOOST_TEST(!decode_started_query("{\"other\":\"" + std::string(33u << 20, 'x') + "\"}"));
}

BOOST_AUTO_TEST_CASE(a_group_of_the_own_account_is_asked_for_by_name) {
  using namespace crosslog;
  const std::string arn = "arn:aws:logs:eu-west-1:111122223333:log-group:/a";
  LogGroup group{.log_group_name = "/a", .arn = arn + ":*"};
  FilterLogEvents query{.log_group_identifier = "another"};
  select_group(query, group, "111122223333");
  BOOST_CHECK(query.log_group_name == "/a");
  BOOST_CHECK(!query.log_group_identifier);
  select_group(query, group, "444455556666");
  BOOST_CHECK(!query.log_group_name);
  BOOST_CHECK(query.log_group_identifier == arn);
  group.log_group_arn = arn + "b";
  BOOST_CHECK(identifier_of(group) == arn + "b");
  DescribeLogStreams streams;
  select_group(streams, LogGroupSummary{.log_group_name = "/a"}, "111122223333");
  BOOST_CHECK(streams.log_group_name == "/a");
  BOOST_CHECK(!identifier_of(LogGroupSummary{.log_group_name = "/a"}));
  BOOST_CHECK(identifier_of(LogGroupSummary{.log_group_arn = arn}) == arn);
}

BOOST_AUTO_TEST_CASE(parts_of_an_arn) {
  BOOST_TEST(crosslog::without_star("arn:aws:logs:r:1:log-group:g:*") == "arn:aws:logs:r:1:log-group:g");
  BOOST_TEST(crosslog::without_star("g*") == "g*");
  BOOST_TEST(crosslog::without_star("") == "");
  BOOST_TEST(crosslog::account_of("arn:aws-cn:logs:cn-north-1:111122223333:log-group:g") == "111122223333");
  BOOST_TEST(crosslog::account_of("arn:aws:logs:r:1") == "1");
  BOOST_TEST(crosslog::account_of("arn:aws:logs:r") == "");
  BOOST_TEST(crosslog::account_of("g") == "");
  BOOST_TEST(crosslog::account_of("a:b:c:d:e:f") == "");
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
