// The help texts, made from the tables that the commands are made from. The man
// page is made of the same texts (man_page.h), so their layout has a meaning:
//
//   usage: ...           and lines that go on further in
//   heading:             a line without indentation that ends with a colon
//     name  text         a row: two blanks, a name, two blanks or more, its text;
//                        lines further in go on with it
//   any other lines      a paragraph; blank lines stand between paragraphs
//
// Rows below "examples:" are command lines as they are typed.
#ifndef CROSSLOG_SRC_CLI_HELP_H_
#define CROSSLOG_SRC_CLI_HELP_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/args.h"
#include "cli/program.h"
#include "crosslog/operations.h"

namespace crosslog::cli {

// A command that the AWS CLI does not have.
struct OwnCommand {
  std::string_view name, summary;
  std::string (*help)(const Program& program);
  std::vector<Argument> (*options)();
};
// In alphabetical order.
[[nodiscard]] std::span<const OwnCommand> own_commands() noexcept;
// nullptr: there is none, as under the name `aws`.
[[nodiscard]] const OwnCommand* own_command_named(std::string_view name, const Program& program);

// The service that a command names; nullopt for any other word.
[[nodiscard]] std::optional<Service> service_named(std::string_view command) noexcept;
[[nodiscard]] std::string_view name_of(Service service) noexcept;
// By "get-log-events"; nullptr when we do not have it.
[[nodiscard]] const Operation* operation_named(Service service, std::string_view name);
// All options that an operation's command takes, and not only the AWS CLI's.
[[nodiscard]] std::vector<Argument> command_arguments(const Operation& operation, const Program& program,
                                                      std::span<const std::string> words = {});

// Help for what the words name: "logs get-log-events", "logs", "get", a topic,
// nothing. Global options and words that are no command are left aside.
[[nodiscard]] std::string help_for(std::span<const std::string> words, const Program& program);

// The parts that the man page is made of.
[[nodiscard]] std::string operation_help(const Operation& operation, const Program& program);
[[nodiscard]] std::string global_options_help(const Program& program);
// A row for each: of one service, or of all commands.
[[nodiscard]] std::string commands_help(std::optional<Service> service, const Program& program);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_HELP_H_
