#define BOOST_TEST_MODULE text
#include "base/text.h"

#include <boost/test/unit_test.hpp>
#include <limits>
#include <string>

using namespace crosslog::base;
using namespace std::string_literals;

namespace {

std::string repaired(std::string_view text, std::size_t repairs) {
  std::string out;
  BOOST_TEST(append_repaired_utf8(out, text) == repairs);
  return out;
}

constexpr char kFffd[] = "\xEF\xBF\xBD";

}  // namespace

BOOST_AUTO_TEST_CASE(case_is_that_of_ascii_alone) {
  BOOST_TEST(to_lower("AbZ@[`{\xC3\x84") == "abz@[`{\xC3\x84");
  BOOST_TEST(equals_ignoring_case("X-Amz-Date", "x-aMZ-date"));
  BOOST_TEST(equals_ignoring_case("", ""));
  BOOST_TEST(!equals_ignoring_case("a", "ab"));
  BOOST_TEST(!equals_ignoring_case("@", "`"));
  BOOST_TEST(!equals_ignoring_case("\xC3\x84", "\xC3\xA4"));
}

BOOST_AUTO_TEST_CASE(trimming) {
  BOOST_TEST(trim_blanks(" \t a b\t ") == "a b");
  BOOST_TEST(trim_blanks(" \r\n") == "\r\n");
  BOOST_TEST(trim("\r\n a\fb \v\t") == "a\fb");
  BOOST_TEST(trim(" \n") == "");
  BOOST_TEST(trim("") == "");
  BOOST_TEST(trim("\xC2\xA0") == "\xC2\xA0");
}

BOOST_AUTO_TEST_CASE(splitting_keeps_empty_parts) {
  const auto parts = split("a,,b,", ',');
  BOOST_TEST(parts == (std::vector<std::string_view>{"a", "", "b", ""}), boost::test_tools::per_element());
  BOOST_TEST(split("", ',').size() == 1u);
  BOOST_TEST(split("a\0b"s, '\0').size() == 2u);
}

// What is not ASCII is found at every place beside the eight bytes that are looked
// at together, and nothing else is.
BOOST_AUTO_TEST_CASE(utf8_at_every_place) {
  for (std::size_t size = 1; size < 40; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      const std::string before(at, 'a'), after(size - at - 1, 'z');
      for (unsigned c = 0; c < 256; ++c) {
        const std::string text = before + static_cast<char>(c) + after;
        BOOST_REQUIRE(is_utf8(text) == (c < 0x80));
        std::string out = "kept ";
        BOOST_REQUIRE(append_repaired_utf8(out, text) == (c < 0x80 ? 0u : 1u));
        BOOST_REQUIRE(out == "kept " + (c < 0x80 ? text : before + kFffd + after));
      }
      BOOST_REQUIRE(is_utf8(before + "\xC3\xBC" + after));
      BOOST_REQUIRE(!is_utf8(before + "\xF0\x9F\x98" + after));
      BOOST_REQUIRE(visible(before + "\x1b" + after) == before + "\\x1b" + after);
      BOOST_REQUIRE(visible(before + "\x7f" + after) == before + "\\x7f" + after);
      BOOST_REQUIRE(visible(before + "\t" + after) == before + "\t" + after);
      BOOST_REQUIRE(visible(before + " " + after) == before + " " + after);
    }
  }
}

BOOST_AUTO_TEST_CASE(percent_encoding) {
  BOOST_TEST(percent_encode("AZaz09-._~") == "AZaz09-._~");
  BOOST_TEST(percent_encode("a b/\xC3\xBC\x7f\0%"s) == "a%20b%2F%C3%BC%7F%00%25");
  BOOST_TEST(percent_encode("/a:b", "/") == "/a%3Ab");
  BOOST_TEST(form_encode("a b+c&=~*") == "a+b%2Bc%26%3D~%2A");
}

BOOST_AUTO_TEST_CASE(percent_decoding) {
  BOOST_TEST(percent_decode("%41%c3%BC%00+") == "A\xC3\xBC\0+"s);
  BOOST_TEST(percent_decode("%") == "%");
  BOOST_TEST(percent_decode("%4") == "%4");
  BOOST_TEST(percent_decode("%4g%zz%%41") == "%4g%zz%A");
  BOOST_TEST(percent_decode("100%") == "100%");
}

BOOST_AUTO_TEST_CASE(percent_decoding_undoes_encoding) {
  std::string every;
  for (int c = 0; c < 256; ++c)
    every += static_cast<char>(c);
  BOOST_TEST(percent_decode(percent_encode(every)) == every);
}

