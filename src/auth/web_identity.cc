// A role for whoever holds a token of an identity provider that the role trusts:
// a pod of EKS, a job of a CI system. The token is the proof, so nothing is
// signed. Who put the file there renews it, so it is read anew each time.
#include <string>
#include <utility>

#include "auth/signed_call.h"
#include "base/crypto.h"
#include "base/text.h"
#include "base/try.h"
#include "crosslog/credential_cache.h"
#include "crosslog/document.h"
#include "crosslog/providers.h"
#include "crosslog/sts.h"

namespace crosslog {
namespace {

constexpr std::size_t kMaxWebIdentityToken = std::size_t{32} << 10;

// What the AWS CLI makes the cache's key of: what was configured.
std::string web_identity_key_of(const WebIdentityOptions& options) {
  Document arguments;
  arguments.set("RoleArn", options.role_arn);
  if (!options.role_session_name.empty()) arguments.set("RoleSessionName", options.role_session_name);
  return cache_key(arguments);
}

class WebIdentityProvider final : public CredentialProvider {
 public:
  WebIdentityProvider(Transport& transport, Clock& clock, Host host, WebIdentityOptions options)
      : clock_(clock),
        host_(std::move(host)),
        options_(std::move(options)),
        key_(options_.cache != nullptr ? web_identity_key_of(options_) : ""),
        sts_(transport, clock, options_.client) {}

  Result<Credentials> get(std::stop_token stop) override {
    const auto fetch = [&] { return assume(stop); };
    auto assumed = options_.cache != nullptr ? options_.cache->get(key_, fetch, stop) : fetch();
    if (!assumed) return std::unexpected(std::move(assumed).error());
    Credentials& credentials = assumed->credentials;
    CROSSLOG_CHECK(check(credentials));
    if (!credentials.hops.empty() && credentials.hops.back().cached) {
      credentials.origin = "role " + options_.role_arn + ", out of the " + credentials.origin;
      credentials.hops = {hop(true)};
    }
    return std::move(credentials);
  }

  void invalidate(std::string_view access_key_id) noexcept override {
    if (options_.cache != nullptr) options_.cache->invalidate(key_, access_key_id);
  }

 private:
  [[nodiscard]] CredentialHop hop(bool cached) const {
    return {.method = "assume-role-with-web-identity",
            .subject = options_.role_arn,
            .place = options_.place,
            .cached = cached};
  }

  Result<AssumedRole> assume(const std::stop_token& stop) {
    AssumeRoleWithWebIdentity role{options_.role_arn, session_name(), {}};
    CROSSLOG_TRY(role.web_identity_token, token());
    const auto decode = [](HttpResponse response) {
      auto decoded = decode_assumed_role_with_web_identity(response);
      base::wipe(response.body);
      return decoded;
    };
    auto assumed = sts_.call("AssumeRoleWithWebIdentity", make_request(role, sts_.endpoint()),
                             decode_sts_error, decode, stop);
    if (!assumed) return std::unexpected(explain(std::move(assumed).error()));
    Credentials& credentials = assumed->credentials;
    credentials.origin =
        "role " + options_.role_arn + ", assumed with the token in " + base::visible(options_.token_file);
    credentials.hops = {hop(false)};
    return assumed;
  }

  [[nodiscard]] std::string session_name() const {
    if (!options_.role_session_name.empty()) return options_.role_session_name;
    const auto epoch = std::chrono::floor<std::chrono::seconds>(clock_.now()).time_since_epoch();
    return options_.session_prefix + "-" + std::to_string(epoch.count());
  }

  [[nodiscard]] Result<Secret> token() const {
    const std::string shown = base::visible(options_.token_file);
    const std::string hint = "the file of the web identity token is named by " +
                             (options_.place.empty() ? std::string("an option") : options_.place);
    auto file = host_.read_file(options_.token_file, kMaxWebIdentityToken);
    if (!file) return fail(Errc::credentials, file.error().message, {hint});
    if (!*file) {
      return fail(Errc::credentials, "[Errno 2] No such file or directory: '" + shown + "'", {hint});
    }
    Secret token((*file)->bytes);
    base::wipe((*file)->bytes);
    if (token.empty())
      return fail(Errc::credentials, "The web identity token " + shown + " is empty", {hint});
    return token;
  }

  [[nodiscard]] Error explain(Error error) const {
    if (error.code == Errc::cancelled) return error;
    const std::string file = base::visible(options_.token_file);
    error.hints.insert(error.hints.begin(),
                       "while assuming the role " + options_.role_arn + " with the token in " + file);
    if (error.code == Errc::access_denied) {
      error.hints.push_back(
          "the role's trust policy must name the token's identity provider, audience and subject");
    }
    if (error.code == Errc::expired_token) error.hints.push_back("whoever writes " + file + " must renew it");
    return error;
  }

  Clock& clock_;
  const Host host_;
  const WebIdentityOptions options_;
  const std::string key_;
  SignedCall sts_;
};

}  // namespace

ProviderPtr make_web_identity_provider(Transport& transport, Clock& clock, Host host,
                                       WebIdentityOptions options) {
  return std::make_unique<WebIdentityProvider>(transport, clock, std::move(host), std::move(options));
}

}  // namespace crosslog
