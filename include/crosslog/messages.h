// CloudWatch Logs messages (API version 2014-03-28, awsJson1.1) as pure
// functions: a query becomes a request, a response becomes a value. Embedders
// with an event loop of their own call these and sigv4::sign, and leave
// LogsClient alone.
#ifndef CROSSLOG_MESSAGES_H_
#define CROSSLOG_MESSAGES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crosslog/config.h"
#include "crosslog/events.h"
#include "crosslog/http.h"

namespace crosslog {

// Queries. Every optional member is sent only when set, every list only when it
// is not empty; nothing is checked here, the service does that. A log group is
// named by log_group_name or by log_group_identifier, a name or an ARN without
// ":*": a group of a linked account needs the ARN (see select_group()).

struct GetLogEvents {
  std::optional<std::string> log_group_name;
  std::optional<std::string> log_group_identifier;
  std::string log_stream_name;
  std::optional<std::int64_t> start_time;  // milliseconds since the epoch, inclusive
  std::optional<std::int64_t> end_time;    // the same, exclusive
  std::optional<std::string> next_token;
  std::optional<std::int64_t> limit;    // events a page; the service allows 1 to 10,000
  std::optional<bool> start_from_head;  // true when following a forward token
  std::optional<bool> unmask;           // needs logs:Unmask
};

struct FilterLogEvents {
  std::optional<std::string> log_group_name;
  std::optional<std::string> log_group_identifier;
  std::vector<std::string> log_stream_names;          // empty: all; the service allows 100, the pager more
  std::optional<std::string> log_stream_name_prefix;  // not beside names
  std::optional<std::int64_t> start_time;             // milliseconds since the epoch, inclusive
  std::optional<std::int64_t> end_time;               // the same, inclusive: unlike GetLogEvents
  std::optional<std::string> filter_pattern;
  std::optional<std::string> next_token;
  std::optional<std::int64_t> limit;    // events a page; the service allows 1 to 10,000
  std::optional<bool> start_from_head;  // false: newest first, for a start_time from 2024 on; default true
  std::optional<bool> interleaved;      // the service always interleaves
  std::optional<bool> unmask;           // needs logs:Unmask
};

struct DescribeLogGroups {
  std::vector<std::string> account_identifiers;       // with include_linked_accounts; at most 20
  std::optional<std::string> log_group_name_prefix;   // not beside a pattern
  std::optional<std::string> log_group_name_pattern;  // a part of the name, upper and lower case apart
  std::optional<std::string> next_token;
  std::optional<std::int64_t> limit;            // groups a page; the service allows 1 to 50
  std::optional<bool> include_linked_accounts;  // in a monitoring account: those that it sees
  std::optional<std::string> log_group_class;   // "STANDARD", "INFREQUENT_ACCESS", "DELIVERY"
  std::vector<std::string> log_group_identifiers;
};

// Name, ARN and class only, but a thousand a page.
struct ListLogGroups {
  struct DataSource {
    std::string name;
    std::optional<std::string> type;
  };
  struct Tag {
    std::string key;
    std::vector<std::string> values;  // any of them
  };
  std::optional<std::string> log_group_name_pattern;  // a regular expression of the service's small kind
  std::optional<std::string> log_group_class;
  std::optional<bool> include_linked_accounts;
  std::vector<std::string> account_identifiers;
  std::optional<std::string> next_token;
  std::optional<std::int64_t> limit;  // groups a page; the service allows 1 to 1,000
  std::vector<DataSource> data_sources;
  std::vector<std::string> field_index_names;
  std::vector<Tag> log_group_tags;  // all of them
};

struct DescribeLogStreams {
  std::optional<std::string> log_group_name;
  std::optional<std::string> log_group_identifier;
  std::optional<std::string> log_stream_name_prefix;  // not with order_by "LastEventTime"
  std::optional<std::string> order_by;                // "LogStreamName", the default, or "LastEventTime"
  std::optional<bool> descending;
  std::optional<std::string> next_token;
  std::optional<std::int64_t> limit;  // streams a page; the service allows 1 to 50
};

struct GetLogGroupFields {
  std::optional<std::string> log_group_name;
  std::optional<std::int64_t> time;  // seconds since the epoch: the middle of the time that is searched
  std::optional<std::string> log_group_identifier;
};

// The whole event behind the field "@ptr" of a row of query results.
struct GetLogRecord {
  std::string log_record_pointer;
  std::optional<bool> unmask;  // needs logs:Unmask
};

// Has an effect: a query runs until it ends or is stopped, and is paid for by the
// bytes it scans.
struct StartQuery {
  std::optional<std::string> query_language;  // "CWLI", the default, "SQL", "PPL"
  std::optional<std::string> log_group_name;  // one of these three, or SOURCE in the query
  std::vector<std::string> log_group_names;
  std::vector<std::string> log_group_identifiers;  // for linked accounts
  std::int64_t start_time = 0;                     // SECONDS since the epoch, inclusive
  std::int64_t end_time = 0;                       // the same, inclusive
  std::string query_string;
  std::optional<std::int64_t> limit;  // rows
};

struct GetQueryResults {
  std::string query_id;
  std::optional<std::string> next_token;
  std::optional<std::int64_t> max_items;  // rows a page; the service allows 10,000
};

struct StopQuery {
  std::string query_id;
};

// Answers. What the service left out is nullopt, or an empty list. Times are
// milliseconds since the epoch.

struct LogGroup {
  std::optional<std::string> log_group_name;
  std::optional<std::int64_t> creation_time;
  std::optional<std::int64_t> retention_in_days;  // nullopt: events never expire
  std::optional<std::int64_t> metric_filter_count;
  std::optional<std::string> arn;  // ends with ":*"
  std::optional<std::int64_t> stored_bytes;
  std::optional<std::string> kms_key_id;
  std::optional<std::string> data_protection_status;
  std::vector<std::string> inherited_properties;
  std::optional<std::string> log_group_class;
  std::optional<std::string> log_group_arn;  // without ":*"
  std::optional<bool> deletion_protection_enabled;
  std::optional<bool> bearer_token_authentication_enabled;
};

struct LogGroupPage {
  std::vector<LogGroup> log_groups;
  std::optional<std::string> next_token;
};

struct LogGroupSummary {
  std::optional<std::string> log_group_name, log_group_arn, log_group_class;
};

struct LogGroupSummaryPage {
  std::vector<LogGroupSummary> log_groups;
  std::optional<std::string> next_token;
};

struct LogStream {
  std::optional<std::string> log_stream_name;
  std::optional<std::int64_t> creation_time;
  std::optional<std::int64_t> first_event_timestamp;
  std::optional<std::int64_t> last_event_timestamp;  // up to an hour late
  std::optional<std::int64_t> last_ingestion_time;   // the same
  std::optional<std::string> upload_sequence_token;
  std::optional<std::string> arn;
  std::optional<std::int64_t> stored_bytes;  // always 0 since 2019
};

struct LogStreamPage {
  std::vector<LogStream> log_streams;
  std::optional<std::string> next_token;
};

struct LogGroupField {
  std::optional<std::string> name;
  std::optional<std::int64_t> percent;  // of the events searched
};

struct LogRecord {
  std::vector<std::pair<std::string, std::string>> fields;  // as sent
  std::size_t repairs = 0;                                  // as EventPage::repairs()
};

struct StartedQuery {
  std::optional<std::string> query_id;
};

struct QueryStatistics {
  std::optional<double> records_matched, records_scanned, estimated_records_skipped;
  std::optional<double> bytes_scanned, estimated_bytes_skipped, log_groups_scanned;
};

struct QueryResultPage {
  struct Field {
    std::optional<std::string> field, value;
  };
  using Row = std::vector<Field>;

