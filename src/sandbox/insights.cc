#include "sandbox/insights.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <set>

#include "sandbox/text.h"

namespace crosslog::sandbox {

namespace json = boost::json;

using Value = std::optional<QueryValue>;

// A constant, a field, or a function of others; operators are functions by their sign.
struct Expression {
  enum class Kind { constant, field, call };
  Kind kind = Kind::constant;
  std::string text;  // of a constant; the name of a field or of a function
  std::vector<std::shared_ptr<const Expression>> parts;
  std::optional<PatternRegex> regex;  // of like and =~
};

namespace {

using ExpressionPtr = std::shared_ptr<const Expression>;
using Kind = QueryCommand::Kind;

constexpr std::size_t kMaxFields = 200;
constexpr int kMaxDepth = 100;

std::optional<double> to_number(std::string_view text) {
  const std::string copy(text);
  char* end = nullptr;
  if (copy.empty() || copy.find_first_not_of("0123456789+-.eE") != std::string::npos) return std::nullopt;
  const double value = std::strtod(copy.c_str(), &end);
  return *end == '\0' ? std::optional(value) : std::nullopt;
}

std::string from_number(double value) {
  if (std::floor(value) == value && std::fabs(value) < 1e15)
    return std::to_string(static_cast<std::int64_t>(value));
  std::string out = std::to_string(value);
  out.erase(out.find_last_not_of('0') + 1);
  if (out.ends_with('.')) out.pop_back();
  return out;
}

Value text_value(std::string text) {
  return QueryValue{std::move(text), false};
}

Value truth(bool value) {
  return text_value(value ? "1" : "0");
}

bool is_true(const Value& value) {
  return value && value->text != "0" && value->text != "false" && !value->text.empty();
}

// 5m in milliseconds.
std::optional<std::int64_t> to_period(std::string_view text) {
  const auto digits = text.find_first_not_of("0123456789");
  if (digits == 0 || digits == std::string_view::npos || digits > 9) return std::nullopt;
  const std::map<std::string_view, std::int64_t> units = {{"ms", 1},       {"s", 1000},     {"m", 60000},
                                                          {"min", 60000},  {"h", 3600000},  {"hr", 3600000},
                                                          {"d", 86400000}, {"w", 604800000}};
  const auto unit = units.find(text.substr(digits));
  const auto count = to_int(text.substr(0, digits));
  if (unit == units.end() || !count || *count == 0) return std::nullopt;
  return *count * unit->second;
}

// ---- reading ----

class QueryReader {
 public:
  explicit QueryReader(std::string_view text) : text_(text) {}

  std::expected<std::vector<QueryCommand>, QueryError> read(
      std::optional<std::vector<std::string>>& sources) {
    std::vector<QueryCommand> out;
    do {
      skip();
      if (take_word("source")) {
        if (!out.empty() || sources) fail();
        read_source(sources);
      } else {
        out.push_back(read_command());
      }
    } while (!error_ && take("|"));
    skip();
    if (at_ < text_.size()) fail();
    if (error_) return std::unexpected(*error_);
    return out;
  }

 private:
  static bool is_name(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
           c == '@' || c == '.' || c == '$';
  }

  void fail() {
    if (error_) return;
    skip();
    std::size_t end = at_;
    while (end < text_.size() && is_name(text_[end]))
      ++end;
    if (end == at_ && end < text_.size()) ++end;
    const std::string what = at_ < text_.size() ? std::string(text_.substr(at_, end - at_)) : "<EOF>";
    const auto before = text_.substr(0, at_);
    const auto line = std::ranges::count(before, '\n');
    const auto column = at_ - (before.rfind('\n') + 1);  // npos + 1 is 0
    error_ = QueryError{"unexpected symbol found " + what + " at line " + std::to_string(line + 1) +
                            " and position " + std::to_string(column),
                        at_, end};
  }

