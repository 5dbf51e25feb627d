// An answer, and apart from it how its bytes reach the client: faults on the way
// (late, slow, cut, reset) never touch what a service decided.
#ifndef CROSSLOG_SRC_SANDBOX_RESPONSE_H_
#define CROSSLOG_SRC_SANDBOX_RESPONSE_H_

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crosslog::sandbox {

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  // Replaces the header of this name, or adds it.
  void set(std::string_view name, std::string value);
  void erase(std::string_view name);
};

struct Delivery {
  std::chrono::milliseconds delay{0};
  std::uint64_t bytes_per_second = 0;           // 0: at once
  std::optional<std::uint64_t> cut_after;       // bytes of head and body, then closed
  std::optional<std::uint64_t> cut_body_after;  // bytes of the body, then closed
  bool reset = false;                           // closed by RST
  bool no_answer = false;                       // closed (or reset) at once
  bool hang = false;                            // neither answered nor closed
  bool close_after = false;                     // Connection: close
  std::size_t chunk_bytes = 0;                  // chunked, in chunks of this size
  bool trailer = false;                         // with a trailer field behind the last chunk
  std::optional<std::uint64_t> claimed_length;  // a Content-Length that may be wrong
  std::uint64_t filler_bytes = 0;               // that many blanks behind the body, made while they are sent
  bool endless = false;                         // chunks of blanks until the client goes away
};

struct Exchange {
  Response response;
  Delivery delivery;
  std::string log_line;  // service, action, principal: without time, status and size
};

[[nodiscard]] std::string_view reason_phrase(int status);
// The status line and the headers, with the framing that `delivery` asks for.
[[nodiscard]] std::string response_head(const Response& response, const Delivery& delivery, bool keep_alive);

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_RESPONSE_H_
