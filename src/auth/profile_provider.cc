// What a profile says about credentials, in the AWS CLI's order and words. The
// whole chain of profiles is walked before anything is asked: a configuration
// error names its profile, and no half of a chain ever acts.
//
// What cannot be served (sessions of `aws login`, single sign-on without a role)
// ends the search where it stands. To skip it would mean to act as somebody else.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "auth/profile_sources.h"
#include "base/text.h"
#include "base/try.h"
#include "crosslog/providers.h"

namespace crosslog {
namespace {

using auth::find;
using auth::in_quotes;
using auth::place_of;
using auth::Variables;

bool has_static_keys(const Profile& profile) {
  return find(profile, "aws_access_key_id") != nullptr || find(profile, "aws_secret_access_key") != nullptr;
}

bool is_in_credentials_file(const Profile& profile) {
  const Property* key = find(profile, "aws_access_key_id");
  if (key == nullptr) key = find(profile, "aws_secret_access_key");
  return key != nullptr && key->from_credentials_file;
}

bool is_role(const Profile& profile) {
  return find(profile, "role_arn") != nullptr && find(profile, "web_identity_token_file") == nullptr;
}

// `credential_source`: that it has no credentials is an error here, as the profile
// names no other source.
class NamedSource final : public CredentialProvider {
 public:
  NamedSource(ProviderPtr source, std::string name, std::string profile)
      : source_(std::move(source)), name_(std::move(name)), profile_(std::move(profile)) {}

  Result<Credentials> get(std::stop_token stop) override {
    auto credentials = source_->get(std::move(stop));
    if (credentials || credentials.error().code != Errc::not_configured) return credentials;
    Error& cause = credentials.error();
    std::vector<std::string> hints{cause.message};
    std::ranges::move(cause.hints, std::back_inserter(hints));
    return fail(Errc::credentials,
                "Error when retrieving credentials from " + name_ +
                    ": No credentials found in credential_source referenced in profile " +
                    base::visible(profile_),
                std::move(hints));
  }
  void invalidate(std::string_view access_key_id) noexcept override { source_->invalidate(access_key_id); }

 private:
  const ProviderPtr source_;
  const std::string name_, profile_;
};

// Walks from the selected profile to the source of the first credentials.
class Walk {
 public:
  explicit Walk(const ProviderContext& context) : context_(context) {}

  Result<ProviderPtr> selected(const Profile& profile) {
    visited_.push_back(profile.name);
    if (is_role(profile)) return role(profile);
    const bool alone = context_.settings.profile_is_explicit;
    return own_credentials(profile, alone ? Variables::left_out : Variables::first);
  }

 private:
  // AssumeRole with the profile's source.
  Result<ProviderPtr> role(const Profile& profile) {
    CROSSLOG_TRY(ProviderPtr base, source(profile));
    return auth::make_profile_role(context_, profile, std::move(base));
  }

  Result<ProviderPtr> source(const Profile& profile) {
    const Property* source_profile = find(profile, "source_profile");
    const Property* credential_source = find(profile, "credential_source");
    if (source_profile != nullptr && credential_source != nullptr) {
      return fail(
          Errc::configuration,
          "The profile " + in_quotes(profile.name) + " contains both source_profile and credential_source.",
          {place_of(*source_profile) + " and " + place_of(*credential_source) + ": keep one of them"});
    }
    if (source_profile != nullptr) return source_profile_of(profile, *source_profile);
    if (credential_source != nullptr) return named_source(profile, *credential_source);
    return fail(Errc::configuration,
                "Partial credentials found in assume-role, missing: source_profile or credential_source",
                {place_of(*find(profile, "role_arn")) + ": the profile " + in_quotes(profile.name) +
                 " has a role_arn, but does not say whose credentials assume it"});
  }

