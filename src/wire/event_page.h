#ifndef CROSSLOG_SRC_WIRE_EVENT_PAGE_H_
#define CROSSLOG_SRC_WIRE_EVENT_PAGE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "crosslog/events.h"

namespace crosslog {

// Makes EventPages out of bodies: decode_events() of crosslog/messages.h.
class EventPageDecoder {
 public:
  static constexpr std::size_t kMaxBytes = 32u << 20;
  static constexpr std::size_t kMaxDepth = 32;
  static constexpr std::size_t kMaxEvents = 10'000;
  static constexpr std::size_t kMaxSearchedStreams = 1'000'000;
  static constexpr std::size_t kPadding = 64;

  static Result<EventPage> decode(std::string body);
  // The same for a text with kPadding readable bytes of any value behind it.
  static Result<EventPage> decode_padded(std::string_view text);
};

}  // namespace crosslog

#endif  // CROSSLOG_SRC_WIRE_EVENT_PAGE_H_
