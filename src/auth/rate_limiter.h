// The client-side rate limiter of the adaptive retry mode: once the service has
// throttled, requests wait for tokens, whose rate grows along a cubic curve and
// falls by three tenths with every further throttling (AWS SDKs and Tools
// Reference Guide, "Retry behavior"; the curve is TCP CUBIC's, RFC 9438).
//
//   SendRate     what is really sent, smoothed          pure: time comes in
//   CubicRate    what the service seems to stand        pure
//   TokenBucket  when the next request may go           pure
//   RateLimiter  the three together                     pure
//   RateGate     the door that calls wait at            thread-safe, has a clock
//
// Time is in seconds since the limiter was made.
#ifndef CROSSLOG_SRC_AUTH_RATE_LIMITER_H_
#define CROSSLOG_SRC_AUTH_RATE_LIMITER_H_

#include <chrono>
#include <mutex>
#include <stop_token>

#include "crosslog/clock.h"

namespace crosslog::auth {

// Answers a second, counted in buckets of half a second.
class SendRate {
 public:
  // Counts one; the smoothed rate up to the bucket before this one.
  double record(double now) noexcept;

 private:
  double rate_ = 0;
  double last_bucket_ = 0;
  int count_ = 0;
};

// rate(t) = 0.4 (t - t_throttled - k)^3 + w_max, where k is the time after which
// the curve is back at w_max, the rate that was throttled last.
class CubicRate {
 public:
  explicit CubicRate(double w_max = 0, double throttled_at = 0) noexcept
      : w_max_(w_max), throttled_at_(throttled_at) {}
  [[nodiscard]] double after_success(double now) const noexcept;
  double after_throttling(double rate, double now) noexcept;

 private:
  double w_max_;
  double throttled_at_;
};

// Starts empty, with one token a second.
class TokenBucket {
 public:
  [[nodiscard]] double fill_rate() const noexcept { return fill_rate_; }
  // At least one token in two seconds; room for a second's worth, one at least.
  void set_rate(double rate, double now) noexcept;
  // 0: a token is taken; else the seconds after which one may be there.
  [[nodiscard]] double take(double now) noexcept;

 private:
  void refill(double now) noexcept;

  double fill_rate_ = 1;
  double capacity_ = 1;
  double tokens_ = 0;
  double filled_at_ = 0;
};

class RateLimiter {
 public:
  // After every answer, and every failure to get one.
  void answered(bool throttled, double now) noexcept;
  // Before every request: 0 is "go", else ask again after so many seconds.
  [[nodiscard]] double take(double now) noexcept { return enabled_ ? bucket_.take(now) : 0; }
  [[nodiscard]] double fill_rate() const noexcept { return bucket_.fill_rate(); }
  [[nodiscard]] double measured_rate() const noexcept { return measured_; }

 private:
  bool enabled_ = false;  // by the first throttling
  double measured_ = 0;
  SendRate sent_;
  CubicRate cubic_;
  TokenBucket bucket_;
};

// One for each client; shared by its calls.
class RateGate {
 public:
  explicit RateGate(Clock& clock) : clock_(clock), start_(clock.steady_now()) {}
  // Waits for a token. False: `stop` was requested first.
  [[nodiscard]] bool enter(const std::stop_token& stop);
  void answered(bool throttled);

 private:
  [[nodiscard]] double now() const noexcept {
    return std::chrono::duration<double>(clock_.steady_now() - start_).count();
  }

  Clock& clock_;
  const std::chrono::steady_clock::time_point start_;
  std::mutex mutex_;
  RateLimiter limiter_;
};

}  // namespace crosslog::auth

#endif  // CROSSLOG_SRC_AUTH_RATE_LIMITER_H_
