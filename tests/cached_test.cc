#define BOOST_TEST_MODULE cached
#include <algorithm>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <condition_variable>
#include <latch>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "crosslog/providers.h"
#include "tests/support/conformance.h"
#include "tests/support/fake_clock.h"
#include "tests/support/json.h"
#include "tests/support/providers.h"

using namespace crosslog;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

struct Scene {
  explicit Scene(double random = 0.4, std::optional<seconds> window = {})
      : cached(make_cached(make_reference(source), clock, test::always(random), window)) {}

  [[nodiscard]] Credentials until(std::string key, milliseconds lifetime) {
    return test::keys(std::move(key), "token", clock.now() + lifetime);
  }
  std::string key() {
    const auto got = cached->get({});
    return got ? got->access_key_id : std::string("error ") + name(got.error().code);
  }

  test::FakeClock clock;
  test::ScriptedProvider source;
  ProviderPtr cached;
};

// Says what it was last told to say.
class Source : public CredentialProvider {
 public:
  Result<Credentials> get(std::stop_token) override {
    ++calls;
    return answer;
  }
  Result<Credentials> answer = fail(Errc::invalid_argument, "nobody should have asked");
  int calls = 0;
};

// A vector of credential-refresh-tests.json, step by step.
class Vector {
 public:
  explicit Vector(const json::object& vector) : vector_(vector) {}

  void run() {
    const auto& given = vector_.at("given").as_object();
    std::optional<seconds> window;
    if (const auto* configured = given.if_contains("configuredAdvisoryWindowSeconds")) {
      window = seconds(configured->to_number<int>());
    }
    double random = 0;
    if (const auto* backoff = given.if_contains("refreshBackoffSeconds")) {
      random = (backoff->to_number<double>() - 300) / 300;
    }
    cached_ = make_cached(make_reference(source_), clock_, test::always(random), window);
    if (const auto* key = given.if_contains("accessKeyId")) cached_key_ = std::string(key->as_string());
    load(given.at("cachedCredentials").as_string());
    const auto& steps = vector_.at("steps").as_array();
    for (std::size_t i = 0; i < steps.size(); ++i) {
      BOOST_TEST_CONTEXT("step " << i) {
        step(steps[i].as_object());
      }
    }
  }

 private:
  // Credentials of an hour, some time ago.
  void load(std::string_view state) {
    if (state == "none") return;
    source_.answer = test::keys(cached_key_, "token", clock_.now() + hours(1));
    BOOST_REQUIRE(cached_->get({}));
    if (state == "advisory") clock_.advance(minutes(50));
    if (state == "mandatory") clock_.advance(minutes(59) + seconds(30));
    if (state == "expired") clock_.advance(minutes(61));
  }

  void step(const json::object& step) {
    const std::string_view type = step.at("type").as_string();
    if (type == "advanceTime") clock_.advance(seconds(step.at("seconds").to_number<int>()));
    if (type == "invalidate") cached_->invalidate(std::string(step.at("rejectedAccessKeyId").as_string()));
    if (type == "getCredentials") get(step);
  }

  void get(const json::object& step) {
    const auto* lifetime = step.if_contains("lifetimeSeconds");
    const seconds lives = lifetime == nullptr ? hours(1) : seconds(lifetime->to_number<int>());
    const auto* response = step.if_contains("response");
    source_.answer = answer(response == nullptr ? "" : std::string_view(response->as_string()), lives);
    const int before = source_.calls;
    const auto got = cached_->get({});
    const auto& expected = step.at("expected").as_object();
    BOOST_TEST(result(got) == std::string(expected.at("result").as_string()), "result");
    BOOST_TEST((source_.calls > before) == expected.at("sourceContacted").as_bool(), "source contacted");
    // A refresh that is due, and that only the backoff holds.
    if (expected.at("rateLimited").as_bool()) BOOST_TEST(source_.calls == before, "rate limited");
    if (const auto* window = expected.if_contains("advisoryWindowSeconds")) {
      check_window(lives, seconds(window->to_number<int>()));
    }
  }

  Result<Credentials> answer(std::string_view kind, seconds lives) {
    if (kind == "freshCredentials") return test::keys("AKID-NEW", "token", clock_.now() + lives);
    if (kind == "staleCredentials") return test::keys("AKID-STALE", "token", clock_.now());
    Error error = fail(Errc::network, "no answer").error();
    if (kind == "nonRecoverableError") {
      error.code = Errc::access_denied;
      error.http_status = 403;
      error.aws_code = "AccessDenied";
    }
    return std::unexpected(error);
  }

