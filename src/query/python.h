// Python's way of writing and reading values: error messages and to_string() show
// values as it writes them, to_number() reads what it reads.
#ifndef CROSSLOG_SRC_QUERY_PYTHON_H_
#define CROSSLOG_SRC_QUERY_PYTHON_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "query/value.h"
#include "wire/code_point.h"

namespace crosslog::query {

// str(value): "None", "2.0", the text itself, "['a', 1]". Stops soon after `max` bytes.
[[nodiscard]] std::string python_str(const Value& value, std::size_t max);
// json.dumps(value, separators=(',', ':')): ASCII only. Stops soon after `max` bytes.
[[nodiscard]] std::string python_dumps(const Value& value, std::size_t max);

// type(value).__name__: "NoneType", "int".
[[nodiscard]] std::string_view python_type(const Value& value) noexcept;

// int(text), else float(text), else null. An integer beyond 64 bits becomes a double.
[[nodiscard]] Value parse_python_number(std::string_view text);

// str.lstrip()
[[nodiscard]] std::string_view strip_left(std::string_view text) noexcept;

using wire::first_code_point;
// len(text)
[[nodiscard]] std::size_t count_code_points(std::string_view text) noexcept;

}  // namespace crosslog::query

#endif  // CROSSLOG_SRC_QUERY_PYTHON_H_
