// A lull: pages without an event. Gaps between events are normal, but some services
// give such pages for ever. The first ones are asked for at full pace, later ones
// more and more slowly, at last one a second; who waits is told.
#ifndef CROSSLOG_SRC_CLI_LULL_H_
#define CROSSLOG_SRC_CLI_LULL_H_

#include <chrono>
#include <cstddef>
#include <functional>
#include <stop_token>
#include <string_view>

#include "crosslog/clock.h"

namespace crosslog::cli {

class Lull {
 public:
  using Note = std::function<void(std::string_view line)>;
  // `note` may be empty. `clock` outlives this.
  Lull(Clock& clock, Note note, std::stop_token stop);

  // After a page without an event; false: the run was stopped.
  bool wait(std::string_view progress);
  // After a page with events.
  void reset() noexcept { count_ = 0; }
  // Notes `progress` when nothing was told for five seconds.
  void tell(std::string_view progress);
  // Something else was seen by who waits.
  void told() noexcept { told_ = clock_.steady_now(); }

 private:
  Clock& clock_;
  const Note note_;
  const std::stop_token stop_;
  std::size_t count_ = 0;
  std::chrono::steady_clock::time_point told_;
};

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_LULL_H_
