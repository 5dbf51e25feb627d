// Where roots are looked for, and what is said when there are none.
#define BOOST_TEST_MODULE ca_search
#include "http/ca_search.h"

#include <boost/test/unit_test.hpp>
#include <string>

using crosslog::http::find_ca_bundle;
using crosslog::http::kCaSearchPath;

namespace {
const std::string kHere = CROSSLOG_SOURCE_ROOT "/tests/ca_search_test.cc";
}

BOOST_AUTO_TEST_CASE(a_named_bundle_is_the_only_one) {
  const auto bundle = find_ca_bundle(kHere, "https://h/");
  BOOST_REQUIRE(bundle);
  BOOST_TEST(*bundle == kHere);
}

BOOST_AUTO_TEST_CASE(a_named_bundle_that_is_not_there_fails_in_the_aws_clis_words) {
  const auto bundle = find_ca_bundle("/nonexistent/ca.pem", "https://h/");
  BOOST_REQUIRE(!bundle);
  BOOST_TEST(crosslog::name(bundle.error().code) == "configuration");
  BOOST_TEST(bundle.error().message ==
             "SSL validation failed for https://h/ [Errno 2] No such file or directory");
  BOOST_TEST(bundle.error().hints.at(0).find("/nonexistent/ca.pem") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_folder_is_no_bundle) {
  BOOST_TEST(!find_ca_bundle("/", "https://h/"));
}

BOOST_AUTO_TEST_CASE(the_first_place_that_exists) {
  const std::string_view places[] = {"/nonexistent/a", "/", kHere, "/nonexistent/b"};
  const auto bundle = find_ca_bundle("", "https://h/", places);
  BOOST_REQUIRE(bundle);
  BOOST_TEST(*bundle == kHere);
}

BOOST_AUTO_TEST_CASE(none_names_every_place) {
  const std::string_view places[] = {"/nonexistent/a", "/nonexistent/b"};
  const auto bundle = find_ca_bundle("", "https://h/", places);
  BOOST_REQUIRE(!bundle);
  BOOST_TEST(crosslog::name(bundle.error().code) == "configuration");
  BOOST_TEST(bundle.error().hints.at(0) == "tried /nonexistent/a, /nonexistent/b");
}

BOOST_AUTO_TEST_CASE(the_well_known_places) {
  BOOST_TEST(kCaSearchPath.front() == "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem");
  BOOST_TEST(kCaSearchPath.back() == "/etc/ssl/cert.pem");
}
