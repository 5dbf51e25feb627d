// The grammar of Logs Insights QL: from the text of a query to its commands and their
// expressions. What they mean is in insights_evaluate.h and insights_rows.h.
#ifndef CROSSLOG_SRC_SANDBOX_INSIGHTS_QUERY_H_
#define CROSSLOG_SRC_SANDBOX_INSIGHTS_QUERY_H_

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/pattern_regex.h"

namespace crosslog::sandbox {

struct QueryError {
  std::string message;
  std::size_t start = 0, end = 0;  // in the text
};

// A constant, a field, or a function of others; operators are functions by their sign.
struct Expression {
  enum class Kind { constant, field, call };
  Kind kind = Kind::constant;
  std::string text;  // of a constant; the name of a field or of a function
  std::vector<std::shared_ptr<const Expression>> parts;
  std::optional<PatternRegex> regex;  // of like and =~
};
using ExpressionPtr = std::shared_ptr<const Expression>;

struct QueryColumn {
  std::string name;
  ExpressionPtr value;
};

enum class CommandKind { fields, display, filter, parse, stats, sort, dedup, limit };

struct QueryCommand {
  CommandKind kind = CommandKind::fields;
  std::vector<QueryColumn> columns;  // fields, display, dedup; stats: the groups; filter, parse: one
  std::vector<QueryColumn> aggregates;
  std::vector<bool> descending;  // sort, for each column
  std::size_t limit = 0;
  std::optional<PatternRegex> regex;  // parse /.../
  std::string glob;                   // parse "..."
  std::vector<std::string> names;     // parse ... as
};

// The error is the service's, and where it is. `sources`: SOURCE logGroups(namePrefix: [...]).
[[nodiscard]] std::expected<std::vector<QueryCommand>, QueryError> read_query(
    std::string_view text, std::optional<std::vector<std::string>>& sources);

// 5m in milliseconds.
[[nodiscard]] std::optional<std::int64_t> to_period(std::string_view text);

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_INSIGHTS_QUERY_H_
