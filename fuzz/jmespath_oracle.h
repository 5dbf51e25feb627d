// For the fuzzer of JMESPath: a tree written back as an expression, and a second
// evaluator that works on Documents, copying all it touches.
#ifndef CROSSLOG_FUZZ_JMESPATH_ORACLE_H_
#define CROSSLOG_FUZZ_JMESPATH_ORACLE_H_

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "crosslog/document.h"
#include "query/ast.h"

namespace crosslog::fuzz {

using query::Node;
using query::NodeType;

// Where a part stands. Behind a projection and behind a dot nothing can be put in
// parentheses, so what is there is written as it must have been read.
enum class Place { free, behind_projection, behind_dot };

inline std::string print(const Node& node, Place place);

inline std::string in_parentheses(const Node& node) {
  return "(" + print(node, Place::free) + ")";
}

inline std::string print_left(const Node& node, Place place) {
  return place == Place::free ? in_parentheses(node) : print(node, place);
}

// What a projection does to each element. A list of expressions behind a dot takes
// no suffixes, one without a dot would.
inline std::string print_rest(const Node& node) {
  return (node.type == NodeType::multi_select_list ? "." : "") + print(node, Place::behind_projection);
}

inline std::string print_list(const Node& node) {
  std::string out;
  for (const auto& child : node.children)
    out += (out.empty() ? "" : ",") + in_parentheses(child);
  return out;
}

inline std::string print_name(const std::string& name) {
  return write_json(Document(name));
}

inline std::string print_brackets(const Node& node) {
  const auto bound = [&](std::size_t i) { return node.bounds[i] ? std::to_string(*node.bounds[i]) : ""; };
  if (node.type == NodeType::index) return "[" + bound(0) + "]";
  return "[" + bound(0) + ":" + bound(1) + ":" + bound(2) + "]";
}

inline std::string print_literal(const Document& value) {
  std::string out;
  for (const char c : write_json(value))
    out += c == '`' ? std::string("\\`") : std::string(1, c);
  return "`" + out + "`";
}

inline bool is_slice_of(const Node& node) {
  return node.type == NodeType::index_expression && node.children.size() == 2 &&
         node.children[1].type == NodeType::slice;
}

inline std::string print_projection(const Node& node, Place place) {
  const Node& left = node.children[0];
  const auto rest = print_rest(node.children[1]);
  if (left.type == NodeType::flatten) return print_left(left.children[0], place) + "[]" + rest;
  if (is_slice_of(left)) return print_left(left.children[0], place) + print_brackets(left.children[1]) + rest;
  return print_left(left, place) + "[*]" + rest;
}

inline std::string print_value_projection(const Node& node, Place place) {
  const auto rest = print_rest(node.children[1]);
  if (node.children[0].type != NodeType::current) return print_left(node.children[0], place) + ".*" + rest;
  return (place == Place::behind_projection ? ".*" : "*") + rest;
}

inline std::string print_subexpression(const Node& node, Place place) {
  auto out = print_left(node.children[0], place);
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    if (i > 1 && place == Place::free) out = "(" + out + ")";
    out += "." + print(node.children[i], Place::behind_dot);
  }
  return out;
}

inline std::string print_hash(const Node& node) {
  std::string out;
  for (const auto& member : node.children)
    out += (out.empty() ? "" : ",") + print_name(member.name) + ":" + in_parentheses(member.children[0]);
  return "{" + out + "}";
}

inline std::string print_binary(const Node& node, std::string_view symbol) {
  return in_parentheses(node.children[0]) + std::string(symbol) + in_parentheses(node.children[1]);
}

inline std::string print(const Node& node, Place place) {
  const std::string dot = place == Place::behind_projection ? "." : "";
  switch (node.type) {
    case NodeType::current:
      return place == Place::free ? "@" : "";
    case NodeType::field:
      return dot + print_name(node.name);
    case NodeType::literal:
      return print_literal(node.literal);
    case NodeType::index_expression: {
      auto out = print_left(node.children[0], place);
      for (std::size_t i = 1; i < node.children.size(); ++i)
        out += print_brackets(node.children[i]);
      return out;
    }
    case NodeType::subexpression:
      return print_subexpression(node, place);
    case NodeType::projection:
      return print_projection(node, place);
    case NodeType::value_projection:
      return print_value_projection(node, place);
    case NodeType::filter_projection:
      return print_left(node.children[0], place) + "[?" + print(node.children[2], Place::free) + "]" +
             print_rest(node.children[1]);
    case NodeType::multi_select_list:
      return "[" + print_list(node) + "]";
    case NodeType::multi_select_hash:
      return dot + print_hash(node);
    case NodeType::comparison: {
      constexpr std::string_view kSymbols[] = {"==", "!=", "<", "<=", ">", ">="};
      return print_binary(node, kSymbols[static_cast<std::size_t>(node.comparator)]);
    }
    case NodeType::or_expression:
      return print_binary(node, "||");
    case NodeType::and_expression:
      return print_binary(node, "&&");
    case NodeType::pipe:
      return print_binary(node, "|");
    case NodeType::not_expression:
      return "!" + in_parentheses(node.children[0]);
    case NodeType::expression:
      return "&" + in_parentheses(node.children[0]);
    case NodeType::function:
      return (place == Place::free ? "(" + print_name(node.name) + ")" : dot + node.name) + "(" +
             print_list(node) + ")";
    case NodeType::index:
    case NodeType::slice:
    case NodeType::flatten:
    case NodeType::member:
      break;  // only inside the others
  }
  std::abort();
}

