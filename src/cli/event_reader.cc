#include "cli/event_reader.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

namespace crosslog::cli {
namespace {

constexpr std::size_t kMaxStreams = 100;     // of one request
constexpr std::size_t kMaxPage = 10'000;     // events
constexpr std::size_t kRemembered = 65'536;  // ids: six full pages
constexpr std::size_t kMaxRestarts = 3;      // in a row, without an event
constexpr std::size_t kMaxSameToken = 20;    // in a row, without an event
constexpr std::int64_t kFirstWindow = 60'000;

std::int64_t time_of(const Document& event, std::string_view member) {
  const Document* time = event.find(member);
  return time == nullptr || time->integer() == nullptr ? 0 : *time->integer();
}

std::int64_t timestamp_of(const Document& event) {
  return time_of(event, "timestamp");
}

// The service's order, as far as an event shows it.
bool is_before(const Document& a, const Document& b) {
  return std::pair(timestamp_of(a), time_of(a, "ingestionTime")) <
         std::pair(timestamp_of(b), time_of(b, "ingestionTime"));
}

Document parameters_of(const EventQuery& query) {
  Document out = query.group;
  if (!query.streams.empty()) {
    out.set("logStreamNames", Document::List(query.streams.begin(), query.streams.end()));
  }
  if (!query.prefix.empty()) out.set("logStreamNamePrefix", query.prefix);
  if (query.start) out.set("startTime", *query.start);
  if (query.end) out.set("endTime", *query.end);
  if (!query.filter.empty()) out.set("filterPattern", query.filter);
  if (query.unmask) out.set("unmask", true);
  return out;
}

// No more stream names in each than a request takes, and none twice.
std::vector<EventQuery> batches_of(EventQuery query) {
  std::ranges::sort(query.streams);
  const auto again = std::ranges::unique(query.streams);
  query.streams.erase(again.begin(), again.end());
  if (query.streams.size() <= kMaxStreams) return {std::move(query)};
  std::vector<EventQuery> batches;
  for (auto from = query.streams.begin(); from != query.streams.end();) {
    const auto left = query.streams.end() - from;
    const auto to = from + std::min<std::ptrdiff_t>(left, kMaxStreams);
    batches.push_back(query);
    batches.back().streams.assign(from, to);
    from = to;
  }
  return batches;
}

// The newest `count` events, in order; of equal times those that came later.
class Newest {
 public:
  explicit Newest(std::size_t count) : count_(count) {}

  void add(Document event) {
    events_.emplace(std::pair(timestamp_of(event), time_of(event, "ingestionTime")), std::move(event));
    if (events_.size() > count_) events_.erase(events_.begin());
  }
  [[nodiscard]] bool is_full() const noexcept { return events_.size() == count_; }
  [[nodiscard]] Document::List take() {
    Document::List out;
    for (auto& [time, event] : events_)
      out.push_back(std::move(event));
    return out;
  }

 private:
  const std::size_t count_;
  std::multimap<std::pair<std::int64_t, std::int64_t>, Document> events_;
};

bool is_refused_token(const Failure& failure) {
  return failure.kind == Failure::Kind::service && failure.error.aws_code == "InvalidParameterException";
}

}  // namespace

// The pages of one request that have events, without those that came before.
class EventPages {
 public:
  EventPages(EventReader& reader, const EventQuery& query, Document more = {})
      : reader_(reader), parameters_(parameters_of(query)) {
    if (more.map() == nullptr) return;
    backwards_ = true;
    for (auto& [name, value] : *more.map())
      parameters_.set(name, std::move(value));
  }

  // nullopt: there are no more.
  Outcome<std::optional<Document::List>> next() {
    while (!done_) {
      auto answer = call();
      if (!answer) return std::unexpected(answer.error());
      const std::string token = next_token_of(*answer);
      auto events = list_of(std::move(*answer), "events");
      if (!events) return std::unexpected(events.error());
      ++reader_.pages_;
      std::erase_if(*events, [&](const Document& event) { return !reader_.is_new(event); });
      if (auto good = follow(token, !events->empty()); !good) return std::unexpected(good.error());
      if (!events->empty()) return take(std::move(*events));
      if (!done_ && !reader_.lull_.wait(reader_.progress()))
        return std::unexpected(to_failure(fail(Errc::cancelled, "").error()));
    }
    return std::nullopt;
  }

 private:
  // A token lives for a day; after that reading begins again at the last event.
  Outcome<Document> call() {
    auto answer = reader_.call_("FilterLogEvents", parameters_);
    const bool again = !answer && !token_.empty() && !backwards_ && is_refused_token(answer.error());
    if (!again || ++restarts_ > kMaxRestarts) return answer;
    std::erase_if(*parameters_.map(), [](const auto& member) { return member.first == "nextToken"; });
    if (latest_) parameters_.set("startTime", *latest_);
    token_.clear();
    return reader_.call_("FilterLogEvents", parameters_);
  }

  Outcome<void> follow(const std::string& token, bool found) {
    same_ = token == token_ && !found ? same_ + 1 : 1;
    done_ = token.empty();
    token_ = token;
    if (done_) return {};
    parameters_.set("nextToken", token);
    if (same_ < kMaxSameToken) return {};
    return fail_general("Error during pagination: the same nextToken came " + std::to_string(kMaxSameToken) +
                            " times without an event",
                        {"what was read until here is complete; nothing is known of later events"});
  }

