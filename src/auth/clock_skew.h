// How far this machine's clock is off, read from the Date header of any answer
// (the AWS SDKs' clock skew correction of 2026). A signature is good for five
// minutes, so what is more than four off gets signed again at the right time.
#ifndef CROSSLOG_SRC_AUTH_CLOCK_SKEW_H_
#define CROSSLOG_SRC_AUTH_CLOCK_SKEW_H_

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include "crosslog/clock.h"
#include "crosslog/http.h"

namespace crosslog::auth {

inline constexpr std::chrono::minutes kSkewThreshold{4};

// Date - the middle between sending and receiving. nullopt when it cannot be
// trusted: an Age header (a cache answered), no or no valid Date, more than 15
// minutes on the way, or a clock that was set back meanwhile.
[[nodiscard]] std::optional<std::chrono::milliseconds> observed_skew(const std::vector<Header>& headers,
                                                                     TimePoint sent,
                                                                     TimePoint received) noexcept;

// Whether the service may have refused because of the clock: a code that says so
// or hides it, and more than four minutes of skew.
[[nodiscard]] bool is_clock_skew(std::string_view aws_code, std::chrono::milliseconds skew) noexcept;

}  // namespace crosslog::auth

#endif  // CROSSLOG_SRC_AUTH_CLOCK_SKEW_H_
