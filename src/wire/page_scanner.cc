// Accepts almost all of JSON that is a page: members in any order, with or without
// blanks, and others of any kind among them. It gives up at the first fault, and on
// what hardly anybody sends: names with escapes, numbers of more than 18 digits,
// values nested deeply. So it needs no error and no repair: the page is then read by
// the plain way from its first byte. What it accepts, the plain way accepts with the
// same result; the fuzzer holds both to that.
//
// An event like the one before it is read by event_run.h; all else member by member.
#include "wire/page_scanner.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "base/fresh_memory.h"
#include "wire/small_json.h"

namespace crosslog::wire {
namespace {

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

inline bool read_integer(const char*& at, std::int64_t& value) {
  return read_time(at, value) || read_any_integer(at, value);
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
    checked_ = at;
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
    return at == end_ && has_events_ && is_utf8_until(end_);
  }
  ScannedPage take() { return std::move(page_); }

 private:
  // From what has been checked before, both at the border of two characters.
  bool is_utf8_until(const char* end) {
    const char* const begin = std::exchange(checked_, end);
    return simdjson::validate_utf8(begin, static_cast<std::size_t>(end - begin));
  }

  bool read_token(const char*& at, std::optional<std::string_view>& token) {
    return *at == 'n' ? skip(at, "null") : read_string(at, token.emplace());
  }

  bool read_events(const char*& at) {
    has_events_ = true;
    return read_list(at, [this](const char*& element) {
      auto& events = page_.events;
      const char* const begin = element;
      const bool first = events.empty();
      if (first) events.reserve(std::min(limits_.events, left_from(begin) / kSmallEvent + 1));
      if (events.size() == limits_.events || !read_event(element, events.emplace_back())) return false;
      if (first) bring_in_events(left_from(begin) / static_cast<std::size_t>(element - begin));
      return shape_.count == 0 || read_run(element);
    });
  }

  [[nodiscard]] std::size_t left_from(const char* at) const { return static_cast<std::size_t>(end_ - at); }

  // As many as there are if all are as long as the first.
  void bring_in_events(std::size_t count) {
    auto& events = page_.events;
    base::bring_in(events.data(), std::min(count, events.capacity()) * sizeof(LogEvent));
  }

  // Nothing but ASCII needs no other check.
  bool read_run(const char*& at) {
    EventRun run{.at = at, .out = out_};
    kernel_.read_event_run(shape_, page_.events, limits_.events, run);
    const char* const begin = std::exchange(at, run.at);
    out_ = run.out;
    if (run.unchecked || at - begin < kLongRun) return true;
    if (!is_utf8_until(begin)) return false;
    checked_ = at;
    return true;
  }

  bool read_event(const char*& at, LogEvent& event) {
    shape_.count = 0;
    if (!skip(at, '{')) return false;
    skip_blanks(at);
    if (skip(at, '}')) return true;
    const std::size_t first_name = names_.size();
    unsigned seen = 0;
    auto guess = shape_.members.begin();
    do {
      skip_blanks(at);
      if (guess != shape_.members.end() && (*guess)->stands_at(at)) {
        const EventMember& member = **guess++;
        at += member.size;
        if (!read_member(at, member, seen, event)) return false;
      } else if (!read_unguessed(at, guess, seen, event)) {
        return false;
      }
      skip_blanks(at);
    } while (skip(at, ','));
    if (!skip(at, '}')) return false;
    if (names_.size() > first_name) return drop_names(first_name);
    if (event.present == seen) shape_.count = static_cast<std::size_t>(guess - shape_.members.begin());
    return true;
  }

  using Members = std::array<const EventMember*, kEventMembers.size()>;

  bool read_unguessed(const char*& at, Members::iterator& guess, unsigned& seen, LogEvent& event) {
    std::string_view name;
    if (!read_name(at, name)) return false;
    const auto* const known = std::ranges::find(kEventMembers, name, &EventMember::name);
    if (known == kEventMembers.end()) {
      names_.push_back(name);
      return read_unread(at);
    }
    if (guess != shape_.members.end()) *guess++ = known;
    return read_member(at, *known, seen, event);
  }

  bool read_member(const char*& at, const EventMember& member, unsigned& seen, LogEvent& event) {
    skip_blanks(at);
    if ((seen & member.field) != 0) return false;
    seen |= member.field;
    if (*at == 'n') return skip(at, "null");
    event.present = static_cast<std::uint8_t>(event.present | member.field);
    return member.text != nullptr ? read_string(at, event.*member.text)
                                  : read_integer(at, event.*member.number);
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
  static constexpr std::ptrdiff_t kLongRun = 1024;

  const char* end_;
  const StringKernel& kernel_;
  const PageLimits limits_;
  ScannedPage page_;
  std::vector<std::string_view> names_;  // of the objects around
  char* out_ = nullptr;
  const char* checked_ = nullptr;  // so far it is UTF-8
  EventShape shape_{.members = {&kEventMembers[0], &kEventMembers[1], &kEventMembers[2], &kEventMembers[3],
                                &kEventMembers[4]}};  // of the last event, if the next can be like it
  int depth_ = 0;
  bool has_events_ = false;
};

}  // namespace

std::optional<ScannedPage> scan_page(std::string_view text, const StringKernel& kernel, PageLimits limits) {
  PageScanner scanner(text, kernel, limits);
  if (!scanner.read_page(text.data())) return std::nullopt;
  return scanner.take();
}

}  // namespace crosslog::wire
