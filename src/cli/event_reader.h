// Reads a log group's events with FilterLogEvents: every event once, in the order
// of time, page by page; or the last N of them.
//
// The service's pages are cut anywhere, may be empty without being the end, may
// come twice, and take at most 100 stream names. None of it is seen from outside.
#ifndef CROSSLOG_SRC_CLI_EVENT_READER_H_
#define CROSSLOG_SRC_CLI_EVENT_READER_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "cli/errors.h"
#include "cli/logs_session.h"
#include "cli/lull.h"
#include "crosslog/clock.h"
#include "crosslog/document.h"

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

class EventReader {
 public:
  // In the order of time. What it returns ends the run, unless it is success.
  using Emit = std::function<Outcome<void>(const Document::List& events)>;
  // `note`: of the Lull.
  EventReader(LogsCall call, Clock& clock, Lull::Note note, std::stop_token stop);

  Outcome<void> each(const EventQuery& query, const Emit& emit);
  // The newest `count` of those, in the order of time. Asks for the newest first;
  // where the service does not know how, and before kReadsBackwardsFrom, it looks at
  // the last minute, then at the two before, four, eight. Precondition: query.start.
  Outcome<Document::List> last(const EventQuery& query, std::size_t count);

 private:
  friend class EventPages;
  Outcome<std::optional<Document::List>> newest_first(const EventQuery& query, std::size_t count);
  Outcome<Document::List> by_windows(const EventQuery& query, std::size_t count);
  Outcome<void> merge(const std::vector<EventQuery>& batches, const Emit& emit);

  [[nodiscard]] bool is_new(const Document& event);
  void forget();
  void tell();
  [[nodiscard]] std::string progress() const;

  const LogsCall call_;
  Clock& clock_;
  Lull lull_;

  std::unordered_set<std::string> seen_;  // the ids of the newest events
  std::deque<const std::string*> order_;  // of seen_, the oldest in front
  std::size_t pages_ = 0, events_ = 0;
};

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_EVENT_READER_H_
