// When to send again, and how long to wait before: AWS's standard retry mode,
// versions 2.0 and 2.1, as pure functions and one counter.
//
// What is retried is a closed list (AWS SDKs and Tools Reference Guide, "Retry
// behavior"; botocore retries/standard.py). A status 429 alone is not on it.
#ifndef CROSSLOG_SRC_AUTH_RETRY_H_
#define CROSSLOG_SRC_AUTH_RETRY_H_

#include <chrono>
#include <mutex>
#include <optional>
#include <string_view>

#include "crosslog/error.h"

namespace crosslog::auth {

enum class Retry { no, transient, throttling, timeout };

[[nodiscard]] bool is_throttling_code(std::string_view aws_code) noexcept;
[[nodiscard]] Retry classify(const Error& error) noexcept;

// What the versions of the standard mode differ in.
struct RetryRules {
  std::chrono::milliseconds base{1'000}, throttling_base{1'000}, longest{20'000};
  int cost = 5, throttling_cost = 5, timeout_cost = 10;  // of a retry, in tokens of the quota
  bool heeds_retry_after = false;                        // the service's x-amz-retry-after
  bool always_names_max = false;                         // amz-sdk-request: in the first attempt as well
};
inline constexpr RetryRules kStandard20{};
// Opt-in of 2026: shorter pauses, dearer retries, except where the service throttles.
inline constexpr RetryRules kStandard21{.base = std::chrono::milliseconds(50),
                                        .cost = 14,
                                        .timeout_cost = 14,
                                        .heeds_retry_after = true,
                                        .always_names_max = true};

[[nodiscard]] int cost(const RetryRules& rules, Retry kind) noexcept;

// random * min(base * 2^(retry-1), longest). `random` in [0, 1); the first retry is 1.
[[nodiscard]] std::chrono::milliseconds backoff(const RetryRules& rules, Retry kind, int retry,
                                                double random) noexcept;

// The value of x-amz-retry-after, whole milliseconds. Nullopt: none, or none that
// means anything.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_retry_after(std::string_view value) noexcept;

// What the service asks for, but never less than `backoff`, nor 5 s more.
[[nodiscard]] std::chrono::milliseconds pause(std::chrono::milliseconds backoff,
                                              std::optional<std::chrono::milliseconds> asked_for) noexcept;

// Tokens that every retry costs and every success gives back, so that a service
// in trouble is not asked three times as much. Thread-safe.
class RetryQuota {
 public:
  static constexpr int kCapacity = 500, kRefund = 1;
  explicit RetryQuota(int available = kCapacity) noexcept : available_(available) {}
  // False, and nothing taken, when there are not enough left.
  [[nodiscard]] bool acquire(int tokens);
  void give_back(int tokens);
  [[nodiscard]] int available() const;

 private:
  mutable std::mutex mutex_;
  int available_;
};

// The retries of one call. `rules` and `quota` must outlive it.
class Retries {
 public:
  Retries(const RetryRules& rules, int max_attempts, RetryQuota& quota)
      : rules_(rules), max_attempts_(max_attempts), quota_(quota) {}

  enum class Next { send_again, final, attempts_exhausted, quota_exhausted };
  struct Verdict {
    Next next = Next::final;
    std::chrono::milliseconds pause{0};
  };
  // After the attempt number `attempts`, 1 for the first, ended as `kind`.
  Verdict after(Retry kind, int attempts, std::optional<std::chrono::milliseconds> asked_for, double random);
  // Gives back what the last retry cost, or kRefund when there was none.
  void succeeded() { quota_.give_back(last_cost_); }

 private:
  const RetryRules& rules_;
  const int max_attempts_;
  RetryQuota& quota_;
  int retries_ = 0;
  int last_cost_ = RetryQuota::kRefund;
};

}  // namespace crosslog::auth

#endif  // CROSSLOG_SRC_AUTH_RETRY_H_
