// Pages of log events as text.h writes them, without a Document: most of what this
// program ever prints.
#ifndef CROSSLOG_SRC_CLI_OUTPUT_EVENT_TEXT_H_
#define CROSSLOG_SRC_CLI_OUTPUT_EVENT_TEXT_H_

#include <span>

#include "cli/output/buffer.h"
#include "crosslog/events.h"
#include "crosslog/operations.h"

namespace crosslog::cli {

// What format_text() makes of the page's events, in a map that has them and at most
// empty lists.
void write_event_text(std::span<const LogEvent> events, OutputBuffer& out);
// Of the whole answer, the tokens that the operation documents too.
void write_page_text(const Operation& operation, const EventPage& page, OutputBuffer& out);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_OUTPUT_EVENT_TEXT_H_
