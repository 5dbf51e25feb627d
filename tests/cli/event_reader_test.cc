// Every event once and in order, whatever the pages look like: a service that cuts,
// empties, repeats and refuses as the real one may, beside the plain answer.
#define BOOST_TEST_MODULE cli_event_reader
#include "cli/event_reader.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <map>
#include <random>
#include <set>

#include "tests/support/providers.h"

namespace {

using namespace crosslog;
using namespace crosslog::cli;
using std::chrono::milliseconds;

struct Event {
  std::int64_t time = 0;
  std::string stream, message;
  int id = 0;
};

std::int64_t number_of(const Document& map, std::string_view name, std::int64_t otherwise) {
  const Document* member = map.find(name);
  return member == nullptr ? otherwise : *member->integer();
}

// Time passes only by waiting.
class FakeClock final : public Clock {
 public:
  TimePoint now() noexcept override { return TimePoint(milliseconds(now_)); }
  std::chrono::steady_clock::time_point steady_now() noexcept override {
    return std::chrono::steady_clock::time_point(milliseconds(now_));
  }
  bool sleep_for(milliseconds d, std::stop_token stop) override {
    now_ += d.count();
    longest = std::max(longest, d);
    return !stop.stop_requested();
  }
  std::int64_t now_ = kReadsBackwardsFrom + 10'000'000;
  milliseconds longest{0};
};

struct FakeService {
  std::vector<Event> events;  // in the service's order
  std::mt19937 random{1};
  bool knows_backwards = true;
  unsigned long empty = 0, repeated = 0, again = 0, refused = 0;  // per cent of pages
  std::size_t most = 7;                                           // events a page
  FakeClock clock{};
  std::vector<Document> requests{};
  std::vector<std::string> notes{};
  std::stop_source stop{};
  std::size_t next_refusal = 0;  // requests until a token may expire again
  int latency = 0;
  std::map<std::string, std::pair<std::size_t, Document>> tokens{};  // where a page begins
  std::set<std::string> repeats{};

  bool happens(unsigned long percent) { return random() % 100 < percent; }

  std::vector<Event> chosen(const Document& query, bool backwards) const {
    std::vector<Event> out;
    const Document* names = query.find("logStreamNames");
    const Document* prefix = query.find("logStreamNamePrefix");
    const Document* filter = query.find("filterPattern");
    for (const auto& event : events) {
      if (event.time < number_of(query, "startTime", 0)) continue;
      if (event.time > number_of(query, "endTime", INT64_MAX)) continue;
      if (names != nullptr &&
          std::ranges::find(*names->list(), Document(event.stream)) == names->list()->end())
        continue;
      if (prefix != nullptr && !event.stream.starts_with(*prefix->string())) continue;
      if (filter != nullptr && !event.message.contains(*filter->string())) continue;
      out.push_back(event);
    }
    if (backwards) std::ranges::reverse(out);
    return out;
  }

