// Every option libcurl is given, in one place. All of them are set anew for each
// exchange, so that nothing of one request is left for the next.
#ifndef CROSSLOG_SRC_HTTP_CURL_OPTIONS_H_
#define CROSSLOG_SRC_HTTP_CURL_OPTIONS_H_

#include <curl/curl.h>

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "crosslog/error.h"
#include "crosslog/http.h"
#include "http/ca_roots.h"
#include "http/patience.h"
#include "http/proxy.h"
#include "http/response_reader.h"
#include "http/url.h"

namespace crosslog::http {

// What a lane is for; lanes with equal keys serve each other's requests.
struct LaneKey {
  std::string origin;
  std::string connect_to;  // an address literal, or empty
  bool proxied = false;
  friend bool operator==(const LaneKey&, const LaneKey&) = default;
};

// What stays the same for every exchange of a lane.
struct LaneOptions {
  LaneKey key;
  Url url;                       // of the origin
  const Proxy* proxy = nullptr;  // outlives the lane; nullptr: direct
  std::string ca_bundle{};       // for https
  // Of ca_bundle; nullptr: libcurl loads the bundle.
  std::shared_ptr<const CaRoots> ca_roots{};
};

// A list of lines for libcurl. They hold session tokens: wiped at the end.
class LineList {
 public:
  LineList() noexcept = default;
  ~LineList();
  LineList(const LineList&) = delete;
  LineList& operator=(const LineList&) = delete;
  // False: no memory.
  [[nodiscard]] bool add(const std::string& line) noexcept;
  [[nodiscard]] curl_slist* get() const noexcept { return list_; }

 private:
  curl_slist* list_ = nullptr;
};

// What libcurl works on during one exchange. Stays where it is while it runs.
struct Exchange {
  ResponseReader reader;
  Patience patience;
  LineList headers{}, connect_to{};
  std::array<char, CURL_ERROR_SIZE> reason{};
  curl_off_t sent = 0;
  bool connected = false;        // connection, tunnel and TLS stand
  std::optional<Error> error{};  // the reader or the sink ended the exchange
  bool threw = false;            // by an exception
};

// `request` and `exchange` outlive the transfer.
[[nodiscard]] CURLcode apply_options(CURL* easy, const LaneOptions& lane, const HttpRequest& request,
                                     Exchange& exchange);

}  // namespace crosslog::http

#endif  // CROSSLOG_SRC_HTTP_CURL_OPTIONS_H_
