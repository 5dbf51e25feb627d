// CloudWatch Logs: GetLogEvents, true to the service where clients go wrong: both page
// limits, tokens that never are null and end by coming back, an exclusive end time.
#include <algorithm>

#include "base/crypto.h"
#include "sandbox/page_token.h"
#include "sandbox/services.h"
#include "sandbox/validation.h"

namespace crosslog::sandbox {

namespace json = boost::json;

namespace {

constexpr std::int64_t kMaxPageEvents = 10000;
constexpr std::size_t kMaxPageBytes = 1048576;
constexpr std::size_t kEventOverhead = 26;
constexpr auto kTokenLife = std::chrono::hours(24);
constexpr std::size_t kMaxRememberedTokens = 100000;

using Failure = std::unexpected<AwsError>;

Failure invalid(std::string message) {
  return Failure(AwsError{400, "InvalidParameterException", std::move(message), {}});
}

// The members of a request, typed; the first wrong type is remembered.
class Members {
 public:
  explicit Members(const json::object& object) : object_(object) {}

  std::optional<std::string> text(std::string_view name) {
    const auto* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (value->is_string()) return std::string(value->get_string());
    return wrong(*value, "String"), std::nullopt;
  }
  std::optional<std::int64_t> number(std::string_view name, std::string_view type) {
    const auto* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (value->is_int64()) return value->get_int64();
    return wrong(*value, type), std::nullopt;
  }
  std::optional<bool> flag(std::string_view name) {
    const auto* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (value->is_bool()) return value->get_bool();
    return wrong(*value, "Boolean"), std::nullopt;
  }
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  const json::value* find(std::string_view name) const {
    const auto* value = object_.if_contains(name);
    return value != nullptr && value->is_null() ? nullptr : value;
  }
  void wrong(const json::value& value, std::string_view type) {
    if (!error_.empty()) return;
    if (value.is_object())
      error_ = "Start of structure or map found where not expected.";
    else if (value.is_array())
      error_ = "Start of list found where not expected";
    else
      error_ = std::string(value.is_string() ? "STRING_VALUE"
                           : value.is_bool() ? (value.get_bool() ? "TRUE_VALUE" : "FALSE_VALUE")
                                             : "NUMBER_VALUE") +
               " can not be converted to " + (type == "String" ? "a String" : std::string(type));
  }

  const json::object& object_;
  std::string error_;
};

struct GetLogEvents {
  GroupKey group;
  std::string stream;
  std::int64_t start = 0;
  std::optional<std::int64_t> end;
  std::int64_t limit = kMaxPageEvents;
  bool from_head = false, unmask = false;
  std::optional<std::string> token;

