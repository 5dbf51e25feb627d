// The formats of --output, and the one writer of standard output.
#ifndef CROSSLOG_SRC_CLI_OUTPUT_OUTPUT_H_
#define CROSSLOG_SRC_CLI_OUTPUT_OUTPUT_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "cli/errors.h"
#include "crosslog/document.h"

namespace crosslog::cli {

struct OutputOptions {
  std::string format = "json";  // json, text, table, yaml, yaml-stream, off
  bool safe = false;            // what would confuse a terminal is made visible
  bool color = false;           // of tables
  std::size_t terminal_width = 80;
};

// `title`: the operation's name, for tables. Fails on a format that is none
// ("Unknown output type: xml").
[[nodiscard]] Outcome<std::string> format_output(std::string_view title, const Document& document,
                                                 const OutputOptions& options);

// Columns of the terminal on `fd`; 80 when it is none.
[[nodiscard]] std::size_t terminal_width(int fd) noexcept;

// Writes all of `bytes` to `fd`. A reader that has gone away ends the process as
// SIGPIPE's default does; anything else that goes wrong (a full disk) is a failure.
[[nodiscard]] Outcome<void> write_all(int fd, std::string_view bytes);
// Closes `fd`: the last place where the system can say that bytes were lost.
[[nodiscard]] Outcome<void> close_output(int fd);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_OUTPUT_OUTPUT_H_
