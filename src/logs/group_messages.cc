// Log groups and log streams: who has which.
#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "base/try.h"
#include "crosslog/messages.h"
#include "logs/json_message.h"

namespace crosslog {

using logs::make_post;
using logs::Reader;
using logs::set_if;

namespace {

// A list of structures; the member is left out when it is empty.
template <class Value, class Function>
void set_each(Document& input, std::string_view name, const std::vector<Value>& values, Function make) {
  if (values.empty()) return;
  Document::List list;
  std::ranges::transform(values, std::back_inserter(list), make);
  input.set(name, std::move(list));
}

Document request_document(const ListLogGroups::DataSource& source) {
  Document document;
  document.set("name", source.name);
  set_if(document, "type", source.type);
  return document;
}

Document request_document(const ListLogGroups::Tag& tag) {
  Document document;
  document.set("key", tag.key);
  set_if(document, "values", tag.values);
  return document;
}

struct LogGroupFieldList {
  std::vector<LogGroupField> fields;
};

std::optional<std::string> make_identifier(const std::optional<std::string>& arn) {
  return arn ? std::optional(std::string(without_star(*arn))) : std::nullopt;
}

}  // namespace

// In the service model's order, each.

HttpRequest make_request(const DescribeLogGroups& query, const Endpoint& endpoint) {
  Document input(Document::Map{});
  set_if(input, "accountIdentifiers", query.account_identifiers);
  set_if(input, "logGroupNamePrefix", query.log_group_name_prefix);
  set_if(input, "logGroupNamePattern", query.log_group_name_pattern);
  set_if(input, "nextToken", query.next_token);
  set_if(input, "limit", query.limit);
  set_if(input, "includeLinkedAccounts", query.include_linked_accounts);
  set_if(input, "logGroupClass", query.log_group_class);
  set_if(input, "logGroupIdentifiers", query.log_group_identifiers);
  return make_post("DescribeLogGroups", input, endpoint);
}

HttpRequest make_request(const ListLogGroups& query, const Endpoint& endpoint) {
  Document input(Document::Map{});
  set_if(input, "logGroupNamePattern", query.log_group_name_pattern);
  set_if(input, "logGroupClass", query.log_group_class);
  set_if(input, "includeLinkedAccounts", query.include_linked_accounts);
  set_if(input, "accountIdentifiers", query.account_identifiers);
  set_if(input, "nextToken", query.next_token);
  set_if(input, "limit", query.limit);
  set_each(input, "dataSources", query.data_sources,
           [](const auto& source) { return request_document(source); });
  set_if(input, "fieldIndexNames", query.field_index_names);
  set_each(input, "logGroupTags", query.log_group_tags,
           [](const auto& tag) { return request_document(tag); });
  return make_post("ListLogGroups", input, endpoint);
}

HttpRequest make_request(const DescribeLogStreams& query, const Endpoint& endpoint) {
  Document input(Document::Map{});
  set_if(input, "logGroupName", query.log_group_name);
  set_if(input, "logGroupIdentifier", query.log_group_identifier);
  set_if(input, "logStreamNamePrefix", query.log_stream_name_prefix);
  set_if(input, "orderBy", query.order_by);
  set_if(input, "descending", query.descending);
  set_if(input, "nextToken", query.next_token);
  set_if(input, "limit", query.limit);
  return make_post("DescribeLogStreams", input, endpoint);
}

HttpRequest make_request(const GetLogGroupFields& query, const Endpoint& endpoint) {
  Document input(Document::Map{});
  set_if(input, "logGroupName", query.log_group_name);
  set_if(input, "time", query.time);
  set_if(input, "logGroupIdentifier", query.log_group_identifier);
  return make_post("GetLogGroupFields", input, endpoint);
}

static void read(Reader& reader, const Document& object, LogGroup& group) {
  reader.member(object, "logGroupName", group.log_group_name);
  reader.member(object, "creationTime", group.creation_time);
  reader.member(object, "retentionInDays", group.retention_in_days);
  reader.member(object, "metricFilterCount", group.metric_filter_count);
  reader.member(object, "arn", group.arn);
  reader.member(object, "storedBytes", group.stored_bytes);
  reader.member(object, "kmsKeyId", group.kms_key_id);
  reader.member(object, "dataProtectionStatus", group.data_protection_status);
  reader.member(object, "inheritedProperties", group.inherited_properties);
  reader.member(object, "logGroupClass", group.log_group_class);
  reader.member(object, "logGroupArn", group.log_group_arn);
  reader.member(object, "deletionProtectionEnabled", group.deletion_protection_enabled);
  reader.member(object, "bearerTokenAuthenticationEnabled", group.bearer_token_authentication_enabled);
}

static void read(Reader& reader, const Document& object, LogGroupPage& page) {
  reader.member(object, "logGroups", page.log_groups);
  reader.member(object, "nextToken", page.next_token);
}

static void read(Reader& reader, const Document& object, LogGroupSummary& group) {
  reader.member(object, "logGroupName", group.log_group_name);
  reader.member(object, "logGroupArn", group.log_group_arn);
  reader.member(object, "logGroupClass", group.log_group_class);
}

static void read(Reader& reader, const Document& object, LogGroupSummaryPage& page) {
  reader.member(object, "logGroups", page.log_groups);
  reader.member(object, "nextToken", page.next_token);
}

static void read(Reader& reader, const Document& object, LogStream& stream) {
  reader.member(object, "logStreamName", stream.log_stream_name);
  reader.member(object, "creationTime", stream.creation_time);
  reader.member(object, "firstEventTimestamp", stream.first_event_timestamp);
  reader.member(object, "lastEventTimestamp", stream.last_event_timestamp);
  reader.member(object, "lastIngestionTime", stream.last_ingestion_time);
  reader.member(object, "uploadSequenceToken", stream.upload_sequence_token);
  reader.member(object, "arn", stream.arn);
  reader.member(object, "storedBytes", stream.stored_bytes);
}

static void read(Reader& reader, const Document& object, LogStreamPage& page) {
  reader.member(object, "logStreams", page.log_streams);
  reader.member(object, "nextToken", page.next_token);
}

static void read(Reader& reader, const Document& object, LogGroupField& field) {
  reader.member(object, "name", field.name);
  reader.member(object, "percent", field.percent);
}

static void read(Reader& reader, const Document& object, LogGroupFieldList& list) {
  reader.member(object, "logGroupFields", list.fields);
}

Result<LogGroupPage> decode_log_groups(std::string_view body) {
  return logs::decode_answer<LogGroupPage>(body);
}

Result<LogGroupSummaryPage> decode_log_group_summaries(std::string_view body) {
  return logs::decode_answer<LogGroupSummaryPage>(body);
}

Result<LogStreamPage> decode_log_streams(std::string_view body) {
  return logs::decode_answer<LogStreamPage>(body);
}

Result<std::vector<LogGroupField>> decode_log_group_fields(std::string_view body) {
  CROSSLOG_TRY(auto list, logs::decode_answer<LogGroupFieldList>(body));
  return std::move(list.fields);
}

std::string_view without_star(std::string_view arn) noexcept {
  constexpr std::string_view kStar = ":*";
  if (arn.ends_with(kStar)) arn.remove_suffix(kStar.size());
  return arn;
}

std::string_view account_of(std::string_view arn) noexcept {
  constexpr std::string_view kBegin = "arn:";
  constexpr int kPartsBefore = 4;  // arn:PARTITION:SERVICE:REGION:ACCOUNT:
  if (!arn.starts_with(kBegin)) return {};
  for (int part = 0; part < kPartsBefore; ++part) {
    const auto colon = arn.find(':');
    if (colon == std::string_view::npos) return {};
    arn.remove_prefix(colon + 1);
  }
  return arn.substr(0, arn.find(':'));
}

std::optional<std::string> identifier_of(const LogGroup& group) {
  return make_identifier(group.log_group_arn ? group.log_group_arn : group.arn);
}

std::optional<std::string> identifier_of(const LogGroupSummary& group) {
  return make_identifier(group.log_group_arn);
}

}  // namespace crosslog
