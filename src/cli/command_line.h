// What stands before an operation's own options: the global options and the
// command. As in the AWS CLI they may stand anywhere on the line.
#ifndef CROSSLOG_SRC_CLI_COMMAND_LINE_H_
#define CROSSLOG_SRC_CLI_COMMAND_LINE_H_

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/args.h"
#include "cli/errors.h"
#include "cli/program.h"
#include "crosslog/config.h"
#include "crosslog/jmespath.h"

namespace crosslog::cli {

struct GlobalOptions {
  Overrides overrides;  // profile, region, endpoint, output, CA bundle, timeouts
  std::optional<Jmespath> query;
  bool debug = false;
  bool paginate = true;
  bool no_cache = false;
  std::string color = "auto";
  std::string error_format;
  std::optional<bool> safe;  // --safe, --raw
  std::string bad_timeout;   // not empty: what to say instead of calling
};

struct CommandLine {
  GlobalOptions globals;
  std::string command;
  std::vector<std::string> rest;  // for the command
  bool wants_version = false;
};

// The AWS CLI looks for these two before it reads its configuration; what is
// wrong with them is said first.
[[nodiscard]] Outcome<void> check_first_options(std::span<const std::string> words, const Program& program);

[[nodiscard]] Outcome<CommandLine> parse_command_line(std::span<const std::string> words,
                                                      const Program& program);

// Every option that may stand anywhere, in the AWS CLI's order, which the message
// about an ambiguous prefix shows; then the command.
[[nodiscard]] std::vector<Argument> global_arguments(const Program& program);

// One line of --help.
struct OptionHelp {
  std::string_view name, value, text;
};
[[nodiscard]] std::span<const OptionHelp> global_option_help() noexcept;
// Whether the AWS CLI does not have it.
[[nodiscard]] bool is_our_own(const OptionHelp& option) noexcept;

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_COMMAND_LINE_H_
