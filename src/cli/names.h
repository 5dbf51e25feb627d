// Names of commands: how the AWS CLI spells what the service model calls
// "GetLogEvents", and what else it has that we do not.
#ifndef CROSSLOG_SRC_CLI_NAMES_H_
#define CROSSLOG_SRC_CLI_NAMES_H_

#include <span>
#include <string>
#include <string_view>

#include "crosslog/config.h"

namespace crosslog::cli {

// botocore's xform_name with '-': "GetLogEvents" to "get-log-events".
[[nodiscard]] std::string kebab(std::string_view name);

// What the AWS CLI 2.36.7 takes: top-level commands, and the operations of a
// service. For "Maybe you meant", and for telling a typing error from a command
// that we do not have.
[[nodiscard]] std::span<const std::string_view> aws_commands() noexcept;
[[nodiscard]] std::span<const std::string_view> aws_operations(Service service) noexcept;

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_NAMES_H_