  Outcome<Document> call(std::string_view operation, const Document& query) {
    BOOST_TEST_REQUIRE(operation == "FilterLogEvents");
    requests.push_back(query);
    clock.now_ += latency;
    if (const Document* names = query.find("logStreamNames"))
      BOOST_TEST_REQUIRE(names->list()->size() <= 100u);
    const bool backwards = knows_backwards && query.find("startFromHead") != nullptr;
    const Document* token = query.find("nextToken");
    std::size_t from = 0;
    if (token != nullptr) {
      BOOST_TEST_REQUIRE(tokens.contains(*token->string()));
      if (requests.size() > next_refusal && happens(refused)) {
        next_refusal = requests.size() + 300;
        Error error{.code = Errc::service, .message = "The specified nextToken is expired.", .hints = {}};
        error.aws_code = "InvalidParameterException";
        error.operation = "FilterLogEvents";
        return std::unexpected(to_failure(std::move(error)));
      }
      from = tokens.at(*token->string()).first;
    }
    const auto all = chosen(query, backwards);
    std::size_t count = happens(empty) ? 0 : 1 + random() % most;
    count = std::min<std::size_t>(
        {count, static_cast<std::size_t>(number_of(query, "limit", 10'000)), all.size() - from});
    // A page that begins with events which came already.
    const std::size_t twice =
        from == 0 || !happens(again) ? 0 : 1 + random() % std::min<std::size_t>(from, 5);
    Document::List list;
    for (std::size_t i = from - twice; i < from + count; ++i) {
      const Event& event = all[i];
      list.emplace_back(Document::Map{{"logStreamName", event.stream},
                                      {"timestamp", event.time},
                                      {"message", event.message},
                                      {"ingestionTime", event.time + 5},
                                      {"eventId", std::to_string(event.id)}});
    }
    Document::Map answer{{"events", std::move(list)}};
    const bool same = token != nullptr && count == 0 && happens(repeated);
    if (same) {
      answer.emplace_back("nextToken", *token);
    } else if (from + count < all.size()) {
      const std::string next = "t" + std::to_string(tokens.size());
      tokens[next] = {from + count, Document()};
      answer.emplace_back("nextToken", next);
    }
    return Document(std::move(answer));
  }

  void fill(std::size_t count, std::int64_t span, std::size_t streams) {
    for (std::size_t i = 0; i < count; ++i) {
      events.push_back(
          {.time = clock.now_ - static_cast<std::int64_t>(random() % static_cast<unsigned long>(span)),
           .stream = "s" + std::to_string(random() % streams),
           .message = random() % 3 == 0 ? "ERROR" : "fine"});
    }
    std::ranges::sort(events, {}, &Event::time);
    for (std::size_t i = 0; i < events.size(); ++i)
      events[i].id = static_cast<int>(i);
  }
};

// A client of a service that is a function, and a reader on it.
class Reading {
 public:
  using Answer = std::function<Outcome<Document>(std::string_view operation, const Document& query)>;

  Reading(Answer answer, Clock& clock, EventReader::Note note = {}, std::stop_token stop = {})
      : transport_(std::move(answer)),
        client_(transport_, clock, provider_, options()),
        reader_(client_, std::move(note), std::move(stop)) {
    provider_.then(test::keys());
  }
  explicit Reading(FakeService& service)
      : Reading([&service](std::string_view operation,
                           const Document& query) { return service.call(operation, query); },
                service.clock, [&service](std::string_view note) { service.notes.emplace_back(note); },
                service.stop.get_token()) {}

  EventReader* operator->() { return &reader_; }

 private:
  struct ServiceTransport : Transport {
    explicit ServiceTransport(Answer given) : answer(std::move(given)) {}
    Result<HttpResponse> send(const HttpRequest& request, std::stop_token) override {
      const auto target = find_header(request.headers, "x-amz-target");
      const auto given = answer(target.substr(target.find('.') + 1), parse_json(request.body).value());
      if (given) return HttpResponse{200, {}, write_json(*given)};
      return HttpResponse{400, {}, write_json(Document::Map{{"__type", given.error().error.aws_code}})};
    }
    Answer answer;
  };
  static ClientOptions options() {
    ClientOptions options;
    options.endpoint = test::endpoint("https://logs.eu-west-1.amazonaws.com", "logs");
    options.random = [] { return 0.0; };
    return options;
  }

  ServiceTransport transport_;
  test::ScriptedProvider provider_;
  LogsClient client_;
  EventReader reader_;
};

EventQuery query_of(std::int64_t start) {
  EventQuery query;
  query.group = Document::Map{{"logGroupName", "G"}};
  query.start = start;
  return query;
}

std::vector<int> ids_of(std::span<const LogEvent> events) {
  std::vector<int> out;
  for (const auto& event : events)
    out.push_back(std::stoi(std::string(event.event_id)));
  return out;
}

std::vector<int> read(FakeService& service, const EventQuery& query) {
  std::vector<int> out;
  Reading reader(service);
  const auto done = reader->each(query, [&](std::span<const LogEvent> events) -> Outcome<void> {
    BOOST_TEST(!events.empty());
    std::ranges::copy(ids_of(events), std::back_inserter(out));
    return {};
  });
  BOOST_REQUIRE_MESSAGE(done, (done ? "" : done.error().message + done.error().error.message));
  return out;
}

std::vector<int> read_last(FakeService& service, const EventQuery& query, std::size_t count) {
  std::vector<int> out;
  Reading reader(service);
  const auto done = reader->last(query, count, [&](std::span<const LogEvent> events) -> Outcome<void> {
    out = ids_of(events);
    return {};
  });
  BOOST_TEST_REQUIRE(done.has_value());
  return out;
}

// The times of ids: in one millisecond the order among batches is open.
std::vector<std::int64_t> times_of(const FakeService& service, const std::vector<int>& ids) {
  std::vector<std::int64_t> out;
  for (const int id : ids)
    out.push_back(service.events[static_cast<std::size_t>(id)].time);
  return out;
}

FakeService random_service(unsigned seed) {
  FakeService service{.events = {}, .random = std::mt19937(seed)};
  auto& random = service.random;
  service.empty = random() % 60;
  service.repeated = random() % 30;
  service.again = random() % 50;
  service.refused = random() % 2 == 0 ? random() % 20 : 0;
  service.most = 1 + random() % 12;
  service.knows_backwards = random() % 2 == 0;
  service.fill(random() % 120, random() % 2 == 0 ? 50 : 5'000'000, 1 + random() % 4);
  return service;
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_event_once_and_in_order) {
  for (unsigned seed = 0; seed < 400; ++seed) {
    FakeService service = random_service(seed);
    EventQuery query = query_of(service.clock.now_ - 4'000'000);
    if (seed % 3 == 0) query.end = service.clock.now_ - 20;
    if (seed % 4 == 1) query.prefix = "s1";
    if (seed % 4 == 2) query.streams = {"s0", "s2", "s0"};
    if (seed % 5 == 0) query.filter = "ERROR";
    std::vector<int> expected;
    for (const auto& event : service.events) {
      const bool in_time = event.time >= *query.start && event.time <= query.end.value_or(INT64_MAX);
      const bool in_streams = query.streams.empty() ? event.stream.starts_with(query.prefix)
                                                    : event.stream == "s0" || event.stream == "s2";
      if (in_time && in_streams && event.message.contains(query.filter)) expected.push_back(event.id);
    }
    const auto ids = read(service, query);
    BOOST_TEST(ids == expected, "seed " << seed);
    if (ids != expected) break;
  }
}

BOOST_AUTO_TEST_CASE(the_last_are_the_last) {
  for (unsigned seed = 0; seed < 400; ++seed) {
    FakeService service = random_service(seed);
    service.refused = 0;
    const std::size_t count = 1 + service.random() % 40;
    EventQuery query = query_of(seed % 3 == 0 ? service.clock.now_ - 4'000'000 : kReadsBackwardsFrom);
    if (seed % 7 == 0) query.start = 0;
    if (seed % 4 == 0) query.end = service.clock.now_ - 20;
    std::vector<int> expected;
    for (const auto& event : service.events) {
      if (event.time >= *query.start && event.time <= query.end.value_or(INT64_MAX))
        expected.push_back(event.id);
    }
    if (expected.size() > count)
      expected.erase(expected.begin(), expected.end() - static_cast<std::ptrdiff_t>(count));
    const auto ids = read_last(service, query, count);
    BOOST_TEST(times_of(service, ids) == times_of(service, expected), "seed " << seed);
    BOOST_TEST(std::set<int>(ids.begin(), ids.end()).size() == ids.size());
    if (times_of(service, ids) != times_of(service, expected)) break;
  }
}

BOOST_AUTO_TEST_CASE(the_newest_are_asked_for_and_no_more) {
  FakeService service;
  service.most = 10'000;
  service.fill(5'000, 5'000'000, 3);
  const auto ids = read_last(service, query_of(kReadsBackwardsFrom), 3);
  BOOST_TEST(ids == (std::vector<int>{4'997, 4'998, 4'999}));
  BOOST_TEST(service.requests.size() == 1u);
  BOOST_TEST(write_json(*service.requests.front().find("startFromHead")) == "false");
}

BOOST_AUTO_TEST_CASE(a_service_that_reads_forward_only_is_asked_for_windows) {
  FakeService service;
  service.knows_backwards = false;
  service.most = 10'000;
  service.fill(2'000, 5'000'000, 3);
  const auto ids = read_last(service, query_of(kReadsBackwardsFrom), 100);
  BOOST_TEST(ids.size() == 100u);
  BOOST_TEST(ids.back() == 1'999);
  BOOST_TEST(service.requests.size() < 8u);
  for (std::size_t i = 2; i < service.requests.size(); ++i) {
    BOOST_TEST(number_of(service.requests[i], "endTime", 0) + 1 ==
               number_of(service.requests[i - 1], "startTime", 0));
  }
}

BOOST_AUTO_TEST_CASE(before_the_service_reads_backwards_windows_do) {
  FakeService service;
  service.fill(50, 5'000'000, 3);
  BOOST_TEST(read_last(service, query_of(kReadsBackwardsFrom - 1), 1'000).size() == 50u);
  for (const auto& request : service.requests)
    BOOST_TEST((request.find("startFromHead") == nullptr));
}

BOOST_AUTO_TEST_CASE(ten_thousand_events_in_one_millisecond) {
  FakeService service;
  service.most = 900;
  service.again = 100;
  service.fill(10'000, 1, 1);
  BOOST_TEST(read(service, query_of(0)).size() == 10'000u);
}

BOOST_AUTO_TEST_CASE(more_than_a_hundred_streams_are_merged_in_the_order_of_time) {
  FakeService service;
  service.empty = 20;
  service.again = 20;
  service.fill(3'000, 5'000'000, 250);
  EventQuery query = query_of(0);
  for (int i = 0; i < 250; ++i)
    query.streams.push_back("s" + std::to_string(i));
  const auto ids = read(service, query);
  BOOST_TEST(ids.size() == 3'000u);
  BOOST_TEST(std::set<int>(ids.begin(), ids.end()).size() == 3'000u);
  BOOST_TEST(std::ranges::is_sorted(times_of(service, ids)));
  query.start = kReadsBackwardsFrom;
  const auto last = read_last(service, query, 20);
  BOOST_TEST(times_of(service, last) == times_of(service, std::vector<int>(ids.end() - 20, ids.end())));
}

BOOST_AUTO_TEST_CASE(a_token_that_leads_nowhere_is_an_error) {
  FakeClock clock;
  int calls = 0;
  Reading reader(
      [&](std::string_view, const Document&) -> Outcome<Document> {
        ++calls;
        return Document(Document::Map{{"events", Document::List{}}, {"nextToken", "same"}});
      },
      clock);
  const auto done = reader->each(query_of(0), [](std::span<const LogEvent>) { return Outcome<void>(); });
  BOOST_REQUIRE(!done);
  BOOST_TEST(done.error().message.contains("the same nextToken came 20 times"));
  BOOST_TEST(calls == 20);
}

BOOST_AUTO_TEST_CASE(endless_empty_pages_become_rare_and_are_told_of) {
  FakeClock clock;
  int calls = 0;
  std::stop_source stop;
  std::vector<std::string> notes;
  Reading reader(
      [&](std::string_view, const Document&) -> Outcome<Document> {
        if (++calls == 100) stop.request_stop();
        return Document(Document::Map{{"events", Document::List{}}, {"nextToken", std::to_string(calls)}});
      },
      clock, [&](std::string_view note) { notes.emplace_back(note); }, stop.get_token());
  const auto done = reader->each(query_of(0), [](std::span<const LogEvent>) { return Outcome<void>(); });
  BOOST_REQUIRE(!done);
  BOOST_TEST((done.error().kind == Failure::Kind::cancelled));
  BOOST_TEST(clock.longest.count() == 1'000);
  BOOST_REQUIRE(!notes.empty());
  BOOST_TEST(notes.size() < 25u);
  BOOST_TEST(notes.front().starts_with("still reading: "));
}

BOOST_AUTO_TEST_CASE(what_is_no_page_is_an_error) {
  for (const char* body : {"{}", R"({"nextToken":"x"})"}) {
    FakeClock clock;
    Reading reader(
        [&](std::string_view, const Document&) -> Outcome<Document> { return parse_json(body).value(); },
        clock);
    const auto done = reader->each(query_of(0), [](std::span<const LogEvent>) { return Outcome<void>(); });
    BOOST_REQUIRE(!done);
    BOOST_TEST((done.error().kind == Failure::Kind::general));
  }
}

BOOST_AUTO_TEST_CASE(what_the_sink_says_ends_the_run) {
  FakeService service;
  service.fill(100, 1'000, 1);
  Reading reader(service);
  const auto done = reader->each(
      query_of(0), [](std::span<const LogEvent>) -> Outcome<void> { return fail_general("full"); });
  BOOST_REQUIRE(!done);
  BOOST_TEST(done.error().message == "full");
  BOOST_TEST(service.requests.size() == 1u);
}
