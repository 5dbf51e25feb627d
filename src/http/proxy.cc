#include "http/proxy.h"

#include <algorithm>

#include "base/crypto.h"
#include "base/text.h"

namespace crosslog::http {
namespace {

std::uint16_t port_of(const Url& url) noexcept {
  return url.port.value_or(url.scheme == "https" ? std::uint16_t{443} : std::uint16_t{80});
}

bool has_control(std::string_view text) noexcept {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

std::unexpected<Error> refuse_proxy(std::string reason) {
  return fail(Errc::configuration, "Invalid proxy URL: " + std::move(reason),
              {"write it as http://[user:password@]host:port, with special characters as %XX"});
}

bool matches(std::string_view host, std::string_view name) noexcept {
  if (base::equals_ignoring_case(host, name)) return true;
  return host.size() > name.size() && host[host.size() - name.size() - 1] == '.' &&
         base::equals_ignoring_case(host.substr(host.size() - name.size()), name);
}

}  // namespace

std::string Proxy::origin() const {
  return scheme + "://" + host + ":" + std::to_string(port);
}

Result<Proxy> parse_proxy(std::string_view text) {
  std::string whole(text);
  if (whole.find("://") == std::string::npos) whole.insert(0, whole.starts_with("//") ? "http:" : "http://");
  const auto url = parse_url(whole);
  base::wipe(whole);
  if (!url) return refuse_proxy(url.error().message);
  if (url->path != "/" || !url->query.empty()) return refuse_proxy("it has a path");

  Proxy proxy{.scheme = url->scheme, .host = url->host, .port = port_of(*url)};
  proxy.shown = url->scheme + "://" + url->host + (url->port ? ":" + std::to_string(*url->port) : "");
  if (url->userinfo.empty()) return proxy;
  const auto colon = std::min(url->userinfo.find(':'), url->userinfo.size());
  proxy.user = base::percent_decode(std::string_view(url->userinfo).substr(0, colon));
  std::string password;
  if (colon != url->userinfo.size()) {
    password = base::percent_decode(std::string_view(url->userinfo).substr(colon + 1));
  }
  proxy.password = Secret(password);
  const bool forbidden =
      has_control(proxy.user) || has_control(password) || proxy.user.find(':') != std::string::npos;
  base::wipe(password);
  if (forbidden) return refuse_proxy("the user or the password has a forbidden character");
  proxy.shown.insert(proxy.shown.find("://") + 3, colon == url->userinfo.size() ? "***@" : "***:***@");
  return proxy;
}

bool matches_no_proxy(std::string_view no_proxy, const Url& url) {
  const std::string host_and_port = url.host + ":" + std::to_string(port_of(url));
  for (auto name : base::split(no_proxy, ',')) {
    name = base::trim_blanks(name);
    if (name == "*") return true;
    while (name.starts_with('.'))
      name.remove_prefix(1);
    if (!name.empty() && (matches(url.host, name) || matches(host_and_port, name))) return true;
  }
  return false;
}

}  // namespace crosslog::http
