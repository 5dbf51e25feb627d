// The operations of CloudWatch Logs, each a function from checked parameters to a body.
#ifndef CROSSLOG_SRC_SANDBOX_LOGS_H_
#define CROSSLOG_SRC_SANDBOX_LOGS_H_

#include <utility>

#include "sandbox/logs_parts.h"

namespace crosslog::sandbox {

inline constexpr std::int64_t kMaxPageEvents = 10000;
inline constexpr std::size_t kMaxPageBytes = 1048576;

// Collects events while they fit a page; the first always does.
class PageFiller {
 public:
  explicit PageFiller(std::int64_t limit) : limit_(limit) {}
  bool take(LogEvent event) {
    const std::size_t bytes = event.message.size() + kEventOverhead;
    if (std::ssize(events) >= limit_ || (!events.empty() && bytes_ + bytes > kMaxPageBytes)) return false;
    bytes_ += bytes;
    events.push_back(std::move(event));
    return true;
  }
  std::vector<LogEvent> events;

 private:
  std::int64_t limit_;
  std::size_t bytes_ = 0;
};

[[nodiscard]] Body get_log_events(const LogsCall& call);
[[nodiscard]] Body filter_log_events(const LogsCall& call);
[[nodiscard]] Body describe_log_groups(const LogsCall& call);
[[nodiscard]] Body list_log_groups(const LogsCall& call);
[[nodiscard]] Body describe_log_streams(const LogsCall& call);
[[nodiscard]] Body list_tags_for_resource(const LogsCall& call);
[[nodiscard]] Body list_tags_log_group(const LogsCall& call);
[[nodiscard]] Body get_log_group_fields(const LogsCall& call);
[[nodiscard]] Body get_log_record(const LogsCall& call);
[[nodiscard]] Body start_query(const LogsCall& call);
[[nodiscard]] Body get_query_results(const LogsCall& call);
[[nodiscard]] Body stop_query(const LogsCall& call);
[[nodiscard]] Body describe_queries(const LogsCall& call);
[[nodiscard]] Body list_log_groups_for_query(const LogsCall& call);
[[nodiscard]] Body test_metric_filter(const LogsCall& call);

// Of every other operation: the seed's answer, an empty list, or an error of its model
// that says that it is not emulated.
[[nodiscard]] Body seeded_answer(const LogsCall& call, const boost::json::object& operation);

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_LOGS_H_
