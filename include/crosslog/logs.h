// The CloudWatch Logs client: messages + signing + transport + retries, one
// blocking call at a time; and pagers, which walk over all pages of an answer.
#ifndef CROSSLOG_LOGS_H_
#define CROSSLOG_LOGS_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "crosslog/client.h"
#include "crosslog/credentials.h"
#include "crosslog/messages.h"
#include "crosslog/transport.h"

namespace crosslog {

// One signed, retried call each. Thread-safe. References must outlive the client.
class LogsClient {
 public:
  LogsClient(Transport& transport, Clock& clock, CredentialProvider& credentials, ClientOptions options);
  ~LogsClient();
  Result<EventPage> get_log_events(const GetLogEvents& query, std::stop_token stop = {});
  Result<EventPage> filter_log_events(const FilterLogEvents& query, std::stop_token stop = {});
  Result<LogGroupPage> describe_log_groups(const DescribeLogGroups& query, std::stop_token stop = {});
  Result<LogGroupSummaryPage> list_log_groups(const ListLogGroups& query, std::stop_token stop = {});
  Result<LogStreamPage> describe_log_streams(const DescribeLogStreams& query, std::stop_token stop = {});
  Result<std::vector<LogGroupField>> get_log_group_fields(const GetLogGroupFields& query,
                                                          std::stop_token stop = {});
  Result<LogRecord> get_log_record(const GetLogRecord& query, std::stop_token stop = {});
  Result<StartedQuery> start_query(const StartQuery& query, std::stop_token stop = {});
  Result<QueryResultPage> get_query_results(const GetQueryResults& query, std::stop_token stop = {});
  Result<StoppedQuery> stop_query(const StopQuery& query, std::stop_token stop = {});

  // The one given to the constructor.
  [[nodiscard]] Clock& clock() const noexcept { return clock_; }

 private:
  Clock& clock_;
  std::unique_ptr<class SignedCall> call_;
};

// Pagers: next() gives the next page, or nullopt when there are no more. After an
// Error, next() asks for the same page again. Not thread-safe: one pager, one
// thread. The client must outlive it.
//
// Empty pages are normal, may come without end, and are given like others, so
// that the caller can look at the time and tell a person. After ten in a row the
// requests become rarer, at last one a second.

// Counts the empty pages in a row, and keeps requests apart when there are many.
class EmptyPages {
 public:
  explicit EmptyPages(Clock& clock) : clock_(clock) {}
  // Before each request. Errc::cancelled when `stop` ended the wait.
  Result<void> wait(const std::stop_token& stop);
  void count(bool empty) noexcept { in_a_row_ = empty ? in_a_row_ + 1 : 0; }
  [[nodiscard]] std::size_t in_a_row() const noexcept { return in_a_row_; }

 private:
  Clock& clock_;
  std::size_t in_a_row_ = 0;
  std::chrono::steady_clock::time_point last_request_{};
};

// How far a walk over events has come. The service forgets a token after 24 hours;
// a walk that is older then begins again at the last event's millisecond, and
// leaves out the events of it that it has given.
class EventPosition {
 public:
  explicit EventPosition(bool began_at_token) : began_at_token_(began_at_token) {}
  // Whether `error` may mean that the walk's token is forgotten, and a new
  // beginning can help.
  [[nodiscard]] bool can_begin_again(const Error& error) const;
  // The time to begin at, the events of which are to come again; nullopt: where
  // the query begins.
  std::optional<std::int64_t> begin_again();
  // Leaves out what was given, and remembers the rest.
  void take(EventPage& page, bool forward);

 private:
  void leave_out_again(EventPage& page);

  bool began_at_token_;
  bool has_no_time_ = false;  // an event without one was given
  int beginnings_ = 0;        // since the last event
  std::optional<std::int64_t> time_;
  std::map<std::string, std::size_t> given_;  // the events of that time, and how often
  std::optional<std::int64_t> again_time_;
  std::map<std::string, std::size_t> again_;  // those that come again
};

// In the direction of query.start_from_head: forward when true, backward
// otherwise (the service's default). The end is a token that repeats. Forward
// without end_time, a busy stream may never end.
class GetLogEventsPager {
 public:
  GetLogEventsPager(LogsClient& client, GetLogEvents query);
  Result<std::optional<EventPage>> next(std::stop_token stop = {});
  [[nodiscard]] std::size_t empty_pages_in_a_row() const noexcept { return empty_pages_.in_a_row(); }

 private:
  Result<EventPage> fetch(const std::stop_token& stop);
  void begin_again();

  LogsClient& client_;
  GetLogEvents query_;
  EmptyPages empty_pages_;
  EventPosition position_;
  bool done_ = false;
};

// The end is an answer without a token. A token that comes back is followed,
// unless twenty in a row were the same and brought nothing: Errc::protocol.
// Use the names below.
template <class Query, class Page>
class TokenPager {
 public:
  TokenPager(LogsClient& client, Query query);
  Result<std::optional<Page>> next(std::stop_token stop = {});
  [[nodiscard]] std::size_t empty_pages_in_a_row() const noexcept { return empty_pages_.in_a_row(); }

 private:
  friend class FilterLogEventsPager;
  LogsClient& client_;
  Query query_;
  EmptyPages empty_pages_;
  std::size_t same_tokens_ = 0;  // the last ones, with nothing beside them
  bool done_ = false;
};

extern template class TokenPager<FilterLogEvents, EventPage>;
extern template class TokenPager<DescribeLogGroups, LogGroupPage>;
extern template class TokenPager<ListLogGroups, LogGroupSummaryPage>;
extern template class TokenPager<DescribeLogStreams, LogStreamPage>;
extern template class TokenPager<GetQueryResults, QueryResultPage>;

using DescribeLogGroupsPager = TokenPager<DescribeLogGroups, LogGroupPage>;
using ListLogGroupsPager = TokenPager<ListLogGroups, LogGroupSummaryPage>;
using DescribeLogStreamsPager = TokenPager<DescribeLogStreams, LogStreamPage>;
// Of a query that is_running() these are the rows so far: wait until it is not.
using GetQueryResultsPager = TokenPager<GetQueryResults, QueryResultPage>;

// Takes any number of stream names and asks for a hundred at a time, each name
// once. The events are in order of time among each hundred, one hundred after the
// other: whoever wants one order over more than 100 streams leaves the names out
// or sorts. A query with more than 100 names cannot begin at a token, as none
// says to which hundred it belongs: Errc::invalid_argument.
class FilterLogEventsPager {
 public:
  static constexpr std::size_t kMaxNames = 100;

  FilterLogEventsPager(LogsClient& client, FilterLogEvents query);
  Result<std::optional<EventPage>> next(std::stop_token stop = {});
  [[nodiscard]] std::size_t empty_pages_in_a_row() const noexcept { return pages_.empty_pages_in_a_row(); }

 private:
  void ask_for_more_names();
  void begin_again();

  std::vector<std::string> names_;  // each once
  std::size_t asked_for_ = 0;       // of names_
  bool bad_start_ = false;
  std::optional<std::int64_t> start_time_, end_time_;  // of the query
  EventPosition position_;
  TokenPager<FilterLogEvents, EventPage> pages_;  // of the names asked for last
};

}  // namespace crosslog

#endif  // CROSSLOG_LOGS_H_
