// Doubles as text, held against the C++ library's own conversions.
#define BOOST_TEST_MODULE real
#include "base/real.h"

#include <array>
#include <bit>
#include <boost/test/unit_test.hpp>
#include <charconv>
#include <clocale>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <string_view>

namespace crosslog::base {
namespace {

template <class... Format>
std::string by_library(double number, Format... format) {
  std::array<char, 400> buffer;
  return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, format...).ptr};
}

void check(double number) {
  BOOST_TEST(write_real(number) == by_library(number));
  BOOST_TEST(write_real(number, RealFormat::fixed) == by_library(number, std::chars_format::fixed));
  BOOST_TEST(write_real(number, RealFormat::scientific) == by_library(number, std::chars_format::scientific));
  const auto read = parse_real(by_library(number));
  BOOST_TEST((read && std::bit_cast<std::uint64_t>(*read) == std::bit_cast<std::uint64_t>(number)));
}

}  // namespace

BOOST_AUTO_TEST_CASE(known_numbers_are_written_as_the_library_writes_them) {
  for (const double number : {0.0,
                              -0.0,
                              1.0,
                              -1.5,
                              0.1,
                              0.3,
                              100.0,
                              1e5,
                              12345e3,
                              1e15,
                              1e16,
                              9007199254740993.0,
                              1e22,
                              1e23,
                              0.0001,
                              0.00012,
                              1e-5,
                              5e-324,
                              2.2250738585072014e-308,
                              1.7976931348623157e308,
                              123456789012345680.0}) {
    check(number);
  }
}

BOOST_AUTO_TEST_CASE(any_numbers_are_written_as_the_library_writes_them) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 20000; ++i) {
    const auto number = std::bit_cast<double>(random());
    if (std::isfinite(number)) check(number);
    check(static_cast<double>(random() % 1000000) / 1000);
  }
}

BOOST_AUTO_TEST_CASE(what_no_double_holds_is_infinity_or_zero) {
  BOOST_TEST(parse_real("1e999").value() == std::numeric_limits<double>::infinity());
  BOOST_TEST(parse_real("-1e99999999999999999999").value() == -std::numeric_limits<double>::infinity());
  BOOST_TEST(parse_real("1e-99999999999999999999").value() == 0.0);
  BOOST_TEST(parse_real("0e99999999999999999999").value() == 0.0);
}

BOOST_AUTO_TEST_CASE(words_and_odd_forms_are_numbers) {
  BOOST_TEST(parse_real("INF").value() == std::numeric_limits<double>::infinity());
  BOOST_TEST(parse_real("-infinity").value() == -std::numeric_limits<double>::infinity());
  BOOST_TEST(std::isnan(parse_real("NaN").value()));
  BOOST_TEST(parse_real("1.").value() == 1.0);
  BOOST_TEST(parse_real(".5").value() == 0.5);
  BOOST_TEST(parse_real("001.50E+01").value() == 15.0);
}

BOOST_AUTO_TEST_CASE(other_texts_are_no_numbers) {
  for (const std::string_view text : {"", "-", ".", "e1", "1e", "1e+", "+1", " 1", "1 ", "0x10", "--1",
                                      "1e--1", "1,5", "nan(1)", "infin", "1.2.3"}) {
    BOOST_TEST(!parse_real(text).has_value(), text);
  }
  BOOST_TEST(!parse_real(std::string_view("1\0", 2)).has_value());
}

}  // namespace crosslog::base
