#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>

#include "capi/callbacks.h"
#include "capi/handles.h"
#include "capi/support.h"

namespace crosslog::capi {
namespace {

// Nobody may be asked at a terminal that belongs to the program around us.
Host make_host(bool isolated) {
  if (!isolated) {
    Host host = system_host();
    host.ask = {};
    return host;
  }
  Host host;
  host.getenv = [](std::string_view) { return std::optional<std::string>(); };
  host.read_file = [](const std::string&, std::size_t) {
    return Result<std::optional<File>>(std::optional<File>());
  };
  return host;
}

std::optional<std::string> text_if_any(crosslog_string text) {
  return text.size == 0 ? std::nullopt : std::optional(to_text(text));
}

std::optional<std::chrono::seconds> seconds_if_any(std::int64_t seconds, const char* name) {
  if (seconds < 0) refuse(Errc::invalid_argument, std::string(name) + " is negative");
  return seconds == 0 ? std::nullopt : std::optional(std::chrono::seconds(seconds));
}

Settings make_settings(const crosslog_session_options& options, const Host& host,
                       const SharedConfig& config) {
  Overrides overrides;
  overrides.profile = text_if_any(options.profile);
  overrides.region = text_if_any(options.region);
  overrides.ca_bundle = text_if_any(options.ca_bundle);
  overrides.imds_endpoint = text_if_any(options.imds_endpoint_url);
  overrides.connect_timeout = seconds_if_any(options.connect_timeout_s, "connect_timeout_s");
  overrides.read_timeout = seconds_if_any(options.read_timeout_s, "read_timeout_s");
  Settings settings = value(resolve_settings(host, config, overrides));
  if (auto url = text_if_any(options.logs_endpoint_url)) {
    overrides.endpoint_url = std::move(url);
    settings.logs_endpoint = value(resolve_settings(host, config, overrides)).logs_endpoint;
  }
  if (auto url = text_if_any(options.sts_endpoint_url)) {
    overrides.endpoint_url = std::move(url);
    settings.sts_endpoint = value(resolve_settings(host, config, overrides)).sts_endpoint;
  }
  return settings;
}

// The callbacks are owned before anything can fail.
std::shared_ptr<Session> make_session(const crosslog_session_options& options) {
  auto transport = own_if_given(options.transport, "transport");
  auto clock = own_if_given(options.clock, "clock");
  auto session = std::make_shared<Session>();
  if (clock) session->own_clock = make_clock(std::move(*clock));
  if (transport) session->transport = make_transport(std::move(*transport));
  session->host = make_host(options.isolated != 0);
  session->config = value(load_shared_config(session->host));
  session->settings = make_settings(options, session->host, session->config);
  const Settings& settings = session->settings;
  if (!session->transport) {
    session->transport = value(make_curl_transport({.ca_bundle = settings.ca_bundle,
                                                    .https_proxy = settings.https_proxy,
                                                    .no_proxy = settings.no_proxy,
                                                    .trace = {}}));
  }
  session->metadata =
      make_instance_metadata(*session->transport, session->clock(), system_random(), settings.imds);
  if (auto folder = text_if_any(options.credential_cache)) {
    if (!folder->starts_with('/')) refuse(Errc::invalid_argument, "credential_cache is not an absolute path");
    session->cache = make_credential_cache(session->host, session->clock(), std::move(*folder));
  }
  return session;
}

}  // namespace

std::string Session::region(std::stop_token stop) const {
  if (settings.region) return *settings.region;
  auto found = metadata->region(std::move(stop));
  if (found) return std::move(*found);
  Error error = std::move(found).error();
  if (error.code != Errc::not_configured) throw Refusal{std::move(error)};
  error.hints.insert(error.hints.begin(), {"set the session's region, AWS_REGION or the profile's region",
                                           "instance metadata: " + error.message});
  error.code = Errc::no_region;
  error.message = "You must specify a region.";
  throw Refusal{std::move(error)};
}

ClientOptions Session::options(Service service, const std::string& region) const {
  return client_options(settings, value(endpoint_of(settings, service, region)));
}

}  // namespace crosslog::capi

using namespace crosslog::capi;

crosslog_code crosslog_session_new(const crosslog_session_options* options, crosslog_session** out,
                                   crosslog_error* error) {
  return guarded(error, [&] {
    forget(out);
    const auto known = options == nullptr ? crosslog_session_options{} : read_struct(options, "options");
    auto session = make_session(known);
    auto& made = need_out(out);
    made = new crosslog_session{std::move(session)};
  });
}

void crosslog_session_free(crosslog_session* session) {
  delete session;
}
