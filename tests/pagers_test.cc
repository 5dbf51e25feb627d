// Pagers against a model of the service that cuts pages anywhere, gives empty
// pages, repeats tokens and forgets them, throttles, fails and lets sessions expire. Whatever it
// does, a walk gives every event once and in order, and after an Error it asks
// for the same page again. A failure names its schedule, and a schedule is its
// seed.
#define BOOST_TEST_MODULE pagers
#include <algorithm>
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "crosslog/logs.h"
#include "tests/support/fake_clock.h"
#include "tests/support/providers.h"
#include "tests/support/scripted_transport.h"

using namespace crosslog;
namespace json = boost::json;
using std::chrono::milliseconds;

namespace {

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  // In [0, below).
  std::size_t roll(std::size_t below) { return engine_() % below; }
  bool one_in(std::size_t chances) { return roll(chances) == 0; }

 private:
  std::minstd_rand engine_;
};

struct StoredEvent {
  std::int64_t timestamp;
  std::string stream, id;
};

std::string string_at(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr ? std::string(value->as_string()) : std::string();
}

// One walk's service: what it holds, and how it misbehaves.
class Service {
 public:
  explicit Service(unsigned seed) : dice(seed) {
    make_events(dice.roll(24));
    fault_chance_ = 3 + dice.roll(20);
    page_size_ = 1 + dice.roll(8);
  }

  Result<HttpResponse> answer(const HttpRequest& request) {
    bodies.push_back(request.body);
    if (dice.one_in(fault_chance_)) return fault();
    const auto target = find_header(request.headers, "x-amz-target");
    const auto input = json::parse(request.body).as_object();
    const auto operation = target.substr(target.find('.') + 1);
    const auto* token = input.if_contains("nextToken");
    if (token != nullptr && expiries > 0 && dice.one_in(12)) {
      --expiries;
      tokens_.clear();
    }
    if (token != nullptr && !tokens_.contains(std::string(token->as_string()))) return invalid();
    if (operation == "GetLogEvents") return ok(get_log_events(input));
    if (operation == "FilterLogEvents") {
      const auto* wanted = input.if_contains("logStreamNames");
      if (wanted != nullptr && wanted->as_array().size() > 100) return invalid();
      return ok(filter_log_events(input));
    }
    if (operation == "DescribeLogStreams") return ok(list("logStreams", "logStreamName", input));
    if (operation == "GetQueryResults") return ok(rows(input));
    return ok(list("logGroups", "logGroupName", input));
  }

  // Those that a query selects, in the service's order.
  [[nodiscard]] std::vector<StoredEvent> select(const std::vector<std::string>& wanted, std::int64_t from,
                                                std::int64_t to_inclusive) const {
    std::vector<StoredEvent> selected;
    for (const auto& event : events) {
      if (!wanted.empty() && std::ranges::find(wanted, event.stream) == wanted.end()) continue;
      if (event.timestamp >= from && event.timestamp <= to_inclusive) selected.push_back(event);
    }
    return selected;
  }

  Dice dice;
  int expiries = 0;                 // how often all tokens will be forgotten
  std::vector<StoredEvent> events;  // in order of time
  std::vector<std::string> streams;
  std::vector<std::string> bodies;  // of the requests
  std::vector<std::string> names;   // of groups, streams, or rows

 private:
  struct Place {
    std::size_t position = 0;
    std::size_t repeats = 0;  // how often this token will still be given back
  };

  void make_events(std::size_t count) {
    const auto stream_count = 1 + dice.roll(dice.one_in(4) ? 250 : 5);
    for (std::size_t i = 0; i < stream_count; ++i)
      streams.push_back("s" + std::to_string(i));
    std::int64_t time = 1'000;
    for (std::size_t i = 0; i < count; ++i) {
      time += static_cast<std::int64_t>(dice.roll(3));  // several in one millisecond
      events.push_back({time, streams[dice.roll(streams.size())], "e" + std::to_string(i)});
      names.push_back("n" + std::to_string(i));
    }
  }

