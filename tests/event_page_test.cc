// Cases are folders (tests/data/event_page/<case>: the body and what must come
// of it). Every page of ours and of the shared vectors goes through Boost.JSON
// as well: both must see the same events.
#define BOOST_TEST_MODULE event_page
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "tests/support/conformance.h"
#include "tests/support/json.h"
#include "tests/support/kernels.h"
#include "wire/event_page.h"

using crosslog::Errc;
using crosslog::EventPage;
using crosslog::EventPageDecoder;
using crosslog::LogEvent;
namespace fs = std::filesystem;
namespace json = boost::json;
namespace test = crosslog::test;

namespace {

json::value token(std::optional<std::string_view> text) {
  return text ? json::value(json::string(*text)) : json::value();
}

void insert_present(json::object& object, std::string_view name, json::value value) {
  if (!value.is_null()) object[name] = std::move(value);
}

// A name that is absent is an empty one.
json::array show(std::span<const crosslog::SearchedLogStream> streams) {
  json::array shown;
  for (const auto& stream : streams) {
    json::object one{{"logStreamName", stream.log_stream_name}};
    if (stream.searched_completely) one["searchedCompletely"] = *stream.searched_completely;
    shown.push_back(std::move(one));
  }
  return shown;
}

// A page as a JSON object: absent members are absent.
json::object show(const EventPage& page) {
  json::array events;
  for (const LogEvent& event : page.events()) {
    json::object shown;
    if (event.has(LogEvent::kTimestamp)) shown["timestamp"] = event.timestamp;
    if (event.has(LogEvent::kMessage)) shown["message"] = event.message;
    if (event.has(LogEvent::kIngestionTime)) shown["ingestionTime"] = event.ingestion_time;
    if (event.has(LogEvent::kLogStreamName)) shown["logStreamName"] = event.log_stream_name;
    if (event.has(LogEvent::kEventId)) shown["eventId"] = event.event_id;
    events.push_back(std::move(shown));
  }
  json::object shown;
  shown["events"] = std::move(events);
  insert_present(shown, "nextToken", token(page.next_token()));
  insert_present(shown, "nextForwardToken", token(page.next_forward_token()));
  insert_present(shown, "nextBackwardToken", token(page.next_backward_token()));
  if (!page.searched_log_streams().empty()) shown["searchedLogStreams"] = show(page.searched_log_streams());
  return shown;
}

// The members called `names` that are not null; nullopt when one has another
// type than `kind` says.
template <class IsRight>
bool copy_members(const json::object& from, json::object& to, std::initializer_list<std::string_view> names,
                  IsRight is_right) {
  for (const auto name : names) {
    const auto* value = from.if_contains(name);
    if (value == nullptr || value->is_null()) continue;
    if (!is_right(*value)) return false;
    to[name] = *value;
  }
  return true;
}

bool copy_searched_streams(const json::object& from, json::object& to) {
  const auto* list = from.if_contains("searchedLogStreams");
  if (list == nullptr || list->is_null()) return true;
  if (!list->is_array()) return false;
  json::array streams;
  for (const auto& stream : list->as_array()) {
    json::object shown{{"logStreamName", ""}};
    if (!stream.is_object() ||
        !copy_members(stream.as_object(), shown, {"logStreamName"},
                      [](const auto& v) { return v.is_string(); }) ||
        !copy_members(stream.as_object(), shown, {"searchedCompletely"},
                      [](const auto& v) { return v.is_bool(); })) {
      return false;
    }
    streams.push_back(std::move(shown));
  }
  if (!streams.empty()) to["searchedLogStreams"] = std::move(streams);
  return true;
}

// The second decoder. It knows nothing of duplicate names, big numbers in
// members that are not read, or repairs.
std::optional<json::object> decode_with_boost(std::string_view body) {
  boost::system::error_code error;
  json::parse_options options;
  options.max_depth = EventPageDecoder::kMaxDepth;
  const auto value = json::parse(body, error, {}, options);
  if (error || !value.is_object()) return std::nullopt;
  const auto is_string = [](const json::value& v) { return v.is_string(); };
  const auto is_integer = [](const json::value& v) { return v.is_int64(); };
  const auto* list = value.as_object().if_contains("events");
  if (list == nullptr || !list->is_array() || list->as_array().size() > EventPageDecoder::kMaxEvents)
    return std::nullopt;
  json::array events;
  for (const auto& event : list->as_array()) {
    json::object shown;
    if (!event.is_object() ||
        !copy_members(event.as_object(), shown, {"timestamp", "ingestionTime"}, is_integer) ||
        !copy_members(event.as_object(), shown, {"message", "logStreamName", "eventId"}, is_string)) {
      return std::nullopt;
    }
    events.push_back(std::move(shown));
  }
  json::object shown;
  shown["events"] = std::move(events);
  if (!copy_members(value.as_object(), shown, {"nextToken", "nextForwardToken", "nextBackwardToken"},
                    is_string) ||
      !copy_searched_streams(value.as_object(), shown)) {
    return std::nullopt;
  }
  return shown;
}

std::string hint(const crosslog::Result<EventPage>& page) {
  BOOST_REQUIRE(!page);
  BOOST_TEST((page.error().code == Errc::protocol));
  BOOST_TEST(page.error().message == "The answer is not a page of log events");
  BOOST_REQUIRE(page.error().hints.size() == 1);
  return page.error().hints.front();
}

// Boost.JSON lets these pass: it is no reference for them.
bool boost_is_lax_about(std::string_view fault) {
  return fault.find("stands twice") != std::string_view::npos || fault.starts_with("A number cannot be held");
}

void check_same(const crosslog::Result<EventPage>& page, const crosslog::Result<EventPage>& expected) {
  BOOST_REQUIRE(page.has_value() == expected.has_value());
  if (!page) {
    BOOST_TEST(hint(page) == hint(expected));
    return;
  }
  BOOST_TEST(page->repairs() == expected->repairs());
  BOOST_TEST((page->next_token() == expected->next_token()));
  BOOST_TEST((page->next_forward_token() == expected->next_forward_token()));
  BOOST_TEST((page->next_backward_token() == expected->next_backward_token()));
  BOOST_TEST(show(page->searched_log_streams()) == show(expected->searched_log_streams()));
  BOOST_REQUIRE(page->events().size() == expected->events().size());
  for (std::size_t i = 0; i < page->events().size(); ++i) {
    const LogEvent& a = page->events()[i];
    const LogEvent& b = expected->events()[i];
    BOOST_TEST((a.timestamp == b.timestamp && a.ingestion_time == b.ingestion_time &&
                a.message == b.message && a.log_stream_name == b.log_stream_name &&
                a.event_id == b.event_id && a.present == b.present));
  }
}

// The plain way, and that every kernel gives the same.
crosslog::Result<EventPage> decode(const std::string& body) {
  const auto padded = body + std::string(EventPageDecoder::kPadding, ' ');
  auto plain = EventPageDecoder::decode_plainly(std::string_view(padded).substr(0, body.size()));
  for (const auto& kernel : test::kernels()) {
    BOOST_TEST_INFO_SCOPE("kernel: " << kernel.name);
    check_same(EventPageDecoder::decode(body, kernel), plain);
  }
  return plain;
}

void check_against_boost(const std::string& body) {
  BOOST_TEST_INFO("stage: the second decoder");
  const auto page = decode(body);
  const auto reference = decode_with_boost(body);
  if (!page) {
    BOOST_CHECK(!reference || boost_is_lax_about(hint(page)));
  } else if (page->repairs() == 0) {
    BOOST_REQUIRE(reference);
    BOOST_TEST(show(*page) == *reference);
  } else {
    BOOST_CHECK(!reference);
  }
}

void check_own_case(const fs::path& folder) {
  const auto body = test::read_text((folder / "page.json").string());
  auto expected = test::read_json((folder / "expected.json").string()).as_object();
  const auto page = decode(body);
  if (const auto* error = expected.if_contains("error")) {
    BOOST_TEST_INFO("stage: refusal");
    BOOST_TEST(hint(page) == error->as_string());
  } else {
    BOOST_TEST_INFO("stage: decoding");
    BOOST_REQUIRE_MESSAGE(page, (page ? "" : page.error().hints.front()));
    BOOST_TEST(page->repairs() == expected.at("repairs").to_number<std::size_t>());
    expected.erase("repairs");
    expected.erase("note");
    BOOST_TEST(show(*page) == expected);
  }
  check_against_boost(body);
}

void check_shared_page(const std::string& body) {
  const auto page = decode(body);
  BOOST_REQUIRE_MESSAGE(page, (page ? "" : page.error().hints.front()));
  check_against_boost(body);
}

bool is_page_operation(std::string_view name) {
  return name == "GetLogEvents" || name == "FilterLogEvents";
}

void add_shared_case(const std::string& name, const json::value& body) {
  if (!body.is_object() && !body.is_string()) return;
  const std::string text = body.is_string() ? std::string(body.as_string()) : json::serialize(body);
  test::add_case(name, [text] { check_shared_page(text); });
}

// The answers that the AWS CLI's recorded runs got: one, or a list of them.
void add_cli_answers(const std::string& name, const json::value& answers) {
  const auto list = answers.is_array() ? answers.as_array() : json::array{answers};
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto* answer = list[i].if_object();
    if (answer == nullptr || !answer->contains("body")) continue;
    const auto* status = answer->if_contains("status");
    if (status != nullptr && *status != 200) continue;
    add_shared_case(name + "/" + std::to_string(i), answer->at("body"));
  }
}

