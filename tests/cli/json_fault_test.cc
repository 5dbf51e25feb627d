#define BOOST_TEST_MODULE cli_json_fault
#include "cli/json_fault.h"

#include <boost/test/unit_test.hpp>

using crosslog::cli::json_fault;

BOOST_AUTO_TEST_CASE(good_texts_have_no_fault) {
  for (const char* good : {"{}", "[]", " [1, -2.5e+3, \"a\\u00e9\\n\", true, false, null] ",
                           "{\"a\": {\"b\": []}}", "NaN", "\"x\"", "{\"a\":1,\"a\":2}"}) {
    BOOST_TEST(!json_fault(good).has_value(), good);
  }
}

BOOST_AUTO_TEST_CASE(faults_are_told_in_the_words_of_python) {
  const auto check = [](std::string_view text, std::string_view fault) {
    BOOST_TEST(json_fault(text).value_or("none") == fault, "for " << text);
  };
  check("", "Expecting value: line 1 column 1 (char 0)");
  check("[1,]", "Expecting value: line 1 column 4 (char 3)");
  check("[1 2]", "Expecting ',' delimiter: line 1 column 4 (char 3)");
  check("{\"a\" 1}", "Expecting ':' delimiter: line 1 column 6 (char 5)");
  check("{\"a\":1,}", "Expecting property name enclosed in double quotes: line 1 column 8 (char 7)");
  check("{'a':1}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)");
  check("[1] x", "Extra data: line 1 column 5 (char 4)");
  check("01", "Extra data: line 1 column 2 (char 1)");
  check("[\n  \"é\",\n  nul]", "Expecting value: line 3 column 3 (char 11)");
  check("\"ab", "Unterminated string starting at: line 1 column 1 (char 0)");
  check("\"a\nb\"", "Invalid control character at: line 1 column 3 (char 2)");
  check("\"\\x\"", "Invalid \\escape: line 1 column 2 (char 1)");
  check("\"\\u12g4\"", "Invalid \\uXXXX escape: line 1 column 3 (char 2)");
  check("\"\\u1234", "Invalid \\uXXXX escape: line 1 column 3 (char 2)");
}

BOOST_AUTO_TEST_CASE(depth_is_limited) {
  BOOST_TEST(json_fault(std::string(100'000, '[')).value_or("").starts_with("nested too deeply"));
}