  Result<HttpResponse> fault() {
    switch (dice.roll(6)) {
      case 0:
        return HttpResponse{400, {}, R"({"__type":"ThrottlingException","message":"Rate exceeded"})"};
      case 1:
        return HttpResponse{503, {}, ""};
      case 2:
        return HttpResponse{400, {}, R"({"__type":"ExpiredTokenException","message":"expired"})"};
      case 3:
        return HttpResponse{200, {}, "<html>"};
      case 4:
        return fail(Errc::network, "reset");
      default:
        return HttpResponse{400, {}, R"({"__type":"AccessDeniedException","message":"no"})"};
    }
  }
  static HttpResponse invalid() {
    return {
        400, {}, R"({"__type":"InvalidParameterException","message":"The specified nextToken is invalid."})"};
  }
  static HttpResponse ok(const json::object& body) { return {200, {}, json::serialize(body)}; }

  std::string make_token(std::size_t position) {
    auto token = "t" + std::to_string(made_++) + "/\"=";
    tokens_[token] = {.position = position, .repeats = dice.one_in(10) ? dice.roll(19) : 0};
    return token;
  }
  // Often nothing, although there is more.
  std::size_t cut(std::size_t left) { return dice.one_in(3) ? 0 : std::min(left, 1 + dice.roll(page_size_)); }

  static std::int64_t number(const json::object& input, std::string_view name, std::int64_t otherwise) {
    const auto* value = input.if_contains(name);
    return value != nullptr ? value->as_int64() : otherwise;
  }

  static json::array show(const std::vector<StoredEvent>& events, std::size_t begin, std::size_t end,
                          bool filtered) {
    json::array shown;
    for (std::size_t i = begin; i < end; ++i) {
      json::object event{{"timestamp", events[i].timestamp}, {"message", events[i].id}, {"ingestionTime", 5}};
      if (filtered) event["eventId"] = events[i].id;
      if (filtered) event["logStreamName"] = events[i].stream;
      shown.push_back(std::move(event));
    }
    return shown;
  }

  // Both tokens always; the end is the token that was sent. endTime is exclusive.
  json::object get_log_events(const json::object& input) {
    const auto selected = select({string_at(input, "logStreamName")}, number(input, "startTime", 0),
                                 number(input, "endTime", INT64_MAX) - 1);
    const auto* head = input.if_contains("startFromHead");
    const bool forward = head != nullptr && head->as_bool();
    const auto sent = string_at(input, "nextToken");
    const auto from = sent.empty() ? (forward ? 0 : selected.size()) : tokens_.at(sent).position;
    const auto count = cut(forward ? selected.size() - from : from);
    const auto to = forward ? from + count : from - count;
    const bool at_end = forward ? from == selected.size() : from == 0;
    const auto next = at_end && !sent.empty() && dice.one_in(2) ? sent : make_token(to);
    return {{"events", show(selected, std::min(from, to), std::max(from, to), false)},
            {forward ? "nextForwardToken" : "nextBackwardToken", next},
            {forward ? "nextBackwardToken" : "nextForwardToken", "other"}};
  }

  // A token while there is more, sometimes the same again. endTime is inclusive.
  json::object filter_log_events(const json::object& input) {
    std::vector<std::string> wanted;
    if (const auto* named = input.if_contains("logStreamNames")) {
      for (const auto& name : named->as_array())
        wanted.emplace_back(name.as_string());
    }
    const auto selected = select(wanted, number(input, "startTime", 0), number(input, "endTime", INT64_MAX));
    return page(input, selected.size(), "events",
                [&](std::size_t begin, std::size_t end) { return show(selected, begin, end, true); });
  }

  json::object list(std::string_view member, std::string_view name, const json::object& input) {
    return page(input, names.size(), member, [&](std::size_t begin, std::size_t end) {
      json::array shown;
      for (std::size_t i = begin; i < end; ++i)
        shown.push_back(json::object{{name, names[i]}});
      return shown;
    });
  }

  json::object rows(const json::object& input) {
    auto answer = page(input, names.size(), "results", [&](std::size_t begin, std::size_t end) {
      json::array shown;
      for (std::size_t i = begin; i < end; ++i)
        shown.push_back(json::array{json::object{{"field", "@ptr"}, {"value", names[i]}}});
      return shown;
    });
    answer["status"] = "Complete";
    return answer;
  }

