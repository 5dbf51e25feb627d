// `get`: a log group's events of a time, or the last of them, as lines.
#ifndef CROSSLOG_SRC_CLI_COMMANDS_GET_H_
#define CROSSLOG_SRC_CLI_COMMANDS_GET_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/commands/people.h"
#include "cli/event_reader.h"
#include "cli/group_name.h"
#include "cli/name_pattern.h"
#include "crosslog/clock.h"

namespace crosslog::cli {

[[nodiscard]] Outcome<void> get_events(const Session& session, std::span<const std::string> words,
                                       const LineOutput& output);

// What the words ask for. `streams` is a pattern that the query's stream names are
// still to be found by.
struct GetRequest {
  GroupName group;
  EventQuery query;
  std::optional<NamePattern> streams;
  std::optional<std::size_t> last;
  bool zone_assumed = false;  // a time was given without an offset
};
[[nodiscard]] Outcome<GetRequest> make_get_request(const PeopleArguments& arguments, TimePoint now,
                                                   const TimeZone& zone);
[[nodiscard]] Outcome<PeopleArguments> parse_get_arguments(std::span<const std::string> words,
                                                           const Program& program,
                                                           const GlobalOptions& globals);

[[nodiscard]] std::vector<Argument> get_options();
[[nodiscard]] std::string get_help(const Program& program);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_COMMANDS_GET_H_
