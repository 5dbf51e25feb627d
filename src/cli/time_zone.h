// Which clock on the wall times are read from and written for. The rules of named
// zones are the C library's, which reads the system's zoneinfo, in a static file
// too; without zoneinfo a named zone is an error and the local one is UTC.
#ifndef CROSSLOG_SRC_CLI_TIME_ZONE_H_
#define CROSSLOG_SRC_CLI_TIME_ZONE_H_

#include <chrono>
#include <expected>
#include <string>
#include <string_view>

#include "crosslog/clock.h"
#include "crosslog/host.h"

namespace crosslog::cli {

// Milliseconds on a wall's clock, counted from its own 1970-01-01T00:00.
using WallTime = std::chrono::local_time<std::chrono::milliseconds>;

class TimeZone {
 public:
  TimeZone() noexcept = default;  // UTC
  // "UTC", "local", "+05:30", or a zone's name as "Europe/Berlin". The error is a
  // sentence. The C library knows one zone at a time: making a named one changes
  // what every zone of it says. Not while other threads run.
  [[nodiscard]] static std::expected<TimeZone, std::string> make(std::string_view name, const Host& host);

  [[nodiscard]] std::chrono::seconds offset_at(TimePoint time) const noexcept;
  // When clocks are set back a time comes twice: the first. When they are set
  // forward, the times between do not exist, which the error says.
  [[nodiscard]] std::expected<TimePoint, std::string> instant_of(WallTime time) const;

 private:
  explicit TimeZone(std::chrono::seconds offset) noexcept : offset_(offset) {}

  bool system_ = false;  // the C library's
  std::chrono::seconds offset_{0};
};

// "2026-02-23T10:11:12.000+01:00"; "Z" for no offset at all.
[[nodiscard]] std::string format_time(TimePoint time, const TimeZone& zone);
// "2026-02-23T10:11:12", and ".500" when there are milliseconds.
[[nodiscard]] std::string format_wall_time(WallTime time);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_TIME_ZONE_H_
