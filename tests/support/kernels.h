// The string kernels that a test goes through: all that run here and the model of
// AVX-512, or the one that CROSSLOG_DECODER names. The library itself reads no
// such variable: it takes the fastest.
#ifndef CROSSLOG_TESTS_SUPPORT_KERNELS_H_
#define CROSSLOG_TESTS_SUPPORT_KERNELS_H_

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "tests/support/avx512_model.h"
#include "wire/string_kernel.h"

namespace crosslog::test {

inline std::vector<wire::StringKernel> kernels() {
  const auto runnable = wire::string_kernels();
  std::vector<wire::StringKernel> kernels(runnable.begin(), runnable.end());
#if defined(__x86_64__)
  kernels.push_back(kAvx512Model);
#endif
  if (const char* const only = std::getenv("CROSSLOG_DECODER"); only != nullptr)
    std::erase_if(kernels, [=](const auto& kernel) { return kernel.name != std::string_view(only); });
  return kernels;
}

}  // namespace crosslog::test

#endif  // CROSSLOG_TESTS_SUPPORT_KERNELS_H_
