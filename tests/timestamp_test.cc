#define BOOST_TEST_MODULE timestamp
#include <boost/test/unit_test.hpp>
#include <limits>

#include "base/time.h"
#include "logs/timestamp.h"

namespace {

std::string read(const crosslog::Document& value) {
  const auto time = crosslog::logs::parse_timestamp(value);
  return time ? crosslog::base::iso8601(*time) : "none";
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_form_of_a_time) {
  BOOST_TEST(read("2014-04-29T18:30:38Z") == "2014-04-29T18:30:38+00:00");
  BOOST_TEST(read("2014-04-29T19:30:38.5+01:00") == "2014-04-29T18:30:38.500000+00:00");
  BOOST_TEST(read("Tue, 29 Apr 2014 18:30:38 GMT") == "2014-04-29T18:30:38+00:00");
  BOOST_TEST(read("1398796238") == "2014-04-29T18:30:38+00:00");
  BOOST_TEST(read("1398796238.25") == "2014-04-29T18:30:38.250000+00:00");
  BOOST_TEST(read(1398796238) == "2014-04-29T18:30:38+00:00");
  BOOST_TEST(read(946845296.123) == "2000-01-02T20:34:56.123000+00:00");
  BOOST_TEST(read(-1) == "1969-12-31T23:59:59+00:00");
}

BOOST_AUTO_TEST_CASE(what_is_no_time) {
  for (const auto* text :
       {"", "soon", "2014-04-31T00:00:00Z", "1e", "0x10", "1398796238 ", "nan", "inf", "1e300"}) {
    BOOST_TEST(read(text) == "none", text);
  }
  BOOST_TEST(read(std::numeric_limits<std::int64_t>::max()) == "none");
  BOOST_TEST(read(std::numeric_limits<double>::quiet_NaN()) == "none");
  BOOST_TEST(read(true) == "none");
  BOOST_TEST(read(nullptr) == "none");
}
