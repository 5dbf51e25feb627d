// The machine's clocks and its randomness.
#include "crosslog/clock.h"

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "base/crypto.h"

namespace crosslog {
namespace {

// Longer waits would overflow the nanoseconds of the steady clock.
constexpr std::chrono::hours kLongestSleep{24 * 365};

class SystemClock final : public Clock {
 public:
  TimePoint now() noexcept override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }

  std::chrono::steady_clock::time_point steady_now() noexcept override {
    return std::chrono::steady_clock::now();
  }

  bool sleep_for(std::chrono::milliseconds d, std::stop_token stop) override {
    std::mutex mutex;
    std::condition_variable_any nobody;  // only `stop` wakes it
    std::unique_lock lock(mutex);
    nobody.wait_for(lock, stop, std::min<std::chrono::milliseconds>(d, kLongestSleep), [] { return false; });
    return !stop.stop_requested();
  }
};

}  // namespace

Clock& system_clock() noexcept {
  static SystemClock clock;
  return clock;
}

// The upper 53 bits of a random number: each double in [0, 1) with that many bits
// is equally likely.
Random system_random() {
  return [] {
    std::uint64_t bits = 0;
    base::fill_random(&bits, sizeof(bits));
    return static_cast<double>(bits >> 11) * 0x1p-53;
  };
}

}  // namespace crosslog
