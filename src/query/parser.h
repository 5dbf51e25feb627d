// From tokens to a tree, by binding powers (Pratt): the grammar is in parser.cc.
#ifndef CROSSLOG_SRC_QUERY_PARSER_H_
#define CROSSLOG_SRC_QUERY_PARSER_H_

#include <string_view>

#include "crosslog/error.h"
#include "crosslog/jmespath.h"
#include "query/ast.h"

namespace crosslog::query {

[[nodiscard]] Result<Node> parse_expression(std::string_view expression, const JmespathLimits& limits);

}  // namespace crosslog::query

#endif  // CROSSLOG_SRC_QUERY_PARSER_H_
