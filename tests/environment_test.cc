#define BOOST_TEST_MODULE environment
#include <boost/test/unit_test.hpp>

#include "base/time.h"
#include "crosslog/providers.h"
#include "tests/support/fake_host.h"
#include "tests/support/providers.h"

using namespace crosslog;

namespace {

Result<Credentials> from(std::map<std::string, std::string, std::less<>> environment) {
  test::FakeHost machine;
  machine.environment = std::move(environment);
  return make_env_provider(machine.host())->get({});
}

}  // namespace

BOOST_AUTO_TEST_CASE(long_lived_keys) {
  const auto got = from({{"AWS_ACCESS_KEY_ID", "AKID"}, {"AWS_SECRET_ACCESS_KEY", "secret"}});
  BOOST_REQUIRE(got);
  BOOST_TEST(got->access_key_id == "AKID");
  BOOST_TEST(got->secret_access_key.reveal() == "secret");
  BOOST_TEST(got->session_token.empty());
  BOOST_TEST(!got->expires);
  BOOST_TEST(got->account_id == "");
  BOOST_TEST(got->origin == "environment");
}

BOOST_AUTO_TEST_CASE(a_session_with_all_its_members) {
  const auto got = from({{"AWS_ACCESS_KEY_ID", " AKID\n"},
                         {"AWS_SECRET_ACCESS_KEY", "\tsecret "},
                         {"AWS_SESSION_TOKEN", "token"},
                         {"AWS_CREDENTIAL_EXPIRATION", "2026-01-01T00:00:00Z"},
                         {"AWS_ACCOUNT_ID", "123456789012"}});
  BOOST_REQUIRE(got);
  BOOST_TEST(got->access_key_id == "AKID");
  BOOST_TEST(got->secret_access_key.reveal() == "secret");
  BOOST_TEST(got->session_token.reveal() == "token");
  BOOST_TEST((got->expires == base::parse_iso8601("2026-01-01T00:00:00Z")));
  BOOST_TEST(got->account_id == "123456789012");
}

BOOST_AUTO_TEST_CASE(the_older_name_of_the_token_wins) {
  const auto got = from({{"AWS_ACCESS_KEY_ID", "AKID"},
                         {"AWS_SECRET_ACCESS_KEY", "secret"},
                         {"AWS_SESSION_TOKEN", "newer"},
                         {"AWS_SECURITY_TOKEN", "older"}});
  BOOST_TEST(got->session_token.reveal() == "older");
  const auto blank = from({{"AWS_ACCESS_KEY_ID", "AKID"},
                           {"AWS_SECRET_ACCESS_KEY", "secret"},
                           {"AWS_SESSION_TOKEN", "newer"},
                           {"AWS_SECURITY_TOKEN", " "}});
  BOOST_TEST(blank->session_token.reveal() == "newer");
}

BOOST_AUTO_TEST_CASE(nothing_there_is_not_an_error_of_the_chain) {
  BOOST_TEST((from({}).error().code == Errc::not_configured));
  BOOST_TEST((from({{"AWS_ACCESS_KEY_ID", ""}, {"AWS_SECRET_ACCESS_KEY", ""}}).error().code ==
              Errc::not_configured));
  BOOST_TEST((from({{"AWS_ACCESS_KEY_ID", " \t"}, {"AWS_SECRET_ACCESS_KEY", " "}}).error().code ==
              Errc::not_configured));
  const auto half = from({{"AWS_SECRET_ACCESS_KEY", "canary"}});
  BOOST_TEST((half.error().code == Errc::not_configured));
  BOOST_TEST(half.error().message.find("canary") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_key_without_its_secret_ends_the_chain) {
  for (const char* blank : {"", " "}) {
    const auto got = from({{"AWS_ACCESS_KEY_ID", "AKID"}, {"AWS_SECRET_ACCESS_KEY", blank}});
    BOOST_TEST((got.error().code == Errc::credentials));
    BOOST_TEST(got.error().message == "Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY");
  }
}

BOOST_AUTO_TEST_CASE(an_expiration_that_is_no_time_is_not_known) {
  const auto got = from({{"AWS_ACCESS_KEY_ID", "AKID"},
                         {"AWS_SECRET_ACCESS_KEY", "secret"},
                         {"AWS_CREDENTIAL_EXPIRATION", "soon"}});
  BOOST_REQUIRE(got);
  BOOST_TEST(!got->expires);
}

BOOST_AUTO_TEST_CASE(the_environment_is_read_at_every_get) {
  test::FakeHost machine;
  const auto provider = make_env_provider(machine.host());
  BOOST_TEST(!provider->get({}));
  machine.environment = {{"AWS_ACCESS_KEY_ID", "AKID"}, {"AWS_SECRET_ACCESS_KEY", "secret"}};
  BOOST_TEST(provider->get({}).has_value());
}
