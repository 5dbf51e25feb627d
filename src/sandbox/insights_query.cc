#include "sandbox/insights_query.h"

#include <algorithm>
#include <map>
#include <utility>

#include "sandbox/text.h"

namespace crosslog::sandbox {
namespace {

constexpr int kMaxDepth = 100;

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
      out.kind = CommandKind::display;
      out.columns = columns();
    } else if (take_word("filter")) {
      out.kind = CommandKind::filter;
      out.columns.push_back({"", either()});
    } else if (take_word("parse")) {
      read_parse(out);
    } else if (take_word("stats")) {
      out.kind = CommandKind::stats;
      out.aggregates = columns();
      if (!error_ && take_word("by")) out.columns = columns();
    } else if (take_word("sort")) {
      read_sort(out);
    } else if (take_word("dedup")) {
      out.kind = CommandKind::dedup;
      out.columns = columns();
    } else if (take_word("limit") || take_word("head")) {
      out.kind = CommandKind::limit;
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
    out.kind = CommandKind::parse;
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
    out.kind = CommandKind::sort;
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

}  // namespace

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

std::expected<std::vector<QueryCommand>, QueryError> read_query(
    std::string_view text, std::optional<std::vector<std::string>>& sources) {
  return QueryReader(text).read(sources);
}

}  // namespace crosslog::sandbox
