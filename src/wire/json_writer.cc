// Documents as JSON text that parse_json reads back to the same Document: a
// double keeps a fraction or an exponent, so that it does not come back as an
// integer, and shortest round-trip digits.
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>

#include "base/real.h"
#include "base/text.h"
#include "crosslog/document.h"

namespace crosslog {
namespace {

void append_integer(std::string& out, std::int64_t value) {
  std::array<char, 32> buffer;
  out.append(buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr);
}

void append_number(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  const auto text = base::write_real(value);
  out += text;
  if (text.find_first_of(".e") == std::string::npos) out += ".0";
}

void append_escape(std::string& out, char byte) {
  switch (byte) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\b':
      out += "\\b";
      break;
    case '\f':
      out += "\\f";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    default:
      out += "\\u00" + base::hex({&byte, 1});
  }
}

void append_string(std::string& out, std::string_view text) {
  if (!base::is_utf8(text)) {
    std::string repaired;
    base::append_repaired_utf8(repaired, text);
    return append_string(out, repaired);
  }
  out += '"';
  std::size_t written = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char byte = text[i];
    if (byte != '"' && byte != '\\' && static_cast<unsigned char>(byte) >= 0x20) continue;
    out += text.substr(written, i - written);
    append_escape(out, byte);
    written = i + 1;
  }
  out += text.substr(written);
  out += '"';
}

void append(std::string& out, const Document& document);

void append_list(std::string& out, const Document::List& list) {
  out += '[';
  for (const auto& element : list) {
    if (&element != list.data()) out += ',';
    append(out, element);
  }
  out += ']';
}

void append_map(std::string& out, const Document::Map& map) {
  out += '{';
  for (const auto& member : map) {
    if (&member != map.data()) out += ',';
    append_string(out, member.first);
    out += ':';
    append(out, member.second);
  }
  out += '}';
}

void append(std::string& out, const Document& document) {
  if (const auto* boolean = document.boolean()) {
    out += *boolean ? "true" : "false";
  } else if (const auto* integer = document.integer()) {
    append_integer(out, *integer);
  } else if (const auto* number = document.number()) {
    append_number(out, *number);
  } else if (const auto* string = document.string()) {
    append_string(out, *string);
  } else if (const auto* list = document.list()) {
    append_list(out, *list);
  } else if (const auto* map = document.map()) {
    append_map(out, *map);
  } else {
    out += "null";
  }
}

}  // namespace

std::string write_json(const Document& document) {
  std::string out;
  append(out, document);
  return out;
}

}  // namespace crosslog
