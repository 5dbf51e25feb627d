#include "cli/output/event_json.h"

#include <array>
#include <cstdint>
#include <string_view>

#include "cli/output/event_lines.h"

namespace crosslog::cli {
namespace {

// The elements of a list in the answer, and the members of one.
class EventJson {
 public:
  explicit EventJson(OutputBuffer& out) : out_(out) {}

  void list(std::span<const LogEvent> events) {
    for (const auto& each : events) {
      out_.append(empty_ ? "\n        " : ",\n        ");
      empty_ = false;
      element(each);
    }
  }
  void end() { out_.append(empty_ ? "]" : "\n    ]"); }

 private:
  // In model order.
  void element(const LogEvent& event) {
    out_.append('{');
    bool first = true;
    const auto name = [&](LogEvent::Field field, std::string_view text) {
      if (!event.has(field)) return false;
      out_.append(first ? "\n            \"" : ",\n            \"");
      out_.append(text);
      out_.append("\": ");
      first = false;
      return true;
    };
    if (name(LogEvent::kLogStreamName, "logStreamName")) write_json_text(event.log_stream_name, out_);
    if (name(LogEvent::kTimestamp, "timestamp")) out_.append_integer(event.timestamp);
    if (name(LogEvent::kMessage, "message")) write_json_text(event.message, out_);
    if (name(LogEvent::kIngestionTime, "ingestionTime")) out_.append_integer(event.ingestion_time);
    if (name(LogEvent::kEventId, "eventId")) write_json_text(event.event_id, out_);
    out_.append(first ? "}" : "\n        }");
  }

  OutputBuffer& out_;
  bool empty_ = true;
};

void write_token_json(std::string_view name, std::optional<std::string_view> token, OutputBuffer& out) {
  if (!token) return;
  out.append(",\n    \"");
  out.append(name);
  out.append("\": ");
  write_json_text(*token, out);
}

constexpr std::string_view kEventsBegin = "{\n    \"events\": [",
                           kNoStreams = ",\n    \"searchedLogStreams\": []", kAnswerEnd = "\n}\n";

}  // namespace

void write_page_json(const Operation& operation, const EventPage& page, OutputBuffer& out) {
  out.append(kEventsBegin);
  EventJson json(out);
  json.list(page.events());
  json.end();
  if (operation.name == "GetLogEvents") {
    write_token_json("nextForwardToken", page.next_forward_token(), out);
    write_token_json("nextBackwardToken", page.next_backward_token(), out);
  } else {
    out.append(kNoStreams);
    write_token_json("nextToken", page.next_token(), out);
  }
  out.append(kAnswerEnd);
}

void write_walk_json(std::span<const EventAnswer> pages, bool searched,
                     const std::optional<std::string>& resume_token, OutputBuffer& out) {
  out.append(kEventsBegin);
  EventJson json(out);
  for (const auto& page : pages)
    json.list(std::get<EventPage>(page).events());
  json.end();
  if (searched) out.append(kNoStreams);
  write_token_json("NextToken", resume_token, out);
  out.append(kAnswerEnd);
}

}  // namespace crosslog::cli
