#define BOOST_TEST_MODULE cli_text
#include "cli/output/text.h"

#include <boost/test/unit_test.hpp>

using namespace crosslog;
using namespace crosslog::cli;

namespace {

void check(std::string_view json, std::string_view text) {
  BOOST_TEST(format_text(parse_json(json).value()) == text, "for " << json);
}

}  // namespace

BOOST_AUTO_TEST_CASE(scalars_stand_in_the_order_of_their_names) {
  check(R"({"UserId":"u","Account":"1","Arn":"a"})", "1\ta\tu\n");
  check(R"({"b":null,"a":true,"c":2.0})", "True\tNone\t2.0\n");
  check("{}", "");
  check(R"("x")", "x\n");
}

BOOST_AUTO_TEST_CASE(lists_of_maps_have_one_line_each_and_empty_fields) {
  check(R"({"events":[{"timestamp":1,"message":"m"},{"timestamp":2,"ingestionTime":3}],"nextToken":"t"})",
        "t\nEVENTS\t\tm\t1\nEVENTS\t3\t\t2\n");
  check(R"([{"a":1},{"b":[2,3]}])", "1\n\nB\t2\nB\t3\n");
}

BOOST_AUTO_TEST_CASE(other_lists) {
  check("[1,2]", "1\t2\n");
  check("[]", "");
  check(R"({"names":["a","b"]})", "NAMES\ta\nNAMES\tb\n");
  check(R"([["a",1],["b",2]])", "a\t1\nb\t2\n");
  check(R"([["a"],1,[]])", "1\na\n");
  check(R"({"x":{"y":{"z":1}}})", "Y\t1\n");
}

BOOST_AUTO_TEST_CASE(nothing_is_escaped) {
  check(R"({"m":"a\nb\tc\u001b"})", "a\nb\tc\x1b\n");
}

BOOST_AUTO_TEST_CASE(a_nested_value_under_a_scalar_column) {
  check(R"([{"a":1},{"a":["x"]}])", "1\n['x']\n");
}
