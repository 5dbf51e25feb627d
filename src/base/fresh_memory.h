// Memory that is about to be written from one end to the other.
#ifndef CROSSLOG_SRC_BASE_FRESH_MEMORY_H_
#define CROSSLOG_SRC_BASE_FRESH_MEMORY_H_

#include <cstddef>

namespace crosslog::base {

// Asks the kernel for the pages within it at once instead of one fault after the
// other, which costs a page of events as much as reading it does. Nothing changes
// where they are there already, where it is little, and before Linux 5.14.
void bring_in(void* memory, std::size_t size) noexcept;

}  // namespace crosslog::base

#endif  // CROSSLOG_SRC_BASE_FRESH_MEMORY_H_
