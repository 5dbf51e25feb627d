// The machine as a value: what the library would otherwise take from the
// process around it. Whoever replaces these functions has the library with no
// I/O of its own but the Transport's.
#ifndef CROSSLOG_HOST_H_
#define CROSSLOG_HOST_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "crosslog/error.h"

namespace crosslog {

struct File {
  std::string bytes;
  bool world_readable = false;  // the mode lets "others" read
};

struct Host {
  // The value of an environment variable; nullopt when it is not set.
  std::function<std::optional<std::string>(std::string_view name)> getenv;
  // The whole file; nullopt when there is none at `path`. An Error when it
  // cannot be read, is not a regular file, or is longer than `max_bytes`.
  std::function<Result<std::optional<File>>(const std::string& path, std::size_t max_bytes)> read_file;
};

// secure_getenv and open(2) (O_CLOEXEC, O_NONBLOCK).
[[nodiscard]] Host system_host();

}  // namespace crosslog

#endif  // CROSSLOG_HOST_H_
