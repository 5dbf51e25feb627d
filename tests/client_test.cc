#define BOOST_TEST_MODULE client
#include "crosslog/client.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "crosslog/logs.h"
#include "crosslog/providers.h"
#include "tests/support/fake_clock.h"
#include "tests/support/json.h"
#include "tests/support/providers.h"
#include "tests/support/scripted_transport.h"

using namespace crosslog;

namespace {

std::string page(const std::vector<std::string>& messages, const std::string& backward,
                 const std::string& forward) {
  boost::json::array events;
  for (const auto& message : messages)
    events.push_back({{"timestamp", 1}, {"message", message}, {"ingestionTime", 2}});
  return boost::json::serialize(
      boost::json::value{{"events", events}, {"nextBackwardToken", backward}, {"nextForwardToken", forward}});
}

struct Scene {
  Scene() {
    provider.then(test::keys());
    options.endpoint = test::endpoint("https://logs.eu-west-1.amazonaws.com", "logs");
    options.random = test::always(0);
    query.log_group_name = "G";
    query.log_stream_name = "S";
  }
  LogsClient& client() {
    if (!made) made = std::make_unique<LogsClient>(transport, clock, provider, options);
    return *made;
  }
  // The pages' messages, "|" between them; "!" where one failed.
  std::string walk(GetLogEventsPager& pager) {
    std::string out;
    for (int i = 0; i < 10; ++i) {
      const auto page = pager.next();
      if (page && !*page) return out;
      out += "|";
      if (!page) out += "!";
      if (!page) continue;
      for (const auto& event : (*page)->events())
        out += std::string(event.message);
    }
    return out + "...";
  }
  std::vector<std::string> tokens_sent() {
    std::vector<std::string> out;
    for (const auto& request : transport.requests()) {
      const auto body = boost::json::parse(request.body).as_object();
      const auto* token = body.if_contains("nextToken");
      out.push_back(token == nullptr ? "-" : std::string(token->as_string()));
    }
    return out;
  }
  test::FakeClock clock;
  test::ScriptedTransport transport;
  test::ScriptedProvider provider;
  ClientOptions options;
  GetLogEvents query;
  std::unique_ptr<LogsClient> made;
};

}  // namespace