  void skip() {
    while (at_ < text_.size()) {
      if (text_[at_] == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) {
        ++at_;
      } else {
        return;
      }
    }
  }
  bool take(std::string_view sign) {
    skip();
    if (!text_.substr(at_).starts_with(sign)) return false;
    at_ += sign.size();
    return true;
  }
  [[nodiscard]] std::string_view word_ahead() {
    skip();
    auto end = at_;
    while (end < text_.size() && is_name(text_[end]))
      ++end;
    return text_.substr(at_, end - at_);
  }
  bool take_word(std::string_view word) {
    const auto ahead = word_ahead();
    if (lower(ahead) != word) return false;
    at_ += ahead.size();
    return true;
  }
  void expect(std::string_view sign) {
    if (!take(sign)) fail();
  }
  std::string name() {
    if (take("`")) {
      const auto end = text_.find('`', at_);
      if (end == std::string_view::npos) return fail(), std::string{};
      std::string out(text_.substr(at_, end - at_));
      at_ = end + 1;
      return out;
    }
    const auto word = word_ahead();
    if (word.empty()) fail();
    at_ += word.size();
    return std::string(word);
  }
  [[nodiscard]] bool at_quote() {
    skip();
    return at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'');
  }
  std::string quoted() {
    if (!at_quote()) return fail(), std::string{};
    const char quote = text_[at_];
    std::string out;
    for (auto i = at_ + 1; i < text_.size(); ++i) {
      if (text_[i] == quote) return at_ = i + 1, out;
      if (text_[i] == '\\' && i + 1 < text_.size() && (text_[i + 1] == quote || text_[i + 1] == '\\')) ++i;
      out += text_[i];
    }
    return fail(), std::string{};
  }
  std::optional<PatternRegex> regex() {
    if (!take("/")) return fail(), std::nullopt;
    std::string inner;
    for (auto i = at_; i < text_.size(); ++i) {
      if (text_[i] == '/') {
        auto out = PatternRegex::make(inner);
        if (!out) return fail(), std::nullopt;
        at_ = i + 1;
        return out;
      }
      if (text_[i] == '\\' && i + 1 < text_.size() && text_[i + 1] == '/') ++i;
      inner += text_[i];
    }
    return fail(), std::nullopt;
  }

  // Expressions, from the loosest to the tightest.
  static ExpressionPtr call(std::string function, std::vector<ExpressionPtr> parts) {
    auto out = std::make_shared<Expression>();
    out->kind = Expression::Kind::call;
    out->text = std::move(function);
    out->parts = std::move(parts);
    return out;
  }
  static ExpressionPtr constant(std::string text) {
    auto out = std::make_shared<Expression>();
    out->text = std::move(text);
    return out;
  }
  static ExpressionPtr field(std::string name) {
    auto out = std::make_shared<Expression>();
    out->kind = Expression::Kind::field;
    out->text = std::move(name);
    return out;
  }

