// The AWS CLI's text output: one line for each map, its scalars in the order of
// their names, a tab between them, the upper-cased name of the list in front.
#ifndef CROSSLOG_SRC_CLI_OUTPUT_TEXT_H_
#define CROSSLOG_SRC_CLI_OUTPUT_TEXT_H_

#include <string>

#include "crosslog/document.h"

namespace crosslog::cli {

// Nothing is escaped: a line break inside a message breaks the line.
[[nodiscard]] std::string format_text(const Document& document);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_OUTPUT_TEXT_H_
