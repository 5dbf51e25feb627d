#include "cli/shorthand.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "cli/python.h"
#include "cli/unicode.h"

namespace crosslog::cli {
namespace {

template <class T>
using Parsed = std::expected<T, std::string>;

bool is_within(char32_t c, char32_t first, char32_t last) noexcept {
  return c >= first && c <= last;
}

// The three character classes of the AWS CLI's parser; nothing beyond the basic
// multilingual plane is in any of them, so that emoji need quotes.
bool starts_value(char32_t c) noexcept {
  return c > ' ' && c <= 0xFFFF && c != '"' && c != '\'' && c != ',' && c != '=' && c != '[' && c != '{';
}
bool continues_first_value(char32_t c) noexcept {
  return is_blank(c) ||
         (is_within(c, '!', 0xFFFF) && c != '"' && c != '\'' && c != ',' && c != ']' && c != '}');
}
bool continues_second_value(char32_t c) noexcept {
  return is_blank(c) || (is_within(c, '!', 0xFFFF) && c != '"' && c != '\'' && c != ',' && c != '=');
}

bool is_key_character(char32_t c) noexcept {
  return is_within(c, 'a', 'z') || is_within(c, 'A', 'Z') || is_within(c, '0', '9') ||
         (c < 0x80 && c != 0 && std::string_view("-_.#/:").contains(static_cast<char>(c)));
}

void replace_all(std::u32string& text, std::u32string_view from, std::u32string_view to) {
  for (std::size_t at = text.find(from); at != std::u32string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

class ShorthandParser {
 public:
  ShorthandParser(std::string_view text, const ParameterFile& resolve)
      : text_(decode_utf8(text)), resolve_(resolve) {}

  // parameter = keyval *("," keyval)
  Parsed<Document> parameter() {
    Document::Map map;
    std::size_t last = 0;
    for (bool first = true; first || at_ < text_.size(); first = false) {
      if (!first) {
        if (auto comma = expect(',', true); !comma) return std::unexpected(comma.error());
      }
      auto member = key_and_value();
      if (!member) return std::unexpected(member.error());
      if (std::ranges::count(map, member->first, &Document::Member::first) != 0) {
        return std::unexpected(duplicate(member->first, last + 1));
      }
      map.push_back(std::move(*member));
      last = at_;
    }
    return Document(std::move(map));
  }

 private:
  // keyval = key "=" [values] / key "@=" [values that may name files]
  Parsed<Document::Member> key_and_value() {
    std::string name = key();
    if (auto equals = equals_sign(); !equals) return std::unexpected(equals.error());
    auto value = values();
    if (!value) return std::unexpected(value.error());
    return Document::Member(std::move(name), std::move(*value));
  }

  std::string key() {
    const std::size_t start = at_;
    while (at_ < text_.size() && is_key_character(text_[at_]))
      ++at_;
    return encode_utf8(std::u32string_view(text_).substr(start, at_ - start));
  }

  Parsed<void> equals_sign() {
    skip_blanks();
    files_ = current() == '@';
    if (files_) ++at_;
    return expect('=', true);
  }

  // values = csv-list / explicit-list / hash-literal
  Parsed<Document> values() {
    if (at_ >= text_.size()) return Document("");
    if (current() == '[') return explicit_list();
    if (current() == '{') return hash_literal();
    return comma_separated();
  }

  // "a", or "a,b,c" up to what turns out to be the next key.
  Parsed<Document> comma_separated() {
    auto first = first_value();
    if (!first) return first;
    skip_blanks();
    if (current() != ',') return first;
    (void)expect(',', true);
    Document::List list{*first};
    for (;;) {
      auto value = second_value();
      Parsed<void> comma;
      if (value) {
        skip_blanks();
        if (at_ >= text_.size()) {
          list.push_back(std::move(*value));
          break;
        }
        comma = expect(',', true);
        if (comma) {
          list.push_back(std::move(*value));
          continue;
        }
      } else if (fatal_) {
        return value;
      }
      if (at_ >= text_.size()) return std::unexpected(value ? comma.error() : value.error());
      while (text_[at_] != ',')
        --at_;
      break;
    }
    return list.size() == 1 ? *first : Document(std::move(list));
  }

  Parsed<Document> explicit_list() {
    Document::List list;
    if (auto open = expect('[', true); !open) return std::unexpected(open.error());
    while (current() != ']') {
      auto value = explicit_value();
      if (!value) return value;
      list.push_back(std::move(*value));
      if (auto separator = separator_before(']'); !separator) return std::unexpected(separator.error());
    }
    ++at_;
    return Document(std::move(list));
  }

  Parsed<Document> hash_literal() {
    Document map{Document::Map{}};
    if (auto open = expect('{', true); !open) return std::unexpected(open.error());
    while (current() != '}') {
      const std::string name = key();
      if (auto equals = equals_sign(); !equals) return std::unexpected(equals.error());
      auto value = explicit_value();
      if (!value) return value;
      if (auto separator = separator_before('}'); !separator) return std::unexpected(separator.error());
      map.set(name, std::move(*value));
    }
    ++at_;
    return map;
  }

  Parsed<void> separator_before(char32_t close) {
    skip_blanks();
    if (current() == close) return {};
    if (auto comma = expect(',', false); !comma) return comma;
    skip_blanks();
    return {};
  }

  Parsed<Document> explicit_value() {
    if (++depth_ > kMaxDepth) return std::unexpected("nested too deeply");
    auto value = current() == '[' ? explicit_list() : current() == '{' ? hash_literal() : first_value();
    --depth_;
    return value;
  }

  Parsed<Document> first_value() {
    if (current() == '\'' || current() == '"') return quoted_value();
    return resolved(unquoted(continues_first_value));
  }

  Parsed<Document> second_value() {
    if (current() == '\'' || current() == '"') return quoted_value();
    const std::size_t start = at_;
    auto value = unquoted(continues_second_value);
    if (at_ == start) return std::unexpected(expected("<second>", "<none>"));
    return resolved(std::move(value));
  }

  // Nothing when the next character cannot begin one.
  std::u32string unquoted(bool (*continues)(char32_t)) {
    const std::size_t start = at_;
    const auto escaped_comma = [&] {
      return current() == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] == ',';
    };
    while (at_ < text_.size()) {
      if (escaped_comma()) {
        at_ += 2;
      } else if (at_ == start ? starts_value(text_[at_]) : continues(text_[at_])) {
        ++at_;
      } else {
        break;
      }
    }
    std::u32string value = text_.substr(start, at_ - start);
    replace_all(value, U"\\,", U",");
    while (!value.empty() && is_blank(value.back()))
      value.pop_back();
    return value;
  }

  // A backslash before the quote keeps it, unless there is no quote after it.
  Parsed<Document> quoted_value() {
    const char32_t quote = current();
    std::size_t end = at_ + 1, fallback = 0;
    for (; end < text_.size() && text_[end] != quote; ++end) {
      if (text_[end] == '\\' && end + 1 < text_.size() && text_[end + 1] == quote) fallback = ++end;
    }
    if (end >= text_.size()) end = fallback;
    if (end == 0) {
      return std::unexpected(expected(quote == '"' ? "<double quoted>" : "<singled quoted>", "<none>"));
    }
    std::u32string value = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    replace_all(value, std::u32string{U'\\', quote}, std::u32string{quote});
    replace_all(value, U"\\\\", U"\\");
    return resolved(std::move(value));
  }

  Parsed<Document> resolved(const std::u32string& value) {
    std::string text = encode_utf8(value);
    if (!files_) return Document(std::move(text));
    auto content = resolve_(text);
    if (content) return Document(std::move(*content));
    fatal_ = true;
    return std::unexpected(std::move(content.error()));
  }

  // 0 at the end.
  [[nodiscard]] char32_t current() const noexcept { return at_ < text_.size() ? text_[at_] : 0; }

  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_]))
      ++at_;
  }

  Parsed<void> expect(char32_t wanted, bool blanks_around) {
    if (blanks_around) skip_blanks();
    if (current() != wanted) {
      const std::u32string_view actual =
          at_ < text_.size() ? std::u32string_view(text_).substr(at_, 1) : U"EOF";
      return std::unexpected(expected(std::string(1, static_cast<char>(wanted)), encode_utf8(actual)));
    }
    ++at_;
    if (blanks_around) skip_blanks();
    return {};
  }

  [[nodiscard]] std::string expected(std::string_view wanted, std::string_view actual) const {
    return "Expected: '" + std::string(wanted) + "', received: '" + std::string(actual) + "' for input:\n " +
           location(at_);
  }

  [[nodiscard]] std::string duplicate(std::string_view name, std::size_t at) const {
    return "Second instance of key \"" + std::string(name) + "\" encountered for input:\n" + location(at) +
           "\nThis is often because there is a preceding \",\" instead of a space.";
  }

  // The text with a caret under the character at `at`.
  [[nodiscard]] std::string location(std::size_t at) const {
    const std::u32string_view text = text_;
    const std::size_t line = text.substr(0, at).rfind('\n');
    const std::size_t blanks = line == std::u32string_view::npos ? at : at - line - 1;
    const std::size_t end = std::min(text.find('\n', std::min(at, text.size())), text.size());
    return encode_utf8(text.substr(0, end)) + "\n" + std::string(blanks, ' ') + "^" +
           encode_utf8(text.substr(end));
  }

  static constexpr int kMaxDepth = 100;

  const std::u32string text_;
  const ParameterFile& resolve_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool files_ = false;  // the value being read may name a file
  bool fatal_ = false;  // an error that no other reading can mend
};

