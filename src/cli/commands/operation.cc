#include "cli/commands/operation.h"

#include <utility>

#include "crosslog/clock.h"

namespace crosslog::cli {

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
