// The machine as a value: what the library would otherwise take from the
// process around it. Whoever replaces these functions has the library with no
// I/O of its own but the Transport's.
#ifndef CROSSLOG_HOST_H_
#define CROSSLOG_HOST_H_

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "crosslog/error.h"

namespace crosslog {

struct File {
  std::string bytes;
  bool world_readable = false;  // the mode lets "others" read
};

// What a program that has ended left behind.
struct Completed {
  int exit_status = 0;  // 128 + the signal's number when one ended it
  std::string output, errors;
};

// A lock that is held until it is destroyed.
class FileLock {
 public:
  virtual ~FileLock() = default;
};

// Functions that are left empty are those of a machine without: no files to
// keep, no programs, no terminal. Each may be called from several threads.
struct Host {
  // The value of an environment variable; nullopt when it is not set.
  std::function<std::optional<std::string>(std::string_view name)> getenv;
  // The whole file; nullopt when there is none at `path`. An Error when it
  // cannot be read, is not a regular file, or is longer than `max_bytes`.
  std::function<Result<std::optional<File>>(const std::string& path, std::size_t max_bytes)> read_file;

  // As read_file, for files that nobody else may have touched: also an Error
  // when the path ends in a symbolic link, or the file belongs to another user
  // or has a permission for others or the group.
  std::function<Result<std::optional<File>>(const std::string& path, std::size_t max_bytes)>
      read_private_file;
  // Puts `bytes` at `path`, mode 0600, so that after a crash at any moment the
  // old file or the new one is there, whole: a temporary file beside it, fsync,
  // rename, fsync of the folder. Makes missing folders, mode 0700. An Error when
  // the folder belongs to another user: files in it would be in his way.
  std::function<Result<void>(const std::string& path, std::string_view bytes)> replace_file;
  // Waits for an exclusive lock between processes and threads, on a file that is
  // made at `path` as replace_file makes one, and stays. Errc::timeout, Errc::cancelled.
  std::function<Result<std::unique_ptr<FileLock>>(const std::string& path, std::chrono::milliseconds timeout,
                                                  std::stop_token stop)>
      lock_file;

  // Runs a program found by PATH with these words, no shell, standard input
  // empty, and waits for its end: at most 30 s, then it is killed (Errc::timeout),
  // as when it writes more than 64 KiB (protocol). It may ask at the terminal.
  // Its output and its errors are apart. Errc::credentials when it cannot be started.
  std::function<Result<Completed>(const std::vector<std::string>& words, std::stop_token stop)> run;
  // The addresses of a host name, as literals. At most 5 s.
  std::function<Result<std::vector<std::string>>(const std::string& name, std::stop_token stop)> resolve;
  // Asks the person at the terminal, without showing what is typed.
  // Errc::unsupported where there is no terminal.
  std::function<Result<std::string>(std::string_view prompt, std::stop_token stop)> ask;
};

// secure_getenv, open(2) (O_CLOEXEC, O_NONBLOCK), flock(2), posix_spawn(3),
// getaddrinfo(3), /dev/tty.
[[nodiscard]] Host system_host();

}  // namespace crosslog

#endif  // CROSSLOG_HOST_H_
