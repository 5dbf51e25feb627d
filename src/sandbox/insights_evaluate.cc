#include "sandbox/insights_evaluate.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sandbox/text.h"

namespace crosslog::sandbox {
namespace {

MaybeValue logic(const Expression& e, const QueryRecord& record) {
  const bool first = is_true(evaluate(*e.parts[0], record));
  if (e.text == "not") return truth(!first);
  if (e.text == "and") return truth(first && is_true(evaluate(*e.parts[1], record)));
  return truth(first || is_true(evaluate(*e.parts[1], record)));
}

MaybeValue arithmetic(char sign, const MaybeValue& left, const MaybeValue& right) {
  const auto a = left ? to_number(left->text) : std::nullopt,
             b = right ? to_number(right->text) : std::nullopt;
  if (!a || !b) return std::nullopt;
  switch (sign) {
    case '+':
      return number_value(*a + *b);
    case '-':
      return number_value(*a - *b);
    case '*':
      return number_value(*a * *b);
    default:
      if (*b == 0) return std::nullopt;
      return number_value(sign == '/' ? *a / *b : std::fmod(*a, *b));
  }
}

MaybeValue comparison(std::string_view sign, const MaybeValue& left, const MaybeValue& right) {
  if (!left || !right) return truth(sign == "!=" && left.has_value() != right.has_value());
  const int order = compare_values(*left, *right);
  if (sign == "=") return truth(order == 0);
  if (sign == "!=") return truth(order != 0);
  if (sign == "<") return truth(order < 0);
  if (sign == "<=") return truth(order <= 0);
  return truth(sign == ">" ? order > 0 : order >= 0);
}

MaybeValue matches_like(const Expression& e, const MaybeValue& value) {
  if (!value) return truth(false);
  if (e.regex) return truth(e.regex->found_in(value->text));
  return truth(value->text.find(e.parts[1]->text) != std::string::npos);
}

MaybeValue floored(const MaybeValue& time, const Expression& period) {
  const auto step = to_period(period.text);
  const auto at = time ? to_int(time->text) : std::nullopt;
  if (!step || !at) return std::nullopt;
  return QueryValue{std::to_string(*at - *at % *step), true};
}

MaybeValue of_number(const std::string& name, double x) {
  if (name == "abs") return number_value(std::fabs(x));
  if (name == "ceil") return number_value(std::ceil(x));
  if (name == "floor") return number_value(std::floor(x));
  return x < 0 ? std::nullopt : number_value(std::sqrt(x));
}

MaybeValue of_text(const std::string& name, const std::vector<MaybeValue>& in) {
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
  if (!std::ranges::all_of(in, [](const MaybeValue& value) { return value.has_value(); }))
    return std::nullopt;
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

MaybeValue of_many(const std::string& name, const std::vector<MaybeValue>& in) {
  if (name == "concat") {
    std::string out;
    for (const auto& value : in)
      out += value ? value->text : "";
    return text_value(out);
  }
  MaybeValue best;
  for (const auto& value : in) {
    if (!value) continue;
    if (name == "coalesce") return value;
    const int order = best ? compare_values(*value, *best) : 0;
    if (!best || (name == "greatest" ? order > 0 : order < 0)) best = value;
  }
  return best;
}

MaybeValue call_function(const Expression& e, const QueryRecord& record) {
  const std::string& name = e.text;
  if (name == "bin") {
    const auto time = record.find("@timestamp");
    return floored(time == record.end() ? MaybeValue{} : MaybeValue(time->second), *e.parts[0]);
  }
  std::vector<MaybeValue> in;
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

}  // namespace

MaybeValue evaluate(const Expression& e, const QueryRecord& record) {
  if (e.kind == Expression::Kind::constant) return text_value(e.text);
  if (e.kind == Expression::Kind::field) {
    const auto found = record.find(e.text);
    return found == record.end() ? MaybeValue{} : MaybeValue(found->second);
  }
  if (e.text == "and" || e.text == "or" || e.text == "not") return logic(e, record);
  if (e.text == "like") return matches_like(e, evaluate(*e.parts[0], record));
  if (e.text == "in") {
    const MaybeValue wanted = evaluate(*e.parts[0], record);
    return truth(std::any_of(e.parts.begin() + 1, e.parts.end(), [&](const ExpressionPtr& part) {
      return is_true(comparison("=", wanted, evaluate(*part, record)));
    }));
  }
  if (e.text.size() == 1 && std::string_view("+-*/%").find(e.text[0]) != std::string_view::npos)
    return arithmetic(e.text[0], evaluate(*e.parts[0], record), evaluate(*e.parts[1], record));
  if (std::string_view("!<>=").find(e.text[0]) != std::string_view::npos)
    return comparison(e.text, evaluate(*e.parts[0], record), evaluate(*e.parts[1], record));
  return call_function(e, record);
}

}  // namespace crosslog::sandbox
