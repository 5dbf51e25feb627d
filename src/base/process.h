// A program that is run for what it prints.
#ifndef CROSSLOG_SRC_BASE_PROCESS_H_
#define CROSSLOG_SRC_BASE_PROCESS_H_

#include <chrono>
#include <cstddef>
#include <stop_token>
#include <string>
#include <vector>

#include "crosslog/host.h"

namespace crosslog::base {

struct ProcessLimits {
  std::chrono::milliseconds time{30'000};
  std::size_t bytes = 64u << 10;  // of the output, and of the errors
};

// Host::run. Cancelled within 50 ms.
[[nodiscard]] Result<Completed> run_program(const std::vector<std::string>& words,
                                            const std::stop_token& stop, const ProcessLimits& limits = {});

}  // namespace crosslog::base

#endif  // CROSSLOG_SRC_BASE_PROCESS_H_
