#include "cli/unicode.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace crosslog::cli {
namespace {

struct Range {
  char32_t first, last;
};

// East_Asian_Width W, F and A of Unicode 14, which the reference client's Python
// uses.
constexpr Range kWide[] = {
#include "cli/output/east_asian_width.inc"
};

bool is_wide(char32_t c) noexcept {
  const auto* range = std::upper_bound(std::begin(kWide), std::end(kWide), c,
                                       [](char32_t value, const Range& r) { return value < r.first; });
  return range != std::begin(kWide) && c <= std::prev(range)->last;
}

bool is_continuation(char byte) noexcept {
  return (static_cast<unsigned char>(byte) & 0xC0u) == 0x80u;
}

void append_hex(std::string& out, std::uint32_t value, int digits) {
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
    out += "0123456789abcdef"[(value >> shift) & 0xFu];
}

void append_visible(std::string& out, const CodePoint& c, std::string_view bytes) {
  if (c.value == '\n') {
    out += "\\n";
  } else if (c.value == '\r') {
    out += "\\r";
  } else if (!c.valid || c.value < 0x100) {
    for (const char byte : c.valid ? std::string_view{} : bytes) {
      out += "\\x";
      append_hex(out, static_cast<unsigned char>(byte), 2);
    }
    if (c.valid) {
      out += "\\x";
      append_hex(out, c.value, 2);
    }
  } else {
    out += c.value > 0xFFFF ? "\\U" : "\\u";
    append_hex(out, c.value, c.value > 0xFFFF ? 8 : 4);
  }
}

}  // namespace

CodePoint first_code_point(std::string_view text) noexcept {
  constexpr CodePoint kBad{.value = 0xFFFD, .size = 1, .valid = false};
  const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
  const char32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return kBad;
  char32_t value = lead & (0xFFu >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if (!is_continuation(text[i])) return kBad;
    value = (value << 6) | (byte(i) & 0x3Fu);
  }
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (value < kSmallest[size] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return kBad;
  return {value, size, true};
}

bool is_utf8(std::string_view text) noexcept {
  while (!text.empty()) {
    const CodePoint c = first_code_point(text);
    if (!c.valid) return false;
    text.remove_prefix(c.size);
  }
  return true;
}

std::u32string decode_utf8(std::string_view text) {
  std::u32string out;
  while (!text.empty()) {
    const CodePoint c = first_code_point(text);
    out += c.value;
    text.remove_prefix(c.size);
  }
  return out;
}

std::string encode_utf8(std::u32string_view text) {
  std::string out;
  const auto put = [&](char32_t bits) { out += static_cast<char>(static_cast<unsigned char>(bits)); };
  for (const char32_t c : text) {
    if (c < 0x80) {
      put(c);
    } else if (c < 0x800) {
      put(0xC0 | (c >> 6));
      put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      put(0xE0 | (c >> 12));
      put(0x80 | ((c >> 6) & 0x3F));
      put(0x80 | (c & 0x3F));
    } else {
      put(0xF0 | (c >> 18));
      put(0x80 | ((c >> 12) & 0x3F));
      put(0x80 | ((c >> 6) & 0x3F));
      put(0x80 | (c & 0x3F));
    }
  }
  return out;
}

std::size_t columns(std::string_view text) noexcept {
  std::size_t width = 0;
  while (!text.empty()) {
    const CodePoint c = first_code_point(text);
    width += is_wide(c.value) ? 2 : 1;
    text.remove_prefix(c.size);
  }
  return width;
}

bool is_unsafe(const CodePoint& c) noexcept {
  const char32_t v = c.value;
  const auto within = [v](char32_t first, char32_t last) { return v >= first && v <= last; };
  return !c.valid || v < 0x20 || within(0x7F, 0x9F) || v == 0xAD || v == 0x61C || within(0x200B, 0x200F) ||
         within(0x2028, 0x202E) || within(0x2060, 0x206F) || v == 0xFEFF || within(0xFFF9, 0xFFFB) ||
         within(0xE0000, 0xE007F);
}

std::string visible(std::string_view text, std::string_view keep) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const CodePoint c = first_code_point(text);
    const std::string_view bytes = text.substr(0, c.size);
    if (!is_unsafe(c) || (c.value < 0x80 && keep.contains(static_cast<char>(c.value)))) {
      out += bytes;
    } else {
      append_visible(out, c, bytes);
    }
    text.remove_prefix(c.size);
  }
  return out;
}

}  // namespace crosslog::cli
