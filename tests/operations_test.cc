// Operations by name: the table beside the service models, requests and answers
// beside what the AWS CLI sent and botocore read, and calls over a scripted
// network.
#define BOOST_TEST_MODULE operations
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "base/time.h"
#include "crosslog/operations.h"
#include "crosslog/providers.h"
#include "tests/support/conformance.h"
#include "tests/support/fake_clock.h"
#include "tests/support/json.h"
#include "tests/support/model_shapes.h"
#include "tests/support/scripted_transport.h"

namespace {

namespace json = boost::json;
using crosslog::Document;
using crosslog::Errc;
using crosslog::find_operation;
using crosslog::Operation;
using crosslog::Service;
using crosslog::Shape;

std::string string_at(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value == nullptr || !value->is_string() ? "" : std::string(value->as_string());
}

const Operation& any_operation(std::string_view name) {
  const auto found = std::ranges::find(crosslog::operations(), name, &Operation::name);
  BOOST_REQUIRE((found != crosslog::operations().end()));
  return *found;
}

bool is_known(std::string_view name) {
  return std::ranges::find(crosslog::operations(), name, &Operation::name) != crosslog::operations().end();
}

crosslog::Endpoint endpoint(std::string origin = "https://service.test") {
  crosslog::Endpoint endpoint;
  endpoint.origin = std::move(origin);
  endpoint.signing_region = "eu-west-1";
  endpoint.signing_name = "logs";
  return endpoint;
}

// The table is the model's, member for member. A shape may hold itself.
void check_shape(const Shape& ours, const Shape& model, std::set<std::string_view>& seen) {
  if (!seen.insert(ours.name).second) return;
  BOOST_TEST_CONTEXT("shape " << model.name) {
    BOOST_TEST(ours.name == model.name);
    BOOST_TEST((ours.type == model.type));
    BOOST_TEST((ours.min == model.min));
    BOOST_REQUIRE(ours.members.size() == model.members.size());
    for (std::size_t i = 0; i < ours.members.size(); ++i) {
      BOOST_TEST(ours.members[i].name == model.members[i].name);
      BOOST_TEST(ours.members[i].required == model.members[i].required);
      check_shape(*ours.members[i].shape, *model.members[i].shape, seen);
    }
    BOOST_REQUIRE((ours.element == nullptr) == (model.element == nullptr));
    if (ours.element != nullptr) check_shape(*ours.element, *model.element, seen);
  }
}

void check_pagination(const Operation& operation, const json::object& paginators) {
  const auto* model = paginators.at("pagination").as_object().if_contains(operation.name);
  BOOST_REQUIRE(operation.pagination.has_value() == (model != nullptr));
  if (model == nullptr) return;
  const auto& object = model->as_object();
  BOOST_TEST(operation.pagination->input_token == string_at(object, "input_token"));
  BOOST_TEST(operation.pagination->output_token == string_at(object, "output_token"));
  BOOST_TEST(operation.pagination->limit == string_at(object, "limit_key"));
  const auto& keys = object.at("result_key");
  const auto results = keys.is_array() ? keys.as_array() : json::array{keys};
  BOOST_REQUIRE(operation.pagination->results.size() == results.size());
  for (std::size_t i = 0; i < results.size(); ++i)
    BOOST_TEST(operation.pagination->results[i] == std::string(results[i].as_string()));
}

void check_operation(const Operation& operation, const std::filesystem::path& models) {
  const auto* folder = operation.service == Service::sts ? "sts/2011-06-15" : "logs/2014-03-28";
  const auto service = crosslog::test::read_json(models / folder / "service-2.json").as_object();
  const auto& model = service.at("operations").at(operation.name).as_object();
  crosslog::test::ModelShapes shapes(service.at("shapes").as_object(), crosslog::test::Protocol::json,
                                     crosslog::test::Direction::input);
  std::set<std::string_view> seen;
  check_shape(*operation.input, shapes.shape(string_at(model.at("input").as_object(), "shape")), seen);
  check_shape(*operation.output, shapes.shape(string_at(model.at("output").as_object(), "shape")), seen);
  BOOST_TEST(!operation.summary.empty());
  check_pagination(operation, crosslog::test::read_json(models / folder / "paginators-1.json").as_object());
}

// botocore's answer as ours: no metadata, times as the command line prints them.
Document expected_document(const Operation& operation, json::object expected) {
  expected.erase("ResponseMetadata");
  auto document = crosslog::parse_json(json::serialize(expected)).value();
  const auto* found = operation.name == "AssumeRole" ? document.find("Credentials") : nullptr;
  if (found == nullptr || found->find("Expiration") == nullptr) return document;
  Document credentials = *found;
  const auto time = crosslog::base::parse_iso8601(*credentials.find("Expiration")->string());
  credentials.set("Expiration", crosslog::base::iso8601(time.value()));
  document.set("Credentials", std::move(credentials));
  return document;
}

// The members that are there stand in the shape's order.
void check_order(const Shape& shape, const Document& value) {
  if (shape.type == Shape::Type::list) {
    for (const auto& element : *value.list())
      check_order(*shape.element, element);
  }
  if (shape.type != Shape::Type::structure) return;
  std::vector<std::string> names, in_order;
  for (const auto& [name, member] : *value.map())
    names.push_back(name);
  for (const auto& member : shape.members) {
    if (const auto* found = value.find(member.name)) {
      in_order.emplace_back(member.name);
      check_order(*member.shape, *found);
    }
  }
  BOOST_TEST(names == in_order, boost::test_tools::per_element());
}

void check_answer(const Operation& operation, std::string body, const json::object& expected) {
  const auto decoded = decode_response(operation, {200, {}, std::move(body)});
  if (expected.contains("raises") || expected.contains("error")) {
    BOOST_REQUIRE(!decoded);
    BOOST_TEST((decoded.error().code == Errc::protocol));
    return;
  }
  if (!decoded) BOOST_FAIL(decoded.error().message);
  check_order(*operation.output, *decoded);
  using crosslog::test::comparable;
  BOOST_TEST(write_json(comparable(*decoded)) ==
             write_json(comparable(expected_document(operation, expected))));
}

// AWS's command line sent these bodies; ours has the same members and values.
void check_cli_request(const json::object& request, const Operation& operation) {
  const auto body = string_at(request, "body");
  const auto target = string_at(request, "target");
  if (operation.service == Service::sts) {
    BOOST_TEST(make_request(operation, Document(), endpoint()).body == body);
    return;
  }
  const auto input = crosslog::parse_json(body).value();
  const auto ours = make_request(operation, input, endpoint());
  BOOST_TEST(std::string(find_header(ours.headers, "x-amz-target")) == target);
  BOOST_TEST(std::string(find_header(ours.headers, "content-type")) == "application/x-amz-json-1.1");
  BOOST_TEST(ours.body == write_json(input));
}

// "get-log-events" of argv -> GetLogEvents.
std::string operation_of(const json::object& test) {
  std::string name;
  bool upper = true;
  for (const char c : std::string(test.at("argv").as_array().at(1).as_string())) {
    if (c != '-') name += upper ? static_cast<char>(c - 'a' + 'A') : c;
    upper = c == '-';
  }
  return name;
}

void check_cli_case(const json::object& test) {
  const auto& operation = any_operation(operation_of(test));
  for (const auto& request : test.at("requests").as_array())
    check_cli_request(request.as_object(), operation);
}

void add_tables() {
  const auto models = crosslog::test::conformance("models");
  if (!models) {
    crosslog::test::add_skipped("models");
    return;
  }
  for (const auto& operation : crosslog::operations()) {
    crosslog::test::add_case("models/" + std::string(operation.name),
                             [&operation, models] { check_operation(operation, *models); });
  }
}

void add_xml_answers() {
  const auto root = crosslog::test::conformance("query-xml");
  if (!root) {
    crosslog::test::add_skipped("query-xml");
    return;
  }
  for (const auto* part : {"constructed", "sts-extracted", "sts-recorded"}) {
    for (const auto& entry : std::filesystem::directory_iterator(*root / part)) {
      if (entry.path().extension() != ".json") continue;
      const auto vector = crosslog::test::read_json(entry.path()).as_object();
      if (!is_known(string_at(vector, "operation")) || vector.at("status").as_int64() >= 300) continue;
      crosslog::test::add_case("query-xml/" + entry.path().stem().string(), [path = entry.path(), vector] {
        check_answer(any_operation(string_at(vector, "operation")),
                     crosslog::test::read_text(std::filesystem::path(path).replace_extension(".xml")),
                     vector.at("expected").as_object());
      });
    }
  }
}

void add_json_answers() {
  const auto root = crosslog::test::conformance("json/constructed-success");
  if (!root) {
    crosslog::test::add_skipped("json/constructed-success");
    return;
  }
  for (const auto& entry : std::filesystem::directory_iterator(*root)) {
    const auto vector = crosslog::test::read_json(entry.path()).as_object();
    if (!is_known(string_at(vector, "operation"))) continue;
    crosslog::test::add_case("json/" + entry.path().stem().string(), [vector] {
      check_answer(any_operation(string_at(vector, "operation")), string_at(vector, "body"),
                   vector.at("botocore").as_object());
    });
  }
}

void add_cli_requests() {
  const auto root = crosslog::test::conformance("cli-output");
  if (!root) {
    crosslog::test::add_skipped("cli-output requests");
    return;
  }
  for (const auto& entry : std::filesystem::directory_iterator(*root)) {
    const auto test = crosslog::test::read_json(entry.path() / "case.json").as_object();
    if (!test.contains("requests") || !is_known(operation_of(test)) || test.at("requests").as_array().empty())
      continue;
    crosslog::test::add_case("cli-output/" + entry.path().filename().string(),
                             [test] { check_cli_case(test); });
  }
}

const bool registered = [] {
  add_tables();
  add_xml_answers();
  add_json_answers();
  add_cli_requests();
  return true;
}();

constexpr std::string_view kRole =
    "<AssumeRoleResponse "
    "xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><PackedPolicySize>6"
    "</PackedPolicySize><SourceIdentity>Alice</"
    "SourceIdentity><AssumedRoleUser><Arn>arn:aws:sts::1:assumed-role/r/s</Arn>"
    "<AssumedRoleId>AROA:s</AssumedRoleId></AssumedRoleUser><Credentials><SessionToken>CANARY</"
    "SessionToken><Expiration>"
    "2036-11-09T13:34:41Z</Expiration><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>CANARY</"
    "SecretAccessKey>"
    "</Credentials></AssumeRoleResult></AssumeRoleResponse>";

struct Caller {
  crosslog::test::ScriptedTransport transport;
  crosslog::test::FakeClock clock;
  crosslog::ProviderPtr credentials;
  std::unique_ptr<crosslog::OperationCaller> caller;

