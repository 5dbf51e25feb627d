#include "http/request_check.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.h"
#include "base/try.h"

namespace crosslog::http {
namespace {

std::unexpected<Error> refuse_request(std::string reason) {
  return fail(Errc::invalid_argument, "Invalid HTTP request: " + std::move(reason));
}

bool is_control(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

// RFC 9110, section 5.6.2.
bool is_token(std::string_view text) noexcept {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

// A blank ends the target of a request line.
bool is_target(std::string_view text) noexcept {
  return std::ranges::none_of(text, [](char c) { return is_control(c) || c == ' '; });
}

bool is_value(std::string_view text) noexcept {
  return std::ranges::none_of(text, [](char c) { return is_control(c) && c != '\t'; });
}

// How long the body is must be said once and truly, or the next request on the
// connection begins somewhere else than we think.
Result<void> check_framing(const HttpRequest& request) {
  int hosts = 0;
  int lengths = 0;
  for (const Header& header : request.headers) {
    if (base::equals_ignoring_case(header.name, "transfer-encoding")) {
      return refuse_request("transfer-encoding is the transport's own");
    }
    if (base::equals_ignoring_case(header.name, "content-length")) {
      if (++lengths > 1 || header.value != std::to_string(request.body.size())) {
        return refuse_request("content-length is not the body's");
      }
    }
    if (base::equals_ignoring_case(header.name, "host")) {
      if (++hosts > 1 || base::trim_blanks(header.value).empty()) return refuse_request("it needs one host");
    }
  }
  return {};
}

Result<void> check_headers(const HttpRequest& request) {
  for (const Header& header : request.headers) {
    if (!is_token(header.name)) {
      return refuse_request("the header name \"" + base::visible(header.name, 64) +
                            "\" has a forbidden character");
    }
    if (!is_value(header.value)) {
      return refuse_request("the value of the header \"" + base::visible(header.name, 64) +
                            "\" has a control character");
    }
  }
  return check_framing(request);
}

// In clear text it is the address that counts, whatever name it goes by.
Result<void> check_scheme(const Url& url, const HttpRequest& request) {
  const std::string& reached = request.connect_to.empty() ? url.host : request.connect_to;
  if (url.scheme == "https" || request.allow_plain_http || is_loopback(reached) ||
      is_metadata_address(reached)) {
    return {};
  }
  return fail(
      Errc::invalid_argument, "Refusing to send a signed request in clear text to \"" + url.origin() + "\"",
      {"use https, or name this endpoint with --endpoint-url or AWS_ENDPOINT_URL when http is meant"});
}

}  // namespace

Result<Url> check_request(const HttpRequest& request) {
  if (!is_token(request.method)) return refuse_request("the method has a forbidden character");
  if (!request.path.starts_with('/')) return refuse_request("the path does not begin with '/'");
  if (!is_target(request.path) || request.path.find('?') != std::string::npos) {
    return refuse_request("the path has a blank, a control character or a '?'");
  }
  if (!is_target(request.query)) return refuse_request("the query has a blank or a control character");
  CROSSLOG_CHECK(check_headers(request));

  CROSSLOG_TRY(Url url, parse_url(request.origin));
  const bool has_path = request.origin.find_first_of("/?", url.scheme.size() + 3) != std::string::npos;
  if (has_path || !url.userinfo.empty())
    return refuse_request("the origin is more than scheme, host and port");
  if (!request.connect_to.empty() && !is_address(request.connect_to)) {
    return refuse_request("connect_to is not an IPv4 address or a bracketed IPv6 address");
  }
  CROSSLOG_CHECK(check_scheme(url, request));
  return url;
}

bool sends_body(const HttpRequest& request) noexcept {
  return !request.body.empty() || request.method == "POST" || request.method == "PUT" ||
         request.method == "PATCH";
}

}  // namespace crosslog::http
