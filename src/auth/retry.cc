// The lists are botocore's, word for word, so that either can be searched for in
// the other.
#include "auth/retry.h"

#include <algorithm>
#include <array>

namespace crosslog::auth {
namespace {

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
constexpr std::chrono::seconds kMaxBackoff{20};

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

std::chrono::milliseconds backoff(int retry, double random) noexcept {
  constexpr int kLastDoubling = 5;  // 2^5 s is over the limit already
  const std::chrono::seconds longest{1 << std::clamp(retry - 1, 0, kLastDoubling)};
  const auto limit = std::chrono::milliseconds(std::min(longest, kMaxBackoff));
  return std::chrono::milliseconds(
      static_cast<std::chrono::milliseconds::rep>(random * static_cast<double>(limit.count())));
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