  ExpressionPtr either() {
    auto left = both();
    while (!error_ && take_word("or"))
      left = call("or", {left, both()});
    return left;
  }
  ExpressionPtr both() {
    auto left = negated();
    while (!error_ && take_word("and"))
      left = call("and", {left, negated()});
    return left;
  }
  ExpressionPtr negated() {
    if (++depth_ > kMaxDepth) fail();
    ExpressionPtr out = !error_ && take_word("not") ? call("not", {negated()})
                        : error_                    ? constant("")
                                                    : compared();
    --depth_;
    return out;
  }
  ExpressionPtr compared() {
    auto left = sum();
    if (error_) return left;
    const bool negative = take_word("not");
    if (take_word("like")) return maybe_not(negative, matched(left, "like"));
    if (take_word("in")) return maybe_not(negative, listed(left));
    if (negative) return fail(), left;
    if (take("=~")) return matched(left, "=~");
    for (const std::string_view sign : {"!=", "<=", ">=", "=", "<", ">"})
      if (take(sign)) return call(std::string(sign), {left, sum()});
    return left;
  }
  static ExpressionPtr maybe_not(bool negative, ExpressionPtr inner) {
    return negative ? call("not", {std::move(inner)}) : inner;
  }
  ExpressionPtr matched(const ExpressionPtr& left, std::string_view sign) {
    auto out = std::make_shared<Expression>();
    out->kind = Expression::Kind::call;
    out->text = "like";
    out->parts.push_back(left);
    if (at_quote() && sign == "like")
      out->parts.push_back(constant(quoted()));
    else
      out->regex = regex();
    return out;
  }
  ExpressionPtr listed(const ExpressionPtr& left) {
    std::vector<ExpressionPtr> parts{left};
    expect("[");
    do
      parts.push_back(sum());
    while (!error_ && take(","));
    expect("]");
    return call("in", std::move(parts));
  }
  ExpressionPtr sum() {
    auto left = product();
    while (!error_) {
      if (take("+"))
        left = call("+", {left, product()});
      else if (take("-"))
        left = call("-", {left, product()});
      else
        break;
    }
    return left;
  }
  ExpressionPtr product() {
    auto left = single();
    while (!error_) {
      if (take("*"))
        left = call("*", {left, single()});
      else if (take("/"))
        left = call("/", {left, single()});
      else if (take("%"))
        left = call("%", {left, single()});
      else
        break;
    }
    return left;
  }
  ExpressionPtr single() {
    if (++depth_ > kMaxDepth) fail();
    auto out = error_ ? constant("") : single_of_any_depth();
    --depth_;
    return out;
  }
  ExpressionPtr single_of_any_depth() {
    if (take("(")) {
      auto inner = either();
      expect(")");
      return inner;
    }
    if (at_quote()) return constant(quoted());
    if (take("-")) return call("-", {constant("0"), single()});
    const bool escaped = [&] { return skip(), at_ < text_.size() && text_[at_] == '`'; }();
    const auto from = at_;
    std::string word = name();
    if (error_) return constant("");
    if (!escaped && (to_number(word) || to_period(word))) return constant(word);
    if (escaped || !take("(")) return field(std::move(word));
    return arguments(lower(word), from);
  }
  ExpressionPtr arguments(const std::string& function, std::size_t from) {
    // How many each takes, at least and at most.
    static const std::map<std::string_view, std::pair<std::size_t, std::size_t>> kFunctions = {
        {"abs", {1, 1}},       {"ceil", {1, 1}},      {"floor", {1, 1}},     {"sqrt", {1, 1}},
        {"greatest", {1, 99}}, {"least", {1, 99}},    {"strlen", {1, 1}},    {"toupper", {1, 1}},
        {"tolower", {1, 1}},   {"trim", {1, 1}},      {"concat", {1, 99}},   {"strcontains", {2, 2}},
        {"replace", {3, 3}},   {"substr", {2, 3}},    {"ispresent", {1, 1}}, {"isempty", {1, 1}},
        {"isblank", {1, 1}},   {"coalesce", {1, 99}}, {"tomillis", {1, 1}},  {"frommillis", {1, 1}},
        {"bin", {1, 1}},       {"datefloor", {2, 2}}, {"count", {0, 1}},     {"count_distinct", {1, 1}},
        {"sum", {1, 1}},       {"avg", {1, 1}},       {"min", {1, 1}},       {"max", {1, 1}},
        {"pct", {2, 2}},       {"earliest", {1, 1}},  {"latest", {1, 1}},    {"stddev", {1, 1}}};
    const auto known = kFunctions.find(function);
    std::vector<ExpressionPtr> parts;
    if (function == "count" && take("*")) {
      expect(")");
      return call(function, {});
    }
    if (!take(")")) {
      do
        parts.push_back(sum());
      while (!error_ && take(","));
      expect(")");
    }
    if (!error_ && (known == kFunctions.end() || parts.size() < known->second.first ||
                    parts.size() > known->second.second)) {
      at_ = from;
      fail();
    }
    return call(function, std::move(parts));
  }

  // An expression under its alias or its own text.
  QueryColumn column() {
    skip();
    const auto from = at_;
    QueryColumn out;
    out.value = either();
    out.name = std::string(strip(text_.substr(from, at_ - from)));
    if (out.value && out.value->kind == Expression::Kind::field) out.name = out.value->text;
    if (!error_ && take_word("as")) out.name = name();
    return out;
  }
  std::vector<QueryColumn> columns() {
    std::vector<QueryColumn> out;
    do
      out.push_back(column());
    while (!error_ && take(","));
    return out;
  }

