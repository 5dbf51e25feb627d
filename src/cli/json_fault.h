// Where a JSON text is wrong, in the words of Python's json module: the AWS CLI
// repeats them.
#ifndef CROSSLOG_SRC_CLI_JSON_FAULT_H_
#define CROSSLOG_SRC_CLI_JSON_FAULT_H_

#include <optional>
#include <string>
#include <string_view>

namespace crosslog::cli {

// "Expecting value: line 1 column 2 (char 1)"; nullopt for what that module reads
// (repeated names and NaN too).
[[nodiscard]] std::optional<std::string> json_fault(std::string_view text);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_JSON_FAULT_H_
