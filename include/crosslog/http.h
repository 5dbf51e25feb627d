// One HTTP exchange as plain values: no sockets, no library types.
#ifndef CROSSLOG_HTTP_H_
#define CROSSLOG_HTTP_H_

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "crosslog/error.h"

namespace crosslog {

struct Header {
  std::string name;  // any case in a request; lower case in a response
  std::string value;
  friend bool operator==(const Header&, const Header&) = default;
};

struct HttpRequest {
  std::string method;      // "POST"
  std::string origin;      // "https://logs.eu-west-1.amazonaws.com", "http://127.0.0.1:8080": no path
  std::string path = "/";  // as sent on the wire
  std::string query;       // already encoded, no '?'
  std::vector<Header> headers;
  std::string body;
  // Policy, enforced by the transport while bytes arrive. Zero: no limit.
  std::chrono::milliseconds connect_timeout{60'000};
  std::chrono::milliseconds read_timeout{60'000};    // silence, until the first body byte and between bytes
  std::chrono::milliseconds total_timeout{600'000};  // the whole exchange
  std::size_t max_response_bytes = 32u << 20;
  bool direct = false;            // never through a proxy (instance metadata, containers)
  bool allow_plain_http = false;  // the user named this http:// host explicitly
  std::string connect_to;         // an address already checked; empty: resolve the origin
};

struct HttpResponse {
  int status = 0;
  std::vector<Header> headers;  // names in lower case, in order of arrival
  std::string body;
};

// The value of the first header called `name` (compared without case), or "".
[[nodiscard]] std::string_view find_header(const std::vector<Header>& headers,
                                           std::string_view name) noexcept;

// Reads one request as raw HTTP/1.1 text: request line (split at the first and
// the last blank, so that a path may hold blanks), headers (folded lines are
// kept as one value with the line breaks in it), a blank line, the body. LF or
// CR LF. `origin` is made of the Host header, with https. Used by
// `crosslog sign --explain` and by signature tests. At most 1 MiB.
// RFC 9112, section 2; errors name the line.
[[nodiscard]] Result<HttpRequest> parse_http_request(std::string_view text);

}  // namespace crosslog

#endif  // CROSSLOG_HTTP_H_
