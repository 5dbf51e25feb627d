#define BOOST_TEST_MODULE signed_call
#include "auth/signed_call.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/time.h"
#include "crosslog/sigv4.h"
#include "crosslog/version.h"
#include "tests/support/fake_clock.h"
#include "tests/support/providers.h"
#include "tests/support/scripted_transport.h"

using namespace crosslog;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

Error decode_error(const HttpResponse& response) {
  Error error;
  error.code = Errc::service;
  error.aws_code = response.body;
  error.message = "refused";
  return error;
}

// A call of one client, with everything around it in the test's hands.
struct Scene {
  Scene() {
    options.endpoint = test::endpoint();
    options.random = test::always(0.5);
    options.debug = [this](std::string_view line) { lines.emplace_back(line); };
    provider.then(test::keys("AKIDEXAMPLE0001"));
  }

  SignedCall& client() {
    if (!made) made = std::make_unique<SignedCall>(transport, clock, provider, options);
    return *made;
  }

  Result<std::string> call(std::stop_token stop = {}) {
    HttpRequest request;
    request.method = "POST";
    request.origin = options.endpoint.origin;
    request.headers = {{"content-type", "text/plain"}};
    request.body = "Action=Test";
    return client().call("Test", std::move(request), decode_error, decode, std::move(stop));
  }

  [[nodiscard]] std::string header(std::size_t request, std::string_view name) const {
    return std::string(find_header(transport.requests().at(request).headers, name));
  }

  test::FakeClock clock;
  test::ScriptedTransport transport;
  test::ScriptedProvider provider;
  ClientOptions options;
  std::vector<std::string> lines;
  std::function<Result<std::string>(HttpResponse)> decode = [](HttpResponse response) -> Result<std::string> {
    return std::move(response.body);
  };
  std::unique_ptr<SignedCall> made;
};

}  // namespace

BOOST_AUTO_TEST_CASE(one_answer_is_one_request) {
  Scene scene;
  scene.transport.reply(200, "good");
  const auto answer = scene.call();
  BOOST_REQUIRE(answer);
  BOOST_TEST(*answer == "good");
  BOOST_TEST(scene.transport.count() == 1u);
  BOOST_TEST(scene.provider.calls() == 1);
  BOOST_TEST(scene.clock.sleeps().empty());
}

BOOST_AUTO_TEST_CASE(what_is_sent_is_what_was_signed) {
  Scene scene;
  scene.transport.reply(200);
  BOOST_REQUIRE(scene.call());
  const auto request = scene.transport.requests().at(0);
  BOOST_TEST(scene.header(0, "host") == "sts.eu-west-1.amazonaws.com");
  BOOST_TEST(scene.header(0, "x-amz-date") == "20260101T000000Z");
  BOOST_TEST(scene.header(0, "user-agent") == "crosslog/" + std::string(version()));
  BOOST_TEST(scene.header(0, "amz-sdk-request") == "attempt=1");
  BOOST_TEST(scene.header(0, "amz-sdk-invocation-id").size() == 36u);

  const std::vector<Header> signed_ones{{"host", "sts.eu-west-1.amazonaws.com"},
                                        {"content-type", "text/plain"}};
  const sigv4::Signable signable{"POST", "/", "", signed_ones, "Action=Test"};
  const auto expected =
      sigv4::sign(signable, test::keys("AKIDEXAMPLE0001"), {"eu-west-1", "sts", scene.clock.now()});
  BOOST_REQUIRE(expected);
  BOOST_TEST(scene.header(0, "authorization") == find_header(*expected, "authorization"));
  BOOST_TEST(scene.header(0, "authorization").find("SignedHeaders=content-type;host;x-amz-date,") !=
             std::string::npos);
  BOOST_TEST(request.body == "Action=Test");
}

BOOST_AUTO_TEST_CASE(a_port_is_part_of_the_host_header) {
  Scene scene;
  scene.options.endpoint = test::endpoint("http://127.0.0.1:8080");
  scene.transport.reply(200);
  BOOST_REQUIRE(scene.call());
  BOOST_TEST(scene.header(0, "host") == "127.0.0.1:8080");
}

BOOST_AUTO_TEST_CASE(options_become_the_requests_policy) {
  Scene scene;
  scene.options.user_agent = "embedder/2";
  scene.options.connect_timeout = seconds(3);
  scene.options.read_timeout = milliseconds(0);
  scene.options.endpoint.allow_plain_http = true;
  scene.transport.reply(200);
  BOOST_REQUIRE(scene.call());
  const auto request = scene.transport.requests().at(0);
  BOOST_TEST(scene.header(0, "user-agent") == "embedder/2");
  BOOST_TEST((request.connect_timeout == seconds(3)));
  BOOST_TEST((request.read_timeout == milliseconds(0)));
  BOOST_TEST(request.allow_plain_http);
  BOOST_TEST(!request.direct);
}

