// The system calls below stand before libc's: each can fail, be short or be the
// last that the process makes.
#define BOOST_TEST_MODULE private_files
#include "base/private_files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "crosslog/host.h"
#include "tests/support/temporary_folder.h"

using namespace crosslog;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

// The fault to come: at the `at`th call of those that change or open a file.
enum class Kind { none, error, interrupted, shortened, killed };
struct Fault {
  Kind kind = Kind::none;
  int at = 0, error = 0;
  std::string call;  // only of this name; empty: any
};
Fault fault;
int calls = 0;
std::vector<std::string> made;
bool recording = false;

// The error to give in place of the call; 0: go on.
int before(const char* name) {
  if (!recording) return 0;
  made.emplace_back(name);
  if (!fault.call.empty() && fault.call != name) return 0;
  if (calls++ != fault.at) return 0;
  switch (fault.kind) {
    case Kind::error:
      return fault.error;
    case Kind::interrupted:
      return EINTR;
    case Kind::killed:
      raise(SIGKILL);
      return 0;
    default:
      return 0;
  }
}

template <class... Arguments>
int intercept(const char* name, long number, Arguments... arguments) {
  if (const int error = before(name); error != 0) {
    errno = error;
    return -1;
  }
  return static_cast<int>(syscall(number, arguments...));
}

}  // namespace

extern "C" {
int openat(int folder, const char* path, int flags, ...) {
  return intercept("openat", SYS_openat, folder, path, flags, 0600);
}
int mkdir(const char* path, mode_t mode) noexcept {
  return intercept("mkdir", SYS_mkdirat, AT_FDCWD, path, mode);
}
int ftruncate(int file, off_t size) noexcept {
  return intercept("ftruncate", SYS_ftruncate, file, size);
}
int fsync(int file) {
  return intercept("fsync", SYS_fsync, file);
}
int fchmod(int file, mode_t mode) noexcept {
  return intercept("fchmod", SYS_fchmod, file, mode);
}
int flock(int file, int operation) noexcept {
  return intercept("flock", SYS_flock, file, operation);
}
int renameat(int from_folder, const char* from, int to_folder, const char* to) noexcept {
  return intercept("renameat", SYS_renameat2, from_folder, from, to_folder, to, 0);
}
ssize_t write(int file, const void* bytes, size_t size) {
  if (recording && fault.kind == Kind::shortened && size > 1) size = 1;
  if (const int error = before("write"); error != 0) {
    errno = error;
    return -1;
  }
  return syscall(SYS_write, file, bytes, size);
}
}

namespace {

// What `call` gives with the fault; afterwards nothing is intercepted.
template <class Call>
auto with(Fault planned, Call call) {
  fault = std::move(planned);
  calls = 0;
  made.clear();
  recording = true;
  auto result = call();
  recording = false;
  fault = {};
  return result;
}

Result<std::optional<File>> read_private(const std::string& path, std::size_t max = 1000) {
  return system_host().read_private_file(path, max);
}

void check_refused(const Result<std::optional<File>>& result, const std::string& reason) {
  BOOST_REQUIRE(!result.has_value());
  BOOST_TEST(result.error().message.find(reason) != std::string::npos, result.error().message);
}

mode_t mode_of(const std::string& path) {
  struct stat status{};
  BOOST_REQUIRE(lstat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder))
    names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

constexpr uid_t kNobody = 65534;

}  // namespace

BOOST_AUTO_TEST_CASE(a_private_file_is_read) {
  const test::TemporaryFolder folder;
  const auto file = read_private(folder.write("f", "bytes"));
  BOOST_REQUIRE(file.has_value() && file->has_value());
  BOOST_TEST((*file)->bytes == "bytes");
  BOOST_TEST(!(*file)->world_readable);
  BOOST_TEST(!read_private(folder / "none")->has_value());
  BOOST_TEST(!read_private(folder / "f/below")->has_value());
  BOOST_TEST(!read_private(folder / "none/below")->has_value());
}

