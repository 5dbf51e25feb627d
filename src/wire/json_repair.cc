// Escapes are found without reading the JSON around them: a backslash outside a
// string makes the text invalid anyway. A bad escape and its repair are both six
// bytes, so that they are overwritten in place.
#include "wire/json_repair.h"

#include <charconv>
#include <system_error>

#include "base/text.h"

namespace crosslog::wire {
namespace {

std::size_t repair_surrogates(std::string& text) {
  std::size_t repairs = 0;
  std::size_t at = text.find('\\');
  while (at != std::string::npos) {
    std::size_t size = 2;
    if (const auto unit = unicode_escape(text, at)) {
      size = kUnicodeEscapeSize;
      const auto next =
          is_high_surrogate(*unit) ? unicode_escape(text, at + kUnicodeEscapeSize) : std::nullopt;
      if (next && is_low_surrogate(*next)) {
        size = 2 * kUnicodeEscapeSize;
      } else if (is_high_surrogate(*unit) || is_low_surrogate(*unit)) {
        text.replace(at, kUnicodeEscapeSize, "\\ufffd");
        ++repairs;
      }
    }
    at = text.find('\\', at + size);
  }
  return repairs;
}

}  // namespace

std::optional<unsigned> unicode_escape(std::string_view text, std::size_t at) {
  const auto escape = text.substr(at, kUnicodeEscapeSize);
  if (escape.size() < kUnicodeEscapeSize || !escape.starts_with("\\u")) return std::nullopt;
  unsigned unit = 0;
  const char* const end = escape.data() + kUnicodeEscapeSize;
  const auto read = std::from_chars(escape.data() + 2, end, unit, 16);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return unit;
}

RepairedJson repair_json(std::string_view text) {
  RepairedJson repaired;
  repaired.text.reserve(text.size() + text.size() / 8);
  repaired.repairs = base::append_repaired_utf8(repaired.text, text);
  repaired.repairs += repair_surrogates(repaired.text);
  return repaired;
}

}  // namespace crosslog::wire
