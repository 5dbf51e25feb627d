// The seam between this library and the network. Embedders replace it.
#ifndef CROSSLOG_TRANSPORT_H_
#define CROSSLOG_TRANSPORT_H_

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "crosslog/error.h"
#include "crosslog/http.h"

namespace crosslog {

// Takes a body as it arrives.
class BodySink {
 public:
  virtual ~BodySink() = default;
  // `bytes` lives until the call returns. An Error ends the exchange.
  virtual Result<void> write(std::string_view bytes) = 0;
};

class Transport {
 public:
  virtual ~Transport() = default;

  // Sends `request` exactly as given (no dropped or re-encoded header, path or
  // query: the signature covers them) and waits for the whole response. Any
  // status code is a success, redirects are not followed; an Error means that
  // no whole response arrived: network, timeout, cancelled, or protocol (a
  // response over the request's limits). Safe to call from several threads at
  // once. When `stop` is requested it returns Errc::cancelled within 250 ms.
  virtual Result<HttpResponse> send(const HttpRequest& request, std::stop_token stop) = 0;

  // As send(), but hands the body over as it arrives (event streams); the
  // response's body is empty. The default answers Errc::unsupported.
  virtual Result<HttpResponse> stream(const HttpRequest& request, BodySink& sink, std::stop_token stop);
};

// One line about an exchange for --debug: method, URL without query, status,
// sizes, milliseconds. Never a header value or a byte of a body.
using TraceFunction = std::function<void(std::string_view line)>;

struct CurlOptions {
  // A PEM file of roots, the only ones believed. Empty: the first that can be read
  // of the distributions' well-known places; where none can, the first https
  // request fails and names every path tried. Settings::ca_bundle has what the
  // user said (AWS_CA_BUNDLE, SSL_CERT_FILE).
  std::string ca_bundle;
  // "http://[user:password@]host:port" for https requests; empty: none. The
  // environment is not read here: see config.h's proxy settings.
  std::string https_proxy;
  // Comma-separated host suffixes that are never proxied; "*": none is.
  std::string no_proxy;
  TraceFunction trace;
};

// The transport in the box. libcurl is named nowhere else in the public API.
// TLS 1.2 or newer, certificate and host name always checked, no redirects, no
// cookies, no .netrc, http:// only to loopback, to the link-local metadata and
// container addresses, or where request.allow_plain_http says so. A connection
// never serves two origins. The first call of the process runs
// curl_global_init. Thread-safe.
[[nodiscard]] Result<std::unique_ptr<Transport>> make_curl_transport(CurlOptions options = {});

// libcurl and OpenSSL keep copies of what they send and receive. Makes both wipe
// the memory that they free, from here on, for all of the process: a program's
// main() may want that, the library itself never does it. False: one of them is
// in use already, with another allocator.
[[nodiscard]] bool make_libraries_wipe_memory() noexcept;

// "libcurl/7.88.1 OpenSSL/3.0.19 ...", for --version.
[[nodiscard]] std::string transport_version();

}  // namespace crosslog

#endif  // CROSSLOG_TRANSPORT_H_
