#include "wire/string_kernel.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "wire/string_escapes.h"

namespace crosslog::wire {

// For any machine: what compilers make of sixteen bytes side by side, SSE2 on
// every x86-64 and NEON on every aarch64.
namespace portable {
namespace {

using Bytes = std::uint8_t __attribute__((vector_size(16)));
constexpr int kNone = sizeof(Bytes);

// The place of the first quote, backslash or control byte, or kNone.
int first_special(const char* text) {
  Bytes bytes;
  std::memcpy(&bytes, text, sizeof(bytes));
  const auto found = (bytes == '"') | (bytes == '\\') | (bytes < 0x20);
  std::array<std::uint64_t, 2> halves{};
  std::memcpy(halves.data(), &found, sizeof(halves));
  if constexpr (std::endian::native != std::endian::little) {
    for (auto& half : halves)
      half = std::byteswap(half);
  }
  if (halves[0] != 0) return std::countr_zero(halves[0]) / 8;
  return halves[1] != 0 ? 8 + std::countr_zero(halves[1]) / 8 : kNone;
}

}  // namespace

// Finds where strings end, and remembers what it has seen.
class StringEnds {
 public:
  const char* find(const char* text) {
    for (;; text += kNone) {
      Bytes bytes;
      std::memcpy(&bytes, text, sizeof(bytes));
      seen_ |= bytes;
      const int place = first_special(text);
      if (place != kNone) return text + place;
    }
  }
  [[nodiscard]] bool has_more_than_ascii() const {
    std::array<std::uint64_t, 2> halves{};
    std::memcpy(halves.data(), &seen_, sizeof(halves));
    return ((halves[0] | halves[1]) & 0x8080'8080'8080'8080) != 0;
  }

 private:
  Bytes seen_{};
};

const char* find_special(const char* text) {
  for (;; text += kNone) {
    const int place = first_special(text);
    if (place != kNone) return text + place;
  }
}

Unescaped unescape(const char* text, char* out) {
  for (;;) {
    const int plain = first_special(text);
    std::memcpy(out, text, sizeof(Bytes));
    text += plain;
    out += plain;
    if (plain == kNone) continue;
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

#define CROSSLOG_KERNEL
#include "wire/event_run.inc"
#undef CROSSLOG_KERNEL

}  // namespace portable

namespace {

constexpr StringKernel kPortable = {"portable", portable::find_special, portable::unescape,
                                    portable::read_event_run};
#if defined(__x86_64__)
constexpr std::array kKernels = {
    StringKernel{"avx512", avx512::find_special, avx512::unescape, avx512::read_event_run},
    StringKernel{"avx2", avx2::find_special, avx2::unescape, avx2::read_event_run}, kPortable};

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