  [[nodiscard]] std::string arn() const {
    return "arn:aws:logs:" + group.region + ":" + group.account + ":log-group:" + group.name +
           ":log-stream:" + stream;
  }
  // What a token is bound to.
  [[nodiscard]] std::string query() const {
    return arn() + "\n" + std::to_string(start) + "\n" + (end ? std::to_string(*end) : "");
  }
};

bool is_group_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         std::string_view("._-/#").find(c) != std::string_view::npos;
}

bool is_identifier_char(char c) {
  return is_group_char(c) || std::string_view("+=:,@").find(c) != std::string_view::npos;
}

// A name, or arn:aws:logs:REGION:ACCOUNT:log-group:NAME.
std::expected<GroupKey, AwsError> group_of_identifier(const std::string& identifier,
                                                      const std::string& account, const std::string& region) {
  if (!identifier.starts_with("arn:")) return GroupKey{account, region, identifier};
  const auto parts = split(identifier, ':');
  if (parts.size() != 7 || parts[2] != "logs" || parts[5] != "log-group" || parts[6].empty())
    return invalid("The specified log group identifier is not a valid ARN.");
  if (parts[3] != region)
    return invalid("The Region in the log group ARN does not match the Region of the request.");
  return GroupKey{std::string(parts[4]), region, std::string(parts[6])};
}

std::expected<GetLogEvents, AwsError> read_parameters(std::string_view body, const std::string& account,
                                                      const std::string& region) {
  json::error_code error;
  const json::value document = json::parse(json::string_view(body.data(), body.size()), error);
  if (error || !document.is_object()) return Failure(AwsError{400, "SerializationException", {}, {}});
  Members members(document.get_object());
  GetLogEvents in;
  const auto name = members.text("logGroupName"), identifier = members.text("logGroupIdentifier"),
             stream = members.text("logStreamName");
  const auto start = members.number("startTime", "Long"), limit = members.number("limit", "Integer");
  in.end = members.number("endTime", "Long");
  in.token = members.text("nextToken");
  in.from_head = members.flag("startFromHead").value_or(false);
  in.unmask = members.flag("unmask").value_or(false);
  if (!members.error().empty()) return Failure(AwsError{400, "SerializationException", members.error(), {}});

  Validation check;
  check.text("logGroupName", name, false, 1, 512, "[\\.\\-_/#A-Za-z0-9]+", is_group_char);
  check.text("logGroupIdentifier", identifier, false, 1, 2048, "[\\w#+=/:,.@-]*", is_identifier_char);
  check.text("logStreamName", stream, true, 1, 512, "[^:*]*", [](char c) { return c != ':' && c != '*'; });
  check.number("startTime", start, 0);
  check.number("endTime", in.end, 0);
  check.text("nextToken", in.token, false, 1, 8192);
  check.number("limit", limit, 1, kMaxPageEvents);
  if (const auto message = check.message(); !message.empty()) return invalid(message);
  if (name && identifier) return invalid("LogGroup name and LogGroup ARN are mutually exclusive parameters.");
  if (!name && !identifier) return invalid("Should provider either name or id, but not both");

  auto group = group_of_identifier(name ? *name : *identifier, account, region);
  if (!group) return Failure(group.error());
  in.group = std::move(*group);
  in.stream = *stream;
  in.start = start.value_or(0);
  in.limit = limit.value_or(kMaxPageEvents);
  return in;
}

std::expected<void, AwsError> authorize(const GetLogEvents& in, const Principal& caller,
                                        const std::string& action) {
  const std::string text =
      "User: " + caller.arn() + " is not authorized to perform: " + action + " on resource: " + in.arn();
  const auto denied = [&](std::string_view why) {
    return Failure(AwsError{400, "AccessDeniedException", text + std::string(why), {}});
  };
  switch (caller.may(action, in.arn())) {
    case Decision::denied:
      return denied(" with an explicit deny in an identity-based policy");
    case Decision::not_allowed:
      return denied(" because no identity-based policy allows the " + action + " action");
    case Decision::allowed:
      break;
  }
  if (in.group.account != caller.account())
    return denied(" because no resource-based policy allows the " + action + " action");
  return {};
}

// The events [first, last) of the stream, and where the next pages begin.
struct Page {
  std::vector<LogEvent> events;
  Position before, after;
};

struct PageLimits {
  std::int64_t events;
  std::int64_t window_ms;  // 0: none
};

// Collects events while they fit; the first always does.
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
Position first_position(const LogStream& stream, const GetLogEvents& in, Range range) {
  if (in.from_head) {
    const std::int64_t first = range.low < range.high ? stream.at(range.low).timestamp : in.start;
    return {in.start > 0 ? in.start : first, 0};
  }
  const Position last =
      range.low < range.high ? position_after(stream.at(range.high - 1)) : Position{in.start, 0};
  return in.end ? Position{std::max(*in.end, in.start), 0} : last;
}

std::string shown_message(const LogEvent& event, const LogGroup& group, bool unmask) {
  std::string message = event.message;
  if (unmask) return message;
  for (const auto& word : group.masked)
    for (auto at = message.find(word); !word.empty() && at != std::string::npos; at = message.find(word, at))
      message.replace(at, word.size(), word.size(), '*');
  return message;
}

void append_event(std::string& out, const LogEvent& event, const LogGroup& group, bool unmask) {
  out += "{\"ingestionTime\":" + std::to_string(event.ingestion_time) + ",\"message\":";
  if (!event.wire_message.empty())
    out += event.wire_message;
  else if (group.masked.empty())
    append_json(out, event.message);
  else
    append_json(out, shown_message(event, group, unmask));
  out += ",\"timestamp\":" + std::to_string(event.timestamp) + "}";
}

// Tokens live for a day from when they were first given out. A token that is not
// remembered (another run gave it, or the memory was full) counts as new.
bool token_expired(State& state, const std::string& token) {
  if (state.page_tokens.size() >= kMaxRememberedTokens) state.page_tokens.clear();
  const auto first_seen = state.page_tokens.try_emplace(token, state.now()).first->second;
  return state.now() - first_seen > kTokenLife;
}

std::expected<Response, AwsError> get_log_events(State& state, const Principal& caller,
                                                 const std::string& region, std::string_view body,
                                                 const Fault* fault) {
  const auto in = read_parameters(body, caller.account(), region);
  if (!in) return Failure(in.error());
  if (auto allowed = authorize(*in, caller, "logs:GetLogEvents"); !allowed) return Failure(allowed.error());
  if (in->unmask)
    if (auto allowed = authorize(*in, caller, "logs:Unmask"); !allowed) return Failure(allowed.error());

  const LogGroup* group = state.world.find_group(in->group);
  if (group == nullptr)
    return Failure(AwsError{400, "ResourceNotFoundException", "The specified log group does not exist.", {}});
  const auto found = group->streams.find(in->stream);
  if (found == group->streams.end())
    return Failure(
        AwsError{400, "ResourceNotFoundException", "The specified log stream does not exist.", {}});
  const LogStream& stream = found->second;

  const std::string query = in->query();
  std::optional<PageToken> token;
  if (in->token) {
    token = read_token(*in->token, query);
    if (!token) return invalid("The specified nextToken is invalid.");
    if (token_expired(state, *in->token)) return invalid("The specified nextToken has expired.");
  }
  Range range{stream.index_of({in->start, 0}), in->end ? stream.index_of({*in->end, 0}) : stream.size()};
  range.high = std::max(range.low, range.high);
  const Position from = token ? token->position : first_position(stream, *in, range);
  const bool forward = token ? token->forward : in->from_head;
  const bool scripted_empty = fault != nullptr && fault->empty_page;
  const PageLimits limits{std::min(in->limit, state.page_events), state.page_window_ms};
  const Page page = scripted_empty ? Page{{}, from, from}
                    : forward      ? forward_page(stream, range, from, limits)
                                   : backward_page(stream, range, from, limits);

  const unsigned turn = (token ? token->turn : 0) + (scripted_empty ? 1 : 0);
  std::string next_forward = write_token({true, page.after, turn}, query);
  std::string next_backward = write_token({false, page.before, turn}, query);
  if (fault != nullptr && fault->same_token && in->token)
    (forward ? next_forward : next_backward) = *in->token;
  (void)token_expired(state, next_forward);  // remembers it from now on
  (void)token_expired(state, next_backward);

  Response response;
  response.set("x-amzn-RequestId", base::uuid4());
  response.set("Content-Type", "application/x-amz-json-1.1");
  response.body = "{\"events\":[";
  for (std::size_t i = 0; i < page.events.size(); ++i) {
    if (i > 0) response.body += ',';
    append_event(response.body, page.events[i], *group, in->unmask);
  }
  response.body +=
      "],\"nextBackwardToken\":\"" + next_backward + "\",\"nextForwardToken\":\"" + next_forward + "\"}";
  return response;
}

}  // namespace

std::expected<Response, AwsError> call_logs(State& state, const Principal& caller, std::string_view region,
                                            std::string_view operation, std::string_view body,
                                            const Fault* fault) {
  if (operation != "GetLogEvents") return Failure(AwsError{400, "UnknownOperationException", {}, {}});
  const std::string home(region);
  if (!state.quota.take(caller.account(), home))
    return Failure(AwsError{400, "ThrottlingException", "Rate exceeded", {}});
  return get_log_events(state, caller, home, body, fault);
}

}  // namespace crosslog::sandbox
