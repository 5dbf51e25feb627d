// Walks over pages. A query and its token are all that a walk remembers, and the
// token moves only when a page has arrived: so that after an error the same page
// is asked for again, and nothing is lost or given twice. Walks over events also
// remember where they are in time, for the day when the token is forgotten.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/try.h"
#include "crosslog/logs.h"

namespace crosslog {
namespace {

constexpr std::size_t kQuickEmptyPages = 10;
constexpr std::size_t kMostSameTokens = 20;

// Between the beginnings of two requests after so many empty pages: none for the
// first ten, then 1/32 s, doubled with each, at most 1 s.
std::chrono::milliseconds spacing(std::size_t empty_pages) {
  constexpr std::chrono::milliseconds kLongest{1'000};
  constexpr std::size_t kDoublings = 5;
  if (empty_pages < kQuickEmptyPages) return {};
  return kLongest / (1 << (kDoublings - std::min(empty_pages - kQuickEmptyPages, kDoublings)));
}

auto fetch(LogsClient& client, const FilterLogEvents& query, const std::stop_token& stop) {
  return client.filter_log_events(query, stop);
}
auto fetch(LogsClient& client, const DescribeLogGroups& query, const std::stop_token& stop) {
  return client.describe_log_groups(query, stop);
}
auto fetch(LogsClient& client, const ListLogGroups& query, const std::stop_token& stop) {
  return client.list_log_groups(query, stop);
}
auto fetch(LogsClient& client, const DescribeLogStreams& query, const std::stop_token& stop) {
  return client.describe_log_streams(query, stop);
}
auto fetch(LogsClient& client, const GetQueryResults& query, const std::stop_token& stop) {
  return client.get_query_results(query, stop);
}

std::optional<std::string> token_of(const EventPage& page) {
  return page.next_token() ? std::optional<std::string>(*page.next_token()) : std::nullopt;
}
template <class Page>
std::optional<std::string> token_of(const Page& page) {
  return page.next_token;
}

bool is_empty(const EventPage& page) {
  return page.events().empty();
}
bool is_empty(const LogStreamPage& page) {
  return page.log_streams.empty();
}
bool is_empty(const QueryResultPage& page) {
  return page.results.empty();
}
template <class Page>
bool is_empty(const Page& page) {
  return page.log_groups.empty();
}

// In the order of their first mention.
std::vector<std::string> each_once(std::vector<std::string> names) {
  std::set<std::string> seen;
  std::erase_if(names, [&](const std::string& name) { return !seen.insert(name).second; });
  return names;
}

// The events of one millisecond may be many, and may be the same: each is known by
// its id, or by all that it has, and counted.
std::string key_of(const LogEvent& event) {
  if (event.has(LogEvent::kEventId)) return std::string(event.event_id);
  return std::to_string(event.ingestion_time) + "\n" + std::string(event.log_stream_name) + "\n" +
         std::string(event.message);
}

}  // namespace

Result<void> EmptyPages::wait(const std::stop_token& stop) {
  using std::chrono::milliseconds;
  const auto since_last = std::chrono::floor<milliseconds>(clock_.steady_now() - last_request_);
  const auto pause = spacing(in_a_row_) - std::min(since_last, spacing(in_a_row_));
  if (pause > milliseconds::zero() && !clock_.sleep_for(pause, stop))
    return fail(Errc::cancelled, "Cancelled");
  last_request_ = clock_.steady_now();
  return {};
}

bool EventPosition::can_begin_again(const Error& error) const {
  constexpr int kMostBeginnings = 3;
  return error.aws_code == "InvalidParameterException" && beginnings_ < kMostBeginnings && !has_no_time_ &&
         (time_ || !began_at_token_);
}

std::optional<std::int64_t> EventPosition::begin_again() {
  ++beginnings_;
  again_time_ = time_;
  again_ = given_;
  return time_;
}

void EventPosition::take(EventPage& page, bool forward) {
  if (!again_.empty()) leave_out_again(page);
  if (page.events().empty()) return;
  beginnings_ = 0;
  std::int64_t furthest = page.events().front().timestamp;
  for (const auto& event : page.events()) {
    has_no_time_ = has_no_time_ || !event.has(LogEvent::kTimestamp);
    furthest = forward ? std::max(furthest, event.timestamp) : std::min(furthest, event.timestamp);
  }
  if (!time_ || (forward ? furthest > *time_ : furthest < *time_)) {
    time_ = furthest;
    given_.clear();
  }
  for (const auto& event : page.events()) {
    if (event.timestamp == *time_) ++given_[key_of(event)];
  }
}

void EventPosition::leave_out_again(EventPage& page) {
  page.erase_if([this](const LogEvent& event) {
    if (again_.empty() || event.timestamp != again_time_) return false;
    const auto found = again_.find(key_of(event));
    if (found == again_.end()) return false;
    if (--found->second == 0) again_.erase(found);
    return true;
  });
}

GetLogEventsPager::GetLogEventsPager(LogsClient& client, GetLogEvents query)
    : client_(client),
      query_(std::move(query)),
      empty_pages_(client.clock()),
      position_(query_.next_token.has_value()) {}

void GetLogEventsPager::begin_again() {
  query_.next_token.reset();
  const auto time = position_.begin_again();
  if (!time) return;
  if (query_.start_from_head.value_or(false)) {
    query_.start_time = *time;
  } else {
    query_.end_time = *time + 1;
  }
}

Result<EventPage> GetLogEventsPager::fetch(const std::stop_token& stop) {
  CROSSLOG_CHECK(empty_pages_.wait(stop));
  auto page = client_.get_log_events(query_, stop);
  if (page || !query_.next_token || !position_.can_begin_again(page.error())) return page;
  begin_again();
  return client_.get_log_events(query_, stop);
}

Result<std::optional<EventPage>> GetLogEventsPager::next(std::stop_token stop) {
  if (done_) return std::nullopt;
  CROSSLOG_TRY(auto page, fetch(stop));
  const bool forward = query_.start_from_head.value_or(false);
  const auto token = forward ? page.next_forward_token() : page.next_backward_token();
  position_.take(page, forward);
  empty_pages_.count(page.events().empty());
  // The service never leaves a token out; a page without one would start over.
  done_ = !token || (query_.next_token && *token == *query_.next_token);
  if (done_ && page.events().empty()) return std::nullopt;
  if (token) query_.next_token = std::string(*token);
  return std::optional(std::move(page));
}

template <class Query, class Page>
TokenPager<Query, Page>::TokenPager(LogsClient& client, Query query)
    : client_(client), query_(std::move(query)), empty_pages_(client.clock()) {}

template <class Query, class Page>
Result<std::optional<Page>> TokenPager<Query, Page>::next(std::stop_token stop) {
  if (done_) return std::nullopt;
  CROSSLOG_CHECK(empty_pages_.wait(stop));
  CROSSLOG_TRY(auto page, fetch(client_, query_, stop));
  auto token = token_of(page);
  const bool empty = is_empty(page);
  empty_pages_.count(empty);
  if (token != query_.next_token) same_tokens_ = 0;
  same_tokens_ = empty && token ? same_tokens_ + 1 : 0;
  if (same_tokens_ >= kMostSameTokens) {
    return fail(Errc::protocol,
                "Error during pagination: the same nextToken came " + std::to_string(kMostSameTokens) +
                    " times in a row, and nothing with it",
                {"What stands behind the token cannot be read now; the pages so far are whole."});
  }
  done_ = !token;
  query_.next_token = std::move(token);
  return std::optional(std::move(page));
}

template class TokenPager<FilterLogEvents, EventPage>;
template class TokenPager<DescribeLogGroups, LogGroupPage>;
template class TokenPager<ListLogGroups, LogGroupSummaryPage>;
template class TokenPager<DescribeLogStreams, LogStreamPage>;
template class TokenPager<GetQueryResults, QueryResultPage>;

FilterLogEventsPager::FilterLogEventsPager(LogsClient& client, FilterLogEvents query)
    : names_(each_once(std::move(query.log_stream_names))),
      bad_start_(names_.size() > kMaxNames && query.next_token),
      start_time_(query.start_time),
      end_time_(query.end_time),
      position_(query.next_token.has_value()),
      pages_(client, std::move(query)) {
  ask_for_more_names();
}

void FilterLogEventsPager::ask_for_more_names() {
  const auto begin = names_.begin() + static_cast<std::ptrdiff_t>(asked_for_);
  asked_for_ += std::min(kMaxNames, names_.size() - asked_for_);
  pages_.query_.log_stream_names.assign(begin, names_.begin() + static_cast<std::ptrdiff_t>(asked_for_));
  pages_.query_.start_time = start_time_;
  pages_.query_.end_time = end_time_;
  pages_.done_ = false;
}

void FilterLogEventsPager::begin_again() {
  auto& query = pages_.query_;
  query.next_token.reset();
  pages_.same_tokens_ = 0;
  const auto time = position_.begin_again();
  if (!time) return;
  (query.start_from_head.value_or(true) ? query.start_time : query.end_time) = *time;
}

Result<std::optional<EventPage>> FilterLogEventsPager::next(std::stop_token stop) {
  if (bad_start_) {
    return fail(Errc::invalid_argument,
                "More than " + std::to_string(kMaxNames) + " names of log streams cannot begin at a token",
                {"They are asked for in groups, and a token does not say which group it is of."});
  }
  if (pages_.done_ && asked_for_ < names_.size()) {
    ask_for_more_names();
    position_ = EventPosition(false);
  }
  auto page = pages_.next(stop);
  if (!page && pages_.query_.next_token && position_.can_begin_again(page.error())) {
    begin_again();
    page = pages_.next(stop);
  }
  if (page && *page) position_.take(**page, pages_.query_.start_from_head.value_or(true));
  return page;
}

}  // namespace crosslog
