// The AVX-512 kernel on any x86-64: its source, compiled against a model of the
// few instructions that it names. What the model cannot show is their speed, and
// a processor's own mistakes.
#ifndef CROSSLOG_TESTS_SUPPORT_AVX512_MODEL_H_
#define CROSSLOG_TESTS_SUPPORT_AVX512_MODEL_H_

#include "wire/string_kernel.h"

#if defined(__x86_64__)
#include <immintrin.h>

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "wire/string_escapes.h"

namespace crosslog::wire::avx512_model {

using Bytes = std::array<std::uint8_t, 64>;

template <class Function>
Bytes each(Function function) {
  Bytes bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<std::uint8_t>(function(i));
  return bytes;
}
template <class Function>
std::uint64_t mask(Function function) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 64; ++i)
    bits |= std::uint64_t{function(i)} << i;
  return bits;
}

inline Bytes loadu(const void* from) {
  Bytes bytes{};
  std::memcpy(bytes.data(), from, bytes.size());
  return bytes;
}
inline void storeu(void* to, const Bytes& bytes) {
  std::memcpy(to, bytes.data(), bytes.size());
}
inline Bytes set1_epi8(int value) {
  return each([=](std::size_t) { return value; });
}
inline std::uint64_t cmpeq_epi8(const Bytes& a, const Bytes& b) {
  return mask([&](std::size_t i) { return a[i] == b[i]; });
}
inline std::uint64_t cmplt_epu8(const Bytes& a, const Bytes& b) {
  return mask([&](std::size_t i) { return a[i] < b[i]; });
}
inline Bytes add_epi8(const Bytes& a, const Bytes& b) {
  return each([&](std::size_t i) { return a[i] + b[i]; });
}
inline Bytes and_si512(const Bytes& a, const Bytes& b) {
  return each([&](std::size_t i) { return a[i] & b[i]; });
}
inline Bytes xor_si512(const Bytes& a, const Bytes& b) {
  return each([&](std::size_t i) { return a[i] ^ b[i]; });
}
inline Bytes or_si512(const Bytes& a, const Bytes& b) {
  return each([&](std::size_t i) { return a[i] | b[i]; });
}
inline Bytes srli_epi16(const Bytes& a, unsigned count) {
  return each([&](std::size_t i) { return (a[i | 1] << 8 | a[i & ~std::size_t{1}]) >> count >> i % 2 * 8; });
}
inline Bytes shuffle_epi8(const Bytes& a, const Bytes& order) {
  return each([&](std::size_t i) { return order[i] > 0x7F ? 0 : a[(i & 0x30) | (order[i] & 0xF)]; });
}
inline Bytes mask_shuffle_epi8(const Bytes& otherwise, std::uint64_t where, const Bytes& a,
                               const Bytes& order) {
  const Bytes shuffled = shuffle_epi8(a, order);
  return each([&](std::size_t i) { return (where >> i & 1) != 0 ? shuffled[i] : otherwise[i]; });
}
inline Bytes maskz_compress_epi8(std::uint64_t keep, const Bytes& a) {
  Bytes bytes{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if ((keep >> i & 1) != 0) bytes[count++] = a[i];
  }
  return bytes;
}
inline Bytes maskz_broadcast_i32x4(unsigned, __m128i quarter) {
  std::array<std::uint8_t, 16> bytes{};
  std::memcpy(bytes.data(), &quarter, bytes.size());
  return each([&](std::size_t i) { return bytes[i % 16]; });
}

}  // namespace crosslog::wire::avx512_model

// The kernel's source, under another name and for this machine's instructions.
// Compilers have macros for instructions that take a number.
#undef _mm512_cmpeq_epi8_mask
#undef _mm512_cmplt_epu8_mask
#undef _mm512_srli_epi16
#define avx512 avx512_model
#define target(instructions) unused
#define __m512i Bytes
#define _mm512_loadu_si512 loadu
#define _mm512_storeu_si512 storeu
#define _mm512_set1_epi8 set1_epi8
#define _mm512_cmpeq_epi8_mask cmpeq_epi8
#define _mm512_cmplt_epu8_mask cmplt_epu8
#define _mm512_add_epi8 add_epi8
#define _mm512_and_si512 and_si512
#define _mm512_or_si512 or_si512
#define _mm512_xor_si512 xor_si512
#define _mm512_srli_epi16 srli_epi16
#define _mm512_shuffle_epi8 shuffle_epi8
#define _mm512_mask_shuffle_epi8 mask_shuffle_epi8
#define _mm512_maskz_compress_epi8 maskz_compress_epi8
#define _mm512_maskz_broadcast_i32x4 maskz_broadcast_i32x4
#include "wire/string_kernel_avx512.cc"
#undef avx512
#undef target
#undef __m512i

namespace crosslog::test {

inline constexpr wire::StringKernel kAvx512Model = {"avx512-model", wire::avx512_model::find_special,
                                                    wire::avx512_model::unescape,
                                                    wire::avx512_model::read_event_run};

}  // namespace crosslog::test
#endif

#endif  // CROSSLOG_TESTS_SUPPORT_AVX512_MODEL_H_
