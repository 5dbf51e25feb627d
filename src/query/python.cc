#include "query/python.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <span>

#include "base/real.h"
#include "base/text.h"
#include "wire/python.h"

namespace crosslog::query {
namespace {

struct CodePointRange {
  char32_t first, last;
};

// str.isspace()
constexpr CodePointRange kSpaces[] = {{0x09, 0x0D},     {0x1C, 0x20},     {0x85, 0x85},     {0xA0, 0xA0},
                                      {0x1680, 0x1680}, {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F},
                                      {0x205F, 0x205F}, {0x3000, 0x3000}};
bool within(std::span<const CodePointRange> ranges, char32_t c) noexcept {
  return std::ranges::any_of(
      ranges, [c](const CodePointRange& range) { return c >= range.first && c <= range.last; });
}

constexpr std::string_view kPythonExpression = "<jmespath.visitor._Expression object>";

// The two ways of writing differ in their scalars and their separators only.
struct Notation {
  std::string_view null, yes, no, comma, colon;
  std::string (*real)(double);
  void (*string)(std::string&, std::string_view);
};

constexpr Notation kRepr{"None", "True", "False", ", ", ": ", wire::write_python, wire::append_python};
constexpr Notation kJson{
    "null", "true", "false", ",", ":", wire::write_python_json, wire::append_python_json};

void append_expression(std::string& out, const Notation& notation) {
  if (&notation == &kJson) {
    wire::append_python_json(out, kPythonExpression);
  } else {
    out += kPythonExpression;
  }
}

void append(std::string& out, const Notation& notation, const Value& value, std::size_t max);

void append_list(std::string& out, const Notation& notation, const Value& list, std::size_t max) {
  out += '[';
  for (std::size_t i = 0; i < list.size() && out.size() <= max; ++i) {
    if (i > 0) out += notation.comma;
    append(out, notation, list.element(i), max);
  }
  out += ']';
}

void append_map(std::string& out, const Notation& notation, const Value& map, std::size_t max) {
  out += '{';
  for (std::size_t i = 0; i < map.size() && out.size() <= max; ++i) {
    if (i > 0) out += notation.comma;
    notation.string(out, map.name(i));
    out += notation.colon;
    append(out, notation, map.member(i), max);
  }
  out += '}';
}

void append(std::string& out, const Notation& notation, const Value& value, std::size_t max) {
  switch (value.kind()) {
    case Kind::null:
      out += notation.null;
      break;
    case Kind::boolean:
      out += value.boolean() ? notation.yes : notation.no;
      break;
    case Kind::integer:
      out += std::to_string(value.integer());
      break;
    case Kind::real:
      out += notation.real(value.real());
      break;
    case Kind::string:
      notation.string(out, value.string());
      break;
    case Kind::list:
      append_list(out, notation, value, max);
      break;
    case Kind::map:
      append_map(out, notation, value, max);
      break;
    case Kind::expression:
      append_expression(out, notation);
      break;
  }
}

std::string_view strip_right(std::string_view text) noexcept {
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0u) == 0x80u)
      --last;
    if (!within(kSpaces, first_code_point(text.substr(last)).value)) break;
    text = text.substr(0, last);
  }
  return text;
}

// Without its underscores, each of which must stand between two digits.
std::optional<std::string> without_underscores(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      out += text[i];
    } else if (i == 0 || i + 1 == text.size() || !base::is_digit(text[i - 1]) ||
               !base::is_digit(text[i + 1])) {
      return std::nullopt;
    }
  }
  return out;
}

bool is_word_of_float(std::string_view text) {
  const auto word = base::to_lower(text.starts_with('-') ? text.substr(1) : text);
  return word == "nan" || word == "inf" || word == "infinity";
}

std::optional<double> parse_real(std::string_view text) {
  if (!is_word_of_float(text) && text.find_first_not_of("+-.0123456789eE") != std::string_view::npos) {
    return std::nullopt;
  }
  return base::parse_real(text);
}

}  // namespace

std::string python_str(const Value& value, std::size_t max) {
  if (value.is(Kind::string)) return std::string(value.string());
  std::string out;
  append(out, kRepr, value, max);
  return out;
}

std::string python_dumps(const Value& value, std::size_t max) {
  std::string out;
  append(out, kJson, value, max);
  return out;
}

std::string_view python_type(const Value& value) noexcept {
  constexpr std::string_view kTypes[] = {"NoneType", "bool", "int",  "float",
                                         "str",      "list", "dict", "_Expression"};
  return kTypes[static_cast<std::size_t>(value.kind())];
}

Value parse_python_number(std::string_view text) {
  const auto digits = without_underscores(strip_right(strip_left(text)));
  if (!digits) return {};
  std::string_view number = *digits;
  if (number.starts_with('+') && !number.starts_with("+-")) number.remove_prefix(1);
  if (const auto integer = base::parse_int(number)) return Value(*integer);
  const auto real = parse_real(number);
  return real ? Value(*real) : Value();
}

std::string_view strip_left(std::string_view text) noexcept {
  while (!text.empty()) {
    const auto c = first_code_point(text);
    if (!within(kSpaces, c.value)) break;
    text.remove_prefix(c.size);
  }
  return text;
}

std::size_t count_code_points(std::string_view text) noexcept {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }));
}

}  // namespace crosslog::query
