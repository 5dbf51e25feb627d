#define BOOST_TEST_MODULE clock
#include "crosslog/clock.h"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <set>
#include <thread>

using namespace crosslog;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(there_is_one_clock_and_it_runs) {
  Clock& clock = system_clock();
  BOOST_TEST(&clock == &system_clock());
  BOOST_TEST((clock.now() > TimePoint(std::chrono::sys_days(std::chrono::year(2020) / 1 / 1))));
  const auto before = clock.steady_now();
  BOOST_TEST((clock.steady_now() >= before));
}

BOOST_AUTO_TEST_CASE(sleeping_lasts_as_long_as_asked) {
  Clock& clock = system_clock();
  const auto before = clock.steady_now();
  BOOST_TEST(clock.sleep_for(5ms, {}));
  BOOST_TEST((clock.steady_now() - before >= 5ms));
  BOOST_TEST(clock.sleep_for(0ms, {}));
  BOOST_TEST(clock.sleep_for(-1ms, {}));
}

BOOST_AUTO_TEST_CASE(a_stop_that_came_before_ends_the_sleep) {
  std::stop_source source;
  source.request_stop();
  BOOST_TEST(!system_clock().sleep_for(1h, source.get_token()));
  BOOST_TEST(!system_clock().sleep_for(0ms, source.get_token()));
}

// This case ends only because the stop wakes the sleepers, the longest one too.
BOOST_AUTO_TEST_CASE(a_stop_wakes_those_who_sleep) {
  std::stop_source source;
  std::jthread stopper([&source] {
    std::this_thread::sleep_for(5ms);
    source.request_stop();
  });
  BOOST_TEST(!system_clock().sleep_for(1h, source.get_token()));
  std::stop_source second;
  std::jthread second_stopper([&second] {
    std::this_thread::sleep_for(5ms);
    second.request_stop();
  });
  BOOST_TEST(!system_clock().sleep_for(std::chrono::milliseconds::max(), second.get_token()));
}

BOOST_AUTO_TEST_CASE(randomness_is_in_the_unit_interval) {
  const Random random = system_random();
  std::set<double> seen;
  double low = 1, high = 0;
  for (int i = 0; i < 10000; ++i) {
    const double value = random();
    BOOST_REQUIRE((value >= 0 && value < 1));
    low = std::min(low, value);
    high = std::max(high, value);
    seen.insert(value);
  }
  BOOST_TEST((low < 0.01 && high > 0.99));
  BOOST_TEST(seen.size() > 9990u);
}
