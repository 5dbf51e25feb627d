#define BOOST_TEST_MODULE json_repair
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

#include "wire/json_repair.h"

using crosslog::wire::repair_json;

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

void check(std::string_view text, std::string_view expected, std::size_t repairs) {
  const auto repaired = repair_json(text);
  BOOST_TEST(repaired.text == expected);
  BOOST_TEST(repaired.repairs == repairs, text);
}

std::string replaced(std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i)
    text += kReplacement;
  return text;
}

}  // namespace

BOOST_AUTO_TEST_CASE(good_text_stays) {
  for (const std::string_view text :
       {"", "{}", R"("\ud83d\ude00\u00e9\n")", "\"\xF0\x9F\x98\x80\"", R"("\\ud800")", R"("\\\\udc00")"}) {
    check(text, text, 0);
  }
}

BOOST_AUTO_TEST_CASE(one_for_each_maximal_sequence) {
  check("\"\x80\"", "\"" + replaced(1) + "\"", 1);
  check("\"\xE2\x82\"", "\"" + replaced(1) + "\"", 1);  // a cut character
  check("\"\xE2\x82x\"", "\"" + replaced(1) + "x\"", 1);
  check("\"\xC0\xAF\"", "\"" + replaced(2) + "\"", 2);          // overlong
  check("\"\xE0\x80\xAF\"", "\"" + replaced(3) + "\"", 3);      // overlong
  check("\"\xED\xA0\x80\"", "\"" + replaced(3) + "\"", 3);      // a surrogate
  check("\"\xF4\x90\x80\x80\"", "\"" + replaced(4) + "\"", 4);  // over U+10FFFF
  check("\"\xF0\x9F\x98\"\x80", "\"" + replaced(1) + "\"" + replaced(1), 2);
  check("\xFF{}\xFE", replaced(1) + "{}" + replaced(1), 2);
}

BOOST_AUTO_TEST_CASE(surrogates_without_their_other_half) {
  check(R"("\ud800")", R"("\ufffd")", 1);
  check(R"("\uDC00")", R"("\ufffd")", 1);
  check(R"("\ud800\ud83d\ude00")", R"("\ufffd\ud83d\ude00")", 1);
  check(R"("\ud83d\ude00\ude00")", R"("\ud83d\ude00\ufffd")", 1);
  check(R"("\udc00\ud800")", R"("\ufffd\ufffd")", 2);
  check(R"("\ud83dx\ude00")", R"("\ufffdx\ufffd")", 2);
  check(R"("\ud83d\n\ude00")", R"("\ufffd\n\ufffd")", 2);
  check(R"("\ud83d\\ude00")", R"("\ufffd\\ude00")", 1);
  check(R"("\ud83d\u0041")", R"("\ufffd\u0041")", 1);
}

BOOST_AUTO_TEST_CASE(other_faults_stay) {
  for (const std::string_view text :
       {R"("\ud8")", R"("\ud8zz")", R"(\)", R"("\u)", R"("\x")", R"("\u+d80")", "\"\x01\"", "{"}) {
    check(text, text, 0);
  }
}

BOOST_AUTO_TEST_CASE(both_kinds_at_once) {
  check("\"\xFF\\ud800\xFF\"", "\"" + replaced(1) + "\\ufffd" + replaced(1) + "\"", 3);
  // A repaired byte between two halves parts them.
  check("\"\\ud83d\xFF\\ude00\"", "\"\\ufffd" + replaced(1) + "\\ufffd\"", 3);
}
