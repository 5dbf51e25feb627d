// An operation's parameters: its options, made from the service model, and what
// was given for them as the Document that the operation takes.
#ifndef CROSSLOG_SRC_CLI_PARAMETERS_H_
#define CROSSLOG_SRC_CLI_PARAMETERS_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/args.h"
#include "cli/errors.h"
#include "crosslog/document.h"
#include "crosslog/operations.h"

namespace crosslog::cli {

inline constexpr std::string_view kStartingToken = "--starting-token", kPageSize = "--page-size",
                                  kMaxItems = "--max-items", kSkeleton = "--generate-cli-skeleton";
inline constexpr std::size_t kMaxParameterBytes = 16u << 20;

// In model order, a --no-x after each boolean --x; then the AWS CLI's --cli-input-*,
// those of pagination where the operation has it, and `help`. Where `words` ask for
// a skeleton or bring their parameters as one text, nothing is required.
[[nodiscard]] std::vector<Argument> operation_arguments(const Operation& operation,
                                                        std::span<const std::string> words = {});

// Texts become what the model says; `file://PATH` stands for the file's content,
// shorthand and JSON for lists and structures. `getenv` expands ~ and $X in paths.
using Getenv = std::function<std::optional<std::string>(std::string_view name)>;
// The text itself, or the content of the file that it names.
[[nodiscard]] Outcome<std::string> load_text(std::string_view option, std::string text, const Getenv& getenv);
[[nodiscard]] Outcome<Document> make_parameters(const Operation& operation, const ParsedArguments& arguments,
                                                const Getenv& getenv);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_PARAMETERS_H_
