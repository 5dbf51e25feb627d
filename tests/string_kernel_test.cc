// Every kernel against Boost.JSON's reading of the same string, with what matters
// moved over the borders of blocks byte by byte; in buffers of just the size that
// the kernels may use, so that sanitizers see a byte too many.
#define BOOST_TEST_MODULE string_kernel
#include "wire/string_kernel.h"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "tests/support/kernels.h"

using crosslog::wire::StringKernel;
namespace json = boost::json;
namespace test = crosslog::test;

namespace {

constexpr std::size_t kOffsets = 131;  // two blocks of the widest kernel, and more

// What stands behind an opening quote: up to the closing one, and the rest.
struct Padded {
  std::unique_ptr<char[]> bytes;
  std::size_t size = 0;

  explicit Padded(std::string_view text)
      : bytes(std::make_unique<char[]>(text.size() + StringKernel::kZeros)), size(text.size()) {
    text.copy(bytes.get(), text.size());
  }
};

struct Read {
  std::string text;
  std::size_t size = 0;  // with the closing quote

  bool operator==(const Read&) const = default;
};

std::optional<Read> read(const StringKernel& kernel, std::string_view text) {
  const Padded in(text);
  const auto out = std::make_unique_for_overwrite<char[]>(text.size() + StringKernel::kZeros);
  const auto [end, out_end] = kernel.unescape(in.bytes.get(), out.get());
  if (end == nullptr) return std::nullopt;
  return Read{{out.get(), out_end}, static_cast<std::size_t>(end - in.bytes.get()) + 1};
}

std::optional<Read> read_with_boost(std::string_view text) {
  json::stream_parser parser;
  boost::system::error_code error;
  parser.write_some("\"", error);
  const std::size_t size = parser.write_some(text, error);
  if (error || !parser.done()) return std::nullopt;
  return Read{std::string(parser.release().as_string()), size};
}

std::size_t find_slowly(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && text[at] != '"' && text[at] != '\\' &&
         static_cast<unsigned char>(text[at]) >= 0x20)
    ++at;
  return at;
}

void check(std::string_view text) {
  const auto expected = read_with_boost(text);
  for (const auto& kernel : test::kernels()) {
    BOOST_TEST_INFO_SCOPE(kernel.name << " on " << text);
    BOOST_CHECK((read(kernel, text) == expected));
    const Padded in(text);
    BOOST_TEST(static_cast<std::size_t>(kernel.find_special(in.bytes.get()) - in.bytes.get()) ==
               find_slowly(text));
  }
}

// `text` behind any number of plain bytes, and of escapes.
void check_everywhere(std::string_view text) {
  for (std::size_t offset = 0; offset < kOffsets; ++offset) {
    check(std::string(offset, 'x').append(text));
    std::string escapes;
    while (escapes.size() < offset)
      escapes += "\\n";
    check(escapes.append(text));
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(at_least_one_kernel) {
  BOOST_TEST(!crosslog::wire::string_kernels().empty());
  BOOST_TEST(crosslog::wire::string_kernels().back().name == "portable");
  BOOST_TEST(!test::kernels().empty());
}

BOOST_AUTO_TEST_CASE(quotes) {
  check_everywhere("\"");
  check_everywhere("\",\"timestamp\":1");
  check_everywhere("\"\\");
}

BOOST_AUTO_TEST_CASE(escapes_of_one_letter) {
  for (const std::string_view escape : {"\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t"}) {
    check_everywhere(std::string(escape) + "\"");
    check_everywhere("a" + std::string(escape) + "b" + std::string(escape) + std::string(escape) + "\"x");
  }
}

BOOST_AUTO_TEST_CASE(every_byte_escaped_and_alone) {
  for (unsigned byte = 0; byte < 0x80; ++byte) {
    const std::string one(1, static_cast<char>(byte));
    for (const std::size_t offset : {0u, 14u, 15u, 30u, 31u, 62u, 63u}) {
      check(std::string(offset, 'x') + "\\" + one + "y\"");
      check(std::string(offset, 'x') + one + "y\"");
    }
  }
}

BOOST_AUTO_TEST_CASE(bytes_of_utf8) {
  check_everywhere("\xC3\xA9\xE3\x81\x82\xF0\x9F\x98\x80\"");
}

BOOST_AUTO_TEST_CASE(runs_of_backslashes) {
  for (std::size_t run = 1; run <= 130; run += run < 6 ? 1 : 31) {
    check_everywhere(std::string(run, '\\') + "\"\"");
    check_everywhere(std::string(run, '\\') + "n\"\"");
    check_everywhere(std::string(run, '\\') + "u00e9\"\"");
  }
}

BOOST_AUTO_TEST_CASE(code_units) {
  for (const std::string_view escape :
       {"\\u0000", "\\u0041", "\\u00e9", "\\u07FF", "\\u0800", "\\u3042", "\\uFFFF", "\\ud83d\\ude00",
        "\\uDBFF\\uDFFF", "\\u3042\\u3044x\\u3046", "\\u3042\\n\\u3044\\\""}) {
    check_everywhere(std::string(escape) + "\"");
  }
}

BOOST_AUTO_TEST_CASE(code_units_with_gaps) {
  for (std::size_t gap = 0; gap < 70; ++gap) {
    std::string text;
    for (int i = 0; i < 5; ++i)
      text.append("\\u00e9").append(gap, 'x');
    check(text + "\"");
    check(text + "\\\"\"");
  }
}

BOOST_AUTO_TEST_CASE(no_strings) {
  for (const std::string_view text :
       {"", "\\", "\\u", "\\u00e", "\\u00e\"", "\\u00eg\"", "\\u+123\"", "\\x\"", "\\U0041\"", "\n\"",
        "\x1F\"", "\\ud83d\"", "\\ude00\"", "\\ud83dx\"", "\\ud83d\\n\"", "\\ud83d\\u0041\"",
        "\\ud83d\\ud83d\\ude00\"", "\\ude00\\ud83d\"", "\\ud83d\\"}) {
    check_everywhere(text);
  }
}

BOOST_AUTO_TEST_CASE(a_zero_byte_stands_in_no_string) {
  check_everywhere(std::string_view("\0\"", 2));
  check_everywhere(std::string_view("\\\0\"", 3));
}
