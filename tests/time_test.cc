#define BOOST_TEST_MODULE time
#include "base/time.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <string>

using namespace crosslog;
using namespace crosslog::base;
using std::chrono::milliseconds;

namespace {

TimePoint at(std::int64_t ms) {
  return TimePoint(milliseconds(ms));
}
std::int64_t ms(TimePoint time) {
  return time.time_since_epoch().count();
}

constexpr std::int64_t kVectors = 1440938160'000;  // 2015-08-30T12:36:00Z

}  // namespace

BOOST_AUTO_TEST_CASE(amz_dates) {
  BOOST_TEST(amz_date(at(kVectors)) == "20150830T123600Z");
  BOOST_TEST(amz_day(at(kVectors)) == "20150830");
  BOOST_TEST(amz_date(at(kVectors + 999)) == "20150830T123600Z");
  BOOST_TEST(amz_date(at(0)) == "19700101T000000Z");
  BOOST_TEST(amz_date(at(-1)) == "19691231T235959Z");
  BOOST_TEST(amz_date(at(1709164800'000)) == "20240229T000000Z");
  BOOST_TEST(amz_day(at(4107542400'000)) == "21000301");
}

BOOST_AUTO_TEST_CASE(amz_dates_are_read_back) {
  BOOST_TEST(ms(parse_amz_date("20150830T123600Z").value()) == kVectors);
  for (const char* text :
       {"", "20150830", "20150830T123600", "20150830t123600Z", "20150830T123600z", "20150230T000000Z",
        "20151301T000000Z", "20150830T240000Z", "20150830T126000Z", "20150830T123600ZZ", "2015083 T123600Z",
        "+2150830T123600Z", "2015-08-30T12:36:00Z"}) {
    BOOST_TEST(!parse_amz_date(text).has_value(), text);
  }
}

BOOST_AUTO_TEST_CASE(iso8601_as_python_prints_it) {
  BOOST_TEST(iso8601(at(2109850481'000)) == "2036-11-09T13:34:41+00:00");
  BOOST_TEST(iso8601(at(2109850481'123)) == "2036-11-09T13:34:41.123000+00:00");
  BOOST_TEST(iso8601(at(2109850481'007)) == "2036-11-09T13:34:41.007000+00:00");
  BOOST_TEST(iso8601(at(-1)) == "1969-12-31T23:59:59.999000+00:00");
}

BOOST_AUTO_TEST_CASE(times_outside_the_calendar_are_clamped) {
  BOOST_TEST(iso8601(TimePoint::max()) == "9999-12-31T23:59:59.999000+00:00");
  BOOST_TEST(iso8601(TimePoint::min()) == "0000-01-01T00:00:00+00:00");
  BOOST_TEST(http_date(TimePoint::max()) == "Fri, 31 Dec 9999 23:59:59 GMT");
}

BOOST_AUTO_TEST_CASE(iso8601_in_every_form_that_services_send) {
  const std::int64_t t = 2109850481'000;
  BOOST_TEST(ms(parse_iso8601("2036-11-09T13:34:41Z").value()) == t);
  BOOST_TEST(ms(parse_iso8601("2036-11-09t13:34:41z").value()) == t);
  BOOST_TEST(ms(parse_iso8601("2036-11-09T13:34:41+00:00").value()) == t);
  BOOST_TEST(ms(parse_iso8601("2036-11-09T13:34:41-00:00").value()) == t);
  BOOST_TEST(ms(parse_iso8601("2036-11-09T13:34:41UTC").value()) == t);
  BOOST_TEST(ms(parse_iso8601("2036-11-09T15:04:41+01:30").value()) == t);
  BOOST_TEST(ms(parse_iso8601("2036-11-08T23:34:41-14:00").value()) == t);
  BOOST_TEST(ms(parse_iso8601("2036-11-09T13:34:41.5Z").value()) == t + 500);
  BOOST_TEST(ms(parse_iso8601("2036-11-09T13:34:41.123456789Z").value()) == t + 123);
  BOOST_TEST(ms(parse_iso8601("2036-11-09T13:34:41.001000+00:00").value()) == t + 1);
  BOOST_TEST(ms(parse_iso8601("2016-12-31T23:59:60Z").value()) == 1483228800'000);
  BOOST_TEST(ms(parse_iso8601("0000-01-01T00:00:00Z").value()) == -62167219200'000);
  BOOST_TEST(ms(parse_iso8601("9999-12-31T23:59:59Z").value()) == 253402300799'000);
}

BOOST_AUTO_TEST_CASE(iso8601_refuses_everything_else) {
  for (const char* text : {"",
                           "2036",
                           "2036-11-09",
                           "2036-11-09T13:34Z",
                           "2036-11-09T13:34:41",
                           "2036-11-09 13:34:41Z",
                           "2036-11-09T13:34:41.Z",
                           "2036-11-09T13:34:41,5Z",
                           "2036-11-09T13:34:41+0000",
                           "2036-11-09T13:34:41+24:00",
                           "2036-11-09T13:34:41+00:60",
                           "2036-11-09T13:34:41+00:00 ",
                           " 2036-11-09T13:34:41Z",
                           "2036-11-09T13:34:41ZZ",
                           "2036-02-30T00:00:00Z",
                           "2037-02-29T00:00:00Z",
                           "2036-00-01T00:00:00Z",
                           "2036-13-01T00:00:00Z",
                           "2036-01-00T00:00:00Z",
                           "2036-01-32T00:00:00Z",
                           "2036-01-01T24:00:00Z",
                           "2036-01-01T23:60:00Z",
                           "2036-01-01T23:59:61Z",
                           "-036-01-01T00:00:00Z",
                           "12036-01-01T00:00:00Z",
                           "2036-1-1T0:0:0Z",
                           "1700000000",
                           "2036-11-09T13:34:41.5.5Z",
                           "2036-11-09T13:34:4\xD9\xA1Z",
                           "2036-11-09T13:34:41GMT"}) {
    BOOST_TEST(!parse_iso8601(text).has_value(), text);
  }
}

BOOST_AUTO_TEST_CASE(http_dates) {
  const std::int64_t t = 784111777'000;
  BOOST_TEST(ms(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT").value()) == t);
  BOOST_TEST(http_date(at(t)) == "Sun, 06 Nov 1994 08:49:37 GMT");
  BOOST_TEST(http_date(at(kVectors)) == "Sun, 30 Aug 2015 12:36:00 GMT");
  for (const char* text :
       {"", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC", "Xxx, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nvo 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT ",
        "Sun,06 Nov 1994 08:49:37 GMT"}) {
    BOOST_TEST(!parse_http_date(text).has_value(), text);
  }
}

BOOST_AUTO_TEST_CASE(every_format_is_read_back) {
  for (std::int64_t t = -62167219200'000; t <= 253402300799'000; t += 86'141'204'000) {
    BOOST_REQUIRE(ms(parse_amz_date(amz_date(at(t))).value()) == t);
    BOOST_REQUIRE(ms(parse_iso8601(iso8601(at(t))).value()) == t);
    BOOST_REQUIRE(ms(parse_http_date(http_date(at(t))).value()) == t);
    BOOST_REQUIRE(ms(parse_iso8601(iso8601(at(t + 789))).value()) == t + 789);
  }
}
