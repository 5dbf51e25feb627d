// An expression as tokens. All of it is read before any of it is parsed, so that a
// bad token is reported before a bad order of good ones.
#ifndef CROSSLOG_SRC_QUERY_LEXER_H_
#define CROSSLOG_SRC_QUERY_LEXER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "crosslog/document.h"
#include "crosslog/error.h"

namespace crosslog::query {

enum class TokenType {
  end,
  unquoted_identifier,
  quoted_identifier,
  literal,
  number,
  dot,
  star,
  comma,
  colon,
  current,
  left_bracket,
  right_bracket,
  left_brace,
  right_brace,
  left_parenthesis,
  right_parenthesis,
  flatten,  // []
  filter,   // [?
  pipe,
  expression,  // &
  or_,
  and_,
  not_,
  equal,
  not_equal,
  less,
  less_or_equal,
  greater,
  greater_or_equal,
};

// As error messages call it: "lbracket".
[[nodiscard]] std::string_view name(TokenType type) noexcept;

struct Token {
  TokenType type = TokenType::end;
  std::size_t offset = 0;   // in bytes
  std::string text = {};    // as error messages show it; of an identifier: its name
  Document literal = {};    // of a literal
  std::int64_t number = 0;  // of a number; the nearest one that 64 bits hold
};

// The last token is `end`. Precondition: the expression is UTF-8.
[[nodiscard]] Result<std::vector<Token>> read_tokens(std::string_view expression, std::size_t max_depth);

}  // namespace crosslog::query

#endif  // CROSSLOG_SRC_QUERY_LEXER_H_
