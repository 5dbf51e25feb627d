#define BOOST_TEST_MODULE sts
#include "crosslog/sts.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/support/fake_clock.h"
#include "tests/support/providers.h"
#include "tests/support/scripted_transport.h"

using namespace crosslog;

namespace {

const std::string kIdentity =
    "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/me</Arn>"
    "<UserId>AIDAEXAMPLE</UserId><Account>123456789012</Account></GetCallerIdentityResult>"
    "<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>";

struct Scene {
  Scene() {
    provider.then(test::keys());
    options.endpoint = test::endpoint();
    options.random = test::always(0);
  }
  StsClient client() { return {transport, clock, provider, options}; }
  test::FakeClock clock;
  test::ScriptedTransport transport;
  test::ScriptedProvider provider;
  ClientOptions options;
};

}  // namespace

BOOST_AUTO_TEST_CASE(who_am_i) {
  Scene scene;
  scene.transport.reply(200, kIdentity);
  const auto who = scene.client().get_caller_identity();
  BOOST_REQUIRE(who);
  BOOST_TEST(who->user_id == "AIDAEXAMPLE");
  BOOST_TEST(who->account == "123456789012");
  BOOST_TEST(who->arn == "arn:aws:iam::123456789012:user/me");
  const auto request = scene.transport.requests().at(0);
  BOOST_TEST(request.method == "POST");
  BOOST_TEST(request.origin == "https://sts.eu-west-1.amazonaws.com");
  BOOST_TEST(request.body == "Action=GetCallerIdentity&Version=2011-06-15");
}

BOOST_AUTO_TEST_CASE(a_role) {
  Scene scene;
  scene.transport.reply(200, test::xml_credentials("ASSUMED", "2026-01-01T01:00:00Z"));
  const auto role =
      scene.client().assume_role({.role_arn = "arn:aws:iam::1:role/x", .role_session_name = "s"});
  BOOST_REQUIRE(role);
  BOOST_TEST(role->credentials.access_key_id == "ASSUMED");
  BOOST_TEST(role->assumed_role_arn == "arn:aws:sts::123456789012:assumed-role/demo/session");
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_an_error) {
  Scene scene;
  scene.transport.reply(403, test::xml_error("InvalidClientTokenId", "The security token is invalid."));
  const auto who = scene.client().get_caller_identity();
  BOOST_REQUIRE(!who);
  BOOST_TEST(describe(who.error()) ==
             "An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: "
             "The security token is invalid.");
  BOOST_TEST(test::mentions(who.error().hints, "signed by"));
}

BOOST_AUTO_TEST_CASE(html_with_status_200_is_asked_for_again_and_then_told) {
  Scene scene;
  for (int i = 0; i < 3; ++i)
    scene.transport.reply(200, "<html>canary</html>");
  const auto who = scene.client().get_caller_identity();
  BOOST_REQUIRE(!who);
  BOOST_TEST((who.error().code == Errc::protocol));
  BOOST_TEST(who.error().attempts == 3);
  BOOST_TEST(describe(who.error()).find("canary") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_stop_ends_it) {
  Scene scene;
  BOOST_TEST((scene.client().get_caller_identity(test::stopped()).error().code == Errc::cancelled));
}
