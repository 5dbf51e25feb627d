#define BOOST_TEST_MODULE cli_command_line
#include "cli/command_line.h"

#include <boost/test/unit_test.hpp>

using namespace crosslog::cli;
using Words = std::vector<std::string>;
using std::chrono::seconds;

namespace {

const Program kAws{"aws"}, kOwn{"crosslog"};

CommandLine good(Words words, const Program& program = kOwn) {
  auto line = parse_command_line(words, program);
  BOOST_REQUIRE_MESSAGE(line, (line ? "" : line.error().message));
  return std::move(*line);
}

Failure bad(Words words, const Program& program = kOwn) {
  auto line = parse_command_line(words, program);
  BOOST_REQUIRE(!line);
  return line.error();
}

}  // namespace

BOOST_AUTO_TEST_CASE(global_options_stand_anywhere) {
  for (const Words& words :
       {Words{"--profile", "p", "--output=text", "logs", "get-log-events", "--limit", "3"},
        Words{"logs", "get-log-events", "--limit", "3", "--prof", "p", "--outp", "text"},
        Words{"logs", "--profile=p", "get-log-events", "--output", "text", "--limit", "3"}}) {
    const CommandLine line = good(words);
    BOOST_TEST(line.command == "logs");
    BOOST_TEST(line.rest == (Words{"get-log-events", "--limit", "3"}), boost::test_tools::per_element());
    BOOST_TEST(line.globals.overrides.profile.value() == "p");
    BOOST_TEST(line.globals.overrides.output.value() == "text");
    BOOST_TEST(!line.globals.overrides.region.has_value());
  }
}

BOOST_AUTO_TEST_CASE(every_supported_option) {
  const CommandLine line = good({"sts",
                                 "x",
                                 "--region",
                                 "eu-west-1",
                                 "--endpoint-url",
                                 "http://h",
                                 "--ca-bundle",
                                 "/f",
                                 "--cli-connect-timeout",
                                 "5",
                                 "--cli-read-timeout=0",
                                 "--debug",
                                 "--color",
                                 "on",
                                 "--no-cli-pager",
                                 "--no-paginate",
                                 "--no-cli-auto-prompt",
                                 "--cli-error-format",
                                 "json",
                                 "--raw"});
  const auto& overrides = line.globals.overrides;
  BOOST_TEST(overrides.region.value() == "eu-west-1");
  BOOST_TEST(overrides.endpoint_url.value() == "http://h");
  BOOST_TEST(overrides.ca_bundle.value() == "/f");
  BOOST_TEST((overrides.connect_timeout.value() == seconds(5)));
  BOOST_TEST((overrides.read_timeout.value() == seconds(0)));
  BOOST_TEST(line.globals.debug);
  BOOST_TEST(line.globals.color == "on");
  BOOST_TEST(line.globals.error_format == "json");
  BOOST_TEST(line.globals.safe.value() == false);
}

BOOST_AUTO_TEST_CASE(what_is_not_supported_is_refused_in_one_line) {
  for (const Words& words : {Words{"logs", "x", "--no-verify-ssl"}, Words{"logs", "--no-sign-request"},
                             Words{"logs", "--cli-auto-prompt"},
                             Words{"logs", "--cli-binary-format", "base64"}, Words{"logs", "--no-ver"}}) {
    const Failure failure = bad(words);
    BOOST_TEST((failure.kind == Failure::Kind::usage));
    BOOST_TEST(!failure.message.contains('\n'));
    BOOST_TEST(exit_status(failure.kind) == 252);
  }
  BOOST_TEST(bad({"logs", "--no-verify-ssl"}).message.contains("--ca-bundle"));
}

BOOST_AUTO_TEST_CASE(a_query_is_read_before_anything_is_asked) {
  BOOST_TEST(good({"logs", "x", "--query", "events[0]"}).globals.query.has_value());
  BOOST_TEST(!good({"logs", "x"}).globals.query);
  BOOST_TEST(
      bad({"logs", "x", "--query", "events["}).message ==
      "Bad value for --query events[: Invalid jmespath expression: Incomplete expression:\n\"events[\"\n"
      "        ^");
}

BOOST_AUTO_TEST_CASE(timeouts) {
  BOOST_TEST((bad({"sts", "--cli-read-timeout", "x"}).kind == Failure::Kind::general));
  BOOST_TEST(bad({"sts", "--cli-read-timeout", "x"}).message ==
             "invalid literal for int() with base 10: 'x'");
  BOOST_TEST(good({"sts", "--cli-connect-timeout", "-1"}).globals.bad_timeout ==
             "Attempted to set connect timeout to -1, but the timeout cannot be set to a value less than or "
             "equal to 0.");
  BOOST_TEST(
      (good({"sts", "--cli-read-timeout", "9223372036854775807"}).globals.overrides.read_timeout.value() >
       seconds(0)));
}

BOOST_AUTO_TEST_CASE(commands) {
  BOOST_TEST(good({"s3", "ls"}).command == "s3");
  BOOST_TEST(good({"sign"}).command == "sign");
  BOOST_TEST(bad({"sign"}, kAws).message.starts_with("argument command: Found invalid choice 'sign'"));
  BOOST_TEST(bad({"lgos"}).message.starts_with("argument command: Found invalid choice 'lgos'"));
  BOOST_TEST(bad({}).message.starts_with("the following arguments are required: command"));
  BOOST_TEST(bad({}).message.contains("crosslog <command> help"));
  BOOST_TEST(good({"--version"}).wants_version);
  BOOST_TEST(bad({"logs", "--no"}, kAws)
                 .message.starts_with("ambiguous option: --no could match --no-verify-ssl, --no-paginate, "
                                      "--no-sign-request, --no-cli-pager, --no-cli-auto-prompt\n"));
}

BOOST_AUTO_TEST_CASE(our_own_options_are_no_options_of_the_aws_cli) {
  BOOST_TEST(good({"logs", "--raw", "--safe"}, kAws).rest == (Words{"--raw", "--safe"}),
             boost::test_tools::per_element());
  BOOST_TEST(good({"logs", "--safe"}).globals.safe.value());
}

BOOST_AUTO_TEST_CASE(what_is_looked_at_first) {
  const auto check = [](Words words) { return check_first_options(words, kAws); };
  BOOST_TEST(check({"logs", "--bogus", "--profile", "p"}).has_value());
  BOOST_TEST(check({"logs", "--profile"}).error().message ==
             "argument --profile: expected one argument\n\nusage: aws [--profile PROFILE] [--debug]\n");
  BOOST_TEST(
      check({"--debug=x"}).error().message.starts_with("argument --debug: ignored explicit argument 'x'"));
  BOOST_TEST(check({"logs", "\xff"}).error().message == "argument 2 is not valid UTF-8");
}
