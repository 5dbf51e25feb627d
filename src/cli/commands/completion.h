// `completion`: the script that a shell sources, a few lines that call the program
// back at each Tab; and the answer to such a call. Names of groups and streams are
// asked from the service, quickly or not at all, and kept for a minute.
#ifndef CROSSLOG_SRC_CLI_COMMANDS_COMPLETION_H_
#define CROSSLOG_SRC_CLI_COMMANDS_COMPLETION_H_

#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "cli/args.h"
#include "cli/completion.h"
#include "cli/errors.h"
#include "cli/program.h"
#include "crosslog/host.h"

namespace crosslog::cli {

// What the scripts call; in no help text.
inline constexpr std::string_view kCompleteCommand = "__complete";

// `words`: bash, fish or zsh.
[[nodiscard]] Outcome<std::string> completion_script(std::span<const std::string> words,
                                                     const Program& program);

// What the program around it has. References outlive the call.
struct CompletionContext {
  const Program& program;
  const Host& host;
  std::stop_token stop;
};
// `words`: "bash", the line up to the cursor, $COMP_WORDBREAKS; or "fish" or "zsh" and
// the line's words. Lines: "names", and one for each, with a tab and a description but
// for bash; or "files", what stands before the file's name in the word, and the name.
// Whatever goes wrong, nothing is said: "names".
[[nodiscard]] std::string reply_to_shell(const CompletionContext& context,
                                         std::span<const std::string> words);
// The same for other names.
[[nodiscard]] std::string reply_to_shell(std::span<const std::string> words, const Program& program,
                                         const NameSource& names);

[[nodiscard]] std::vector<Argument> completion_options();
[[nodiscard]] std::string completion_help(const Program& program);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_COMMANDS_COMPLETION_H_
