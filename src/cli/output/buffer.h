// Bytes on their way to standard output: many small pieces, few writes. Nothing is
// allocated for a piece, and a large one is not copied.
#ifndef CROSSLOG_SRC_CLI_OUTPUT_BUFFER_H_
#define CROSSLOG_SRC_CLI_OUTPUT_BUFFER_H_

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <string_view>

#include "cli/errors.h"

namespace crosslog::cli {

// Writes all of the text, or says why not.
using Print = std::function<Outcome<void>(std::string_view text)>;

class OutputBuffer {
 public:
  static constexpr std::size_t kSize = 64u << 10;

  // `print` outlives the buffer.
  explicit OutputBuffer(const Print& print)
      : print_(print), bytes_(std::make_unique_for_overwrite<char[]>(kSize)), at_(bytes_.get()) {}

  void append(std::string_view text) {
    if (text.size() > room()) return append_over(text);
    if (text.empty()) return;
    std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
  }
  void append(char c) {
    if (room() == 0) empty();
    *at_++ = c;
  }
  void append_integer(std::int64_t value) {
    constexpr std::size_t kLongest = 20;
    if (room() < kLongest) empty();
    at_ = std::to_chars(at_, at_ + kLongest, value).ptr;
  }
  // What was appended is written; or the first failure, after which all is dropped.
  [[nodiscard]] Outcome<void> flush() {
    empty();
    return written_;
  }

 private:
  [[nodiscard]] std::size_t room() const noexcept {
    return static_cast<std::size_t>(bytes_.get() + kSize - at_);
  }
  void write(std::string_view text) {
    if (written_ && !text.empty()) written_ = print_(text);
  }
  void empty() {
    write({bytes_.get(), at_});
    at_ = bytes_.get();
  }
  void append_over(std::string_view text) {
    empty();
    if (text.size() > kSize) return write(text);
    append(text);
  }

  const Print& print_;
  const std::unique_ptr<char[]> bytes_;
  char* at_;  // behind the last byte
  Outcome<void> written_;
};

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_OUTPUT_BUFFER_H_
