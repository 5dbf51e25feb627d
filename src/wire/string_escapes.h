// What the string kernels share: which bytes of a block are escaped, what the
// escapes of one letter stand for, and runs of \uXXXX.
#ifndef CROSSLOG_SRC_WIRE_STRING_ESCAPES_H_
#define CROSSLOG_SRC_WIRE_STRING_ESCAPES_H_

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "wire/json_repair.h"

namespace crosslog::wire {

// Bit i stands for byte i of a block.
struct EscapeBits {
  std::uint64_t backslashes = 0;  // those that begin an escape
  std::uint64_t escaped = 0;      // the bytes behind them
};

// Of a run of backslashes every other one begins an escape: where the run begins
// decides which, and a subtraction carries that along the run. The byte before
// the block must not begin one; an escape by the last byte has its letter outside.
inline EscapeBits find_escapes(std::uint64_t backslashes) {
  constexpr std::uint64_t kOdd = 0xAAAA'AAAA'AAAA'AAAA;
  const std::uint64_t turns = ((backslashes << 1 | kOdd) - backslashes) ^ kOdd;
  return {.backslashes = turns & backslashes, .escaped = turns ^ backslashes};
}

inline constexpr std::array<std::uint8_t, 256> kUnescapedLetters = [] {
  std::array<std::uint8_t, 256> letters{};  // 0: no escape of one letter
  for (const std::string_view pair : {"\"\"", "\\\\", "//", "b\b", "f\f", "n\n", "r\r", "t\t"})
    letters[static_cast<unsigned char>(pair[0])] = static_cast<std::uint8_t>(pair[1]);
  return letters;
}();

// The same as two tables of 16 bytes, for instructions that look up as many:
// the slot of each letter, by the hash that the kernels compute.
inline constexpr std::uint8_t kSlotAddend = 10;
struct LetterSlots {
  alignas(16) std::array<std::uint8_t, 16> letter{}, unescaped{};
};
inline constexpr LetterSlots kLetterSlots = [] {
  LetterSlots slots;
  for (unsigned letter = 0; letter < 256; ++letter) {
    if (kUnescapedLetters[letter] == 0) continue;
    const unsigned slot = ((((letter + kSlotAddend) & 0xFF) >> 4) ^ letter) & 0xF;
    slots.letter[slot] = static_cast<std::uint8_t>(letter);
    slots.unescaped[slot] = kUnescapedLetters[letter];
  }
  return slots;
}();

inline constexpr std::uint32_t kNoUnit = 0x10000;
inline constexpr std::array<std::uint32_t, 256> kHexDigits = [] {
  std::array<std::uint32_t, 256> digits{};
  digits.fill(kNoUnit);
  for (std::uint32_t i = 0; i < 16; ++i) {
    digits[static_cast<unsigned char>("0123456789abcdef"[i])] = i;
    digits[static_cast<unsigned char>("0123456789ABCDEF"[i])] = i;
  }
  return digits;
}();

// The code unit of four digits; kNoUnit or more when one is no digit.
inline std::uint32_t read_unit(const char* digits) {
  const auto digit = [digits](int i) { return kHexDigits[static_cast<unsigned char>(digits[i])]; };
  return digit(0) << 12 | digit(1) << 8 | digit(2) << 4 | digit(3);
}

inline bool begins_unit(const char* text) {
  return text[0] == '\\' && text[1] == 'u';
}

// Writes four bytes; says how many of them count.
inline std::size_t put_utf8(std::uint32_t point, char* out) {
  const auto put = [&](std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
    const std::array bytes = {static_cast<char>(a), static_cast<char>(b), static_cast<char>(c),
                              static_cast<char>(d)};
    std::memcpy(out, bytes.data(), bytes.size());
  };
  const auto tail = [point](unsigned shift) { return 0x80 | (point >> shift & 0x3F); };
  if (point < 0x80) {
    put(point, 0, 0, 0);
    return 1;
  }
  if (point < 0x800) {
    put(0xC0 | point >> 6, tail(0), 0, 0);
    return 2;
  }
  if (point < 0x10000) {
    put(0xE0 | point >> 12, tail(6), tail(0), 0);
    return 3;
  }
  put(0xF0 | point >> 18, tail(12), tail(6), tail(0));
  return 4;
}

struct TextAndOut {
  const char* text;  // nullptr: no escape of JSON
  char* out;
};

// Behind as many \uXXXX as follow each other at `text`.
inline TextAndOut unescape_units(const char* text, char* out) {
  while (begins_unit(text)) {
    std::uint32_t point = read_unit(text + 2);
    text += kUnicodeEscapeSize;
    if (is_low_surrogate(point) || point >= kNoUnit) return {nullptr, out};
    if (is_high_surrogate(point)) {
      const std::uint32_t low = begins_unit(text) ? read_unit(text + 2) : 0;
      if (!is_low_surrogate(low)) return {nullptr, out};
      point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
      text += kUnicodeEscapeSize;
    }
    out += put_utf8(point, out);
  }
  return {text, out};
}

}  // namespace crosslog::wire

#endif  // CROSSLOG_SRC_WIRE_STRING_ESCAPES_H_
