#define BOOST_TEST_MODULE cli_args
#include "cli/args.h"

#include <boost/test/unit_test.hpp>

using namespace crosslog::cli;
using Words = std::vector<std::string>;

namespace {

const std::vector<Argument> kArguments{
    {.name = "--log-group-name"},
    {.name = "--log-stream-name", .required = true},
    {.name = "--start-time", .type = Argument::Type::integer},
    {.name = "--tags", .arity = Argument::Arity::any},
    {.name = "--unmask", .arity = Argument::Arity::none, .destination = "unmask", .constant = "true"},
    {.name = "--no-unmask", .arity = Argument::Arity::none, .destination = "unmask", .constant = "false"},
    {.name = "--output", .choices = {"json", "text", "table"}},
    {.name = "--query", .refusal = "--query is not supported yet"},
    {.name = "help", .arity = Argument::Arity::at_most_one},
};

Outcome<ParsedArguments> parse(Words words) {
  return parse_arguments(kArguments, words, "prog [options]\nmore\n");
}

// With the required option in front.
ParsedArguments good(Words words) {
  words.insert(words.begin(), {"--log-stream-name", "s"});
  auto parsed = parse(words);
  BOOST_REQUIRE_MESSAGE(parsed, (parsed ? "" : parsed.error().message));
  return std::move(*parsed);
}

std::string message(Words words) {
  words.insert(words.begin(), {"--log-stream-name", "s"});
  const auto parsed = parse(words);
  BOOST_REQUIRE(!parsed);
  BOOST_TEST(static_cast<int>(parsed.error().kind) == static_cast<int>(Failure::Kind::usage));
  return parsed.error().message.substr(0, parsed.error().message.find("\n\nusage: "));
}

}  // namespace

BOOST_AUTO_TEST_CASE(options_take_the_next_word_or_what_follows_the_equals_sign) {
  BOOST_TEST(good({"--log-group-name", "g"}).value("--log-group-name") == "g");
  BOOST_TEST(good({"--log-group-name=g=h"}).value("--log-group-name") == "g=h");
  BOOST_TEST(good({"--log-group-name="}).has("--log-group-name"));
  BOOST_TEST(good({"--log-group-name", ""}).value("--log-group-name") == "");
  BOOST_TEST(good({"--log-group-name", "a", "--log-group-name", "b"}).value("--log-group-name") == "b");
}

BOOST_AUTO_TEST_CASE(unique_prefixes_are_options) {
  BOOST_TEST(good({"--log-g", "g"}).value("--log-group-name") == "g");
  BOOST_TEST(good({"--start=5"}).value("--start-time") == "5");
  BOOST_TEST(message({"--log", "x"}) ==
             "ambiguous option: --log could match --log-group-name, --log-stream-name");
  BOOST_TEST(message({"--log=x"}) ==
             "ambiguous option: --log=x could match --log-group-name, --log-stream-name");
}

BOOST_AUTO_TEST_CASE(words_that_begin_with_a_dash) {
  BOOST_TEST(good({"--start-time", "-5"}).value("--start-time") == "-5");
  BOOST_TEST(good({"--log-group-name", "-1.5"}).value("--log-group-name") == "-1.5");
  BOOST_TEST(good({"--log-group-name", "-.5"}).value("--log-group-name") == "-.5");
  BOOST_TEST(good({"--log-group-name", "- a"}).value("--log-group-name") == "- a");
  BOOST_TEST(good({"--log-group-name", "--x y"}).value("--log-group-name") == "--x y");
  BOOST_TEST(good({"--log-group-name", "-"}).value("--log-group-name") == "-");
  BOOST_TEST(good({"--log-group-name=-x"}).value("--log-group-name") == "-x");
  BOOST_TEST(message({"--log-group-name", "-x"}) == "argument --log-group-name: expected one argument");
  BOOST_TEST(message({"--log-group-name", "-1."}) == "argument --log-group-name: expected one argument");
  BOOST_TEST(message({"--log-group-name"}) == "argument --log-group-name: expected one argument");
}

