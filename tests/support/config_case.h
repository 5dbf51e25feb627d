// A test case of configuration: a folder with any of
//   config, credentials   the files of /home/case/.aws
//   environment.json      variables (HOME is /home/case already)
//   options.json          what the command line says
//   expected.json         members to compare, or "error"
// Only the members that expected.json names are compared.
#ifndef CROSSLOG_TESTS_SUPPORT_CONFIG_CASE_H_
#define CROSSLOG_TESTS_SUPPORT_CONFIG_CASE_H_

#include <algorithm>
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/conformance.h"
#include "tests/support/fake_host.h"
#include "tests/support/json.h"

namespace crosslog::test {

inline std::string text(const boost::json::value& value) {
  return {value.as_string().begin(), value.as_string().end()};
}

inline boost::json::object optional_object(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) return {};
  return read_json(path.string()).as_object();
}

inline FakeHost host_of_case(const std::filesystem::path& folder) {
  FakeHost machine;
  machine.environment["HOME"] = "/home/case";
  for (const std::string file : {"config", "credentials"}) {
    if (std::filesystem::exists(folder / file)) {
      machine.files["/home/case/.aws/" + file] = read_text((folder / file).string());
    }
  }
  const auto environment = optional_object(folder / "environment.json");
  for (const auto& [name, value] : environment) {
    if (value.is_null()) {
      machine.environment.erase(std::string(name));
    } else {
      machine.environment[std::string(name)] = text(value);
    }
  }
  return machine;
}

// expected: {"code": "configuration", "message": "...", "hint": "part of one"}.
inline void check_error(const Error& error, const boost::json::object& expected) {
  BOOST_TEST(std::string(name(error.code)) == text(expected.at("code")));
  BOOST_TEST(error.message == text(expected.at("message")));
  if (!expected.contains("hint")) return;
  const auto part = text(expected.at("hint"));
  BOOST_TEST(std::any_of(error.hints.begin(), error.hints.end(),
                         [&](const std::string& hint) { return hint.find(part) != std::string::npos; }),
             "no hint holds \"" << part << "\"");
}

inline void check_members(const boost::json::object& actual, const boost::json::object& expected) {
  for (const auto& [key, value] : expected) {
    const auto* const found = actual.if_contains(key);
    const bool same = found != nullptr && *found == value;
    BOOST_TEST(same,
               key << ": expected " << value << ", got " << (found ? *found : boost::json::value("nothing")));
  }
}

// Every folder in tests/data/<area>, sorted: at least one.
inline std::vector<std::filesystem::path> case_folders(const std::string& area) {
  std::vector<std::filesystem::path> folders;
  for (const auto& entry : std::filesystem::directory_iterator(own_cases(area)))
    folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  return folders;
}

// As add_case, for vectors whose names may repeat.
inline void add_numbered(const std::string& suite, const std::string& vector, std::function<void()> body) {
  static std::map<std::string, int> counts;
  add_case(suite + "/" + std::to_string(++counts[suite]) + " " + vector, std::move(body));
}

// Files under `folder`, at any depth, whose names begin with `stem`, sorted.
inline std::vector<std::filesystem::path> files_named(const std::filesystem::path& folder,
                                                      const std::string& stem) {
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::is_directory(folder)) return files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().filename().string().starts_with(stem))
      files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace crosslog::test

#endif  // CROSSLOG_TESTS_SUPPORT_CONFIG_CASE_H_
