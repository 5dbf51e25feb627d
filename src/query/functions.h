// The built-in functions.
#ifndef CROSSLOG_SRC_QUERY_FUNCTIONS_H_
#define CROSSLOG_SRC_QUERY_FUNCTIONS_H_

#include <span>
#include <string_view>

#include "crosslog/error.h"
#include "query/interpreter.h"
#include "query/value.h"

namespace crosslog::query {

// Looks the function up, checks the number and the types of its arguments, calls it.
[[nodiscard]] Result<Value> call_function(Interpreter& interpreter, std::string_view name,
                                          std::span<const Value> arguments);

}  // namespace crosslog::query

#endif  // CROSSLOG_SRC_QUERY_FUNCTIONS_H_
