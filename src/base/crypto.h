// The only door to OpenSSL's libcrypto: SHA-256 and HMAC-SHA256 by the low-level
// SHA256_* functions. OpenSSL 3 marks them deprecated, but its EVP calls start
// the provider machinery, 1.5 ms at start-up, and cost two to six times as much
// for each block.
#ifndef CROSSLOG_SRC_BASE_CRYPTO_H_
#define CROSSLOG_SRC_BASE_CRYPTO_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace crosslog::base {

using Digest = std::array<std::uint8_t, 32>;
using HexDigest = std::array<char, 64>;

[[nodiscard]] inline std::string_view view(const Digest& digest) noexcept {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}
[[nodiscard]] inline std::string_view view(const HexDigest& digits) noexcept {
  return {digits.data(), digits.size()};
}
[[nodiscard]] HexDigest hex_of(const Digest& digest) noexcept;  // lower-case

// SHA-256 of a text that comes in pieces. They are gathered, so that a small one
// costs no more than its copy. Leaves nothing behind.
class Sha256 {
 public:
  // What was hashed so far, in whole blocks.
  struct Midstate {
    std::array<std::uint32_t, 8> words;
    std::uint64_t bytes;
  };

  Sha256() noexcept;
  explicit Sha256(const Midstate& begun) noexcept : state_(begun) {}
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  ~Sha256();

  void append(std::string_view bytes) noexcept {
    if (bytes.size() > kGathered - used_) return append_long(bytes);
    if (bytes.empty()) return;
    std::memcpy(gathered_.data() + used_, bytes.data(), bytes.size());
    used_ += bytes.size();
  }
  // Once, after the last piece.
  [[nodiscard]] Digest finish() noexcept;

 private:
  static constexpr std::size_t kBlock = 64;
  static constexpr std::size_t kGathered = 16 * kBlock;

  void append_long(std::string_view bytes) noexcept;
  void compress(const unsigned char* blocks, std::size_t count) noexcept;

  Midstate state_;
  std::size_t used_ = 0;
  bool flushed_ = false;
  std::array<unsigned char, kGathered + kBlock> gathered_;  // with room for the padding
};

// FIPS 198-1's key, as the state of SHA-256 after its inner and its outer pad:
// what each use of the key begins with. As secret as the key.
using HmacPads = std::array<std::array<std::uint32_t, 8>, 2>;
[[nodiscard]] HmacPads hmac_pads(std::string_view key) noexcept;

class HmacSha256 {
 public:
  explicit HmacSha256(const HmacPads& pads) noexcept;  // which outlive this
  void append(std::string_view bytes) noexcept { inner_.append(bytes); }
  // Once, after the last piece.
  [[nodiscard]] Digest finish() noexcept;

 private:
  Sha256 inner_;
  const HmacPads& pads_;
};

[[nodiscard]] Digest sha256(std::string_view bytes) noexcept;
[[nodiscard]] std::string sha256_hex(std::string_view bytes);
// For names of files that others chose so, never for security.
[[nodiscard]] std::string sha1_hex(std::string_view bytes);
// FIPS 198-1; every intermediate is wiped.
[[nodiscard]] Digest hmac_sha256(std::string_view key, std::string_view bytes) noexcept;
// Overwrites; never optimised away.
void wipe(void* bytes, std::size_t size) noexcept;
void wipe(std::string& text) noexcept;  // and empties it
// An allocator's functions that wipe what they give back.
void* reallocate_wiped(void* memory, std::size_t size) noexcept;
void free_wiped(void* memory) noexcept;
// OpenSSL's allocator from here on, for all of the process. False: OpenSSL has
// memory from another one already.
[[nodiscard]] bool make_openssl_wipe_memory() noexcept;
// Takes the same time wherever they differ.
[[nodiscard]] bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept;
// Random bytes of the kernel (getrandom; RAND_bytes would start the providers),
// for identifiers and jitter.
void fill_random(void* bytes, std::size_t size) noexcept;
// A random UUID, version 4 (RFC 9562).
[[nodiscard]] std::string uuid4();

}  // namespace crosslog::base

#endif  // CROSSLOG_SRC_BASE_CRYPTO_H_
