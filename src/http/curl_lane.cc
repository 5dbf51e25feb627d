#include "http/curl_lane.h"

#include <poll.h>

#include <chrono>
#include <cstring>
#include <string>

#include "base/try.h"
#include "http/sigpipe.h"

namespace crosslog::http {
namespace {

// Also the bound on cancelling where libcurl could not make its wake-up pair.
constexpr int kPollMilliseconds = 200;

// The easy handle belongs to the multi handle for as long as this lives.
class Attachment {
 public:
  Attachment(CURLM* multi, CURL* easy) noexcept
      : multi_(multi), easy_(easy), attached_(curl_multi_add_handle(multi, easy) == CURLM_OK) {}
  ~Attachment() {
    if (attached_) curl_multi_remove_handle(multi_, easy_);
  }
  Attachment(const Attachment&) = delete;
  Attachment& operator=(const Attachment&) = delete;
  explicit operator bool() const noexcept { return attached_; }

 private:
  CURLM* multi_;
  CURL* easy_;
  bool attached_;
};

// The host's sink runs with the host's signals.
class HostSink : public BodySink {
 public:
  HostSink(BodySink& sink, SigpipeBlock& block) noexcept : sink_(sink), block_(block) {}
  Result<void> write(std::string_view bytes) override {
    struct Relay {
      SigpipeBlock& block;
      explicit Relay(SigpipeBlock& b) noexcept : block(b) { block.lift(); }
      ~Relay() { block.lay(); }
    } const relay(block_);
    return sink_.write(bytes);
  }