  std::string result(const Result<Credentials>& got) const {
    if (!got) return got.error().aws_code == "AccessDenied" ? "nonRecoverableError" : "error";
    if (got->access_key_id == cached_key_) return "cachedCredentials";
    return got->access_key_id == "AKID-NEW" ? "newCredentials" : got->access_key_id;
  }

  // Asks until just before the window, and then in it.
  void check_window(seconds lives, seconds window) {
    source_.answer = test::keys("AKID-NEW", "token", clock_.now() + lives);
    const int before = source_.calls;
    clock_.advance(lives - window - seconds(1));
    BOOST_REQUIRE(cached_->get({}));
    BOOST_TEST(source_.calls == before, "before the window");
    clock_.advance(seconds(1));
    BOOST_REQUIRE(cached_->get({}));
    BOOST_TEST(source_.calls == before + 1, "in the window");
  }

  const json::object vector_;
  test::FakeClock clock_;
  Source source_;
  ProviderPtr cached_;
  std::string cached_key_ = "AKID-CACHED";
};

void add_from(const fs::path& file, const std::string& prefix) {
  const auto vectors = test::read_json(file);
  for (const auto& vector : vectors.as_array()) {
    const auto object = vector.as_object();
    test::add_case(prefix + std::string(object.at("id").as_string()), [object] { Vector(object).run(); });
  }
}

bool add_cases() {
  add_from(test::own_cases("providers") / "credential-refresh-tests.json", "own/");
  const auto shared = test::conformance("profiles");
  if (!shared) return test::add_skipped("profiles/credential-refresh-tests.json");
  add_from(*shared / "credential-refresh-tests.json", "credential-refresh/");
  return true;
}

const bool kAdded = add_cases();

// A source that answers when it is told to.
class SlowSource : public CredentialProvider {
 public:
  Result<Credentials> get(std::stop_token stop) override {
    std::unique_lock lock(mutex_);
    ++calls_;
    changed_.notify_all();
    changed_.wait(lock, stop, [this] { return open_; });
    if (stop.stop_requested()) return fail(Errc::cancelled, "Cancelled");
    return answer_;
  }
  void wait_for_calls(int calls) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return calls_ >= calls; });
  }
  void answer(Result<Credentials> answer) {
    const std::lock_guard lock(mutex_);
    answer_ = std::move(answer);
    open_ = true;
    changed_.notify_all();
  }
  void close() {
    const std::lock_guard lock(mutex_);
    open_ = false;
  }
  int calls() {
    const std::lock_guard lock(mutex_);
    return calls_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool open_ = false;
  int calls_ = 0;
  Result<Credentials> answer_;
};

}  // namespace

BOOST_AUTO_TEST_CASE(long_lived_keys_are_asked_for_once) {
  Scene scene;
  scene.source.then(test::keys("AKID"));
  for (int i = 0; i < 3; ++i) {
    BOOST_TEST(scene.key() == "AKID");
    scene.clock.advance(hours(24 * 365));
  }
  BOOST_TEST(scene.source.calls() == 1);
}

BOOST_AUTO_TEST_CASE(the_window_goes_by_the_lifetime) {
  struct Row {
    milliseconds lifetime;
    minutes window;
  };
  for (const Row& row : {Row{minutes(15), minutes(5)},
                         {minutes(20), minutes(5)},
                         {minutes(20) + milliseconds(1), minutes(15)},
                         {hours(1), minutes(15)},
                         {minutes(90) - milliseconds(1), minutes(15)},
                         {minutes(90), minutes(60)},
                         {hours(12), minutes(60)}}) {
    Scene scene;
    scene.source.then(scene.until("FIRST", row.lifetime)).then(test::keys("SECOND"));
    BOOST_TEST(scene.key() == "FIRST");
    scene.clock.advance(row.lifetime - row.window - milliseconds(1));
    BOOST_TEST(scene.key() == "FIRST");
    scene.clock.advance(milliseconds(1));
    BOOST_TEST(scene.key() == "SECOND");
  }
}

