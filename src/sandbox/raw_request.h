// A request as it arrived. A signature covers bytes, so that nothing may be normalised
// on the way to the check: the target as written, header values with their blanks and
// folds, names with their case, headers in their order.
#ifndef CROSSLOG_SRC_SANDBOX_RAW_REQUEST_H_
#define CROSSLOG_SRC_SANDBOX_RAW_REQUEST_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crosslog::sandbox {

struct RawHeader {
  std::string name;
  std::string value;  // all bytes after the colon; folded lines joined by '\n'
};

struct RawRequest {
  std::string method;
  std::string target;
  std::vector<RawHeader> headers;
  std::string body;

  // The first header of this name (any case), trimmed; nullopt when absent.
  [[nodiscard]] std::optional<std::string> header(std::string_view name) const;
  [[nodiscard]] std::string_view path() const;   // of the target, without query, scheme and host
  [[nodiscard]] std::string_view query() const;  // without '?'
};

// The request line and the headers, up to the empty line or the end; lines end with
// LF or CR LF. nullopt when it is no head.
[[nodiscard]] std::optional<RawRequest> parse_head(std::string_view text);

// Head and body in one text: a file for --verify.
[[nodiscard]] std::optional<RawRequest> parse_request(std::string_view text);

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_RAW_REQUEST_H_
