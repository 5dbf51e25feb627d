#define BOOST_TEST_MODULE rate_limiter
#include "auth/rate_limiter.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/conformance.h"
#include "tests/support/fake_clock.h"
#include "tests/support/json.h"

using namespace crosslog;
using auth::CubicRate;
using auth::RateGate;
using auth::RateLimiter;
using auth::SendRate;
using auth::TokenBucket;
using std::chrono::milliseconds;
namespace json = boost::json;
namespace tt = boost::test_tools;

namespace {

const auto kClose = tt::tolerance(1e-9);

// Answers every fifth of a second until `until`, none throttled.
RateLimiter after_calm(double until) {
  RateLimiter limiter;
  for (double t = 0.2; t < until; t += 0.2)
    limiter.answered(false, t);
  return limiter;
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_sent_rate_is_of_whole_half_seconds) {
  SendRate sent;
  BOOST_TEST(sent.record(0.1) == 0);
  BOOST_TEST(sent.record(0.4) == 0);
  BOOST_TEST(sent.record(0.5) == 4.8, kClose);  // 3 in 0.5 s, 0.8 of it
  BOOST_TEST(sent.record(0.9) == 4.8, kClose);  // the second half is not over
  BOOST_TEST(sent.record(10.0) == 0.8 * 2 / 9.5 + 0.2 * 4.8, kClose);
}

BOOST_AUTO_TEST_CASE(the_curve_is_flat_where_it_was_throttled) {
  CubicRate cubic;
  BOOST_TEST(cubic.after_throttling(20, 100) == 14, kClose);
  const double k = 2.46621207433046;  // cbrt(20 * 0.3 / 0.4)
  BOOST_TEST(cubic.after_success(100) == 14, kClose);
  BOOST_TEST(cubic.after_success(100 + k) == 20, kClose);
  BOOST_TEST(cubic.after_success(100 + k + 0.5) == 20.05, kClose);
  BOOST_TEST(cubic.after_success(100 + k - 0.5) == 19.95, kClose);
}

BOOST_AUTO_TEST_CASE(tokens_come_with_time_and_are_not_hoarded) {
  TokenBucket bucket;
  BOOST_TEST(bucket.take(0) == 1, kClose);
  BOOST_TEST(bucket.take(0.25) == 0.75, kClose);
  BOOST_TEST(bucket.take(1) == 0);
  BOOST_TEST(bucket.take(1) == 1, kClose);
  bucket.set_rate(4, 1);
  BOOST_TEST(bucket.take(100) == 0);
  for (int i = 0; i < 3; ++i)
    BOOST_TEST(bucket.take(100) == 0);
  BOOST_TEST(bucket.take(100) == 0.25, kClose);
}

BOOST_AUTO_TEST_CASE(a_new_rate_counts_from_now) {
  TokenBucket bucket;
  bucket.set_rate(8, 0.5);  // half a token has come at the old rate
  BOOST_TEST(bucket.take(0.5) == 0.5 / 8, kClose);
  bucket.set_rate(0.1, 0.5);
  BOOST_TEST(bucket.fill_rate() == 0.5);
  BOOST_TEST(bucket.take(0.5) == 1, kClose);
}

BOOST_AUTO_TEST_CASE(a_full_bucket_shrinks_with_its_rate) {
  TokenBucket bucket;
  bucket.set_rate(10, 0);
  bucket.set_rate(1, 100);
  BOOST_TEST(bucket.take(100) == 0);
  BOOST_TEST(bucket.take(100) == 1, kClose);
}

BOOST_AUTO_TEST_CASE(a_clock_that_stands_or_goes_back_gives_nothing) {
  TokenBucket bucket;
  BOOST_TEST(bucket.take(5) == 0);
  BOOST_TEST(bucket.take(5) > 0);
  BOOST_TEST(bucket.take(1) > 0);
}

BOOST_AUTO_TEST_CASE(nobody_waits_before_the_first_throttling) {
  RateLimiter limiter;
  for (int i = 0; i < 100; ++i)
    BOOST_TEST(limiter.take(0) == 0);
  limiter.answered(false, 0.1);
  for (int i = 0; i < 100; ++i)
    BOOST_TEST(limiter.take(0.1) == 0);
  limiter.answered(true, 0.2);
  BOOST_TEST(limiter.take(0.2) > 0);
}

// The first throttling takes the measured rate, however low the fill rate stands;
// the ones after it the lower of the two.
BOOST_AUTO_TEST_CASE(the_first_throttling_believes_the_measurement) {
  RateLimiter limiter = after_calm(1.7);
  limiter.answered(true, 2.0);
  BOOST_TEST(limiter.fill_rate() == 0.7 * limiter.measured_rate(), kClose);
  const double before = limiter.fill_rate();
  limiter.answered(true, 2.1);
  BOOST_TEST(limiter.fill_rate() == 0.7 * before, kClose);
}

BOOST_AUTO_TEST_CASE(it_never_sends_more_than_twice_what_it_has_sent) {
  RateLimiter limiter = after_calm(1.0);
  limiter.answered(true, 1.0);
  limiter.answered(false, 1'000.0);
  BOOST_TEST(limiter.fill_rate() <= 2 * limiter.measured_rate() + 0.5);
  BOOST_TEST(limiter.fill_rate() >= 0.5);
}

BOOST_AUTO_TEST_CASE(the_gate_waits_through_the_clock) {
  test::FakeClock clock;
  RateGate gate(clock);
  BOOST_TEST(gate.enter({}));
  BOOST_TEST(clock.sleeps().empty());
  gate.answered(true);  // half a token a second from here, none there
  BOOST_TEST(gate.enter({}));
  BOOST_TEST_REQUIRE(clock.sleeps().size() == 1u);
  BOOST_TEST(clock.sleeps().at(0).count() == 2'000);
}

BOOST_AUTO_TEST_CASE(whoever_stops_does_not_enter) {
  test::FakeClock clock;
  RateGate gate(clock);
  gate.answered(true);
  std::stop_source source;
  source.request_stop();
  BOOST_TEST(!gate.enter(source.get_token()));
}

BOOST_AUTO_TEST_CASE(many_wait_at_one_gate) {
  test::FakeClock clock;
  RateGate gate(clock);
  gate.answered(true);
  const auto start = clock.steady_now();
  constexpr int kThreads = 8;
  constexpr int kEach = 5;
  std::atomic<int> entered = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < kEach; ++n)
        if (gate.enter({})) ++entered;
    });
  }
  threads.clear();
  BOOST_TEST(entered == kThreads * kEach);
  BOOST_TEST((clock.steady_now() - start >= std::chrono::seconds(2 * kThreads * kEach)));
}

