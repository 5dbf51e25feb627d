#include "cli/yaml/scalars.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace crosslog::cli::yaml {
namespace {

constexpr std::string_view kDigits = "0123456789";

// Takes what a rule allows from the front of a text.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool done() const noexcept { return rest_.empty(); }

  bool word(std::string_view text) noexcept {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  bool one_of(std::string_view characters) noexcept {
    if (rest_.empty() || !characters.contains(rest_.front())) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // At least `least` and at most `most` of `characters`.
  bool some(std::string_view characters, std::size_t least, std::size_t most = SIZE_MAX) noexcept {
    const std::size_t count = std::min(std::min(rest_.find_first_not_of(characters), rest_.size()), most);
    rest_.remove_prefix(count);
    return count >= least;
  }

 private:
  std::string_view rest_;
};

template <std::size_t N>
bool is_any(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::ranges::find(words, text) != words.end();
}

bool is_null(std::string_view text) {
  static constexpr std::array<std::string_view, 5> kNulls = {"", "~", "null", "Null", "NULL"};
  return is_any(text, kNulls);
}

bool is_boolean(std::string_view text) {
  static constexpr std::array<std::string_view, 6> kBooleans = {"true",  "True",  "TRUE",
                                                                "false", "False", "FALSE"};
  return is_any(text, kBooleans);
}

bool is_integer(std::string_view text) {
  Cursor at(text);
  at.one_of("+-");
  const Cursor digits = at;
  const auto in_base = [&](std::string_view prefix, std::string_view allowed) {
    Cursor rest = digits;
    return rest.word(prefix) && rest.some(allowed, 1) && rest.done();
  };
  return in_base("0b", "01_") || in_base("0o", "01234567_") || in_base("0x", "0123456789abcdefABCDEF_") ||
         in_base("", "0123456789_");
}

// e+10; the sign may be needed.
bool exponent(Cursor& at, bool signed_only) {
  if (!at.one_of("eE")) return false;
  const bool has_sign = at.one_of("+-");
  return (has_sign || !signed_only) && at.some(kDigits, 1);
}

bool is_floating(std::string_view text) {
  static constexpr std::array<std::string_view, 3> kInfinities = {".inf", ".Inf", ".INF"};
  static constexpr std::array<std::string_view, 3> kNans = {".nan", ".NaN", ".NAN"};
  if (is_any(text, kNans)) return true;
  const bool has_sign = text.starts_with('+') || text.starts_with('-');
  if (has_sign) text.remove_prefix(1);
  if (is_any(text, kInfinities)) return true;
  Cursor at(text);
  if (at.word(".")) return at.some("0123456789_", 1) && (at.done() || (exponent(at, true) && at.done()));
  if (!at.some(kDigits, 1, 1)) return false;
  at.some("0123456789_", 0);
  if (!at.word(".")) return exponent(at, false) && at.done();
  at.some("0123456789_", 0);
  return at.done() || (exponent(at, false) && at.done());
}

bool is_date(std::string_view text) {
  Cursor at(text);
  return at.some(kDigits, 4, 4) && at.word("-") && at.some(kDigits, 2, 2) && at.word("-") &&
         at.some(kDigits, 2, 2) && at.done();
}

bool is_zone(Cursor at) {
  at.some(" \t", 0);
  if (at.word("Z")) return at.done();
  if (!at.one_of("+-") || !at.some(kDigits, 1, 2)) return false;
  return at.done() || (at.word(":") && at.some(kDigits, 2, 2) && at.done());
}

bool is_timestamp(std::string_view text) {
  if (is_date(text)) return true;
  Cursor at(text);
  if (!at.some(kDigits, 4, 4) || !at.word("-") || !at.some(kDigits, 1, 2) || !at.word("-") ||
      !at.some(kDigits, 1, 2)) {
    return false;
  }
  if (!at.one_of("Tt") && !at.some(" \t", 1)) return false;
  if (!at.some(kDigits, 1, 2) || !at.word(":") || !at.some(kDigits, 2, 2) || !at.word(":") ||
      !at.some(kDigits, 2, 2)) {
    return false;
  }
  if (at.word(".")) at.some(kDigits, 0);
  return at.done() || is_zone(at);
}

}  // namespace

Scalar type_of_plain(std::string_view text) noexcept {
  if (is_null(text)) return Scalar::null;
  if (is_boolean(text)) return Scalar::boolean;
  if (text == "<<") return Scalar::merge;
  if (text == "=") return Scalar::value;
  if (!(kDigits.contains(text.front()) || std::string_view("+-.").contains(text.front())))
    return Scalar::string;
  if (is_floating(text)) return Scalar::floating;
  // A point begins no integer.
  if (is_integer(text)) return Scalar::integer;
  return is_timestamp(text) ? Scalar::timestamp : Scalar::string;
}

}  // namespace crosslog::cli::yaml