BOOST_AUTO_TEST_CASE(a_file_that_others_may_have_touched_is_not_read) {
  const test::TemporaryFolder folder;
  for (const mode_t mode : {0666, 0644, 0640, 0620, 0606, 0601}) {
    check_refused(read_private(folder.write("f", "bytes", mode)), "other users may");
  }
  BOOST_TEST(read_private(folder.write("f", "bytes", 0400))->has_value());
  fs::create_symlink(folder / "f", folder / "link");
  check_refused(read_private(folder / "link"), "symbolic link");
  fs::create_symlink(folder / "none", folder / "dangling");
  check_refused(read_private(folder / "dangling"), "symbolic link");
  check_refused(read_private(folder.path()), "not a regular file");
  BOOST_REQUIRE(mkfifo((folder / "fifo").c_str(), 0600) == 0);
  check_refused(read_private(folder / "fifo"), "not a regular file");
  check_refused(read_private(folder.write("long", std::string(1001, 'x'))), "longer than 1000 bytes");
  if (geteuid() != 0) return;
  BOOST_REQUIRE(chown(folder.write("f", "bytes").c_str(), kNobody, kNobody) == 0);
  check_refused(read_private(folder / "f"), "another user");
}

BOOST_AUTO_TEST_CASE(a_file_is_replaced) {
  const test::TemporaryFolder folder;
  const std::string path = folder.write("f", "a longer text of before", 0644);
  BOOST_REQUIRE(base::replace_file(path, "new").has_value());
  BOOST_TEST(folder.read("f") == "new");
  BOOST_TEST(mode_of(path) == 0600u);
  BOOST_REQUIRE(base::replace_file(path, "").has_value());
  BOOST_TEST(folder.read("f").empty());
  BOOST_TEST((names_in(folder.path()) == std::vector<std::string>{"f"}));
}

BOOST_AUTO_TEST_CASE(the_umask_is_no_matter) {
  const test::TemporaryFolder folder;
  const mode_t before = umask(0);
  BOOST_REQUIRE(base::replace_file(folder / "a/b/f", "x").has_value());
  umask(before);
  BOOST_TEST(mode_of(folder / "a/b/f") == 0600u);
  BOOST_TEST(mode_of(folder / "a/b") == 0700u);
  BOOST_TEST(mode_of(folder / "a") == 0700u);
}

BOOST_AUTO_TEST_CASE(a_link_is_replaced_and_what_it_names_is_not) {
  const test::TemporaryFolder folder;
  folder.write("target", "of somebody");
  fs::create_symlink(folder / "target", folder / "f");
  BOOST_REQUIRE(base::replace_file(folder / "f", "new").has_value());
  BOOST_TEST(folder.read("target") == "of somebody");
  BOOST_TEST(folder.read("f") == "new");
  BOOST_TEST(!fs::is_symlink(folder / "f"));
  fs::create_symlink(folder / "target", folder / ".g.tmp");
  BOOST_TEST(!base::replace_file(folder / "g", "new").has_value());
  BOOST_TEST(folder.read("target") == "of somebody");
}

BOOST_AUTO_TEST_CASE(what_a_killed_writer_left_is_used_again) {
  const test::TemporaryFolder folder;
  folder.write(".f.tmp", "half of a much longer text", 0644);
  BOOST_REQUIRE(base::replace_file(folder / "f", "new").has_value());
  BOOST_TEST(folder.read("f") == "new");
  BOOST_TEST(mode_of(folder / "f") == 0600u);
  BOOST_TEST((names_in(folder.path()) == std::vector<std::string>{"f"}));
}

