#define BOOST_TEST_MODULE cli_parameters
#include "cli/parameters.h"

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace crosslog;
using namespace crosslog::cli;
using Words = std::vector<std::string>;

namespace {

// A folder of its own, gone at the end.
struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "crosslog-XXXXXX").string();
    path = mkdtemp(name.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path); }
  std::string write(const std::string& name, const std::string& content) const {
    std::ofstream(path / name, std::ios::binary) << content;
    return (path / name).string();
  }
};

Outcome<Document> run(Service service, std::string_view name, const Words& words, const Getenv& getenv) {
  const Operation* operation = find_operation(service, name);
  BOOST_REQUIRE(operation != nullptr);
  const auto parsed = parse_arguments(operation_arguments(*operation), words, "usage");
  if (!parsed) return std::unexpected(parsed.error());
  return make_parameters(*operation, *parsed, getenv);
}

Outcome<Document> run(Service service, std::string_view name, const Words& words) {
  return run(service, name, words,
             [](std::string_view) -> std::optional<std::string> { return std::nullopt; });
}

std::string logs(Words words) {
  words.insert(words.begin(), {"--log-stream-name", "s"});
  const auto made = run(Service::logs, "GetLogEvents", words);
  return made ? write_json(*made) : made.error().message;
}

std::string role(Words words) {
  words.insert(words.begin(), {"--role-arn", "r", "--role-session-name", "s"});
  const auto made = run(Service::sts, "AssumeRole", words);
  return made ? write_json(*made) : made.error().message;
}

std::string with(std::string_view json) {
  return R"({"RoleArn":"r","RoleSessionName":"s",)" + std::string(json) + "}";
}

}  // namespace

BOOST_AUTO_TEST_CASE(values_take_the_type_of_the_model_and_its_order) {
  BOOST_TEST(
      logs({"--unmask", "--limit", " 1_0 ", "--start-time", "-5", "--log-group-name", "g",
            "--no-start-from-head"}) ==
      R"({"logGroupName":"g","logStreamName":"s","startTime":-5,"limit":10,"startFromHead":false,"unmask":true})");
  BOOST_TEST(logs({}) == R"({"logStreamName":"s"})");
}

BOOST_AUTO_TEST_CASE(long_numbers_are_read_on_the_line_and_others_late) {
  const auto late = run(Service::logs, "GetLogEvents", {"--log-stream-name", "s", "--limit", "ten"});
  BOOST_TEST((late.error().kind == Failure::Kind::general));
  BOOST_TEST(late.error().message == "invalid literal for int() with base 10: 'ten'");
  const auto early = run(Service::logs, "GetLogEvents", {"--log-stream-name", "s", "--start-time", "ten"});
  BOOST_TEST((early.error().kind == Failure::Kind::usage));
}

BOOST_AUTO_TEST_CASE(structures_by_shorthand_and_json) {
  const std::string tags = with(R"("Tags":[{"Key":"a","Value":"b"},{"Key":"c","Value":"d"}])");
  BOOST_TEST(role({"--tags", "Key=a,Value=b", "Key=c,Value=d"}) == tags);
  BOOST_TEST(role({"--tags", R"([{"Key":"a","Value":"b"},{"Key":"c","Value":"d"}])"}) == tags);
  BOOST_TEST(role({"--tags", R"({"Key":"a","Value":"b"})", R"({"Key":"c","Value":"d"})"}) == tags);
  BOOST_TEST(role({"--tags"}) == with(R"("Tags":[])"));
  BOOST_TEST(role({"--policy-arns", "arn=x", "arn=y"}) == with(R"("PolicyArns":[{"arn":"x"},{"arn":"y"}])"));
  BOOST_TEST(role({"--transitive-tag-keys", "a", "b"}) == with(R"("TransitiveTagKeys":["a","b"])"));
  BOOST_TEST(role({"--transitive-tag-keys", R"(["a","b"])"}) == with(R"("TransitiveTagKeys":["a","b"])"));
}

BOOST_AUTO_TEST_CASE(faults_name_the_option) {
  BOOST_TEST(role({"--tags", "foo"}) ==
             "Error parsing parameter '--tags': Expected: '=', received: 'EOF' for input:\n foo\n   ^");
  BOOST_TEST(role({"--tags", "[1,]"}) ==
             "Error parsing parameter '--tags': Invalid JSON: Expecting value: line 1 column 4 (char "
             "3)\nJSON received: [1,]");
}

BOOST_AUTO_TEST_CASE(files_stand_for_their_content) {
  const Folder folder;
  const std::string text = "file://" + folder.write("policy", "{\r\n\"é\"}\n");
  BOOST_TEST(role({"--policy", text}) == with(R"("Policy":"{\n\"é\"}\n")"));
  BOOST_TEST(role({"--duration-seconds", "file://" + folder.write("number", " 900\n")}) ==
             with(R"("DurationSeconds":900)"));
  BOOST_TEST(role({"--tags", "file://" + folder.write("tags", R"([{"Key":"a","Value":"b"}])")}) ==
             with(R"("Tags":[{"Key":"a","Value":"b"}])"));
  BOOST_TEST(role({"--policy", "file://" + folder.path.string() + "/gone"}) ==
             "Error parsing parameter '--policy': Unable to load paramfile file://" + folder.path.string() +
                 "/gone: [Errno 2] No such file or directory: '" + folder.path.string() + "/gone'");
  BOOST_TEST(role({"--policy", "file://" + folder.path.string()}).contains("[Errno 21] Is a directory"));
  BOOST_TEST(role({"--policy", "file://" + folder.write("bytes", "\xff")}).contains("could not be decoded"));
  BOOST_TEST(role({"--policy", "fileb://" + folder.write("b", "x")}).contains("use file://"));
}

BOOST_AUTO_TEST_CASE(descriptors_are_files_too) {
  for (const char* folder : {"/dev/fd/", "/proc/self/fd/"}) {
    int ends[2];
    BOOST_REQUIRE(pipe(ends) == 0);
    BOOST_REQUIRE(write(ends[1], "piped", 5) == 5);
    close(ends[1]);
    BOOST_TEST(role({"--policy", "file://" + std::string(folder) + std::to_string(ends[0])}) ==
               with(R"("Policy":"piped")"));
    close(ends[0]);
  }
  BOOST_TEST(role({"--policy", "file:///dev/fd/99999"}).contains("[Errno 9] Bad file descriptor"));
  BOOST_TEST(role({"--policy", "file:///dev/fd/99999999999"}).contains("[Errno 2]"));
}

BOOST_AUTO_TEST_CASE(paths_are_expanded) {
  const Folder folder;
  folder.write("x", "content");
  const auto getenv = [&](std::string_view name) -> std::optional<std::string> {
    if (name == "HOME" || name == "D_1") return folder.path.string();
    return std::nullopt;
  };
  for (const char* path : {"file://~/x", "file://$D_1/x", "file://${D_1}/x"}) {
    const auto made =
        run(Service::sts, "AssumeRole", {"--role-arn", path, "--role-session-name", "s"}, getenv);
    BOOST_REQUIRE_MESSAGE(made, (made ? "" : made.error().message));
    BOOST_TEST(*made->find("RoleArn")->string() == "content");
  }
  for (const char* path : {"file://$NONE/x", "file://${D_1", "file://$", "file://~other/x"}) {
    const auto made =
        run(Service::sts, "AssumeRole", {"--role-arn", path, "--role-session-name", "s"}, getenv);
    BOOST_TEST(!made.has_value(), path);
  }
}
