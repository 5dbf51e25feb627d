// Names and literals, without any network: the answers come from this machine.
#define BOOST_TEST_MODULE resolve
#include "base/resolve.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "crosslog/host.h"
#include "tests/support/providers.h"

using namespace crosslog;
using base::resolve_name;

BOOST_AUTO_TEST_CASE(a_literal_is_its_own_address) {
  for (const std::string literal : {"127.0.0.1", "10.0.0.1", "::1", "fd00:ec2::23"}) {
    const auto got = resolve_name(literal, {});
    BOOST_REQUIRE(got);
    BOOST_TEST(*got == std::vector{literal}, boost::test_tools::per_element());
  }
  BOOST_TEST(resolve_name("0:0:0:0:0:0:0:1", {})->front() == "::1");
}

BOOST_AUTO_TEST_CASE(localhost_is_this_machine) {
  for (const std::string name : {"localhost", "LocalHost.", "api.localhost"}) {
    const auto got = system_host().resolve(name, {});
    BOOST_REQUIRE(got);
    BOOST_TEST(*got == (std::vector<std::string>{"127.0.0.1", "::1"}), boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_name) {
  for (const std::string& name : {std::string(), std::string("a\0b", 3)}) {
    const auto got = resolve_name(name, {});
    BOOST_REQUIRE(!got);
    BOOST_TEST((got.error().code == Errc::network));
  }
  const auto got = resolve_name("not\x1b a name", {});
  BOOST_REQUIRE(!got);
  BOOST_TEST(got.error().message.starts_with("Could not resolve the host name not\\x1b a name: "),
             got.error().message);
}

BOOST_AUTO_TEST_CASE(a_stop_ends_the_wait) {
  // The answer may be here first: either way nobody waits.
  const auto got = resolve_name("localhost", test::stopped());
  if (!got) BOOST_TEST((got.error().code == Errc::cancelled));
}
