// Python's json.dumps(document, indent=4, ensure_ascii=False), which is what the
// AWS CLI prints.
#ifndef CROSSLOG_SRC_CLI_OUTPUT_JSON_H_
#define CROSSLOG_SRC_CLI_OUTPUT_JSON_H_

#include <string>

#include "crosslog/document.h"

namespace crosslog::cli {

// With the line break at the end; "" for an empty map. `terminal`: what changes
// how a terminal shows the bytes around it is written as \uXXXX, which any JSON
// reader takes for the same text.
[[nodiscard]] std::string format_json(const Document& document, bool terminal = false);
// On one line, without the line break, for a terminal.
[[nodiscard]] std::string format_json_line(const Document& document);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_OUTPUT_JSON_H_
