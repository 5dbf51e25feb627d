// The first line is an expression, the rest a JSON document. Check of meaning: the
// tree, written as an expression with other parentheses and quotes, is read as the
// same tree; `(e) | @` gives what `e` gives, the same error too; where a second, naive
// evaluator knows every part of the expression, it gives the same value; and nothing
// takes more than the limits allow.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "crosslog/document.h"
#include "crosslog/jmespath.h"
#include "jmespath_oracle.h"
#include "query/parser.h"

namespace {

using namespace crosslog;

constexpr JmespathLimits kLimits{
    .max_expression = 4096, .max_depth = 24, .max_steps = 20'000, .max_memory = 1u << 20};
// Printing adds parentheses, which are levels while they are read.
constexpr JmespathLimits kWider{
    .max_expression = 1u << 20, .max_depth = 200, .max_steps = 1'000'000, .max_memory = 1u << 24};

void require(bool holds) {
  if (!holds) __builtin_trap();
}

std::string outcome(const Result<Document>& result) {
  return result ? write_json(*result) : "error: " + result.error().message;
}

bool is_limit(const Result<Document>& result) {
  return !result && (result.error().message.starts_with("The JMESPath expression takes") ||
                     result.error().message == "maximum recursion depth exceeded");
}

void check_tree(std::string_view expression, const query::Node& tree) {
  const auto printed = query::parse_expression(fuzz::print(tree, fuzz::Place::free), kWider);
  require(printed && *printed == tree);
  const auto enclosed = query::parse_expression("(" + std::string(expression) + ")", kWider);
  require(enclosed && *enclosed == tree);
}

void check_search(std::string_view expression, const query::Node& tree, const Document& document) {
  const auto result = Jmespath::parse(expression, kLimits)->search(document);
  require(result || result.error().code == Errc::invalid_argument);
  if (is_limit(result)) return;
  require(outcome(Jmespath::parse("(" + std::string(expression) + ") | @", kWider)->search(document)) ==
          outcome(result));
  if (const auto naive = fuzz::Evaluator::apply(tree, document)) {
    require(result.has_value() && write_json(*naive) == write_json(*result));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto expression = input.substr(0, input.find('\n'));
  const auto tree = query::parse_expression(expression, kLimits);
  require(tree.has_value() == Jmespath::parse(expression, kLimits).has_value());
  if (!tree) {
    require(tree.error().code == Errc::invalid_argument && !tree.error().message.empty());
    return 0;
  }
  check_tree(expression, *tree);
  const auto document = parse_json(input.substr(std::min(expression.size() + 1, size)), {.max_depth = 12});
  if (document) check_search(expression, *tree, *document);
  return 0;
}
