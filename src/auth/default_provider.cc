// Where credentials are looked for when nobody says where. What the environment
// holds comes first, unless the user named a profile on the command line: then
// nothing of the environment may take its place.
#include <string>
#include <utility>
#include <vector>

#include "auth/profile_sources.h"
#include "base/text.h"
#include "base/try.h"
#include "crosslog/providers.h"

namespace crosslog {
namespace {

// An error that waits until somebody asks: another source may come first.
class FailingProvider final : public CredentialProvider {
 public:
  explicit FailingProvider(Error error) : error_(std::move(error)) {}
  Result<Credentials> get(std::stop_token) override { return std::unexpected(error_); }

 private:
  const Error error_;
};

// nullptr becomes a source that does not apply.
ProviderPtr or_failing(Result<ProviderPtr> made, std::string reason) {
  if (made && *made) return std::move(*made);
  return std::make_unique<FailingProvider>(made ? fail(Errc::not_configured, std::move(reason)).error()
                                                : std::move(made).error());
}

ProviderPtr left_out() {
  return or_failing(nullptr, "left out, as the profile was named explicitly");
}

ProviderPtr web_identity(const ProviderContext& context) {
  if (context.host.getenv("AWS_WEB_IDENTITY_TOKEN_FILE").value_or("").empty()) {
    return or_failing(nullptr, "AWS_WEB_IDENTITY_TOKEN_FILE is not set");
  }
  const Profile* profile = context.config.find_profile(context.settings.profile);
  return or_failing(auth::make_web_identity_source(context, profile, auth::Variables::first), "");
}

}  // namespace

Result<ProviderPtr> make_default_provider(const ProviderContext& context) {
  const bool named = context.settings.profile_is_explicit;
  std::vector<NamedProvider> sources;
  sources.push_back({"environment", named ? left_out() : make_env_provider(context.host)});
  sources.push_back(
      {"profile " + base::visible(context.settings.profile),
       or_failing(make_profile_provider(context, context.settings.profile), "names no credentials")});
  sources.push_back({"web identity", named ? left_out() : web_identity(context)});
  sources.push_back({"container", make_container_provider(context.transport, context.clock, context.host)});
  sources.push_back({"instance metadata", make_imds_provider(context.metadata, context.clock)});
  return make_cached(make_chain(std::move(sources)), context.clock, context.random);
}

}  // namespace crosslog
