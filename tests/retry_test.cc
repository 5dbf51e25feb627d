#define BOOST_TEST_MODULE retry
#include "auth/retry.h"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "tests/support/conformance.h"
#include "tests/support/json.h"

using namespace crosslog;
namespace json = boost::json;
using auth::kStandard20;
using auth::kStandard21;
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
  BOOST_TEST(auth::cost(kStandard20, Retry::timeout) == 10);
  BOOST_TEST(auth::cost(kStandard20, Retry::transient) == 5);
  BOOST_TEST(auth::cost(kStandard20, Retry::throttling) == 5);
  BOOST_TEST(auth::cost(kStandard21, Retry::timeout) == 14);
  BOOST_TEST(auth::cost(kStandard21, Retry::transient) == 14);
  BOOST_TEST(auth::cost(kStandard21, Retry::throttling) == 5);
  BOOST_TEST(auth::cost(kStandard21, Retry::no) == 0);
}

BOOST_AUTO_TEST_CASE(a_success_that_is_not_the_protocols_is_retried) {
  BOOST_TEST(is(Retry::transient, answer(0, "", Errc::protocol)));
  BOOST_TEST(is(Retry::transient, answer(200, "", Errc::protocol)));
  BOOST_TEST(is(Retry::no, answer(400, "", Errc::protocol)));
  BOOST_TEST(is(Retry::no, answer(301, "", Errc::protocol)));
  BOOST_TEST(is(Retry::transient, answer(502, "", Errc::protocol)));
}

