// Any operation of the operations table as a command: one signed call.
#ifndef CROSSLOG_SRC_CLI_COMMANDS_OPERATION_H_
#define CROSSLOG_SRC_CLI_COMMANDS_OPERATION_H_

#include "cli/errors.h"
#include "cli/session.h"
#include "crosslog/document.h"
#include "crosslog/operations.h"

namespace crosslog::cli {

// Checks and calls, in the order in which the AWS CLI finds fault: the settings of
// the credentials, the region, the endpoint, the parameters, the credentials
// themselves, the service.
[[nodiscard]] Outcome<Document> call_operation(const Session& session, const Operation& operation,
                                               const Document& parameters);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_COMMANDS_OPERATION_H_
