#define BOOST_TEST_MODULE small_json
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "crosslog/document.h"

using namespace std::string_literals;
using namespace std::string_view_literals;
using crosslog::Document;
using crosslog::Errc;
using crosslog::parse_json;

namespace {

Document accepted(std::string_view text) {
  const auto document = parse_json(text);
  BOOST_REQUIRE_MESSAGE(document, text);
  return *document;
}

std::string refused(std::string_view text, crosslog::JsonLimits limits = {}) {
  const auto document = parse_json(text, limits);
  BOOST_REQUIRE_MESSAGE(!document, text);
  BOOST_TEST((document.error().code == Errc::protocol));
  BOOST_TEST(document.error().message == "The text is not valid JSON");
  BOOST_REQUIRE(document.error().hints.size() == 1);
  return document.error().hints.front();
}

std::string nested(std::size_t depth, std::string_view open, std::string_view close) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i)
    text += open;
  for (std::size_t i = 0; i < depth; ++i)
    text += close;
  return text;
}

}  // namespace

BOOST_AUTO_TEST_CASE(each_type_of_value) {
  BOOST_TEST(accepted("null").is_null());
  BOOST_TEST(*accepted("true").boolean() == true);
  BOOST_TEST(*accepted("false").boolean() == false);
  BOOST_TEST(*accepted("17").integer() == 17);
  BOOST_TEST(*accepted("1.5").number() == 1.5);
  BOOST_TEST(*accepted("\"a\"").string() == "a");
  BOOST_TEST(accepted("[]").list()->empty());
  BOOST_TEST(accepted("{}").map()->empty());
  BOOST_TEST(*accepted(" \t\r\n1\n").integer() == 1);
}

BOOST_AUTO_TEST_CASE(members_keep_their_order) {
  const auto document = accepted(R"({"b":1,"a":[2,{"c":null}],"":"x"})");
  const auto& map = *document.map();
  BOOST_REQUIRE(map.size() == 3);
  BOOST_TEST(map[0].first == "b");
  BOOST_TEST(map[1].first == "a");
  BOOST_TEST(map[2].first == "");
  BOOST_TEST((*map[1].second.list())[1].map()->front().second.is_null());
}

BOOST_AUTO_TEST_CASE(integers_are_64_bits_and_everything_else_is_a_double) {
  BOOST_TEST(*accepted("9223372036854775807").integer() == std::numeric_limits<std::int64_t>::max());
  BOOST_TEST(*accepted("-9223372036854775808").integer() == std::numeric_limits<std::int64_t>::min());
  BOOST_TEST(*accepted("9007199254740993").integer() == 9007199254740993);
  BOOST_TEST(*accepted("-0").integer() == 0);
  BOOST_TEST(*accepted("1e5").number() == 100000.0);
  BOOST_TEST(*accepted("1.0").number() == 1.0);
  BOOST_TEST(*accepted("-0.0").number() == 0.0);
  BOOST_TEST(*accepted("1.7976931348623157e308").number() == std::numeric_limits<double>::max());
  for (const auto text :
       {"9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616",
        "100000000000000000000", "1e999", "[9223372036854775808]"}) {
    BOOST_TEST(refused(text) == "A number cannot be held in 64 bits.", text);
  }
}

BOOST_AUTO_TEST_CASE(strings_are_unescaped) {
  BOOST_TEST(*accepted(R"("\"\\\/\b\f\n\r\t")").string() == "\"\\/\b\f\n\r\t");
  BOOST_TEST(*accepted(R"("\u0000")").string() == "\0"s);
  BOOST_TEST(*accepted(R"("\u00e9\u2028\ud83d\ude00")").string() == "\xC3\xA9\xE2\x80\xA8\xF0\x9F\x98\x80");
  BOOST_TEST(*accepted("\"\xEF\xBF\xBD\x7F\"").string() == "\xEF\xBF\xBD\x7F");
  BOOST_TEST(accepted(R"({"Access\u004beyId":1})").map()->front().first == "AccessKeyId");
}

