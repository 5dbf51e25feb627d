#include "sandbox/pattern_reader.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "sandbox/text.h"

namespace crosslog::sandbox {
namespace {

using ConditionKind = PatternCondition::Kind;
using PatternFailure = std::unexpected<std::string>;

constexpr std::size_t kMaxRegexes = 2;

PatternFailure bad() {
  return PatternFailure("Invalid filter pattern");
}

class PatternReader {
 public:
  explicit PatternReader(std::string_view text) : text_(text) {}

  [[nodiscard]] bool done() {
    skip_blanks();
    return at_ == text_.size();
  }
  [[nodiscard]] bool take(std::string_view token) {
    skip_blanks();
    if (!text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }
  [[nodiscard]] char peek() {
    skip_blanks();
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  // Everything up to a blank or one of these.
  [[nodiscard]] std::string until(std::string_view ends) {
    skip_blanks();
    const auto from = at_;
    while (at_ < text_.size() && !is_pattern_blank(text_[at_]) &&
           ends.find(text_[at_]) == std::string_view::npos)
      ++at_;
    return std::string(text_.substr(from, at_ - from));
  }
  // What stands between quotes, \" and \\ undone; the opening quote was taken.
  [[nodiscard]] std::optional<std::string> quoted() {
    std::string out;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') return ++at_, out;
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      out += text_[at_];
    }
    return std::nullopt;
  }
  // What stands before the next %; the first was taken.
  [[nodiscard]] std::optional<PatternRegex> regex() {
    const auto end = text_.find('%', at_);
    if (end == std::string_view::npos || end == at_ || ++regexes_ > kMaxRegexes) return std::nullopt;
    const auto inner = text_.substr(at_, end - at_);
    at_ = end + 1;
    const bool allowed = std::ranges::all_of(inner, [](char c) {
      return (is_pattern_word(c) && static_cast<unsigned char>(c) < 0x80) ||
             std::string_view(":#=@/;,-^$?[]{}|\\*+.").find(c) != std::string_view::npos;
    });
    return allowed ? PatternRegex::make(inner) : std::nullopt;
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && is_pattern_blank(text_[at_]))
      ++at_;
  }
  std::string_view text_;
  std::size_t at_ = 0, regexes_ = 0;
};

std::expected<PatternValue, std::string> read_value(PatternReader& in, std::string_view ends) {
  PatternValue value;
  if (in.take("\"")) {
    auto text = in.quoted();
    if (!text) return bad();
    value.text = std::move(*text);
    value.quoted = true;
  } else if (in.take("%")) {
    value.regex = in.regex();
    if (!value.regex) return bad();
  } else {
    value.text = in.until(ends);
    if (value.text.empty()) return bad();
  }
  return value;
}

// $.a.b[0]['c.d'] as its steps.
std::optional<std::vector<std::variant<std::string, std::size_t>>> read_path(std::string_view text) {
  std::vector<std::variant<std::string, std::size_t>> out;
  if (!text.starts_with('$')) return std::nullopt;
  std::size_t at = 1;
  while (at < text.size()) {
    if (text[at] == '.' && at + 1 < text.size() && text[at + 1] == '[') {
      ++at;
    } else if (text[at] == '.') {
      const auto end = std::min(text.find_first_of(".[", at + 1), text.size());
      if (end == at + 1) return std::nullopt;
      out.emplace_back(std::string(text.substr(at + 1, end - at - 1)));
      at = end;
    } else if (text[at] == '[') {
      const auto end = text.find(']', at);
      if (end == std::string_view::npos) return std::nullopt;
      auto inner = text.substr(at + 1, end - at - 1);
      if (inner.size() > 2 && (inner.front() == '\'' || inner.front() == '"') &&
          inner.back() == inner.front())
        out.emplace_back(std::string(inner.substr(1, inner.size() - 2)));
      else if (const auto index = to_int(inner); index && *index >= 0)
        out.emplace_back(static_cast<std::size_t>(*index));
      else
        return std::nullopt;
      at = end + 1;
    } else {
      return std::nullopt;
    }
  }
  return out.empty() ? std::nullopt : std::optional(std::move(out));
}

// A condition's grammar: any := all ("||" all)*; all := one ("&&" one)*;
// one := "(" any ")" | field operator value | field IS word | field NOT EXISTS.
class ConditionReader {
 public:
  ConditionReader(PatternReader& in, bool columns) : in_(in), columns_(columns) {}

  std::expected<PatternCondition, std::string> any() {
    return joined("||", ConditionKind::any, [this] { return all(); });
  }

 private:
  std::expected<PatternCondition, std::string> all() {
    return joined("&&", ConditionKind::all, [this] { return one(); });
  }

  template <typename Next>
  std::expected<PatternCondition, std::string> joined(std::string_view sign, ConditionKind kind, Next next) {
    auto first = next();
    if (!first) return first;
    PatternCondition out;
    out.kind = kind;
    out.parts.push_back(std::move(*first));
    while (in_.take(sign)) {
      auto more = next();
      if (!more) return more;
      out.parts.push_back(std::move(*more));
    }
    return out.parts.size() == 1 ? std::move(out.parts.front()) : std::move(out);
  }

