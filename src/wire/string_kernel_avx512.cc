// AVX-512 of Ice Lake, Zen 4 and later: masks come out of comparisons, and one
// instruction squeezes bytes out. Into a register: to memory it is slow on Zen 4.
#include "wire/string_kernel.h"

#if defined(__x86_64__)
#include <immintrin.h>

#include <array>
#include <bit>
#include <cstdint>

#include "wire/string_escapes.h"

#define CROSSLOG_KERNEL __attribute__((target("avx512f,avx512bw,avx512vbmi2,bmi,bmi2,popcnt")))

namespace crosslog::wire::avx512 {

class Block {
 public:
  static constexpr int kFewEscapes = -1;  // squeezing is one instruction

  CROSSLOG_KERNEL explicit Block(const char* text) : bytes_(_mm512_loadu_si512(text)) {}
  CROSSLOG_KERNEL Block() : bytes_(_mm512_set1_epi8(0)) {}

  CROSSLOG_KERNEL void add(const Block& other) { bytes_ = _mm512_or_si512(bytes_, other.bytes_); }
  [[nodiscard]] CROSSLOG_KERNEL std::uint64_t beyond_ascii() const {
    return ~_mm512_cmplt_epu8_mask(bytes_, _mm512_set1_epi8(static_cast<char>(0x80)));
  }
  CROSSLOG_KERNEL void store(char* out) const { _mm512_storeu_si512(out, bytes_); }
  [[nodiscard]] CROSSLOG_KERNEL std::uint64_t equal(char c) const {
    return _mm512_cmpeq_epi8_mask(bytes_, _mm512_set1_epi8(c));
  }
  [[nodiscard]] CROSSLOG_KERNEL std::uint64_t controls() const {
    return _mm512_cmplt_epu8_mask(bytes_, _mm512_set1_epi8(0x20));
  }
  [[nodiscard]] CROSSLOG_KERNEL std::uint64_t specials() const {
    return equal('"') | equal('\\') | controls();
  }
  // Gives back those that are no escapes of one letter.
  CROSSLOG_KERNEL std::uint64_t unescape_letters(std::uint64_t letters) {
    const __m512i sum = _mm512_add_epi8(bytes_, _mm512_set1_epi8(kSlotAddend));
    const __m512i slots =
        _mm512_and_si512(_mm512_xor_si512(_mm512_srli_epi16(sum, 4), bytes_), _mm512_set1_epi8(0xF));
    const __m512i known = _mm512_shuffle_epi8(table(kLetterSlots.letter), slots);
    const std::uint64_t unknown = letters & ~_mm512_cmpeq_epi8_mask(known, bytes_);
    bytes_ = _mm512_mask_shuffle_epi8(bytes_, letters, table(kLetterSlots.unescaped), slots);
    return unknown;
  }
  CROSSLOG_KERNEL char* compress(std::uint64_t keep, char* out) const {
    _mm512_storeu_si512(out, _mm512_maskz_compress_epi8(keep, bytes_));
    return out + std::popcount(keep);
  }

 private:
  CROSSLOG_KERNEL static __m512i table(const std::array<std::uint8_t, 16>& bytes) {
    return _mm512_maskz_broadcast_i32x4(0xFFFF,
                                        _mm_load_si128(reinterpret_cast<const __m128i*>(bytes.data())));
  }

  __m512i bytes_;
};
static_assert(sizeof(Block) == StringKernel::kZeros);

#include "wire/unescape_blocks.inc"

#include "wire/event_run.inc"

}  // namespace crosslog::wire::avx512

#undef CROSSLOG_KERNEL
#endif
