// awsQuery by shapes: Smithy's protocol test suites with the models they carry
// (what a Shape has no place for is left out and says why), and the bytes and
// refusals that they do not cover.
#define BOOST_TEST_MODULE query_codec
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <memory>
#include <string>
#include <vector>

#include "base/text.h"
#include "crosslog/sts.h"
#include "logs/operation_table.h"
#include "logs/query_codec.h"
#include "tests/support/conformance.h"
#include "tests/support/json.h"
#include "tests/support/model_shapes.h"

namespace {

namespace json = boost::json;
using crosslog::Document;
using crosslog::Errc;
using crosslog::Shape;
using crosslog::logs::decode_query;
using crosslog::logs::encode_query;
using crosslog::test::comparable;
using crosslog::test::Direction;
using crosslog::test::ModelShapes;
using crosslog::test::Protocol;
using crosslog::test::Unfit;

const Shape kNothing{.name = "Nothing", .type = Shape::Type::structure};

std::string string_at(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value == nullptr || !value->is_string() ? "" : std::string(value->as_string());
}

std::vector<std::string> parameters(std::string_view body) {
  std::vector<std::string> out;
  for (const auto part : crosslog::base::split(body, '&'))
    out.emplace_back(part);
  std::ranges::sort(out);
  return out;
}

// A case with the model that it needs, shared with its suite's other cases.
struct Vector {
  json::object suite, test;
  [[nodiscard]] std::string operation() const { return string_at(test.at("given").as_object(), "name"); }
  [[nodiscard]] const json::object* reference(const char* direction) const {
    const auto* found = test.at("given").as_object().if_contains(direction);
    return found == nullptr ? nullptr : &found->as_object();
  }
};

void check_input(const Vector& vector) {
  ModelShapes model(vector.suite.at("shapes").as_object(), Protocol::query, Direction::input);
  const auto* reference = vector.reference("input");
  const auto& shape = reference == nullptr ? kNothing : model.shape(string_at(*reference, "shape"));
  const auto value = reference == nullptr ? Document() : model.convert(*reference, vector.test.at("params"));
  const auto version = string_at(vector.suite.at("metadata").as_object(), "apiVersion");
  const auto body = string_at(vector.test.at("serialized").as_object(), "body");
  BOOST_TEST(parameters(encode_query(vector.operation(), version, shape, value)) == parameters(body),
             boost::test_tools::per_element());
}

void check_output(const Vector& vector) {
  ModelShapes model(vector.suite.at("shapes").as_object(), Protocol::query, Direction::output);
  const auto* reference = vector.reference("output");
  const auto& shape = reference == nullptr ? kNothing : model.shape(string_at(*reference, "shape"));
  const auto body = string_at(vector.test.at("response").as_object(), "body");
  const auto decoded = decode_query(vector.operation(), shape, body);
  if (!decoded) BOOST_FAIL(decoded.error().message);
  const auto expected =
      reference == nullptr ? Document(Document::Map{}) : model.convert(*reference, vector.test.at("result"));
  BOOST_TEST(write_json(comparable(*decoded)) == write_json(comparable(expected)));
}

void check_error(const Vector& vector) {
  const auto& answer = vector.test.at("response").as_object();
  const auto error =
      crosslog::decode_sts_error({answer.at("status_code").to_number<int>(), {}, string_at(answer, "body")});
  BOOST_TEST(error.aws_code == string_at(vector.test, "errorCode"));
  BOOST_TEST(error.message == string_at(vector.test, "errorMessage"));
  BOOST_TEST(error.http_status == answer.at("status_code").to_number<int>());
}

// What the case asks for and a Shape cannot say, or "".
std::string why_left_out(const Vector& vector, const char* direction) {
  if (string_at(vector.test, "id").starts_with("SDKAppendsGzip")) return "compression";
  const auto* reference = vector.reference(direction);
  if (reference == nullptr) return "";
  const bool is_input = std::string_view(direction) == "input";
  if (is_input && string_at(vector.test, "id").find("IdempotencyToken") != std::string::npos)
    return "an idempotency token";
  ModelShapes model(vector.suite.at("shapes").as_object(), Protocol::query,
                    is_input ? Direction::input : Direction::output);
  try {
    model.convert(*reference, vector.test.at(is_input ? "params" : "result"));
  } catch (const Unfit& unfit) {
    return unfit.reason;
  }
  return "";
}

void add_vector(const std::string& suite, Vector vector) {
  const auto name = suite + "/" + string_at(vector.test, "id");
  if (vector.test.contains("errorCode")) {
    crosslog::test::add_case(name, [vector = std::move(vector)] { check_error(vector); });
    return;
  }
  const bool is_input = vector.test.contains("serialized");
  const auto reason = why_left_out(vector, is_input ? "input" : "output");
  if (!reason.empty()) {
    auto* skipped =
        boost::unit_test::make_test_case([] {}, name + " (left out: " + reason + ")", __FILE__, __LINE__);
    skipped->p_default_status.value = boost::unit_test::test_unit::RS_DISABLED;
    boost::unit_test::framework::master_test_suite().add(skipped);
    return;
  }
  crosslog::test::add_case(name, [vector = std::move(vector), is_input] {
    is_input ? check_input(vector) : check_output(vector);
  });
}

const bool registered = [] {
  const auto folder = crosslog::test::conformance("query-xml");
  if (!folder) return crosslog::test::add_skipped("query-xml protocol tests");
  for (const auto* suite_name : {"protocol-tests-input-query", "protocol-tests-output-query"}) {
    const auto suites = crosslog::test::read_json(*folder / (std::string(suite_name) + ".json"));
    for (const auto& suite : suites.as_array()) {
      for (const auto& test : suite.at("cases").as_array())
        add_vector(suite_name, {suite.as_object(), test.as_object()});
    }
  }
  return true;
}();

const crosslog::Operation& operation(std::string_view name) {
  const auto table = crosslog::logs::operation_table();
  return *std::ranges::find(table, name, &crosslog::Operation::name);
}

std::string assume_role(const char* input) {
  return encode_query("AssumeRole", "2011-06-15", *operation("AssumeRole").input,
                      crosslog::parse_json(input).value());
}

// Declared as a Shape's names must live as long as it does.
const Shape kText{.name = "Text"};
const Shape kInteger{.name = "Integer", .type = Shape::Type::integer};
const Shape kNumber{.name = "Number", .type = Shape::Type::floating};
const Shape kTime{.name = "Time", .type = Shape::Type::timestamp};
const Shape kFlag{.name = "Flag", .type = Shape::Type::boolean};
const Shape kTexts{.name = "Texts", .type = Shape::Type::list, .element = &kText};
const Shape kTextMap{.name = "TextMap", .type = Shape::Type::map, .element = &kText};
const std::vector<crosslog::ShapeMember> kAllMembers{
    {"Text", &kText}, {"Integer", &kInteger}, {"Number", &kNumber}, {"Time", &kTime},
    {"Flag", &kFlag}, {"Texts", &kTexts},     {"Map", &kTextMap}};
const Shape kAll{.name = "All", .type = Shape::Type::structure, .members = kAllMembers};

std::string wrapped(const std::string& inside) {
  return "<XResponse><XResult>" + inside + "</XResult></XResponse>";
}

void check_refused(const std::string& inside, const std::string& message) {
  const auto decoded = decode_query("X", kAll, wrapped(inside));
  BOOST_REQUIRE(!decoded);
  BOOST_TEST((decoded.error().code == Errc::protocol));
  BOOST_TEST(decoded.error().message == "The answer has unexpected content: " + message + ".");
}

}  // namespace

