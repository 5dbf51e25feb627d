#define BOOST_TEST_MODULE profile_provider
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/text.h"
#include "crosslog/providers.h"
#include "tests/support/conformance.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_host.h"
#include "tests/support/json.h"
#include "tests/support/providers.h"
#include "tests/support/recorded_traffic.h"
#include "tests/support/scripted_transport.h"

using namespace crosslog;
using std::chrono::seconds;
namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

// Before anything that a recording holds has expired.
constexpr TimePoint kBeforeRecordings{std::chrono::sys_days{std::chrono::year{2020} / 6 / 1}};
const std::string kRole = "arn:aws:iam::999999999999:role/target";
const std::string kToken = "own.web.identity\n";

// A machine with its files, and all that a profile needs around it.
struct Machine {
  explicit Machine(TimePoint now = kBeforeRecordings) : clock(now) { fake.environment = {{"HOME", "/home"}}; }

  Result<void> load(Overrides overrides = {}) {
    auto read = load_shared_config(fake.host());
    if (!read) return std::unexpected(read.error());
    config = std::move(*read);
    auto resolved = resolve_settings(fake.host(), config, overrides);
    if (!resolved) return std::unexpected(resolved.error());
    settings = std::move(*resolved);
    metadata = make_instance_metadata(transport, clock, test::always(0), settings.imds);
    return {};
  }

  // Its programs are this machine's.
  Host host() {
    Host host = fake.host();
    host.run = system_host().run;
    host.ask = [this](std::string_view prompt, std::stop_token) -> Result<std::string> {
      asked.emplace_back(prompt);
      return "123456";
    };
    return host;
  }

  ProviderContext context() {
    return {transport, clock, test::always(0), host(), *metadata, config, settings};
  }

  Result<Credentials> by_default(Overrides overrides = {}) {
    if (auto loaded = load(std::move(overrides)); !loaded) return std::unexpected(loaded.error());
    auto provider = make_default_provider(context());
    if (!provider) return std::unexpected(provider.error());
    return (*provider)->get({});
  }

  Result<Credentials> by_profile(std::string_view profile) {
    if (auto loaded = load(); !loaded) return std::unexpected(loaded.error());
    auto provider = make_profile_provider(context(), profile);
    if (!provider) return std::unexpected(provider.error());
    if (!*provider) return fail(Errc::not_configured, "the profile names no credentials");
    return (*provider)->get({});
  }

  Machine& with_config(const std::string& text) {
    fake.files["/home/.aws/config"] = text;
    return *this;
  }
  Machine& with_credentials(const std::string& text) {
    fake.files["/home/.aws/credentials"] = text;
    return *this;
  }

  // Metadata with one role, a portal, and STS that gives ASSUMED1, ASSUMED2, ...
  Machine& with_services() {
    transport.otherwise([this](const HttpRequest& request) -> Result<HttpResponse> {
      if (request.method == "PUT") return HttpResponse{200, {}, "token"};
      if (request.path == "/federation/credentials") {
        return HttpResponse{200,
                            {},
                            R"({"roleCredentials":{"accessKeyId":"PORTAL","secretAccessKey":"s",)"
                            R"("sessionToken":"t","expiration":1590980400000}})"};
      }
      if (request.path.ends_with("placement/region")) return HttpResponse{200, {}, "eu-north-1"};
      if (request.path.find("-extended/") != std::string::npos) return HttpResponse{404, {}, ""};
      if (request.path.ends_with("security-credentials/")) return HttpResponse{200, {}, "monitor"};
      if (request.method == "GET") {
        return HttpResponse{200,
                            {},
                            R"({"Code":"Success","AccessKeyId":"INSTANCE","SecretAccessKey":"s","Token":"t",)"
                            R"("Expiration":"2020-06-01T06:00:00Z"})"};
      }
      ++assumed;
      auto xml = test::xml_credentials("ASSUMED" + std::to_string(assumed), "2020-06-01T01:00:00Z");
      if (parameter(request, "Action") == "AssumeRoleWithWebIdentity") {
        for (const char* tag : {"<AssumeRoleR", "</AssumeRoleR"}) {
          const std::string name = tag;
          for (auto at = xml.find(name); at != std::string::npos; at = xml.find(name, at + name.size()))
            xml.insert(at + name.size() - 1, "WithWebIdentity");
        }
      }
      return HttpResponse{200, {}, xml};
    });
    return *this;
  }

