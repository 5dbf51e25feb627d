// A crash may come between any two calls here. Until rename the old file is
// there, after it the new one; the temporary file has one name for each file, so
// that one which was left behind is used again instead of piling up. Its flock
// keeps two writers apart, and goes with the process that held it.
#include "base/private_files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "base/files.h"
#include "base/text.h"
#include "base/try.h"

namespace crosslog::base {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr mode_t kPrivateFile = 0600;
constexpr mode_t kPrivateFolder = 0700;
constexpr milliseconds kFirstPause{5}, kLongestPause{50};

std::unexpected<Error> unwritable(const std::string& path, const std::string& reason) {
  return fail(Errc::configuration, "Unable to write " + visible(path) + ": " + reason);
}

std::unexpected<Error> unwritable(const std::string& path, int error) {
  return unwritable(path, reason_of(error));
}

// "/a/b/c" as "/a/b" and "c".
struct Place {
  std::string folder, name;
};
Place split_path(const std::string& path) {
  const auto slash = path.rfind('/');
  if (slash == std::string::npos) return {".", path};
  return {slash == 0 ? "/" : path.substr(0, slash), path.substr(slash + 1)};
}

// The folder and those above it.
Result<void> make_folders(const std::string& folder) {
  if (::mkdir(folder.c_str(), kPrivateFolder) == 0 || errno == EEXIST) return {};
  const int error = errno;
  const Place place = split_path(folder);
  if (error != ENOENT || place.folder == folder) return unwritable(folder, error);
  CROSSLOG_CHECK(make_folders(place.folder));
  if (::mkdir(folder.c_str(), kPrivateFolder) == 0 || errno == EEXIST) return {};
  return unwritable(folder, errno);
}

// What is made in another user's folder (with sudo, say) would be in his way.
Result<Descriptor> open_folder(const std::string& folder) {
  constexpr int kFlags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
  Descriptor descriptor(::open(folder.c_str(), kFlags));
  if (!descriptor.is_open() && errno == ENOENT) {
    CROSSLOG_CHECK(make_folders(folder));
    descriptor = Descriptor(::open(folder.c_str(), kFlags));
  }
  if (!descriptor.is_open()) return unwritable(folder, errno);
  struct stat status{};
  if (::fstat(descriptor.get(), &status) != 0) return unwritable(folder, errno);
  if (status.st_uid != ::geteuid()) return unwritable(folder, "the folder belongs to another user");
  return descriptor;
}

// A file of our own, made if need be, for us alone.
Result<Descriptor> open_own_file(const Descriptor& folder, const std::string& name, const std::string& path) {
  constexpr int kFlags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
  Descriptor file(::openat(folder.get(), name.c_str(), kFlags, kPrivateFile));
  if (!file.is_open()) return unwritable(path, errno);
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) return unwritable(path, errno);
  if (!S_ISREG(status.st_mode)) return unwritable(path, "not a regular file");
  if (status.st_uid != ::geteuid()) return unwritable(path, "it belongs to another user");
  if (::fchmod(file.get(), kPrivateFile) != 0) return unwritable(path, errno);
  return file;
}

bool is_still_named(const Descriptor& file, const Descriptor& folder, const std::string& name) {
  struct stat mine{}, named{};
  return ::fstat(file.get(), &mine) == 0 &&
         ::fstatat(folder.get(), name.c_str(), &named, AT_SYMLINK_NOFOLLOW) == 0 &&
         mine.st_ino == named.st_ino && mine.st_dev == named.st_dev && named.st_nlink == 1;
}

Result<void> write_all(const Descriptor& file, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return unwritable(path, errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

int retry_fsync(const Descriptor& descriptor) {
  int result = 0;
  do {
    result = ::fsync(descriptor.get());
  } while (result != 0 && errno == EINTR);
  return result;
}

// The whole of `bytes`, on the disk.
Result<void> fill(const Descriptor& file, std::string_view bytes, const std::string& path) {
  if (::ftruncate(file.get(), 0) != 0) return unwritable(path, errno);
  CROSSLOG_CHECK(write_all(file, bytes, path));
  if (retry_fsync(file) != 0) return unwritable(path, errno);
  return {};
}

class HeldLock final : public FileLock {
 public:
  explicit HeldLock(Descriptor file) noexcept : file_(std::move(file)) {}

 private:
  const Descriptor file_;  // closing it lets go
};

}  // namespace

Result<void> replace_file(const std::string& path, std::string_view bytes) {
  const Place place = split_path(path);
  CROSSLOG_TRY(const Descriptor folder, open_folder(place.folder));
  const std::string temporary = "." + place.name + ".tmp";
  CROSSLOG_TRY(const Descriptor file, open_own_file(folder, temporary, path));
  if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0 || !is_still_named(file, folder, temporary)) {
    return unwritable(path, "another process is writing it");
  }
  auto done = fill(file, bytes, path);
  if (done && ::renameat(folder.get(), temporary.c_str(), folder.get(), place.name.c_str()) != 0) {
    done = unwritable(path, errno);
  }
  if (!done) {
    ::unlinkat(folder.get(), temporary.c_str(), 0);
    return done;
  }
  (void)retry_fsync(folder);  // the new name may be lost with the machine; the old file then is there
  return {};
}

Result<std::unique_ptr<FileLock>> lock_file(const std::string& path, milliseconds timeout,
                                            std::stop_token stop) {
  const Place place = split_path(path);
  CROSSLOG_TRY(const Descriptor folder, open_folder(place.folder));
  CROSSLOG_TRY(Descriptor file, open_own_file(folder, place.name, path));
  const auto deadline = steady_clock::now() + timeout;
  std::mutex mutex;
  std::condition_variable_any never;
  for (milliseconds pause = kFirstPause;; pause = std::min(pause * 2, kLongestPause)) {
    if (stop.stop_requested()) return fail(Errc::cancelled, "Cancelled");
    if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0) return std::make_unique<HeldLock>(std::move(file));
    if (errno != EWOULDBLOCK && errno != EINTR) return unwritable(path, errno);
    if (steady_clock::now() >= deadline) {
      return fail(Errc::timeout, "Another process holds the lock " + visible(path) + " for too long");
    }
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, pause, [] { return false; });
  }
}

}  // namespace crosslog::base
