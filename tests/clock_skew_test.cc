#define BOOST_TEST_MODULE clock_skew
#include "auth/clock_skew.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "auth/signed_call.h"
#include "base/time.h"
#include "tests/support/conformance.h"
#include "tests/support/fake_clock.h"
#include "tests/support/json.h"
#include "tests/support/providers.h"
#include "tests/support/scripted_transport.h"

using namespace crosslog;
using auth::observed_skew;
using std::chrono::milliseconds;
using std::chrono::seconds;
namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

constexpr TimePoint kSent = test::kNewYear2026;

TimePoint time_of(const json::value& text) {
  const auto time = base::parse_iso8601(std::string(text.as_string()));
  BOOST_REQUIRE_MESSAGE(time, "the vector's time " << text);
  return *time;
}

seconds seconds_of(const json::value& number) {
  return seconds(number.to_number<std::int64_t>());
}

// The code that the vector gives travels in a header of its own.
Error decode_error(const HttpResponse& response) {
  Error error;
  error.code = Errc::service;
  error.http_status = response.status;
  error.aws_code = find_header(response.headers, "x-test-code");
  return error;
}

class Vector {
 public:
  explicit Vector(const json::object& test) : test_(test) { provider_.then(test::keys()); }

  void run() {
    const auto& operations = test_.at("operations").as_array();
    for (std::size_t i = 0; i < operations.size(); ++i) {
      BOOST_TEST_CONTEXT("operation " << i) {
        run(operations[i].as_object());
      }
    }
  }

 private:
  static Result<HttpResponse> answer(const json::object& response) {
    HttpResponse out;
    out.status = static_cast<int>(response.at("statusCode").to_number<int>());
    if (const auto* headers = response.if_contains("headers")) {
      for (const auto& [name, value] : headers->as_object()) {
        out.headers.push_back({std::string(name), std::string(value.as_string())});
      }
    }
    if (const auto* code = response.if_contains("errorCode")) {
      out.headers.push_back({"x-test-code", std::string(code->as_string())});
    }
    return out;
  }

  Result<void> call() {
    HttpRequest request;
    request.method = "POST";
    request.origin = "https://example.amazonaws.com";
    return call_->run("Operation", std::move(request), decode_error,
                      [](HttpResponse) -> Result<void> { return {}; }, {});
  }

  // A client that has learned its skew from an answer that shows it.
  void make_client(const json::object& operation) {
    const auto* most = operation.if_contains("maxAttempts");
    make_client(most == nullptr ? 3 : most->to_number<int>());
    const seconds skew = seconds_of(operation.at("initialClientSkew"));
    if (skew == seconds(0)) return;
    const auto date = base::http_date(clock_.now() + skew);
    transport_.reply(200, "", {{"date", date}});
    BOOST_REQUIRE(call());
  }

  void make_client(int max_attempts) {
    ClientOptions options;
    options.endpoint = test::endpoint("https://example.amazonaws.com");
    options.max_attempts = max_attempts;
    options.random = test::always(0);
    call_ = std::make_unique<SignedCall>(transport_, clock_, provider_, std::move(options));
  }

  // The time that the last request was signed with.
  [[nodiscard]] TimePoint signed_at() const {
    const auto requests = transport_.requests();
    const auto time = base::parse_amz_date(find_header(requests.back().headers, "x-amz-date"));
    BOOST_REQUIRE(time);
    return *time;
  }

  void run(const json::object& operation) {
    if (!call_ || operation.contains("maxAttempts")) make_client(operation);
    const auto& attempts = operation.at("attempts").as_array();
    for (const auto& attempt : attempts) {
      transport_.then([this, &attempt](const HttpRequest&) {
        BOOST_TEST(base::amz_date(signed_at()) == base::amz_date(time_of(attempt.at("expectedSigningTime"))),
                   "signing time");
        clock_.set(time_of(attempt.at("clientTimeAtReceive")));
        return answer(attempt.at("response").as_object());
      });
    }
    clock_.set(time_of(attempts.at(0).at("clientTimeAtSend")));
    const auto before = transport_.count();
    const auto outcome = call();
    BOOST_TEST(transport_.count() - before == attempts.size(), "number of attempts");
    BOOST_TEST(outcome.has_value() == (operation.at("expectedOutcome").as_string() == "success"), "outcome");
    transport_.reply(200);
    BOOST_REQUIRE(call());
    BOOST_TEST((signed_at() - clock_.now()).count() ==
                   milliseconds(seconds_of(operation.at("expectedClientSkew"))).count(),
               "skew of the client afterwards");
  }

