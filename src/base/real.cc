#include "base/real.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <limits>

#include "base/text.h"

namespace crosslog::base {
namespace {

// digits * 10^exponent. Without a point, whose character is the locale's.
struct Decimal {
  std::string digits;
  std::int64_t exponent = 0;
};

double value_of(const Decimal& decimal) {
  return std::strtod((decimal.digits + 'e' + std::to_string(decimal.exponent)).c_str(), nullptr);
}

Decimal rounded(double size, int digits) {
  std::array<char, 64> buffer;
  const int written = std::snprintf(buffer.data(), buffer.size(), "%.*e", digits - 1, size);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(written));
  const auto e = text.find('e');
  Decimal decimal;
  std::ranges::copy_if(text.substr(0, e), std::back_inserter(decimal.digits), is_digit);
  auto exponent = text.substr(e + 1);
  if (exponent.starts_with('+')) exponent.remove_prefix(1);
  decimal.exponent = parse_int(exponent).value_or(0) - (digits - 1);
  return decimal;
}

Decimal shortest(double size) {
  for (int digits = 1; digits < std::numeric_limits<double>::max_digits10; ++digits) {
    auto decimal = rounded(size, digits);
    if (value_of(decimal) == size) return decimal;
  }
  return rounded(size, std::numeric_limits<double>::max_digits10);
}

std::string write_scientific(const Decimal& decimal) {
  std::string text = decimal.digits;
  const auto exponent = decimal.exponent + static_cast<std::int64_t>(text.size()) - 1;
  if (text.size() > 1) text.insert(1, 1, '.');
  const auto size = std::to_string(std::abs(exponent));
  return text + (exponent < 0 ? "e-" : "e+") + (size.size() < 2 ? "0" : "") + size;
}

std::string write_fixed(const Decimal& decimal, double size) {
  if (decimal.exponent >= 0) {
    std::array<char, std::numeric_limits<double>::max_exponent10 + 8> buffer;
    const int written = std::snprintf(buffer.data(), buffer.size(), "%.0f", size);
    return {buffer.data(), static_cast<std::size_t>(written)};
  }
  const auto decimals = static_cast<std::size_t>(-decimal.exponent);
  std::string text = decimal.digits;
  if (text.size() <= decimals) text.insert(0, decimals + 1 - text.size(), '0');
  return text.insert(text.size() - decimals, 1, '.');
}

bool is_word(std::string_view text) {
  return equals_ignoring_case(text, "inf") || equals_ignoring_case(text, "infinity") ||
         equals_ignoring_case(text, "nan");
}

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
}

// Beyond what any text's length makes up for; keeps the sum with it within 64 bits.
constexpr std::int64_t kAnyExponent = std::int64_t{1} << 60;

std::optional<std::int64_t> parse_exponent(std::string_view text) {
  if (text.empty()) return 0;
  if (text.front() != 'e' && text.front() != 'E') return std::nullopt;
  text.remove_prefix(1);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || count_digits(text) != text.size()) return std::nullopt;
  const auto size = std::min(parse_int(text).value_or(kAnyExponent), kAnyExponent);
  return negative ? -size : size;
}

std::optional<double> parse_size(std::string_view text) {
  if (is_word(text)) return std::strtod(std::string(text).c_str(), nullptr);
  Decimal decimal{.digits = std::string(text.substr(0, count_digits(text)))};
  text.remove_prefix(decimal.digits.size());
  std::size_t decimals = 0;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    decimals = count_digits(text);
    decimal.digits += text.substr(0, decimals);
    text.remove_prefix(decimals);
  }
  const auto exponent = parse_exponent(text);
  if (decimal.digits.empty() || !exponent) return std::nullopt;
  decimal.exponent = *exponent - static_cast<std::int64_t>(decimals);
  return value_of(decimal);
}

}  // namespace

std::string write_real(double number, RealFormat format) {
  const std::string sign = std::signbit(number) ? "-" : "";
  const double size = std::fabs(number);
  const auto decimal = shortest(size);
  const bool zero = size == 0;
  if (format == RealFormat::scientific) return sign + write_scientific(decimal);
  const std::string fixed = zero ? "0" : write_fixed(decimal, size);
  if (format == RealFormat::fixed) return sign + fixed;
  const auto scientific = write_scientific(decimal);
  return sign + (scientific.size() < fixed.size() ? scientific : fixed);
}

std::optional<double> parse_real(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const auto size = parse_size(text);
  if (!size) return std::nullopt;
  return negative ? -*size : *size;
}

}  // namespace crosslog::base
