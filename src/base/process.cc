// posix_spawn, two pipes and a look at the child from time to time. The host
// program's SIGCHLD handler, its other children and its threads are none of our
// business: only this child is waited for, by its id, and no signal is touched.
//
// The end is the end of the program, not of its pipes: a helper that it leaves
// behind (an agent, say) holds them open for as long as it lives. So the child is
// asked for every few milliseconds, which makes stopping and the time limit plain
// conditions of one loop.
//
// What is printed may be a key: it is read into one piece of memory that never
// grows, and wiped when it is not given away.
#include "base/process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include "base/crypto.h"
#include "base/files.h"
#include "base/text.h"
#include "base/try.h"

extern "C" char** environ;

namespace crosslog::base {
namespace {

using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

constexpr milliseconds kShortestWait{1};
constexpr milliseconds kLongestWait{50};
constexpr int kFirstFreeDescriptor = 3;
constexpr int kSignalBase = 128;

// What the child prints on one descriptor.
class Stream {
 public:
  explicit Stream(std::size_t max_bytes) : bytes_(max_bytes + 1, '\0') {}
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  ~Stream() { wipe(bytes_); }

  // Away from 0, 1 and 2, which may be closed here and are the child's own there.
  bool open() noexcept {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    const Descriptor reading(ends[0]);
    const Descriptor writing(ends[1]);
    read_ = Descriptor(::fcntl(reading.get(), F_DUPFD_CLOEXEC, kFirstFreeDescriptor));
    write_ = Descriptor(::fcntl(writing.get(), F_DUPFD_CLOEXEC, kFirstFreeDescriptor));
    return read_.is_open() && write_.is_open() && ::fcntl(read_.get(), F_SETFL, O_NONBLOCK) == 0;
  }

  // Reads what is there, until there is no more for now. True: something came,
  // or it is the end.
  bool read() noexcept {
    bool heard = false;
    while (read_.is_open() && !is_full()) {
      const ssize_t got = ::read(read_.get(), bytes_.data() + filled_, bytes_.size() - filled_);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0 && errno == EAGAIN) break;
      heard = true;
      if (got <= 0) {
        read_ = Descriptor(-1);
      } else {
        filled_ += static_cast<std::size_t>(got);
      }
    }
    return heard;
  }

  [[nodiscard]] bool is_full() const noexcept { return filled_ == bytes_.size(); }
  [[nodiscard]] int reading_end() const noexcept { return read_.get(); }
  [[nodiscard]] int writing_end() const noexcept { return write_.get(); }
  void close_writing_end() noexcept { write_ = Descriptor(-1); }

  std::string take() {
    bytes_.resize(filled_);
    return std::move(bytes_);
  }

 private:
  std::string bytes_;
  std::size_t filled_ = 0;
  Descriptor read_{-1};
  Descriptor write_{-1};
};

// The descriptors of the child: these three and no others.
class FileActions {
 public:
  FileActions(int output, int errors) noexcept {
    add(posix_spawn_file_actions_init(&actions_));
    add(posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0));
    add(posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO));
    add(posix_spawn_file_actions_adddup2(&actions_, errors, STDERR_FILENO));
#ifdef __GLIBC__
    add(posix_spawn_file_actions_addclosefrom_np(&actions_, kFirstFreeDescriptor));
#endif
  }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
  [[nodiscard]] const posix_spawn_file_actions_t* get() const noexcept { return &actions_; }
  [[nodiscard]] int error() const noexcept { return error_; }

 private:
  void add(int error) noexcept {
    if (error_ == 0) error_ = error;
  }
  posix_spawn_file_actions_t actions_{};
  int error_ = 0;
};

