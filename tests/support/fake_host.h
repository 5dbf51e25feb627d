// A machine made of maps: its environment and its files.
#ifndef CROSSLOG_TESTS_SUPPORT_FAKE_HOST_H_
#define CROSSLOG_TESTS_SUPPORT_FAKE_HOST_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "crosslog/host.h"

namespace crosslog::test {

struct FakeHost {
  std::map<std::string, std::string, std::less<>> environment;
  std::map<std::string, std::string, std::less<>> files;
  std::set<std::string, std::less<>> unreadable;  // "Unable to read PATH: not a regular file"
  std::set<std::string, std::less<>> world_readable;

  // Refers to this object.
  [[nodiscard]] Host host() const {
    Host made;
    made.getenv = [this](std::string_view name) -> std::optional<std::string> {
      const auto found = environment.find(name);
      if (found == environment.end()) return std::nullopt;
      return found->second;
    };
    made.read_file = [this](const std::string& path, std::size_t max_bytes) -> Result<std::optional<File>> {
      if (unreadable.contains(path)) {
        return fail(Errc::configuration, "Unable to read " + path + ": not a regular file");
      }
      const auto found = files.find(path);
      if (found == files.end()) return std::nullopt;
      if (found->second.size() > max_bytes)
        return fail(Errc::configuration, "Unable to read " + path + ": too long");
      return File{found->second, world_readable.contains(path)};
    };
    return made;
  }
};

}  // namespace crosslog::test

#endif  // CROSSLOG_TESTS_SUPPORT_FAKE_HOST_H_