BOOST_AUTO_TEST_CASE(a_session_token_is_sent_and_signed) {
  Scene scene;
  test::ScriptedProvider provider;
  provider.then(test::keys("AKID", "the-token"));
  scene.made = std::make_unique<SignedCall>(scene.transport, scene.clock, provider, scene.options);
  scene.transport.reply(200);
  BOOST_REQUIRE(scene.call());
  BOOST_TEST(scene.header(0, "x-amz-security-token") == "the-token");
  BOOST_TEST(scene.header(0, "authorization").find("x-amz-security-token") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_origin_that_is_no_url_is_refused) {
  Scene scene;
  scene.options.endpoint = test::endpoint("nonsense");
  const auto answer = scene.call();
  BOOST_REQUIRE(!answer);
  BOOST_TEST(scene.transport.count() == 0u);
}

BOOST_AUTO_TEST_CASE(trouble_is_retried_with_backoff) {
  Scene scene;
  scene.transport.reply(503, "").refuse(Errc::network).reply(200, "good");
  const auto answer = scene.call();
  BOOST_REQUIRE(answer);
  BOOST_TEST(*answer == "good");
  BOOST_TEST((scene.clock.sleeps() == std::vector<milliseconds>{milliseconds(500), milliseconds(1000)}));
  BOOST_TEST(scene.header(0, "amz-sdk-request") == "attempt=1");
  BOOST_TEST(scene.header(1, "amz-sdk-request") == "ttl=20260101T000100Z; attempt=2; max=3");
  BOOST_TEST(scene.header(2, "amz-sdk-request") == "ttl=20260101T000101Z; attempt=3; max=3");
  BOOST_TEST(scene.header(0, "amz-sdk-invocation-id") == scene.header(2, "amz-sdk-invocation-id"));
  BOOST_TEST(scene.header(1, "x-amz-date") == "20260101T000000Z");
  BOOST_TEST(scene.header(2, "x-amz-date") == "20260101T000001Z");
}

BOOST_AUTO_TEST_CASE(each_call_has_an_id_of_its_own) {
  Scene scene;
  scene.transport.reply(200).reply(200);
  BOOST_REQUIRE(scene.call());
  BOOST_REQUIRE(scene.call());
  BOOST_TEST(scene.header(0, "amz-sdk-invocation-id") != scene.header(1, "amz-sdk-invocation-id"));
}

BOOST_AUTO_TEST_CASE(the_attempt_limit_is_told) {
  Scene scene;
  scene.options.max_attempts = 2;
  scene.transport.reply(400, "ThrottlingException", {{"x-amzn-requestid", "r-1"}})
      .reply(400, "ThrottlingException", {{"x-amzn-requestid", "r-2"}});
  const auto answer = scene.call();
  BOOST_REQUIRE(!answer);
  const Error& error = answer.error();
  BOOST_TEST(error.retries_exhausted);
  BOOST_TEST(error.attempts == 2);
  BOOST_TEST(error.operation == "Test");
  BOOST_TEST(error.http_status == 400);
  BOOST_TEST(error.request_id == "r-2");
  BOOST_TEST(describe(error) ==
             "An error occurred (ThrottlingException) when calling the Test operation (reached max retries: "
             "1): refused");
}

BOOST_AUTO_TEST_CASE(one_attempt_is_no_retry) {
  Scene scene;
  scene.options.max_attempts = 1;
  scene.transport.reply(503, "ServiceUnavailable");
  const auto answer = scene.call();
  BOOST_REQUIRE(!answer);
  BOOST_TEST(answer.error().retries_exhausted);
  BOOST_TEST(answer.error().attempts == 1);
  BOOST_TEST(scene.clock.sleeps().empty());
}

BOOST_AUTO_TEST_CASE(a_refusal_is_final) {
  Scene scene;
  scene.transport.reply(400, "ValidationError");
  const auto answer = scene.call();
  BOOST_REQUIRE(!answer);
  BOOST_TEST(scene.transport.count() == 1u);
  BOOST_TEST(!answer.error().retries_exhausted);
}

// The AWS CLI says so of every last attempt, whatever ended it.
BOOST_AUTO_TEST_CASE(the_last_attempt_is_told_of_a_refusal_too) {
  Scene scene;
  scene.options.max_attempts = 2;
  scene.transport.reply(503).reply(400, "ValidationError");
  const auto answer = scene.call();
  BOOST_REQUIRE(!answer);
  BOOST_TEST(answer.error().retries_exhausted);
  BOOST_TEST(describe(answer.error()) ==
             "An error occurred (ValidationError) when calling the Test operation (reached max retries: 1): "
             "refused");
}

BOOST_AUTO_TEST_CASE(an_error_answer_that_cannot_be_read_is_told_in_its_own_words) {
  Scene scene;
  scene.transport.reply(400, "<html>", {{"x-amzn-requestid", "r"}});
  const auto unreadable = [](const HttpResponse&) {
    return fail(Errc::protocol, "The answer is not what AWS documents").error();
  };
  HttpRequest request;
  request.method = "POST";
  request.origin = scene.options.endpoint.origin;
  const auto answer = scene.client().call("Test", std::move(request), unreadable, scene.decode, {});
  BOOST_REQUIRE(!answer);
  BOOST_TEST(answer.error().http_status == 400);
  BOOST_TEST(answer.error().request_id == "r");
  BOOST_TEST(describe(answer.error()) == "The answer is not what AWS documents");
  BOOST_TEST(scene.transport.count() == 1u);
}

BOOST_AUTO_TEST_CASE(version_2_1_names_the_limit_at_once_and_heeds_the_service) {
  Scene scene;
  scene.options.new_retries_2026 = true;
  scene.transport.reply(503, "", {{"x-amz-retry-after", "1500"}})
      .reply(503, "", {{"retry-after", "7"}})
      .reply(200, "good");
  BOOST_REQUIRE(scene.call());
  BOOST_TEST((scene.clock.sleeps() == std::vector<milliseconds>{milliseconds(1500), milliseconds(50)}));
  BOOST_TEST(scene.header(0, "amz-sdk-request") == "attempt=1; max=3");
  BOOST_TEST(scene.header(1, "amz-sdk-request") == "ttl=20260101T000101Z; attempt=2; max=3");
}

BOOST_AUTO_TEST_CASE(version_2_0_does_not_hear_what_the_service_asks_for) {
  Scene scene;
  scene.transport.reply(503, "", {{"x-amz-retry-after", "1500"}}).reply(200);
  BOOST_REQUIRE(scene.call());
  BOOST_TEST((scene.clock.sleeps() == std::vector<milliseconds>{milliseconds(500)}));
}

BOOST_AUTO_TEST_CASE(the_request_of_an_earlier_answer_does_not_count_for_silence) {
  Scene scene;
  scene.options.new_retries_2026 = true;
  scene.transport.reply(503, "", {{"x-amz-retry-after", "1500"}}).refuse(Errc::network).reply(200);
  BOOST_REQUIRE(scene.call());
  BOOST_TEST((scene.clock.sleeps() == std::vector<milliseconds>{milliseconds(1500), milliseconds(50)}));
}

BOOST_AUTO_TEST_CASE(the_adaptive_mode_waits_for_a_token_after_throttling) {
  Scene scene;
  scene.options.retry_mode = RetryMode::adaptive;
  scene.options.random = test::always(0);
  scene.transport.reply(200).reply(400, "ThrottlingException").reply(200);
  BOOST_REQUIRE(scene.call());
  BOOST_TEST(scene.clock.sleeps().empty());
  BOOST_REQUIRE(scene.call());
  // No backoff by chance; then half a token a second, none of them there yet.
  BOOST_TEST((scene.clock.sleeps() == std::vector<milliseconds>{milliseconds(0), seconds(2)}));
  BOOST_TEST(scene.header(2, "x-amz-date") == "20260101T000002Z");
}

BOOST_AUTO_TEST_CASE(the_adaptive_mode_shares_its_tokens_between_calls) {
  Scene scene;
  scene.options.retry_mode = RetryMode::adaptive;
  scene.options.max_attempts = 1;
  scene.transport.reply(400, "ThrottlingException").reply(200).reply(200);
  BOOST_REQUIRE(!scene.call());
  BOOST_REQUIRE(scene.call());
  BOOST_REQUIRE(scene.call());
  BOOST_TEST(scene.clock.sleeps().size() == 2u);
}

BOOST_AUTO_TEST_CASE(waiting_for_a_token_can_be_cancelled) {
  Scene scene;
  scene.options.retry_mode = RetryMode::adaptive;
  scene.options.max_attempts = 1;
  scene.transport.reply(400, "ThrottlingException");
  BOOST_REQUIRE(!scene.call());
  std::stop_source source;
  source.request_stop();
  const auto answer = scene.call(source.get_token());
  BOOST_REQUIRE(!answer);
  BOOST_TEST((answer.error().code == Errc::cancelled));
  BOOST_TEST(!answer.error().retries_exhausted);
  BOOST_TEST(scene.transport.count() == 1u);
}

BOOST_AUTO_TEST_CASE(a_decoders_protocol_error_is_retried) {
  Scene scene;
  scene.decode = [n = 0](HttpResponse response) mutable -> Result<std::string> {
    if (++n == 1) return fail(Errc::protocol, "this is HTML");
    return std::move(response.body);
  };
  scene.transport.reply(200, "<html>").reply(200, "good");
  const auto answer = scene.call();
  BOOST_REQUIRE(answer);
  BOOST_TEST(*answer == "good");
}

BOOST_AUTO_TEST_CASE(a_protocol_error_to_the_end_is_the_answer) {
  Scene scene;
  scene.decode = [](HttpResponse) -> Result<std::string> { return fail(Errc::protocol, "this is HTML"); };
  for (int i = 0; i < 3; ++i)
    scene.transport.reply(200, "<html>", {{"x-amzn-requestid", "r"}});
  const auto answer = scene.call();
  BOOST_REQUIRE(!answer);
  BOOST_TEST((answer.error().code == Errc::protocol));
  BOOST_TEST(answer.error().request_id == "r");
  BOOST_TEST(describe(answer.error()) == "this is HTML");
  BOOST_TEST(scene.transport.count() == 3u);
}

BOOST_AUTO_TEST_CASE(a_redirect_is_not_followed) {
  Scene scene;
  scene.transport.reply(301, "", {{"location", "http://elsewhere/"}});
  const auto answer = scene.call();
  BOOST_REQUIRE(!answer);
  BOOST_TEST(scene.transport.count() == 1u);
}

BOOST_AUTO_TEST_CASE(the_quota_ends_retries) {
  Scene scene;
  scene.options.max_attempts = 1000;
  scene.transport.otherwise([](const HttpRequest&) { return HttpResponse{503, {}, ""}; });
  const auto answer = scene.call();
  BOOST_REQUIRE(!answer);
  BOOST_TEST(scene.transport.count() == 101u);
  BOOST_TEST(!answer.error().retries_exhausted);
  BOOST_TEST(test::mentions(answer.error().hints, "not tried again"));
  const auto next = scene.call();
  BOOST_REQUIRE(!next);
  BOOST_TEST(next.error().attempts == 1);
}

BOOST_AUTO_TEST_CASE(silence_costs_the_quota_double) {
  Scene scene;
  scene.options.max_attempts = 1000;
  scene.transport.otherwise(
      [](const HttpRequest&) -> Result<HttpResponse> { return fail(Errc::timeout, "late"); });
  BOOST_REQUIRE(!scene.call());
  BOOST_TEST(scene.transport.count() == 51u);
}

BOOST_AUTO_TEST_CASE(a_success_gives_the_quota_back) {
  Scene scene;
  scene.options.max_attempts = 2;
  for (int i = 0; i < 300; ++i) {
    scene.transport.reply(503).reply(200);
    BOOST_REQUIRE(scene.call());
  }
}

BOOST_AUTO_TEST_CASE(a_warning_of_the_credentials_is_noted_once) {
  Scene scene;
  std::vector<std::string> notes;
  scene.options.note = [&](std::string_view line) { notes.emplace_back(line); };
  Credentials expired = test::keys("AKID1");
  expired.warning = "they have expired";
  Credentials later = expired;
  later.warning = "these too";
  test::ScriptedProvider provider;
  provider.then(expired).then(expired).then(later);
  scene.made = std::make_unique<SignedCall>(scene.transport, scene.clock, provider, scene.options);
  scene.transport.reply(200).reply(200).reply(200);
  for (int i = 0; i < 3; ++i)
    BOOST_REQUIRE(scene.call());
  BOOST_TEST(notes == (std::vector<std::string>{"they have expired", "these too"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(without_credentials_nothing_is_sent) {
  Scene scene;
  test::ScriptedProvider provider;
  provider.then(Errc::no_credentials, "none");
  scene.made = std::make_unique<SignedCall>(scene.transport, scene.clock, provider, scene.options);
  const auto answer = scene.call();
  BOOST_REQUIRE(!answer);
  BOOST_TEST((answer.error().code == Errc::no_credentials));
  BOOST_TEST(answer.error().operation == "");
  BOOST_TEST(scene.transport.count() == 0u);
}

BOOST_AUTO_TEST_CASE(credentials_that_cannot_sign_are_refused) {
  Scene scene;
  test::ScriptedProvider provider;
  provider.then(test::keys("AKID", "token\r\nwith a break"));
  scene.made = std::make_unique<SignedCall>(scene.transport, scene.clock, provider, scene.options);
  const auto answer = scene.call();
  BOOST_REQUIRE(!answer);
  BOOST_TEST(scene.transport.count() == 0u);
  BOOST_TEST(answer.error().message.find("with a break") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_expired_session_is_refreshed_once) {
  for (const char* code : {"ExpiredToken", "ExpiredTokenException", "InvalidToken"}) {
    Scene scene;
    test::ScriptedProvider provider;
    provider.then(test::keys("AKIDOLD")).then(test::keys("AKIDNEW"));
    scene.options.max_attempts = 1;
    scene.made = std::make_unique<SignedCall>(scene.transport, scene.clock, provider, scene.options);
    scene.transport.reply(400, code).reply(200, "good");
    BOOST_REQUIRE(scene.call());
    BOOST_TEST((provider.invalidated() == std::vector<std::string>{"AKIDOLD"}));
    BOOST_TEST(scene.header(1, "authorization").find("AKIDNEW/") != std::string::npos);
    BOOST_TEST(scene.clock.sleeps().empty());
  }
}

BOOST_AUTO_TEST_CASE(the_same_keys_again_are_not_sent_again) {
  Scene scene;
  scene.transport.reply(403, "ExpiredToken");
  const auto answer = scene.call();
  BOOST_REQUIRE(!answer);
  BOOST_TEST(scene.transport.count() == 1u);
  BOOST_TEST(answer.error().attempts == 1);
  BOOST_TEST(!answer.error().retries_exhausted);
  BOOST_TEST(test::mentions(answer.error().hints, "renew"));
  BOOST_TEST(test::mentions(answer.error().hints, "AKID****0001 (test)"));
}

BOOST_AUTO_TEST_CASE(new_keys_that_are_expired_too_end_it) {
  Scene scene;
  test::ScriptedProvider provider;
  provider.then(test::keys("AKID1")).then(test::keys("AKID2")).then(test::keys("AKID3"));
  scene.made = std::make_unique<SignedCall>(scene.transport, scene.clock, provider, scene.options);
  scene.transport.reply(403, "ExpiredToken").reply(403, "ExpiredToken");
  BOOST_REQUIRE(!scene.call());
  BOOST_TEST(scene.transport.count() == 2u);
}

BOOST_AUTO_TEST_CASE(a_refresh_that_fails_is_told_beside_the_services_answer) {
  Scene scene;
  test::ScriptedProvider provider;
  provider.then(test::keys("AKID1")).then(Errc::network, "STS is away");
  scene.made = std::make_unique<SignedCall>(scene.transport, scene.clock, provider, scene.options);
  scene.transport.reply(403, "ExpiredToken");
  const auto answer = scene.call();
  BOOST_REQUIRE(!answer);
  BOOST_TEST(answer.error().aws_code == "ExpiredToken");
  BOOST_TEST(test::mentions(answer.error().hints, "STS is away"));
}

BOOST_AUTO_TEST_CASE(a_clock_an_hour_off_is_corrected) {
  Scene scene;
  const auto right = base::http_date(scene.clock.now() + seconds(3600));
  scene.transport.reply(403, "SignatureDoesNotMatch", {{"date", right}}).reply(200, "", {{"date", right}});
  BOOST_REQUIRE(scene.call());
  BOOST_TEST(scene.header(0, "x-amz-date") == "20260101T000000Z");
  BOOST_TEST(scene.header(1, "x-amz-date") == "20260101T010000Z");
  BOOST_TEST(scene.clock.sleeps().empty());
}

BOOST_AUTO_TEST_CASE(correction_can_be_switched_off) {
  Scene scene;
  scene.options.correct_clock_skew = false;
  const auto right = base::http_date(scene.clock.now() + seconds(3600));
  scene.transport.reply(403, "SignatureDoesNotMatch", {{"date", right}}).reply(200);
  const auto answer = scene.call();
  BOOST_REQUIRE(!answer);
  BOOST_TEST(test::mentions(answer.error().hints, "3600 s away"));
  BOOST_REQUIRE(scene.call());
  BOOST_TEST(scene.header(1, "x-amz-date") == "20260101T000000Z");
}

BOOST_AUTO_TEST_CASE(a_clock_before_2020_is_refused) {
  Scene scene;
  scene.clock.set(TimePoint{});
  const auto answer = scene.call();
  BOOST_REQUIRE(!answer);
  BOOST_TEST((answer.error().code == Errc::invalid_argument));
  BOOST_TEST(answer.error().message.find("1970-01-01T00:00:00+00:00") != std::string::npos);
  BOOST_TEST(scene.transport.count() == 0u);
}

BOOST_AUTO_TEST_CASE(a_clock_before_2020_that_a_date_has_corrected_is_good) {
  Scene scene;
  scene.clock.set(TimePoint{std::chrono::sys_days{std::chrono::year{2020} / 1 / 1}});
  scene.transport.reply(200, "", {{"date", base::http_date(test::kNewYear2026)}}).reply(200);
  BOOST_REQUIRE(scene.call());
  scene.clock.set(scene.clock.now() - seconds(1));
  BOOST_REQUIRE(scene.call());
  BOOST_TEST(scene.header(1, "x-amz-date") == "20251231T235959Z");
}

BOOST_AUTO_TEST_CASE(the_key_of_a_day_does_not_outlive_it) {
  Scene scene;
  scene.transport.reply(200).reply(200);
  scene.clock.set(test::kNewYear2026 - seconds(1));
  BOOST_REQUIRE(scene.call());
  scene.clock.set(test::kNewYear2026);
  BOOST_REQUIRE(scene.call());
  const std::vector<Header> signed_ones{{"host", "sts.eu-west-1.amazonaws.com"},
                                        {"content-type", "text/plain"}};
  const sigv4::Signable signable{"POST", "/", "", signed_ones, "Action=Test"};
  const auto expected =
      sigv4::sign(signable, test::keys("AKIDEXAMPLE0001"), {"eu-west-1", "sts", test::kNewYear2026});
  BOOST_TEST(scene.header(1, "authorization") == find_header(*expected, "authorization"));
}

BOOST_AUTO_TEST_CASE(a_stop_ends_the_call_where_it_is) {
  Scene scene;
  const auto answer = scene.call(test::stopped());
  BOOST_REQUIRE(!answer);
  BOOST_TEST((answer.error().code == Errc::cancelled));
  BOOST_TEST(scene.transport.count() == 1u);
}

BOOST_AUTO_TEST_CASE(a_stop_ends_a_pause) {
  Scene scene;
  std::stop_source stop;
  scene.transport.then([&stop](const HttpRequest&) -> Result<HttpResponse> {
    stop.request_stop();
    return HttpResponse{503, {}, ""};
  });
  const auto answer = scene.call(stop.get_token());
  BOOST_REQUIRE(!answer);
  BOOST_TEST((answer.error().code == Errc::cancelled));
  BOOST_TEST(answer.error().attempts == 1);
}

BOOST_AUTO_TEST_CASE(debug_lines_tell_the_steps_and_no_secret) {
  Scene scene;
  test::ScriptedProvider provider;
  provider.then(test::keys("AKIDEXAMPLE0001", "canary-token"));
  scene.made = std::make_unique<SignedCall>(scene.transport, scene.clock, provider, scene.options);
  scene.transport.reply(503, "canary-body").reply(200, "canary-answer");
  BOOST_REQUIRE(scene.call());
  BOOST_TEST(scene.lines.size() == 4u);
  BOOST_TEST(test::mentions(scene.lines, "Test: attempt 1, signed by AKID****0001 (test) for eu-west-1/sts"));
  BOOST_TEST(test::mentions(scene.lines, "again in 500 ms"));
  for (const char* secret : {"canary-token", "wJalr", "AKIDEXAMPLE0001", "Signature="}) {
    BOOST_TEST(!test::mentions(scene.lines, secret), secret);
  }
}

BOOST_AUTO_TEST_CASE(threads_share_one_client) {
  Scene scene;
  scene.options.debug = {};
  scene.transport.otherwise([](const HttpRequest&) { return HttpResponse{200, {{"date", "x"}}, "good"}; });
  scene.client();
  std::vector<std::jthread> threads;
  std::atomic<int> good = 0;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 20; ++n)
        good += scene.call() ? 1 : 0;
    });
  }
  threads.clear();
  BOOST_TEST(good.load() == 160);
}
