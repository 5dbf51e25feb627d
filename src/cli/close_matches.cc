#include "cli/close_matches.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace crosslog::cli {
namespace {

constexpr std::size_t kLongest = 200;  // longer texts are nobody's typing error

// The longest common block that begins earliest in `a`, then in `b`; then the
// same to its left and to its right.
std::size_t matching_bytes(std::string_view a, std::string_view b) {
  std::size_t best_a = 0, best_b = 0, best = 0;
  std::vector<std::size_t> lengths(b.size() + 1, 0);  // of blocks that end at b[j - 1]
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = b.size(); j > 0; --j)
      lengths[j] = a[i] == b[j - 1] ? lengths[j - 1] + 1 : 0;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      if (lengths[j] <= best) continue;
      best = lengths[j];
      best_a = i + 1 - best;
      best_b = j - best;
    }
  }
  if (best == 0) return 0;
  return matching_bytes(a.substr(0, best_a), b.substr(0, best_b)) + best +
         matching_bytes(a.substr(best_a + best), b.substr(best_b + best));
}

}  // namespace

double similarity(std::string_view a, std::string_view b) {
  if (a.empty() && b.empty()) return 1.0;
  return 2.0 * static_cast<double>(matching_bytes(a, b)) / static_cast<double>(a.size() + b.size());
}

std::vector<std::string_view> close_matches(std::string_view word,
                                            std::span<const std::string_view> possibilities, double cutoff) {
  if (word.size() >= kLongest) return {};
  std::vector<std::pair<double, std::string_view>> scored;
  for (const auto possibility : possibilities) {
    const double score = similarity(possibility, word);
    if (score >= cutoff) scored.emplace_back(score, possibility);
  }
  std::ranges::sort(scored, std::greater{});
  std::vector<std::string_view> best;
  for (const auto& [score, possibility] : scored) {
    if (best.size() < 3) best.push_back(possibility);
  }
  return best;
}

}  // namespace crosslog::cli
