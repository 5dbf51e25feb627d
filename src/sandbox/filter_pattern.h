// The filter patterns of FilterLogEvents and TestMetricFilter: words and "phrases" with
// ? and -, %expressions%, { $.json = "x" } and [columns]. Everything here is a pure
// function of the pattern and one message.
#ifndef CROSSLOG_SRC_SANDBOX_FILTER_PATTERN_H_
#define CROSSLOG_SRC_SANDBOX_FILTER_PATTERN_H_

#include <boost/json.hpp>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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

class FilterPattern {
 public:
  // The error is the service's message.
  [[nodiscard]] static std::expected<FilterPattern, std::string> make(std::string_view text);

  [[nodiscard]] bool matches(std::string_view message) const;
  // What a metric filter sees of a message that matches: "$.ms" -> "12", "$status" -> "404".
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> extracted(std::string_view message) const;

 private:
  struct Columns {
    std::vector<std::string> names;  // "..." is any number of columns
    PatternCondition condition;
  };
  std::variant<std::vector<PatternTerm>, PatternCondition, Columns> form_;
};

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_FILTER_PATTERN_H_
