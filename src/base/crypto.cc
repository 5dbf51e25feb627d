// See crypto.h for why the low-level functions are used. HMAC is written out by
// FIPS 198-1, so that both pads and the inner hash can be wiped.
#include "base/crypto.h"

#include <malloc.h>
#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <sys/random.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>

#include "base/text.h"

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

namespace crosslog::base {
namespace {

constexpr std::size_t kBlock = SHA256_CBLOCK;
using Block = std::array<unsigned char, kBlock>;

// Feeds SHA-256 piece by piece and leaves nothing behind.
class Hash {
 public:
  Hash() noexcept { SHA256_Init(&state_); }
  Hash(const Hash&) = delete;
  Hash& operator=(const Hash&) = delete;
  ~Hash() { wipe(&state_, sizeof(state_)); }

  void update(const void* bytes, std::size_t size) noexcept { SHA256_Update(&state_, bytes, size); }
  Digest finish() noexcept {
    Digest digest;
    SHA256_Final(digest.data(), &state_);
    return digest;
  }

 private:
  SHA256_CTX state_;
};

// H((key xor pad) || bytes)
Digest keyed_hash(const Block& key, unsigned char pad, std::string_view bytes) noexcept {
  Block padded;
  std::ranges::transform(key, padded.begin(),
                         [pad](unsigned char c) { return static_cast<unsigned char>(c ^ pad); });
  Hash hash;
  hash.update(padded.data(), padded.size());
  hash.update(bytes.data(), bytes.size());
  wipe(padded.data(), padded.size());
  return hash.finish();
}

// A stand-in where a system call filter refuses getrandom.
void fill_from_clock(unsigned char* out, std::size_t size) noexcept {
  while (size > 0) {
    const auto ticks = std::chrono::steady_clock::now().time_since_epoch().count();
    const Digest digest = sha256({reinterpret_cast<const char*>(&ticks), sizeof(ticks)});
    const std::size_t part = std::min(size, digest.size());
    std::memcpy(out, digest.data(), part);
    out += part;
    size -= part;
  }
}

}  // namespace

Digest sha256(std::string_view bytes) noexcept {
  Hash hash;
  hash.update(bytes.data(), bytes.size());
  return hash.finish();
}

std::string sha256_hex(std::string_view bytes) {
  return hex(view(sha256(bytes)));
}

std::string sha1_hex(std::string_view bytes) {
  SHA_CTX state;
  std::array<char, SHA_DIGEST_LENGTH> digest;
  SHA1_Init(&state);
  SHA1_Update(&state, bytes.data(), bytes.size());
  SHA1_Final(reinterpret_cast<unsigned char*>(digest.data()), &state);
  return hex({digest.data(), digest.size()});
}

// HMAC(K, text) = H((K0 xor opad) || H((K0 xor ipad) || text)); K0 is the key
// filled with zeros to a block, or its hash when it is longer than one.
Digest hmac_sha256(std::string_view key, std::string_view bytes) noexcept {
  Block block{};
  if (key.size() > kBlock) {
    Digest hashed = sha256(key);
    std::ranges::copy(hashed, block.begin());
    wipe(hashed.data(), hashed.size());
  } else {
    std::ranges::copy(key, block.begin());
  }
  Digest inner = keyed_hash(block, 0x36, bytes);
  const Digest outer = keyed_hash(block, 0x5c, view(inner));
  wipe(block.data(), block.size());
  wipe(inner.data(), inner.size());
  return outer;
}

void wipe(void* bytes, std::size_t size) noexcept {
  OPENSSL_cleanse(bytes, size);
}

void wipe(std::string& text) noexcept {
  text.resize(text.capacity());  // what an earlier, longer value left behind as well
  wipe(text.data(), text.size());
  text.clear();
}

void free_wiped(void* memory) noexcept {
  if (memory == nullptr) return;
  wipe(memory, malloc_usable_size(memory));
  std::free(memory);
}

// realloc() may move the bytes, and would leave the old ones behind.
void* reallocate_wiped(void* memory, std::size_t size) noexcept {
  if (size == 0) {
    free_wiped(memory);
    return nullptr;
  }
  if (memory == nullptr) return std::malloc(size);
  const std::size_t old_size = malloc_usable_size(memory);
  if (size <= old_size) {
    wipe(static_cast<char*>(memory) + size, old_size - size);
    return memory;
  }
  void* const larger = std::malloc(size);
  if (larger == nullptr) return nullptr;
  std::memcpy(larger, memory, old_size);
  free_wiped(memory);
  return larger;
}

bool make_openssl_wipe_memory() noexcept {
  return CRYPTO_set_mem_functions(
             [](std::size_t size, const char*, int) { return std::malloc(size); },
             [](void* memory, std::size_t size, const char*, int) { return reallocate_wiped(memory, size); },
             [](void* memory, const char*, int) { free_wiped(memory); }) == 1;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

void fill_random(void* bytes, std::size_t size) noexcept {
  auto* out = static_cast<unsigned char*>(bytes);
  while (size > 0) {
    const ssize_t got = getrandom(out, size, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return fill_from_clock(out, size);
    out += got;
    size -= static_cast<std::size_t>(got);
  }
}

std::string uuid4() {
  std::array<char, 16> bytes;
  fill_random(bytes.data(), bytes.size());
  bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x40);  // version 4
  bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);  // variant of RFC 9562
  std::string text = hex({bytes.data(), bytes.size()});
  for (const std::size_t at : {20u, 16u, 12u, 8u})
    text.insert(at, 1, '-');
  return text;
}

}  // namespace crosslog::base
