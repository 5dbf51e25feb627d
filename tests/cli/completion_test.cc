#define BOOST_TEST_MODULE cli_completion
#include "cli/completion.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "cli/command_line.h"
#include "cli/commands/completion.h"
#include "cli/help.h"
#include "cli/help_topics.h"
#include "cli/names.h"

using namespace crosslog;
using namespace crosslog::cli;
using Words = std::vector<std::string>;

namespace {

const Program kAws{"aws"}, kOwn{"crosslog"};

// Says what it was asked.
struct Asked {
  std::vector<std::string> log;
  NameSource source() {
    return {.profiles = [] { return Words{"default", "crossb"}; },
            .regions = [] { return Words{"eu-west-1", "us-east-1"}; },
            .groups =
                [this](const GivenOptions& given, const std::string& prefix) {
                  log.push_back("groups " + text(given) + prefix);
                  return Words{"/aws/lambda/a", "/aws/lambda/b", "G"};
                },
            .streams =
                [this](const GivenOptions& given, const std::string& group, const std::string& prefix) {
                  log.push_back("streams " + text(given) + group + " " + prefix);
                  return Words{"2026/02/23/[$LATEST]ab cd", "web-1", "web-2"};
                }};
  }
  static std::string text(const GivenOptions& given) {
    std::string out;
    for (const auto* value : {&given.overrides.profile, &given.overrides.region,
                              &given.overrides.endpoint_url, &given.overrides.ca_bundle}) {
      if (*value) out += **value + "|";
    }
    return out + (given.no_cache ? "no-cache|" : "");
  }
};

Words values(const Completion& completion) {
  Words out;
  for (const auto& candidate : completion.candidates)
    out.push_back(candidate.value);
  return out;
}
Words after(const Words& words, const Program& program = kOwn) {
  Asked asked;
  return values(complete(words, program, asked.source()));
}
std::string asked_by(const Words& words) {
  Asked asked;
  (void)complete(words, kOwn, asked.source());
  std::string out;
  for (const auto& line : asked.log)
    out += line + "\n";
  return out;
}
bool offers(const Words& words, std::string_view value) {
  return std::ranges::find(words, value) != words.end();
}
std::string bash(const std::string& line) {
  Asked asked;
  return reply_to_shell(Words{"bash", line, " \t\n\"'@><=;|&(:"}, kOwn, asked.source());
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_command_topic_and_operation_is_offered) {
  const Words commands = after({""});
  for (const auto& own : own_commands())
    BOOST_TEST(offers(commands, own.name), own.name);
  for (const char* name : {"logs", "sts", "configure", "help"})
    BOOST_TEST(offers(commands, name), name);
  const Words help = after({"help", ""});
  for (const auto& topic : help_topics())
    BOOST_TEST(offers(help, topic.name), topic.name);
  for (const auto& operation : operations()) {
    const std::string service(name_of(operation.service));
    BOOST_TEST(offers(after({service, ""}), kebab(operation.name)), operation.name);
    BOOST_TEST(offers(after({"help", service, ""}), kebab(operation.name)), operation.name);
  }
  BOOST_TEST(after({"get-", ""}) == Words{});
  BOOST_TEST(after({"lo"}) == Words{"logs"});
  BOOST_TEST(after({"configure", ""}) == Words{"list"});
}

BOOST_AUTO_TEST_CASE(every_option_that_is_taken_is_offered_everywhere) {
  std::vector<Words> places{{}, {"configure", "list"}};
  for (const auto& own : own_commands())
    places.push_back({std::string(own.name)});
  for (const auto& operation : operations())
    places.push_back({std::string(name_of(operation.service)), kebab(operation.name)});
  for (auto place : places) {
    std::vector<Argument> options = global_arguments(kOwn);
    if (const auto* own = place.empty() ? nullptr : own_command_named(place.front(), kOwn))
      std::ranges::move(own->options(), std::back_inserter(options));
    if (place.size() == 2 && service_named(place.front()))
      std::ranges::move(command_arguments(*operation_named(*service_named(place.front()), place[1]), kOwn),
                        std::back_inserter(options));
    place.emplace_back("--");
    const Words offered = after(place);
    for (const auto& option : options) {
      if (!option.is_option()) continue;
      BOOST_TEST(offers(offered, option.name) == option.refusal.empty(), place.front() + " " + option.name);
    }
    BOOST_TEST(offers(offered, "--help"));
  }
}

BOOST_AUTO_TEST_CASE(every_offer_has_a_description) {
  for (const auto& own : own_commands()) {
    for (const auto& candidate :
         complete(Words{std::string(own.name), "--"}, kOwn, Asked().source()).candidates)
      BOOST_TEST(!candidate.description.empty(), std::string(own.name) + " " + candidate.value);
  }
  for (const auto& candidate : complete(Words{""}, kOwn, Asked().source()).candidates)
    BOOST_TEST(!candidate.description.empty(), candidate.value);
}

BOOST_AUTO_TEST_CASE(an_option_is_offered_once) {
  BOOST_TEST(after({"get", "G", "--since", "2h", "--sin"}) == Words{});
  BOOST_TEST(after({"get", "G", "--js"}) == Words{"--json"});
  BOOST_TEST(after({"get", "G", "--ndjson", "--js"}) == Words{});
}

BOOST_AUTO_TEST_CASE(enumerated_values_are_offered) {
  BOOST_TEST(after({"logs", "describe-log-streams", "--order-by", ""}) ==
             (Words{"LogStreamName", "LastEventTime"}));
  BOOST_TEST(after({"logs", "describe-log-streams", "--order-by=La"}) == Words{"--order-by=LastEventTime"});
  BOOST_TEST(after({"logs", "describe-log-streams", "--order", "La"}) == Words{"LastEventTime"});
  BOOST_TEST(after({"--output", "y"}) == (Words{"yaml", "yaml-stream"}));
  BOOST_TEST(after({"groups", "--class", "S"}) == Words{"STANDARD"});
  BOOST_TEST(after({"completion", ""}) == (Words{"bash", "fish", "zsh"}));
  BOOST_TEST(after({"get", "G", "--tz", "U"}) == Words{"UTC"});
  for (const auto& operation : operations()) {
    const std::string service(name_of(operation.service));
    for (const auto& member : operation.input->members) {
      const Shape& shape = *member.shape;
      const auto expected = shape.type == Shape::Type::list ? shape.element->values : shape.values;
      const Words offered = after({service, kebab(operation.name), "--" + kebab(member.name), ""});
      for (const auto value : expected)
        BOOST_TEST(offers(offered, value), value);
    }
  }
}

BOOST_AUTO_TEST_CASE(profiles_and_regions) {
  BOOST_TEST(after({"--profile", ""}) == (Words{"default", "crossb"}));
  BOOST_TEST(after({"get", "G", "--profile=c"}) == Words{"--profile=crossb"});
  BOOST_TEST(after({"--region", "eu"}) == Words{"eu-west-1"});
}

BOOST_AUTO_TEST_CASE(groups_are_asked_for_by_their_beginning) {
  BOOST_TEST(after({"get", "/aws/lambda/"}) == (Words{"/aws/lambda/a", "/aws/lambda/b"}));
  BOOST_TEST(asked_by({"get", "/aws/lambda/"}) == "groups /aws/lambda/\n");
  BOOST_TEST(asked_by({"groups", "x"}) == "groups x\n");
  BOOST_TEST(asked_by({"streams", ""}) == "groups \n");
  BOOST_TEST(asked_by({"streams", "G", ""}) == "");
  BOOST_TEST(asked_by({"--profile", "p", "--region=r", "--endpoint-url", "u", "--no-cache", "logs",
                       "get-log-events", "--log-group-name", "x"}) == "groups p|r|u|no-cache|x\n");
  BOOST_TEST(after({"logs", "get-log-events", "--log-group-name=G"}) == Words{"--log-group-name=G"});
  BOOST_TEST(asked_by({"logs", "start-query", "--log-group-names", "a", "b"}) == "groups b\n");
  BOOST_TEST(asked_by({"logs", "filter-log-events", "--filter-pattern", "x"}) == "");
}

BOOST_AUTO_TEST_CASE(streams_belong_to_a_group) {
  BOOST_TEST(after({"get", "G:web"}) == (Words{"G:web-1", "G:web-2"}));
  BOOST_TEST(asked_by({"get", "G:web"}) == "streams G web\n");
  BOOST_TEST(asked_by({"get", "arn:aws:logs:eu-west-1:999999999999:log-group:G:w"}) ==
             "streams arn:aws:logs:eu-west-1:999999999999:log-group:G w\n");
  BOOST_TEST(asked_by({"get", "arn:aws:logs:eu-west-1:999999999999:log-group:G"}).starts_with("groups arn:"));
  BOOST_TEST(asked_by({"get", "G", "--streams", "a", ""}) == "streams G \n");
  BOOST_TEST(asked_by({"logs", "get-log-events", "--log-group-name", "G", "--log-stream-name", "w"}) ==
             "streams G w\n");
  BOOST_TEST(asked_by({"logs", "get-log-events", "--log-group-identifier=G", "--log-stream-name", ""}) ==
             "streams G \n");
  BOOST_TEST(asked_by({"logs", "get-log-events", "--log-stream-name", ""}) == "");
}

BOOST_AUTO_TEST_CASE(names_of_files) {
  const auto files = [](const Words& words) {
    Asked asked;
    const auto completion = complete(words, kOwn, asked.source());
    return completion.files ? "files " + completion.before_file : "none";
  };
  BOOST_TEST(files({"--ca-bundle", "x"}) == "files ");
  BOOST_TEST(files({"--ca-bundle=x"}) == "files --ca-bundle=");
  BOOST_TEST(files({"sign", ""}) == "files ");
  BOOST_TEST(files({"sign", "a", ""}) == "none");
  BOOST_TEST(files({"logs", "get-log-events", "--cli-input-json", "file://x"}) == "files file://");
  BOOST_TEST(files({"get", ""}) == "none");
}

BOOST_AUTO_TEST_CASE(the_aws_cli_has_none_of_ours) {
  const Words commands = after({""}, kAws);
  BOOST_TEST(commands == (Words{"logs", "sts", "configure", "help"}));
  BOOST_TEST(!offers(after({"--"}, kAws), "--raw"));
  BOOST_TEST(after({"get", ""}, kAws) == Words{});
}

BOOST_AUTO_TEST_CASE(unfinished_and_wrong_lines_are_borne) {
  BOOST_TEST(complete({}, kOwn, {}).candidates.empty());
  for (const Words& words :
       {Words{"--"}, Words{"-"}, Words{"--nope", ""}, Words{"--nope=", "x"}, Words{"--profile"}, Words{"="},
        Words{"nope", "nope", "--"}, Words{"logs", "nope", ""},
        Words{"logs", "get-log-events", "--limit", "-"}, Words{"get", ":"}, Words{"get", "arn::::::::"},
        Words{"help", "nope", ""}, Words{"--output=nope"}}) {
    (void)complete(words, kOwn, {});
    (void)after(words);
  }
  BOOST_TEST(after({"logs", "nope", ""}) == Words{});
  BOOST_TEST(after({"logs", "get-log-events", "--limit", "-"}) == Words{});
}

BOOST_AUTO_TEST_CASE(bash_gets_what_follows_its_break_quoted) {
  BOOST_TEST(bash("crosslog get G") == "names\nG\n");
  BOOST_TEST(bash("crosslog logs get-log-events --log-group-name G --log-stream-name 2026") ==
             "names\n2026/02/23/\\[\\$LATEST\\]ab\\ cd\n");
  BOOST_TEST(bash("crosslog logs get-log-events --log-group-name G --log-stream-name '2026") ==
             "names\n2026/02/23/[$LATEST]ab cd\n");
  BOOST_TEST(bash("crosslog logs describe-log-streams --order-by=La") == "names\nLastEventTime\n");
  BOOST_TEST(bash("crosslog --ca-bundle=/x") == "files\n\n/x\n");
  BOOST_TEST(bash("crosslog logs get-log-events --cli-input-json file://a") == "files\n//\na\n");
}

BOOST_AUTO_TEST_CASE(other_shells_get_words_and_descriptions) {
  Asked asked;
  BOOST_TEST(reply_to_shell(Words{"zsh", "completion", "b"}, kOwn, asked.source()) == "names\nbash\n");
  BOOST_TEST(reply_to_shell(Words{"fish", "wh"}, kOwn, asked.source()) ==
             "names\nwhoami\tThe identity, the roles that led to it, and where each setting is from\n");
  BOOST_TEST(reply_to_shell(Words{"fish", "sign", "x"}, kOwn, asked.source()) == "files\n\nx\n");
  BOOST_TEST(reply_to_shell(Words{}, kOwn, asked.source()) == "names\n");
  BOOST_TEST(reply_to_shell(Words{"bash"}, kOwn, asked.source()) == "names\n");
}

BOOST_AUTO_TEST_CASE(a_name_with_a_line_break_is_not_offered) {
  const NameSource source{.profiles = {},
                          .regions = {},
                          .groups = [](const auto&, const auto&) { return Words{"a\nb", "a\x1b[31m", "a"}; },
                          .streams = {}};
  BOOST_TEST(reply_to_shell(Words{"zsh", "get", ""}, kOwn, source) == "names\na\n");
  BOOST_TEST(reply_to_shell(Words{"bash", "crosslog get ", ""}, kOwn, source) == "names\na\n");
}

BOOST_AUTO_TEST_CASE(the_scripts) {
  for (const char* shell : {"bash", "fish", "zsh"}) {
    const auto script = completion_script(Words{shell}, kOwn);
    BOOST_REQUIRE(script);
    BOOST_TEST(script->contains(std::string("__complete ") + shell));
  }
  BOOST_TEST(!completion_script(Words{}, kOwn));
  BOOST_TEST(!completion_script(Words{"ksh"}, kOwn));
  BOOST_TEST(!completion_script(Words{"bash", "zsh"}, kOwn));
  BOOST_TEST(!help_for(Words{}, kOwn).contains(kCompleteCommand));
}
