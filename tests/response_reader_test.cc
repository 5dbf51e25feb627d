// Caps, interim responses, folded lines, trailers, and heads that lie.
#define BOOST_TEST_MODULE response_reader
#include "http/response_reader.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

namespace data = boost::unit_test::data;
using crosslog::Errc;
using crosslog::Result;
using crosslog::http::kMaxHeadBytes;
using crosslog::http::kMaxHeadLines;
using crosslog::http::ResponseReader;

namespace {

Result<void> read_lines(ResponseReader& reader, const std::vector<std::string>& lines) {
  for (const auto& line : lines) {
    if (auto read = reader.head_line(line + "\r\n"); !read) return read;
  }
  return {};
}

ResponseReader make(std::size_t max_bytes = 100) {
  return ResponseReader({.url = "https://h/", .max_bytes = max_bytes});
}

bool is_protocol(const Result<void>& result) {
  return !result && result.error().code == Errc::protocol;
}

struct Collector : crosslog::BodySink {
  Result<void> write(std::string_view bytes) override {
    if (text.size() + bytes.size() > 4) return crosslog::fail(Errc::cancelled, "enough");
    text += bytes;
    return {};
  }
  std::string text;
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_response) {
  auto reader = make();
  BOOST_REQUIRE(read_lines(reader, {"HTTP/1.1 200 OK", "Content-Type:  text/plain ", "X-A:", "X-A: 2"}));
  BOOST_TEST(!reader.head_complete());
  BOOST_REQUIRE(read_lines(reader, {""}));
  BOOST_TEST(reader.head_complete());
  BOOST_REQUIRE(reader.body("ab"));
  BOOST_REQUIRE(reader.body("c"));
  BOOST_TEST(reader.body_bytes() == 3U);
  const auto response = reader.take();
  BOOST_TEST(response.status == 200);
  BOOST_TEST(response.body == "abc");
  BOOST_REQUIRE(response.headers.size() == 3U);
  BOOST_TEST((response.headers[0] == crosslog::Header{"content-type", "text/plain"}));
  BOOST_TEST((response.headers[1] == crosslog::Header{"x-a", ""}));
  BOOST_TEST((response.headers[2] == crosslog::Header{"x-a", "2"}));
}

BOOST_AUTO_TEST_CASE(lines_may_end_with_lf_alone) {
  auto reader = make();
  BOOST_REQUIRE(reader.head_line("HTTP/1.0 404 Not Found\n"));
  BOOST_REQUIRE(reader.head_line("A: b\n"));
  BOOST_REQUIRE(reader.head_line("\n"));
  BOOST_TEST(reader.take().status == 404);
}

BOOST_AUTO_TEST_CASE(interim_responses_leave_no_trace) {
  auto reader = make();
  BOOST_REQUIRE(read_lines(
      reader, {"HTTP/1.1 100 Continue", "X: 1", "", "HTTP/1.1 103 Early Hints", "", "HTTP/1.1 200", ""}));
  const auto response = reader.take();
  BOOST_TEST(response.status == 200);
  BOOST_TEST(response.headers.empty());
}

BOOST_AUTO_TEST_CASE(folded_lines_are_one_value) {
  auto reader = make();
  BOOST_REQUIRE(read_lines(reader, {"HTTP/1.1 200 OK", "A: b", "  c ", "\td", ""}));
  BOOST_TEST(reader.take().headers.front().value == "b c d");
}

BOOST_AUTO_TEST_CASE(trailers_change_nothing) {
  auto reader = make();
  BOOST_REQUIRE(read_lines(reader, {"HTTP/1.1 200 OK", "Transfer-Encoding: Chunked", ""}));
  BOOST_REQUIRE(reader.body("a"));
  BOOST_REQUIRE(read_lines(reader, {"Content-Encoding: gzip", "X: y", ""}));
  const auto response = reader.take();
  BOOST_TEST(response.headers.size() == 1U);
  BOOST_TEST(response.status == 200);
}

const std::string kBadStatusLines[] = {
    "",
    "HTTP/1.1 20 OK",
    "HTTP/1.1 2000 OK",
    "HTTP/1.1 099 OK",
    "HTTP/1.1  200 OK",
    "HTTP/1.1 2x0 OK",
    "HTTP/2 200 OK",
    "HTTP/0.9 200",
    "http/1.1 200 OK",
    "ICY 200 OK",
    "HTTP/1.1 200X",
    "200 OK",
};
BOOST_DATA_TEST_CASE(bad_status_line, data::make(kBadStatusLines)) {
  auto reader = make();
  BOOST_TEST(is_protocol(reader.head_line(sample + "\r\n")));
}

const std::string kBadHeaders[] = {
    "no colon",
    ": no name",
    "a b: c",
    "a : b",
    " folded first",
    "Content-Encoding: gzip",
    "Content-Encoding: identity, br",
    "Transfer-Encoding: gzip",
    "Transfer-Encoding: gzip, chunked",
    "Transfer-Encoding: chunked, chunked",
    "Content-Length: -1",
    "Content-Length: 1, 1",
    "Content-Length: 0x1",
    "Content-Length: 1 ",
    "Content-Length: ",
    "Content-Length: +1",
    "Content-Length: 99999999999999999999",
};
BOOST_DATA_TEST_CASE(bad_header, data::make(kBadHeaders)) {
  auto reader = make();
  if (sample == "Content-Length: 1 ") {  // blanks at the end are no part of a value
    BOOST_TEST(read_lines(reader, {"HTTP/1.1 200 OK", sample, ""}).has_value());
  } else {
    BOOST_TEST(is_protocol(read_lines(reader, {"HTTP/1.1 200 OK", sample, ""})));
  }
}

BOOST_AUTO_TEST_CASE(contradictory_framing) {
  auto reader = make();
  BOOST_TEST(
      is_protocol(read_lines(reader, {"HTTP/1.1 200 OK", "Content-Length: 1", "Content-Length: 2", ""})));
  auto twice = make();
  BOOST_TEST(is_protocol(read_lines(
      twice, {"HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "Transfer-Encoding: chunked", ""})));
  auto equal = make();
  BOOST_TEST(
      read_lines(equal, {"HTTP/1.1 200 OK", "Content-Length: 1", "Content-Length: 1", ""}).has_value());
}

BOOST_AUTO_TEST_CASE(no_encoding_may_be_said) {
  auto reader = make();
  BOOST_TEST(read_lines(reader, {"HTTP/1.1 200 OK", "Content-Encoding: Identity", "Content-Encoding:", ""})
                 .has_value());
}

BOOST_AUTO_TEST_CASE(switching_protocols_is_refused) {
  auto reader = make();
  BOOST_TEST(is_protocol(read_lines(reader, {"HTTP/1.1 101 Switching Protocols", "Upgrade: h2c", ""})));
}

BOOST_AUTO_TEST_CASE(a_promise_over_the_limit_is_refused_before_the_body) {
  auto reader = make(100);
  BOOST_TEST(is_protocol(read_lines(reader, {"HTTP/1.1 200 OK", "Content-Length: 101", ""})));
  auto exact = make(100);
  BOOST_TEST(read_lines(exact, {"HTTP/1.1 200 OK", "Content-Length: 100", ""}).has_value());
  ResponseReader head({.url = "https://h/", .max_bytes = 100, .has_body = false});
  BOOST_TEST(read_lines(head, {"HTTP/1.1 200 OK", "Content-Length: 101", ""}).has_value());
}

BOOST_AUTO_TEST_CASE(a_body_over_the_limit_is_refused_as_it_comes) {
  auto reader = make(3);
  BOOST_REQUIRE(read_lines(reader, {"HTTP/1.1 200 OK", "Transfer-Encoding: chunked", ""}));
  BOOST_TEST(reader.body("abc").has_value());
  const auto over = reader.body("d");
  BOOST_REQUIRE(is_protocol(over));
  BOOST_TEST(over.error().message ==
             "The response from endpoint URL: \"https://h/\" is larger than 3 bytes.");
}

BOOST_AUTO_TEST_CASE(zero_is_no_limit) {
  auto reader = make(0);
  BOOST_REQUIRE(read_lines(reader, {"HTTP/1.1 200 OK", "Content-Length: 18446744073709551615", ""}));
  BOOST_TEST(reader.body(std::string(100'000, 'a')).has_value());
}

BOOST_AUTO_TEST_CASE(too_many_header_lines) {
  auto reader = make();
  BOOST_REQUIRE(reader.head_line("HTTP/1.1 200 OK\r\n"));
  for (std::size_t i = 1; i < kMaxHeadLines; ++i)
    BOOST_REQUIRE(reader.head_line("A: b\r\n"));
  BOOST_TEST(is_protocol(reader.head_line("A: b\r\n")));
}

BOOST_AUTO_TEST_CASE(endless_interim_responses) {
  auto reader = make();
  Result<void> read;
  for (std::size_t i = 0; i < kMaxHeadLines && read; ++i)
    read = read_lines(reader, {"HTTP/1.1 100 Continue", ""});
  BOOST_TEST(is_protocol(read));
}

BOOST_AUTO_TEST_CASE(too_many_header_bytes) {
  auto reader = make();
  BOOST_REQUIRE(reader.head_line("HTTP/1.1 200 OK\r\n"));
  BOOST_REQUIRE(reader.head_line("A: " + std::string(kMaxHeadBytes - 100, 'a') + "\r\n"));
  BOOST_TEST(is_protocol(reader.head_line("B: " + std::string(100, 'b') + "\r\n")));
}

BOOST_AUTO_TEST_CASE(a_sink_takes_the_body_and_may_end_it) {
  Collector sink;
  ResponseReader reader({.url = "https://h/", .max_bytes = 0, .sink = &sink});
  BOOST_REQUIRE(read_lines(reader, {"HTTP/1.1 200 OK", ""}));
  BOOST_TEST(reader.body("abc").has_value());
  const auto refused = reader.body("de");
  BOOST_REQUIRE(!refused);
  BOOST_TEST(refused.error().message == "enough");
  BOOST_TEST(sink.text == "abc");
  BOOST_TEST(reader.take().body.empty());
}