  // The requests to STS, as "ORIGIN KEY ROLE".
  std::vector<std::string> roles() {
    std::vector<std::string> out;
    for (const auto& request : transport.requests()) {
      if (request.method != "POST") continue;
      const auto authorization = find_header(request.headers, "authorization");
      const auto key = authorization.substr(authorization.find("Credential=") + 11);
      out.push_back(request.origin + " " + std::string(key.substr(0, key.find('/'))) + " " +
                    parameter(request, "RoleArn"));
    }
    return out;
  }

  static std::string parameter(const HttpRequest& request, std::string_view name) {
    for (const auto part : base::split(request.body, '&')) {
      if (part.substr(0, part.find('=')) == name)
        return base::percent_decode(part.substr(part.find('=') + 1));
    }
    return {};
  }
  HttpRequest last() { return transport.requests().back(); }

  test::FakeHost fake;
  test::FakeClock clock;
  test::ScriptedTransport transport;
  SharedConfig config;
  Settings settings;
  std::unique_ptr<InstanceMetadata> metadata;
  int assumed = 0;
  std::vector<std::string> asked;  // the person at the terminal
};

template <class T>
std::string text_of(const Result<T>& result) {
  if (result) return "no error";
  std::string text = result.error().message;
  for (const auto& hint : result.error().hints)
    text += "\n" + hint;
  return text;
}

std::string optional_text(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value == nullptr ? std::string() : std::string(value->as_string());
}

// ---- folders: fs/, env.json, http-traffic.json, test-case.json

void read_machine(Machine& machine, const fs::path& folder) {
  machine.fake.environment.clear();
  const auto environment = test::read_json(folder / "env.json");
  for (const auto& [name, value] : environment.as_object()) {
    machine.fake.environment[name] = std::string(value.as_string());
  }
  if (!fs::exists(folder / "fs")) return;
  for (const auto& entry : fs::recursive_directory_iterator(folder / "fs")) {
    if (!entry.is_regular_file()) continue;
    machine.fake.files["/" + fs::relative(entry.path(), folder / "fs").string()] =
        test::read_text(entry.path());
  }
}

// What a vector of another library says in its own words, in ours.
const std::map<std::string, std::string> kOurWords{
    {"credential_process_invalid", "Error when retrieving credentials from custom-process"},
    {"invalid_sso_credentials_config", "missing required configuration: sso_role_name, sso_account_id"},
    {"profile_overrides_web_identity", "No credentials found in credential_source referenced in profile A"},
    {"sso_no_token_file", "Token for https://ssotest.awsapps.com/start does not exist"},
    {"web_identity_source_profile_no_env", "has no role ARN configured"},
    {"web_identity_token_invalid_jwt", "No OpenIDConnect provider found in your account"},
};

// What is left out, and why.
const std::map<std::string, std::string> kLeftOut{
    {"credential_process", "its command is a pipe, and a credential_process runs without a shell"},
};

void check_credentials(const Result<Credentials>& got, const json::object& expected) {
  BOOST_REQUIRE_MESSAGE(got, "credentials expected, got: " << text_of(got));
  BOOST_TEST(got->access_key_id == optional_text(expected, "access_key_id"), "access key");
  BOOST_TEST(got->secret_access_key.reveal() == optional_text(expected, "secret_access_key"), "secret");
  BOOST_TEST(got->session_token.reveal() == optional_text(expected, "session_token"), "token");
  BOOST_TEST(got->account_id == optional_text(expected, "account_id"), "account");
  const auto* expiry = expected.if_contains("expiry");
  BOOST_REQUIRE(got->expires.has_value() == (expiry != nullptr));
  if (expiry != nullptr)
    BOOST_TEST((*got->expires == TimePoint{seconds(expiry->to_number<std::int64_t>())}), "expiry");
}

