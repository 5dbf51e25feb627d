// `streams`: a log group's streams, by name or the latest first.
#ifndef CROSSLOG_SRC_CLI_COMMANDS_STREAMS_H_
#define CROSSLOG_SRC_CLI_COMMANDS_STREAMS_H_

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "cli/commands/people.h"
#include "cli/name_pattern.h"

namespace crosslog::cli {

[[nodiscard]] Outcome<void> list_streams(const Session& session, std::span<const std::string> words,
                                         const LineOutput& output);

// From any service: each page's streams that match. `by_time`: the latest first;
// then the service narrows nothing down. `group`: GroupName::parameters().
[[nodiscard]] Outcome<void> find_streams(const LogsCall& call, const Document& group,
                                         const NamePattern& pattern, bool by_time,
                                         const std::function<Outcome<void>(const Document::List&)>& emit);

[[nodiscard]] std::vector<Argument> streams_options();
[[nodiscard]] std::string streams_help(const Program& program);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_COMMANDS_STREAMS_H_