  template <class Show>
  json::object page(const json::object& input, std::size_t size, std::string_view member, Show show_items) {
    const auto sent = string_at(input, "nextToken");
    if (!sent.empty() && tokens_.at(sent).repeats > 0) {
      --tokens_.at(sent).repeats;
      return {{member, json::array()}, {"nextToken", sent}};
    }
    const auto from = sent.empty() ? 0 : tokens_.at(sent).position;
    const auto to = from + cut(size - from);
    json::object answer{{member, show_items(from, to)}};
    if (to < size || dice.one_in(4)) answer["nextToken"] = make_token(to);
    return answer;
  }

  std::map<std::string, Place> tokens_;
  int made_ = 0;
  std::size_t fault_chance_, page_size_;
};

struct Scene {
  explicit Scene(unsigned seed) : service(seed) {
    transport.otherwise([this](const HttpRequest& request) { return service.answer(request); });
    provider.then([this](std::stop_token) -> Result<Credentials> {
      return test::keys("KEY" + std::to_string(++sessions), "session");
    });
    ClientOptions options;
    options.endpoint = test::endpoint("https://logs.eu-west-1.amazonaws.com", "logs");
    options.random = test::always(0);
    options.max_attempts = 1 + static_cast<int>(service.dice.roll(3));
    client.emplace(transport, clock, provider, options);
  }

  // The pages' items, as `names_of` gives them; an Error is followed by the same
  // request again.
  template <class Pager, class Function>
  std::vector<std::vector<std::string>> walk(Pager& pager, Function names_of) {
    std::vector<std::vector<std::string>> pages;
    std::optional<std::string> failed;
    for (int steps = 0; steps < 10'000; ++steps) {
      service.bodies.clear();
      const auto page = pager.next();
      if (failed) BOOST_TEST(service.bodies.at(0) == *failed);
      failed.reset();
      if (page && !*page) return pages;
      if (page) pages.push_back(names_of(**page));
      if (!page) failed = service.bodies.back();
    }
    BOOST_ERROR("the walk does not end");
    return pages;
  }

  int sessions = 0;
  Service service;
  test::FakeClock clock;
  test::ScriptedTransport transport;
  test::ScriptedProvider provider;
  std::optional<LogsClient> client;
};

std::vector<std::string> ids(const std::vector<StoredEvent>& events) {
  std::vector<std::string> out;
  std::ranges::transform(events, std::back_inserter(out), &StoredEvent::id);
  return out;
}

std::vector<std::string> messages_of(const EventPage& page) {
  std::vector<std::string> out;
  for (const auto& event : page.events())
    out.emplace_back(event.message);
  return out;
}

using Pages = std::vector<std::vector<std::string>>;

std::vector<std::string> joined(const Pages& pages) {
  std::vector<std::string> out;
  for (const auto& page : pages)
    out.insert(out.end(), page.begin(), page.end());
  return out;
}

void check_same(const std::vector<std::string>& got, const std::vector<std::string>& expected) {
  BOOST_TEST(got == expected, boost::test_tools::per_element());
}

constexpr unsigned kSchedules = 400;

template <class Function>
void for_each_schedule(Function check) {
  for (unsigned seed = 1; seed <= kSchedules; ++seed) {
    BOOST_TEST_CONTEXT("schedule " << seed) {
      Scene scene(seed);
      check(scene);
    }
  }
}

std::optional<std::int64_t> maybe_time(Dice& dice) {
  if (dice.one_in(2)) return std::nullopt;
  return 1'000 + static_cast<std::int64_t>(dice.roll(60));
}

GetLogEvents random_get(Scene& scene) {
  scene.service.expiries = static_cast<int>(scene.service.dice.roll(4));
  GetLogEvents query;
  query.log_group_name = "g";
  query.log_stream_name = scene.service.streams.front();
  query.start_time = maybe_time(scene.service.dice);
  query.end_time = maybe_time(scene.service.dice);
  return query;
}

std::vector<std::string> expected_of(const Scene& scene, const GetLogEvents& query) {
  return ids(scene.service.select({query.log_stream_name}, query.start_time.value_or(0),
                                  query.end_time.value_or(INT64_MAX) - 1));
}

}  // namespace

BOOST_AUTO_TEST_CASE(forward_over_one_stream_gives_every_event_once) {
  for_each_schedule([](Scene& scene) {
    auto query = random_get(scene);
    query.start_from_head = true;
    GetLogEventsPager pager(*scene.client, query);
    check_same(joined(scene.walk(pager, messages_of)), expected_of(scene, query));
  });
}

