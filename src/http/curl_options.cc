#include "http/curl_options.h"

#include <openssl/ssl.h>

#include <algorithm>
#include <chrono>
#include <climits>
#include <cstring>
#include <utility>

#include "base/crypto.h"
#include "base/text.h"
#include "http/request_check.h"

namespace crosslog::http {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr long kMaxIdleSeconds = 60;
// Pages of events come in large pieces; all of a small answer fits into the small
// one, whose pages a cold call would feel.
constexpr long kReceiveBufferBytes = 64L << 10;
constexpr long kSmallReceiveBufferBytes = 8L << 10;
constexpr std::size_t kMaxSmallResponseBytes = 1u << 20;
// TLS 1.2 with authenticated encryption and forward secrecy; every cipher of
// TLS 1.3 is of that kind.
constexpr const char* kTls12Ciphers =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

// The callbacks stand between C frames: nothing may be thrown through them.
template <class Function>
bool guarded(Exchange& exchange, Function function) noexcept {
  try {
    if (auto done = function(); !done) exchange.error = std::move(done).error();
  } catch (...) {
    exchange.threw = true;
  }
  return !exchange.error && !exchange.threw;
}

// 0 is never the size of a piece: any other number than its size ends the exchange.
std::size_t on_head(char* bytes, std::size_t, std::size_t size, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  exchange.patience.heard(SteadyClock::now());
  return guarded(exchange, [&] { return exchange.reader.head_line({bytes, size}); }) ? size : 0;
}

std::size_t on_body(char* bytes, std::size_t, std::size_t size, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  exchange.patience.heard_body(size, SteadyClock::now());
  return guarded(exchange, [&] { return exchange.reader.body({bytes, size}); }) ? size : 0;
}

int on_progress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t sent) {
  auto& exchange = *static_cast<Exchange*>(user);
  if (sent != exchange.sent) exchange.patience.heard(SteadyClock::now());
  exchange.sent = sent;
  return 0;
}

int on_connected(void* user, char*, char*, int, int) {
  auto& exchange = *static_cast<Exchange*>(user);
  exchange.connected = true;
  exchange.patience.heard(SteadyClock::now());
  return CURL_PREREQFUNC_OK;
}

// libcurl obeys SSLKEYLOGFILE: whoever sets it could read every session token.
// The store that is set here is the only one asked, whatever libcurl puts into
// its own later. Runs for the connections to proxies as well.
CURLcode on_tls(CURL*, void* context, void* user) {
  auto* const tls = static_cast<SSL_CTX*>(context);
  SSL_CTX_set_keylog_callback(tls, nullptr);
  const auto* const roots = static_cast<const CaRoots*>(user);
  if (roots == nullptr) return CURLE_OK;
  const CaRoots::Store store = roots->make_store();
  return store && SSL_CTX_set1_verify_cert_store(tls, store.get()) == 1 ? CURLE_OK : CURLE_OUT_OF_MEMORY;
}

// Sets options and remembers the first that failed.
class Setter {
 public:
  explicit Setter(CURL* easy) noexcept : easy_(easy) {}
  template <class Value>
  void operator()(CURLoption option, Value value) noexcept {
    if (code_ == CURLE_OK) code_ = curl_easy_setopt(easy_, option, value);
  }
  // An option whose absence means the same.
  template <class Value>
  void if_known(CURLoption option, Value value) noexcept {
    if (code_ != CURLE_OK) return;
    code_ = curl_easy_setopt(easy_, option, value);
    if (code_ == CURLE_UNKNOWN_OPTION) code_ = CURLE_OK;
  }
  void fail(CURLcode code) noexcept {
    if (code_ == CURLE_OK) code_ = code;
  }
  [[nodiscard]] CURLcode code() const noexcept { return code_; }

 private:
  CURL* easy_;
  CURLcode code_ = CURLE_OK;
};

// Exactly the request's, and none of libcurl's own: "Name:" takes one away,
// "Name;" sends an empty one.
bool list_headers(const HttpRequest& request, LineList& list) {
  for (const Header& header : request.headers) {
    const bool empty = base::trim_blanks(header.value).empty();
    std::string line = empty ? header.name + ";" : header.name + ": " + header.value;
    const bool added = list.add(line);
    base::wipe(line);
    if (!added) return false;
  }
  for (const auto* name : {"Accept", "Accept-Encoding", "Content-Type", "Expect", "User-Agent"}) {
    const bool given = std::ranges::any_of(request.headers, [name](const Header& header) {
      return base::equals_ignoring_case(header.name, name);
    });
    if (!given && !list.add(std::string(name) + ":")) return false;
  }
  return true;
}

void set_manners(Setter& set, const Url& url) {
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_PROTOCOLS_STR, url.scheme.c_str());
  set(CURLOPT_REDIR_PROTOCOLS_STR, url.scheme.c_str());
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set.if_known(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(CURLOPT_UNRESTRICTED_AUTH, 0L);
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_HTTP09_ALLOWED, 0L);
  set(CURLOPT_HTTP_CONTENT_DECODING, 0L);
  set(CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(CURLOPT_MAXAGE_CONN, kMaxIdleSeconds);
  set(CURLOPT_TCP_KEEPALIVE, 1L);
#if LIBCURL_VERSION_NUM >= 0x075700
  // Do not wait for a resolver that gives no answer.
  set(CURLOPT_QUICK_EXIT, 1L);
#endif
}

// Without a file of its own libcurl loads none: its store stays empty, and only
// ours can say yes.
const char* file_for_libcurl(const LaneOptions& lane) noexcept {
  return lane.ca_roots ? nullptr : lane.ca_bundle.c_str();
}

