// One table says what each function takes; one function of ours for each of them
// says what it gives. Types are checked before the call, for elements too
// ("array-number"), so that a function sees nothing else. As in Python, only the
// first of any number of arguments is checked by the table.
#include "query/functions.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/try.h"
#include "query/compare.h"
#include "query/errors.h"
#include "query/python.h"

namespace crosslog::query {
namespace {

using Arguments = std::span<const Value>;
using Types = std::span<const std::string_view>;

// Types, in JMESPath's words.

constexpr std::string_view kAnything = "";

std::string_view type_of(const Value& value) {
  constexpr std::string_view kTypes[] = {"null",   "boolean", "number", "number",
                                         "string", "array",   "object", "expref"};
  return kTypes[static_cast<std::size_t>(value.kind())];
}

std::unexpected<Error> bad_type(Heap& heap, std::string_view function, const Value& value, Types expected,
                                std::string_view received) {
  return wrong_type(function, python_str(value, heap.memory()), expected, received);
}

// "array-number" is an array whose elements are numbers.
std::string_view element_type(std::string_view type) {
  const auto dash = type.find('-');
  return dash == std::string_view::npos ? std::string_view{} : type.substr(dash + 1);
}

bool is_one_of(std::string_view type, Types allowed) {
  return std::ranges::any_of(allowed, [type](auto each) { return each.substr(0, each.find('-')) == type; });
}

// All elements must be of one of the element types, the same one. Precondition: an array.
Result<void> check_elements(Heap& heap, std::string_view function, const Value& list, Types allowed) {
  std::string_view wanted;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Value element = list.element(i);
    CROSSLOG_CHECK(heap.spend_steps());
    const auto type = type_of(element);
    if (i == 0) {
      const auto match = std::ranges::find(allowed, type, element_type);
      wanted = match == allowed.end() ? std::string_view{} : type;
    }
    if (type != wanted) return bad_type(heap, function, element, allowed, python_type(element));
  }
  return {};
}

Result<void> check_type(Heap& heap, std::string_view function, const Value& value, Types allowed) {
  if (allowed.front() == kAnything) return {};
  const auto type = type_of(value);
  if (!is_one_of(type, allowed)) return bad_type(heap, function, value, allowed, type);
  if (type != "array" || element_type(allowed.front()).empty()) return {};
  return check_elements(heap, function, value, allowed);
}

// Numbers.

// A whole double as an integer, when 64 bits hold it.
Value as_integer(double whole) {
  constexpr double kTwoTo63 = 9223372036854775808.0;
  if (whole >= -kTwoTo63 && whole < kTwoTo63) return Value(static_cast<std::int64_t>(whole));
  return Value(whole);
}

double as_real(const Value& number) {
  return number.is(Kind::integer) ? static_cast<double>(number.integer()) : number.real();
}

Result<Value> round(const Value& number, double (*rounded)(double)) {
  if (number.is(Kind::integer)) return number;
  if (std::isnan(number.real())) return python_error("cannot convert float NaN to integer");
  if (std::isinf(number.real())) return python_error("cannot convert float infinity to integer");
  return as_integer(rounded(number.real()));
}

Result<Value> call_abs(Interpreter&, Arguments arguments) {
  const Value& number = arguments[0];
  if (number.is(Kind::real)) return Value(std::fabs(number.real()));
  if (number.integer() == INT64_MIN) return Value(-static_cast<double>(INT64_MIN));
  return Value(std::abs(number.integer()));
}

Result<Value> call_ceil(Interpreter&, Arguments arguments) {
  return round(arguments[0], [](double number) { return std::ceil(number); });
}

Result<Value> call_floor(Interpreter&, Arguments arguments) {
  return round(arguments[0], [](double number) { return std::floor(number); });
}

// Integers are added as such until a double comes or 64 bits are full; from there on Neumaier's
// compensated sum, which Python has had since 3.12.
class Sum {
 public:
  void add(const Value& number) {
    if (number.is(Kind::integer) && !real_) {
      std::int64_t next = 0;
      if (!__builtin_add_overflow(integer_, number.integer(), &next)) {
        integer_ = next;
        return;
      }
    }
    add_real(as_real(number));
  }

  [[nodiscard]] Value total() const {
    if (!real_) return Value(integer_);
    return Value(std::isfinite(compensation_) ? sum_ + compensation_ : sum_);
  }

 private:
  void add_real(double number) {
    if (!real_) {
      real_ = true;
      sum_ = static_cast<double>(integer_) + number;
      return;
    }
    const double next = sum_ + number;
    compensation_ += std::fabs(sum_) >= std::fabs(number) ? (sum_ - next) + number : (number - next) + sum_;
    sum_ = next;
  }