  explicit Caller(crosslog::Endpoint to) {
    crosslog::Credentials keys;
    keys.access_key_id = "AKIDEXAMPLE";
    keys.secret_access_key = crosslog::Secret("secret");
    credentials = crosslog::make_static_provider(std::move(keys));
    crosslog::ClientOptions options;
    options.endpoint = std::move(to);
    options.random = [] { return 0.0; };
    caller = std::make_unique<crosslog::OperationCaller>(transport, clock, *credentials, std::move(options));
  }
};

Document parse(const char* text) {
  return crosslog::parse_json(text).value();
}

}  // namespace

BOOST_AUTO_TEST_CASE(operations_are_found_by_service_and_exact_name) {
  BOOST_REQUIRE(find_operation(Service::logs, "GetLogEvents") != nullptr);
  BOOST_TEST(find_operation(Service::logs, "GetLogEvents")->name == "GetLogEvents");
  BOOST_TEST(find_operation(Service::sts, "AssumeRole") != nullptr);
  BOOST_TEST(find_operation(Service::sts, "GetCallerIdentity") != nullptr);
  BOOST_TEST(find_operation(Service::sts, "GetLogEvents") == nullptr);
  BOOST_TEST(find_operation(Service::logs, "getLogEvents") == nullptr);
  BOOST_TEST(find_operation(Service::logs, "") == nullptr);
  BOOST_TEST(std::ranges::is_sorted(crosslog::operations(), {}, &Operation::name));
}