BOOST_AUTO_TEST_CASE(backward_over_one_stream_gives_every_event_once) {
  for_each_schedule([](Scene& scene) {
    const auto query = random_get(scene);
    GetLogEventsPager pager(*scene.client, query);
    auto pages = scene.walk(pager, messages_of);
    std::ranges::reverse(pages);
    check_same(joined(pages), expected_of(scene, query));
  });
}

BOOST_AUTO_TEST_CASE(a_filter_gives_every_event_once) {
  for_each_schedule([](Scene& scene) {
    scene.service.expiries = static_cast<int>(scene.service.dice.roll(4));
    FilterLogEvents query{.log_group_name = "g"};
    query.start_time = maybe_time(scene.service.dice);
    query.end_time = maybe_time(scene.service.dice);
    FilterLogEventsPager pager(*scene.client, query);
    check_same(
        joined(scene.walk(pager, messages_of)),
        ids(scene.service.select({}, query.start_time.value_or(0), query.end_time.value_or(INT64_MAX))));
  });
}

BOOST_AUTO_TEST_CASE(any_number_of_streams_gives_every_event_once) {
  for_each_schedule([](Scene& scene) {
    auto& service = scene.service;
    service.expiries = static_cast<int>(service.dice.roll(4));
    FilterLogEvents query{.log_group_name = "g"};
    std::vector<std::string> expected;
    for (std::size_t i = 0; i < service.streams.size(); i += 100) {
      const auto end = std::min(service.streams.size(), i + 100);
      const std::vector<std::string> hundred(service.streams.begin() + static_cast<std::ptrdiff_t>(i),
                                             service.streams.begin() + static_cast<std::ptrdiff_t>(end));
      for (const auto& name : hundred) {
        query.log_stream_names.push_back(name);
        if (service.dice.one_in(9))
          query.log_stream_names.push_back(service.streams[service.dice.roll(i + 1)]);
      }
      const auto part = ids(service.select(hundred, 0, INT64_MAX));
      expected.insert(expected.end(), part.begin(), part.end());
    }
    FilterLogEventsPager pager(*scene.client, query);
    check_same(joined(scene.walk(pager, messages_of)), expected);
  });
}

BOOST_AUTO_TEST_CASE(lists_give_every_item_once) {
  for_each_schedule([](Scene& scene) {
    const auto& names = scene.service.names;
    DescribeLogGroupsPager groups(*scene.client, {});
    check_same(joined(scene.walk(groups,
                                 [](const LogGroupPage& page) {
                                   std::vector<std::string> out;
                                   for (const auto& group : page.log_groups)
                                     out.push_back(group.log_group_name.value());
                                   return out;
                                 })),
               names);
    ListLogGroupsPager summaries(*scene.client, {});
    check_same(joined(scene.walk(summaries,
                                 [](const LogGroupSummaryPage& page) {
                                   std::vector<std::string> out;
                                   for (const auto& group : page.log_groups)
                                     out.push_back(group.log_group_name.value());
                                   return out;
                                 })),
               names);
  });
}

BOOST_AUTO_TEST_CASE(streams_and_rows_are_given_once) {
  for_each_schedule([](Scene& scene) {
    const auto& names = scene.service.names;
    DescribeLogStreamsPager streams(*scene.client, {.log_group_name = "g"});
    check_same(joined(scene.walk(streams,
                                 [](const LogStreamPage& page) {
                                   std::vector<std::string> out;
                                   for (const auto& stream : page.log_streams)
                                     out.push_back(stream.log_stream_name.value());
                                   return out;
                                 })),
               names);
    GetQueryResultsPager rows(*scene.client, {.query_id = "q"});
    check_same(joined(scene.walk(rows,
                                 [](const QueryResultPage& page) {
                                   std::vector<std::string> out;
                                   for (const auto& row : page.results)
                                     out.push_back(row.at(0).value.value());
                                   return out;
                                 })),
               names);
  });
}

namespace {

struct Script {
  Script() {
    provider.then(test::keys());
    ClientOptions options;
    options.endpoint = test::endpoint("https://logs.eu-west-1.amazonaws.com", "logs");
    options.random = test::always(0);
    client.emplace(transport, clock, provider, options);
  }
  Script& page(std::string_view events, std::string_view token = {}) {
    std::string body = R"({"events":[)" + std::string(events) + "]";
    if (!token.empty()) body += R"(,"nextToken":")" + std::string(token) + R"(")";
    transport.reply(200, body + "}");
    return *this;
  }
  json::object sent(std::size_t index) {
    return json::parse(transport.requests().at(index).body).as_object();
  }