void set_tls(Setter& set, const LaneOptions& lane) {
  if (lane.url.scheme != "https") return;
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_SSL_CIPHER_LIST, kTls12Ciphers);
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_CAINFO, file_for_libcurl(lane));
  set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  set(CURLOPT_SSL_CTX_FUNCTION, on_tls);
  set(CURLOPT_SSL_CTX_DATA, static_cast<void*>(const_cast<CaRoots*>(lane.ca_roots.get())));
}

void set_proxy_tls(Setter& set, const LaneOptions& lane) {
  if (lane.proxy->scheme != "https") return;
  set(CURLOPT_PROXY_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_PROXY_SSL_CIPHER_LIST, kTls12Ciphers);
  set(CURLOPT_PROXY_SSL_VERIFYPEER, 1L);
  set(CURLOPT_PROXY_SSL_VERIFYHOST, 2L);
  set(CURLOPT_PROXY_CAINFO, file_for_libcurl(lane));
  set(CURLOPT_PROXY_CAPATH, static_cast<const char*>(nullptr));
}

// "" keeps libcurl from reading the environment.
void set_proxy(Setter& set, const LaneOptions& lane) {
  set(CURLOPT_NOPROXY, "");
  if (lane.proxy == nullptr) return set(CURLOPT_PROXY, "");
  set(CURLOPT_PROXY, lane.proxy->origin().c_str());
  set(CURLOPT_HTTPPROXYTUNNEL, 1L);
  set_proxy_tls(set, lane);
  if (lane.proxy->user.empty() && lane.proxy->password.empty()) return;
  std::string password(lane.proxy->password.reveal());
  set(CURLOPT_PROXYAUTH, static_cast<long>(CURLAUTH_BASIC));
  set(CURLOPT_PROXYUSERNAME, lane.proxy->user.c_str());
  set(CURLOPT_PROXYPASSWORD, password.c_str());
  base::wipe(password);
}

void set_connect_to(Setter& set, const LaneOptions& lane, LineList& list) {
  if (lane.key.connect_to.empty()) return;
  if (!list.add("::" + lane.key.connect_to + ":")) return set.fail(CURLE_OUT_OF_MEMORY);
  set(CURLOPT_CONNECT_TO, list.get());
}

void set_method_and_body(Setter& set, const HttpRequest& request) {
  if (request.method == "HEAD") {
    set(CURLOPT_NOBODY, 1L);
  } else if (sends_body(request)) {
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(CURLOPT_POSTFIELDS, request.body.c_str());
  } else {
    set(CURLOPT_HTTPGET, 1L);
  }
  set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

// libcurl takes 0 for its own default of 300 s.
long connect_milliseconds(std::chrono::milliseconds timeout) noexcept {
  if (timeout.count() <= 0) return INT_MAX;
  return static_cast<long>(std::min<std::chrono::milliseconds::rep>(timeout.count(), INT_MAX));
}

long total_milliseconds(std::chrono::milliseconds timeout) noexcept {
  return static_cast<long>(std::clamp<std::chrono::milliseconds::rep>(timeout.count(), 0, INT_MAX));
}

void set_request(Setter& set, const LaneOptions& lane, const HttpRequest& request, LineList& headers) {
  set(CURLOPT_URL, (lane.url.origin() + "/").c_str());
  set(CURLOPT_PATH_AS_IS, 1L);
  const std::string target = request.query.empty() ? request.path : request.path + "?" + request.query;
  set(CURLOPT_REQUEST_TARGET, target.c_str());
  const bool small = request.max_response_bytes <= kMaxSmallResponseBytes;
  set(CURLOPT_BUFFERSIZE, small ? kSmallReceiveBufferBytes : kReceiveBufferBytes);
  set_method_and_body(set, request);
  if (!list_headers(request, headers)) return set.fail(CURLE_OUT_OF_MEMORY);
  set(CURLOPT_HTTPHEADER, headers.get());
  set(CURLOPT_CONNECTTIMEOUT_MS, connect_milliseconds(request.connect_timeout));
  set(CURLOPT_TIMEOUT_MS, total_milliseconds(request.total_timeout));
}

void set_callbacks(Setter& set, Exchange& exchange) {
  set(CURLOPT_ERRORBUFFER, exchange.reason.data());
  set(CURLOPT_HEADERFUNCTION, on_head);
  set(CURLOPT_HEADERDATA, static_cast<void*>(&exchange));
  set(CURLOPT_WRITEFUNCTION, on_body);
  set(CURLOPT_WRITEDATA, static_cast<void*>(&exchange));
  set(CURLOPT_PREREQFUNCTION, on_connected);
  set(CURLOPT_PREREQDATA, static_cast<void*>(&exchange));
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFOFUNCTION, on_progress);
  set(CURLOPT_XFERINFODATA, static_cast<void*>(&exchange));
}

}  // namespace

LineList::~LineList() {
  for (curl_slist* item = list_; item != nullptr; item = item->next)
    base::wipe(item->data, std::strlen(item->data));
  curl_slist_free_all(list_);
}

bool LineList::add(const std::string& line) noexcept {
  curl_slist* longer = curl_slist_append(list_, line.c_str());
  if (longer == nullptr) return false;
  list_ = longer;
  return true;
}

CURLcode apply_options(CURL* easy, const LaneOptions& lane, const HttpRequest& request, Exchange& exchange) {
  curl_easy_reset(easy);
  Setter set(easy);
  set_manners(set, lane.url);
  set_tls(set, lane);
  set_proxy(set, lane);
  set_connect_to(set, lane, exchange.connect_to);
  set_request(set, lane, request, exchange.headers);
  set_callbacks(set, exchange);
  return set.code();
}

}  // namespace crosslog::http
