// What botocore says of an input, for every case under tests/data/parameter_check:
// each was given to botocore's own validator, and its faults were written down.
#define BOOST_TEST_MODULE parameter_check
#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <limits>
#include <string>

#include "logs/operation_table.h"
#include "tests/support/conformance.h"
#include "tests/support/json.h"

namespace {

using crosslog::Document;
using crosslog::Errc;
using crosslog::Shape;

const crosslog::Operation& operation(std::string_view name) {
  const auto table = crosslog::logs::operation_table();
  return *std::ranges::find(table, name, &crosslog::Operation::name);
}

void check_case(const std::filesystem::path& folder) {
  const auto test = crosslog::parse_json(crosslog::test::read_text(folder / "case.json")).value();
  std::string expected;
  for (const auto& fault : *test.find("faults")->list())
    expected += "\n" + *fault.string();
  const auto checked = check_parameters(operation(*test.find("operation")->string()), *test.find("input"));
  BOOST_TEST(checked.has_value() == expected.empty());
  if (checked) return;
  BOOST_TEST((checked.error().code == Errc::invalid_argument));
  BOOST_TEST(checked.error().message == "Parameter validation failed:" + expected);
}

const bool registered = [] {
  for (const auto& entry :
       std::filesystem::directory_iterator(crosslog::test::own_cases("parameter_check"))) {
    crosslog::test::add_case("own/" + entry.path().filename().string(),
                             [folder = entry.path()] { check_case(folder); });
  }
  return true;
}();

// Shapes that no operation has yet.
const Shape kNumber{.name = "Number", .type = Shape::Type::floating, .min = 1};
const Shape kTime{.name = "Time", .type = Shape::Type::timestamp};
const Shape kText{.name = "Text", .min = 2};
const Shape kMap{.name = "Map", .type = Shape::Type::map, .element = &kText};
const std::array kMembers{crosslog::ShapeMember{"Number", &kNumber}, crosslog::ShapeMember{"Time", &kTime},
                          crosslog::ShapeMember{"Map", &kMap}};
const Shape kInput{.name = "Input", .type = Shape::Type::structure, .members = kMembers};
const crosslog::Operation kOperation{.name = "Test", .summary = "", .input = &kInput, .output = &kInput};

std::string faults(std::string_view name, Document value) {
  Document input;
  input.set(name, std::move(value));
  const auto checked = check_parameters(kOperation, input);
  return checked ? ""
                 : checked.error().message.substr(std::string_view("Parameter validation failed:\n").size());
}

}  // namespace

BOOST_AUTO_TEST_CASE(numbers) {
  BOOST_TEST(faults("Number", 1.0) == "");
  BOOST_TEST(faults("Number", 1) == "");
  BOOST_TEST(faults("Number", 0.5) == "Invalid value for parameter Number, value: 0.5, valid min value: 1");
  BOOST_TEST(faults("Number", 0) == "Invalid value for parameter Number, value: 0, valid min value: 1");
  BOOST_TEST(faults("Number", -std::numeric_limits<double>::infinity()) ==
             "Invalid value for parameter Number, value: -inf, valid min value: 1");
  BOOST_TEST(
      faults("Number", "1") ==
      "Invalid type for parameter Number, value: 1, type: <class 'str'>, valid types: <class 'float'>, "
      "<class 'decimal.Decimal'>, <class 'int'>");
}

BOOST_AUTO_TEST_CASE(times) {
  for (const auto* good :
       {"2036-11-09T13:34:41Z", "1398796238", "1398796238.5", "Tue, 29 Apr 2014 18:30:38 GMT"}) {
    BOOST_TEST(faults("Time", good) == "");
  }
  BOOST_TEST(faults("Time", 0) == "");
  BOOST_TEST(faults("Time", "soon") ==
             "Invalid type for parameter Time, value: soon, type: <class 'str'>, valid types: "
             "<class 'datetime.datetime'>, timestamp-string");
}

BOOST_AUTO_TEST_CASE(maps) {
  Document map;
  map.set("good", "ab");
  map.set("bad", "a");
  BOOST_TEST(faults("Map", map) == "Invalid length for parameter Map.bad, value: 1, valid min length: 2");
  BOOST_TEST(faults("Map", Document::List{}) ==
             "Invalid type for parameter Map, value: [], type: <class 'list'>, valid types: <class 'dict'>");
}
