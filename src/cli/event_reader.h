// Reads a log group's events with FilterLogEvents: every event once, in the order
// of time, page by page; or the last N of them.
//
// The library's pager follows tokens, begins again where they are forgotten, and asks
// ever more rarely for pages that stay empty. Here pages that come twice lose their
// second time, and more stream names than a request takes are merged.
#ifndef CROSSLOG_SRC_CLI_EVENT_READER_H_
#define CROSSLOG_SRC_CLI_EVENT_READER_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "cli/errors.h"
#include "cli/recent_ids.h"
#include "crosslog/document.h"
#include "crosslog/logs.h"

namespace crosslog::cli {

struct EventQuery {
  Document group;                    // GroupName::parameters()
  std::vector<std::string> streams;  // empty: all
  std::string prefix;                // of streams' names; not together with `streams`
  std::string filter;                // a filter pattern of CloudWatch Logs
  bool unmask = false;
  std::optional<std::int64_t> start, end;  // milliseconds since the epoch, both inclusive
};

// The service reads backwards no further: 2024-01-01T00:00:00Z.
inline constexpr std::int64_t kReadsBackwardsFrom = 1'704'067'200'000;

class NewestEvents;

class EventReader {
 public:
  // In the order of time. What it returns ends the run, unless it is success.
  using Emit = std::function<Outcome<void>(std::span<const LogEvent> events)>;
  // Is told of a read that has shown nothing for five seconds. May be empty.
  using Note = std::function<void(std::string_view line)>;
  EventReader(LogsClient& client, Note note, std::stop_token stop);

  Outcome<void> each(const EventQuery& query, const Emit& emit);
  // The newest `count` of those, in the order of time. Asks for the newest first;
  // where the service does not know how, and before kReadsBackwardsFrom, it looks at
  // the last minute, then at the two before, four, eight. Precondition: query.start.
  Outcome<void> last(const EventQuery& query, std::size_t count, const Emit& emit);

 private:
  friend class EventSource;
  Outcome<bool> newest_first(const FilterLogEvents& query, std::size_t count, NewestEvents& newest);
  Outcome<NewestEvents> by_windows(const FilterLogEvents& query, std::size_t count);
  Outcome<void> merge(const std::vector<FilterLogEvents>& batches, const Emit& emit);
  void tell();

  LogsClient& client_;
  const Note note_;
  const std::stop_token stop_;

  RecentIds seen_;
  std::size_t pages_ = 0, events_ = 0;
  std::chrono::steady_clock::time_point told_;  // or shown
};

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_EVENT_READER_H_
