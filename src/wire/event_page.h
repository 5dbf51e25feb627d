#ifndef CROSSLOG_SRC_WIRE_EVENT_PAGE_H_
#define CROSSLOG_SRC_WIRE_EVENT_PAGE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "crosslog/events.h"
#include "wire/string_kernel.h"

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
  // The same with another kernel than the fastest of this machine: for tests.
  static Result<EventPage> decode(std::string body, const wire::StringKernel& kernel);
  // The same by the plain way alone. Precondition: kPadding readable
  // bytes of any value stand behind the text.
  static Result<EventPage> decode_plainly(std::string_view text);

 private:
  static std::optional<EventPage> scan(std::string& text, std::size_t repairs,
                                       const wire::StringKernel& kernel);
};

}  // namespace crosslog

#endif  // CROSSLOG_SRC_WIRE_EVENT_PAGE_H_
