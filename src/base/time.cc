// Calendar arithmetic is std::chrono's; the formats are read and written by hand,
// because strptime and strftime depend on the locale and on time_t.
#include "base/time.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>

#include "base/text.h"

namespace crosslog::base {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::sys_days;
using namespace std::chrono_literals;

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> kWeekdays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr TimePoint kFirst = sys_days(std::chrono::year(0) / 1 / 1);
constexpr TimePoint kLast = TimePoint(sys_days(std::chrono::year(10000) / 1 / 1)) - 1ms;

struct Fields {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, millisecond = 0;
  unsigned weekday = 0;  // 0 is Sunday
};

Fields split(TimePoint time) {
  time = std::clamp(time, kFirst, kLast);
  const auto midnight = std::chrono::floor<days>(time);
  const std::chrono::year_month_day date(midnight);
  const std::chrono::hh_mm_ss<milliseconds> clock(time - midnight);
  return {.year = static_cast<int>(date.year()),
          .month = static_cast<int>(static_cast<unsigned>(date.month())),
          .day = static_cast<int>(static_cast<unsigned>(date.day())),
          .hour = static_cast<int>(clock.hours().count()),
          .minute = static_cast<int>(clock.minutes().count()),
          .second = static_cast<int>(clock.seconds().count()),
          .millisecond = static_cast<int>(clock.subseconds().count()),
          .weekday = std::chrono::weekday(midnight).c_encoding()};
}

// nullopt when there is no such date or time of day. Second 60, a leap second,
// is the first second of the next minute.
std::optional<TimePoint> join(const Fields& f) noexcept {
  const std::chrono::year_month_day date(std::chrono::year(f.year),
                                         std::chrono::month(static_cast<unsigned>(f.month)),
                                         std::chrono::day(static_cast<unsigned>(f.day)));
  if (!date.ok() || f.hour > 23 || f.minute > 59 || f.second > 60) return std::nullopt;
  return TimePoint(sys_days(date)) + std::chrono::hours(f.hour) + std::chrono::minutes(f.minute) +
         seconds(f.second) + milliseconds(f.millisecond);
}

std::string digits(int value, std::size_t width) {
  std::string text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

void put_two_digits(std::string& text, std::size_t at, int value) {
  text[at] = static_cast<char>('0' + value / 10);
  text[at + 1] = static_cast<char>('0' + value % 10);
}

// Reads a text from left to right; after the first mismatch every step fails.
class Scanner {
 public:
  explicit Scanner(std::string_view text) noexcept : rest_(text) {}

  // Exactly `width` decimal digits.
  int number(std::size_t width) noexcept {
    int value = 0;
    for (std::size_t i = 0; i < width; ++i)
      value = value * 10 + digit();
    return value;
  }

  void literal(std::string_view expected) noexcept {
    if (!accept(expected)) ok_ = false;
  }

  // Takes `word`, in any case, if it is next.
  bool accept(std::string_view word) noexcept {
    if (!equals_ignoring_case(rest_.substr(0, word.size()), word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  // The position in `names` of the name that is next, as written there.
  template <std::size_t N>
  int one_of(const std::array<std::string_view, N>& names) noexcept {
    const auto found =
        std::ranges::find_if(names, [this](std::string_view name) { return rest_.starts_with(name); });
    if (found == names.end()) {
      ok_ = false;
      return 0;
    }
    rest_.remove_prefix(found->size());
    return static_cast<int>(found - names.begin());
  }

  // One digit or more, as a fraction of a second; those past the third are dropped.
  int fraction_in_milliseconds() noexcept {
    int value = digit();
    int read = 1;
    for (; ok_ && !rest_.empty() && is_digit(rest_.front()); ++read) {
      const int next = digit();
      if (read < 3) value = value * 10 + next;
    }
    for (; read < 3; ++read)
      value *= 10;
    return value;
  }

  [[nodiscard]] bool at_end() const noexcept { return ok_ && rest_.empty(); }

 private:
  static bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

  int digit() noexcept {
    if (!ok_ || rest_.empty() || !is_digit(rest_.front())) {
      ok_ = false;
      return 0;
    }
    const int value = rest_.front() - '0';
    rest_.remove_prefix(1);
    return value;
  }

  std::string_view rest_;
  bool ok_ = true;
};

// "Z", "UTC", "+hh:mm" or "-hh:mm": what to take away to get UTC; nullopt when
// hours or minutes are out of range.
std::optional<std::chrono::minutes> read_offset(Scanner& in) noexcept {
  if (in.accept("Z") || in.accept("UTC")) return 0min;
  const bool east = in.accept("+");
  if (!east) in.literal("-");
  const int hours = in.number(2);
  in.literal(":");
  const int minutes = in.number(2);
  if (hours > 23 || minutes > 59) return std::nullopt;
  const std::chrono::minutes offset = std::chrono::hours(hours) + std::chrono::minutes(minutes);
  return east ? offset : -offset;
}

}  // namespace

std::string amz_day(TimePoint time) {
  return amz_date(time).substr(0, 8);
}

std::string amz_date(TimePoint time) {
  const Fields f = split(time);
  std::string text("YYYYMMDDThhmmssZ");
  put_two_digits(text, 0, f.year / 100);
  put_two_digits(text, 2, f.year % 100);
  put_two_digits(text, 4, f.month);
  put_two_digits(text, 6, f.day);
  put_two_digits(text, 9, f.hour);
  put_two_digits(text, 11, f.minute);
  put_two_digits(text, 13, f.second);
  return text;
}

std::optional<TimePoint> parse_amz_date(std::string_view text) noexcept {
  if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
  Scanner in(text);
  Fields f;
  f.year = in.number(4);
  f.month = in.number(2);
  f.day = in.number(2);
  in.literal("T");
  f.hour = in.number(2);
  f.minute = in.number(2);
  f.second = in.number(2);
  in.literal("Z");
  return in.at_end() ? join(f) : std::nullopt;
}

std::string iso8601(TimePoint time) {
  const Fields f = split(time);
  std::string text = digits(f.year, 4) + "-" + digits(f.month, 2) + "-" + digits(f.day, 2) + "T" +
                     digits(f.hour, 2) + ":" + digits(f.minute, 2) + ":" + digits(f.second, 2);
  if (f.millisecond != 0) text += "." + digits(f.millisecond, 3) + "000";
  return text + "+00:00";
}

std::optional<TimePoint> parse_iso8601(std::string_view text) noexcept {
  Scanner in(text);
  Fields f;
  f.year = in.number(4);
  in.literal("-");
  f.month = in.number(2);
  in.literal("-");
  f.day = in.number(2);
  in.literal("T");
  f.hour = in.number(2);
  in.literal(":");
  f.minute = in.number(2);
  in.literal(":");
  f.second = in.number(2);
  if (in.accept(".")) f.millisecond = in.fraction_in_milliseconds();
  const auto offset = read_offset(in);
  if (!in.at_end() || !offset) return std::nullopt;
  const auto local = join(f);
  if (!local) return std::nullopt;
  return *local - *offset;
}

std::optional<TimePoint> parse_http_date(std::string_view text) noexcept {
  Scanner in(text);
  Fields f;
  in.one_of(kWeekdays);
  in.literal(", ");
  f.day = in.number(2);
  in.literal(" ");
  f.month = in.one_of(kMonths) + 1;
  in.literal(" ");
  f.year = in.number(4);
  in.literal(" ");
  f.hour = in.number(2);
  in.literal(":");
  f.minute = in.number(2);
  in.literal(":");
  f.second = in.number(2);
  in.literal(" GMT");
  return in.at_end() ? join(f) : std::nullopt;
}

std::string http_date(TimePoint time) {
  const Fields f = split(time);
  return std::string(kWeekdays[f.weekday]) + ", " + digits(f.day, 2) + " " +
         std::string(kMonths[static_cast<std::size_t>(f.month) - 1]) + " " + digits(f.year, 4) + " " +
         digits(f.hour, 2) + ":" + digits(f.minute, 2) + ":" + digits(f.second, 2) + " GMT";
}

}  // namespace crosslog::base
