#include "cli/output/json.h"

#include <cmath>
#include <cstdint>

#include "cli/python.h"
#include "cli/unicode.h"

namespace crosslog::cli {
namespace {

// \uXXXX, twice beyond the first plane.
std::string json_escape(char32_t value) {
  std::string out;
  if (value > 0xFFFF) {
    out = json_escape(0xD800 + ((value - 0x10000) >> 10));
    value = 0xDC00 + ((value - 0x10000) & 0x3FF);
  }
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4)
    out += "0123456789abcdef"[(value >> shift) & 0xF];
  return out;
}

class JsonWriter {
 public:
  explicit JsonWriter(bool terminal) : terminal_(terminal) {}

  void value(const Document& value, std::size_t depth) {
    if (const auto* text = value.string()) {
      string(*text);
    } else if (const auto* list = value.list()) {
      sequence('[', ']', *list, depth, [&](const Document& element) { this->value(element, depth + 1); });
    } else if (const auto* map = value.map()) {
      sequence('{', '}', *map, depth, [&](const Document::Member& member) {
        string(member.first);
        out_ += ": ";
        this->value(member.second, depth + 1);
      });
    } else {
      scalar(value);
    }
  }

  std::string take() { return std::move(out_); }

 private:
  template <class Elements, class Write>
  void sequence(char open, char close, const Elements& elements, std::size_t depth, Write write) {
    out_ += open;
    bool first = true;
    for (const auto& element : elements) {
      out_ += first ? "\n" : ",\n";
      first = false;
      out_.append(4 * (depth + 1), ' ');
      write(element);
    }
    if (!elements.empty()) {
      out_ += '\n';
      out_.append(4 * depth, ' ');
    }
    out_ += close;
  }

  void scalar(const Document& value) {
    if (value.is_null()) {
      out_ += "null";
    } else if (const auto* flag = value.boolean()) {
      out_ += *flag ? "true" : "false";
    } else if (const auto* integer = value.integer()) {
      out_ += std::to_string(*integer);
    } else if (const double number = *value.number(); std::isnan(number)) {
      out_ += "NaN";
    } else if (std::isinf(number)) {
      out_ += number < 0 ? "-Infinity" : "Infinity";
    } else {
      out_ += repr(number);
    }
  }

  void string(std::string_view text) {
    out_ += '"';
    while (!text.empty()) {
      const std::size_t plain = plain_prefix(text);
      out_ += text.substr(0, plain);
      text.remove_prefix(plain);
      if (!text.empty()) text.remove_prefix(special(text));
    }
    out_ += '"';
  }

  // Bytes that go out as they are.
  [[nodiscard]] std::size_t plain_prefix(std::string_view text) const noexcept {
    std::size_t i = 0;
    for (; i < text.size(); ++i) {
      const auto byte = static_cast<unsigned char>(text[i]);
      if (byte < 0x20 || byte == '"' || byte == '\\' || (terminal_ && byte >= 0x7F)) break;
    }
    return i;
  }

  // One character that may need an escape; returns its size.
  std::size_t special(std::string_view text) {
    const char first = text.front();
    if (first == '"' || first == '\\') {
      out_ += '\\';
      out_ += first;
      return 1;
    }
    constexpr std::string_view kShort = "\b\f\n\r\t";
    if (const std::size_t i = kShort.find(first); i != std::string_view::npos) {
      out_ += '\\';
      out_ += "bfnrt"[i];
      return 1;
    }
    const CodePoint c = first_code_point(text);
    if (is_unsafe(c)) {
      out_ += json_escape(c.value);
    } else {
      out_ += text.substr(0, c.size);
    }
    return c.size;
  }

  bool terminal_;
  std::string out_;
};

}  // namespace

std::string format_json(const Document& document, bool terminal) {
  if (const auto* map = document.map(); map != nullptr && map->empty()) return "";
  JsonWriter writer(terminal);
  writer.value(document, 0);
  return writer.take() + "\n";
}

// Outside its texts compact JSON is plain ASCII, so what is unsafe is inside one.
std::string format_json_line(const Document& document) {
  const std::string json = write_json(document);
  std::string_view rest = json;
  std::string out;
  while (!rest.empty()) {
    const CodePoint c = first_code_point(rest);
    out += is_unsafe(c) ? json_escape(c.value) : std::string(rest.substr(0, c.size));
    rest.remove_prefix(c.size);
  }
  return out;
}

}  // namespace crosslog::cli
