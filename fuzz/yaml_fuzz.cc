// YAML of --cli-input-yaml. What is read, written, and read again is the same
// value, also as a terminal shows it, where no byte is left that is unsafe; a text
// that is JSON too means what the JSON reader says; no value is larger than the
// limit on what aliases stand for.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "cli/unicode.h"
#include "cli/yaml/reader.h"
#include "cli/yaml/writer.h"

using namespace crosslog;
using namespace crosslog::cli;

namespace {

constexpr YamlLimits kLimits = {.max_bytes = 1u << 14, .max_depth = 20};
// Quotes and escapes lengthen a text, and names too long for a line are set apart.
constexpr YamlLimits kWider = {.max_bytes = 1u << 22, .max_depth = 32};

void require(bool condition) {
  if (!condition) __builtin_trap();
}

// Equal, maps in any order and NaN like itself.
bool same(const Document& a, const Document& b) {
  if (const auto *x = a.number(), *y = b.number(); x != nullptr && y != nullptr) {
    return *x == *y || (std::isnan(*x) && std::isnan(*y));
  }
  if (const auto *x = a.list(), *y = b.list(); x != nullptr && y != nullptr)
    return std::ranges::equal(*x, *y, same);
  const auto *x = a.map(), *y = b.map();
  if (x == nullptr || y == nullptr) return a == b;
  auto sorted_a = *x, sorted_b = *y;
  std::ranges::sort(sorted_a, {}, &Document::Member::first);
  std::ranges::sort(sorted_b, {}, &Document::Member::first);
  return std::ranges::equal(sorted_a, sorted_b, [](const auto& left, const auto& right) {
    return left.first == right.first && same(left.second, right.second);
  });
}

std::size_t size_of(const Document& value) {
  std::size_t size = value.string() == nullptr ? 1 : value.string()->size();
  if (const auto* list = value.list()) {
    for (const auto& element : *list)
      size += size_of(element);
  }
  if (const auto* map = value.map()) {
    for (const auto& [name, member] : *map)
      size += name.size() + size_of(member);
  }
  return size;
}

bool is_safe(std::string_view text) {
  while (!text.empty()) {
    const CodePoint c = first_code_point(text);
    if (c.value != '\n' && is_unsafe(c)) return false;
    text.remove_prefix(c.size);
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto value = parse_yaml(text, kLimits);
  if (!value) {
    require(!value.error().empty() && !value.error().contains('\n'));
    return 0;
  }
  require(size_of(*value) <= 2 * kLimits.max_bytes);
  if (const auto json = parse_json(text)) require(same(*json, *value));

  const auto plain = format_yaml_page(*value);
  const auto shown = format_yaml_page(*value, true);
  require(plain.has_value() && shown.has_value() && is_safe(*shown));
  const auto from_shown = parse_yaml(*shown, kWider);
  require(from_shown.has_value() && same(*from_shown, Document::List{*value}));
  // Not safe: old line breaks may stand in it as they are, which the reader refuses.
  const auto from_plain = parse_yaml(*plain, kWider);
  require(from_plain.has_value() ? same(*from_plain, Document::List{*value})
                                 : from_plain.error().starts_with("the text holds U+"));
  return 0;
}
