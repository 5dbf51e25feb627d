#include "crosslog/jmespath.h"

#include <utility>

#include "base/try.h"
#include "query/ast.h"
#include "query/interpreter.h"
#include "query/parser.h"
#include "query/value.h"

namespace crosslog {

Jmespath::Jmespath(std::unique_ptr<const query::Node> root, JmespathLimits limits) noexcept
    : root_(std::move(root)), limits_(limits) {}
Jmespath::Jmespath(Jmespath&&) noexcept = default;
Jmespath& Jmespath::operator=(Jmespath&&) noexcept = default;
Jmespath::~Jmespath() = default;

Result<Jmespath> Jmespath::parse(std::string_view expression, JmespathLimits limits) {
  CROSSLOG_TRY(auto root, query::parse_expression(expression, limits));
  return Jmespath(std::make_unique<const query::Node>(std::move(root)), limits);
}

Result<Document> Jmespath::search(const Document& document) const {
  query::Heap heap(limits_);
  query::Interpreter interpreter(heap);
  CROSSLOG_TRY(const auto result, interpreter.visit(*root_, query::Value(document)));
  return heap.make_document(result);
}

}  // namespace crosslog
