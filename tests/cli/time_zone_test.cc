// Zones by name and by offset. The named ones are the system's; where it has none
// the refusal is what is looked at.
#define BOOST_TEST_MODULE cli_time_zone
#include "cli/time_zone.h"

#include <boost/test/unit_test.hpp>
#include <cstdlib>

using namespace crosslog;
using namespace crosslog::cli;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

TimePoint at(std::int64_t second) {
  return TimePoint(milliseconds(second * 1000));
}

WallTime wall(int year, unsigned month, unsigned day, int hour, int minute) {
  return std::chrono::local_days(std::chrono::year(year) / std::chrono::month(month) /
                                 std::chrono::day(day)) +
         std::chrono::hours(hour) + std::chrono::minutes(minute) + milliseconds(0);
}

}  // namespace

BOOST_AUTO_TEST_CASE(offsets_need_no_zoneinfo) {
  const Host none;
  BOOST_TEST(format_time(at(0), TimeZone::make("UTC", none).value()) == "1970-01-01T00:00:00.000Z");
  BOOST_TEST(format_time(at(0), TimeZone::make("+05:30", none).value()) == "1970-01-01T05:30:00.000+05:30");
  BOOST_TEST(format_time(at(0), TimeZone::make("-0800", none).value()) == "1969-12-31T16:00:00.000-08:00");
  BOOST_TEST(format_time(at(0), TimeZone::make("+02", none).value()) == "1970-01-01T02:00:00.000+02:00");
  BOOST_TEST(format_time(TimePoint(milliseconds(1'771'841'472'007)), TimeZone()) ==
             "2026-02-23T10:11:12.007Z");
}

BOOST_AUTO_TEST_CASE(what_is_no_zone_is_refused) {
  for (const char* name : {"", "Mars/Base", "../etc/passwd", "/etc/localtime", "+25:00", "+1", "+01:60",
                           "+1:000", "Europe/Berlin\n", "EST5EDT,M3.2.0,M11.1.0", "utc"}) {
    const auto zone = TimeZone::make(name, Host{});
    BOOST_TEST(!zone, name);
    BOOST_TEST(zone.error().contains("there is no time zone \"" + std::string(name)));
  }
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_zone_is_refused) {
  Host host;
  host.read_file = [](const std::string& path, std::size_t) -> Result<std::optional<File>> {
    BOOST_TEST(path == "/usr/share/zoneinfo/tzdata.zi");
    return File{.bytes = "# version 2026a"};
  };
  BOOST_TEST(!TimeZone::make("tzdata.zi", host));
  BOOST_TEST(!TimeZone::make("README", Host{}));
}

BOOST_AUTO_TEST_CASE(a_zone_changes_its_clocks) {
  const auto zone = TimeZone::make("Europe/Berlin", system_host());
  if (!zone) {
    BOOST_TEST(zone.error().contains("there is no time zone"));
    return;
  }
  BOOST_TEST(zone->offset_at(at(1'771'841'472)).count() == 3'600);  // February 2026
  BOOST_TEST(zone->offset_at(at(1'785'000'000)).count() == 7'200);  // July 2026
  BOOST_TEST(zone->offset_at(at(4'000'000'000)).count() == 7'200);  // October 2096, by the rule
  BOOST_TEST(format_time(at(1'771'841'472), *zone) == "2026-02-23T11:11:12.000+01:00");
  // 2026-03-29 02:30 does not exist, 2026-10-25 02:30 comes twice.
  const auto gap = zone->instant_of(wall(2026, 3, 29, 2, 30));
  BOOST_REQUIRE(!gap);
  BOOST_TEST(gap.error().contains("2026-03-29T02:30:00"));
  BOOST_TEST((zone->instant_of(wall(2026, 10, 25, 2, 30)).value() == at(1'792'888'200)));  // 00:30Z
  BOOST_TEST((zone->instant_of(wall(2026, 10, 25, 3, 0)).value() == at(1'792'893'600)));   // 02:00Z
}

BOOST_AUTO_TEST_CASE(the_local_zone_is_the_environments) {
  setenv("TZ", "XYZ-3", 1);
  BOOST_TEST(TimeZone::make("local", Host{}).value().offset_at(at(0)).count() == 10'800);
  setenv("TZ", "No/Such", 1);
  BOOST_TEST(TimeZone::make("local", Host{}).value().offset_at(at(0)).count() == 0);
}
