// What the files of this layer share: the environment, read with the checks
// that every variable gets, and what may be shown.
#ifndef CROSSLOG_SRC_CONFIG_PROFILES_H_
#define CROSSLOG_SRC_CONFIG_PROFILES_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "crosslog/error.h"
#include "crosslog/host.h"

namespace crosslog::config {

inline constexpr std::size_t kMaxEnvironmentValueBytes = std::size_t{32} << 10;

// The variable, empty or not; nullopt when it is not set. Refused: a value over
// the limit or with a control byte; the message names the variable only.
[[nodiscard]] Result<std::optional<std::string>> environment(const Host& host, std::string_view name);

// A URL that is refused, with nothing of what may be a password in it.
[[nodiscard]] std::string url_for_message(std::string_view url);

// Of both files, $HOME and other variables filled in.
struct ConfigPath {
  std::string path;           // as looked for; empty: a variable says that there is none
  bool without_home = false;  // it begins with "~", and HOME is not set
};
[[nodiscard]] Result<ConfigPath> config_path(const Host& host, std::string_view variable,
                                             std::string_view by_default);

}  // namespace crosslog::config

#endif  // CROSSLOG_SRC_CONFIG_PROFILES_H_
