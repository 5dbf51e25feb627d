#define BOOST_TEST_MODULE wire_python
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <utility>

#include "crosslog/document.h"

using crosslog::Document;
using crosslog::write_python;
using crosslog::write_python_json;

// What Python prints of each: repr() and json.dumps().
BOOST_AUTO_TEST_CASE(numbers_are_the_shortest_that_read_back) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const std::pair<double, const char*> cases[] = {{2.0, "2.0"},
                                                  {-0.0, "-0.0"},
                                                  {0.1, "0.1"},
                                                  {100000.0, "100000.0"},
                                                  {123456.789, "123456.789"},
                                                  {1e15, "1000000000000000.0"},
                                                  {9007199254740993.0, "9007199254740992.0"},
                                                  {1e16, "1e+16"},
                                                  {1.5e300, "1.5e+300"},
                                                  {0.0001, "0.0001"},
                                                  {0.00001, "1e-05"},
                                                  {5e-324, "5e-324"}};
  for (const auto& [number, text] : cases) {
    BOOST_TEST(write_python(Document(number)) == text);
    BOOST_TEST(write_python_json(Document(number)) == text);
  }
  const Document odd(Document::List{Document(kInfinity), Document(-kInfinity), Document(std::nan(""))});
  BOOST_TEST(write_python(odd) == "[inf, -inf, nan]");
  BOOST_TEST(write_python_json(odd) == "[Infinity, -Infinity, NaN]");
}

BOOST_AUTO_TEST_CASE(quotes_are_chosen_by_what_the_text_has) {
  BOOST_TEST(write_python(Document("ten")) == "'ten'");
  BOOST_TEST(write_python(Document("it's")) == "\"it's\"");
  BOOST_TEST(write_python(Document("\"it's\"")) == "'\"it\\'s\"'");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_seen_is_escaped) {
  BOOST_TEST(write_python(Document("a\\b\n\t\r\x1b\x7f")) == "'a\\\\b\\n\\t\\r\\x1b\\x7f'");
  BOOST_TEST(write_python(Document("é日\u0085\u2028\U000E0001\U0001F600")) ==
             "'é日\\x85\\u2028\\U000e0001\U0001F600'");
  BOOST_TEST(write_python(Document("a\xFF\xE6\x97")) == "'a\\xff\\xe6\\x97'");
}

BOOST_AUTO_TEST_CASE(json_is_ascii) {
  BOOST_TEST(write_python_json(Document("\"\\/\b\f\n\r\t\x1b\x7f~")) == R"("\"\\/\b\f\n\r\t\u001b\u007f~")");
  BOOST_TEST(write_python_json(Document("é日\U0001F600")) == R"("\u00e9\u65e5\ud83d\ude00")");
  BOOST_TEST(write_python_json(Document("a\xFF")) == R"("a\ufffd")");
}

BOOST_AUTO_TEST_CASE(lists_and_maps_have_blanks) {
  const Document document =
      crosslog::parse_json(R"({"b":[1,"x",null,{"é":false}],"a":true,"c":[],"d":{}})").value();
  BOOST_TEST(write_python(document) == "{'b': [1, 'x', None, {'é': False}], 'a': True, 'c': [], 'd': {}}");
  BOOST_TEST(write_python_json(document) ==
             R"({"b": [1, "x", null, {"\u00e9": false}], "a": true, "c": [], "d": {}})");
}
