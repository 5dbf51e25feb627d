// CloudWatch Logs: which operation it is, and GetLogEvents, true to the service where
// clients go wrong: both page limits, tokens that never are null and end by coming
// back, an exclusive end time.
#include "sandbox/logs.h"

#include <algorithm>

#include "base/crypto.h"
#include "sandbox/page_token.h"
#include "sandbox/service_model.h"
#include "sandbox/services.h"

namespace crosslog::sandbox {

namespace json = boost::json;

namespace {

constexpr auto kTokenLife = std::chrono::hours(24);
constexpr std::size_t kMaxRememberedTokens = 100000;

struct EventsQuery {
  std::int64_t start = 0;
  std::optional<std::int64_t> end;
  std::int64_t limit = kMaxPageEvents;
  bool from_head = false, unmask = false;

  explicit EventsQuery(const LogsCall& call)
      : start(call.time("startTime").value_or(0)),
        end(call.time("endTime")),
        limit(call.number("limit").value_or(kMaxPageEvents)),
        from_head(call.flag("startFromHead").value_or(false)),
        unmask(call.flag("unmask").value_or(false)) {}
  // What a token is bound to.
  [[nodiscard]] std::string bound_to(const std::string& arn) const {
    return arn + "\n" + std::to_string(start) + "\n" + (end ? std::to_string(*end) : "");
  }
};

// The events [first, last) of the stream, and where the next pages begin.
struct Page {
  std::vector<LogEvent> events;
  Position before, after;
};

struct PageLimits {
  std::int64_t events;
  std::int64_t window_ms;  // 0: none
};

struct Range {
  std::size_t low, high;  // the events between start and end time
};

Page forward_page(const LogStream& stream, Range range, Position from, const PageLimits& limits) {
  PageFiller filler(limits.events);
  std::size_t i = std::max(range.low, stream.index_of(from));
  const bool more = i < range.high;
  const std::int64_t window_end = from.timestamp + limits.window_ms;
  for (; i < range.high; ++i) {
    LogEvent event = stream.at(i);
    if (limits.window_ms > 0 && event.timestamp >= window_end) break;
    if (!filler.take(std::move(event))) break;
  }
  Page page{std::move(filler.events), from, from};
  if (!page.events.empty()) {
    page.before = position_of(page.events.front());
    page.after = position_after(page.events.back());
  } else if (more) {
    page.after = {window_end, 0};
  }
  return page;
}

Page backward_page(const LogStream& stream, Range range, Position from, const PageLimits& limits) {
  PageFiller filler(limits.events);
  std::size_t i = std::min(range.high, stream.index_of(from));
  const bool more = i > range.low;
  const std::int64_t window_start = from.timestamp - limits.window_ms;
  for (; i > range.low; --i) {
    LogEvent event = stream.at(i - 1);
    if (limits.window_ms > 0 && event.timestamp < window_start) break;
    if (!filler.take(std::move(event))) break;
  }
  Page page{std::move(filler.events), from, from};
  std::ranges::reverse(page.events);
  if (!page.events.empty()) {
    page.before = position_of(page.events.front());
    page.after = position_after(page.events.back());
  } else if (more) {
    page.before = {std::max<std::int64_t>(window_start, 0), 0};
  }
  return page;
}

// Where a first page begins: at the asked time, or at the stream's own ends.
Position first_position(const LogStream& stream, const EventsQuery& in, Range range) {
  if (in.from_head) {
    const std::int64_t first = range.low < range.high ? stream.at(range.low).timestamp : in.start;
    return {in.start > 0 ? in.start : first, 0};
  }
  const Position last =
      range.low < range.high ? position_after(stream.at(range.high - 1)) : Position{in.start, 0};
  return in.end ? Position{std::max(*in.end, in.start), 0} : last;
}

void append_event(std::string& out, const LogEvent& event, const LogGroup& group, bool unmask) {
  out += "{\"ingestionTime\":" + std::to_string(event.ingestion_time) + ",\"message\":";
  append_message(out, event, group, unmask);
  out += ",\"timestamp\":" + std::to_string(event.timestamp) + "}";
}

// Tokens live for a day from when they were first given out. A token that is not
// remembered (another run gave it, or the memory was full) counts as new.
bool token_expired(State& state, const std::string& token) {
  if (state.page_tokens.size() >= kMaxRememberedTokens) state.page_tokens.clear();
  const auto first_seen = state.page_tokens.try_emplace(token, state.now()).first->second;
  return state.now() - first_seen > kTokenLife;
}

}  // namespace

Body get_log_events(const LogsCall& call) {
  const EventsQuery in(call);
  const std::string name = *call.text("logStreamName");
  const auto open = open_group(call, name);
  if (!open) return Failure(open.error());
  const auto found = open->group->streams.find(name);
  if (found == open->group->streams.end()) return not_found("The specified log stream does not exist.");
  const LogStream& stream = found->second;

  const std::string query = in.bound_to(stream_arn(open->key, name));
  const auto given = call.text("nextToken");
  std::optional<PageToken> token;
  if (given) {
    token = read_token(*given, query);
    if (!token) return invalid("The specified nextToken is invalid.");
    if (token_expired(call.state, *given)) return invalid("The specified nextToken has expired.");
  }
  Range range{stream.index_of({in.start, 0}), in.end ? stream.index_of({*in.end, 0}) : stream.size()};
  range.high = std::max(range.low, range.high);
  const Position from = token ? token->position : first_position(stream, in, range);
  const bool forward = token ? token->forward : in.from_head;
  const bool scripted_empty = call.fault != nullptr && call.fault->empty_page;
  const PageLimits limits{std::min(in.limit, call.state.page_events), call.state.page_window_ms};
  const Page page = scripted_empty ? Page{{}, from, from}
                    : forward      ? forward_page(stream, range, from, limits)
                                   : backward_page(stream, range, from, limits);

  const unsigned turn = (token ? token->turn : 0) + (scripted_empty ? 1 : 0);
  std::string next_forward = write_token({true, page.after, turn}, query);
  std::string next_backward = write_token({false, page.before, turn}, query);
  if (call.fault != nullptr && call.fault->same_token && given)
    (forward ? next_forward : next_backward) = *given;
  (void)token_expired(call.state, next_forward);  // remembers it from now on
  (void)token_expired(call.state, next_backward);

  std::string body = "{\"events\":[";
  for (std::size_t i = 0; i < page.events.size(); ++i) {
    if (i > 0) body += ',';
    append_event(body, page.events[i], *open->group, in.unmask);
  }
  return body + "],\"nextBackwardToken\":\"" + next_backward + "\",\"nextForwardToken\":\"" + next_forward +
         "\"}";
}

std::expected<Response, AwsError> call_logs(State& state, const Principal& caller, std::string_view region,
                                            std::string_view operation, std::string_view body,
                                            const Fault* fault) {
  const json::object* modelled = find_operation(operation);
  if (modelled == nullptr) return Failure(AwsError{400, "UnknownOperationException", {}, {}});
  LogsCall call{state, caller, std::string(region), std::string(operation), {}, fault};
  if (!state.quota.take(call.operation, caller.account(), call.region))
    return Failure(AwsError{400, "ThrottlingException", "Rate exceeded", {}});
  auto in = read_input(*modelled, body);
  if (!in) return Failure(in.error());
  call.in = std::move(*in);

  static const std::map<std::string_view, Body (*)(const LogsCall&)> kOperations = {
      {"GetLogEvents", get_log_events},
      {"FilterLogEvents", filter_log_events},
      {"DescribeLogGroups", describe_log_groups},
      {"ListLogGroups", list_log_groups},
      {"DescribeLogStreams", describe_log_streams},
      {"ListTagsForResource", list_tags_for_resource},
      {"ListTagsLogGroup", list_tags_log_group},
      {"GetLogGroupFields", get_log_group_fields},
      {"GetLogRecord", get_log_record},
      {"StartQuery", start_query},
      {"GetQueryResults", get_query_results},
      {"StopQuery", stop_query},
      {"DescribeQueries", describe_queries},
      {"ListLogGroupsForQuery", list_log_groups_for_query},
      {"TestMetricFilter", test_metric_filter},
  };
  const auto emulated = kOperations.find(operation);
  auto answered = emulated != kOperations.end() ? emulated->second(call) : seeded_answer(call, *modelled);
  if (!answered) return Failure(answered.error());
  Response response;
  response.set("x-amzn-RequestId", base::uuid4());
  response.set("Content-Type", "application/x-amz-json-1.1");
  response.body = std::move(*answered);
  return response;
}

}  // namespace crosslog::sandbox
