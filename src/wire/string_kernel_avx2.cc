// AVX2 has no instruction that squeezes bytes out: each eight bytes are shuffled
// by a table of the 256 ways to keep some of them.
#include "wire/string_kernel.h"

#if defined(__x86_64__)
#include <immintrin.h>

#include <array>
#include <bit>
#include <cstdint>

#include "wire/string_escapes.h"

#define CROSSLOG_KERNEL __attribute__((target("avx2,bmi,bmi2,popcnt")))

namespace crosslog::wire::avx2 {

using Kept = std::array<std::uint8_t, 8>;
inline constexpr std::array<Kept, 256> kKeptOfEight = [] {
  std::array<Kept, 256> table{};
  for (unsigned keep = 0; keep < 256; ++keep) {
    std::size_t count = 0;
    for (std::uint8_t i = 0; i < 8; ++i) {
      if ((keep >> i & 1) != 0) table[keep][count++] = i;
    }
  }
  return table;
}();

class Block {
 public:
  static constexpr int kFewEscapes = 4;  // squeezing takes eight steps, whatever there is to squeeze out

  CROSSLOG_KERNEL explicit Block(const char* text)
      : low_(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(text))),
        high_(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(text + 32))) {}

  CROSSLOG_KERNEL Block() : low_(_mm256_setzero_si256()), high_(_mm256_setzero_si256()) {}

  CROSSLOG_KERNEL void add(const Block& other) {
    low_ = _mm256_or_si256(low_, other.low_);
    high_ = _mm256_or_si256(high_, other.high_);
  }
  [[nodiscard]] CROSSLOG_KERNEL std::uint64_t beyond_ascii() const { return bits(low_, high_); }
  CROSSLOG_KERNEL void store(char* out) const {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), low_);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + 32), high_);
  }
  [[nodiscard]] CROSSLOG_KERNEL std::uint64_t equal(char c) const {
    const __m256i all = _mm256_set1_epi8(c);
    return bits(_mm256_cmpeq_epi8(low_, all), _mm256_cmpeq_epi8(high_, all));
  }
  [[nodiscard]] CROSSLOG_KERNEL std::uint64_t controls() const {
    return bits(controls_of(low_), controls_of(high_));
  }
  [[nodiscard]] CROSSLOG_KERNEL std::uint64_t specials() const {
    return bits(specials_of(low_), specials_of(high_));
  }
  // Gives back those that are no escapes of one letter.
  CROSSLOG_KERNEL std::uint64_t unescape_letters(std::uint64_t letters) {
    const __m256i low = unescape_letters(low_, static_cast<std::uint32_t>(letters));
    const __m256i high = unescape_letters(high_, static_cast<std::uint32_t>(letters >> 32));
    return letters & ~bits(low, high);
  }
  CROSSLOG_KERNEL char* compress(std::uint64_t keep, char* out) const {
    out = compress(_mm256_castsi256_si128(low_), keep, out);
    out = compress(_mm256_extracti128_si256(low_, 1), keep >> 16, out);
    out = compress(_mm256_castsi256_si128(high_), keep >> 32, out);
    return compress(_mm256_extracti128_si256(high_, 1), keep >> 48, out);
  }

 private:
  CROSSLOG_KERNEL static std::uint64_t bits(__m256i low, __m256i high) {
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(low)) |
           static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm256_movemask_epi8(high))) << 32;
  }
  CROSSLOG_KERNEL static __m256i controls_of(__m256i bytes) {
    return _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, _mm256_set1_epi8(0x1F)), bytes);
  }
  CROSSLOG_KERNEL static __m256i specials_of(__m256i bytes) {
    const __m256i quotes = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"'));
    const __m256i backslashes = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\\'));
    return _mm256_or_si256(_mm256_or_si256(quotes, backslashes), controls_of(bytes));
  }
  CROSSLOG_KERNEL static __m256i table(const std::array<std::uint8_t, 16>& bytes) {
    return _mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<const __m128i*>(bytes.data())));
  }
  // Byte i is all ones where bit i is one.
  CROSSLOG_KERNEL static __m256i bytes_of(std::uint32_t bits) {
    const __m256i sources = _mm256_set_epi64x(0x0303030303030303, 0x0202020202020202, 0x0101010101010101, 0);
    const __m256i places = _mm256_set1_epi64x(static_cast<long long>(0x8040201008040201));
    const __m256i spread = _mm256_shuffle_epi8(_mm256_set1_epi32(static_cast<int>(bits)), sources);
    return _mm256_cmpeq_epi8(_mm256_and_si256(spread, places), places);
  }
  // Replaces the letters, and says which bytes could be the letter of an escape.
  CROSSLOG_KERNEL static __m256i unescape_letters(__m256i& bytes, std::uint32_t letters) {
    const __m256i sum = _mm256_add_epi8(bytes, _mm256_set1_epi8(kSlotAddend));
    const __m256i slots =
        _mm256_and_si256(_mm256_xor_si256(_mm256_srli_epi16(sum, 4), bytes), _mm256_set1_epi8(0xF));
    const __m256i known = _mm256_cmpeq_epi8(_mm256_shuffle_epi8(table(kLetterSlots.letter), slots), bytes);
    const __m256i unescaped = _mm256_shuffle_epi8(table(kLetterSlots.unescaped), slots);
    bytes = _mm256_blendv_epi8(bytes, unescaped, bytes_of(letters));
    return known;
  }
  CROSSLOG_KERNEL static char* compress_eight(__m128i bytes, std::uint64_t keep, char* out) {
    const Kept& kept = kKeptOfEight[keep & 0xFF];
    const __m128i order = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(kept.data()));
    _mm_storel_epi64(reinterpret_cast<__m128i*>(out), _mm_shuffle_epi8(bytes, order));
    return out + std::popcount(keep & 0xFF);
  }
  CROSSLOG_KERNEL static char* compress(__m128i bytes, std::uint64_t keep, char* out) {
    out = compress_eight(bytes, keep, out);
    return compress_eight(_mm_srli_si128(bytes, 8), keep >> 8, out);
  }

  __m256i low_, high_;
};
static_assert(sizeof(Block) == StringKernel::kZeros);

#include "wire/unescape_blocks.inc"

#include "wire/event_run.inc"

}  // namespace crosslog::wire::avx2

#undef CROSSLOG_KERNEL
#endif
