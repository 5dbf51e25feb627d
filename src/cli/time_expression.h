// The times that a person types: an age, a date, an epoch number.
//
//     2h  90s  1h30m  2w  1d12h          so long ago
//     now  now-1h  now+5m
//     2026-02-23  2026-02-23T10:11  2026-02-23 10:11:12.5  20260223T101112Z
//     2026-02-23T10:11:12+01:00          without an offset: of the zone in use
//     1771841472  1771841472000          seconds (10 digits), milliseconds (13)
//
// What could be meant in two ways is refused, and nothing is rounded into sense.
// format_time_expression() writes the one form that each value has.
#ifndef CROSSLOG_SRC_CLI_TIME_EXPRESSION_H_
#define CROSSLOG_SRC_CLI_TIME_EXPRESSION_H_

#include <chrono>
#include <expected>
#include <string>
#include <string_view>

#include "cli/time_zone.h"
#include "crosslog/clock.h"

namespace crosslog::cli {

struct TimeExpression {
  enum class Kind {
    relative,  // `value` is added to now
    instant,   // since 1970-01-01T00:00Z
    wall,      // since 1970-01-01T00:00 of a zone that was not said
  };
  Kind kind = Kind::relative;
  std::chrono::milliseconds value{0};

  friend bool operator==(const TimeExpression&, const TimeExpression&) = default;
};

// The error is a sentence that names what was given and shows what would do.
[[nodiscard]] std::expected<TimeExpression, std::string> parse_time_expression(std::string_view text);
[[nodiscard]] std::string format_time_expression(const TimeExpression& expression);
// Fails outside the years 1970 to 9999, and where the zone's clocks skip.
[[nodiscard]] std::expected<TimePoint, std::string> resolve(const TimeExpression& expression, TimePoint now,
                                                            const TimeZone& zone);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_TIME_EXPRESSION_H_