BOOST_AUTO_TEST_CASE(lists_end_at_the_next_option) {
  const auto parsed = good({"--tags", "a", "b", "--unmask"});
  BOOST_TEST(parsed.values.at("--tags") == (Words{"a", "b"}), boost::test_tools::per_element());
  BOOST_TEST(good({"--tags"}).values.at("--tags").empty());
  BOOST_TEST(good({"--tags=a", "b"}).values.at("--tags").size() == 1u);
}

BOOST_AUTO_TEST_CASE(flags_set_their_destination) {
  BOOST_TEST(good({"--unmask"}).value("unmask") == "true");
  BOOST_TEST(good({"--unmask", "--no-unmask"}).value("unmask") == "false");
  BOOST_TEST(!good({}).has("unmask"));
  BOOST_TEST(message({"--unmask=1"}) == "argument --unmask: ignored explicit argument '1'");
}

BOOST_AUTO_TEST_CASE(what_is_not_understood_is_handed_on_in_the_order_of_argparse) {
  BOOST_TEST(good({"--nosuch", "x"}).rest == (Words{"--nosuch"}), boost::test_tools::per_element());
  BOOST_TEST(good({"--nosuch", "x"}).value("help") == "x");
  BOOST_TEST(good({"--nosuch=x"}).rest == (Words{"--nosuch=x"}), boost::test_tools::per_element());
  const auto parsed = good({"foo", "bar", "--nosuch", "y", "z"});
  BOOST_TEST(parsed.value("help") == "foo");
  BOOST_TEST(parsed.rest == (Words{"bar", "--nosuch", "y", "z"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(after_two_dashes_nothing_is_an_option) {
  const auto parsed = good({"--", "--unmask", "x"});
  BOOST_TEST(parsed.value("help") == "--unmask");
  BOOST_TEST(parsed.rest == (Words{"x"}), boost::test_tools::per_element());
  BOOST_TEST(message({"--log-group-name", "--", "x"}) == "argument --log-group-name: expected one argument");
}

BOOST_AUTO_TEST_CASE(types_and_choices_are_checked) {
  BOOST_TEST(message({"--start-time", "x"}) == "argument --start-time: invalid int value: 'x'");
  BOOST_TEST(message({"--start-time", "1.5"}) == "argument --start-time: invalid int value: '1.5'");
  BOOST_TEST(message({"--output", "xml"}) == "argument --output: Found invalid choice 'xml'\n");
  BOOST_TEST(message({"--output", "textt"}) ==
             "argument --output: Found invalid choice 'textt'\n\nMaybe you meant:\n\n  * text");
}

BOOST_AUTO_TEST_CASE(required_options_are_named_with_the_usage) {
  const auto parsed = parse({"--unmask"});
  BOOST_REQUIRE(!parsed);
  BOOST_TEST(parsed.error().message ==
             "the following arguments are required: --log-stream-name\n\nusage: prog [options]\nmore\n");
}

BOOST_AUTO_TEST_CASE(a_refused_option_is_refused_before_anything_is_missed) {
  const auto parsed = parse({"--query", "x"});
  BOOST_REQUIRE(!parsed);
  BOOST_TEST(parsed.error().message == "--query is not supported yet");
}

BOOST_AUTO_TEST_CASE(a_word_that_is_needed) {
  const std::vector<Argument> arguments{{.name = "--region"},
                                        {.name = "--version", .arity = Argument::Arity::none, .stops = true},
                                        {.name = "command", .choices = {"logs", "sts"}}};
  const auto run = [&](Words words) { return parse_arguments(arguments, words, "u"); };
  BOOST_TEST(run({"logs"})->value("command") == "logs");
  const auto parsed = run({"--region", "r", "logs", "get", "--x", "y"});
  BOOST_TEST(parsed->value("command") == "logs");
  BOOST_TEST(parsed->rest == (Words{"get", "--x", "y"}), boost::test_tools::per_element());
  BOOST_TEST(run({"--x", "sts", "--region", "r"})->value("command") == "sts");
  BOOST_TEST(run({}).error().message.starts_with("the following arguments are required: command\n"));
  BOOST_TEST(run({"log"}).error().message.starts_with(
      "argument command: Found invalid choice 'log'\n\nMaybe you meant:\n\n  * logs"));
  BOOST_TEST(run({"--version", "bogus"})->stopped_at == "--version");
}
