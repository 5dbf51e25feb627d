// JSON text whose strings hold bytes that are no UTF-8, or half a surrogate pair:
// what services send when a program logged binary data.
#ifndef CROSSLOG_SRC_WIRE_JSON_REPAIR_H_
#define CROSSLOG_SRC_WIRE_JSON_REPAIR_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace crosslog::wire {

struct RepairedJson {
  std::string text;
  std::size_t repairs = 0;  // U+FFFD put in
};

// Each maximal ill-formed byte sequence, and each \u escape of a surrogate
// without its other half, as U+FFFD. Nothing else changes; a text that was not
// JSON for another reason still is not.
[[nodiscard]] RepairedJson repair_json(std::string_view text);

// Of an escape \uXXXX.
inline constexpr std::size_t kUnicodeEscapeSize = 6;
// The UTF-16 code unit of the escape that stands at `at`, or nullopt when none
// does. Precondition: at <= text.size().
[[nodiscard]] std::optional<unsigned> unicode_escape(std::string_view text, std::size_t at);
[[nodiscard]] constexpr bool is_high_surrogate(unsigned unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}
[[nodiscard]] constexpr bool is_low_surrogate(unsigned unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

}  // namespace crosslog::wire

#endif  // CROSSLOG_SRC_WIRE_JSON_REPAIR_H_
