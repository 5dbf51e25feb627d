// Secret bytes live in pages of their own, one mapping for each Secret: the
// kernel leaves them out of core dumps (MADV_DONTDUMP), does not write them to
// the swap where the limit on locked memory allows it (mlock, best effort), and
// no allocator's bookkeeping or reuse comes near them.
//
// A mapping costs some 15 microseconds and 4 KiB; a call of a service makes a
// handful and lasts milliseconds. An arena would save both and need what this
// library does not have: memory that all of the process shares, and a lock on it.
//
// MADV_WIPEONFORK is left out: a server that forks its workers would find zeros
// where its keys were, and AWS would refuse signatures that look sound.
#include <sys/mman.h>

#include <algorithm>
#include <new>
#include <utility>

#include "base/crypto.h"
#include "crosslog/credentials.h"

namespace crosslog {
namespace {

// The kernel rounds `size` up to whole pages.
char* map_pages(std::size_t size) {
  void* pages = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) throw std::bad_alloc();
  (void)madvise(pages, size, MADV_DONTDUMP);
  (void)mlock(pages, size);
  return static_cast<char*>(pages);
}

void unmap_pages(char* pages, std::size_t size) noexcept {
  if (pages == nullptr) return;
  base::wipe(pages, size);
  (void)munmap(pages, size);
}

}  // namespace

Secret::Secret(std::string_view value) : size_(value.size()) {
  if (value.empty()) return;
  bytes_ = map_pages(value.size());
  std::ranges::copy(value, bytes_);
}

Secret::Secret(const Secret& other) : Secret(other.reveal()) {}

Secret::Secret(Secret&& other) noexcept
    : bytes_(std::exchange(other.bytes_, nullptr)), size_(std::exchange(other.size_, 0)) {}

Secret& Secret::operator=(Secret other) noexcept {
  std::swap(bytes_, other.bytes_);
  std::swap(size_, other.size_);
  return *this;
}

Secret::~Secret() {
  unmap_pages(bytes_, size_);
}

bool Secret::equals(std::string_view other) const noexcept {
  return base::equal_in_constant_time(reveal(), other);
}

}  // namespace crosslog
