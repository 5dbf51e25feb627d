#include "logs/timestamp.h"

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <system_error>

#include "base/time.h"

namespace crosslog::logs {
namespace {

// The years 1 to 9999, as Python's datetime has them.
constexpr double kFirstSecond = -62'135'596'800.0;
constexpr double kLastSecond = 253'402'300'799.999;

std::optional<TimePoint> of_seconds(double seconds) {
  if (!(seconds >= kFirstSecond && seconds <= kLastSecond)) return std::nullopt;
  return TimePoint(std::chrono::milliseconds(static_cast<std::int64_t>(std::llround(seconds * 1000))));
}

std::optional<double> parse_number(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::optional<TimePoint> parse_timestamp(std::string_view text) {
  if (const auto time = base::parse_iso8601(text)) return time;
  if (const auto number = parse_number(text)) return of_seconds(*number);
  return base::parse_http_date(text);
}

std::optional<TimePoint> parse_timestamp(const Document& value) {
  if (const auto* text = value.string()) return parse_timestamp(std::string_view(*text));
  if (const auto* seconds = value.integer()) return of_seconds(static_cast<double>(*seconds));
  if (const auto* seconds = value.number()) return of_seconds(*seconds);
  return std::nullopt;
}

}  // namespace crosslog::logs
