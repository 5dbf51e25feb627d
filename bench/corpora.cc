// Text is put together from words by a generator whose raw numbers are used: the
// distributions of the standard library differ between implementations.
#include "bench/corpora.h"

#include <array>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <random>
#include <span>

namespace crosslog::bench {
namespace {

using Random = std::mt19937_64;

constexpr std::array<std::string_view, 16> kWords = {
    "request", "completed", "user", "session", "cache",  "miss",   "GET",   "/api/v1/items",
    "status",  "200",       "took", "ms",      "worker", "thread", "retry", "upstream"};
constexpr std::array<std::string_view, 8> kJapanese = {"リクエスト", "処理",     "が",   "完了",
                                                       "しました",   "ユーザー", "接続", "失敗"};
constexpr std::array<std::string_view, 8> kFrench = {"requête", "terminée", "utilisateur", "échec",
                                                     "délai",   "dépassé",  "service",     "réseau"};

std::size_t below(Random& random, std::size_t limit) {
  return static_cast<std::size_t>(random() % limit);
}

std::string words(Random& random, std::span<const std::string_view> from, std::size_t size,
                  std::string_view separator = " ") {
  std::string text;
  while (text.size() < size) {
    if (!text.empty()) text += separator;
    text += from[below(random, from.size())];
  }
  return text;
}

std::string line(Random& random) {
  return words(random, kWords, 60 + below(random, 30));
}

std::string json_message(Random& random) {
  std::string text =
      R"({"level":"INFO","service":"checkout","request_id":")" + std::to_string(random()) + "\"";
  while (text.size() < 380) {
    text += ",\"" + std::string(kWords[below(random, 6)]) + "\":\"" +
            words(random, kWords, 4 + below(random, 20)) + "\"";
    text += ",\"n\":" + std::to_string(below(random, 100'000));
  }
  return text + "}";
}

std::string stack_trace(Random& random) {
  std::string text = "java.lang.IllegalStateException: " + words(random, kWords, 40);
  while (text.size() < 2000) {
    text += "\n\tat com.example." + words(random, kWords, 30, ".") +
            "(Service.java:" + std::to_string(below(random, 900)) + ")";
  }
  return text;
}

// One code point of the Basic Multilingual Plane in UTF-8, as \uXXXX.
std::string escape_unit(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(text[i])); };
  const bool two = byte(0) < 0xE0;
  const unsigned unit = two ? (byte(0) & 0x1F) << 6 | (byte(1) & 0x3F)
                            : (byte(0) & 0xF) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
  text.remove_prefix(two ? 2 : 3);
  std::array<char, 8> escape{};
  std::snprintf(escape.data(), escape.size(), "\\u%04x", unit);
  return escape.data();
}

std::string quote(std::string_view text, bool ascii_only = false) {
  std::string quoted = "\"";
  while (!text.empty()) {
    if (ascii_only && static_cast<unsigned char>(text[0]) >= 0x80) {
      quoted += escape_unit(text);
      continue;
    }
    const char c = text[0];
    text.remove_prefix(1);
    if (c == '\n' || c == '\t') {
      quoted += c == '\n' ? "\\n" : "\\t";
    } else {
      if (c == '"' || c == '\\') quoted += '\\';
      quoted += c;
    }
  }
  return quoted + "\"";
}

struct Event {
  std::string timestamp, message, ingestion_time, event_id;  // as JSON
};

Event make_event(Random& random, std::size_t number, std::string message) {
  const std::uint64_t timestamp = 1'760'000'000'000 + number * 37 + below(random, 30);
  std::string id = "\"3";
  while (id.size() < 57)
    id += static_cast<char>('0' + below(random, 10));
  return {std::to_string(timestamp), std::move(message), std::to_string(timestamp + 100 + below(random, 900)),
          id + "\""};
}

constexpr std::string_view kStream = "\"web/app/0123456789abcdef0123456789abcdef\"";

using Message = std::function<std::string(Random&)>;  // as JSON
using Layout = std::function<std::string(const Event&)>;

std::string filter_event(const Event& event) {
  return "{\"logStreamName\":" + std::string(kStream) + ",\"timestamp\":" + event.timestamp +
         ",\"message\":" + event.message + ",\"ingestionTime\":" + event.ingestion_time +
         ",\"eventId\":" + event.event_id + "}";
}

std::string get_event(const Event& event) {
  return "{\"timestamp\":" + event.timestamp + ",\"message\":" + event.message +
         ",\"ingestionTime\":" + event.ingestion_time + "}";
}

std::string reordered_event(const Event& event) {
  return "{\"eventId\":" + event.event_id + ",\"ingestionTime\":" + event.ingestion_time +
         ",\"logStreamName\":" + std::string(kStream) + ",\"message\":" + event.message +
         ",\"timestamp\":" + event.timestamp + "}";
}

std::string indented_event(const Event& event) {
  const std::string next = ",\n            ";
  return "\n        {\n            \"logStreamName\": " + std::string(kStream) + next +
         "\"timestamp\": " + event.timestamp + next + "\"message\": " + event.message + next +
         "\"ingestionTime\": " + event.ingestion_time + next + "\"eventId\": " + event.event_id +
         "\n        }";
}

std::string unknown_event(const Event& event) {
  auto text = filter_event(event);
  text.back() = ',';
  return text + "\"severity\":\"none\"}";
}

std::string nested_event(const Event& event) {
  auto text = filter_event(event);
  text.back() = ',';
  return text + R"("entity":{"keyAttributes":{"Type":"Service","Name":"web"},"tags":["a",null,true,1.5]}})";
}

// Each event in another order than the one before.
std::string shuffled_event(const Event& event) {
  switch (event.timestamp.back() % 3) {
    case 0:
      return filter_event(event);
    case 1:
      return reordered_event(event);
    default:
      return unknown_event(event);
  }
}

std::string make_page(std::uint64_t seed, std::size_t events, const Message& message, const Layout& layout,
                      std::string_view tokens) {
  Random random(seed);
  std::string page = "{\"events\":[";
  for (std::size_t i = 0; i < events; ++i) {
    if (i > 0) page += ',';
    page += layout(make_event(random, i, message(random)));
  }
  return page + "]," + std::string(tokens) + "}";
}

constexpr std::string_view kFilterTokens = R"("nextToken":"Bxkq6kVGFtq2y_MoigeqscPOdhXVbhiVtLoAmXb5jCo7A2zq",
"searchedLogStreams":[])";
constexpr std::string_view kStreamsSearched =
    R"("searchedLogStreams":[{"logStreamName":"web/app/1","searchedCompletely":true},)"
    R"({"logStreamName":"web/app/2","searchedCompletely":false}],"nextToken":"Bxkq6kVGFtq2y_MoigeqscPOdhXVbhiVtLoAmXb5jCo7A2zq")";
