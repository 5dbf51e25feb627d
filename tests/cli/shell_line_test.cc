#define BOOST_TEST_MODULE cli_shell_line
#include "cli/shell_line.h"

#include <boost/test/unit_test.hpp>

using namespace crosslog::cli;
using Words = std::vector<std::string>;

namespace {
constexpr std::string_view kBreaks = " \t\n\"'@><=;|&(:";
ShellLine parse(std::string_view line) {
  return parse_shell_line(line, kBreaks);
}
}  // namespace

BOOST_AUTO_TEST_CASE(words_end_at_blanks) {
  BOOST_TEST(parse("").words == Words{""});
  BOOST_TEST(parse("a").words == Words{"a"});
  BOOST_TEST(parse(" a  b").words == (Words{"a", "b"}));
  BOOST_TEST(parse("a b ").words == (Words{"a", "b", ""}));
  BOOST_TEST(parse("a '' ").words == (Words{"a", "", ""}));
}

BOOST_AUTO_TEST_CASE(quotes_are_taken_away) {
  BOOST_TEST(parse(R"(a 'b "c' "d 'e" f\ g)").words == (Words{"a", "b \"c", "d 'e", "f g"}));
  BOOST_TEST(parse(R"("a\"b\x\$")").words == Words{R"(a"b\x$)"});
  BOOST_TEST(parse(R"('a\')").words == Words{R"(a\)"});
  BOOST_TEST(parse(R"(a\)").words == Words{R"(a\)"});
  BOOST_TEST(parse("a 'b").quote == '\'');
  BOOST_TEST(parse("a \"b 'c").quote == '"');
  BOOST_TEST(parse("a 'b' c").quote == '\0');
}

BOOST_AUTO_TEST_CASE(bash_breaks_words_where_we_do_not) {
  BOOST_TEST(parse("x G:web").kept == 2u);
  BOOST_TEST(parse("x --a=b").kept == 4u);
  BOOST_TEST(parse("x a:b c").kept == 0u);
  BOOST_TEST(parse("x 'a:b").kept == 0u);
  BOOST_TEST(parse("x G:'a:b").kept == 2u);
  BOOST_TEST(parse("x a\\:b").kept == 0u);
  BOOST_TEST(parse_shell_line("x G:web", "").kept == 0u);
}

BOOST_AUTO_TEST_CASE(what_is_quoted_reads_back) {
  for (const std::string word : {"plain", "[$LATEST]ab cd", "$(touch x)", "`x`;&|<>", "it's", "\"q\"", "\\",
                                 "~", "*?!#", "\xc3\xa9"}) {
    BOOST_TEST(parse(quote_for_shell(word, '\0')).words.back() == word);
    BOOST_TEST(parse("'" + quote_for_shell(word, '\'')).words.back() == word);
    BOOST_TEST(parse("\"" + quote_for_shell(word, '"')).words.back() == word);
  }
  BOOST_TEST(quote_for_shell("a/b:c=d", '\0') == "a/b:c=d");
}
