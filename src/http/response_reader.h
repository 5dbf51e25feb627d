// Takes a response line by line and piece by piece, and stops it at the first
// byte over a limit: a server that promises 400 MB, or sends chunks without end,
// costs no more memory than the request allowed.
//
// libcurl does the framing; this does what libcurl leaves to its caller: caps,
// interim responses (1xx), folded lines, trailers, encodings that nobody asked
// for, and noticing a head that was cut (libcurl calls that a success).
// Pure: no I/O, no clock.
#ifndef CROSSLOG_SRC_HTTP_RESPONSE_READER_H_
#define CROSSLOG_SRC_HTTP_RESPONSE_READER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "crosslog/error.h"
#include "crosslog/http.h"
#include "crosslog/transport.h"

namespace crosslog::http {

inline constexpr std::size_t kMaxHeadBytes = 64u << 10;  // all lines: interim responses and trailers too
inline constexpr std::size_t kMaxHeadLines = 100;

class ResponseReader {
 public:
  struct Options {
    std::string url;            // for messages: no query
    std::size_t max_bytes = 0;  // of the body; 0: no limit
    bool has_body = true;       // false for HEAD: content-length then promises nothing
    BodySink* sink = nullptr;   // takes the body; nullptr: it is collected
  };

  explicit ResponseReader(Options options) : options_(std::move(options)) {}

  // One line with its line end, in order of arrival. Errc::protocol.
  Result<void> head_line(std::string_view line);
  // Errc::protocol, or the sink's error.
  Result<void> body(std::string_view bytes);

  // The blank line behind the final response's head has arrived.
  [[nodiscard]] bool head_complete() const noexcept { return stage_ == Stage::body; }
  [[nodiscard]] std::size_t body_bytes() const noexcept { return body_bytes_; }
  [[nodiscard]] std::optional<std::size_t> promised_bytes() const noexcept { return promised_; }
  [[nodiscard]] int status() const noexcept { return response_.status; }
  // Leaves the reader empty.
  [[nodiscard]] HttpResponse take() { return std::move(response_); }

 private:
  enum class Stage { status_line, head, body };

  Result<void> status_line(std::string_view line);
  Result<void> header(std::string_view line);
  Result<void> end_of_head();
  Result<void> judge(const Header& header);
  Result<void> judge_length(std::string_view value);
  [[nodiscard]] std::unexpected<Error> refuse(std::string_view reason) const;

  Options options_;
  HttpResponse response_;
  Stage stage_ = Stage::status_line;
  std::size_t head_bytes_ = 0;
  std::size_t head_lines_ = 0;
  std::size_t body_bytes_ = 0;
  std::optional<std::size_t> promised_;  // content-length
  bool chunked_ = false;
};

}  // namespace crosslog::http

#endif  // CROSSLOG_SRC_HTTP_RESPONSE_READER_H_
