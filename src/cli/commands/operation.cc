#include "cli/commands/operation.h"

#include <optional>
#include <utility>

#include "crosslog/clock.h"
#include "crosslog/providers.h"
#include "crosslog/transport.h"

namespace crosslog::cli {
namespace {

// The settings of the STS calls behind the credentials: --endpoint-url is for the
// command's own service.
Outcome<Settings> settings_of_credentials(const Session& session) {
  Overrides overrides = session.globals.overrides;
  overrides.endpoint_url.reset();
  auto settings = resolve_settings(session.host, session.config, overrides);
  if (!settings) return std::unexpected(to_failure(std::move(settings).error()));
  return std::move(*settings);
}

Outcome<std::unique_ptr<Transport>> make_transport(const Session& session) {
  CurlOptions options;
  options.ca_bundle = session.settings.ca_bundle;
  options.https_proxy = session.settings.https_proxy;
  options.no_proxy = session.settings.no_proxy;
  options.trace = session.debug;
  auto transport = make_curl_transport(std::move(options));
  if (!transport) return std::unexpected(to_failure(std::move(transport).error()));
  return std::move(*transport);
}

Failure no_region(std::vector<std::string> why) {
  std::vector<std::string> hints{"set --region, AWS_REGION or the profile's region"};
  hints.insert(hints.end(), why.begin(), why.end());
  return {.kind = Failure::Kind::no_region,
          .message = "You must specify a region.",
          .hints = std::move(hints),
          .error = {}};
}

// Where there is none, what is wrong with the credentials is said first: the AWS
// CLI looks at them earlier. That there are none is not.
Outcome<std::string> region_of(const Session& session, InstanceMetadata& metadata, CredentialProvider& credentials) {
  if (session.settings.region) return *session.settings.region;
  auto region = metadata.region(session.stop);
  if (region) return std::move(*region);
  if (region.error().code != Errc::not_configured) return std::unexpected(to_failure(std::move(region).error()));
  if (auto found = credentials.get(session.stop);
      !found && found.error().code != Errc::no_credentials && found.error().code != Errc::no_region) {
    return std::unexpected(to_failure(std::move(found).error()));
  }
  std::vector<std::string> why{"instance metadata: " + region.error().message};
  why.insert(why.end(), region.error().hints.begin(), region.error().hints.end());
  return std::unexpected(no_region(std::move(why)));
}

}  // namespace

Outcome<Document> call_operation(const Session& session, const Operation& operation, const Document& parameters) {
  const auto settings = settings_of_credentials(session);
  if (!settings) return std::unexpected(settings.error());
  const auto transport = make_transport(session);
  if (!transport) return std::unexpected(transport.error());
  const auto metadata =
      make_instance_metadata(**transport, system_clock(), system_random(), session.settings.imds);
  auto credentials = make_default_provider({
      .transport = **transport,
      .clock = system_clock(),
      .random = system_random(),
      .host = session.host,
      .metadata = *metadata,
      .config = session.config,
      .settings = *settings,
      .session_prefix = session.program.is_aws() ? "botocore-session" : "crosslog",
      .debug = session.debug,
  });
  if (!credentials) return std::unexpected(to_failure(std::move(credentials).error()));
  const auto region = region_of(session, *metadata, **credentials);
  if (!region) return std::unexpected(region.error());
  auto endpoint = endpoint_of(session.settings, operation.service, *region);
  if (!endpoint) return std::unexpected(to_failure(std::move(endpoint).error()));
  if (auto good = check_parameters(operation, parameters); !good) {
    return fail_usage(good.error().message, good.error().hints);
  }
  ClientOptions options = client_options(session.settings, std::move(*endpoint));
  options.debug = session.debug;
  OperationCaller caller(**transport, system_clock(), **credentials, std::move(options));
  auto answer = caller.call(operation, parameters, session.stop);
  if (answer) return std::move(*answer);
  // The AWS CLI says so of every last attempt, whatever ended it.
  Error& error = answer.error();
  error.retries_exhausted = error.retries_exhausted || error.attempts >= session.settings.max_attempts;
  return std::unexpected(to_failure(std::move(error)));
}

}  // namespace crosslog::cli