  bool real_ = false;
  std::int64_t integer_ = 0;
  double sum_ = 0;
  double compensation_ = 0;
};

Value sum(const Value& list) {
  Sum sum;
  for (std::size_t i = 0; i < list.size(); ++i)
    sum.add(list.element(i));
  return sum.total();
}

Result<Value> call_sum(Interpreter&, Arguments arguments) {
  return sum(arguments[0]);
}

Result<Value> call_avg(Interpreter&, Arguments arguments) {
  const Value& list = arguments[0];
  if (list.size() == 0) return Value();
  return Value(as_real(sum(list)) / static_cast<double>(list.size()));
}

Result<Value> call_to_number(Interpreter&, Arguments arguments) {
  const Value& value = arguments[0];
  if (value.is_number()) return value;
  if (value.is(Kind::string)) return parse_python_number(value.string());
  if (!value.is(Kind::expression)) return Value();
  return python_error(
      "int() argument must be a string, a bytes-like object or a real number, not '_Expression'");
}

// Strings.

Result<Value> call_starts_with(Interpreter&, Arguments arguments) {
  return Value(arguments[0].string().starts_with(arguments[1].string()));
}

Result<Value> call_ends_with(Interpreter&, Arguments arguments) {
  return Value(arguments[0].string().ends_with(arguments[1].string()));
}

Result<Value> call_join(Interpreter& interpreter, Arguments arguments) {
  const auto separator = arguments[0].string();
  const Value& list = arguments[1];
  std::string joined;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto part = list.element(i).string();
    CROSSLOG_CHECK(interpreter.heap().spend_memory(separator.size() + part.size()));
    if (i > 0) joined += separator;
    joined += part;
  }
  return interpreter.heap().make(std::move(joined));
}

Result<Value> call_to_string(Interpreter& interpreter, Arguments arguments) {
  if (arguments[0].is(Kind::string)) return arguments[0];
  return interpreter.heap().make(python_dumps(arguments[0], interpreter.heap().memory()));
}

Result<Value> reverse_string(Heap& heap, std::string_view text) {
  std::string reversed(text.size(), '\0');
  std::size_t end = text.size();
  while (!text.empty()) {
    const auto size = first_code_point(text).size;
    end -= size;
    reversed.replace(end, size, text.substr(0, size));
    text.remove_prefix(size);
  }
  return heap.make(std::move(reversed));
}

// Lists and strings.

Result<Value> call_length(Interpreter&, Arguments arguments) {
  const Value& value = arguments[0];
  const auto length = value.is(Kind::string) ? count_code_points(value.string()) : value.size();
  return Value(static_cast<std::int64_t>(length));
}

Result<Value> call_reverse(Interpreter& interpreter, Arguments arguments) {
  const Value& value = arguments[0];
  Heap& heap = interpreter.heap();
  if (value.is(Kind::string)) return reverse_string(heap, value.string());
  Value::List reversed;
  for (std::size_t i = value.size(); i > 0; --i) {
    CROSSLOG_CHECK(heap.append(reversed, value.element(i - 1)));
  }
  return heap.make(std::move(reversed));
}

Result<Value> call_contains(Interpreter& interpreter, Arguments arguments) {
  const Value& subject = arguments[0];
  const Value& search = arguments[1];
  if (subject.is(Kind::list)) {
    for (std::size_t i = 0; i < subject.size(); ++i) {
      CROSSLOG_TRY(const bool equal, equal_in_python(interpreter.heap(), subject.element(i), search));
      if (equal) return Value(true);
    }
    return Value(false);
  }
  if (search.is(Kind::string)) return Value(subject.string().contains(search.string()));
  return python_error("'in <string>' requires string as left operand, not " +
                      std::string(python_type(search)));
}

Result<Value> call_to_array(Interpreter& interpreter, Arguments arguments) {
  if (arguments[0].is(Kind::list)) return arguments[0];
  return interpreter.heap().make(Value::List{arguments[0]});
}

Result<Value> call_map(Interpreter& interpreter, Arguments arguments) {
  const Value& list = arguments[1];
  Value::List mapped;
  for (std::size_t i = 0; i < list.size(); ++i) {
    CROSSLOG_TRY(const auto result, interpreter.visit(arguments[0].body(), list.element(i)));
    CROSSLOG_CHECK(interpreter.heap().append(mapped, result));
  }
  return interpreter.heap().make(std::move(mapped));
}

// Order. Of equal elements the first one is chosen, and sorting keeps their order.

struct Keyed {
  Value key, element;
  std::size_t place = 0;
};

bool sorts_before(const Keyed& a, const Keyed& b) {
  return comes_before(a.key, b.key) || (!comes_before(b.key, a.key) && a.place < b.place);
}

