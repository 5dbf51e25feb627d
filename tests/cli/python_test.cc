#define BOOST_TEST_MODULE cli_python
#include "cli/python.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

using namespace crosslog;
using namespace crosslog::cli;

BOOST_AUTO_TEST_CASE(whole_numbers) {
  BOOST_TEST(parse_int("5").value() == 5);
  BOOST_TEST(parse_int(" -5\n").value() == -5);
  BOOST_TEST(parse_int("+1_000").value() == 1000);
  BOOST_TEST(parse_int("007").value() == 7);
  BOOST_TEST(parse_int("9223372036854775807").value() == std::numeric_limits<std::int64_t>::max());
  for (const char* bad :
       {"", " ", "x", "1.5", "1e3", "_1", "1_", "1__0", "--5", "+-5", "- 5", "0x10", "9223372036854775808"}) {
    BOOST_TEST(!parse_int(bad).has_value(), "parsed: " << bad);
  }
}

BOOST_AUTO_TEST_CASE(numbers_with_a_fraction) {
  BOOST_TEST(parse_float(" +1.5 ").value() == 1.5);
  BOOST_TEST(parse_float("-1e3").value() == -1000);
  BOOST_TEST(std::isinf(parse_float("1e999").value()));
  BOOST_TEST(parse_float("-1e-999").value() == 0.0);
  for (const char* bad : {"", "x", "++1", "1.5x"})
    BOOST_TEST(!parse_float(bad).has_value(), "parsed: " << bad);
}

BOOST_AUTO_TEST_CASE(quotes) {
  BOOST_TEST(repr(std::string_view("ten")) == "'ten'");
  BOOST_TEST(repr(std::string_view("it's")) == "\"it's\"");
  BOOST_TEST(repr(std::string_view("\"it's\"")) == "'\"it\\'s\"'");
  BOOST_TEST(repr(std::string_view("a\\b\n\t\r\x1b\x7f")) == "'a\\\\b\\n\\t\\r\\x1b\\x7f'");
  BOOST_TEST(repr(std::string_view("é日\u2028\U000E0001")) == "'é日\\u2028\\U000e0001'");
}

BOOST_AUTO_TEST_CASE(floating_numbers_as_python_writes_them) {
  BOOST_TEST(repr(2.0) == "2.0");
  BOOST_TEST(repr(-0.0) == "-0.0");
  BOOST_TEST(repr(0.1) == "0.1");
  BOOST_TEST(repr(123456.789) == "123456.789");
  BOOST_TEST(repr(1e15) == "1000000000000000.0");
  BOOST_TEST(repr(1e16) == "1e+16");
  BOOST_TEST(repr(1.5e300) == "1.5e+300");
  BOOST_TEST(repr(0.0001) == "0.0001");
  BOOST_TEST(repr(0.00001) == "1e-05");
  BOOST_TEST(repr(-std::numeric_limits<double>::infinity()) == "-inf");
  BOOST_TEST(repr(std::nan("")) == "nan");
}

BOOST_AUTO_TEST_CASE(values_as_text) {
  BOOST_TEST(str(Document()) == "None");
  BOOST_TEST(str(Document(true)) == "True");
  BOOST_TEST(str(Document(-3)) == "-3");
  BOOST_TEST(str(Document("a'b")) == "a'b");
  const Document nested = parse_json(R"({"a":[1,"x",null,{"b":false}],"c":2.5})").value();
  BOOST_TEST(str(nested) == "{'a': [1, 'x', None, {'b': False}], 'c': 2.5}");
}
