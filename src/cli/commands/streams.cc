#include "cli/commands/streams.h"

#include <array>
#include <optional>
#include <utility>

#include "cli/group_name.h"

namespace crosslog::cli {
namespace {

constexpr std::array kStreamFields{
    LineField{.name = "stream", .member = "stream"},
    LineField{.name = "last", .member = "lastEventTimestamp", .kind = LineField::Kind::time, .color = "36"},
    LineField{.name = "first", .member = "firstEventTimestamp", .kind = LineField::Kind::time, .color = "36"},
    LineField{.name = "created", .member = "creationTime", .kind = LineField::Kind::time, .color = "36"},
    LineField{
        .name = "ingested", .member = "lastIngestionTime", .kind = LineField::Kind::time, .color = "36"},
    LineField{.name = "group", .member = "group"},
    LineField{.name = "arn", .member = "arn"},
    LineField{.name = "account", .member = "account"},
    LineField{.name = "region", .member = "region"}};

std::string streams_usage(const Program& program) {
  return program.name +
         " streams GROUP [PATTERN] [--regex] [--by-time] [--long | --format TEMPLATE | --json] [options]\n";
}

std::string stream_name_of(const Document& stream) {
  const Document* name = stream.find("logStreamName");
  return name == nullptr || name->string() == nullptr ? std::string{} : *name->string();
}

Document stream_record_of(const Document& stream, const Document& common) {
  Document record = common;
  record.set("stream", stream_name_of(stream));
  for (const char* member :
       {"creationTime", "firstEventTimestamp", "lastEventTimestamp", "lastIngestionTime", "arn"}) {
    if (const Document* value = stream.find(member)) record.set(member, *value);
  }
  return record;
}

}  // namespace

Outcome<void> find_streams(const LogsCall& call, const Document& group, const NamePattern& pattern,
                           bool by_time, const std::function<Outcome<void>(const Document::List&)>& emit) {
  Document parameters = group;
  if (by_time) {
    parameters.set("orderBy", "LastEventTime");
    parameters.set("descending", true);
  } else if (!pattern.prefix().empty()) {
    parameters.set("logStreamNamePrefix", pattern.prefix());
  }
  for (;;) {
    auto answer = call("DescribeLogStreams", parameters);
    if (!answer) return std::unexpected(answer.error());
    const std::string token = next_token_of(*answer);
    auto streams = list_of(std::move(*answer), "logStreams");
    if (!streams) return std::unexpected(streams.error());
    std::erase_if(*streams, [&](const Document& stream) { return !pattern.matches(stream_name_of(stream)); });
    if (auto good = emit(*streams); !good) return good;
    if (token.empty()) return {};
    const Document* sent = parameters.find("nextToken");
    if (sent != nullptr && *sent->string() == token) {
      return fail_general("Error during pagination: the same nextToken came twice");
    }
    parameters.set("nextToken", token);
  }
}

Outcome<void> list_streams(const Session& session, std::span<const std::string> words,
                           const LineOutput& output) {
  const auto arguments =
      parse_people_arguments(streams_options(), words, 1, 2, streams_usage(session.program), session.globals);
  if (!arguments) return std::unexpected(arguments.error());
  const auto& parsed = arguments->parsed;
  if (parsed.has("--long") && (parsed.has("--json") || parsed.has("--format"))) {
    return fail_usage("--long does not go together with --json and --format");
  }
  const auto group = parse_group_name(arguments->words.front());
  if (!group) return fail_usage(group.error());
  const bool two = arguments->words.size() == 2;
  if (two && !group->stream.empty())
    return fail_usage("a pattern is given twice, after the colon and after the group");
  auto pattern = NamePattern::make(two ? arguments->words[1] : group->stream,
                                   parsed.has("--regex") ? PatternKind::regex : PatternKind::word);
  if (!pattern) return fail_usage(pattern.error());
  const auto writer = LineWriter::make(parsed, parsed.has("--long") ? "{last} {stream}" : "{stream}",
                                       kStreamFields, session.host, output);
  if (!writer) return std::unexpected(writer.error());
  auto logs = LogsSession::open(session, group->region);
  if (!logs) return std::unexpected(logs.error());
  auto common = group_record(*logs, *group, writer->uses("account"));
  if (!common) return std::unexpected(common.error());
  const auto call = [&](std::string_view operation, const Document& parameters) {
    return logs->call(operation, parameters);
  };
  return find_streams(call, group->parameters(), *pattern, parsed.has("--by-time"),
                      [&](const Document::List& streams) {
                        Document::List records;
                        for (const auto& stream : streams)
                          records.push_back(stream_record_of(stream, *common));
                        return writer->write(records);
                      });
}

std::vector<Argument> streams_options() {
  const auto flag = [](const char* name) {
    return Argument{.name = name, .arity = Argument::Arity::none, .constant = "true"};
  };
  return with_people_options({flag("--regex"), flag("--by-time"), flag("--long")});
}

std::string streams_help(const Program& program) {
  const std::string& name = program.name;
  return "usage: " + streams_usage(program) +
         "\nThe names of a log group's streams, one a line. GROUP is a name or an ARN.\n\n"
         "PATTERN with * or ? is a glob over the whole name, where brackets stand for\n"
         "themselves; without, a part of the name. Capital and small letters differ.\n\n"
         "  --regex             PATTERN is a POSIX extended regular expression for a part of the name\n"
         "  --by-time           the stream with the latest event first; the service learns of\n"
         "                      events late, mostly within the hour\n"
         "  --long              the time of the last event in front of each name\n" +
         people_options_help(kStreamFields) +
         "\nThe exit status is 0 also when no name matches.\n"
         "\nexamples:\n"
         "  " +
         name +
         " streams /aws/lambda/orders --by-time --long | head\n"
         "  " +
         name +
         " streams G 'web-*' --profile crossb\n"
         "  " +
         name + " streams arn:aws:logs:eu-west-1:999999999999:log-group:G --json\n";
}

}  // namespace crosslog::cli
