// Secret bytes live in one allocation of exactly their size, so that no growth
// leaves a copy behind, and are wiped before the allocation goes back.
#include <algorithm>
#include <utility>

#include "base/crypto.h"
#include "crosslog/credentials.h"

namespace crosslog {

Secret::Secret(std::string_view value) : size_(value.size()) {
  if (value.empty()) return;
  bytes_ = std::make_unique_for_overwrite<char[]>(value.size());
  std::ranges::copy(value, bytes_.get());
}

Secret::Secret(const Secret& other) : Secret(other.reveal()) {}

Secret::Secret(Secret&& other) noexcept
    : bytes_(std::move(other.bytes_)), size_(std::exchange(other.size_, 0)) {}

Secret& Secret::operator=(Secret other) noexcept {
  std::swap(bytes_, other.bytes_);
  std::swap(size_, other.size_);
  return *this;
}

Secret::~Secret() {
  if (bytes_) base::wipe(bytes_.get(), size_);
}

}  // namespace crosslog
