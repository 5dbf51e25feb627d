#include "sandbox/pattern_regex.h"

#include <boost/regex.hpp>
#include <iterator>
#include <stdexcept>

namespace crosslog::sandbox {

struct PatternRegex::Compiled {
  boost::regex regex;
};

std::optional<PatternRegex> PatternRegex::make(std::string_view text, bool ignore_case) {
  boost::regex::flag_type flags = boost::regex::perl | boost::regex::no_except;
  if (ignore_case) flags |= boost::regex::icase;
  auto compiled = std::make_shared<Compiled>();
  compiled->regex.assign(text.data(), text.data() + text.size(), flags);
  if (compiled->regex.status() != 0) return std::nullopt;
  PatternRegex out;
  out.compiled_ = std::move(compiled);
  for (auto at = text.find("(?<"); at != std::string_view::npos; at = text.find("(?<", at + 1)) {
    const auto end = text.find('>', at);
    const auto name = end == std::string_view::npos ? std::string_view{} : text.substr(at + 3, end - at - 3);
    if (!name.empty() && name.front() != '=' && name.front() != '!') out.names_.emplace_back(name);
  }
  return out;
}

bool PatternRegex::found_in(std::string_view text) const {
  try {
    return boost::regex_search(text.begin(), text.end(), compiled_->regex);
  } catch (const std::runtime_error&) {
    return false;
  }
}

bool PatternRegex::matches_all(std::string_view text) const {
  try {
    return boost::regex_match(text.begin(), text.end(), compiled_->regex);
  } catch (const std::runtime_error&) {
    return false;
  }
}

std::vector<std::pair<std::string, std::string>> PatternRegex::groups(std::string_view text) const {
  std::vector<std::pair<std::string, std::string>> out;
  try {
    boost::match_results<std::string_view::const_iterator> match;
    if (!boost::regex_search(text.begin(), text.end(), match, compiled_->regex)) return out;
    for (const auto& name : names_)
      if (match[name].matched) out.emplace_back(name, match[name].str());
  } catch (const std::runtime_error&) {
    out.clear();
  }
  return out;
}

std::string PatternRegex::replaced(std::string_view text, std::string_view by) const {
  try {
    std::string out;
    boost::regex_replace(std::back_inserter(out), text.begin(), text.end(), compiled_->regex,
                         std::string(by));
    return out;
  } catch (const std::runtime_error&) {
    return std::string(text);
  }
}

}  // namespace crosslog::sandbox
