#include "cli/event_reader.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <ranges>
#include <utility>

#include "cli/read_ahead.h"

namespace crosslog::cli {
namespace {

constexpr std::size_t kMaxPage = 10'000;  // events
constexpr std::int64_t kFirstWindow = 60'000;
constexpr std::chrono::seconds kSilence{5};

// The service's order, as far as an event shows it.
std::pair<std::int64_t, std::int64_t> rank_of(const LogEvent& event) {
  return {event.timestamp, event.ingestion_time};
}

std::optional<std::string> text_of_member(const Document& map, std::string_view name) {
  const Document* value = map.find(name);
  return value == nullptr || value->string() == nullptr ? std::nullopt : std::optional(*value->string());
}

std::optional<std::string> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

FilterLogEvents request_of(const EventQuery& query) {
  FilterLogEvents out;
  out.log_group_name = text_of_member(query.group, "logGroupName");
  out.log_group_identifier = text_of_member(query.group, "logGroupIdentifier");
  out.log_stream_names = query.streams;
  out.log_stream_name_prefix = unless_empty(query.prefix);
  out.start_time = query.start;
  out.end_time = query.end;
  out.filter_pattern = unless_empty(query.filter);
  if (query.unmask) out.unmask = true;
  return out;
}

// No more stream names in each than a request takes, and none twice.
std::vector<FilterLogEvents> batches_of(FilterLogEvents query) {
  auto names = std::exchange(query.log_stream_names, {});
  std::ranges::sort(names);
  const auto again = std::ranges::unique(names);
  names.erase(again.begin(), again.end());
  std::vector<FilterLogEvents> batches;
  for (std::size_t from = 0; from < names.size() || batches.empty();) {
    const std::size_t to = std::min(names.size(), from + FilterLogEventsPager::kMaxNames);
    batches.push_back(query);
    batches.back().log_stream_names.assign(names.begin() + static_cast<std::ptrdiff_t>(from),
                                           names.begin() + static_cast<std::ptrdiff_t>(to));
    from = to;
  }
  return batches;
}

}  // namespace

// The newest `count` events, in order; of equal ranks those that came later. An event
// keeps its page.
class NewestEvents {
 public:
  explicit NewestEvents(std::size_t count) : count_(count) {}

  void add(const LogEvent& event, std::shared_ptr<const EventPage> page) {
    events_.emplace(rank_of(event), std::pair(event, std::move(page)));
    if (events_.size() > count_) events_.erase(events_.begin());
  }
  void add_all(EventPage page) {
    const auto kept = std::make_shared<const EventPage>(std::move(page));
    for (const auto& event : kept->events())
      add(event, kept);
  }
  void add_all(NewestEvents others) {
    for (auto& [rank, event] : others.events_)
      add(event.first, std::move(event.second));
  }
  [[nodiscard]] bool is_full() const noexcept { return events_.size() == count_; }
  [[nodiscard]] std::vector<LogEvent> events() const {
    std::vector<LogEvent> out;
    for (const auto& [rank, event] : events_)
      out.push_back(event.first);
    return out;
  }

 private:
  const std::size_t count_;
  std::multimap<std::pair<std::int64_t, std::int64_t>, std::pair<LogEvent, std::shared_ptr<const EventPage>>>
      events_;
};

// The pages of one request that have events, without those that came before.
class EventSource {
 public:
  EventSource(EventReader& reader, FilterLogEvents query)
      : reader_(&reader), pager_(reader.client_, std::move(query)) {}

  // nullopt: there are no more.
  Outcome<std::optional<EventPage>> next(const std::stop_token& stop) {
    for (;;) {
      auto page = pager_.next(stop);
      if (!page) return std::unexpected(to_failure(std::move(page).error()));
      if (!*page) return std::nullopt;
      ++reader_->pages_;
      (*page)->erase_if([this](const LogEvent& event) {
        return !event.event_id.empty() && !reader_->seen_.add(event.event_id);
      });
      if ((*page)->events().empty()) {
        reader_->tell();
        continue;
      }
      reader_->events_ += (*page)->events().size();
      return std::move(*page);
    }
  }