BOOST_AUTO_TEST_CASE(one_page) {
  Scene scene;
  scene.transport.reply(200, page({"a", "b"}, "b/1", "f/1"));
  const auto got = scene.client().get_log_events(scene.query);
  BOOST_REQUIRE(got);
  BOOST_TEST(got->events().size() == 2u);
  BOOST_TEST(got->events()[1].message == "b");
  const auto request = scene.transport.requests().at(0);
  BOOST_TEST(find_header(request.headers, "x-amz-target") == "Logs_20140328.GetLogEvents");
  BOOST_TEST(find_header(request.headers, "authorization").find("/eu-west-1/logs/aws4_request") !=
             std::string::npos);
  BOOST_TEST(find_header(request.headers, "authorization").find("x-amz-target") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_error_answer) {
  Scene scene;
  scene.transport.reply(
      400, R"({"__type":"ResourceNotFoundException","message":"The specified log stream does not exist."})",
      {{"x-amzn-requestid", "r-7"}});
  const auto got = scene.client().get_log_events(scene.query);
  BOOST_REQUIRE(!got);
  BOOST_TEST((got.error().code == Errc::not_found));
  BOOST_TEST(got.error().request_id == "r-7");
  BOOST_TEST(describe(got.error()) ==
             "An error occurred (ResourceNotFoundException) when calling the GetLogEvents operation: "
             "The specified log stream does not exist.");
}

// L2
BOOST_AUTO_TEST_CASE(an_answer_without_events_is_never_no_events) {
  for (const char* body : {"{}", "null", "<html></html>", "{\"events\":null}", ""}) {
    Scene scene;
    for (int i = 0; i < 3; ++i)
      scene.transport.reply(200, body, {{"content-type", "application/x-amz-json-1.1"}});
    const auto got = scene.client().get_log_events(scene.query);
    BOOST_REQUIRE(!got);
    BOOST_TEST((got.error().code == Errc::protocol));
    BOOST_TEST(got.error().attempts == 3);
  }
}

namespace {

// The call sends its operation, and gives what was decoded.
template <class Call>
auto check_call(std::string_view operation, std::string body, Call call) {
  Scene scene;
  scene.transport.reply(200, std::move(body)).reply(400, R"({"__type":"LimitExceededException"})");
  auto got = call(scene.client());
  BOOST_REQUIRE_MESSAGE(got, operation);
  BOOST_TEST(find_header(scene.transport.requests().at(0).headers, "x-amz-target") ==
             "Logs_20140328." + std::string(operation));
  BOOST_TEST(!find_header(scene.transport.requests().at(0).headers, "authorization").empty());
  scene.options.max_attempts = 1;
  scene.made.reset();
  const auto failed = call(scene.client());
  BOOST_REQUIRE(!failed);
  BOOST_TEST(failed.error().operation == operation);
  BOOST_TEST(failed.error().aws_code == "LimitExceededException");
  return std::move(*got);
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_call_of_each_operation) {
  BOOST_TEST(check_call("FilterLogEvents", R"({"events":[{}]})",
                        [](LogsClient& client) { return client.filter_log_events({.log_group_name = "g"}); })
                 .events()
                 .size() == 1u);
  BOOST_TEST(check_call("DescribeLogGroups", R"({"logGroups":[{}]})", [](LogsClient& client) {
               return client.describe_log_groups({});
             }).log_groups.size() == 1u);
  BOOST_TEST(check_call("ListLogGroups", R"({"logGroups":[{}]})", [](LogsClient& client) {
               return client.list_log_groups({});
             }).log_groups.size() == 1u);
  BOOST_TEST(check_call("DescribeLogStreams", R"({"logStreams":[{}]})", [](LogsClient& client) {
               return client.describe_log_streams({.log_group_name = "g"});
             }).log_streams.size() == 1u);
  BOOST_TEST(check_call("GetLogGroupFields", R"({"logGroupFields":[{}]})", [](LogsClient& client) {
               return client.get_log_group_fields({.log_group_name = "g"});
             }).size() == 1u);
  BOOST_TEST(check_call("GetLogRecord", R"({"logRecord":{"a":"b"}})", [](LogsClient& client) {
               return client.get_log_record({.log_record_pointer = "p"});
             }).fields.size() == 1u);
  BOOST_CHECK(check_call("StartQuery", R"({"queryId":"q"})", [](LogsClient& client) {
                return client.start_query({.query_string = "fields @message"});
              }).query_id == "q");
  BOOST_CHECK(check_call("GetQueryResults", R"({"status":"Running"})", [](LogsClient& client) {
                return client.get_query_results({.query_id = "q"});
              }).status == "Running");
  BOOST_CHECK(check_call("StopQuery", R"({"success":true})", [](LogsClient& client) {
                return client.stop_query({.query_id = "q"});
              }).success == true);
}

BOOST_AUTO_TEST_CASE(forward_until_the_token_repeats) {
  Scene scene;
  scene.query.start_from_head = true;
  scene.transport.reply(200, page({"a"}, "b/0", "f/1"))
      .reply(200, page({}, "b/1", "f/2"))
      .reply(200, page({"b"}, "b/2", "f/3"))
      .reply(200, page({}, "b/3", "f/3"));
  GetLogEventsPager pager(scene.client(), scene.query);
  BOOST_TEST(scene.walk(pager) == "|a||b");
  BOOST_TEST((scene.tokens_sent() == std::vector<std::string>{"-", "f/1", "f/2", "f/3"}));
  BOOST_TEST(!*pager.next());
  BOOST_TEST(scene.transport.count() == 4u);
}

BOOST_AUTO_TEST_CASE(backward_by_default) {
  Scene scene;
  scene.transport.reply(200, page({"b"}, "b/1", "f/1"))
      .reply(200, page({"a"}, "b/2", "f/1"))
      .reply(200, page({}, "b/2", "f/1"));
  GetLogEventsPager pager(scene.client(), scene.query);
  BOOST_TEST(scene.walk(pager) == "|b|a");
  BOOST_TEST((scene.tokens_sent() == std::vector<std::string>{"-", "b/1", "b/2"}));
}

BOOST_AUTO_TEST_CASE(a_stream_without_events_ends_at_once) {
  Scene scene;
  scene.query.start_from_head = true;
  scene.transport.reply(200, page({}, "b/0", "f/0")).reply(200, page({}, "b/0", "f/0"));
  GetLogEventsPager pager(scene.client(), scene.query);
  BOOST_TEST(scene.walk(pager) == "|");
}

BOOST_AUTO_TEST_CASE(it_can_begin_at_a_token) {
  Scene scene;
  scene.query.start_from_head = true;
  scene.query.next_token = "f/7";
  scene.transport.reply(200, page({"h"}, "b/7", "f/8")).reply(200, page({}, "b/8", "f/8"));
  GetLogEventsPager pager(scene.client(), scene.query);
  BOOST_TEST(scene.walk(pager) == "|h");
  BOOST_TEST((scene.tokens_sent() == std::vector<std::string>{"f/7", "f/8"}));
}

BOOST_AUTO_TEST_CASE(events_beside_a_repeated_token_are_given) {
  Scene scene;
  scene.query.start_from_head = true;
  scene.query.next_token = "f/1";
  scene.transport.reply(200, page({"late"}, "b/1", "f/1"));
  GetLogEventsPager pager(scene.client(), scene.query);
  BOOST_TEST(scene.walk(pager) == "|late");
  BOOST_TEST(scene.transport.count() == 1u);
}

BOOST_AUTO_TEST_CASE(a_page_without_tokens_is_the_last) {
  Scene scene;
  scene.transport.reply(200, R"({"events":[{"message":"x"}]})");
  GetLogEventsPager pager(scene.client(), scene.query);
  BOOST_TEST(scene.walk(pager) == "|x");
  BOOST_TEST(scene.transport.count() == 1u);
}

BOOST_AUTO_TEST_CASE(after_an_error_the_same_page_comes_again) {
  Scene scene;
  scene.options.max_attempts = 1;
  scene.query.start_from_head = true;
  scene.transport.reply(200, page({"a"}, "b/0", "f/1"))
      .reply(503)
      .reply(200, page({"b"}, "b/1", "f/2"))
      .reply(200, page({}, "b/2", "f/2"));
  GetLogEventsPager pager(scene.client(), scene.query);
  BOOST_TEST(scene.walk(pager) == "|a|!|b");
  BOOST_TEST((scene.tokens_sent() == std::vector<std::string>{"-", "f/1", "f/1", "f/2"}));
}

// T7
BOOST_AUTO_TEST_CASE(a_session_that_ends_between_two_pages_is_renewed) {
  Scene scene;
  test::ScriptedProvider sessions;
  sessions.then(test::keys("FIRST", "t", scene.clock.now() + std::chrono::hours(1)))
      .then(test::keys("SECOND", "t", scene.clock.now() + std::chrono::hours(2)));
  const auto cached = make_cached(make_reference(sessions), scene.clock, test::always(0));
  LogsClient client(scene.transport, scene.clock, *cached, scene.options);
  scene.query.start_from_head = true;
  scene.transport.reply(200, page({"a"}, "b/0", "f/1"))
      .reply(400, R"({"__type":"ExpiredTokenException","message":"expired"})")
      .reply(200, page({"b"}, "b/1", "f/2"))
      .reply(200, page({}, "b/2", "f/2"));
  GetLogEventsPager pager(client, scene.query);
  BOOST_TEST(scene.walk(pager) == "|a|b");
  BOOST_TEST((scene.tokens_sent() == std::vector<std::string>{"-", "f/1", "f/1", "f/2"}));
  BOOST_TEST(sessions.calls() == 2);
}

BOOST_AUTO_TEST_CASE(a_stop_ends_a_walk) {
  Scene scene;
  GetLogEventsPager pager(scene.client(), scene.query);
  const auto page = pager.next(test::stopped());
  BOOST_REQUIRE(!page);
  BOOST_TEST((page.error().code == Errc::cancelled));
}

BOOST_AUTO_TEST_CASE(the_settings_become_the_clients_options) {
  Settings settings;
  settings.max_attempts = 7;
  settings.retry_mode = RetryMode::adaptive;
  settings.connect_timeout = std::chrono::seconds(3);
  settings.read_timeout = std::chrono::seconds(0);
  settings.correct_clock_skew = false;
  const auto options = client_options(settings, test::endpoint());
  BOOST_TEST(options.endpoint.origin == test::endpoint().origin);
  BOOST_TEST(options.max_attempts == 7);
  BOOST_TEST((options.retry_mode == RetryMode::adaptive));
  BOOST_TEST((options.connect_timeout == std::chrono::seconds(3)));
  BOOST_TEST((options.read_timeout == std::chrono::seconds(0)));
  BOOST_TEST(!options.correct_clock_skew);
}
