// Profiles, settings and endpoints: what the user's files, environment and
// command line say, resolved by the AWS CLI's precedence.
//
//   load_shared_config -> resolve_settings -> resolve_endpoint
//
// AWS SDKs and Tools Reference Guide, "Shared config and credentials files" and
// "Settings reference". No I/O but the Host's. Thread-safe.
#ifndef CROSSLOG_CONFIG_H_
#define CROSSLOG_CONFIG_H_

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crosslog/error.h"
#include "crosslog/host.h"

namespace crosslog {

// Where a value came from, for a person: "/home/x/.aws/config:12",
// "environment AWS_REGION", "--region", "default".
struct Origin {
  std::string text;
};

// May be a secret: the value is wiped when it is destroyed.
struct Property {
  ~Property();
  std::string value;                                       // trimmed; continuation lines joined with '\n'
  std::map<std::string, std::string, std::less<>> nested;  // of `key =` with indented `a = b` lines
  std::string file;
  int line = 0;  // 1-based
  bool from_credentials_file = false;
};

struct Profile {
  std::string name;
  std::map<std::string, Property, std::less<>> properties;  // names in lower case
  [[nodiscard]] const Property* find(std::string_view property) const;
  // The value, or "" when there is none.
  [[nodiscard]] std::string_view value(std::string_view property) const;
};

struct SharedConfig {
  std::map<std::string, Profile, std::less<>> profiles;  // config and credentials file merged per property
  std::map<std::string, Profile, std::less<>> sso_sessions;  // [sso-session NAME]
  std::map<std::string, Profile, std::less<>> services;      // [services NAME]
  std::string config_path, credentials_path;                 // as looked for
  // Ignored names, files that others can read: one line each for `hint:`.
  std::vector<std::string> notes;
  [[nodiscard]] const Profile* find_profile(std::string_view name) const;
};

// Reads AWS_CONFIG_FILE (~/.aws/config) and AWS_SHARED_CREDENTIALS_FILE
// (~/.aws/credentials). A missing file is empty. A syntax error fails:
// "Unable to parse config file: PATH", hint PATH:LINE and what is wrong there.
[[nodiscard]] Result<SharedConfig> load_shared_config(const Host& host);

// What was given explicitly (the command line, or an embedder): wins over all.
// An empty profile or region counts as not given.
struct Overrides {
  // `endpoint_url` is of both services: resolve the Settings of the STS calls
  // behind credentials without it, as the AWS CLI does.
  std::optional<std::string> profile, region, endpoint_url, output, ca_bundle;
  std::optional<std::chrono::seconds> connect_timeout, read_timeout;  // zero: none
  std::optional<std::string> imds_endpoint, imds_endpoint_mode;       // mode: "IPv4" or "IPv6"
  std::optional<bool> ignore_configured_endpoint_urls;                // all but `endpoint_url`
};

enum class RetryMode { standard, adaptive };

// How instance metadata is reached and how patient to be.
struct ImdsSettings {
  bool disabled = false;                            // AWS_EC2_METADATA_DISABLED=true
  std::string endpoint = "http://169.254.169.254";  // no slash at the end
  std::chrono::milliseconds timeout{1'000};         // connect, and silence
  std::optional<int> attempts;  // AWS_METADATA_SERVICE_NUM_ATTEMPTS; absent: 2 on silence, 4 on 429 and 5xx
};

struct Settings {
  std::string profile;                // the selected profile's name
  bool profile_is_explicit = false;   // named by an Override: environment keys are then left out
  std::optional<std::string> region;  // absent: ask the instance metadata, else Errc::no_region
  Origin region_origin, profile_origin;
  bool use_fips_endpoint = false, use_dualstack_endpoint = false;
  // Of `--endpoint-url`, AWS_ENDPOINT_URL_<SERVICE>, AWS_ENDPOINT_URL, the
  // [services] section, the profile: by service id ("sts", "cloudwatch_logs", "sso").
  struct ConfiguredEndpoint {
    std::string url;
    Origin origin;
    bool allow_plain_http = false;  // an option or a variable named it: http:// is allowed anywhere
  };
  std::optional<ConfiguredEndpoint> sts_endpoint, logs_endpoint, sso_endpoint;
  std::string output = "json";  // not checked here
  Origin output_origin;
  std::string ca_bundle;  // empty: the transport's default
  std::string https_proxy, no_proxy;
  RetryMode retry_mode = RetryMode::standard;
  bool new_retries_2026 = false;                               // AWS_NEW_RETRIES_2026=true
  int max_attempts = 3;                                        // the first try included
  std::chrono::seconds connect_timeout{60}, read_timeout{60};  // zero: none
  bool correct_clock_skew = true;                              // off by AWS_DISABLE_CLOCK_SKEW_CORRECTION
  std::string cli_error_format;                                // empty: the default
  std::string cli_timestamp_format;
  ImdsSettings imds;
  std::vector<std::string> notes;  // what has no effect or is risky: one line each for `hint:`
};

// Errors: a profile named explicitly or by AWS_PROFILE that does not exist
// ("The config profile (nope) could not be found"), a bad endpoint URL, a bad
// number.
[[nodiscard]] Result<Settings> resolve_settings(const Host& host, const SharedConfig& config,
                                                const Overrides& overrides = {});

// "sts" and "logs": the endpoint prefix, which is the signing name too. "portal.sso",
// the portal of IAM Identity Center: nothing that goes there is signed.
enum class Service { sts, logs, sso };

struct EndpointParameters {
  Service service = Service::logs;
  std::string region;
  bool use_fips = false, use_dualstack = false;
  std::optional<std::string> custom_url;  // a ConfiguredEndpoint's
  bool use_global_sts = false;            // UseGlobalEndpoint of the rule set; off in AWS CLI v2
};

struct Endpoint {
  std::string origin;          // "https://logs.eu-west-1.amazonaws.com"; no path, no slash
  std::string path = "/";      // of a custom URL
  std::string signing_region;  // "eu-west-1"
  std::string signing_name;    // "logs"
  bool allow_plain_http = false;
};

// The AWS endpoint rule sets of the services, all partitions, as code. Checks
// the region: `Provided region_name 'x y' doesn't match a supported format.`
// (any host label is one); fips- pseudo-regions are rewritten first. FIPS or
// dual-stack with a custom URL is an error. A region that no partition knows
// belongs to "aws".
[[nodiscard]] Result<Endpoint> resolve_endpoint(const EndpointParameters& parameters);

// Both steps for one service: the settings' endpoint or the rule set's. The
// region must be known.
[[nodiscard]] Result<Endpoint> endpoint_of(const Settings& settings, Service service,
                                           std::string_view region);

// "aws", "aws-cn", "aws-us-gov", ...
[[nodiscard]] std::string_view partition_of(std::string_view region);

}  // namespace crosslog

#endif  // CROSSLOG_CONFIG_H_
