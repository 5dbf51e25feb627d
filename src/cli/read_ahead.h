// The next page is asked for while this one is written. From the second page on:
// whoever wants a second one wants them all, most answers have only one, and that
// needs no thread.
#ifndef CROSSLOG_SRC_CLI_READ_AHEAD_H_
#define CROSSLOG_SRC_CLI_READ_AHEAD_H_

#include <malloc.h>

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <stop_token>
#include <system_error>
#include <thread>
#include <utility>

#include "cli/errors.h"

namespace crosslog::cli {

// Pages come and go, each as large as the one before: what one leaves the next one
// takes, whichever thread asks for it. Unless it is told, the allocator gives such
// large pieces back to the kernel each time, or keeps some for each thread.
inline void keep_memory_of_pages() {
#ifdef M_ARENA_MAX
  constexpr int kSeveralPages = 8 << 20;
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, kSeveralPages);
  mallopt(M_TRIM_THRESHOLD, kSeveralPages);
#endif
}

template <class Page>
class ReadAhead {
 public:
  // nullopt: there are no more. Called by one thread at a time, not always the same.
  using Next = std::function<Outcome<std::optional<Page>>(const std::stop_token& stop)>;

  ReadAhead(std::stop_token stop, Next next)
      : next_(std::move(next)), outer_(std::move(stop), [this] { stop_.request_stop(); }) {}
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;
  // Stops what is under way and waits for it.
  ~ReadAhead() { stop_.request_stop(); }

  // The pages and then the failure that calls of `next` one after the other would give.
  Outcome<std::optional<Page>> next() {
    auto page = ahead_.valid() ? ahead_.get() : next_(stop_.get_token());
    if (page && *page && ++pages_ > 1) begin();
    return page;
  }

 private:
  using Answer = Outcome<std::optional<Page>>;

  void begin() {
    if (!worker_.joinable() && !start()) return;
    std::packaged_task<Answer()> task([this] { return next_(stop_.get_token()); });
    ahead_ = task.get_future();
    {
      const std::lock_guard lock(mutex_);
      task_ = std::move(task);
    }
    wanted_.notify_one();
  }
  // False: no thread is to be had, and the page is asked for when it is wanted.
  bool start() {
    keep_memory_of_pages();
    try {
      worker_ = std::jthread([this](const std::stop_token& end) { work(end); });
    } catch (const std::system_error&) {
      return false;
    }
    return true;
  }
  void work(const std::stop_token& end) {
    std::unique_lock lock(mutex_);
    while (wanted_.wait(lock, end, [this] { return task_.valid(); })) {
      auto task = std::move(task_);
      lock.unlock();
      task();
      lock.lock();
    }
  }

  const Next next_;
  std::stop_source stop_;
  const std::stop_callback<std::function<void()>> outer_;
  std::size_t pages_ = 0;
  std::future<Answer> ahead_;
  std::mutex mutex_;
  std::condition_variable_any wanted_;
  std::packaged_task<Answer()> task_;
  std::jthread worker_;  // goes first: it is waited for
};

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_READ_AHEAD_H_
