// Logs Insights: a query runs when it starts; what time brings is only how much of its
// answer is told.
#include <algorithm>
#include <tuple>

#include "base/crypto.h"
#include "sandbox/insights.h"
#include "sandbox/logs.h"

namespace crosslog::sandbox {

namespace json = boost::json;

namespace {

constexpr std::size_t kMaxGroups = 50, kMaxRemembered = 1000;
constexpr std::size_t kDefaultLimit = 10000, kMaxLimit = 100000;
constexpr std::int64_t kMaxResultPage = 10000;
constexpr std::int64_t kFieldsBefore = 15 * 60, kFieldsAround = 8 * 60;  // seconds
constexpr std::size_t kFieldsSample = 10000;

// One event of a query, without its message.
struct Found {
  EventKey key;
  const OpenGroup* open;
  const std::string* stream_name;
  const LogStream* stream;
  std::size_t index;
};

std::vector<Found> events_between(const std::vector<OpenGroup>& groups, std::int64_t from, std::int64_t to) {
  std::vector<Found> out;
  for (const auto& open : groups)
    for (const auto& [name, stream] : open.group->streams)
      for (auto i = stream.index_of({from, 0}), end = stream.index_of({to, 0}); i < end; ++i)
        out.push_back({stream.key_at(i), &open, &name, &stream, i});
  std::ranges::sort(out, [](const Found& a, const Found& b) {
    return std::tie(b.key, *b.stream_name, b.open->key) < std::tie(a.key, *a.stream_name, a.open->key);
  });
  return out;
}

std::string pointer_to(const Found& found) {
  return to_hex(
      json::serialize(json::array{found.open->key.account, found.open->key.region, found.open->key.name,
                                  *found.stream_name, found.key.timestamp, found.key.arrival}));
}

QueryRecord record_of(const GroupKey& key, const std::string& stream, const LogEvent& event,
                      const std::string& message) {
  QueryRecord out;
  discover_fields(message, out);
  out["@timestamp"] = {std::to_string(event.timestamp), true};
  out["@ingestionTime"] = {std::to_string(event.ingestion_time), true};
  out["@message"] = {message, false};
  out["@logStream"] = {stream, false};
  out["@log"] = {key.account + ":" + key.name, false};
  return out;
}

Failure malformed(const QueryError& error) {
  AwsError out{400, "MalformedQueryException", error.message, {}};
  out.details["queryCompileError"] =
      json::object{{"location", {{"startCharOffset", error.start}, {"endCharOffset", error.end}}},
                   {"message", error.message}};
  return Failure(std::move(out));
}

// What StartQuery names; with SOURCE, those of the caller whose names begin so.
std::expected<std::vector<std::string>, AwsError> named_groups(const LogsCall& call,
                                                               const InsightsQuery& query) {
  const int given = (call.has("logGroupName") ? 1 : 0) + (call.has("logGroupNames") ? 1 : 0) +
                    (call.has("logGroupIdentifiers") ? 1 : 0);
  if (given > 1 || (given == 0) != query.sources().has_value())
    return invalid(
        "Exactly one of logGroupName, logGroupNames, logGroupIdentifiers or a SOURCE command must be "
        "specified.");
  std::vector<std::string> out;
  if (call.has("logGroupName")) out.push_back(*call.text("logGroupName"));
  if (call.has("logGroupNames")) out = call.texts("logGroupNames");
  if (call.has("logGroupIdentifiers")) out = call.texts("logGroupIdentifiers");
  if (query.sources())
    for (const auto& [key, group] : call.state.world.groups)
      if (key.account == call.caller.account() && key.region == call.region && out.size() < kMaxGroups &&
          (query.sources()->empty() || std::ranges::any_of(*query.sources(), [&](const std::string& prefix) {
             return key.name.starts_with(prefix);
           })))
        out.push_back(key.name);
  if (out.size() > kMaxGroups) return invalid("A query can have at most 50 log groups.");
  return out;
}

std::expected<std::vector<OpenGroup>, AwsError> queried_groups(const LogsCall& call,
                                                               const InsightsQuery& query) {
  const auto names = named_groups(call, query);
  if (!names) return Failure(names.error());
  std::vector<OpenGroup> out;
  for (const auto& name : *names) {
    auto key = group_of_identifier(call, name);
    if (!key) return Failure(key.error());
    if (auto allowed = authorize(call, call.operation, stream_arn(*key, {}), key->account); !allowed)
      return Failure(allowed.error());
    const LogGroup* group = call.state.world.find_group(*key);
    if (group == nullptr)
      return not_found("Log group '" + key->name + "' does not exist for account ID '" + key->account + "'");
    out.push_back({std::move(*key), group});
  }
  return out;
}

void run(const LogsCall& call, const InsightsQuery& query, const std::vector<OpenGroup>& groups,
         RunningQuery& out) {
  const std::int64_t from = *call.time("startTime") * 1000, to = *call.time("endTime") * 1000 + 1000;
  const auto limit = static_cast<std::size_t>(call.number("limit").value_or(
      static_cast<std::int64_t>(query.has(CommandKind::limit) ? kMaxLimit : kDefaultLimit)));
  std::vector<QueryRecord> records;
  for (const auto& found : events_between(groups, from, to)) {
    const LogEvent event = found.stream->at(found.index);
    out.scanned += 1;
    out.bytes += static_cast<double>(event.message.size());
    auto record = record_of(found.open->key, *found.stream_name, event,
                            shown_message(event, *found.open->group, false));
    if (!query.admit(record)) continue;
    out.matched += 1;
    if (query.is_of_single_records() && records.size() >= limit) continue;
    record["@ptr"] = {pointer_to(found), false};
    records.push_back(std::move(record));
  }
  for (const auto& row : query.run(std::move(records), limit)) {
    json::array fields;
    for (const auto& [name, value] : row)
      fields.push_back(json::object{{"field", name}, {"value", value}});
    out.rows.push_back(std::move(fields));
  }
}

std::size_t running_queries(const LogsCall& call) {
  return static_cast<std::size_t>(
      std::ranges::count_if(call.state.queries.all, [&](const RunningQuery& query) {
        return query.account == call.caller.account() && query.region == call.region && !query.is_over();
      }));
}

std::expected<RunningQuery*, AwsError> find_query(const LogsCall& call) {
  if (auto allowed = authorize_account(call); !allowed) return Failure(allowed.error());
  RunningQuery* query = call.state.queries.find(*call.text("queryId"), call.caller.account());
  if (query == nullptr || query->region != call.region)
    return not_found("The specified query does not exist.");
  return query;
}

json::object statistics(const RunningQuery& query, double share) {
  return {{"bytesScanned", query.bytes * share},
          {"estimatedBytesSkipped", 0.0},
          {"estimatedRecordsSkipped", 0.0},
          {"logGroupsScanned", static_cast<double>(query.groups.size())},
          {"recordsMatched", query.matched * share},
          {"recordsScanned", query.scanned * share}};
}

struct Record {
  OpenGroup open;
  std::string stream;
  LogEvent event;
};

std::expected<Record, AwsError> find_record(const LogsCall& call) {
  const auto bad = [] { return invalid("Invalid log record pointer."); };
  const auto text = from_hex(*call.text("logRecordPointer"));
  json::error_code error;
  const json::value value = text ? json::parse(*text, error) : json::value(nullptr);
  if (error || !value.is_array() || value.get_array().size() != 6) return bad();
  const auto& parts = value.get_array();
  if (!std::all_of(parts.begin(), parts.begin() + 4,
                   [](const json::value& part) { return part.is_string(); }) ||
      !parts[4].is_int64() || !parts[5].is_int64())
    return bad();
  Record out;
  out.open.key = {std::string(parts[0].get_string()), std::string(parts[1].get_string()),
                  std::string(parts[2].get_string())};
  out.stream = parts[3].get_string();
  for (const std::string_view action : {"GetLogRecord", "Unmask"})
    if (action != "Unmask" || call.flag("unmask").value_or(false))
      if (auto allowed = authorize(call, action, stream_arn(out.open.key, out.stream), out.open.key.account);
          !allowed)
        return Failure(allowed.error());
  out.open.group = call.state.world.find_group(out.open.key);
  if (out.open.key.region != call.region || out.open.group == nullptr)
    return not_found("The specified log record does not exist.");
  const auto stream = out.open.group->streams.find(out.stream);
  if (stream == out.open.group->streams.end()) return not_found("The specified log record does not exist.");
  const Position at{parts[4].get_int64(), static_cast<std::uint64_t>(parts[5].get_int64())};
  const auto index = stream->second.index_of(at);
  if (index >= stream->second.size()) return not_found("The specified log record does not exist.");
  out.event = stream->second.at(index);
  if (position_of(out.event) != at) return not_found("The specified log record does not exist.");
  return out;
}

}  // namespace

Body start_query(const LogsCall& call) {
  if (call.text("queryLanguage").value_or("CWLI") != "CWLI")
    return invalid("crosslog-sandbox emulates queries in Logs Insights QL (CWLI) only.");
  const auto query = InsightsQuery::make(*call.text("queryString"));
  const auto groups = query ? queried_groups(call, *query)
                            : std::expected<std::vector<OpenGroup>, AwsError>(malformed(query.error()));
  if (!groups) return Failure(groups.error());
  if (*call.time("endTime") < *call.time("startTime"))
    return invalid("The end time of a query must not be before its start time.");
  auto& queries = call.state.queries;
  if (running_queries(call) >= queries.concurrent)
    return Failure(AwsError{
        400,
        "LimitExceededException",
        "Account maximum query concurrency limit of [" + std::to_string(queries.concurrent) + "] reached.",
        {}});
  RunningQuery running;
  running.id = base::uuid4();
  running.account = call.caller.account();
  running.region = call.region;
  running.text = *call.text("queryString");
  running.language = "CWLI";
  running.user = call.caller.arn();
  running.created = call.state.now();
  running.duration = queries.duration;
  for (const auto& open : *groups)
    running.groups.push_back(open.key.account == running.account ? open.key.name : group_arn(open.key));
  if (!running.groups.empty()) running.log_group = running.groups.front();
  run(call, *query, *groups, running);
  running.started = std::chrono::steady_clock::now();
  queries.all.push_front(std::move(running));
  if (queries.all.size() > kMaxRemembered) queries.all.pop_back();
  return json::serialize(json::object{{"queryId", queries.all.front().id}});
}

Body get_query_results(const LogsCall& call) {
  const auto query = find_query(call);
  if (!query) return Failure(query.error());
  const auto place = read_place(call, std::chrono::hours(1));
  if (!place) return Failure(place.error());
  const std::string_view status = (*query)->status();
  const double share = status == "Complete" ? 1 : status == "Scheduled" ? 0 : 0.5;
  const auto known = static_cast<std::size_t>(static_cast<double>((*query)->rows.size()) * share);
  const auto asked = call.number("maxItems").value_or(0);
  const auto limit = static_cast<std::size_t>(asked > 0 ? asked : kMaxResultPage);
  const auto first = std::min(known, *place ? (*place)->to_number<std::size_t>() : 0);
  const auto last = std::min(known, first + limit);
  json::array results;
  for (std::size_t i = first; i < last; ++i)
    results.push_back((*query)->rows[i]);
  json::object out{{"queryLanguage", (*query)->language},
                   {"results", std::move(results)},
                   {"statistics", statistics(**query, share)},
                   {"status", status}};
  if (last < known) out["nextToken"] = write_place(call, last);
  return json::serialize(out);
}

Body stop_query(const LogsCall& call) {
  const auto query = find_query(call);
  if (!query) return Failure(query.error());
  if ((*query)->is_over())
    return invalid("The specified query is not running: its status is " + std::string((*query)->status()) +
                   ".");
  (*query)->cancelled = true;
  return json::serialize(json::object{{"success", true}});
}

Body describe_queries(const LogsCall& call) {
  if (auto allowed = authorize_account(call); !allowed) return Failure(allowed.error());
  const auto group = call.text("logGroupName"), status = call.text("status"),
             language = call.text("queryLanguage");
  std::vector<Listed> items;
  auto number = call.state.queries.all.size();
  for (const auto& query : call.state.queries.all) {
    std::string key;
    append_padded(key, static_cast<std::uint64_t>(query.created.time_since_epoch().count()), 20);
    append_padded(key, number--, 6);
    if (query.account != call.caller.account() || query.region != call.region ||
        (group && std::ranges::find(query.groups, *group) == query.groups.end()) ||
        (status && query.status() != *status) || (language && query.language != *language))
      continue;
    items.push_back({key,
                     {{"bytesScanned", query.bytes},
                      {"createTime", query.created.time_since_epoch().count()},
                      {"logGroupName", query.log_group},
                      {"queryDuration", query.duration.count()},
                      {"queryId", query.id},
                      {"queryLanguage", query.language},
                      {"queryString", query.text},
                      {"status", query.status()},
                      {"userIdentity", query.user}}});
  }
  return page_of(call, std::move(items), "queries", "maxResults", 1000, true);
}

Body list_log_groups_for_query(const LogsCall& call) {
  const auto query = find_query(call);
  if (!query) return Failure(query.error());
  json::array groups((*query)->groups.begin(), (*query)->groups.end());
  return json::serialize(json::object{{"logGroupIdentifiers", std::move(groups)}});
}

Body get_log_record(const LogsCall& call) {
  const auto record = find_record(call);
  if (!record) return Failure(record.error());
  const auto fields =
      record_of(record->open.key, record->stream, record->event,
                shown_message(record->event, *record->open.group, call.flag("unmask").value_or(false)));
  json::object out{{"@ptr", *call.text("logRecordPointer")}};
  for (const auto& [name, value] : fields)
    out[name] = value.text;
  return json::serialize(json::object{{"logRecord", std::move(out)}});
}

Body get_log_group_fields(const LogsCall& call) {
  const auto open = open_group(call);
  if (!open) return Failure(open.error());
  const auto now = std::chrono::floor<std::chrono::seconds>(call.state.now()).time_since_epoch().count();
  const auto time = call.time("time");
  const std::int64_t from = time ? *time - kFieldsAround : now - kFieldsBefore;
  const std::int64_t to = time ? *time + kFieldsAround : now;
  auto found = events_between({*open}, from * 1000, to * 1000 + 1);
  found.resize(std::min(found.size(), kFieldsSample));
  std::map<std::string, std::size_t> counts;
  for (const auto& one : found) {
    const LogEvent event = one.stream->at(one.index);
    for (const auto& [name, value] : record_of(open->key, *one.stream_name, event, event.message))
      ++counts[name];
  }
  std::vector<std::pair<std::string, std::size_t>> fields;
  for (const auto& [name, count] : counts)
    fields.emplace_back(name, count * 100 / found.size());
  std::ranges::sort(fields, [](const auto& a, const auto& b) {
    return std::tie(b.second, a.first) < std::tie(a.second, b.first);
  });
  json::array out;
  for (const auto& [name, percent] : fields)
    out.push_back(json::object{{"name", name}, {"percent", percent}});
  return json::serialize(json::object{{"logGroupFields", std::move(out)}});
}

}  // namespace crosslog::sandbox