BOOST_AUTO_TEST_CASE(a_place_that_is_no_folder_or_not_ours) {
  const test::TemporaryFolder folder;
  folder.write("file", "x");
  BOOST_TEST(!base::replace_file(folder / "file/f", "new").has_value());
  BOOST_TEST(!base::replace_file(folder / "file/a/f", "new").has_value());
  fs::create_directory(folder / "f");
  BOOST_TEST(!base::replace_file(folder / "f", "new").has_value());
  BOOST_TEST((names_in(folder.path()) == std::vector<std::string>{"f", "file"}));
  if (geteuid() != 0) return;
  fs::create_directory(folder / "theirs");
  BOOST_REQUIRE(chown((folder / "theirs").c_str(), kNobody, kNobody) == 0);
  const auto done = base::replace_file(folder / "theirs/f", "new");
  BOOST_REQUIRE(!done.has_value());
  BOOST_TEST(done.error().message.find("belongs to another user") != std::string::npos);
  BOOST_TEST(!base::lock_file(folder / "theirs/l", 1ms, {}).has_value());
  BOOST_TEST(names_in(folder / "theirs").empty());
}

// F4: whatever fails, the old file is there, or the new one, and nothing beside it.
BOOST_AUTO_TEST_CASE(every_step_may_fail) {
  for (const int error : {ENOSPC, EROFS, EIO, EDQUOT, EACCES}) {
    for (int at = 0;; ++at) {
      const test::TemporaryFolder folder;
      folder.write("f", "old");
      const auto done =
          with({Kind::error, at, error, ""}, [&] { return base::replace_file(folder / "f", "new"); });
      const bool reached = calls > at;
      BOOST_TEST(folder.read("f") == (done ? "new" : "old"), "error " << error << " at call " << at);
      if (reached && made[static_cast<std::size_t>(at)] != "fsync") BOOST_TEST(!done.has_value());
      const auto names = names_in(folder.path());
      BOOST_TEST((names == std::vector<std::string>{"f"} || (made.back() == "fchmod" && names.size() == 2) ||
                  (made.back() == "flock")));
      if (!reached) {
        BOOST_TEST(at >= 7);  // or the calls were not intercepted
        break;
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(interruptions_and_short_writes_are_gone_on_from) {
  for (const std::string call : {"write", "fsync"}) {
    const test::TemporaryFolder folder;
    BOOST_TEST(with({Kind::interrupted, 0, 0, call}, [&] {
                 return base::replace_file(folder / "f", "new");
               }).has_value());
    BOOST_TEST(folder.read("f") == "new");
  }
  const test::TemporaryFolder folder;
  BOOST_TEST(with({Kind::shortened, 0, 0, ""}, [&] {
               return base::replace_file(folder / "f", "0123456789");
             }).has_value());
  BOOST_TEST(std::ranges::count(made, "write") == 10);
  BOOST_TEST(folder.read("f") == "0123456789");
}

BOOST_AUTO_TEST_CASE(a_kill_at_any_step_leaves_the_old_file_or_the_new_one) {
  bool reached = true;
  for (int at = 0; reached; ++at) {
    const test::TemporaryFolder folder;
    folder.write("f", "old");
    const pid_t child = fork();
    if (child == 0) {
      const auto done =
          with({Kind::killed, at, 0, ""}, [&] { return base::replace_file(folder / "f", "new"); });
      _exit(done ? 0 : 1);
    }
    int status = 0;
    BOOST_REQUIRE(waitpid(child, &status, 0) == child);
    reached = WIFSIGNALED(status);
    BOOST_TEST((reached || WEXITSTATUS(status) == 0));
    const std::string found = folder.read("f");
    BOOST_TEST((found == "old" || found == "new"), found);
    BOOST_REQUIRE(base::replace_file(folder / "f", "later").has_value());
    BOOST_TEST(folder.read("f") == "later");
    BOOST_TEST((names_in(folder.path()) == std::vector<std::string>{"f"}));
    BOOST_REQUIRE((at < 50 && (reached || at >= 7)));
  }
}

BOOST_AUTO_TEST_CASE(a_full_disk) {
  const test::TemporaryFolder folder;
  folder.write("f", "old");
  const pid_t child = fork();
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{10, 10};
    setrlimit(RLIMIT_FSIZE, &limit);
    _exit(base::replace_file(folder / "f", std::string(100, 'n')) ? 1 : 0);
  }
  int status = 0;
  BOOST_REQUIRE(waitpid(child, &status, 0) == child);
  BOOST_TEST((WIFEXITED(status) && WEXITSTATUS(status) == 0));
  BOOST_TEST(folder.read("f") == "old");
  BOOST_TEST((names_in(folder.path()) == std::vector<std::string>{"f"}));
}

BOOST_AUTO_TEST_CASE(a_lock_keeps_the_next_one_out) {
  const test::TemporaryFolder folder;
  auto first = base::lock_file(folder / "a/l", 1s, {});
  BOOST_REQUIRE(first.has_value());
  BOOST_TEST(mode_of(folder / "a/l") == 0600u);
  const auto second = base::lock_file(folder / "a/l", 20ms, {});
  BOOST_REQUIRE(!second.has_value());
  BOOST_TEST((second.error().code == Errc::timeout));
  BOOST_TEST(base::lock_file(folder / "a/other", 20ms, {}).has_value());
  first->reset();
  BOOST_TEST(base::lock_file(folder / "a/l", 20ms, {}).has_value());
  BOOST_TEST(fs::exists(folder / "a/l"));
}

BOOST_AUTO_TEST_CASE(a_wait_for_a_lock_can_be_stopped) {
  const test::TemporaryFolder folder;
  const auto held = base::lock_file(folder / "l", 1s, {});
  BOOST_REQUIRE(held.has_value());
  std::stop_source stop;
  std::jthread stopper([&] {
    std::this_thread::sleep_for(20ms);
    stop.request_stop();
  });
  const auto waiting = base::lock_file(folder / "l", 1h, stop.get_token());
  BOOST_REQUIRE(!waiting.has_value());
  BOOST_TEST((waiting.error().code == Errc::cancelled));
}

BOOST_AUTO_TEST_CASE(a_lock_goes_with_its_process) {
  const test::TemporaryFolder folder;
  int ready[2];
  BOOST_REQUIRE(pipe(ready) == 0);
  const pid_t child = fork();
  if (child == 0) {
    const auto held = base::lock_file(folder / "l", 1s, {});
    (void)!write(ready[1], "x", 1);
    pause();
  }
  char byte = 0;
  BOOST_REQUIRE(read(ready[0], &byte, 1) == 1);
  BOOST_TEST(!base::lock_file(folder / "l", 20ms, {}).has_value());
  kill(child, SIGKILL);
  BOOST_REQUIRE(waitpid(child, nullptr, 0) == child);
  BOOST_TEST(base::lock_file(folder / "l", 1s, {}).has_value());
  close(ready[0]);
  close(ready[1]);
}

BOOST_AUTO_TEST_CASE(what_is_locked_must_be_a_file) {
  const test::TemporaryFolder folder;
  fs::create_directory(folder / "d");
  BOOST_TEST(!base::lock_file(folder / "d", 1ms, {}).has_value());
  folder.write("target", "");
  fs::create_symlink(folder / "target", folder / "link");
  BOOST_TEST(!base::lock_file(folder / "link", 1ms, {}).has_value());
  BOOST_REQUIRE(mkfifo((folder / "fifo").c_str(), 0600) == 0);
  BOOST_TEST(!base::lock_file(folder / "fifo", 1ms, {}).has_value());
}

BOOST_AUTO_TEST_CASE(one_thread_at_a_time_holds_it) {
  const test::TemporaryFolder folder;
  std::atomic<int> inside = 0, worst = 0, entered = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        const auto held = base::lock_file(folder / "l", 1min, {});
        if (!held) return;
        worst = std::max(worst.load(), ++inside);
        ++entered;
        std::this_thread::yield();
        --inside;
      });
    }
  }
  BOOST_TEST(worst == 1);
  BOOST_TEST(entered == 8);
}