void run_folder(const fs::path& folder, bool profile_alone) {
  Machine machine;
  read_machine(machine, folder);
  auto recording = test::read_recording(folder);
  test::replay(recording, machine.transport);
  const auto file = test::read_json(folder / "test-case.json");
  const auto& test = file.as_object();
  Overrides overrides;
  if (const auto* profile = test.if_contains("profile"))
    overrides.profile = std::string(profile->as_string());
  const auto got = profile_alone ? machine.by_profile("default") : machine.by_default(overrides);
  const auto& result = test.at("result").as_object();
  if (const auto* expected = result.if_contains("Ok")) {
    check_credentials(got, expected->as_object());
    BOOST_TEST(recording.empty(), "requests made");
    return;
  }
  BOOST_REQUIRE_MESSAGE(!got, "an error is expected: " << json::serialize(result));
  if (const auto ours = kOurWords.find(folder.filename().string()); ours != kOurWords.end())
    BOOST_TEST((got.error().message.find(ours->second) != std::string::npos), text_of(got));
  BOOST_TEST(recording.empty(), "requests made");
  if (const auto* message = result.if_contains("Error"))
    BOOST_TEST(got.error().message == std::string(message->as_string()));
  if (const auto* code = result.if_contains("Code"))
    BOOST_TEST(name(got.error().code) == std::string(code->as_string()));
  if (const auto* hint = result.if_contains("Hint")) {
    BOOST_TEST(test::mentions(got.error().hints, std::string(hint->as_string())), text_of(got));
  }
}

void leave_out(const std::string& name, const std::string& reason) {
  auto* left =
      boost::unit_test::make_test_case([] {}, name + " (left out: " + reason + ")", __FILE__, __LINE__);
  left->p_default_status.value = boost::unit_test::test_unit::RS_DISABLED;
  boost::unit_test::framework::master_test_suite().add(left);
}

void add_folders(const fs::path& root, const std::string& prefix, bool profile_alone) {
  for (const auto& entry : fs::directory_iterator(root)) {
    if (!entry.is_directory()) continue;
    const fs::path folder = entry.path();
    const std::string name = folder.filename().string();
    if (const auto why = kLeftOut.find(name); why != kLeftOut.end()) {
      leave_out(prefix + name, why->second);
    } else {
      test::add_case(prefix + name, [=] { run_folder(folder, profile_alone); });
    }
  }
}

// ---- assume-role-tests.json

SharedConfig config_of(const json::object& input) {
  SharedConfig config;
  const auto read = [](const json::value& sections, auto& out) {
    for (const auto& [name, properties] : sections.as_object()) {
      Profile profile;
      profile.name = name;
      for (const auto& [key, value] : properties.as_object()) {
        profile.properties[key] =
            Property{.value = std::string(value.as_string()), .file = "config", .line = 1};
      }
      out[profile.name] = profile;
    }
  };
  read(input.at("profiles"), config.profiles);
  if (const auto* sessions = input.if_contains("sso_sessions")) read(*sessions, config.sso_sessions);
  return config;
}

// Each step but the last shows in the request of the next one.
void check_chain(Machine& machine, const Credentials& got, const json::array& chain) {
  std::string key = "INSTANCE";
  std::size_t request = 0;
  std::vector<HttpRequest> posts;
  for (const auto& sent : machine.transport.requests()) {
    if (sent.method == "POST") posts.push_back(sent);
  }
  for (const auto& step : chain) {
    if (const auto* access_key = step.as_object().if_contains("AccessKey")) {
      key = optional_text(access_key->as_object(), "access_key_id");
      if (chain.size() == 1)
        BOOST_TEST(got.account_id == optional_text(access_key->as_object(), "account_id"));
    }
    if (step.as_object().contains("Sso")) key = "PORTAL";
    const auto* role = step.as_object().if_contains("AssumeRole");
    const auto* identity = step.as_object().if_contains("WebIdentityToken");
    if (role == nullptr && identity == nullptr) continue;
    BOOST_REQUIRE(request < posts.size());
    const HttpRequest& post = posts[request++];
    const auto& expected = (role != nullptr ? role : identity)->as_object();
    const auto authorization = find_header(post.headers, "authorization");
    if (role != nullptr) {
      BOOST_TEST(authorization.find("Credential=" + key + "/") != std::string::npos, key);
    } else {
      BOOST_TEST(authorization.empty());
      BOOST_TEST(Machine::parameter(post, "WebIdentityToken") == kToken);
    }
    BOOST_TEST(Machine::parameter(post, "RoleArn") == optional_text(expected, "role_arn"));
    BOOST_TEST(Machine::parameter(post, "ExternalId") == optional_text(expected, "external_id"));
    if (expected.contains("role_session_name")) {
      BOOST_TEST(Machine::parameter(post, "RoleSessionName") == optional_text(expected, "role_session_name"));
    }
    key = "ASSUMED" + std::to_string(request);
  }
  BOOST_TEST(request == posts.size(), "roles assumed");
  BOOST_TEST(got.access_key_id == key);
}

