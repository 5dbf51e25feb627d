// The AWS shared config and credentials files: bytes in, sections out. The
// rules are the AWS SDKs' common ones ("Shared config and credentials files
// format", AWS SDKs and Tools Reference Guide), where they and the AWS CLI
// differ. No I/O.
#ifndef CROSSLOG_SRC_WIRE_SHARED_CONFIG_H_
#define CROSSLOG_SRC_WIRE_SHARED_CONFIG_H_

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "crosslog/error.h"

namespace crosslog::wire {

inline constexpr std::size_t kMaxConfigBytes = std::size_t{16} << 20;
inline constexpr std::size_t kMaxConfigLineBytes = std::size_t{64} << 10;

// "[profile x]" names a profile in one file, "[x]" in the other.
enum class ConfigKind { config, credentials };

struct ConfigProperty {
  std::string value;                                       // trimmed; continuation lines joined with '\n'
  std::map<std::string, std::string, std::less<>> nested;  // of `key =` and indented `a = b` lines
  int line = 0;                                            // 1-based
};

using ConfigProperties = std::map<std::string, ConfigProperty, std::less<>>;  // names in lower case
using ConfigSections = std::map<std::string, ConfigProperties, std::less<>>;

// Something that was ignored or is suspicious, for a person. Holds names, never
// a value, and of a broken name nothing at all.
struct ConfigNote {
  int line = 0;
  std::string text;
};

struct ConfigFile {
  ConfigSections profiles, sso_sessions, services;
  std::vector<ConfigNote> notes;
};

// `path` is for messages. A syntax error, a NUL, ill-formed UTF-8 and a line or
// file over the limits refuse the file: "Unable to parse config file: PATH",
// with PATH:LINE and the reason as its hint.
[[nodiscard]] Result<ConfigFile> parse_shared_config(std::string_view bytes, ConfigKind kind,
                                                     std::string_view path);

}  // namespace crosslog::wire

#endif  // CROSSLOG_SRC_WIRE_SHARED_CONFIG_H_
