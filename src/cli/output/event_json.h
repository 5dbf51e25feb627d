// Pages of log events as json.h writes them, without a Document.
#ifndef CROSSLOG_SRC_CLI_OUTPUT_EVENT_JSON_H_
#define CROSSLOG_SRC_CLI_OUTPUT_EVENT_JSON_H_

#include <optional>
#include <span>
#include <string>
#include <variant>

#include "cli/output/buffer.h"
#include "crosslog/operations.h"

namespace crosslog::cli {

// What format_json() makes of the answer that the page is of.
void write_page_json(const Operation& operation, const EventPage& page, OutputBuffer& out);
// Of all pages of a walk as one answer, which has its searchedLogStreams when
// `searched`. Precondition: none of them is a Document.
void write_walk_json(std::span<const EventAnswer> pages, bool searched,
                     const std::optional<std::string>& resume_token, OutputBuffer& out);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_OUTPUT_EVENT_JSON_H_
