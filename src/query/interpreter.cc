#include "query/interpreter.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/try.h"
#include "query/compare.h"
#include "query/errors.h"
#include "query/functions.h"

namespace crosslog::query {
namespace {

bool is_false(const Value& value) {
  switch (value.kind()) {
    case Kind::null:
      return true;
    case Kind::boolean:
      return !value.boolean();
    case Kind::string:
      return value.string().empty();
    case Kind::list:
    case Kind::map:
      return value.size() == 0;
    default:
      return false;
  }
}

Value element_or_null(const Value& list, std::int64_t index) {
  if (!list.is(Kind::list)) return {};
  const auto size = static_cast<std::int64_t>(list.size());
  if (index < -size || index >= size) return {};
  return list.element(static_cast<std::size_t>(index < 0 ? index + size : index));
}

// Where a slice begins, where it ends, and how many steps are between. Python's
// slice.indices().
struct SliceRange {
  std::int64_t first, step, count;
};

std::int64_t clamp(std::int64_t bound, std::int64_t size, bool backward) {
  if (bound < 0) bound = bound < -size ? -1 : bound + size;
  return std::clamp(bound, backward ? std::int64_t{-1} : std::int64_t{0}, backward ? size - 1 : size);
}

SliceRange range_of(const Node& slice, std::int64_t size) {
  const auto& [start, stop, step] = slice.bounds;
  // Longer steps than the list are all the same.
  const std::int64_t by = std::clamp(step.value_or(1), -size - 1, size + 1);
  const bool backward = by < 0;
  const std::int64_t first = start ? clamp(*start, size, backward) : backward ? size - 1 : 0;
  const std::int64_t last = stop ? clamp(*stop, size, backward) : backward ? -1 : size;
  const std::int64_t distance = backward ? first - last : last - first;
  const std::int64_t stride = backward ? -by : by;
  return {first, by, distance <= 0 ? 0 : (distance - 1) / stride + 1};
}

}  // namespace

Result<Value> Interpreter::visit(const Node& node, const Value& value) {
  CROSSLOG_CHECK(heap_.spend_steps());
  // Only an expression that calls itself gets there: the tree is not as deep.
  if (depth_ == heap_.max_depth()) return python_error("maximum recursion depth exceeded");
  ++depth_;
  auto result = apply(node, value);
  --depth_;
  return result;
}

Result<Value> Interpreter::apply(const Node& node, const Value& value) {
  switch (node.type) {
    case NodeType::current:
      return value;
    case NodeType::field:
      CROSSLOG_CHECK(heap_.spend_steps(value.size() / 8));
      return value.find(node.name).value_or(Value());
    case NodeType::literal:
      return Value(node.literal);
    case NodeType::index:
      return element_or_null(value, *node.bounds[0]);
    case NodeType::slice:
      return visit_slice(node, value);
    case NodeType::subexpression:
    case NodeType::index_expression:
    case NodeType::pipe:
      return visit_sequence(node, value);
    case NodeType::projection:
      return visit_projection(node, value);
    case NodeType::value_projection:
      return visit_value_projection(node, value);
    case NodeType::filter_projection:
      return visit_filter_projection(node, value);
    case NodeType::flatten:
      return visit_flatten(node, value);
    case NodeType::multi_select_list:
      return visit_multi_select_list(node, value);
    case NodeType::multi_select_hash:
      return visit_multi_select_hash(node, value);
    case NodeType::member:
      return visit(node.children[0], value);
    case NodeType::comparison:
      return visit_comparison(node, value);
    case NodeType::or_expression:
      return visit_or(node, value);
    case NodeType::and_expression:
      return visit_and(node, value);
    case NodeType::not_expression:
      return visit_not(node, value);
    case NodeType::function:
      return visit_function(node, value);
    case NodeType::expression:
      return Value(&node.children[0]);
  }
  return Value();
}

Result<Value> Interpreter::visit_sequence(const Node& node, Value value) {
  for (const auto& child : node.children) {
    CROSSLOG_TRY(value, visit(child, value));
  }
  return value;
}

Result<Value> Interpreter::visit_slice(const Node& node, const Value& value) {
  if (!value.is(Kind::list)) return Value();
  if (node.bounds[2] == 0) return python_error("slice step cannot be zero");
  const auto [first, step, count] = range_of(node, static_cast<std::int64_t>(value.size()));
  CROSSLOG_CHECK(heap_.spend_steps(static_cast<std::uint64_t>(count)));
  Value::List list;
  for (std::int64_t i = 0; i < count; ++i) {
    CROSSLOG_CHECK(heap_.append(list, value.element(static_cast<std::size_t>(first + i * step))));
  }
  return heap_.make(std::move(list));
}

Result<Value> Interpreter::visit_flatten(const Node& node, const Value& value) {
  CROSSLOG_TRY(const auto base, visit(node.children[0], value));
  if (!base.is(Kind::list)) return Value();
  Value::List list;
  for (std::size_t i = 0; i < base.size(); ++i) {
    const Value element = base.element(i);
    CROSSLOG_CHECK(heap_.spend_steps(1 + element.size()));
    if (!element.is(Kind::list)) {
      CROSSLOG_CHECK(heap_.append(list, element));
      continue;
    }
    for (std::size_t inner = 0; inner < element.size(); ++inner) {
      CROSSLOG_CHECK(heap_.append(list, element.element(inner)));
    }
  }
  return heap_.make(std::move(list));
}

Result<Value> Interpreter::visit_projection(const Node& node, const Value& value) {
  CROSSLOG_TRY(const auto base, visit(node.children[0], value));
  if (!base.is(Kind::list)) return Value();
  Value::List list;
  for (std::size_t i = 0; i < base.size(); ++i) {
    CROSSLOG_TRY(const auto result, visit(node.children[1], base.element(i)));
    if (result.is_null()) continue;
    CROSSLOG_CHECK(heap_.append(list, result));
  }
  return heap_.make(std::move(list));
}

Result<Value> Interpreter::visit_value_projection(const Node& node, const Value& value) {
  CROSSLOG_TRY(const auto base, visit(node.children[0], value));
  if (!base.is(Kind::map)) return Value();
  Value::List list;
  for (std::size_t i = 0; i < base.size(); ++i) {
    CROSSLOG_TRY(const auto result, visit(node.children[1], base.member(i)));
    if (result.is_null()) continue;
    CROSSLOG_CHECK(heap_.append(list, result));
  }
  return heap_.make(std::move(list));
}

Result<Value> Interpreter::visit_filter_projection(const Node& node, const Value& value) {
  CROSSLOG_TRY(const auto base, visit(node.children[0], value));
  if (!base.is(Kind::list)) return Value();
  Value::List list;
  for (std::size_t i = 0; i < base.size(); ++i) {
    const Value element = base.element(i);
    CROSSLOG_TRY(const auto chosen, visit(node.children[2], element));
    if (is_false(chosen)) continue;
    CROSSLOG_TRY(const auto result, visit(node.children[1], element));
    if (result.is_null()) continue;
    CROSSLOG_CHECK(heap_.append(list, result));
  }
  return heap_.make(std::move(list));
}

Result<Value> Interpreter::visit_multi_select_list(const Node& node, const Value& value) {
  if (value.is_null()) return Value();
  Value::List list;
  for (const auto& child : node.children) {
    CROSSLOG_TRY(const auto result, visit(child, value));
    CROSSLOG_CHECK(heap_.append(list, result));
  }
  return heap_.make(std::move(list));
}

Result<Value> Interpreter::visit_multi_select_hash(const Node& node, const Value& value) {
  if (value.is_null()) return Value();
  Value::Map map;
  for (const auto& child : node.children) {
    CROSSLOG_TRY(const auto result, visit(child, value));
    CROSSLOG_CHECK(heap_.spend_steps(map.size() / 8));
    const auto known = std::ranges::find(map, child.name, &Value::Map::value_type::first);
    if (known == map.end()) {
      map.emplace_back(child.name, result);
    } else {
      known->second = result;
    }
  }
  return heap_.make(std::move(map));
}

Result<Value> Interpreter::visit_comparison(const Node& node, const Value& value) {
  CROSSLOG_TRY(const auto left, visit(node.children[0], value));
  CROSSLOG_TRY(const auto right, visit(node.children[1], value));
  return compare(heap_, node.comparator, left, right);
}

Result<Value> Interpreter::visit_or(const Node& node, const Value& value) {
  CROSSLOG_TRY(const auto left, visit(node.children[0], value));
  return is_false(left) ? visit(node.children[1], value) : left;
}

Result<Value> Interpreter::visit_and(const Node& node, const Value& value) {
  CROSSLOG_TRY(const auto left, visit(node.children[0], value));
  return is_false(left) ? left : visit(node.children[1], value);
}

Result<Value> Interpreter::visit_not(const Node& node, const Value& value) {
  CROSSLOG_TRY(const auto inner, visit(node.children[0], value));
  return Value(is_false(inner));
}

Result<Value> Interpreter::visit_function(const Node& node, const Value& value) {
  std::vector<Value> arguments;
  for (const auto& child : node.children) {
    CROSSLOG_TRY(const auto argument, visit(child, value));
    arguments.push_back(argument);
  }
  return call_function(*this, node.name, arguments);
}

}  // namespace crosslog::query
