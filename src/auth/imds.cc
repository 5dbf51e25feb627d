// The instance metadata service, version 2 only: a PUT for a session token, then
// GETs that show it. There is no way back to version 1: a request forged on this
// machine could use it, and a hop limit that swallows the PUT is to be fixed, not
// worked around.
//
// Everything that arrives here is checked before it goes on: the token before it
// becomes a header, the role's name before it becomes a path, the document before
// it becomes credentials.
#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "auth/role_json.h"
#include "base/crypto.h"
#include "base/text.h"
#include "base/try.h"
#include "crosslog/providers.h"
#include "crosslog/version.h"
#include "http/url.h"

namespace crosslog {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t kMaxBody = 64u << 10;
constexpr std::size_t kMaxImdsToken = 8u << 10;
constexpr std::size_t kMaxRoleName = 64;
constexpr seconds kTokenLifetime{21'600};
constexpr seconds kUnknownTokenLifetime{60};
constexpr seconds kLongestTokenMargin{120};
constexpr int kAttemptsOnSilence = 2;
constexpr int kAttemptsWhenBusy = 4;
constexpr milliseconds kPauseOnSilence{100};
constexpr milliseconds kPauseWhenBusy{250};
constexpr int kNotFound = 404;
constexpr int kUnauthorized = 401;

constexpr std::string_view kTokenHeader = "x-aws-ec2-metadata-token";
constexpr std::string_view kTokenLifetimeHeader = "x-aws-ec2-metadata-token-ttl-seconds";

Error absent(std::string message, std::vector<std::string> hints = {}, int status = 0) {
  Error error;
  error.code = Errc::not_configured;
  error.message = std::move(message);
  error.hints = std::move(hints);
  error.http_status = status;
  return error;
}

bool is_busy(int status) noexcept {
  return status == 429 || status >= 500;
}

bool is_silence(const Error& error) noexcept {
  return error.code == Errc::network || error.code == Errc::timeout;
}

// What may become a header value.
bool is_imds_token(std::string_view text) noexcept {
  return !text.empty() && text.size() <= kMaxImdsToken &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

bool is_alphanumeric(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// What may become a part of a path: IAM's own rule for a role's name.
bool is_role_name(std::string_view text) noexcept {
  return !text.empty() && text.size() <= kMaxRoleName && std::ranges::all_of(text, [](char c) {
    return is_alphanumeric(c) || std::string_view("+=,.@_-").find(c) != std::string_view::npos;
  });
}

bool is_region(std::string_view text) noexcept {
  return !text.empty() && text.size() <= 63 &&
         std::ranges::all_of(text, [](char c) { return is_alphanumeric(c) || c == '-'; });
}

class Imds final : public InstanceMetadata {
 public:
  Imds(Transport& transport, Clock& clock, Random random, ImdsSettings settings)
      : transport_(transport), clock_(clock), random_(std::move(random)), settings_(std::move(settings)) {}

  Result<std::string> get(std::string_view path, std::stop_token stop) override {
    if (settings_.disabled) {
      return std::unexpected(
          absent("switched off", {"AWS_EC2_METADATA_DISABLED is true in the environment"}));
    }
    CROSSLOG_TRY(const Secret token, this->token(stop));
    auto response = ask(path, token, stop);
    if (response && response->status == kUnauthorized) {
      forget(token);
      CROSSLOG_TRY(const Secret another, this->token(stop));
      response = ask(path, another, stop);
    }
    if (!response) return std::unexpected(remember(std::move(response).error()));
    if (response->status != 200) return std::unexpected(judge(*response, path));
    return std::move(response->body);
  }

  Result<std::string> region(std::stop_token stop) override {
    {
      const std::lock_guard lock(mutex_);
      if (!region_.empty()) return region_;
    }
    CROSSLOG_TRY(std::string region, ask_region(std::move(stop)));
    if (!is_region(region)) return std::unexpected(absent("the region it answered is not a region's name"));
    const std::lock_guard lock(mutex_);
    return region_ = std::move(region);
  }

 private:
  struct Session {
    Secret token;
    std::chrono::steady_clock::time_point until;
  };

  Result<std::string> ask_region(std::stop_token stop) {
    auto region = get("meta-data/placement/region", stop);
    if (region || region.error().http_status != kNotFound) return region;
    CROSSLOG_TRY(std::string zone, get("meta-data/placement/availability-zone", std::move(stop)));
    // "us-west-2a", and the local zone "us-west-2-lax-1a": up to the first number.
    const auto digits = zone.find_first_of("0123456789");
    zone.resize(std::min(zone.find_first_not_of("0123456789", digits), zone.size()));
    return zone;
  }

  // The token there is, or a new one. One thread asks, the others wait for it.
  Result<Secret> token(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    if (!asked_.wait(lock, stop, [this] { return !asking_; })) return fail(Errc::cancelled, "Cancelled");
    if (verdict_) return std::unexpected(*verdict_);
    if (session_ && clock_.steady_now() < session_->until) return session_->token;
    asking_ = true;
    lock.unlock();
    auto session = ask_token(stop);
    if (!session) session = std::unexpected(remember(std::move(session).error()));
    lock.lock();
    asking_ = false;
    asked_.notify_all();
    if (!session) return std::unexpected(std::move(session).error());
    session_ = std::move(*session);
    return session_->token;
  }

  void forget(const Secret& token) {
    const std::lock_guard lock(mutex_);
    if (session_ && session_->token.reveal() == token.reveal()) session_.reset();
  }

  // Silence of a service that never answered a question is the verdict for the
  // life of this object: another two seconds would not change it.
  Error remember(Error error) {
    if (error.code == Errc::protocol) {
      return absent(settings_.endpoint + " answered what cannot be used", {std::move(error.message)});
    }
    if (!is_silence(error)) return error;
    const std::lock_guard lock(mutex_);
    if (useful_) return absent(settings_.endpoint + " stopped answering", {std::move(error.message)});
    verdict_ = unreachable(error);
    return *verdict_;
  }

  [[nodiscard]] Error unreachable(const Error& error) const {
    return absent(
        settings_.endpoint + " does not answer",
        {error.message,
         "on EC2, check: instance role attached? metadata service on (HttpEndpoint)? in a container: "
         "hop limit of 2 or more (HttpPutResponseHopLimit)?",
         "elsewhere, AWS_EC2_METADATA_DISABLED=true saves the wait"});
  }

  Result<Session> ask_token(const std::stop_token& stop) {
    CROSSLOG_TRY(HttpRequest request, make_request("PUT", "api/token"));
    request.headers.push_back({std::string(kTokenLifetimeHeader), std::to_string(kTokenLifetime.count())});
    const auto asked_at = clock_.steady_now();
    CROSSLOG_TRY(HttpResponse response, exchange(request, stop));
    if (response.status != 200) return std::unexpected(judge_token(response.status));
    if (!is_imds_token(response.body)) {
      base::wipe(response.body);
      return std::unexpected(
          absent(settings_.endpoint + " answered a session token that cannot be sent as a header"));
    }
    const seconds lifetime = token_lifetime(find_header(response.headers, kTokenLifetimeHeader));
    Session session{Secret(response.body), asked_at + lifetime - std::min(kLongestTokenMargin, lifetime / 5)};
    base::wipe(response.body);
    return session;
  }

  static seconds token_lifetime(std::string_view header) {
    const auto value = base::parse_int(base::trim(header));
    return value && *value >= 1 && *value <= kTokenLifetime.count() ? seconds(*value) : kUnknownTokenLifetime;
  }

  Result<HttpResponse> ask(std::string_view path, const Secret& token, const std::stop_token& stop) {
    CROSSLOG_TRY(HttpRequest request, make_request("GET", path));
    request.headers.push_back({std::string(kTokenHeader), std::string(token.reveal())});
    auto response = exchange(request, stop);
    base::wipe(request.headers.back().value);
    if (response) {
      const std::lock_guard lock(mutex_);
      useful_ = true;
    }
    return response;
  }

  Result<HttpRequest> make_request(std::string method, std::string_view path) const {
    const auto url = http::parse_url(settings_.endpoint);
    if (!url) {
      return fail(Errc::configuration,
                  "Invalid endpoint EC2 Instance Metadata endpoint: " + base::visible(settings_.endpoint),
                  url.error().hints);
    }
    std::string_view prefix = url->path;
    while (prefix.ends_with('/'))
      prefix.remove_suffix(1);
    HttpRequest request;
    request.method = std::move(method);
    request.origin = url->origin();
    request.path = std::string(prefix) + "/latest/" + std::string(path);
    request.headers = {{"user-agent", "crosslog/" + std::string(version())}};
    request.connect_timeout = settings_.timeout;
    request.read_timeout = settings_.timeout;
    // Two silent attempts and the pause between them stay within 2.5 s.
    request.total_timeout = settings_.timeout + settings_.timeout / 8;
    request.max_response_bytes = kMaxBody;
    request.direct = true;
    request.allow_plain_http = true;
    return request;
  }

  // Sends until there is an answer that is not "later".
  Result<HttpResponse> exchange(const HttpRequest& request, const std::stop_token& stop) {
    int silent = 0;
    int busy = 0;
    for (;;) {
      auto response = transport_.send(request, stop);
      if (response ? !is_busy(response->status) : !is_silence(response.error())) return response;
      const bool last = response ? ++busy >= settings_.attempts.value_or(kAttemptsWhenBusy)
                                 : ++silent >= settings_.attempts.value_or(kAttemptsOnSilence);
      if (last) return response;
      const auto longest = response ? kPauseWhenBusy * (1 << std::min(busy - 1, 6)) : kPauseOnSilence;
      const milliseconds pause(
          static_cast<milliseconds::rep>(random_() * static_cast<double>(longest.count())));
      if (!clock_.sleep_for(pause, stop)) return fail(Errc::cancelled, "Cancelled");
    }
  }

  // Without the status: it is not the answer to what was asked for.
  [[nodiscard]] Error judge_token(int status) const {
    const std::string answered =
        settings_.endpoint + " answered " + std::to_string(status) + " to the token request";
    switch (status) {
      case 403:
        return absent(answered + ": the metadata service is off",
                      {"turn it on for this instance: HttpEndpoint in its metadata options"});
      case kNotFound:
      case 405:
        return absent(answered + ": it does not offer version 2", {"version 1 is never used"});
      default:
        return absent(answered);
    }
  }

  [[nodiscard]] Error judge(const HttpResponse& response, std::string_view path) const {
    if (response.status == kUnauthorized) {
      return absent(settings_.endpoint + " refuses its own session token (401, twice)", {}, response.status);
    }
    return absent(settings_.endpoint + " answered " + std::to_string(response.status) + " to " +
                      base::visible(path, 256),
                  {}, response.status);
  }

  Transport& transport_;
  Clock& clock_;
  const Random random_;
  const ImdsSettings settings_;
  std::mutex mutex_;
  std::condition_variable_any asked_;
  bool asking_ = false;
  bool useful_ = false;  // some GET was answered
  std::optional<Session> session_;
  std::optional<Error> verdict_;
  std::string region_;
};

class ImdsProvider final : public CredentialProvider {
 public:
  ImdsProvider(InstanceMetadata& metadata, Clock& clock, std::string role)
      : metadata_(metadata),
        clock_(clock),
        named_role_(std::move(role)),
        place_{Tree::unknown, named_role_} {}

  Result<Credentials> get(std::stop_token stop) override {
    Place place = this->place();
    const bool remembered = !place.role.empty();
    if (!remembered) CROSSLOG_CHECK(list(place, stop));
    auto body = fetch(place, stop);
    if (is_not_found(body)) {
      // The role has been replaced by another one, a moment or hours ago.
      CROSSLOG_CHECK(relist(place, stop));
      body = fetch(place, stop);
    }
    if (!body) return std::unexpected(explain(std::move(body).error(), place));
    remember(place);
    auto credentials = read(*body, place.role);
    base::wipe(*body);
    return credentials;
  }

 private:
  enum class Tree { unknown, extended, legacy };
  struct Place {
    Tree tree = Tree::unknown;
    std::string role;  // empty: to be asked for
  };

  static bool is_not_found(const Result<std::string>& body) {
    return !body && body.error().http_status == kNotFound;
  }

  static std::string path_of(Tree tree) {
    return tree == Tree::legacy ? "meta-data/iam/security-credentials/"
                                : "meta-data/iam/security-credentials-extended/";
  }

  [[nodiscard]] Place place() {
    const std::lock_guard lock(mutex_);
    return place_;
  }
  void remember(const Place& place) {
    const std::lock_guard lock(mutex_);
    place_ = place;
  }

  Result<std::string> fetch(Place& place, const std::stop_token& stop) {
    auto body = metadata_.get(path_of(place.tree) + place.role, stop);
    if (body && place.tree == Tree::unknown) place.tree = Tree::extended;
    return body;
  }

  // After a 404 for the role's document.
  Result<void> relist(Place& place, const std::stop_token& stop) {
    if (named_role_.empty()) return list(place, stop);
    if (place.tree == Tree::unknown) place.tree = Tree::legacy;
    return {};
  }

  // Asks for the role's name; finds out which tree is there by the way.
  Result<void> list(Place& place, const std::stop_token& stop) {
    auto names = metadata_.get(path_of(place.tree), stop);
    if (!names && place.tree == Tree::unknown && names.error().http_status != 0) {
      place.tree = Tree::legacy;
      names = metadata_.get(path_of(place.tree), stop);
    }
    if (!names) return std::unexpected(explain_list(names.error()));
    if (place.tree == Tree::unknown) place.tree = Tree::extended;
    const std::string_view first = std::string_view(*names).substr(0, names->find_first_of("\r\n"));
    if (first.empty()) return std::unexpected(no_role(0));
    if (!is_role_name(first)) {
      return std::unexpected(absent("the name of the instance's role is not one that IAM allows"));
    }
    place.role = first;
    return {};
  }

  static Error no_role(int status) {
    return absent("no IAM role is attached to this instance",
                  {"attach an instance profile with a role to this instance"}, status);
  }

  static Error explain_list(const Error& error) {
    return error.http_status == kNotFound ? no_role(kNotFound) : error;
  }

  static Error explain(Error error, const Place& place) {
    if (error.http_status != kNotFound) return error;
    return absent("there are no credentials for the role " + base::visible(place.role, kMaxRoleName),
                  {"check the instance profile's name, and that its role still exists"}, kNotFound);
  }

  static Error unreadable(std::string_view body, const std::string& role) {
    const std::string credentials = "the credentials of the role " + role;
    if (body.starts_with('<')) {
      return absent(credentials + " are HTML, not a JSON object",
                    {"something else answers at the address of the metadata service"});
    }
    const bool cut = body.starts_with('{') && !body.ends_with('}');
    return absent(credentials + (cut ? " are cut off, not a JSON object" : " are not a JSON object"));
  }

  Result<Credentials> read(std::string_view body, const std::string& role) const {
    auto document = auth::parse_role_json(body);
    if (!document) return std::unexpected(unreadable(base::trim(body), role));
    const std::string code = auth::text_of(*document, "Code");
    if (!code.empty() && code != "Success") {
      return std::unexpected(absent("the role " + role + " gives no credentials: " + base::visible(code, 64) +
                                        ": " + base::visible(auth::text_of(*document, "Message"), 512),
                                    {"check that the role still exists and that its trust policy lets "
                                     "ec2.amazonaws.com assume it"}));
    }
    Credentials credentials = auth::take_keys(*document, "Token");
    credentials.expires = auth::role_expiry(*document, clock_.now());
    credentials.origin = "instance metadata, role " + role;
    credentials.hops = {
        {.method = "iam-role", .subject = role, .place = "instance metadata", .cached = false}};
    return checked(std::move(credentials), role);
  }

  static Result<Credentials> checked(Credentials credentials, const std::string& role) {
    const auto good = check(credentials);
    if (good && !credentials.session_token.empty()) return credentials;
    return std::unexpected(absent(
        "the credentials of the role " + role +
        " cannot be used: " + (good ? std::string("The session token is missing.") : good.error().message)));
  }

  InstanceMetadata& metadata_;
  Clock& clock_;
  const std::string named_role_;
  std::mutex mutex_;
  Place place_;
};

}  // namespace

std::unique_ptr<InstanceMetadata> make_instance_metadata(Transport& transport, Clock& clock, Random random,
                                                         ImdsSettings settings) {
  return std::make_unique<Imds>(transport, clock, std::move(random), std::move(settings));
}

ProviderPtr make_imds_provider(InstanceMetadata& metadata, Clock& clock, std::string role) {
  return std::make_unique<ImdsProvider>(metadata, clock, std::move(role));
}

}  // namespace crosslog
