// `groups`: the log groups, by a pattern of their names.
#ifndef CROSSLOG_SRC_CLI_COMMANDS_GROUPS_H_
#define CROSSLOG_SRC_CLI_COMMANDS_GROUPS_H_

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/commands/people.h"
#include "cli/name_pattern.h"

namespace crosslog::cli {

// Asks ListLogGroups, a thousand a page; DescribeLogGroups, fifty a page, where the
// service or the caller's policy does not know that.
[[nodiscard]] Outcome<void> list_groups(const Session& session, std::span<const std::string> words,
                                        const LineOutput& output);

struct GroupQuery {
  NamePattern pattern;
  std::string log_class;  // empty: each
  bool linked = false;    // of linked accounts too
};
// The same from any service: each page's groups that match, as members of
// LogGroupSummary.
[[nodiscard]] Outcome<void> find_groups(const LogsCall& call, const GroupQuery& query,
                                        const std::function<Outcome<void>(const Document::List&)>& emit);

[[nodiscard]] std::vector<Argument> groups_options();
[[nodiscard]] std::string groups_help(const Program& program);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_COMMANDS_GROUPS_H_
