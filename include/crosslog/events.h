// What is read, and where it goes: events, pages of events, and the sink.
#ifndef CROSSLOG_EVENTS_H_
#define CROSSLOG_EVENTS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crosslog/clock.h"
#include "crosslog/error.h"

namespace crosslog {

// Every view points into the EventPage that holds the event. A member that the
// service left out is empty (or zero), and its bit in `present` is not set.
struct LogEvent {
  enum Field : std::uint8_t {
    kTimestamp = 1,
    kMessage = 2,
    kIngestionTime = 4,
    kLogStreamName = 8,
    kEventId = 16,
  };

  std::int64_t timestamp = 0;        // milliseconds since 1970-01-01T00:00:00Z
  std::int64_t ingestion_time = 0;   // the same
  std::string_view message;          // valid UTF-8, as stored or repaired
  std::string_view log_stream_name;  // FilterLogEvents only
  std::string_view event_id;         // FilterLogEvents only
  std::uint8_t present = 0;

  [[nodiscard]] bool has(Field field) const noexcept { return (present & field) != 0; }
};

// What FilterLogEvents said of a stream. The service says nothing since 2020;
// what stands in for it may.
struct SearchedLogStream {
  std::string_view log_stream_name;  // points into the EventPage
  std::optional<bool> searched_completely;
};

// One decoded response of GetLogEvents or FilterLogEvents. Owns the bytes that
// its events point into (the body, and the strings that had escapes), so it moves
// (the views stay good) and does not copy. Reading it from several threads is safe.
class EventPage {
 public:
  EventPage() = default;
  EventPage(EventPage&&) noexcept = default;
  EventPage& operator=(EventPage&&) noexcept = default;

  [[nodiscard]] std::span<const LogEvent> events() const noexcept { return events_; }
  // The tokens; nullopt when the answer had none.
  [[nodiscard]] std::optional<std::string_view> next_token() const noexcept { return next_token_; }
  [[nodiscard]] std::optional<std::string_view> next_forward_token() const noexcept { return forward_token_; }
  [[nodiscard]] std::optional<std::string_view> next_backward_token() const noexcept {
    return backward_token_;
  }
  [[nodiscard]] std::span<const SearchedLogStream> searched_log_streams() const noexcept {
    return searched_log_streams_;
  }
  // Takes out the events for which `unwanted(event)` is true.
  template <class Predicate>
  void erase_if(Predicate unwanted) {
    std::erase_if(events_, unwanted);
  }
  // Bad byte sequences and lone surrogates that became U+FFFD, in the whole page.
  [[nodiscard]] std::size_t repairs() const noexcept { return repairs_; }

 private:
  friend class EventPageDecoder;             // src/wire/event_page.cc
  std::unique_ptr<const std::string> body_;  // behind a pointer: the bytes of a short string move
  std::unique_ptr<std::uint8_t[]> arena_;
  std::vector<LogEvent> events_;
  std::vector<SearchedLogStream> searched_log_streams_;
  std::optional<std::string_view> next_token_, forward_token_, backward_token_;
  std::size_t repairs_ = 0;
};

class Sink {
 public:
  virtual ~Sink() = default;
  // Called by one thread at a time. `page` lives until the call returns. An
  // Error stops the whole run and is what the run returns.
  virtual Result<void> write(std::string_view source, const EventPage& page) = 0;
};

}  // namespace crosslog

#endif  // CROSSLOG_EVENTS_H_
