// Which https requests go through a proxy, and which proxy that is. The settings
// come from the caller; libcurl is told not to read the environment, as it would
// send instance metadata, credentials and all, through HTTP_PROXY.
#ifndef CROSSLOG_SRC_HTTP_PROXY_H_
#define CROSSLOG_SRC_HTTP_PROXY_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "crosslog/credentials.h"
#include "crosslog/error.h"
#include "http/url.h"

namespace crosslog::http {

struct Proxy {
  std::string scheme;  // "http" or "https": how the proxy itself is spoken to
  std::string host;
  std::uint16_t port = 0;
  std::string user{};
  Secret password{};
  std::string shown{};  // as written, with the credentials as "***"

  [[nodiscard]] std::string origin() const;
};

// "[http[s]://][user:password@]host[:port]"; the scheme's port when there is
// none, as the AWS CLI has it. Errc::configuration, without the text itself.
[[nodiscard]] Result<Proxy> parse_proxy(std::string_view text);

// NO_PROXY as the AWS CLI reads it: names separated by commas; a name matches
// itself and what ends with ".name"; a leading dot changes nothing; "name:port"
// matches that port alone; "*" matches all.
[[nodiscard]] bool matches_no_proxy(std::string_view no_proxy, const Url& url);

}  // namespace crosslog::http

#endif  // CROSSLOG_SRC_HTTP_PROXY_H_
