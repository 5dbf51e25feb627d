// A hand-written reader for the small part of RFC 3986 that endpoints use. It is
// stricter than libcurl's on purpose: "127.1", "0x7f000001", "host:", "a@b@c" and
// "http:/host" all mean something to some reader, and a host that two readers
// understand differently is how a signed request reaches a stranger.
// fuzz/url_fuzz.cc holds it to libcurl's answer wherever both accept.
#include "http/url.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/text.h"
#include "base/try.h"

namespace crosslog::http {
namespace {

constexpr std::size_t kMaxUrlBytes = 2'048;
constexpr std::size_t kMaxNameBytes = 253;
constexpr std::size_t kMaxLabelBytes = 63;

using Ipv4 = std::array<std::uint8_t, 4>;
using Ipv6 = std::array<std::uint8_t, 16>;

// The text itself is never shown: it may hold a proxy's password.
std::unexpected<Error> refuse_url(std::string_view reason) {
  return fail(Errc::invalid_argument, "Invalid URL: " + std::string(reason));
}

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_hex_digit(char c) noexcept {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool is_label_byte(char c) noexcept {
  return is_letter(c) || is_digit(c) || c == '-' || c == '_';
}

bool is_userinfo(std::string_view text) noexcept {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (i + 2 >= text.size() || !is_hex_digit(text[i + 1]) || !is_hex_digit(text[i + 2])) return false;
      i += 2;
    } else if (!is_letter(text[i]) && !is_digit(text[i]) &&
               std::string_view("-._~!$&'()*+,;=:").find(text[i]) == std::string_view::npos) {
      return false;
    }
  }
  return !text.empty();
}

// inet_pton reads exactly four decimal numbers, without leading zeros.
std::optional<Ipv4> parse_ipv4(std::string_view text) noexcept {
  std::array<char, INET_ADDRSTRLEN> literal{};
  if (text.size() >= literal.size() || text.find('\0') != std::string_view::npos) return std::nullopt;
  std::copy(text.begin(), text.end(), literal.begin());
  Ipv4 address;
  if (inet_pton(AF_INET, literal.data(), address.data()) != 1) return std::nullopt;
  return address;
}

// With the brackets; no zone.
std::optional<Ipv6> parse_ipv6(std::string_view text) noexcept {
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') return std::nullopt;
  text = text.substr(1, text.size() - 2);
  std::array<char, INET6_ADDRSTRLEN> literal{};
  if (text.size() >= literal.size() || text.find('\0') != std::string_view::npos) return std::nullopt;
  std::copy(text.begin(), text.end(), literal.begin());
  Ipv6 address;
  if (inet_pton(AF_INET6, literal.data(), address.data()) != 1) return std::nullopt;
  return address;
}

// Some readers take a name for an IPv4 address when its last label is a number,
// decimal or "0x" hexadecimal.
bool looks_like_a_number(std::string_view label) noexcept {
  if (label.starts_with("0x") || label.starts_with("0X")) {
    return std::ranges::all_of(label.substr(2), is_hex_digit);
  }
  return std::ranges::all_of(label, is_digit);
}

Result<std::string> parse_host(std::string_view text) {
  if (text.empty()) return refuse_url("the host is missing");
  if (text.front() == '[') {
    if (!parse_ipv6(text)) return refuse_url("the IPv6 address is malformed");
    return base::to_lower(text);
  }
  if (text.size() > kMaxNameBytes) return refuse_url("the host is longer than 253 bytes");
  const auto labels = base::split(text, '.');
  for (const auto label : labels) {
    if (label.empty()) return refuse_url("the host has an empty label");
    if (label.size() > kMaxLabelBytes) return refuse_url("the host has a label longer than 63 bytes");
    if (!std::ranges::all_of(label, is_label_byte)) return refuse_url("the host has a forbidden character");
  }
  if (looks_like_a_number(labels.back()) && !parse_ipv4(text))
    return refuse_url("the IPv4 address is malformed");
  return base::to_lower(text);
}

Result<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || port == 0 || text.front() == '0') {
    return refuse_url("the port is not a number from 1 to 65535");
  }
  return port;
}