// What the tree selects, or nullopt where it has what this evaluator does not know:
// functions, comparisons, large bounds.
class Evaluator {
 public:
  using Answer = std::optional<Document>;

  static Answer apply(const Node& node, const Document& value) {
    switch (node.type) {
      case NodeType::current:
        return value;
      case NodeType::field: {
        const auto* found = value.find(node.name);
        return found == nullptr ? Document() : *found;
      }
      case NodeType::literal:
        return node.literal;
      case NodeType::index:
      case NodeType::slice:
        return select(node, value);
      case NodeType::subexpression:
      case NodeType::index_expression:
      case NodeType::pipe:
        return sequence(node, value);
      case NodeType::projection:
      case NodeType::value_projection:
      case NodeType::filter_projection:
        return project(node, value);
      case NodeType::flatten:
        return flatten(node, value);
      case NodeType::multi_select_list:
      case NodeType::multi_select_hash:
        return multi_select(node, value);
      case NodeType::or_expression:
      case NodeType::and_expression: {
        const auto left = apply(node.children[0], value);
        if (!left || is_true(*left) == (node.type == NodeType::or_expression)) return left;
        return apply(node.children[1], value);
      }
      case NodeType::not_expression: {
        const auto inner = apply(node.children[0], value);
        return inner ? Answer(Document(!is_true(*inner))) : std::nullopt;
      }
      default:
        return std::nullopt;
    }
  }

 private:
  static bool is_true(const Document& value) {
    const auto text = write_json(value);
    return text != "null" && text != "false" && text != "\"\"" && text != "[]" && text != "{}";
  }

  static Answer sequence(const Node& node, Document value) {
    for (const auto& child : node.children) {
      auto next = apply(child, value);
      if (!next) return std::nullopt;
      value = *std::move(next);
    }
    return value;
  }

  // Tries each number between the bounds, in the order of the step.
  static Answer select(const Node& node, const Document& value) {
    const auto* list = value.list();
    for (const auto& bound : node.bounds) {
      if (bound && (*bound > 100 || *bound < -100)) return std::nullopt;
    }
    if (list == nullptr) return Document();
    const auto size = static_cast<std::int64_t>(list->size());
    const auto place = [&](std::int64_t bound) { return bound < 0 ? bound + size : bound; };
    if (node.type == NodeType::index) {
      const auto at = place(*node.bounds[0]);
      return at < 0 || at >= size ? Document() : (*list)[static_cast<std::size_t>(at)];
    }
    const auto step = node.bounds[2].value_or(1);
    if (step == 0) return std::nullopt;
    std::int64_t from = step > 0 ? 0 : size - 1;
    if (node.bounds[0]) {
      const auto wanted = place(*node.bounds[0]);
      if (step > 0 ? wanted > from : wanted < from) from = wanted;
    }
    Document::List chosen;
    for (std::int64_t at = from; at >= 0 && at < size; at += step) {
      if (node.bounds[1] && (step > 0 ? at >= place(*node.bounds[1]) : at <= place(*node.bounds[1]))) break;
      chosen.push_back((*list)[static_cast<std::size_t>(at)]);
    }
    return Document(std::move(chosen));
  }

  static Answer project(const Node& node, const Document& value) {
    const auto base = apply(node.children[0], value);
    if (!base) return std::nullopt;
    Document::List elements;
    if (node.type == NodeType::value_projection) {
      if (base->map() == nullptr) return Document();
      for (const auto& member : *base->map())
        elements.push_back(member.second);
    } else {
      if (base->list() == nullptr) return Document();
      elements = *base->list();
    }
    Document::List results;
    for (const auto& element : elements) {
      const auto chosen = node.type == NodeType::filter_projection ? apply(node.children[2], element)
                                                                   : Answer(Document(true));
      if (!chosen) return std::nullopt;
      if (!is_true(*chosen)) continue;
      auto result = apply(node.children[1], element);
      if (!result) return std::nullopt;
      if (!result->is_null()) results.push_back(*std::move(result));
    }
    return Document(std::move(results));
  }

  static Answer flatten(const Node& node, const Document& value) {
    const auto base = apply(node.children[0], value);
    if (!base) return std::nullopt;
    if (base->list() == nullptr) return Document();
    Document::List flat;
    for (const auto& element : *base->list()) {
      if (const auto* inner = element.list()) {
        flat.insert(flat.end(), inner->begin(), inner->end());
      } else {
        flat.push_back(element);
      }
    }
    return Document(std::move(flat));
  }

  static Answer multi_select(const Node& node, const Document& value) {
    if (value.is_null()) return Document();
    Document::List list;
    Document map = Document::Map{};
    for (const auto& child : node.children) {
      const bool is_member = child.type == NodeType::member;
      auto result = apply(is_member ? child.children[0] : child, value);
      if (!result) return std::nullopt;
      if (is_member) {
        map.set(child.name, *std::move(result));
      } else {
        list.push_back(*std::move(result));
      }
    }
    return node.type == NodeType::multi_select_list ? Document(std::move(list)) : map;
  }
};

}  // namespace crosslog::fuzz

#endif  // CROSSLOG_FUZZ_JMESPATH_ORACLE_H_
