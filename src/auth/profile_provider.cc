// What a profile says about credentials, in the AWS CLI's order and words. The
// whole chain of profiles is walked before anything is asked: a configuration
// error names its profile, and no half of a chain ever acts.
//
// Keys that this build cannot serve (single sign-on, processes, web identities)
// end the search where the AWS CLI would have used them. To skip them would mean
// to act as somebody else.
#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/try.h"
#include "crosslog/providers.h"

namespace crosslog {
namespace {

using std::string_view_literals::operator""sv;

constexpr auto kAccessKeyId = "aws_access_key_id"sv;
constexpr auto kSecretAccessKey = "aws_secret_access_key"sv;

std::string place_of(const Property& property) {
  return base::visible(property.file) + ":" + std::to_string(property.line);
}

std::string in_quotes(std::string_view text) {
  return "\"" + base::visible(text) + "\"";
}

const Property* find(const Profile& profile, std::string_view key) {
  const Property* property = profile.find(key);
  return property != nullptr && !property->value.empty() ? property : nullptr;
}

bool has_static_keys(const Profile& profile) {
  return find(profile, kAccessKeyId) != nullptr || find(profile, kSecretAccessKey) != nullptr;
}

bool is_in_credentials_file(const Profile& profile) {
  const Property* key = find(profile, kAccessKeyId);
  if (key == nullptr) key = find(profile, kSecretAccessKey);
  return key != nullptr && key->from_credentials_file;
}

// An error that waits until somebody asks: another source may come first.
class FailingProvider final : public CredentialProvider {
 public:
  explicit FailingProvider(Error error) : error_(std::move(error)) {}
  Result<Credentials> get(std::stop_token) override { return std::unexpected(error_); }

 private:
  const Error error_;
};

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

// A role whose region may only be known on the instance: STS is looked for when
// the credentials are, and after the source has had its say.
class ProfileRole final : public CredentialProvider {
 public:
  ProfileRole(const ProviderContext& context, ProviderPtr base, AssumeRole role)
      : context_(context),
        base_(make_cached(std::move(base), context.clock, context.random)),
        role_(std::move(role)) {}

  Result<Credentials> get(std::stop_token stop) override {
    CROSSLOG_TRY(const Credentials source, base_->get(stop));
    CROSSLOG_TRY(CredentialProvider* const role, assume_role(stop));
    return role->get(std::move(stop));
  }
  void invalidate(std::string_view access_key_id) noexcept override { base_->invalidate(access_key_id); }

 private:
  Result<CredentialProvider*> assume_role(const std::stop_token& stop) {
    {
      const std::lock_guard lock(mutex_);
      if (made_) return made_.get();
    }
    CROSSLOG_TRY(const std::string region, this->region(stop));
    CROSSLOG_TRY(Endpoint endpoint, endpoint_of(context_.settings, Service::sts, region));
    const std::lock_guard lock(mutex_);
    if (!made_) {
      AssumeRoleOptions options{role_, context_.session_prefix,
                                client_options(context_.settings, std::move(endpoint))};
      options.client.random = context_.random;
      options.client.debug = context_.debug;
      made_ = make_assume_role_provider(context_.transport, context_.clock, context_.random,
                                        make_reference(*base_), std::move(options));
    }
    return made_.get();
  }

  Result<std::string> region(const std::stop_token& stop) const {
    if (context_.settings.region) return *context_.settings.region;
    auto region = context_.metadata.region(stop);
    if (region || region.error().code != Errc::not_configured) return region;
    std::vector<std::string> hints{"the region is needed to assume the role " + role_.role_arn,
                                   "set --region, AWS_REGION or the profile's region",
                                   "instance metadata: " + region.error().message};
    return fail(Errc::no_region,
                "You must specify a region. You can also configure your region by running \"aws configure\".",
                std::move(hints));
  }

  const ProviderContext context_;
  const ProviderPtr base_;
  const AssumeRole role_;
  std::mutex mutex_;
  ProviderPtr made_;
};

// Walks from the selected profile to the source of the first credentials.
class Walk {
 public:
  explicit Walk(const ProviderContext& context) : context_(context) {}

  Result<ProviderPtr> selected(const Profile& profile) {
    visited_.push_back(profile.name);
    const bool is_role =
        find(profile, "role_arn") != nullptr && find(profile, "web_identity_token_file") == nullptr;
    return is_role ? role(profile) : own_credentials(profile);
  }

 private:
  // AssumeRole with the profile's source.
  Result<ProviderPtr> role(const Profile& profile) {
    CROSSLOG_CHECK(refuse_key(profile, "mfa_serial"));
    CROSSLOG_TRY(AssumeRole request, role_request(profile));
    CROSSLOG_TRY(ProviderPtr base, source(profile));
    return std::make_unique<ProfileRole>(context_, std::move(base), std::move(request));
  }

