// Doubles as text and back. The C++ library's own brings 150 KB of tables for a speed
// that no page of events asks for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace crosslog::base {

enum class RealFormat { shorter, fixed, scientific };

// The fewest digits that read back as this finite number, as std::to_chars writes them.
[[nodiscard]] std::string write_real(double number, RealFormat format = RealFormat::shorter);

// The whole text: digits with an optional '-', point and exponent, or inf or nan in
// any case. What no double holds becomes infinity or zero.
[[nodiscard]] std::optional<double> parse_real(std::string_view text);

}  // namespace crosslog::base
