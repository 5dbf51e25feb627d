// Log events over awsJson1.1, and what every operation may answer instead.
//
// The forms of an error are those of the Smithy specification, "AWS JSON 1.1
// protocol"; where it is silent (no JSON, no body), those of botocore, so that
// one text stands for one fault in both tools. botocore reads the code from
// __type alone: where its code is another one, `cli_code` tells it.
#include "crosslog/messages.h"

#include <array>
#include <string>
#include <utility>

#include "auth/retry.h"
#include "base/text.h"
#include "crosslog/document.h"
#include "http/status.h"
#include "logs/json_message.h"
#include "wire/event_page.h"
#include "wire/json_repair.h"

namespace crosslog {

using logs::set_if;

namespace {

constexpr std::size_t kMaxErrorBody = 1u << 16;
constexpr std::size_t kMaxMessage = 1u << 12;
constexpr std::size_t kMaxCode = 256;

// The members of the service's errors beside the message: one for each at most.
struct ModelledMember {
  std::string_view error, member;
};
constexpr std::array kModelledMembers = {
    ModelledMember{"DataAlreadyAcceptedException", "expectedSequenceToken"},
    ModelledMember{"InvalidSequenceTokenException", "expectedSequenceToken"},
    ModelledMember{"MalformedQueryException", "queryCompileError"},
    ModelledMember{"TooManyTagsException", "resourceName"},
};

Errc classify(std::string_view code) {
  if (auth::is_throttling_code(code)) return Errc::throttled;
  if (code == "ExpiredTokenException" || code == "ExpiredToken" || code == "RequestExpired") {
    return Errc::expired_token;
  }
  if (code == "AccessDeniedException" || code == "AccessDenied") return Errc::access_denied;
  if (code == "ResourceNotFoundException") return Errc::not_found;
  return Errc::service;
}

// "ns#Name:http://..." -> "Name".
std::string_view strip_code(std::string_view code) {
  code = base::trim(code.substr(0, code.find(':')));
  return code.substr(code.rfind('#') + 1);
}

// x-amzn-query-error: "Code;Type". Empty when it has another form.
std::string_view query_error(const HttpResponse& response) {
  const auto parts = base::split(find_header(response.headers, "x-amzn-query-error"), ';');
  return parts.size() == 2 ? base::trim(parts.front()) : std::string_view();
}

std::string_view text_of(const Document& body, std::string_view name) {
  const auto* member = body.find(name);
  const auto* text = member != nullptr ? member->string() : nullptr;
  return text != nullptr ? std::string_view(*text) : std::string_view();
}

std::string_view first_non_empty(std::initializer_list<std::string_view> texts) {
  for (const auto text : texts) {
    if (!text.empty()) return text;
  }
  return {};
}

std::string service_code(const HttpResponse& response, const Document& body) {
  const auto header = find_header(response.headers, "x-amzn-errortype");
  return base::visible(
      first_non_empty({query_error(response), strip_code(header), strip_code(text_of(body, "code")),
                       strip_code(text_of(body, "__type"))}),
      kMaxCode);
}

std::string botocore_code(const HttpResponse& response, const Document& body) {
  return base::visible(first_non_empty({query_error(response), strip_code(text_of(body, "__type"))}),
                       kMaxCode);
}

bool is_control(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte == 0xC2 && at + 1 < text.size()) return static_cast<unsigned char>(text[at + 1]) < 0xA0;  // C1
  return (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F;
}

// Valid UTF-8 of a bounded length, lines and tabs kept, other control bytes as \xNN.
std::string readable(std::string_view text) {
  std::string valid;
  base::append_repaired_utf8(valid, text.substr(0, kMaxMessage));
  std::string out;
  for (std::size_t i = 0; i < valid.size(); ++i) {
    if (!is_control(valid, i)) {
      out += valid[i];
    } else {
      if (valid[i] == '\xC2') ++i;
      out += "\\x" + base::hex({&valid[i], 1});
    }
  }
  return out;
}

// What a load balancer or a proxy says in the service's place.
bool is_generic(const HttpResponse& response) {
  const auto body = base::trim(response.body);
  return response.status >= 500 && (body.empty() || body.starts_with("<html>"));
}

// The body when it is a JSON object, else null.
Document error_body(const std::string& text) {
  const JsonLimits limits{.max_bytes = kMaxErrorBody};
  auto body = parse_json(text, limits);
  if (!body && text.size() <= kMaxErrorBody) body = parse_json(wire::repair_json(text).text, limits);
  return body && body->map() != nullptr ? std::move(*body) : Document();
}

std::string error_message(const HttpResponse& response, const Document& body) {
  if (is_generic(response)) return std::string(http::server_error_phrase(response.status));
  if (body.is_null()) return readable(response.body);
  return readable(first_non_empty({text_of(body, "message"), text_of(body, "Message")}));
}

std::vector<Error::Detail> error_details(std::string_view code, const Document& body) {
  std::vector<Error::Detail> details;
  for (const auto& modelled : kModelledMembers) {
    const auto* value = modelled.error == code ? body.find(modelled.member) : nullptr;
    if (value == nullptr || value->is_null()) continue;
    const auto* text = value->string();
    details.push_back({.name = std::string(modelled.member),
                       .value = readable(text != nullptr ? *text : write_json(*value)),
                       .nested = value->map() != nullptr || value->list() != nullptr});
  }
  return details;
}

}  // namespace

HttpRequest make_request(const GetLogEvents& query, const Endpoint& endpoint) {
  Document input(Document::Map{});  // in the service model's order
  set_if(input, "logGroupName", query.log_group_name);
  set_if(input, "logGroupIdentifier", query.log_group_identifier);
  input.set("logStreamName", query.log_stream_name);
  set_if(input, "startTime", query.start_time);
  set_if(input, "endTime", query.end_time);
  set_if(input, "nextToken", query.next_token);
  set_if(input, "limit", query.limit);
  set_if(input, "startFromHead", query.start_from_head);
  set_if(input, "unmask", query.unmask);
  return logs::make_post("GetLogEvents", input, endpoint);
}

HttpRequest make_request(const FilterLogEvents& query, const Endpoint& endpoint) {
  Document input(Document::Map{});  // in the service model's order
  set_if(input, "logGroupName", query.log_group_name);
  set_if(input, "logGroupIdentifier", query.log_group_identifier);
  set_if(input, "logStreamNames", query.log_stream_names);
  set_if(input, "logStreamNamePrefix", query.log_stream_name_prefix);
  set_if(input, "startTime", query.start_time);
  set_if(input, "endTime", query.end_time);
  set_if(input, "filterPattern", query.filter_pattern);
  set_if(input, "nextToken", query.next_token);
  set_if(input, "limit", query.limit);
  set_if(input, "startFromHead", query.start_from_head);
  set_if(input, "interleaved", query.interleaved);
  set_if(input, "unmask", query.unmask);
  return logs::make_post("FilterLogEvents", input, endpoint);
}

Result<EventPage> decode_events(std::string body) {
  return EventPageDecoder::decode(std::move(body));
}

Error decode_error(const HttpResponse& response) {
  const Document body = error_body(response.body);
  const auto status = std::to_string(response.status);
  const auto code = service_code(response, body);
  const auto shown_by_cli = is_generic(response) ? std::string() : botocore_code(response, body);

  Error error;
  error.aws_code = code.empty() ? status : code;
  error.code = classify(error.aws_code);
  error.message = error_message(response, body);
  if (shown_by_cli != code) error.cli_code = shown_by_cli.empty() ? status : shown_by_cli;
  error.details = error_details(error.aws_code, body);
  error.http_status = response.status;
  error.request_id = base::visible(find_header(response.headers, "x-amzn-requestid"), kMaxCode);
  return error;
}

}  // namespace crosslog
