// Python's way of reading and writing values. The AWS CLI is a Python program,
// and its bytes, which scripts have come to rely on, are what Python makes of
// numbers and quotes.
#ifndef CROSSLOG_SRC_CLI_PYTHON_H_
#define CROSSLOG_SRC_CLI_PYTHON_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crosslog/document.h"

namespace crosslog::cli {

// int(text): blanks around, a sign, and single underscores between digits are
// fine. nullopt: a ValueError there, or a number outside int64.
[[nodiscard]] std::optional<std::int64_t> parse_int(std::string_view text);
// float(text); nullopt: a ValueError there.
[[nodiscard]] std::optional<double> parse_float(std::string_view text);

// repr(text): "'ten'".
[[nodiscard]] std::string repr(std::string_view text);
// repr(number): "2.0", "1e+16", "inf".
[[nodiscard]] std::string repr(double number);
// str(value): "None", "True", "2.0", the text itself, "['a', 1]".
[[nodiscard]] std::string str(const Document& value);

// json.dumps(text): ASCII, "\u00e9" for the rest.
[[nodiscard]] std::string json_string(std::string_view text);

// string.whitespace: ASCII only.
[[nodiscard]] bool is_blank(char32_t c) noexcept;
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_PYTHON_H_
