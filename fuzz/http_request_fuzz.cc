// Checks of meaning: what was read, printed and read again is the same, and its
// lines are found in the text; a request that can be signed has a canonical
// request of exactly the lines that its headers ask for (nothing in a value can
// make a line of its own); and with the added headers in place the signature
// comes out the same (the service's side of the calculation).
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "base/text.h"
#include "crosslog/http.h"
#include "crosslog/sigv4.h"

namespace {

using namespace crosslog;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

std::string first_line(const HttpRequest& request) {
  return request.method + " " + request.path + (request.query.empty() ? "" : "?" + request.query) +
         " HTTP/1.1";
}

std::string print(const HttpRequest& request) {
  std::string out = first_line(request) + "\n";
  for (const Header& header : request.headers)
    out += header.name + ": " + header.value + "\n";
  return out + "\n" + request.body;
}

bool same(const HttpRequest& a, const HttpRequest& b) {
  return a.method == b.method && a.origin == b.origin && a.path == b.path && a.query == b.query &&
         a.headers == b.headers && a.body == b.body;
}

void check_reading(std::string_view text, const HttpRequest& request) {
  const auto again = parse_http_request(print(request));
  require(again.has_value() && same(*again, request));
  require(text.ends_with(request.body));
  const std::string line = first_line(request);
  require(text.starts_with(line) || text.starts_with(line.substr(0, line.size() - 9) + "? HTTP/1.1"));
  require(request.origin == "https://" + std::string(find_header(request.headers, "host")));
}

std::size_t lines_of(std::string_view text) {
  return 1 + static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

std::string_view last_line(std::string_view text) {
  return text.substr(text.rfind('\n') + 1);
}

void check_signing(HttpRequest request) {
  Credentials credentials;
  credentials.access_key_id = "AKID";
  credentials.secret_access_key = Secret("s");
  credentials.session_token = Secret("t");
  const sigv4::Scope scope{"eu-west-1", "logs", sigv4::parse_date("20150830T123600Z").value()};
  const auto signable = [&request]() -> sigv4::Signable {
    return {request.method, request.path, request.query, request.headers, request.body};
  };
  const auto made = sigv4::explain(signable(), credentials, scope);
  if (!made) return;

  request.headers.insert(request.headers.end(), made->headers.begin(), made->headers.end());
  const std::string canonical = sigv4::canonical_request(signable());
  require(canonical == made->canonical_request);
  require(sigv4::string_to_sign(canonical, scope) == made->string_to_sign);
  require(!sigv4::explain(signable(), credentials, scope).has_value());

  const std::string names = sigv4::signed_headers(signable());
  const auto fields = base::split(names, ';');
  const std::set<std::string_view> unique(fields.begin(), fields.end());
  require(unique.size() == fields.size() && unique.contains("host") &&
          unique.contains("x-amz-security-token"));
  require(lines_of(canonical) == 3 + fields.size() + 1 + 2);
  if (!unique.contains("x-amz-content-sha256")) require(last_line(canonical).size() == 64);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto request = parse_http_request(text);
  if (!request) {
    require(request.error().code == Errc::invalid_argument && !request.error().message.empty());
    return 0;
  }
  check_reading(text, *request);
  check_signing(*request);
  return 0;
}
