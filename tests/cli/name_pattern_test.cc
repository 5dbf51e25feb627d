#define BOOST_TEST_MODULE cli_name_pattern
#include "cli/name_pattern.h"

#include <regex.h>

#include <boost/test/unit_test.hpp>
#include <random>
#include <span>

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

BOOST_AUTO_TEST_CASE(regular_expressions_are_those_of_the_c_library) {
  constexpr std::string_view kPieces[] = {
      "a",        "b",         "c",     "_",     " ",         "1",           "2",
      ".",        "*",         "+",     "?",     "{",         "}",           "{2}",
      "{1,2}",    "{,2}",      "{0,1}", "{1,}",  "{2,1}",     ",",           "(",
      ")",        "(",         ")",     "|",     "[",         "]",           "[^",
      "^",        "$",         "-",     "[a-c]", "[:alpha:]", "[[:alpha:]]", "[[:punct:]0-9]",
      "[[:no:]]", "[[.a.]-c]", "[=b=]", "\\",    "\\w",       "\\W",         "\\s",
      "\\S",      "\\b",       "\\B",   "\\<",   "\\>",       "\\`",         "\\'",
      "\\.",      "\\x",       "\xC3",  "{1",    "(a|b)*",    "()",          "a-",
      "--"};
  constexpr std::string_view kTexts[] = {"a", "b", "c", "_", " ", "1", "-", "]", "{", "\xC3\xA9", "."};
  std::mt19937 random(1);
  const auto words = [&](std::span<const std::string_view> from, std::size_t most) {
    std::string text;
    for (std::size_t left = random() % (most + 1); left > 0; --left)
      text += from[random() % from.size()];
    return text;
  };
  for (int i = 0; i < 20'000; ++i) {
    const auto text = words(kPieces, 7);
    // Back references, and what is escaped within braces.
    if (text.contains("\\1") || text.contains("\\2") || text.contains("\\,") || text.contains("\\}"))
      continue;
    regex_t theirs;
    const int fault = regcomp(&theirs, text.c_str(), REG_EXTENDED | REG_NOSUB);
    const auto ours = RegularExpression::make(text);
    char reason[128] = "";
    if (fault != 0) regerror(fault, &theirs, reason, sizeof reason);
    BOOST_REQUIRE_MESSAGE((ours ? "" : ours.error()) == reason, text << ": " << reason);
    if (fault != 0) continue;
    for (int j = 0; j < 5; ++j) {
      const auto name = words(kTexts, 6);
      BOOST_REQUIRE_MESSAGE(ours->matches(name) == (regexec(&theirs, name.c_str(), 0, nullptr, 0) == 0),
                            text << " on " << name);
    }
    regfree(&theirs);
  }
}

BOOST_AUTO_TEST_CASE(regular_expressions_end_soon) {
  const std::string name(512, 'a');
  BOOST_TEST(!pattern("((a*)*)*b", PatternKind::regex).matches(name));
  BOOST_TEST(pattern("^(a|aa|a?){1,400}$", PatternKind::regex).matches(name));
  for (const std::string& bad :
       {std::string("((a{999}){999}){999}"), std::string(5'000, '('), std::string("a{32768}")}) {
    const auto made = NamePattern::make(bad, PatternKind::regex);
    BOOST_REQUIRE(!made);
    BOOST_TEST(made.error().ends_with("Regular expression too big"), made.error());
  }
}

BOOST_AUTO_TEST_CASE(regular_expressions_have_no_back_references) {
  BOOST_TEST(NamePattern::make("(a)\\1", PatternKind::regex).error() ==
             "\"(a)\\1\" is not a regular expression: Invalid back reference");
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
