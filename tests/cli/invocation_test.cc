// What the words of an operation ask for: parameters from options and from one
// JSON text, when pagination is automatic, and samples of shapes.
#define BOOST_TEST_MODULE cli_invocation
#include "cli/invocation.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

using namespace crosslog;
using namespace crosslog::cli;
using Words = std::vector<std::string>;

namespace {

Outcome<Invocation> invoke(std::string_view name, const Words& words, bool paginate = true) {
  const Operation* operation = find_operation(Service::logs, name);
  BOOST_REQUIRE(operation != nullptr);
  const auto parsed = parse_arguments(operation_arguments(*operation, words), words, "usage");
  if (!parsed) return std::unexpected(parsed.error());
  return make_invocation(*operation, *parsed, paginate,
                         [](std::string_view) -> std::optional<std::string> { return std::nullopt; });
}

Invocation good(std::string_view name, const Words& words, bool paginate = true) {
  auto made = invoke(name, words, paginate);
  BOOST_REQUIRE_MESSAGE(made, (made ? "" : made.error().message));
  return std::move(*made);
}

std::string bad(std::string_view name, const Words& words, bool paginate = true) {
  const auto made = invoke(name, words, paginate);
  BOOST_REQUIRE(!made);
  BOOST_TEST((made.error().kind == Failure::Kind::usage));
  return made.error().message;
}

const Words kGroup{"--log-group-name", "G"};

Words with(Words words) {
  words.insert(words.begin(), kGroup.begin(), kGroup.end());
  return words;
}

}  // namespace

BOOST_AUTO_TEST_CASE(pagination_is_automatic_where_the_operation_has_it) {
  BOOST_TEST(good("FilterLogEvents", kGroup).paging.has_value());
  BOOST_TEST(!good("GetLogEvents", {"--log-stream-name", "s"}).paging);
  BOOST_TEST(!good("FilterLogEvents", kGroup, false).paging);
  const auto paging =
      good("FilterLogEvents", with({"--max-items", "3", "--page-size", "2", "--starting-token", "t"})).paging;
  BOOST_REQUIRE(paging.has_value());
  BOOST_TEST(*paging->max_items == 3);
  BOOST_TEST(*paging->page_size == 2);
  BOOST_TEST(*paging->starting_token == "t");
}

BOOST_AUTO_TEST_CASE(who_gives_the_services_own_token_or_limit_pages_by_hand) {
  BOOST_TEST(!good("FilterLogEvents", with({"--limit", "3"})).paging);
  BOOST_TEST(!good("FilterLogEvents", with({"--next-token", "t"})).paging);
  BOOST_TEST(!good("DescribeQueries", {"--max-results", "3"}).paging);
  BOOST_TEST(!good("FilterLogEvents", {"--cli-input-json", R"({"logGroupName":"G","limit":3})"}).paging);
  BOOST_TEST(good("FilterLogEvents", {"--cli-input-json", R"({"logGroupName":"G"})"}).paging.has_value());
}

BOOST_AUTO_TEST_CASE(options_of_pagination_without_pagination) {
  const std::string message = "Cannot specify --no-paginate along with pagination arguments: ";
  BOOST_TEST(bad("FilterLogEvents", with({"--max-items", "3"}), false) == message + "--max-items");
  BOOST_TEST(bad("FilterLogEvents", with({"--max-items", "3", "--starting-token", "t", "--limit", "1"})) ==
             message + "--starting-token, --max-items");
  BOOST_TEST(!good("FilterLogEvents", with({"--max-items", "0"}), false).paging);
}

BOOST_AUTO_TEST_CASE(numbers_of_pagination_are_checked_at_once) {
  BOOST_TEST(bad("FilterLogEvents", with({"--max-items", "many"}))
                 .starts_with("argument --max-items: invalid int value: 'many'"));
  BOOST_TEST(good("FilterLogEvents", with({"--max-items", "0"})).warning ==
             "warning: Non-positive values for --max-items may result in undefined behavior.\n");
  BOOST_TEST(good("FilterLogEvents", with({"--max-items", "1"})).warning == "");
}