// Signals as a shell would give them, whatever this thread has blocked. The
// process group stays: one in the background could not ask at the terminal, as
// programs that want an MFA code do.
class Attributes {
 public:
  Attributes() noexcept {
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setsigmask(&attributes_, &signals);
    sigaddset(&signals, SIGPIPE);
    sigaddset(&signals, SIGXFSZ);
    posix_spawnattr_setsigdefault(&attributes_, &signals);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  ~Attributes() { posix_spawnattr_destroy(&attributes_); }
  [[nodiscard]] const posix_spawnattr_t* get() const noexcept { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

// As long as it has not been waited for, its id is nobody else's.
class Child {
 public:
  explicit Child(pid_t id) noexcept : id_(id) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  // Whatever ends the wait, nothing of it stays.
  ~Child() {
    if (ended_) return;
    ::kill(id_, SIGKILL);
    wait(0);
  }

  bool has_ended() noexcept { return ended_ || wait(WNOHANG); }
  [[nodiscard]] int exit_status() const noexcept {
    return WIFSIGNALED(status_) ? kSignalBase + WTERMSIG(status_) : WEXITSTATUS(status_);
  }

 private:
  // A host program that ignores SIGCHLD, or waits for every child, has taken the
  // status: 0 then, and the output speaks for itself.
  bool wait(int options) noexcept {
    pid_t found = 0;
    do
      found = ::waitpid(id_, &status_, options);
    while (found < 0 && errno == EINTR);
    if (found < 0) status_ = 0;
    ended_ = found != 0;
    return ended_;
  }

  pid_t id_;
  int status_ = 0;
  bool ended_ = false;
};

// Python's words, which are the AWS CLI's.
std::unexpected<Error> not_started(int error, const std::string& program) {
  return fail(Errc::credentials, "[Errno " + std::to_string(error) + "] " + reason_of(error) + ": '" +
                                     visible(program, 256) + "'");
}

Result<pid_t> spawn(const std::vector<std::string>& words, Stream& output, Stream& errors) {
  if (!output.open() || !errors.open()) return not_started(errno, words.front());
  std::vector<char*> arguments;
  for (const auto& word : words)
    arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const FileActions actions(output.writing_end(), errors.writing_end());
  const Attributes attributes;
  pid_t id = 0;
  int error = actions.error();
  if (error == 0)
    error =
        ::posix_spawnp(&id, arguments.front(), actions.get(), attributes.get(), arguments.data(), environ);
  if (error != 0) return not_started(error, words.front());
  output.close_writing_end();
  errors.close_writing_end();
  return id;
}

void wait_for_bytes(const Stream& output, const Stream& errors, milliseconds longest) noexcept {
  std::array<pollfd, 2> ends{pollfd{output.reading_end(), POLLIN, 0},
                             pollfd{errors.reading_end(), POLLIN, 0}};
  ::poll(ends.data(), ends.size(), static_cast<int>(longest.count()));
}

// Longer and longer while nothing happens.
milliseconds next_wait(SteadyClock::duration silence) noexcept {
  return std::clamp(std::chrono::duration_cast<milliseconds>(silence / 8), kShortestWait, kLongestWait);
}

Result<void> collect(Child& child, Stream& output, Stream& errors, const std::stop_token& stop,
                     const ProcessLimits& limits) {
  const auto began = SteadyClock::now();
  auto last_heard = began;
  for (;;) {
    const bool ended = child.has_ended();  // before the last look at what it wrote
    const bool heard_output = output.read();
    const bool heard_errors = errors.read();
    if (output.is_full() || errors.is_full()) {
      return fail(Errc::protocol, "The program wrote more than " + std::to_string(limits.bytes) + " bytes");
    }
    if (ended) return {};
    if (stop.stop_requested()) return fail(Errc::cancelled, "Cancelled");
    const auto now = SteadyClock::now();
    if (now - began >= limits.time) {
      return fail(Errc::timeout, "The program did not end within " +
                                     std::to_string(limits.time.count() / 1000) + " seconds");
    }
    if (heard_output || heard_errors) last_heard = now;
    wait_for_bytes(output, errors, next_wait(now - last_heard));
  }
}

}  // namespace

Result<Completed> run_program(const std::vector<std::string>& words, const std::stop_token& stop,
                              const ProcessLimits& limits) {
  if (words.empty() || words.front().empty()) return not_started(ENOENT, {});
  const auto has_nul = [](const std::string& word) { return word.find('\0') != std::string::npos; };
  if (std::ranges::any_of(words, has_nul)) return fail(Errc::credentials, "embedded null byte");
  Stream output(limits.bytes);
  Stream errors(limits.bytes);
  CROSSLOG_TRY(const pid_t id, spawn(words, output, errors));
  Child child(id);
  CROSSLOG_CHECK(collect(child, output, errors, stop, limits));
  return Completed{.exit_status = child.exit_status(), .output = output.take(), .errors = errors.take()};
}

}  // namespace crosslog::base
