// The grammar, as the Python implementation reads it:
//
//   expression = prefix *( suffix ), as far as suffixes bind stronger than what
//                stands before the expression
//   prefix     = identifier / quoted / literal / "@" / "!" expression / "&" expression
//              / "(" expression ")" / "{" members "}" / "[" expressions "]"
//              / "[" number "]" / ( "[" slice "]" / "[*]" / "[]" / "[?" condition "]" / "*" ) rest
//   suffix     = "." ( identifier / quoted / function / "[" expressions "]" / "{" members "}" )
//              / ".*" rest / "[" number "]" / ( "[" slice "]" / "[*]" / "[]" / "[?" condition "]" ) rest
//              / operator expression / "(" arguments ")" behind a field
//   rest       = what a projection does to each element: a "." or a "[" that follows,
//                with all that binds stronger than the projection; else nothing
//
// A comma may be missing between members of a hash and between arguments, and one
// may stand behind the last argument. A slice behind an index ends as a value, not as a
// projection (a[0][:2]); the same slice elsewhere begins one.
#include "query/parser.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/try.h"
#include "query/errors.h"
#include "query/lexer.h"

namespace crosslog::query {
namespace {

using enum TokenType;

constexpr int kPipePower = 1;
constexpr int kOrPower = 2;
constexpr int kAndPower = 3;
constexpr int kComparisonPower = 5;
constexpr int kFlattenPower = 9;
constexpr int kProjectionStop = 10;  // what binds less ends a projection
constexpr int kStarPower = 20;
constexpr int kFilterPower = 21;
constexpr int kDotPower = 40;
constexpr int kNotPower = 45;

// How strongly a token binds what stands before it.
int power(TokenType type) noexcept {
  switch (type) {
    case pipe:
      return kPipePower;
    case or_:
      return kOrPower;
    case and_:
      return kAndPower;
    case equal:
    case not_equal:
    case less:
    case less_or_equal:
    case greater:
    case greater_or_equal:
      return kComparisonPower;
    case TokenType::flatten:
      return kFlattenPower;
    case star:
      return kStarPower;
    case filter:
      return kFilterPower;
    case dot:
      return kDotPower;
    case not_:
      return kNotPower;
    case left_brace:
      return 50;
    case left_bracket:
      return 55;
    case left_parenthesis:
      return 60;
    default:
      return 0;
  }
}

Comparator comparator_of(TokenType type) noexcept {
  switch (type) {
    case not_equal:
      return Comparator::not_equal;
    case less:
      return Comparator::less;
    case less_or_equal:
      return Comparator::less_or_equal;
    case greater:
      return Comparator::greater;
    case greater_or_equal:
      return Comparator::greater_or_equal;
    default:
      return Comparator::equal;
  }
}

class Parser {
 public:
  Parser(std::string_view expression, std::vector<Token> tokens, std::size_t max_depth)
      : expression_(expression), tokens_(std::move(tokens)), max_depth_(max_depth) {}

  Result<Node> parse() {
    CROSSLOG_TRY(auto root, expression(0));
    if (!at(end)) return unexpected(peek(), "Unexpected token: " + peek().text);
    return root;
  }

 private:
  Result<Node> expression(int binding_power) {
    if (level_ == max_depth_) return too_deep();
    ++level_;
    CROSSLOG_TRY(auto left, prefix());
    while (binding_power < power(peek().type)) {
      CROSSLOG_TRY(left, suffix(std::move(left)));
      if (left.depth > max_depth_) return too_deep();
    }
    --level_;
    return left;
  }

  Result<Node> prefix() {
    const Token& token = take();
    switch (token.type) {
      case literal: {
        auto node = make_node(NodeType::literal);
        node.literal = token.literal;
        return node;
      }
      case unquoted_identifier:
        return make_named(NodeType::field, token.text);
      case quoted_identifier:
        return quoted_field(token);
      case current:
        return make_node(NodeType::current);
      case star:
        return star_prefix();
      case filter:
        return filter_projection(make_node(NodeType::current));
      case TokenType::flatten:
        return flatten_projection(make_node(NodeType::current));
      case left_brace:
        return multi_select_hash();
      case left_bracket:
        return bracket_prefix();
      case left_parenthesis:
        return parenthesized();
      case not_:
        return wrapped(NodeType::not_expression, kNotPower);
      case TokenType::expression:
        return wrapped(NodeType::expression, 0);
      case end:
        return incomplete_expression(expression_);
      default:
        return unexpected(token, "invalid token");
    }
  }

