#define BOOST_TEST_MODULE cli_unicode
#include "cli/unicode.h"

#include <boost/test/unit_test.hpp>

using namespace crosslog::cli;

BOOST_AUTO_TEST_CASE(well_formed_text) {
  BOOST_TEST(is_utf8("aé日😀\U0010FFFF"));
  for (const char* bad :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xC3", "\xE6\x97", "\xFF", "a\xC3(", "\xF0\x9F\x98"}) {
    BOOST_TEST(!is_utf8(bad));
  }
}

BOOST_AUTO_TEST_CASE(decoding_and_encoding_are_inverse) {
  for (char32_t c = 1; c <= 0x10FFFF; c += 7) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    const std::string text = encode_utf8(std::u32string_view(&c, 1));
    BOOST_REQUIRE(decode_utf8(text) == std::u32string(1, c));
  }
  BOOST_TEST((decode_utf8("a\xFFz") == U"a\uFFFDz"));
}

BOOST_AUTO_TEST_CASE(wide_and_ambiguous_characters_are_two_columns) {
  BOOST_TEST(columns("") == 0u);
  BOOST_TEST(columns("abc") == 3u);
  BOOST_TEST(columns("é") == 2u);  // ambiguous
  BOOST_TEST(columns("ñ") == 1u);  // neutral
  BOOST_TEST(columns("日本") == 4u);
  BOOST_TEST(columns("ｱ") == 1u);  // halfwidth
  BOOST_TEST(columns("😀") == 2u);
  BOOST_TEST(columns("\n") == 1u);
  BOOST_TEST(columns("\u00A0") == 1u);
  BOOST_TEST(columns("\U0010FFFD") == 2u);  // private use: ambiguous
  BOOST_TEST(columns("\U00020000") == 2u);
}

BOOST_AUTO_TEST_CASE(what_changes_a_terminal_is_made_visible) {
  BOOST_TEST(visible("plain é日😀\t") == "plain é日😀\t");
  BOOST_TEST(visible("a\x1b[31mb") == "a\\x1b[31mb");
  BOOST_TEST(visible("one\ntwo\r\n") == "one\\ntwo\\r\\n");
  BOOST_TEST(visible("one\ntwo", "\n\t") == "one\ntwo");
  BOOST_TEST(visible("\x7f") == "\\x7f");
  BOOST_TEST(visible("\u009b31m") == "\\x9b31m");  // C1 as UTF-8
  BOOST_TEST(visible("\x9b"
                     "31m") == "\\x9b31m");  // C1 as a byte
  BOOST_TEST(visible("a\u202eb\u2066") == "a\\u202eb\\u2066");
  BOOST_TEST(visible("\u200b\ufeff") == "\\u200b\\ufeff");
  BOOST_TEST(visible("\U000E0041") == "\\U000e0041");
  BOOST_TEST(visible(std::string_view("\0", 1)) == "\\x00");
}
