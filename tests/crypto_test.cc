// SHA-256 and HMAC against the published vectors, and against OpenSSL's other
// implementation of them (EVP), which the library does not use.
#define BOOST_TEST_MODULE crypto
#include "base/crypto.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "tests/support/memory_scan.h"

using namespace crosslog::base;

namespace {

std::string unhex(std::string_view digits) {
  std::string escaped;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    (escaped += '%') += digits.substr(i, 2);
  return percent_decode(escaped);
}

std::string hmac_hex(std::string_view key, std::string_view text) {
  return hex(view(hmac_sha256(key, text)));
}

std::string other_sha256_hex(std::string_view text) {
  Digest out;
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), out.data(), &size, EVP_sha256(), nullptr);
  BOOST_REQUIRE(size == out.size());
  return hex(view(out));
}

std::string other_hmac_hex(std::string_view key, std::string_view text) {
  Digest out;
  unsigned size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), out.data(), &size);
  BOOST_REQUIRE(size == out.size());
  return hex(view(out));
}

std::string random_text(std::mt19937_64& random, std::size_t size) {
  std::string text(size, '\0');
  for (char& c : text)
    c = static_cast<char>(random());
  return text;
}

}  // namespace

// FIPS 180-4's examples, and NIST's for the empty and the long message.
BOOST_AUTO_TEST_CASE(sha256_of_the_published_examples) {
  BOOST_TEST(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  BOOST_TEST(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  BOOST_TEST(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
             "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  BOOST_TEST(
      sha256_hex(
          "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsm"
          "nopqrstnopqrstu") == "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  BOOST_TEST(sha256_hex(std::string(1'000'000, 'a')) ==
             "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

BOOST_AUTO_TEST_CASE(hmac_of_rfc_4231) {
  const std::string aa20(20, '\xaa'), aa131(131, '\xaa');
  BOOST_TEST(hmac_hex(std::string(20, '\x0b'), "Hi There") ==
             "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  BOOST_TEST(hmac_hex("Jefe", "what do ya want for nothing?") ==
             "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  BOOST_TEST(hmac_hex(aa20, std::string(50, '\xdd')) ==
             "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  BOOST_TEST(hmac_hex(unhex("0102030405060708090a0b0c0d0e0f10111213141516171819"), std::string(50, '\xcd')) ==
             "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
  BOOST_TEST(hmac_hex(std::string(20, '\x0c'), "Test With Truncation").substr(0, 32) ==
             "a3b6167473100ee06e0c796c2955552b");
  BOOST_TEST(hmac_hex(aa131, "Test Using Larger Than Block-Size Key - Hash Key First") ==
             "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  BOOST_TEST(
      hmac_hex(aa131,
               "This is a test using a larger than block-size key and a larger than block-size data. The key "
               "needs to be hashed before being used by the HMAC algorithm.") ==
      "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
}

BOOST_AUTO_TEST_CASE(agrees_with_another_implementation) {
  std::mt19937_64 random(1);
  for (std::size_t size = 0; size < 300; ++size) {
    const std::string text = random_text(random, size);
    BOOST_REQUIRE(sha256_hex(text) == other_sha256_hex(text));
    const std::string key = random_text(random, random() % 200);
    BOOST_REQUIRE(hmac_hex(key, text) == other_hmac_hex(key, text));
  }
  for (const std::size_t size : {0u, 1u, 63u, 64u, 65u, 128u}) {
    const std::string key = random_text(random, size);
    BOOST_TEST(hmac_hex(key, "text") == other_hmac_hex(key, "text"));
  }
}

// Cut anywhere, and longer than what is gathered.
BOOST_AUTO_TEST_CASE(pieces_make_the_hash_of_the_whole) {
  std::mt19937_64 random(2);
  for (const std::size_t size : {0u, 1u, 55u, 56u, 63u, 64u, 65u, 1015u, 1016u, 1023u, 1024u, 1025u, 1087u,
                                 1088u, 2048u, 2049u, 5000u}) {
    const std::string text = random_text(random, size);
    const std::string key = random_text(random, 32);
    const HmacPads pads = hmac_pads(key);
    for (int round = 0; round < 50; ++round) {
      Sha256 hash;
      HmacSha256 keyed(pads);
      for (std::size_t at = 0; at < size;) {
        const std::size_t longest = round % 2 == 0 ? 20 : 3000;
        const std::string_view piece = std::string_view(text).substr(at, random() % longest);
        hash.append(piece);
        keyed.append(piece);
        at += piece.size();
      }
      BOOST_REQUIRE(hex(view(hash.finish())) == other_sha256_hex(text));
      BOOST_REQUIRE(hex(view(keyed.finish())) == other_hmac_hex(key, text));
    }
  }
}

BOOST_AUTO_TEST_CASE(digits_of_a_digest) {
  for (unsigned c = 0; c < 256; ++c) {
    Digest digest;
    for (std::size_t i = 0; i < digest.size(); ++i)
      digest[i] = static_cast<std::uint8_t>(c + i);
    const HexDigest digits = hex_of(digest);
    BOOST_TEST(view(digits) == hex(view(digest)));
  }
}

BOOST_AUTO_TEST_CASE(a_hash_leaves_nothing_behind) {
  const std::string secret = std::string("wJalrXUtnFEMI") + "-of-a-hash-" + "that-ends";
  const std::vector<std::string> masked{crosslog::test::masked(secret)};
  const std::size_t before = crosslog::test::hits(masked);
  {
    auto hash = std::make_unique<Sha256>();
    hash->append(std::string(900, 'x'));
    hash->append(secret);
    BOOST_TEST(crosslog::test::hits(masked) == before + 1);
    hash->append(std::string(500, 'y'));
    (void)hash->finish();
  }
  BOOST_TEST(crosslog::test::hits(masked) == before);
}

BOOST_AUTO_TEST_CASE(wiping) {
  char bytes[4] = {'a', 'b', 'c', 'd'};
  wipe(bytes, 3);
  BOOST_TEST(std::string_view(bytes, 4) == std::string_view("\0\0\0d", 4));
  std::string text = "a secret that is longer than the small string";
  text.resize(5);
  const char* storage = text.data();
  const std::size_t capacity = text.capacity();
  wipe(text);
  BOOST_TEST(text.empty());
  BOOST_TEST(static_cast<const void*>(text.data()) == static_cast<const void*>(storage));
  text.resize(capacity);
  BOOST_TEST(text == std::string(capacity, '\0'));
}

BOOST_AUTO_TEST_CASE(comparing) {
  BOOST_TEST(equal_in_constant_time("", ""));
  BOOST_TEST(equal_in_constant_time("abc", "abc"));
  BOOST_TEST(!equal_in_constant_time("abc", "abd"));
  BOOST_TEST(!equal_in_constant_time("abc", "ab"));
}

BOOST_AUTO_TEST_CASE(uuids_are_of_version_4_and_differ) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string uuid = uuid4();
    BOOST_REQUIRE(uuid.size() == 36u);
    BOOST_REQUIRE((uuid[8] == '-' && uuid[13] == '-' && uuid[18] == '-' && uuid[23] == '-'));
    BOOST_REQUIRE(uuid[14] == '4');
    BOOST_REQUIRE(std::string_view("89ab").find(uuid[19]) != std::string_view::npos);
    BOOST_REQUIRE(uuid.find_first_not_of("0123456789abcdef-") == std::string::npos);
    seen.insert(uuid);
  }
  BOOST_TEST(seen.size() == 1000u);
}

BOOST_AUTO_TEST_CASE(random_bytes_fill_all_of_the_range) {
  std::string bytes(1000, '\0');
  fill_random(bytes.data(), 500);
  BOOST_TEST(std::set<char>(bytes.begin(), bytes.begin() + 500).size() > 100u);
  BOOST_TEST(bytes.substr(500) == std::string(500, '\0'));
}

BOOST_AUTO_TEST_CASE(memory_that_grows_keeps_its_bytes) {
  void* memory = reallocate_wiped(nullptr, 8);
  BOOST_REQUIRE(memory != nullptr);
  std::memcpy(memory, "12345678", 8);
  for (const std::size_t size : {16u, 100u, 100'000u, 1'000'000u, 8u}) {
    memory = reallocate_wiped(memory, size);
    BOOST_REQUIRE(memory != nullptr);
    BOOST_TEST((std::memcmp(memory, "12345678", 8) == 0));
  }
  BOOST_TEST(reallocate_wiped(memory, 0) == nullptr);
  free_wiped(nullptr);
  free_wiped(std::malloc(1));
}

BOOST_AUTO_TEST_CASE(memory_that_shrinks_or_goes_is_wiped) {
  const std::string secret = std::string("wJalrXUtnFEMI") + "-of-memory-" + "that-goes";
  const std::vector<std::string> masked{crosslog::test::masked(secret)};
  const std::size_t before = crosslog::test::hits(masked);
  constexpr std::size_t kOffset = 512;
  auto* memory = static_cast<char*>(std::malloc(1024));
  std::ranges::copy(secret, memory + kOffset);
  BOOST_TEST(crosslog::test::hits(masked) == before + 1);
  memory = static_cast<char*>(reallocate_wiped(memory, 65'536));
  BOOST_TEST(crosslog::test::hits(masked) == before + 1);
  memory = static_cast<char*>(reallocate_wiped(memory, kOffset));
  BOOST_TEST(crosslog::test::hits(masked) == before);
  std::ranges::copy(secret, memory);
  free_wiped(memory);
  BOOST_TEST(crosslog::test::hits(masked) == before);
}
