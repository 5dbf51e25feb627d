#include "base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "base/text.h"
#include "base/try.h"

namespace crosslog::base {
namespace {

std::unexpected<Error> unreadable(const std::string& path, const std::string& reason) {
  return fail(Errc::configuration, "Unable to read " + visible(path) + ": " + reason);
}

std::unexpected<Error> unreadable(const std::string& path, int error) {
  return unreadable(path, reason_of(error));
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

Result<void> check_private(const std::string& path, const struct stat& status) {
  if (status.st_uid != ::geteuid()) return unreadable(path, "it belongs to another user");
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return unreadable(path, "other users may read or write it");
  }
  return {};
}

}  // namespace

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

int Descriptor::release() noexcept {
  return std::exchange(number_, -1);
}

std::string reason_of(int error) {
  return std::error_code(error, std::generic_category()).message();
}

Result<std::optional<File>> read_regular_file(const std::string& path, std::size_t max_bytes, Trust trust) {
  const int no_link = trust == Trust::only_me ? O_NOFOLLOW : 0;
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | no_link));
  if (!file.is_open()) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    if (errno == ELOOP && no_link != 0) return unreadable(path, "it is a symbolic link");
    return unreadable(path, errno);
  }
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) return unreadable(path, errno);
  if (!S_ISREG(status.st_mode)) return unreadable(path, "not a regular file");
  if (trust == Trust::only_me) CROSSLOG_CHECK(check_private(path, status));
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size > max_bytes) return too_long(path, max_bytes);
  CROSSLOG_TRY(auto bytes, read_all(file.get(), path, size, max_bytes));
  return File{.bytes = std::move(bytes), .world_readable = (status.st_mode & S_IROTH) != 0};
}

}  // namespace crosslog::base
