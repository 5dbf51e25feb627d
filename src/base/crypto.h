// The only door to OpenSSL's libcrypto: SHA-256 and HMAC-SHA256 by the low-level
// SHA256_* functions. OpenSSL 3 marks them deprecated, but its EVP calls start
// the provider machinery, 1.5 ms at start-up, and cost two to six times as much
// for each block.
#ifndef CROSSLOG_SRC_BASE_CRYPTO_H_
#define CROSSLOG_SRC_BASE_CRYPTO_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace crosslog::base {

using Digest = std::array<std::uint8_t, 32>;

[[nodiscard]] Digest sha256(std::string_view bytes) noexcept;
[[nodiscard]] std::string sha256_hex(std::string_view bytes);
// For names of files that others chose so, never for security.
[[nodiscard]] std::string sha1_hex(std::string_view bytes);
// FIPS 198-1; every intermediate is wiped.
[[nodiscard]] Digest hmac_sha256(std::string_view key, std::string_view bytes) noexcept;
[[nodiscard]] inline std::string_view view(const Digest& digest) noexcept {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}
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
