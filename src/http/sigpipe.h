// SIGPIPE belongs to the host program. libcurl sends with MSG_NOSIGNAL, but some
// of its versions, and TLS libraries that write by themselves, do not everywhere
// (curl issues 3787, 14344); so the signal is blocked in this thread while
// libcurl runs, and one that came of it is taken away again. The process's
// handler and the other threads are left alone.
#ifndef CROSSLOG_SRC_HTTP_SIGPIPE_H_
#define CROSSLOG_SRC_HTTP_SIGPIPE_H_

#include <csignal>
#include <ctime>

namespace crosslog::http {

class SigpipeBlock {
 public:
  SigpipeBlock() noexcept {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    lay();
  }
  ~SigpipeBlock() { lift(); }
  SigpipeBlock(const SigpipeBlock&) = delete;
  SigpipeBlock& operator=(const SigpipeBlock&) = delete;

  // For the host's own code, called in the middle: it gets its signals.
  void lift() noexcept {
    if (!laid_) return;
    const timespec no_wait{};
    if (!was_pending_ && is_pending()) sigtimedwait(&pipe_, nullptr, &no_wait);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    laid_ = false;
  }
  void lay() noexcept {
    was_pending_ = is_pending();
    laid_ = pthread_sigmask(SIG_BLOCK, &pipe_, &before_) == 0;
  }

 private:
  static bool is_pending() noexcept {
    sigset_t pending;
    return sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 1;
  }

  sigset_t pipe_{};
  sigset_t before_{};
  bool was_pending_ = false;
  bool laid_ = false;
};

}  // namespace crosslog::http

#endif  // CROSSLOG_SRC_HTTP_SIGPIPE_H_
