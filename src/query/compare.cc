#include "query/compare.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/try.h"
#include "query/errors.h"
#include "query/python.h"

namespace crosslog::query {
namespace {

int sign(auto a, auto b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

// An integer is not rounded to compare it with a double.
int compare_exactly(std::int64_t a, double b) {
  constexpr double kTwoTo63 = 9223372036854775808.0;
  if (b >= kTwoTo63) return -1;
  if (b < -kTwoTo63) return 1;
  const double whole = std::trunc(b);
  const int wholes = sign(a, static_cast<std::int64_t>(whole));
  return wholes != 0 ? wholes : sign(whole, b);
}

bool is_nan(const Value& value) {
  return value.is(Kind::real) && std::isnan(value.real());
}

// Precondition: neither is NaN.
int compare_numbers(const Value& a, const Value& b) {
  if (a.is(Kind::integer)) {
    return b.is(Kind::integer) ? sign(a.integer(), b.integer()) : compare_exactly(a.integer(), b.real());
  }
  return b.is(Kind::integer) ? -compare_exactly(b.integer(), a.real()) : sign(a.real(), b.real());
}

// true and false are 1 and 0.
Value as_number(const Value& value) {
  return value.is(Kind::boolean) ? Value(std::int64_t{value.boolean()}) : value;
}

Result<bool> equal_lists(Heap& heap, const Value& a, const Value& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    CROSSLOG_TRY(const bool equal, equal_in_python(heap, a.element(i), b.element(i)));
    if (!equal) return false;
  }
  return true;
}

Result<bool> equal_maps(Heap& heap, const Value& a, const Value& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    CROSSLOG_CHECK(heap.spend_steps(1 + b.size() / 8));
    const auto other = b.find(a.name(i));
    if (!other) return false;
    CROSSLOG_TRY(const bool equal, equal_in_python(heap, a.member(i), *other));
    if (!equal) return false;
  }
  return true;
}

Result<bool> equals(Heap& heap, const Value& left, const Value& right) {
  if (left.is_number() != right.is_number()) return false;
  return equal_in_python(heap, left, right);
}

std::string_view symbol(Comparator comparator) {
  constexpr std::string_view kSymbols[] = {"==", "!=", "<", "<=", ">", ">="};
  return kSymbols[static_cast<std::size_t>(comparator)];
}

bool holds(Comparator comparator, int order) {
  switch (comparator) {
    case Comparator::less:
      return order < 0;
    case Comparator::less_or_equal:
      return order <= 0;
    case Comparator::greater:
      return order > 0;
    default:
      return order >= 0;
  }
}

bool is_comparable(const Value& value) {
  return value.is_number() || value.is(Kind::string);
}

}  // namespace

Result<Value> compare(Heap& heap, Comparator comparator, const Value& left, const Value& right) {
  if (comparator == Comparator::equal || comparator == Comparator::not_equal) {
    CROSSLOG_TRY(const bool same, equals(heap, left, right));
    return Value(same == (comparator == Comparator::equal));
  }
  if (!is_comparable(left) || !is_comparable(right)) return Value();
  CROSSLOG_TRY(const bool ordered, is_ordered(comparator, left, right));
  return Value(ordered);
}

Result<bool> equal_in_python(Heap& heap, const Value& left, const Value& right) {
  CROSSLOG_CHECK(heap.spend_steps());
  const Value a = as_number(left);
  const Value b = as_number(right);
  if (a.is_number() && b.is_number()) return !is_nan(a) && !is_nan(b) && compare_numbers(a, b) == 0;
  if (a.kind() != b.kind()) return false;
  if (a.same(b)) return true;
  if (a.is(Kind::list)) return equal_lists(heap, a, b);
  if (a.is(Kind::map)) return equal_maps(heap, a, b);
  return false;
}

bool comes_before(const Value& left, const Value& right) {
  if (left.is(Kind::string)) return left.string() < right.string();
  if (is_nan(left) || is_nan(right)) return !is_nan(left);
  return compare_numbers(left, right) < 0;
}

Result<bool> is_ordered(Comparator comparator, const Value& left, const Value& right) {
  if (left.is(Kind::string) != right.is(Kind::string)) {
    return python_error("'" + std::string(symbol(comparator)) + "' not supported between instances of '" +
                        std::string(python_type(left)) + "' and '" + std::string(python_type(right)) + "'");
  }
  if (left.is(Kind::string)) return holds(comparator, left.string().compare(right.string()));
  return !is_nan(left) && !is_nan(right) && holds(comparator, compare_numbers(left, right));
}

}  // namespace crosslog::query
