// One libcurl handle, one connection, one origin, one thread at a time.
//
// A lane never changes its origin or its proxy, so that no state of one (proxy
// credentials, TLS sessions, a connection half read) can reach another: the
// leaks of handle reuse are closed by construction. It drives curl_multi instead
// of curl_easy_perform because curl_multi_wakeup ends a wait at once when the
// caller stops; an easy handle looks up once a second.
#ifndef CROSSLOG_SRC_HTTP_CURL_LANE_H_
#define CROSSLOG_SRC_HTTP_CURL_LANE_H_

#include <curl/curl.h>

#include <memory>
#include <stop_token>
#include <string>
#include <utility>

#include "crosslog/error.h"
#include "crosslog/http.h"
#include "crosslog/transport.h"
#include "http/curl_options.h"
#include "http/failure.h"

namespace crosslog::http {

class CurlLane {
 public:
  // Errc::network when libcurl cannot make a handle (memory, descriptors).
  static Result<std::unique_ptr<CurlLane>> make(LaneOptions options);
  ~CurlLane();
  CurlLane(const CurlLane&) = delete;
  CurlLane& operator=(const CurlLane&) = delete;

  // One exchange. `sink` nullptr: the body is collected. After an error the
  // lane must be dropped.
  Result<HttpResponse> exchange(const HttpRequest& request, BodySink* sink, const std::stop_token& stop);

  [[nodiscard]] const LaneKey& key() const noexcept { return options_.key; }

 private:
  struct EasyCleanup {
    void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
  };
  struct MultiCleanup {
    void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
  };
  enum class End { done, silent, crawling, cancelled, broken };

  explicit CurlLane(LaneOptions options) : options_(std::move(options)) {}
  // What arrives between two exchanges (a 408 before the server hangs up, TLS's
  // goodbye, bytes behind the last response) would be taken for the next answer.
  [[nodiscard]] bool connection_speaks_unasked() const noexcept;
  End drive(Patience& patience, const std::stop_token& stop, CURLcode& code);
  [[nodiscard]] Result<HttpResponse> judge(End end, CURLcode code, const HttpRequest& request,
                                           Exchange& exchange) const;
  [[nodiscard]] std::string reason(CURLcode code, const Exchange& exchange) const;
  [[nodiscard]] FailureContext context(CURLcode code, const HttpRequest& request,
                                       const Exchange& exchange) const;

  LaneOptions options_;
  std::unique_ptr<CURLM, MultiCleanup> multi_;
  std::unique_ptr<CURL, EasyCleanup> easy_;
  curl_socket_t socket_ = CURL_SOCKET_BAD;  // of the connection that rests in multi_
};

}  // namespace crosslog::http

#endif  // CROSSLOG_SRC_HTTP_CURL_LANE_H_
