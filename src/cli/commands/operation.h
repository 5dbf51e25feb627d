// Any operation of the operations table as a command: parameters in, one signed
// call, the answer printed.
#ifndef CROSSLOG_SRC_CLI_COMMANDS_OPERATION_H_
#define CROSSLOG_SRC_CLI_COMMANDS_OPERATION_H_

#include <stop_token>
#include <string>

#include "cli/command_line.h"
#include "cli/errors.h"
#include "cli/program.h"
#include "crosslog/client.h"
#include "crosslog/config.h"
#include "crosslog/document.h"
#include "crosslog/host.h"
#include "crosslog/operations.h"

namespace crosslog::cli {

// What every command may need. References outlive the command.
struct Session {
  const Program& program;
  const Host& host;
  const SharedConfig& config;
  const GlobalOptions& globals;
  const Settings& settings;
  std::stop_token stop;
  DebugFunction debug;
};

// Checks and calls, in the order in which the AWS CLI finds fault: the sources of
// credentials, the region, the endpoint, the parameters, the service.
[[nodiscard]] Outcome<Document> call_operation(const Session& session, const Operation& operation,
                                               const Document& parameters);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_COMMANDS_OPERATION_H_
