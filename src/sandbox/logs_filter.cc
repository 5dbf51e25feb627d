// FilterLogEvents: the streams of a group as one sequence in the order of timestamp,
// ingestion and request, read from either end. A page ends by its limits, or when enough
// was looked at: then it is short or empty and has a token all the same.
#include <algorithm>
#include <compare>

#include "base/crypto.h"
#include "sandbox/filter_pattern.h"
#include "sandbox/logs.h"

namespace crosslog::sandbox {

namespace json = boost::json;

namespace {

constexpr std::size_t kMaxScanned = 100000;
constexpr std::int64_t kDescendingSince = 1704067200000;  // 2024-01-01

// Where an event stands in its group.
struct Place {
  EventKey key;
  std::string stream;
  auto operator<=>(const Place&) const = default;
};

json::value to_json(const Place& place, bool forward) {
  return json::array{place.key.timestamp, place.key.ingestion_time, place.key.arrival, place.stream, forward};
}

Place place_of(const json::value& value) {
  const auto& parts = value.get_array();
  return {{parts[0].to_number<std::int64_t>(), parts[1].to_number<std::int64_t>(),
           parts[2].to_number<std::uint64_t>()},
          std::string(parts[3].get_string())};
}

// One stream's events between the times, in the group's order.
class Cursor {
 public:
  Cursor(const std::string& name, const LogStream& stream, std::int64_t start,
         std::optional<std::int64_t> end)
      : name_(name), stream_(stream), first_(stream.index_of({start, 0})) {
    const std::size_t last = end ? stream.index_of({*end + 1, 0}) : stream.size();
    size_ = last > first_ ? last - first_ : 0;
    if (stream.is_generated()) return;  // in order as they are
    order_.resize(size_);
    for (std::size_t i = 0; i < size_; ++i)
      order_[i] = first_ + i;
    std::ranges::sort(order_, {}, [&](std::size_t i) { return stream.key_at(i); });
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] Place place(std::size_t i) const { return {stream_.key_at(index(i)), name_}; }
  [[nodiscard]] LogEvent event(std::size_t i) const { return stream_.at(index(i)); }
  // How many are before the place.
  [[nodiscard]] std::size_t before(const Place& at) const {
    std::size_t from = 0, to = size_;
    while (from < to) {
      const std::size_t middle = from + (to - from) / 2;
      if (place(middle) < at)
        from = middle + 1;
      else
        to = middle;
    }
    return from;
  }
  // Those in [low, high) are still to be read.
  std::size_t low = 0, high = 0;

 private:
  [[nodiscard]] std::size_t index(std::size_t i) const { return order_.empty() ? first_ + i : order_[i]; }

  const std::string& name_;
  const LogStream& stream_;
  std::size_t first_ = 0, size_ = 0;
  std::vector<std::size_t> order_;
};

// All cursors as one sequence.
class Merged {
  using Entry = std::pair<Place, Cursor*>;
  struct Later {
    bool forward;
    bool operator()(const Entry& a, const Entry& b) const {
      return forward ? b.first < a.first : a.first < b.first;
    }
  };

 public:
  Merged(std::vector<Cursor> cursors, bool forward) : cursors_(std::move(cursors)), forward_(forward) {
    for (auto& cursor : cursors_)
      cursor.high = cursor.size();
  }
  void start_after(const Place& place) {
    for (auto& cursor : cursors_) {
      if (!forward_) {
        cursor.high = cursor.before(place);
        continue;
      }
      cursor.low = cursor.before(place);
      if (cursor.low < cursor.high && cursor.place(cursor.low) == place) ++cursor.low;
    }
    queue_.clear();
  }
  // The place of the next event, if there is one.
  std::optional<Place> next() {
    if (queue_.empty())
      for (auto& cursor : cursors_)
        push(cursor);
    if (queue_.empty()) return std::nullopt;
    return queue_.front().first;
  }
  // Its event; the next one is the next from now on.
  LogEvent take() {
    std::ranges::pop_heap(queue_, Later{forward_});
    Cursor& cursor = *queue_.back().second;
    queue_.pop_back();
    LogEvent event = cursor.event(forward_ ? cursor.low++ : --cursor.high);
    push(cursor);
    return event;
  }

 private:
  void push(Cursor& cursor) {
    if (cursor.low >= cursor.high) return;
    queue_.emplace_back(cursor.place(forward_ ? cursor.low : cursor.high - 1), &cursor);
    std::ranges::push_heap(queue_, Later{forward_});
  }

