#include "sandbox/validation.h"

#include <algorithm>

namespace crosslog::sandbox {

void Validation::add(std::string_view name, std::string_view value, std::string_view constraint) {
  failures_.push_back("Value " + std::string(value) + " at '" + std::string(name) +
                      "' failed to satisfy constraint: Member must " + std::string(constraint));
}

void Validation::text(std::string_view name, const std::optional<std::string>& value, bool required,
                      std::size_t min, std::size_t max, std::string_view pattern,
                      const std::function<bool(char)>& allowed) {
  if (!value) {
    if (required) add(name, "null", "not be null");
    return;
  }
  const std::string quoted = "'" + *value + "'";
  if (value->size() > max) add(name, quoted, "have length less than or equal to " + std::to_string(max));
  if (allowed && !std::ranges::all_of(*value, allowed))
    add(name, quoted, "satisfy regular expression pattern: " + std::string(pattern));
  if (value->size() < min) add(name, quoted, "have length greater than or equal to " + std::to_string(min));
}

void Validation::number(std::string_view name, std::optional<std::int64_t> value, std::int64_t min,
                        std::int64_t max) {
  if (!value) return;
  const std::string quoted = "'" + std::to_string(*value) + "'";
  if (*value < min) add(name, quoted, "have value greater than or equal to " + std::to_string(min));
  if (*value > max) add(name, quoted, "have value less than or equal to " + std::to_string(max));
}

std::string Validation::message() const {
  if (failures_.empty()) return {};
  std::string out = std::to_string(failures_.size()) + " validation error" +
                    (failures_.size() > 1 ? "s" : "") + " detected: ";
  for (std::size_t i = 0; i < failures_.size(); ++i)
    out += (i > 0 ? "; " : "") + failures_[i];
  return out;
}

}  // namespace crosslog::sandbox
