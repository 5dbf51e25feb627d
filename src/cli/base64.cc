#include "cli/base64.h"

#include <cstddef>
#include <cstdint>

namespace crosslog::cli {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr unsigned kBits = 6;

}  // namespace

std::string encode_base64(std::string_view bytes) {
  std::string out;
  std::uint32_t pending = 0;
  unsigned bits = 0;
  for (const char c : bytes) {
    pending = pending << 8 | static_cast<unsigned char>(c);
    for (bits += 8; bits >= kBits; bits -= kBits)
      out += kAlphabet[pending >> (bits - kBits) & 63];
  }
  if (bits > 0) out += kAlphabet[pending << (kBits - bits) & 63];
  while (out.size() % 4 != 0)
    out += '=';
  return out;
}

// As binascii.a2b_base64: the text ends where padding completes a group of four.
std::optional<std::string> decode_base64(std::string_view text) {
  std::string out;
  std::uint32_t pending = 0;
  std::size_t digits = 0, padding = 0;
  for (const char c : text) {
    if (c == '=') {
      if (digits % 4 >= 2 && digits % 4 + ++padding == 4) return out;
      continue;
    }
    const auto value = kAlphabet.find(c);
    if (value == std::string_view::npos) continue;
    padding = 0;
    pending = pending << kBits | static_cast<std::uint32_t>(value);
    ++digits;
    if (digits % 4 != 1) out += static_cast<char>(pending >> (4 - digits % 4) % 4 * 2 & 0xff);
  }
  if (digits % 4 != 0) return std::nullopt;
  return out;
}

}  // namespace crosslog::cli
