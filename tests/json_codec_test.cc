// awsJson1.1 by shapes: Smithy's protocol test suites with the models they carry,
// the recorded answers of CloudWatch Logs by its service model, and what they do
// not cover.
#define BOOST_TEST_MODULE json_codec
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "logs/json_codec.h"
#include "tests/support/conformance.h"
#include "tests/support/json.h"
#include "tests/support/model_shapes.h"

namespace {

namespace json = boost::json;
using crosslog::Document;
using crosslog::Errc;
using crosslog::Shape;
using crosslog::logs::decode_json;
using crosslog::logs::encode_json;
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

struct Vector {
  json::object suite, test;
  [[nodiscard]] const json::object* reference(const char* direction) const {
    const auto* found = test.at("given").as_object().if_contains(direction);
    return found == nullptr ? nullptr : &found->as_object();
  }
};

void check_input(const Vector& vector) {
  ModelShapes model(vector.suite.at("shapes").as_object(), Protocol::json, Direction::input);
  const auto* reference = vector.reference("input");
  const auto& shape = reference == nullptr ? kNothing : model.shape(string_at(*reference, "shape"));
  const auto value = reference == nullptr ? Document() : model.convert(*reference, vector.test.at("params"));
  const auto& serialized = vector.test.at("serialized").as_object();
  if (!serialized.contains("body")) return;
  const auto sent = crosslog::parse_json(encode_json(shape, value)).value();
  const auto expected = crosslog::parse_json(string_at(serialized, "body")).value();
  BOOST_TEST(write_json(comparable(sent)) == write_json(comparable(expected)));
}

void check_output(const Vector& vector) {
  ModelShapes model(vector.suite.at("shapes").as_object(), Protocol::json, Direction::output);
  const auto* reference = vector.reference("output");
  const auto& shape = reference == nullptr ? kNothing : model.shape(string_at(*reference, "shape"));
  const auto decoded = decode_json(shape, string_at(vector.test.at("response").as_object(), "body"));
  if (!decoded) BOOST_FAIL(decoded.error().message);
  const auto expected =
      reference == nullptr ? Document(Document::Map{}) : model.convert(*reference, vector.test.at("result"));
  BOOST_TEST(write_json(comparable(*decoded)) == write_json(comparable(expected)));
}

std::string why_left_out(const Vector& vector, bool is_input) {
  if (string_at(vector.test, "id").starts_with("SDKAppendsGzip")) return "compression";
  const auto* reference = vector.reference(is_input ? "input" : "output");
  if (reference == nullptr) return "";
  ModelShapes model(vector.suite.at("shapes").as_object(), Protocol::json,
                    is_input ? Direction::input : Direction::output);
  try {
    model.convert(*reference, vector.test.at(is_input ? "params" : "result"));
  } catch (const Unfit& unfit) {
    return unfit.reason;
  }
  return "";
}

void add_vector(const std::string& suite, Vector vector) {
  const bool is_input = vector.test.contains("serialized");
  if (!is_input && !vector.test.contains("result")) return;  // an error: of messages_test
  const auto name = suite + "/" + string_at(vector.test, "id");
  const auto reason = why_left_out(vector, is_input);
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

// A recorded answer, by the shapes of the service's model.
void check_recorded(const std::filesystem::path& path, const json::object& service) {
  const auto vector = crosslog::test::read_json(path).as_object();
  ModelShapes model(service.at("shapes").as_object(), Protocol::json, Direction::output);
  const auto& output = service.at("operations").at(string_at(vector, "operation")).at("output").as_object();
  const auto decoded = decode_json(model.shape(string_at(output, "shape")), string_at(vector, "body"));
  if (!decoded) BOOST_FAIL(decoded.error().message);
  auto expected = vector.at("botocore").as_object();
  expected.erase("ResponseMetadata");
  BOOST_TEST(write_json(comparable(*decoded)) == write_json(comparable(model.convert(output, expected))));
}

const bool registered = [] {
  const auto folder = crosslog::test::conformance("json");
  if (!folder) return crosslog::test::add_skipped("json protocol tests");
  for (const auto* suite_name : {"protocol-tests-input-json-1.1", "protocol-tests-output-json-1.1"}) {
    const auto suites = crosslog::test::read_json(*folder / (std::string(suite_name) + ".json"));
    for (const auto& suite : suites.as_array()) {
      for (const auto& test : suite.at("cases").as_array())
        add_vector(suite_name, {suite.as_object(), test.as_object()});
    }
  }
  const auto model = crosslog::test::conformance("models/logs/2014-03-28");
  if (!model) return crosslog::test::add_skipped("models/logs");
  const auto service =
      std::make_shared<json::object>(crosslog::test::read_json(*model / "service-2.json").as_object());
  for (const auto& entry : std::filesystem::directory_iterator(*folder / "constructed-success")) {
    crosslog::test::add_case("constructed-success/" + entry.path().stem().string(),
                             [path = entry.path(), service] { check_recorded(path, *service); });
  }
  return true;
}();

const Shape kText{.name = "Text"};
const Shape kLong{.name = "Long", .type = Shape::Type::long_integer};
const Shape kNumber{.name = "Number", .type = Shape::Type::floating};
const Shape kTime{.name = "Time", .type = Shape::Type::timestamp};
const Shape kFlag{.name = "Flag", .type = Shape::Type::boolean};
const Shape kTexts{.name = "Texts", .type = Shape::Type::list, .element = &kText};
const Shape kTextMap{.name = "TextMap", .type = Shape::Type::map, .element = &kText};
const std::vector<crosslog::ShapeMember> kInnerMembers{{"text", &kText}};
const Shape kInner{.name = "Inner", .type = Shape::Type::structure, .members = kInnerMembers};
const Shape kInners{.name = "Inners", .type = Shape::Type::list, .element = &kInner};
const std::vector<crosslog::ShapeMember> kAllMembers{
    {"text", &kText}, {"long", &kLong},   {"number", &kNumber}, {"time", &kTime},
    {"flag", &kFlag}, {"texts", &kTexts}, {"map", &kTextMap},   {"inners", &kInners}};
const Shape kAll{.name = "All", .type = Shape::Type::structure, .members = kAllMembers};

void check_refused(std::string_view body, const std::string& hint) {
  const auto decoded = decode_json(kAll, body);
  BOOST_REQUIRE(!decoded);
  BOOST_TEST((decoded.error().code == Errc::protocol));
  BOOST_TEST(decoded.error().message == "The answer is not what the operation documents");
  BOOST_REQUIRE(decoded.error().hints.size() == 1u);
  if (!hint.empty()) BOOST_TEST(decoded.error().hints[0] == hint);
  BOOST_TEST(decoded.error().hints[0].find("CANARY") == std::string::npos);
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_request_is_in_model_order_without_nulls) {
  Document value;
  value.set("time", "1970-01-01T00:01:00.9Z");
  value.set("unknown", 1);
  value.set("flag", nullptr);
  value.set("long", std::int64_t{9007199254740993});
  value.set("text", "\"\xC3\xA9\n");
  BOOST_TEST(encode_json(kAll, value) ==
             "{\"text\":\"\\\"\xC3\xA9\\n\",\"long\":9007199254740993,\"time\":60}");
  BOOST_TEST(encode_json(kAll, Document()) == "{}");
}

BOOST_AUTO_TEST_CASE(an_answer_is_in_model_order_without_nulls_and_unknowns) {
  const auto decoded =
      decode_json(kAll, R"({"x": {"y": [1]}, "flag": true, "texts": ["a", null], "map": {"b": "1", "a": null},
    "number": 2, "text": "t", "long": 9007199254740993, "time": 1.5, "inners": [{"z": 1, "text": "i"}, {}]})");
  BOOST_REQUIRE(decoded);
  BOOST_TEST(
      write_json(*decoded) ==
      R"({"text":"t","long":9007199254740993,"number":2.0,"time":"1970-01-01T00:00:01.500000+00:00","flag":true,)"
      R"("texts":["a",null],"map":{"b":"1"},"inners":[{"text":"i"},{}]})");
}

BOOST_AUTO_TEST_CASE(nothing_is_an_empty_object) {
  BOOST_TEST(write_json(decode_json(kAll, "").value()) == "{}");
  BOOST_TEST(write_json(decode_json(kAll, " \r\n").value()) == "{}");
  BOOST_TEST(write_json(decode_json(kAll, "{\"text\":null}").value()) == "{}");
}

BOOST_AUTO_TEST_CASE(bad_bytes_in_a_text_are_repaired) {
  BOOST_TEST(write_json(decode_json(kAll, "{\"text\":\"a\xFFz\\ud800\"}").value()) ==
             "{\"text\":\"a\xEF\xBF\xBDz\xEF\xBF\xBD\"}");
}

BOOST_AUTO_TEST_CASE(another_type_is_refused_with_its_place) {
  check_refused(R"({"text": 1})", "text is not a text.");
  check_refused(R"({"long": "CANARY"})", "long is not an integer.");
  check_refused(R"({"long": 1.5})", "long is not an integer.");
  check_refused(R"({"number": "CANARY"})", "number is not a number.");
  check_refused(R"({"flag": "true"})", "flag is not true or false.");
  check_refused(R"({"time": "CANARY"})", "time is not a time.");
  check_refused(R"({"time": 1e300})", "time is not a time.");
  check_refused(R"({"texts": {}})", "texts is not a list.");
  check_refused(R"({"texts": ["a", 2]})", "texts[1] is not a text.");
  check_refused(R"({"map": []})", "map is not an object.");
  check_refused(R"({"map": {"CANARY": 1}})", "map.* is not a text.");
  check_refused(R"({"inners": [{}, {"text": false}]})", "inners[1].text is not a text.");
  check_refused("[]", "The answer is not an object.");
  check_refused("null", "The answer is not an object.");
}

BOOST_AUTO_TEST_CASE(what_is_no_json_is_refused) {
  for (const auto* body :
       {"<html>CANARY</html>", "{\"text\":\"CANARY", "{\"text\":\"a\",}", "{\"a\":1,\"a\":2}", "{} x"}) {
    check_refused(body, "");
  }
}
