// The machine that the process runs on. A set-uid program must not obey its
// caller's environment.
#include "crosslog/host.h"

#include <cstdlib>

#include "base/files.h"
#include "base/private_files.h"
#include "base/process.h"
#include "base/resolve.h"
#include "base/terminal.h"

namespace crosslog {
namespace {

std::optional<std::string> read_environment(std::string_view name) {
  const char* value = ::secure_getenv(std::string(name).c_str());
  if (value == nullptr) return std::nullopt;
  return value;
}

Result<std::optional<File>> read_file(const std::string& path, std::size_t max_bytes) {
  return base::read_regular_file(path, max_bytes, base::Trust::anybody);
}

Result<std::optional<File>> read_private_file(const std::string& path, std::size_t max_bytes) {
  return base::read_regular_file(path, max_bytes, base::Trust::only_me);
}

}  // namespace

Host system_host() {
  Host host;
  host.getenv = read_environment;
  host.read_file = read_file;
  host.read_private_file = read_private_file;
  host.replace_file = base::replace_file;
  host.lock_file = base::lock_file;
  host.run = [](const std::vector<std::string>& words, const std::stop_token& stop) {
    return base::run_program(words, stop);
  };
  host.resolve = base::resolve_name;
  host.ask = base::ask;
  return host;
}

}  // namespace crosslog
