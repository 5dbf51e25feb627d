// The command line as bash's completion shows it, and words as bash wants them back.
// Names come from outside: each is quoted, so that none of it is a command.
#ifndef CROSSLOG_SRC_CLI_SHELL_LINE_H_
#define CROSSLOG_SRC_CLI_SHELL_LINE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace crosslog::cli {

struct ShellLine {
  std::vector<std::string> words;  // without quotes; the last one ends at the cursor, maybe empty
  char quote = '\0';               // that is open at the cursor: ' or "
  // Of the last word, how much bash takes for granted: what it replaces begins there.
  std::size_t kept = 0;
};

// Variables, ~ and substitutions stay as they are written. `breaks`:
// $COMP_WORDBREAKS, at which bash begins a new word and the program does not.
[[nodiscard]] ShellLine parse_shell_line(std::string_view line, std::string_view breaks);

// `word` as it is typed inside `quote`, or outside of any. Precondition: one line.
[[nodiscard]] std::string quote_for_shell(std::string_view word, char quote);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_SHELL_LINE_H_