  Document::List take(Document::List events) {
    reader_.lull_.reset();
    reader_.events_ += events.size();
    restarts_ = 0;
    for (const auto& event : events)
      latest_ = std::max(latest_.value_or(0), timestamp_of(event));
    return events;
  }

  EventReader& reader_;
  Document parameters_;
  bool backwards_ = false, done_ = false;
  std::string token_;
  std::size_t same_ = 0, restarts_ = 0;
  std::optional<std::int64_t> latest_;  // of the events so far
};

EventReader::EventReader(LogsCall call, Clock& clock, Lull::Note note, std::stop_token stop)
    : call_(std::move(call)), clock_(clock), lull_(clock, std::move(note), std::move(stop)) {}

bool EventReader::is_new(const Document& event) {
  const Document* id = event.find("eventId");
  if (id == nullptr || id->string() == nullptr || id->string()->empty()) return true;
  const auto [place, added] = seen_.insert(*id->string());
  if (!added) return false;
  order_.push_back(&*place);
  if (order_.size() > kRemembered) {
    seen_.erase(*order_.front());
    order_.pop_front();
  }
  return true;
}

void EventReader::forget() {
  order_.clear();
  seen_.clear();
}

void EventReader::tell() {
  lull_.tell(progress());
}

std::string EventReader::progress() const {
  return "still reading: " + std::to_string(pages_) + " pages, " + std::to_string(events_) + " events so far";
}

Outcome<void> EventReader::each(const EventQuery& query, const Emit& emit) {
  forget();
  const auto shown = [&](const Document::List& events) {
    lull_.told();
    return emit(events);
  };
  const auto batches = batches_of(query);
  if (batches.size() > 1) return merge(batches, shown);
  EventPages pages(*this, batches.front());
  for (;;) {
    const auto page = pages.next();
    if (!page) return std::unexpected(page.error());
    if (!*page) return {};
    if (auto good = shown(**page); !good) return good;
  }
}

// What is certain goes out before a page is waited for.
Outcome<void> EventReader::merge(const std::vector<EventQuery>& batches, const Emit& emit) {
  struct Source {
    EventPages pages;
    Document::List events = {};
    std::size_t next = 0;
    bool done = false;
  };
  std::vector<Source> sources;
  sources.reserve(batches.size());
  for (const auto& batch : batches)
    sources.push_back({.pages = EventPages(*this, batch)});
  for (Document::List out;; out.clear()) {
    for (auto& source : sources) {
      if (source.done || source.next < source.events.size()) continue;
      auto page = source.pages.next();
      if (!page) return std::unexpected(page.error());
      source.done = !*page;
      source.events = *page ? std::move(**page) : Document::List{};
      source.next = 0;
    }
    for (bool all = true; all;) {
      Source* first = nullptr;
      for (auto& source : sources) {
        if (source.done) continue;
        if (first == nullptr || is_before(source.events[source.next], first->events[first->next]))
          first = &source;
      }
      if (first == nullptr) break;
      out.push_back(std::move(first->events[first->next++]));
      all = first->next < first->events.size();
    }
    if (out.empty()) return {};
    if (auto good = emit(out); !good) return good;
  }
}

Outcome<Document::List> EventReader::last(const EventQuery& query, std::size_t count) {
  Newest newest(count);
  for (const auto& batch : batches_of(query)) {
    forget();
    bool read = false;
    if (*batch.start >= kReadsBackwardsFrom) {
      auto found = newest_first(batch, count);
      if (!found) return std::unexpected(found.error());
      read = found->has_value();
      for (auto& event : found->value_or(Document::List{}))
        newest.add(std::move(event));
    }
    if (read) continue;
    forget();
    auto found = by_windows(batch, count);
    if (!found) return std::unexpected(found.error());
    for (auto& event : *found)
      newest.add(std::move(event));
  }
  return newest.take();
}

// nullopt: events came the other way round, so the service does not know the
// option. Two times that differ prove which way it is; without a proof it is read
// to the end.
Outcome<std::optional<Document::List>> EventReader::newest_first(const EventQuery& query, std::size_t count) {
  const auto limit = static_cast<std::int64_t>(std::min(count + 1, kMaxPage));
  EventPages pages(*this, query, Document::Map{{"limit", limit}, {"startFromHead", false}});
  Document::List found;
  for (bool proved = false; !proved || found.size() < count;) {
    tell();
    auto page = pages.next();
    if (!page) return std::unexpected(page.error());
    if (!*page) break;
    for (auto& event : **page) {
      const std::int64_t before = found.empty() ? timestamp_of(event) : timestamp_of(found.back());
      if (timestamp_of(event) > before) return std::nullopt;
      proved = proved || timestamp_of(event) < before;
      found.push_back(std::move(event));
    }
  }
  found.resize(std::min(found.size(), count));
  std::ranges::reverse(found);
  return found;
}

Outcome<Document::List> EventReader::by_windows(const EventQuery& query, std::size_t count) {
  EventQuery window = query;
  std::int64_t from = query.end.value_or(clock_.now().time_since_epoch().count());
  Newest newest(count);
  for (std::int64_t width = kFirstWindow;; width *= 2) {
    from = std::max(*query.start, from - width);
    window.start = from;
    EventPages pages(*this, window);
    for (;;) {
      tell();
      auto page = pages.next();
      if (!page) return std::unexpected(page.error());
      if (!*page) break;
      for (auto& event : **page)
        newest.add(std::move(event));
    }
    if (newest.is_full() || from <= *query.start) return newest.take();
    window.end = from - 1;
  }
}

}  // namespace crosslog::cli
