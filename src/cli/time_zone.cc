#include "cli/time_zone.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <optional>

namespace crosslog::cli {
namespace {

using std::chrono::seconds;

constexpr std::string_view kZoneinfo = "/usr/share/zoneinfo/";
constexpr std::size_t kMaxZoneBytes = 1u << 20;

// "+05:30", "-0800", "+02".
std::optional<seconds> parse_offset(std::string_view text) {
  if (text.empty() || (text.front() != '+' && text.front() != '-')) return std::nullopt;
  std::string digits;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const bool colon = text[i] == ':' && i == 3 && text.size() == 6;
    if (!colon && (text[i] < '0' || text[i] > '9')) return std::nullopt;
    if (!colon) digits += text[i];
  }
  if (digits.size() != 2 && digits.size() != 4) return std::nullopt;
  digits.resize(4, '0');
  const int hours = (digits[0] - '0') * 10 + digits[1] - '0',
            minutes = (digits[2] - '0') * 10 + digits[3] - '0';
  if (hours > 23 || minutes > 59) return std::nullopt;
  const seconds offset{hours * 3600 + minutes * 60};
  return text.front() == '-' ? -offset : offset;
}

// A name in the folder of zones, never a way out of it.
bool is_zone_name(std::string_view name) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("/_+-").contains(c);
  };
  return !name.empty() && name.size() <= 64 && name.front() != '/' && std::ranges::all_of(name, allowed);
}

bool has_zone(const std::string& path, const Host& host) {
  if (!host.read_file) return false;
  const auto file = host.read_file(path, kMaxZoneBytes);
  return file && *file && (*file)->bytes.starts_with("TZif");
}

}  // namespace

std::expected<TimeZone, std::string> TimeZone::make(std::string_view name, const Host& host) {
  if (name == "UTC" || name == "Z") return TimeZone();
  if (const auto offset = parse_offset(name)) return TimeZone(*offset);
  if (name != "local") {
    const std::string path = std::string(kZoneinfo) + std::string(name);
    if (!is_zone_name(name) || !has_zone(path, host)) {
      return std::unexpected("there is no time zone \"" + std::string(name) + "\" in " +
                             std::string(kZoneinfo) + ": UTC, local, +02:00, Europe/Berlin");
    }
    setenv("TZ", (":" + path).c_str(), 1);
  }
  tzset();
  TimeZone zone;
  zone.system_ = true;
  return zone;
}

seconds TimeZone::offset_at(TimePoint time) const noexcept {
  if (!system_) return offset_;
  const std::time_t count = std::chrono::floor<seconds>(time).time_since_epoch().count();
  std::tm parts{};
  if (localtime_r(&count, &parts) == nullptr) return seconds(0);
  return seconds(parts.tm_gmtoff);
}

std::expected<TimePoint, std::string> TimeZone::instant_of(WallTime time) const {
  const TimePoint as_utc(time.time_since_epoch());
  constexpr std::chrono::hours kDay{24};
  std::optional<TimePoint> first;
  for (const TimePoint near : {as_utc - kDay, as_utc + kDay}) {
    const TimePoint candidate = as_utc - offset_at(near);
    if (offset_at(candidate) != offset_at(near)) continue;
    first = first ? std::min(*first, candidate) : candidate;
  }
  if (first) return *first;
  return std::unexpected("the clocks of this time zone never showed " + format_wall_time(time) +
                         ": they were set forward then");
}

std::string format_wall_time(WallTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  std::array<char, 64> out{};
  const auto size =
      std::snprintf(out.data(), out.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03d", int{date.year()},
                    unsigned{date.month()}, unsigned{date.day()}, static_cast<int>(clock.hours().count()),
                    static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
                    static_cast<int>(clock.subseconds().count()));
  std::string text(out.data(), static_cast<std::size_t>(size));
  if (text.ends_with(".000")) text.resize(text.size() - 4);
  return text;
}

std::string format_time(TimePoint time, const TimeZone& zone) {
  const seconds offset = zone.offset_at(time);
  std::string text = format_wall_time(WallTime((time + offset).time_since_epoch()));
  if (!text.contains('.')) text += ".000";
  if (offset == seconds(0)) return text + "Z";
  const auto minutes = static_cast<int>(std::abs(offset.count()) / 60);
  std::array<char, 16> out{};
  std::snprintf(out.data(), out.size(), "%c%02d:%02d", offset.count() < 0 ? '-' : '+', minutes / 60,
                minutes % 60);
  return text + out.data();
}

}  // namespace crosslog::cli
