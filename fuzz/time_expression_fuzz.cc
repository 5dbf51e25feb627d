// Times that a person types. Checks of meaning: what is taken has one form, which is
// taken again for the same value and is its own form; an age is the sum of what a
// second reader finds from its end to its beginning, a date what the C library's
// timegm() makes of its digits; and in a zone that is behind or ahead, a wall's time
// is found again on that wall.
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>

#include "cli/time_expression.h"

namespace {

using namespace crosslog;
using namespace crosslog::cli;
using Kind = TimeExpression::Kind;
using std::chrono::milliseconds;

void require(bool good) {
  if (!good) __builtin_trap();
}

// From the end to the beginning: each number is of the unit behind it, and each unit
// is longer than the last. nullopt: it is none.
std::optional<std::int64_t> second_age(std::string_view text) {
  constexpr std::uint64_t kSeconds[] = {1, 60, 3'600, 86'400, 604'800};
  std::uint64_t sum = 0, place = 1;
  std::uint64_t scale = 0;
  for (std::size_t i = text.size(); i-- > 0;) {
    const char c = text[i];
    const auto unit = std::string_view("smhdw").find(c);
    if (unit != std::string_view::npos) {
      if (kSeconds[unit] <= scale || (scale != 0 && place == 1)) return std::nullopt;
      scale = kSeconds[unit];
      place = 1;
    } else if (c >= '0' && c <= '9' && scale != 0) {
      sum += static_cast<std::uint64_t>(c - '0') * place * scale;
      place *= 10;
    } else {
      return std::nullopt;
    }
  }
  return static_cast<std::int64_t>(sum);
}

void check_age(std::string_view text, const TimeExpression& parsed) {
  const bool later = text.starts_with("now+");
  if (text.starts_with("now")) text.remove_prefix(text.size() == 3 ? 3 : 4);
  const auto sum = second_age(text);
  require(sum && parsed.value == milliseconds(later ? *sum * 1000 : -*sum * 1000));
}

std::string digits_of(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= '0' && c <= '9') out += c;
  }
  return out;
}

int part(const std::string& digits, std::size_t from, std::size_t count) {
  return from < digits.size() ? std::stoi(digits.substr(from, count)) : 0;
}

// A date by its digits alone, as what stands between them says nothing more: the
// offset is behind a sign after the clock's beginning, a fraction behind a point.
std::int64_t second_date(std::string_view text) {
  const auto clock = text.find_first_of("Tt ");
  const auto sign = clock == std::string_view::npos ? clock : text.find_first_of("+-", clock);
  const std::string offset = sign == std::string_view::npos ? "" : digits_of(text.substr(sign));
  const std::string_view rest = text.substr(0, sign);
  const auto point = rest.find_first_of(".,");
  const std::string fraction = point == std::string_view::npos ? "" : digits_of(rest.substr(point));
  const std::string digits = digits_of(rest.substr(0, point));
  std::tm parts{};
  parts.tm_year = part(digits, 0, 4) - 1900;
  parts.tm_mon = part(digits, 4, 2) - 1;
  parts.tm_mday = part(digits, 6, 2);
  parts.tm_hour = part(digits, 8, 2);
  parts.tm_min = part(digits, 10, 2);
  parts.tm_sec = part(digits, 12, 2);
  const std::tm before = parts;
  const std::int64_t seconds = timegm(&parts);
  require(parts.tm_mday == before.tm_mday && parts.tm_mon == before.tm_mon &&
          parts.tm_hour == before.tm_hour && parts.tm_min == before.tm_min && parts.tm_sec == before.tm_sec);
  const std::int64_t east = part(offset, 0, 2) * 3'600 + part(offset, 2, 2) * 60;
  const bool west = sign != std::string_view::npos && text[sign] == '-';
  return (seconds + (west ? east : -east)) * 1000 + part((fraction + "000").substr(0, 3), 0, 3);
}

void check_date(std::string_view text, const TimeExpression& parsed) {
  const bool number = digits_of(text) == text && text.size() != 8;
  const std::int64_t expected = !number             ? second_date(text)
                                : text.size() == 13 ? std::stoll(std::string(text))
                                                    : std::stoll(std::string(text)) * 1000;
  require(parsed.value == milliseconds(expected));
}

void check_zones(const TimeExpression& parsed) {
  for (const char* name : {"-11:30", "+00:00", "+14:00"}) {
    const auto zone = TimeZone::make(name, Host{});
    const auto time = resolve(parsed, TimePoint(milliseconds(1'771'841'472'500)), *zone);
    if (!time || parsed.kind != Kind::wall) continue;
    require(time->time_since_epoch() + zone->offset_at(*time) == parsed.value);
    require(format_time(*time, *zone).starts_with(format_wall_time(WallTime(parsed.value))));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  const auto parsed = parse_time_expression(text);
  if (!parsed) {
    require(parsed.error().size() < 512);
    return 0;
  }
  const std::string form = format_time_expression(*parsed);
  const auto again = parse_time_expression(form);
  require(again && *again == *parsed && format_time_expression(*again) == form);
  if (parsed->kind == Kind::relative) {
    check_age(text, *parsed);
  } else {
    check_date(text, *parsed);
    check_date(form, *parsed);
  }
  check_zones(*parsed);
  return 0;
}
