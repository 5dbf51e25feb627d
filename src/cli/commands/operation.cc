#include "cli/commands/operation.h"

#include <string>
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

// Where there is none, what is wrong with the credentials is said first: the AWS
// CLI looks at them earlier. That there are none is not.
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

}  // namespace

Outcome<Document> call_operation(const Session& session, const Operation& operation,
                                 const Document& parameters) {
  const auto connection = connect(session);
  if (!connection) return std::unexpected(connection.error());
  const auto region = region_of(session, **connection);
  if (!region) return std::unexpected(region.error());
  auto endpoint = endpoint_of(session.settings, operation.service, *region);
  if (!endpoint) return std::unexpected(to_failure(std::move(endpoint).error()));
  if (auto good = check_parameters(operation, parameters); !good) {
    return fail_usage(good.error().message, good.error().hints);
  }
  ClientOptions options = client_options(session.settings, std::move(*endpoint));
  options.debug = session.debug;
  options.note = session.note;
  OperationCaller caller(*(*connection)->transport, system_clock(), *(*connection)->credentials,
                         std::move(options));
  auto answer = caller.call(operation, parameters, session.stop);
  if (answer) return std::move(*answer);
  return std::unexpected(to_failure(std::move(answer).error()));
}

}  // namespace crosslog::cli