bool add_cases() {
  for (const auto& entry : fs::directory_iterator(test::own_cases("event_page"))) {
    test::add_case("own/" + entry.path().filename().string(),
                   [folder = entry.path()] { check_own_case(folder); });
  }
  const auto successes = test::conformance("json/constructed-success");
  if (!successes) return test::add_skipped("event_page");
  for (const auto& entry : fs::directory_iterator(*successes)) {
    const auto vector = test::read_json(entry.path().string());
    if (!is_page_operation(vector.at("operation").as_string())) continue;
    add_shared_case("constructed-success/" + entry.path().stem().string(), vector.at("body"));
  }
  const auto outputs = test::conformance("cli-output");
  if (!outputs) return test::add_skipped("cli-output");
  for (const auto& entry : fs::directory_iterator(*outputs)) {
    const auto vector = test::read_json((entry.path() / "case.json").string());
    const auto* server = vector.as_object().if_contains("server");
    if (server == nullptr || !server->is_object()) continue;
    for (const auto& [operation, answers] : server->as_object()) {
      if (is_page_operation(operation))
        add_cli_answers("cli-output/" + entry.path().filename().string(), answers);
    }
  }
  return true;
}

std::string page_of(std::size_t events, std::string_view event) {
  std::string body = "{\"events\":[";
  for (std::size_t i = 0; i < events; ++i)
    body += (i == 0 ? "" : ",") + std::string(event);
  return body + "]}";
}

