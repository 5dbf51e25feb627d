#define BOOST_TEST_MODULE chain
#include <boost/test/unit_test.hpp>

#include "crosslog/providers.h"
#include "tests/support/providers.h"

using namespace crosslog;

namespace {

struct Sources {
  test::ScriptedProvider first, second;
  ProviderPtr chain() {
    std::vector<NamedProvider> sources;
    sources.push_back({"first", make_reference(first)});
    sources.push_back({"second", make_reference(second)});
    return make_chain(std::move(sources));
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(the_first_that_applies_wins) {
  Sources sources;
  sources.first.then(test::keys("FIRST"));
  sources.second.then(test::keys("SECOND"));
  BOOST_TEST(sources.chain()->get({})->access_key_id == "FIRST");
  BOOST_TEST(sources.second.calls() == 0);
}

BOOST_AUTO_TEST_CASE(one_that_does_not_apply_is_passed_over) {
  Sources sources;
  sources.first.then(Errc::not_configured);
  sources.second.then(test::keys("SECOND"));
  BOOST_TEST(sources.chain()->get({})->access_key_id == "SECOND");
}

BOOST_AUTO_TEST_CASE(a_broken_one_ends_the_chain) {
  for (const Errc code : {Errc::credentials, Errc::configuration, Errc::network, Errc::access_denied,
                          Errc::cancelled, Errc::unsupported, Errc::no_region}) {
    Sources sources;
    sources.first.then(code, "broken");
    sources.second.then(test::keys("SECOND"));
    const auto got = sources.chain()->get({});
    BOOST_REQUIRE(!got);
    BOOST_TEST((got.error().code == code));
    BOOST_TEST(got.error().message == "broken");
    BOOST_TEST(sources.second.calls() == 0);
  }
}

BOOST_AUTO_TEST_CASE(none_applies_and_every_one_says_why) {
  Sources sources;
  sources.first.then(Errc::not_configured, "no variable");
  sources.second.then([](std::stop_token) -> Result<Credentials> {
    return fail(Errc::not_configured, "no answer", {"check the hop limit"});
  });
  const auto got = sources.chain()->get({});
  BOOST_REQUIRE(!got);
  BOOST_TEST((got.error().code == Errc::no_credentials));
  BOOST_TEST(got.error().message == "Unable to locate credentials.");
  const std::vector<std::string> hints{"first: no variable", "second: no answer", "check the hop limit"};
  BOOST_TEST(got.error().hints == hints, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_empty_chain_has_none) {
  BOOST_TEST((make_chain({})->get({}).error().code == Errc::no_credentials));
}

BOOST_AUTO_TEST_CASE(invalidating_reaches_all) {
  Sources sources;
  sources.chain()->invalidate("AKID");
  BOOST_TEST(sources.first.invalidated().size() == 1u);
  BOOST_TEST(sources.second.invalidated().size() == 1u);
}