  QueryCommand read_command() {
    QueryCommand out;
    if (take_word("fields")) {
      out.columns = columns();
    } else if (take_word("display")) {
      out.kind = Kind::display;
      out.columns = columns();
    } else if (take_word("filter")) {
      out.kind = Kind::filter;
      out.columns.push_back({"", either()});
    } else if (take_word("parse")) {
      read_parse(out);
    } else if (take_word("stats")) {
      out.kind = Kind::stats;
      out.aggregates = columns();
      if (!error_ && take_word("by")) out.columns = columns();
    } else if (take_word("sort")) {
      read_sort(out);
    } else if (take_word("dedup")) {
      out.kind = Kind::dedup;
      out.columns = columns();
    } else if (take_word("limit") || take_word("head")) {
      out.kind = Kind::limit;
      const auto count = to_int(word_ahead());
      if (!count || *count < 1 || *count > 100000) return fail(), out;
      at_ += word_ahead().size();
      out.limit = static_cast<std::size_t>(*count);
    } else {
      fail();
    }
    return out;
  }
  void read_parse(QueryCommand& out) {
    out.kind = Kind::parse;
    skip();
    const bool bare = at_quote() || (at_ < text_.size() && text_[at_] == '/');
    out.columns.push_back({"", field(bare ? "@message" : name())});
    if (error_) return;
    if (!at_quote()) {
      out.regex = regex();
      return;
    }
    out.glob = quoted();
    if (!take_word("as")) return fail();
    do
      out.names.push_back(name());
    while (!error_ && take(","));
    if (static_cast<std::size_t>(std::ranges::count(out.glob, '*')) != out.names.size()) fail();
  }
  void read_sort(QueryCommand& out) {
    out.kind = Kind::sort;
    do {
      out.columns.push_back(column());
      const bool descending = !error_ && take_word("desc");
      if (!descending && !error_) (void)take_word("asc");
      out.descending.push_back(descending);
    } while (!error_ && take(","));
  }
  void read_source(std::optional<std::vector<std::string>>& sources) {
    sources.emplace();
    if (!take_word("loggroups")) return fail();
    expect("(");
    if (take(")")) return;
    if (!take_word("nameprefix")) return fail();
    expect(":");
    expect("[");
    do
      sources->push_back(quoted());
    while (!error_ && take(","));
    expect("]");
    expect(")");
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::optional<QueryError> error_;
};

// ---- evaluating ----

int compare(const QueryValue& left, const QueryValue& right) {
  const auto a = to_number(left.text), b = to_number(right.text);
  if (a && b) return *a < *b ? -1 : *a > *b ? 1 : 0;
  return left.text.compare(right.text) < 0 ? -1 : left.text == right.text ? 0 : 1;
}

Value evaluate(const Expression& expression, const QueryRecord& record);

Value logic(const Expression& e, const QueryRecord& record) {
  const bool first = is_true(evaluate(*e.parts[0], record));
  if (e.text == "not") return truth(!first);
  if (e.text == "and") return truth(first && is_true(evaluate(*e.parts[1], record)));
  return truth(first || is_true(evaluate(*e.parts[1], record)));
}

Value arithmetic(char sign, const Value& left, const Value& right) {
  const auto a = left ? to_number(left->text) : std::nullopt,
             b = right ? to_number(right->text) : std::nullopt;
  if (!a || !b) return std::nullopt;
  switch (sign) {
    case '+':
      return text_value(from_number(*a + *b));
    case '-':
      return text_value(from_number(*a - *b));
    case '*':
      return text_value(from_number(*a * *b));
    default:
      if (*b == 0) return std::nullopt;
      return text_value(from_number(sign == '/' ? *a / *b : std::fmod(*a, *b)));
  }
}

Value comparison(std::string_view sign, const Value& left, const Value& right) {
  if (!left || !right) return truth(sign == "!=" && left.has_value() != right.has_value());
  const int order = compare(*left, *right);
  if (sign == "=") return truth(order == 0);
  if (sign == "!=") return truth(order != 0);
  if (sign == "<") return truth(order < 0);
  if (sign == "<=") return truth(order <= 0);
  return truth(sign == ">" ? order > 0 : order >= 0);
}

Value like(const Expression& e, const Value& value) {
  if (!value) return truth(false);
  if (e.regex) return truth(e.regex->found_in(value->text));
  return truth(value->text.find(e.parts[1]->text) != std::string::npos);
}

Value floored(const Value& time, const Expression& period) {
  const auto step = to_period(period.text);
  const auto at = time ? to_int(time->text) : std::nullopt;
  if (!step || !at) return std::nullopt;
  return QueryValue{std::to_string(*at - *at % *step), true};
}

Value of_number(const std::string& name, double x) {
  if (name == "abs") return text_value(from_number(std::fabs(x)));
  if (name == "ceil") return text_value(from_number(std::ceil(x)));
  if (name == "floor") return text_value(from_number(std::floor(x)));
  return x < 0 ? std::nullopt : text_value(from_number(std::sqrt(x)));
}

Value of_text(const std::string& name, const std::vector<Value>& in) {
  const std::string& text = in[0]->text;
  if (name == "strlen") return text_value(std::to_string(text.size()));
  if (name == "tolower") return text_value(lower(text));
  if (name == "trim") return text_value(std::string(strip(text)));
  if (name == "toupper") {
    std::string out = text;
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return text_value(out);
  }
  if (!std::ranges::all_of(in, [](const Value& value) { return value.has_value(); })) return std::nullopt;
  if (name == "strcontains") return truth(text.find(in[1]->text) != std::string::npos);
  if (name == "replace") {
    std::string out = text;
    for (auto at = out.find(in[1]->text); !in[1]->text.empty() && at != std::string::npos;
         at = out.find(in[1]->text, at + in[2]->text.size()))
      out.replace(at, in[1]->text.size(), in[2]->text);
    return text_value(out);
  }
  const auto from = to_int(in[1]->text), count = in.size() > 2 ? to_int(in[2]->text) : std::nullopt;
  if (!from || *from < 0 || static_cast<std::size_t>(*from) > text.size()) return text_value("");
  return text_value(text.substr(static_cast<std::size_t>(*from),
                                count && *count >= 0 ? static_cast<std::size_t>(*count) : std::string::npos));
}

Value of_many(const std::string& name, const std::vector<Value>& in) {
  if (name == "concat") {
    std::string out;
    for (const auto& value : in)
      out += value ? value->text : "";
    return text_value(out);
  }
  Value best;
  for (const auto& value : in) {
    if (!value) continue;
    if (name == "coalesce") return value;
    const int order = best ? compare(*value, *best) : 0;
    if (!best || (name == "greatest" ? order > 0 : order < 0)) best = value;
  }
  return best;
}

Value function(const Expression& e, const QueryRecord& record) {
  const std::string& name = e.text;
  if (name == "bin") {
    const auto time = record.find("@timestamp");
    return floored(time == record.end() ? Value{} : Value(time->second), *e.parts[0]);
  }
  std::vector<Value> in;
  for (const auto& part : e.parts)
    in.push_back(evaluate(*part, record));
  if (name == "datefloor") return floored(in[0], *e.parts[1]);
  if (name == "ispresent") return truth(in[0].has_value());
  if (name == "isempty") return truth(!in[0] || in[0]->text.empty());
  if (name == "isblank") return truth(!in[0] || strip(in[0]->text).empty());
  if (name == "concat" || name == "coalesce" || name == "greatest" || name == "least")
    return of_many(name, in);
  if (in.empty() || !in[0]) return std::nullopt;
  if (name == "tomillis") return text_value(in[0]->text);
  if (name == "frommillis") return QueryValue{in[0]->text, true};
  if (name == "abs" || name == "ceil" || name == "floor" || name == "sqrt") {
    const auto number = to_number(in[0]->text);
    return number ? of_number(name, *number) : std::nullopt;
  }
  return of_text(name, in);
}

Value evaluate(const Expression& e, const QueryRecord& record) {
  if (e.kind == Expression::Kind::constant) return text_value(e.text);
  if (e.kind == Expression::Kind::field) {
    const auto found = record.find(e.text);
    return found == record.end() ? Value{} : Value(found->second);
  }
  if (e.text == "and" || e.text == "or" || e.text == "not") return logic(e, record);
  if (e.text == "like") return like(e, evaluate(*e.parts[0], record));
  if (e.text == "in") {
    const Value wanted = evaluate(*e.parts[0], record);
    return truth(std::any_of(e.parts.begin() + 1, e.parts.end(), [&](const ExpressionPtr& part) {
      return is_true(comparison("=", wanted, evaluate(*part, record)));
    }));
  }
  if (e.text.size() == 1 && std::string_view("+-*/%").find(e.text[0]) != std::string_view::npos)
    return arithmetic(e.text[0], evaluate(*e.parts[0], record), evaluate(*e.parts[1], record));
  if (std::string_view("!<>=").find(e.text[0]) != std::string_view::npos)
    return comparison(e.text, evaluate(*e.parts[0], record), evaluate(*e.parts[1], record));
  return function(e, record);
}

// ---- commands ----

void parse_glob(const QueryCommand& command, const std::string& text, QueryRecord& record) {
  const auto pieces = split(command.glob, '*');
  std::vector<std::string> found;
  auto at = text.find(pieces[0]);
  if (at == std::string::npos) return;
  at += pieces[0].size();
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    const bool to_end = i + 1 == pieces.size() && pieces[i].empty();
    const auto end = to_end ? text.size() : text.find(pieces[i], at);
    if (end == std::string::npos) return;
    found.push_back(text.substr(at, end - at));
    at = end + pieces[i].size();
  }
  for (std::size_t i = 0; i < found.size(); ++i)
    record[command.names[i]] = {found[i], false};
}

void parse(const QueryCommand& command, QueryRecord& record) {
  const auto value = evaluate(*command.columns[0].value, record);
  if (!value) return;
  if (!command.regex) return parse_glob(command, value->text, record);
  for (auto& [name, text] : command.regex->groups(value->text))
    record[name] = {std::move(text), false};
}

// What one record alone decides; false: it is left out.
bool apply(const QueryCommand& command, QueryRecord& record) {
  if (command.kind == Kind::filter) return is_true(evaluate(*command.columns[0].value, record));
  if (command.kind == Kind::parse) parse(command, record);
  if (command.kind == Kind::fields || command.kind == Kind::display)
    for (const auto& column : command.columns)
      if (column.value->kind != Expression::Kind::field || column.name != column.value->text)
        if (auto value = evaluate(*column.value, record)) record[column.name] = std::move(*value);
  return true;
}

bool needs_all(const QueryCommand& command) {
  return command.kind == Kind::stats || command.kind == Kind::sort || command.kind == Kind::dedup ||
         command.kind == Kind::limit;
}

Value aggregate(const Expression& e, const std::vector<const QueryRecord*>& group) {
  if (e.kind == Expression::Kind::call && e.text == "count" && e.parts.empty())
    return text_value(std::to_string(group.size()));
  if (e.kind != Expression::Kind::call || e.parts.empty()) return std::nullopt;
  std::vector<QueryValue> values;
  std::vector<double> numbers;
  for (const auto* record : group) {
    const auto value = evaluate(*e.parts[0], *record);
    if (!value) continue;
    if (const auto number = to_number(value->text)) numbers.push_back(*number);
    values.push_back(*value);
  }
  if (e.text == "count") return text_value(std::to_string(values.size()));
  if (e.text == "count_distinct") {
    std::set<std::string> distinct;
    for (const auto& value : values)
      distinct.insert(value.text);
    return text_value(std::to_string(distinct.size()));
  }
  if (values.empty()) return std::nullopt;
  // Records come newest first.
  if (e.text == "latest") return values.front();
  if (e.text == "earliest") return values.back();
  if (e.text == "min" || e.text == "max") {
    auto best = values.front();
    for (const auto& value : values)
      if (e.text == "min" ? compare(value, best) < 0 : compare(value, best) > 0) best = value;
    return text_value(best.text);
  }
  if (numbers.empty()) return std::nullopt;
  double sum = 0, squares = 0;
  for (const double number : numbers) {
    sum += number;
    squares += number * number;
  }
  const auto count = static_cast<double>(numbers.size());
  if (e.text == "sum") return text_value(from_number(sum));
  if (e.text == "avg") return text_value(from_number(sum / count));
  if (e.text == "stddev")
    return text_value(from_number(std::sqrt(std::max(0.0, squares / count - (sum / count) * (sum / count)))));
  if (e.text != "pct") return std::nullopt;
  std::ranges::sort(numbers);
  const double share = std::clamp(to_number(e.parts[1]->text).value_or(50), 0.0, 100.0) / 100;
  return text_value(from_number(numbers[static_cast<std::size_t>(std::lround(share * (count - 1)))]));
}

std::vector<QueryRecord> grouped(const QueryCommand& command, const std::vector<QueryRecord>& records) {
  std::map<std::vector<std::string>, std::vector<const QueryRecord*>> groups;
  std::map<std::vector<std::string>, QueryRecord> heads;
  if (command.columns.empty()) groups[{}] = {};
  for (const auto& record : records) {
    std::vector<std::string> key;
    QueryRecord head;
    for (const auto& column : command.columns) {
      const auto value = evaluate(*column.value, record);
      key.push_back(value ? "=" + value->text : "");
      if (value) head[column.name] = *value;
    }
    heads.try_emplace(key, std::move(head));
    groups[std::move(key)].push_back(&record);
  }
  std::vector<QueryRecord> out;
  for (const auto& [key, members] : groups) {
    QueryRecord record = heads[key];
    for (const auto& column : command.aggregates)
      if (auto value = aggregate(*column.value, members)) record[column.name] = std::move(*value);
    out.push_back(std::move(record));
  }
  return out;
}

// Behind stats a column goes by its text: sort count(*).
Value column_value(const QueryColumn& column, const QueryRecord& record) {
  const auto found = record.find(column.name);
  return found != record.end() ? Value(found->second) : evaluate(*column.value, record);
}

// Missing values come last, whatever the direction.
void sort(const QueryCommand& command, std::vector<QueryRecord>& records) {
  const auto before = [&](const QueryRecord& a, const QueryRecord& b) {
    for (std::size_t i = 0; i < command.columns.size(); ++i) {
      const auto left = column_value(command.columns[i], a), right = column_value(command.columns[i], b);
      if (left.has_value() != right.has_value()) return left.has_value();
      const int order = left ? compare(*left, *right) : 0;
      if (order != 0) return command.descending[i] ? order > 0 : order < 0;
    }
    return false;
  };
  std::vector<std::size_t> order(records.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    if (before(records[a], records[b])) return true;
    return !before(records[b], records[a]) && a < b;
  });
  std::vector<QueryRecord> sorted;
  sorted.reserve(records.size());
  for (const std::size_t i : order)
    sorted.push_back(std::move(records[i]));
  records = std::move(sorted);
}

