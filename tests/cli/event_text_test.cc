// Pages that go to the output as they are, beside the same answers as Documents:
// whatever an answer looks like, the bytes are the same.
#define BOOST_TEST_MODULE cli_event_text
#include "cli/output/event_text.h"

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <vector>

#include "cli/output/event_json.h"
#include "cli/output/json.h"
#include "cli/output/text.h"
#include "cli/pages.h"
#include "crosslog/operations.h"

using namespace crosslog;
using namespace crosslog::cli;

namespace {

class Answers {
 public:
  explicit Answers(unsigned seed) : random_(seed) {}

  std::string make(bool filter) {
    blanks_ = one_in(4);
    usual_ = one_in(2);
    std::vector<std::string> members;
    members.push_back(member("events", events(filter)));
    if (filter) {
      if (one_in(2)) members.push_back(member("nextToken", token()));
      if (usual_ || !one_in(4)) members.push_back(member("searchedLogStreams", streams()));
      if (one_in(2) && members.size() == 3) std::swap(members[1], members[2]);
      if (one_in(8)) std::swap(members.front(), members.back());
    } else {
      if (!one_in(4)) members.push_back(member("nextForwardToken", token()));
      if (!one_in(4)) members.push_back(member("nextBackwardToken", token()));
    }
    if (!usual_ && one_in(6)) members.push_back(member(filter ? "nextForwardToken" : "nextToken", token()));
    if (!usual_ && one_in(6)) members.push_back(member("unknown", R"({"searchedLogStreams":[],"a":[1]})"));
    if (!usual_ && one_in(4)) std::ranges::shuffle(members, random_);
    return object(members);
  }

 private:
  bool one_in(unsigned chances) { return random_() % chances == 0; }
  std::string blank() { return blanks_ && one_in(3) ? " \n" : ""; }
  std::string member(std::string_view name, const std::string& value) {
    return "\"" + std::string(name) + "\":" + blank() + value;
  }
  std::string object(const std::vector<std::string>& members) {
    std::string out = "{" + blank();
    for (const auto& member : members)
      out += (&member == &members.front() ? "" : ",") + blank() + member;
    return out + blank() + "}";
  }
  std::string token() {
    return !usual_ && one_in(8) ? one_in(2) ? "null" : R"("a\"b")" : one_in(9) ? R"("")" : R"("f/1234")";
  }

