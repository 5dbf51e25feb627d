// Regular expressions of filter patterns, queries and the service model. By Boost:
// std::regex needs stack for each byte of what it looks at, and a message may be 1 MB.
#ifndef CROSSLOG_SRC_SANDBOX_PATTERN_REGEX_H_
#define CROSSLOG_SRC_SANDBOX_PATTERN_REGEX_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crosslog::sandbox {

class PatternRegex {
 public:
  // nullopt: not a regular expression.
  [[nodiscard]] static std::optional<PatternRegex> make(std::string_view text, bool ignore_case = false);

  // An expression that takes too long matches nothing.
  [[nodiscard]] bool found_in(std::string_view text) const;
  [[nodiscard]] bool matches_all(std::string_view text) const;
  // What the groups (?<name>...) matched first; empty when nothing did.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> groups(std::string_view text) const;
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] std::string replaced(std::string_view text, std::string_view by) const;

 private:
  struct Compiled;
  std::shared_ptr<const Compiled> compiled_;
  std::vector<std::string> names_;
};

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_PATTERN_REGEX_H_
