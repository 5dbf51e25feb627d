#define BOOST_TEST_MODULE json_writer
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include "crosslog/document.h"

using namespace std::string_literals;
using crosslog::Document;
using crosslog::parse_json;
using crosslog::write_json;

namespace {

void check_round_trip(const Document& document) {
  const auto text = write_json(document);
  const auto read = parse_json(text);
  BOOST_REQUIRE_MESSAGE(read, text);
  BOOST_TEST((*read == document), text);
  boost::system::error_code error;
  static_cast<void>(boost::json::parse(text, error));
  BOOST_TEST(!error, text);
}

}  // namespace

BOOST_AUTO_TEST_CASE(it_is_compact_and_in_order) {
  const Document document(
      Document::Map{{"b", Document(Document::List{Document(1), Document(), Document(true), Document(false)})},
                    {"a", Document(Document::Map{})},
                    {"", Document(Document::List{})}});
  BOOST_TEST(write_json(document) == R"({"b":[1,null,true,false],"a":{},"":[]})");
}

BOOST_AUTO_TEST_CASE(only_what_must_be_escaped_is) {
  BOOST_TEST(write_json(Document("\"\\/\b\f\n\r\t")) == R"("\"\\/\b\f\n\r\t")");
  BOOST_TEST(write_json(Document("\0\x01\x1F\x7F"s)) == "\"\\u0000\\u0001\\u001f\x7F\"");
  BOOST_TEST(write_json(Document("\xC3\xA9\xE2\x80\xA8\xF0\x9F\x98\x80<>&")) ==
             "\"\xC3\xA9\xE2\x80\xA8\xF0\x9F\x98\x80<>&\"");
  BOOST_TEST(write_json(Document(Document::Map{{"a\"b", Document(1)}})) == R"({"a\"b":1})");
}

BOOST_AUTO_TEST_CASE(text_that_is_not_utf8_becomes_valid) {
  BOOST_TEST(write_json(Document("a\x80z\xED\xA0\x80")) ==
             "\"a\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

BOOST_AUTO_TEST_CASE(integers_are_written_whole) {
  BOOST_TEST(write_json(Document(std::numeric_limits<std::int64_t>::min())) == "-9223372036854775808");
  BOOST_TEST(write_json(Document(std::numeric_limits<std::int64_t>::max())) == "9223372036854775807");
}

BOOST_AUTO_TEST_CASE(doubles_stay_doubles) {
  BOOST_TEST(write_json(Document(1.0)) == "1.0");
  BOOST_TEST(write_json(Document(-0.0)) == "-0.0");
  BOOST_TEST(write_json(Document(0.1)) == "0.1");
  BOOST_TEST(write_json(Document(std::nan(""))) == "null");
  BOOST_TEST(write_json(Document(-std::numeric_limits<double>::infinity())) == "null");
  for (const double value :
       {0.0, 1.0, -1.5, 1e5, 1e15, 1e21, 1e22, 1e-7, 123456789.12345679, 9007199254740993.0, 1e300,
        std::numeric_limits<double>::max(), std::numeric_limits<double>::min(),
        std::numeric_limits<double>::denorm_min(), 9223372036854775808.0}) {
    check_round_trip(Document(value));
  }
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read_back) {
  std::string every_byte;
  for (char c = 0; c < 0x7F; ++c)
    every_byte += c;
  check_round_trip(Document());
  check_round_trip(Document(every_byte));
  check_round_trip(
      Document(Document::Map{{every_byte, Document(Document::List{Document(every_byte), Document(-1)})}}));
  Document nested(1);
  for (int i = 0; i < 32; ++i)
    nested = i % 2 == 0 ? Document(Document::List{nested}) : Document(Document::Map{{"a", nested}});
  check_round_trip(nested);
}
