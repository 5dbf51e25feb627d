#include "cli/session.h"

#include <string_view>
#include <utility>
#include <vector>

#include "crosslog/clock.h"

namespace crosslog::cli {
namespace {

Failure no_region(const Error& metadata) {
  std::vector<std::string> hints{"set --region, AWS_REGION or the profile's region",
                                 "instance metadata: " + metadata.message};
  hints.insert(hints.end(), metadata.hints.begin(), metadata.hints.end());
  return {.kind = Failure::Kind::no_region,
          .message = "You must specify a region.",
          .hints = std::move(hints),
          .error = {}};
}

// The AWS CLI's folder. Without a home there is no cache.
std::unique_ptr<CredentialCache> make_cache(const Session& session) {
  const auto value = [&](std::string_view name) { return session.host.getenv(name).value_or(""); };
  if (session.globals.no_cache || !value("CROSSLOG_NO_CACHE").empty()) return nullptr;
  const std::string home = value("HOME");
  if (!home.starts_with('/')) return nullptr;
  return make_credential_cache(session.host, system_clock(), home + "/.aws/cli/cache", session.note);
}

// The AWS CLI has this variable for web identities only.
std::string role_session_name(const Session& session) {
  return session.program.is_aws() ? "" : session.host.getenv("AWS_ROLE_SESSION_NAME").value_or("");
}

}  // namespace

Outcome<std::unique_ptr<Connection>> connect(const Session& session) {
  auto connection = std::make_unique<Connection>();
  Overrides overrides = session.globals.overrides;
  overrides.endpoint_url.reset();  // it is for the command's own service
  auto settings = resolve_settings(session.host, session.config, overrides);
  if (!settings) return std::unexpected(to_failure(std::move(settings).error()));
  connection->credential_settings = std::move(*settings);

  (void)make_libraries_wipe_memory();  // of this process only, which is ours
  auto transport = make_curl_transport({.ca_bundle = session.settings.ca_bundle,
                                        .https_proxy = session.settings.https_proxy,
                                        .no_proxy = session.settings.no_proxy,
                                        .trace = session.debug});
  if (!transport) return std::unexpected(to_failure(std::move(transport).error()));
  connection->transport = std::move(*transport);
  connection->metadata =
      make_instance_metadata(*connection->transport, system_clock(), system_random(), session.settings.imds);
  connection->cache = make_cache(session);

  auto credentials = make_default_provider({
      .transport = *connection->transport,
      .clock = system_clock(),
      .random = system_random(),
      .host = session.host,
      .metadata = *connection->metadata,
      .config = session.config,
      .settings = connection->credential_settings,
      .session_prefix = session.program.is_aws() ? "botocore-session" : "crosslog",
      .debug = session.debug,
      .cache = connection->cache.get(),
      .note = session.note,
      .session_name = role_session_name(session),
  });
  if (!credentials) return std::unexpected(to_failure(std::move(credentials).error()));
  connection->credentials = std::move(*credentials);
  return connection;
}

// That there are no credentials is not said first.
Outcome<std::string> region_of(const Session& session, const Connection& connection) {
  if (session.settings.region) return *session.settings.region;
  auto region = connection.metadata->region(session.stop);
  if (region) return std::move(*region);
  if (region.error().code != Errc::not_configured)
    return std::unexpected(to_failure(std::move(region).error()));
  auto credentials = connection.credentials->get(session.stop);
  if (!credentials && credentials.error().code != Errc::no_credentials &&
      credentials.error().code != Errc::no_region) {
    return std::unexpected(to_failure(std::move(credentials).error()));
  }
  return std::unexpected(no_region(region.error()));
}

}  // namespace crosslog::cli
