// Automatic pagination: which requests are sent, what is kept of their answers,
// and the tokens between runs, which are the AWS CLI's.
#define BOOST_TEST_MODULE cli_pages
#include <array>
#include <boost/test/unit_test.hpp>
#include <deque>
#include <string>
#include <vector>

#include "cli/base64.h"
#include "cli/pages.h"

namespace {

using namespace crosslog;
using namespace crosslog::cli;

constexpr std::array kResults{std::string_view("events"), std::string_view("searched")};
constexpr std::array kOnce{std::string_view("name")};
constexpr Pagination kPagination{.input_token = "nextToken",
                                 .output_token = "nextToken",
                                 .limit = "limit",
                                 .results = kResults,
                                 .once = kOnce};

Document parse(std::string_view text) {
  return parse_json(text).value();
}

// A service that answers what was written down.
struct Answers {
  std::deque<std::string> answers;
  std::vector<std::string> requests;

  Pages pages(Paging paging, std::string_view parameters = R"({"g":"G"})") {
    return {kPagination, parse(parameters), std::move(paging),
            [this](const Document& sent) -> Outcome<Document> {
              requests.push_back(write_json(sent));
              if (answers.empty()) return fail_general("no more answers");
              const std::string answer = answers.front();
              answers.pop_front();
              return parse(answer);
            }};
  }

  std::string all(Paging paging) {
    auto pages = this->pages(std::move(paging));
    const auto result = full_result(pages, kPagination);
    return result ? write_json(*result) : "error: " + result.error().message;
  }
};

std::string token(std::string_view json) {
  return encode_base64(json);
}

}  // namespace

BOOST_AUTO_TEST_CASE(pages_are_joined_until_no_token_comes) {
  Answers service{{R"({"events":[1,2],"searched":[],"nextToken":"a","name":"n"})",
                   R"({"events":[],"nextToken":"b"})", R"({"events":[3],"searched":["s"],"x":1})"},
                  {}};
  BOOST_TEST(service.all({}) == R"({"events":[1,2,3],"searched":["s"],"name":"n"})");
  const std::vector<std::string> sent{R"({"g":"G"})", R"({"g":"G","nextToken":"a"})",
                                      R"({"g":"G","nextToken":"b"})"};
  BOOST_TEST(service.requests == sent, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_empty_token_is_none) {
  Answers service{{R"({"events":[1],"nextToken":""})"}, {}};
  BOOST_TEST(service.all({}) == R"({"events":[1]})");
}

BOOST_AUTO_TEST_CASE(a_page_size_is_sent_every_time) {
  Answers service{{R"({"events":[1],"nextToken":"a"})", R"({"events":[2]})"}, {}};
  BOOST_TEST(service.all({.page_size = 1}) == R"({"events":[1,2]})");
  BOOST_TEST(service.requests.at(1) == R"({"g":"G","limit":1,"nextToken":"a"})");
}

BOOST_AUTO_TEST_CASE(a_limit_inside_the_first_page) {
  Answers service{{R"({"events":[1,2,3],"nextToken":"a"})"}, {}};
  BOOST_TEST(service.all({.max_items = 2}) == R"({"events":[1,2],"NextToken":")" +
                                                  token(R"({"nextToken": null, "boto_truncate_amount": 2})") +
                                                  "\"}");
}

BOOST_AUTO_TEST_CASE(a_limit_inside_a_later_page_counts_from_that_page) {
  Answers service{{R"({"events":[1,2],"nextToken":"a"})", R"({"events":[3,4,5]})"}, {}};
  BOOST_TEST(service.all({.max_items = 3}) == R"({"events":[1,2,3],"NextToken":")" +
                                                  token(R"({"nextToken": "a", "boto_truncate_amount": 1})") +
                                                  "\"}");
}

BOOST_AUTO_TEST_CASE(a_limit_at_the_end_of_a_page_needs_no_count) {
  Answers service{{R"({"events":[1,2],"nextToken":"a\u00e9"})"}, {}};
  BOOST_TEST(service.all({.max_items = 2}) ==
             R"({"events":[1,2],"NextToken":")" + token(R"({"nextToken": "a\u00e9"})") + "\"}");
}

BOOST_AUTO_TEST_CASE(a_limit_that_is_just_met_at_the_end_of_all_gives_no_token) {
  Answers service{{R"({"events":[1,2]})"}, {}};
  BOOST_TEST(service.all({.max_items = 2}) == R"({"events":[1,2]})");
}