BOOST_AUTO_TEST_CASE(what_is_not_json_is_refused_with_its_place) {
  BOOST_TEST(refused("") == "Byte 0: The text ends too early.");
  BOOST_TEST(refused("  ") == "Byte 2: The text ends too early.");
  BOOST_TEST(refused("<html>") == "Byte 0: A value is missing.");
  BOOST_TEST(refused("nul") == "Byte 0: A value is missing.");
  BOOST_TEST(refused("{\"a\":1") == "Byte 6: The text ends too early.");
  BOOST_TEST(refused("{\"a\":1,}") == "Byte 7: A name is missing.");
  BOOST_TEST(refused("{1:2}") == "Byte 1: A name is missing.");
  BOOST_TEST(refused("{\"a\" 1}") == "Byte 5: A colon is missing.");
  BOOST_TEST(refused("[1,]") == "Byte 3: A value is missing.");
  BOOST_TEST(refused("[1 2]") == "Byte 3: A comma or a closing bracket is missing.");
  BOOST_TEST(refused("[1}") == "Byte 2: A comma or a closing bracket is missing.");
  BOOST_TEST(refused("{} {}") == "Byte 3: Something stands behind the value.");
  BOOST_TEST(refused("{}\0"sv) == "Byte 2: Something stands behind the value.");
  BOOST_TEST(refused("01") == "Byte 1: A number begins with a zero.");
  BOOST_TEST(refused("[1.]") == "Byte 3: A digit is missing.");
  BOOST_TEST(refused("[-]") == "Byte 2: A digit is missing.");
  BOOST_TEST(refused("\"a\nb\"") == "Byte 2: A control byte stands in a string.");
  BOOST_TEST(refused(R"("a\x")") == "Byte 2: A backslash begins no escape of JSON.");
  BOOST_TEST(refused("\xEF\xBB\xBF{}") == "A byte order mark stands at byte 0.");
  for (const auto text : {"NaN", "Infinity", "-Infinity", "+1", ".5", "0x1", "'a'", "// a\n1", "[1]/**/",
                          "1 2", "\xFF\xFE{\0}\0"}) {
    refused(text);
  }
}

BOOST_AUTO_TEST_CASE(bad_text_is_refused_with_its_place) {
  BOOST_TEST(refused("[\"a\x80\"]") == "Byte 3: A byte is not UTF-8.");
  BOOST_TEST(refused("\"\xC3\xA9\xC0\xAF\"") == "Byte 3: A byte is not UTF-8.");
  BOOST_TEST(refused("\"\xED\xA0\x80\"") == "Byte 1: A byte is not UTF-8.");
  BOOST_TEST(refused("\"\xF4\x90\x80\x80\"") == "Byte 1: A byte is not UTF-8.");
  for (const auto text : {R"("\ud800")", R"("\udc00")", R"("\ud800\u0041")", R"("\ud800x\udc00")",
                          R"("\udc00\ud800")", R"({"\ud800":1})"}) {
    BOOST_TEST(refused(text).ends_with("An escaped surrogate stands without its other half."), text);
  }
}

BOOST_AUTO_TEST_CASE(a_text_cut_anywhere_is_refused) {
  const auto text = R"({"a":[1,-2.5e3,true,null],"b\u0041":{"c":"\ud83d\ude00é"}})"sv;
  accepted(text);
  for (std::size_t size = 0; size < text.size(); ++size)
    refused(text.substr(0, size));
}

BOOST_AUTO_TEST_CASE(duplicate_names_are_refused_at_any_depth) {
  for (const auto text : {R"({"a":1,"a":1})", R"([{"b":{"a":1,"c":2,"a":3}}])", R"({"a":1,"\u0061":2})"}) {
    BOOST_TEST(refused(text) == "A name stands twice in one map.", text);
  }
  accepted(R"({"a":{"a":{"a":1}},"A":2})");
}

BOOST_AUTO_TEST_CASE(a_duplicate_among_many_names_is_found) {
  std::string text = "{";
  for (int i = 0; i < 200'000; ++i)
    text += "\"" + std::to_string(i) + "\":0,";
  text += "\"7\":0}";
  BOOST_TEST(refused(text, {.max_bytes = 1u << 24}) == "A name stands twice in one map.");
}

BOOST_AUTO_TEST_CASE(the_depth_is_bounded) {
  accepted(nested(32, "[", "]"));
  accepted(nested(31, "{\"a\":", "}").replace(31 * 5, 0, "{}"));
  refused(nested(33, "[", "]"));
  refused(nested(33, "[", "]").insert(33, "1"));
  BOOST_TEST(parse_json("[[1]]", {.max_depth = 2}).has_value());
  refused("[[[]]]", {.max_depth = 2});
  BOOST_TEST(refused("[[[1]]]", {.max_depth = 2}) == "Byte 2: Lists and objects are nested too deeply.");
  BOOST_TEST(parse_json("1", {.max_depth = 0}).has_value());
  refused("[]", {.max_depth = 0});
  refused(std::string(1'000'000, '['), {.max_bytes = 1u << 24});
  refused(nested(500'000, "{\"a\":", "}"), {.max_bytes = 1u << 24});
}

BOOST_AUTO_TEST_CASE(the_size_is_bounded) {
  BOOST_TEST(parse_json("[1]", {.max_bytes = 3}).has_value());
  BOOST_TEST(refused("[1] ", {.max_bytes = 3}) == "It is longer than 3 bytes.");
  const std::string long_text = "\"" + std::string(1u << 20, 'a') + "\"";
  refused(long_text);
  BOOST_TEST(parse_json(long_text, {.max_bytes = 1u << 21})->string()->size() == 1u << 20);
}

BOOST_AUTO_TEST_CASE(no_byte_of_the_text_is_in_an_error) {
  for (const auto text :
       {R"({"SecretAccessKey":"hunter2)", R"({"hunter2":1,"hunter2":2})", R"({"a":"hunter2\ud800"})"}) {
    BOOST_TEST(refused(text).find("hunter2") == std::string::npos);
  }
}