BOOST_AUTO_TEST_CASE(times_may_stay_as_the_service_wrote_them) {
  const std::string body = wrapped("<Time>2026-01-02T03:04:05.600Z</Time>");
  BOOST_TEST(*decode_query("X", kAll, body)->find("Time")->string() == "2026-01-02T03:04:05.600000+00:00");
  const auto wire = decode_query("X", kAll, body, crosslog::TimestampFormat::wire);
  BOOST_TEST(*wire->find("Time")->string() == "2026-01-02T03:04:05.600Z");
}

BOOST_AUTO_TEST_CASE(assume_role_is_sent_in_model_order) {
  BOOST_TEST(
      assume_role(
          R"({"ExternalId": "a b", "DurationSeconds": 900, "RoleSessionName": "demo", "RoleArn": "arn:aws:x",
                             "Policy": null, "Unknown": 1})") ==
      "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Ax&RoleSessionName=demo&DurationSeconds=900&"
      "ExternalId=a+b");
}

BOOST_AUTO_TEST_CASE(lists_of_structures_are_numbered_from_one) {
  BOOST_TEST(
      assume_role(R"({"Tags": [{"Value": "v&", "Key": "k1"}, {"Key": "k2", "Value": ""}],
                             "TransitiveTagKeys": ["k1", "k2"], "PolicyArns": [{"arn": "p"}], "ProvidedContexts": []})") ==
      "Action=AssumeRole&Version=2011-06-15&PolicyArns.member.1.arn=p&Tags.member.1.Key=k1&"
      "Tags.member.1.Value=v%26&Tags.member.2.Key=k2&Tags.member.2.Value=&TransitiveTagKeys.member.1=k1&"
      "TransitiveTagKeys.member.2=k2&ProvidedContexts=");
}

