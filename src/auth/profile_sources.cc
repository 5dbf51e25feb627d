// From keys of a profile to providers. Those that call STS find it when they are
// asked for credentials: only the instance may know the region.
#include "auth/profile_sources.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/try.h"

namespace crosslog::auth {
namespace {

using std::string_view_literals::operator""sv;

class StsSource final : public CredentialProvider {
 public:
  using Make = std::function<ProviderPtr(ClientOptions client, CredentialProvider* base)>;

  // `base`: whose error comes before that of a missing region; may be nullptr.
  StsSource(const ProviderContext& context, std::string role_arn, ProviderPtr base, Make make)
      : context_(context), role_arn_(std::move(role_arn)), base_(std::move(base)), make_(std::move(make)) {}

  Result<Credentials> get(std::stop_token stop) override {
    if (base_ && !context_.settings.region) {
      CROSSLOG_CHECK(base_->get(stop));
    }
    CROSSLOG_TRY(CredentialProvider* const provider, this->provider(stop));
    return provider->get(std::move(stop));
  }

  void invalidate(std::string_view access_key_id) noexcept override {
    CredentialProvider* made = nullptr;
    {
      const std::lock_guard lock(mutex_);
      made = made_.get();
    }
    if (made != nullptr) made->invalidate(access_key_id);
  }

 private:
  Result<CredentialProvider*> provider(const std::stop_token& stop) {
    {
      const std::lock_guard lock(mutex_);
      if (made_) return made_.get();
    }
    CROSSLOG_TRY(const std::string region, this->region(stop));
    CROSSLOG_TRY(Endpoint endpoint, endpoint_of(context_.settings, Service::sts, region));
    ClientOptions client = client_options(context_.settings, std::move(endpoint));
    client.random = context_.random;
    client.debug = context_.debug;
    client.note = context_.note;
    client.note = context_.note;
    const std::lock_guard lock(mutex_);
    if (!made_) made_ = make_(std::move(client), base_.get());
    return made_.get();
  }

  Result<std::string> region(const std::stop_token& stop) const {
    if (context_.settings.region) return *context_.settings.region;
    auto region = context_.metadata.region(stop);
    if (region || region.error().code != Errc::not_configured) return region;
    return fail(
        Errc::no_region, "You must specify a region.",
        {"the region is needed to assume the role " + role_arn_,
         "set --region, AWS_REGION or the profile's region", "instance metadata: " + region.error().message});
  }

  const ProviderContext context_;
  const std::string role_arn_;
  const ProviderPtr base_;
  const Make make_;
  std::mutex mutex_;
  ProviderPtr made_;
};

// A value and where it stands.
struct Found {
  std::string text, place;
};

Result<void> check_role_arn(const Found& arn, const std::string& whose) {
  constexpr std::size_t kMaxArn = 2048;
  const bool printable = std::ranges::all_of(arn.text, [](char c) { return c > ' ' && c != '\x7f'; });
  if (arn.text.starts_with("arn:") && arn.text.size() <= kMaxArn && printable) return {};
  return fail(Errc::configuration, "The role_arn " + in_quotes(arn.text) + whose + " is not an ARN.",
              {arn.place + ": write arn:aws:iam::<account>:role/<name>"});
}

std::string of_profile(const Profile& profile) {
  return " of the profile " + in_quotes(profile.name);
}

AssumeRole request_of(const Profile& profile) {
  AssumeRole request;
  request.role_arn = profile.value("role_arn");
  request.role_session_name = profile.value("role_session_name");
  request.external_id = profile.value("external_id");
  request.serial_number = profile.value("mfa_serial");
  // The AWS CLI ignores what is not a number.
  const auto duration = base::parse_int(base::trim(profile.value("duration_seconds")));
  if (duration) request.duration = std::chrono::seconds(*duration);
  return request;
}

// Of a web identity: the variable, else the profile's key.
std::optional<Found> find_web_identity(const ProviderContext& context, const Profile* profile,
                                       Variables variables, std::string_view variable, std::string_view key) {
  if (variables == Variables::first) {
    const std::string value = context.host.getenv(variable).value_or("");
    if (!value.empty()) return Found{value, "environment " + std::string(variable)};
  }
  const Property* property = profile == nullptr ? nullptr : find(*profile, key);
  if (property == nullptr) return std::nullopt;
  return Found{property->value, place_of(*property)};
}

// Single sign-on: the profile with its session's keys laid over it.
class SsoKeys {
 public:
  static Result<SsoKeys> read(const SharedConfig& config, const Profile& profile) {
    const Property* name = find(profile, "sso_session");
    if (name == nullptr) return SsoKeys(profile, nullptr);
    const auto session = config.sso_sessions.find(name->value);
    if (session == config.sso_sessions.end()) {
      return fail(Errc::configuration, "The specified sso-session does not exist: " + in_quotes(name->value),
                  {place_of(*name) + ": it is named here"});
    }
    for (const auto& [key, property] : session->second.properties) {
      const Property* own = find(profile, key);
      if (own == nullptr || own->value == property.value) continue;
      return fail(Errc::configuration,
                  "The value for " + base::visible(key) + " is inconsistent between profile (" +
                      base::visible(own->value) + ") and sso-session (" + base::visible(property.value) +
                      ").",
                  {place_of(*own) + " and " + place_of(property) + ": keep one of them"});
    }
    return SsoKeys(profile, &session->second);
  }

  [[nodiscard]] const Property* find_key(std::string_view key) const {
    const Property* property = session_ == nullptr ? nullptr : find(*session_, key);
    return property != nullptr ? property : find(*profile_, key);
  }
  [[nodiscard]] std::string value(std::string_view key) const { return find_key(key)->value; }

