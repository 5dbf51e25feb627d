// The next page is asked for while this one is written. From the second page on:
// whoever wants a second one wants them all, most answers have only one, and that
// needs no thread.
#ifndef CROSSLOG_SRC_CLI_READ_AHEAD_H_
#define CROSSLOG_SRC_CLI_READ_AHEAD_H_

#include <cstddef>
#include <functional>
#include <future>
#include <optional>
#include <stop_token>
#include <system_error>
#include <utility>

#include "cli/errors.h"

namespace crosslog::cli {

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
  void begin() {
    try {
      ahead_ = std::async(std::launch::async, [this] { return next_(stop_.get_token()); });
    } catch (const std::system_error&) {  // no thread to be had: the page is asked for when it is wanted
    }
  }

  const Next next_;
  std::stop_source stop_;
  const std::stop_callback<std::function<void()>> outer_;
  std::size_t pages_ = 0;
  std::future<Outcome<std::optional<Page>>> ahead_;  // goes first: it waits for its thread
};

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_READ_AHEAD_H_
