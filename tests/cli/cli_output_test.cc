// Answers of the service and what the AWS CLI prints of them: tests/data/cli-output
// and the shared vectors. The whole program runs them in tests/e2e; here it is the
// decoder and the formatter alone, so that a failure names one of the two.
#define BOOST_TEST_MODULE cli_cli_output
#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "cli/help.h"
#include "cli/output/output.h"
#include "crosslog/operations.h"
#include "tests/support/conformance.h"
#include "tests/support/json.h"

using namespace crosslog;
using namespace crosslog::cli;

namespace {

std::string value_after(const boost::json::array& words, std::string_view option, std::string fallback) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i].as_string();
    if (word == option && i + 1 < words.size()) return std::string(words[i + 1].as_string());
    if (word.starts_with(option) && word.substr(option.size()).starts_with('='))
      return std::string(word.substr(option.size() + 1));
  }
  return fallback;
}

// nullptr: not a case for this test.
const Operation* operation_of(const boost::json::object& test) {
  const auto& words = test.at("argv").as_array();
  if (test.at("rc").as_int64() != 0 || words.size() < 2 || !value_after(words, "--query", "").empty())
    return nullptr;
  const auto service = service_named(words[0].as_string());
  return service ? operation_named(*service, words[1].as_string()) : nullptr;
}

void check(const std::filesystem::path& folder, const boost::json::object& test, const Operation& operation) {
  const auto& answer = test.at("server").at(std::string(operation.name)).as_object();
  HttpResponse response{.status = 200, .headers = {}, .body = {}};
  const auto& body = answer.at("body");
  response.body = body.is_string() ? std::string(body.as_string()) : boost::json::serialize(body);
  const auto document = decode_response(operation, std::move(response));
  BOOST_REQUIRE_MESSAGE(document, "decoding: " << (document ? "" : document.error().message));
  const auto& words = test.at("argv").as_array();
  const auto text = format_output(
      operation.name, *document,
      {.format = value_after(words, "--output", "json"), .color = value_after(words, "--color", "") == "on"});
  BOOST_REQUIRE_MESSAGE(text, "formatting: " << (text ? "" : text.error().message));
  BOOST_TEST(*text == test::read_text((folder / "stdout.txt").string()), "formatting");
}

bool add_suite(const std::filesystem::path& root) {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(root)) {
    const auto test = test::read_json((entry.path() / "case.json").string()).as_object();
    const Operation* operation = operation_of(test);
    if (operation == nullptr) continue;
    const auto* answer = test.at("server").as_object().if_contains(operation->name);
    if (answer == nullptr || !answer->is_object())
      continue;  // of several answers the whole program makes one
    ++count;
    test::add_case(entry.path().filename().string(), [=] { check(entry.path(), test, *operation); });
  }
  return count > 0;
}

bool add_all() {
  const auto shared = test::conformance("cli-output");
  return add_suite(test::own_cases("cli-output")) &&
         (shared ? add_suite(*shared) : test::add_skipped("cli-output"));
}

const bool registered = add_all();

}  // namespace

BOOST_AUTO_TEST_CASE(there_are_cases) {
  BOOST_TEST(registered);
}