 private:
  SsoKeys(const Profile& profile, const Profile* session) : profile_(&profile), session_(session) {}
  const Profile* profile_;
  const Profile* session_;
};

Result<void> check_complete(const SsoKeys& keys, const Profile& profile) {
  std::string missing;
  for (const auto key : {"sso_role_name"sv, "sso_account_id"sv, "sso_start_url"sv, "sso_region"sv}) {
    if (keys.find_key(key) == nullptr) missing.append(missing.empty() ? "" : ", ").append(key);
  }
  if (missing.empty()) return {};
  const Property* present = nullptr;
  for (const auto key : {"sso_session"sv, "sso_start_url"sv, "sso_account_id"sv, "sso_role_name"sv}) {
    if (present == nullptr) present = find(profile, key);
  }
  return fail(
      Errc::configuration,
      "The profile " + in_quotes(profile.name) +
          " is configured to use SSO but is missing required configuration: " + missing,
      {(present == nullptr ? "" : place_of(*present) + ": ") +
       "single sign-on gives credentials for a role in an account; without them it gives a token only"});
}

}  // namespace

const Property* find(const Profile& profile, std::string_view key) {
  const Property* property = profile.find(key);
  return property != nullptr && !property->value.empty() ? property : nullptr;
}

std::string place_of(const Property& property) {
  return base::visible(property.file) + ":" + std::to_string(property.line);
}

std::string in_quotes(std::string_view text) {
  return "\"" + base::visible(text) + "\"";
}

Result<ProviderPtr> make_profile_role(const ProviderContext& context, const Profile& profile,
                                      ProviderPtr base) {
  const Property& arn = *find(profile, "role_arn");
  CROSSLOG_CHECK(check_role_arn({arn.value, place_of(arn)}, of_profile(profile)));
  AssumeRoleOptions options{request_of(profile), context.session_prefix, {}, context.cache, context.host.ask,
                            place_of(arn),       context.session_name};
  const auto make = [&transport = context.transport, &clock = context.clock, random = context.random,
                     options](ClientOptions client, CredentialProvider* below) {
    AssumeRoleOptions complete = options;
    complete.client = std::move(client);
    return make_assume_role_provider(transport, clock, random, make_reference(*below), std::move(complete));
  };
  return std::make_unique<StsSource>(context, arn.value,
                                     make_cached(std::move(base), context.clock, context.random), make);
}

Result<ProviderPtr> make_web_identity_source(const ProviderContext& context, const Profile* profile,
                                             Variables variables) {
  const auto value = [&](std::string_view variable, std::string_view key) {
    return find_web_identity(context, profile, variables, variable, key);
  };
  const auto token_file = value("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file");
  if (!token_file) return nullptr;
  const auto arn = value("AWS_ROLE_ARN", "role_arn");
  if (!arn) {
    // The missing blank is the AWS CLI's.
    return fail(Errc::configuration,
                "The provided profile or the current environment is configured to assume role with web "
                "identity but has no role ARN configured. Ensure that the profile has the "
                "role_arnconfiguration set or the AWS_ROLE_ARN env var is set.",
                {token_file->place + ": the token file is named here"});
  }
  CROSSLOG_CHECK(check_role_arn(*arn, " of a web identity"));
  WebIdentityOptions options;
  options.token_file = token_file->text;
  options.role_arn = arn->text;
  if (const auto name = value("AWS_ROLE_SESSION_NAME", "role_session_name")) {
    options.role_session_name = name->text;
  }
  options.session_prefix = context.session_prefix;
  options.cache = context.cache;
  options.place = token_file->place;
  const auto make = [&transport = context.transport, &clock = context.clock, host = context.host, options](
                        ClientOptions client, CredentialProvider*) {
    WebIdentityOptions complete = options;
    complete.client = std::move(client);
    return make_web_identity_provider(transport, clock, host, std::move(complete));
  };
  return std::make_unique<StsSource>(context, arn->text, nullptr, make);
}

Result<ProviderPtr> make_sso_source(const ProviderContext& context, const Profile& profile) {
  CROSSLOG_TRY(const SsoKeys keys, SsoKeys::read(context.config, profile));
  CROSSLOG_CHECK(check_complete(keys, profile));
  CROSSLOG_TRY(Endpoint endpoint, endpoint_of(context.settings, Service::sso, keys.value("sso_region")));
  SsoOptions options;
  options.session_name = profile.value("sso_session");
  options.start_url = keys.value("sso_start_url");
  options.account_id = keys.value("sso_account_id");
  options.role_name = keys.value("sso_role_name");
  options.profile = profile.name;
  options.client = client_options(context.settings, std::move(endpoint));
  options.client.random = context.random;
  options.client.debug = context.debug;
  options.client.note = context.note;
  options.client.note = context.note;
  options.cache = context.cache;
  options.place = place_of(*keys.find_key("sso_role_name"));
  return make_sso_provider(context.transport, context.clock, context.host, std::move(options));
}

Result<ProviderPtr> make_static_source(const Profile& profile) {
  constexpr auto kId = "aws_access_key_id"sv, kSecret = "aws_secret_access_key"sv;
  const Property* id = find(profile, kId);
  const Property* secret = find(profile, kSecret);
  if (id == nullptr || secret == nullptr) {
    const Property& half = id != nullptr ? *id : *secret;
    return fail(
        Errc::credentials,
        std::string("Partial credentials found in ") +
            (half.from_credentials_file ? "shared-credentials-file" : "config-file") +
            ", missing: " + std::string(id == nullptr ? kId : kSecret),
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
  credentials.hops = {{.method = id->from_credentials_file ? "shared-credentials-file" : "config-file",
                       .subject = profile.name,
                       .place = place_of(*id),
                       .cached = false}};
  return make_static_provider(std::move(credentials));
}

}  // namespace crosslog::auth