BOOST_AUTO_TEST_CASE(a_failed_refresh_keeps_what_there_is_and_waits) {
  Scene scene(0.4);  // 300 + 0.4 * 300 s
  scene.source.then(scene.until("FIRST", hours(1))).then(Errc::network);
  BOOST_TEST(scene.key() == "FIRST");
  scene.clock.advance(minutes(50));
  BOOST_TEST(scene.key() == "FIRST");
  BOOST_TEST(scene.source.calls() == 2);
  scene.clock.advance(seconds(420) - milliseconds(1));
  BOOST_TEST(scene.key() == "FIRST");
  BOOST_TEST(scene.source.calls() == 2);
  scene.clock.advance(milliseconds(1));
  BOOST_TEST(scene.key() == "FIRST");
  BOOST_TEST(scene.source.calls() == 3);
}

BOOST_AUTO_TEST_CASE(the_first_failure_is_passed_on_and_not_kept) {
  Scene scene;
  scene.source.then(Errc::not_configured).then(Errc::network).then(test::keys("AKID"));
  BOOST_TEST(scene.key() == "error not_configured");
  BOOST_TEST(scene.key() == "error network");
  BOOST_TEST(scene.key() == "AKID");
}

BOOST_AUTO_TEST_CASE(expired_ones_are_better_than_none) {
  Scene scene;
  scene.source.then(scene.until("FIRST", seconds(-1)));
  BOOST_TEST(scene.key() == "FIRST");
  BOOST_TEST(scene.key() == "FIRST");
  BOOST_TEST(scene.source.calls() == 1);
  scene.clock.advance(minutes(10));
  BOOST_TEST(scene.key() == "FIRST");
  BOOST_TEST(scene.source.calls() == 2);
}

BOOST_AUTO_TEST_CASE(a_person_is_told_of_expired_ones) {
  Scene scene(0);
  scene.source.then(scene.until("FIRST", hours(1)))
      .then(Errc::network, "no route")
      .then(scene.until("SECOND", hours(9)));
  BOOST_TEST(scene.cached->get({})->warning == "");
  scene.clock.advance(minutes(58));
  BOOST_TEST(scene.cached->get({})->warning == "");  // it failed, but they are good still
  scene.clock.advance(minutes(2));
  const std::string warning =
      "The credentials (test) expired at 2026-01-01T01:00:00+00:00 and are used nevertheless: asking for new "
      "ones failed: no route";
  BOOST_TEST(scene.cached->get({})->warning == warning);
  BOOST_TEST(scene.cached->get({})->warning == warning);
  BOOST_TEST(scene.source.calls() == 2);
  scene.clock.advance(minutes(5));
  BOOST_TEST(scene.cached->get({})->warning == "");
  BOOST_TEST(scene.key() == "SECOND");
}

BOOST_AUTO_TEST_CASE(a_person_is_told_of_a_source_that_gives_expired_ones) {
  Scene scene;
  scene.source.then(scene.until("FIRST", seconds(-1)));
  for (int i = 0; i < 2; ++i) {
    BOOST_TEST(scene.cached->get({})->warning ==
               "The credentials (test) expired at 2025-12-31T23:59:59+00:00 and are used nevertheless: their "
               "source has no newer ones");
  }
}

// A single sign-on that ran out: no request was made, and none would help.
BOOST_AUTO_TEST_CASE(an_ended_sign_in_is_passed_on_at_once) {
  Scene scene;
  scene.source.then(scene.until("FIRST", hours(1)))
      .then(Errc::expired_token, "The SSO session has expired")
      .then(test::keys("SECOND"));
  BOOST_TEST(scene.key() == "FIRST");
  scene.clock.advance(minutes(50));
  BOOST_TEST(scene.key() == "error expired_token");
  scene.clock.advance(seconds(5));
  BOOST_TEST(scene.key() == "SECOND");
}

BOOST_AUTO_TEST_CASE(decisions_of_sts_are_passed_on) {
  for (const char* code :
       {"AccessDenied", "AccessDeniedException", "IDPRejectedClaim", "InvalidIdentityToken",
        "MalformedPolicyDocument", "PackedPolicyTooLarge", "RegionDisabledException"}) {
    Scene scene;
    scene.source.then(scene.until("FIRST", hours(1)))
        .then(Errc::service, "no", code)
        .then(test::keys("SECOND"));
    BOOST_TEST(scene.key() == "FIRST");
    scene.clock.advance(minutes(50));
    BOOST_TEST(scene.key() == "error service");
    scene.clock.advance(milliseconds(4999));
    BOOST_TEST(scene.key() == "error service");
    BOOST_TEST(scene.source.calls() == 2);
    scene.clock.advance(milliseconds(1));
    BOOST_TEST(scene.key() == "SECOND");
  }
}

