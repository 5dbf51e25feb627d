// When to send again, and how long to wait before: AWS's standard retry mode,
// version 2.0, as pure functions and one counter.
//
// What is retried is a closed list (AWS SDKs and Tools Reference Guide, "Retry
// behavior"; botocore retries/standard.py). A status 429 alone is not on it.
#ifndef CROSSLOG_SRC_AUTH_RETRY_H_
#define CROSSLOG_SRC_AUTH_RETRY_H_

#include <chrono>
#include <mutex>
#include <string_view>

#include "crosslog/error.h"

namespace crosslog::auth {

enum class Retry { no, transient, throttling, timeout };

[[nodiscard]] bool is_throttling_code(std::string_view aws_code) noexcept;
[[nodiscard]] Retry classify(const Error& error) noexcept;

// random * min(2^(retry-1), 20) seconds. `random` in [0, 1); the first retry is 1.
[[nodiscard]] std::chrono::milliseconds backoff(int retry, double random) noexcept;

// Tokens that every retry costs and every success gives back, so that a service
// in trouble is not asked three times as much. Thread-safe.
class RetryQuota {
 public:
  static constexpr int kCapacity = 500, kCost = 5, kTimeoutCost = 10, kRefund = 1;
  [[nodiscard]] static constexpr int cost(Retry retry) noexcept {
    return retry == Retry::timeout ? kTimeoutCost : kCost;
  }
  // False, and nothing taken, when there are not enough left.
  [[nodiscard]] bool acquire(int tokens);
  // After a success: what the last retry cost, or kRefund when there was none.
  void give_back(int tokens);
  [[nodiscard]] int available() const;

 private:
  mutable std::mutex mutex_;
  int available_ = kCapacity;
};

}  // namespace crosslog::auth

#endif  // CROSSLOG_SRC_AUTH_RETRY_H_
