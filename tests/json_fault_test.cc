#define BOOST_TEST_MODULE json_fault
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

#include "wire/json_fault.h"

using crosslog::wire::BadText;
using crosslog::wire::describe_json_fault;
using crosslog::wire::find_json_fault;

// Offsets and words of each fault are small_json_test's: parse_json shows them.

BOOST_AUTO_TEST_CASE(what_is_json_has_no_fault) {
  for (const std::string_view text :
       {"null", " true ", "-0.5e+10", "0", "[]", "{ }", R"({"a":[1,{"b":"\u00e9\ud83d\ude00"}],"a":2})",
        "1e999", "99999999999999999999", "\"\xC3\xA9\x7F\""}) {
    BOOST_TEST(!find_json_fault(text, 32, BadText::refuse), text);
  }
}

BOOST_AUTO_TEST_CASE(bad_text_can_be_allowed) {
  for (const std::string_view text : {"\"\xFF\"", R"("\ud800")", R"("\udc00\ud800")", "\"\xED\xA0\x80\""}) {
    BOOST_TEST(find_json_fault(text, 32, BadText::refuse).has_value(), text);
    BOOST_TEST(!find_json_fault(text, 32, BadText::allow), text);
  }
  const auto fault = find_json_fault("[\"\xFF\", \"\\ud800\", 01]", 32, BadText::allow);
  BOOST_REQUIRE(fault);
  BOOST_TEST(fault->offset == 17u);
  BOOST_TEST(find_json_fault("\xFF", 32, BadText::allow).has_value());  // outside a string
}

BOOST_AUTO_TEST_CASE(empty_lists_and_objects_count_as_a_level) {
  BOOST_TEST(!find_json_fault("[[{}]]", 3, BadText::refuse));
  BOOST_TEST(find_json_fault("[[{}]]", 2, BadText::refuse)->offset == 2u);
  BOOST_TEST(find_json_fault(std::string(1'000'000, '['), 32, BadText::refuse)->offset == 32u);
}

BOOST_AUTO_TEST_CASE(a_fault_is_described_in_one_line) {
  BOOST_TEST(describe_json_fault("[1", 32, BadText::refuse, "x") == "Byte 2: The text ends too early.");
  BOOST_TEST(describe_json_fault("[1]", 32, BadText::refuse, "x") == "x");
}