namespace {

// The longest backoffs of the retries 1, 2, ... in milliseconds.
void check_backoffs(const auth::RetryRules& rules, Retry kind, const std::vector<int>& longest) {
  constexpr double kAlmostOne = 0.9999999;
  for (std::size_t i = 0; i < longest.size(); ++i) {
    const int retry = static_cast<int>(i) + 1;
    BOOST_TEST_CONTEXT("retry " << retry) {
      BOOST_TEST(auth::backoff(rules, kind, retry, 0.0).count() == 0);
      BOOST_TEST(auth::backoff(rules, kind, retry, 0.5).count() == longest[i] / 2);
      BOOST_TEST(auth::backoff(rules, kind, retry, kAlmostOne).count() == longest[i] - 1);
    }
  }
  BOOST_TEST(auth::backoff(rules, kind, 1'000'000, 0.5).count() == 10'000);
  BOOST_TEST(auth::backoff(rules, kind, 0, 0.5).count() == longest[0] / 2);
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_pause_doubles_up_to_twenty_seconds) {
  for (const Retry kind : {Retry::transient, Retry::timeout, Retry::throttling}) {
    check_backoffs(kStandard20, kind, {1000, 2000, 4000, 8000, 16000, 20000, 20000});
  }
  check_backoffs(kStandard21, Retry::throttling, {1000, 2000, 4000, 8000, 16000, 20000});
  for (const Retry kind : {Retry::transient, Retry::timeout}) {
    check_backoffs(kStandard21, kind, {50, 100, 200, 400, 800, 1600, 3200, 6400, 12800, 20000, 20000});
  }
}

BOOST_AUTO_TEST_CASE(what_the_service_asks_for_is_a_whole_number_of_milliseconds) {
  BOOST_TEST((auth::parse_retry_after("1500") == milliseconds(1500)));
  BOOST_TEST((auth::parse_retry_after("0") == milliseconds(0)));
  BOOST_TEST((auth::parse_retry_after(" 7 ") == milliseconds(7)));
  for (const char* nothing :
       {"", "-1", "1.5", "soon", "1500ms", "0x10", "99999999999999999999", "Wed, 21 Oct 2026 07:28:00 GMT"}) {
    BOOST_TEST(!auth::parse_retry_after(nothing), nothing);
  }
}

BOOST_AUTO_TEST_CASE(what_the_service_asks_for_is_held_to_five_seconds_over_the_backoff) {
  struct Row {
    int backoff, asked_for, pause;
  };
  for (const Row& row : {Row{50, 1500, 1500}, Row{50, 10, 50}, Row{50, 0, 50}, Row{50, 5050, 5050},
                         Row{50, 5051, 5050}, Row{20'000, 25'001, 25'000}, Row{0, 0, 0}}) {
    BOOST_TEST(auth::pause(milliseconds(row.backoff), milliseconds(row.asked_for)).count() == row.pause);
  }
  BOOST_TEST(auth::pause(milliseconds(50), std::nullopt).count() == 50);
  BOOST_TEST(auth::pause(milliseconds(50), milliseconds::max()).count() == 5050);
}

BOOST_AUTO_TEST_CASE(version_2_0_does_not_ask_the_service) {
  auth::RetryQuota quota;
  auth::Retries old(kStandard20, 3, quota);
  BOOST_TEST(old.after(Retry::transient, 1, milliseconds(4000), 0.5).pause.count() == 500);
  auth::Retries later(kStandard21, 3, quota);
  BOOST_TEST(later.after(Retry::transient, 1, milliseconds(4000), 0.5).pause.count() == 4000);
}

BOOST_AUTO_TEST_CASE(a_call_ends_by_its_kind_its_attempts_or_the_quota) {
  using Next = auth::Retries::Next;
  auth::RetryQuota quota(12);
  auth::Retries retries(kStandard20, 3, quota);
  BOOST_TEST((retries.after(Retry::no, 1, {}, 0).next == Next::final));
  BOOST_TEST((retries.after(Retry::throttling, 1, {}, 0).next == Next::send_again));
  BOOST_TEST(quota.available() == 7);
  BOOST_TEST((retries.after(Retry::timeout, 2, {}, 0).next == Next::quota_exhausted));
  BOOST_TEST((retries.after(Retry::transient, 3, {}, 0).next == Next::attempts_exhausted));
  BOOST_TEST(quota.available() == 7);
  retries.succeeded();
  BOOST_TEST(quota.available() == 12);
  auth::Retries(kStandard20, 3, quota).succeeded();
  BOOST_TEST(quota.available() == 13);
  BOOST_TEST((auth::Retries(kStandard20, 1, quota).after(Retry::transient, 1, {}, 0).next ==
              Next::attempts_exhausted));
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

// Vectors: the answers to one call, and what version 2.1 makes of each.
namespace {

std::string outcome(auth::Retries::Next next) {
  switch (next) {
    case auth::Retries::Next::send_again:
      return "retryRequest";
    case auth::Retries::Next::final:
      return "final";
    case auth::Retries::Next::attempts_exhausted:
      return "maxAttemptsExceeded";
    case auth::Retries::Next::quota_exhausted:
      return "retryQuotaExceeded";
  }
  return "unknown";
}

int number(const json::object& object, std::string_view name, int otherwise) {
  const auto* value = object.if_contains(name);
  return value == nullptr ? otherwise : value->to_number<int>();
}

void run_vector(const json::object& vector) {
  auth::RetryRules rules = kStandard21;
  rules.longest = milliseconds(number(vector, "maxBackoffMs", static_cast<int>(rules.longest.count())));
  auth::RetryQuota quota(number(vector, "initialTokens", auth::RetryQuota::kCapacity));
  auth::Retries retries(rules, number(vector, "maxAttempts", 3), quota);
  const double random = number(vector, "exponentialBase", 0);
  int attempt = 0;
  for (const auto& value : vector.at("steps").as_array()) {
    ++attempt;
    const auto& response = value.at("response").as_object();
    const auto& expected = value.at("expected").as_object();
    BOOST_TEST_CONTEXT("attempt " << attempt) {
      const int status = number(response, "statusCode", 0);
      std::string said = "success";
      auth::Retries::Verdict verdict;
      if (status == 200) {
        retries.succeeded();
      } else {
        const auto* code = response.if_contains("errorCode");
        const auto* headers = response.if_contains("headers");
        std::optional<milliseconds> asked_for;
        if (headers != nullptr) {
          asked_for = auth::parse_retry_after(std::string(headers->at("x-amz-retry-after").as_string()));
        }
        const Error error = answer(status, code == nullptr ? "" : std::string(code->as_string()));
        verdict = retries.after(auth::classify(error), attempt, asked_for, random);
        said = outcome(verdict.next);
      }
      BOOST_TEST(said == std::string(expected.at("outcome").as_string()));
      BOOST_TEST(quota.available() == number(expected, "retryQuota", -1));
      BOOST_TEST(verdict.pause.count() == number(expected, "delayMs", 0));
    }
  }
}

bool add_vectors(const std::filesystem::path& file) {
  const json::value vectors = test::read_json(file);
  for (const auto& value : vectors.as_array()) {
    const json::object& vector = value.as_object();
    test::add_case("standard-2.1/" + std::string(vector.at("name").as_string()),
                   [vector] { run_vector(vector); });
  }
  return true;
}

const bool own = add_vectors(test::own_cases("retry") / "standard-2.1.json");
const auto folder = test::conformance("retry");
const bool shared =
    folder ? add_vectors(*folder / "standard-2.1-tests.json") : test::add_skipped("retry/standard-2.1");

}  // namespace