  test::FakeClock clock;
  test::ScriptedTransport transport;
  test::ScriptedProvider provider;
  std::optional<LogsClient> client;
};

constexpr std::string_view kEvent = R"({"message":"m","eventId":"1"})";

}  // namespace

BOOST_AUTO_TEST_CASE(a_filter_ends_without_a_token_and_empty_pages_are_no_end) {
  Script script;
  script.page("", "t1").page(kEvent, "t2").page("");
  FilterLogEventsPager pager(*script.client, {.log_group_name = "g"});
  BOOST_TEST((*pager.next())->events().empty());
  BOOST_TEST(pager.empty_pages_in_a_row() == 1u);
  BOOST_TEST((*pager.next())->events().size() == 1u);
  BOOST_TEST(pager.empty_pages_in_a_row() == 0u);
  BOOST_TEST((*pager.next())->events().empty());
  BOOST_TEST(!*pager.next());
  BOOST_TEST(!*pager.next());
  BOOST_TEST(script.transport.count() == 3u);
}

BOOST_AUTO_TEST_CASE(a_walk_can_begin_at_a_token) {
  Script script;
  script.page(kEvent);
  FilterLogEventsPager pager(*script.client,
                             {.log_group_name = "g", .log_stream_names = {"s"}, .next_token = "t7"});
  BOOST_TEST(pager.next().value().has_value());
  BOOST_TEST(script.sent(0).at("nextToken").as_string() == "t7");
}

BOOST_AUTO_TEST_CASE(a_token_cannot_say_which_hundred_of_streams_it_is_of) {
  Script script;
  FilterLogEvents query{.log_group_name = "g", .next_token = "t7"};
  for (int i = 0; i < 101; ++i)
    query.log_stream_names.push_back(std::to_string(i));
  FilterLogEventsPager pager(*script.client, query);
  const auto page = pager.next();
  BOOST_REQUIRE(!page);
  BOOST_TEST((page.error().code == Errc::invalid_argument));
  BOOST_TEST(script.transport.count() == 0u);
}

BOOST_AUTO_TEST_CASE(streams_are_asked_for_by_the_hundred_each_once) {
  Script script;
  FilterLogEvents query{.log_group_name = "g"};
  for (int i = 0; i < 250; ++i)
    query.log_stream_names.push_back(std::to_string(i % 201));
  script.page("", "t1").page("").page("", "t2").page("").page("");
  FilterLogEventsPager pager(*script.client, query);
  for (int i = 0; i < 5; ++i)
    BOOST_TEST(pager.next().value().has_value());
  BOOST_TEST(!*pager.next());
  const std::size_t sizes[] = {100, 100, 100, 100, 1};
  for (std::size_t i = 0; i < 5; ++i)
    BOOST_TEST(script.sent(i).at("logStreamNames").as_array().size() == sizes[i]);
  BOOST_TEST(!script.sent(2).contains("nextToken"));
  BOOST_TEST(script.sent(3).at("nextToken").as_string() == "t2");
  BOOST_TEST(script.sent(4).at("logStreamNames").as_array().at(0).as_string() == "200");
}

// L3
BOOST_AUTO_TEST_CASE(twenty_identical_tokens_with_nothing_are_an_error) {
  Script script;
  for (int i = 0; i < 21; ++i)
    script.page("", "same");
  script.page(kEvent);
  FilterLogEventsPager pager(*script.client, {.log_group_name = "g"});
  for (int i = 0; i < 19; ++i)
    BOOST_TEST(pager.next().value().has_value());
  for (int again = 0; again < 2; ++again) {
    const auto page = pager.next();
    BOOST_REQUIRE(!page);
    BOOST_TEST((page.error().code == Errc::protocol));
    BOOST_TEST(page.error().message ==
               "Error during pagination: the same nextToken came 20 times in a row, and nothing with it");
  }
  BOOST_TEST((*pager.next())->events().size() == 1u);  // the same page, when it comes after all
  BOOST_TEST(script.sent(21).at("nextToken").as_string() == "same");
  BOOST_TEST(!*pager.next());
}

