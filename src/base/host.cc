// The machine's environment and files. Opening must never hang (a FIFO), leak
// into a child, or read without bound (/dev/zero), and a set-uid program must
// not obey its caller's environment.
#include "crosslog/host.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "base/text.h"

namespace crosslog {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) noexcept : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int get() const noexcept { return number_; }

 private:
  int number_;
};

std::unexpected<Error> unreadable(const std::string& path, const std::string& reason) {
  return fail(Errc::configuration, "Unable to read " + base::visible(path) + ": " + reason);
}

std::unexpected<Error> unreadable(const std::string& path, int error) {
  return unreadable(path, std::error_code(error, std::generic_category()).message());
}

std::unexpected<Error> too_long(const std::string& path, std::size_t max_bytes) {
  return unreadable(path, "longer than " + std::to_string(max_bytes) + " bytes");
}

// Asks for one byte more than the file had, so that one which grows is noticed.
Result<std::string> read_all(int descriptor, const std::string& path, std::size_t size,
                             std::size_t max_bytes) {
  std::string bytes(size + 1, '\0');  // in one piece: a file of credentials leaves no copies
  std::size_t filled = 0;
  for (;;) {
    const ssize_t got = ::read(descriptor, bytes.data() + filled, bytes.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return unreadable(path, errno);
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
    if (filled > max_bytes) return too_long(path, max_bytes);
    if (filled == bytes.size()) bytes.resize(filled * 2);
  }
  bytes.resize(filled);
  return bytes;
}

std::optional<std::string> read_environment(std::string_view name) {
  const char* value = ::secure_getenv(std::string(name).c_str());
  if (value == nullptr) return std::nullopt;
  return value;
}

Result<std::optional<File>> read_regular_file(const std::string& path, std::size_t max_bytes) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (file.get() < 0) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    return unreadable(path, errno);
  }
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) return unreadable(path, errno);
  if (!S_ISREG(status.st_mode)) return unreadable(path, "not a regular file");
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size > max_bytes) return too_long(path, max_bytes);
  auto bytes = read_all(file.get(), path, size, max_bytes);
  if (!bytes) return std::unexpected(std::move(bytes).error());
  return File{.bytes = std::move(*bytes), .world_readable = (status.st_mode & S_IROTH) != 0};
}

}  // namespace

Host system_host() {
  Host host;
  host.getenv = read_environment;
  host.read_file = read_regular_file;
  return host;
}

}  // namespace crosslog
