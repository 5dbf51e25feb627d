// Bytes on their way to standard output: many small pieces, few writes. Nothing is
// allocated for a piece, and a large one is not copied.
#ifndef CROSSLOG_SRC_CLI_OUTPUT_BUFFER_H_
#define CROSSLOG_SRC_CLI_OUTPUT_BUFFER_H_

#include <array>
#include <bit>
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
    constexpr std::int64_t kEightDigits = 100'000'000;
    if (room() < kLongestInteger) empty();
    if (value < kEightDigits) {
      at_ = std::to_chars(at_, at_ + kLongestInteger, value).ptr;
    } else {
      append_high(value / kEightDigits);
      append_eight_digits(static_cast<std::uint32_t>(value % kEightDigits));
    }
  }
  // What was appended is written; or the first failure, after which all is dropped.
  [[nodiscard]] Outcome<void> flush() {
    empty();
    return written_;
  }

 private:
  static constexpr std::size_t kLongestInteger = 20;

  // What stands before the last eight digits. Of times it changes once a day.
  void append_high(std::int64_t value) {
    if (value != high_) {
      high_ = value;
      high_size_ = static_cast<std::size_t>(
          std::to_chars(high_text_.data(), high_text_.data() + high_text_.size(), value).ptr -
          high_text_.data());
    }
    std::memcpy(at_, high_text_.data(), high_text_.size());
    at_ += high_size_;
  }
  // Two times four digits, then four times two, then eight of one, each in its part of
  // a word: x * 10486 >> 20 is x / 100 below 10^4, x * 103 >> 10 is x / 10 below 100.
  void append_eight_digits(std::uint32_t value) {
    const std::uint64_t fours = value / 10'000 | std::uint64_t{value % 10'000} << 32;
    const std::uint64_t hundreds = fours * 10'486 >> 20 & 0x0000'007F'0000'007F;
    const std::uint64_t twos = hundreds + ((fours - hundreds * 100) << 16);
    const std::uint64_t tens = twos * 103 >> 10 & 0x000F'000F'000F'000F;
    std::uint64_t digits = tens + ((twos - tens * 10) << 8) + 0x3030'3030'3030'3030;
    if constexpr (std::endian::native != std::endian::little) digits = std::byteswap(digits);
    std::memcpy(at_, &digits, sizeof(digits));
    at_ += sizeof(digits);
  }
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
  std::int64_t high_ = 0;
  std::array<char, 12> high_text_{};
  std::size_t high_size_ = 0;
};

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_OUTPUT_BUFFER_H_
