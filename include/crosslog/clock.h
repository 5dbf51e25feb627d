// Time as a dependency: tests turn the hands.
#ifndef CROSSLOG_CLOCK_H_
#define CROSSLOG_CLOCK_H_

#include <chrono>
#include <functional>
#include <stop_token>

namespace crosslog {

using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  // Wall time, for signatures and expiry.
  virtual TimePoint now() noexcept = 0;
  // For timeouts and intervals: never jumps.
  virtual std::chrono::steady_clock::time_point steady_now() noexcept = 0;
  // Returns false when `stop` ended the wait.
  virtual bool sleep_for(std::chrono::milliseconds d, std::stop_token stop) = 0;
};

// The clock of this machine. Lives for ever.
[[nodiscard]] Clock& system_clock() noexcept;

// Uniform in [0, 1). Thread-safe. Given where jitter is needed, so that tests
// choose it.
using Random = std::function<double()>;
[[nodiscard]] Random system_random();

}  // namespace crosslog

#endif  // CROSSLOG_CLOCK_H_