void dedup(const QueryCommand& command, std::vector<QueryRecord>& records) {
  std::set<std::vector<std::string>> seen;
  std::erase_if(records, [&](const QueryRecord& record) {
    std::vector<std::string> key;
    for (const auto& column : command.columns) {
      const auto value = evaluate(*column.value, record);
      if (!value) return false;  // records without the field are kept
      key.push_back(value->text);
    }
    return !seen.insert(std::move(key)).second;
  });
}

void add_names(std::vector<std::string>& names, const std::vector<QueryColumn>& columns) {
  for (const auto& column : columns)
    if (std::ranges::find(names, column.name) == names.end()) names.push_back(column.name);
}

// The names of the columns that are shown in the end.
std::vector<std::string> shown_names(const std::vector<QueryCommand>& commands) {
  std::vector<std::string> names;
  for (const auto& command : commands) {
    if (command.kind == Kind::stats || command.kind == Kind::display) names.clear();
    if (command.kind == Kind::stats || command.kind == Kind::display || command.kind == Kind::fields) {
      add_names(names, command.columns);
      add_names(names, command.aggregates);
    }
  }
  if (names.empty()) names = {"@timestamp", "@message"};
  return names;
}

void flatten(const json::value& value, const std::string& name, QueryRecord& record) {
  if (record.size() >= kMaxFields || value.is_null()) return;
  if (value.is_object()) {
    for (const auto& [key, inner] : value.get_object())
      flatten(inner, name.empty() ? std::string(key) : name + "." + std::string(key), record);
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.get_array().size(); ++i)
      flatten(value.get_array()[i], name + "." + std::to_string(i), record);
  } else {
    record[name] = {value.is_string()   ? std::string(value.get_string())
                    : value.is_bool()   ? (value.get_bool() ? "1" : "0")
                    : value.is_double() ? from_number(value.get_double())
                                        : json::serialize(value),
                    false};
  }
}

}  // namespace