 private:
  BodySink& sink_;
  SigpipeBlock& block_;
};

}  // namespace

Result<std::unique_ptr<CurlLane>> CurlLane::make(LaneOptions options) {
  std::unique_ptr<CurlLane> lane(new CurlLane(std::move(options)));
  lane->multi_.reset(curl_multi_init());
  lane->easy_.reset(curl_easy_init());
  if (!lane->multi_ || !lane->easy_ ||
      curl_multi_setopt(lane->multi_.get(), CURLMOPT_MAXCONNECTS, 1L) != CURLM_OK) {
    return std::unexpected(
        make_failure(CURLE_FAILED_INIT, {.reason = "libcurl has no memory or descriptors left"}));
  }
  return lane;
}

CurlLane::~CurlLane() {
  const SigpipeBlock block;
  easy_.reset();
  multi_.reset();
}

// A kept connection can die under the request: the other end, or a NAT between,
// had given it up. libcurl then sends the request once more on a fresh one, if
// no byte of an answer had come. That is not an attempt in the sense of
// max_attempts: nothing is known of the service yet, only of the connection.
// So a server that reads a request on a kept connection and hangs up sees one
// more than the AWS CLI would send it.
Result<HttpResponse> CurlLane::exchange(const HttpRequest& request, BodySink* sink,
                                        const std::stop_token& stop) {
  SigpipeBlock block;
  std::optional<HostSink> host_sink;
  if (sink != nullptr) host_sink.emplace(*sink, block);
  Exchange exchange{
      .reader = ResponseReader({.url = options_.url.origin() + request.path,
                                .max_bytes = request.max_response_bytes,
                                .has_body = request.method != "HEAD",
                                .sink = host_sink ? &*host_sink : nullptr}),
      .patience = Patience(request.read_timeout, sink == nullptr),
  };
  CURLcode code = apply_options(easy_.get(), options_, request, exchange);
  if (code == CURLE_OK && connection_speaks_unasked()) {
    code = curl_easy_setopt(easy_.get(), CURLOPT_FRESH_CONNECT, 1L);
  }
  End end = End::done;
  if (code == CURLE_OK) {
    const Attachment attachment(multi_.get(), easy_.get());
    end = attachment ? drive(exchange.patience, stop, code) : End::broken;
    if (curl_easy_getinfo(easy_.get(), CURLINFO_ACTIVESOCKET, &socket_) != CURLE_OK) {
      socket_ = CURL_SOCKET_BAD;
    }
  }
  return judge(end, code, request, exchange);
}

bool CurlLane::connection_speaks_unasked() const noexcept {
  pollfd resting{.fd = socket_, .events = POLLIN, .revents = 0};
  return socket_ != CURL_SOCKET_BAD && poll(&resting, 1, 0) != 0;
}

// Runs the attached transfer to its end; `code` is libcurl's when it is done.
CurlLane::End CurlLane::drive(Patience& patience, const std::stop_token& stop, CURLcode& code) {
  CURLM* const multi = multi_.get();
  const std::stop_callback wake(stop, [multi] { curl_multi_wakeup(multi); });
  for (;;) {
    int running = 0;
    if (curl_multi_perform(multi, &running) != CURLM_OK) return End::broken;
    if (running == 0) break;
    if (stop.stop_requested()) return End::cancelled;
    const auto verdict = patience.judge(std::chrono::steady_clock::now());
    if (verdict == Patience::Verdict::silent) return End::silent;
    if (verdict == Patience::Verdict::crawling) return End::crawling;
    if (curl_multi_poll(multi, nullptr, 0, kPollMilliseconds, nullptr) != CURLM_OK) return End::broken;
  }
  int left = 0;
  const CURLMsg* const message = curl_multi_info_read(multi, &left);
  if (message == nullptr || message->msg != CURLMSG_DONE) return End::broken;
  code = message->data.result;
  return End::done;
}

// libcurl says "Couldn't connect to server" for all that the system says.
std::string CurlLane::reason(CURLcode code, const Exchange& exchange) const {
  std::string text = exchange.reason.front() != '\0' ? exchange.reason.data() : curl_easy_strerror(code);
  long system = 0;
  if (code != CURLE_COULDNT_CONNECT || curl_easy_getinfo(easy_.get(), CURLINFO_OS_ERRNO, &system) != CURLE_OK)
    return text;
  const char* const description = strerrordesc_np(static_cast<int>(system));
  return system == 0 || description == nullptr ? text : text + ": " + description;
}

FailureContext CurlLane::context(CURLcode code, const HttpRequest& request, const Exchange& exchange) const {
  return {.url = options_.url.origin() + request.path,
          .host = options_.url.host,
          .proxy = options_.proxy == nullptr ? std::string() : options_.proxy->shown,
          .reason = reason(code, exchange),
          .connected = exchange.connected};
}

Result<HttpResponse> CurlLane::judge(End end, CURLcode code, const HttpRequest& request,
                                     Exchange& exchange) const {
  if (exchange.error) return std::unexpected(std::move(*exchange.error));
  FailureContext failure = context(code, request, exchange);
  switch (end) {
    case End::cancelled:
      return fail(Errc::cancelled, "The call was cancelled.");
    case End::silent:
      return std::unexpected(make_read_timeout(
          failure, "no byte came for " + std::to_string(request.read_timeout.count()) + " ms"));
    case End::crawling:
      return std::unexpected(make_read_timeout(failure, "less than 1 KiB/s came for 10 s"));
    case End::broken:
      failure.reason = "libcurl could not go on (memory, descriptors)";
      return std::unexpected(make_failure(CURLE_OUT_OF_MEMORY, failure));
    case End::done:
      break;
  }
  if (exchange.threw) {
    failure.reason = "the response could not be taken";
    return std::unexpected(make_failure(CURLE_OUT_OF_MEMORY, failure));
  }
  if (code != CURLE_OK) return std::unexpected(make_failure(code, failure));
  // libcurl takes a head that ends early for a whole one.
  if (!exchange.reader.head_complete()) {
    return std::unexpected(make_connection_closed(failure, "the response ended inside its headers"));
  }
  return exchange.reader.take();
}

}  // namespace crosslog::http
