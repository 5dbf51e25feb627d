#include "cli/output/event_text.h"

#include <array>
#include <cstddef>
#include <optional>

namespace crosslog::cli {
namespace {

// In the order of their names.
constexpr std::array kTextColumns{LogEvent::kEventId, LogEvent::kIngestionTime, LogEvent::kLogStreamName,
                                  LogEvent::kMessage, LogEvent::kTimestamp};

template <class Out>
void write_column(const LogEvent& event, LogEvent::Field column, Out& out) {
  if (!event.has(column)) return;
  switch (column) {
    case LogEvent::kEventId:
      return out.append(event.event_id);
    case LogEvent::kIngestionTime:
      return out.append_integer(event.ingestion_time);
    case LogEvent::kLogStreamName:
      return out.append(event.log_stream_name);
    case LogEvent::kMessage:
      return out.append(event.message);
    case LogEvent::kTimestamp:
      return out.append_integer(event.timestamp);
  }
}

// Without a member that is absent its column is empty.
std::size_t longest_row(const LogEvent& event) {
  constexpr std::size_t kAllButText = sizeof("EVENTS\n") + kTextColumns.size() + 2 * IntegerText::kLongest;
  return kAllButText + event.message.size() + event.log_stream_name.size() + event.event_id.size();
}

}  // namespace

// A list has the columns of all its elements.
void write_event_text(std::span<const LogEvent> events, OutputBuffer& out) {
  unsigned present = 0;
  for (const auto& event : events)
    present |= event.present;
  if (present == 0) return;
  std::array<LogEvent::Field, kTextColumns.size()> columns{};
  std::size_t count = 0;
  for (const auto column : kTextColumns) {
    if ((present & column) != 0) columns[count++] = column;
  }
  for (const auto& event : events) {
    out.append_row(longest_row(event), [&](auto& row) {
      row.append("EVENTS");
      for (std::size_t i = 0; i < count; ++i) {
        row.append('\t');
        write_column(event, columns[i], row);
      }
      row.append('\n');
    });
  }
}

// The tokens are one line, in the order of their names.
void write_page_text(const Operation& operation, const EventPage& page, OutputBuffer& out) {
  const bool get = operation.name == "GetLogEvents";
  const std::array tokens = {get ? page.next_backward_token() : page.next_token(),
                             get ? page.next_forward_token() : std::nullopt};
  bool first = true;
  for (const auto& token : tokens) {
    if (!token) continue;
    if (!first) out.append('\t');
    out.append(*token);
    first = false;
  }
  if (!first) out.append('\n');
  write_event_text(page.events(), out);
}

}  // namespace crosslog::cli
