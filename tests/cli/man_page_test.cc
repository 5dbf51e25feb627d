#define BOOST_TEST_MODULE cli_man_page
#include "cli/man_page.h"

#include <boost/test/unit_test.hpp>

#include "cli/command_line.h"
#include "cli/help.h"
#include "cli/help_layout.h"
#include "cli/help_topics.h"
#include "cli/names.h"

using namespace crosslog;
using namespace crosslog::cli;
using Kind = HelpBlock::Kind;

namespace {

const Program kOwn{"crosslog"};

std::string in_roff(std::string_view text) {
  std::string out;
  for (const char c : text)
    out += c == '-' ? "\\-" : std::string(1, c);
  return out;
}

void holds(const std::string& page, std::string_view text) {
  BOOST_TEST(page.contains(in_roff(text)), text);
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_layout_is_read) {
  const auto blocks = parse_help(
      "usage: x [a]\n       [b]\n\nA paragraph\nof two lines.\n\nheading:\n"
      "  --a TEXT  one\n            two\n  --long\n      MORE\n                      text\n\n"
      "examples:\n  x a  b\n  x c\n");
  BOOST_REQUIRE(blocks.size() == 6u);
  BOOST_TEST((blocks[0].kind == Kind::usage && blocks[0].text == "x [a] [b]"));
  BOOST_TEST((blocks[1].kind == Kind::paragraph && blocks[1].text == "A paragraph of two lines."));
  BOOST_TEST((blocks[2].kind == Kind::heading && blocks[2].text == "heading"));
  BOOST_REQUIRE((blocks[3].kind == Kind::rows && blocks[3].rows.size() == 2u));
  BOOST_TEST(blocks[3].rows[0].name == "--a TEXT");
  BOOST_TEST(blocks[3].rows[0].text == "one two");
  BOOST_TEST(blocks[3].rows[1].name == "--long MORE");
  BOOST_TEST(blocks[3].rows[1].text == "text");
  BOOST_TEST((blocks[4].kind == Kind::heading && blocks[4].text == "examples"));
  BOOST_REQUIRE((blocks[5].kind == Kind::examples && blocks[5].rows.size() == 2u));
  BOOST_TEST(blocks[5].rows[0].name == "x a  b");
  BOOST_TEST(parse_help("").empty());
}

BOOST_AUTO_TEST_CASE(an_options_text_is_found) {
  const auto help =
      parse_help("  --json, --ndjson   lines\n  --js  no\n  --un | --no-un   both\n  --x=Y  z\n");
  BOOST_TEST(text_of_option(help, "--ndjson") == "lines");
  BOOST_TEST(text_of_option(help, "--json") == "lines");
  BOOST_TEST(text_of_option(help, "--no-un") == "both");
  BOOST_TEST(text_of_option(help, "--nd") == "");
}

BOOST_AUTO_TEST_CASE(nothing_is_taken_for_roff) {
  BOOST_TEST(write_roff(".SH \\x 'y' -z \"q\" ~^`\n") ==
             "\\&.SH \\ex \\(aqy\\(aq \\-z \\(dqq\\(dq \\(ti\\(ha\\(ga\n");
  BOOST_TEST(write_roff("examples:\n  .x\n  'y'\n").contains("\n\\&.x\n\\&\\(aqy\\(aq\n"));
}

BOOST_AUTO_TEST_CASE(the_page_has_its_sections_in_order) {
  const std::string page = man_page(kOwn);
  std::size_t at = 0;
  for (const char* name : {"NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "COMMANDS IN DETAIL",
                           "ENVIRONMENT", "FILES", "EXIT STATUS", "EXAMPLES", "SEE ALSO"}) {
    const auto found = page.find(".SH \"" + std::string(name) + "\"\n", at);
    BOOST_REQUIRE_MESSAGE(found != std::string::npos, name);
    at = found;
  }
  BOOST_TEST(page.starts_with(".TH CROSSLOG 1 "));
}

// The tables that the parser is made of.
BOOST_AUTO_TEST_CASE(no_command_and_no_option_is_missing) {
  const std::string page = man_page(kOwn);
  for (const auto& option : global_arguments(kOwn)) {
    if (option.is_option() && option.refusal.empty()) holds(page, option.name);
  }
  for (const auto& own : own_commands()) {
    holds(page, ".SS \"crosslog " + std::string(own.name) + "\"\n");
    for (const auto& option : own.options()) {
      if (option.is_option()) holds(page, option.name);
    }
  }
  for (const auto& operation : operations()) {
    const std::string name =
        "crosslog " + std::string(name_of(operation.service)) + " " + kebab(operation.name);
    const std::size_t begin = page.find(".SS \"" + in_roff(name) + "\"\n");
    BOOST_REQUIRE_MESSAGE(begin != std::string::npos, name);
    const std::string part = page.substr(begin, page.find("\n.S", begin + 1) - begin);
    for (const auto& option : command_arguments(operation, kOwn)) {
      if (option.is_option()) holds(part, option.name);
    }
  }
  for (const auto& topic : help_topics())
    BOOST_TEST(page.contains(".SH \"" + std::string(topic.section) + "\"\n"));
}
