// Check of meaning: a second reader, written apart (shared_config_oracle.h),
// accepts the same files and finds the same values; and what was read, written
// down and read again, is the same, nested maps included. Every refusal names
// the file and a line of it. The first byte says which of the two files it is.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/text.h"
#include "shared_config_oracle.h"
#include "wire/shared_config.h"

namespace {

using namespace crosslog;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

// Bytes and lengths are refused before the syntax is looked at; nothing else is.
bool has_readable_lines(std::string_view bytes) {
  for (const auto& line : oracle::lines_of(bytes)) {
    if (line.size() > wire::kMaxConfigLineBytes) return false;
  }
  return bytes.find('\0') == std::string_view::npos && base::is_utf8(bytes);
}

void check_refusal(const Error& error, std::string_view bytes) {
  require(error.code == Errc::configuration && error.message == "Unable to parse config file: FILE");
  require(error.hints.size() == 1 && error.hints[0].starts_with("FILE:"));
  const auto number =
      base::parse_int(std::string_view(error.hints[0]).substr(5, error.hints[0].find(": ") - 5));
  require(number && *number >= 1 && *number <= static_cast<std::int64_t>(oracle::lines_of(bytes).size()));
}

bool same_nested(const wire::ConfigSections& a, const wire::ConfigSections& b) {
  for (const auto& [name, properties] : a) {
    for (const auto& [key, property] : properties) {
      if (b.at(name).at(key).nested != property.nested) return false;
    }
  }
  return true;
}

void check_round_trip(const wire::ConfigFile& file, wire::ConfigKind kind) {
  const auto written = oracle::write(oracle::plain(file), kind);
  const auto again = wire::parse_shared_config(written, kind, "FILE");
  require(again.has_value());
  require(oracle::plain(*again) == oracle::plain(file));
  require(same_nested(file.profiles, again->profiles) && same_nested(file.services, again->services));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto kind = (data[0] & 1) != 0 ? wire::ConfigKind::credentials : wire::ConfigKind::config;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto file = wire::parse_shared_config(bytes, kind, "FILE");
  if (!file) check_refusal(file.error(), bytes);
  if (!has_readable_lines(bytes)) {
    require(!file.has_value());
    return 0;
  }
  const auto expected = oracle::read(bytes, kind);
  require(file.has_value() == expected.has_value());
  if (!file) return 0;
  require(oracle::plain(*file) == *expected);
  check_round_trip(*file, kind);
  return 0;
}
