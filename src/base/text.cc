// Text as bytes. UTF-8 is read by one function, next_code_point, which the
// check, the repair and the visible form share: they cannot disagree.
#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <system_error>

#include "base/bytes.h"

namespace crosslog::base {
namespace {

constexpr std::string_view kLowerHex = "0123456789abcdef";
constexpr std::string_view kUpperHex = "0123456789ABCDEF";
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

constexpr char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}
constexpr unsigned byte(char c) noexcept {
  return static_cast<unsigned char>(c);
}

constexpr bool is_unreserved(char c) noexcept {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

constexpr int hex_value(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  const char l = lower(c);
  return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

constexpr bool is_blank_or_tab(char c) noexcept {
  return c == ' ' || c == '\t';
}
constexpr bool is_white_space(char c) noexcept {
  return is_blank_or_tab(c) || c == '\r' || c == '\n' || c == '\f' || c == '\v';
}

template <class IsSpace>
std::string_view trim_ends(std::string_view text, const IsSpace& is_space) noexcept {
  while (!text.empty() && is_space(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && is_space(text.back()))
    text.remove_suffix(1);
  return text;
}

// What stands at the start of a text: a scalar value of `size` bytes, or a
// maximal ill-formed sequence of `size` bytes.
struct CodePoint {
  char32_t value = 0;
  std::size_t size = 1;
  bool ok = false;
};

// The second byte's range, and the number of bytes, by the first byte: Unicode 15,
// table 3-7. Size 0: no sequence begins so.
struct Lead {
  std::size_t size;
  unsigned second_low, second_high;
};

constexpr Lead lead_of(unsigned first) noexcept {
  if (first < 0x80) return {1, 0, 0};
  if (first < 0xC2) return {0, 0, 0};
  if (first < 0xE0) return {2, 0x80, 0xBF};
  if (first == 0xE0) return {3, 0xA0, 0xBF};
  if (first == 0xED) return {3, 0x80, 0x9F};
  if (first < 0xF0) return {3, 0x80, 0xBF};
  if (first == 0xF0) return {4, 0x90, 0xBF};
  if (first < 0xF4) return {4, 0x80, 0xBF};
  if (first == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

// Precondition: `text` is not empty.
CodePoint next_code_point(std::string_view text) noexcept {
  const unsigned first = byte(text[0]);
  const Lead lead = lead_of(first);
  if (lead.size == 0) return {};
  if (lead.size == 1) return {.value = first, .size = 1, .ok = true};
  char32_t value = first & (0x7Fu >> lead.size);
  for (std::size_t i = 1; i < lead.size; ++i) {
    const unsigned next = i < text.size() ? byte(text[i]) : 0;
    const unsigned low = i == 1 ? lead.second_low : 0x80;
    const unsigned high = i == 1 ? lead.second_high : 0xBF;
    if (next < low || next > high) return {.value = 0, .size = i, .ok = false};
    value = (value << 6) | (next & 0x3F);
  }
  return {.value = value, .size = lead.size, .ok = true};
}

// How many bytes at the start are ASCII, eight at a time: nearly all text is.
std::size_t ascii_prefix(std::string_view text) noexcept {
  std::size_t size = 0;
  for (std::uint64_t eight = 0; size + sizeof(eight) <= text.size(); size += sizeof(eight)) {
    std::memcpy(&eight, text.data() + size, sizeof(eight));
    if ((eight & 0x8080808080808080u) != 0) break;
  }
  while (size < text.size() && byte(text[size]) < 0x80)
    ++size;
  return size;
}

// Moves the cursor, changes the terminal's state, or is not seen.
constexpr bool is_hidden(char32_t c) noexcept {
  if (c == U'\t') return false;
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) ||                          // C0, DEL, C1
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||  // bidi embeddings, isolates
         (c >= 0x200B && c <= 0x200F) || c == 0x061C ||                   // zero-width, bidi marks
         (c >= 0x2028 && c <= 0x2029) || (c >= 0x2060 && c <= 0x2064) ||  // line separators, joiners
         c == 0xFEFF || (c >= 0xE0000 && c <= 0xE007F);                   // BOM, tags
}

void append_escaped(std::string& out, std::string_view bytes) {
  for (const char c : bytes) {
    out += "\\x";
    out += kLowerHex[byte(c) >> 4];
    out += kLowerHex[byte(c) & 15];
  }
}

void append_percent(std::string& out, char c) {
  out += '%';
  out += kUpperHex[byte(c) >> 4];
  out += kUpperHex[byte(c) & 15];
}

}  // namespace

std::string to_lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) noexcept {
  return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view trim_blanks(std::string_view text) noexcept {
  return trim_ends(text, is_blank_or_tab);
}

std::string_view trim(std::string_view text) noexcept {
  return trim_ends(text, is_white_space);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string percent_encode(std::string_view text, std::string_view keep) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c) || keep.find(c) != std::string_view::npos) {
      out += c;
    } else {
      append_percent(out, c);
    }
  }
  return out;
}

std::string percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low < 0) {
      out += text[i];
    } else {
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

std::string form_encode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c)) {
      out += c;
    } else if (c == ' ') {
      out += '+';
    } else {
      append_percent(out, c);
    }
  }
  return out;
}