BOOST_AUTO_TEST_CASE(integers) {
  BOOST_TEST(parse_int("0").value() == 0);
  BOOST_TEST(parse_int("-007").value() == -7);
  BOOST_TEST(parse_int("9223372036854775807").value() == std::numeric_limits<std::int64_t>::max());
  BOOST_TEST(parse_int("-9223372036854775808").value() == std::numeric_limits<std::int64_t>::min());
  for (const char* text : {"", "-", "+1", " 1", "1 ", "1.0", "0x1", "9223372036854775808",
                           "-9223372036854775809", "1e3", "--1", "\xD9\xA1"}) {
    BOOST_TEST(!parse_int(text).has_value(), text);
  }
}

BOOST_AUTO_TEST_CASE(hexadecimal) {
  BOOST_TEST(hex("\x00\x0f\xA0\xff"s) == "000fa0ff");
}

BOOST_AUTO_TEST_CASE(utf8_at_the_edges_of_every_range) {
  for (const char* text : {"", "\x7f", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
                           "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    BOOST_TEST(is_utf8(text), hex(text));
  }
  for (const char* text : {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2\x41", "\xE0\x9F\xBF",
                           "\xE0\xA0", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
                           "\xF5\x80\x80\x80", "\xFF", "\xF0\x9F\x98", "a\xE2\x82"}) {
    BOOST_TEST(!is_utf8(text), hex(text));
  }
  BOOST_TEST(is_utf8("a\0b"s));
}

// Unicode 15, tables 3-8 to 3-11: one U+FFFD for each maximal ill-formed sequence.
BOOST_AUTO_TEST_CASE(repair_replaces_maximal_sequences) {
  const std::string r = kFffd;
  BOOST_TEST(repaired("plain \xC3\xA9", 0) == "plain \xC3\xA9");
  BOOST_TEST(repaired("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41", 8) == r + r + r + r + r + r + r + r + "A");
  BOOST_TEST(repaired("\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41", 8) == r + r + r + r + r + r + r + r + "A");
  BOOST_TEST(repaired("\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42", 7) == r + r + r + r + r + "A" + r + r + "B");
  BOOST_TEST(repaired("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", 4) == r + r + r + r + "A");
  BOOST_TEST(repaired("a\xF0\x9F\x98", 1) == "a" + r);
}

BOOST_AUTO_TEST_CASE(repair_appends) {
  std::string out = "x";
  append_repaired_utf8(out, "y");
  BOOST_TEST(out == "xy");
}

BOOST_AUTO_TEST_CASE(every_scalar_value_is_written_as_valid_utf8) {
  for (char32_t c = 0; c <= 0x10FFFF; c += c < 0x1000 || (c > 0xD700 && c < 0xE100) ? 1u : 251u) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, c);
    BOOST_REQUIRE_MESSAGE(is_utf8(text), static_cast<unsigned>(c));
    BOOST_REQUIRE(text.size() == (c < 0x80 ? 1u : c < 0x800 ? 2u : c < 0x10000 ? 3u : 4u));
  }
  std::string text;
  append_utf8(text, U'\U0001F642');
  BOOST_TEST(text == "\xF0\x9F\x99\x82");
}

BOOST_AUTO_TEST_CASE(visible_shows_what_a_terminal_would_obey) {
  BOOST_TEST(visible("tab\tstays, \xC3\xA9 too") == "tab\tstays, \xC3\xA9 too");
  BOOST_TEST(visible("a\nb\rc\x1b[31m\x7f\0"s) == "a\\nb\\x0dc\\x1b[31m\\x7f\\x00");
  BOOST_TEST(visible("\xC2\x85\xC2\x9B") == "\\xc2\\x85\\xc2\\x9b");
  BOOST_TEST(visible("\x9b\xFF\xE2\x82") == "\\x9b\\xff\\xe2\\x82");
  BOOST_TEST(visible("\xE2\x80\xAE\xE2\x81\xA6\xE2\x80\x8B") ==
             "\\xe2\\x80\\xae\\xe2\\x81\\xa6\\xe2\\x80\\x8b");
  BOOST_TEST(visible("\xEF\xBB\xBF\xF3\xA0\x81\x81") == "\\xef\\xbb\\xbf\\xf3\\xa0\\x81\\x81");
}

BOOST_AUTO_TEST_CASE(visible_is_cut_between_characters) {
  BOOST_TEST(visible("abcdef", 6) == "abcdef");
  BOOST_TEST(visible("abcdefg", 6) == "abcdef...");
  BOOST_TEST(visible("ab\xC3\xA9", 3) == "ab...");
  BOOST_TEST(visible("ab\x1b", 5) == "ab...");
  BOOST_TEST(visible("a", 0) == "...");
  BOOST_TEST(visible("", 0) == "");
}