namespace {

void run_curve(const json::array& steps, double w_max, double throttled_at) {
  const CubicRate cubic(w_max, throttled_at);
  for (const auto& step : steps) {
    const double t = step.at("t").to_number<double>();
    BOOST_TEST(cubic.after_success(t) == step.at("calculatedRate").to_number<double>(), tt::tolerance(1e-6));
  }
}

void run_rates(const json::array& steps) {
  RateLimiter limiter;
  for (const auto& step : steps) {
    const double t = step.at("t").to_number<double>();
    limiter.answered(step.at("throttled").as_bool(), t);
    BOOST_TEST_CONTEXT("t " << t) {
      BOOST_TEST(limiter.measured_rate() == step.at("measuredTxRate").to_number<double>(),
                 tt::tolerance(1e-6));
      BOOST_TEST(limiter.fill_rate() == step.at("fillRate").to_number<double>(), tt::tolerance(1e-6));
    }
  }
}

json::array steps_of(const std::filesystem::path& file) {
  return test::read_json(file).at("steps").as_array();
}

bool add_vectors() {
  const auto folder = test::conformance("retry");
  if (!folder) return test::add_skipped("retry/adaptive");
  test::add_case("adaptive-cubic-success",
                 [file = *folder / "adaptive-cubic-success.json"] { run_curve(steps_of(file), 10, 5); });
  return test::add_case("adaptive-sending-rates",
                        [file = *folder / "adaptive-sending-rates.json"] { run_rates(steps_of(file)); });
}

const bool registered = add_vectors();

}  // namespace
