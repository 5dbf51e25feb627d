// Times as AWS writes them. UTC, proleptic Gregorian, no locale, no time zone data.
#ifndef CROSSLOG_SRC_BASE_TIME_H_
#define CROSSLOG_SRC_BASE_TIME_H_

#include <optional>
#include <string>
#include <string_view>

#include "crosslog/clock.h"

namespace crosslog::base {

// "20150830T123600Z" and "20150830": SigV4.
[[nodiscard]] std::string amz_date(TimePoint time);
[[nodiscard]] std::string amz_day(TimePoint time);
[[nodiscard]] std::optional<TimePoint> parse_amz_date(std::string_view text) noexcept;
// "2036-11-09T13:34:41+00:00", as the AWS CLI prints and caches times; with
// ".123000" only when there are milliseconds.
[[nodiscard]] std::string iso8601(TimePoint time);
// RFC 3339 with seconds, optional fraction (digits past milliseconds dropped), Z
// or an offset; also botocore's "...UTC". nullopt for anything else, Feb 30 too.
[[nodiscard]] std::optional<TimePoint> parse_iso8601(std::string_view text) noexcept;
// RFC 9110 IMF-fixdate: "Sun, 06 Nov 1994 08:49:37 GMT".
[[nodiscard]] std::optional<TimePoint> parse_http_date(std::string_view text) noexcept;
[[nodiscard]] std::string http_date(TimePoint time);

}  // namespace crosslog::base

#endif  // CROSSLOG_SRC_BASE_TIME_H_
