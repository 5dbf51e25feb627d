// Every setting by the AWS CLI's precedence: command line, environment, the
// selected profile, default. A variable that is set wins even when it is empty;
// where an empty value means "not set" instead (regions, endpoints), the code
// says so. An empty property of a profile is never set.
#include "config/settings.h"

#include <algorithm>
#include <initializer_list>
#include <limits>
#include <utility>

#include "base/text.h"
#include "base/try.h"
#include "config/profiles.h"
#include "crosslog/client.h"
#include "http/url.h"

namespace crosslog {
namespace config {
namespace {

constexpr std::string_view kLogsServiceId = "cloudwatch_logs";
constexpr std::string_view kStsServiceId = "sts";
constexpr std::string_view kSsoServiceId = "sso";
constexpr std::string_view kImdsIpv6Endpoint = "http://[fd00:ec2::254]";

struct Value {
  std::string text;
  Origin origin;
};
using Found = Result<std::optional<Value>>;

std::string place_of(const Property& property) {
  return base::visible(property.file) + ":" + std::to_string(property.line);
}

Found from_environment(const Host& host, std::string_view name) {
  CROSSLOG_TRY(auto text, environment(host, name));
  if (!text) return std::nullopt;
  return Value{std::move(*text), {"environment " + std::string(name)}};
}

Found from_profile(const Profile* profile, std::string_view name) {
  const auto* const property = profile == nullptr ? nullptr : profile->find(name);
  if (property == nullptr || property->value.empty()) return std::nullopt;
  if (std::any_of(property->value.begin(), property->value.end(), base::is_control)) {
    return fail(Errc::configuration,
                "The value of " + std::string(name) + " holds a line break or another control character",
                {place_of(*property) + ": a line that begins with a blank continues the line before it"});
  }
  return Value{property->value, {place_of(*property)}};
}

bool is_true(std::string_view text) {
  return base::equals_ignoring_case(text, "true");
}

// A word or a number that is wrong, but never what may be a key in its place.
std::string shown(std::string_view text) {
  constexpr std::size_t kLongestWord = 32;
  return text.size() > kLongestWord ? "***" : base::visible(text);
}

std::string came_from(const Value& value) {
  return "The value comes from " + value.origin.text;
}

// Python's int(): blanks around it and a plus are fine.
Result<std::int64_t> to_int(const Value& value) {
  auto digits = base::trim(value.text);
  if (digits.size() > 1 && digits.front() == '+' && digits[1] != '-') digits.remove_prefix(1);
  const auto number = base::parse_int(digits);
  if (number) return *number;
  return fail(Errc::configuration, "invalid literal for int() with base 10: '" + shown(value.text) + "'",
              {came_from(value)});
}

int clamp_to_int(std::int64_t number) {
  return static_cast<int>(std::min<std::int64_t>(number, std::numeric_limits<int>::max()));
}

// RFC 3986: a scheme begins with a letter.
bool has_scheme(std::string_view url) {
  const auto colon = url.find(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return is_letter(url.front()) &&
         std::all_of(url.begin(), url.begin() + static_cast<std::ptrdiff_t>(colon), [&](char c) {
           return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
         });
}

Result<void> check_endpoint_option(const Overrides& overrides) {
  if (!overrides.endpoint_url || has_scheme(*overrides.endpoint_url)) return {};
  return fail(Errc::invalid_argument,
              "Bad value for --endpoint-url \"" + url_for_message(*overrides.endpoint_url) +
                  "\": scheme is missing.  Must be of the form http://<hostname>/ or https://<hostname>/");
}

Result<const Profile*> services_section(const SharedConfig& config, const Profile* profile) {
  CROSSLOG_TRY(const auto name, from_profile(profile, "services"));
  if (!name) return nullptr;
  const auto found = config.services.find(name->text);
  if (found != config.services.end() && !found->second.properties.empty()) return &found->second;
  return fail(Errc::configuration,
              "The profile is configured to use the services section but the \"" + base::visible(name->text) +
                  "\" services configuration does not exist.",
              {came_from(*name)});
}

Found from_services(const SharedConfig& config, const Profile* profile, std::string_view service_id) {
  CROSSLOG_TRY(const auto* const section, services_section(config, profile));
  const auto* const service = section == nullptr ? nullptr : section->find(service_id);
  if (service == nullptr) return std::nullopt;
  const auto url = service->nested.find("endpoint_url");
  if (url == service->nested.end() || url->second.empty()) return std::nullopt;
  return Value{url->second, {place_of(*service) + " [services " + base::visible(section->name) + "]"}};
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

Result<bool> ignores_configured_endpoints(const Host& host, const Profile* profile,
                                          const Overrides& overrides) {
  if (overrides.ignore_configured_endpoint_urls) return *overrides.ignore_configured_endpoint_urls;
  CROSSLOG_TRY(auto value, from_environment(host, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"));
  if (!value) {
    CROSSLOG_TRY(value, from_profile(profile, "ignore_configured_endpoint_urls"));
  }
  return value && is_true(value->text);
}

}  // namespace

Result<std::optional<Settings::ConfiguredEndpoint>> configured_endpoint(const Host& host,
                                                                        const SharedConfig& config,
                                                                        const Profile* profile,
                                                                        const Overrides& overrides,
                                                                        std::string_view service_id) {
  using Configured = Settings::ConfiguredEndpoint;
  if (overrides.endpoint_url) return Configured{*overrides.endpoint_url, {"--endpoint-url"}, true};
  CROSSLOG_TRY(const bool ignored, ignores_configured_endpoints(host, profile, overrides));
  if (ignored) return std::nullopt;
  for (const auto& variable : {"AWS_ENDPOINT_URL_" + upper(service_id), std::string("AWS_ENDPOINT_URL")}) {
    CROSSLOG_TRY(auto value, from_environment(host, variable));
    if (value && !value->text.empty())
      return Configured{std::move(value->text), std::move(value->origin), true};
  }
  CROSSLOG_TRY(auto value, from_services(config, profile, service_id));
  if (!value) {
    CROSSLOG_TRY(value, from_profile(profile, "endpoint_url"));
  }
  if (!value) return std::nullopt;
  return Configured{std::move(value->text), std::move(value->origin), false};
}

namespace {

class Resolver {
 public:
  Resolver(const Host& host, const SharedConfig& config, const Overrides& overrides)
      : host_(host), config_(config), overrides_(overrides) {}

  Result<Settings> resolve() && {
    CROSSLOG_CHECK(check_endpoint_option(overrides_));
    CROSSLOG_CHECK(resolve_profile());
    CROSSLOG_CHECK(resolve_region());
    CROSSLOG_CHECK(resolve_endpoints());
    CROSSLOG_CHECK(resolve_output());
    CROSSLOG_CHECK(resolve_ca_bundle());
    CROSSLOG_CHECK(resolve_proxies());
    CROSSLOG_CHECK(resolve_retries());
    CROSSLOG_CHECK(resolve_imds());
    settings_.connect_timeout = overrides_.connect_timeout.value_or(settings_.connect_timeout);
    settings_.read_timeout = overrides_.read_timeout.value_or(settings_.read_timeout);
    return std::move(settings_);
  }

 private:
  // The environment, else the profile.
  Found find(std::string_view variable, std::string_view property) const {
    CROSSLOG_TRY(auto value, from_environment(host_, variable));
    if (value) return value;
    return from_profile(profile_, property);
  }

  Result<bool> find_flag(std::string_view variable, std::string_view property) const {
    CROSSLOG_TRY(const auto value, find(variable, property));
    return value && is_true(value->text);
  }

  // The first of the variables that is set, with its text even when empty.
  Found first_of(std::initializer_list<std::string_view> variables) const {
    for (const auto variable : variables) {
      CROSSLOG_TRY(auto value, from_environment(host_, variable));
      if (value) return value;
    }
    return std::nullopt;
  }

  Result<void> resolve_profile() {
    std::optional<Value> named;
    if (overrides_.profile && !overrides_.profile->empty()) {
      named = Value{*overrides_.profile, {"--profile"}};
      settings_.profile_is_explicit = true;
    } else {
      CROSSLOG_TRY(named, first_of({"AWS_PROFILE", "AWS_DEFAULT_PROFILE"}));
    }
    settings_.profile = named ? named->text : "default";
    settings_.profile_origin = named ? named->origin : Origin{"default"};
    profile_ = config_.find_profile(settings_.profile);
    if (profile_ != nullptr || !named) return {};
    return fail(Errc::configuration,
                "The config profile (" + base::visible(settings_.profile) + ") could not be found",
                {"The name comes from " + named->origin.text,
                 "Looked for it in " + base::visible(config_.config_path) + " ([profile NAME]) and " +
                     base::visible(config_.credentials_path) + " ([NAME])"});
  }

  Result<void> resolve_region() {
    std::optional<Value> region;
    if (overrides_.region) region = Value{*overrides_.region, {"--region"}};
    for (const std::string_view variable : {"AWS_REGION", "AWS_DEFAULT_REGION"}) {
      if (region && !region->text.empty()) break;
      CROSSLOG_TRY(region, from_environment(host_, variable));
    }
    if (!region || region->text.empty()) {
      CROSSLOG_TRY(region, from_profile(profile_, "region"));
    }
    if (!region) return {};
    settings_.region = std::move(region->text);
    settings_.region_origin = std::move(region->origin);
    return {};
  }

  Result<void> resolve_endpoints() {
    CROSSLOG_TRY(settings_.use_fips_endpoint, find_flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint"));
    CROSSLOG_TRY(settings_.use_dualstack_endpoint,
                 find_flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint"));
    CROSSLOG_TRY(settings_.sts_endpoint,
                 configured_endpoint(host_, config_, profile_, overrides_, kStsServiceId));
    CROSSLOG_TRY(settings_.logs_endpoint,
                 configured_endpoint(host_, config_, profile_, overrides_, kLogsServiceId));
    CROSSLOG_TRY(settings_.sso_endpoint,
                 configured_endpoint(host_, config_, profile_, overrides_, kSsoServiceId));
    CROSSLOG_CHECK(note_misnamed_endpoints());
    note_plain_http(settings_.sts_endpoint);
    note_plain_http(settings_.logs_endpoint);
    note_plain_http(settings_.sso_endpoint);
    return {};
  }

  // Everybody's first guess, which no AWS tool reads.
  Result<void> note_misnamed_endpoints() {
    CROSSLOG_TRY(const auto variable, from_environment(host_, "AWS_ENDPOINT_URL_LOGS"));
    if (variable && !variable->text.empty()) {
      settings_.notes.push_back(
          "AWS_ENDPOINT_URL_LOGS has no effect: the variable is AWS_ENDPOINT_URL_CLOUDWATCH_LOGS");
    }
    const auto* const name = profile_ == nullptr ? nullptr : profile_->find("services");
    const auto section = name == nullptr ? config_.services.end() : config_.services.find(name->value);
    const auto* const logs = section == config_.services.end() ? nullptr : section->second.find("logs");
    if (logs != nullptr) {
      settings_.notes.push_back(place_of(*logs) +
                                ": logs has no effect: the service is called cloudwatch_logs here");
    }
    return {};
  }

  // Each origin once.
  void note_plain_http(const std::optional<Settings::ConfiguredEndpoint>& endpoint) {
    if (!endpoint || !endpoint->allow_plain_http) return;
    const auto url = http::parse_url(endpoint->url);
    if (!url || url->scheme != "http" || http::is_loopback(url->host)) return;
    const std::string note = "Requests to " + url->origin() + " are not encrypted";
    const bool told =
        std::ranges::any_of(settings_.notes, [&](const auto& n) { return n.starts_with(note); });
    if (!told) settings_.notes.push_back(note + " (" + endpoint->origin.text + ")");
  }

  Result<void> resolve_output() {
    std::optional<Value> output;
    if (overrides_.output) output = Value{*overrides_.output, {"--output"}};
    if (!output) {
      CROSSLOG_TRY(output, find("AWS_DEFAULT_OUTPUT", "output"));
    }
    settings_.output_origin = output ? output->origin : Origin{"default"};
    if (output) settings_.output = std::move(output->text);
    CROSSLOG_TRY(const auto errors, find("AWS_CLI_ERROR_FORMAT", "cli_error_format"));
    if (errors) settings_.cli_error_format = errors->text;
    CROSSLOG_TRY(const auto times, from_profile(profile_, "cli_timestamp_format"));
    if (times) settings_.cli_timestamp_format = times->text;
    return {};
  }

  // REQUESTS_CA_BUNDLE comes last, after the profile.
  Result<void> resolve_ca_bundle() {
    if (overrides_.ca_bundle && !overrides_.ca_bundle->empty()) {
      settings_.ca_bundle = *overrides_.ca_bundle;
      return {};
    }
    CROSSLOG_TRY(auto bundle, find("AWS_CA_BUNDLE", "ca_bundle"));
    if (!bundle || bundle->text.empty()) {
      CROSSLOG_TRY(bundle, from_environment(host_, "REQUESTS_CA_BUNDLE"));
    }
    if (bundle) settings_.ca_bundle = std::move(bundle->text);
    return {};
  }

  // As Python's urllib: the lower-case name wins, and turns off when empty.
  Result<void> resolve_proxies() {
    CROSSLOG_TRY(auto proxy, first_of({"https_proxy", "HTTPS_PROXY"}));
    if (!proxy) {
      CROSSLOG_TRY(proxy, first_of({"all_proxy", "ALL_PROXY"}));
      if (proxy && proxy->text.find("://") != std::string::npos && !proxy->text.starts_with("http://") &&
          !proxy->text.starts_with("https://")) {
        settings_.notes.push_back("The proxy of " + proxy->origin.text +
                                  " is not used: only http and https proxies are");
        proxy.reset();
      }
    }
    if (proxy && !proxy->text.empty()) {
      settings_.https_proxy =
          proxy->text.find("://") == std::string::npos ? "http://" + proxy->text : proxy->text;
    }
    CROSSLOG_TRY(const auto exceptions, first_of({"no_proxy", "NO_PROXY"}));
    if (exceptions) settings_.no_proxy = exceptions->text;
    return {};
  }

  Result<void> resolve_retries() {
    CROSSLOG_TRY(const auto mode, find("AWS_RETRY_MODE", "retry_mode"));
    if (mode) {
      CROSSLOG_TRY(settings_.retry_mode, to_retry_mode(*mode));
    }
    CROSSLOG_TRY(const auto attempts, find("AWS_MAX_ATTEMPTS", "max_attempts"));
    if (attempts) {
      CROSSLOG_TRY(const auto number, to_int(*attempts));
      if (number < 1) {
        return fail(Errc::configuration,
                    "Value provided to \"max_attempts\": " + std::to_string(number) +
                        " must be an integer greater than or equal to one.",
                    {came_from(*attempts)});
      }
      settings_.max_attempts = clamp_to_int(number);
    }
    CROSSLOG_TRY(const auto opted_in, from_environment(host_, "AWS_NEW_RETRIES_2026"));
    settings_.new_retries_2026 = opted_in && is_true(opted_in->text);
    CROSSLOG_TRY(const bool uncorrected,
                 find_flag("AWS_DISABLE_CLOCK_SKEW_CORRECTION", "disable_clock_skew_correction"));
    settings_.correct_clock_skew = !uncorrected;
    return {};
  }

  Result<RetryMode> to_retry_mode(const Value& mode) {
    if (mode.text == "standard") return RetryMode::standard;
    if (mode.text == "adaptive") return RetryMode::adaptive;
    if (mode.text != "legacy") {
      return fail(Errc::configuration,
                  "Invalid value provided to \"mode\": \"" + shown(mode.text) +
                      "\" must be one of: \"standard\" or \"adaptive\"",
                  {came_from(mode)});
    }
    settings_.notes.push_back("The retry mode legacy (" + mode.origin.text + ") is treated as standard");
    return RetryMode::standard;
  }

  Result<void> resolve_imds() {
    CROSSLOG_TRY(const auto disabled, from_environment(host_, "AWS_EC2_METADATA_DISABLED"));
    settings_.imds.disabled = disabled && is_true(disabled->text);
    CROSSLOG_CHECK(resolve_imds_endpoint());
    CROSSLOG_TRY(const auto timeout, find("AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout"));
    if (timeout) {
      CROSSLOG_TRY(const int seconds, to_positive(*timeout, "metadata_service_timeout"));
      settings_.imds.timeout = std::chrono::seconds(seconds);
    }
    CROSSLOG_TRY(const auto attempts,
                 find("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "metadata_service_num_attempts"));
    if (attempts) {
      CROSSLOG_TRY(settings_.imds.attempts, to_positive(*attempts, "metadata_service_num_attempts"));
    }
    return {};
  }

  static Result<int> to_positive(const Value& value, std::string_view name) {
    CROSSLOG_TRY(const auto number, to_int(value));
    if (number >= 1) return clamp_to_int(number);
    return fail(Errc::configuration, std::string(name) + " must be an integer greater than or equal to 1.",
                {came_from(value)});
  }

  // An endpoint beats the mode, which then does not matter.
  Result<void> resolve_imds_endpoint() {
    std::optional<Value> endpoint;
    if (overrides_.imds_endpoint) endpoint = Value{*overrides_.imds_endpoint, {"an option"}};
    if (!endpoint) {
      CROSSLOG_TRY(endpoint, find("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint"));
    }
    if (!endpoint || endpoint->text.empty()) return resolve_imds_mode();
    const auto url = http::parse_url(endpoint->text);
    if (!url || !url->userinfo.empty() || !url->query.empty()) {
      return fail(Errc::configuration,
                  "Invalid endpoint EC2 Instance Metadata endpoint: " + url_for_message(endpoint->text),
                  {came_from(*endpoint)});
    }
    settings_.imds.endpoint = url->origin() + url->path.substr(0, url->path.find_last_not_of('/') + 1);
    return {};
  }

  Result<void> resolve_imds_mode() {
    std::optional<Value> mode;
    if (overrides_.imds_endpoint_mode) mode = Value{*overrides_.imds_endpoint_mode, {"an option"}};
    if (!mode) {
      CROSSLOG_TRY(mode,
                   find("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode"));
    }
    bool ipv6 = false;
    if (!mode) {
      CROSSLOG_TRY(ipv6, find_flag("AWS_IMDS_USE_IPV6", "imds_use_ipv6"));
    } else if (base::equals_ignoring_case(mode->text, "ipv6")) {
      ipv6 = true;
    } else if (!base::equals_ignoring_case(mode->text, "ipv4")) {
      return fail(Errc::configuration,
                  "Invalid EC2 Instance Metadata endpoint mode: " + shown(mode->text) +
                      " Valid endpoint modes (case-insensitive): ('ipv4', 'ipv6').",
                  {came_from(*mode)});
    }
    if (ipv6) settings_.imds.endpoint = kImdsIpv6Endpoint;
    return {};
  }

  const Host& host_;
  const SharedConfig& config_;
  const Overrides& overrides_;
  const Profile* profile_ = nullptr;  // nullptr: an implicit default that does not exist
  Settings settings_;
};

}  // namespace
}  // namespace config

Result<Settings> resolve_settings(const Host& host, const SharedConfig& shared, const Overrides& overrides) {
  return config::Resolver(host, shared, overrides).resolve();
}

ClientOptions client_options(const Settings& settings, Endpoint endpoint) {
  ClientOptions options;
  options.endpoint = std::move(endpoint);
  options.max_attempts = settings.max_attempts;
  options.retry_mode = settings.retry_mode;
  options.new_retries_2026 = settings.new_retries_2026;
  options.connect_timeout = settings.connect_timeout;
  options.read_timeout = settings.read_timeout;
  options.correct_clock_skew = settings.correct_clock_skew;
  return options;
}

}  // namespace crosslog
