#include "sandbox/log_stream.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "sandbox/text.h"

namespace crosslog::sandbox {

namespace {

// A fixed, cheap scramble (splitmix64's last step), so that generated lines look alive.
std::uint64_t scramble(std::uint64_t n) {
  n = (n ^ (n >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  n = (n ^ (n >> 27U)) * 0x94D049BB133111EBULL;
  return n ^ (n >> 31U);
}

std::string generated_message(std::uint64_t number, std::int64_t timestamp, std::size_t bytes) {
  constexpr std::array<std::string_view, 8> kPaths = {"/",    "/login",  "/items",         "/cart",
                                                      "/pay", "/health", "/api/v2/orders", "/static/app.js"};
  const std::uint64_t luck = scramble(number + 1);
  const bool failed = luck % 97 == 0, slow = luck % 13 == 0;
  std::string out = iso_time(Time(std::chrono::milliseconds(timestamp)));
  out.reserve(std::max<std::size_t>(bytes, 128));
  out.append(failed ? " ERROR" : slow ? " WARN" : " INFO").append(" request=");
  append_padded(out, number, 8);
  out.append(" path=").append(kPaths[(luck >> 8U) % kPaths.size()]);
  out.append(failed ? " status=500 ms=" : " status=200 ms=");
  append_padded(out, (luck >> 16U) % (slow ? 2000 : 90), 1);
  if (out.size() + 6 < bytes) out += " body=";
  out.resize(bytes, 'x');
  return out;
}

}  // namespace

void LogStream::add(LogEvent event) {
  event.arrival = ++arrivals_;
  const auto at = std::ranges::upper_bound(events_, position_of(event), {}, position_of);
  events_.insert(at, std::move(event));
}

std::size_t LogStream::size() const {
  return is_generated() ? static_cast<std::size_t>(generator_.count) : events_.size();
}

LogEvent LogStream::generated(std::size_t index) const {
  LogEvent event;
  event.timestamp = generator_.first_timestamp + static_cast<std::int64_t>(index) * generator_.step_ms;
  event.ingestion_time = event.timestamp + kIngestionDelayMs;
  event.message = generated_message(index, event.timestamp, generator_.message_bytes);
  event.arrival = index + 1;
  return event;
}

LogEvent LogStream::at(std::size_t index) const {
  return is_generated() ? generated(index) : events_[index];
}

EventKey LogStream::key_at(std::size_t index) const {
  if (!is_generated()) {
    const LogEvent& event = events_[index];
    return {event.timestamp, event.ingestion_time, event.arrival};
  }
  const auto timestamp = generator_.first_timestamp + static_cast<std::int64_t>(index) * generator_.step_ms;
  return {timestamp, timestamp + kIngestionDelayMs, index + 1};
}

std::int64_t LogStream::last_ingestion() const {
  if (size() == 0) return 0;
  if (is_generated()) return key_at(size() - 1).ingestion_time;
  return std::ranges::max_element(events_, {}, &LogEvent::ingestion_time)->ingestion_time;
}

std::uint64_t LogStream::stored_bytes() const {
  if (is_generated()) return generator_.count * (generator_.message_bytes + kEventOverhead);
  std::uint64_t bytes = 0;
  for (const auto& event : events_)
    bytes += event.message.size() + kEventOverhead;
  return bytes;
}

std::size_t LogStream::index_of(const Position& position) const {
  if (!is_generated())
    return static_cast<std::size_t>(std::ranges::lower_bound(events_, position, {}, position_of) -
                                    events_.begin());
  // Timestamps rise with the number: a binary search over numbers, without the messages.
  std::size_t low = 0, high = size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    const Position here{generator_.first_timestamp + static_cast<std::int64_t>(middle) * generator_.step_ms,
                        middle + 1};
    if (here < position)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

}  // namespace crosslog::sandbox
