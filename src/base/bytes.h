// Whether all of a text lies between two bytes, sixteen at a time. Tokens,
// header values and keys are long and nearly always plain, and a check that
// looks at each byte by itself costs more than hashing them.
#ifndef CROSSLOG_SRC_BASE_BYTES_H_
#define CROSSLOG_SRC_BASE_BYTES_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace crosslog::base {

// The first and the last byte that are printable ASCII and no blank.
inline constexpr unsigned char kFirstVisible = 0x21;
inline constexpr unsigned char kLastVisible = 0x7e;

// Every byte is `low`, `high` or between them; true for an empty text.
[[nodiscard]] inline bool all_between(std::string_view text, unsigned char low, unsigned char high) noexcept {
  using Bytes [[gnu::vector_size(16)]] = unsigned char;  // whatever vectors the machine has
  constexpr std::size_t kStep = sizeof(Bytes);
  const auto range = static_cast<unsigned char>(high - low);
  if (text.size() < kStep) {
    bool outside = false;
    for (const char c : text)
      outside |= static_cast<unsigned char>(static_cast<unsigned char>(c) - low) > range;
    return !outside;
  }
  Bytes most{};
  const auto look = [&](std::size_t at) {
    Bytes bytes;
    std::memcpy(&bytes, text.data() + at, kStep);
    bytes -= low;
    most = bytes > most ? bytes : most;
  };
  const std::size_t last = text.size() - kStep;
  for (std::size_t at = 0; at < last; at += kStep)
    look(at);
  look(last);
  const auto outside = reinterpret_cast<Bytes>(most > range);
  std::uint64_t halves[2];
  std::memcpy(halves, &outside, sizeof(halves));
  return (halves[0] | halves[1]) == 0;
}

// Printable ASCII without a blank.
[[nodiscard]] inline bool all_visible(std::string_view text) noexcept {
  return all_between(text, kFirstVisible, kLastVisible);
}

}  // namespace crosslog::base

#endif  // CROSSLOG_SRC_BASE_BYTES_H_
