// One call is a small conversation: credentials, then attempts until one answer
// is final. Three things lead to another attempt, each with its own limit:
//
//   expired credentials   once, when the provider has other ones
//   a clock that is off   when the answer's Date shows that signing anew helps
//   trouble on the way    what retry.h lists, with backoff and a shared quota
//
// Headers that a proxy or a retry may change (user-agent, amz-sdk-*) are added
// after signing, as the AWS CLI does.
#include "auth/signed_call.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "auth/clock_skew.h"
#include "auth/rate_limiter.h"
#include "auth/retry.h"
#include "base/crypto.h"
#include "base/time.h"
#include "base/try.h"
#include "crosslog/sigv4.h"
#include "crosslog/version.h"
#include "http/url.h"

namespace crosslog {
namespace {

using std::chrono::milliseconds;
using std::string_view_literals::operator""sv;

constexpr TimePoint kEarliestPlausible{std::chrono::sys_days{std::chrono::year{2020} / 1 / 1}};

bool is_expired_code(std::string_view code) noexcept {
  return code == "ExpiredToken" || code == "ExpiredTokenException" || code == "InvalidToken";
}

bool is_identity_code(std::string_view code) noexcept {
  constexpr std::array kCodes{"InvalidSignatureException"sv, "SignatureDoesNotMatch"sv,
                              "UnrecognizedClientException"sv, "InvalidClientTokenId"sv};
  return std::ranges::find(kCodes, code) != kCodes.end();
}

// Enough to tell keys apart, too little to use.
std::string masked(std::string_view access_key_id) {
  constexpr std::size_t kShown = 4;
  if (access_key_id.size() < 3 * kShown) return "****";
  return std::string(access_key_id.substr(0, kShown)) + "****" +
         std::string(access_key_id.substr(access_key_id.size() - kShown));
}

std::string whose(const Credentials& credentials) {
  std::string text = masked(credentials.access_key_id);
  if (!credentials.origin.empty()) text += " (" + credentials.origin + ")";
  return text;
}

}  // namespace

struct SignedCall::State {
  State(Transport& t, Clock& c, CredentialProvider* p, ClientOptions o)
      : transport(t), clock(c), credentials(p), options(std::move(o)) {
    if (options.retry_mode == RetryMode::adaptive) gate.emplace(clock);
    if (options.user_agent.empty()) options.user_agent = "crosslog/" + std::string(version());
  }

  void debug(const std::string& line) const {
    if (options.debug) options.debug(line);
  }

  Transport& transport;
  Clock& clock;
  CredentialProvider* const credentials;  // nullptr: nothing is signed
  ClientOptions options;
  const auth::RetryRules& rules = options.new_retries_2026 ? auth::kStandard21 : auth::kStandard20;
  auth::RetryQuota quota;
  std::optional<auth::RateGate> gate;  // of the adaptive mode

  void note_once(const std::string& warning) {
    if (warning.empty() || !options.note) return;
    {
      const std::lock_guard lock(mutex);
      if (warning == noted) return;
      noted = warning;
    }
    options.note(warning);
  }

  [[nodiscard]] milliseconds skew() {
    const std::lock_guard lock(mutex);
    return last_skew;
  }
  void learn(milliseconds skew) {
    const std::lock_guard lock(mutex);
    last_skew = skew;
  }
  // A client signs with the same key for a day.
  [[nodiscard]] sigv4::Key signing_key(const Secret& secret, const sigv4::Scope& scope) {
    const std::string day = base::amz_day(scope.time);
    const std::lock_guard lock(mutex);
    if (key_day != day || !key_secret.equals(secret)) {
      key = sigv4::signing_key(secret.reveal(), scope);
      key_secret = secret;
      key_day = day;
    }
    return key;
  }

 private:
  std::mutex mutex;
  milliseconds last_skew{0};
  sigv4::Key key;
  Secret key_secret;
  std::string key_day;
  std::string noted;
};

// The answers to one request, until one is final.
class SignedCall::Conversation {
 public:
  Conversation(State& state, std::string_view operation, HttpRequest request, DecodeError decode_error,
               const Decode& decode, std::stop_token stop)
      : state_(state),
        operation_(operation),
        request_(std::move(request)),
        decode_error_(decode_error),
        decode_(decode),
        stop_(std::move(stop)),
        invocation_id_(base::uuid4()),
        retries_(state.rules, state.options.max_attempts, state.quota) {}
  ~Conversation() { wipe(request_); }

  Result<void> run() {
    CROSSLOG_CHECK(prepare());
    if (is_signed()) {
      CROSSLOG_TRY(credentials_, state_.credentials->get(stop_));
      state_.note_once(credentials_.warning);
    }
    for (;;) {
      if (state_.gate && !state_.gate->enter(stop_)) return cancelled();
      CROSSLOG_TRY(HttpRequest request, next_request());
      auto answered = exchange(request);
      wipe(request);
      tell_gate(answered);
      if (answered) {
        retries_.succeeded();
        return {};
      }
      Error& error = answered.error();
      complete(error);
      state_.debug(std::string(operation_) + ": " + describe_briefly(error));
      if (error.code == Errc::cancelled || !goes_on(error)) return answered;
    }
  }

