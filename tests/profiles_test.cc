// Both files together: where they are, whose property wins, what is said.
#define BOOST_TEST_MODULE profiles
#include "config/profiles.h"

#include <string>

#include "crosslog/config.h"
#include "tests/support/config_case.h"

namespace json = boost::json;
using namespace crosslog;
using test::FakeHost;
using test::text;

namespace {

FakeHost machine_at(std::string home = "/home/u") {
  FakeHost machine;
  machine.environment["HOME"] = std::move(home);
  return machine;
}

SharedConfig loaded(const FakeHost& machine) {
  auto config = load_shared_config(machine.host());
  BOOST_TEST_REQUIRE(config.has_value(), (config ? "" : config.error().message));
  return std::move(*config);
}

std::string refusal(const FakeHost& machine) {
  const auto config = load_shared_config(machine.host());
  if (config) return "accepted";
  BOOST_TEST(static_cast<int>(config.error().code) == static_cast<int>(Errc::configuration));
  return config.error().message;
}

std::string config_path_for(const std::string& variable) {
  auto machine = machine_at();
  machine.environment["AWS_CONFIG_FILE"] = variable;
  machine.environment["DIR"] = "/d";
  return loaded(machine).config_path;
}

}  // namespace

BOOST_AUTO_TEST_CASE(missing_files_are_empty) {
  const auto config = loaded(machine_at());
  BOOST_TEST(config.profiles.empty());
  BOOST_TEST(config.notes.empty());
  BOOST_TEST(config.config_path == "/home/u/.aws/config");
  BOOST_TEST(config.credentials_path == "/home/u/.aws/credentials");
  BOOST_TEST(config.find_profile("default") == nullptr);
}

BOOST_AUTO_TEST_CASE(paths_are_expanded) {
  BOOST_TEST(config_path_for("~/c") == "/home/u/c");
  BOOST_TEST(config_path_for("~") == "/home/u");
  BOOST_TEST(config_path_for("$DIR/c") == "/d/c");
  BOOST_TEST(config_path_for("${DIR}x") == "/dx");
  BOOST_TEST(config_path_for("$HOME/c") == "/home/u/c");
  BOOST_TEST(config_path_for("$NOT_SET/c") == "$NOT_SET/c");
  BOOST_TEST(config_path_for("a$/${}$") == "a$/${}$");
  BOOST_TEST(config_path_for("${DIR") == "${DIR");
  BOOST_TEST(config_path_for("~other/c") == "~other/c");
  BOOST_TEST(config_path_for("relative") == "relative");
}

BOOST_AUTO_TEST_CASE(home) {
  BOOST_TEST(loaded(machine_at("/home/u/")).config_path == "/home/u/.aws/config");
  BOOST_TEST(loaded(machine_at("/")).config_path == "/.aws/config");
  BOOST_TEST(refusal(machine_at("relative")) == "The environment variable HOME is not an absolute path");
  BOOST_TEST(refusal(machine_at("/a\nb")) == "The environment variable HOME holds a control character");
}

BOOST_AUTO_TEST_CASE(without_a_home_nothing_is_read_and_it_is_said) {
  for (auto machine : {FakeHost{}, machine_at("")}) {
    machine.files["~/.aws/config"] = "[default]\nregion = x";
    const auto config = loaded(machine);
    BOOST_TEST(config.profiles.empty());
    BOOST_TEST(config.notes.size() == 2u);
    BOOST_TEST(config.notes.front() == "HOME is not set: ~/.aws/config is not read");
  }
  FakeHost machine;
  machine.environment = {{"AWS_CONFIG_FILE", "/c"}, {"AWS_SHARED_CREDENTIALS_FILE", "/k"}};
  BOOST_TEST(loaded(machine).notes.empty());
}

BOOST_AUTO_TEST_CASE(an_empty_variable_and_dev_null_name_no_file) {
  auto machine = machine_at();
  machine.environment["AWS_CONFIG_FILE"] = "";
  machine.environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
  machine.unreadable = {"", "/dev/null"};
  machine.files["/home/u/.aws/config"] = "[default]\nregion = x";
  const auto config = loaded(machine);
  BOOST_TEST(config.profiles.empty());
  BOOST_TEST_REQUIRE(config.notes.size() == 1u);
  BOOST_TEST(config.notes.front() == "AWS_CONFIG_FILE is set to nothing: no file is read");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_an_error_with_the_path) {
  auto machine = machine_at();
  machine.unreadable = {"/home/u/.aws/credentials"};
  BOOST_TEST(refusal(machine) == "Unable to read /home/u/.aws/credentials: not a regular file");
}

