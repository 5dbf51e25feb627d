#include "sandbox/filter_pattern.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "sandbox/text.h"

namespace crosslog::sandbox {

namespace json = boost::json;

namespace {

using ConditionKind = PatternCondition::Kind;
using PatternFailure = std::unexpected<std::string>;
// The names of columns and what stands in them.
using Row = std::map<std::string, std::string, std::less<>>;

constexpr std::size_t kMaxRegexes = 2;

PatternFailure bad() {
  return PatternFailure("Invalid filter pattern");
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::optional<double> pattern_number(std::string_view text) {
  const std::string copy(text);
  char* end = nullptr;
  if (copy.empty() || copy.find_first_not_of("0123456789+-.eE") != std::string::npos) return std::nullopt;
  const double value = std::strtod(copy.c_str(), &end);
  return *end == '\0' ? std::optional(value) : std::nullopt;
}

// '*' alone is special. Goes back to the last star only: more is never needed.
bool star_match(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, resumed = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resumed = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resumed;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
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
    while (at_ < text_.size() && !is_blank(text_[at_]) && ends.find(text_[at_]) == std::string_view::npos)
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
      return (is_word(c) && static_cast<unsigned char>(c) < 0x80) ||
             std::string_view(":#=@/;,-^$?[]{}|\\*+.").find(c) != std::string_view::npos;
    });
    return allowed ? PatternRegex::make(inner) : std::nullopt;
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_]))
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
    if (ordered && (out.value.quoted || out.value.regex || !pattern_number(out.value.text))) return bad();
    return out;
  }

  PatternReader& in_;
  bool columns_;
};

bool compare_pattern(ConditionKind kind, double left, double right) {
  switch (kind) {
    case ConditionKind::less:
      return left < right;
    case ConditionKind::less_equal:
      return left <= right;
    case ConditionKind::greater:
      return left > right;
    default:
      return left >= right;
  }
}

std::string json_text_of(const json::value& value) {
  return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

bool equals(const PatternValue& wanted, const json::value& value) {
  if (wanted.regex) return wanted.regex->found_in(json_text_of(value));
  if (value.is_number() && !wanted.quoted)
    if (const auto number = pattern_number(wanted.text)) return value.to_number<double>() == *number;
  return star_match(wanted.text, json_text_of(value));
}

bool holds(const PatternCondition& condition, const json::value* value) {
  if (condition.kind == ConditionKind::not_exists) return value == nullptr;
  if (value == nullptr) return false;
  switch (condition.kind) {
    case ConditionKind::is:
      return condition.value.text == "NULL"
                 ? value->is_null()
                 : value->is_bool() && value->get_bool() == (condition.value.text == "TRUE");
    case ConditionKind::equal:
      return equals(condition.value, *value);
    case ConditionKind::not_equal:
      return !equals(condition.value, *value);
    default:
      return value->is_number() && compare_pattern(condition.kind, value->to_number<double>(),
                                                   *pattern_number(condition.value.text));
  }
}

const json::value* find(const json::value& document,
                        const std::vector<std::variant<std::string, std::size_t>>& path) {
  const json::value* here = &document;
  for (const auto& step : path) {
    if (const auto* name = std::get_if<std::string>(&step))
      here = here->is_object() ? here->get_object().if_contains(*name) : nullptr;
    else
      here = here->is_array() ? here->get_array().if_contains(std::get<std::size_t>(step)) : nullptr;
    if (here == nullptr) return nullptr;
  }
  return here;
}

// Columns hold text; a condition that wants a number reads one.
const json::value pattern_column_value(const std::string& text, const PatternCondition& condition) {
  const bool ordered = condition.kind != ConditionKind::equal && condition.kind != ConditionKind::not_equal;
  if (ordered)
    if (const auto number = pattern_number(text)) return *number;
  return json::string(text);
}

template <typename Leaf>
bool evaluate_pattern(const PatternCondition& condition, const Leaf& leaf) {
  const auto inner = [&](const PatternCondition& part) { return evaluate_pattern(part, leaf); };
  if (condition.kind == ConditionKind::all) return std::ranges::all_of(condition.parts, inner);
  if (condition.kind == ConditionKind::any) return std::ranges::any_of(condition.parts, inner);
  return leaf(condition);
}

bool json_matches(const PatternCondition& condition, const json::value& document) {
  return evaluate_pattern(
      condition, [&](const PatternCondition& leaf) { return holds(leaf, find(document, leaf.path)); });
}

bool row_matches(const PatternCondition& condition, const Row& row) {
  return evaluate_pattern(condition, [&](const PatternCondition& leaf) {
    const auto found = row.find(leaf.field);
    if (found == row.end()) return false;
    const json::value value = pattern_column_value(found->second, leaf);
    return holds(leaf, &value);
  });
}

std::optional<json::value> as_document(std::string_view message) {
  json::error_code error;
  json::value document = json::parse(json::string_view(message.data(), message.size()), error);
  if (error || (!document.is_object() && !document.is_array())) return std::nullopt;
  return document;
}

bool has_term(std::string_view message, std::string_view term) {
  for (auto at = message.find(term); at != std::string_view::npos; at = message.find(term, at + 1)) {
    const auto end = at + term.size();
    const bool starts = at == 0 || !is_word(term.front()) || !is_word(message[at - 1]);
    const bool ends = end == message.size() || !is_word(term.back()) || !is_word(message[end]);
    if (starts && ends) return true;
  }
  return false;
}

bool terms_match(const std::vector<PatternTerm>& terms, std::string_view message) {
  const auto found = [&](const PatternTerm& term) {
    return term.regex ? term.regex->found_in(message) : has_term(message, term.text);
  };
  bool mixed = false, any_seen = false, any_found = false;
  for (const auto& term : terms) {
    if (term.kind == PatternTerm::Kind::any_of) {
      any_seen = true;
      any_found = any_found || found(term);
      continue;
    }
    mixed = true;
    if (found(term) == (term.kind == PatternTerm::Kind::excluded)) return false;
  }
  return mixed || !any_seen || any_found;  // beside other terms, those with ? do not count
}

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
      if (!std::ranges::all_of(term.text, is_word)) return bad();
    }
    if (term.text.empty() && !term.regex) return bad();
    out.push_back(std::move(term));
  }
  return out;
}