// L3
BOOST_AUTO_TEST_CASE(identical_tokens_with_events_are_followed) {
  Script script;
  for (int i = 0; i < 30; ++i)
    script.page(kEvent, "same");
  script.page("");
  FilterLogEventsPager pager(*script.client, {.log_group_name = "g"});
  for (int i = 0; i < 31; ++i)
    BOOST_TEST(pager.next().value().has_value());
  BOOST_TEST(!*pager.next());
}

// L4
BOOST_AUTO_TEST_CASE(endless_empty_pages_make_requests_rarer) {
  Script script;
  for (int i = 0; i < 20; ++i)
    script.page("", "t" + std::to_string(i));
  script.page(kEvent, "u").page("", "v").page("");
  FilterLogEventsPager pager(*script.client, {.log_group_name = "g"});
  for (std::size_t i = 1; i <= 20; ++i) {
    BOOST_TEST(pager.next().value().has_value());
    BOOST_TEST(pager.empty_pages_in_a_row() == i);
  }
  std::vector<milliseconds::rep> sleeps;
  for (const auto sleep : script.clock.sleeps())
    sleeps.push_back(sleep.count());
  const std::vector<milliseconds::rep> expected{31, 62, 125, 250, 500, 1000, 1000, 1000, 1000, 1000};
  BOOST_TEST(sleeps == expected, boost::test_tools::per_element());
  script.clock.advance(milliseconds(400));  // what the caller does meanwhile counts
  BOOST_TEST(pager.next().value().has_value());
  BOOST_TEST(script.clock.sleeps().back().count() == 600);
  BOOST_TEST(pager.next().value().has_value());  // after an event it is quick again
  BOOST_TEST(pager.next().value().has_value());
  BOOST_TEST(script.clock.sleeps().size() == 11u);
}

BOOST_AUTO_TEST_CASE(a_stop_ends_the_pause_between_empty_pages) {
  Script script;
  for (int i = 0; i < 10; ++i)
    script.page("", "t" + std::to_string(i));
  FilterLogEventsPager pager(*script.client, {.log_group_name = "g"});
  for (int i = 0; i < 10; ++i)
    BOOST_TEST(pager.next().value().has_value());
  const auto page = pager.next(test::stopped());
  BOOST_REQUIRE(!page);
  BOOST_TEST((page.error().code == Errc::cancelled));
  BOOST_TEST(script.transport.count() == 10u);
}

