#define BOOST_TEST_MODULE retry
#include "auth/retry.h"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <string>
#include <vector>

using namespace crosslog;
using auth::Retry;
using std::chrono::milliseconds;

namespace {

Error answer(int status, std::string aws_code, Errc code = Errc::service) {
  Error error;
  error.code = code;
  error.http_status = status;
  error.aws_code = std::move(aws_code);
  return error;
}

bool is(Retry expected, const Error& error) {
  return auth::classify(error) == expected;
}

}  // namespace

BOOST_AUTO_TEST_CASE(server_errors_are_retried_by_status) {
  for (const int status : {500, 502, 503, 504})
    BOOST_TEST(is(Retry::transient, answer(status, "Whatever")), status);
  for (const int status : {400, 401, 403, 404, 409, 413, 429, 501, 505, 509}) {
    BOOST_TEST(is(Retry::no, answer(status, "Whatever")), status);
  }
}

BOOST_AUTO_TEST_CASE(throttling_is_known_by_its_code_under_any_status) {
  for (const char* code :
       {"Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException",
        "TooManyRequestsException", "ProvisionedThroughputExceededException",
        "TransactionInProgressException", "RequestLimitExceeded", "BandwidthLimitExceeded",
        "LimitExceededException", "RequestThrottled", "SlowDown", "PriorRequestNotComplete",
        "EC2ThrottledException"}) {
    BOOST_TEST(is(Retry::throttling, answer(400, code)), code);
    BOOST_TEST(auth::is_throttling_code(code), code);
  }
  BOOST_TEST(!auth::is_throttling_code("throttling"));
  BOOST_TEST(!auth::is_throttling_code(""));
}

BOOST_AUTO_TEST_CASE(some_codes_are_transient) {
  for (const char* code : {"RequestTimeout", "RequestTimeoutException", "IDPCommunicationError"}) {
    BOOST_TEST(is(Retry::transient, answer(400, code)), code);
  }
}

BOOST_AUTO_TEST_CASE(refusals_are_final) {
  for (const char* code :
       {"AccessDenied", "AccessDeniedException", "ResourceNotFoundException", "ValidationError",
        "ExpiredToken", "InvalidSignatureException", "RequestExpired", ""}) {
    BOOST_TEST(is(Retry::no, answer(403, code)), code);
  }
  for (const Errc code : {Errc::invalid_argument, Errc::configuration, Errc::no_credentials,
                          Errc::credentials, Errc::cancelled, Errc::unsupported}) {
    BOOST_TEST(is(Retry::no, answer(0, "", code)), name(code));
  }
  BOOST_TEST(is(Retry::no, answer(503, "", Errc::cancelled)));
}

BOOST_AUTO_TEST_CASE(silence_is_retried_and_a_timeout_costs_more) {
  BOOST_TEST(is(Retry::transient, answer(0, "", Errc::network)));
  BOOST_TEST(is(Retry::timeout, answer(0, "", Errc::timeout)));
  BOOST_TEST(auth::RetryQuota::cost(Retry::timeout) == 10);
  BOOST_TEST(auth::RetryQuota::cost(Retry::transient) == 5);
  BOOST_TEST(auth::RetryQuota::cost(Retry::throttling) == 5);
}

BOOST_AUTO_TEST_CASE(a_success_that_is_not_the_protocols_is_retried) {
  BOOST_TEST(is(Retry::transient, answer(0, "", Errc::protocol)));
  BOOST_TEST(is(Retry::transient, answer(200, "", Errc::protocol)));
  BOOST_TEST(is(Retry::no, answer(400, "", Errc::protocol)));
  BOOST_TEST(is(Retry::no, answer(301, "", Errc::protocol)));
  BOOST_TEST(is(Retry::transient, answer(502, "", Errc::protocol)));
}

BOOST_AUTO_TEST_CASE(the_pause_doubles_up_to_twenty_seconds) {
  constexpr double kAlmostOne = 0.9999999;
  const std::vector<int> longest{1, 2, 4, 8, 16, 20, 20};
  for (std::size_t i = 0; i < longest.size(); ++i) {
    const int retry = static_cast<int>(i) + 1;
    BOOST_TEST((auth::backoff(retry, 0.0) == milliseconds(0)));
    BOOST_TEST((auth::backoff(retry, 0.5) == milliseconds(longest[i] * 500)));
    BOOST_TEST((auth::backoff(retry, kAlmostOne) == milliseconds(longest[i] * 1000 - 1)));
  }
  BOOST_TEST((auth::backoff(1'000'000, 0.5) == milliseconds(10'000)));
  BOOST_TEST((auth::backoff(0, 0.5) == milliseconds(500)));
}

BOOST_AUTO_TEST_CASE(the_quota_ends_and_comes_back) {
  auth::RetryQuota quota;
  for (int i = 0; i < 100; ++i)
    BOOST_REQUIRE(quota.acquire(5));
  BOOST_TEST(quota.available() == 0);
  BOOST_TEST(!quota.acquire(5));
  quota.give_back(1);
  BOOST_TEST(!quota.acquire(5));
  BOOST_TEST(quota.available() == 1);
  quota.give_back(10);
  BOOST_TEST(quota.acquire(10));
  quota.give_back(10'000);
  BOOST_TEST(quota.available() == auth::RetryQuota::kCapacity);
}