  std::expected<PatternCondition, std::string> one() {
    if (in_.take("(")) {
      auto inner = any();
      if (inner && !in_.take(")")) return bad();
      return inner;
    }
    PatternCondition out;
    out.field = in_.until("=!<>()&|,}");
    if (columns_) {
      if (out.field.empty()) return bad();
    } else {
      auto path = read_path(out.field);
      if (!path) return bad();
      out.path = std::move(*path);
    }
    if (in_.take("IS")) return word(std::move(out));
    if (in_.take("NOT")) {
      out.kind = ConditionKind::not_exists;
      if (columns_ || !in_.take("EXISTS")) return bad();
      return out;
    }
    return compared(std::move(out));
  }

  std::expected<PatternCondition, std::string> word(PatternCondition out) {
    out.kind = ConditionKind::is;
    out.value.text = in_.until(")&|}");
    if (columns_ || (out.value.text != "NULL" && out.value.text != "TRUE" && out.value.text != "FALSE"))
      return bad();
    return out;
  }

  std::expected<PatternCondition, std::string> compared(PatternCondition out) {
    constexpr std::pair<std::string_view, ConditionKind> kSigns[] = {
        {"!=", ConditionKind::not_equal},     {"<=", ConditionKind::less_equal},
        {">=", ConditionKind::greater_equal}, {"=", ConditionKind::equal},
        {"<", ConditionKind::less},           {">", ConditionKind::greater}};
    const auto* sign = std::ranges::find_if(kSigns, [&](const auto& known) { return in_.take(known.first); });
    if (sign == std::end(kSigns)) return bad();
    out.kind = sign->second;
    auto value = read_value(in_, columns_ ? "()&|,]" : "()&|}");
    if (!value) return PatternFailure(value.error());
    out.value = std::move(*value);
    const bool ordered = out.kind != ConditionKind::equal && out.kind != ConditionKind::not_equal;
    if (ordered && (out.value.quoted || out.value.regex || !to_number(out.value.text))) return bad();
    return out;
  }

  PatternReader& in_;
  bool columns_;
};

std::expected<std::vector<PatternTerm>, std::string> read_terms(PatternReader& in) {
  std::vector<PatternTerm> out;
  while (!in.done()) {
    PatternTerm term;
    if (in.take("?"))
      term.kind = PatternTerm::Kind::any_of;
    else if (in.take("-"))
      term.kind = PatternTerm::Kind::excluded;
    if (in.take("\"")) {
      auto text = in.quoted();
      if (!text) return bad();
      term.text = std::move(*text);
    } else if (in.take("%")) {
      term.regex = in.regex();
      if (!term.regex) return bad();
    } else {
      term.text = in.until("");
      if (!std::ranges::all_of(term.text, is_pattern_word)) return bad();
    }
    if (term.text.empty() && !term.regex) return bad();
    out.push_back(std::move(term));
  }
  return out;
}

std::string column_field(const PatternCondition& condition) {
  return condition.parts.empty() ? condition.field : column_field(condition.parts.front());
}

// Between braces. `in` stands behind the first.
std::expected<PatternForm, std::string> read_json_pattern(PatternReader& in, std::string_view text) {
  if (!strip(text).ends_with('}'))
    return PatternFailure("If a filter pattern starts with '{' it must end with '}'");
  ConditionReader reader(in, false);
  auto condition = reader.any();
  if (!condition) return PatternFailure(condition.error());
  if (!in.take("}") || !in.done()) return bad();
  return std::move(*condition);
}

// Between brackets. `in` stands behind the first.
std::expected<PatternForm, std::string> read_columns(PatternReader& in) {
  PatternColumns columns;
  do {
    if (in.take("...")) {
      if (std::ranges::find(columns.names, "...") != columns.names.end()) return bad();
      columns.names.emplace_back("...");
      continue;
    }
    PatternReader ahead = in;  // a name alone, or a condition that begins with it
    std::string name = ahead.until("=!<>()&|,]\"");
    if (!name.empty() && (ahead.peek() == ',' || ahead.peek() == ']')) {
      in = ahead;
      columns.names.push_back(std::move(name));
      continue;
    }
    ConditionReader reader(in, true);
    auto condition = reader.any();
    if (!condition) return PatternFailure(condition.error());
    columns.names.push_back(column_field(*condition));
    columns.condition.parts.push_back(std::move(*condition));
  } while (in.take(","));
  if (!in.take("]") || !in.done()) return bad();
  return columns;
}

}  // namespace

std::expected<PatternForm, std::string> read_pattern(std::string_view text) {
  PatternReader in(text);
  if (in.take("{")) return read_json_pattern(in, text);
  if (in.take("[")) return read_columns(in);
  return read_terms(in);
}

}  // namespace crosslog::sandbox
