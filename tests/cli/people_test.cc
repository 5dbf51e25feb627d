// What the words after get, groups and streams ask the service for.
#define BOOST_TEST_MODULE cli_people
#include "cli/commands/people.h"

#include <boost/test/unit_test.hpp>

#include "cli/commands/get.h"
#include "cli/commands/groups.h"
#include "cli/commands/streams.h"
#include "cli/help.h"

using namespace crosslog;
using namespace crosslog::cli;
using Words = std::vector<std::string>;
using std::chrono::milliseconds;

namespace {

const Program kOwn{"crosslog"}, kAws{"aws"};
const TimePoint kNow{milliseconds(1'771'841'472'500)};

Outcome<GetRequest> request(const Words& words, const GlobalOptions& globals = {}) {
  const auto arguments = parse_get_arguments(words, kOwn, globals);
  if (!arguments) return std::unexpected(arguments.error());
  return make_get_request(*arguments, kNow, TimeZone());
}

GetRequest good(const Words& words) {
  auto made = request(words);
  BOOST_REQUIRE_MESSAGE(made, (made ? "" : made.error().message));
  return std::move(*made);
}

std::string bad(const Words& words) {
  const auto made = request(words);
  if (made) return "taken";
  BOOST_TEST((made.error().kind == Failure::Kind::usage));
  return made.error().message;
}

// A service that answers what was written down, and its requests.
struct Answers {
  std::vector<Outcome<Document>> answers;
  std::vector<std::string> requests;

  LogsCall call() {
    return [this](std::string_view operation, const Document& parameters) -> Outcome<Document> {
      requests.push_back(std::string(operation) + " " + write_json(parameters));
      BOOST_REQUIRE(requests.size() <= answers.size());
      return answers[requests.size() - 1];
    };
  }
};

std::string names_of(const Document::List& list, const char* member) {
  std::string out;
  for (const auto& element : list)
    out += *element.find(member)->string() + " ";
  return out;
}

NamePattern pattern(std::string text) {
  return NamePattern::make(std::move(text)).value();
}

Failure refusal(const std::string& code, int status, Errc kind = Errc::service) {
  Error error{.code = kind, .message = "no", .hints = {}};
  error.aws_code = code;
  error.http_status = status;
  error.operation = "ListLogGroups";
  return to_failure(std::move(error));
}

}  // namespace

