// Lines straight from a page, beside the lines of the same events as records.
#define BOOST_TEST_MODULE cli_event_lines
#include "cli/output/event_lines.h"

#include <array>
#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <vector>

#include "cli/recent_ids.h"

using namespace crosslog;
using namespace crosslog::cli;

namespace {

using Kind = LineField::Kind;
constexpr std::array kFields{
    LineField{.name = "time", .member = "timestamp", .kind = Kind::time, .color = "36"},
    LineField{.name = "stream", .member = "stream", .color = "33"},
    LineField{.name = "message", .member = "message", .kind = Kind::text},
    LineField{.name = "group", .member = "group"},
    LineField{.name = "account", .member = "account"},
    LineField{.name = "ingested", .member = "ingestionTime", .kind = Kind::time, .color = "36"},
    LineField{.name = "timestamp", .member = "timestamp"},
    LineField{.name = "id", .member = "eventId"}};

// The texts live as long as this.
class Events {
 public:
  explicit Events(unsigned seed) : random_(seed) {
    texts_.reserve(200);
    for (int i = 0; i < 40; ++i) {
      LogEvent event;
      event.present = static_cast<std::uint8_t>(random_() % 2 == 0 ? 31 : random_() % 32);
      if (event.has(LogEvent::kTimestamp)) event.timestamp = time();
      if (event.has(LogEvent::kIngestionTime)) event.ingestion_time = time();
      if (event.has(LogEvent::kMessage)) event.message = text();
      if (event.has(LogEvent::kLogStreamName)) event.log_stream_name = text();
      if (event.has(LogEvent::kEventId)) event.event_id = text();
      events.push_back(event);
    }
  }
  std::vector<LogEvent> events;

 private:
  std::int64_t time() {
    static constexpr std::array<std::int64_t, 8> kOdd{
        -1, 0, 999, 253'402'300'799'999, 253'402'300'800'000, 1, 1000, INT64_MIN};
    if (random_() % 9 == 0) return kOdd[random_() % kOdd.size()];
    last_ += static_cast<std::int64_t>(random_() % 700);
    return last_;
  }
  std::string_view text() {
    static constexpr std::array<std::string_view, 12> kPieces{
        "a plain text of words ", "\n",           "\r\n",     "\"", "\\", "\x01", "\x1b[31m", "\x7f",
        "\xE3\x81\x82",           "\xE2\x80\xAE", "\x1f\x20", "end"};
    std::string out;
    for (auto n = random_() % 6; n > 0; --n)
      out += kPieces[random_() % kPieces.size()];
    return texts_.emplace_back(std::move(out));
  }

  std::mt19937 random_;
  std::vector<std::string> texts_;
  std::int64_t last_ = 1'771'841'472'000;
};

std::string lines(const LineFormat& format, const LineStyle& style, const Document& common,
                  const std::vector<LogEvent>& events) {
  std::string text;
  const Print print = [&](std::string_view bytes) -> Outcome<void> {
    text += bytes;
    return {};
  };
  OutputBuffer out(print);
  EventLines(format, style, common).write(events, out);
  BOOST_TEST(out.flush().has_value());
  return text;
}

}  // namespace

BOOST_AUTO_TEST_CASE(as_the_records_are_written) {
  const Document common =
      Document::Map{{"account", Document()}, {"region", "r\n"}, {"group", "g\xE2\x80\xAE"}};
  std::vector<LineFormat> formats{LineFormat::ndjson()};
  for (const char* text :
       {"{time} {stream} {message}", "", "x", "{message}",
        "{{{id}}}|{timestamp}|{time}{time}\\t{group}{account}", "{ingested} {time}{ingested}"})
    formats.push_back(LineFormat::parse(text, kFields).value());
  for (unsigned seed = 0; seed < 60; ++seed) {
    const Events made(seed);
    for (const auto& format : formats) {
      for (int i = 0; i < 8; ++i) {
        const LineStyle style{.zone = i < 4 ? TimeZone() : TimeZone::make("-05:30", {}).value(),
                              .safe = i % 2 == 1,
                              .color = i % 4 > 1};
        std::string expected;
        for (const auto& event : made.events)
          expected += format.write(event_record_of(event, common), style);
        BOOST_TEST((lines(format, style, common, made.events) == expected),
                   "seed " << seed << ", style " << i);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(json_texts_at_every_place_in_a_word) {
  for (const char special : {'"', '\\', '\n', '\x1f', '\x01', '\x7f', ' ', '!', '#', '[', ']', '\b'}) {
    for (std::size_t place = 0; place < 20; ++place) {
      std::string text(20, '\xC3');
      for (std::size_t i = 1; i < text.size(); i += 2)
        text[i] = '\xA9';
      text.insert(place - place % 2, 1, special);
      std::string written;
      const Print print = [&](std::string_view bytes) -> Outcome<void> {
        written += bytes;
        return {};
      };
      OutputBuffer out(print);
      write_json_text(text, out);
      BOOST_TEST(out.flush().has_value());
      BOOST_TEST((written == write_json(Document(text))));
    }
  }
}

BOOST_AUTO_TEST_CASE(ids_are_remembered_for_six_pages) {
  RecentIds ids;
  const auto id = [](std::size_t number) {
    std::string text(56, '0');
    const std::string digits = std::to_string(number);
    return text.replace(text.size() - digits.size(), digits.size(), digits);
  };
  for (std::size_t i = 0; i < 300'000; ++i)
    BOOST_REQUIRE(ids.add(id(i)));
  for (std::size_t i = 300'000 - RecentIds::kRemembered; i < 300'000; ++i)
    BOOST_REQUIRE(!ids.add(id(i)));
  ids.clear();
  BOOST_TEST(ids.add(id(299'999)));
}