// A token of single sign-on is not enough for credentials.
bool has_token_only(const json::object& output) {
  const auto* chain = output.if_contains("ProfileChain");
  if (chain == nullptr) return false;
  const auto* sso = chain->as_array()[0].as_object().if_contains("Sso");
  return sso != nullptr && !sso->as_object().contains("sso_account_id");
}

void run_assume_role(const json::object& vector) {
  Machine machine;
  machine.with_services();
  machine.fake.files["/var/token.jwt"] = kToken;
  // Of the session "foo".
  machine.fake.files["/home/.aws/sso/cache/0beec7b5ea3f0fdbc95d0dd47f3c5bc275da8a33.json"] =
      R"({"accessToken":"own-token","expiresAt":"2030-01-01T00:00:00Z"})";
  BOOST_REQUIRE(machine.load({.region = "eu-west-1"}));
  const auto& input = vector.at("input").as_object();
  const auto& output = vector.at("output").as_object();
  machine.config = config_of(input);
  const std::string selected(input.at("selected_profile").as_string());
  auto provider = make_profile_provider(machine.context(), selected);
  if (has_token_only(output)) {
    BOOST_REQUIRE(!provider);
    BOOST_TEST(text_of(provider).find("missing required configuration") != std::string::npos);
    return;
  }
  if (output.contains("Error")) {
    BOOST_TEST((!provider || *provider == nullptr), "an error is expected: " << json::serialize(output));
    return;
  }
  BOOST_REQUIRE_MESSAGE(provider, text_of(provider));
  const auto got = (*provider)->get({});
  BOOST_REQUIRE_MESSAGE(got, text_of(got));
  check_chain(machine, *got, output.at("ProfileChain").as_array());
}

void add_assume_role(const fs::path& file, const std::string& prefix) {
  const auto vectors = test::read_json(file);
  int number = 0;
  for (const auto& vector : vectors.as_array()) {
    const auto object = vector.as_object();
    test::add_case(prefix + std::to_string(number++) + ": " + std::string(object.at("docs").as_string()),
                   [object] { run_assume_role(object); });
  }
}

bool add_cases() {
  add_folders(test::own_cases("providers"), "own/", false);
  add_assume_role(test::own_cases("providers") / "assume-role-tests.json", "own/assume-role/");
  const auto shared = test::conformance("profiles");
  if (!shared) return test::add_skipped("profiles");
  add_folders(*shared / "default-credential-provider-chain", "default-credential-provider-chain/", false);
  add_folders(*shared / "profile-provider", "profile-provider/", true);
  add_assume_role(*shared / "assume-role-tests.json", "assume-role/");
  return true;
}

const bool kAdded = add_cases();

}  // namespace

BOOST_AUTO_TEST_CASE(the_users_story) {
  Machine machine;
  machine.with_services().with_config("[profile crossb]\nrole_arn = " + kRole +
                                      "\ncredential_source = Ec2InstanceMetadata\n");
  const auto got = machine.by_default({.profile = "crossb"});
  BOOST_REQUIRE_MESSAGE(got, text_of(got));
  BOOST_TEST(got->access_key_id == "ASSUMED1");
  BOOST_TEST(got->account_id == "123456789012");
  BOOST_TEST(got->origin == "role " + kRole + ", assumed with instance metadata, role monitor");
  // The region is the instance's.
  BOOST_TEST((machine.roles() ==
              std::vector<std::string>{"https://sts.eu-north-1.amazonaws.com INSTANCE " + kRole}));
  BOOST_TEST(Machine::parameter(machine.last(), "RoleSessionName") == "crosslog-1590969600");
}

