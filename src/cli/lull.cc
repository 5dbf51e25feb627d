#include "cli/lull.h"

#include <algorithm>
#include <utility>

namespace crosslog::cli {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kAtFullPace = 10;
constexpr milliseconds kShortestWait{50}, kLongestWait{1'000}, kSilence{5'000};

}  // namespace

Lull::Lull(Clock& clock, Note note, std::stop_token stop)
    : clock_(clock), note_(std::move(note)), stop_(std::move(stop)), told_(clock.steady_now()) {}

void Lull::tell(std::string_view progress) {
  const auto now = clock_.steady_now();
  if (now - told_ < kSilence) return;
  told_ = now;
  if (note_) note_(progress);
}

bool Lull::wait(std::string_view progress) {
  tell(progress);
  if (++count_ <= kAtFullPace) return !stop_.stop_requested();
  const std::size_t doublings = std::min<std::size_t>(count_ - kAtFullPace - 1, 10);
  return clock_.sleep_for(std::min(kShortestWait * (1 << doublings), kLongestWait), stop_);
}

}  // namespace crosslog::cli
