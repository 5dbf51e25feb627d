#include "base/fresh_memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>

namespace crosslog::base {
namespace {

constexpr int kPopulateWrite = 23;  // MADV_POPULATE_WRITE
constexpr std::size_t kLittle = 64 << 10;
// What a peer only promises to send is not taken from the machine all at once.
constexpr std::size_t kMost = 4 << 20;

}  // namespace

void bring_in(void* memory, std::size_t size) noexcept {
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  const auto at = reinterpret_cast<std::uintptr_t>(memory);
  const std::uintptr_t begin = (at + page - 1) / page * page;
  const std::uintptr_t end = (at + std::min(size, kMost)) / page * page;
  if (end < begin + kLittle) return;
  unsigned char there = 0;
  if (mincore(reinterpret_cast<void*>(end - page), page, &there) != 0 || (there & 1) != 0) return;
  (void)madvise(reinterpret_cast<void*>(begin), end - begin, kPopulateWrite);
}

}  // namespace crosslog::base