BOOST_AUTO_TEST_CASE(get_reads_the_last_ten_minutes) {
  const auto got = good({"G"});
  BOOST_TEST(got.query.start.value() == kNow.time_since_epoch().count() - 600'000);
  BOOST_TEST(!got.query.end.has_value());
  BOOST_TEST(!got.last.has_value());
  const auto until = good({"G", "--until", "2026-01-01T00:00:00Z"});
  BOOST_TEST(until.query.end.value() - until.query.start.value() == 600'000);
}

BOOST_AUTO_TEST_CASE(get_takes_times) {
  const auto got = good({"G", "--since", "2h", "--until=now-1h"});
  BOOST_TEST(got.query.start.value() == kNow.time_since_epoch().count() - 7'200'000);
  BOOST_TEST(got.query.end.value() == kNow.time_since_epoch().count() - 3'600'000);
  BOOST_TEST(bad({"G", "--since", "yesterday"}).starts_with("--since: \"yesterday\" is not a time"));
  BOOST_TEST(bad({"G", "--until", "3000w"}).starts_with("--until: "));
  BOOST_TEST(bad({"G", "--since", "1h", "--until", "2h"}).contains("later than"));
  BOOST_TEST(!got.zone_assumed);
  BOOST_TEST(good({"G", "--since", "2026-01-01"}).zone_assumed);
  BOOST_TEST(good({"G", "--until", "1970-01-01T00:00:01Z"}).query.start.value() == 0);
  BOOST_TEST(good({"G", "--until", "2020-01-01", "--last", "1"}).query.start.value() == 0);
}

BOOST_AUTO_TEST_CASE(get_takes_a_number) {
  const auto got = good({"G", "--last", "5"});
  BOOST_TEST(got.last.value() == 5u);
  BOOST_TEST(got.query.start.value() == kReadsBackwardsFrom);
  BOOST_TEST(good({"G", "--last", "5", "--since", "1h"}).query.start.value() ==
             kNow.time_since_epoch().count() - 3'600'000);
  for (const char* text : {"0", "-1", "1e3", "100000000000000000000", "100001", "", "5 "})
    BOOST_TEST(bad({"G", "--last=" + std::string(text)}).starts_with("--last: a number from 1 to 100000"),
               text);
}

BOOST_AUTO_TEST_CASE(get_takes_streams_in_three_ways) {
  BOOST_TEST(good({"G:S"}).query.streams == (Words{"S"}), boost::test_tools::per_element());
  BOOST_TEST(good({"G", "--streams", "a", "b"}).query.streams == (Words{"a", "b"}),
             boost::test_tools::per_element());
  BOOST_TEST(good({"G", "--prefix", "web"}).query.prefix == "web");
  BOOST_TEST(good({"G:web*"}).query.prefix == "web");
  BOOST_TEST(good({"G:*"}).query.prefix.empty());
  BOOST_TEST(good({"G:w*b"}).streams->matches("web"));
  for (const Words& words :
       {Words{"G:S", "--prefix", "a"}, Words{"G", "--streams", "a", "--prefix", "b"},
        Words{"G:S", "--streams", "a"}, Words{"G", "--streams"}, Words{"G", "--streams", "a*"},
        Words{"G", "--prefix", ""}, Words{"G", "--prefix", "a:b"}}) {
    BOOST_TEST(bad(words) != "taken");
  }
}

BOOST_AUTO_TEST_CASE(get_takes_a_filter) {
  BOOST_TEST(good({"G", "--filter=-DEBUG"}).query.filter == "-DEBUG");
  BOOST_TEST(bad({"G", "--filter", std::string(1'025, 'x')}).starts_with("--filter: "));
  BOOST_TEST(good({"G", "--unmask"}).query.unmask);
}

BOOST_AUTO_TEST_CASE(words_that_do_not_belong) {
  BOOST_TEST(bad({}).starts_with("a log group is missing"));
  BOOST_TEST(bad({"G", "H"}).starts_with("one word too many: H"));
  BOOST_TEST(bad({"G", "--nope"}).starts_with("Unknown options: --nope"));
  BOOST_TEST(bad({"G", "--since"}).starts_with("argument --since: expected one argument"));
  BOOST_TEST(bad({"G", "--json", "--format", "x"}).contains("do not go together"));
  GlobalOptions globals;
  globals.overrides.output = "json";
  BOOST_TEST(request({"G"}, globals).error().message.starts_with("--output is not for this command"));
}

BOOST_AUTO_TEST_CASE(groups_are_narrowed_down_and_matched) {
  Answers service{
      {Document(
           parse_json(R"({"logGroups":[{"logGroupName":"/a/x"},{"logGroupName":"/a/y"}],"nextToken":"t"})")
               .value()),
       Document(parse_json(R"({"logGroups":[{"logGroupName":"/a/xx"}]})").value())},
      {}};
  std::string found;
  const auto done =
      find_groups(service.call(), {.pattern = pattern("/a/x*"), .log_class = "STANDARD", .linked = true},
                  [&](const Document::List& groups) -> Outcome<void> {
                    found += names_of(groups, "logGroupName");
                    return {};
                  });
  BOOST_TEST(done.has_value());
  BOOST_TEST(found == "/a/x /a/xx ");
  BOOST_TEST(
      service.requests[0] ==
      R"(ListLogGroups {"logGroupClass":"STANDARD","includeLinkedAccounts":true,"limit":1000,"logGroupNamePattern":"^/a/x"})");
  BOOST_TEST(service.requests[1].ends_with(R"("nextToken":"t"})"));
}

BOOST_AUTO_TEST_CASE(a_service_without_list_log_groups_is_asked_the_old_way) {
  for (const auto& failure : {refusal("UnknownOperationException", 400), refusal("500", 500),
                              refusal("AccessDeniedException", 400, Errc::access_denied)}) {
    Answers service{{std::unexpected(failure),
                     Document(parse_json(R"({"logGroups":[{"logGroupName":"/a/x"}]})").value())},
                    {}};
    BOOST_TEST(find_groups(service.call(), {.pattern = pattern("/a/*")}, [](const Document::List&) {
                 return Outcome<void>();
               }).has_value());
    BOOST_TEST(service.requests[1] == R"(DescribeLogGroups {"limit":50,"logGroupNamePrefix":"/a/"})");
  }
  Answers service{{std::unexpected(refusal("ThrottlingException", 400, Errc::throttled))}, {}};
  BOOST_TEST(!find_groups(service.call(), {.pattern = pattern("")},
                          [](const Document::List&) { return Outcome<void>(); }));
}

BOOST_AUTO_TEST_CASE(answers_that_are_none) {
  const auto ignore = [](const Document::List&) { return Outcome<void>(); };
  Answers empty{{Document(Document::Map{})}, {}};
  BOOST_TEST(!find_groups(empty.call(), {.pattern = pattern("")}, ignore));
  const Document page = parse_json(R"({"logGroups":[],"nextToken":"t"})").value();
  Answers endless{{page, page}, {}};
  BOOST_TEST(
      find_groups(endless.call(), {.pattern = pattern("")}, ignore).error().message.contains("came twice"));
}

BOOST_AUTO_TEST_CASE(streams_by_name_and_by_time) {
  const Document page =
      parse_json(R"({"logStreams":[{"logStreamName":"web-1"},{"logStreamName":"db"}]})").value();
  const Document group = Document::Map{{"logGroupName", "G"}};
  std::string found;
  const auto collect = [&](const Document::List& streams) -> Outcome<void> {
    found += names_of(streams, "logStreamName");
    return {};
  };
  Answers by_name{{page}, {}};
  BOOST_TEST(find_streams(by_name.call(), group, pattern("web*"), false, collect).has_value());
  BOOST_TEST(by_name.requests[0] == R"(DescribeLogStreams {"logGroupName":"G","logStreamNamePrefix":"web"})");
  Answers by_time{{page}, {}};
  BOOST_TEST(find_streams(by_time.call(), group, pattern("web*"), true, collect).has_value());
  BOOST_TEST(by_time.requests[0] ==
             R"(DescribeLogStreams {"logGroupName":"G","orderBy":"LastEventTime","descending":true})");
  BOOST_TEST(found == "web-1 web-1 ");
}

BOOST_AUTO_TEST_CASE(help_shows_every_option_and_examples) {
  for (const std::string& text : {get_help(kOwn), groups_help(kOwn), streams_help(kOwn)}) {
    BOOST_TEST(text.starts_with("usage: crosslog "));
    for (const char* part : {"--format", "--json", "--tz", "examples:", "exit status"})
      BOOST_TEST(text.contains(part), part);
  }
  for (const char* option : {"--since", "--until", "--filter", "--last", "--streams", "--prefix", "--unmask"})
    BOOST_TEST(get_help(kOwn).contains(option), option);
}

BOOST_AUTO_TEST_CASE(commands_for_people_are_ours_alone) {
  for (const std::string command : {"get", "groups", "streams"}) {
    BOOST_TEST(help_for(Words{}, kOwn).contains("\n  " + command + " "), command);
    BOOST_TEST(!help_for(Words{}, kAws).contains("\n  " + command + " "), command);
    BOOST_TEST(help_for(Words{command}, kOwn).starts_with("usage: crosslog " + command + " "));
    BOOST_TEST(help_for(Words{command}, kAws) == help_for(Words{}, kAws));
  }
  BOOST_TEST(help_for(Words{"logs", "get-log-events"}, kOwn).contains("--all"));
  BOOST_TEST(!help_for(Words{"logs", "get-log-events"}, kAws).contains("--all"));
}
