#include "cli/time_expression.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>

#include "cli/unicode.h"

namespace crosslog::cli {
namespace {

using std::chrono::milliseconds;
using ExpressionKind = TimeExpression::Kind;

struct Unit {
  char letter;
  std::int64_t seconds;
};
constexpr Unit kUnits[] = {{'w', 604'800}, {'d', 86'400}, {'h', 3'600}, {'m', 60}, {'s', 1}};
constexpr std::int64_t kMaxSeconds = 253'402'300'799;  // 9999-12-31T23:59:59Z
constexpr milliseconds kLastMoment{kMaxSeconds * 1000 + 999};

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
}

// Precondition: digits, at most 18.
std::int64_t number_of(std::string_view digits) {
  std::int64_t value = 0;
  for (const char c : digits)
    value = value * 10 + (c - '0');
  return value;
}

// Units from the longest to the shortest, each once. nullopt: it is none, or too long.
std::optional<milliseconds> parse_age(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::int64_t sum = 0;
  const Unit* next = std::begin(kUnits);
  while (!text.empty()) {
    const std::size_t digits = count_digits(text);
    if (digits == 0 || digits > 12 || digits == text.size()) return std::nullopt;
    const Unit* unit =
        std::find_if(next, std::end(kUnits), [&](const Unit& u) { return u.letter == text[digits]; });
    if (unit == std::end(kUnits)) return std::nullopt;
    const std::int64_t count = number_of(text.substr(0, digits));
    if (count > (kMaxSeconds - sum) / unit->seconds) return std::nullopt;
    sum += count * unit->seconds;
    next = unit + 1;
    text.remove_prefix(digits + 1);
  }
  return milliseconds(sum * 1000);
}

std::optional<TimeExpression> parse_relative(std::string_view text) {
  if (!text.starts_with("now")) {
    const auto age = parse_age(text);
    return age ? std::optional(TimeExpression{ExpressionKind::relative, -*age}) : std::nullopt;
  }
  text.remove_prefix(3);
  if (text.empty()) return TimeExpression{};
  const auto age = parse_age(text.substr(1));
  if (!age || (text.front() != '-' && text.front() != '+')) return std::nullopt;
  return TimeExpression{ExpressionKind::relative, text.front() == '-' ? -*age : *age};
}

std::optional<TimeExpression> parse_epoch(std::string_view text) {
  constexpr std::size_t kSecondsDigits = 10, kMillisecondsDigits = 13;
  if (count_digits(text) != text.size()) return std::nullopt;
  if (text.size() == kSecondsDigits)
    return TimeExpression{ExpressionKind::instant, milliseconds(number_of(text) * 1000)};
  if (text.size() == kMillisecondsDigits)
    return TimeExpression{ExpressionKind::instant, milliseconds(number_of(text))};
  return std::nullopt;
}

// ISO 8601, the extended form or the basic one throughout.
class DateReader {
 public:
  explicit DateReader(std::string_view text) : rest_(text) {}

  std::optional<TimeExpression> read() {
    if (!date()) return std::nullopt;
    if (rest_.empty()) return TimeExpression{ExpressionKind::wall, value_};
    if (!std::string_view("Tt ").contains(rest_.front())) return std::nullopt;
    rest_.remove_prefix(1);
    if (!clock()) return std::nullopt;
    if (rest_.empty()) return TimeExpression{ExpressionKind::wall, value_};
    if (!offset() || value_ < milliseconds(0)) return std::nullopt;
    return TimeExpression{ExpressionKind::instant, value_};
  }

 private:
  std::optional<int> digits(std::size_t count) {
    if (count_digits(rest_.substr(0, count)) != count) return std::nullopt;
    const auto value = static_cast<int>(number_of(rest_.substr(0, count)));
    rest_.remove_prefix(count);
    return value;
  }

  bool skip(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool date() {
    const auto year = digits(4);
    if (!year) return false;
    extended_ = skip('-');
    const auto month = digits(2);
    if (!month || (extended_ && !skip('-'))) return false;
    const auto day = digits(2);
    if (!day) return false;
    const std::chrono::year_month_day found{std::chrono::year(*year),
                                            std::chrono::month(static_cast<unsigned>(*month)),
                                            std::chrono::day(static_cast<unsigned>(*day))};
    if (!found.ok() || *year < 1970) return false;
    value_ = std::chrono::local_days(found).time_since_epoch();
    return true;
  }

  bool clock() {
    const auto hours = digits(2);
    if (!hours || (extended_ && !skip(':'))) return false;
    const auto minutes = digits(2);
    if (!minutes || *hours > 23 || *minutes > 59) return false;
    value_ += std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
    const bool more = extended_ ? skip(':') : !rest_.empty() && is_digit(rest_.front());
    if (!more) return true;
    const auto seconds = digits(2);
    if (!seconds || *seconds > 59) return false;
    value_ += std::chrono::seconds(*seconds);
    return (!skip('.') && !skip(',')) || fraction();
  }

  // Past the milliseconds it says nothing that an event could.
  bool fraction() {
    constexpr std::size_t kMaxDigits = 9;
    const std::size_t count = count_digits(rest_);
    if (count == 0 || count > kMaxDigits) return false;
    std::string three(rest_.substr(0, std::min<std::size_t>(count, 3)));
    three.resize(3, '0');
    value_ += milliseconds(number_of(three));
    rest_.remove_prefix(count);
    return true;
  }

  bool offset() {
    if (rest_ == "Z" || rest_ == "z") return true;
    const bool west = skip('-');
    if (!west && !skip('+')) return false;
    const auto hours = digits(2);
    std::optional<int> minutes = 0;
    if (!rest_.empty()) {
      if (rest_.front() == ':') rest_.remove_prefix(1);
      minutes = digits(2);
    }
    if (!hours || !minutes || *hours > 23 || *minutes > 59 || !rest_.empty()) return false;
    const milliseconds distance = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
    value_ += west ? distance : -distance;
    return value_ <= kLastMoment;
  }

  std::string_view rest_;
  bool extended_ = false;
  milliseconds value_{0};
};

// Why not, for the slips that are easily made.
std::string advice_for(std::string_view text) {
  const bool number = !text.empty() && count_digits(text) == text.size();
  if (number) return "an epoch has 10 digits in seconds and 13 in milliseconds, and an age has a unit";
  if (text.starts_with('-') || text.starts_with('+')) return "an age has no sign";
  return "ages are made of w, d, h, m and s, dates are ISO 8601";
}

std::string format_age(milliseconds age) {
  std::int64_t seconds = age.count() / 1000;
  std::string out;
  for (const auto& unit : kUnits) {
    const std::int64_t count = seconds / unit.seconds;
    if (count != 0) out += std::to_string(count) + unit.letter;
    seconds %= unit.seconds;
  }
  return out;
}

}  // namespace

std::expected<TimeExpression, std::string> parse_time_expression(std::string_view text) {
  constexpr std::size_t kShown = 64;
  auto found = parse_relative(text);
  if (!found) found = parse_epoch(text);
  if (!found) found = DateReader(text).read();
  if (found) return *found;
  return std::unexpected("\"" + visible(text.substr(0, kShown), "") +
                         "\" is not a time: " + advice_for(text) + ", as 2h, 1h30m or 2026-02-23T10:11:12Z");
}

std::string format_time_expression(const TimeExpression& expression) {
  switch (expression.kind) {
    case ExpressionKind::relative:
      if (expression.value == milliseconds(0)) return "now";
      return (expression.value < milliseconds(0) ? "now-" : "now+") +
             format_age(std::chrono::abs(expression.value));
    case ExpressionKind::instant:
      return format_wall_time(WallTime(expression.value)) + "Z";
    case ExpressionKind::wall:
      break;
  }
  return format_wall_time(WallTime(expression.value));
}

std::expected<TimePoint, std::string> resolve(const TimeExpression& expression, TimePoint now,
                                              const TimeZone& zone) {
  TimePoint time(expression.value);
  if (expression.kind == ExpressionKind::relative) time = now + expression.value;
  if (expression.kind == ExpressionKind::wall) {
    const auto instant = zone.instant_of(WallTime(expression.value));
    if (!instant) return instant;
    time = *instant;
  }
  if (time >= TimePoint() && time <= TimePoint(kLastMoment)) return time;
  return std::unexpected("\"" + format_time_expression(expression) + "\" is outside the years 1970 to 9999");
}

}  // namespace crosslog::cli
