// Accepts a part of JSON: an object of `events` and tokens, whose members come in
// any order, once each, as strings without bad UTF-8 or as integers of at most 18
// digits, with or without blanks, and other members if they are as simple. For
// everything else (null where a value is read, a sign, a fault) it gives up, so that it needs no error and no
// repair: the page is then read by the plain way from its first byte. What it accepts, the plain way accepts
// with the same result; the fuzzer holds both to that.
//
// The members of an event are guessed to stand in the order of the event before.
// A name with its quotes and colon fits into two words: one comparison.
#include "wire/page_scanner.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

namespace crosslog::wire {
namespace {

// Sixteen bytes of text.
struct TwoWords {
  std::uint64_t low = 0, high = 0;

  static TwoWords load(const char* text) {
    TwoWords words;
    std::memcpy(&words.low, text, sizeof(words.low));
    std::memcpy(&words.high, text + sizeof(words.low), sizeof(words.high));
    return words;
  }
};

struct MemberName {
  TwoWords bytes, mask;
  std::size_t size = 0;

  // `token`: the name in quotes and the colon.
  consteval explicit MemberName(std::string_view token) : size(token.size()) {
    std::array<char, sizeof(TwoWords)> text{}, ones{};
    std::ranges::copy(token, text.begin());
    std::fill_n(ones.begin(), token.size(), static_cast<char>(0xFF));
    bytes = std::bit_cast<TwoWords>(text);
    mask = std::bit_cast<TwoWords>(ones);
  }
  [[nodiscard]] bool stands_at(const char* text) const {
    const auto there = TwoWords::load(text);
    return (((there.low & mask.low) ^ bytes.low) | ((there.high & mask.high) ^ bytes.high)) == 0;
  }
};

constexpr std::array kEventMembers = {MemberName("\"timestamp\":"), MemberName("\"message\":"),
                                      MemberName("\"ingestionTime\":"), MemberName("\"logStreamName\":"),
                                      MemberName("\"eventId\":")};

bool skip(const char*& at, std::string_view token) {
  if (std::memcmp(at, token.data(), token.size()) != 0) return false;
  at += token.size();
  return true;
}

bool skip(const char*& at, char c) {
  if (*at != c) return false;
  ++at;
  return true;
}

void skip_blanks(const char*& at) {
  while (std::memcmp(at, "        ", 8) == 0)
    at += 8;
  while (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')
    ++at;
}

// The value of eight digits, the first of them the highest.
std::optional<std::uint32_t> eight_digits(const char* text) {
  std::uint64_t word = 0;
  std::memcpy(&word, text, sizeof(word));
  if constexpr (std::endian::native != std::endian::little) word = std::byteswap(word);
  const std::uint64_t digits = word ^ 0x3030'3030'3030'3030;
  if (((digits + 0x0606'0606'0606'0606) | digits) & 0xF0F0'F0F0'F0F0'F0F0) return std::nullopt;
  const std::uint64_t pairs = (digits * (1 + (10 << 8))) >> 8 & 0x00FF'00FF'00FF'00FF;
  const std::uint64_t fours = (pairs * (1 + (100 << 16))) >> 16 & 0x0000'FFFF'0000'FFFF;
  return static_cast<std::uint32_t>((fours * (1 + (10'000ULL << 32))) >> 32);
}

// Of these: whether what they read stands at `at`, which is behind it then.
bool read_integer(const char*& at, std::int64_t& value) {
  constexpr std::ptrdiff_t kMaxDigits = 18;
  const char* const begin = at;
  value = 0;
  if (const auto eight = eight_digits(at)) {
    value = *eight;
    at += 8;
  }
  for (; *at >= '0' && *at <= '9' && at - begin < kMaxDigits; ++at)
    value = value * 10 + (*at - '0');
  const auto size = at - begin;
  return size > 0 && (*begin != '0' || size == 1);
}

class PageScanner {
 public:
  PageScanner(std::string_view text, const StringKernel& kernel, std::size_t max_events)
      : end_(text.data() + text.size()), kernel_(kernel), max_events_(max_events) {}

  bool read_page(const char* at) {
    skip_blanks(at);
    if (!skip(at, '{')) return false;
    do {
      skip_blanks(at);
      if (!read_page_member(at)) return false;
      skip_blanks(at);
    } while (skip(at, ','));
    if (!skip(at, '}')) return false;
    skip_blanks(at);
    return at == end_ && has_events_;
  }
  ScannedPage take() { return std::move(page_); }

 private:
  bool read_page_member(const char*& at) {
    if (skip(at, "\"events\":")) return read_events(at);
    if (skip(at, "\"nextToken\":")) return read_token(at, page_.next_token);
    if (skip(at, "\"nextForwardToken\":")) return read_token(at, page_.forward_token);
    if (skip(at, "\"nextBackwardToken\":")) return read_token(at, page_.backward_token);
    if (skip(at, "\"searchedLogStreams\":")) return read_no_streams(at);
    return read_unknown(at, unread_of_page_);
  }

  // The service says nothing of them since 2020.
  bool read_no_streams(const char*& at) {
    skip_blanks(at);
    return !std::exchange(has_streams_, true) && skip(at, "[]");
  }

  bool read_token(const char*& at, std::optional<std::string_view>& token) {
    skip_blanks(at);
    return !token && read_string(at, token.emplace());
  }

  bool read_events(const char*& at) {
    skip_blanks(at);
    if (std::exchange(has_events_, true) || !skip(at, '[')) return false;
    skip_blanks(at);
    if (skip(at, ']')) return true;
    page_.events.reserve(std::min(max_events_, static_cast<std::size_t>(end_ - at) / kSmallEvent));
    do {
      skip_blanks(at);
      if (page_.events.size() == max_events_ || !read_event(at, page_.events.emplace_back())) return false;
      skip_blanks(at);
    } while (skip(at, ','));
    return skip(at, ']');
  }

  bool read_event(const char*& at, LogEvent& event) {
    if (!skip(at, '{')) return false;
    unread_.clear();
    auto guess = order_.begin();
    do {
      skip_blanks(at);
      const bool known =
          guess != order_.end() && (kEventMembers[*guess].stands_at(at) || find_member(at, *guess));
      if (!(known ? read_member(at, *guess++, event) : read_unknown_of_event(at))) return false;
      skip_blanks(at);
    } while (skip(at, ','));
    return skip(at, '}');
  }

  static bool find_member(const char* at, std::uint8_t& index) {
    const auto* const found =
        std::ranges::find_if(kEventMembers, [at](const MemberName& name) { return name.stands_at(at); });
    if (found == kEventMembers.end()) return false;
    index = static_cast<std::uint8_t>(found - kEventMembers.begin());
    return true;
  }

  bool read_member(const char*& at, std::uint8_t index, LogEvent& event) {
    at += kEventMembers[index].size;
    skip_blanks(at);
    const auto field = static_cast<LogEvent::Field>(1u << index);
    if (event.has(field)) return false;
    event.present = static_cast<std::uint8_t>(event.present | field);
    switch (field) {
      case LogEvent::kTimestamp:
        return read_integer(at, event.timestamp);
      case LogEvent::kMessage:
        return read_string(at, event.message);
      case LogEvent::kIngestionTime:
        return read_integer(at, event.ingestion_time);
      case LogEvent::kLogStreamName:
        return read_string(at, event.log_stream_name);
      case LogEvent::kEventId:
        return read_string(at, event.event_id);
    }
    return false;
  }

  bool read_unknown_of_event(const char*& at) {
    std::uint8_t second = 0;
    return !find_member(at, second) && read_unknown(at, unread_);
  }

  // A member that nobody reads: no known name is followed by its colon here.
  bool read_unknown(const char*& at, std::vector<std::string_view>& names) {
    if (!skip(at, '"')) return false;
    const char* const stop = kernel_.find_special(at);
    const std::string_view name(at, stop);
    at = stop;
    if (!skip(at, "\":") || names.size() == kMaxUnread || std::ranges::find(names, name) != names.end())
      return false;
    names.push_back(name);
    skip_blanks(at);
    std::int64_t integer = 0;
    std::string_view string;
    if (*at == '"') return read_string(at, string);
    return skip(at, "null") || skip(at, "true") || skip(at, "false") || read_integer(at, integer);
  }

  bool read_string(const char*& at, std::string_view& string) {
    if (!skip(at, '"')) return false;
    const char* const stop = kernel_.find_special(at);
    if (*stop != '"') return *stop == '\\' && read_escaped_string(at, string);
    string = {at, stop};
    at = stop + 1;
    return true;
  }

  // No string is longer unescaped: what is left of the text holds what is left
  // of the strings.
  bool read_escaped_string(const char*& at, std::string_view& string) {
    if (page_.arena == nullptr) {
      page_.arena = std::make_unique_for_overwrite<std::uint8_t[]>(static_cast<std::size_t>(end_ - at) +
                                                                   StringKernel::kZeros);
      out_ = reinterpret_cast<char*>(page_.arena.get());
    }
    const auto [end, out_end] = kernel_.unescape(at, out_);
    if (end == nullptr) return false;
    string = {out_, out_end};
    out_ = out_end;
    at = end + 1;
    return true;
  }

  static constexpr std::size_t kSmallEvent = 64;
  static constexpr std::size_t kMaxUnread = 16;

  const char* end_;
  const StringKernel& kernel_;
  std::size_t max_events_;
  ScannedPage page_;
  std::vector<std::string_view> unread_of_page_, unread_;  // names
  char* out_ = nullptr;
  std::array<std::uint8_t, 5> order_ = {0, 1, 2, 3, 4};
  bool has_events_ = false, has_streams_ = false;
};

}  // namespace

std::optional<ScannedPage> scan_page(std::string_view text, const StringKernel& kernel,
                                     std::size_t max_events) {
  if (!simdjson::validate_utf8(text.data(), text.size())) return std::nullopt;
  PageScanner scanner(text, kernel, max_events);
  if (!scanner.read_page(text.data())) return std::nullopt;
  return scanner.take();
}

}  // namespace crosslog::wire
