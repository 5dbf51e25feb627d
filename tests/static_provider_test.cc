#define BOOST_TEST_MODULE static_provider
#include <boost/test/unit_test.hpp>

#include "crosslog/providers.h"
#include "tests/support/providers.h"

using namespace crosslog;

BOOST_AUTO_TEST_CASE(gives_what_it_was_given) {
  auto credentials = test::keys("AKID", "token", TimePoint{std::chrono::seconds(7)});
  credentials.account_id = "123456789012";
  const auto provider = make_static_provider(credentials);
  for (int i = 0; i < 2; ++i) {
    const auto got = provider->get({});
    BOOST_REQUIRE(got);
    BOOST_TEST(got->access_key_id == "AKID");
    BOOST_TEST(got->secret_access_key.reveal() == credentials.secret_access_key.reveal());
    BOOST_TEST(got->session_token.reveal() == "token");
    BOOST_TEST((got->expires == TimePoint{std::chrono::seconds(7)}));
    BOOST_TEST(got->account_id == "123456789012");
    BOOST_TEST(got->origin == "test");
    provider->invalidate("AKID");
  }
}

BOOST_AUTO_TEST_CASE(a_reference_passes_everything_on) {
  test::ScriptedProvider owner;
  owner.then(test::keys("AKID")).then(Errc::not_configured);
  {
    const auto lent = make_reference(owner);
    BOOST_TEST(lent->get({})->access_key_id == "AKID");
    BOOST_TEST((lent->get({}).error().code == Errc::not_configured));
    lent->invalidate("AKID");
  }
  BOOST_TEST((owner.invalidated() == std::vector<std::string>{"AKID"}));
}
