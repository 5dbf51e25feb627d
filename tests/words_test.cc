// The cases of tests/data/words: what Python's shlex.split says to each text.
#define BOOST_TEST_MODULE words
#include "base/words.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "tests/support/conformance.h"
#include "tests/support/json.h"

using namespace crosslog;
namespace json = boost::json;

namespace {

void run_case(const json::object& row) {
  const auto got = base::split_words(row.at("text").as_string().c_str());
  if (const auto* error = row.if_contains("error")) {
    BOOST_REQUIRE(!got);
    BOOST_TEST((got.error().code == Errc::configuration));
    BOOST_TEST(got.error().message == std::string(error->as_string()));
    return;
  }
  BOOST_REQUIRE(got);
  const auto expected = json::value_to<std::vector<std::string>>(row.at("words"));
  BOOST_TEST(*got == expected, boost::test_tools::per_element());
}

bool add_cases() {
  const auto rows = test::read_json(test::own_cases("words") / "cases.json");
  for (const auto& row : rows.as_array()) {
    const auto object = row.as_object();
    test::add_case("words/" + json::serialize(object.at("text")), [object] { run_case(object); });
  }
  return true;
}

const bool kAdded = add_cases();

}  // namespace

BOOST_AUTO_TEST_CASE(bytes_that_are_no_text_are_kept) {
  using namespace std::string_literals;
  const auto got = base::split_words("a\xff\0b 'c\x80'"s);
  BOOST_REQUIRE(got);
  BOOST_TEST(*got == (std::vector{"a\xff\0b"s, "c\x80"s}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_long_text) {
  const auto got =
      base::split_words("'" + std::string(1 << 20, 'x') + "' " + std::string(1 << 20, ' ') + "y");
  BOOST_REQUIRE(got);
  BOOST_TEST(got->size() == 2u);
}