constexpr std::string_view kThreeEvents =
    R"({"events":[{"timestamp":1,"message":"a\n\u00e9","ingestionTime":2},{"timestamp":-3,"message":"\ud83d\ude00"},)"
    R"({"eventId":"x","other":[1.5,null]}],"nextForwardToken":"f/3","nextBackwardToken":"b/3"})";

}  // namespace

static const bool registered = add_cases();

BOOST_AUTO_TEST_CASE(a_page_cut_at_any_byte_is_refused) {
  BOOST_REQUIRE(decode(std::string(kThreeEvents)));
  for (std::size_t size = 0; size < kThreeEvents.size(); ++size) {
    hint(decode(std::string(kThreeEvents.substr(0, size))));
  }
}

BOOST_AUTO_TEST_CASE(the_bytes_behind_the_body_mean_nothing) {
  const auto expected = show(EventPageDecoder::decode(std::string(kThreeEvents)).value());
  for (const char padding : {'\0', ' ', ']', '}', '"', '7', '\\', '\xFF'}) {
    const auto buffer = std::string(kThreeEvents) + std::string(EventPageDecoder::kPadding, padding);
    for (std::size_t size = kThreeEvents.size() - 3; size <= kThreeEvents.size(); ++size) {
      const auto page = EventPageDecoder::decode_plainly(std::string_view(buffer).substr(0, size));
      BOOST_TEST(page.has_value() == (size == kThreeEvents.size()));
      if (page) BOOST_TEST(show(*page) == expected);
    }
  }
}

BOOST_AUTO_TEST_CASE(views_survive_a_move_of_the_page) {
  auto page = EventPageDecoder::decode(std::string(kThreeEvents)).value();
  const auto expected = show(page);
  std::vector<EventPage> pages;
  for (int i = 0; i < 10; ++i)
    pages.push_back(EventPageDecoder::decode(page_of(1, R"({"message":"other"})")).value());
  pages.front() = std::move(page);
  BOOST_TEST(show(pages.front()) == expected);
  BOOST_TEST(pages.back().events().front().message == "other");
}

