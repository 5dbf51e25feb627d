// The look at sixteen bytes at once against the plain one, for every byte at
// every place, in texts that begin anywhere.
#define BOOST_TEST_MODULE bytes
#include "base/bytes.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

using namespace crosslog::base;

namespace {

bool plainly_between(std::string_view text, unsigned char low, unsigned char high) {
  return std::ranges::all_of(text, [low, high](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= low && byte <= high;
  });
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_byte_at_every_place) {
  for (std::size_t start = 0; start < 16; ++start) {
    for (const std::size_t size : {0u, 1u, 7u, 15u, 16u, 17u, 31u, 32u, 33u, 50u}) {
      std::string memory(start + size + 16, '\0');  // what lies around does not count
      const std::string_view text(memory.data() + start, size);
      std::ranges::fill(memory.begin() + static_cast<long>(start),
                        memory.begin() + static_cast<long>(start + size), 'v');
      BOOST_REQUIRE(all_visible(text));
      for (std::size_t at = 0; at < size; ++at) {
        for (unsigned c = 0; c < 256; ++c) {
          memory[start + at] = static_cast<char>(c);
          BOOST_REQUIRE(all_visible(text) == (c > 0x20 && c < 0x7f));
          BOOST_REQUIRE(all_between(text, ' ', kLastVisible) == (c >= 0x20 && c < 0x7f));
          BOOST_REQUIRE(all_between(text, 0, 0x7f) == (c < 0x80));
        }
        memory[start + at] = 'v';
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(every_range) {
  std::string text(40, 'm');
  for (unsigned low = 0; low < 256; low += 5) {
    for (unsigned high = low; high < 256; high += 3) {
      const auto first = static_cast<unsigned char>(low), last = static_cast<unsigned char>(high);
      for (unsigned c = 0; c < 256; c += 7) {
        text[20] = static_cast<char>(c);
        BOOST_REQUIRE(all_between(text, first, last) == plainly_between(text, first, last));
        BOOST_REQUIRE(all_between(std::string_view(text).substr(20, 3), first, last) ==
                      plainly_between(std::string_view(text).substr(20, 3), first, last));
      }
    }
  }
}
