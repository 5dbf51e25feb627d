#define BOOST_TEST_MODULE cli_name_pattern
#include "cli/name_pattern.h"

#include <boost/test/unit_test.hpp>

using namespace crosslog::cli;

namespace {

NamePattern pattern(std::string text, PatternKind kind = PatternKind::word) {
  auto made = NamePattern::make(std::move(text), kind);
  BOOST_REQUIRE(made);
  return std::move(*made);
}

std::string service(std::string text) {
  return pattern(std::move(text)).service_pattern().value_or("none");
}

}  // namespace

BOOST_AUTO_TEST_CASE(globs_are_of_the_whole_name) {
  const std::tuple<const char*, const char*, bool> cases[] = {
      {"*", "", true},
      {"*", "abc", true},
      {"?", "", false},
      {"a*", "abc", true},
      {"a*", "ba", false},
      {"*c", "abc", true},
      {"*c", "abcd", false},
      {"a*c*e", "abcde", true},
      {"a*c*e", "aXcYeZe", true},
      {"a*c*e", "aXcYeZ", false},
      {"a?c", "abc", true},
      {"a?c", "ac", false},
      {"a?c",
       "a\xC3\xA9"
       "c",
       true},
      {"*?", "\xC3\xA9", true},
      {"*.*", "a.b.c", true},
      {"2026/*/[$LATEST]*", "2026/11/[$LATEST]ab", true},
      {"2026/*/[$LATEST]*", "2026/11/$ab", false},
      {"abc", "abc", true},
      {"abc", "ABC", false},
      {"**a**", "bab", true},
  };
  for (const auto& [glob, name, expected] : cases)
    BOOST_TEST(glob_matches(glob, name) == expected, glob << " " << name);
}

BOOST_AUTO_TEST_CASE(many_stars_end_soon) {
  std::string glob;
  for (int i = 0; i < 200; ++i)
    glob += "a*";
  BOOST_TEST(!glob_matches(glob + "b", std::string(512, 'a')));
}

BOOST_AUTO_TEST_CASE(a_word_is_part_of_the_name) {
  BOOST_TEST(pattern("lambda").matches("/aws/lambda/x"));
  BOOST_TEST(!pattern("Lambda").matches("/aws/lambda/x"));
  BOOST_TEST(!pattern("a.b").matches("axb"));
  BOOST_TEST(pattern("").matches("anything"));
}

BOOST_AUTO_TEST_CASE(regular_expressions_are_asked_for) {
  const auto regex = pattern("^/aws/(lambda|ecs)/[0-9]+$", PatternKind::regex);
  BOOST_TEST(regex.matches("/aws/ecs/12"));
  BOOST_TEST(!regex.matches("/aws/ecs/x"));
  BOOST_TEST(!regex.matches("x/aws/ecs/12"));
  BOOST_TEST(regex.prefix().empty());
  BOOST_TEST(!regex.service_pattern());
  for (const char* bad : {"(", "[a", "a{2,1}", "\\"}) {
    const auto made = NamePattern::make(bad, PatternKind::regex);
    BOOST_TEST(!made, bad);
    BOOST_TEST(made.error().contains("is not a regular expression: "));
  }
}

BOOST_AUTO_TEST_CASE(prefixes_narrow_down) {
  BOOST_TEST(pattern("/aws/*").prefix() == "/aws/");
  BOOST_TEST(pattern("/aws/*").is_prefix());
  BOOST_TEST(!pattern("/aws/*x").is_prefix());
  BOOST_TEST(pattern("*").is_prefix());
  BOOST_TEST(pattern("").is_prefix());
  BOOST_TEST(!pattern("a?").is_prefix());
  BOOST_TEST(pattern("lambda").prefix().empty());
}

BOOST_AUTO_TEST_CASE(the_service_is_asked_for_no_more_than_it_must) {
  BOOST_TEST(service("/aws/lambda/*") == "^/aws/lambda/");
  BOOST_TEST(service("*-prod*") == "-prod");
  BOOST_TEST(service("a*-prod") == "-prod");
  BOOST_TEST(service("lambda") == "lambda");
  BOOST_TEST(service("ab") == "none");
  BOOST_TEST(service("a?b*c") == "none");
  BOOST_TEST(service("/a/name/that/is/longer/than/it/takes") == "/a/name/that/is/longer/t");
  BOOST_TEST(service("/a/name/that/is/longer/than*") == "^/a/name/that/is/longer/t");
  BOOST_TEST(service("caf\xC3\xA9") == "none");
}
