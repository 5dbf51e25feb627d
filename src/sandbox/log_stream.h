// A log stream as GetLogEvents sees it: events in the order of timestamp, then arrival.
// Either held in memory (seeded, appended by a test) or computed from their number, so
// that a million events cost nothing.
#ifndef CROSSLOG_SRC_SANDBOX_LOG_STREAM_H_
#define CROSSLOG_SRC_SANDBOX_LOG_STREAM_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace crosslog::sandbox {

// What the service counts for each event beside its message.
inline constexpr std::size_t kEventOverhead = 26;
inline constexpr std::int64_t kIngestionDelayMs = 250;  // where a seed says nothing

struct LogEvent {
  std::int64_t timestamp = 0;
  std::int64_t ingestion_time = 0;
  std::string message;
  // The JSON string of the message as it goes on the wire, quotes included, when a seed
  // wants bytes that no encoder would write (a lone surrogate, bad UTF-8). Else empty.
  std::string wire_message;
  std::uint64_t arrival = 0;  // from 1, unique in its stream
};

// Where an event stands among those of all streams of its group, but for the stream's
// name; arrival stands for the request that brought it.
struct EventKey {
  std::int64_t timestamp = 0, ingestion_time = 0;
  std::uint64_t arrival = 0;
  auto operator<=>(const EventKey&) const = default;
};

// Between two events. Stays where it is when events are added elsewhere.
struct Position {
  std::int64_t timestamp = 0;
  std::uint64_t arrival = 0;  // the position is just before this event
  auto operator<=>(const Position&) const = default;
};

struct Generator {
  std::uint64_t count = 0;
  std::size_t message_bytes = 120;
  std::int64_t first_timestamp = 1700000000000;
  std::int64_t step_ms = 1;
};

class LogStream {
 public:
  LogStream() = default;
  explicit LogStream(const Generator& generator) : generator_(generator) {}

  void add(LogEvent event);  // the arrival number is given here
  [[nodiscard]] bool is_generated() const { return generator_.count > 0; }
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] LogEvent at(std::size_t index) const;
  [[nodiscard]] EventKey key_at(std::size_t index) const;  // without making the message
  [[nodiscard]] std::int64_t last_ingestion() const;       // 0 when empty
  [[nodiscard]] std::uint64_t stored_bytes() const;
  // The first event at or after the position.
  [[nodiscard]] std::size_t index_of(const Position& position) const;

 private:
  [[nodiscard]] LogEvent generated(std::size_t index) const;

  Generator generator_;
  std::vector<LogEvent> events_;  // sorted; empty when generated
  std::uint64_t arrivals_ = 0;
};

[[nodiscard]] inline Position position_of(const LogEvent& event) {
  return {event.timestamp, event.arrival};
}
[[nodiscard]] inline Position position_after(const LogEvent& event) {
  return {event.timestamp, event.arrival + 1};
}

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_LOG_STREAM_H_
