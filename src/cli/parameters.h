// An operation's parameters: its options, made from the service model, and what
// was given for them as the Document that the operation takes.
#ifndef CROSSLOG_SRC_CLI_PARAMETERS_H_
#define CROSSLOG_SRC_CLI_PARAMETERS_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/args.h"
#include "cli/errors.h"
#include "crosslog/document.h"
#include "crosslog/operations.h"

namespace crosslog::cli {

// In model order, a --no-x after each boolean --x; then the AWS CLI's --cli-input-*
// and `help`.
[[nodiscard]] std::vector<Argument> operation_arguments(const Operation& operation);

// Texts become what the model says; `file://PATH` stands for the file's content,
// shorthand and JSON for lists and structures. `getenv` expands ~ and $X in paths.
using Getenv = std::function<std::optional<std::string>(std::string_view name)>;
[[nodiscard]] Outcome<Document> make_parameters(const Operation& operation, const ParsedArguments& arguments,
                                                const Getenv& getenv);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_PARAMETERS_H_
