// The strings of JSON, a block of bytes at a time: one kernel for each set of
// instructions, chosen at run time, so that a binary for any x86-64 runs at the
// speed of the machine it is on. Every kernel gives the same answers.
#ifndef CROSSLOG_SRC_WIRE_STRING_KERNEL_H_
#define CROSSLOG_SRC_WIRE_STRING_KERNEL_H_

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "crosslog/events.h"
#include "wire/event_run.h"

namespace crosslog::wire {

struct Unescaped {
  const char* end = nullptr;  // the closing quote; nullptr: no string of JSON
  char* out_end = nullptr;
};

// The text must have kZeros zero bytes behind it. A zero byte stands in no string,
// so that nothing needs to look for the end.
struct StringKernel {
  static constexpr std::size_t kZeros = 64;

  std::string_view name;
  // The first quote, backslash or control byte at or behind `text`.
  const char* (*find_special)(const char* text);
  // The string whose opening quote stands before `text`. Writes at most as many
  // bytes as it reads, and scribbles over up to kZeros more. Does not look at
  // UTF-8; refuses surrogates without their other half.
  Unescaped (*unescape)(const char* text, char* out);
  // As many events as stand at `run` and have this shape, each behind a comma; no more
  // than `most` in all. Does not look at UTF-8 either, but says whether that is needed.
  void (*read_event_run)(const EventShape& shape, std::vector<LogEvent>& events, std::size_t most,
                         EventRun& run);
};

// Those that this machine can run, the fastest first.
[[nodiscard]] std::span<const StringKernel> string_kernels();

namespace avx512 {
const char* find_special(const char* text);
Unescaped unescape(const char* text, char* out);
void read_event_run(const EventShape& shape, std::vector<LogEvent>& events, std::size_t most, EventRun& run);
}  // namespace avx512
namespace avx2 {
const char* find_special(const char* text);
Unescaped unescape(const char* text, char* out);
void read_event_run(const EventShape& shape, std::vector<LogEvent>& events, std::size_t most, EventRun& run);
}  // namespace avx2
namespace portable {
const char* find_special(const char* text);
Unescaped unescape(const char* text, char* out);
void read_event_run(const EventShape& shape, std::vector<LogEvent>& events, std::size_t most, EventRun& run);
}  // namespace portable

}  // namespace crosslog::wire

#endif  // CROSSLOG_SRC_WIRE_STRING_KERNEL_H_