 private:
  // Headers, and the body of what is not signed, may hold a token.
  static void wipe(HttpRequest& request) {
    for (Header& header : request.headers)
      base::wipe(header.value);
    base::wipe(request.body);
  }

  [[nodiscard]] bool is_signed() const { return state_.credentials != nullptr; }

  Result<void> prepare() {
    CROSSLOG_TRY(const auto url, http::parse_url(request_.origin));
    request_.headers.insert(request_.headers.begin(), {"host", url.authority()});
    request_.connect_timeout = state_.options.connect_timeout;
    request_.read_timeout = state_.options.read_timeout;
    request_.allow_plain_http = state_.options.endpoint.allow_plain_http;
    return {};
  }

  Result<HttpRequest> next_request() {
    HttpRequest request = request_;
    TimePoint now = state_.clock.now();
    if (is_signed()) {
      CROSSLOG_TRY(now, sign(request));
    } else {
      state_.debug(std::string(operation_) + ": attempt " + std::to_string(attempts_ + 1) + ", not signed");
    }
    request.headers.push_back({"user-agent", state_.options.user_agent});
    request.headers.push_back({"amz-sdk-invocation-id", invocation_id_});
    request.headers.push_back({"amz-sdk-request", sdk_request(now)});
    return request;
  }

  // The time that was signed.
  Result<TimePoint> sign(HttpRequest& request) {
    signed_with_skew_ = state_.options.correct_clock_skew ? state_.skew() : milliseconds{0};
    const TimePoint now = state_.clock.now() + signed_with_skew_;
    if (now < kEarliestPlausible) {
      return fail(Errc::invalid_argument,
                  "The clock of this machine says " + base::iso8601(now) +
                      ": AWS refuses a signature that is more than five minutes off",
                  {"set the clock (NTP); times before 2020 are not signed with"});
    }
    const sigv4::Scope scope{state_.options.endpoint.signing_region, state_.options.endpoint.signing_name,
                             now};
    const sigv4::Key key = state_.signing_key(credentials_.secret_access_key, scope);
    CROSSLOG_TRY(auto added, sigv4::sign(signable(request), credentials_, scope, {.key = &key}));
    std::ranges::move(added, std::back_inserter(request.headers));
    state_.debug(std::string(operation_) + ": attempt " + std::to_string(attempts_ + 1) + ", signed by " +
                 whose(credentials_) + " for " + std::string(scope.region) + "/" +
                 std::string(scope.service));
    return now;
  }

  static sigv4::Signable signable(const HttpRequest& request) {
    return {request.method, request.path, request.query, request.headers, request.body};
  }

  // "attempt=1", then "ttl=20261123T115532Z; attempt=2; max=3".
  [[nodiscard]] std::string sdk_request(TimePoint now) const {
    const std::string attempt = "attempt=" + std::to_string(attempts_ + 1);
    const std::string max = "; max=" + std::to_string(state_.options.max_attempts);
    if (attempts_ == 0) return state_.rules.always_names_max ? attempt + max : attempt;
    return "ttl=" + base::amz_date(now + state_.options.read_timeout) + "; " + attempt + max;
  }

  Result<void> exchange(const HttpRequest& request) {
    ++attempts_;
    const TimePoint sent = state_.clock.now();
    retry_after_.reset();
    auto response = state_.transport.send(request, stop_);
    if (!response) return std::unexpected(std::move(response).error());
    retry_after_ = auth::parse_retry_after(find_header(response->headers, "x-amz-retry-after"));
    observed_ = auth::observed_skew(response->headers, sent, state_.clock.now());
    if (observed_) state_.learn(*observed_);
    const int status = response->status;
    std::string request_id(find_header(response->headers, "x-amzn-requestid"));
    if (status < 200 || status > 299) {
      Error error = decode_error_(*response);
      if (error.http_status == 0) error.http_status = status;
      if (error.request_id.empty()) error.request_id = std::move(request_id);
      return std::unexpected(std::move(error));
    }
    auto decoded = decode_(std::move(*response));
    if (!decoded && decoded.error().request_id.empty()) decoded.error().request_id = std::move(request_id);
    return decoded;
  }

  void tell_gate(const Result<void>& answered) {
    if (!state_.gate || (!answered && answered.error().code == Errc::cancelled)) return;
    state_.gate->answered(!answered && auth::is_throttling_code(answered.error().aws_code));
  }

  std::unexpected<Error> cancelled() const {
    auto error = fail(Errc::cancelled, "Cancelled");
    complete(error.error());
    return error;
  }