BOOST_AUTO_TEST_CASE(every_scalar_has_its_form) {
  Document value;
  value.set("Number", 5.5);
  value.set("Time", "2015-01-25T17:00:00.25+09:00");
  value.set("Flag", false);
  value.set("Integer", std::int64_t{-7});
  value.set("Text", "\xC3\xA9+&=%\r\n~");
  BOOST_TEST(encode_query("X", "1", kAll, value) ==
             "Action=X&Version=1&Text=%C3%A9%2B%26%3D%25%0D%0A~&Integer=-7&Number=5.5&"
             "Time=2015-01-25T08%3A00%3A00.250000Z&Flag=false");
}

BOOST_AUTO_TEST_CASE(the_answer_comes_in_model_order_with_texts_as_they_stand) {
  const auto body = wrapped(
      "<Flag>true</Flag><Texts><member> a </member><other>b</other></Texts><Extra><Text>no</Text></Extra>"
      "<Time>2036-11-09T13:34:41Z</Time><Integer> 6 </Integer><Text>\n t </Text><Number>0.5</Number>"
      "<Map><entry><key>k</key><value>v</value></entry></Map>");
  const auto decoded = decode_query("X", kAll, body);
  BOOST_REQUIRE(decoded);
  BOOST_TEST(write_json(*decoded) ==
             R"({"Text":"\n t ","Integer":6,"Number":0.5,"Time":"2036-11-09T13:34:41+00:00","Flag":true,)"
             R"("Texts":[" a ","b"],"Map":{"k":"v"}})");
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_not_the_shape_s_is_refused_with_its_place) {
  check_refused("<Text>a</Text><Text>b</Text>", "a second Text at byte 34");
  check_refused("<Integer>six</Integer>", "Integer is no integer at byte 20");
  check_refused("<Integer>9223372036854775808</Integer>", "Integer is no integer at byte 20");
  check_refused("<Number>1x</Number>", "Number is no number at byte 20");
  check_refused("<Time>soon</Time>", "Time is no time at byte 20");
  check_refused("<Text><b/></Text>", "an element inside Text at byte 26");
  check_refused("<Map><entry><key>k</key></entry></Map>", "an entry without a key or a value at byte 25");
  check_refused("<Map><e><key>k</key><value/></e><e><key>k</key><value/></e></Map>",
                "a key that is there twice at byte 55");
}

BOOST_AUTO_TEST_CASE(no_result_is_an_error_where_the_shape_has_members) {
  const auto other = decode_query("X", kAll, "<XResponse><YResult/></XResponse>");
  BOOST_REQUIRE(!other);
  BOOST_TEST(other.error().message == "The answer has unexpected content: no XResult at byte 0.");
  BOOST_TEST(!decode_query("X", kAll, ""));
  BOOST_TEST(!decode_query("X", kAll, "<html></html>"));
  BOOST_TEST(!decode_query("X", kAll, wrapped("<Text>a</Text>") + "x"));
  BOOST_TEST(decode_query("X", kNothing, "").has_value());
}