BOOST_AUTO_TEST_CASE(variables_are_checked) {
  auto machine = machine_at();
  machine.environment["AWS_CONFIG_FILE"] = "/c\x1b";
  BOOST_TEST(refusal(machine) == "The environment variable AWS_CONFIG_FILE holds a control character");
  machine.environment["AWS_CONFIG_FILE"] = std::string(config::kMaxEnvironmentValueBytes, 'a');
  BOOST_TEST(refusal(machine) == "accepted");
  machine.environment["AWS_CONFIG_FILE"] += 'a';
  BOOST_TEST(refusal(machine) == "The environment variable AWS_CONFIG_FILE is longer than 32768 bytes");
}

BOOST_AUTO_TEST_CASE(properties_know_where_they_stand) {
  auto machine = machine_at();
  machine.files["/home/u/.aws/config"] = "[profile x]\nRegion = r\noutput = json\n";
  machine.files["/home/u/.aws/credentials"] = "\n\n[x]\noutput = text\n";
  const auto config = loaded(machine);
  const auto* const profile = config.find_profile("x");
  BOOST_TEST_REQUIRE(profile != nullptr);
  BOOST_TEST(profile->name == "x");
  BOOST_TEST(profile->value("region") == "r");
  BOOST_TEST(profile->find("region")->file == "/home/u/.aws/config");
  BOOST_TEST(profile->find("region")->line == 2);
  BOOST_TEST(!profile->find("region")->from_credentials_file);
  BOOST_TEST(profile->value("output") == "text");
  BOOST_TEST(profile->find("output")->line == 4);
  BOOST_TEST(profile->find("output")->from_credentials_file);
  BOOST_TEST(profile->value("nothing").empty());
  BOOST_TEST(profile->find("nothing") == nullptr);
}

BOOST_AUTO_TEST_CASE(exposed_keys_are_said) {
  auto machine = machine_at();
  machine.files["/home/u/.aws/config"] = "[default]\nregion = r\n";
  machine.files["/home/u/.aws/credentials"] = "[default]\n";
  machine.world_readable = {"/home/u/.aws/config", "/home/u/.aws/credentials"};
  auto config = loaded(machine);
  BOOST_TEST_REQUIRE(config.notes.size() == 1u);
  BOOST_TEST(config.notes[0] == "Other users can read /home/u/.aws/credentials: chmod 600 protects it");
  machine.files["/home/u/.aws/config"] = "[default]\naws_secret_access_key = hunter2\n";
  config = loaded(machine);
  BOOST_TEST_REQUIRE(config.notes.size() == 3u);
  BOOST_TEST(config.notes[0] ==
             "/home/u/.aws/config:2: aws_secret_access_key belongs into the credentials file");
  BOOST_TEST(config.notes[1] == "Other users can read /home/u/.aws/config: chmod 600 protects it");
}

