// Applies a tree to a value.
#ifndef CROSSLOG_SRC_QUERY_INTERPRETER_H_
#define CROSSLOG_SRC_QUERY_INTERPRETER_H_

#include <cstddef>

#include "crosslog/error.h"
#include "query/ast.h"
#include "query/value.h"

namespace crosslog::query {

class Interpreter {
 public:
  // The heap must outlive what visit() gives; so must the tree and the value visited.
  explicit Interpreter(Heap& heap) noexcept : heap_(heap) {}

  [[nodiscard]] Result<Value> visit(const Node& node, const Value& value);
  [[nodiscard]] Heap& heap() noexcept { return heap_; }

 private:
  Result<Value> apply(const Node& node, const Value& value);
  Result<Value> visit_sequence(const Node& node, Value value);
  Result<Value> visit_slice(const Node& node, const Value& value);
  Result<Value> visit_flatten(const Node& node, const Value& value);
  Result<Value> visit_projection(const Node& node, const Value& value);
  Result<Value> visit_value_projection(const Node& node, const Value& value);
  Result<Value> visit_filter_projection(const Node& node, const Value& value);
  Result<Value> visit_multi_select_list(const Node& node, const Value& value);
  Result<Value> visit_multi_select_hash(const Node& node, const Value& value);
  Result<Value> visit_comparison(const Node& node, const Value& value);
  Result<Value> visit_or(const Node& node, const Value& value);
  Result<Value> visit_and(const Node& node, const Value& value);
  Result<Value> visit_not(const Node& node, const Value& value);
  Result<Value> visit_function(const Node& node, const Value& value);

  Heap& heap_;
  std::size_t depth_ = 0;
};

}  // namespace crosslog::query

#endif  // CROSSLOG_SRC_QUERY_INTERPRETER_H_
