#define BOOST_TEST_MODULE cli_close_matches
#include "cli/close_matches.h"

#include <array>
#include <boost/test/unit_test.hpp>
#include <string>

using namespace crosslog::cli;
using Views = std::vector<std::string_view>;

BOOST_AUTO_TEST_CASE(similarity_is_twice_the_matching_bytes_over_all) {
  BOOST_TEST(similarity("", "") == 1.0);
  BOOST_TEST(similarity("abc", "") == 0.0);
  BOOST_TEST(similarity("abcd", "bcde") == 0.75);
  BOOST_TEST(similarity("text", "textt") == 8.0 / 9);
  // The longest block wins, then what is left and right of it.
  BOOST_TEST(similarity("xabcdyz", "abcdxyz") == 12.0 / 14);
}

BOOST_AUTO_TEST_CASE(the_best_three_come_first) {
  const std::array<std::string_view, 5> names{"get-log-events", "put-log-events", "filter-log-events",
                                              "get-log-fields", "tail"};
  BOOST_TEST(close_matches("get-log-event", names, 0.8) == (Views{"get-log-events", "put-log-events"}),
             boost::test_tools::per_element());
  BOOST_TEST(close_matches("bogus", names, 0.8).empty());
  const std::array<std::string_view, 4> alike{"aaaa1", "aaaa2", "aaaa3", "aaaa4"};
  BOOST_TEST(close_matches("aaaa", alike, 0.8) == (Views{"aaaa4", "aaaa3", "aaaa2"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_very_long_word_is_no_typing_error) {
  const std::string word(100'000, 'a');
  const std::array<std::string_view, 1> names{word};
  BOOST_TEST(close_matches(word, names, 0.8).empty());
}
