// The cases of tests/data/processes: a command, what running it gave, what comes
// of it. And one real program.
#define BOOST_TEST_MODULE process_provider
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "crosslog/providers.h"
#include "tests/support/conformance.h"
#include "tests/support/fake_clock.h"
#include "tests/support/json.h"
#include "tests/support/providers.h"
#include "tests/support/temporary_folder.h"

using namespace crosslog;
namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

std::string text_at(const json::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  return value == nullptr ? "" : std::string(value->as_string());
}

std::string all_texts(const Error& error) {
  std::string text = error.message;
  for (const auto& hint : error.hints)
    text += "\n" + hint;
  return text;
}

Host host_with(std::function<Result<Completed>(const std::vector<std::string>&)> run) {
  Host host;
  host.run = [run = std::move(run)](const std::vector<std::string>& words, const std::stop_token&) {
    return run(words);
  };
  return host;
}

Result<Credentials> get_after(const Result<Completed>& completed, const std::string& command = "tool") {
  test::FakeClock clock;
  return make_process_provider(host_with([=](const auto&) { return completed; }), clock, command)->get({});
}

void check_credentials(const Result<Credentials>& got, const json::object& expect) {
  if (!got) BOOST_FAIL("credentials: " << all_texts(got.error()));
  BOOST_TEST(got->access_key_id == text_at(expect, "access_key_id"));
  BOOST_TEST(got->secret_access_key.reveal() == text_at(expect, "secret_access_key"));
  BOOST_TEST(got->session_token.reveal() == text_at(expect, "session_token"));
  BOOST_TEST((got->expires == base::parse_iso8601(text_at(expect, "expires"))), "expires");
  BOOST_TEST(got->account_id == text_at(expect, "account_id"));
}

void check_error(const Result<Credentials>& got, const json::object& expect) {
  if (got) BOOST_FAIL("error: there are credentials");
  const std::string text = all_texts(got.error());
  BOOST_TEST(name(got.error().code) == text_at(expect, "code"), text);
  if (expect.at("message").is_string()) BOOST_TEST(got.error().message == text_at(expect, "message"));
  BOOST_TEST(got.error().message.find_first_of("\n\x1b") == std::string::npos);
  BOOST_TEST((text_at(expect, "hint").empty() || test::mentions(got.error().hints, text_at(expect, "hint"))),
             text);
  BOOST_TEST(text.find("canary") == std::string::npos, text);
}

Completed completed_of(const json::object& result) {
  const auto& output = result.at("output");
  return Completed{.exit_status = static_cast<int>(result.at("exit_status").as_int64()),
                   .output = output.is_string() ? std::string(output.as_string()) : json::serialize(output),
                   .errors = text_at(result, "errors")};
}

void run_case(const fs::path& folder) {
  const auto read = test::read_json(folder / "case.json");
  const auto& row = read.as_object();
  std::optional<std::vector<std::string>> words;
  const Host host = host_with([&](const std::vector<std::string>& given) -> Result<Completed> {
    words = given;
    return completed_of(row.at("result").as_object());
  });
  test::FakeClock clock;
  const auto got =
      make_process_provider(host, clock, text_at(row, "command"), text_at(row, "account_id"))->get({});
  BOOST_TEST(words.has_value() == row.contains("words"), "run");
  if (words && row.contains("words")) {
    const auto expected = json::value_to<std::vector<std::string>>(row.at("words"));
    BOOST_TEST(*words == expected, boost::test_tools::per_element());
  }
  const auto& expect = row.at("expect").as_object();
  expect.contains("code") ? check_error(got, expect) : check_credentials(got, expect);
}

bool add_cases() {
  for (const auto& entry : fs::directory_iterator(test::own_cases("processes")))
    test::add_case("own/" + entry.path().filename().string(), [path = entry.path()] { run_case(path); });
  return true;
}

const bool kAdded = add_cases();

constexpr const char* kWrongEnd = "Error when retrieving credentials from custom-process: ";

}  // namespace

BOOST_AUTO_TEST_CASE(where_they_came_from) {
  const auto got = get_after(Completed{.exit_status = 0,
                                       .output = R"({"Version":1,"AccessKeyId":"A","SecretAccessKey":"s"})",
                                       .errors = {}},
                             "/opt/tool --password canary");
  BOOST_REQUIRE(got);
  BOOST_TEST(got->origin == "credential_process, program /opt/tool");
  BOOST_REQUIRE(got->hops.size() == 1u);
  BOOST_TEST(got->hops[0].method == "custom-process");
  BOOST_TEST(got->hops[0].subject == "/opt/tool");
}

BOOST_AUTO_TEST_CASE(the_program_runs_each_time) {
  test::FakeClock clock;
  std::atomic<int> runs = 0;
  const auto provider = make_process_provider(host_with([&](const auto&) -> Result<Completed> {
                                                ++runs;
                                                return Completed{};
                                              }),
                                              clock, "tool");
  BOOST_TEST(!provider->get({}));
  BOOST_TEST(!provider->get({}));
  BOOST_TEST(runs.load() == 2);
}

BOOST_AUTO_TEST_CASE(a_program_that_cannot_be_started) {
  const auto got = get_after(fail(Errc::credentials, "[Errno 2] No such file or directory: 'tool'"));
  BOOST_REQUIRE(!got);
  BOOST_TEST((got.error().code == Errc::credentials));
  BOOST_TEST(got.error().message == "[Errno 2] No such file or directory: 'tool'");
  BOOST_TEST(test::mentions(got.error().hints, "without a shell"));
}

BOOST_AUTO_TEST_CASE(a_program_that_was_ended) {
  for (const Errc code : {Errc::timeout, Errc::protocol}) {
    const auto got = get_after(fail(code, "The program is too much"));
    BOOST_REQUIRE(!got);
    BOOST_TEST((got.error().code == Errc::credentials));
    BOOST_TEST(got.error().message == std::string(kWrongEnd) + "The program is too much");
    BOOST_TEST(test::mentions(got.error().hints, "tool was ended"));
  }
}

BOOST_AUTO_TEST_CASE(a_stop_is_a_stop) {
  BOOST_TEST((get_after(fail(Errc::cancelled, "Cancelled")).error().code == Errc::cancelled));
}

BOOST_AUTO_TEST_CASE(a_machine_without_programs) {
  test::FakeClock clock;
  const auto got = make_process_provider(Host{}, clock, "tool")->get({});
  BOOST_TEST((got.error().code == Errc::unsupported));
}

BOOST_AUTO_TEST_CASE(a_real_program) {
  const test::TemporaryFolder folder;
  const std::string program = folder.write(
      "a tool",
      "#!/bin/sh\nprintf '{\"Version\":1,\"AccessKeyId\":\"%s\",\"SecretAccessKey\":\"s\"}' \"$1\"\n", 0700);
  test::FakeClock clock;
  const auto got = make_process_provider(system_host(), clock, "'" + program + "' 'AKIA'REAL")->get({});
  if (!got) BOOST_FAIL(all_texts(got.error()));
  BOOST_TEST(got->access_key_id == "AKIAREAL");
  BOOST_TEST(!got->expires);
}
