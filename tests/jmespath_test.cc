// Cases are in the shape of the official suite, tests/data/jmespath/<area>.json:
// [{"given": ..., "cases": [{"expression": ..., "result": ...} or
// {"expression": ..., "error": "syntax" or "search" or "recursion", "message": ...}]}].
// tests/interop/jmespath_judge.py holds the same cases against Python.
#define BOOST_TEST_MODULE jmespath
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "crosslog/jmespath.h"
#include "tests/support/conformance.h"
#include "tests/support/json.h"

using crosslog::Document;
using crosslog::Errc;
using crosslog::Jmespath;
using crosslog::JmespathLimits;

namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i)
    out += text;
  return out;
}

Document json(std::string_view text) {
  auto document = crosslog::parse_json(text);
  BOOST_REQUIRE_MESSAGE(document, text);
  return *std::move(document);
}

crosslog::Result<Document> search(std::string_view expression, const Document& given,
                                  JmespathLimits limits = {}) {
  auto parsed = Jmespath::parse(expression, limits);
  if (!parsed) return std::unexpected(std::move(parsed).error());
  return parsed->search(given);
}

std::string refusal(std::string_view expression, const Document& given = {}, JmespathLimits limits = {}) {
  const auto result = search(expression, given, limits);
  BOOST_REQUIRE_MESSAGE(!result, expression);
  BOOST_TEST((result.error().code == Errc::invalid_argument));
  return result.error().message;
}

void check_case(const Document& given, const Document& wanted) {
  const auto& expression = *wanted.find("expression")->string();
  const auto parsed = Jmespath::parse(expression);
  const auto* error = wanted.find("error");
  BOOST_TEST(parsed.has_value() == (error == nullptr || *error->string() != "syntax"));
  const auto result = search(expression, given);
  if (error != nullptr) {
    BOOST_REQUIRE(!result);
    BOOST_TEST(result.error().message == *wanted.find("message")->string());
  } else {
    BOOST_REQUIRE_MESSAGE(result, (result ? "" : result.error().message));
    // Documents are equal when their numbers' types and their members' order are.
    BOOST_TEST((*result == *wanted.find("result")), write_json(*result)
                                                        << " is not " << write_json(*wanted.find("result")));
  }
}

bool add_cases() {
  for (const auto& entry : std::filesystem::directory_iterator(crosslog::test::own_cases("jmespath"))) {
    const auto groups = crosslog::parse_json(crosslog::test::read_text(entry.path()));
    if (!groups) throw std::runtime_error(entry.path().string() + " is not JSON");
    int number = 0;
    for (const auto& group : *groups->list()) {
      for (const auto& wanted : *group.find("cases")->list()) {
        const auto name = entry.path().stem().string() + " " + std::to_string(++number) + " " +
                          *wanted.find("expression")->string();
        crosslog::test::add_case(name, [given = *group.find("given"), wanted] { check_case(given, wanted); });
      }
    }
  }
  return true;
}

const bool kAdded = add_cases();

}  // namespace

BOOST_AUTO_TEST_CASE(an_expression_is_read_once_and_applied_often) {
  auto first = Jmespath::parse("a.b");
  BOOST_REQUIRE(first);
  const Jmespath moved = *std::move(first);
  for (const auto& [given, wanted] : {std::pair{R"({"a":{"b":1}})", "1"}, {R"({"a":2})", "null"}}) {
    BOOST_TEST(write_json(*moved.search(json(given))) == wanted);
  }
}

BOOST_AUTO_TEST_CASE(what_a_document_does_not_hold) {
  BOOST_TEST(*search("sum(@)", json("[9223372036854775807, 1]"))->number() == 9223372036854775808.0);
  BOOST_TEST(*search("sum(@)", json("[9223372036854775807, 1, -1]"))->number() == 9223372036854775808.0);
  BOOST_TEST(*search("abs(@)", json("-9223372036854775808"))->number() == 9223372036854775808.0);
  BOOST_TEST(*search("floor(@)", json("1e300"))->number() == 1e300);
  BOOST_TEST(*search("to_number('99999999999999999999')", {})->number() == 1e20);
  BOOST_TEST(*search("to_number('-1e999')", {})->number() < -1e308);
  BOOST_TEST(*search("to_number('1e-999')", {})->number() == 0.0);
  BOOST_TEST(*search("to_number('-infinity')", {})->number() < -1e308);
  BOOST_TEST(*search(R"(`"\ud800x"`)", {})->string() == "\xEF\xBF\xBDx");
  for (const auto* literal : {"`9223372036854775808`", "`1e400`", R"(`{"a":1,"a":2}`)"})
    BOOST_TEST(refusal(literal).starts_with("Bad jmespath expression: Bad token "));
  BOOST_TEST(
      refusal("merge(@, 'ab')", json("{}")) ==
      "In function merge(), invalid type for value: ab, expected one of: ['object'], received: \"string\"");
}

BOOST_AUTO_TEST_CASE(sums_of_doubles_are_compensated) {
  BOOST_TEST(*search("sum(@)", json("[0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1]"))->number() == 1.0);
  BOOST_TEST(*search("sum(@)", json("[1e100,1.0,-1e100]"))->number() == 1.0);
  BOOST_TEST(*search("avg(@)", json("[1,2]"))->number() == 1.5);
}