  Result<Node> suffix(Node left) {
    const Token& token = take();
    switch (token.type) {
      case dot:
        return dot_suffix(std::move(left));
      case pipe:
        return operation(NodeType::pipe, std::move(left), kPipePower);
      case or_:
        return operation(NodeType::or_expression, std::move(left), kOrPower);
      case and_:
        return operation(NodeType::and_expression, std::move(left), kAndPower);
      case equal:
      case not_equal:
      case less:
      case less_or_equal:
      case greater:
      case greater_or_equal: {
        CROSSLOG_TRY(auto node, operation(NodeType::comparison, std::move(left), kComparisonPower));
        node.comparator = comparator_of(token.type);
        return node;
      }
      case TokenType::flatten:
        return flatten_projection(std::move(left));
      case filter:
        return filter_projection(std::move(left));
      case left_bracket:
        return bracket_suffix(std::move(left));
      case left_parenthesis:
        return call(left);
      default:
        return unexpected(token, "invalid token");
    }
  }

  Result<Node> quoted_field(const Token& token) {
    if (at(left_parenthesis)) {
      return parse_error(expression_, 0, peek().text, type_of(peek()),
                         "Quoted identifier not allowed for function names.");
    }
    return make_named(NodeType::field, token.text);
  }

  Result<Node> parenthesized() {
    CROSSLOG_TRY(auto node, expression(0));
    CROSSLOG_CHECK(match(right_parenthesis));
    return node;
  }

  Result<Node> wrapped(NodeType type, int binding_power) {
    CROSSLOG_TRY(auto inner, expression(binding_power));
    return make_node(type, std::move(inner));
  }

  Result<Node> operation(NodeType type, Node left, int binding_power) {
    CROSSLOG_TRY(auto right, expression(binding_power));
    return make_node(type, std::move(left), std::move(right));
  }

  // Projections.

  Result<Node> star_prefix() {
    if (at(right_bracket)) {
      return make_node(NodeType::value_projection, make_node(NodeType::current),
                       make_node(NodeType::current));
    }
    return project(NodeType::value_projection, make_node(NodeType::current), kStarPower);
  }

  Result<Node> flatten_projection(Node left) {
    return project(NodeType::projection, make_node(NodeType::flatten, std::move(left)), kFlattenPower);
  }

  Result<Node> filter_projection(Node left) {
    CROSSLOG_TRY(auto condition, expression(0));
    CROSSLOG_CHECK(match(right_bracket));
    auto right = make_node(NodeType::current);
    if (!at(TokenType::flatten)) {
      CROSSLOG_TRY(right, rest(kFilterPower));
    }
    return make_node(NodeType::filter_projection, std::move(left), std::move(right), std::move(condition));
  }

  Result<Node> project(NodeType type, Node left, int binding_power) {
    CROSSLOG_TRY(auto right, rest(binding_power));
    return make_node(type, std::move(left), std::move(right));
  }

  Result<Node> rest(int binding_power) {
    if (power(peek().type) < kProjectionStop) return make_node(NodeType::current);
    if (at(left_bracket) || at(filter)) return expression(binding_power);
    if (!at(dot)) return unexpected(peek(), "syntax error");
    take();
    return behind_dot(binding_power);
  }

  // Dots.

  Result<Node> dot_suffix(Node left) {
    if (at(star)) {
      take();
      return project(NodeType::value_projection, std::move(left), kDotPower);
    }
    CROSSLOG_TRY(auto right, behind_dot(kDotPower));
    if (left.type != NodeType::subexpression) {
      return make_node(NodeType::subexpression, std::move(left), std::move(right));
    }
    append_child(left, std::move(right));
    return left;
  }

  Result<Node> behind_dot(int binding_power) {
    constexpr TokenType kAllowed[] = {quoted_identifier, unquoted_identifier, left_bracket, left_brace};
    if (at(quoted_identifier) || at(unquoted_identifier) || at(star)) return expression(binding_power);
    if (at(left_bracket)) {
      take();
      return multi_select_list();
    }
    if (at(left_brace)) {
      take();
      return multi_select_hash();
    }
    return unexpected(peek(), expecting(kAllowed));
  }

  // Brackets.

  Result<Node> bracket_prefix() {
    if (at(number) || at(colon)) {
      CROSSLOG_TRY(auto right, index_or_slice());
      return project_slice(make_node(NodeType::current), std::move(right));
    }
    if (at(star) && tokens_[index_ + 1].type == right_bracket)
      return star_in_brackets(make_node(NodeType::current));
    return multi_select_list();
  }

  Result<Node> bracket_suffix(Node left) {
    if (!at(number) && !at(colon)) return star_in_brackets(std::move(left));
    CROSSLOG_TRY(auto right, index_or_slice());
    if (left.type != NodeType::index_expression) return project_slice(std::move(left), std::move(right));
    append_child(left, std::move(right));
    return left;
  }

  Result<Node> star_in_brackets(Node left) {
    CROSSLOG_CHECK(match(star));
    CROSSLOG_CHECK(match(right_bracket));
    return project(NodeType::projection, std::move(left), kStarPower);
  }

