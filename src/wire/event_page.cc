// A page of log events. Almost every one is read by page_scanner.h at once, mostly as
// views into the body, which the page then owns.
//
// What that gives up on, plainly: one pass of simdjson's DOM, which validates every
// byte, then a walk that fills the events with views into simdjson's buffer of
// unescaped strings. The page takes that buffer over, so that no message is
// copied; the tape, the index and the body are given back.
//
// Both refuse a whole text for one bad UTF-8 byte (simdjson: UTF8_ERROR) and for one
// escaped surrogate without its other half (STRING_ERROR, in 3.0 as in 4.x). On
// these the body is repaired and decoded again, once; good pages pay nothing.
//
// A byte order mark is refused (RFC 8259: must not be sent); simdjson 3.0 refuses
// it too, later versions skip it. Duplicate names and integers outside int64 are
// refused everywhere, in members that nobody reads as well.
#include "wire/event_page.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "base/try.h"
#include "wire/json_fault.h"
#include "wire/json_repair.h"
#include "wire/page_scanner.h"
#include "wire/small_json.h"

namespace crosslog {
namespace {

namespace dom = simdjson::dom;
static_assert(EventPageDecoder::kPadding >= simdjson::SIMDJSON_PADDING);

std::unexpected<Error> not_a_page(std::string reason) {
  return fail(Errc::protocol, "The answer is not a page of log events", {std::move(reason)});
}

// A value that nobody reads, inside `depth` lists and objects. The recursion is
// bounded by simdjson's own limit.
Result<void> check_unread(dom::element element, std::size_t depth);

Result<void> check_unread_list(dom::array list, std::size_t depth) {
  for (const dom::element child : list) {
    CROSSLOG_CHECK(check_unread(child, depth));
  }
  return {};
}

Result<void> check_unread_object(dom::object object, std::size_t depth) {
  std::vector<std::string_view> names;
  for (const auto& [name, child] : object) {
    CROSSLOG_CHECK(check_unread(child, depth));
    names.push_back(name);
  }
  if (wire::has_duplicates(names)) return not_a_page("A name stands twice in one object.");
  return {};
}

Result<void> check_unread(dom::element element, std::size_t depth) {
  if (element.type() == dom::element_type::UINT64) return not_a_page("A number cannot be held in 64 bits.");
  const bool is_list = element.is_array();
  if (!is_list && !element.is_object()) return {};
  if (depth >= EventPageDecoder::kMaxDepth) return not_a_page("Lists and objects are nested too deeply.");
  if (is_list) return check_unread_list(element.get_array().value_unsafe(), depth + 1);
  return check_unread_object(element.get_object().value_unsafe(), depth + 1);
}

// The members of one object that are read, in the order of their names; absent
// and null ones are nullopt.
template <std::size_t kCount>
using Names = std::array<std::string_view, kCount>;
template <std::size_t kCount>
using Members = std::array<std::optional<dom::element>, kCount>;

template <std::size_t kCount>
Result<Members<kCount>> read_members(dom::object object, const Names<kCount>& names, std::size_t depth) {
  Members<kCount> members;
  std::bitset<kCount> seen;
  std::vector<std::string_view> unread;
  for (const auto& [name, value] : object) {
    const auto index = static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
    if (index == kCount) {
      CROSSLOG_CHECK(check_unread(value, depth));
      unread.push_back(name);
      continue;
    }
    if (seen[index])
      return not_a_page("Member " + std::string(names[index]) + " stands twice in one object.");
    seen.set(index);
    if (!value.is_null()) members[index] = value;
  }
  if (wire::has_duplicates(unread)) return not_a_page("A name stands twice in one object.");
  return members;
}

constexpr Names<5> kEventNames = {"timestamp", "message", "ingestionTime", "logStreamName", "eventId"};
constexpr std::size_t kElementDepth = 3;
constexpr Names<2> kStreamNames = {"logStreamName", "searchedCompletely"};
constexpr Names<5> kPageNames = {"events", "nextToken", "nextForwardToken", "nextBackwardToken",
                                 "searchedLogStreams"};

// Whether the member is absent or could be read.
template <class Value>
bool read(const std::optional<dom::element>& member, Value& value, LogEvent::Field field, LogEvent& event) {
  if (!member) return true;
  if (member->get(value) != simdjson::SUCCESS) return false;
  event.present = static_cast<std::uint8_t>(event.present | field);
  return true;
}

Result<LogEvent> read_event(dom::element element, std::size_t number) {
  const auto name = [number] { return "Member events[" + std::to_string(number) + "]"; };
  if (!element.is_object()) return not_a_page(name() + " is not an object.");
  CROSSLOG_TRY(const auto members,
               read_members(element.get_object().value_unsafe(), kEventNames, kElementDepth));
  LogEvent event;
  const std::array good = {read(members[0], event.timestamp, LogEvent::kTimestamp, event),
                           read(members[1], event.message, LogEvent::kMessage, event),
                           read(members[2], event.ingestion_time, LogEvent::kIngestionTime, event),
                           read(members[3], event.log_stream_name, LogEvent::kLogStreamName, event),
                           read(members[4], event.event_id, LogEvent::kEventId, event)};
  const auto bad = static_cast<std::size_t>(std::ranges::find(good, false) - good.begin());
  if (bad == good.size()) return event;
  return not_a_page(name() + "." + std::string(kEventNames[bad]) + " is not " +
                    (bad == 0 || bad == 2 ? "an integer within int64." : "a string."));
}

Result<std::vector<LogEvent>> read_events(const std::optional<dom::element>& member) {
  if (!member) return not_a_page("Member events is missing or null.");
  if (!member->is_array()) return not_a_page("Member events is not a list.");
  std::vector<LogEvent> events;
  const dom::array list = member->get_array().value_unsafe();
  events.reserve(std::min(list.size(), EventPageDecoder::kMaxEvents));
  for (const dom::element element : list) {
    if (events.size() == EventPageDecoder::kMaxEvents)
      return not_a_page("Member events has more than 10,000 events.");
    CROSSLOG_TRY(const auto event, read_event(element, events.size()));
    events.push_back(event);
  }
  return events;
}

Result<SearchedLogStream> read_stream(dom::element element, std::size_t number) {
  const auto name = [number] { return "Member searchedLogStreams[" + std::to_string(number) + "]"; };
  if (!element.is_object()) return not_a_page(name() + " is not an object.");
  CROSSLOG_TRY(const auto members,
               read_members(element.get_object().value_unsafe(), kStreamNames, kElementDepth));
  SearchedLogStream stream;
  if (members[0] && members[0]->get(stream.log_stream_name) != simdjson::SUCCESS)
    return not_a_page(name() + ".logStreamName is not a string.");
  if (members[1] && members[1]->get(stream.searched_completely.emplace()) != simdjson::SUCCESS)
    return not_a_page(name() + ".searchedCompletely is neither true nor false.");
  return stream;
}

Result<std::vector<SearchedLogStream>> read_streams(const std::optional<dom::element>& member) {
  std::vector<SearchedLogStream> streams;
  if (!member) return streams;
  if (!member->is_array()) return not_a_page("Member searchedLogStreams is not a list.");
  const dom::array list = member->get_array().value_unsafe();
  for (const dom::element element : list) {
    if (streams.size() == EventPageDecoder::kMaxSearchedStreams)
      return not_a_page("Member searchedLogStreams has more than 1,000,000 streams.");
    CROSSLOG_TRY(const auto stream, read_stream(element, streams.size()));
    streams.push_back(stream);
  }
  return streams;
}

Result<std::optional<std::string_view>> read_token(const Members<5>& members, std::size_t index) {
  if (!members[index]) return std::nullopt;
  std::string_view token;
  if (members[index]->get(token) == simdjson::SUCCESS) return token;
  return not_a_page("Member " + std::string(kPageNames[index]) + " is not a string.");
}

struct Parsed {
  dom::document document;
  dom::element root;

