// What the readers of JSON in this layer share.
#ifndef CROSSLOG_SRC_WIRE_SMALL_JSON_H_
#define CROSSLOG_SRC_WIRE_SMALL_JSON_H_

#include <algorithm>
#include <span>
#include <string_view>

#include "base/text.h"

namespace crosslog::wire {

using base::kByteOrderMark;

// Whether a name stands twice. Sorts `names`: an object of a million members
// must not cost a million squared.
[[nodiscard]] inline bool has_duplicates(std::span<std::string_view> names) {
  std::ranges::sort(names);
  return std::ranges::adjacent_find(names) != names.end();
}

}  // namespace crosslog::wire

#endif  // CROSSLOG_SRC_WIRE_SMALL_JSON_H_
