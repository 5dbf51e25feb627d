// Absolute http and https URLs, as endpoints and proxies are written. RFC 3986,
// strictly: what is not understood is refused, never guessed.
#ifndef CROSSLOG_SRC_HTTP_URL_H_
#define CROSSLOG_SRC_HTTP_URL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crosslog/error.h"

namespace crosslog::http {

struct Url {
  std::string scheme;                 // "http" or "https"
  std::string userinfo;               // "user:password" as written, or ""
  std::string host;                   // lower-case; an IPv6 literal keeps its brackets
  std::optional<std::uint16_t> port;  // as written
  std::string path = "/";             // at least "/"; as written
  std::string query;                  // without '?'

  // "https://host[:port]"; a default port is left out.
  [[nodiscard]] std::string origin() const;
  // "host[:port]" for the Host header; a default port is left out.
  [[nodiscard]] std::string authority() const;
};

// At most 2,048 bytes; no blanks, control bytes, backslashes or fragment; the
// host is an IPv4 or bracketed IPv6 address or a name of labels (letters,
// digits, '-', '_'; 63 bytes each, 253 in all). Errc::invalid_argument.
[[nodiscard]] Result<Url> parse_url(std::string_view text);

// An IPv4 address or a bracketed IPv6 address.
[[nodiscard]] bool is_address(std::string_view host) noexcept;
// A literal of 127.0.0.0/8 or [::1], or the name "localhost".
[[nodiscard]] bool is_loopback(std::string_view host) noexcept;
// 169.254.169.254, [fd00:ec2::254] (metadata), 169.254.170.2, 169.254.170.23,
// [fd00:ec2::23] (containers).
[[nodiscard]] bool is_metadata_address(std::string_view host) noexcept;
// Where containers may ask for credentials in clear text: a literal of
// 127.0.0.0/8, [::1], 169.254.170.2, 169.254.170.23 or [fd00:ec2::23].
[[nodiscard]] bool is_container_address(std::string_view host) noexcept;

}  // namespace crosslog::http

#endif  // CROSSLOG_SRC_HTTP_URL_H_
