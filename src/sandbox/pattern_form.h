// What a filter pattern says, once it has been read.
#ifndef CROSSLOG_SRC_SANDBOX_PATTERN_FORM_H_
#define CROSSLOG_SRC_SANDBOX_PATTERN_FORM_H_

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sandbox/pattern_regex.h"

namespace crosslog::sandbox {

// A word matches where no letter, digit or underscore stands before or behind it.
struct PatternTerm {
  enum class Kind { required, any_of, excluded };
  Kind kind = Kind::required;
  std::string text;
  std::optional<PatternRegex> regex;  // %...%
};

struct PatternValue {
  std::string text;
  bool quoted = false;
  std::optional<PatternRegex> regex;
};

// Conditions on fields, joined by && and ||. A field is a path into a JSON message, or
// the number of a column.
struct PatternCondition {
  enum class Kind { all, any, equal, not_equal, less, less_equal, greater, greater_equal, is, not_exists };
  Kind kind = Kind::all;
  std::vector<PatternCondition> parts;  // all, any
  std::string field;
  std::vector<std::variant<std::string, std::size_t>> path;
  PatternValue value;
};

// [a, b = 1, ..., z]
struct PatternColumns {
  std::vector<std::string> names;  // "..." is any number of columns
  PatternCondition condition;
};

using PatternForm = std::variant<std::vector<PatternTerm>, PatternCondition, PatternColumns>;

// What divides words, and what words are made of; all that is not ASCII is.
[[nodiscard]] constexpr bool is_pattern_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
[[nodiscard]] constexpr bool is_pattern_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_PATTERN_FORM_H_
