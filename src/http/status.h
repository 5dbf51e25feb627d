// What HTTP calls the status of a server's failure: the message of an answer that
// has none of its own, as botocore gives it.
#ifndef CROSSLOG_SRC_HTTP_STATUS_H_
#define CROSSLOG_SRC_HTTP_STATUS_H_

#include <string_view>

namespace crosslog::http {

// RFC 9110, section 15.6, and RFC 2295, 2774, 4918, 5842, 6585; "" for others.
[[nodiscard]] constexpr std::string_view server_error_phrase(int status) noexcept {
  switch (status) {
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    case 505:
      return "HTTP Version Not Supported";
    case 506:
      return "Variant Also Negotiates";
    case 507:
      return "Insufficient Storage";
    case 508:
      return "Loop Detected";
    case 510:
      return "Not Extended";
    case 511:
      return "Network Authentication Required";
    default:
      return "";
  }
}

}  // namespace crosslog::http

#endif  // CROSSLOG_SRC_HTTP_STATUS_H_
