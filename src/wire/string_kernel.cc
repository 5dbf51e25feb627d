#include "wire/string_kernel.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "wire/string_escapes.h"

namespace crosslog::wire {

// For any machine: eight bytes in a general register.
namespace portable {
namespace {

constexpr std::uint64_t kOnes = 0x0101'0101'0101'0101;

// The first byte is the lowest one.
std::uint64_t load_eight(const char* text) {
  std::uint64_t word = 0;
  std::memcpy(&word, text, sizeof(word));
  return std::endian::native == std::endian::little ? word : std::byteswap(word);
}

// The highest bit of each byte that is less than `limit` (at most 0x80); of bytes
// above the first such one it may be wrong.
constexpr std::uint64_t less(std::uint64_t word, std::uint64_t limit) {
  return (word - kOnes * limit) & ~word & kOnes * 0x80;
}

std::uint64_t specials(std::uint64_t word) {
  return less(word ^ kOnes * '"', 1) | less(word ^ kOnes * '\\', 1) | less(word, 0x20);
}

}  // namespace

const char* find_special(const char* text) {
  for (;; text += 8) {
    const std::uint64_t found = specials(load_eight(text));
    if (found != 0) return text + std::countr_zero(found) / 8;
  }
}

Unescaped unescape(const char* text, char* out) {
  for (;;) {
    const std::uint64_t found = specials(load_eight(text));
    std::memcpy(out, text, 8);
    const int plain = found == 0 ? 8 : std::countr_zero(found) / 8;
    text += plain;
    out += plain;
    if (found == 0) continue;
    if (*text != '\\') return {*text == '"' ? text : nullptr, out};
    if (begins_unit(text)) {
      const auto behind = unescape_units(text, out);
      if (behind.text == nullptr) return {};
      text = behind.text;
      out = behind.out;
    } else {
      *out = static_cast<char>(kUnescapedLetters[static_cast<unsigned char>(text[1])]);
      if (*out++ == '\0') return {};
      text += 2;
    }
  }
}

}  // namespace portable

namespace {

constexpr StringKernel kPortable = {"portable", portable::find_special, portable::unescape};
#if defined(__x86_64__)
constexpr std::array kKernels = {StringKernel{"avx512", avx512::find_special, avx512::unescape},
                                 StringKernel{"avx2", avx2::find_special, avx2::unescape}, kPortable};

std::size_t fastest_kernel() {
  // These ask the operating system as well.
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                    __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
  if (avx2 && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2")) return 0;
  return avx2 ? 1 : 2;
}
#else
constexpr std::array kKernels = {kPortable};

std::size_t fastest_kernel() {
  return 0;
}
#endif

}  // namespace

std::span<const StringKernel> string_kernels() {
  static const std::span<const StringKernel> runnable = std::span(kKernels).subspan(fastest_kernel());
  return runnable;
}

}  // namespace crosslog::wire