  static Result<AssumeRole> role_request(const Profile& profile) {
    const Property& arn = *find(profile, "role_arn");
    constexpr std::size_t kMaxArn = 2048;
    if (!arn.value.starts_with("arn:") || arn.value.size() > kMaxArn ||
        arn.value.find('\n') != std::string::npos) {
      return fail(Errc::configuration,
                  "The role_arn " + in_quotes(arn.value) + " of the profile " + in_quotes(profile.name) +
                      " is not an ARN.",
                  {place_of(arn) + ": write arn:aws:iam::<account>:role/<name>"});
    }
    AssumeRole request;
    request.role_arn = arn.value;
    request.role_session_name = profile.value("role_session_name");
    request.external_id = profile.value("external_id");
    // The AWS CLI ignores what is not a number.
    const auto duration = base::parse_int(base::trim(profile.value("duration_seconds")));
    if (duration) request.duration = std::chrono::seconds(*duration);
    return request;
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
      return fail(Errc::unsupported,
                  "The credential source \"EcsContainer\" referenced in profile " + in_quotes(profile.name) +
                      " is not supported yet.",
                  {place_of(source) + ": the source is named here"});
    }
    return fail(Errc::configuration,
                "The credential source " + in_quotes(source.value) + " referenced in profile " +
                    in_quotes(profile.name) + " is not valid.",
                {place_of(source) + ": use Ec2InstanceMetadata or Environment, written exactly so"});
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
    if (!has_static_keys(*profile) && find(*profile, "role_arn") != nullptr &&
        find(*profile, "web_identity_token_file") == nullptr) {
      return role(*profile);
    }
    CROSSLOG_TRY(ProviderPtr provider, own_credentials(*profile));
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
  Result<ProviderPtr> own_credentials(const Profile& profile) {
    CROSSLOG_CHECK(refuse_key(profile, "web_identity_token_file"));
    CROSSLOG_CHECK(refuse_key(profile, "sso_account_id"));
    CROSSLOG_CHECK(refuse_key(profile, "sso_role_name"));
    if (is_in_credentials_file(profile)) return static_keys(profile);
    for (const auto key : {"login_session"sv, "credential_process"sv}) {
      CROSSLOG_CHECK(refuse_key(profile, key));
    }
    if (has_static_keys(profile)) return static_keys(profile);
    for (const auto key : {"sso_session"sv, "sso_start_url"sv}) {
      CROSSLOG_CHECK(refuse_key(profile, key));
    }
    return nullptr;
  }

  static Result<void> refuse_key(const Profile& profile, std::string_view key) {
    const Property* property = find(profile, key);
    if (property == nullptr) return {};
    return fail(Errc::unsupported,
                "The profile " + in_quotes(profile.name) + " needs " + std::string(key) +
                    ", which is not supported yet.",
                {place_of(*property) + ": the key stands here"});
  }

  static Result<ProviderPtr> static_keys(const Profile& profile) {
    const Property* id = find(profile, kAccessKeyId);
    const Property* secret = find(profile, kSecretAccessKey);
    if (id == nullptr || secret == nullptr) {
      const Property& half = id != nullptr ? *id : *secret;
      return fail(
          Errc::credentials,
          std::string("Partial credentials found in ") +
              (half.from_credentials_file ? "shared-credentials-file" : "config-file") +
              ", missing: " + std::string(id == nullptr ? kAccessKeyId : kSecretAccessKey),
          {place_of(half) + ": the profile " + in_quotes(profile.name) + " has one half of a key pair"});
    }
    Credentials credentials;
    credentials.access_key_id = id->value;
    credentials.secret_access_key = Secret(secret->value);
    const Property* token = find(profile, "aws_security_token");
    if (token == nullptr) token = find(profile, "aws_session_token");
    if (token != nullptr) credentials.session_token = Secret(token->value);
    credentials.account_id = profile.value("aws_account_id");
    credentials.origin = "profile " + base::visible(profile.name);
    return make_static_provider(std::move(credentials));
  }

  const ProviderContext& context_;
  std::vector<std::string> visited_;
};

// Sources of the environment that a later build serves. Whoever set them expects
// their identity, not the instance's.
class UnsupportedSources final : public CredentialProvider {
 public:
  explicit UnsupportedSources(Host host) : host_(std::move(host)) {}

  Result<Credentials> get(std::stop_token) override {
    for (const auto variable : {"AWS_WEB_IDENTITY_TOKEN_FILE"sv, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"sv,
                                "AWS_CONTAINER_CREDENTIALS_FULL_URI"sv}) {
      if (host_.getenv(variable).value_or("").empty()) continue;
      return fail(
          Errc::unsupported, "Credentials by " + std::string(variable) + " are not supported yet.",
          {"the environment sets " + std::string(variable) + "; unset it to go on to the instance metadata"});
    }
    return fail(Errc::not_configured, "no variable of theirs is set");
  }

 private:
  const Host host_;
};

ProviderPtr failing(Error error) {
  return std::make_unique<FailingProvider>(std::move(error));
}

ProviderPtr failing(Errc code, std::string message) {
  return failing(fail(code, std::move(message)).error());
}

}  // namespace

Result<ProviderPtr> make_profile_provider(const ProviderContext& context, std::string_view profile) {
  const Profile* found = context.config.find_profile(profile);
  if (found != nullptr) return Walk(context).selected(*found);
  if (profile == "default") return nullptr;
  return fail(Errc::configuration, "The config profile (" + base::visible(profile) + ") could not be found");
}

Result<ProviderPtr> make_default_provider(const ProviderContext& context) {
  std::vector<NamedProvider> sources;
  sources.push_back(
      {"environment", context.settings.profile_is_explicit
                          ? failing(Errc::not_configured, "left out, as the profile was named explicitly")
                          : make_env_provider(context.host)});
  const std::string name = "profile " + base::visible(context.settings.profile);
  auto profile = make_profile_provider(context, context.settings.profile);
  if (!profile) {
    sources.push_back({name, failing(std::move(profile).error())});
  } else if (*profile) {
    sources.push_back({name, std::move(*profile)});
  } else {
    sources.push_back({name, failing(Errc::not_configured, "names no credentials")});
  }
  sources.push_back({"container or web identity", std::make_unique<UnsupportedSources>(context.host)});
  sources.push_back({"instance metadata", make_imds_provider(context.metadata, context.clock)});
  return make_cached(make_chain(std::move(sources)), context.clock, context.random);
}

}  // namespace crosslog
