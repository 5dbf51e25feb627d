// An expression as a tree. One struct for all parts: what a part means is in its
// type, and the evaluator has one function for each.
#ifndef CROSSLOG_SRC_QUERY_AST_H_
#define CROSSLOG_SRC_QUERY_AST_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crosslog/document.h"

namespace crosslog::query {

// "Projection" is what [*], [], [?], slices and * begin: the left part gives a list,
// the right part is applied to each element, and nulls are dropped.
enum class NodeType {
  current,            // @, and where nothing is written: the value itself
  field,              // a: the member called `name`
  literal,            // `1` and 'text': `literal`
  index,              // [n] of a list: bounds[0], from the end when negative
  slice,              // [n:n:n] of a list: bounds
  subexpression,      // a.b.c: each child is applied to what the one before gave
  index_expression,   // a[0][1]: the same
  pipe,               // a | b: the same, and it ends a projection
  projection,         // children: the list, what is done to each element
  value_projection,   // the same over the values of a map
  filter_projection,  // the same, with the condition as third child
  flatten,            // a[]: lists inside the list are put in its place
  multi_select_list,  // [a, b]
  multi_select_hash,  // {x: a, y: b}: children are of type member
  member,             // `name`: children[0]
  comparison,         // `comparator` between two children
  or_expression,
  and_expression,
  not_expression,
  function,    // `name`(children)
  expression,  // &a: an argument that the function applies
};

enum class Comparator { equal, not_equal, less, less_or_equal, greater, greater_or_equal };

struct Node {
  NodeType type = NodeType::current;
  std::vector<Node> children;
  std::string name;
  Document literal;
  Comparator comparator = Comparator::equal;
  std::array<std::optional<std::int64_t>, 3> bounds;
  std::size_t depth = 1;  // levels, this one included

  friend bool operator==(const Node&, const Node&) = default;
};

inline void append_child(Node& parent, Node child) {
  parent.depth = std::max(parent.depth, child.depth + 1);
  parent.children.push_back(std::move(child));
}

template <class... Children>
[[nodiscard]] Node make_node(NodeType type, Children... children) {
  Node node;
  node.type = type;
  (append_child(node, std::move(children)), ...);
  return node;
}

[[nodiscard]] inline Node make_named(NodeType type, std::string name) {
  Node node;
  node.type = type;
  node.name = std::move(name);
  return node;
}

}  // namespace crosslog::query

#endif  // CROSSLOG_SRC_QUERY_AST_H_
