// What is refused before a byte of it leaves.
#define BOOST_TEST_MODULE request_check
#include "http/request_check.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <string>

namespace data = boost::unit_test::data;
using crosslog::Errc;
using crosslog::HttpRequest;
using crosslog::http::check_request;
using crosslog::http::sends_body;

namespace {

HttpRequest good() {
  return {.method = "POST",
          .origin = "https://h",
          .headers = {{"X-Amz-Date", "20150830T123600Z"}},
          .body = "abc"};
}

struct Change {
  std::string what;
  void (*apply)(HttpRequest&);
  friend std::ostream& operator<<(std::ostream& out, const Change& change) { return out << change.what; }
};

const Change kRefused[] = {
    {"empty method", [](HttpRequest& r) { r.method = ""; }},
    {"blank in the method", [](HttpRequest& r) { r.method = "GET /"; }},
    {"line break in the method", [](HttpRequest& r) { r.method = "GET\r\n"; }},
    {"empty path", [](HttpRequest& r) { r.path = ""; }},
    {"relative path", [](HttpRequest& r) { r.path = "a"; }},
    {"blank in the path", [](HttpRequest& r) { r.path = "/a b"; }},
    {"line break in the path", [](HttpRequest& r) { r.path = "/a\r\nX: secret"; }},
    {"NUL in the path", [](HttpRequest& r) { r.path = std::string("/a\0", 3); }},
    {"DEL in the path", [](HttpRequest& r) { r.path = "/\x7f"; }},
    {"question mark in the path", [](HttpRequest& r) { r.path = "/a?b"; }},
    {"blank in the query", [](HttpRequest& r) { r.query = "a=secret b"; }},
    {"LF in the query", [](HttpRequest& r) { r.query = "a=secret\n"; }},
    {"tab in the query", [](HttpRequest& r) { r.query = "a=secret\t"; }},
    {"empty header name", [](HttpRequest& r) { r.headers.push_back({"", "secret"}); }},
    {"blank in a header name", [](HttpRequest& r) { r.headers.push_back({"a b", "secret"}); }},
    {"colon in a header name", [](HttpRequest& r) { r.headers.push_back({"a:", "secret"}); }},
    {"line break in a header name", [](HttpRequest& r) { r.headers.push_back({"a\r\nb", "secret"}); }},
    {"high byte in a header name", [](HttpRequest& r) { r.headers.push_back({"\xc3\xa9", "secret"}); }},
    {"CR in a value", [](HttpRequest& r) { r.headers.push_back({"a", "secret\r"}); }},
    {"LF in a value", [](HttpRequest& r) { r.headers.push_back({"a", "secret\nb: c"}); }},
    {"NUL in a value", [](HttpRequest& r) { r.headers.push_back({"a", std::string("secret\0x", 8)}); }},
    {"ESC in a value", [](HttpRequest& r) { r.headers.push_back({"a", "\x1bsecret"}); }},
    {"DEL in a value", [](HttpRequest& r) { r.headers.push_back({"a", "secret\x7f"}); }},
    {"two hosts", [](HttpRequest& r) { r.headers = {{"host", "a"}, {"Host", "a"}}; }},
    {"empty host", [](HttpRequest& r) { r.headers = {{"host", " "}}; }},
    {"false content-length", [](HttpRequest& r) { r.headers = {{"Content-Length", "4"}}; }},
    {"two content-lengths",
     [](HttpRequest& r) { r.headers = {{"Content-Length", "3"}, {"content-length", "3"}}; }},
    {"transfer-encoding", [](HttpRequest& r) { r.headers = {{"Transfer-Encoding", "chunked"}}; }},
    {"origin with a path", [](HttpRequest& r) { r.origin = "https://h/"; }},
    {"origin with a query", [](HttpRequest& r) { r.origin = "https://h?"; }},
    {"origin with credentials", [](HttpRequest& r) { r.origin = "https://user:secret@h"; }},
    {"origin with a line break", [](HttpRequest& r) { r.origin = "https://h\r\n"; }},
    {"no scheme", [](HttpRequest& r) { r.origin = "h"; }},
    {"another scheme", [](HttpRequest& r) { r.origin = "file://h"; }},
    {"http to a stranger", [](HttpRequest& r) { r.origin = "http://example.com"; }},
    {"http to a stranger called localhost",
     [](HttpRequest& r) { r.origin = "http://localhost.example.com"; }},
    {"http to a private address", [](HttpRequest& r) { r.origin = "http://10.0.0.1"; }},
    {"http to a name that leads elsewhere",
     [](HttpRequest& r) {
       r.origin = "http://localhost";
       r.connect_to = "10.0.0.1";
     }},
    {"connect_to a name", [](HttpRequest& r) { r.connect_to = "example.com"; }},
    {"connect_to with a port", [](HttpRequest& r) { r.connect_to = "127.0.0.1:80"; }},
    {"connect_to without brackets", [](HttpRequest& r) { r.connect_to = "::1"; }},
};

const Change kAccepted[] = {
    {"as it is", [](HttpRequest&) {}},
    {"tab in a value", [](HttpRequest& r) { r.headers.push_back({"a", "b\tc"}); }},
    {"UTF-8 in a value", [](HttpRequest& r) { r.headers.push_back({"a", "\xc3\xa9"}); }},
    {"empty value", [](HttpRequest& r) { r.headers.push_back({"a", ""}); }},
    {"true content-length", [](HttpRequest& r) { r.headers.push_back({"content-length", "3"}); }},
    {"dots and doubled slashes", [](HttpRequest& r) { r.path = "/../a//./%2f"; }},
    {"UTF-8 in the path", [](HttpRequest& r) { r.path = "/\xc3\xa9"; }},
    {"an unusual method", [](HttpRequest& r) { r.method = "M-SEARCH"; }},
    {"http to loopback", [](HttpRequest& r) { r.origin = "http://127.0.0.2:8080"; }},
    {"http to localhost", [](HttpRequest& r) { r.origin = "http://localhost:8080"; }},
    {"http to the metadata address", [](HttpRequest& r) { r.origin = "http://169.254.169.254"; }},
    {"http to a container address", [](HttpRequest& r) { r.origin = "http://[fd00:ec2::23]"; }},
    {"http where the user said so",
     [](HttpRequest& r) {
       r.origin = "http://example.com";
       r.allow_plain_http = true;
     }},
    {"http to a name that leads to a container address",
     [](HttpRequest& r) {
       r.origin = "http://credentials.internal:8080";
       r.connect_to = "169.254.170.23";
     }},
    {"connect_to IPv4", [](HttpRequest& r) { r.connect_to = "127.0.0.1"; }},
    {"connect_to IPv6", [](HttpRequest& r) { r.connect_to = "[::1]"; }},
};

}  // namespace

BOOST_DATA_TEST_CASE(refused, data::make(kRefused)) {
  HttpRequest request = good();
  sample.apply(request);
  const auto url = check_request(request);
  BOOST_REQUIRE(!url);
  BOOST_TEST(crosslog::name(url.error().code) == "invalid_argument");
  BOOST_TEST(url.error().message.find("secret") == std::string::npos);
  BOOST_TEST(url.error().message.find_first_of("\r\n") == std::string::npos);
}

BOOST_DATA_TEST_CASE(accepted, data::make(kAccepted)) {
  HttpRequest request = good();
  sample.apply(request);
  const auto url = check_request(request);
  BOOST_REQUIRE(url);
  BOOST_TEST(url->origin() == request.origin);
}

BOOST_AUTO_TEST_CASE(methods_that_always_say_how_long_their_body_is) {
  BOOST_TEST(sends_body({.method = "PUT"}));
  BOOST_TEST(sends_body({.method = "POST"}));
  BOOST_TEST(!sends_body({.method = "GET"}));
  BOOST_TEST(!sends_body({.method = "DELETE"}));
  BOOST_TEST(sends_body({.method = "GET", .body = "x"}));
}
