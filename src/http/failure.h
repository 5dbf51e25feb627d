// libcurl's codes in the AWS CLI's words. botocore tells seven ways apart in
// which no response arrives (exceptions.py); scripts match on those sentences,
// so they come first and libcurl's own reason becomes a hint.
#ifndef CROSSLOG_SRC_HTTP_FAILURE_H_
#define CROSSLOG_SRC_HTTP_FAILURE_H_

#include <curl/curl.h>

#include <string>

#include "crosslog/error.h"

namespace crosslog::http {

struct FailureContext {
  std::string url{};  // origin and path: a query may hold a signature
  std::string host{};
  std::string proxy{};     // with "***" for its credentials; empty: direct
  std::string reason{};    // libcurl's own
  bool connected = false;  // connection, tunnel and TLS stood
};

[[nodiscard]] Error make_failure(CURLcode code, const FailureContext& context);

// The sentence for a silent or crawling endpoint.
[[nodiscard]] Error make_read_timeout(const FailureContext& context, std::string reason);
// The sentence for a connection that ended before the response did.
[[nodiscard]] Error make_connection_closed(const FailureContext& context, std::string reason);

}  // namespace crosslog::http

#endif  // CROSSLOG_SRC_HTTP_FAILURE_H_
