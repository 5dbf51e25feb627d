// Log events as lines of a LineFormat, straight from their page: the bytes that
// LineFormat::write() makes of an event's record.
#ifndef CROSSLOG_SRC_CLI_OUTPUT_EVENT_LINES_H_
#define CROSSLOG_SRC_CLI_OUTPUT_EVENT_LINES_H_

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/line_format.h"
#include "cli/output/buffer.h"
#include "cli/time_zone.h"
#include "crosslog/document.h"
#include "crosslog/events.h"

namespace crosslog::cli {

// The record of an event: the members of `common`, then its own.
[[nodiscard]] Document event_record_of(const LogEvent& event, const Document& common);

// format_time() of many times, most of which are in the second of the one before.
class TimeText {
 public:
  explicit TimeText(const TimeZone& zone) : zone_(zone) {}
  // Valid until the next call. Precondition: the year has four digits.
  [[nodiscard]] std::string_view of(std::int64_t milliseconds);

 private:
  TimeZone zone_;
  std::int64_t second_ = std::numeric_limits<std::int64_t>::min();
  std::string text_;
};

class EventLines {
 public:
  // `format` and `common`, a map, outlive this.
  EventLines(const LineFormat& format, const LineStyle& style, const Document& common);

  void write(std::span<const LogEvent> events, OutputBuffer& out);

 private:
  // A piece of a line that is the same in each, and what of the event follows it.
  struct Step {
    enum class What : std::uint8_t { nothing, time, text, member };
    std::string literal;
    What what = What::nothing;
    LogEvent::Field member = LogEvent::kMessage;
  };
  void add_step(const LineFormat::Part& part);
  void write_line(const LogEvent& event, OutputBuffer& out);
  void write_json_line(const LogEvent& event, OutputBuffer& out) const;
  void write_time(const LogEvent& event, LogEvent::Field member, OutputBuffer& out);

  const LineFormat& format_;
  const LineStyle style_;
  const Document& common_;
  std::vector<Step> steps_;
  std::string head_;  // of a line of JSON
  TimeText time_text_;
};

// As write_json() writes a text. Precondition: it is valid UTF-8.
void write_json_text(std::string_view text, OutputBuffer& out);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_OUTPUT_EVENT_LINES_H_