 private:
  EventReader* reader_;
  FilterLogEventsPager pager_;
};

EventReader::EventReader(LogsClient& client, Note note, std::stop_token stop)
    : client_(client), note_(std::move(note)), stop_(std::move(stop)), told_(client.clock().steady_now()) {}

void EventReader::tell() {
  const auto now = client_.clock().steady_now();
  if (now - told_ < kSilence) return;
  told_ = now;
  if (note_) {
    note_("still reading: " + std::to_string(pages_) + " pages, " + std::to_string(events_) +
          " events so far");
  }
}

Outcome<void> EventReader::each(const EventQuery& query, const Emit& emit) {
  seen_.clear();
  const auto batches = batches_of(request_of(query));
  if (batches.size() > 1) return merge(batches, emit);
  EventSource source(*this, batches.front());
  ReadAhead<EventPage> pages(stop_, [&](const std::stop_token& stop) {
    auto page = source.next(stop);
    told_ = client_.clock().steady_now();
    return page;
  });
  for (;;) {
    const auto page = pages.next();
    if (!page) return std::unexpected(page.error());
    if (!*page) return {};
    if (auto good = emit((*page)->events()); !good) return good;
  }
}

// What is certain goes out before a page is waited for.
Outcome<void> EventReader::merge(const std::vector<FilterLogEvents>& batches, const Emit& emit) {
  struct Batch {
    EventSource source;
    EventPage page = {};
    std::size_t next = 0;
    bool done = false;

    [[nodiscard]] bool is_used_up() const { return next == page.events().size(); }
    [[nodiscard]] const LogEvent& event() const { return page.events()[next]; }
  };
  std::vector<Batch> sources;
  sources.reserve(batches.size());
  for (const auto& batch : batches)
    sources.push_back({.source = EventSource(*this, batch)});
  for (std::vector<LogEvent> out;; out.clear()) {
    for (auto& source : sources) {
      if (source.done || !source.is_used_up()) continue;
      auto page = source.source.next(stop_);
      if (!page) return std::unexpected(page.error());
      source.done = !*page;
      source.page = *page ? std::move(**page) : EventPage();
      source.next = 0;
    }
    for (bool all = true; all;) {
      Batch* first = nullptr;
      for (auto& source : sources) {
        if (source.done) continue;
        if (first == nullptr || rank_of(source.event()) < rank_of(first->event())) first = &source;
      }
      if (first == nullptr) break;
      out.push_back(first->event());
      ++first->next;
      all = !first->is_used_up();
    }
    if (out.empty()) return {};
    told_ = client_.clock().steady_now();
    if (auto good = emit(out); !good) return good;
  }
}

Outcome<void> EventReader::last(const EventQuery& query, std::size_t count, const Emit& emit) {
  NewestEvents newest(count);
  for (const auto& batch : batches_of(request_of(query))) {
    seen_.clear();
    if (*batch.start_time >= kReadsBackwardsFrom) {
      const auto read = newest_first(batch, count, newest);
      if (!read) return std::unexpected(read.error());
      if (*read) continue;
    }
    seen_.clear();
    auto read = by_windows(batch, count);
    if (!read) return std::unexpected(read.error());
    newest.add_all(std::move(*read));
  }
  const auto events = newest.events();
  return events.empty() ? Outcome<void>() : emit(events);
}

// False: events came the other way round, so the service does not know the option.
// Two times that differ prove which way it is; without a proof it is read to the end.
Outcome<bool> EventReader::newest_first(const FilterLogEvents& query, std::size_t count,
                                        NewestEvents& newest) {
  FilterLogEvents backwards = query;
  backwards.limit = static_cast<std::int64_t>(std::min(count + 1, kMaxPage));
  backwards.start_from_head = false;
  EventSource source(*this, std::move(backwards));
  std::vector<std::pair<LogEvent, std::shared_ptr<const EventPage>>> found;
  for (bool proved = false; !proved || found.size() < count;) {
    tell();
    auto page = source.next(stop_);
    if (!page) return std::unexpected(page.error());
    if (!*page) break;
    const auto kept = std::make_shared<const EventPage>(std::move(**page));
    for (const auto& event : kept->events()) {
      const std::int64_t before = found.empty() ? event.timestamp : found.back().first.timestamp;
      if (event.timestamp > before) return false;
      proved = proved || event.timestamp < before;
      found.emplace_back(event, kept);
    }
  }
  found.resize(std::min(found.size(), count));
  for (auto& [event, page] : std::views::reverse(found))
    newest.add(event, std::move(page));
  return true;
}

Outcome<NewestEvents> EventReader::by_windows(const FilterLogEvents& query, std::size_t count) {
  NewestEvents newest(count);
  FilterLogEvents window = query;
  std::int64_t from = query.end_time.value_or(client_.clock().now().time_since_epoch().count());
  for (std::int64_t width = kFirstWindow;; width *= 2) {
    from = std::max(*query.start_time, from - width);
    window.start_time = from;
    EventSource source(*this, window);
    for (;;) {
      tell();
      auto page = source.next(stop_);
      if (!page) return std::unexpected(page.error());
      if (!*page) break;
      newest.add_all(std::move(**page));
    }
    if (newest.is_full() || from <= *query.start_time) return newest;
    window.end_time = from - 1;
  }
}

}  // namespace crosslog::cli
