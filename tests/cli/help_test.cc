#define BOOST_TEST_MODULE cli_help
#include "cli/help.h"

#include <boost/test/unit_test.hpp>

#include "cli/command_line.h"
#include "cli/names.h"

using namespace crosslog;
using namespace crosslog::cli;
using Words = std::vector<std::string>;

namespace {

// Line breaks and the blanks after them as one blank.
std::string in_one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == '\n' || c == ' ';
    if (!blank || !out.ends_with(' ')) out += blank ? ' ' : c;
  }
  return out;
}
const Program kAws{"aws"}, kOwn{"crosslog"};
}  // namespace

BOOST_AUTO_TEST_CASE(the_program_lists_every_command_and_option) {
  const std::string text = help_for(Words{}, kOwn);
  for (const auto& operation : operations())
    BOOST_TEST(text.contains(kebab(operation.name)), operation.name);
  for (const auto& option : global_option_help())
    BOOST_TEST(text.contains(option.name));
  BOOST_TEST(text.starts_with("usage: crosslog "));
  BOOST_TEST(help_for(Words{}, kAws).starts_with("usage: aws "));
  BOOST_TEST(!help_for(Words{}, kAws).contains("sign "));
}

BOOST_AUTO_TEST_CASE(a_service_lists_its_own_commands) {
  const std::string text = help_for(Words{"sts"}, kOwn);
  BOOST_TEST(text.contains("assume-role"));
  BOOST_TEST(!text.contains("get-log-events"));
}

BOOST_AUTO_TEST_CASE(an_operation_lists_every_parameter) {
  for (const auto& operation : operations()) {
    const std::string text =
        help_for(Words{operation.service == Service::sts ? "sts" : "logs", kebab(operation.name)}, kOwn);
    for (const auto& member : operation.input->members)
      BOOST_TEST(text.contains("--" + kebab(member.name)), member.name);
    BOOST_TEST(in_one_line(text).contains(operation.summary));
  }
  const std::string text = help_for(Words{"--region", "x", "sts", "assume-role", "--help"}, kOwn);
  BOOST_TEST(text.contains("--tags Key=TEXT,Value=TEXT ..."));
  BOOST_TEST(text.contains("required"));
}

BOOST_AUTO_TEST_CASE(words_that_name_nothing_are_left_aside) {
  BOOST_TEST(help_for(Words{"bogus"}, kOwn) == help_for(Words{}, kOwn));
  BOOST_TEST(help_for(Words{"logs", "bogus"}, kOwn) == help_for(Words{"logs"}, kOwn));
}

BOOST_AUTO_TEST_CASE(lines_fit_a_page) {
  for (const Words& words : {Words{}, Words{"logs"}, Words{"logs", "get-log-events"}}) {
    const std::string text = help_for(words, kOwn);
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      BOOST_TEST(end - at <= 110u, text.substr(at, end - at));
      at = end + 1;
    }
  }
}

BOOST_AUTO_TEST_CASE(a_command_of_ours_lists_every_option_of_its_parser) {
  for (const auto& own : own_commands()) {
    const std::string text = help_for(Words{std::string(own.name)}, kOwn);
    BOOST_TEST(text.starts_with("usage: crosslog " + std::string(own.name)) ==
               !text.starts_with("usage: crosslog [options]"));
    for (const auto& option : own.options()) {
      if (option.is_option() && option.name != "--help")
        BOOST_TEST(text.contains(option.name), std::string(own.name) + " " + option.name);
    }
    BOOST_TEST(help_for(Words{}, kOwn).contains("\n  " + std::string(own.name) + " "));
    BOOST_TEST(!help_for(Words{}, kAws).contains("\n  " + std::string(own.name) + " "));
  }
}

BOOST_AUTO_TEST_CASE(an_operation_lists_every_option_of_its_parser) {
  for (const auto& operation : operations()) {
    const std::string text =
        help_for(Words{std::string(name_of(operation.service)), kebab(operation.name)}, kOwn);
    for (const auto& option : command_arguments(operation, kOwn)) {
      if (option.is_option())
        BOOST_TEST(text.contains(option.name), std::string(operation.name) + " " + option.name);
    }
    for (const auto& member : operation.input->members) {
      for (const auto value : member.shape->values)
        BOOST_TEST(in_one_line(text).contains(value), value);
    }
    for (const auto& member : operation.output->members)
      BOOST_TEST(text.contains(member.name), member.name);
    BOOST_TEST(text.contains("--starting-token") == operation.pagination.has_value());
  }
}

BOOST_AUTO_TEST_CASE(every_option_that_is_taken_anywhere_is_listed) {
  for (const auto& program : {kOwn, kAws}) {
    const std::string text = help_for(Words{}, program);
    for (const auto& option : global_arguments(program)) {
      if (option.is_option() && option.refusal.empty()) BOOST_TEST(text.contains(option.name), option.name);
    }
  }
  BOOST_TEST(!help_for(Words{}, kAws).contains("--raw"));
  BOOST_TEST(!help_for(Words{}, kAws).contains("--help"));
}

BOOST_AUTO_TEST_CASE(the_hint_for_a_part_of_the_answer_works) {
  for (const auto& operation : operations()) {
    const std::string text = operation_help(operation, kOwn);
    constexpr std::string_view kBefore = "--query '";
    const auto begin = text.rfind(kBefore);
    if (operation.output->members.empty()) continue;
    BOOST_REQUIRE_MESSAGE(begin != std::string::npos, operation.name);
    const auto from = begin + kBefore.size();
    BOOST_TEST(Jmespath::parse(text.substr(from, text.find('\'', from) - from)).has_value(), operation.name);
  }
}

BOOST_AUTO_TEST_CASE(topics_and_options_before_the_command) {
  BOOST_TEST(help_for(Words{"exit-codes"}, kOwn).contains("  252 "));
  BOOST_TEST(help_for(Words{"environment"}, kOwn).contains("AWS_PROFILE"));
  BOOST_TEST(help_for(Words{"exit-codes"}, kAws) == help_for(Words{}, kAws));
  BOOST_TEST(help_for(Words{"--profile", "get", "whoami", "--help"}, kOwn) ==
             help_for(Words{"whoami"}, kOwn));
  BOOST_TEST(help_for(Words{"--debug", "get", "--help"}, kOwn) == help_for(Words{"get"}, kOwn));
}
