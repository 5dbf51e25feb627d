// CloudWatch Logs Insights: queries, their results, and the events behind them.
#include <string_view>
#include <utility>

#include "crosslog/messages.h"
#include "logs/json_message.h"

namespace crosslog {

using logs::make_post;
using logs::Reader;
using logs::set_if;

// In the service model's order, each.

HttpRequest make_request(const GetLogRecord& query, const Endpoint& endpoint) {
  Document input;
  input.set("logRecordPointer", query.log_record_pointer);
  set_if(input, "unmask", query.unmask);
  return make_post("GetLogRecord", input, endpoint);
}

HttpRequest make_request(const StartQuery& query, const Endpoint& endpoint) {
  Document input(Document::Map{});
  set_if(input, "queryLanguage", query.query_language);
  set_if(input, "logGroupName", query.log_group_name);
  set_if(input, "logGroupNames", query.log_group_names);
  set_if(input, "logGroupIdentifiers", query.log_group_identifiers);
  input.set("startTime", query.start_time);
  input.set("endTime", query.end_time);
  input.set("queryString", query.query_string);
  set_if(input, "limit", query.limit);
  return make_post("StartQuery", input, endpoint);
}

HttpRequest make_request(const GetQueryResults& query, const Endpoint& endpoint) {
  Document input;
  input.set("queryId", query.query_id);
  set_if(input, "nextToken", query.next_token);
  set_if(input, "maxItems", query.max_items);
  return make_post("GetQueryResults", input, endpoint);
}

HttpRequest make_request(const StopQuery& query, const Endpoint& endpoint) {
  Document input;
  input.set("queryId", query.query_id);
  return make_post("StopQuery", input, endpoint);
}

static void read(Reader& reader, const Document& object, LogRecord& record) {
  reader.member(object, "logRecord", record.fields);
}

static void read(Reader& reader, const Document& object, StartedQuery& query) {
  reader.member(object, "queryId", query.query_id);
}

static void read(Reader& reader, const Document& object, QueryResultPage::Field& field) {
  reader.member(object, "field", field.field);
  reader.member(object, "value", field.value);
}

static void read(Reader& reader, const Document& object, QueryStatistics& statistics) {
  reader.member(object, "recordsMatched", statistics.records_matched);
  reader.member(object, "recordsScanned", statistics.records_scanned);
  reader.member(object, "estimatedRecordsSkipped", statistics.estimated_records_skipped);
  reader.member(object, "bytesScanned", statistics.bytes_scanned);
  reader.member(object, "estimatedBytesSkipped", statistics.estimated_bytes_skipped);
  reader.member(object, "logGroupsScanned", statistics.log_groups_scanned);
}

static void read(Reader& reader, const Document& object, QueryResultPage& page) {
  reader.member(object, "queryLanguage", page.query_language);
  reader.member(object, "results", page.results);
  reader.member(object, "statistics", page.statistics);
  reader.member(object, "status", page.status);
  reader.member(object, "encryptionKey", page.encryption_key);
  reader.member(object, "nextToken", page.next_token);
}

static void read(Reader& reader, const Document& object, StoppedQuery& query) {
  reader.member(object, "success", query.success);
}

Result<LogRecord> decode_log_record(std::string_view body) {
  return logs::decode_answer<LogRecord>(body);
}

Result<StartedQuery> decode_started_query(std::string_view body) {
  return logs::decode_answer<StartedQuery>(body);
}

Result<QueryResultPage> decode_query_results(std::string_view body) {
  return logs::decode_answer<QueryResultPage>(body);
}

Result<StoppedQuery> decode_stopped_query(std::string_view body) {
  return logs::decode_answer<StoppedQuery>(body);
}

bool is_running(const QueryResultPage& page) noexcept {
  return page.status == "Scheduled" || page.status == "Running";
}

}  // namespace crosslog
