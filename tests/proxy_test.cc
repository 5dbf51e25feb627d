// Which proxy, for whom, and what of it may be shown.
#define BOOST_TEST_MODULE proxy
#include "http/proxy.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <string>

namespace data = boost::unit_test::data;
using crosslog::Errc;
using crosslog::http::matches_no_proxy;
using crosslog::http::parse_proxy;
using crosslog::http::parse_url;

namespace {

struct Accepted {
  std::string text, origin, user, password, shown;
  friend std::ostream& operator<<(std::ostream& out, const Accepted& row) { return out << row.text; }
};
const Accepted kAccepted[] = {
    {"http://proxy:3128", "http://proxy:3128", "", "", "http://proxy:3128"},
    {"http://proxy:3128/", "http://proxy:3128", "", "", "http://proxy:3128"},
    {"proxy:3128", "http://proxy:3128", "", "", "http://proxy:3128"},
    {"//proxy:3128", "http://proxy:3128", "", "", "http://proxy:3128"},
    {"http://proxy", "http://proxy:80", "", "", "http://proxy"},
    {"https://proxy", "https://proxy:443", "", "", "https://proxy"},
    {"http://[::1]:8", "http://[::1]:8", "", "", "http://[::1]:8"},
    {"http://me:p%40ss%3A@proxy:8", "http://proxy:8", "me", "p@ss:", "http://***:***@proxy:8"},
    {"me@proxy:8", "http://proxy:8", "me", "", "http://***@proxy:8"},
};
const std::string kRefused[] = {
    "socks5://hunter2@proxy:1080",    "http://me:hunter2@",
    "http://me:hunter2@proxy:8/path", "http://me:hunter2@proxy?q",
    "http://me:hunter2%0d%0a@proxy",  "http://m%00e:hunter2@proxy",
    "http://m%3Ae:hunter2@proxy",     "http://me:hunter2@a@proxy",
};

struct Bypass {
  std::string no_proxy, url;
  bool matches;
  friend std::ostream& operator<<(std::ostream& out, const Bypass& row) {
    return out << row.no_proxy << " " << row.url;
  }
};
const Bypass kBypasses[] = {
    {"", "https://a.example", false},
    {"*", "https://a.example", true},
    {"b, *", "https://a.example", true},
    {"example", "https://a.example", true},
    {".example", "https://a.example", true},
    {".a.example", "https://a.example", true},
    {"A.EXAMPLE", "https://a.example", true},
    {"ample", "https://a.example", false},
    {"a.example.com", "https://a.example", false},
    {"x, a.example ,y", "https://a.example", true},
    {"a.example:443", "https://a.example", true},
    {"example:443", "https://a.example", true},
    {"a.example:8443", "https://a.example", false},
    {"a.example:8443", "https://a.example:8443", true},
    {",,.,", "https://a.example", false},
    {"[::1]", "https://[::1]", true},
    {"10.0.0.1", "https://10.0.0.1", true},
    {"0.0.1", "https://10.0.0.1", true},
    {"10.0.0", "https://10.0.0.1", false},
    {"*.example", "https://a.example", false},
};

}  // namespace

BOOST_DATA_TEST_CASE(accepted, data::make(kAccepted)) {
  const auto proxy = parse_proxy(sample.text);
  BOOST_REQUIRE(proxy);
  BOOST_TEST(proxy->origin() == sample.origin);
  BOOST_TEST(proxy->user == sample.user);
  BOOST_TEST(proxy->password.reveal() == sample.password);
  BOOST_TEST(proxy->shown == sample.shown);
}

BOOST_DATA_TEST_CASE(refused, data::make(kRefused)) {
  const auto proxy = parse_proxy(sample);
  BOOST_REQUIRE(!proxy);
  BOOST_TEST(crosslog::name(proxy.error().code) == "configuration");
  BOOST_TEST(proxy.error().message.find("hunter2") == std::string::npos);
}

BOOST_DATA_TEST_CASE(no_proxy, data::make(kBypasses)) {
  BOOST_TEST(matches_no_proxy(sample.no_proxy, *parse_url(sample.url)) == sample.matches);
}
