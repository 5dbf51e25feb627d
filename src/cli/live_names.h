// The names that completion offers and only the world knows: profiles and regions
// from the files, log groups and streams from the service. A person waits at a Tab:
// two seconds for all of it, no questions at the terminal, no word about errors.
#ifndef CROSSLOG_SRC_CLI_LIVE_NAMES_H_
#define CROSSLOG_SRC_CLI_LIVE_NAMES_H_

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "cli/completion.h"
#include "cli/program.h"
#include "crosslog/clock.h"
#include "crosslog/config.h"
#include "crosslog/document.h"
#include "crosslog/host.h"

namespace crosslog::cli {

// Names that were found a minute ago at most, in files of $XDG_CACHE_HOME or ~/.cache.
// A query is known by a hash, and shares one of 64 files with others, so that the
// folder stays small.
class NameCache {
 public:
  // No cache where there is no home, or CROSSLOG_NO_CACHE is set.
  explicit NameCache(const Host& host);

  // `query`: all that the answer depends on.
  [[nodiscard]] std::optional<std::vector<std::string>> find(std::string_view query, TimePoint now) const;
  void keep(std::string_view query, const std::vector<std::string>& names, TimePoint now) const;

 private:
  const Host& host_;
  std::string folder_;  // empty: none
};

// References outlive it and its source.
class LiveNames {
 public:
  LiveNames(const Program& program, const Host& host, std::stop_token stop);

  [[nodiscard]] NameSource source();

 private:
  struct Query {
    std::string operation, list, member;  // which member of which list the name is
    Document parameters;
    std::string region;  // of an ARN; empty: the settings'
  };
  [[nodiscard]] std::vector<std::string> groups(const GivenOptions& given, const std::string& prefix);
  [[nodiscard]] std::vector<std::string> streams(const GivenOptions& given, const std::string& group,
                                                 const std::string& prefix);
  [[nodiscard]] std::vector<std::string> names(const GivenOptions& given, const Query& query);
  struct Answer {
    std::vector<std::string> names;
    bool whole = false;  // no error, and not too late
  };
  [[nodiscard]] Answer ask(const GivenOptions& given, const Settings& settings, const Query& query);

  const Program& program_;
  Host host_;
  std::stop_token stop_;
  SharedConfig config_;
  bool config_is_good_ = false;
};

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_LIVE_NAMES_H_
