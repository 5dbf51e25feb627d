// Credentials kept until it is time for new ones: the AWS SDKs' refresh rules of
// 2026, whose point is that an outage of the source must not become an outage of
// everything that still works.
//
//   loaded ------------ advisory window ------------ expired ------------
//          no one asks         one thread asks, the      one thread asks, the others
//                              others go on with these   wait for it, 5 s at most
//
// A refresh that fails, or gives what has expired already, keeps what there is
// and is not tried again for 5 to 10 minutes; errors that asking again cannot
// mend are passed on at once and remembered for 5 seconds.
#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

#include "base/time.h"
#include "crosslog/providers.h"

namespace crosslog {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using std::string_view_literals::operator""sv;

constexpr seconds kMandatoryWindow{60};
constexpr seconds kShortestBackoff{300};
constexpr seconds kBackoffSpread{300};
constexpr seconds kFinalErrorLifetime{5};
constexpr seconds kPatience{5};  // of those that hold expired credentials while another thread refreshes

seconds advisory_window(std::chrono::milliseconds lifetime) noexcept {
  if (lifetime <= minutes(20)) return minutes(5);
  if (lifetime < minutes(90)) return minutes(15);
  return minutes(60);
}

// STS has decided, or a sign-in that only a person can renew has ended: asking
// again gives the same answer.
bool is_final(const Error& error) noexcept {
  if (error.code == Errc::expired_token && error.http_status == 0) return true;
  constexpr std::array kCodes{"AccessDenied"sv,         "IDPRejectedClaim"sv,
                              "InvalidIdentityToken"sv, "MalformedPolicyDocument"sv,
                              "PackedPolicyTooLarge"sv, "RegionDisabled"sv};
  constexpr std::string_view kSuffix = "Exception";
  std::string_view code = error.aws_code;
  if (code.ends_with(kSuffix)) code.remove_suffix(kSuffix.size());
  return std::ranges::find(kCodes, code) != kCodes.end();
}

class Cached final : public CredentialProvider {
 public:
  Cached(ProviderPtr source, Clock& clock, Random random, std::optional<seconds> advisory)
      : source_(std::move(source)),
        clock_(clock),
        random_(std::move(random)),
        configured_advisory_(advisory) {}

  Result<Credentials> get(std::stop_token stop) override {
    std::unique_lock lock(mutex_);
    for (;;) {
      const auto now = clock_.steady_now();
      if (final_error_ && now < final_error_until_) return std::unexpected(*final_error_);
      if (current_ && (is_fresh() || now < backoff_until_)) return kept();
      if (!refreshing_) return refresh(lock, stop);
      if (current_ && !is_expired()) return *current_;
      const auto seen = refreshes_;
      const bool ended = wait(lock, stop);
      if (stop.stop_requested()) return fail(Errc::cancelled, "Cancelled");
      if (!ended) return kept();
      if (refreshes_ != seen && last_failure_ && !current_) return std::unexpected(*last_failure_);
    }
  }

  void invalidate(std::string_view access_key_id) noexcept override {
    {
      const std::lock_guard lock(mutex_);
      if (current_ && current_->access_key_id == access_key_id) invalidated_ = true;
    }
    source_->invalidate(access_key_id);
  }

 private:
  [[nodiscard]] bool is_expired() {
    return invalidated_ || (current_->expires && *current_->expires <= clock_.now());
  }
  [[nodiscard]] bool is_fresh() {
    return !invalidated_ && (!current_->expires || clock_.now() < *current_->expires - window_);
  }

  // Until no refresh is under way. False: the caller ended first, or patience,
  // which only those have who hold credentials.
  bool wait(std::unique_lock<std::mutex>& lock, const std::stop_token& stop) {
    const auto idle = [this] { return !refreshing_; };
    if (current_ && !invalidated_) return changed_.wait_for(lock, stop, kPatience, idle);
    return changed_.wait(lock, stop, idle);
  }

  // Asks the source, without the lock; then takes what it said.
  Result<Credentials> refresh(std::unique_lock<std::mutex>& lock, const std::stop_token& stop) {
    refreshing_ = true;
    lock.unlock();
    auto fetched = source_->get(stop);
    lock.lock();
    refreshing_ = false;
    changed_.notify_all();
    if (fetched) return take(std::move(*fetched));
    return keep(std::move(fetched).error());
  }

  Result<Credentials> take(Credentials fetched) {
    ++refreshes_;
    last_failure_.reset();
    final_error_.reset();
    const bool stale = fetched.expires && *fetched.expires <= clock_.now();
    if (stale) begin_backoff();
    if (stale && current_) return kept();
    if (fetched.expires) {
      const auto lifetime = std::max(*fetched.expires - clock_.now(), std::chrono::milliseconds{0});
      window_ = std::max(configured_advisory_.value_or(advisory_window(lifetime)), kMandatoryWindow);
    }
    current_ = std::move(fetched);
    invalidated_ = false;
    return kept();
  }

  Result<Credentials> keep(Error error) {
    if (error.code == Errc::cancelled) return std::unexpected(std::move(error));
    ++refreshes_;
    last_failure_ = error;
    if (is_final(error)) {
      final_error_ = error;
      final_error_until_ = clock_.steady_now() + kFinalErrorLifetime;
      return std::unexpected(std::move(error));
    }
    if (!current_) return std::unexpected(std::move(error));
    begin_backoff();
    return kept();
  }

  // Expired ones are used all the same, as the service may take them; a person
  // should know, for when it does not.
  [[nodiscard]] Credentials kept() {
    Credentials credentials = *current_;
    if (!credentials.expires || *credentials.expires > clock_.now()) return credentials;
    credentials.warning = "The credentials";
    if (!credentials.origin.empty()) credentials.warning += " (" + credentials.origin + ")";
    credentials.warning +=
        " expired at " + base::iso8601(*credentials.expires) + " and are used nevertheless: ";
    credentials.warning += last_failure_ ? "asking for new ones failed: " + describe(*last_failure_)
                                         : "their source has no newer ones";
    return credentials;
  }

  void begin_backoff() {
    const auto spread =
        std::chrono::duration<double>(random_() * static_cast<double>(kBackoffSpread.count()));
    backoff_until_ = clock_.steady_now() + kShortestBackoff +
                     std::chrono::duration_cast<std::chrono::milliseconds>(spread);
  }

  const ProviderPtr source_;
  Clock& clock_;
  const Random random_;
  const std::optional<seconds> configured_advisory_;

  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool refreshing_ = false;
  unsigned refreshes_ = 0;  // finished ones, cancelled ones apart
  std::optional<Credentials> current_;
  seconds window_{0};
  bool invalidated_ = false;
  std::chrono::steady_clock::time_point backoff_until_{};
  std::optional<Error> last_failure_;
  std::optional<Error> final_error_;
  std::chrono::steady_clock::time_point final_error_until_{};
};

}  // namespace

ProviderPtr make_cached(ProviderPtr source, Clock& clock, Random random,
                        std::optional<std::chrono::seconds> advisory_window) {
  return std::make_unique<Cached>(std::move(source), clock, std::move(random), advisory_window);
}

}  // namespace crosslog
