// A second reading of the grammar, written apart from simdjson: slow, without
// recursion, and without values. The fuzzers hold both to one opinion.
#include "wire/json_fault.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "wire/json_repair.h"

namespace crosslog::wire {
namespace {

std::size_t well_formed_prefix(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t size = 1;
    while (size <= 4 && !base::is_utf8(text.substr(at, size)))
      ++size;
    if (size > 4) return at;
    at += size;
  }
  return text.size();
}

class Scanner {
 public:
  Scanner(std::string_view text, std::size_t max_depth, BadText bad_text)
      : text_(text), max_depth_(max_depth), bad_text_(bad_text) {}

  // Each of these: whether it went well; if not, `fault_` is set.
  bool document() {
    if (!value()) return false;
    while (!open_.empty()) {
      if (!after_value()) return false;
    }
    skip_blanks();
    return at_ == text_.size() || fault("Something stands behind the value");
  }
  [[nodiscard]] JsonFault fault() const { return fault_; }

 private:
  // '\0' at the end: no token begins with it.
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool fault(std::string_view what) {
    fault_ = {at_, at_ < text_.size() ? what : "The text ends too early"};
    return false;
  }

  void skip_blanks() { at_ = std::min(text_.find_first_not_of(" \t\n\r", at_), text_.size()); }

  bool skip_char(char c) {
    if (peek() != c || at_ == text_.size()) return false;
    ++at_;
    return true;
  }

  // A value, or the brackets and names in front of the first value inside it.
  bool value() {
    for (;;) {
      skip_blanks();
      const char c = peek();
      if (c != '[' && c != '{') return scalar(c);
      if (open_.size() == max_depth_) return fault("Lists and objects are nested too deeply");
      ++at_;
      open_.push_back(c);
      skip_blanks();
      if (close()) return true;
      if (c == '{' && !name()) return false;
    }
  }

  bool after_value() {
    skip_blanks();
    if (close()) return true;
    if (!skip_char(',')) return fault("A comma or a closing bracket is missing");
    skip_blanks();
    if (open_.back() == '{' && !name()) return false;
    return value();
  }

  bool close() {
    if (!skip_char(open_.back() == '{' ? '}' : ']')) return false;
    open_.pop_back();
    return true;
  }

  bool name() {
    if (peek() != '"') return fault("A name is missing");
    if (!string()) return false;
    skip_blanks();
    return skip_char(':') || fault("A colon is missing");
  }

  bool scalar(char c) {
    if (c == '"') return string();
    if (c == '-' || base::is_digit(c)) return number();
    for (const std::string_view word : {"true", "false", "null"}) {
      if (!text_.substr(at_).starts_with(word)) continue;
      at_ += word.size();
      return true;
    }
    return fault("A value is missing");
  }

  bool digits() {
    if (!base::is_digit(peek())) return fault("A digit is missing");
    while (base::is_digit(peek()))
      ++at_;
    return true;
  }

  bool number() {
    skip_char('-');
    if (skip_char('0')) {
      if (base::is_digit(peek())) return fault("A number begins with a zero");
    } else if (!digits()) {
      return false;
    }
    if (skip_char('.') && !digits()) return false;
    if (!skip_char('e') && !skip_char('E')) return true;
    if (!skip_char('+')) skip_char('-');
    return digits();
  }

  bool string() {
    ++at_;
    while (!skip_char('"')) {
      if (at_ == text_.size()) return fault("");
      if (!(peek() == '\\' ? escape() : characters())) return false;
    }
    return true;
  }

  // Up to the next quote or backslash.
  bool characters() {
    const std::size_t end = std::min(text_.find_first_of("\"\\", at_), text_.size());
    const auto run = text_.substr(at_, end - at_);
    for (std::size_t i = 0; i < run.size(); ++i) {
      if (static_cast<unsigned char>(run[i]) >= 0x20) continue;
      at_ += i;
      return fault("A control byte stands in a string");
    }
    if (bad_text_ == BadText::refuse && !base::is_utf8(run)) {
      at_ += well_formed_prefix(run);
      return fault("A byte is not UTF-8");
    }
    at_ = end;
    return true;
  }

  bool escape() {
    const auto next = text_.substr(at_ + 1, 1);
    const auto unit = unicode_escape(text_, at_);
    if (next.empty() || (!unit && std::string_view("\"\\/bfnrt").find(next) == std::string_view::npos)) {
      return fault("A backslash begins no escape of JSON");
    }
    at_ += unit ? kUnicodeEscapeSize : 2;
    return !unit || bad_text_ == BadText::allow || other_half(*unit);
  }

  // Behind the escape of `unit`: reads the second half of a pair.
  bool other_half(unsigned unit) {
    const auto second = is_high_surrogate(unit) ? unicode_escape(text_, at_) : std::nullopt;
    if (second && is_low_surrogate(*second)) {
      at_ += kUnicodeEscapeSize;
      return true;
    }
    if (!is_high_surrogate(unit) && !is_low_surrogate(unit)) return true;
    at_ -= kUnicodeEscapeSize;
    return fault("An escaped surrogate stands without its other half");
  }

  std::string_view text_;
  std::size_t max_depth_;
  BadText bad_text_;
  std::size_t at_ = 0;
  std::vector<char> open_;
  JsonFault fault_;
};

}  // namespace

std::optional<JsonFault> find_json_fault(std::string_view text, std::size_t max_depth, BadText bad_text) {
  Scanner scanner(text, max_depth, bad_text);
  if (scanner.document()) return std::nullopt;
  return scanner.fault();
}

std::string describe_json_fault(std::string_view text, std::size_t max_depth, BadText bad_text,
                                std::string_view otherwise) {
  const auto fault = find_json_fault(text, max_depth, bad_text);
  if (!fault) return std::string(otherwise);
  return "Byte " + std::to_string(fault->offset) + ": " + std::string(fault->what) + ".";
}

}  // namespace crosslog::wire
