// The lists are botocore's, word for word, so that either can be searched for in
// the other.
#include "auth/retry.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace crosslog::auth {
namespace {

using std::chrono::milliseconds;
using std::string_view_literals::operator""sv;

constexpr std::array kTransientStatus{500, 502, 503, 504};
constexpr std::array kTransientCodes{"RequestTimeout"sv, "RequestTimeoutException"sv,
                                     "PriorRequestNotComplete"sv, "IDPCommunicationError"sv};
constexpr std::array kThrottlingCodes{
    "Throttling"sv,
    "ThrottlingException"sv,
    "ThrottledException"sv,
    "RequestThrottledException"sv,
    "TooManyRequestsException"sv,
    "ProvisionedThroughputExceededException"sv,
    "TransactionInProgressException"sv,
    "RequestLimitExceeded"sv,
    "BandwidthLimitExceeded"sv,
    "LimitExceededException"sv,
    "RequestThrottled"sv,
    "SlowDown"sv,
    "PriorRequestNotComplete"sv,
    "EC2ThrottledException"sv,
};
constexpr std::chrono::seconds kMostAskedFor{5};  // beyond the backoff

// A 2xx that is not the protocol's, or a response that ended the transport's patience.
bool is_unreadable_success(const Error& error) noexcept {
  return error.code == Errc::protocol && error.http_status < 300;
}

}  // namespace

bool is_throttling_code(std::string_view aws_code) noexcept {
  return std::ranges::find(kThrottlingCodes, aws_code) != kThrottlingCodes.end();
}

Retry classify(const Error& error) noexcept {
  if (error.code == Errc::cancelled) return Retry::no;
  if (error.http_status == 0) {
    if (error.code == Errc::timeout) return Retry::timeout;
    if (error.code == Errc::network) return Retry::transient;
  }
  if (is_throttling_code(error.aws_code)) return Retry::throttling;
  if (std::ranges::find(kTransientCodes, error.aws_code) != kTransientCodes.end()) return Retry::transient;
  if (std::ranges::find(kTransientStatus, error.http_status) != kTransientStatus.end())
    return Retry::transient;
  return is_unreadable_success(error) ? Retry::transient : Retry::no;
}

int cost(const RetryRules& rules, Retry kind) noexcept {
  switch (kind) {
    case Retry::throttling:
      return rules.throttling_cost;
    case Retry::timeout:
      return rules.timeout_cost;
    case Retry::transient:
      return rules.cost;
    case Retry::no:
      break;
  }
  return 0;
}

milliseconds backoff(const RetryRules& rules, Retry kind, int retry, double random) noexcept {
  constexpr int kLastDoubling = 20;  // over every limit, and no overflow yet
  const milliseconds base = kind == Retry::throttling ? rules.throttling_base : rules.base;
  const milliseconds limit = std::min(base * (1 << std::clamp(retry - 1, 0, kLastDoubling)), rules.longest);
  return milliseconds(static_cast<milliseconds::rep>(random * static_cast<double>(limit.count())));
}

std::optional<milliseconds> parse_retry_after(std::string_view value) noexcept {
  const auto number = base::parse_int(base::trim(value));
  if (!number || *number < 0) return std::nullopt;
  return milliseconds(*number);
}

milliseconds pause(milliseconds backoff, std::optional<milliseconds> asked_for) noexcept {
  return std::clamp(asked_for.value_or(backoff), backoff, backoff + kMostAskedFor);
}

Retries::Verdict Retries::after(Retry kind, int attempts, std::optional<milliseconds> asked_for,
                                double random) {
  if (kind == Retry::no) return {Next::final};
  if (attempts >= max_attempts_) return {Next::attempts_exhausted};
  const int tokens = cost(rules_, kind);
  if (!quota_.acquire(tokens)) return {Next::quota_exhausted};
  last_cost_ = tokens;
  if (!rules_.heeds_retry_after) asked_for.reset();
  return {Next::send_again, pause(backoff(rules_, kind, ++retries_, random), asked_for)};
}

bool RetryQuota::acquire(int tokens) {
  const std::lock_guard lock(mutex_);
  if (available_ < tokens) return false;
  available_ -= tokens;
  return true;
}

void RetryQuota::give_back(int tokens) {
  const std::lock_guard lock(mutex_);
  available_ = std::min(available_ + tokens, kCapacity);
}

int RetryQuota::available() const {
  const std::lock_guard lock(mutex_);
  return available_;
}

}  // namespace crosslog::auth
