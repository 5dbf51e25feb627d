// Events that look like the one before them: the same members in the same order, no
// blanks, times of at least eight digits. Almost all events of all pages are of that
// kind, so this is the loop in which reading spends its time. The kernels share it
// (event_run.inc); for whatever is otherwise it stops, and page_scanner.h goes on.
#ifndef CROSSLOG_SRC_WIRE_EVENT_RUN_H_
#define CROSSLOG_SRC_WIRE_EVENT_RUN_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "crosslog/events.h"

namespace crosslog::wire {

// The name of a member in its quotes and with its colon fits into two words: one
// comparison.
struct TwoWords {
  std::uint64_t low = 0, high = 0;
};

struct EventMember {
  TwoWords bytes, mask;
  std::size_t size = 0;
  LogEvent::Field field;
  std::int64_t LogEvent::* number;  // one of these two
  std::string_view LogEvent::* text;

  consteval EventMember(std::string_view token, LogEvent::Field f, std::int64_t LogEvent::* n,
                        std::string_view LogEvent::* t)
      : size(token.size()), field(f), number(n), text(t) {
    std::array<char, sizeof(TwoWords)> chars{}, ones{};
    std::ranges::copy(token, chars.begin());
    std::fill_n(ones.begin(), token.size(), static_cast<char>(0xFF));
    bytes = std::bit_cast<TwoWords>(chars);
    mask = std::bit_cast<TwoWords>(ones);
  }
  [[nodiscard]] std::string_view name() const {
    return {reinterpret_cast<const char*>(&bytes) + 1, size - 3};
  }
  [[nodiscard]] bool stands_at(const char* at) const {
    std::uint64_t low, high;
    std::memcpy(&low, at, sizeof(low));
    std::memcpy(&high, at + sizeof(low), sizeof(high));
    return (((low & mask.low) ^ bytes.low) | ((high & mask.high) ^ bytes.high)) == 0;
  }
};

inline constexpr std::array kEventMembers = {
    EventMember("\"timestamp\":", LogEvent::kTimestamp, &LogEvent::timestamp, nullptr),
    EventMember("\"message\":", LogEvent::kMessage, nullptr, &LogEvent::message),
    EventMember("\"ingestionTime\":", LogEvent::kIngestionTime, &LogEvent::ingestion_time, nullptr),
    EventMember("\"logStreamName\":", LogEvent::kLogStreamName, nullptr, &LogEvent::log_stream_name),
    EventMember("\"eventId\":", LogEvent::kEventId, nullptr, &LogEvent::event_id)};

// What an event has, in its order.
struct EventShape {
  std::array<const EventMember*, kEventMembers.size()> members{};
  std::size_t count = 0;
};

struct EventRun {
  const char* at = nullptr;  // behind an event; at the end behind the last that was read
  char* out = nullptr;       // where strings with escapes go; nullptr: nowhere
  bool unchecked = false;    // whether there is more than ASCII, which may be bad UTF-8
};

// Eight bytes of text less '0' each, the first of them the lowest.
inline std::uint64_t load_digits(const char* text) {
  std::uint64_t word;
  std::memcpy(&word, text, sizeof(word));
  if constexpr (std::endian::native != std::endian::little) word = std::byteswap(word);
  return word ^ 0x3030'3030'3030'3030;
}

// How many digits stand before the first other byte. That is the lowest bit's: what a
// sum carries goes up.
inline unsigned count_digits(std::uint64_t digits) {
  const std::uint64_t others = ((digits + 0x7676'7676'7676'7676) | digits) & 0x8080'8080'8080'8080;
  return static_cast<unsigned>(std::countr_zero(others)) / 8;  // 8, if there is none
}

inline std::int64_t value_of_digits(std::uint64_t digits) {
  const std::uint64_t pairs = (digits * (1 + (10 << 8))) >> 8 & 0x00FF'00FF'00FF'00FF;
  const std::uint64_t fours = (pairs * (1 + (100 << 16))) >> 16 & 0x0000'FFFF'0000'FFFF;
  return static_cast<std::int64_t>((fours * (1 + (10'000ULL << 32))) >> 32);
}

inline constexpr std::array<std::int64_t, 8> kPowersOfTen = {1,      10,      100,       1'000,
                                                             10'000, 100'000, 1'000'000, 10'000'000};

// A number of 8 to 15 digits, as times are; false: another one, or none.
inline bool read_time(const char*& at, std::int64_t& value) {
  const std::uint64_t high = load_digits(at), low = load_digits(at + 8);
  const unsigned more = count_digits(low);
  if (count_digits(high) < 8 || more == 8 || *at == '0') return false;
  value = value_of_digits(high) * kPowersOfTen[more] + value_of_digits(low << (8 * (7 - more)) << 8);
  at += 8 + more;
  return true;
}

}  // namespace crosslog::wire

#endif  // CROSSLOG_SRC_WIRE_EVENT_RUN_H_
