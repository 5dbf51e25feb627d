// Keys in the environment. A value of blanks counts as missing: nothing can be
// signed with it, and a shell makes one easily.
#include <string>
#include <string_view>
#include <utility>

#include "base/crypto.h"
#include "base/text.h"
#include "base/time.h"
#include "crosslog/providers.h"

namespace crosslog {
namespace {

class EnvProvider final : public CredentialProvider {
 public:
  explicit EnvProvider(Host host) : host_(std::move(host)) {}

  Result<Credentials> get(std::stop_token) override {
    Credentials credentials;
    credentials.access_key_id = variable("AWS_ACCESS_KEY_ID");
    credentials.secret_access_key = secret("AWS_SECRET_ACCESS_KEY");
    if (credentials.access_key_id.empty()) {
      return fail(Errc::not_configured, credentials.secret_access_key.empty()
                                            ? "AWS_ACCESS_KEY_ID is not set"
                                            : "AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not");
    }
    if (credentials.secret_access_key.empty()) {
      return fail(Errc::credentials, "Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY",
                  {"AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY: set both or neither"});
    }
    credentials.session_token = secret("AWS_SECURITY_TOKEN");
    if (credentials.session_token.empty()) credentials.session_token = secret("AWS_SESSION_TOKEN");
    credentials.expires = base::parse_iso8601(variable("AWS_CREDENTIAL_EXPIRATION"));
    credentials.account_id = variable("AWS_ACCOUNT_ID");
    credentials.origin = "environment";
    credentials.hops = {
        {.method = "env", .subject = "AWS_ACCESS_KEY_ID", .place = "environment", .cached = false}};
    return credentials;
  }

 private:
  [[nodiscard]] std::string variable(std::string_view name) const {
    return std::string(base::trim(host_.getenv(name).value_or("")));
  }
  [[nodiscard]] Secret secret(std::string_view name) const {
    std::string value = host_.getenv(name).value_or("");
    Secret secret{base::trim(value)};
    base::wipe(value);
    return secret;
  }

  const Host host_;
};

}  // namespace

ProviderPtr make_env_provider(Host host) {
  return std::make_unique<EnvProvider>(std::move(host));
}

}  // namespace crosslog
