// One step through UTF-8.
#ifndef CROSSLOG_SRC_WIRE_CODE_POINT_H_
#define CROSSLOG_SRC_WIRE_CODE_POINT_H_

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace crosslog::wire {

struct CodePoint {
  char32_t value = 0;
  std::size_t size = 1;
};

// The first one of `text`, and its size. Precondition: not empty; of text that is
// not valid the value is any, and the size never beyond the end.
[[nodiscard]] inline CodePoint first_code_point(std::string_view text) noexcept {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = std::min<std::size_t>(lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2, text.size());
  char32_t value = lead & (0xFFu >> (size + 1));
  for (std::size_t i = 1; i < size; ++i)
    value = (value << 6) | (static_cast<unsigned char>(text[i]) & 0x3Fu);
  return {value, size};
}

}  // namespace crosslog::wire

#endif  // CROSSLOG_SRC_WIRE_CODE_POINT_H_
