// Time that moves when it is told to. Sleeping moves it and returns at once.
#ifndef CROSSLOG_TESTS_SUPPORT_FAKE_CLOCK_H_
#define CROSSLOG_TESTS_SUPPORT_FAKE_CLOCK_H_

#include <chrono>
#include <mutex>
#include <vector>

#include "crosslog/clock.h"

namespace crosslog::test {

// 2026-01-01T00:00:00Z.
inline constexpr TimePoint kNewYear2026{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};

// Thread-safe.
class FakeClock : public Clock {
 public:
  explicit FakeClock(TimePoint now = kNewYear2026) : now_(now) {}

  TimePoint now() noexcept override {
    const std::lock_guard lock(mutex_);
    return now_;
  }
  std::chrono::steady_clock::time_point steady_now() noexcept override {
    const std::lock_guard lock(mutex_);
    return std::chrono::steady_clock::time_point{elapsed_};
  }
  bool sleep_for(std::chrono::milliseconds d, std::stop_token stop) override {
    if (stop.stop_requested()) return false;
    const std::lock_guard lock(mutex_);
    sleeps_.push_back(d);
    now_ += d;
    elapsed_ += d;
    return true;
  }

  // Both hands move on.
  void advance(std::chrono::milliseconds d) {
    const std::lock_guard lock(mutex_);
    now_ += d;
    elapsed_ += d;
  }
  // Somebody set the wall clock: the steady one goes on as before.
  void set(TimePoint now) {
    const std::lock_guard lock(mutex_);
    now_ = now;
  }
  [[nodiscard]] std::vector<std::chrono::milliseconds> sleeps() const {
    const std::lock_guard lock(mutex_);
    return sleeps_;
  }

 private:
  mutable std::mutex mutex_;
  TimePoint now_;
  std::chrono::milliseconds elapsed_{std::chrono::hours{1}};
  std::vector<std::chrono::milliseconds> sleeps_;
};

// "Random" numbers that are all the same.
inline Random always(double value) {
  return [value] { return value; };
}

}  // namespace crosslog::test

#endif  // CROSSLOG_TESTS_SUPPORT_FAKE_CLOCK_H_
