// Asking for the addresses of a name; the build takes one of lookup_system.cc and
// lookup_cares.cc (its option `resolver`).
#ifndef CROSSLOG_SRC_BASE_LOOKUP_H_
#define CROSSLOG_SRC_BASE_LOOKUP_H_

#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

#include "crosslog/error.h"

namespace crosslog::base {

inline constexpr std::chrono::seconds kLookupPatience{5};

// Returns when there is an answer, when `stop` asks, or after kLookupPatience.
[[nodiscard]] Result<std::vector<std::string>> look_up(const std::string& name, const std::stop_token& stop);

[[nodiscard]] std::unexpected<Error> not_resolved(const std::string& name, const std::string& reason,
                                                  Errc code = Errc::network);
[[nodiscard]] std::unexpected<Error> lookup_timed_out(const std::string& name);

}  // namespace crosslog::base

#endif  // CROSSLOG_SRC_BASE_LOOKUP_H_
