// Check of meaning: the typed decoders and the table of operations read the same
// bytes alike. Both refuse, or both accept and find the same members; only a null
// inside a list is the table's alone. The first byte chooses the operation.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crosslog/document.h"
#include "crosslog/messages.h"
#include "crosslog/operations.h"

namespace {

using namespace crosslog;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

// Numbers bit by bit, as no NaN equals itself.
Document exactly(double number) {
  return Document(std::to_string(std::bit_cast<std::uint64_t>(number)));
}

bool is_empty(const Document& value) {
  return value.is_null() || (value.list() != nullptr && value.list()->empty()) ||
         (value.map() != nullptr && value.map()->empty());
}

bool has_null_in_list(const Document& value) {
  if (const auto* map = value.map()) {
    for (const auto& member : *map) {
      if (has_null_in_list(member.second)) return true;
    }
  }
  if (const auto* list = value.list()) {
    for (const auto& element : *list) {
      if (element.is_null() || has_null_in_list(element)) return true;
    }
  }
  return false;
}

// Without the empty lists and maps among the members, which a plain value cannot
// tell from absent ones. Statistics without a member are still there.
Document normal(const Document& value) {
  if (const auto* number = value.number()) return exactly(*number);
  if (const auto* list = value.list()) {
    Document::List out;
    for (const auto& element : *list)
      out.push_back(normal(element));
    return Document(std::move(out));
  }
  if (const auto* map = value.map()) {
    Document::Map out;
    for (const auto& [name, member] : *map) {
      if (!is_empty(member) || name == "statistics") out.emplace_back(name, normal(member));
    }
    return Document(std::move(out));
  }
  return value;
}

// Writes plain values as Documents, in model order, absent ones left out.
class Show {
 public:
  Show& add(std::string_view name, const std::optional<double>& value) {
    if (value) map_.emplace_back(name, exactly(*value));
    return *this;
  }
  template <class Value>
  Show& add(std::string_view name, const std::optional<Value>& value) {
    if (value) map_.emplace_back(name, Document(*value));
    return *this;
  }
  template <class Value, class Function>
  Show& add(std::string_view name, const std::vector<Value>& values, Function show) {
    Document::List list;
    for (const auto& value : values)
      list.push_back(show(value));
    if (!list.empty()) map_.emplace_back(name, Document(std::move(list)));
    return *this;
  }
  Show& add(std::string_view name, Document value) {
    map_.emplace_back(name, std::move(value));
    return *this;
  }
  [[nodiscard]] Document done() { return Document(std::move(map_)); }