  void complete(Error& error) const {
    error.operation = operation_;
    error.attempts = attempts_;
    error.retries_exhausted = attempts_ >= state_.options.max_attempts && error.code != Errc::cancelled;
  }

  static std::string describe_briefly(const Error& error) {
    std::string text = name(error.code);
    if (error.http_status != 0) text += ", status " + std::to_string(error.http_status);
    if (!error.aws_code.empty()) text += ", " + error.aws_code;
    if (!error.request_id.empty()) text += ", request " + error.request_id;
    return text;
  }

  // Whether another attempt is to be made; waits for its time. When not, `error`
  // is what the call returns.
  bool goes_on(Error& error) {
    if (is_signed() && is_expired_code(error.aws_code) && !refreshed_) return refresh(error);
    if (needs_resigning(error)) {
      state_.debug(std::string(operation_) + ": the clock is off by " +
                   std::to_string(std::chrono::round<std::chrono::seconds>(*observed_).count()) +
                   " s, signing again");
      return true;
    }
    using Next = auth::Retries::Next;
    const auto verdict =
        retries_.after(auth::classify(error), attempts_, retry_after_, state_.options.random());
    if (verdict.next == Next::final) return give_up(error);
    if (verdict.next == Next::quota_exhausted) {
      error.hints.push_back("not tried again: too many of this client's requests failed lately");
    }
    return verdict.next == Next::send_again && wait(verdict.pause, error);
  }

  bool refresh(Error& error) {
    refreshed_ = true;
    state_.credentials->invalidate(credentials_.access_key_id);
    auto other = state_.credentials->get(stop_);
    if (!other) {
      if (other.error().code == Errc::cancelled) {
        error = std::move(other).error();
        return false;
      }
      error.hints.push_back("asking for other credentials failed: " + describe(other.error()));
      return give_up(error);
    }
    const bool same = other->access_key_id == credentials_.access_key_id;
    credentials_ = std::move(*other);
    if (same) return give_up(error);
    state_.debug(std::string(operation_) + ": the credentials had expired, other ones are there");
    return true;
  }

  [[nodiscard]] bool needs_resigning(const Error& error) const {
    return is_signed() && state_.options.correct_clock_skew && observed_ &&
           attempts_ < state_.options.max_attempts && auth::is_clock_skew(error.aws_code, *observed_) &&
           std::chrono::abs(*observed_ - signed_with_skew_) > auth::kSkewThreshold;
  }

  bool wait(milliseconds pause, Error& error) {
    state_.debug(std::string(operation_) + ": again in " + std::to_string(pause.count()) + " ms");
    if (state_.clock.sleep_for(pause, stop_)) return true;
    error = cancelled().error();
    return false;
  }

  // False; adds what the service cannot know: whose credentials these are, and
  // the clock.
  [[nodiscard]] bool give_up(Error& error) const {
    if (!is_signed()) return false;
    const bool expired = is_expired_code(error.aws_code);
    if (expired || error.code == Errc::access_denied || is_identity_code(error.aws_code)) {
      error.hints.push_back("signed by " + whose(credentials_));
    }
    if (expired && credentials_.expires) {
      error.hints.push_back("these credentials are good until " + base::iso8601(*credentials_.expires));
    }
    if (expired) error.hints.push_back("their source has no newer ones: renew them there");
    if (observed_ && auth::is_clock_skew(error.aws_code, *observed_)) {
      error.hints.push_back(
          "the clock of this machine is " +
          std::to_string(std::chrono::round<std::chrono::seconds>(std::chrono::abs(*observed_)).count()) +
          " s away from the service's");
    }
    return false;
  }

  State& state_;
  const std::string_view operation_;
  HttpRequest request_;
  const DecodeError decode_error_;
  const Decode& decode_;
  const std::stop_token stop_;
  const std::string invocation_id_;
  Credentials credentials_;
  int attempts_ = 0;
  auth::Retries retries_;
  std::optional<milliseconds> retry_after_;  // of the last answer
  bool refreshed_ = false;
  milliseconds signed_with_skew_{0};
  std::optional<milliseconds> observed_;
};

SignedCall::SignedCall(Transport& transport, Clock& clock, CredentialProvider& credentials,
                       ClientOptions options)
    : state_(std::make_unique<State>(transport, clock, &credentials, std::move(options))) {}

SignedCall::SignedCall(Transport& transport, Clock& clock, ClientOptions options)
    : state_(std::make_unique<State>(transport, clock, nullptr, std::move(options))) {}

SignedCall::~SignedCall() = default;

Result<void> SignedCall::run(std::string_view operation, HttpRequest request, DecodeError decode_error,
                             const Decode& decode, std::stop_token stop) {
  return Conversation(*state_, operation, std::move(request), decode_error, decode, std::move(stop)).run();
}

const Endpoint& SignedCall::endpoint() const noexcept {
  return state_->options.endpoint;
}

}  // namespace crosslog