  std::vector<Cursor> cursors_;
  bool forward_;
  std::vector<Entry> queue_;
};

using Streams = std::vector<std::pair<const std::string*, const LogStream*>>;

std::expected<Streams, AwsError> wanted_streams(const LogsCall& call, const LogGroup& group) {
  const auto prefix = call.text("logStreamNamePrefix");
  Streams out;
  if (!call.has("logStreamNames")) {
    for (const auto& [name, stream] : group.streams)
      if (!prefix || name.starts_with(*prefix)) out.emplace_back(&name, &stream);
    return out;
  }
  if (prefix) return invalid("logStreamNames and logStreamNamePrefix are mutually exclusive parameters.");
  for (const auto& name : call.texts("logStreamNames")) {
    const auto found = group.streams.find(name);
    if (found == group.streams.end()) return not_found("The specified log stream does not exist.");
    if (std::ranges::find(out, &found->second, &Streams::value_type::second) == out.end())
      out.emplace_back(&found->first, &found->second);
  }
  return out;
}

// 56 digits that rise with time and are the same for the same event.
std::string event_id(const GroupKey& group, const Place& place) {
  const auto digest =
      base::sha256(stream_arn(group, place.stream) + "\n" + std::to_string(place.key.arrival));
  std::string out = "3";
  append_padded(out, static_cast<std::uint64_t>(place.key.timestamp), 15);
  append_padded(out, place.key.arrival, 12);
  for (std::size_t i = 0; i < 28; ++i)
    out += static_cast<char>('0' + digest[i] % 10);
  return out;
}

struct FilterPage {
  std::vector<std::pair<Place, LogEvent>> events;
  std::optional<Place> next;  // where the next page goes on; nothing: this was the last
};

struct PageBounds {
  std::int64_t events;
  // The time at which a page has to end, if any; exclusive.
  std::optional<std::int64_t> time;
  bool forward;

  [[nodiscard]] bool excludes(const Place& place) const {
    return time && (forward ? place.key.timestamp >= *time : place.key.timestamp <= *time);
  }
  // Before the first event that the next page may have.
  [[nodiscard]] Place at_time() const { return {{forward ? *time : *time + 1, 0, 0}, {}}; }
};

FilterPage read_page(Merged& sequence, const FilterPattern& pattern, const PageBounds& bounds) {
  FilterPage page;
  PageFiller filler(bounds.events);
  Place last;
  std::size_t scanned = 0;
  for (auto place = sequence.next(); place; place = sequence.next()) {
    if (bounds.excludes(*place)) {
      page.next = bounds.at_time();
      break;
    }
    if (std::ssize(page.events) >= bounds.events || scanned >= kMaxScanned) {
      page.next = last;
      break;
    }
    LogEvent event = sequence.take();
    if (pattern.matches(event.message)) {
      if (!filler.take(event)) {
        page.next = last;
        break;
      }
      page.events.emplace_back(*place, std::move(event));
    }
    ++scanned;
    last = std::move(*place);
  }
  return page;
}

std::string body_of(const LogsCall& call, const OpenGroup& open, const FilterPage& page,
                    const std::optional<std::string>& token) {
  const bool unmask = call.flag("unmask").value_or(false);
  std::string body = "{\"events\":[";
  for (const auto& [place, event] : page.events) {
    if (body.back() != '[') body += ',';
    body += "{\"eventId\":\"" + event_id(open.key, place) +
            "\",\"ingestionTime\":" + std::to_string(event.ingestion_time) + ",\"logStreamName\":";
    append_json(body, place.stream);
    body += ",\"message\":";
    append_message(body, event, *open.group, unmask);
    body += ",\"timestamp\":" + std::to_string(event.timestamp) + "}";
  }
  body += "],";
  if (token) body += "\"nextToken\":\"" + *token + "\",";
  return body + "\"searchedLogStreams\":[]}";
}

}  // namespace

Body filter_log_events(const LogsCall& call) {
  const auto open = open_group(call);
  if (!open) return Failure(open.error());
  const auto pattern = FilterPattern::make(call.text("filterPattern").value_or(""));
  if (!pattern) return invalid(pattern.error());
  const auto streams = wanted_streams(call, *open->group);
  if (!streams) return Failure(streams.error());
  const auto place = read_place(call);
  if (!place) return Failure(place.error());
  const auto start = call.time("startTime").value_or(0);
  const auto end = call.time("endTime");
  bool forward = call.flag("startFromHead").value_or(true);
  if (!forward && !*place && start < kDescendingSince)
    return invalid("startFromHead can be false only when startTime is on or after Jan 1, 2024 00:00:00 UTC.");
  if (*place) forward = (*place)->get_array().at(4).get_bool();

  std::vector<Cursor> cursors;
  for (const auto& [name, stream] : *streams)
    cursors.emplace_back(*name, *stream, start, end);
  Merged sequence(std::move(cursors), forward);
  const bool begun = *place && !(*place)->get_array()[0].is_null();
  if (begun) sequence.start_after(place_of(**place));

  const bool scripted_empty = call.fault != nullptr && call.fault->empty_page;
  PageBounds bounds{
      std::min(call.number("limit").value_or(kMaxPageEvents), call.state.page_events), {}, forward};
  if (const auto next = sequence.next(); next && call.state.page_window_ms > 0) {
    const auto own = forward ? (start > 0 ? start : next->key.timestamp) : end.value_or(next->key.timestamp);
    const auto from = begun ? place_of(**place).key.timestamp : own;
    bounds.time = from + (forward ? 1 : -1) * call.state.page_window_ms;
  }
  FilterPage page;
  if (!scripted_empty) page = read_page(sequence, *pattern, bounds);
  std::optional<std::string> token;
  if (scripted_empty)
    token = write_place(call, begun ? **place : json::value(json::array{nullptr, 0, 0, "", forward}));
  else if (page.next)
    token = write_place(call, to_json(*page.next, forward));
  if (call.fault != nullptr && call.fault->same_token && call.has("nextToken"))
    token = *call.text("nextToken");
  return body_of(call, *open, page, token);
}

}  // namespace crosslog::sandbox
