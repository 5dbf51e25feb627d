// `configure list`: the AWS CLI's table of what is configured, and where.
#ifndef CROSSLOG_SRC_CLI_COMMANDS_CONFIGURE_LIST_H_
#define CROSSLOG_SRC_CLI_COMMANDS_CONFIGURE_LIST_H_

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "cli/command_line.h"
#include "cli/errors.h"
#include "cli/program.h"
#include "crosslog/config.h"
#include "crosslog/credentials.h"
#include "crosslog/host.h"

namespace crosslog::cli {

// What the command needs of the program around it. References outlive the call.
struct ConfigureListContext {
  const Program& program;
  const Host& host;
  const SharedConfig& config;
  const GlobalOptions& globals;
  std::function<Outcome<Credentials>()> credentials;
  // Of the instance metadata; asked for when nobody configured one.
  std::function<std::optional<std::string>()> instance_region;
};

// Prints each line when it is known, as the AWS CLI does: those before an error
// stand on standard output.
[[nodiscard]] Outcome<void> configure_list(const ConfigureListContext& context,
                                           const std::function<Outcome<void>(std::string_view)>& print);

// The subcommands that the AWS CLI has, ours first.
[[nodiscard]] std::span<const std::string_view> configure_subcommands() noexcept;
[[nodiscard]] std::string configure_list_help(const Program& program);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_COMMANDS_CONFIGURE_LIST_H_