  Result<ProviderPtr> named_source(const Profile& profile, const Property& source) {
    if (source.value == "Ec2InstanceMetadata") {
      return std::make_unique<NamedSource>(make_imds_provider(context_.metadata, context_.clock),
                                           source.value, profile.name);
    }
    if (source.value == "Environment") {
      return std::make_unique<NamedSource>(make_env_provider(context_.host), source.value, profile.name);
    }
    if (source.value == "EcsContainer") {
      return std::make_unique<NamedSource>(
          make_container_provider(context_.transport, context_.clock, context_.host), source.value,
          profile.name);
    }
    return fail(
        Errc::configuration,
        "The credential source " + in_quotes(source.value) + " referenced in profile " +
            in_quotes(profile.name) + " is not valid.",
        {place_of(source) + ": use Ec2InstanceMetadata, Environment or EcsContainer, written exactly so"});
  }

  Result<ProviderPtr> source_profile_of(const Profile& parent, const Property& property) {
    const Profile* profile = context_.config.find_profile(property.value);
    if (profile == nullptr) {
      return fail(Errc::configuration,
                  "The source_profile " + in_quotes(property.value) + " referenced in the profile " +
                      in_quotes(parent.name) + " does not exist.",
                  {place_of(property) + ": it is named here"});
    }
    const bool visited = std::ranges::find(visited_, profile->name) != visited_.end();
    const bool own_keys = profile->name == parent.name && has_static_keys(*profile);
    if (visited && !own_keys) return loop(*profile, property);
    visited_.push_back(profile->name);
    if (!has_static_keys(*profile) && is_role(*profile)) return role(*profile);
    CROSSLOG_TRY(ProviderPtr provider, own_credentials(*profile, Variables::left_out));
    if (provider) return provider;
    return fail(Errc::configuration,
                "The source profile " + in_quotes(profile->name) + " must have credentials.",
                {place_of(property) + ": the profile named here has neither keys nor a role"});
  }

  [[nodiscard]] Result<ProviderPtr> loop(const Profile& profile, const Property& property) const {
    std::string visited;
    for (const std::string& name : visited_) {
      visited += (visited.empty() ? "'" : ", '") + base::visible(name) + "'";
    }
    return fail(Errc::configuration,
                "Infinite loop in credential configuration detected. Attempting to load from profile " +
                    base::visible(profile.name) + " which has already been visited. Visited profiles: [" +
                    visited + "]",
                {place_of(property) + ": this source_profile closes the loop"});
  }

  // What the profile has without a role, in the AWS CLI's order. nullptr: nothing.
  Result<ProviderPtr> own_credentials(const Profile& profile, Variables variables) {
    if (find(profile, "web_identity_token_file") != nullptr) {
      return auth::make_web_identity_source(context_, &profile, variables);
    }
    if (find(profile, "sso_account_id") != nullptr || find(profile, "sso_role_name") != nullptr) {
      return auth::make_sso_source(context_, profile);
    }
    if (is_in_credentials_file(profile)) return auth::make_static_source(profile);
    if (const Property* login = find(profile, "login_session")) return refuse_login(profile, *login);
    if (const Property* command = find(profile, "credential_process")) {
      return make_process_provider(context_.host, context_.clock, command->value,
                                   std::string(profile.value("aws_account_id")));
    }
    if (has_static_keys(profile)) return auth::make_static_source(profile);
    // A token without a role is not enough: its own error says what is missing.
    if (find(profile, "sso_session") != nullptr || find(profile, "sso_start_url") != nullptr) {
      return auth::make_sso_source(context_, profile);
    }
    return nullptr;
  }

  static std::unexpected<Error> refuse_login(const Profile& profile, const Property& login) {
    return fail(Errc::unsupported,
                "The profile " + in_quotes(profile.name) +
                    " needs login_session: sessions of \"aws login\" are not supported.",
                {place_of(login) + ": the key stands here",
                 "use a role, single sign-on, a credential_process or keys instead"});
  }

  const ProviderContext& context_;
  std::vector<std::string> visited_;
};

}  // namespace

Result<ProviderPtr> make_profile_provider(const ProviderContext& context, std::string_view profile) {
  const Profile* found = context.config.find_profile(profile);
  if (found != nullptr) return Walk(context).selected(*found);
  if (profile == "default") return nullptr;
  return fail(Errc::configuration, "The config profile (" + base::visible(profile) + ") could not be found");
}

}  // namespace crosslog