Result<Value> sort(Heap& heap, std::vector<Keyed> keyed) {
  CROSSLOG_CHECK(heap.spend_steps(keyed.size() * static_cast<std::size_t>(std::bit_width(keyed.size()))));
  std::ranges::sort(keyed, sorts_before);
  Value::List sorted;
  for (const auto& each : keyed) {
    CROSSLOG_CHECK(heap.append(sorted, each.element));
  }
  return heap.make(std::move(sorted));
}

Result<Value> call_sort(Interpreter& interpreter, Arguments arguments) {
  const Value& list = arguments[0];
  std::vector<Keyed> keyed;
  for (std::size_t i = 0; i < list.size(); ++i)
    keyed.push_back({list.element(i), list.element(i), i});
  return sort(interpreter.heap(), std::move(keyed));
}

constexpr std::string_view kNumberOrString[] = {"number", "string"};
constexpr std::string_view kStringOrNumber[] = {"string", "number"};

// The key that `expression` gives an element.
Result<Value> key_of(Interpreter& interpreter, std::string_view function, const Value& expression,
                     const Value& element, Types allowed) {
  CROSSLOG_TRY(const auto key, interpreter.visit(expression.body(), element));
  const auto type = type_of(key);
  if (!is_one_of(type, allowed)) return bad_type(interpreter.heap(), function, key, allowed, type);
  return key;
}

// The type of the first key is that of all.
Result<Value> call_sort_by(Interpreter& interpreter, Arguments arguments) {
  const Value& list = arguments[0];
  if (list.size() == 0) return list;
  CROSSLOG_TRY(const auto first, interpreter.visit(arguments[1].body(), list.element(0)));
  const auto type = type_of(first);
  if (!is_one_of(type, kStringOrNumber)) {
    return bad_type(interpreter.heap(), "sort_by", list.element(0), kStringOrNumber, type);
  }
  std::vector<Keyed> keyed;
  for (std::size_t i = 0; i < list.size(); ++i) {
    CROSSLOG_TRY(const auto key, key_of(interpreter, "sort_by", arguments[1], list.element(i), {&type, 1}));
    keyed.push_back({key, list.element(i), i});
  }
  return sort(interpreter.heap(), std::move(keyed));
}

// The element whose key is `better` than all before it; null of none.
Result<Value> best_by(Interpreter& interpreter, std::string_view function, Arguments arguments,
                      Comparator better) {
  Keyed best;
  for (std::size_t i = 0; i < arguments[0].size(); ++i) {
    const Value element = arguments[0].element(i);
    CROSSLOG_TRY(const auto key, key_of(interpreter, function, arguments[1], element, kNumberOrString));
    if (i > 0) {
      CROSSLOG_TRY(const bool is_better, is_ordered(better, key, best.key));
      if (!is_better) continue;
    }
    best = {key, element, i};
  }
  return best.element;
}

Result<Value> best(const Value& list, Comparator better) {
  Value best;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Value element = list.element(i);
    if (i > 0) {
      CROSSLOG_TRY(const bool is_better, is_ordered(better, element, best));
      if (!is_better) continue;
    }
    best = element;
  }
  return best;
}

Result<Value> call_max(Interpreter&, Arguments arguments) {
  return best(arguments[0], Comparator::greater);
}

Result<Value> call_min(Interpreter&, Arguments arguments) {
  return best(arguments[0], Comparator::less);
}

Result<Value> call_max_by(Interpreter& interpreter, Arguments arguments) {
  return best_by(interpreter, "max_by", arguments, Comparator::greater);
}

Result<Value> call_min_by(Interpreter& interpreter, Arguments arguments) {
  return best_by(interpreter, "min_by", arguments, Comparator::less);
}

// Maps.

Result<Value> call_keys(Interpreter& interpreter, Arguments arguments) {
  Value::List names;
  for (std::size_t i = 0; i < arguments[0].size(); ++i) {
    CROSSLOG_CHECK(interpreter.heap().append(names, Value(arguments[0].name(i))));
  }
  return interpreter.heap().make(std::move(names));
}

Result<Value> call_values(Interpreter& interpreter, Arguments arguments) {
  Value::List values;
  for (std::size_t i = 0; i < arguments[0].size(); ++i) {
    CROSSLOG_CHECK(interpreter.heap().append(values, arguments[0].member(i)));
  }
  return interpreter.heap().make(std::move(values));
}

// Python's dict.update() takes nothing gladly, and other things that are no map in
// ways that no query means: those are refused.
Result<void> check_map(Heap& heap, const Value& value) {
  constexpr std::string_view kObject[] = {"object"};
  if (value.is(Kind::map)) return {};
  if (!value.is(Kind::string) && !value.is(Kind::list)) {
    return python_error("'" + std::string(python_type(value)) + "' object is not iterable");
  }
  const bool empty = value.is(Kind::string) ? value.string().empty() : value.size() == 0;
  if (empty) return {};
  return bad_type(heap, "merge", value, kObject, type_of(value));
}