 private:
  Document::Map map_;
};

Document show(const LogGroup& group) {
  return Show()
      .add("logGroupName", group.log_group_name)
      .add("creationTime", group.creation_time)
      .add("retentionInDays", group.retention_in_days)
      .add("metricFilterCount", group.metric_filter_count)
      .add("arn", group.arn)
      .add("storedBytes", group.stored_bytes)
      .add("kmsKeyId", group.kms_key_id)
      .add("dataProtectionStatus", group.data_protection_status)
      .add("inheritedProperties", group.inherited_properties, [](const auto& text) { return Document(text); })
      .add("logGroupClass", group.log_group_class)
      .add("logGroupArn", group.log_group_arn)
      .add("deletionProtectionEnabled", group.deletion_protection_enabled)
      .add("bearerTokenAuthenticationEnabled", group.bearer_token_authentication_enabled)
      .done();
}

Document show(const LogGroupSummary& group) {
  return Show()
      .add("logGroupName", group.log_group_name)
      .add("logGroupArn", group.log_group_arn)
      .add("logGroupClass", group.log_group_class)
      .done();
}

Document show(const LogStream& stream) {
  return Show()
      .add("logStreamName", stream.log_stream_name)
      .add("creationTime", stream.creation_time)
      .add("firstEventTimestamp", stream.first_event_timestamp)
      .add("lastEventTimestamp", stream.last_event_timestamp)
      .add("lastIngestionTime", stream.last_ingestion_time)
      .add("uploadSequenceToken", stream.upload_sequence_token)
      .add("arn", stream.arn)
      .add("storedBytes", stream.stored_bytes)
      .done();
}

Document show(const LogGroupField& field) {
  return Show().add("name", field.name).add("percent", field.percent).done();
}

Document show(const QueryResultPage::Field& field) {
  return Show().add("field", field.field).add("value", field.value).done();
}

Document show(const QueryStatistics& statistics) {
  return Show()
      .add("recordsMatched", statistics.records_matched)
      .add("recordsScanned", statistics.records_scanned)
      .add("estimatedRecordsSkipped", statistics.estimated_records_skipped)
      .add("bytesScanned", statistics.bytes_scanned)
      .add("estimatedBytesSkipped", statistics.estimated_bytes_skipped)
      .add("logGroupsScanned", statistics.log_groups_scanned)
      .done();
}

constexpr auto kShow = [](const auto& value) { return show(value); };

Document show(const LogGroupPage& page) {
  return Show().add("logGroups", page.log_groups, kShow).add("nextToken", page.next_token).done();
}

Document show(const LogGroupSummaryPage& page) {
  return Show().add("logGroups", page.log_groups, kShow).add("nextToken", page.next_token).done();
}

Document show(const LogStreamPage& page) {
  return Show().add("logStreams", page.log_streams, kShow).add("nextToken", page.next_token).done();
}

Document show(const std::vector<LogGroupField>& fields) {
  return Show().add("logGroupFields", fields, kShow).done();
}

Document show(const LogRecord& record) {
  Document::Map fields;
  for (const auto& [name, value] : record.fields)
    fields.emplace_back(name, Document(value));
  Show shown;
  if (!fields.empty()) shown.add("logRecord", Document(std::move(fields)));
  return shown.done();
}

Document show_row(const QueryResultPage::Row& row) {
  Document::List fields;
  for (const auto& field : row)
    fields.push_back(show(field));
  return Document(std::move(fields));
}

Document show(const QueryResultPage& page) {
  Show shown;
  shown.add("queryLanguage", page.query_language).add("results", page.results, show_row);
  if (page.statistics) shown.add("statistics", show(*page.statistics));
  return shown.add("status", page.status)
      .add("encryptionKey", page.encryption_key)
      .add("nextToken", page.next_token)
      .done();
}

Document show(const StartedQuery& query) {
  return Show().add("queryId", query.query_id).done();
}

Document show(const StoppedQuery& query) {
  return Show().add("success", query.success).done();
}

template <class Decode>
std::optional<Document> decoded(Decode decode, std::string_view body) {
  const auto value = decode(body);
  return value ? std::optional(show(*value)) : std::nullopt;
}

struct Decoder {
  std::string_view operation;
  std::optional<Document> (*decode)(std::string_view body);
};
constexpr Decoder kDecoders[] = {
    {"DescribeLogGroups", [](std::string_view body) { return decoded(decode_log_groups, body); }},
    {"ListLogGroups", [](std::string_view body) { return decoded(decode_log_group_summaries, body); }},
    {"DescribeLogStreams", [](std::string_view body) { return decoded(decode_log_streams, body); }},
    {"GetLogGroupFields", [](std::string_view body) { return decoded(decode_log_group_fields, body); }},
    {"GetLogRecord", [](std::string_view body) { return decoded(decode_log_record, body); }},
    {"StartQuery", [](std::string_view body) { return decoded(decode_started_query, body); }},
    {"GetQueryResults", [](std::string_view body) { return decoded(decode_query_results, body); }},
    {"StopQuery", [](std::string_view body) { return decoded(decode_stopped_query, body); }},
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto& decoder = kDecoders[data[0] % std::size(kDecoders)];
  const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto* operation = find_operation(Service::logs, decoder.operation);
  const auto by_table =
      decode_response(*operation, {.status = 200, .headers = {}, .body = std::string(body)});
  const auto typed = decoder.decode(body);
  if (by_table && has_null_in_list(*by_table)) {
    require(!typed);
  } else {
    require(by_table.has_value() == typed.has_value());
    require(!typed || *typed == normal(*by_table));
  }
  return 0;
}
