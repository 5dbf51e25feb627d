// Bytes on their way to standard output: many small pieces, few writes. Nothing is
// allocated for a piece, and a large one is not copied.
#ifndef CROSSLOG_SRC_CLI_OUTPUT_BUFFER_H_
#define CROSSLOG_SRC_CLI_OUTPUT_BUFFER_H_

#include <array>
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

// Digits of numbers that mostly differ in the last four, as times of events do.
class IntegerText {
 public:
  static constexpr std::size_t kLongest = 20;

  // Writes up to kLongest bytes; gives the end of those that count.
  char* put(std::int64_t value, char* at) {
    constexpr std::int64_t kFourDigits = 10'000;
    if (value < kFourDigits) [[unlikely]]
      return put_short(value, at);
    const std::int64_t high = value / kFourDigits;
    High& kept = highs_[static_cast<std::size_t>(high) % highs_.size()];
    if (high != kept.value) [[unlikely]]
      kept.set(high);
    std::memcpy(at, kept.text.data(), kept.text.size());
    at += kept.size;
    const auto low = static_cast<std::uint32_t>(value - high * kFourDigits);
    std::memcpy(at, &kPairs[2 * std::size_t{low / 100}], 2);
    std::memcpy(at + 2, &kPairs[2 * std::size_t{low % 100}], 2);
    return at + 4;
  }

 private:
  static constexpr std::array<char, 200> kPairs = [] {
    std::array<char, 200> pairs{};
    for (std::size_t i = 0; i < 100; ++i) {
      pairs[2 * i] = static_cast<char>('0' + i / 10);
      pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
    }
    return pairs;
  }();

  // Out of line, as hardly any number needs these.
  [[gnu::noinline]] static char* put_short(std::int64_t value, char* at) {
    return std::to_chars(at, at + kLongest, value).ptr;
  }

  struct High {
    std::int64_t value = 0;
    std::array<char, 16> text{};
    std::size_t size = 0;

    [[gnu::noinline]] void set(std::int64_t v) {
      value = v;
      size = static_cast<std::size_t>(std::to_chars(text.data(), text.data() + text.size(), v).ptr -
                                      text.data());
    }
  };
  std::array<High, 2> highs_;  // the even and the odd: two neighbours take turns at a border
};

class OutputBuffer {
 public:
  static constexpr std::size_t kSize = 64u << 10;

  // Pieces that together are no longer than was said: nothing looks for room again.
  class Row {
   public:
    Row(OutputBuffer& out, std::size_t size) : out_(out) {
      if (size > out.room()) out.empty();
      at_ = out.at_;
    }
    Row(const Row&) = delete;
    Row& operator=(const Row&) = delete;
    ~Row() { out_.at_ = at_; }

    void append(std::string_view text) {
      std::memcpy(at_, text.data(), text.size());
      at_ += text.size();
    }
    void append(char c) { *at_++ = c; }
    // Counts as IntegerText::kLongest bytes.
    void append_integer(std::int64_t value) { at_ = out_.integers_.put(value, at_); }

   private:
    OutputBuffer& out_;
    char* at_;
  };

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
    if (room() < IntegerText::kLongest) empty();
    at_ = integers_.put(value, at_);
  }
  // write(to), where `to` takes pieces as this does: it may be a Row of `size`.
  template <class Write>
  void append_row(std::size_t size, Write write) {
    if (size > kSize) return write(*this);
    Row row(*this, size);
    write(row);
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
  IntegerText integers_;
};

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_OUTPUT_BUFFER_H_