std::string query_time(std::int64_t given) {
  constexpr std::int64_t kLast = 253402300799999;  // of the year 9999
  const std::int64_t milliseconds = std::clamp<std::int64_t>(given, 0, kLast);
  const Time time{std::chrono::milliseconds(milliseconds)};
  std::string out = iso_time(time);  // 2023-11-14T22:13:20Z
  out[10] = ' ';
  out.back() = '.';
  append_padded(out, static_cast<std::uint64_t>(milliseconds % 1000), 3);
  return out;
}

void discover_fields(std::string_view message, QueryRecord& record) {
  if (!strip(message).starts_with('{')) return;
  json::error_code error;
  const auto document = json::parse(json::string_view(message.data(), message.size()), error);
  if (!error) flatten(document, "", record);
}

std::expected<InsightsQuery, QueryError> InsightsQuery::make(std::string_view text) {
  InsightsQuery out;
  auto commands = QueryReader(text).read(out.sources_);
  if (!commands) return std::unexpected(commands.error());
  out.commands_ = std::move(*commands);
  return out;
}

bool InsightsQuery::has(QueryCommand::Kind kind) const {
  return std::ranges::find(commands_, kind, &QueryCommand::kind) != commands_.end();
}

bool InsightsQuery::is_of_single_records() const {
  return std::ranges::none_of(commands_, needs_all);
}

