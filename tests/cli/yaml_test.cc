#define BOOST_TEST_MODULE cli_yaml
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "cli/yaml/reader.h"
#include "cli/yaml/scalars.h"
#include "cli/yaml/skeleton.h"
#include "cli/yaml/writer.h"

using namespace crosslog;
using namespace crosslog::cli;
using yaml::Scalar;

namespace {

std::string written(const Document& value, bool terminal = false) {
  return format_yaml(value, terminal).value();
}

Document parsed(std::string_view text) {
  auto value = parse_yaml(text);
  BOOST_REQUIRE_MESSAGE(value, std::string(text) + ": " + (value ? "" : value.error()));
  return *std::move(value);
}

std::string json(std::string_view text) {
  return write_json(parsed(text));
}

std::string fault(std::string_view text, YamlLimits limits = {}) {
  const auto value = parse_yaml(text, limits);
  return value ? "" : value.error();
}

constexpr char kInvalid[] = "Invalid YAML received.";

}  // namespace

BOOST_AUTO_TEST_SUITE(writer)

BOOST_AUTO_TEST_CASE(blocks_with_the_names_in_order) {
  const Document document =
      parse_json(R"({"z":[{"b":1,"a":[]},{}],"y":{"x":null},"w":[["a"],true]})").value();
  BOOST_TEST(written(document) == R"(w:
- - a
- true
y:
  x: null
z:
- a: []
  b: 1
- {}
)");
}

BOOST_AUTO_TEST_CASE(what_is_no_list_and_no_map_is_json) {
  BOOST_TEST(written("naïve \"x\"") == "\"naïve \\\"x\\\"\"\n");
  BOOST_TEST(written(Document()) == "null\n");
  BOOST_TEST(written(2.0) == "2.0\n");
  BOOST_TEST(written(std::nan("")) == "NaN\n");
}

BOOST_AUTO_TEST_CASE(an_empty_answer_prints_nothing_an_empty_page_does) {
  BOOST_TEST(written(Document::Map{}) == "");
  BOOST_TEST(written(Document::List{}) == "[]\n");
  BOOST_TEST(format_yaml_page(Document::Map{}).value() == "- {}\n");
  BOOST_TEST(format_yaml_page(Document()).value() == "- null\n");
}

BOOST_AUTO_TEST_CASE(texts_that_would_be_something_else_are_quoted) {
  for (const char* text : {"",     "123",  "-1",   "1_0",   "0o7",  "0x1F", "1.5",        "1e5",
                           ".inf", ".nan", "true", "FALSE", "null", "~",    "2020-01-01", "2020-1-1 1:00:00",
                           "=",    "<<",   "- a",  "a: b",  "# a",  "? a",  " a",         "a "}) {
    BOOST_TEST(written(Document::List{text}) == "- '" + std::string(text) + "'\n");
  }
  for (const char* text :
       {"yes", "No", "on", "1:30", "a:b", "a#b", "-a", "tRue", "1.2.3", "0b2", "arn:aws:iam::1:role/x"}) {
    BOOST_TEST(written(Document::List{text}) == "- " + std::string(text) + "\n");
  }
}

BOOST_AUTO_TEST_CASE(numbers_are_as_python_writes_them) {
  BOOST_TEST(written(Document::List{1e16, -0.0, 0.5, std::numeric_limits<std::int64_t>::min()}) ==
             "- 1e+16\n- -0.0\n- 0.5\n- -9223372036854775808\n");
  const double infinity = std::numeric_limits<double>::infinity();
  BOOST_TEST(written(Document::List{infinity, -infinity, std::nan("")}) == "- .inf\n- -.inf\n- .nan\n");
}

BOOST_AUTO_TEST_CASE(lines_are_broken_and_control_characters_escaped) {
  BOOST_TEST(written(Document::Map{{"m", "a\nb\n"}}) == "m: 'a\n\n  b\n\n  '\n");
  BOOST_TEST(written(Document::Map{{"m", "\x1b[31m\t"}}) == "m: \"\\e[31m\\t\"\n");
  BOOST_TEST(written(Document::Map{{"m", "é🙂"}}) == "m: \"é\\U0001F642\"\n");
  const std::string word(40, 'x');
  BOOST_TEST(written(Document::Map{{"m", word + " " + word + " " + word}}) ==
             "m: " + word + " " + word + "\n  " + word + "\n");
  const std::string name(129, 'x');
  BOOST_TEST(written(Document::Map{{name, 1}}) == "? " + name + "\n: 1\n");
}

