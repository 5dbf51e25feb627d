// Credentials of an ECS task or an EKS pod. Whoever sets the URL of this source
// is told the authorization token, and is believed: so clear text goes only to
// addresses that never leave the machine, and it is the address that is checked,
// not the name, and that very address is connected to. A name that resolves to
// something else a moment later changes nothing.
#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "auth/role_json.h"
#include "base/crypto.h"
#include "base/text.h"
#include "base/try.h"
#include "crosslog/providers.h"
#include "crosslog/version.h"
#include "http/url.h"

namespace crosslog {
namespace {

using std::chrono::seconds;

constexpr std::string_view kRelativeUri = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
constexpr std::string_view kFullUri = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
constexpr std::string_view kToken = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
constexpr std::string_view kTokenFile = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
constexpr std::string_view kEcsOrigin = "http://169.254.170.2";
constexpr std::string_view kAllowedHosts = "169.254.170.2, 169.254.170.23, fd00:ec2::23, localhost";

constexpr seconds kTimeout{2};
constexpr seconds kTotalTimeout{5};
constexpr seconds kPause{1};
constexpr int kAttempts = 3;
constexpr std::size_t kMaxTokenFile = 64u << 10;
constexpr std::size_t kMaxAddresses = 4;
constexpr std::size_t kMaxShownBody = 1024;
constexpr int kFirstError = 400;
constexpr int kContainerUnauthorized = 401;
constexpr int kForbidden = 403;

std::unexpected<Error> broken_container(std::string reason, std::vector<std::string> hints = {},
                                        int status = 0) {
  auto failure =
      fail(Errc::credentials, "Error when retrieving credentials from container-role: " + std::move(reason),
           std::move(hints));
  failure.error().http_status = status;
  return failure;
}

std::unexpected<Error> not_retrieved(const std::string& reason, std::vector<std::string> hints = {},
                                     int status = 0) {
  return broken_container("Error retrieving metadata: " + reason, std::move(hints), status);
}

std::unexpected<Error> unsupported_host(std::string_view host, std::string hint) {
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  return fail(Errc::credentials,
              "Unsupported host '" + base::visible(host, 256) +
                  "'.  Can only retrieve metadata from a loopback address or one of these hosts: " +
                  std::string(kAllowedHosts),
              {std::move(hint)});
}

// What may become a header value: a line break at its end would be one too.
bool is_authorization_value(std::string_view text) noexcept {
  return std::ranges::none_of(text,
                              [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
}

// Nothing came back: another address, or another attempt, may be luckier.
bool is_container_silence(const Error& error) noexcept {
  return error.code == Errc::network || error.code == Errc::timeout;
}

struct Target {
  std::string variable;  // that named it
  http::Url url;
  std::vector<std::string> addresses;  // to connect to, all of them checked; empty: wherever TLS vouches for
};

class ContainerProvider final : public CredentialProvider {
 public:
  ContainerProvider(Transport& transport, Clock& clock, Host host)
      : transport_(transport), clock_(clock), host_(std::move(host)) {}

  Result<Credentials> get(std::stop_token stop) override {
    CROSSLOG_TRY(const Target target, find_target(stop));
    CROSSLOG_TRY(const std::optional<Secret> token, read_token());
    CROSSLOG_TRY(Document document, fetch(target, token, stop));
    return read(document, target);
  }

 private:
  Result<Target> find_target(const std::stop_token& stop) const {
    Target target{.variable = std::string(kRelativeUri), .url = {}, .addresses = {}};
    auto uri = host_.getenv(kRelativeUri);
    if (uri) {
      uri->insert(0, kEcsOrigin);
    } else {
      target.variable = kFullUri;
      uri = host_.getenv(kFullUri);
    }
    if (!uri) {
      return fail(Errc::not_configured,
                  "neither " + std::string(kRelativeUri) + " nor " + std::string(kFullUri) + " is set");
    }
    auto url = http::parse_url(*uri);
    if (!url) return broken_container(std::move(url.error().message), {"it comes from " + target.variable});
    target.url = std::move(*url);
    if (!target.url.userinfo.empty()) {
      return unsupported_host(target.url.host, "there is a user name in front of the host in " +
                                                   target.variable + ": that is never accepted");
    }
    if (target.url.scheme == "http") {
      CROSSLOG_TRY(target.addresses, check_host(target, stop));
    }
    return target;
  }

  // The addresses behind the host, when clear text may go to every one of them.
  Result<std::vector<std::string>> check_host(const Target& target, const std::stop_token& stop) const {
    const std::string& host = target.url.host;
    if (http::is_address(host)) {
      if (http::is_container_address(host)) return std::vector{host};
      return unsupported_host(host, target.variable + " names it: use https, or one of these addresses");
    }
    if (!host_.resolve) return unsupported_host(host, "there is no way to resolve names here");
    auto found = host_.resolve(host, stop);
    if (!found && found.error().code == Errc::cancelled) return found;
    if (!found) return unsupported_host(host, std::move(found.error().message));
    std::vector<std::string> addresses;
    for (const std::string& address : *found) {
      addresses.push_back(address.find(':') == std::string::npos ? address : "[" + address + "]");
      if (!http::is_container_address(addresses.back())) {
        return unsupported_host(host, "it resolves to " + base::visible(address, 64) +
                                          ", which is not one of these: use https there");
      }
    }
    if (addresses.empty()) return unsupported_host(host, "it has no address");
    addresses.resize(std::min(addresses.size(), kMaxAddresses));
    return addresses;
  }

  Result<std::optional<Secret>> read_token() const {
    std::string from = std::string(kTokenFile);
    std::string text;
    if (const auto path = host_.getenv(kTokenFile)) {
      CROSSLOG_TRY(text, read_token_file(*path));
    } else if (auto token = host_.getenv(kToken)) {
      from = kToken;
      text = std::move(*token);
    } else {
      return std::nullopt;
    }
    const bool good = is_authorization_value(text);
    Secret token(text);
    base::wipe(text);
    if (good) return token;
    return fail(
        Errc::credentials, "Auth token value is not a legal header value",
        {"the token of " + from + " holds a line break or another control character, perhaps at its end"});
  }

  [[nodiscard]] Result<std::string> read_token_file(const std::string& path) const {
    auto file = host_.read_file(path, kMaxTokenFile);
    const std::string hint = std::string(kTokenFile) + " names this file";
    if (!file) return fail(Errc::credentials, std::move(file.error().message), {hint});
    if (*file) return std::move((*file)->bytes);
    return fail(Errc::credentials, "[Errno 2] No such file or directory: '" + base::visible(path, 1024) + "'",
                {hint});
  }

  struct Attempt {
    Result<Document> document;
    bool is_last = true;  // another one would end as this did
  };

  // Nearly every failure is worth another attempt for this source, 404 too: the
  // agent may know the task only a moment later.
  Result<Document> fetch(const Target& target, const std::optional<Secret>& token,
                         const std::stop_token& stop) const {
    Attempt attempt = try_once(target, token, stop);
    for (int made = 1; made < kAttempts && !attempt.is_last; ++made) {
      if (!clock_.sleep_for(kPause, stop)) return fail(Errc::cancelled, "Cancelled");
      attempt = try_once(target, token, stop);
    }
    return std::move(attempt.document);
  }

  Attempt try_once(const Target& target, const std::optional<Secret>& token,
                   const std::stop_token& stop) const {
    auto response = send(target, token, stop);
    if (!response) return judge_failure(std::move(response).error());
    if (response->status != 200) return {judge_status(*response, token), false};
    auto document = auth::parse_role_json(response->body);
    base::wipe(response->body);
    if (document) return {std::move(document), true};
    return {not_retrieved("Unable to parse JSON returned from container metadata services",
                          {std::move(document.error().message)}),
            false};
  }

  // To the first address that answers.
  Result<HttpResponse> send(const Target& target, const std::optional<Secret>& token,
                            const std::stop_token& stop) const {
    HttpRequest request = make_request(target, token);
    auto response = transport_.send(request, stop);
    for (std::size_t i = 1;
         i < target.addresses.size() && !response && is_container_silence(response.error()); ++i) {
      request.connect_to = target.addresses[i];
      response = transport_.send(request, stop);
    }
    if (token) base::wipe(request.headers.back().value);
    return response;
  }

  static HttpRequest make_request(const Target& target, const std::optional<Secret>& token) {
    HttpRequest request;
    request.method = "GET";
    request.origin = target.url.origin();
    request.path = target.url.path;
    request.query = target.url.query;
    request.headers = {{"accept", "application/json"}, {"user-agent", "crosslog/" + std::string(version())}};
    if (token) request.headers.push_back({"authorization", std::string(token->reveal())});
    request.connect_timeout = kTimeout;
    request.read_timeout = kTimeout;
    request.total_timeout = kTotalTimeout;
    request.max_response_bytes = auth::kMaxRoleJson;
    request.direct = true;
    if (!target.addresses.empty()) request.connect_to = target.addresses.front();
    return request;
  }

  static Attempt judge_failure(Error error) {
    if (error.code == Errc::cancelled) return {std::unexpected(std::move(error)), true};
    const bool again = is_container_silence(error);
    std::vector<std::string> hints = std::move(error.hints);
    hints.resize(std::min<std::size_t>(hints.size(), 1));  // the reason; the rest is advice for services
    hints.emplace_back("is this the container the variables were made for, and its agent running there?");
    return {not_retrieved("Received error when attempting to retrieve container metadata: " + error.message,
                          std::move(hints)),
            !again};
  }

  // The body of an error is for the person who reads it; of another answer it may
  // be credentials. An error that repeats the token is not shown either.
  static std::unexpected<Error> judge_status(const HttpResponse& response,
                                             const std::optional<Secret>& token) {
    const bool repeats_token =
        token && !token->empty() && response.body.find(token->reveal()) != std::string::npos;
    const bool is_shown = response.status >= kFirstError && !repeats_token;
    std::vector<std::string> hints;
    if (response.status == kContainerUnauthorized || response.status == kForbidden) {
      hints.push_back("check " + std::string(kTokenFile) + " or " + std::string(kToken) +
                      ": the authorization was refused");
    }
    return not_retrieved("Received non 200 response " + std::to_string(response.status) +
                             " from container metadata: " +
                             (is_shown ? base::visible(response.body, kMaxShownBody) : std::string()),
                         std::move(hints), response.status);
  }

  [[nodiscard]] Result<Credentials> read(Document& document, const Target& target) const {
    Credentials credentials = auth::take_keys(document, "Token");
    credentials.expires = auth::role_expiry(document, clock_.now());
    const std::string place = target.url.origin();  // the path of a task is half a secret
    credentials.origin = "container, " + place;
    const std::string role = base::visible(auth::text_of(document, "RoleArn"), 2048);
    credentials.hops = {{.method = "container-role",
                         .subject = role.empty() ? target.variable : role,
                         .place = place,
                         .cached = false}};
    const Document* token = document.find("Token");  // may be empty, as that of a user's keys
    auto good = token != nullptr && token->string() != nullptr
                    ? check(credentials)
                    : fail(Errc::credentials, "The session token is missing.");
    if (!good)
      return broken_container(std::move(good.error().message), {"the answer of " + place + " is not usable"});
    return credentials;
  }

  Transport& transport_;
  Clock& clock_;
  const Host host_;
};

}  // namespace

ProviderPtr make_container_provider(Transport& transport, Clock& clock, Host host) {
  return std::make_unique<ContainerProvider>(transport, clock, std::move(host));
}

}  // namespace crosslog