BOOST_AUTO_TEST_CASE(a_run_goes_on_where_the_last_one_ended) {
  Answers service{{R"({"events":[1,2,3],"searched":["s"],"nextToken":"b"})", R"({"events":[4]})"}, {}};
  BOOST_TEST(service.all({.starting_token = token(R"({"nextToken": "a", "boto_truncate_amount": 2})")}) ==
             R"({"events":[3,4],"searched":[]})");
  BOOST_TEST(service.requests.at(0) == R"({"g":"G","nextToken":"a"})");
}

BOOST_AUTO_TEST_CASE(what_was_skipped_counts_in_the_next_token) {
  Answers service{{R"({"events":[1,2,3,4]})"}, {}};
  BOOST_TEST(service.all({.max_items = 1,
                          .starting_token = token(R"({"nextToken": null, "boto_truncate_amount": 2})")}) ==
             R"({"events":[3],"NextToken":")" + token(R"({"nextToken": null, "boto_truncate_amount": 3})") +
                 "\"}");
}

BOOST_AUTO_TEST_CASE(tokens_of_older_clis_and_of_the_service) {
  for (const auto& [given, sent, result] :
       {std::array<std::string, 3>{"abc___1", R"({"g":"G","nextToken":"abc"})", R"({"events":[2]})"},
        {"None___1", R"({"g":"G"})", R"({"events":[2]})"},
        {"abc___x", R"({"g":"G","nextToken":"abc___x"})", R"({"events":[1,2]})"},
        {"f/0/s", R"({"g":"G","nextToken":"f/0/s"})", R"({"events":[1,2]})"}}) {
    Answers service{{R"({"events":[1,2]})"}, {}};
    BOOST_TEST(service.all({.starting_token = given}) == result);
    BOOST_TEST(service.requests.at(0) == sent);
  }
}

BOOST_AUTO_TEST_CASE(a_token_of_something_else_is_refused_before_a_request) {
  for (const auto* given : {R"({"other": "a"})", R"({"nextToken": "a", "boto_truncate_amount": "1"})"}) {
    Answers service{{R"({"events":[]})"}, {}};
    BOOST_TEST(service.all({.starting_token = token(given)}) == "error: Bad starting token: " + token(given));
    BOOST_TEST(service.requests.empty());
  }
}

BOOST_AUTO_TEST_CASE(a_token_that_repeats_is_an_error) {
  Answers service{{R"({"events":[1],"nextToken":"a"})", R"({"events":[2],"nextToken":"a"})"}, {}};
  BOOST_TEST(service.all({}) ==
             "error: Error during pagination: The same next token was received twice: {'nextToken': 'a'}");
}

BOOST_AUTO_TEST_CASE(an_error_on_the_way_is_the_answer) {
  Answers service{{R"({"events":[1],"nextToken":"a"})"}, {}};
  BOOST_TEST(service.all({}) == "error: no more answers");
}

BOOST_AUTO_TEST_CASE(limits_below_one_do_what_slices_do) {
  Answers none{{R"({"events":[1,2],"nextToken":"a"})"}, {}};
  BOOST_TEST(none.all({.max_items = 0}) == R"({"events":[],"NextToken":")" +
                                               token(R"({"nextToken": null, "boto_truncate_amount": 0})") +
                                               "\"}");
  Answers negative{{R"({"events":[1,2,3]})"}, {}};
  BOOST_TEST(negative.all({.max_items = -1}) ==
             R"({"events":[1,2],"NextToken":")" +
                 token(R"({"nextToken": null, "boto_truncate_amount": -1})") + "\"}");
}

BOOST_AUTO_TEST_CASE(base64_there_and_back) {
  BOOST_TEST(encode_base64("") == "");
  BOOST_TEST(encode_base64("f") == "Zg==");
  BOOST_TEST(encode_base64("fo") == "Zm8=");
  BOOST_TEST(encode_base64("foo\xff\xfe") == "Zm9v//4=");
  for (const std::string bytes : {"", "f", "fo", "foo", "foob", "\xff\xfe\xfd"})
    BOOST_TEST(decode_base64(encode_base64(bytes)).value() == bytes);
  BOOST_TEST(decode_base64(" Zm\n9v").value() == "foo");
  BOOST_TEST(!decode_base64("Zg"));
  BOOST_TEST(!decode_base64("Zg="));
  BOOST_TEST(!decode_base64("Zm9vZ"));
}
