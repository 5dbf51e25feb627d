// Filter patterns by the table in filter_patterns.json: messages that match ("yes"), that
// do not ("no"), what is extracted, or how the pattern is refused.
#define BOOST_TEST_MODULE sandbox_filter_pattern
#include "sandbox/filter_pattern.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/conformance.h"
#include "tests/support/json.h"

namespace {

using namespace crosslog;
namespace json = boost::json;

void run(const json::object& row) {
  const auto pattern = sandbox::FilterPattern::make(std::string_view(row.at("pattern").get_string()));
  if (const auto* error = row.if_contains("error")) {
    BOOST_REQUIRE(!pattern);
    BOOST_TEST(pattern.error() == std::string(error->get_string()));
    return;
  }
  BOOST_REQUIRE_MESSAGE(pattern, (pattern ? "" : pattern.error()));
  for (const bool wanted : {true, false})
    if (const auto* messages = row.if_contains(wanted ? "yes" : "no"))
      for (const auto& message : messages->get_array())
        BOOST_TEST(pattern->matches(std::string_view(message.get_string())) == wanted,
                   "the message " << message << (wanted ? " must match" : " must not match"));
  if (const auto* extracted = row.if_contains("extracted"))
    for (const auto& [message, values] : extracted->get_object()) {
      json::object found;
      for (const auto& [name, value] : pattern->extracted(message))
        found[name] = value;
      BOOST_TEST(json::value(found) == values);
    }
}

const bool kRegistered = [] {
  const auto table = test::read_json(CROSSLOG_SOURCE_ROOT "/tests/sandbox/filter_patterns.json");
  for (const auto& row : table.get_array())
    test::add_case("pattern [" + std::string(row.at("pattern").get_string()) + "]",
                   [row = row.get_object()] { run(row); });
  return true;
}();

BOOST_AUTO_TEST_CASE(long_messages_and_patterns_are_no_danger) {
  const std::string message(1 << 20, 'x');
  BOOST_TEST(sandbox::FilterPattern::make("%x+y%")->matches(message) == false);
  BOOST_TEST(sandbox::FilterPattern::make("%^x*$%")->matches(message) == true);
  const auto nested =
      sandbox::FilterPattern::make("{" + std::string(500, '(') + "$.a=1" + std::string(500, ')') + "}");
  BOOST_REQUIRE(nested);
  BOOST_TEST(nested->matches(R"({"a":1})"));
}

}  // namespace