Parsed<Document> fit_number(const Document& value, bool whole) {
  const auto* text = value.string();
  if (text == nullptr) return value;
  if (whole) {
    if (const auto number = parse_int(*text)) return Document(*number);
    return std::unexpected("invalid literal for int() with base 10: " + repr(std::string_view(*text)));
  }
  if (const auto number = parse_float(*text)) return Document(*number);
  return std::unexpected("could not convert string to float: " + repr(std::string_view(*text)));
}

Document fit_boolean(Document value) {
  const auto* text = value.string();
  if (text == nullptr) return value;
  std::string lower = *text;
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (lower == "true" || lower == "false") return Document(lower == "true");
  return value;
}

Parsed<Document> fit_list(Document value, const Shape& shape) {
  if (value.list() == nullptr) return Document(Document::List{std::move(value)});
  for (Document& element : *value.list()) {
    auto fitted = fit_to_shape(std::move(element), *shape.element);
    if (!fitted) return fitted;
    element = std::move(*fitted);
  }
  return value;
}

Parsed<Document> fit_members(Document value, const Shape& shape) {
  if (value.map() == nullptr) return value;
  for (auto& [name, element] : *value.map()) {
    const Shape* inner = shape.element;
    for (const auto& member : shape.members) {
      if (member.name == name) inner = member.shape;
    }
    if (inner == nullptr) continue;
    auto fitted = fit_to_shape(std::move(element), *inner);
    if (!fitted) return fitted;
    element = std::move(*fitted);
  }
  return value;
}

}  // namespace

Parsed<Document> parse_shorthand(std::string_view text, const ParameterFile& resolve) {
  return ShorthandParser(text, resolve).parameter();
}

Parsed<Document> fit_to_shape(Document value, const Shape& shape) {
  switch (shape.type) {
    case Shape::Type::structure:
    case Shape::Type::map:
      return fit_members(std::move(value), shape);
    case Shape::Type::list:
      return fit_list(std::move(value), shape);
    case Shape::Type::integer:
    case Shape::Type::long_integer:
      return fit_number(value, true);
    case Shape::Type::floating:
      return fit_number(value, false);
    case Shape::Type::boolean:
      return fit_boolean(std::move(value));
    default:
      return value;
  }
}

}  // namespace crosslog::cli
