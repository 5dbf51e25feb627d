#include "cli/json_fault.h"

#include <algorithm>

#include "cli/unicode.h"

namespace crosslog::cli {
namespace {

bool is_json_blank(char32_t c) noexcept {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_hex(char32_t c) noexcept {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// Reads as that module does and stops at the first fault.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(decode_utf8(text)) {}

  std::optional<std::string> run() {
    skip_blanks();
    value(0);
    if (!fault_) {
      skip_blanks();
      if (at_ < text_.size()) fail("Extra data", at_);
    }
    return fault_;
  }

 private:
  static constexpr int kMaxDepth = 900;  // Python gives up near 1000

  void fail(std::string_view what, std::size_t at) {
    if (fault_) return;
    const std::u32string_view before = std::u32string_view(text_).substr(0, at);
    const auto line = std::ranges::count(before, U'\n') + 1;
    const std::size_t start = before.rfind(U'\n') + 1;  // npos + 1 is 0
    fault_ = std::string(what) + ": line " + std::to_string(line) + " column " +
             std::to_string(at - start + 1) + " (char " + std::to_string(at) + ")";
  }

  [[nodiscard]] char32_t current() const noexcept { return at_ < text_.size() ? text_[at_] : 0; }
  void skip_blanks() {
    while (is_json_blank(current()))
      ++at_;
  }
  bool skip(std::u32string_view word) {
    if (!std::u32string_view(text_).substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  void value(int depth) {
    if (depth > kMaxDepth) return fail("nested too deeply", at_);
    if (current() == '"') return string();
    if (current() == '{') return map(depth);
    if (current() == '[') return list(depth);
    for (const std::u32string_view word : {U"null", U"true", U"false", U"NaN", U"Infinity", U"-Infinity"}) {
      if (skip(word)) return;
    }
    if (!number()) fail("Expecting value", at_);
  }

  // -?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?
  bool number() {
    std::size_t end = at_;
    const auto peek = [&](std::size_t i) { return i < text_.size() ? text_[i] : U'\0'; };
    if (peek(end) == '-') ++end;
    if (!is_digit(peek(end))) return false;
    if (peek(end) == '0') {
      ++end;
    } else {
      while (is_digit(peek(end)))
        ++end;
    }
    if (peek(end) == '.' && is_digit(peek(end + 1))) {
      for (++end; is_digit(peek(end));)
        ++end;
    }
    if (peek(end) == 'e' || peek(end) == 'E') {
      const std::size_t digits = end + (peek(end + 1) == '-' || peek(end + 1) == '+' ? 2 : 1);
      if (is_digit(peek(digits))) {
        for (end = digits; is_digit(peek(end));)
          ++end;
      }
    }
    at_ = end;
    return true;
  }

  void string() {
    const std::size_t start = at_++;
    for (;;) {
      const char32_t c = current();
      if (at_ >= text_.size()) return fail("Unterminated string starting at", start);
      if (c == '"') break;
      if (c < 0x20) return fail("Invalid control character at", at_);
      ++at_;
      if (c == '\\' && !escape(start)) return;
    }
    ++at_;
  }

  bool escape(std::size_t start) {
    if (at_ >= text_.size()) return fail("Unterminated string starting at", start), false;
    const char32_t c = text_[at_];
    if (c != 'u') {
      if (std::u32string_view(U"\"\\/bfnrt").contains(c)) return ++at_, true;
      return fail("Invalid \\escape", at_ - 1), false;
    }
    // As there, something must follow the four digits.
    bool good = at_ + 5 < text_.size();
    for (std::size_t i = 1; good && i <= 4; ++i)
      good = is_hex(text_[at_ + i]);
    if (!good) return fail("Invalid \\uXXXX escape", at_), false;
    at_ += 5;
    return true;
  }

  void map(int depth) {
    ++at_;
    skip_blanks();
    if (current() == '}') return void(++at_);
    for (;;) {
      if (current() != '"') return fail("Expecting property name enclosed in double quotes", at_);
      string();
      if (fault_) return;
      skip_blanks();
      if (current() != ':') return fail("Expecting ':' delimiter", at_);
      ++at_;
      skip_blanks();
      value(depth + 1);
      if (fault_) return;
      skip_blanks();
      if (current() == '}') return void(++at_);
      if (current() != ',') return fail("Expecting ',' delimiter", at_);
      ++at_;
      skip_blanks();
    }
  }

  void list(int depth) {
    ++at_;
    skip_blanks();
    if (current() == ']') return void(++at_);
    for (;;) {
      value(depth + 1);
      if (fault_) return;
      skip_blanks();
      if (current() == ']') return void(++at_);
      if (current() != ',') return fail("Expecting ',' delimiter", at_);
      ++at_;
      skip_blanks();
    }
  }

  const std::u32string text_;
  std::size_t at_ = 0;
  std::optional<std::string> fault_;
};

}  // namespace

std::optional<std::string> json_fault(std::string_view text) {
  return Scanner(text).run();
}

}  // namespace crosslog::cli