BOOST_AUTO_TEST_CASE(ten_thousand_events_and_no_more) {
  const auto page = decode(page_of(10'000, R"({"timestamp":1,"message":"m"})"));
  BOOST_REQUIRE(page);
  BOOST_TEST(page->events().size() == 10'000u);
  BOOST_TEST(hint(decode(page_of(10'001, "{}"))) == "Member events has more than 10,000 events.");
}

BOOST_AUTO_TEST_CASE(a_message_and_a_token_of_a_megabyte) {
  const std::string megabyte(1u << 20, 'x');
  const auto page =
      decode("{\"events\":[{\"message\":\"" + megabyte + "\"}],\"nextToken\":\"" + megabyte + "\"}");
  BOOST_REQUIRE(page);
  BOOST_TEST((page->events().front().message == megabyte));
  BOOST_TEST((page->next_token() == megabyte));
}

BOOST_AUTO_TEST_CASE(thirty_two_mebibytes_and_no_more) {
  std::string body = "{\"events\":[]";
  body.append(EventPageDecoder::kMaxBytes - body.size() - 1, ' ') += '}';
  BOOST_TEST(EventPageDecoder::decode(body).has_value());
  BOOST_TEST(hint(EventPageDecoder::decode(body + " ")) == "It is longer than 32 MiB.");
}

BOOST_AUTO_TEST_CASE(a_megabyte_of_bad_bytes_is_repaired) {
  const auto page =
      EventPageDecoder::decode("{\"events\":[{\"message\":\"" + std::string(1u << 20, '\x80') + "\"}]}");
  BOOST_REQUIRE(page);
  BOOST_TEST(page->repairs() == 1u << 20);
  BOOST_TEST(page->events().front().message.size() == 3u << 20);
}

BOOST_AUTO_TEST_CASE(depth_is_refused_without_recursion) {
  for (const std::string open : {"[", "{\"a\":"}) {
    std::string body = "{\"events\":[],\"a\":";
    for (int i = 0; i < 200'000; ++i)
      body += open;
    BOOST_TEST(hint(EventPageDecoder::decode(body)).ends_with("Lists and objects are nested too deeply."));
  }
}

BOOST_AUTO_TEST_CASE(a_huge_list_of_searched_streams) {
  std::string body = "{\"events\":[],\"searchedLogStreams\":[{}";
  for (int i = 0; i < 100'000; ++i)
    body += R"(,{"logStreamName":"s","searchedCompletely":true})";
  BOOST_TEST(EventPageDecoder::decode(body + "]}")->searched_log_streams().size() == 100'001u);
  BOOST_TEST(!EventPageDecoder::decode(body + ",{\"a\":1,\"a\":2}]}"));
  for (std::size_t i = 100'001; i < EventPageDecoder::kMaxSearchedStreams; ++i)
    body += ",{}";
  BOOST_TEST(EventPageDecoder::decode(body + "]}").has_value());
  BOOST_TEST(hint(EventPageDecoder::decode(body + ",{}]}")) ==
             "Member searchedLogStreams has more than 1,000,000 streams.");
}

BOOST_AUTO_TEST_CASE(no_byte_of_the_body_is_in_an_error) {
  for (const std::string body :
       {"{\"events\":[{\"message\":\"hunter2", "{\"hunter2\":1,\"hunter2\":2}", "hunter2"}) {
    BOOST_TEST(hint(decode(body)).find("hunter2") == std::string::npos);
  }
}

// Each replaces a part of a page that the fast way reads: most of them send it
// back to the plain way, and all must come out alike.
constexpr std::string_view kUsualPage =
    R"({"events":[{"logStreamName":"s","timestamp":1760000000000,"message":"a","ingestionTime":1760000000001,)"
    R"("eventId":"3"},{"logStreamName":"s","timestamp":2,"message":"b\n","ingestionTime":3,"eventId":"4"}],)"
    R"("nextToken":"t","searchedLogStreams":[]})";

BOOST_AUTO_TEST_CASE(usual_pages_with_a_byte_replaced) {
  for (std::size_t at = 0; at < kUsualPage.size(); ++at) {
    for (const char c : std::string_view("\0\t \"\\,:[]{}0-.en\x80", 17)) {
      std::string body(kUsualPage);
      body[at] = c;
      decode(body);
    }
  }
}

BOOST_AUTO_TEST_CASE(usual_pages_with_bytes_put_in_or_left_out) {
  for (std::size_t at = 0; at <= kUsualPage.size(); ++at) {
    for (const std::string_view more :
         {" ", "\r\n\t ", "         ", "\"", "\\", ",", "0", "null", "\"x\":1,"})
      decode(std::string(kUsualPage).insert(at, more));
    for (const std::size_t size : {1u, 2u, 8u})
      decode(std::string(kUsualPage).erase(at, size));
  }
}

BOOST_AUTO_TEST_CASE(members_of_events) {
  for (
      const std::string_view event : {
          "{}",
          "{ }",
          R"({"message":"b","timestamp":1})",
          R"({ "message" : "b" , "timestamp" : 1 })",
          R"({"message":"b","message":"c"})",
          R"({"message":"b","x":1,"message":"c"})",
          R"({"timestamp":1,"message":"b","ingestionTime":2,"logStreamName":"s","eventId":"3","message":"c"})",
          R"({"message":null})",
          R"({"timestamp":null,"message":"b"})",
          R"({"message":1})",
          R"({"timestamp":"1"})",
          R"({"mess\u0061ge":"b"})",
          R"({"mess\u0061ge":"b","message":"c"})",
          R"({"":1})",
          R"({"x":1,"y":"\n","z":null,"message":"b"})",
          R"({"x":1,"message":"b","x":2})",
          R"({"x":true,"y":false})",
          R"({"x":True})",
          R"({"x":1.5})",
          R"({"x":-1})",
          R"({"x":01})",
          R"({"x":"\q"})",
          R"({"x":nullx})",
          R"({"x":[]})",
          R"({"x":{"message":"c"},"message":"b"})",
          "{\"x\":\"12,\n\"y\":1}",
          R"({"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"j":1,"k":1,"l":1,"m":1,"n":1,"o":1,"p":1,"q":1})",
          R"({"Message":"b"})",
          R"({"message ":"b"})",
          "[]",
          "1",
      }) {
    decode(page_of(1, event));
    decode(page_of(3, event));
    decode(R"({"events":[{"timestamp":1,"message":"a"},)" + std::string(event) + "]}");
  }
}

BOOST_AUTO_TEST_CASE(members_of_pages) {
  for (const std::string_view member :
       {R"("events":[])", R"("nextToken":"t")", R"("nextToken":null)", R"("nextToken":1)",
        R"("nextToken":"\n")", R"("nextForwardToken":"t","nextForwardToken":"t")",
        R"("searchedLogStreams":[],"searchedLogStreams":[])", R"("searchedLogStreams":null)",
        R"("searchedLogStreams":[ ])", R"("searchedLogStreams":[{}])", R"("x":1)", R"("x":1,"x":2)",
        R"("x":[1])", R"("x" :1)", R"("x":"\ud800")", "\"x\":\"\xFF\""}) {
    decode("{\"events\":[]," + std::string(member) + "}");
    decode("{" + std::string(member) + ",\"events\":[{\"message\":\"a\"}]}");
    decode("{" + std::string(member) + "}");
  }
}

BOOST_AUTO_TEST_CASE(integers) {
  for (const std::string_view integer : {"0",
                                         "00",
                                         "01",
                                         "9",
                                         "12345678",
                                         "123456789",
                                         "00000000",
                                         "1760000000000",
                                         "999999999999999999",
                                         "1000000000000000000",
                                         "9223372036854775807",
                                         "9223372036854775808",
                                         "99999999999999999999",
                                         "-1",
                                         "-0",
                                         "+1",
                                         "1.0",
                                         "1e3",
                                         "1E3",
                                         "1.",
                                         "12345678.5",
                                         "1x",
                                         "1 2",
                                         "",
                                         "-",
                                         "12345678/",
                                         "1234567:"}) {
    decode(page_of(1, "{\"timestamp\":" + std::string(integer) + "}"));
    decode(page_of(2, "{\"timestamp\": " + std::string(integer) + " ,\"ingestionTime\":5}"));
    decode(page_of(1, "{\"other\":" + std::string(integer) + "}"));
  }
}

BOOST_AUTO_TEST_CASE(strings_over_the_borders_of_blocks) {
  for (std::size_t offset = 0; offset <= 130; ++offset) {
    const std::string plain(offset, 'x');
    for (const std::string_view piece : {"", "\\\"", "\\\\", "\\n", "\\u00e9", "\\ud83d\\ude00", "\\ud83d",
                                         "\xC3\xA9", "\xC3", "\t", "\\x"}) {
      decode(page_of(2, "{\"message\":\"" + plain + std::string(piece) + "\",\"eventId\":\"" +
                            std::string(piece) + plain + "\"}"));
    }
    decode("{\"events\":[{\"message\":\"" + plain);
  }
}

BOOST_AUTO_TEST_CASE(the_fast_way_is_taken) {
  for (const auto& kernel : test::kernels()) {
    const auto page = EventPageDecoder::decode(std::string(kUsualPage), kernel).value();
    const auto* const first = page.events()[0].message.data();
    const auto between = kUsualPage.find(R"("3"})") - kUsualPage.find(R"("a",)");
    BOOST_TEST(static_cast<std::size_t>(page.events()[0].event_id.data() - first) == between);  // in the body
  }
}
