// CloudWatch Logs messages (API version 2014-03-28, awsJson1.1) as pure
// functions: a query becomes a request, a response becomes a page. Embedders
// with an event loop of their own call these and sigv4::sign, and leave
// LogsClient alone.
#ifndef CROSSLOG_MESSAGES_H_
#define CROSSLOG_MESSAGES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crosslog/config.h"
#include "crosslog/events.h"
#include "crosslog/http.h"

namespace crosslog {

// Every optional member is sent only when set.
struct GetLogEvents {
  std::optional<std::string> log_group_name;
  std::optional<std::string> log_group_identifier;  // name, or ARN without ":*"; for a linked account
  std::string log_stream_name;
  std::optional<std::int64_t> start_time;  // milliseconds since the epoch, inclusive
  std::optional<std::int64_t> end_time;    // the same, exclusive
  std::optional<std::string> next_token;
  std::optional<std::int64_t> limit;    // events a page; the service allows 1 to 10,000
  std::optional<bool> start_from_head;  // true when following a forward token
  std::optional<bool> unmask;           // needs logs:Unmask
};

// The request is not signed yet.
[[nodiscard]] HttpRequest make_request(const GetLogEvents& query, const Endpoint& endpoint);

// A page of GetLogEvents or FilterLogEvents: a JSON object with `events`,
// judged by the body, never by its content type. Errc::protocol for anything
// else ({}, null, HTML, a cut body, a wrong type, a number outside int64, a
// duplicate name, more than 32 levels, 32 MiB or 10,000 events); the hints name
// the offset or the member, never bytes of it. Invalid UTF-8 and lone surrogates
// become U+FFFD, one for each maximal bad sequence, and are counted. Takes the
// body because its buffer may be reused.
[[nodiscard]] Result<EventPage> decode_events(std::string body);

// What AWS said went wrong. Precondition: response.status is not 2xx. The code
// is that of x-amzn-query-error, x-amzn-ErrorType, `code` or `__type`, in this
// order (Smithy, "AWS JSON 1.1 protocol", operation error serialization).
[[nodiscard]] Error decode_error(const HttpResponse& response);

}  // namespace crosslog

#endif  // CROSSLOG_MESSAGES_H_