namespace {

json::object values(const Profile& profile) {
  json::object out;
  for (const auto& [name, property] : profile.properties)
    out[name] = property.value;
  return out;
}

template <class Profiles>
json::object values(const Profiles& profiles) {
  json::object out;
  for (const auto& [name, profile] : profiles)
    out[name] = values(profile);
  return out;
}

json::object nested(const SharedConfig& config) {
  json::object out;
  for (const auto* profiles : {&config.profiles, &config.services}) {
    for (const auto& [name, profile] : *profiles) {
      for (const auto& [key, property] : profile.properties) {
        if (property.nested.empty()) continue;
        json::object map;
        for (const auto& [inner, value] : property.nested)
          map[inner] = value;
        out[name + "/" + key] = map;
      }
    }
  }
  return out;
}

json::object described(const SharedConfig& config) {
  json::array notes;
  for (const auto& note : config.notes)
    notes.emplace_back(note);
  return {{"profiles", values(config.profiles)},
          {"sso_sessions", values(config.sso_sessions)},
          {"services", values(config.services)},
          {"nested", nested(config)},
          {"notes", notes}};
}

void check_case(const std::filesystem::path& folder) {
  const auto expected = test::read_json((folder / "expected.json").string()).as_object();
  const auto machine = test::host_of_case(folder);
  const auto config = load_shared_config(machine.host());
  if (const auto* const error = expected.if_contains("error")) {
    BOOST_TEST_REQUIRE(!config.has_value(), "loading: accepted");
    test::check_error(config.error(), error->as_object());
    return;
  }
  BOOST_TEST_REQUIRE(config.has_value(), "loading: " << (config ? "" : config.error().hints.front()));
  test::check_members(described(*config), expected);
}

bool add_own_cases() {
  for (const auto& folder : test::case_folders("shared_config")) {
    test::add_case("shared_config/" + folder.filename().string(), [folder] { check_case(folder); });
  }
  return true;
}

std::string input_file(const json::object& input, const char* name) {
  const auto* const file = input.if_contains(name);
  return file == nullptr ? std::string() : text(*file);
}

// Words of the vectors, looked for in the hint that says what is wrong.
void check_parser_error(const Result<SharedConfig>& config, const std::string& part) {
  BOOST_TEST_REQUIRE(!config.has_value(), "parsing: accepted, but the vector wants \"" << part << "\"");
  BOOST_TEST_REQUIRE(config.error().hints.size() == 1u);
  BOOST_TEST(config.error().hints[0].find(part) != std::string::npos,
             config.error().hints[0] << " lacks " << part);
}

void check_parser_vector(const json::object& vector) {
  auto machine = machine_at();
  const auto& input = vector.at("input").as_object();
  machine.files["/home/u/.aws/config"] = input_file(input, "configFile");
  machine.files["/home/u/.aws/credentials"] = input_file(input, "credentialsFile");
  const auto config = load_shared_config(machine.host());
  const auto& output = vector.at("output").as_object();
  if (output.contains("errorContaining"))
    return check_parser_error(config, text(output.at("errorContaining")));
  BOOST_TEST_REQUIRE(config.has_value(), "parsing: " << (config ? "" : config.error().hints[0]));
  json::object expected;
  for (const auto& [kind, sections] : output.at("config").as_object()) {
    expected[kind == "services"       ? "services"
             : kind == "sso_sessions" ? "sso_sessions"
                                      : "profiles"] = sections;
  }
  test::check_members(described(*config), expected);
}

void check_location_vector(const json::object& vector) {
  FakeHost machine;
  for (const auto& [name, value] : vector.at("environment").as_object()) {
    machine.environment[std::string(name)] = text(value);
  }
  const auto config = loaded(machine);
  BOOST_TEST(config.config_path == text(vector.at("configLocation")));
  BOOST_TEST(config.credentials_path == text(vector.at("credentialsLocation")));
}

// botocore's own answers: a nested value is an object.
void check_botocore_file(const std::filesystem::path& file, const json::object& expected) {
  auto machine = machine_at();
  machine.files["/home/u/.aws/config"] = test::read_text(file.string());
  const auto config = load_shared_config(machine.host());
  BOOST_TEST_REQUIRE(config.has_value() == !expected.contains("error"));
  if (!config) return;
  auto actual = values(config->profiles);
  for (const auto& [place, map] : nested(*config)) {
    const std::string path(place);
    actual[path.substr(0, path.find('/'))].as_object()[path.substr(path.find('/') + 1)] = map;
  }
  test::check_members({{"profiles", actual}}, {{"profiles", expected.at("profiles")}});
}

void add_vectors(const std::filesystem::path& folder, const std::string& stem,
                 const std::function<void(const json::object&)>& check) {
  for (const auto& file : test::files_named(folder, stem)) {
    const auto vectors = test::read_json(file.string());
    for (const auto& vector : vectors.at("tests").as_array()) {
      if (vector.as_object().contains("platform") && vector.at("platform") != "linux") continue;
      test::add_numbered(stem, text(vector.at("name")), [check, vector] { check(vector.as_object()); });
    }
  }
}

bool add_conformance() {
  const auto folder = test::conformance("profiles");
  if (!folder) return test::add_skipped("profiles (files)");
  add_vectors(*folder, "profile-parser-tests", check_parser_vector);
  add_vectors(*folder, "file-location-tests", check_location_vector);
  for (const auto& expected : test::files_named(*folder / "botocore-cfg", "expected")) {
    const auto files = test::read_json(expected.string());
    for (const auto& [name, value] : files.as_object()) {
      const auto file = expected.parent_path() / std::string(name);
      const auto answer = value.as_object();
      test::add_case("botocore-cfg/" + std::string(name),
                     [file, answer] { check_botocore_file(file, answer); });
    }
  }
  return true;
}

const bool kAdded = add_own_cases() && add_conformance();

}  // namespace
