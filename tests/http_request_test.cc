#define BOOST_TEST_MODULE http_request
#include <boost/test/unit_test.hpp>
#include <string>

#include "crosslog/http.h"

using namespace crosslog;
using namespace std::string_literals;

namespace {

HttpRequest parse(const std::string& text) {
  auto request = parse_http_request(text);
  if (!request) BOOST_FAIL(request.error().message);
  return std::move(*request);
}

void check_refused(const std::string& text, const std::string& reason) {
  const auto request = parse_http_request(text);
  BOOST_TEST_INFO(text.substr(0, 200));
  BOOST_TEST_REQUIRE(!request.has_value());
  BOOST_TEST(name(request.error().code) == "invalid_argument");
  BOOST_TEST(request.error().message.find(reason) != std::string::npos, request.error().message);
  BOOST_TEST(request.error().message.find("SECRET") == std::string::npos, request.error().message);
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_plain_request) {
  const HttpRequest request =
      parse("POST /a/b?c=d&e HTTP/1.1\nHost: h:8080\nX-A:  1 2\t\nx-a:\n\nbody\n\nmore\n");
  BOOST_TEST(request.method == "POST");
  BOOST_TEST(request.origin == "https://h:8080");
  BOOST_TEST(request.path == "/a/b");
  BOOST_TEST(request.query == "c=d&e");
  BOOST_TEST((request.headers == std::vector<Header>{{"Host", "h:8080"}, {"X-A", "1 2"}, {"x-a", ""}}));
  BOOST_TEST(request.body == "body\n\nmore\n");
}

BOOST_AUTO_TEST_CASE(line_endings_of_either_kind_mean_the_same) {
  const HttpRequest lf = parse("GET / HTTP/1.1\nHost: h\nX: a\n b\n\nx");
  const HttpRequest crlf = parse("GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n b\r\n\r\nx");
  BOOST_TEST((lf.headers == crlf.headers));
  BOOST_TEST(lf.body == crlf.body);
  BOOST_TEST(parse("GET / HTTP/1.1\r\nHost: h\r\n\r\na\r\nb").body == "a\r\nb");
}

BOOST_AUTO_TEST_CASE(the_end_of_the_text_ends_the_headers) {
  BOOST_TEST(parse("GET / HTTP/1.1\nHost: h").headers.size() == 1u);
  BOOST_TEST(parse("GET / HTTP/1.1\nHost: h\n").body == "");
  BOOST_TEST(parse("GET / HTTP/1.1\nHost: h\n\n").body == "");
  BOOST_TEST(parse("GET / HTTP/1.1\nHost: h\r").origin == "https://h");
}

BOOST_AUTO_TEST_CASE(the_path_may_hold_blanks) {
  const HttpRequest request = parse("GET /example space/ HTTP/1.1\nHost: h\n");
  BOOST_TEST(request.path == "/example space/");
  check_refused("GET  / HTTP/1.1\nHost: h\n", "Line 1 ");
}

BOOST_AUTO_TEST_CASE(the_first_question_mark_begins_the_query) {
  const HttpRequest request = parse("GET /a?b?c=? HTTP/1.1\nHost: h\n");
  BOOST_TEST(request.path == "/a");
  BOOST_TEST(request.query == "b?c=?");
  BOOST_TEST(parse("GET /? HTTP/1.1\nHost: h\n").query == "");
}

BOOST_AUTO_TEST_CASE(folded_values_keep_their_line_breaks) {
  const HttpRequest request = parse("GET / HTTP/1.1\nHost: h\nX-Long:one\n  two\n\tthree  \nY: 1\n");
  BOOST_TEST(request.headers[1].value == "one\n  two\n\tthree");
  BOOST_TEST(request.headers[2].name == "Y");
  BOOST_TEST(parse("GET / HTTP/1.1\nHost: h\nX:\n one\n \n").headers[1].value == "one");
}

BOOST_AUTO_TEST_CASE(bytes_that_are_not_ascii_stay) {
  const HttpRequest request =
      parse("GET /\xC3\xA9?\xE1\x88\xB4=\xff HTTP/1.1\nHost: h\nX: \xC3\xA9\n\n\0\xff"s);
  BOOST_TEST(request.path == "/\xC3\xA9");
  BOOST_TEST(request.query == "\xE1\x88\xB4=\xff");
  BOOST_TEST(request.headers[1].value == "\xC3\xA9");
  BOOST_TEST(request.body == "\0\xff"s);
}

BOOST_AUTO_TEST_CASE(a_malformed_request_line) {
  for (const char* line : {"",
                           " ",
                           "GET",
                           "GET /",
                           "GET HTTP/1.1",
                           "/ HTTP/1.1",
                           "GET / HTTP/1.0",
                           "GET / HTTP/2",
                           "GET / http/1.1",
                           "GET / HTTP/1.1 ",
                           " GET / HTTP/1.1",
                           "G\tT / HTTP/1.1",
                           "GET SECRET HTTP/1.1",
                           "GET https://h/ HTTP/1.1",
                           "GET * HTTP/1.1",
                           "GET /\x01 HTTP/1.1",
                           "GET /\t HTTP/1.1",
                           "GET /\r HTTP/1.1",
                           "GET /\x7f HTTP/1.1",
                           "G(T / HTTP/1.1"}) {
    check_refused(line + "\nHost: h\n"s, "Line 1 ");
  }
  check_refused("", "Line 1 ");
  check_refused("GET /\0 HTTP/1.1\nHost: h\n"s, "Line 1 ");
  check_refused("\nGET / HTTP/1.1\nHost: h\n", "Line 1 ");
}

BOOST_AUTO_TEST_CASE(malformed_headers_name_their_line) {
  const std::string start = "GET / HTTP/1.1\nHost: h\n";
  for (const std::string& line :
       {"SECRET"s, ": SECRET"s, "X : SECRET"s, "X SECRET: 1"s, "X\t: 1"s, "\xC3\xA9: 1"s, "X: SECRET\x01"s,
        "X: a\0b"s, "X: \x1b[1m"s, "X: a\rSECRET: b"s, "X: \x7f"s, "(X): 1"s}) {
    check_refused(start + line + "\n\n", "Line 3 ");
  }
  check_refused(start + "X: 1\n ok\n bad\x01\n", "Line 5 ");
  check_refused("GET / HTTP/1.1\n folded\nHost: h\n", "Line 2 ");
}

BOOST_AUTO_TEST_CASE(there_is_one_host) {
  check_refused("GET / HTTP/1.1\nX: 1\n\n", "no Host");
  check_refused("GET / HTTP/1.1\nX: 1\n\nHost: h\n", "no Host");
  check_refused("GET / HTTP/1.1\nHost: a\nhost: b\n", "Line 3 ");
  for (const char* host : {"", "a b", "user@h", "h/path", "h?x", "a,b", "h\n b", "\xC3\xA9"}) {
    check_refused("GET / HTTP/1.1\nHost: "s + host + "\n", "Host header is not a host name");
  }
  BOOST_TEST(parse("GET / HTTP/1.1\nHOST:[::1]:80\n").origin == "https://[::1]:80");
}

BOOST_AUTO_TEST_CASE(the_size_is_bounded) {
  const std::string start = "POST / HTTP/1.1\nHost: h\n\n";
  const std::size_t max = 1u << 20;
  BOOST_TEST(parse(start + std::string(max - start.size(), 'x')).body.size() == max - start.size());
  check_refused(start + std::string(max - start.size() + 1, 'x'), "longer than 1048576 bytes");
}