// L4
BOOST_AUTO_TEST_CASE(one_streams_empty_pages_make_requests_rarer) {
  Script script;
  for (int i = 0; i < 30; ++i)
    script.transport.reply(200, R"({"events":[],"nextBackwardToken":"b/)" + std::to_string(i) + R"("})");
  GetLogEventsPager pager(*script.client, {.log_group_name = "g", .log_stream_name = "s"});
  for (int i = 0; i < 30; ++i)
    BOOST_TEST(pager.next().value().has_value());
  BOOST_TEST(script.clock.sleeps().back().count() == 1'000);
  BOOST_TEST(pager.empty_pages_in_a_row() == 30u);
}

namespace {

constexpr std::string_view kForgotten =
    R"({"__type":"InvalidParameterException","message":"The specified nextToken is invalid."})";

std::string event(int time, std::string_view message, std::string_view id = {}) {
  json::object shown{{"timestamp", time}, {"message", message}, {"ingestionTime", 9}};
  if (!id.empty()) shown["eventId"] = id;
  return json::serialize(shown);
}

}  // namespace

// L10
BOOST_AUTO_TEST_CASE(a_forgotten_token_is_a_new_beginning_at_the_last_millisecond) {
  Script script;
  script.page(event(1, "a", "1") + "," + event(2, "b", "2") + "," + event(2, "b", "3"), "t1");
  script.transport.reply(400, std::string(kForgotten));
  script.page(event(2, "b", "2"), "t2");
  script.page(event(2, "b", "3") + "," + event(2, "b", "4") + "," + event(3, "c", "5"));
  FilterLogEventsPager pager(*script.client, {.log_group_name = "g", .start_time = 0, .end_time = 9});
  BOOST_TEST((*pager.next())->events().size() == 3u);
  BOOST_TEST((*pager.next())->events().empty());
  const auto last = pager.next();
  BOOST_REQUIRE((*last)->events().size() == 2u);
  BOOST_TEST((*last)->events()[0].event_id == "4");
  BOOST_TEST(!*pager.next());
  BOOST_TEST(script.sent(2).at("startTime").as_int64() == 2);
  BOOST_TEST(script.sent(2).at("endTime").as_int64() == 9);
  BOOST_TEST(!script.sent(2).contains("nextToken"));
}

// L10
BOOST_AUTO_TEST_CASE(newest_first_begins_again_at_the_oldest_so_far) {
  Script script;
  script.page(event(5, "e", "5") + "," + event(4, "d", "4"), "t1");
  script.transport.reply(400, std::string(kForgotten));
  script.page(event(4, "d", "4") + "," + event(3, "c", "3"));
  FilterLogEventsPager pager(*script.client, {.log_group_name = "g", .start_from_head = false});
  BOOST_TEST((*pager.next())->events().size() == 2u);
  BOOST_TEST((*pager.next())->events().size() == 1u);
  BOOST_TEST(script.sent(2).at("endTime").as_int64() == 4);
}

// L10
BOOST_AUTO_TEST_CASE(equal_events_of_one_stream_are_counted) {
  Script script;
  const auto page = [&](const std::string& events, std::string_view token) {
    script.transport.reply(
        200, R"({"events":[)" + events + R"(],"nextBackwardToken":")" + std::string(token) + R"("})");
  };
  page(event(7, "x") + "," + event(7, "x") + "," + event(8, "y"), "b1");
  script.transport.reply(400, std::string(kForgotten));
  page(event(6, "w") + "," + event(7, "x") + "," + event(7, "x") + "," + event(7, "x"), "b2");
  page("", "b2");
  GetLogEventsPager pager(*script.client, {.log_group_name = "g", .log_stream_name = "s"});
  BOOST_TEST((*pager.next())->events().size() == 3u);
  const auto second = pager.next();
  BOOST_REQUIRE((*second)->events().size() == 2u);
  BOOST_TEST((*second)->events()[0].message == "w");
  BOOST_TEST((*second)->events()[1].message == "x");
  BOOST_TEST(!*pager.next());
  BOOST_TEST(script.sent(2).at("endTime").as_int64() == 8);  // exclusive
}

// L10
BOOST_AUTO_TEST_CASE(what_is_refused_for_another_reason_stays_refused) {
  Script script;
  script.transport.otherwise(
      [](const HttpRequest&) { return HttpResponse{400, {}, std::string(kForgotten)}; });
  const auto refused = [&](auto&& pager) {
    const auto before = script.transport.count();
    const auto page = pager.next();
    BOOST_REQUIRE(!page);
    BOOST_TEST(page.error().aws_code == "InvalidParameterException");
    return script.transport.count() - before;
  };
  BOOST_TEST(refused(FilterLogEventsPager(*script.client, {.log_group_name = "g"})) == 1u);
  // A token of the caller's: nobody knows where it stood.
  BOOST_TEST(refused(FilterLogEventsPager(*script.client, {.log_group_name = "g", .next_token = "t"})) == 1u);
  BOOST_TEST(refused(GetLogEventsPager(*script.client, {.log_group_name = "g", .next_token = "t"})) == 1u);
}

// L10
BOOST_AUTO_TEST_CASE(new_beginnings_without_a_new_event_come_to_an_end) {
  Script script;
  script.page(event(1, "a", "1"), "t");
  for (int i = 0; i < 3; ++i) {
    script.transport.reply(400, std::string(kForgotten));
    script.page(event(1, "a", "1"), "t");
  }
  script.transport.reply(400, std::string(kForgotten));
  FilterLogEventsPager pager(*script.client, {.log_group_name = "g"});
  for (int i = 0; i < 4; ++i)
    BOOST_TEST(pager.next().value().has_value());
  BOOST_TEST(!pager.next());
  BOOST_TEST(script.transport.left() == 0u);
}

BOOST_AUTO_TEST_CASE(events_without_a_time_cannot_begin_again) {
  Script script;
  script.page(kEvent, "t");
  script.transport.reply(400, std::string(kForgotten));
  FilterLogEventsPager pager(*script.client, {.log_group_name = "g"});
  BOOST_TEST(pager.next().value().has_value());
  BOOST_TEST(!pager.next());
}
