// Parameters as the services check them: every constraint is looked at, and all that
// fail are told in one message, in AWS's words.
#ifndef CROSSLOG_SRC_SANDBOX_VALIDATION_H_
#define CROSSLOG_SRC_SANDBOX_VALIDATION_H_

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crosslog::sandbox {

class Validation {
 public:
  // `allowed` says whether one byte is of the pattern's set.
  void text(std::string_view name, const std::optional<std::string>& value, bool required, std::size_t min,
            std::size_t max, std::string_view pattern = {}, const std::function<bool(char)>& allowed = {});
  void number(std::string_view name, std::optional<std::int64_t> value, std::int64_t min,
              std::int64_t max = std::numeric_limits<std::int64_t>::max());

  void add(std::string_view name, std::string_view value, std::string_view constraint);

  // "2 validation errors detected: ...; ..." or empty.
  [[nodiscard]] std::string message() const;

 private:
  std::vector<std::string> failures_;
};

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_VALIDATION_H_
