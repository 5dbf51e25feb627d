// Silence and crawling, with a clock of our own.
#define BOOST_TEST_MODULE patience
#include "http/patience.h"

#include <boost/test/unit_test.hpp>

using namespace std::chrono_literals;
using crosslog::http::Patience;
using Verdict = Patience::Verdict;

namespace {
const Patience::Instant kStart{1h};
}

BOOST_AUTO_TEST_CASE(nothing_is_judged_before_the_connection_stands) {
  Patience patience(1s, true);
  BOOST_TEST((patience.judge(kStart + 24h) == Verdict::wait));
}

BOOST_AUTO_TEST_CASE(silence_counts_from_the_last_byte) {
  Patience patience(5s, true);
  patience.heard(kStart);
  BOOST_TEST((patience.judge(kStart + 4999ms) == Verdict::wait));
  BOOST_TEST((patience.judge(kStart + 5s) == Verdict::silent));
  patience.heard(kStart + 4s);
  BOOST_TEST((patience.judge(kStart + 8s) == Verdict::wait));
  patience.heard_body(1, kStart + 8s);
  BOOST_TEST((patience.judge(kStart + 12s) == Verdict::wait));
  BOOST_TEST((patience.judge(kStart + 13s) == Verdict::silent));
}

BOOST_AUTO_TEST_CASE(zero_is_no_limit) {
  Patience patience(0s, true);
  patience.heard(kStart);
  BOOST_TEST((patience.judge(kStart + 24h) == Verdict::wait));
}

BOOST_AUTO_TEST_CASE(a_slow_first_byte_is_not_crawling) {
  Patience patience(60s, true);
  patience.heard(kStart);
  BOOST_TEST((patience.judge(kStart + 59s) == Verdict::wait));
}

BOOST_AUTO_TEST_CASE(a_drip_of_one_byte_a_second_is_crawling_after_ten) {
  Patience patience(60s, true);
  patience.heard(kStart);
  for (int second = 1; second <= 10; ++second) {
    patience.heard_body(1, kStart + std::chrono::seconds(second));
    BOOST_TEST((patience.judge(kStart + std::chrono::seconds(second)) == Verdict::wait));
  }
  BOOST_TEST((patience.judge(kStart + 11s) == Verdict::crawling));
}

BOOST_AUTO_TEST_CASE(one_kibibyte_a_second_is_enough) {
  Patience patience(60s, true);
  for (int second = 0; second < 100; ++second) {
    patience.heard_body(1'024, kStart + std::chrono::seconds(second));
    BOOST_TEST((patience.judge(kStart + std::chrono::seconds(second)) == Verdict::wait));
  }
}

BOOST_AUTO_TEST_CASE(a_fast_start_does_not_pay_for_a_drip_later) {
  Patience patience(60s, true);
  patience.heard_body(1'000'000, kStart);
  BOOST_TEST((patience.judge(kStart + 10s) == Verdict::wait));
  patience.heard_body(1, kStart + 15s);
  BOOST_TEST((patience.judge(kStart + 20s) == Verdict::crawling));
}

BOOST_AUTO_TEST_CASE(an_event_stream_may_rest) {
  Patience patience(0s, false);
  patience.heard_body(1, kStart);
  BOOST_TEST((patience.judge(kStart + 1h) == Verdict::wait));
}
