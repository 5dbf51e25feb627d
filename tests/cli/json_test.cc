#define BOOST_TEST_MODULE cli_json
#include "cli/output/json.h"

#include <boost/test/unit_test.hpp>
#include <limits>

using namespace crosslog;
using namespace crosslog::cli;

BOOST_AUTO_TEST_CASE(four_blanks_a_level_and_the_order_given) {
  const Document document = parse_json(R"({"z":[{"b":1,"a":[]},{}],"y":{"x":null},"w":[]})").value();
  BOOST_TEST(format_json(document) == R"({
    "z": [
        {
            "b": 1,
            "a": []
        },
        {}
    ],
    "y": {
        "x": null
    },
    "w": []
}
)");
}

BOOST_AUTO_TEST_CASE(an_empty_answer_prints_nothing) {
  BOOST_TEST(format_json(Document(Document::Map{})) == "");
  BOOST_TEST(format_json(Document(Document::List{})) == "[]\n");
  BOOST_TEST(format_json(Document()) == "null\n");
}

BOOST_AUTO_TEST_CASE(numbers) {
  BOOST_TEST(format_json(Document(2.0)) == "2.0\n");
  BOOST_TEST(format_json(Document(1e16)) == "1e+16\n");
  BOOST_TEST(format_json(Document(std::numeric_limits<std::int64_t>::min())) == "-9223372036854775808\n");
  BOOST_TEST(format_json(Document(std::numeric_limits<double>::infinity())) == "Infinity\n");
  BOOST_TEST(format_json(Document(false)) == "false\n");
}

BOOST_AUTO_TEST_CASE(only_what_must_be_is_escaped) {
  BOOST_TEST(format_json(Document("a\"b\\c/d<\b\f\n\r\t\x01\x1f")) ==
             "\"a\\\"b\\\\c/d<\\b\\f\\n\\r\\t\\u0001\\u001f\"\n");
  BOOST_TEST(format_json(Document("é日😀\x7f\u2028\u009b")) == "\"é日😀\x7f\u2028\u009b\"\n");
}

BOOST_AUTO_TEST_CASE(a_terminal_gets_escapes_that_read_back_as_the_same_text) {
  const Document document("\x1b[31m é日😀 \x7f \u009b \u202e \U000E0041 \"");
  const std::string text = format_json(document, true);
  BOOST_TEST(text == "\"\\u001b[31m é日😀 \\u007f \\u009b \\u202e \\udb40\\udc41 \\\"\"\n");
  BOOST_TEST((parse_json(text).value() == document));
}
