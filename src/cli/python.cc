#include "cli/python.h"

#include <charconv>
#include <limits>

#include "cli/unicode.h"

namespace crosslog::cli {
namespace {}  // namespace

bool is_blank(char32_t c) noexcept {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

std::string_view trim(std::string_view text) noexcept {
  while (!text.empty() && is_blank(static_cast<unsigned char>(text.front())))
    text.remove_prefix(1);
  while (!text.empty() && is_blank(static_cast<unsigned char>(text.back())))
    text.remove_suffix(1);
  return text;
}

std::optional<std::int64_t> parse_int(std::string_view text) {
  text = trim(text);
  std::string digits;
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
    if (text.front() == '-') digits = "-";
    text.remove_prefix(1);
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_digit(text[i])) {
      digits += text[i];
    } else if (text[i] != '_' || i == 0 || text[i - 1] == '_' || i + 1 == text.size()) {
      return std::nullopt;
    }
  }
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::optional<double> parse_float(std::string_view text) {
  text = trim(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  if (text.starts_with('+')) return std::nullopt;
  return parse_real(text);
}

std::string repr(std::string_view text) {
  return write_python(Document(text));
}

std::string json_string(std::string_view text) {
  return write_python_json(Document(text));
}

std::string repr(double number) {
  return write_python(Document(number));
}

std::string str(const Document& value) {
  const auto* text = value.string();
  return text != nullptr ? *text : write_python(value);
}

}  // namespace crosslog::cli
