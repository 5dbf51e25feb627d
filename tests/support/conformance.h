// Conformance vectors outside the repository. CROSSLOG_CONFORMANCE names the
// folder, default ../shared/conformance beside the checkout. A suite that finds
// none registers one test case, disabled, so that it counts as skipped.
#ifndef CROSSLOG_TESTS_SUPPORT_CONFORMANCE_H_
#define CROSSLOG_TESTS_SUPPORT_CONFORMANCE_H_

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>
#include <optional>
#include <string>

namespace crosslog::test {

// The sub-folder of the vectors, or nullopt.
inline std::optional<std::filesystem::path> conformance(const std::string& folder) {
  const char* named = std::getenv("CROSSLOG_CONFORMANCE");
  const std::filesystem::path root =
      named != nullptr && *named != '\0' ? named : CROSSLOG_SOURCE_ROOT "/../shared/conformance";
  std::error_code error;
  if (std::filesystem::is_directory(root / folder, error)) return root / folder;
  return std::nullopt;
}

// The repository's own cases, tests/data/<folder>: always there.
inline std::filesystem::path own_cases(const std::string& folder) {
  return std::filesystem::path(CROSSLOG_SOURCE_ROOT) / "tests" / "data" / folder;
}

// One test case in the master suite for each vector, so that counts are of
// vectors. Call from a global fixture-free initializer:
//   static const bool registered = crosslog::test::add_case("sigv4/get-vanilla", [] { ... });
inline bool add_case(const std::string& case_name, std::function<void()> body) {
  boost::unit_test::framework::master_test_suite().add(
      boost::unit_test::make_test_case(std::move(body), case_name, __FILE__, __LINE__));
  return true;
}

// Says that a suite of vectors is not here, and counts it as one skipped case.
inline bool add_skipped(const std::string& suite) {
  std::cerr << "skipped: no conformance vectors for " << suite << "\n";
  auto* skipped = boost::unit_test::make_test_case([] {}, suite + " (no vectors here)", __FILE__, __LINE__);
  skipped->p_default_status.value = boost::unit_test::test_unit::RS_DISABLED;
  boost::unit_test::framework::master_test_suite().add(skipped);
  return true;
}

}  // namespace crosslog::test

#endif  // CROSSLOG_TESTS_SUPPORT_CONFORMANCE_H_
