#define BOOST_TEST_MODULE cli_shorthand
#include "cli/shorthand.h"

#include <boost/test/unit_test.hpp>

using namespace crosslog;
using namespace crosslog::cli;

namespace {

std::expected<std::string, std::string> no_files(std::string_view value) {
  return std::string(value);
}

void good(std::string_view text, std::string_view json) {
  const auto parsed = parse_shorthand(text, no_files);
  BOOST_TEST(parsed.has_value(), "for " << text << ": " << (parsed ? "" : parsed.error()));
  if (parsed) BOOST_TEST(write_json(*parsed) == json, "for " << text << ": " << write_json(*parsed));
}

void bad(std::string_view text, std::string_view message) {
  const auto parsed = parse_shorthand(text, no_files);
  BOOST_TEST(!parsed.has_value(), "parsed: " << text);
  if (!parsed) BOOST_TEST(parsed.error() == message);
}

}  // namespace

BOOST_AUTO_TEST_CASE(keys_and_values) {
  good("Key=a,Value=b", R"({"Key":"a","Value":"b"})");
  good("Key = a , Value = b ", R"({"Key":"a","Value":"b"})");
  good("Key=", R"({"Key":""})");
  good("Key=a=b", R"({"Key":"a=b"})");
  good("Key=a\\,b", R"({"Key":"a,b"})");
  good("Key='a,b',Value=\"c\\\"d\"", R"({"Key":"a,b","Value":"c\"d"})");
  good("Key='it\\'s'", R"({"Key":"it's"})");
  good("Key='a\\'", "{\"Key\":\"a\\\\\"}");
  good("a.b/c:d-e_f#1=x", R"({"a.b/c:d-e_f#1":"x"})");
}

BOOST_AUTO_TEST_CASE(lists) {
  good("Names=a,b,Size=3", R"({"Names":["a","b"],"Size":"3"})");
  good("Names=a,b,c", R"({"Names":["a","b","c"]})");
  good("Names=[a, b],X=1", R"({"Names":["a","b"],"X":"1"})");
  good("Names=[],X=1", R"({"Names":[],"X":"1"})");
  good("F={Name=x,Values=[1,2]}", R"({"F":{"Name":"x","Values":["1","2"]}})");
}

BOOST_AUTO_TEST_CASE(faults_point_at_the_character) {
  bad("foo", "Expected: '=', received: 'EOF' for input:\n foo\n   ^");
  bad("", "Expected: '=', received: 'EOF' for input:\n \n^");
  bad("Key=a,Key=b",
      "Second instance of key \"Key\" encountered for input:\nKey=a,Key=b\n      ^\n"
      "This is often because there is a preceding \",\" instead of a space.");
  bad("Key=[a", "Expected: ',', received: 'EOF' for input:\n Key=[a\n      ^");
  bad("Key='a", "Expected: '<singled quoted>', received: '<none>' for input:\n Key='a\n    ^");
  bad("Key=é😀", "Expected: ',', received: '😀' for input:\n Key=é😀\n     ^");
  bad("a=b,\nc==[", "Expected: ',', received: '=' for input:\n a=b,\nc==[\n  ^");
}

BOOST_AUTO_TEST_CASE(depth_is_limited) {
  BOOST_TEST(parse_shorthand("a=" + std::string(10'000, '['), no_files).error() == "nested too deeply");
}

BOOST_AUTO_TEST_CASE(values_may_name_files) {
  const auto resolve = [](std::string_view value) -> std::expected<std::string, std::string> {
    if (value == "file://there") return "content, with = and 'quotes'";
    if (value.starts_with("file://")) return std::unexpected("no such file");
    return std::string(value);
  };
  BOOST_TEST(write_json(parse_shorthand("Key@=file://there,Value=file://there", resolve).value()) ==
             R"({"Key":"content, with = and 'quotes'","Value":"file://there"})");
  BOOST_TEST(parse_shorthand("Key@=file://gone", resolve).error() == "no such file");
  BOOST_TEST(parse_shorthand("Key@=a,file://gone", resolve).error() == "no such file");
}

BOOST_AUTO_TEST_CASE(texts_become_what_the_shape_says) {
  static constexpr Shape text{.name = "s", .type = Shape::Type::string};
  static constexpr Shape number{.name = "n", .type = Shape::Type::integer};
  static constexpr Shape real{.name = "r", .type = Shape::Type::floating};
  static constexpr Shape flag{.name = "b", .type = Shape::Type::boolean};
  static constexpr Shape texts{.name = "l", .type = Shape::Type::list, .element = &text};
  static constexpr Shape numbers{.name = "m", .type = Shape::Type::map, .element = &number};
  const ShapeMember members[] = {{"S", &text}, {"N", &number}, {"R", &real},
                                 {"B", &flag}, {"L", &texts},  {"M", &numbers}};
  const Shape shape{.name = "x", .type = Shape::Type::structure, .members = members};
  const auto fit = [&](std::string_view words) {
    auto fitted = fit_to_shape(parse_shorthand(words, no_files).value(), shape);
    return fitted ? write_json(*fitted) : fitted.error();
  };
  BOOST_TEST(fit("S=1,N=1,R=1,B=True,L=a,M={x=2}") ==
             R"({"S":"1","N":1,"R":1.0,"B":true,"L":["a"],"M":{"x":2}})");
  BOOST_TEST(fit("L=a,b") == R"({"L":["a","b"]})");
  BOOST_TEST(fit("B=maybe,Other=1") == R"({"B":"maybe","Other":"1"})");
  BOOST_TEST(fit("N=x") == "invalid literal for int() with base 10: 'x'");
  BOOST_TEST(fit("R=x") == "could not convert string to float: 'x'");
}
