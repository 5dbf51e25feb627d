// What is a URL here and, more important, what is not.
#define BOOST_TEST_MODULE url
#include "http/url.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <string>

namespace data = boost::unit_test::data;
using crosslog::Errc;
using crosslog::http::is_container_address;
using crosslog::http::is_loopback;
using crosslog::http::is_metadata_address;
using crosslog::http::parse_url;

namespace {

struct Accepted {
  std::string text, origin, path, query;
  friend std::ostream& operator<<(std::ostream& out, const Accepted& row) { return out << row.text; }
};
const Accepted kAccepted[] = {
    {"https://logs.eu-west-1.amazonaws.com", "https://logs.eu-west-1.amazonaws.com", "/", ""},
    {"https://h/", "https://h", "/", ""},
    {"HTTPS://Logs.EXAMPLE.com/A/b", "https://logs.example.com", "/A/b", ""},
    {"http://127.0.0.1:8080", "http://127.0.0.1:8080", "/", ""},
    {"https://h:443/x", "https://h", "/x", ""},
    {"http://h:80", "http://h", "/", ""},
    {"http://h:443", "http://h:443", "/", ""},
    {"https://h:65535", "https://h:65535", "/", ""},
    {"http://[::1]:8080/a?b", "http://[::1]:8080", "/a", "b"},
    {"http://[FD00:EC2::254]", "http://[fd00:ec2::254]", "/", ""},
    {"https://h?a=b&c", "https://h", "/", "a=b&c"},
    {"https://h/a?b?c/d", "https://h", "/a", "b?c/d"},
    {"https://h/../a/./b//c", "https://h", "/../a/./b//c", ""},
    {"https://h/%2e%2E/%zz", "https://h", "/%2e%2E/%zz", ""},
    {"http://user:pa%20ss@proxy:3128", "http://proxy:3128", "/", ""},
    {"https://my_host-1.local", "https://my_host-1.local", "/", ""},
    {"https://1.2.3.4.example", "https://1.2.3.4.example", "/", ""},
};

const std::string kRefused[] = {
    "",
    "h",
    "//h",
    "https:/h",
    "https:h",
    "ftp://h",
    "file:///etc/passwd",
    "https://",
    "https:///path",
    "https://?q",
    "https://:80",
    "https://h:",
    "https://h:0",
    "https://h:080",
    "https://h:65536",
    "https://h:-1",
    "https://h:+1",
    "https://h:8 0",
    "https://h:80:80",
    "https://h.",
    "https://.h",
    "https://a..b",
    "https://h/#fragment",
    "https://h#fragment",
    "https://h\\evil",
    "https://h/a b",
    " https://h",
    "https://h\r\nX: y",
    std::string("https://h/\0", 11),
    "https://h/\x7f",
    "https://h\xc3\xa9",
    "https://h%41",
    "https://h*",
    "https://127.1",
    "https://127.0.0.01",
    "https://127.0.0.256",
    "https://2130706433",
    "https://0x7f000001",
    "https://0x7f.0.0.0x1",
    "https://1.2.3.4.5",
    "https://[::1",
    "https://[::1]x",
    "https://[::1]:",
    "https://[fe80::1%25eth0]",
    "https://[fe80::1%eth0]",
    "https://[127.0.0.1]",
    "https://[]",
    "https://::1",
    "https://@h",
    "https://a@b@c",
    "https://a b@c",
    "https://a%2@c",
    "https://a%zz@c",
    "https://" + std::string(64, 'a') + ".com",
    "https://" + std::string(63, 'a') + "." + std::string(63, 'b') + "." + std::string(63, 'c') + "." +
        std::string(62, 'd'),
    "https://h/" + std::string(2'039, 'a'),
};

}  // namespace

BOOST_DATA_TEST_CASE(accepted, data::make(kAccepted)) {
  const auto url = parse_url(sample.text);
  BOOST_REQUIRE(url);
  BOOST_TEST(url->origin() == sample.origin);
  BOOST_TEST(url->path == sample.path);
  BOOST_TEST(url->query == sample.query);
}

BOOST_DATA_TEST_CASE(refused, data::make(kRefused)) {
  const auto url = parse_url(sample);
  BOOST_REQUIRE(!url);
  BOOST_TEST(crosslog::name(url.error().code) == "invalid_argument");
}

BOOST_AUTO_TEST_CASE(limits_are_inclusive) {
  const std::string name = std::string(63, 'a') + "." + std::string(63, 'b') + "." + std::string(63, 'c') +
                           "." + std::string(61, 'd');
  BOOST_TEST(name.size() == 253);
  BOOST_TEST(parse_url("https://" + name).has_value());
  BOOST_TEST(parse_url("https://h/" + std::string(2'038, 'a')).has_value());
}

BOOST_AUTO_TEST_CASE(userinfo_is_kept_as_written_and_stays_out_of_the_origin) {
  const auto url = parse_url("http://us%40er:p%3Ass@h:3128");
  BOOST_REQUIRE(url);
  BOOST_TEST(url->userinfo == "us%40er:p%3Ass");
  BOOST_TEST(url->authority() == "h:3128");
}

BOOST_AUTO_TEST_CASE(a_host_before_the_at_sign_is_not_the_host) {
  const auto url = parse_url("http://127.0.0.1@evil");
  BOOST_REQUIRE(url);
  BOOST_TEST(url->host == "evil");
}

BOOST_AUTO_TEST_CASE(a_refusal_shows_nothing_of_the_text) {
  const auto url = parse_url("http://user:hunter2@h:port");
  BOOST_REQUIRE(!url);
  BOOST_TEST(url.error().message.find("hunter2") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(authority_leaves_a_default_port_out) {
  BOOST_TEST(parse_url("https://h:443")->authority() == "h");
  BOOST_TEST(parse_url("https://h:80")->authority() == "h:80");
  BOOST_TEST(parse_url("http://[::1]:80")->authority() == "[::1]");
}

BOOST_DATA_TEST_CASE(loopback, data::make({"127.0.0.1", "127.255.255.254", "[::1]", "[0:0:0:0:0:0:0:1]",
                                           "localhost", "LocalHost"})) {
  BOOST_TEST(is_loopback(sample));
}

BOOST_DATA_TEST_CASE(not_loopback, data::make({"", "128.0.0.1", "127.1", "127.0.0.01", "0.0.0.0", "[::]",
                                               "[::2]", "::1", "[::1", "[::ffff:127.0.0.1]", "localhost.evil",
                                               "xlocalhost", "127.0.0.1.evil", "0127.0.0.1"})) {
  BOOST_TEST(!is_loopback(sample));
}

BOOST_DATA_TEST_CASE(metadata,
                     data::make({"169.254.169.254", "169.254.170.2", "169.254.170.23", "[fd00:ec2::254]",
                                 "[FD00:EC2::23]", "[fd00:ec2:0:0:0:0:0:254]"})) {
  BOOST_TEST(is_metadata_address(sample));
}

BOOST_DATA_TEST_CASE(not_metadata, data::make({"", "169.254.169.253", "169.254.170.3", "[fd00:ec2::255]",
                                               "fd00:ec2::254", "metadata", "169.254.169.254.evil"})) {
  BOOST_TEST(!is_metadata_address(sample));
}

BOOST_DATA_TEST_CASE(container,
                     data::make({"127.0.0.1", "127.9.9.9", "[::1]", "[0:0:0:0:0:0:0:1]", "169.254.170.2",
                                 "169.254.170.23", "[fd00:ec2::23]", "[FD00:EC2::23]"})) {
  BOOST_TEST(is_container_address(sample));
}

BOOST_DATA_TEST_CASE(not_container, data::make({"", "localhost", "::1", "169.254.169.254", "[fd00:ec2::254]",
                                                "169.254.170.3", "10.0.0.1", "128.0.0.1", "0.0.0.0", "[::]",
                                                "[::ffff:127.0.0.1]", "[::2]"})) {
  BOOST_TEST(!is_container_address(sample));
}
