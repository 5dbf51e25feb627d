#include "query/errors.h"

#include <utility>

#include "query/python.h"

namespace crosslog::query {
namespace {

std::string caret(std::size_t column) {
  return std::string(column, ' ') + "^";
}

// "…", with the column of the caret counted from the quote.
std::string quoted(std::string_view expression, std::size_t column) {
  return "\"" + std::string(expression) + "\"\n" + caret(column + 1);
}

std::size_t column_of(std::string_view expression, std::size_t offset) {
  return count_code_points(expression.substr(0, offset));
}

}  // namespace

std::unexpected<Error> python_error(std::string message) {
  return fail(Errc::invalid_argument, std::move(message));
}

std::unexpected<Error> lexer_error(std::string_view expression, std::size_t offset,
                                   std::string_view message) {
  return python_error("Bad jmespath expression: " + std::string(message) + ":\n" + std::string(expression) +
                      "\n" + caret(column_of(expression, offset)));
}

std::unexpected<Error> parse_error(std::string_view expression, std::size_t offset, std::string_view token,
                                   std::string_view type, std::string_view message) {
  const std::size_t column = column_of(expression, offset);
  return python_error(std::string(message) + ": Parse error at column " + std::to_string(column) +
                      ", token \"" + std::string(token) + "\" (" + std::string(type) +
                      "), for expression:\n" + quoted(expression, column));
}

std::unexpected<Error> incomplete_expression(std::string_view expression) {
  return python_error("Invalid jmespath expression: Incomplete expression:\n" +
                      quoted(expression, count_code_points(expression)));
}

std::unexpected<Error> empty_expression() {
  return python_error("Invalid JMESPath expression: cannot be empty.");
}

std::unexpected<Error> unknown_function(std::string_view function) {
  return python_error("Unknown function: " + std::string(function) + "()");
}

std::unexpected<Error> wrong_count(std::string_view function, std::size_t expected, std::size_t received,
                                   bool variadic) {
  return python_error(std::string("Expected ") + (variadic ? "at least " : "") + std::to_string(expected) +
                      (expected == 1 ? " argument" : " arguments") + " for function " +
                      std::string(function) + "(), received " + std::to_string(received));
}

std::unexpected<Error> wrong_type(std::string_view function, std::string_view value,
                                  std::span<const std::string_view> expected, std::string_view received) {
  return python_error(
      "In function " + std::string(function) + "(), invalid type for value: " + std::string(value) +
      ", expected one of: " + list_names(expected) + ", received: \"" + std::string(received) + "\"");
}

std::unexpected<Error> too_much(std::string_view what) {
  return fail(Errc::invalid_argument, "The JMESPath expression takes " + std::string(what));
}

std::string list_names(std::span<const std::string_view> names) {
  std::string out;
  for (const auto name : names)
    out += (out.empty() ? "'" : ", '") + std::string(name) + "'";
  return "[" + out + "]";
}

}  // namespace crosslog::query
