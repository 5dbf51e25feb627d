#define BOOST_TEST_MODULE cli_table
#include "cli/output/table.h"

#include <boost/test/unit_test.hpp>

using namespace crosslog;
using namespace crosslog::cli;

namespace {

std::string table(std::string_view json, TableOptions options = {}) {
  return format_table("Title", parse_json(json).value(), options).value();
}

}  // namespace

BOOST_AUTO_TEST_CASE(one_row_under_its_headers) {
  BOOST_TEST(table(R"({"b":"two","a":1})") == R"(--------------
|    Title   |
+----+-------+
|  a |   b   |
+----+-------+
|  1 |  two  |
+----+-------+
)");
}

BOOST_AUTO_TEST_CASE(a_single_value_needs_no_header) {
  BOOST_TEST(table(R"({"Account":"123456789012"})") == R"(-----------------------------
|           Title           |
+----------+----------------+
|  Account |  123456789012  |
+----------+----------------+
)");
}

BOOST_AUTO_TEST_CASE(a_table_wider_than_the_terminal_is_turned_upright) {
  BOOST_TEST(table(R"({"b":"two","a":1})", {.terminal_width = 11}) == R"(--------------
|    Title   |
+----+-------+
|  a |  1    |
|  b |  two  |
+----+-------+
)");
}

BOOST_AUTO_TEST_CASE(lists_nest_and_missing_members_are_empty) {
  BOOST_TEST(table(R"({"token":"t","events":[{"m":"x","t":1},{"t":2}],"empty":[]})") == R"(----------------
|     Title    |
+--------+-----+
|  token |  t  |
+--------+-----+
||   events   ||
|+-----+------+|
||  m  |  t   ||
|+-----+------+|
||  x  |  1   ||
||     |  2   ||
|+-----+------+|
)");
}

BOOST_AUTO_TEST_CASE(lists_of_values) {
  BOOST_TEST(table(R"(["a","bc"])") == R"(--------
| Title|
+------+
|  a   |
|  bc  |
+------+
)");
  BOOST_TEST(!format_table("Title", parse_json(R"([["a"],["b","c"]])").value(), {}).has_value());
}

BOOST_AUTO_TEST_CASE(nothing_to_show) {
  for (const char* empty : {"{}", "[]", "null", "0", "\"\"", "false"})
    BOOST_TEST(table(empty) == "", empty);
  BOOST_TEST(table("\"x\"") == "-------\n|Title|\n+-----+\n");
}

BOOST_AUTO_TEST_CASE(wide_characters_count_twice) {
  BOOST_TEST(table(R"({"k":"日本é"})") == R"(-----------------
|     Title     |
+----+----------+
|  k |  日本é  |
+----+----------+
)");
}

BOOST_AUTO_TEST_CASE(colours_are_reset_after_every_write) {
  const std::string reset = "\x1b[0m";
  BOOST_TEST(table("[1]", {.color = true}) ==
             "-------"
             "\n" +
                 reset + reset + "|Title|" + reset + reset + "\n" + reset +                //
                 reset + "+-----+" + reset + reset + "\n" + reset +                        //
                 reset + "|  \x1b[1m\x1b[34m1\x1b[0m  |" + reset + reset + "\n" + reset +  //
                 reset + "+-----+" + reset + reset + "\n" + reset);
}
