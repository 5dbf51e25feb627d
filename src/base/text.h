// Text as bytes: no locale anywhere.
#ifndef CROSSLOG_SRC_BASE_TEXT_H_
#define CROSSLOG_SRC_BASE_TEXT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crosslog::base {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// ASCII only; other bytes stay.
[[nodiscard]] constexpr bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_control(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}
[[nodiscard]] std::string to_lower(std::string_view text);
[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b) noexcept;
// Blanks and tabs at both ends.
[[nodiscard]] std::string_view trim_blanks(std::string_view text) noexcept;
// Blanks, tabs, CR, LF, FF, VT at both ends.
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;
// At least one part: "a,,b" gives "a", "", "b".
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

// RFC 3986: everything but A-Z a-z 0-9 - . _ ~ as %XX with upper-case digits.
// `keep` lists further bytes to leave alone ("/").
[[nodiscard]] std::string percent_encode(std::string_view text, std::string_view keep = {});
// Bytes that are not a valid %XX stay as they are.
[[nodiscard]] std::string percent_decode(std::string_view text);
// application/x-www-form-urlencoded: as percent_encode, with '+' for a blank.
[[nodiscard]] std::string form_encode(std::string_view text);

// The whole text as a decimal number with an optional '-', within int64.
[[nodiscard]] std::optional<std::int64_t> parse_int(std::string_view text) noexcept;

[[nodiscard]] std::string hex(std::string_view bytes);  // lower-case

// Well-formed UTF-8 (Unicode 15, table 3-7).
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;
// Appends `text` with each maximal ill-formed sequence as U+FFFD; returns how many.
std::size_t append_repaired_utf8(std::string& out, std::string_view text);
// Appends one code point. Precondition: a scalar value.
void append_utf8(std::string& out, char32_t code_point);

// For messages and terminals: what moves the cursor, changes the terminal or
// cannot be seen (C0 but the tab, DEL, C1, bidi controls, zero-width and tag
// characters) and ill-formed UTF-8, each byte as \xNN; line breaks as \n. At
// most `max` bytes, then "...".
[[nodiscard]] std::string visible(std::string_view text, std::size_t max = 1024);

}  // namespace crosslog::base

#endif  // CROSSLOG_SRC_BASE_TEXT_H_