BOOST_AUTO_TEST_CASE(a_request_of_logs) {
  auto to = endpoint();
  to.path = "/base";
  to.allow_plain_http = true;
  const auto request = make_request(
      *find_operation(Service::logs, "GetLogEvents"),
      parse(R"({"limit": 3, "logStreamName": "s", "startFromHead": false, "logGroupName": "g"})"), to);
  BOOST_TEST(request.method == "POST");
  BOOST_TEST(request.origin == "https://service.test");
  BOOST_TEST(request.path == "/base");
  BOOST_TEST(request.allow_plain_http);
  BOOST_TEST(request.body == R"({"logGroupName":"g","logStreamName":"s","limit":3,"startFromHead":false})");
}

BOOST_AUTO_TEST_CASE(a_request_of_sts) {
  const auto request =
      make_request(*find_operation(Service::sts, "GetCallerIdentity"), Document(), endpoint());
  BOOST_TEST(request.body == "Action=GetCallerIdentity&Version=2011-06-15");
  BOOST_TEST(std::string(find_header(request.headers, "content-type")) ==
             "application/x-www-form-urlencoded; charset=utf-8");
  BOOST_TEST(request.max_response_bytes == 65'536u);
}

BOOST_AUTO_TEST_CASE(assume_role_is_printed_in_model_order) {
  const auto decoded =
      decode_response(*find_operation(Service::sts, "AssumeRole"), {200, {}, std::string(kRole)});
  BOOST_REQUIRE(decoded);
  BOOST_TEST(write_json(*decoded) ==
             R"({"Credentials":{"AccessKeyId":"ASIA","SecretAccessKey":"CANARY","SessionToken":"CANARY",)"
             R"("Expiration":"2036-11-09T13:34:41+00:00"},"AssumedRoleUser":{"AssumedRoleId":"AROA:s",)"
             R"("Arn":"arn:aws:sts::1:assumed-role/r/s"},"PackedPolicySize":6,"SourceIdentity":"Alice"})");
}

BOOST_AUTO_TEST_CASE(assume_role_cut_at_every_byte_is_refused_silently) {
  const auto& operation = *find_operation(Service::sts, "AssumeRole");
  for (std::size_t size = 0; size < kRole.size(); ++size) {
    const auto decoded = decode_response(operation, {200, {}, std::string(kRole.substr(0, size))});
    BOOST_REQUIRE(!decoded);
    BOOST_TEST(decoded.error().message.find("CAN") == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(log_events_are_printed_in_model_order_without_what_is_absent) {
  const auto decoded = decode_response(
      *find_operation(Service::logs, "GetLogEvents"),
      {200,
       {},
       R"({"nextBackwardToken":"b","events":[{"ingestionTime":2,"message":"m","timestamp":1,"eventId":"x"},{"message":""},{}],"x":1})"});
  BOOST_REQUIRE(decoded);
  BOOST_TEST(
      write_json(*decoded) ==
      R"({"events":[{"timestamp":1,"message":"m","ingestionTime":2},{"message":""},{}],"nextBackwardToken":"b"})");
}

BOOST_AUTO_TEST_CASE(what_is_no_page_of_events_is_refused) {
  for (const auto* body :
       {"{}", R"({"events":null})", "<html></html>", "", R"({"events":[{"timestamp":"1"}]})"}) {
    for (const auto* name : {"GetLogEvents", "FilterLogEvents"}) {
      const auto decoded = decode_response(*find_operation(Service::logs, name), {200, {}, body});
      BOOST_REQUIRE(!decoded);
      BOOST_TEST((decoded.error().code == Errc::protocol));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_call_checks_its_input_before_anything_is_sent) {
  Caller test(endpoint());
  const auto result =
      test.caller->call(*find_operation(Service::logs, "GetLogEvents"), parse(R"({"limit": 0})"));
  BOOST_REQUIRE(!result);
  BOOST_TEST((result.error().code == Errc::invalid_argument));
  BOOST_TEST(result.error().message ==
             "Parameter validation failed:\nMissing required parameter in input: \"logStreamName\"\n"
             "Invalid value for parameter limit, value: 0, valid min value: 1");
  BOOST_TEST(test.transport.count() == 0u);
}

BOOST_AUTO_TEST_CASE(a_call_signs_sends_and_decodes) {
  Caller test(endpoint());
  test.transport.reply(200, R"({"events":[]})");
  const auto result =
      test.caller->call(*find_operation(Service::logs, "GetLogEvents"), parse(R"({"logStreamName": "s"})"));
  if (!result) BOOST_FAIL(result.error().message);
  BOOST_TEST(write_json(*result) == R"({"events":[]})");
  const auto request = test.transport.requests().at(0);
  BOOST_TEST(request.body == R"({"logStreamName":"s"})");
  BOOST_TEST(!find_header(request.headers, "authorization").empty());
}

BOOST_AUTO_TEST_CASE(an_error_of_each_service_is_read_in_its_own_form) {
  Caller logs(endpoint());
  logs.transport.reply(400, R"({"__type":"ResourceNotFoundException","message":"No stream."})");
  const auto missing =
      logs.caller->call(*find_operation(Service::logs, "GetLogEvents"), parse(R"({"logStreamName": "s"})"));
  BOOST_REQUIRE(!missing);
  BOOST_TEST(
      describe(missing.error()) ==
      "An error occurred (ResourceNotFoundException) when calling the GetLogEvents operation: No stream.");
  Caller sts(endpoint());
  sts.transport.reply(
      403, "<ErrorResponse><Error><Code>AccessDenied</Code><Message>No.</Message></Error></ErrorResponse>");
  const auto denied = sts.caller->call(*find_operation(Service::sts, "GetCallerIdentity"), Document());
  BOOST_REQUIRE(!denied);
  BOOST_TEST(describe(denied.error()) ==
             "An error occurred (AccessDenied) when calling the GetCallerIdentity operation: No.");
}
