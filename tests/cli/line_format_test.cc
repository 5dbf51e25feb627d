#define BOOST_TEST_MODULE cli_line_format
#include "cli/line_format.h"

#include <array>
#include <boost/test/unit_test.hpp>

#include "cli/unicode.h"

using namespace crosslog;
using namespace crosslog::cli;

namespace {

using Kind = LineField::Kind;
constexpr std::array kFields{
    LineField{.name = "time", .member = "timestamp", .kind = Kind::time, .color = "36"},
    LineField{.name = "timestamp", .member = "timestamp"},
    LineField{.name = "stream", .member = "stream", .color = "33"},
    LineField{.name = "message", .member = "message", .kind = Kind::text},
};

Document record(std::string message) {
  return Document::Map{
      {"stream", "s\x1b"}, {"timestamp", 1'771'841'472'500}, {"message", std::move(message)}};
}

std::string written(std::string_view format, const Document& record, const LineStyle& style = {}) {
  const auto line = LineFormat::parse(format, kFields);
  return line ? line->write(record, style) : "error: " + line.error();
}

}  // namespace

BOOST_AUTO_TEST_CASE(fields_and_literals) {
  const Document event = record("hello\r\n");
  BOOST_TEST(written("{time} {message}", event) == "2026-02-23T10:11:12.500Z hello\n");
  BOOST_TEST(written("{timestamp}\\t{message}\\\\{{x}}\\n", event) == "1771841472500\thello\\{x}\n\n");
  BOOST_TEST(written("", event) == "\n");
}

BOOST_AUTO_TEST_CASE(what_is_absent) {
  BOOST_TEST(written("[{time}][{message}][{timestamp}]", Document::Map{}) == "[-][][]\n");
  BOOST_TEST(written("{time}", Document::Map{{"timestamp", -1}}) == "-1\n");
  BOOST_TEST(written("{time}", Document::Map{{"timestamp", std::int64_t{1} << 62}}) ==
             "4611686018427387904\n");
}

BOOST_AUTO_TEST_CASE(templates_with_faults) {
  for (const char* bad : {"{", "}", "{nope}", "{time", "{ time}", "{}", "a\\", "\\x"})
    BOOST_TEST(!LineFormat::parse(bad, kFields), bad);
  BOOST_TEST(LineFormat::parse("{nope}", kFields).error().ends_with("{time} {timestamp} {stream} {message}"));
}

BOOST_AUTO_TEST_CASE(a_terminal_gets_nothing_that_moves_it) {
  const LineStyle safe{.zone = {}, .safe = true, .color = false};
  BOOST_TEST(written("{stream}|{message}", record("a\nb\tc\x07\xE2\x80\xAE\r\n"), safe) ==
             "s\\x1b|a\\nb\tc\\x07\\u202e\n");
  BOOST_TEST(written("{stream}|{message}", record("a\nb")) == "s\x1b|a\nb\n");
}

BOOST_AUTO_TEST_CASE(colours_are_around_what_is_visible) {
  const LineStyle style{.zone = {}, .safe = true, .color = true};
  BOOST_TEST(written("{stream} {message}", record("m\x1b[0m"), style) == "\x1b[33ms\\x1b\x1b[0m m\\x1b[0m\n");
}

BOOST_AUTO_TEST_CASE(ndjson_keeps_everything) {
  const Document event = record("a\n\xE2\x80\xAE\xF3\xA0\x80\x81\xC2\x9B\n");
  const std::string raw = LineFormat::ndjson().write(event, {});
  const std::string safe = LineFormat::ndjson().write(event, {.zone = {}, .safe = true, .color = true});
  for (const auto& line : {raw, safe}) {
    BOOST_TEST(line.ends_with("}\n"));
    BOOST_TEST(line.find('\n') == line.size() - 1);
    BOOST_TEST((parse_json(line.substr(0, line.size() - 1)).value() == event));
  }
  BOOST_TEST(visible(safe, "\n") == safe);
  BOOST_TEST(LineFormat::ndjson().uses("account"));
  BOOST_TEST(!LineFormat::parse("{time}", kFields)->uses("stream"));
  BOOST_TEST(LineFormat::parse("{time}", kFields)->uses("timestamp"));
}