Result<Value> call_merge(Interpreter& interpreter, Arguments arguments) {
  Heap& heap = interpreter.heap();
  Value::Map merged;
  std::unordered_map<std::string_view, std::size_t> places;
  for (const auto& argument : arguments) {
    CROSSLOG_CHECK(check_map(heap, argument));
    if (!argument.is(Kind::map)) continue;
    CROSSLOG_CHECK(heap.spend_steps(argument.size()));
    for (std::size_t i = 0; i < argument.size(); ++i) {
      const auto [place, is_new] = places.emplace(argument.name(i), merged.size());
      if (is_new) merged.emplace_back(argument.name(i), Value());
      merged[place->second].second = argument.member(i);
    }
  }
  return heap.make(std::move(merged));
}

// Anything.

Result<Value> call_not_null(Interpreter&, Arguments arguments) {
  const auto found = std::ranges::find_if(arguments, [](const Value& value) { return !value.is_null(); });
  return found == arguments.end() ? Value() : *found;
}

Result<Value> call_type(Interpreter&, Arguments arguments) {
  if (arguments[0].is(Kind::expression)) return Value();
  return Value(type_of(arguments[0]));
}

// The table.

constexpr std::string_view kAny[] = {kAnything};
constexpr std::string_view kArray[] = {"array"};
constexpr std::string_view kNumber[] = {"number"};
constexpr std::string_view kObject[] = {"object"};
constexpr std::string_view kString[] = {"string"};
constexpr std::string_view kExpression[] = {"expref"};
constexpr std::string_view kNumbers[] = {"array-number"};
constexpr std::string_view kStrings[] = {"array-string"};
constexpr std::string_view kArrayOrString[] = {"array", "string"};
constexpr std::string_view kSized[] = {"string", "array", "object"};
constexpr std::string_view kNumbersOrStrings[] = {"array-number", "array-string"};
constexpr std::string_view kStringsOrNumbers[] = {"array-string", "array-number"};

struct Function {
  std::string_view name;
  Result<Value> (*call)(Interpreter&, Arguments);
  Types first;
  Types second = {};      // what the arguments may be; kAny: anything
  bool variadic = false;  // more may follow
};

constexpr Function kFunctions[] = {
    {"abs", call_abs, kNumber},
    {"avg", call_avg, kNumbers},
    {"ceil", call_ceil, kNumber},
    {"contains", call_contains, kArrayOrString, kAny},
    {"ends_with", call_ends_with, kString, kString},
    {"floor", call_floor, kNumber},
    {"join", call_join, kString, kStrings},
    {"keys", call_keys, kObject},
    {"length", call_length, kSized},
    {"map", call_map, kExpression, kArray},
    {"max", call_max, kNumbersOrStrings},
    {"max_by", call_max_by, kArray, kExpression},
    {.name = "merge", .call = call_merge, .first = kObject, .variadic = true},
    {"min", call_min, kNumbersOrStrings},
    {"min_by", call_min_by, kArray, kExpression},
    {.name = "not_null", .call = call_not_null, .first = kAny, .variadic = true},
    {"reverse", call_reverse, kArrayOrString},
    {"sort", call_sort, kStringsOrNumbers},
    {"sort_by", call_sort_by, kArray, kExpression},
    {"starts_with", call_starts_with, kString, kString},
    {"sum", call_sum, kNumbers},
    {"to_array", call_to_array, kAny},
    {"to_number", call_to_number, kAny},
    {"to_string", call_to_string, kAny},
    {"type", call_type, kAny},
    {"values", call_values, kObject},
};

Result<void> check_arguments(Heap& heap, const Function& function, Arguments arguments) {
  const std::size_t count = function.second.empty() ? 1 : 2;
  const bool right_count = function.variadic ? arguments.size() >= count : arguments.size() == count;
  if (!right_count) return wrong_count(function.name, count, arguments.size(), function.variadic);
  CROSSLOG_CHECK(check_type(heap, function.name, arguments[0], function.first));
  return count == 1 ? Result<void>() : check_type(heap, function.name, arguments[1], function.second);
}

}  // namespace

Result<Value> call_function(Interpreter& interpreter, std::string_view name, Arguments arguments) {
  const auto* function = std::ranges::find(kFunctions, name, &Function::name);
  if (function == std::end(kFunctions)) return unknown_function(name);
  CROSSLOG_CHECK(check_arguments(interpreter.heap(), *function, arguments));
  return function->call(interpreter, arguments);
}

}  // namespace crosslog::query
