// Times inside Documents: what a `timestamp` may look like, on the command line
// and on the wire, in botocore's reading.
#ifndef CROSSLOG_SRC_LOGS_TIMESTAMP_H_
#define CROSSLOG_SRC_LOGS_TIMESTAMP_H_

#include <optional>
#include <string_view>

#include "crosslog/clock.h"
#include "crosslog/document.h"

namespace crosslog::logs {

// ISO 8601, seconds since the epoch as a decimal number, or an HTTP date.
[[nodiscard]] std::optional<TimePoint> parse_timestamp(std::string_view text);
// The same of a text, or a number of seconds.
[[nodiscard]] std::optional<TimePoint> parse_timestamp(const Document& value);

}  // namespace crosslog::logs

#endif  // CROSSLOG_SRC_LOGS_TIMESTAMP_H_
