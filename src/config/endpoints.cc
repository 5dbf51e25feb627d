// The endpoint rule sets of STS, CloudWatch Logs and the portal of IAM Identity
// Center, branch by branch in their own order (botocore's
// endpoint-rule-set-1.json), and the region check that comes before them. What
// reaches a host name is a checked label and constants.
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/text.h"
#include "base/try.h"
#include "config/partitions.h"
#include "config/profiles.h"
#include "crosslog/config.h"
#include "http/url.h"

namespace crosslog {
namespace {

constexpr std::size_t kMaxLabelBytes = 63;
constexpr std::string_view kGlobalStsOrigin = "https://sts.amazonaws.com";
constexpr std::string_view kGlobalStsRegion = "us-east-1";

// Those older than regional STS endpoints, and the pseudo-region.
constexpr std::array<std::string_view, 16> kGlobalStsRegions{
    "ap-northeast-1", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "aws-global", "ca-central-1",
    "eu-central-1",   "eu-north-1", "eu-west-1",      "eu-west-2",      "eu-west-3",  "sa-east-1",
    "us-east-1",      "us-east-2",  "us-west-1",      "us-west-2"};

std::string_view prefix_of(Service service) noexcept {
  return service == Service::sts ? "sts" : service == Service::logs ? "logs" : "portal.sso";
}

bool is_label_byte(char c) noexcept {
  return base::is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}

// As botocore's validate_region_name: a host label, not of digits alone.
bool is_region(std::string_view text) noexcept {
  return !text.empty() && text.size() <= kMaxLabelBytes &&
         std::all_of(text.begin(), text.end(), is_label_byte) &&
         !std::all_of(text.begin(), text.end(), base::is_digit) && text.front() != '-' && text.back() != '-';
}

void remove_all(std::string& text, std::string_view part) {
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at))
    text.erase(at, part.size());
}

// "fips-us-east-1" and "us-east-1-fips" mean us-east-1 with FIPS.
EndpointParameters without_pseudo_region(EndpointParameters parameters) {
  const auto size = parameters.region.size();
  remove_all(parameters.region, "fips-");
  remove_all(parameters.region, "-fips");
  if (parameters.region.size() != size) parameters.use_fips = true;
  return parameters;
}

Result<Endpoint> custom_endpoint(const EndpointParameters& parameters) {
  if (parameters.use_fips) {
    return fail(Errc::configuration, "Invalid Configuration: FIPS and custom endpoint are not supported");
  }
  if (parameters.use_dualstack) {
    return fail(Errc::configuration,
                "Invalid Configuration: Dualstack and custom endpoint are not supported");
  }
  auto url = http::parse_url(*parameters.custom_url);
  const std::string invalid = "Invalid endpoint: " + config::url_for_message(*parameters.custom_url);
  if (!url) return fail(Errc::configuration, invalid, {url.error().message});
  if (!url->userinfo.empty())
    return fail(Errc::configuration, invalid, {"An endpoint has no user name or password"});
  if (!url->query.empty()) return fail(Errc::configuration, invalid, {"An endpoint has no query"});
  return Endpoint{url->origin(), std::move(url->path), parameters.region,
                  std::string(prefix_of(parameters.service))};
}

Endpoint global_sts() {
  return {std::string(kGlobalStsOrigin), "/", std::string(kGlobalStsRegion), "sts"};
}

bool is_global_sts(const EndpointParameters& parameters) {
  if (parameters.service != Service::sts || parameters.use_fips || parameters.use_dualstack) return false;
  if (!parameters.use_global_sts) return parameters.region == "aws-global";
  return std::find(kGlobalStsRegions.begin(), kGlobalStsRegions.end(), parameters.region) !=
         kGlobalStsRegions.end();
}

// GovCloud's plain endpoints are FIPS endpoints; Logs names the two regions it
// had when that was written down.
bool has_plain_fips_host(const EndpointParameters& parameters, const config::Partition& partition) {
  if (parameters.use_dualstack) return false;
  if (parameters.service != Service::logs) return partition.id == "aws-us-gov";
  return parameters.region == "us-gov-east-1" || parameters.region == "us-gov-west-1";
}

Endpoint regional_endpoint(const EndpointParameters& parameters) {
  const auto& partition = config::partition_for(parameters.region);
  const bool says_fips = parameters.use_fips && !has_plain_fips_host(parameters, partition);
  std::string origin = "https://";
  origin.append(prefix_of(parameters.service)).append(says_fips ? "-fips." : ".");
  origin.append(parameters.region).append(".");
  origin.append(parameters.use_dualstack ? partition.dual_stack_dns_suffix : partition.dns_suffix);
  return {std::move(origin), "/", parameters.region, std::string(prefix_of(parameters.service))};
}

}  // namespace

Result<Endpoint> resolve_endpoint(const EndpointParameters& given) {
  const auto parameters = without_pseudo_region(given);
  if (!parameters.region.empty() && !is_region(parameters.region)) {
    return fail(Errc::configuration, "Provided region_name '" + base::visible(parameters.region) +
                                         "' doesn't match a supported format.");
  }
  if (parameters.custom_url) return custom_endpoint(parameters);
  if (parameters.region.empty()) return fail(Errc::no_region, "Invalid Configuration: Missing Region");
  if (is_global_sts(parameters)) return global_sts();
  return regional_endpoint(parameters);
}

Result<Endpoint> endpoint_of(const Settings& settings, Service service, std::string_view region) {
  const auto& configured = service == Service::sts    ? settings.sts_endpoint
                           : service == Service::logs ? settings.logs_endpoint
                                                      : settings.sso_endpoint;
  EndpointParameters parameters;
  parameters.service = service;
  parameters.region = region;
  parameters.use_fips = settings.use_fips_endpoint;
  parameters.use_dualstack = settings.use_dualstack_endpoint;
  if (configured) parameters.custom_url = configured->url;
  auto endpoint = resolve_endpoint(parameters);
  if (endpoint && configured) endpoint->allow_plain_http = configured->allow_plain_http;
  if (!endpoint && configured)
    endpoint.error().hints.push_back("The endpoint comes from " + configured->origin.text);
  return endpoint;
}

}  // namespace crosslog
