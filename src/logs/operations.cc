// Calls by name: the table, the codec of the service's protocol, and the one
// place that signs and sends.
#include "crosslog/operations.h"

#include <algorithm>
#include <string>
#include <utility>

#include "auth/signed_call.h"
#include "base/crypto.h"
#include "base/try.h"
#include "crosslog/messages.h"
#include "crosslog/sts.h"
#include "logs/json_codec.h"
#include "logs/operation_table.h"
#include "logs/query_codec.h"

namespace crosslog {
namespace {

constexpr std::string_view kStsVersion = "2011-06-15";
constexpr std::size_t kMaxStsResponseBytes = 64u << 10;

HttpRequest make_post(const Endpoint& endpoint) {
  HttpRequest request;
  request.method = "POST";
  request.origin = endpoint.origin;
  request.path = endpoint.path;
  request.allow_plain_http = endpoint.allow_plain_http;
  return request;
}

template <class Text>
void set_if(Document::Map& map, const char* name, const Text& value) {
  if (value) map.emplace_back(name, Document(*value));
}

Document to_document(const LogEvent& event) {
  Document::Map members;
  if (event.has(LogEvent::kTimestamp)) members.emplace_back("timestamp", event.timestamp);
  if (event.has(LogEvent::kMessage)) members.emplace_back("message", event.message);
  if (event.has(LogEvent::kIngestionTime)) members.emplace_back("ingestionTime", event.ingestion_time);
  return Document(std::move(members));
}

// In the order of GetLogEventsResponse.
Result<Document> decode_log_events(std::string body) {
  CROSSLOG_TRY(const auto page, decode_events(std::move(body)));
  Document::List events;
  events.reserve(page.events().size());
  for (const auto& event : page.events())
    events.push_back(to_document(event));
  Document::Map members;
  members.emplace_back("events", std::move(events));
  set_if(members, "nextForwardToken", page.next_forward_token());
  set_if(members, "nextBackwardToken", page.next_backward_token());
  return Document(std::move(members));
}

}  // namespace

std::span<const Operation> operations() noexcept {
  return logs::operation_table();
}

const Operation* find_operation(Service service, std::string_view name) noexcept {
  const auto found = std::ranges::find_if(operations(), [&](const Operation& operation) {
    return operation.service == service && operation.name == name;
  });
  return found == operations().end() ? nullptr : &*found;
}

HttpRequest make_request(const Operation& operation, const Document& input, const Endpoint& endpoint) {
  HttpRequest request = make_post(endpoint);
  if (operation.service == Service::sts) {
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
    request.body = logs::encode_query(operation.name, kStsVersion, *operation.input, input);
    request.max_response_bytes = kMaxStsResponseBytes;
  } else {
    request.headers = {{"Content-Type", "application/x-amz-json-1.1"},
                       {"X-Amz-Target", "Logs_20140328." + std::string(operation.name)}};
    request.body = logs::encode_json(*operation.input, input);
  }
  return request;
}

Result<Document> decode_response(const Operation& operation, HttpResponse response,
                                 TimestampFormat timestamps) {
  if (operation.service == Service::sts) {
    auto decoded = logs::decode_query(operation.name, *operation.output, response.body, timestamps);
    base::wipe(response.body);
    return decoded;
  }
  if (operation.name == "GetLogEvents") return decode_log_events(std::move(response.body));
  auto decoded = logs::decode_json(*operation.output, response.body);
  if (decoded && !operation.essential.empty() && decoded->find(operation.essential) == nullptr) {
    return fail(Errc::protocol, "The answer is not what the operation documents",
                {"it has no " + std::string(operation.essential)});
  }
  return decoded;
}

OperationCaller::OperationCaller(Transport& transport, Clock& clock, CredentialProvider& credentials,
                                 ClientOptions options, TimestampFormat timestamps)
    : timestamps_(timestamps),
      call_(std::make_unique<SignedCall>(transport, clock, credentials, std::move(options))) {}

OperationCaller::~OperationCaller() = default;

Result<Document> OperationCaller::call(const Operation& operation, const Document& input,
                                       std::stop_token stop) {
  CROSSLOG_CHECK(check_parameters(operation, input));
  const auto decode_failure = operation.service == Service::sts ? &decode_sts_error : &decode_error;
  return call_->call(
      operation.name, make_request(operation, input, call_->endpoint()), decode_failure,
      [&](HttpResponse response) { return decode_response(operation, std::move(response), timestamps_); },
      std::move(stop));
}

}  // namespace crosslog
