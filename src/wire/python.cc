#include "wire/python.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "base/real.h"
#include "base/text.h"
#include "wire/code_point.h"

namespace crosslog {
namespace wire {
namespace {

struct CodePointRange {
  char32_t first, last;
};

// What repr() escapes: controls, formats, separators, private use; of the code points
// without a character, those that never get one.
constexpr CodePointRange kUnprintable[] = {
    {0x00, 0x1F},       {0x7F, 0xA0},       {0xAD, 0xAD},        {0x600, 0x605},     {0x61C, 0x61C},
    {0x6DD, 0x6DD},     {0x70F, 0x70F},     {0x890, 0x891},      {0x8E2, 0x8E2},     {0x1680, 0x1680},
    {0x180E, 0x180E},   {0x2000, 0x200F},   {0x2028, 0x202F},    {0x205F, 0x206F},   {0x3000, 0x3000},
    {0xD800, 0xF8FF},   {0xFDD0, 0xFDEF},   {0xFEFF, 0xFEFF},    {0xFFF0, 0xFFFB},   {0xFFFE, 0xFFFF},
    {0x110BD, 0x110BD}, {0x110CD, 0x110CD}, {0x1BCA0, 0x1BCA3},  {0x1D173, 0x1D17A}, {0x1FFFE, 0x1FFFF},
    {0x2FFFE, 0x2FFFF}, {0x3FFFE, 0xE00FF}, {0xE01F0, 0x10FFFF},
};

bool is_printable(char32_t c) noexcept {
  return std::ranges::none_of(
      kUnprintable, [c](const CodePointRange& range) { return c >= range.first && c <= range.last; });
}

void append_digits(std::string& out, std::uint32_t value, int digits) {
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
    out += "0123456789abcdef"[(value >> shift) & 0xFu];
}

void append_unprintable(std::string& out, char32_t c) {
  out += c < 0x100 ? "\\x" : c < 0x10000 ? "\\u" : "\\U";
  append_digits(out, c, c < 0x100 ? 2 : c < 0x10000 ? 4 : 8);
}

void append_json_unit(std::string& out, char32_t unit) {
  out += "\\u";
  append_digits(out, unit, 4);
}

// `bytes` are those of `c`.
void append_json_code_point(std::string& out, char32_t c, std::string_view bytes) {
  constexpr std::string_view kEscaped = "\"\\\n\r\t\f\b", kLetters = "\"\\nrtfb";
  if (const auto at = kEscaped.find(bytes.front()); at != std::string_view::npos) {
    out += '\\';
    out += kLetters[at];
  } else if (c >= 0x20 && c < 0x7F) {
    out += bytes;
  } else if (c < 0x10000) {
    append_json_unit(out, c);
  } else {
    append_json_unit(out, 0xD800 + ((c - 0x10000) >> 10));
    append_json_unit(out, 0xDC00 + ((c - 0x10000) & 0x3FF));
  }
}

// Both ways of writing differ in their scalars only.
struct PythonNotation {
  std::string_view null, yes, no;
  std::string (*number)(double);
  void (*string)(std::string&, std::string_view);
};
constexpr PythonNotation kPython{"None", "True", "False", write_python, append_python};
constexpr PythonNotation kPythonJson{"null", "true", "false", write_python_json, append_python_json};

void append_value(std::string& out, const PythonNotation& notation, const Document& value) {
  if (const auto* flag = value.boolean()) {
    out += *flag ? notation.yes : notation.no;
  } else if (const auto* integer = value.integer()) {
    out += std::to_string(*integer);
  } else if (const auto* number = value.number()) {
    out += notation.number(*number);
  } else if (const auto* text = value.string()) {
    notation.string(out, *text);
  } else if (const auto* list = value.list()) {
    out += '[';
    for (const auto& element : *list) {
      if (&element != list->data()) out += ", ";
      append_value(out, notation, element);
    }
    out += ']';
  } else if (const auto* map = value.map()) {
    out += '{';
    for (const auto& member : *map) {
      if (&member != map->data()) out += ", ";
      notation.string(out, member.first);
      out += ": ";
      append_value(out, notation, member.second);
    }
    out += '}';
  } else {
    out += notation.null;
  }
}

}  // namespace

void append_python(std::string& out, std::string_view text) {
  const char quote = text.contains('\'') && !text.contains('"') ? '"' : '\'';
  out += quote;
  while (!text.empty()) {
    auto [c, size] = first_code_point(text);
    if (!base::is_utf8(text.substr(0, size))) {
      size = 1;
      append_unprintable(out, static_cast<unsigned char>(text.front()));
    } else if (c == '\n' || c == '\r' || c == '\t') {
      out += c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t";
    } else if (c == '\\' || c == static_cast<char32_t>(quote)) {
      out += {'\\', text.front()};
    } else if (is_printable(c)) {
      out += text.substr(0, size);
    } else {
      append_unprintable(out, c);
    }
    text.remove_prefix(size);
  }
  out += quote;
}

void append_python_json(std::string& out, std::string_view text) {
  if (!base::is_utf8(text)) {
    std::string repaired;
    base::append_repaired_utf8(repaired, text);
    return append_python_json(out, std::string_view(repaired));
  }
  out += '"';
  while (!text.empty()) {
    const auto [c, size] = first_code_point(text);
    append_json_code_point(out, c, text.substr(0, size));
    text.remove_prefix(size);
  }
  out += '"';
}

void append_python_json(std::string& out, const Document& document) {
  append_value(out, kPythonJson, document);
}

// The shortest digits that read back, positional from 1e-4 to 1e16.
std::string write_python(double number) {
  if (std::isnan(number)) return "nan";
  if (std::isinf(number)) return number < 0 ? "-inf" : "inf";
  const double size = std::fabs(number);
  const bool plain = size == 0 || (size >= 1e-4 && size < 1e16);
  std::string text = base::write_real(number, plain ? base::RealFormat::fixed : base::RealFormat::scientific);
  return plain && !text.contains('.') ? text + ".0" : text;
}

std::string write_python_json(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
  return write_python(number);
}

}  // namespace wire

std::string write_python(const Document& document) {
  std::string out;
  wire::append_value(out, wire::kPython, document);
  return out;
}

std::optional<double> parse_real(std::string_view text) {
  return base::parse_real(text);
}

std::string write_python_json(const Document& document) {
  std::string out;
  wire::append_python_json(out, document);
  return out;
}

}  // namespace crosslog
