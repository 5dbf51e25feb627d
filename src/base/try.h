// The happy path in a straight line: libstdc++ 12 has no and_then on expected.
//
//   CROSSLOG_TRY(const auto page, decode(body));   // page, or return the error
//   CROSSLOG_CHECK(check(credentials));            // for Result<void>
#ifndef CROSSLOG_SRC_BASE_TRY_H_
#define CROSSLOG_SRC_BASE_TRY_H_

#include <expected>
#include <utility>

// A declaration cannot stand in parentheses.
// NOLINTBEGIN(bugprone-macro-parentheses)
#define CROSSLOG_CONCAT_(a, b) a##b
#define CROSSLOG_CONCAT(a, b) CROSSLOG_CONCAT_(a, b)
#define CROSSLOG_TRY_(temporary, declaration, expression)               \
  auto temporary = (expression);                                        \
  if (!temporary) return std::unexpected(std::move(temporary).error()); \
  declaration = std::move(*temporary)
#define CROSSLOG_TRY(declaration, ...) \
  CROSSLOG_TRY_(CROSSLOG_CONCAT(crosslog_try_, __COUNTER__), declaration, (__VA_ARGS__))
#define CROSSLOG_CHECK(...)                                 \
  if (auto crosslog_check = (__VA_ARGS__); !crosslog_check) \
  return std::unexpected(std::move(crosslog_check).error())
// NOLINTEND(bugprone-macro-parentheses)

#endif  // CROSSLOG_SRC_BASE_TRY_H_
