// UTF-8 for people and columns: what is valid, how wide it is on a terminal, and
// how to show what must not reach one.
#ifndef CROSSLOG_SRC_CLI_UNICODE_H_
#define CROSSLOG_SRC_CLI_UNICODE_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace crosslog::cli {

// Of a byte or a code point; a value, so that algorithms take it as it is.
inline constexpr auto is_digit = [](auto c) noexcept { return c >= '0' && c <= '9'; };

struct CodePoint {
  char32_t value = 0;    // U+FFFD when not valid
  std::size_t size = 1;  // bytes; of an ill-formed sequence: one
  bool valid = true;
};

// The first code point of `text`. Precondition: it is not empty.
[[nodiscard]] CodePoint first_code_point(std::string_view text) noexcept;
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;
[[nodiscard]] std::u32string decode_utf8(std::string_view text);
[[nodiscard]] std::string encode_utf8(std::u32string_view text);

// Columns as the AWS CLI counts them: East Asian Wide, Fullwidth and Ambiguous
// characters are two, all others one (control characters and marks too).
[[nodiscard]] std::size_t columns(std::string_view text) noexcept;

// What changes how a terminal shows the bytes around it: control characters,
// bidirectional controls, zero-width and tag characters, ill-formed bytes.
[[nodiscard]] bool is_unsafe(const CodePoint& c) noexcept;
// `text` with everything unsafe as \n, \r, \xNN, \uNNNN or \UNNNNNNNN. `keep` lists bytes
// to leave alone ("\n\t").
[[nodiscard]] std::string visible(std::string_view text, std::string_view keep = "\t");

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_UNICODE_H_
