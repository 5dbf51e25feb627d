// Accepts almost all of JSON that is a page: members in any order, with or without
// blanks, and others of any kind among them. It gives up at the first fault, and on
// what hardly anybody sends: names with escapes, numbers of more than 18 digits,
// values nested deeply. So it needs no error and no repair: the page is then read by
// the plain way from its first byte. What it accepts, the plain way accepts with the
// same result; the fuzzer holds both to that.
//
// The members of an event are guessed to stand in the order of the event before.
// A name with its quotes and colon fits into two words: one comparison. All else is
// read member by member.
#include "wire/page_scanner.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "wire/small_json.h"

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
  [[nodiscard]] std::string_view name() const {
    return {reinterpret_cast<const char*>(&bytes) + 1, size - 3};
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

[[gnu::noinline]] void skip_more_blanks(const char*& at) {
  while (std::memcmp(at, "        ", 8) == 0)
    at += 8;
  while (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')
    ++at;
}

// There are none in what the services send.
inline void skip_blanks(const char*& at) {
  if (static_cast<unsigned char>(*at) <= ' ') [[unlikely]]
    skip_more_blanks(at);
}

// Eight bytes of text less '0' each, the first of them the lowest.
inline std::uint64_t load_digits(const char* text) {
  std::uint64_t word = 0;
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

inline std::int64_t value_of(std::uint64_t digits) {
  const std::uint64_t pairs = (digits * (1 + (10 << 8))) >> 8 & 0x00FF'00FF'00FF'00FF;
  const std::uint64_t fours = (pairs * (1 + (100 << 16))) >> 16 & 0x0000'FFFF'0000'FFFF;
  return static_cast<std::int64_t>((fours * (1 + (10'000ULL << 32))) >> 32);
}

// Of these: whether what they read stands at `at`, which is behind it then.
[[gnu::noinline]] bool read_any_integer(const char*& at, std::int64_t& value) {
  constexpr std::ptrdiff_t kMaxDigits = 18;
  const bool negative = skip(at, '-');
  const char* const begin = at;
  value = 0;
  for (; *at >= '0' && *at <= '9' && at - begin < kMaxDigits; ++at)
    value = value * 10 + (*at - '0');
  if (negative) value = -value;
  return at > begin && (*begin != '0' || (at - begin == 1 && !negative));
}

// Times have 13 digits.
inline bool read_integer(const char*& at, std::int64_t& value) {
  constexpr std::array<std::int64_t, 8> kPowers = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000};
  const std::uint64_t high = load_digits(at), low = load_digits(at + 8);
  const unsigned more = count_digits(low);
  if (count_digits(high) < 8 || more == 8 || *at == '0') [[unlikely]]
    return read_any_integer(at, value);
  value = value_of(high) * kPowers[more] + value_of(low << (8 * (7 - more)) << 8);
  at += 8 + more;
  return true;
}

// A number that nobody reads, if it is certain to be a finite one.
bool read_number(const char*& at) {
  std::int64_t value = 0;
  const auto digits = [&at](std::ptrdiff_t most) {
    const char* const begin = at;
    while (*at >= '0' && *at <= '9' && at - begin < most)
      ++at;
    return at > begin;
  };
  if (!read_any_integer(at, value)) return false;
  if (skip(at, '.') && !digits(18)) return false;
  if (*at != 'e' && *at != 'E') return true;
  ++at;
  if (!skip(at, '+')) skip(at, '-');
  return digits(2);
}

class PageScanner {
 public:
  PageScanner(std::string_view text, const StringKernel& kernel, PageLimits limits)
      : end_(text.data() + text.size()), kernel_(kernel), limits_(limits) {}

  bool read_page(const char* at) {
    skip_blanks(at);
    const auto read_known = [this](std::string_view name, const char*& value) -> std::optional<bool> {
      if (name == "events") return read_events(value);
      if (name == "nextToken") return read_token(value, page_.next_token);
      if (name == "nextForwardToken") return read_token(value, page_.forward_token);
      if (name == "nextBackwardToken") return read_token(value, page_.backward_token);
      if (name == "searchedLogStreams") return read_streams(value);
      return std::nullopt;
    };
    if (!read_object(at, read_known)) return false;
    skip_blanks(at);
    return at == end_ && has_events_;
  }
  ScannedPage take() { return std::move(page_); }

 private:
  bool read_token(const char*& at, std::optional<std::string_view>& token) {
    return *at == 'n' ? skip(at, "null") : read_string(at, token.emplace());
  }

  bool read_events(const char*& at) {
    has_events_ = true;
    return read_list(at, [this](const char*& element) {
      auto& events = page_.events;
      if (events.empty())
        events.reserve(std::min(limits_.events, static_cast<std::size_t>(end_ - element) / kSmallEvent + 1));
      return events.size() < limits_.events && read_event(element, events.emplace_back());
    });
  }

  bool read_event(const char*& at, LogEvent& event) {
    if (!skip(at, '{')) return false;
    skip_blanks(at);
    if (skip(at, '}')) return true;
    const std::size_t first_name = names_.size();
    unsigned seen = 0;
    auto guess = order_.begin();
    do {
      skip_blanks(at);
      if (guess != order_.end() && kEventMembers[*guess].stands_at(at)) [[likely]] {
        at += kEventMembers[*guess].size;
        if (!read_member(at, *guess++, seen, event)) return false;
      } else if (!read_unguessed(at, guess, seen, event)) {
        return false;
      }
      skip_blanks(at);
    } while (skip(at, ','));
    return skip(at, '}') && (names_.size() == first_name || drop_names(first_name));
  }

  using Order = std::array<std::uint8_t, kEventMembers.size()>;

  bool read_unguessed(const char*& at, Order::iterator& guess, unsigned& seen, LogEvent& event) {
    std::string_view name;
    if (!read_name(at, name)) return false;
    const auto known = std::ranges::find_if(
        kEventMembers, [name](const MemberName& member) { return member.name() == name; });
    if (known == kEventMembers.end()) {
      names_.push_back(name);
      return read_unread(at);
    }
    const auto index = static_cast<std::uint8_t>(known - kEventMembers.begin());
    if (guess != order_.end()) *guess++ = index;
    return read_member(at, index, seen, event);
  }

  bool read_member(const char*& at, std::uint8_t index, unsigned& seen, LogEvent& event) {
    skip_blanks(at);
    const auto field = static_cast<LogEvent::Field>(1u << index);
    if ((seen & field) != 0) return false;
    seen |= field;
    if (*at == 'n') [[unlikely]]
      return skip(at, "null");
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

  bool read_streams(const char*& at) {
    if (*at == 'n') return skip(at, "null");
    return read_list(at, [this](const char*& element) {
      return page_.streams.size() < limits_.streams && read_stream(element, page_.streams.emplace_back());
    });
  }

  bool read_stream(const char*& at, SearchedLogStream& stream) {
    return read_object(at, [&](std::string_view name, const char*& value) -> std::optional<bool> {
      const bool is_name = name == "logStreamName";
      if (!is_name && name != "searchedCompletely") return std::nullopt;
      if (*value == 'n') return skip(value, "null");
      if (is_name) return read_string(value, stream.log_stream_name);
      stream.searched_completely = *value == 't';
      return skip(value, *value == 't' ? "true" : "false");
    });
  }

  // A value that nobody reads.
  bool read_unread(const char*& at) {
    skip_blanks(at);
    std::string_view string;
    switch (*at) {
      case '"':
        return read_string(at, string);
      case '{':
        return read_object(at, [](std::string_view, const char*&) { return std::optional<bool>(); });
      case '[':
        return read_list(at, [this](const char*& element) { return read_unread(element); });
      case 'n':
        return skip(at, "null");
      case 't':
        return skip(at, "true");
      case 'f':
        return skip(at, "false");
      default:
        return read_number(at);
    }
  }

  template <class ReadElement>
  bool read_list(const char*& at, ReadElement read_element) {
    if (!skip(at, '[') || ++depth_ > kMaxDepth) return false;
    skip_blanks(at);
    if (*at != ']') {
      do {
        skip_blanks(at);
        if (!read_element(at)) return false;
        skip_blanks(at);
      } while (skip(at, ','));
    }
    --depth_;
    return skip(at, ']');
  }

  // read_known(name, at): whether the member's value could be read; nullopt: it is not
  // one of those that are.
  template <class ReadKnown>
  bool read_object(const char*& at, ReadKnown read_known) {
    if (!skip(at, '{') || ++depth_ > kMaxDepth) return false;
    const std::size_t first_name = names_.size();
    skip_blanks(at);
    if (*at != '}') {
      do {
        skip_blanks(at);
        if (!read_name(at, names_.emplace_back())) return false;
        const std::optional<bool> known = read_known(names_.back(), at);
        if (!(known ? *known : read_unread(at))) return false;
        skip_blanks(at);
      } while (skip(at, ','));
    }
    --depth_;
    return skip(at, '}') && drop_names(first_name);
  }

  // An object's names; none may stand twice.
  bool drop_names(std::size_t first) {
    const auto begin = names_.begin() + static_cast<std::ptrdiff_t>(first);
    const bool twice = has_duplicates({begin, names_.end()});
    names_.resize(first);
    return !twice;
  }

  // Up to its value.
  bool read_name(const char*& at, std::string_view& name) {
    if (!skip(at, '"')) return false;
    const char* const stop = kernel_.find_special(at);
    name = {at, stop};
    at = stop;
    if (!skip(at, '"')) return false;
    skip_blanks(at);
    if (!skip(at, ':')) return false;
    skip_blanks(at);
    return true;
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
  static constexpr int kMaxDepth = 16;

  const char* end_;
  const StringKernel& kernel_;
  const PageLimits limits_;
  ScannedPage page_;
  std::vector<std::string_view> names_;  // of the objects around
  char* out_ = nullptr;
  Order order_ = {0, 1, 2, 3, 4};
  int depth_ = 0;
  bool has_events_ = false;
};

}  // namespace

std::optional<ScannedPage> scan_page(std::string_view text, const StringKernel& kernel, PageLimits limits) {
  if (!simdjson::validate_utf8(text.data(), text.size())) return std::nullopt;
  PageScanner scanner(text, kernel, limits);
  if (!scanner.read_page(text.data())) return std::nullopt;
  return scanner.take();
}

}  // namespace crosslog::wire