  std::string text() {
    static constexpr std::array kPieces{"plain words ",
                                        "\\n",
                                        "\\t",
                                        "\\\"",
                                        "\\u00e9",
                                        "\xE3\x81\x82",
                                        "\xFF",
                                        "\\ud800",
                                        "\\u0000",
                                        "\\\\",
                                        "searchedLogStreams",
                                        "]}",
                                        "\xF0\x9F\x92\xA9",
                                        ""};
    std::string out = "\"";
    for (auto n = random_() % 6; n > 0; --n)
      out += kPieces[random_() % kPieces.size()];
    if (one_in(50)) out += std::string(100'000, 'x');
    return out + "\"";
  }
  std::string integer() {
    return std::to_string(static_cast<std::int64_t>(random_() % 3'000'000'000'000) -
                          (one_in(9) ? 2'000'000'000'000 : 0));
  }

  std::string events(bool filter) {
    std::string out = "[";
    const unsigned rare = usual_ ? 1000 : 5;
    for (auto n = one_in(5) ? 0 : random_() % 12; n > 0; --n) {
      std::vector<std::string> members;
      const auto add = [&](const char* name, const std::string& value) {
        if (!one_in(rare)) members.push_back(member(name, one_in(rare) ? "null" : value));
      };
      if (filter || one_in(rare * 10)) add("logStreamName", text());
      add("timestamp", integer());
      add("message", text());
      add("ingestionTime", integer());
      if (filter || one_in(rare * 10)) add("eventId", text());
      if (one_in(rare)) members.push_back(member("unknown", "[{\"x\":1.5}]"));
      if (one_in(rare)) std::ranges::shuffle(members, random_);
      out += (out.size() > 1 ? "," : "") + blank() + object(members);
    }
    return out + "]";
  }
  std::string streams() {
    if (usual_) return "[]";
    switch (random_() % 4) {
      case 0:
        return "null";
      case 1:
        return R"([{"logStreamName":"s","searchedCompletely":true},{}])";
      default:
        return "[]";
    }
  }

  std::mt19937 random_;
  bool blanks_ = false, usual_ = false;
};

struct Written {
  std::string text;
  Print print = [this](std::string_view bytes) -> Outcome<void> {
    text += bytes;
    return {};
  };
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_page_and_a_document_are_written_the_same) {
  int direct = 0, others = 0;
  for (unsigned seed = 0; seed < 4000; ++seed) {
    const bool filter = seed % 2 == 0;
    const Operation& operation = *find_operation(Service::logs, filter ? "FilterLogEvents" : "GetLogEvents");
    const std::string body = Answers(seed).make(filter);
    BOOST_TEST_CONTEXT("seed " << seed << ", " << body.substr(0, 2000)) {
      const auto document = decode_response(operation, {200, {}, body});
      auto answer = decode_event_answer(operation, {200, {}, body});
      BOOST_TEST_REQUIRE(document.has_value());
      BOOST_TEST_REQUIRE(answer.has_value());
      if (const auto* page = std::get_if<EventPage>(&*answer)) {
        ++direct;
        Written whole, part;
        OutputBuffer out(whole.print), events(part.print);
        write_page_text(operation, *page, out);
        BOOST_TEST(out.flush().has_value());
        BOOST_TEST((whole.text == format_text(*document)));
        Written json;
        OutputBuffer json_out(json.print);
        write_page_json(operation, *page, json_out);
        BOOST_TEST(json_out.flush().has_value());
        BOOST_TEST((json.text == format_json(*document)));
        write_event_text(page->events(), events);
        BOOST_TEST(events.flush().has_value());
        Document results(Document::Map{{"events", *document->find("events")}});
        if (filter) results.set("searchedLogStreams", *document->find("searchedLogStreams"));
        BOOST_TEST((part.text == format_text(results)));
      } else {
        ++others;
      }
      BOOST_TEST((make_document(operation, std::move(*answer)) == *document));
    }
  }
  BOOST_TEST(direct > 2000);
  BOOST_TEST(others > 400);
}

BOOST_AUTO_TEST_CASE(a_walk_is_one_answer_in_json) {
  const Operation& operation = *find_operation(Service::logs, "FilterLogEvents");
  for (unsigned seed = 0; seed < 300; ++seed) {
    std::vector<EventAnswer> pages;
    JoinedPages joined(*operation.pagination);
    for (unsigned i = 0; i < seed % 4 + 1; ++i) {
      const std::string body = Answers(seed * 10 + i).make(true);
      auto answer = decode_event_answer(operation, {200, {}, body});
      BOOST_TEST_REQUIRE(answer.has_value());
      if (!std::holds_alternative<EventPage>(*answer)) continue;
      joined.add(decode_response(operation, {200, {}, body}).value());
      pages.push_back(std::move(*answer));
    }
    if (pages.empty()) continue;
    const auto token = seed % 2 == 0 ? std::optional<std::string>("e30=") : std::nullopt;
    Written written;
    OutputBuffer out(written.print);
    write_walk_json(pages, true, token, out);
    BOOST_TEST(out.flush().has_value());
    BOOST_TEST((written.text == format_json(joined.take(Document::Map{}, token))), "seed " << seed);
  }
}

BOOST_AUTO_TEST_CASE(a_stream_that_was_searched_is_not_lost) {
  const Operation& operation = *find_operation(Service::logs, "FilterLogEvents");
  for (const char* end : {R"("searchedLogStreams":[{"logStreamName":"s"}]})", R"("searchedLogStreams":null})",
                          R"("x":"\"searchedLogStreams":[]})", R"("nextToken":"t"})",
                          R"("x":{"y":1,"searchedLogStreams":[]}})"}) {
    const std::string body = R"({"events":[],)" + std::string(end);
    const auto answer = decode_event_answer(operation, {200, {}, body});
    BOOST_TEST((!answer || std::holds_alternative<Document>(*answer)), end);
  }
  for (const char* body :
       {R"({"events":[],"searchedLogStreams":[]})", R"({"searchedLogStreams":[],"events":[]})",
        R"({"events":[],"searchedLogStreams":[],"nextToken":"t"})",
        R"({"events":[],"nextToken":"t\"","searchedLogStreams":[]})"}) {
    const auto answer = decode_event_answer(operation, {200, {}, body});
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST(std::holds_alternative<EventPage>(*answer), body);
  }
}

BOOST_AUTO_TEST_CASE(large_and_small_pieces_come_in_order) {
  Written written;
  std::string expected;
  {
    OutputBuffer out(written.print);
    for (std::size_t i = 0; i < 40; ++i) {
      const std::string piece(i * i * i * 3, static_cast<char>('a' + i % 26));
      out.append(piece);
      out.append_integer(static_cast<std::int64_t>(i) - 7);
      out.append('\n');
      expected += piece + std::to_string(static_cast<int>(i) - 7) + "\n";
    }
    BOOST_TEST(out.flush().has_value());
  }
  BOOST_TEST((written.text == expected));
}

BOOST_AUTO_TEST_CASE(integers_of_every_size) {
  std::mt19937_64 random{1};
  Written written;
  std::string expected;
  OutputBuffer out(written.print);
  const auto add = [&](std::int64_t value) {
    out.append_integer(value);
    out.append(' ');
    expected += std::to_string(value) + " ";
  };
  for (std::int64_t power = 1; power < INT64_MAX / 10; power *= 10) {
    for (const std::int64_t value : {power - 1, power, power + 1, 9 * power, 5 * power + 7, -power})
      add(value);
  }
  for (int i = 0; i < 200'000; ++i)
    add(static_cast<std::int64_t>(random()) >> random() % 64);
  for (std::int64_t value = 1'700'000'000'000; value < 1'700'001'000'000; value += 13)
    add(value);
  add(INT64_MAX);
  add(INT64_MIN);
  BOOST_TEST(out.flush().has_value());
  BOOST_TEST((written.text == expected));
}

BOOST_AUTO_TEST_CASE(the_first_failure_is_told_and_nothing_written_after_it) {
  int calls = 0;
  const Print print = [&](std::string_view) -> Outcome<void> {
    ++calls;
    return fail_general("full");
  };
  OutputBuffer out(print);
  for (int i = 0; i < 10; ++i)
    out.append(std::string(OutputBuffer::kSize, 'x'));
  const auto done = out.flush();
  BOOST_TEST(!done.has_value());
  BOOST_TEST(calls == 1);
}