  simdjson::error_code parse(std::string_view padded) {
    dom::parser parser;
    // simdjson counts from zero, and lets an empty list or object be one deeper.
    if (const auto error = parser.allocate(padded.size(), EventPageDecoder::kMaxDepth + 1); error)
      return error;
    return parser.parse_into_document(document, padded.data(), padded.size(), false).get(root);
  }
};

// Reads the text as it is, else, when that may help, repaired. Gives the repairs.
Result<std::size_t> parse_or_repair(Parsed& parsed, std::string_view padded) {
  auto error = parsed.parse(padded);
  std::size_t repairs = 0;
  if (error == simdjson::UTF8_ERROR || error == simdjson::STRING_ERROR) {
    auto repaired = wire::repair_json(padded);
    repairs = repaired.repairs;
    const auto size = repaired.text.size();
    repaired.text.append(EventPageDecoder::kPadding, ' ');
    if (repairs > 0) error = parsed.parse(std::string_view(repaired.text).substr(0, size));
  }
  if (error == simdjson::SUCCESS) return repairs;
  return not_a_page(wire::describe_json_fault(padded, EventPageDecoder::kMaxDepth, wire::BadText::allow,
                                              "A number cannot be held in 64 bits."));
}

}  // namespace

Result<EventPage> EventPageDecoder::decode(std::string body) {
  return decode(std::move(body), wire::string_kernels().front());
}

Result<EventPage> EventPageDecoder::decode(std::string body, const wire::StringKernel& kernel) {
  if (body.size() > kMaxBytes) return not_a_page("It is longer than 32 MiB.");
  if (auto page = scan(body, 0, kernel)) return std::move(*page);
  auto repaired = wire::repair_json(body);
  if (repaired.repairs > 0) {
    if (auto page = scan(repaired.text, repaired.repairs, kernel)) return std::move(*page);
  }
  body.append(kPadding, '\0');
  return decode_plainly(std::string_view(body).substr(0, body.size() - kPadding));
}

// Takes the text if it can be read, else leaves it as it was.
std::optional<EventPage> EventPageDecoder::scan(std::string& text, std::size_t repairs,
                                                const wire::StringKernel& kernel) {
  static_assert(kPadding >= wire::StringKernel::kZeros);
  constexpr wire::PageLimits kLimits{.events = kMaxEvents, .streams = kMaxSearchedStreams};
  const auto size = text.size();
  text.append(kPadding, '\0');
  auto owned = std::make_unique<std::string>(std::move(text));
  auto scanned = wire::scan_page(std::string_view(*owned).substr(0, size), kernel, kLimits);
  if (!scanned) {
    text = std::move(*owned);
    text.resize(size);
    return std::nullopt;
  }
  EventPage page;
  page.body_ = std::move(owned);
  page.arena_ = std::move(scanned->arena);
  page.events_ = std::move(scanned->events);
  page.searched_log_streams_ = std::move(scanned->streams);
  page.next_token_ = scanned->next_token;
  page.forward_token_ = scanned->forward_token;
  page.backward_token_ = scanned->backward_token;
  page.repairs_ = repairs;
  return page;
}

Result<EventPage> EventPageDecoder::decode_plainly(std::string_view text) {
  if (text.size() > kMaxBytes) return not_a_page("It is longer than 32 MiB.");
  if (text.starts_with(wire::kByteOrderMark)) return not_a_page("Byte 0: A byte order mark stands here.");
  Parsed parsed;
  EventPage page;
  CROSSLOG_TRY(page.repairs_, parse_or_repair(parsed, text));
  if (!parsed.root.is_object()) return not_a_page("It is not an object.");
  CROSSLOG_TRY(const auto members, read_members(parsed.root.get_object().value_unsafe(), kPageNames, 1));
  CROSSLOG_TRY(page.events_, read_events(members[0]));
  CROSSLOG_TRY(page.next_token_, read_token(members, 1));
  CROSSLOG_TRY(page.forward_token_, read_token(members, 2));
  CROSSLOG_TRY(page.backward_token_, read_token(members, 3));
  CROSSLOG_TRY(page.searched_log_streams_, read_streams(members[4]));
  page.arena_ = std::move(parsed.document.string_buf);
  return page;
}

}  // namespace crosslog
