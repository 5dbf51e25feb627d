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

// Members in model order, which GetLogEvents and FilterLogEvents share.
Document to_document(const LogEvent& event) {
  Document::Map members;
  if (event.has(LogEvent::kLogStreamName)) members.emplace_back("logStreamName", event.log_stream_name);
  if (event.has(LogEvent::kTimestamp)) members.emplace_back("timestamp", event.timestamp);
  if (event.has(LogEvent::kMessage)) members.emplace_back("message", event.message);
  if (event.has(LogEvent::kIngestionTime)) members.emplace_back("ingestionTime", event.ingestion_time);
  if (event.has(LogEvent::kEventId)) members.emplace_back("eventId", event.event_id);
  return Document(std::move(members));
}

bool is_get_log_events(const Operation& operation) {
  return operation.service == Service::logs && operation.name == "GetLogEvents";
}

bool is_filter_log_events(const Operation& operation) {
  return operation.service == Service::logs && operation.name == "FilterLogEvents";
}

// What GetLogEvents documents of an event.
constexpr std::uint8_t kOfGetLogEvents = LogEvent::kTimestamp | LogEvent::kMessage | LogEvent::kIngestionTime;

bool is_of_get_log_events(const EventPage& page) {
  return std::ranges::none_of(page.events(),
                              [](const LogEvent& event) { return (event.present & ~kOfGetLogEvents) != 0; });
}

// Whether the text, if it is an object, has searchedLogStreams as an empty list: the
// first member, the last, or the last but the token. The quote that ends a string of
// JSON is the first without a backslash, so that none of these stands inside one.
bool has_no_searched_streams(std::string_view text) {
  constexpr std::string_view kStreams = R"("searchedLogStreams":[])", kToken = R"(,"nextToken":")";
  constexpr std::size_t kLongestEnd = 4096;
  if (text.starts_with('{') && text.substr(1).starts_with(kStreams)) return true;
  if (!text.ends_with('}')) return false;
  text.remove_suffix(1);
  text = text.substr(text.size() - std::min(text.size(), kLongestEnd));
  if (const auto token = text.rfind(kToken); token != std::string_view::npos) {
    const auto value = text.substr(token + kToken.size());
    if (value.find_first_of("\"\\") + 1 == value.size()) text = text.substr(0, token);
  }
  return text.ends_with(kStreams) && text.substr(0, text.size() - kStreams.size()).ends_with(',');
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
  if (is_get_log_events(operation)) {
    CROSSLOG_TRY(auto page, decode_events(std::move(response.body)));
    return make_document(operation, std::move(page));
  }
  auto decoded = logs::decode_json(*operation.output, response.body);
  if (decoded && !operation.essential.empty() && decoded->find(operation.essential) == nullptr) {
    return fail(Errc::protocol, "The answer is not what the operation documents",
                {"it has no " + std::string(operation.essential)});
  }
  return decoded;
}

bool gives_events(const Operation& operation) noexcept {
  return is_get_log_events(operation) || is_filter_log_events(operation);
}

Result<EventAnswer> decode_event_answer(const Operation& operation, HttpResponse response) {
  if (is_filter_log_events(operation) && !has_no_searched_streams(response.body))
    return decode_response(operation, std::move(response));
  CROSSLOG_TRY(auto page, decode_events(std::move(response.body)));
  if (is_get_log_events(operation) && !is_of_get_log_events(page))
    return make_document(operation, std::move(page));
  return page;
}

Document make_document(const Operation& operation, EventAnswer answer) {
  if (auto* document = std::get_if<Document>(&answer)) return std::move(*document);
  const auto& page = std::get<EventPage>(answer);
  const bool get = is_get_log_events(operation);
  Document::List events;
  events.reserve(page.events().size());
  for (LogEvent event : page.events()) {
    if (get) event.present &= kOfGetLogEvents;
    events.push_back(to_document(event));
  }
  Document::Map members;
  members.emplace_back("events", std::move(events));
  if (get) {
    set_if(members, "nextForwardToken", page.next_forward_token());
    set_if(members, "nextBackwardToken", page.next_backward_token());
  } else {
    members.emplace_back("searchedLogStreams", Document::List{});
    set_if(members, "nextToken", page.next_token());
  }
  return Document(std::move(members));
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

Result<EventAnswer> OperationCaller::call_for_events(const Operation& operation, const Document& input,
                                                     std::stop_token stop) {
  CROSSLOG_CHECK(check_parameters(operation, input));
  return call_->call(
      operation.name, make_request(operation, input, call_->endpoint()), decode_error,
      [&](HttpResponse response) { return decode_event_answer(operation, std::move(response)); },
      std::move(stop));
}

}  // namespace crosslog
