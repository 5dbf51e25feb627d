// The AWS CLI's table output, widths, quirks and all: characters of ambiguous
// width count as two columns, single rows turn upright when the table is wider
// than the terminal, and a line break inside a cell breaks the table.
#ifndef CROSSLOG_SRC_CLI_OUTPUT_TABLE_H_
#define CROSSLOG_SRC_CLI_OUTPUT_TABLE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "cli/errors.h"
#include "crosslog/document.h"

namespace crosslog::cli {

struct TableOptions {
  std::size_t terminal_width = 80;
  bool color = false;
};

// "" when there is nothing to show. Fails when lists of different lengths stand
// side by side.
[[nodiscard]] Outcome<std::string> format_table(std::string_view title, const Document& document,
                                                const TableOptions& options);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_OUTPUT_TABLE_H_
