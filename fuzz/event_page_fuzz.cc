// Check of meaning: a second decoder, parse_json and a walk over its Document,
// accepts the same pages and finds the same events, tokens, searched streams and
// repairs; the bytes behind the body change nothing; and the fast way on every
// kernel (CROSSLOG_DECODER names one) gives what the plain way gives, errors
// included. The input is a page, and then the text of strings in a page of the
// usual kind, so that the fast way has strings to read: as it is, and with its
// first escape over the border of two blocks, and between events alike.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "crosslog/document.h"
#include "tests/support/kernels.h"
#include "wire/event_page.h"
#include "wire/json_repair.h"

namespace {

using namespace crosslog;

constexpr JsonLimits kLimits{.max_bytes = 3 * EventPageDecoder::kMaxBytes,
                             .max_depth = EventPageDecoder::kMaxDepth};

void require(bool holds) {
  if (!holds) __builtin_trap();
}

const Document* present(const Document& object, std::string_view name) {
  const auto* value = object.find(name);
  return value != nullptr && !value->is_null() ? value : nullptr;
}

bool has_types(const Document& event) {
  if (event.map() == nullptr) return false;
  for (const auto name : {"timestamp", "ingestionTime"}) {
    if (const auto* value = present(event, name); value != nullptr && value->integer() == nullptr)
      return false;
  }
  for (const auto name : {"message", "logStreamName", "eventId"}) {
    if (const auto* value = present(event, name); value != nullptr && value->string() == nullptr)
      return false;
  }
  return true;
}

bool is_searched_stream(const Document& stream) {
  const auto* name = present(stream, "logStreamName");
  const auto* searched = present(stream, "searchedCompletely");
  return stream.map() != nullptr && (name == nullptr || name->string() != nullptr) &&
         (searched == nullptr || searched->boolean() != nullptr);
}

bool has_searched_streams(const Document& document) {
  const auto* streams = present(document, "searchedLogStreams");
  if (streams == nullptr) return true;
  return streams->list() != nullptr && streams->list()->size() <= EventPageDecoder::kMaxSearchedStreams &&
         std::ranges::all_of(*streams->list(), is_searched_stream);
}

bool is_page(const Document& document) {
  const auto* events = document.find("events");
  if (events == nullptr || events->list() == nullptr ||
      events->list()->size() > EventPageDecoder::kMaxEvents) {
    return false;
  }
  for (const auto& event : *events->list()) {
    if (!has_types(event)) return false;
  }
  for (const auto name : {"nextToken", "nextForwardToken", "nextBackwardToken"}) {
    if (const auto* value = present(document, name); value != nullptr && value->string() == nullptr)
      return false;
  }
  return has_searched_streams(document);
}

struct Reference {
  std::optional<Document> page;
  std::size_t repairs = 0;
};

Reference decode_again(std::string_view text) {
  Reference reference;
  auto document = parse_json(text, kLimits);
  if (!document) {
    const auto repaired = wire::repair_json(text);
    reference.repairs = repaired.repairs;
    document = parse_json(repaired.text, kLimits);
  }
  if (document && is_page(*document)) reference.page = std::move(*document);
  return reference;
}

void check_text(const Document& object, std::string_view name, std::optional<std::string_view> text) {
  const auto* value = present(object, name);
  require((value != nullptr) == text.has_value());
  require(value == nullptr || *value->string() == *text);
}

void check_integer(const Document& object, std::string_view name, std::optional<std::int64_t> number) {
  const auto* value = present(object, name);
  require((value != nullptr) == number.has_value());
  require(value == nullptr || *value->integer() == *number);
}

template <class Value>
std::optional<Value> field(const LogEvent& event, LogEvent::Field bit, Value value) {
  require(event.has(bit) || value == Value());
  return event.has(bit) ? std::optional(value) : std::nullopt;
}

void check_event(const LogEvent& event, const Document& expected) {
  check_integer(expected, "timestamp", field(event, LogEvent::kTimestamp, event.timestamp));
  check_integer(expected, "ingestionTime", field(event, LogEvent::kIngestionTime, event.ingestion_time));
  check_text(expected, "message", field(event, LogEvent::kMessage, event.message));
  check_text(expected, "logStreamName", field(event, LogEvent::kLogStreamName, event.log_stream_name));
  check_text(expected, "eventId", field(event, LogEvent::kEventId, event.event_id));
}

void check_streams(std::span<const SearchedLogStream> streams, const Document* expected) {
  require(streams.size() == (expected != nullptr ? expected->list()->size() : 0));
  for (std::size_t i = 0; i < streams.size(); ++i) {
    const auto& stream = (*expected->list())[i];
    const auto* name = present(stream, "logStreamName");
    const auto* searched = present(stream, "searchedCompletely");
    require(streams[i].log_stream_name == (name != nullptr ? *name->string() : std::string()));
    require(streams[i].searched_completely.has_value() == (searched != nullptr));
    require(searched == nullptr || *streams[i].searched_completely == *searched->boolean());
  }
}

void check_page(const EventPage& page, const Reference& reference) {
  require(page.repairs() == reference.repairs);
  const auto& events = *reference.page->find("events")->list();
  require(page.events().size() == events.size());
  for (std::size_t i = 0; i < events.size(); ++i)
    check_event(page.events()[i], events[i]);
  check_text(*reference.page, "nextToken", page.next_token());
  check_text(*reference.page, "nextForwardToken", page.next_forward_token());
  check_text(*reference.page, "nextBackwardToken", page.next_backward_token());
  check_streams(page.searched_log_streams(), present(*reference.page, "searchedLogStreams"));
}

Result<EventPage> decode(std::string_view text, char padding) {
  const auto block = std::make_unique<char[]>(text.size() + EventPageDecoder::kPadding);
  std::memcpy(block.get(), text.data(), text.size());
  std::memset(block.get() + text.size(), padding, EventPageDecoder::kPadding);
  return EventPageDecoder::decode_plainly({block.get(), text.size()});
}

void check_same(const Error& a, const Error& b) {
  require(a.code == b.code && a.message == b.message && a.hints == b.hints);
}

void check(std::string_view text) {
  const auto reference = decode_again(text);
  const auto check_result = [&reference](const Result<EventPage>& page) {
    require(page.has_value() == reference.page.has_value());
    if (page) check_page(*page, reference);
  };
  const auto plain = decode(text, ' ');
  check_result(plain);
  for (const char padding : {'\0', ']', '}', '"', '7'})
    check_result(decode(text, padding));
  static const auto kernels = test::kernels();
  for (const auto& kernel : kernels) {
    const auto page = EventPageDecoder::decode(std::string(text), kernel);
    check_result(page);
    if (!page) check_same(page.error(), plain.error());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  check(text);
  constexpr std::size_t kBlock = 64;
  const std::string to_border((kBlock - 1 - text.find('\\')) % kBlock, 'x');
  check(R"({"events":[{"timestamp":1760000000000,"message":")" + text +
        R"(","ingestionTime":2},{"message":")" + to_border + text + R"("}],"nextForwardToken":")" + text +
        "\"}");
  // A run of events that is long enough to be told from the rest of the page.
  const std::string filler(1024, 'x');
  check(R"({"events":[{"message":"\n"},{"message":")" + text + R"("},{"message":")" + filler +
        R"("},{"message":")" + text + R"("}]})");
  return 0;
}
