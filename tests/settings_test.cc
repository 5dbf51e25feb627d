// Every setting's precedence: a folder of files, variables and options each, and
// the vectors of endpoints and instance metadata.
#define BOOST_TEST_MODULE settings
#include "config/settings.h"

#include <string>

#include "crosslog/client.h"
#include "crosslog/config.h"
#include "tests/support/config_case.h"

namespace json = boost::json;
using namespace crosslog;
using test::FakeHost;
using test::text;

namespace {

Result<Settings> resolved(const FakeHost& machine, const Overrides& overrides = {}) {
  const auto config = load_shared_config(machine.host());
  BOOST_TEST_REQUIRE(config.has_value(), "loading the files");
  return resolve_settings(machine.host(), *config, overrides);
}

json::value described(const std::optional<Settings::ConfiguredEndpoint>& endpoint) {
  if (!endpoint) return nullptr;
  return json::object{{"url", endpoint->url},
                      {"origin", endpoint->origin.text},
                      {"allow_plain_http", endpoint->allow_plain_http}};
}

json::object described(const ImdsSettings& imds) {
  return {{"disabled", imds.disabled},
          {"endpoint", imds.endpoint},
          {"timeout_ms", imds.timeout.count()},
          {"attempts", imds.attempts ? json::value(*imds.attempts) : json::value(nullptr)}};
}

json::object described(const Settings& settings) {
  json::array notes;
  for (const auto& note : settings.notes)
    notes.emplace_back(note);
  return {{"profile", settings.profile},
          {"profile_origin", settings.profile_origin.text},
          {"profile_is_explicit", settings.profile_is_explicit},
          {"region", settings.region ? json::value(*settings.region) : json::value(nullptr)},
          {"region_origin", settings.region_origin.text},
          {"use_fips_endpoint", settings.use_fips_endpoint},
          {"use_dualstack_endpoint", settings.use_dualstack_endpoint},
          {"sts_endpoint", described(settings.sts_endpoint)},
          {"logs_endpoint", described(settings.logs_endpoint)},
          {"output", settings.output},
          {"output_origin", settings.output_origin.text},
          {"ca_bundle", settings.ca_bundle},
          {"https_proxy", settings.https_proxy},
          {"no_proxy", settings.no_proxy},
          {"retry_mode", settings.retry_mode == RetryMode::adaptive ? "adaptive" : "standard"},
          {"new_retries_2026", settings.new_retries_2026},
          {"max_attempts", settings.max_attempts},
          {"connect_timeout", settings.connect_timeout.count()},
          {"read_timeout", settings.read_timeout.count()},
          {"correct_clock_skew", settings.correct_clock_skew},
          {"cli_error_format", settings.cli_error_format},
          {"cli_timestamp_format", settings.cli_timestamp_format},
          {"imds", described(settings.imds)},
          {"notes", notes}};
}

Overrides overrides_of(const json::object& options) {
  const auto given = [&](const char* name) -> std::optional<std::string> {
    const auto* const value = options.if_contains(name);
    return value == nullptr ? std::nullopt : std::optional(text(*value));
  };
  const auto seconds = [&](const char* name) -> std::optional<std::chrono::seconds> {
    const auto* const value = options.if_contains(name);
    return value == nullptr ? std::nullopt : std::optional(std::chrono::seconds(value->as_int64()));
  };
  Overrides overrides;
  overrides.profile = given("profile");
  overrides.region = given("region");
  overrides.endpoint_url = given("endpoint_url");
  overrides.output = given("output");
  overrides.ca_bundle = given("ca_bundle");
  overrides.connect_timeout = seconds("connect_timeout");
  overrides.read_timeout = seconds("read_timeout");
  return overrides;
}

void check_case(const std::filesystem::path& folder) {
  const auto expected = test::read_json((folder / "expected.json").string()).as_object();
  const auto overrides = overrides_of(test::optional_object(folder / "options.json"));
  const auto settings = resolved(test::host_of_case(folder), overrides);
  if (const auto* const error = expected.if_contains("error")) {
    BOOST_TEST_REQUIRE(!settings.has_value(), "resolving: accepted");
    test::check_error(settings.error(), error->as_object());
    return;
  }
  BOOST_TEST_REQUIRE(settings.has_value(), "resolving: " << (settings ? "" : settings.error().message));
  test::check_members(described(*settings), expected);
}

bool add_own_cases() {
  for (const auto& folder : test::case_folders("settings")) {
    test::add_case("settings/" + folder.filename().string(), [folder] { check_case(folder); });
  }
  return true;
}

}  // namespace