BOOST_AUTO_TEST_CASE(parameters_as_one_text) {
  const auto invocation = good(
      "GetLogEvents",
      {"--limit", "5", "--cli-input-json", R"({"logStreamName":"s","limit":1,"startFromHead":true,"x":{}})"});
  BOOST_TEST(write_json(invocation.parameters) ==
             R"({"limit":5,"logStreamName":"s","startFromHead":true,"x":{}})");
}

BOOST_AUTO_TEST_CASE(a_text_that_is_no_input) {
  BOOST_TEST(bad("GetLogEvents", {"--cli-input-json", "{"}) ==
             "Error parsing parameter 'cli-input-json': Invalid JSON received.");
  BOOST_TEST(
      bad("GetLogEvents", {"--cli-input-json", "[]"}) ==
      "Error parsing parameter '--cli-input-json': Invalid type: expecting map, received <class 'list'>");
  BOOST_TEST(bad("GetLogEvents", {"--cli-input-json", "file:///nowhere/x"})
                 .starts_with("Error parsing parameter '--cli-input-json': Unable to load paramfile"));
}

BOOST_AUTO_TEST_CASE(parameters_as_yaml) {
  const auto invocation = good(
      "GetLogEvents",
      {"--limit", "5", "--cli-input-yaml", "logStreamName: '1'\nlimit: 1\nstartFromHead: true\nx: 0o17\n"});
  BOOST_TEST(write_json(invocation.parameters) ==
             R"({"limit":5,"logStreamName":"1","startFromHead":true,"x":15})");
  BOOST_TEST(bad("GetLogEvents", {"--cli-input-yaml", "{"}) ==
             "Error parsing parameter 'cli-input-yaml': Invalid YAML received.");
  BOOST_TEST(
      bad("GetLogEvents", {"--cli-input-yaml", ""}) ==
      "Error parsing parameter '--cli-input-yaml': Invalid type: expecting map, received <class 'NoneType'>");
  BOOST_TEST(bad("GetLogEvents", {"--cli-input-yaml", "a: 2020-01-01"})
                 .starts_with("Error parsing parameter 'cli-input-yaml': line 1 holds a date"));
  BOOST_TEST(bad("GetLogEvents", {"--cli-input-yaml", "{}", "--cli-input-json", "{}"}) ==
             "Only one --cli-input- parameter may be specified.");
}

BOOST_AUTO_TEST_CASE(a_skeleton_needs_nothing_but_that_of_the_output_does) {
  BOOST_TEST(good("GetLogEvents", {"--generate-cli-skeleton"}).skeleton == "input");
  BOOST_TEST(good("GetLogEvents", {"--generate-cli-skeleton", "input"}).skeleton == "input");
  BOOST_TEST(bad("GetLogEvents", {"--generate-cli-skeleton", "output"})
                 .starts_with("the following arguments are required: --log-stream-name"));
  BOOST_TEST(good("GetLogEvents", {"--log-stream-name", "s", "--generate-cli-skeleton", "output"}).skeleton ==
             "output");
  BOOST_TEST(bad("GetLogEvents", {"--generate-cli-skeleton", "x"}).contains("invalid choice"));
}

BOOST_AUTO_TEST_CASE(samples) {
  const auto& streams = *find_operation(Service::logs, "DescribeLogStreams");
  BOOST_TEST(
      write_json(make_sample(*streams.input, Sample::input)) ==
      R"({"logGroupName":"","logGroupIdentifier":"","logStreamNamePrefix":"","orderBy":"LogStreamName",)"
      R"("descending":true,"nextToken":"","limit":0})");
  const auto& tags = *find_operation(Service::logs, "ListTagsForResource");
  BOOST_TEST(write_json(make_sample(*tags.output, Sample::output)) == R"({"tags":{"KeyName":""}})");
  const auto& filter = *find_operation(Service::logs, "DescribeIndexPolicies");
  BOOST_TEST(write_json(make_sample(*filter.input, Sample::output)) ==
             R"({"logGroupIdentifiers":["LogGroupIdentifier"],"nextToken":"nextToken"})");
  const auto& fields = *find_operation(Service::logs, "GetLogFields");
  BOOST_TEST(write_json(make_sample(*fields.output, Sample::input)).size() < 1'000u);
}