BOOST_AUTO_TEST_CASE(invalidating_asks_again) {
  Scene scene;
  scene.source.then(test::keys("FIRST")).then(test::keys("SECOND"));
  BOOST_TEST(scene.key() == "FIRST");
  scene.cached->invalidate("OTHER");
  BOOST_TEST(scene.key() == "FIRST");
  scene.cached->invalidate("FIRST");
  BOOST_TEST(scene.key() == "SECOND");
  BOOST_TEST(scene.key() == "SECOND");
  BOOST_TEST(scene.source.calls() == 2);
  BOOST_TEST((scene.source.invalidated() == std::vector<std::string>{"OTHER", "FIRST"}));
}

BOOST_AUTO_TEST_CASE(setting_the_wall_clock_back_does_not_prolong_a_backoff) {
  Scene scene(0);
  scene.source.then(scene.until("FIRST", hours(1))).then(Errc::network).then(test::keys("SECOND"));
  BOOST_TEST(scene.key() == "FIRST");
  scene.clock.advance(minutes(50));
  BOOST_TEST(scene.key() == "FIRST");
  scene.clock.set(scene.clock.now() - minutes(1));
  scene.clock.advance(minutes(5));
  BOOST_TEST(scene.key() == "SECOND");
}

BOOST_AUTO_TEST_CASE(a_stop_is_no_failure) {
  Scene scene;
  scene.source.then(scene.until("FIRST", hours(1))).then(Errc::cancelled).then(test::keys("SECOND"));
  BOOST_TEST(scene.key() == "FIRST");
  scene.clock.advance(minutes(50));
  BOOST_TEST(scene.key() == "error cancelled");
  BOOST_TEST(scene.key() == "SECOND");
}

BOOST_AUTO_TEST_CASE(one_thread_refreshes_and_the_others_go_on) {
  test::FakeClock clock;
  SlowSource source;
  const auto cached = make_cached(make_reference(source), clock, test::always(0));
  source.answer(test::keys("FIRST", "token", clock.now() + hours(1)));
  BOOST_REQUIRE(cached->get({}));
  source.close();
  clock.advance(minutes(50));
  std::string refreshed;
  std::jthread refresher([&] { refreshed = cached->get({})->access_key_id; });
  source.wait_for_calls(2);
  for (int i = 0; i < 10; ++i)
    BOOST_TEST(cached->get({})->access_key_id == "FIRST");
  source.answer(test::keys("SECOND", "token", clock.now() + hours(1)));
  refresher.join();
  BOOST_TEST(refreshed == "SECOND");
  BOOST_TEST(cached->get({})->access_key_id == "SECOND");
  BOOST_TEST(source.calls() == 2);
}

BOOST_AUTO_TEST_CASE(the_first_fetch_is_shared) {
  for (const bool good : {true, false}) {
    test::FakeClock clock;
    SlowSource source;
    const auto cached = make_cached(make_reference(source), clock, test::always(0));
    std::atomic<int> got = 0;
    std::atomic<int> failed = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < 16; ++i) {
      threads.emplace_back([&] { ++(cached->get({}) ? got : failed); });
    }
    source.wait_for_calls(1);
    source.answer(good ? Result<Credentials>(test::keys("AKID")) : fail(Errc::network, "no"));
    threads.clear();
    BOOST_TEST(got.load() == (good ? 16 : 0));
    BOOST_TEST(failed.load() == (good ? 0 : 16));
    if (good) BOOST_TEST(source.calls() == 1);
  }
}

