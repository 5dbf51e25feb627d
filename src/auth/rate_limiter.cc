// The constants are botocore's (retries/throttling.py, bucket.py, adaptive.py),
// which every AWS SDK shares.
#include "auth/rate_limiter.h"

#include <algorithm>
#include <cmath>

namespace crosslog::auth {
namespace {

constexpr double kBucketsPerSecond = 2;
constexpr double kSmoothing = 0.8;
constexpr double kScale = 0.4;
constexpr double kBeta = 0.7;
constexpr double kMinFillRate = 0.5;
constexpr double kMaxOverMeasured = 2;

}  // namespace

double SendRate::record(double now) noexcept {
  const double bucket = std::floor(now * kBucketsPerSecond) / kBucketsPerSecond;
  ++count_;
  if (bucket > last_bucket_) {
    const double latest = count_ / (bucket - last_bucket_);
    rate_ = latest * kSmoothing + rate_ * (1 - kSmoothing);
    count_ = 0;
    last_bucket_ = bucket;
  }
  return rate_;
}

double CubicRate::after_success(double now) const noexcept {
  const double k = std::cbrt(w_max_ * (1 - kBeta) / kScale);
  return kScale * std::pow(now - throttled_at_ - k, 3) + w_max_;
}

double CubicRate::after_throttling(double rate, double now) noexcept {
  w_max_ = rate;
  throttled_at_ = now;
  return rate * kBeta;
}

// What has passed until now is filled at the old rate.
void TokenBucket::set_rate(double rate, double now) noexcept {
  refill(now);
  fill_rate_ = std::max(rate, kMinFillRate);
  capacity_ = std::max(rate, 1.0);
  tokens_ = std::min(tokens_, capacity_);
}

double TokenBucket::take(double now) noexcept {
  refill(now);
  if (tokens_ < 1) return (1 - tokens_) / fill_rate_;
  tokens_ -= 1;
  return 0;
}

void TokenBucket::refill(double now) noexcept {
  tokens_ = std::min(capacity_, tokens_ + std::max(now - filled_at_, 0.0) * fill_rate_);
  filled_at_ = std::max(filled_at_, now);
}

void RateLimiter::answered(bool throttled, double now) noexcept {
  measured_ = sent_.record(now);
  double rate = 0;
  if (throttled) {
    rate = cubic_.after_throttling(enabled_ ? std::min(measured_, bucket_.fill_rate()) : measured_, now);
    enabled_ = true;
  } else {
    rate = cubic_.after_success(now);
  }
  bucket_.set_rate(std::min(rate, kMaxOverMeasured * measured_), now);
}

// Those that wait do not queue: whoever wakes first after a token has come takes
// it, and the others compute their wait anew, at the rate of that moment.
bool RateGate::enter(const std::stop_token& stop) {
  for (;;) {
    double seconds = 0;
    {
      const std::lock_guard lock(mutex_);
      seconds = limiter_.take(now());
    }
    if (seconds <= 0) return !stop.stop_requested();
    // Rounded up: a wait of no milliseconds would spin.
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(std::chrono::duration<double>(seconds));
    if (!clock_.sleep_for(wait, stop)) return false;
  }
}

void RateGate::answered(bool throttled) {
  const std::lock_guard lock(mutex_);
  limiter_.answered(throttled, now());
}

}  // namespace crosslog::auth
