// The times that a person types: what is taken, what it means, what is refused.
#define BOOST_TEST_MODULE cli_time_expression
#include "cli/time_expression.h"

#include <boost/test/unit_test.hpp>

using namespace crosslog;
using namespace crosslog::cli;
using std::chrono::milliseconds;

namespace {

const TimePoint kNow{milliseconds(1'771'841'472'500)};  // 2026-02-23T10:11:12.500Z

std::string canonical(std::string_view text) {
  const auto parsed = parse_time_expression(text);
  return parsed ? format_time_expression(*parsed) : "error: " + parsed.error();
}

std::int64_t resolved(std::string_view text, const TimeZone& zone = {}) {
  const auto parsed = parse_time_expression(text);
  BOOST_REQUIRE_MESSAGE(parsed, text);
  const auto time = resolve(*parsed, kNow, zone);
  BOOST_REQUIRE_MESSAGE(time, text << ": " << (time ? "" : time.error()));
  return time->time_since_epoch().count();
}

TimeZone zone(std::string_view name) {
  return TimeZone::make(name, Host{}).value();
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_is_taken_has_one_form) {
  const std::pair<const char*, const char*> cases[] = {
      {"5m", "now-5m"},
      {"90s", "now-1m30s"},
      {"1h30m", "now-1h30m"},
      {"2w", "now-2w"},
      {"1d12h", "now-1d12h"},
      {"14d", "now-2w"},
      {"0s", "now"},
      {"now", "now"},
      {"now-1h", "now-1h"},
      {"now+5m", "now+5m"},
      {"now-0s", "now"},
      {"2026-02-23", "2026-02-23T00:00:00"},
      {"20260223", "2026-02-23T00:00:00"},
      {"2026-02-23T10:11", "2026-02-23T10:11:00"},
      {"2026-02-23 10:11:12", "2026-02-23T10:11:12"},
      {"2026-02-23T10:11:12,5", "2026-02-23T10:11:12.500"},
      {"2026-02-23T10:11:12.123456789Z", "2026-02-23T10:11:12.123Z"},
      {"2026-02-23t10:11:12z", "2026-02-23T10:11:12Z"},
      {"20260223T101112Z", "2026-02-23T10:11:12Z"},
      {"20260223T1011", "2026-02-23T10:11:00"},
      {"2026-02-23T10:11:12+14:00", "2026-02-22T20:11:12Z"},
      {"2026-02-23T10:11:12-0330", "2026-02-23T13:41:12Z"},
      {"2026-02-23T10:11:12+01", "2026-02-23T09:11:12Z"},
      {"2026-02-23T10:11:12-00:00", "2026-02-23T10:11:12Z"},
      {"2024-02-29", "2024-02-29T00:00:00"},
      {"1771841472", "2026-02-23T10:11:12Z"},
      {"1771841472500", "2026-02-23T10:11:12.500Z"},
      {"9999-12-31T23:59:59.999", "9999-12-31T23:59:59.999"},
  };
  for (const auto& [text, expected] : cases)
    BOOST_TEST(canonical(text) == expected, text);
}

BOOST_AUTO_TEST_CASE(the_one_form_means_the_same) {
  for (const char* text : {"1h30m", "now+2w", "2026-02-23", "20260223T101112.5Z", "1771841472500"}) {
    const auto parsed = parse_time_expression(text);
    BOOST_REQUIRE(parsed);
    BOOST_TEST((parse_time_expression(format_time_expression(*parsed)) == *parsed), text);
  }
}

BOOST_AUTO_TEST_CASE(what_could_be_meant_in_two_ways_is_refused) {
  for (const char* text : {"",
                           "5",
                           "m5",
                           "5 m",
                           "5M",
                           "5mo",
                           "5ms",
                           "1.5h",
                           "-5m",
                           "+5m",
                           " 5m",
                           "5m ",
                           "\xD9\xA5m",
                           "99999999999w",
                           "30m1h",
                           "5m5m",
                           "1h 30m",
                           "now -1h",
                           "now-",
                           "now1h",
                           "Now",
                           "nowh",
                           "yesterday",
                           "today",
                           "2026-02-29",
                           "2026-13-01",
                           "2026-00-10",
                           "2026-02-30",
                           "2026-2-3",
                           "2026-W09-1",
                           "2026-054",
                           "26-02-23",
                           "1969-12-31",
                           "0000-01-01",
                           "10000-01-01",
                           "-1",
                           "177184147",
                           "17718414720",
                           "99999999999999999999",
                           "1771841472.5"}) {
    const auto parsed = parse_time_expression(text);
    BOOST_TEST(!parsed, text);
    if (!parsed) {
      BOOST_TEST(parsed.error().contains("is not a time: "), parsed.error());
      BOOST_TEST(parsed.error().ends_with(", as 2h, 1h30m or 2026-02-23T10:11:12Z"));
    }
  }
  for (const char* text :
       {"2026-02-23T", "2026-02-23T24:00", "2026-02-23T25:61", "2026-02-23T10:60", "2026-02-23T10:11:60",
        "2026-02-23T10", "2026-02-23T10:11:12.", "2026-02-23T10:11:12.1234567890", "2026-02-23T1011",
        "20260223T10:11", "2026-02-23T10:11:12+24:00", "2026-02-23T10:11:12+1", "2026-02-23T10:11:12 Z",
        "2026-02-23T10:11:12+01:0", "2026-02-23T10:11:12ZZ", "2026-02-23Z", "1970-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-01:00", "2026-0223"}) {
    BOOST_TEST(!parse_time_expression(text), text);
  }
}

BOOST_AUTO_TEST_CASE(a_refusal_names_what_was_given_safely) {
  BOOST_TEST(parse_time_expression("y\x1b[31m").error().starts_with("\"y\\x1b[31m\" is not a time"));
  BOOST_TEST(parse_time_expression(std::string(100'000, '7')).error().size() < 400u);
  BOOST_TEST(parse_time_expression("5").error().contains("10 digits"));
  BOOST_TEST(parse_time_expression("-5m").error().contains("no sign"));
}

BOOST_AUTO_TEST_CASE(ages_count_from_now) {
  const std::int64_t now = kNow.time_since_epoch().count();
  BOOST_TEST(resolved("1h30m") == now - 5'400'000);
  BOOST_TEST(resolved("now") == now);
  BOOST_TEST(resolved("now+10s") == now + 10'000);
  BOOST_TEST(resolved("2026-02-23T10:11:12Z") == now - 500);
}

BOOST_AUTO_TEST_CASE(a_time_without_an_offset_is_of_the_zone) {
  BOOST_TEST(resolved("2026-02-23T10:11:12.5") == kNow.time_since_epoch().count());
  BOOST_TEST(resolved("2026-02-23T11:11:12.5", zone("+01:00")) == kNow.time_since_epoch().count());
  BOOST_TEST(resolved("2026-02-23T10:11:12.5Z", zone("+01:00")) == kNow.time_since_epoch().count());
}

BOOST_AUTO_TEST_CASE(nothing_before_1970_nor_after_9999) {
  for (const char* text : {"3000w", "now+418000w"}) {
    const auto time = resolve(parse_time_expression(text).value(), kNow, {});
    BOOST_TEST(!time, text);
  }
  BOOST_TEST(!resolve(parse_time_expression("1970-01-01").value(), kNow, zone("+01:00")));
}
