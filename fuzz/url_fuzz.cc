// Two checks of meaning. A round trip: what is made of an accepted URL's parts is
// accepted again and has the same parts. A second reader: libcurl's parser, which
// is what will connect, finds the same scheme, user, host and port wherever both
// accept; a host that the two read differently would get a signed request.
#include <curl/curl.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "base/text.h"
#include "http/url.h"

namespace {

void require(bool ok) {
  if (!ok) __builtin_trap();
}

struct Cleanup {
  void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
  void operator()(char* text) const noexcept { curl_free(text); }
};

std::string part(CURLU* url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, flags) != CURLUE_OK) return {};
  return std::unique_ptr<char, Cleanup>(text).get();
}

int port_of(const crosslog::http::Url& url) {
  return url.port.value_or(url.scheme == "https" ? 443 : 80);
}

void check_round_trip(const crosslog::http::Url& url) {
  const std::string text = url.origin() + url.path + (url.query.empty() ? "" : "?" + url.query);
  if (text.size() > 2'048) return;  // "https://a?b" grows by a slash
  const auto again = crosslog::http::parse_url(text);
  require(again.has_value());
  require(again->scheme == url.scheme && again->host == url.host && again->userinfo.empty());
  require(port_of(*again) == port_of(url));
  require(again->path == url.path && again->query == url.query);
  require(again->origin() == url.origin() && again->authority() == url.authority());
}

void check_against_libcurl(const std::string& text, const crosslog::http::Url& url) {
  const std::unique_ptr<CURLU, Cleanup> other(curl_url());
  if (curl_url_set(other.get(), CURLUPART_URL, text.c_str(), CURLU_PATH_AS_IS) != CURLUE_OK) return;
  require(part(other.get(), CURLUPART_SCHEME) == url.scheme);
  // It shortens IPv6 addresses (::0:1) from 7.88 on; is_loopback() must agree all the same.
  const std::string host = crosslog::base::to_lower(part(other.get(), CURLUPART_HOST));
  require(host == url.host || (host.starts_with('[') && url.host.starts_with('[')));
  require(crosslog::http::is_loopback(host) == crosslog::http::is_loopback(url.host));
  require(crosslog::http::is_metadata_address(host) == crosslog::http::is_metadata_address(url.host));
  const std::string port = part(other.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
  require(port == std::to_string(port_of(url)));
  std::string userinfo = part(other.get(), CURLUPART_USER);
  if (const std::string password = part(other.get(), CURLUPART_PASSWORD); !password.empty())
    userinfo += ":" + password;
  require(userinfo == url.userinfo || userinfo + ":" == url.userinfo);
  require(part(other.get(), CURLUPART_PATH) == url.path);
  require(part(other.get(), CURLUPART_QUERY) == url.query);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto url = crosslog::http::parse_url(text);
  if (!url) {
    require(url.error().code == crosslog::Errc::invalid_argument);
    return 0;
  }
  require(text.find('\0') == std::string::npos);
  check_round_trip(*url);
  check_against_libcurl(text, *url);
  return 0;
}