BOOST_AUTO_TEST_CASE(every_key_of_a_role_is_sent) {
  Machine machine;
  machine.with_services().with_config(
      "[default]\nregion = eu-west-1\nrole_arn = " + kRole +
      "\nsource_profile = base\nexternal_id = ext & 42\nrole_session_name = me\n"
      "duration_seconds = 900\n[profile base]\naws_access_key_id = BASE\n"
      "aws_secret_access_key = s\naws_session_token = t\n");
  BOOST_REQUIRE(machine.by_default());
  BOOST_TEST(
      (machine.roles() == std::vector<std::string>{"https://sts.eu-west-1.amazonaws.com BASE " + kRole}));
  const auto request = machine.last();
  BOOST_TEST(Machine::parameter(request, "RoleSessionName") == "me");
  BOOST_TEST(Machine::parameter(request, "DurationSeconds") == "900");
  BOOST_TEST(request.body.find("ExternalId=ext+%26+42") != std::string::npos);
  BOOST_TEST(find_header(request.headers, "x-amz-security-token") == "t");
}

BOOST_AUTO_TEST_CASE(a_duration_that_is_no_number_is_left_out) {
  Machine machine;
  machine.with_services().with_config("[default]\nregion = eu-west-1\nrole_arn = " + kRole +
                                      "\ncredential_source = Ec2InstanceMetadata\nduration_seconds = 1h\n");
  BOOST_REQUIRE(machine.by_default());
  BOOST_TEST(machine.last().body.find("DurationSeconds") == std::string::npos);
}

