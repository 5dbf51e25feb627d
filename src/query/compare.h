// Which values are equal, and which comes first: Python's answers.
#ifndef CROSSLOG_SRC_QUERY_COMPARE_H_
#define CROSSLOG_SRC_QUERY_COMPARE_H_

#include "crosslog/error.h"
#include "query/ast.h"
#include "query/value.h"

namespace crosslog::query {

// What the operators ==, !=, <, ... give: null where there is no order. No number
// equals true or false.
[[nodiscard]] Result<Value> compare(Heap& heap, Comparator comparator, const Value& left, const Value& right);

// What contains() goes by, and == inside lists and maps: true equals 1. Members have no order.
[[nodiscard]] Result<bool> equal_in_python(Heap& heap, const Value& left, const Value& right);

// A total order of numbers, with NaN behind all of them, or of strings by code point.
// Precondition: two numbers or two strings.
[[nodiscard]] bool comes_before(const Value& left, const Value& right);

// Whether `left` < `right`, or `left` > `right`: an error for a number and a string.
// Precondition: both are numbers or strings.
[[nodiscard]] Result<bool> is_ordered(Comparator comparator, const Value& left, const Value& right);

}  // namespace crosslog::query

#endif  // CROSSLOG_SRC_QUERY_COMPARE_H_