  const json::object test_;
  test::FakeClock clock_;
  test::ScriptedTransport transport_;
  test::ScriptedProvider provider_;
  std::unique_ptr<SignedCall> call_;
};

void run_classification(const json::object& vector) {
  const auto& code = vector.at("errorCode");
  const bool skewed = vector.at("hasObservedSkew").as_bool() &&
                      auth::is_clock_skew(code.is_null() ? "" : std::string(code.as_string()),
                                          seconds_of(vector.at("observedSkewSeconds")));
  BOOST_TEST(skewed == vector.at("retryableAsClockSkew").as_bool());
}

void add_from(const fs::path& folder, const std::string& prefix) {
  const auto tests = test::read_json(folder / "clock-skew-test-cases.json");
  for (const auto& test : tests.at("tests").as_array()) {
    const auto vector = test.as_object();
    test::add_case(prefix + std::string(vector.at("description").as_string()),
                   [vector] { Vector(vector).run(); });
  }
  const auto classification = test::read_json(folder / "clock-skew-classification.json");
  for (const auto& test : classification.as_array()) {
    const auto vector = test.as_object();
    test::add_case(prefix + std::string(vector.at("name").as_string()),
                   [vector] { run_classification(vector); });
  }
}

bool add_cases() {
  add_from(test::own_cases("retry"), "own/");
  const auto shared = test::conformance("retry");
  if (!shared) return test::add_skipped("retry");
  add_from(*shared, "retry/");
  return true;
}

const bool kAdded = add_cases();

std::vector<Header> dated(TimePoint date) {
  return {{"date", base::http_date(date)}};
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_middle_of_the_round_trip_counts) {
  const auto skew = observed_skew(dated(kSent + seconds(3600)), kSent, kSent + seconds(20));
  BOOST_REQUIRE(skew);
  BOOST_TEST((*skew == seconds(3590)));
}

BOOST_AUTO_TEST_CASE(a_clock_that_is_ahead_gives_a_negative_skew) {
  BOOST_TEST((observed_skew(dated(kSent - seconds(600)), kSent, kSent) == milliseconds(seconds(-600))));
}

BOOST_AUTO_TEST_CASE(an_answer_that_shows_nothing) {
  BOOST_TEST(!observed_skew({}, kSent, kSent));
  BOOST_TEST(!observed_skew({{"date", "yesterday"}}, kSent, kSent));
  BOOST_TEST(!observed_skew({{"date", ""}}, kSent, kSent));
  auto cached = dated(kSent);
  cached.push_back({"Age", "0"});
  BOOST_TEST(!observed_skew(cached, kSent, kSent));
}

BOOST_AUTO_TEST_CASE(a_round_trip_that_cannot_be_measured) {
  BOOST_TEST(observed_skew(dated(kSent), kSent, kSent + std::chrono::minutes(15)).has_value());
  BOOST_TEST(!observed_skew(dated(kSent), kSent, kSent + std::chrono::minutes(15) + milliseconds(1)));
  BOOST_TEST(!observed_skew(dated(kSent), kSent, kSent - milliseconds(1)));
}

BOOST_AUTO_TEST_CASE(four_minutes_either_way) {
  const milliseconds limit = auth::kSkewThreshold;
  BOOST_TEST(!auth::is_clock_skew("SignatureDoesNotMatch", limit));
  BOOST_TEST(auth::is_clock_skew("SignatureDoesNotMatch", limit + milliseconds(1)));
  BOOST_TEST(!auth::is_clock_skew("SignatureDoesNotMatch", -limit));
  BOOST_TEST(auth::is_clock_skew("SignatureDoesNotMatch", -limit - milliseconds(1)));
  BOOST_TEST(auth::is_clock_skew("AuthFailure", limit * 2));
  BOOST_TEST(!auth::is_clock_skew("RequestExpired", limit * 2));
  BOOST_TEST(!auth::is_clock_skew("", limit * 2));
}
