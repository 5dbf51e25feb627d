// Queries by the table in queries.json, over three records: the rows and columns in their
// order, or how a query is refused and where.
#define BOOST_TEST_MODULE sandbox_insights
#include "sandbox/insights.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/conformance.h"
#include "tests/support/json.h"

namespace {

using namespace crosslog;
namespace json = boost::json;

sandbox::QueryRecord record(std::int64_t timestamp, std::string stream, const std::string& message,
                            std::string pointer) {
  sandbox::QueryRecord out;
  sandbox::discover_fields(message, out);
  out["@timestamp"] = {std::to_string(timestamp), true};
  out["@logStream"] = {std::move(stream), false};
  out["@message"] = {message, false};
  out["@ptr"] = {std::move(pointer), false};
  return out;
}

void run(const json::object& row) {
  const auto query = sandbox::InsightsQuery::make(std::string_view(row.at("query").get_string()));
  if (const auto* error = row.if_contains("error")) {
    BOOST_REQUIRE(!query);
    BOOST_TEST(query.error().message == std::string(error->get_string()));
    BOOST_TEST(query.error().start == row.at("at").at(0).to_number<std::size_t>());
    BOOST_TEST(query.error().end == row.at("at").at(1).to_number<std::size_t>());
    return;
  }
  BOOST_REQUIRE_MESSAGE(query, (query ? "" : query.error().message));
  if (const auto* sources = row.if_contains("sources"))
    BOOST_TEST(json::value_from(*query->sources()) == *sources);
  std::vector<sandbox::QueryRecord> admitted;
  for (auto& one : {record(1700000002000, "b", "GET /b 500", "p3"),
                    record(1700000001000, "b", R"({"level":"info","ms":3})", "p2"),
                    record(1700000000000, "a", "GET /a 200", "p1")}) {
    auto copy = one;
    if (query->admit(copy)) admitted.push_back(std::move(copy));
  }
  json::array found;
  for (const auto& made : query->run(std::move(admitted), 1000)) {
    json::object fields;
    for (const auto& [name, value] : made)
      fields[name] = value;
    found.push_back(std::move(fields));
  }
  // As text: the order of the columns counts.
  BOOST_TEST(json::serialize(found) == json::serialize(row.at("rows")));
}

const bool kRegistered = [] {
  const auto table = test::read_json(CROSSLOG_SOURCE_ROOT "/tests/sandbox/queries.json");
  for (const auto& row : table.get_array())
    test::add_case("query " + std::string(row.at("query").get_string()),
                   [row = row.get_object()] { run(row); });
  return true;
}();

BOOST_AUTO_TEST_CASE(fields_of_json_messages) {
  sandbox::QueryRecord record;
  sandbox::discover_fields(R"( {"a":{"b":[1,{"c":"x"}]},"t":true,"f":1.5,"n":null} )", record);
  std::string all;
  for (const auto& [name, value] : record)
    all += name + "=" + value.text + ";";
  BOOST_TEST(all == "a.b.0=1;a.b.1.c=x;f=1.5;t=1;");
  record.clear();
  sandbox::discover_fields(R"({"a":)", record);
  sandbox::discover_fields("[1]", record);
  BOOST_TEST(record.empty());
}

BOOST_AUTO_TEST_CASE(deep_queries_are_refused_not_followed) {
  BOOST_TEST(!sandbox::InsightsQuery::make("filter " + std::string(9000, '(') + "1"));
  BOOST_TEST(!sandbox::InsightsQuery::make("filter " + std::string(9000, '-') + "1"));
}

}  // namespace
