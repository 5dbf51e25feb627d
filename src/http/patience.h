// How long an exchange may stay silent, or crawl. libcurl's own low-speed limit
// starts before the first byte, so that a slow but honest answer (a query over a
// day of logs) would be taken for a stalled one; this one starts with the body.
// Pure: the time is an argument.
#ifndef CROSSLOG_SRC_HTTP_PATIENCE_H_
#define CROSSLOG_SRC_HTTP_PATIENCE_H_

#include <chrono>
#include <cstddef>
#include <optional>

namespace crosslog::http {

inline constexpr std::size_t kLowSpeedBytesPerSecond = 1'024;
inline constexpr std::chrono::seconds kLowSpeedWindow{10};

class Patience {
 public:
  using Instant = std::chrono::steady_clock::time_point;
  enum class Verdict { wait, silent, crawling };

  // `silence` zero: no limit. An event stream may rest between events and is
  // never held to a speed.
  Patience(std::chrono::milliseconds silence, bool hold_to_speed) noexcept
      : silence_(silence), hold_to_speed_(hold_to_speed) {}

  // The connection stands, or a byte went out or came in. Nothing is judged
  // before the first call: until then the connect timeout rules.
  void heard(Instant now) noexcept { last_heard_ = now; }
  void heard_body(std::size_t bytes, Instant now) noexcept;

  [[nodiscard]] Verdict judge(Instant now) noexcept;

 private:
  std::chrono::milliseconds silence_;
  bool hold_to_speed_;
  std::optional<Instant> last_heard_;
  std::optional<Instant> window_;  // begins with the first byte of the body
  std::size_t window_bytes_ = 0;
};

}  // namespace crosslog::http

#endif  // CROSSLOG_SRC_HTTP_PATIENCE_H_
