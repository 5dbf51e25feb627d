// JSON for reading test cases: Boost.JSON, an implementation apart from ours.
#ifndef CROSSLOG_TESTS_SUPPORT_JSON_H_
#define CROSSLOG_TESTS_SUPPORT_JSON_H_

#include <boost/json.hpp>
#include <string>

namespace crosslog::test {

// The value in the file; ends the test program with a message when there is none.
boost::json::value read_json(const std::string& path);
std::string read_text(const std::string& path);

}  // namespace crosslog::test

#endif  // CROSSLOG_TESTS_SUPPORT_JSON_H_
