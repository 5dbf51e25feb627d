#include "cli/name_pattern.h"

#include <algorithm>
#include <array>
#include <utility>

#include "cli/unicode.h"

namespace crosslog::cli {
namespace {

constexpr std::string_view kWild = "*?";

bool is_of_a_group_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view(".-_/#").contains(c);
}

// The longest run of a glob that stands for itself; the first of equals.
std::string_view longest_literal(std::string_view glob) {
  std::string_view longest;
  while (!glob.empty()) {
    const auto piece = glob.substr(0, glob.find_first_of(kWild));
    if (piece.size() > longest.size()) longest = piece;
    glob.remove_prefix(std::min(glob.size(), piece.size() + 1));
  }
  return longest;
}

}  // namespace

// A star takes more only when what follows it did not match: no more than the
// product of the two lengths, as the last star alone is ever tried again.
bool glob_matches(std::string_view glob, std::string_view name) {
  std::optional<std::string_view> after_star;
  std::string_view from;
  while (!name.empty()) {
    if (glob.starts_with('*')) {
      glob.remove_prefix(1);
      after_star = glob;
      from = name;
    } else if (glob.starts_with('?')) {
      glob.remove_prefix(1);
      name.remove_prefix(first_code_point(name).size);
    } else if (!glob.empty() && glob.front() == name.front()) {
      glob.remove_prefix(1);
      name.remove_prefix(1);
    } else if (after_star) {
      from.remove_prefix(first_code_point(from).size);
      name = from;
      glob = *after_star;
    } else {
      return false;
    }
  }
  return glob.find_first_not_of('*') == std::string_view::npos;
}

void NamePattern::Free::operator()(regex_t* regex) const noexcept {
  regfree(regex);
  delete regex;
}

std::expected<NamePattern, std::string> NamePattern::make(std::string text, PatternKind kind) {
  NamePattern pattern;
  pattern.text_ = std::move(text);
  if (kind == PatternKind::word) {
    if (pattern.text_.find_first_of(kWild) != std::string::npos) pattern.form_ = Form::glob;
    return pattern;
  }
  auto regex = std::make_unique<regex_t>();
  if (const int fault = regcomp(regex.get(), pattern.text_.c_str(), REG_EXTENDED | REG_NOSUB); fault != 0) {
    std::array<char, 128> reason{};
    regerror(fault, regex.get(), reason.data(), reason.size());
    return std::unexpected("\"" + visible(pattern.text_, "") +
                           "\" is not a regular expression: " + reason.data());
  }
  pattern.regex_.reset(regex.release());
  pattern.form_ = Form::regex;
  return pattern;
}

bool NamePattern::matches(std::string_view name) const {
  if (form_ == Form::inside) return name.contains(text_);
  if (form_ == Form::glob) return glob_matches(text_, name);
  return regexec(regex_.get(), std::string(name).c_str(), 0, nullptr, 0) == 0;
}

std::string_view NamePattern::prefix() const noexcept {
  if (form_ != Form::glob) return {};
  return std::string_view(text_).substr(0, text_.find_first_of(kWild));
}

bool NamePattern::is_prefix() const noexcept {
  return form_ == Form::inside
             ? text_.empty()
             : form_ == Form::glob && text_.size() == prefix().size() + 1 && text_.back() == '*';
}

std::optional<std::string> NamePattern::service_pattern() const {
  constexpr std::size_t kLeast = 3, kMost = 24;
  if (form_ == Form::regex) return std::nullopt;
  const bool begins = prefix().size() >= kLeast;
  std::string_view literal = begins ? prefix() : longest_literal(text_);
  literal = literal.substr(0, kMost);
  if (literal.size() < kLeast || !std::ranges::all_of(literal, is_of_a_group_name)) return std::nullopt;
  return (begins ? "^" : "") + std::string(literal);
}

}  // namespace crosslog::cli