BOOST_AUTO_TEST_CASE(indices_and_slices_of_any_size) {
  const auto list = json("[0,1,2,3]");
  const std::string huge(30, '9');
  BOOST_TEST(search("[" + huge + "]", list)->is_null());
  BOOST_TEST(search("[-" + huge + "]", list)->is_null());
  BOOST_TEST(write_json(*search("[-" + huge + ":" + huge + "]", list)) == "[0,1,2,3]");
  BOOST_TEST(write_json(*search("[::" + huge + "]", list)) == "[0]");
  BOOST_TEST(write_json(*search("[::-" + huge + "]", list)) == "[3]");
  BOOST_TEST(write_json(*search("[-9223372036854775808:9223372036854775807:-9223372036854775808]", list)) ==
             "[]");
  BOOST_TEST(write_json(*search("[::]", json("[]"))) == "[]");
  BOOST_TEST(
      refusal("a[00" + huge + " b").starts_with("Expecting: rbracket, got: unquoted_identifier: Parse"));
}

BOOST_AUTO_TEST_CASE(every_slice_of_a_short_list) {
  // A second reading of what a slice is: step from a bound to the other, keep what is there.
  const auto list = json("[0,1,2,3]");
  for (int start = -6; start <= 6; ++start) {
    for (int stop = -6; stop <= 6; ++stop) {
      for (const int step : {-3, -2, -1, 1, 2, 3}) {
        const auto absolute = [&](int bound) {
          return bound < 0 ? std::max(bound + 4, step < 0 ? -1 : 0) : std::min(bound, step < 0 ? 3 : 4);
        };
        std::string wanted;
        for (int i = absolute(start); step < 0 ? i > absolute(stop) : i < absolute(stop); i += step)
          wanted += (wanted.empty() ? "" : ",") + std::to_string(i);
        const auto expression =
            "[" + std::to_string(start) + ":" + std::to_string(stop) + ":" + std::to_string(step) + "]";
        BOOST_TEST(write_json(*search(expression, list)) == "[" + wanted + "]", expression);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(expressions_that_are_no_text) {
  BOOST_TEST(refusal("a\xFF") == "The JMESPath expression is not UTF-8");
  BOOST_TEST(refusal("'\xC3'") == "The JMESPath expression is not UTF-8");
  using namespace std::string_literals;
  BOOST_TEST(refusal("a\0b"s) == "Bad jmespath expression: Unknown token \0:\na\0b\n ^"s);
}

BOOST_AUTO_TEST_CASE(size_and_depth_are_bounded) {
  BOOST_TEST(refusal(std::string(70'000, 'a')) == "The JMESPath expression takes more than 65536 bytes");
  BOOST_TEST(search(std::string(65'536, 'a'), {})->is_null());
  const auto* const deep = "The JMESPath expression takes more than 128 levels";
  for (const std::string_view part :
       {"(", "!", "[", "{a:", "& ", "f(", "[?", "a[*].", "[]", "a|", "a||", "a==", "*."})
    BOOST_TEST(refusal(repeated(part, 5'000) + "a") == deep, part);
  BOOST_TEST(search(repeated("(", 127) + "a" + repeated(")", 127), {})->is_null());
  BOOST_TEST(refusal(repeated("(", 128) + "a" + repeated(")", 128)) == deep);
  // These are no levels.
  BOOST_TEST(search("a" + repeated(".a", 10'000), {})->is_null());
  BOOST_TEST(search("a" + repeated("[0]", 10'000), {})->is_null());
  BOOST_TEST(refusal("`" + repeated("[", 129) + repeated("]", 129) + "`")
                 .starts_with("Bad jmespath expression: Bad token ["));
  BOOST_TEST(search("`" + repeated("[", 128) + repeated("]", 128) + "`", {}).has_value());
}

BOOST_AUTO_TEST_CASE(no_expression_explodes) {
  const auto* const steps = "The JMESPath expression takes too many steps";
  const auto* const memory = "The JMESPath expression takes too much memory";
  const JmespathLimits limits{.max_steps = 100'000, .max_memory = 1u << 20};
  const auto doubled = repeated("[@,@]|", 60);
  BOOST_TEST(refusal(doubled + "@", Document(1), limits) == memory);
  BOOST_TEST(refusal(doubled + "to_string(@)", Document(1), limits) == memory);
  BOOST_TEST(refusal("[" + doubled + "@," + doubled + "@] | [0] == [1]", Document(1), limits) == steps);
  BOOST_TEST(refusal(repeated("[@,@][]|", 60) + "length(@)", Document(1), limits) == memory);
  BOOST_TEST(refusal(repeated("join('xxxxxxxx',[@,@])|", 60) + "length(@)", Document("x"), limits) == memory);
  BOOST_TEST(*search(doubled + "length(@)", Document(1), limits)->integer() == 2);
  BOOST_TEST(refusal("[?a]", Document(Document::List(200'000, "x")), limits) == steps);
}