// The fields of a message: divided by blanks; [ ] and " " hold one together.
std::vector<std::string> fields_of(std::string_view message) {
  std::vector<std::string> out;
  std::size_t at = 0;
  while (at < message.size()) {
    if (is_blank(message[at])) {
      ++at;
      continue;
    }
    const char closing = message[at] == '[' ? ']' : message[at] == '"' ? '"' : '\0';
    const auto end = closing != '\0' ? message.find(closing, at + 1) : std::string_view::npos;
    if (end != std::string_view::npos) {
      out.emplace_back(message.substr(at + 1, end - at - 1));
      at = end + 1;
      continue;
    }
    const auto blank = std::min(message.find_first_of(" \t\r\n", at), message.size());
    out.emplace_back(message.substr(at, blank - at));
    at = blank;
  }
  return out;
}

// The fields under the names of the columns; nullopt when there are more or fewer.
std::optional<Row> row_of(const std::vector<std::string>& names, std::string_view message) {
  const auto fields = fields_of(message);
  const auto dots = static_cast<std::size_t>(std::ranges::find(names, "...") - names.begin());
  const bool open = dots < names.size();
  if (open ? fields.size() + 1 < names.size() : fields.size() != names.size()) return std::nullopt;
  Row row;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i == dots) continue;
    row[names[i]] = fields[i < dots ? i : fields.size() - (names.size() - i)];
  }
  return row;
}

std::string column_field(const PatternCondition& condition) {
  return condition.parts.empty() ? condition.field : column_field(condition.parts.front());
}

}  // namespace

std::expected<FilterPattern, std::string> FilterPattern::make(std::string_view text) {
  FilterPattern out;
  PatternReader in(text);
  if (in.take("{")) {
    if (!strip(text).ends_with('}'))
      return PatternFailure("If a filter pattern starts with '{' it must end with '}'");
    ConditionReader reader(in, false);
    auto condition = reader.any();
    if (!condition) return PatternFailure(condition.error());
    if (!in.take("}") || !in.done()) return bad();
    out.form_ = std::move(*condition);
    return out;
  }
  if (!in.take("[")) {
    auto terms = read_terms(in);
    if (!terms) return PatternFailure(terms.error());
    out.form_ = std::move(*terms);
    return out;
  }
  Columns columns;
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
  out.form_ = std::move(columns);
  return out;
}

bool FilterPattern::matches(std::string_view message) const {
  if (const auto* terms = std::get_if<std::vector<PatternTerm>>(&form_)) return terms_match(*terms, message);
  if (const auto* condition = std::get_if<PatternCondition>(&form_)) {
    const auto document = as_document(message);
    return document && json_matches(*condition, *document);
  }
  const auto& columns = std::get<Columns>(form_);
  const auto row = row_of(columns.names, message);
  return row && row_matches(columns.condition, *row);
}

namespace {

void add_fields(const PatternCondition& condition, const json::value& document,
                std::vector<std::pair<std::string, std::string>>& out) {
  for (const auto& part : condition.parts)
    add_fields(part, document, out);
  if (condition.field.empty() ||
      std::ranges::find(out, condition.field, &std::pair<std::string, std::string>::first) != out.end())
    return;
  if (const auto* value = find(document, condition.path))
    out.emplace_back(condition.field, json_text_of(*value));
}

}  // namespace

std::vector<std::pair<std::string, std::string>> FilterPattern::extracted(std::string_view message) const {
  std::vector<std::pair<std::string, std::string>> out;
  if (const auto* condition = std::get_if<PatternCondition>(&form_)) {
    if (const auto document = as_document(message)) add_fields(*condition, *document, out);
  } else if (const auto* columns = std::get_if<Columns>(&form_)) {
    if (const auto row = row_of(columns->names, message))
      for (const auto& name : columns->names)
        if (const auto found = row->find(name); found != row->end())
          out.emplace_back("$" + name, found->second);
  }
  return out;
}

}  // namespace crosslog::sandbox