BOOST_AUTO_TEST_CASE(client_options_carry_retries_and_timeouts) {
  Settings settings;
  settings.max_attempts = 5;
  settings.retry_mode = RetryMode::adaptive;
  settings.new_retries_2026 = true;
  settings.connect_timeout = std::chrono::seconds(2);
  settings.read_timeout = std::chrono::seconds(0);
  settings.correct_clock_skew = false;
  const auto options = client_options(settings, {"https://h", "/", "eu-west-1", "logs"});
  BOOST_TEST(options.endpoint.origin == "https://h");
  BOOST_TEST(options.max_attempts == 5);
  BOOST_TEST((options.retry_mode == RetryMode::adaptive));
  BOOST_TEST(options.new_retries_2026);
  BOOST_TEST(options.connect_timeout.count() == 2'000);
  BOOST_TEST(options.read_timeout.count() == 0);
  BOOST_TEST(!options.correct_clock_skew);
}

BOOST_AUTO_TEST_CASE(no_message_shows_a_password_or_a_key) {
  const std::string key = "hunter2hunter2hunter2hunter2hunter2hunter2";
  for (const std::string variable : {"AWS_MAX_ATTEMPTS", "AWS_RETRY_MODE", "AWS_METADATA_SERVICE_TIMEOUT",
                                     "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"}) {
    FakeHost machine;
    machine.environment = {{"HOME", "/h"}, {variable, key}};
    const auto settings = resolved(machine);
    BOOST_TEST_REQUIRE(!settings.has_value(), variable);
    BOOST_TEST(settings.error().message.find("hunter2") == std::string::npos, settings.error().message);
  }
  FakeHost machine;
  machine.environment = {{"HOME", "/h"}, {"AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://user:hunter2@h"}};
  BOOST_TEST(resolved(machine).error().message ==
             "Invalid endpoint EC2 Instance Metadata endpoint: http://***@h");
  machine.environment = {{"HOME", "/h"}, {"ALL_PROXY", "socks5://user:hunter2@h"}};
  const auto settings = resolved(machine);
  BOOST_TEST_REQUIRE(settings.has_value());
  for (const auto& note : settings->notes)
    BOOST_TEST(note.find("hunter2") == std::string::npos);
}

namespace {

// configured-endpoint-url-tests.json: profiles and [services] sections as JSON.
std::string config_file(const json::object& suite) {
  std::string file;
  for (const auto& [name, properties] : suite.at("profiles").as_object()) {
    file += "[profile " + std::string(name) + "]\n";
    for (const auto& [key, value] : properties.as_object())
      file += std::string(key) + " = " + text(value) + "\n";
  }
  if (!suite.contains("services")) return file;
  for (const auto& [name, services] : suite.at("services").as_object()) {
    file += "[services " + std::string(name) + "]\n";
    for (const auto& [service, properties] : services.as_object()) {
      file += std::string(service) + " =\n";
      for (const auto& [key, value] : properties.as_object())
        file += "  " + std::string(key) + " = " + text(value) + "\n";
    }
  }
  return file;
}

Overrides client_overrides(const json::object& client) {
  Overrides overrides;
  if (client.contains("endpoint_url")) overrides.endpoint_url = text(client.at("endpoint_url"));
  if (client.contains("ignore_configured_endpoint_urls")) {
    const auto& value = client.at("ignore_configured_endpoint_urls");
    overrides.ignore_configured_endpoint_urls = value.is_bool() ? value.as_bool() : text(value) == "true";
  }
  return overrides;
}

// Nobody configured one: what the rules of a regional service give.
std::string regional_url(const std::string& service, const Profile& profile) {
  return "https://" + service + "." + std::string(profile.value("region")) + ".amazonaws.com";
}

void check_endpoint_vector(const json::object& suite, const json::object& vector) {
  FakeHost machine;
  machine.environment["AWS_CONFIG_FILE"] = "/config";
  machine.environment["AWS_SHARED_CREDENTIALS_FILE"] = "/none";
  machine.files["/config"] = config_file(suite);
  for (const auto& [name, value] : suite.at("environments").at(text(vector.at("environment"))).as_object()) {
    machine.environment[std::string(name)] = text(value);
  }
  const auto overrides =
      client_overrides(suite.at("client_configs").at(text(vector.at("client_config"))).as_object());
  const auto config = load_shared_config(machine.host());
  BOOST_TEST_REQUIRE(config.has_value(), "loading");
  const auto* const profile = config->find_profile(text(vector.at("profile")));
  BOOST_TEST_REQUIRE(profile != nullptr, "finding the profile");
  const auto service = text(vector.at("service"));
  const auto endpoint = config::configured_endpoint(machine.host(), *config, profile, overrides, service);
  BOOST_TEST_REQUIRE(endpoint.has_value(), "resolving");
  BOOST_TEST((*endpoint ? (*endpoint)->url : regional_url(service, *profile)) ==
             text(vector.at("output").at("endpointUrl")));
}

void check_imds_vector(const json::object& vector) {
  FakeHost machine;
  machine.environment["HOME"] = "/none";
  for (const auto& [name, value] : vector.at("env").as_object())
    machine.environment[std::string(name)] = text(value);
  for (const auto& [name, value] : vector.at("fs").as_object())
    machine.files[std::string(name)] = text(value);
  Overrides overrides;
  if (vector.contains("endpoint_override")) overrides.imds_endpoint = text(vector.at("endpoint_override"));
  if (vector.contains("mode_override")) overrides.imds_endpoint_mode = text(vector.at("mode_override"));
  const auto settings = resolved(machine, overrides);
  const auto& result = vector.at("result").as_object();
  if (result.contains("Err")) {
    BOOST_TEST_REQUIRE(!settings.has_value(), "accepted, but the vector wants: " << result.at("Err"));
    BOOST_TEST(static_cast<int>(settings.error().code) == static_cast<int>(Errc::configuration));
    return;
  }
  BOOST_TEST_REQUIRE(settings.has_value(), "resolving: " << (settings ? "" : settings.error().message));
  BOOST_TEST(settings->imds.endpoint + "/latest/api/token" == text(result.at("Ok")));
}

void add_endpoint_vectors(const std::filesystem::path& file) {
  const auto suites = test::read_json(file.string());
  for (const auto& suite : suites.at("testSuites").as_array()) {
    for (const auto& vector : suite.at("endpointUrlTests").as_array()) {
      test::add_numbered("configured-endpoint-url", text(vector.at("name")),
                         [suite, vector] { check_endpoint_vector(suite.as_object(), vector.as_object()); });
    }
  }
}

bool add_conformance() {
  const auto folder = test::conformance("profiles");
  if (!folder) return test::add_skipped("profiles (endpoints, instance metadata)");
  for (const auto& file : test::files_named(*folder, "configured-endpoint-url-tests"))
    add_endpoint_vectors(file);
  for (const auto& file : test::files_named(*folder, "imds-endpoint-tests")) {
    const auto vectors = test::read_json(file.string());
    for (const auto& vector : vectors.at("tests").as_array()) {
      test::add_numbered("imds-endpoint", text(vector.at("docs")),
                         [vector] { check_imds_vector(vector.as_object()); });
    }
  }
  return true;
}

const bool kAdded = add_own_cases() && add_conformance();

}  // namespace