// "[userinfo@]host[:port]"
Result<void> parse_authority(std::string_view text, Url& url) {
  if (const auto at = text.find('@'); at != std::string_view::npos) {
    if (!is_userinfo(text.substr(0, at))) return refuse_url("the part before '@' has a forbidden character");
    url.userinfo = text.substr(0, at);
    text.remove_prefix(at + 1);
  }
  const auto host_end = text.starts_with('[') ? text.find(']') : std::string_view::npos;
  const auto colon = text.find(':', host_end == std::string_view::npos ? 0 : host_end);
  if (colon != std::string_view::npos) {
    CROSSLOG_TRY(url.port, parse_port(text.substr(colon + 1)));
    text = text.substr(0, colon);
  }
  CROSSLOG_TRY(url.host, parse_host(text));
  return {};
}

bool is_default_port(const Url& url) noexcept {
  return !url.port || *url.port == (url.scheme == "https" ? 443 : 80);
}

}  // namespace

std::string Url::authority() const {
  return is_default_port(*this) ? host : host + ":" + std::to_string(*port);
}

std::string Url::origin() const {
  return scheme + "://" + authority();
}

Result<Url> parse_url(std::string_view text) {
  if (text.size() > kMaxUrlBytes) return refuse_url("longer than 2,048 bytes");
  for (const char c : text) {
    if (c <= ' ' || c >= 0x7f || c == '\\')
      return refuse_url("it has a blank, control, non-ASCII or '\\' character");
    if (c == '#') return refuse_url("a fragment ('#') has no place in it");
  }
  Url url;
  const auto colon = text.find("://");
  if (colon == std::string_view::npos) return refuse_url("it does not begin with http:// or https://");
  url.scheme = base::to_lower(text.substr(0, colon));
  if (url.scheme != "http" && url.scheme != "https")
    return refuse_url("it does not begin with http:// or https://");
  text.remove_prefix(colon + 3);

  const auto authority_end = std::min(text.find_first_of("/?"), text.size());
  CROSSLOG_CHECK(parse_authority(text.substr(0, authority_end), url));
  text.remove_prefix(authority_end);

  const auto question = std::min(text.find('?'), text.size());
  if (question != 0) url.path = text.substr(0, question);
  if (question != text.size()) url.query = text.substr(question + 1);
  return url;
}

bool is_address(std::string_view host) noexcept {
  return parse_ipv4(host) || parse_ipv6(host);
}

bool is_loopback(std::string_view host) noexcept {
  if (base::equals_ignoring_case(host, "localhost")) return true;
  if (const auto v4 = parse_ipv4(host)) return v4->front() == 127;
  const auto v6 = parse_ipv6(host);
  return v6 && *v6 == Ipv6{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
}

bool is_metadata_address(std::string_view host) noexcept {
  if (const auto v4 = parse_ipv4(host)) {
    return *v4 == Ipv4{169, 254, 169, 254} || *v4 == Ipv4{169, 254, 170, 2} || *v4 == Ipv4{169, 254, 170, 23};
  }
  const auto v6 = parse_ipv6(host);
  return v6 && (*v6 == *parse_ipv6("[fd00:ec2::254]") || *v6 == *parse_ipv6("[fd00:ec2::23]"));
}

bool is_container_address(std::string_view host) noexcept {
  if (const auto v4 = parse_ipv4(host)) {
    return v4->front() == 127 || *v4 == Ipv4{169, 254, 170, 2} || *v4 == Ipv4{169, 254, 170, 23};
  }
  const auto v6 = parse_ipv6(host);
  return v6 && (is_loopback(host) || *v6 == *parse_ipv6("[fd00:ec2::23]"));
}

}  // namespace crosslog::http
