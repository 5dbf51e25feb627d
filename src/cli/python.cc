#include "cli/python.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "cli/unicode.h"

namespace crosslog::cli {
namespace {

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

// A value inside a list or map: texts are in quotes.
std::string inner(const Document& value) {
  const auto* text = value.string();
  return text == nullptr ? str(value) : repr(std::string_view(*text));
}

// The digits of the shortest decimal that reads back as `number`, and the
// exponent of the first one.
struct Shortest {
  std::string digits;
  int exponent = 0;
};

Shortest shortest(double number) {
  std::array<char, 32> buffer{};
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::scientific).ptr;
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t e = text.find('e');
  Shortest result;
  for (const char c : text.substr(0, e)) {
    if (is_digit(c)) result.digits += c;
  }
  const char* first = text.data() + e + 1;
  std::from_chars(*first == '+' ? first + 1 : first, text.data() + text.size(), result.exponent);
  return result;
}

std::string scientific(const Shortest& value) {
  std::string out(1, value.digits[0]);
  if (value.digits.size() > 1) out += "." + value.digits.substr(1);
  const std::string exponent = std::to_string(std::abs(value.exponent));
  return out + (value.exponent < 0 ? "e-" : "e+") + (exponent.size() < 2 ? "0" : "") + exponent;
}

std::string fixed(const Shortest& value) {
  if (value.exponent < 0) {
    return "0." + std::string(static_cast<std::size_t>(-value.exponent - 1), '0') + value.digits;
  }
  const auto whole = static_cast<std::size_t>(value.exponent) + 1;
  std::string digits = value.digits;
  if (digits.size() < whole) digits.append(whole - digits.size(), '0');
  return digits.substr(0, whole) + "." + (digits.size() > whole ? digits.substr(whole) : "0");
}

}  // namespace

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
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::invalid_argument || end != text.data() + text.size()) return std::nullopt;
  if (error == std::errc::result_out_of_range) {
    value = text.contains("e-") || text.contains("E-") ? 0.0 : std::numeric_limits<double>::infinity();
    if (text.starts_with('-')) value = -value;
  }
  return value;
}

std::string repr(std::string_view text) {
  const char quote = text.contains('\'') && !text.contains('"') ? '"' : '\'';
  std::string out(1, quote);
  while (!text.empty()) {
    const CodePoint c = first_code_point(text);
    const std::string_view bytes = text.substr(0, c.size);
    if (c.value == '\t') {
      out += "\\t";
    } else if (bytes == std::string_view(&quote, 1) || c.value == '\\') {
      out += '\\';
      out += bytes;
    } else {
      out += is_unsafe(c) ? visible(bytes, {}) : std::string(bytes);
    }
    text.remove_prefix(c.size);
  }
  out += quote;
  return out;
}

std::string json_string(std::string_view text) {
  constexpr std::string_view kEscaped = "\"\\\b\f\n\r\t", kNames = "\"\\bfnrt";
  std::string out = "\"";
  const auto escape = [&](char32_t unit) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
      out += kDigits[unit >> shift & 15];
  };
  for (const char32_t c : decode_utf8(text)) {
    const auto named = c < 0x80 ? kEscaped.find(static_cast<char>(c)) : std::string_view::npos;
    if (named != std::string_view::npos) {
      out += '\\';
      out += kNames[named];
    } else if (c >= 0x20 && c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x10000) {
      escape(c);
    } else {
      escape(0xd800 + ((c - 0x10000) >> 10));
      escape(0xdc00 + ((c - 0x10000) & 0x3ff));
    }
  }
  return out + '"';
}

std::string repr(double number) {
  if (std::isnan(number)) return "nan";
  const std::string sign = std::signbit(number) ? "-" : "";
  if (std::isinf(number)) return sign + "inf";
  const Shortest value = shortest(std::fabs(number));
  const bool plain = value.exponent >= -4 && value.exponent < 16;
  return sign + (plain ? fixed(value) : scientific(value));
}

std::string str(const Document& value) {
  if (value.is_null()) return "None";
  if (const auto* flag = value.boolean()) return *flag ? "True" : "False";
  if (const auto* integer = value.integer()) return std::to_string(*integer);
  if (const auto* number = value.number()) return repr(*number);
  if (const auto* text = value.string()) return *text;
  std::string out;
  if (const auto* list = value.list()) {
    for (const auto& element : *list)
      out += (out.empty() ? "" : ", ") + inner(element);
    return "[" + out + "]";
  }
  for (const auto& [name, element] : *value.map()) {
    out += (out.empty() ? "" : ", ") + repr(std::string_view(name)) + ": " + inner(element);
  }
  return "{" + out + "}";
}

}  // namespace crosslog::cli