  std::optional<std::string> query_language;
  std::vector<Row> results;  // of a query that still runs: those so far
  std::optional<QueryStatistics> statistics;
  std::optional<std::string> status;
  std::optional<std::string> encryption_key;
  std::optional<std::string> next_token;  // lives for an hour
  std::size_t repairs = 0;                // as EventPage::repairs()
};

struct StoppedQuery {
  std::optional<bool> success;
};

// The requests are not signed yet.
[[nodiscard]] HttpRequest make_request(const GetLogEvents& query, const Endpoint& endpoint);
[[nodiscard]] HttpRequest make_request(const FilterLogEvents& query, const Endpoint& endpoint);
[[nodiscard]] HttpRequest make_request(const DescribeLogGroups& query, const Endpoint& endpoint);
[[nodiscard]] HttpRequest make_request(const ListLogGroups& query, const Endpoint& endpoint);
[[nodiscard]] HttpRequest make_request(const DescribeLogStreams& query, const Endpoint& endpoint);
[[nodiscard]] HttpRequest make_request(const GetLogGroupFields& query, const Endpoint& endpoint);
[[nodiscard]] HttpRequest make_request(const GetLogRecord& query, const Endpoint& endpoint);
[[nodiscard]] HttpRequest make_request(const StartQuery& query, const Endpoint& endpoint);
[[nodiscard]] HttpRequest make_request(const GetQueryResults& query, const Endpoint& endpoint);
[[nodiscard]] HttpRequest make_request(const StopQuery& query, const Endpoint& endpoint);

// A page of GetLogEvents or FilterLogEvents: a JSON object with `events`,
// judged by the body, never by its content type. Errc::protocol for anything
// else ({}, null, HTML, a cut body, a wrong type, a number outside int64, a
// duplicate name, more than 32 levels, 32 MiB, 10,000 events or 1,000,000
// searched streams); the hints name the offset or the member, never bytes of it.
// Invalid UTF-8 and lone surrogates become U+FFFD, one for each maximal bad
// sequence, and are counted. Takes the body because its buffer may be reused.
[[nodiscard]] Result<EventPage> decode_events(std::string body);

// The other answers: a JSON object, or nothing at all, which is an empty one.
// Refused and repaired as above; a missing or null member is absent, an unknown
// one is left out.
[[nodiscard]] Result<LogGroupPage> decode_log_groups(std::string_view body);
[[nodiscard]] Result<LogGroupSummaryPage> decode_log_group_summaries(std::string_view body);
[[nodiscard]] Result<LogStreamPage> decode_log_streams(std::string_view body);
[[nodiscard]] Result<std::vector<LogGroupField>> decode_log_group_fields(std::string_view body);
[[nodiscard]] Result<LogRecord> decode_log_record(std::string_view body);
[[nodiscard]] Result<StartedQuery> decode_started_query(std::string_view body);
[[nodiscard]] Result<QueryResultPage> decode_query_results(std::string_view body);
[[nodiscard]] Result<StoppedQuery> decode_stopped_query(std::string_view body);

// Whether a query with this status has more to come: "Scheduled" and "Running".
[[nodiscard]] bool is_running(const QueryResultPage& page) noexcept;

// An ARN as log_group_identifier takes it: without the ":*" that AWS shows.
[[nodiscard]] std::string_view without_star(std::string_view arn) noexcept;
// The account in an ARN; "" when this is none.
[[nodiscard]] std::string_view account_of(std::string_view arn) noexcept;
// The group's ARN without ":*"; nullopt when the service gave none.
[[nodiscard]] std::optional<std::string> identifier_of(const LogGroup& group);
[[nodiscard]] std::optional<std::string> identifier_of(const LogGroupSummary& group);

// Makes a query ask for this group: by its name when it belongs to `account`, the
// caller's own, else by its ARN. A name means a group of the caller's account, so
// that the name of a linked account's group would find another one or none.
template <class Query, class Group>
void select_group(Query& query, const Group& group, std::string_view account) {
  const auto identifier = identifier_of(group);
  const bool by_name = group.log_group_name && (!identifier || account_of(*identifier) == account);
  query.log_group_name = by_name ? group.log_group_name : std::nullopt;
  query.log_group_identifier = by_name ? std::nullopt : identifier;
}

// What AWS said went wrong. Precondition: response.status is not 2xx. The code
// is that of x-amzn-query-error, x-amzn-ErrorType, `code` or `__type`, in this
// order (Smithy, "AWS JSON 1.1 protocol", operation error serialization).
[[nodiscard]] Error decode_error(const HttpResponse& response);

}  // namespace crosslog

#endif  // CROSSLOG_MESSAGES_H_