constexpr std::string_view kGetTokens =
    R"("nextBackwardToken":"b/31132629274945519779805322857203735586714454643391594505",
"nextForwardToken":"f/31132629323784151764587387538205132201699397759403884544")";

}  // namespace

std::vector<Corpus> make_corpora() {
  const Message plain = [](Random& random) { return quote(line(random)); };
  const auto filter = [](std::uint64_t seed, std::size_t events, const Message& message,
                         const Layout& layout = filter_event) {
    return make_page(seed, events, message, layout, kFilterTokens);
  };
  const auto japanese = [](Random& random) { return words(random, kJapanese, 240, ""); };
  return {
      {"short80", filter(1, 8000, plain)},
      {"json400", filter(2, 2400, [](Random& random) { return quote(json_message(random)); })},
      {"stack2k", filter(3, 500, [](Random& random) { return quote(stack_trace(random)); })},
      {"ja", filter(4, 3500, [&](Random& random) { return quote(japanese(random)); })},
      {"uesc", filter(5, 2000, [&](Random& random) { return quote(japanese(random), true); })},
      {"accents", filter(6, 3000, [](Random& random) { return quote(words(random, kFrench, 240), true); })},
      {"get", make_page(7, 10'000, plain, get_event, kGetTokens)},
      {"giant", make_page(
                    8, 1, [](Random& random) { return quote(words(random, kWords, 1u << 20)); }, get_event,
                    kGetTokens)},
      {"reordered", filter(9, 8000, plain, reordered_event)},
      {"indented", filter(10, 8000, plain, indented_event)},
      {"unknown", filter(11, 8000, plain, unknown_event)},
      {"nested", filter(12, 8000, plain, nested_event)},
      {"shuffled", filter(13, 8000, plain, shuffled_event)},
      {"streams", make_page(14, 8000, plain, filter_event, kStreamsSearched)},
  };
}

}  // namespace crosslog::bench
