// The transport in the box: judges a request, finds it a lane, keeps the lane.
//
// The pool is small and simple because the service's quotas keep request rates
// low: a lane that failed is dropped, one that succeeded waits for the next
// request to the same place, and the oldest goes when there are too many.
#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/crypto.h"
#include "base/text.h"
#include "base/try.h"
#include "crosslog/transport.h"
#include "http/ca_roots.h"
#include "http/ca_search.h"
#include "http/curl_lane.h"
#include "http/proxy.h"
#include "http/request_check.h"
#include "http/url.h"

namespace crosslog {
namespace {

using http::CurlLane;
using http::LaneKey;
using http::LaneOptions;

constexpr std::size_t kMaxIdleLanes = 16;

// Lanes at rest. Thread-safe; lanes are destroyed outside the lock, as that may
// write to the network.
class LanePool {
 public:
  std::unique_ptr<CurlLane> take(const LaneKey& key) {
    const std::lock_guard lock(mutex_);
    const auto found = std::ranges::find_if(idle_.rbegin(), idle_.rend(),
                                            [&](const auto& lane) { return lane->key() == key; });
    if (found == idle_.rend()) return nullptr;
    auto lane = std::move(*found);
    idle_.erase(std::next(found).base());
    return lane;
  }

  void give_back(std::unique_ptr<CurlLane> lane) {
    std::unique_ptr<CurlLane> oldest;
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(lane));
    if (idle_.size() <= kMaxIdleLanes) return;
    oldest = std::move(idle_.front());
    idle_.erase(idle_.begin());
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<CurlLane>> idle_;
};

class CurlTransport : public Transport {
 public:
  CurlTransport(CurlOptions options, std::optional<http::Proxy> proxy)
      : options_(std::move(options)), proxy_(std::move(proxy)) {
    base::wipe(options_.https_proxy);
  }

  Result<HttpResponse> send(const HttpRequest& request, std::stop_token stop) override {
    return traced(request, nullptr, stop);
  }
  Result<HttpResponse> stream(const HttpRequest& request, BodySink& sink, std::stop_token stop) override {
    return traced(request, &sink, stop);
  }

 private:
  Result<HttpResponse> traced(const HttpRequest& request, BodySink* sink, const std::stop_token& stop);
  Result<HttpResponse> exchange(const HttpRequest& request, BodySink* sink, const std::stop_token& stop);
  Result<std::unique_ptr<CurlLane>> make_lane(LaneKey key, const http::Url& url, const HttpRequest& request);
  [[nodiscard]] bool is_proxied(const http::Url& url, const HttpRequest& request) const;

  CurlOptions options_;
  std::optional<http::Proxy> proxy_;  // outlives the lanes
  http::CaRootsCache ca_roots_;
  LanePool pool_;
};

bool CurlTransport::is_proxied(const http::Url& url, const HttpRequest& request) const {
  return proxy_ && url.scheme == "https" && !request.direct && request.connect_to.empty() &&
         !http::is_loopback(url.host) && !http::is_metadata_address(url.host) &&
         !http::matches_no_proxy(options_.no_proxy, url);
}

Result<std::unique_ptr<CurlLane>> CurlTransport::make_lane(LaneKey key, const http::Url& url,
                                                           const HttpRequest& request) {
  LaneOptions lane{.key = std::move(key), .url = url};
  if (lane.key.proxied) lane.proxy = &*proxy_;
  if (url.scheme == "https") {
    CROSSLOG_TRY(lane.ca_bundle, http::find_ca_bundle(options_.ca_bundle, url.origin() + request.path));
    lane.ca_roots = ca_roots_.get(lane.ca_bundle);
  }
  return CurlLane::make(std::move(lane));
}

Result<HttpResponse> CurlTransport::exchange(const HttpRequest& request, BodySink* sink,
                                             const std::stop_token& stop) {
  CROSSLOG_TRY(const http::Url url, http::check_request(request));
  if (stop.stop_requested()) return fail(Errc::cancelled, "The call was cancelled.");
  LaneKey key{.origin = url.origin(), .connect_to = request.connect_to, .proxied = is_proxied(url, request)};
  auto lane = pool_.take(key);
  if (!lane) {
    CROSSLOG_TRY(lane, make_lane(std::move(key), url, request));
  }
  auto response = lane->exchange(request, sink, stop);
  if (response) pool_.give_back(std::move(lane));
  return response;
}

// "POST https://host/path: 200, 17 bytes out, 4711 in, 12 ms"
Result<HttpResponse> CurlTransport::traced(const HttpRequest& request, BodySink* sink,
                                           const std::stop_token& stop) {
  if (!options_.trace) return exchange(request, sink, stop);
  const auto start = std::chrono::steady_clock::now();
  auto response = exchange(request, sink, stop);
  const auto took =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
  std::string line = base::visible(request.method + " " + request.origin + request.path) + ": ";
  line += response ? std::to_string(response->status) : std::string(name(response.error().code));
  line += ", " + std::to_string(request.body.size()) + " bytes out";
  if (response && sink == nullptr) line += ", " + std::to_string(response->body.size()) + " in";
  line += ", " + std::to_string(took.count()) + " ms";
  options_.trace(line);
  return response;
}

// Ciphers are named as OpenSSL names them, and SSLKEYLOGFILE is shut through it.
Result<void> check_libcurl() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK)
    return fail(Errc::unsupported, "libcurl cannot start: " + std::string(curl_easy_strerror(started)));
  const curl_version_info_data* const info = curl_version_info(CURLVERSION_NOW);
  const std::string_view tls = info->ssl_version == nullptr ? "" : info->ssl_version;
  if (!tls.starts_with("OpenSSL/")) {
    return fail(Errc::unsupported,
                "This libcurl does TLS by \"" + base::visible(tls, 64) + "\", not by OpenSSL",
                {"install the OpenSSL flavour of libcurl"});
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<Transport>> make_curl_transport(CurlOptions options) {
  CROSSLOG_CHECK(check_libcurl());
  std::optional<http::Proxy> proxy;
  if (!options.https_proxy.empty()) {
    CROSSLOG_TRY(proxy, http::parse_proxy(options.https_proxy));
  }
  return std::make_unique<CurlTransport>(std::move(options), std::move(proxy));
}

std::string transport_version() {
  return curl_version();
}

}  // namespace crosslog
