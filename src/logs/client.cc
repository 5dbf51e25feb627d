// The calls of CloudWatch Logs.
#include <string_view>
#include <utility>

#include "auth/signed_call.h"
#include "crosslog/logs.h"

namespace crosslog {
namespace {

template <class Query, class Decode>
auto send(SignedCall& call, std::string_view operation, const Query& query, Decode decode,
          std::stop_token stop) {
  return call.call(
      operation, make_request(query, call.endpoint()), decode_error,
      [decode](HttpResponse response) { return decode(std::move(response.body)); }, std::move(stop));
}

}  // namespace

LogsClient::LogsClient(Transport& transport, Clock& clock, CredentialProvider& credentials,
                       ClientOptions options)
    : clock_(clock), call_(std::make_unique<SignedCall>(transport, clock, credentials, std::move(options))) {}

LogsClient::~LogsClient() = default;

Result<EventPage> LogsClient::get_log_events(const GetLogEvents& query, std::stop_token stop) {
  return send(*call_, "GetLogEvents", query, decode_events, std::move(stop));
}

Result<EventPage> LogsClient::filter_log_events(const FilterLogEvents& query, std::stop_token stop) {
  return send(*call_, "FilterLogEvents", query, decode_events, std::move(stop));
}

Result<LogGroupPage> LogsClient::describe_log_groups(const DescribeLogGroups& query, std::stop_token stop) {
  return send(*call_, "DescribeLogGroups", query, decode_log_groups, std::move(stop));
}

Result<LogGroupSummaryPage> LogsClient::list_log_groups(const ListLogGroups& query, std::stop_token stop) {
  return send(*call_, "ListLogGroups", query, decode_log_group_summaries, std::move(stop));
}

Result<LogStreamPage> LogsClient::describe_log_streams(const DescribeLogStreams& query,
                                                       std::stop_token stop) {
  return send(*call_, "DescribeLogStreams", query, decode_log_streams, std::move(stop));
}

Result<std::vector<LogGroupField>> LogsClient::get_log_group_fields(const GetLogGroupFields& query,
                                                                    std::stop_token stop) {
  return send(*call_, "GetLogGroupFields", query, decode_log_group_fields, std::move(stop));
}

Result<LogRecord> LogsClient::get_log_record(const GetLogRecord& query, std::stop_token stop) {
  return send(*call_, "GetLogRecord", query, decode_log_record, std::move(stop));
}

Result<StartedQuery> LogsClient::start_query(const StartQuery& query, std::stop_token stop) {
  return send(*call_, "StartQuery", query, decode_started_query, std::move(stop));
}

Result<QueryResultPage> LogsClient::get_query_results(const GetQueryResults& query, std::stop_token stop) {
  return send(*call_, "GetQueryResults", query, decode_query_results, std::move(stop));
}

Result<StoppedQuery> LogsClient::stop_query(const StopQuery& query, std::stop_token stop) {
  return send(*call_, "StopQuery", query, decode_stopped_query, std::move(stop));
}

}  // namespace crosslog