BOOST_AUTO_TEST_CASE(on_a_terminal_nothing_unsafe_is_left_and_the_value_is_the_same) {
  const Document value =
      Document::Map{{"bidi\u202e", "a\u200bb"}, {"c1", "\u009b1m"},     {"lines", "a\nb"},
                    {"sep", "a\u2028b"},        {"tag", "x\U000E0041"}, {"plain", "naïve"}};
  const std::string text = written(value, true);
  BOOST_TEST(text.contains("plain: naïve\n"));
  BOOST_TEST(text.contains("lines: \"a\\nb\"\n"));
  BOOST_TEST(text.contains("\"bidi\\u202e\": \"a\\u200bb\"\n"));
  BOOST_TEST(
      std::ranges::none_of(text, [](char c) { return (c != '\n' && c >= 0 && c < 0x20) || c == 0x7F; }));
  for (const char* unsafe : {"\u202e", "\u200b", "\u009b", "\u2028", "\U000E0041"})
    BOOST_TEST(!text.contains(unsafe));
  for (const auto& [name, member] : *value.map())
    BOOST_TEST((*parsed(text).find(name) == member));
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_utf_8_are_refused) {
  BOOST_TEST(!format_yaml(Document::List{"\xff"}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(reader)

BOOST_AUTO_TEST_CASE(plain_scalars) {
  BOOST_TEST(json("[1, +1, -0x1F, 0o17, 017, 0b101, 1_000]") == "[1,1,-31,15,17,5,1000]");
  BOOST_TEST(json("[1.5, .5, 1., 1e3, true, FALSE, ~, Null]") == "[1.5,0.5,1.0,1000.0,true,false,null,null]");
  BOOST_TEST(json("[yes, No, off, 1:30, a b, 0o8, '1', \"1\"]") ==
             R"(["yes","No","off","1:30","a b","0o8","1","1"])");
  BOOST_TEST(*parsed("-.inf").number() == -std::numeric_limits<double>::infinity());
  BOOST_TEST(std::isnan(*parsed(".nan").number()));
  BOOST_TEST(json("[-9223372036854775808, 9223372036854775807]") ==
             "[-9223372036854775808,9223372036854775807]");
}

BOOST_AUTO_TEST_CASE(lists_and_maps_in_their_order) {
  BOOST_TEST(json("b: 1\na:\n- x\n- {c: , d: [e]}\n") == R"({"b":1,"a":["x",{"c":null,"d":["e"]}]})");
  BOOST_TEST(json("") == "null");
  BOOST_TEST(json("---\na: |\n  x\n  y\n...\n") == R"({"a":"x\ny\n"})");
  BOOST_TEST(json(R"({"a":"\u00e9\n"})") == R"({"a":"é\n"})");
}

BOOST_AUTO_TEST_CASE(tags) {
  BOOST_TEST(
      json("[!!str 12, !!int '12', !!float 1, !!bool 'yes', !!null '', ! 12, ! '12', !!seq [], !!map {}]") ==
      R"(["12",12,1.0,true,null,12,12,[],{}])");
  for (const char* text :
       {"!foo x", "!!foo x", "!!int x", "!!bool x", "!!float x", "!!seq {}", "!!map []", "a: =", "a: <<"})
    BOOST_TEST(fault(text) == kInvalid, text);
}

BOOST_AUTO_TEST_CASE(aliases_and_merges) {
  BOOST_TEST(json("a: &x [1]\nb: *x\n") == R"({"a":[1],"b":[1]})");
  BOOST_TEST(json("- &x a\n- &x b\n- *x\n") == R"(["a","b","b"])");
  BOOST_TEST(json("b: &b {x: 1, y: 2}\nd: {y: 3, <<: *b}") == R"({"b":{"x":1,"y":2},"d":{"x":1,"y":3}})");
  BOOST_TEST(json("<<: [{x: 1}, {x: 2, z: 3}]") == R"({"x":1,"z":3})");
  BOOST_TEST(json("'<<': 1\n=: 2") == R"({"<<":1,"=":2})");
  for (const char* text : {"*x", "<<: 1", "<<: [1]", "<<: {a: 1}\n<<: {b: 2}"})
    BOOST_TEST(fault(text) == kInvalid, text);
}

BOOST_AUTO_TEST_CASE(not_yaml) {
  for (const char* text : {"a: {", "[a", "a: 1\na: 2", "{a: 1, a: 2}", "a: 1\n---\nb: 2", "a: b: c", "'a",
                           "a: \x01", "\xff", "@a", "\"\\q\""}) {
    BOOST_TEST(fault(text) == kInvalid, text);
  }
}

BOOST_AUTO_TEST_CASE(what_json_has_no_value_for_is_named) {
  const std::pair<const char*, const char*> cases[] = {{"a: 1\nb: 2020-01-01", "line 2 holds a date"},
                                                       {"!!binary aGk=", "bytes"},
                                                       {"1: a", "a name that is no text"},
                                                       {"? [a]\n: b", "a name that is no text"},
                                                       {"!!set {a}", "!!set"},
                                                       {"99999999999999999999", "64 bits"},
                                                       {"9223372036854775808", "64 bits"},
                                                       {"&a [*a]", "holds itself"},
                                                       {"%YAML 1.1\n---\na", "YAML 1.1"},
                                                       {"a: b\u2028c", "U+2028"}};
  for (const auto& [text, words] : cases) {
    BOOST_TEST(fault(text).contains(words), text << ": " << fault(text));
    BOOST_TEST(!fault(text).contains('\n'));
  }
}

BOOST_AUTO_TEST_CASE(size_depth_and_aliases_have_limits) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  BOOST_TEST(fault(nested(32)) == "");
  BOOST_TEST(fault(nested(33)).contains("inside each other"));
  BOOST_TEST(fault(nested(100'000)).contains("inside each other"));
  BOOST_TEST(fault(std::string(101, 'a'), {.max_bytes = 100}).contains("longer than 100"));
  std::string bomb = "- &a0 [lol, lol, lol, lol]\n";
  std::string chain = "- &a0 [[[[[[x]]]]]]\n";
  for (int i = 1; i < 30; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb +=
        "- &a" + std::to_string(i) + " [" + before + ", " + before + ", " + before + ", " + before + "]\n";
    chain += "- &a" + std::to_string(i) + " [[[[[[" + before + "]]]]]]\n";
  }
  BOOST_TEST(fault(bomb).contains("aliases stand for more"));
  BOOST_TEST(fault(chain).contains("inside each other"));
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read_back) {
  for (const std::string text :
       {"",       " ",      "1",   "true",       "a\nb", "a\n", "\n",   "\t", "\x1b", "é",
        "🙂",     "'",      "\"",  "\\",         "- a",  "# a", "a: b", "<<", "=",    "\u0085",
        "\u2028", "\ufeff", "x y", "2020-01-01", "0o7",  "!a",  "&a",   "*a"}) {
    const Document value = Document::Map{{text, Document::List{text, Document::Map{{text, 1.5}}}}};
    const std::string shown = written(value, true);
    BOOST_TEST((parsed(shown) == value), shown);
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_CASE(types_of_plain_scalars) {
  const std::pair<const char*, Scalar> cases[] = {{"", Scalar::null},
                                                  {"a", Scalar::string},
                                                  {"+", Scalar::string},
                                                  {"_1", Scalar::string},
                                                  {"-_", Scalar::integer},
                                                  {"0b12", Scalar::string},
                                                  {"0o", Scalar::string},
                                                  {"0x_", Scalar::integer},
                                                  {".e1", Scalar::string},
                                                  {".5e3", Scalar::string},
                                                  {".5e+3", Scalar::floating},
                                                  {"1.e3", Scalar::floating},
                                                  {"1e", Scalar::string},
                                                  {"+.Inf", Scalar::floating},
                                                  {"+.nan", Scalar::string},
                                                  {"._", Scalar::floating},
                                                  {"2020-1-1", Scalar::string},
                                                  {"2020-01-01T1:00:00", Scalar::timestamp},
                                                  {"2020-01-01 ", Scalar::string},
                                                  {"2020-1-1  1:00:00.  -1:30", Scalar::timestamp},
                                                  {"2020-01-01T00:00:00z", Scalar::string},
                                                  {"2020-01-01T00:00", Scalar::string}};
  for (const auto& [text, type] : cases)
    BOOST_TEST((yaml::type_of_plain(text) == type), text);
}

BOOST_AUTO_TEST_CASE(a_skeleton_says_what_is_required) {
  BOOST_TEST(make_yaml_skeleton(*find_operation(Service::logs, "StartQuery")->input)
                 .starts_with(R"(queryLanguage: CWLI  # Valid values are: CWLI, SQL, PPL.
logGroupName: ''
logGroupNames:
- ''
)"));
  BOOST_TEST(make_yaml_skeleton(*find_operation(Service::sts, "GetCallerIdentity")->input) == "{}\n");
  for (const auto& operation : operations()) {
    const std::string text = make_yaml_skeleton(*operation.input);
    BOOST_TEST((parsed(text).map() != nullptr), operation.name << ":\n" << text);
  }
}
