#include "http/patience.h"

namespace crosslog::http {

void Patience::heard_body(std::size_t bytes, Instant now) noexcept {
  heard(now);
  if (!window_) window_ = now;
  window_bytes_ += bytes;
}

Patience::Verdict Patience::judge(Instant now) noexcept {
  if (silence_.count() != 0 && last_heard_ && now - *last_heard_ >= silence_) return Verdict::silent;
  if (!hold_to_speed_ || !window_ || now - *window_ < kLowSpeedWindow) return Verdict::wait;
  if (window_bytes_ < kLowSpeedBytesPerSecond * static_cast<std::size_t>(kLowSpeedWindow.count())) {
    return Verdict::crawling;
  }
  window_ = now;
  window_bytes_ = 0;
  return Verdict::wait;
}

}  // namespace crosslog::http
