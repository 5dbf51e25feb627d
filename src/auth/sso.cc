// IAM Identity Center: somebody logged in with a browser, the AWS CLI kept the
// token of that, and the portal gives a role's credentials for it. The token is
// found by the name of the session, or by the start URL where a profile has the
// older form, and is never renewed here: that needs the client registration,
// which belongs to the program that made it.
#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "auth/retry.h"
#include "auth/role_json.h"
#include "auth/signed_call.h"
#include "base/crypto.h"
#include "base/text.h"
#include "base/time.h"
#include "base/try.h"
#include "config/profiles.h"
#include "crosslog/credential_cache.h"
#include "crosslog/document.h"
#include "crosslog/providers.h"
#include "http/status.h"

namespace crosslog {
namespace {

using auth::take;
using auth::text_of;
using std::chrono::milliseconds;

constexpr std::size_t kMaxPortalCode = 256;
constexpr std::size_t kMaxMessage = 1024;
constexpr TimePoint kNeverTrue{std::chrono::sys_days{std::chrono::year{9000} / 1 / 1}};
constexpr const char* kLoggedOut =
    "The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO "
    "session run aws sso login with the corresponding profile.";

// Whatever else is in it may be as secret as what was taken.
void wipe_token_file(Document& document) {
  for (auto& [key, value] : *document.map()) {
    if (value.string() != nullptr) base::wipe(*value.string());
  }
}

bool is_token_header_value(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

// "com.amazonaws.switchboard.portal#UnauthorizedException", "UnauthorizedException:http://..."
std::string_view bare_code(std::string_view code) {
  code = code.substr(0, code.find(':'));
  const auto hash = code.find('#');
  return base::trim(hash == std::string_view::npos ? code : code.substr(hash + 1));
}

Errc classify_portal_error(std::string_view code) {
  if (auth::is_throttling_code(code)) return Errc::throttled;
  if (code == "ForbiddenException") return Errc::access_denied;
  return Errc::service;
}

Error decode_error(const HttpResponse& response) {
  Error error;
  error.http_status = response.status;
  error.aws_code = std::to_string(response.status);
  error.message = response.status >= 500 ? http::server_error_phrase(response.status) : "Unknown";
  auto code = base::visible(bare_code(find_header(response.headers, "x-amzn-errortype")), kMaxPortalCode);
  if (const auto body = auth::parse_role_json(response.body)) {
    if (code.empty()) code = base::visible(bare_code(text_of(*body, "__type")), kMaxPortalCode);
    const std::string message = text_of(*body, "message");
    if (!message.empty()) error.message = base::visible(message, kMaxMessage);
  }
  if (!code.empty()) error.aws_code = code;
  error.code = classify_portal_error(error.aws_code);
  return error;
}

std::unexpected<Error> unexpected_portal_answer(std::string_view what) {
  return fail(Errc::protocol,
              "The answer of the single sign-on portal has unexpected content: " + std::string(what) + ".");
}

Result<Credentials> read_credentials(Document& role) {
  Credentials credentials;
  credentials.access_key_id = text_of(role, "accessKeyId");
  credentials.secret_access_key = take(role, "secretAccessKey");
  credentials.session_token = take(role, "sessionToken");
  if (credentials.access_key_id.empty() || credentials.secret_access_key.empty() ||
      credentials.session_token.empty()) {
    return unexpected_portal_answer("a part of the credentials is missing");
  }
  const Document* expiration = role.find("expiration");
  const std::int64_t* since_epoch = expiration == nullptr ? nullptr : expiration->integer();
  if (since_epoch == nullptr || *since_epoch < 0 || *since_epoch > kNeverTrue.time_since_epoch().count()) {
    return unexpected_portal_answer("the expiration is no number of milliseconds");
  }
  // In whole seconds, as they are kept.
  credentials.expires = std::chrono::floor<std::chrono::seconds>(TimePoint{milliseconds{*since_epoch}});
  return credentials;
}

Result<Credentials> decode_role_credentials(HttpResponse response) {
  auto document = auth::parse_role_json(response.body);
  base::wipe(response.body);
  if (!document) return unexpected_portal_answer("it is not JSON");
  for (auto& [name, value] : *document->map()) {
    if (name == "roleCredentials" && value.map() != nullptr) return read_credentials(value);
  }
  return unexpected_portal_answer("no roleCredentials");
}

// The AWS CLI's, of compact JSON.
std::string cache_key_of(const SsoOptions& options) {
  Document arguments;
  arguments.set("accountId", options.account_id);
  arguments.set("roleName", options.role_name);
  if (options.session_name.empty()) {
    arguments.set("startUrl", options.start_url);
  } else {
    arguments.set("sessionName", options.session_name);
  }
  return base::sha1_hex(write_json(arguments));
}

class SsoProvider final : public CredentialProvider {
 public:
  SsoProvider(Transport& transport, Clock& clock, Host host, SsoOptions options)
      : clock_(clock),
        host_(std::move(host)),
        options_(std::move(options)),
        key_(cache_key_of(options_)),
        portal_(transport, clock, options_.client) {}

  Result<Credentials> get(std::stop_token stop) override {
    const auto fetch = [&] { return ask(stop); };
    auto role = options_.cache != nullptr ? options_.cache->get(key_, fetch, stop) : fetch();
    if (!role) return std::unexpected(std::move(role).error());
    Credentials& credentials = role->credentials;
    CROSSLOG_CHECK(check(credentials));
    if (!credentials.hops.empty() && credentials.hops.back().cached) {
      credentials.origin = origin() + ", out of the " + credentials.origin;
      credentials.hops = {hop(true)};
    }
    return std::move(credentials);
  }

  void invalidate(std::string_view access_key_id) noexcept override {
    if (options_.cache != nullptr) options_.cache->invalidate(key_, access_key_id);
  }

 private:
  [[nodiscard]] std::string origin() const {
    return "single sign-on, role " + base::visible(options_.role_name) + " in account " +
           base::visible(options_.account_id);
  }
  [[nodiscard]] CredentialHop hop(bool cached) const {
    return {.method = "sso",
            .subject = options_.role_name + " in " + options_.account_id,
            .place = options_.place,
            .cached = cached};
  }

  Result<AssumedRole> ask(const std::stop_token& stop) {
    CROSSLOG_TRY(const Secret token, this->token());
    auto given =
        portal_.call("GetRoleCredentials", request(token), decode_error, decode_role_credentials, stop);
    if (!given) return std::unexpected(explain(std::move(given).error()));
    AssumedRole role{.credentials = std::move(*given),
                     .assumed_role_id = {},
                     .assumed_role_arn = {},
                     .packed_policy_size = {}};
    Credentials& credentials = role.credentials;
    credentials.account_id = options_.account_id;
    credentials.origin = origin();
    credentials.hops = {hop(false)};
    return role;
  }

  [[nodiscard]] HttpRequest request(const Secret& token) const {
    const Endpoint& endpoint = portal_.endpoint();
    HttpRequest request;
    request.method = "GET";
    request.origin = endpoint.origin;
    request.path =
        (endpoint.path.ends_with('/') ? endpoint.path : endpoint.path + "/") + "federation/credentials";
    request.query = "role_name=" + base::percent_encode(options_.role_name) +
                    "&account_id=" + base::percent_encode(options_.account_id);
    request.headers = {{"x-amz-sso_bearer_token", std::string(token.reveal())}};
    request.max_response_bytes = auth::kMaxRoleJson;
    request.allow_plain_http = endpoint.allow_plain_http;
    return request;
  }

  // Of the session, or of the start URL.
  [[nodiscard]] const std::string& token_name() const {
    return options_.session_name.empty() ? options_.start_url : options_.session_name;
  }

  Result<Secret> token() {
    const std::string name = base::sha1_hex(token_name()) + ".json";
    // No variable moves it.
    CROSSLOG_TRY(const auto location, config::config_path(host_, {}, "~/.aws/sso/cache/" + name));
    const std::string place = base::visible(location.path);
    if (location.without_home) return not_there(place + ", and HOME is not set");
    auto file = host_.read_file(location.path, auth::kMaxRoleJson);
    if (!file) return fail(Errc::credentials, "Error loading SSO Token: " + file.error().message);
    if (!*file) return not_there(place);
    auto document = auth::parse_role_json((*file)->bytes);
    base::wipe((*file)->bytes);
    if (!document) return invalid(place);
    auto token = read_token(*document, place);
    wipe_token_file(*document);
    return token;
  }

  Result<Secret> read_token(Document& document, const std::string& place) {
    Secret token = take(document, "accessToken");
    const auto expires = base::parse_iso8601(text_of(document, "expiresAt"));
    if (!expires || !is_token_header_value(token.reveal())) return invalid(place);
    if (*expires > clock_.now()) return token;
    const bool is_session = !options_.session_name.empty();
    return fail(Errc::expired_token,
                is_session ? "Error when retrieving token from sso: Token has expired and refresh failed"
                           : kLoggedOut,
                {login(), "the token in " + place + " expired at " + base::iso8601(*expires)});
  }

  [[nodiscard]] std::unexpected<Error> not_there(const std::string& place) const {
    return fail(Errc::credentials,
                "Error loading SSO Token: Token for " + base::visible(token_name()) + " does not exist",
                {login(), "it was looked for at " + place});
  }

  [[nodiscard]] std::unexpected<Error> invalid(const std::string& place) const {
    return fail(Errc::credentials,
                "Error loading SSO Token: Token for " + base::visible(options_.start_url) + " is invalid",
                {login(), "it stands in " + place});
  }

  [[nodiscard]] std::string login() const {
    const bool named = !options_.profile.empty() && options_.profile != "default";
    return "log in with the AWS CLI: aws sso login" +
           (named ? " --profile " + base::visible(options_.profile) : "");
  }

  [[nodiscard]] Error explain(Error error) const {
    if (error.code == Errc::cancelled) return error;
    const std::string what = "while asking for the role " + base::visible(options_.role_name) +
                             " in the account " + base::visible(options_.account_id);
    if (error.aws_code != "UnauthorizedException") {
      error.hints.insert(error.hints.begin(), what);
      return error;
    }
    return fail(Errc::expired_token, kLoggedOut, {login(), what + ": " + error.message}).error();
  }

  Clock& clock_;
  const Host host_;
  const SsoOptions options_;
  const std::string key_;
  SignedCall portal_;
};

}  // namespace

ProviderPtr make_sso_provider(Transport& transport, Clock& clock, Host host, SsoOptions options) {
  return std::make_unique<SsoProvider>(transport, clock, std::move(host), std::move(options));
}

}  // namespace crosslog
