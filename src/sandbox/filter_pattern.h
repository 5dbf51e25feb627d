// The filter patterns of FilterLogEvents and TestMetricFilter: words and "phrases" with
// ? and -, %expressions%, { $.json = "x" } and [columns]. Everything here is a pure
// function of the pattern and one message.
#ifndef CROSSLOG_SRC_SANDBOX_FILTER_PATTERN_H_
#define CROSSLOG_SRC_SANDBOX_FILTER_PATTERN_H_

#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sandbox/pattern_form.h"

namespace crosslog::sandbox {

class FilterPattern {
 public:
  // The error is the service's message.
  [[nodiscard]] static std::expected<FilterPattern, std::string> make(std::string_view text);

  [[nodiscard]] bool matches(std::string_view message) const;
  // What a metric filter sees of a message that matches: "$.ms" -> "12", "$status" -> "404".
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> extracted(std::string_view message) const;

 private:
  explicit FilterPattern(PatternForm form) : form_(std::move(form)) {}

  PatternForm form_;
};

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_FILTER_PATTERN_H_
