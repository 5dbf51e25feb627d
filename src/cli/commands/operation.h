// Any operation of the operations table as a command: signed calls, page by page
// where the AWS CLI pages, and what --query and --output make of the answers.
#ifndef CROSSLOG_SRC_CLI_COMMANDS_OPERATION_H_
#define CROSSLOG_SRC_CLI_COMMANDS_OPERATION_H_

#include "cli/errors.h"
#include "cli/invocation.h"
#include "cli/output/buffer.h"
#include "cli/output/output.h"
#include "cli/session.h"
#include "crosslog/operations.h"

namespace crosslog::cli {

// Checks and calls, in the order in which the AWS CLI finds fault: the settings of
// the credentials, the region, the endpoint, the parameters, the credentials
// themselves, the service. Text and yaml-stream come page by page, the other formats
// when all is there. A skeleton is printed without a call.
[[nodiscard]] Outcome<void> run_operation(const Session& session, const Operation& operation,
                                          const Invocation& invocation, const OutputOptions& output,
                                          const Print& print);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_COMMANDS_OPERATION_H_
