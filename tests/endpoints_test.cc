// Where a service of a region is: the rule sets, custom endpoints, refusals.
#define BOOST_TEST_MODULE endpoints
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "crosslog/config.h"
#include "tests/support/config_case.h"

namespace json = boost::json;
using namespace crosslog;
using test::text;

namespace {

EndpointParameters logs_in(std::string region) {
  EndpointParameters parameters;
  parameters.region = std::move(region);
  return parameters;
}

EndpointParameters sts_in(std::string region) {
  auto parameters = logs_in(std::move(region));
  parameters.service = Service::sts;
  return parameters;
}

EndpointParameters with_url(EndpointParameters parameters, std::string url) {
  parameters.custom_url = std::move(url);
  return parameters;
}

std::string refusal(const EndpointParameters& parameters) {
  const auto endpoint = resolve_endpoint(parameters);
  if (endpoint) return "accepted: " + endpoint->origin;
  return endpoint.error().message;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_region_is_a_host_label) {
  const std::string longest(63, 'a');
  for (const std::string region : {"us-east-1", "EU-west-1", "a", "3aws4", "a--b", longest.c_str()}) {
    BOOST_TEST(resolve_endpoint(logs_in(region)).has_value(), region);
  }
  const std::string too_long(64, 'a');
  for (const std::string region : {"bad region", "-a", "a-", "123", "a.b", "a_b", "x@evil.com:443/#",
                                   "eu-west-1\n", "é", "us-east-1/", too_long.c_str()}) {
    const auto endpoint = resolve_endpoint(logs_in(region));
    BOOST_TEST_REQUIRE(!endpoint.has_value(), region);
    BOOST_TEST(endpoint.error().message.starts_with("Provided region_name '"));
    BOOST_TEST(endpoint.error().message.ends_with("' doesn't match a supported format."));
    BOOST_TEST(static_cast<int>(endpoint.error().code) == static_cast<int>(Errc::configuration));
  }
  BOOST_TEST(refusal(logs_in("bad region")) ==
             "Provided region_name 'bad region' doesn't match a supported format.");
}

BOOST_AUTO_TEST_CASE(a_region_is_checked_beside_a_custom_url_too) {
  BOOST_TEST(refusal(with_url(logs_in("x y"), "https://h")) ==
             "Provided region_name 'x y' doesn't match a supported format.");
}

BOOST_AUTO_TEST_CASE(no_region) {
  const auto endpoint = resolve_endpoint(sts_in(""));
  BOOST_TEST_REQUIRE(!endpoint.has_value());
  BOOST_TEST(static_cast<int>(endpoint.error().code) == static_cast<int>(Errc::no_region));
  BOOST_TEST(resolve_endpoint(with_url(sts_in(""), "https://h")).has_value());
}

BOOST_AUTO_TEST_CASE(custom_urls_keep_their_path_and_sign_for_the_region) {
  const auto endpoint = resolve_endpoint(with_url(logs_in("eu-west-1"), "http://LocalHost:4566/a/b/"));
  BOOST_TEST_REQUIRE(endpoint.has_value());
  BOOST_TEST(endpoint->origin == "http://localhost:4566");
  BOOST_TEST(endpoint->path == "/a/b/");
  BOOST_TEST(endpoint->signing_region == "eu-west-1");
  BOOST_TEST(endpoint->signing_name == "logs");
  BOOST_TEST(!endpoint->allow_plain_http);
}

BOOST_AUTO_TEST_CASE(custom_urls_that_are_none) {
  for (const std::string url :
       {"not a url", "", "localhost:4566", "ftp://h", "https://", "https://h:x", "https://h/\r\nx"}) {
    BOOST_TEST(refusal(with_url(logs_in("eu-west-1"), url)).starts_with("Invalid endpoint: "), url);
  }
  BOOST_TEST(refusal(with_url(logs_in("eu-west-1"), "not a url")) == "Invalid endpoint: not a url");
  BOOST_TEST(refusal(with_url(logs_in("eu-west-1"), "https://h/?a=b")) == "Invalid endpoint: https://h/?a=b");
}

BOOST_AUTO_TEST_CASE(a_password_in_a_url_is_refused_and_not_shown) {
  const auto endpoint = resolve_endpoint(with_url(logs_in("eu-west-1"), "https://user:hunter2@h/"));
  BOOST_TEST_REQUIRE(!endpoint.has_value());
  BOOST_TEST(endpoint.error().message == "Invalid endpoint: https://***@h/");
  BOOST_TEST(refusal(with_url(logs_in("eu-west-1"), "user:hunter2@h")) == "Invalid endpoint: ***@h");
}

BOOST_AUTO_TEST_CASE(settings_decide_for_each_service) {
  Settings settings;
  settings.use_dualstack_endpoint = true;
  auto endpoint = endpoint_of(settings, Service::sts, "eu-west-1");
  BOOST_TEST_REQUIRE(endpoint.has_value());
  BOOST_TEST(endpoint->origin == "https://sts.eu-west-1.api.aws");
  settings.use_dualstack_endpoint = false;
  settings.logs_endpoint = {"http://logs.test:80", {"environment AWS_ENDPOINT_URL"}, true};
  BOOST_TEST(endpoint_of(settings, Service::sts, "eu-west-1")->origin ==
             "https://sts.eu-west-1.amazonaws.com");
  endpoint = endpoint_of(settings, Service::logs, "eu-west-1");
  BOOST_TEST_REQUIRE(endpoint.has_value());
  BOOST_TEST(endpoint->origin == "http://logs.test");
  BOOST_TEST(endpoint->allow_plain_http);
}

BOOST_AUTO_TEST_CASE(a_bad_configured_endpoint_says_where_it_comes_from) {
  Settings settings;
  settings.sts_endpoint = {"nonsense", {"environment AWS_ENDPOINT_URL_STS"}, true};
  const auto endpoint = endpoint_of(settings, Service::sts, "eu-west-1");
  BOOST_TEST_REQUIRE(!endpoint.has_value());
  BOOST_TEST(endpoint.error().message == "Invalid endpoint: nonsense");
  BOOST_TEST(endpoint.error().hints.back() == "The endpoint comes from environment AWS_ENDPOINT_URL_STS");
  BOOST_TEST(endpoint_of(settings, Service::logs, "eu-west-1").has_value());
}

namespace {

// A row of tests/data/endpoints/*/cases.tsv, of the rule sets' own shape:
//   service region fips dualstack global custom  =>  URL and region signed for, or "error: ..."
// "-" is none. The conformance matrix has a partition in front and other last columns.
std::vector<std::string> columns(const std::string& line) {
  std::vector<std::string> out;
  std::istringstream in(line);
  for (std::string column; std::getline(in, column, '\t');)
    out.push_back(column == "-" ? "" : column);
  return out;
}

std::string url_of(const Endpoint& endpoint) {
  return endpoint.origin + (endpoint.path == "/" ? "" : endpoint.path);
}

void check_own_row(const std::vector<std::string>& row) {
  BOOST_TEST_REQUIRE(row.size() >= 7u);
  auto parameters = row[0] == "sts" ? sts_in(row[1]) : logs_in(row[1]);
  parameters.use_fips = row[2] == "1";
  parameters.use_dualstack = row[3] == "1";
  parameters.use_global_sts = row[4] == "1";
  if (!row[5].empty()) parameters.custom_url = row[5];
  const auto endpoint = resolve_endpoint(parameters);
  if (row[6].starts_with("error: ")) {
    BOOST_TEST_REQUIRE(!endpoint.has_value());
    BOOST_TEST("error: " + endpoint.error().message == row[6]);
    return;
  }
  BOOST_TEST_REQUIRE(endpoint.has_value());
  BOOST_TEST(url_of(*endpoint) == row[6]);
  BOOST_TEST(endpoint->signing_region == row.at(7));
  BOOST_TEST(endpoint->signing_name == row[0]);
}

bool add_own_rows() {
  for (const auto& folder : test::case_folders("endpoints")) {
    std::ifstream in(folder / "cases.tsv");
    for (std::string line; std::getline(in, line);) {
      if (line.empty() || line.front() == '#') continue;
      const auto row = columns(line);
      test::add_case(folder.filename().string() + ": " + line, [row] { check_own_row(row); });
    }
  }
  return true;
}

// "sigv4:sts:us-east-1" or "" for what the request would have anyway.
void check_signing(const Endpoint& endpoint, const EndpointParameters& parameters,
                   const std::string& scheme) {
  const std::string name = parameters.service == Service::sts ? "sts" : "logs";
  const std::string expected = scheme.empty() ? "sigv4:" + name + ":" + parameters.region : scheme;
  BOOST_TEST("sigv4:" + endpoint.signing_name + ":" + endpoint.signing_region == expected);
}

void check_matrix_row(const std::vector<std::string>& row) {
  auto parameters = row[0] == "sts" ? sts_in(row[2]) : logs_in(row[2]);
  parameters.use_fips = row[3] == "1";
  parameters.use_dualstack = row[4] == "1";
  parameters.use_global_sts = row[5] == "1";
  const auto endpoint = resolve_endpoint(parameters);
  BOOST_TEST_REQUIRE(endpoint.has_value());
  BOOST_TEST(url_of(*endpoint) == row[6]);
  check_signing(*endpoint, parameters, row.size() > 7 ? row[7] : "");
  BOOST_TEST(partition_of(row[2]) == (row[1] == "?" ? "aws" : row[1]));
}

bool flag(const json::object& parameters, const char* name) {
  const auto* const value = parameters.if_contains(name);
  return value != nullptr && value->as_bool();
}

EndpointParameters parameters_of(Service service, const json::object& vector) {
  EndpointParameters parameters;
  parameters.service = service;
  const auto* const given = vector.if_contains("params");
  if (given == nullptr) return parameters;
  const auto& values = given->as_object();
  if (values.contains("Region")) parameters.region = text(values.at("Region"));
  if (values.contains("Endpoint")) parameters.custom_url = text(values.at("Endpoint"));
  parameters.use_fips = flag(values, "UseFIPS");
  parameters.use_dualstack = flag(values, "UseDualStack");
  parameters.use_global_sts = flag(values, "UseGlobalEndpoint");
  return parameters;
}

std::string scheme_of(const json::object& endpoint) {
  if (!endpoint.contains("properties")) return "";
  const auto& scheme = endpoint.at("properties").at("authSchemes").at(0);
  return text(scheme.at("name")) + ":" + text(scheme.at("signingName")) + ":" +
         text(scheme.at("signingRegion"));
}

void check_vector(Service service, const json::object& vector) {
  const auto parameters = parameters_of(service, vector);
  const auto endpoint = resolve_endpoint(parameters);
  const auto& expected = vector.at("expect").as_object();
  if (expected.contains("error")) {
    BOOST_TEST_REQUIRE(!endpoint.has_value());
    BOOST_TEST(endpoint.error().message == text(expected.at("error")));
    return;
  }
  BOOST_TEST_REQUIRE(endpoint.has_value());
  BOOST_TEST(url_of(*endpoint) == text(expected.at("endpoint").at("url")));
  check_signing(*endpoint, parameters, scheme_of(expected.at("endpoint").as_object()));
}

void add_matrix(const std::filesystem::path& file) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.front() == '#') continue;
    const auto row = columns(line);
    test::add_numbered("endpoint-matrix", line, [row] { check_matrix_row(row); });
  }
}

void add_vectors_of(Service service, const std::filesystem::path& folder) {
  for (const auto& file : test::files_named(folder, "")) {
    const auto vectors = test::read_json(file.string());
    for (const auto& vector : vectors.at("testCases").as_array()) {
      test::add_numbered(std::string("endpoint-tests/") + (service == Service::sts ? "sts" : "logs"),
                         text(vector.at("documentation")),
                         [service, vector] { check_vector(service, vector.as_object()); });
    }
  }
}

bool add_conformance() {
  const auto models = test::conformance("models");
  if (!models) return test::add_skipped("models (endpoints)");
  for (const auto& file : test::files_named(*models, "endpoint-matrix"))
    add_matrix(file);
  for (const auto& [service, name] : {std::pair(Service::sts, "sts"), std::pair(Service::logs, "logs")}) {
    const auto folder = *models / "endpoint-tests" / name;
    if (std::filesystem::is_directory(folder)) add_vectors_of(service, folder);
  }
  return true;
}

const bool kAdded = add_own_rows() && add_conformance();

}  // namespace