// T8
BOOST_AUTO_TEST_CASE(three_roles_in_a_row) {
  Machine machine;
  machine.with_services().with_config(
      "[default]\nregion = eu-west-1\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = b\n"
      "[profile b]\nrole_arn = arn:aws:iam::1:role/b\nsource_profile = c\n"
      "[profile c]\nrole_arn = arn:aws:iam::1:role/c\ncredential_source = Ec2InstanceMetadata\n");
  BOOST_REQUIRE(machine.by_default());
  const std::string sts = "https://sts.eu-west-1.amazonaws.com ";
  const std::vector<std::string> roles{sts + "INSTANCE arn:aws:iam::1:role/c",
                                       sts + "ASSUMED1 arn:aws:iam::1:role/b",
                                       sts + "ASSUMED2 arn:aws:iam::1:role/a"};
  BOOST_TEST(machine.roles() == roles, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_refresh_walks_only_as_far_as_needed) {
  Machine machine;
  machine.with_services().with_config("[default]\nregion = eu-west-1\nrole_arn = " + kRole +
                                      "\ncredential_source = Ec2InstanceMetadata\n");
  BOOST_REQUIRE(machine.load());
  const auto provider = make_default_provider(machine.context());
  BOOST_REQUIRE((*provider)->get({}));
  const auto before = machine.transport.count();
  BOOST_REQUIRE((*provider)->get({}));
  BOOST_TEST(machine.transport.count() == before);
  machine.clock.advance(std::chrono::minutes(50));
  BOOST_TEST((*provider)->get({})->access_key_id == "ASSUMED2");
  BOOST_TEST(machine.transport.count() == before + 1);
}

BOOST_AUTO_TEST_CASE(environment_keys_beat_a_profile_of_the_environment) {
  Machine machine;
  machine.fake.environment["AWS_ACCESS_KEY_ID"] = "ENV";
  machine.fake.environment["AWS_SECRET_ACCESS_KEY"] = "s";
  machine.fake.environment["AWS_PROFILE"] = "p";
  machine.with_config("[profile p]\naws_access_key_id = FILE\naws_secret_access_key = s\n");
  BOOST_TEST(machine.by_default()->access_key_id == "ENV");
  BOOST_TEST(machine.by_default({.profile = "p"})->access_key_id == "FILE");
}

BOOST_AUTO_TEST_CASE(a_broken_profile_behind_environment_keys_is_not_looked_at) {
  Machine machine;
  machine.fake.environment["AWS_ACCESS_KEY_ID"] = "ENV";
  machine.fake.environment["AWS_SECRET_ACCESS_KEY"] = "s";
  machine.with_config("[default]\nrole_arn = " + kRole + "\n");
  BOOST_TEST(machine.by_default()->access_key_id == "ENV");
  BOOST_TEST((machine.by_default({.profile = "default"}).error().code == Errc::configuration));
}

BOOST_AUTO_TEST_CASE(nothing_anywhere) {
  Machine machine;
  machine.fake.environment["AWS_EC2_METADATA_DISABLED"] = "true";
  const auto got = machine.by_default();
  BOOST_REQUIRE(!got);
  BOOST_TEST((got.error().code == Errc::no_credentials));
  BOOST_TEST(test::mentions(got.error().hints, "environment: AWS_ACCESS_KEY_ID is not set"));
  BOOST_TEST(test::mentions(got.error().hints, "profile default: names no credentials"));
  BOOST_TEST(test::mentions(got.error().hints, "instance metadata: switched off"));
}

BOOST_AUTO_TEST_CASE(environment_keys_that_are_left_out_are_mentioned) {
  Machine machine;
  machine.fake.environment["AWS_EC2_METADATA_DISABLED"] = "true";
  machine.fake.environment["AWS_ACCESS_KEY_ID"] = "ENV";
  machine.fake.environment["AWS_SECRET_ACCESS_KEY"] = "s";
  machine.with_config("[profile p]\nregion = eu-west-1\n");
  const auto got = machine.by_default({.profile = "p"});
  BOOST_REQUIRE(!got);
  BOOST_TEST(test::mentions(got.error().hints, "environment: left out"));
}

BOOST_AUTO_TEST_CASE(no_region_is_told_after_the_sources_own_errors) {
  Machine machine;
  machine.with_config("[default]\nrole_arn = " + kRole +
                      "\nsource_profile = base\n[profile base]\n"
                      "aws_access_key_id = BASE\naws_secret_access_key = s\n");
  machine.fake.environment["AWS_EC2_METADATA_DISABLED"] = "true";
  const auto got = machine.by_default();
  BOOST_REQUIRE(!got);
  BOOST_TEST((got.error().code == Errc::no_region));
  BOOST_TEST(got.error().message.starts_with("You must specify a region."));
  machine.with_config("[default]\nrole_arn = " + kRole + "\ncredential_source = Ec2InstanceMetadata\n");
  BOOST_TEST((machine.by_default().error().code == Errc::credentials));
}

// T1
BOOST_AUTO_TEST_CASE(access_denied_names_the_role_and_both_policies) {
  Machine machine;
  machine.with_config(
      "[default]\nregion = eu-west-1\nrole_arn = " + kRole +
      "\nsource_profile = base\n[profile base]\naws_access_key_id = BASE\naws_secret_access_key = s\n");
  machine.transport.reply(403, test::xml_error("AccessDenied", "User: x is not authorized"));
  const auto got = machine.by_default();
  BOOST_REQUIRE(!got);
  BOOST_TEST((got.error().code == Errc::access_denied));
  BOOST_TEST(
      describe(got.error()) ==
      "An error occurred (AccessDenied) when calling the AssumeRole operation: User: x is not authorized");
  BOOST_TEST(got.error().request_id == "r-2");
  for (const char* words : {"identity policy", "trust policy"})
    BOOST_TEST(test::mentions(got.error().hints, words));
  BOOST_TEST(test::mentions(got.error().hints, kRole));
  BOOST_TEST(machine.transport.count() == 1u);
}

BOOST_AUTO_TEST_CASE(the_endpoint_of_the_settings_is_used) {
  Machine machine;
  machine.with_services().with_config("[default]\nregion = eu-west-1\nrole_arn = " + kRole +
                                      "\nsource_profile = base\n[profile base]\naws_access_key_id = BASE\n"
                                      "aws_secret_access_key = s\n");
  machine.fake.environment["AWS_ENDPOINT_URL_STS"] = "http://localhost:4566";
  BOOST_REQUIRE(machine.by_default());
  BOOST_TEST((machine.roles() == std::vector<std::string>{"http://localhost:4566 BASE " + kRole}));
}

BOOST_AUTO_TEST_CASE(a_profile_without_credentials_is_no_provider) {
  Machine machine;
  machine.with_config("[profile p]\nregion = eu-west-1\n");
  BOOST_REQUIRE(machine.load());
  BOOST_TEST(*make_profile_provider(machine.context(), "p") == nullptr);
  BOOST_TEST(*make_profile_provider(machine.context(), "default") == nullptr);
  const auto missing = make_profile_provider(machine.context(), "nope");
  BOOST_REQUIRE(!missing);
  BOOST_TEST(missing.error().message == "The config profile (nope) could not be found");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_served_is_named_and_never_skipped) {
  for (const char* key : {"sso_session", "sso_start_url", "sso_account_id", "sso_role_name", "login_session",
                          "web_identity_token_file"}) {
    Machine machine;
    machine.with_services().with_config("[profile p]\n" + std::string(key) + " = x\n");
    const auto got = machine.by_default({.profile = "p"});
    BOOST_REQUIRE_MESSAGE(!got, key);
    BOOST_TEST((got.error().code == Errc::configuration || got.error().code == Errc::unsupported), key);
    BOOST_TEST(test::mentions(got.error().hints, "/home/.aws/config:2"), text_of(got));
    BOOST_TEST(machine.transport.count() == 0u);
  }
}

BOOST_AUTO_TEST_CASE(keys_that_come_too_late_do_no_harm) {
  Machine machine;
  machine.with_config("[profile p]\ncredential_process = false\nsso_session = s\nlogin_session = l\n");
  machine.with_credentials("[p]\naws_access_key_id = FILE\naws_secret_access_key = s\n");
  BOOST_TEST(machine.by_default({.profile = "p"})->access_key_id == "FILE");
}

BOOST_AUTO_TEST_CASE(the_code_of_a_device_is_asked_for) {
  Machine machine;
  machine.with_services().with_config("[default]\nregion = eu-west-1\nrole_arn = " + kRole +
                                      "\ncredential_source = Ec2InstanceMetadata\n"
                                      "mfa_serial = arn:aws:iam::1:mfa/u\n");
  BOOST_REQUIRE(machine.by_default());
  BOOST_TEST((machine.asked == std::vector<std::string>{"Enter MFA code for arn:aws:iam::1:mfa/u: "}));
  BOOST_TEST(Machine::parameter(machine.last(), "SerialNumber") == "arn:aws:iam::1:mfa/u");
  BOOST_TEST(Machine::parameter(machine.last(), "TokenCode") == "123456");
}

BOOST_AUTO_TEST_CASE(a_source_without_the_variables_of_containers) {
  Machine machine;
  machine.with_config("[default]\nregion = eu-west-1\nrole_arn = " + kRole +
                      "\ncredential_source = EcsContainer\n");
  const auto got = machine.by_default();
  BOOST_REQUIRE(!got);
  BOOST_TEST(got.error().message ==
             "Error when retrieving credentials from EcsContainer: No credentials found in credential_source "
             "referenced in profile default");
}

// Region and role each ask the instance once, whoever asks for the region too.
BOOST_AUTO_TEST_CASE(the_region_of_the_instance_is_asked_once) {
  Machine machine;
  machine.with_services().with_config("[default]\nrole_arn = " + kRole +
                                      "\ncredential_source = Ec2InstanceMetadata\n");
  BOOST_REQUIRE(machine.load());
  BOOST_TEST(*machine.metadata->region({}) == "eu-north-1");
  BOOST_REQUIRE((*make_default_provider(machine.context()))->get({}));
  BOOST_TEST(
      std::ranges::count(test::lines_of(machine.transport), "GET /latest/meta-data/placement/region") == 1);
}

BOOST_AUTO_TEST_CASE(every_source_says_why_not_in_order) {
  Machine machine;
  machine.fake.environment["AWS_EC2_METADATA_DISABLED"] = "true";
  const auto got = machine.by_default();
  BOOST_REQUIRE(!got);
  std::size_t from = 0;
  for (const char* name :
       {"environment: ", "profile default: ", "web identity: ", "container: ", "instance metadata: "}) {
    const auto at = std::find_if(got.error().hints.begin() + static_cast<std::ptrdiff_t>(from),
                                 got.error().hints.end(), [&](const auto& h) { return h.starts_with(name); });
    BOOST_REQUIRE_MESSAGE(at != got.error().hints.end(), name << " in " << text_of(got));
    from = static_cast<std::size_t>(at - got.error().hints.begin()) + 1;
  }
}

BOOST_AUTO_TEST_CASE(a_region_that_only_a_role_needs_comes_after_the_errors_of_its_source) {
  Machine machine;
  machine.fake.environment["AWS_EC2_METADATA_DISABLED"] = "true";
  machine.with_config("[default]\nrole_arn = " + kRole +
                      "\nsource_profile = s\n[profile s]\nsso_account_id = 1\nsso_role_name = r\n"
                      "sso_region = eu-west-1\nsso_start_url = https://x.test/start\n");
  const auto got = machine.by_default();
  BOOST_REQUIRE(!got);
  BOOST_TEST(got.error().message == "Error loading SSO Token: Token for https://x.test/start does not exist");
}

BOOST_AUTO_TEST_CASE(what_is_refused_as_expired_is_told_to_the_source) {
  Machine machine;
  machine.with_services().with_config("[default]\nregion = eu-west-1\nrole_arn = " + kRole +
                                      "\nweb_identity_token_file = /var/token.jwt\n");
  machine.fake.files["/var/token.jwt"] = kToken;
  BOOST_REQUIRE(machine.load());
  const auto provider = make_default_provider(machine.context());
  BOOST_TEST((*provider)->get({})->access_key_id == "ASSUMED1");
  (*provider)->invalidate("ASSUMED1");
  BOOST_TEST((*provider)->get({})->access_key_id == "ASSUMED2");
}

BOOST_AUTO_TEST_CASE(hops_say_where_each_step_stands) {
  Machine machine;
  machine.with_services().with_config("[default]\nregion = eu-west-1\nrole_arn = " + kRole +
                                      "\nsource_profile = w\n[profile w]\nrole_arn = arn:aws:iam::1:role/w\n"
                                      "web_identity_token_file = /var/token.jwt\n");
  machine.fake.files["/var/token.jwt"] = kToken;
  const auto got = machine.by_default();
  BOOST_REQUIRE_MESSAGE(got, text_of(got));
  BOOST_REQUIRE(got->hops.size() == 2u);
  BOOST_TEST(got->hops[0].method == "assume-role-with-web-identity");
  BOOST_TEST(got->hops[0].subject == "arn:aws:iam::1:role/w");
  BOOST_TEST(got->hops[0].place == "/home/.aws/config:7");
  BOOST_TEST(got->hops[1].method == "assume-role");
  BOOST_TEST(got->hops[1].place == "/home/.aws/config:3");
}

BOOST_AUTO_TEST_CASE(a_role_arn_that_is_none) {
  for (const std::string& arn : {std::string("x"), std::string("ARN:aws"), "arn:" + std::string(2048, 'x')}) {
    Machine machine;
    machine.with_config("[default]\nrole_arn = " + arn + "\ncredential_source = Ec2InstanceMetadata\n");
    BOOST_TEST((machine.by_default().error().code == Errc::configuration));
  }
}

BOOST_AUTO_TEST_CASE(the_aws_clis_session_name) {
  Machine machine;
  machine.with_services().with_config("[default]\nregion = eu-west-1\nrole_arn = " + kRole +
                                      "\ncredential_source = Ec2InstanceMetadata\n");
  BOOST_REQUIRE(machine.load());
  auto context = machine.context();
  context.session_prefix = "botocore-session";
  BOOST_REQUIRE((*make_default_provider(context))->get({}));
  BOOST_TEST(Machine::parameter(machine.last(), "RoleSessionName") == "botocore-session-1590969600");
}
