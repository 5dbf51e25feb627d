// The credential sources in the box. Each is a CredentialProvider; wrap and
// chain them like pipes. References given to a factory must outlive what it
// returns; a ProviderPtr that is given is owned. All providers are thread-safe.
#ifndef CROSSLOG_PROVIDERS_H_
#define CROSSLOG_PROVIDERS_H_

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "crosslog/clock.h"
#include "crosslog/config.h"
#include "crosslog/credential_cache.h"
#include "crosslog/credentials.h"
#include "crosslog/host.h"
#include "crosslog/sts.h"
#include "crosslog/transport.h"

namespace crosslog {

[[nodiscard]] ProviderPtr make_static_provider(Credentials credentials);

// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SECURITY_TOKEN or
// AWS_SESSION_TOKEN, AWS_CREDENTIAL_EXPIRATION, AWS_ACCOUNT_ID; read at every
// get(). A key without its secret is an error that ends a chain.
[[nodiscard]] ProviderPtr make_env_provider(Host host);

// EC2 instance metadata, version 2 only ("Use the Instance Metadata Service",
// EC2 User Guide). Keeps its session token for as long as the service says, and
// remembers for its life that the service cannot be reached. Thread-safe.
class InstanceMetadata {
 public:
  virtual ~InstanceMetadata() = default;
  // GET /latest/<path>: the body of the 200, at most 64 KiB. Errc::not_configured:
  // disabled, unreachable, or any other answer (http_status then says which one).
  virtual Result<std::string> get(std::string_view path, std::stop_token stop) = 0;
  // placement/region, or the region of placement/availability-zone; asked once.
  virtual Result<std::string> region(std::stop_token stop) = 0;
};
[[nodiscard]] std::unique_ptr<InstanceMetadata> make_instance_metadata(Transport& transport, Clock& clock,
                                                                       Random random,
                                                                       ImdsSettings settings = {});

// The role of the instance: iam/security-credentials-extended/, and where that
// does not answer 200, iam/security-credentials/. `role`: its name, where it is
// known and need not be asked for. Whatever goes wrong is Errc::not_configured,
// as for the AWS CLI: a machine without a usable role has no such source; the
// message and the hints say what happened. Credentials that have expired already
// are given nevertheless: the service may take them.
[[nodiscard]] ProviderPtr make_imds_provider(InstanceMetadata& metadata, Clock& clock, std::string role = {});

// STS AssumeRole with the credentials of `base`. Expiry is the earlier of both.
// `role.role_session_name` may be empty: `session_name` then, else
// `<session_prefix>-<epoch seconds>`; neither is part of the cache's key.
// With `role.serial_number` and no token code, `ask` is asked for one before each
// call ("Enter MFA code for <serial>: "); without `ask` that is an error.
struct AssumeRoleOptions {
  AssumeRole role;
  std::string session_prefix = "crosslog";
  ClientOptions client;              // region, endpoint and retries of STS
  CredentialCache* cache = nullptr;  // nullptr: every run asks STS anew
  std::function<Result<std::string>(std::string_view prompt, std::stop_token stop)> ask = {};
  std::string place;  // where the role is named, for CredentialHop: "/home/x/.aws/config:12"
  std::string session_name = {};
};
[[nodiscard]] ProviderPtr make_assume_role_provider(Transport& transport, Clock& clock, Random random,
                                                    ProviderPtr base, AssumeRoleOptions options);

// STS AssumeRoleWithWebIdentity with the token in a file, which is read at every
// get(): EKS service accounts (IRSA), any OIDC identity. Nothing is signed.
struct WebIdentityOptions {
  std::string token_file, role_arn;
  std::string role_session_name;  // empty: `<session_prefix>-<epoch seconds>`
  std::string session_prefix = "crosslog";
  ClientOptions client;
  CredentialCache* cache = nullptr;
  std::string place;  // where the token file is named, for CredentialHop
};
[[nodiscard]] ProviderPtr make_web_identity_provider(Transport& transport, Clock& clock, Host host,
                                                     WebIdentityOptions options);

// The endpoint of an ECS task or an EKS pod: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI,
// else AWS_CONTAINER_CREDENTIALS_FULL_URI, with AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE
// or AWS_CONTAINER_AUTHORIZATION_TOKEN ("Container credential provider", AWS SDKs
// and Tools Reference Guide). https anywhere; http only where every address of the
// host is loopback or a container address, and then to the checked address.
// Errc::not_configured when neither variable is set; all other trouble is final.
[[nodiscard]] ProviderPtr make_container_provider(Transport& transport, Clock& clock, Host host);

// A program that prints credentials ("Process credential provider"): the command
// is split as a POSIX shell splits words, then run without one. `account_id`:
// where the program does not tell it.
[[nodiscard]] ProviderPtr make_process_provider(Host host, Clock& clock, std::string command,
                                                std::string account_id = {});

// IAM Identity Center: GetRoleCredentials of its portal with the token that
// `aws sso login` left in ~/.aws/sso/cache, which is only read: logging in and
// renewing that token stay the AWS CLI's.
struct SsoOptions {
  std::string session_name;  // of [sso-session NAME]; empty: the older form, by start_url
  std::string start_url, account_id, role_name;
  std::string profile;   // for messages
  ClientOptions client;  // the endpoint of Service::sso in the region of the start URL
  CredentialCache* cache = nullptr;
  std::string place;  // where the role is named, for CredentialHop
};
[[nodiscard]] ProviderPtr make_sso_provider(Transport& transport, Clock& clock, Host host,
                                            SsoOptions options);

// Lends a provider that somebody else owns.
[[nodiscard]] ProviderPtr make_reference(CredentialProvider& provider);

// First source that applies wins. When none does: Errc::no_credentials, a hint
// for each source tried, in order.
struct NamedProvider {
  std::string name;  // "environment", "instance metadata": for the hint
  ProviderPtr provider;
};
[[nodiscard]] ProviderPtr make_chain(std::vector<NamedProvider> sources);

// Keeps credentials and refreshes them by the 2026 windows (AWS SDKs: advisory 5,
// 15 or 60 minutes before expiry by lifetime, mandatory 1 minute): one refresh
// at a time, while others go on with what is still valid. A failed refresh keeps
// what there is, expired or not, and is tried again after 5 to 10 minutes.
// `advisory_window`: instead of the one by lifetime.
[[nodiscard]] ProviderPtr make_cached(ProviderPtr source, Clock& clock, Random random,
                                      std::optional<std::chrono::seconds> advisory_window = {});

// Everything a profile can need. References must outlive the provider.
struct ProviderContext {
  Transport& transport;
  Clock& clock;
  Random random;
  Host host;
  InstanceMetadata& metadata;
  const SharedConfig& config;
  const Settings& settings;
  std::string session_prefix = "crosslog";  // "botocore-session" for the AWS CLI's
  DebugFunction debug = {};                 // of the STS calls
  CredentialCache* cache = nullptr;         // for roles, web identities and single sign-on
  NoteFunction note = {};                   // of the STS calls
  std::string session_name = {};            // of roles whose profile gives none
};

// The named profile, in the AWS CLI's order: role_arn with source_profile (chains
// of any length) or credential_source; a web identity; single sign-on; keys of the
// credentials file; a program; keys of the config file. Configuration errors come
// here, not at get(): missing source, both sources, unknown source, loop, partial
// keys. nullptr: the profile has nothing to do with credentials.
// Variables of web identities override the profile's own keys, unless it was
// named explicitly or is the source of another one.
// The region of the STS calls: the settings', else the instance metadata's, else
// Errc::no_region at get(), after the source's own errors.
[[nodiscard]] Result<ProviderPtr> make_profile_provider(const ProviderContext& context,
                                                        std::string_view profile);

// The AWS CLI's order, cached: environment (left out when a profile was named
// explicitly), the selected profile, web identity of the environment (left out as
// well), container, instance metadata. An error of the profile waits for get():
// keys in the environment come first.
[[nodiscard]] Result<ProviderPtr> make_default_provider(const ProviderContext& context);

}  // namespace crosslog

#endif  // CROSSLOG_PROVIDERS_H_
