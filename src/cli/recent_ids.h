// Which events came lately, by their ids. Of an id 63 bits are kept: that one event is
// taken for another happens once in some 10^13 events.
#ifndef CROSSLOG_SRC_CLI_RECENT_IDS_H_
#define CROSSLOG_SRC_CLI_RECENT_IDS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

namespace crosslog::cli {

class RecentIds {
 public:
  static constexpr std::size_t kRemembered = 65'536;  // at least, at most twice as many: six full pages

  // False: it is there already.
  bool add(std::string_view id) {
    const std::uint64_t print = std::hash<std::string_view>{}(id) | 1;
    if (older_.contains(print) || !newer_.add(print)) return false;
    if (newer_.size() == kRemembered) older_ = std::exchange(newer_, {});
    return true;
  }
  void clear() {
    newer_ = {};
    older_ = {};
  }

 private:
  // Open addressing, at most half full. No value is 0.
  class Set {
   public:
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool contains(std::uint64_t value) const noexcept {
      return size_ != 0 && slots_[place_of(value)] == value;
    }
    bool add(std::uint64_t value) {
      if (2 * size_ >= slots_.size()) grow();
      std::uint64_t& slot = slots_[place_of(value)];
      if (slot == value) return false;
      slot = value;
      ++size_;
      return true;
    }

   private:
    // Where it stands, or would.
    [[nodiscard]] std::size_t place_of(std::uint64_t value) const noexcept {
      const std::size_t mask = slots_.size() - 1;
      std::size_t place = static_cast<std::size_t>(value >> 32) & mask;
      while (slots_[place] != 0 && slots_[place] != value)
        place = (place + 1) & mask;
      return place;
    }
    void grow() {
      const auto values =
          std::exchange(slots_, std::vector<std::uint64_t>(slots_.empty() ? 1024 : 2 * slots_.size()));
      for (const auto value : values) {
        if (value != 0) slots_[place_of(value)] = value;
      }
    }

    std::vector<std::uint64_t> slots_;  // 0: free
    std::size_t size_ = 0;
  };

  Set newer_, older_;
};

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_RECENT_IDS_H_