  Result<Node> project_slice(Node left, Node right) {
    const bool is_slice = right.type == NodeType::slice;
    auto node = make_node(NodeType::index_expression, std::move(left), std::move(right));
    if (!is_slice) return node;
    return project(NodeType::projection, std::move(node), kStarPower);
  }

  Result<Node> index_or_slice() {
    if (at(colon) || tokens_[index_ + 1].type == colon) return slice();
    auto node = make_node(NodeType::index);
    node.bounds[0] = take().number;
    CROSSLOG_CHECK(match(right_bracket));
    return node;
  }

  Result<Node> slice() {
    auto node = make_node(NodeType::slice);
    std::size_t part = 0;
    while (!at(right_bracket)) {
      if (at(number)) {
        node.bounds[part] = peek().number;
      } else if (!at(colon) || ++part == node.bounds.size()) {
        return unexpected(peek(), "syntax error");
      }
      take();
    }
    take();
    return node;
  }

  // Lists of expressions.

  Result<Node> multi_select_list() {
    auto node = make_node(NodeType::multi_select_list);
    while (true) {
      CROSSLOG_TRY(auto child, expression(0));
      append_child(node, std::move(child));
      if (at(right_bracket)) break;
      CROSSLOG_CHECK(match(comma));
    }
    take();
    return node;
  }

  Result<Node> multi_select_hash() {
    constexpr TokenType kKeys[] = {quoted_identifier, unquoted_identifier};
    auto node = make_node(NodeType::multi_select_hash);
    while (true) {
      const Token& key = peek();
      CROSSLOG_CHECK(match_any(kKeys));
      CROSSLOG_CHECK(match(colon));
      CROSSLOG_TRY(auto value, expression(0));
      auto member = make_named(NodeType::member, key.text);
      append_child(member, std::move(value));
      append_child(node, std::move(member));
      if (at(right_brace)) break;
      if (at(comma)) take();
    }
    take();
    return node;
  }

  Result<Node> call(const Node& left) {
    if (left.type != NodeType::field) {
      const Token& before = tokens_[index_ - 2];
      return unexpected(before, "Invalid function name '" + before.text + "'");
    }
    auto node = make_named(NodeType::function, left.name);
    while (!at(right_parenthesis)) {
      CROSSLOG_TRY(auto argument, expression(0));
      if (at(comma)) take();
      append_child(node, std::move(argument));
    }
    take();
    return node;
  }

  // Tokens.

  [[nodiscard]] const Token& peek() const { return tokens_[index_]; }
  [[nodiscard]] bool at(TokenType type) const { return peek().type == type; }
  // Nothing reads on behind the end: whoever takes it fails.
  const Token& take() { return tokens_[index_++]; }

  Result<void> match(TokenType type) {
    if (at(type)) {
      take();
      return {};
    }
    return mismatch("Expecting: " + std::string(name(type)) + ", got: " + std::string(name(peek().type)));
  }

  Result<void> match_any(std::span<const TokenType> types) {
    for (const auto type : types) {
      if (at(type)) return match(type);
    }
    return mismatch(expecting(types));
  }

  std::unexpected<Error> mismatch(std::string_view message) const {
    return at(end) ? incomplete_expression(expression_) : unexpected(peek(), message);
  }

  std::string expecting(std::span<const TokenType> types) const {
    std::vector<std::string_view> names;
    for (const auto type : types)
      names.push_back(name(type));
    return "Expecting: " + list_names(names) + ", got: " + std::string(name(peek().type));
  }

  static std::string type_of(const Token& token) {
    std::string type(name(token.type));
    for (char& c : type)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return type;
  }

  std::unexpected<Error> unexpected(const Token& token, std::string_view message) const {
    return parse_error(expression_, token.offset, token.text, type_of(token), message);
  }

  std::unexpected<Error> too_deep() const {
    return too_much("more than " + std::to_string(max_depth_) + " levels");
  }

  std::string_view expression_;
  std::vector<Token> tokens_;
  std::size_t max_depth_;
  std::size_t index_ = 0;
  std::size_t level_ = 0;
};

}  // namespace

Result<Node> parse_expression(std::string_view expression, const JmespathLimits& limits) {
  if (expression.empty()) return empty_expression();
  if (expression.size() > limits.max_expression) {
    return too_much("more than " + std::to_string(limits.max_expression) + " bytes");
  }
  if (!base::is_utf8(expression)) return fail(Errc::invalid_argument, "The JMESPath expression is not UTF-8");
  CROSSLOG_TRY(auto tokens, read_tokens(expression, limits.max_depth));
  return Parser(expression, std::move(tokens), limits.max_depth).parse();
}

}  // namespace crosslog::query
