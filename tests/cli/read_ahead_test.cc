// The same pages and the same failure as without it, and nothing asked for that nobody
// would have asked for.
#define BOOST_TEST_MODULE cli_read_ahead
#include "cli/read_ahead.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

using namespace crosslog::cli;

namespace {

using Number = std::unique_ptr<int>;  // as a page, it moves and does not copy

// Gives 0, 1, ... up to `count`, then nothing, or a failure.
struct Numbers {
  int count = 0;
  bool fails = false;
  std::atomic<int> calls{0};

  Outcome<std::optional<Number>> next(const std::stop_token&) {
    const int call = calls++;
    if (call < count) return std::make_unique<int>(call);
    if (fails) return fail_general("the end");
    return std::nullopt;
  }
  ReadAhead<Number>::Next source() {
    return [this](const std::stop_token& stop) { return next(stop); };
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(pages_come_in_order_and_then_the_end) {
  for (const int count : {0, 1, 2, 3, 50}) {
    Numbers numbers{.count = count};
    ReadAhead<Number> ahead({}, numbers.source());
    for (int i = 0; i < count; ++i) {
      const auto page = ahead.next();
      BOOST_TEST_REQUIRE(page.has_value());
      BOOST_TEST_REQUIRE(page->has_value());
      BOOST_TEST(***page == i);
    }
    const auto end = ahead.next();
    BOOST_TEST_REQUIRE(end.has_value());
    BOOST_TEST(!end->has_value());
    BOOST_TEST(numbers.calls == count + 1);
  }
}

BOOST_AUTO_TEST_CASE(a_failure_comes_after_the_pages_before_it) {
  for (const int count : {0, 1, 2, 5}) {
    Numbers numbers{.count = count, .fails = true};
    ReadAhead<Number> ahead({}, numbers.source());
    for (int i = 0; i < count; ++i)
      BOOST_TEST(ahead.next().has_value());
    const auto end = ahead.next();
    BOOST_TEST_REQUIRE(!end.has_value());
    BOOST_TEST(end.error().message == "the end");
    BOOST_TEST(numbers.calls == count + 1);
  }
}

BOOST_AUTO_TEST_CASE(who_wants_one_page_needs_no_thread) {
  const auto here = std::this_thread::get_id();
  int calls = 0;
  {
    ReadAhead<Number> ahead({}, [&](const std::stop_token&) -> Outcome<std::optional<Number>> {
      ++calls;
      BOOST_TEST((std::this_thread::get_id() == here));
      return std::make_unique<int>(1);
    });
    BOOST_TEST(ahead.next().has_value());
  }
  BOOST_TEST(calls == 1);
}

BOOST_AUTO_TEST_CASE(the_next_page_is_asked_for_before_it_is_wanted) {
  std::mutex mutex;
  std::condition_variable changed;
  int calls = 0;
  ReadAhead<Number> ahead({}, [&](const std::stop_token&) -> Outcome<std::optional<Number>> {
    const std::lock_guard lock(mutex);
    ++calls;
    changed.notify_all();
    return std::make_unique<int>(calls);
  });
  BOOST_TEST(ahead.next().has_value());
  BOOST_TEST(ahead.next().has_value());
  std::unique_lock lock(mutex);
  changed.wait(lock, [&] { return calls == 3; });
  BOOST_TEST(calls == 3);
}

BOOST_AUTO_TEST_CASE(what_is_under_way_is_stopped_from_outside_and_at_the_end) {
  for (const bool outside : {true, false}) {
    std::stop_source stop;
    std::atomic<int> calls{0};
    std::atomic<bool> stopped{false};
    {
      ReadAhead<Number> ahead(stop.get_token(),
                              [&](const std::stop_token& token) -> Outcome<std::optional<Number>> {
                                if (++calls < 3) return std::make_unique<int>(1);
                                while (!token.stop_requested())
                                  std::this_thread::yield();
                                stopped = true;
                                return fail_general("stopped");
                              });
      BOOST_TEST(ahead.next().has_value());
      BOOST_TEST(ahead.next().has_value());
      if (outside) {
        stop.request_stop();
        BOOST_TEST(!ahead.next().has_value());
      }
    }
    BOOST_TEST(stopped);
  }
}
