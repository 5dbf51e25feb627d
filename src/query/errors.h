// What is said when an expression cannot be read or applied: the words of the
// Python implementation, which the AWS CLI prints as they are.
#ifndef CROSSLOG_SRC_QUERY_ERRORS_H_
#define CROSSLOG_SRC_QUERY_ERRORS_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "crosslog/error.h"

namespace crosslog::query {

// Offsets are of bytes; the messages count characters.
[[nodiscard]] std::unexpected<Error> lexer_error(std::string_view expression, std::size_t offset,
                                                 std::string_view message);
[[nodiscard]] std::unexpected<Error> parse_error(std::string_view expression, std::size_t offset,
                                                 std::string_view token, std::string_view type,
                                                 std::string_view message);
[[nodiscard]] std::unexpected<Error> incomplete_expression(std::string_view expression);
[[nodiscard]] std::unexpected<Error> empty_expression();

[[nodiscard]] std::unexpected<Error> unknown_function(std::string_view function);
[[nodiscard]] std::unexpected<Error> wrong_count(std::string_view function, std::size_t expected,
                                                 std::size_t received, bool variadic);
[[nodiscard]] std::unexpected<Error> wrong_type(std::string_view function, std::string_view value,
                                                std::span<const std::string_view> expected,
                                                std::string_view received);
// For what has no words but those of Python itself.
[[nodiscard]] std::unexpected<Error> python_error(std::string message);

// A limit of ours: "The expression takes <what>".
[[nodiscard]] std::unexpected<Error> too_much(std::string_view what);

// ['a', 'b']
[[nodiscard]] std::string list_names(std::span<const std::string_view> names);

}  // namespace crosslog::query

#endif  // CROSSLOG_SRC_QUERY_ERRORS_H_