std::optional<std::int64_t> parse_int(std::string_view text) noexcept {
  std::int64_t value = 0;
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const auto [stopped, error] = std::from_chars(begin, end, value);
  if (error != std::errc() || stopped != end) return std::nullopt;
  return value;
}

std::string hex(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    out += kLowerHex[byte(c) >> 4];
    out += kLowerHex[byte(c) & 15];
  }
  return out;
}

bool is_utf8(std::string_view text) noexcept {
  for (;;) {
    text.remove_prefix(ascii_prefix(text));
    if (text.empty()) return true;
    const CodePoint next = next_code_point(text);
    if (!next.ok) return false;
    text.remove_prefix(next.size);
  }
}

std::size_t append_repaired_utf8(std::string& out, std::string_view text) {
  for (std::size_t repairs = 0;;) {
    const std::size_t ascii = ascii_prefix(text);
    out += text.substr(0, ascii);
    text.remove_prefix(ascii);
    if (text.empty()) return repairs;
    const CodePoint next = next_code_point(text);
    out += next.ok ? text.substr(0, next.size) : kReplacement;
    repairs += next.ok ? 0 : 1;
    text.remove_prefix(next.size);
  }
}

void append_utf8(std::string& out, char32_t code_point) {
  const auto tail = [code_point](int shift) {
    return static_cast<char>(0x80 | ((code_point >> shift) & 0x3F));
  };
  if (code_point < 0x80) {
    out += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    out += static_cast<char>(0xC0 | (code_point >> 6));
    out += tail(0);
  } else if (code_point < 0x10000) {
    out += static_cast<char>(0xE0 | (code_point >> 12));
    out += tail(6);
    out += tail(0);
  } else {
    out += static_cast<char>(0xF0 | (code_point >> 18));
    out += tail(12);
    out += tail(6);
    out += tail(0);
  }
}

std::string visible(std::string_view text, std::size_t max) {
  if (text.size() <= max && all_between(text, ' ', kLastVisible)) return std::string(text);
  std::string out;
  std::string piece;
  while (!text.empty()) {
    const CodePoint next = next_code_point(text);
    const std::string_view bytes = text.substr(0, next.size);
    piece.clear();
    if (next.ok && next.value == U'\n') {
      piece = "\\n";
    } else if (!next.ok || is_hidden(next.value)) {
      append_escaped(piece, bytes);
    } else {
      piece = bytes;
    }
    if (out.size() + piece.size() > max) return out + "...";
    out += piece;
    text.remove_prefix(next.size);
  }
  return out;
}

}  // namespace crosslog::base