bool InsightsQuery::admit(QueryRecord& record) const {
  for (const auto& command : commands_) {
    if (needs_all(command)) return true;
    if (!apply(command, record)) return false;
  }
  return true;
}

std::vector<QueryRow> InsightsQuery::run(std::vector<QueryRecord> records, std::size_t limit) const {
  const auto first = std::ranges::find_if(commands_, needs_all);
  for (auto at = first; at != commands_.end(); ++at) {
    const QueryCommand& command = *at;
    if (command.kind == Kind::stats)
      records = grouped(command, records);
    else if (command.kind == Kind::sort)
      sort(command, records);
    else if (command.kind == Kind::dedup)
      dedup(command, records);
    else if (command.kind == Kind::limit)
      records.resize(std::min(records.size(), command.limit));
    else
      std::erase_if(records, [&](QueryRecord& record) { return !apply(command, record); });
  }
  if (records.size() > limit) records.resize(limit);
  const auto names = shown_names(commands_);
  std::vector<QueryRow> out;
  for (const auto& record : records) {
    QueryRow row;
    for (const auto& name : names)
      if (const auto found = record.find(name); found != record.end())
        row.emplace_back(name, found->second.is_time ? query_time(to_int(found->second.text).value_or(0))
                                                     : found->second.text);
    if (const auto pointer = record.find("@ptr"); pointer != record.end() && !has(Kind::stats))
      row.emplace_back("@ptr", pointer->second.text);
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace crosslog::sandbox
