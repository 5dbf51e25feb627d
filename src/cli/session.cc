#include "cli/session.h"

#include <utility>

#include "crosslog/clock.h"

namespace crosslog::cli {

Outcome<std::unique_ptr<Connection>> connect(const Session& session) {
  auto connection = std::make_unique<Connection>();
  Overrides overrides = session.globals.overrides;
  overrides.endpoint_url.reset();  // it is for the command's own service
  auto settings = resolve_settings(session.host, session.config, overrides);
  if (!settings) return std::unexpected(to_failure(std::move(settings).error()));
  connection->credential_settings = std::move(*settings);

  auto transport = make_curl_transport({.ca_bundle = session.settings.ca_bundle,
                                        .https_proxy = session.settings.https_proxy,
                                        .no_proxy = session.settings.no_proxy,
                                        .trace = session.debug});
  if (!transport) return std::unexpected(to_failure(std::move(transport).error()));
  connection->transport = std::move(*transport);
  connection->metadata =
      make_instance_metadata(*connection->transport, system_clock(), system_random(), session.settings.imds);

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
      .note = session.note,
  });
  if (!credentials) return std::unexpected(to_failure(std::move(credentials).error()));
  connection->credentials = std::move(*credentials);
  return connection;
}

}  // namespace crosslog::cli
