// What may stand where the cursor is. Pure: the command line's own words are known,
// and the names that only the world knows are asked for by functions.
#ifndef CROSSLOG_SRC_CLI_COMPLETION_H_
#define CROSSLOG_SRC_CLI_COMPLETION_H_

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/program.h"
#include "crosslog/config.h"

namespace crosslog::cli {

struct Candidate {
  std::string value;  // the whole word
  std::string description;
  friend bool operator==(const Candidate&, const Candidate&) = default;
};

struct Completion {
  std::vector<Candidate> candidates;  // each begins with the word as it is
  bool files = false;                 // names of files belong here, and no candidate
  std::string before_file;            // what stands before the file's name: "--ca-bundle=", "file://"
};

// What the line says about the way to AWS.
struct GivenOptions {
  Overrides overrides;  // profile, region, endpoint, CA bundle
  bool no_cache = false;
};

// Functions that are left empty know no names.
struct NameSource {
  std::function<std::vector<std::string>()> profiles, regions;
  // Names that begin with `prefix`.
  std::function<std::vector<std::string>(const GivenOptions& given, const std::string& prefix)> groups;
  // `group`: a name or an ARN.
  std::function<std::vector<std::string>(const GivenOptions& given, const std::string& group,
                                         const std::string& prefix)>
      streams;
};

// `words`: what follows the program's name; the last one ends at the cursor and may
// be empty.
[[nodiscard]] Completion complete(std::span<const std::string> words, const Program& program,
                                  const NameSource& names);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_COMPLETION_H_