// P1: one refreshes, and as long as it hangs 63 threads work on with what is valid.
BOOST_AUTO_TEST_CASE(a_refresh_that_hangs_holds_nobody_up) {
  constexpr int kOthers = 63;
  test::FakeClock clock;
  SlowSource source;
  const auto cached = make_cached(make_reference(source), clock, test::always(0));
  source.answer(test::keys("FIRST", "token", clock.now() + hours(1)));
  BOOST_REQUIRE(cached->get({}));
  source.close();
  clock.advance(minutes(50));
  std::string refreshed;
  std::jthread refresher([&] { refreshed = cached->get({})->access_key_id; });
  source.wait_for_calls(2);
  std::atomic<int> old_ones = 0;
  std::latch all_have_worked(kOthers);
  std::latch new_ones_are_there(1);
  std::atomic<int> new_ones = 0;
  std::vector<std::jthread> others;
  for (int i = 0; i < kOthers; ++i) {
    others.emplace_back([&] {
      const auto before = cached->get({});
      old_ones += before && before->access_key_id == "FIRST" && *before->expires > clock.now() ? 1 : 0;
      all_have_worked.count_down();
      new_ones_are_there.wait();
      const auto after = cached->get({});
      new_ones += after && after->access_key_id == "SECOND" ? 1 : 0;
    });
  }
  all_have_worked.wait();
  BOOST_TEST(source.calls() == 2);
  source.answer(test::keys("SECOND", "token", clock.now() + hours(1)));
  refresher.join();
  new_ones_are_there.count_down();
  others.clear();
  BOOST_TEST(refreshed == "SECOND");
  BOOST_TEST(old_ones.load() == kOthers);
  BOOST_TEST(new_ones.load() == kOthers);
  BOOST_TEST(source.calls() == 2);
}

// P2: whoever wants to destroy a provider asks its calls to stop, and they end.
BOOST_AUTO_TEST_CASE(calls_under_way_end_when_they_are_stopped) {
  constexpr int kThreads = 16;
  test::FakeClock clock;
  SlowSource source;
  auto cached = make_cached(make_reference(source), clock, test::always(0));
  std::stop_source stop;
  std::atomic<int> cancelled = 0;
  std::latch begun(kThreads);
  std::vector<std::jthread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      begun.count_down();
      const auto got = cached->get(stop.get_token());
      cancelled += !got && got.error().code == Errc::cancelled ? 1 : 0;
    });
  }
  begun.wait();
  source.wait_for_calls(1);
  stop.request_stop();
  threads.clear();
  cached.reset();
  BOOST_TEST(cancelled.load() == kThreads);
}

BOOST_AUTO_TEST_CASE(credentials_that_expire_under_many_threads) {
  test::FakeClock clock;
  test::ScriptedProvider source;
  std::atomic<int> at_once = 0;
  std::atomic<int> most_at_once = 0;
  source.then([&](std::stop_token) -> Result<Credentials> {
    most_at_once = std::max(most_at_once.load(), ++at_once);
    std::this_thread::yield();
    --at_once;
    return test::keys("AKID", "token", clock.now() + minutes(15));
  });
  const auto cached = make_cached(make_reference(source), clock, test::always(0));
  std::atomic<int> good = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 64; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 50; ++n) {
        clock.advance(seconds(7));
        if (n % 10 == 0) cached->invalidate("AKID");
        good += cached->get({}) ? 1 : 0;
      }
    });
  }
  threads.clear();
  BOOST_TEST(good.load() == 64 * 50);
  BOOST_TEST(most_at_once.load() == 1);
}

BOOST_AUTO_TEST_CASE(a_waiting_thread_can_be_stopped) {
  test::FakeClock clock;
  SlowSource source;
  const auto cached = make_cached(make_reference(source), clock, test::always(0));
  std::jthread first([&](std::stop_token stop) { (void)cached->get(stop); });
  source.wait_for_calls(1);
  std::stop_source stop;
  Errc code = Errc::service;
  std::jthread second([&] { code = cached->get(stop.get_token()).error().code; });
  stop.request_stop();
  second.join();
  BOOST_TEST((code == Errc::cancelled));
  BOOST_TEST(source.calls() == 1);
}

BOOST_AUTO_TEST_CASE(when_the_refreshing_caller_stops_another_takes_over) {
  test::FakeClock clock;
  SlowSource source;
  const auto cached = make_cached(make_reference(source), clock, test::always(0));
  std::jthread first([&](std::stop_token stop) { (void)cached->get(stop); });
  source.wait_for_calls(1);
  std::string key;
  std::jthread second([&] { key = cached->get({})->access_key_id; });
  first.request_stop();
  source.wait_for_calls(2);
  source.answer(test::keys("AKID"));
  second.join();
  BOOST_TEST(key == "AKID");
}
