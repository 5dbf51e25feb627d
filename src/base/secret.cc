// Secret bytes live in pages of their own, one mapping for each secret: the
// kernel leaves them out of core dumps (MADV_DONTDUMP), does not write them to
// the swap where the limit on locked memory allows it (mlock, best effort), and
// no allocator's bookkeeping or reuse comes near them. They never change, so
// copies share the mapping, which costs some 15 microseconds and 4 KiB; the last
// one wipes it.
//
// MADV_WIPEONFORK is left out: a server that forks its workers would find zeros
// where its keys were, and AWS would refuse signatures that look sound.
#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <new>
#include <utility>

#include "base/crypto.h"
#include "crosslog/credentials.h"

namespace crosslog {
namespace {

struct Page {
  std::atomic<std::size_t> holders;
  std::size_t size;  // of the mapping, before the kernel rounds it up
};

Page* page_of(char* bytes) noexcept {
  return reinterpret_cast<Page*>(bytes - sizeof(Page));
}

char* map_page(std::string_view value) {
  const std::size_t size = sizeof(Page) + value.size();
  void* const memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  (void)madvise(memory, size, MADV_DONTDUMP);
  (void)mlock(memory, size);
  char* const bytes = static_cast<char*>(memory) + sizeof(Page);
  new (memory) Page{.holders = 1, .size = size};
  std::ranges::copy(value, bytes);
  return bytes;
}

void let_go(char* bytes) noexcept {
  if (bytes == nullptr || page_of(bytes)->holders.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  const std::size_t size = page_of(bytes)->size;
  base::wipe(bytes, size - sizeof(Page));
  (void)munmap(page_of(bytes), size);
}

}  // namespace

Secret::Secret(std::string_view value)
    : bytes_(value.empty() ? nullptr : map_page(value)), size_(value.size()) {}

Secret::Secret(const Secret& other) noexcept : bytes_(other.bytes_), size_(other.size_) {
  if (bytes_ != nullptr) page_of(bytes_)->holders.fetch_add(1, std::memory_order_relaxed);
}

Secret::Secret(Secret&& other) noexcept
    : bytes_(std::exchange(other.bytes_, nullptr)), size_(std::exchange(other.size_, 0)) {}

Secret& Secret::operator=(Secret other) noexcept {
  std::swap(bytes_, other.bytes_);
  std::swap(size_, other.size_);
  return *this;
}

Secret::~Secret() {
  let_go(bytes_);
}

bool Secret::equals(std::string_view other) const noexcept {
  return base::equal_in_constant_time(reveal(), other);
}

}  // namespace crosslog
