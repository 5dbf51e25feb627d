// POSIX extended regular expressions over short names: does a part of the name match?
// No back references, so that all ways to match are walked at once and the time is at
// most the product of the two lengths; regcomp(3) would bring in 64 KB and has patterns
// that take it forever. Bytes are characters, as regcomp(3) has them without a locale;
// \w \W \s \S \b \B \< \> \` \' and {,n} are the GNU ones.
#ifndef CROSSLOG_SRC_CLI_REGULAR_EXPRESSION_H_
#define CROSSLOG_SRC_CLI_REGULAR_EXPRESSION_H_

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <string_view>
#include <vector>

namespace crosslog::cli {

class RegularExpression {
 public:
  // The error is regerror(3)'s text.
  [[nodiscard]] static std::expected<RegularExpression, std::string_view> make(std::string_view text);

  [[nodiscard]] bool matches(std::string_view name) const;

  using Bytes = std::bitset<256>;
  enum class StepKind : std::uint8_t { one_of, fork, jump, place };
  enum class Place : std::uint8_t { begin, end, word_begin, word_end, word_edge, no_word_edge };
  // What is done at one place of the program: `value` is the index of a set, how far
  // the other way or the jump goes, or the Place.
  struct Step {
    StepKind kind = StepKind::jump;
    std::int32_t value = 0;
  };

 private:
  std::vector<Step> steps_;  // accepts behind the last one
  std::vector<Bytes> sets_;
};

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_REGULAR_EXPRESSION_H_
