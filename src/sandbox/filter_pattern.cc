#include "sandbox/filter_pattern.h"

#include <algorithm>
#include <boost/json.hpp>
#include <functional>
#include <map>
#include <optional>
#include <variant>

#include "sandbox/pattern_reader.h"
#include "sandbox/text.h"

namespace crosslog::sandbox {

namespace json = boost::json;

namespace {

using ConditionKind = PatternCondition::Kind;
// The names of columns and what stands in them.
using Row = std::map<std::string, std::string, std::less<>>;

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
    if (const auto number = to_number(wanted.text)) return value.to_number<double>() == *number;
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
      return value->is_number() &&
             compare_pattern(condition.kind, value->to_number<double>(), *to_number(condition.value.text));
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
    if (const auto number = to_number(text)) return *number;
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
    const bool starts = at == 0 || !is_pattern_word(term.front()) || !is_pattern_word(message[at - 1]);
    const bool ends =
        end == message.size() || !is_pattern_word(term.back()) || !is_pattern_word(message[end]);
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

// The fields of a message: divided by blanks; [ ] and " " hold one together.
std::vector<std::string> fields_of(std::string_view message) {
  std::vector<std::string> out;
  std::size_t at = 0;
  while (at < message.size()) {
    if (is_pattern_blank(message[at])) {
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

std::expected<FilterPattern, std::string> FilterPattern::make(std::string_view text) {
  auto form = read_pattern(text);
  if (!form) return std::unexpected(form.error());
  return FilterPattern(std::move(*form));
}

bool FilterPattern::matches(std::string_view message) const {
  if (const auto* terms = std::get_if<std::vector<PatternTerm>>(&form_)) return terms_match(*terms, message);
  if (const auto* condition = std::get_if<PatternCondition>(&form_)) {
    const auto document = as_document(message);
    return document && json_matches(*condition, *document);
  }
  const auto& columns = std::get<PatternColumns>(form_);
  const auto row = row_of(columns.names, message);
  return row && row_matches(columns.condition, *row);
}

std::vector<std::pair<std::string, std::string>> FilterPattern::extracted(std::string_view message) const {
  std::vector<std::pair<std::string, std::string>> out;
  if (const auto* condition = std::get_if<PatternCondition>(&form_)) {
    if (const auto document = as_document(message)) add_fields(*condition, *document, out);
  } else if (const auto* columns = std::get_if<PatternColumns>(&form_)) {
    if (const auto row = row_of(columns->names, message))
      for (const auto& name : columns->names)
        if (const auto found = row->find(name); found != row->end())
          out.emplace_back("$" + name, found->second);
  }
  return out;
}

}  // namespace crosslog::sandbox
