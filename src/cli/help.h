// The help texts, made from the tables that the commands are made from.
#ifndef CROSSLOG_SRC_CLI_HELP_H_
#define CROSSLOG_SRC_CLI_HELP_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "cli/program.h"
#include "crosslog/operations.h"

namespace crosslog::cli {

// The service that a command names; nullopt for any other word.
[[nodiscard]] std::optional<Service> service_named(std::string_view command) noexcept;
// By "get-log-events"; nullptr when we do not have it.
[[nodiscard]] const Operation* operation_named(Service service, std::string_view name);

// Help for what the words name: "logs get-log-events", "logs", nothing. Words that
// are no command are left aside.
[[nodiscard]] std::string help_for(std::span<const std::string> words, const Program& program);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_HELP_H_
