// See crypto.h for why the low-level functions are used. HMAC is written out by
// FIPS 198-1, so that both pads and the inner hash can be wiped.
#include "base/crypto.h"

#include <malloc.h>
#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <string.h>  // explicit_bzero
#include <sys/random.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <span>

#include "base/text.h"

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

namespace crosslog::base {
namespace {

constexpr std::size_t kBlock = SHA256_CBLOCK;
using Block = std::array<unsigned char, kBlock>;

constexpr std::uint64_t kBlockBytes = kBlock;

// The state after the one block (key xor pad).
std::array<std::uint32_t, 8> keyed_state(const Block& key, unsigned char pad) noexcept {
  Block padded;
  std::ranges::transform(key, padded.begin(),
                         [pad](unsigned char c) { return static_cast<unsigned char>(c ^ pad); });
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Transform(&context, padded.data());
  std::array<std::uint32_t, 8> state;
  std::memcpy(state.data(), context.h, sizeof(state));
  wipe(padded.data(), padded.size());
  wipe(&context, sizeof(context));
  return state;
}

template <class Number>
Number big_endian(Number value) noexcept {
  return std::endian::native == std::endian::little ? std::byteswap(value) : value;
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

HexDigest hex_of(const Digest& digest) noexcept {
  using Bytes [[gnu::vector_size(16)]] = unsigned char;
  const auto digit = [](Bytes nibble) -> Bytes {
    constexpr unsigned char kToLetter = 'a' - '9' - 1;
    return nibble + '0' + (reinterpret_cast<Bytes>(nibble > 9) & kToLetter);
  };
  HexDigest out;
  for (std::size_t half = 0; half < 2; ++half) {
    Bytes bytes;
    std::memcpy(&bytes, digest.data() + half * sizeof(bytes), sizeof(bytes));
    const Bytes high = digit(bytes >> 4);
    const Bytes low = digit(bytes & 15);
    const Bytes first =
        __builtin_shufflevector(high, low, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const Bytes last =
        __builtin_shufflevector(high, low, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    std::memcpy(out.data() + half * 32, &first, sizeof(first));
    std::memcpy(out.data() + half * 32 + 16, &last, sizeof(last));
  }
  return out;
}

// FIPS 180-4, 5.3.3
Sha256::Sha256() noexcept
    : state_{.words = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab,
                       0x5be0cd19},
             .bytes = 0} {}

Sha256::~Sha256() {
  wipe(gathered_.data(), flushed_ ? kGathered : used_);
  wipe(state_.words.data(), sizeof(state_.words));
}

// SHA256_Update with nothing gathered in the context goes straight to the blocks,
// and does not touch the context's other members.
void Sha256::compress(const unsigned char* blocks, std::size_t count) noexcept {
  SHA256_CTX context;
  std::memcpy(context.h, state_.words.data(), sizeof(context.h));
  context.Nl = context.Nh = context.num = 0;
  SHA256_Update(&context, blocks, count * kBlock);
  std::memcpy(state_.words.data(), context.h, sizeof(context.h));
  state_.bytes += count * kBlockBytes;
  wipe(context.h, sizeof(context.h));
}

// The gathered bytes are filled up; whole blocks of the rest are hashed where they are.
void Sha256::append_long(std::string_view bytes) noexcept {
  const std::size_t fill = kGathered - used_;
  std::memcpy(gathered_.data() + used_, bytes.data(), fill);
  bytes.remove_prefix(fill);
  compress(gathered_.data(), kGathered / kBlock);
  flushed_ = true;
  const std::size_t blocks = bytes.size() / kBlock;
  if (blocks > 0) compress(reinterpret_cast<const unsigned char*>(bytes.data()), blocks);
  used_ = 0;
  append(bytes.substr(blocks * kBlock));
}

// FIPS 180-4, 5.1.1: a bit 1, zeros up to the last 8 bytes of a block, and there
// the length in bits.
Digest Sha256::finish() noexcept {
  const std::uint64_t bits = big_endian((state_.bytes + used_) * 8);
  const std::size_t blocks = (used_ + 1 + sizeof(bits) + kBlock - 1) / kBlock;
  const std::span padded = std::span(gathered_).first(blocks * kBlock);
  padded[used_] = 0x80;
  std::ranges::fill(padded.subspan(used_ + 1), static_cast<unsigned char>(0));
  std::memcpy(padded.last<sizeof(bits)>().data(), &bits, sizeof(bits));
  compress(gathered_.data(), blocks);
  std::ranges::transform(state_.words, state_.words.begin(), big_endian<std::uint32_t>);
  return std::bit_cast<Digest>(state_.words);
}

HmacSha256::HmacSha256(const HmacPads& pads) noexcept
    : inner_(Sha256::Midstate{.words = pads[0], .bytes = kBlockBytes}), pads_(pads) {}

// HMAC(K, text) = H((K0 xor opad) || H((K0 xor ipad) || text))
Digest HmacSha256::finish() noexcept {
  Digest inner = inner_.finish();
  Sha256 outer(Sha256::Midstate{.words = pads_[1], .bytes = kBlockBytes});
  outer.append(view(inner));
  wipe(inner.data(), inner.size());
  return outer.finish();
}

// K0 is the key filled with zeros to a block, or its hash when it is longer.
HmacPads hmac_pads(std::string_view key) noexcept {
  Block block{};
  if (key.size() > kBlock) {
    Digest hashed = sha256(key);
    std::ranges::copy(hashed, block.begin());
    wipe(hashed.data(), hashed.size());
  } else {
    std::ranges::copy(key, block.begin());
  }
  const HmacPads pads = {keyed_state(block, 0x36), keyed_state(block, 0x5c)};
  wipe(block.data(), block.size());
  return pads;
}

Digest sha256(std::string_view bytes) noexcept {
  Sha256 hash;
  hash.append(bytes);
  return hash.finish();
}

std::string sha256_hex(std::string_view bytes) {
  return std::string(view(hex_of(sha256(bytes))));
}

std::string sha1_hex(std::string_view bytes) {
  SHA_CTX state;
  std::array<char, SHA_DIGEST_LENGTH> digest;
  SHA1_Init(&state);
  SHA1_Update(&state, bytes.data(), bytes.size());
  SHA1_Final(reinterpret_cast<unsigned char*>(digest.data()), &state);
  return hex({digest.data(), digest.size()});
}

Digest hmac_sha256(std::string_view key, std::string_view bytes) noexcept {
  HmacPads pads = hmac_pads(key);
  HmacSha256 hash(pads);
  hash.append(bytes);
  const Digest digest = hash.finish();
  wipe(pads.data(), sizeof(pads));
  return digest;
}

void wipe(void* bytes, std::size_t size) noexcept {
  explicit_bzero(bytes, size);
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
