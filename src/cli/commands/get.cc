#include "cli/commands/get.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "cli/commands/streams.h"
#include "cli/output/buffer.h"
#include "cli/output/event_lines.h"
#include "cli/time_expression.h"

namespace crosslog::cli {
namespace {

constexpr std::array kEventFields{
    LineField{.name = "time", .member = "timestamp", .kind = LineField::Kind::time, .color = "36"},
    LineField{.name = "stream", .member = "stream", .color = "33"},
    LineField{.name = "message", .member = "message", .kind = LineField::Kind::text},
    LineField{.name = "group", .member = "group"},
    LineField{.name = "account", .member = "account"},
    LineField{.name = "region", .member = "region"},
    LineField{.name = "ingested", .member = "ingestionTime", .kind = LineField::Kind::time, .color = "36"},
    LineField{.name = "timestamp", .member = "timestamp"},
    LineField{.name = "id", .member = "eventId"}};
constexpr std::string_view kFormat = "{time} {stream} {message}";
constexpr std::int64_t kUsual = 600'000;   // ten minutes, as logs tail
constexpr std::size_t kMaxLast = 100'000;  // they are kept in memory
constexpr std::size_t kMaxFilter = 1'024;

std::string get_usage(const Program& program) {
  return program.name +
         " get GROUP[:STREAM] [--since TIME] [--until TIME] [--last N]\n"
         "       [--filter PATTERN] [--streams NAME ... | --prefix PREFIX] [--unmask]\n"
         "       [--format TEMPLATE | --json] [--tz ZONE] [options]\n";
}

Outcome<std::optional<std::size_t>> count_of(const ParsedArguments& parsed) {
  if (!parsed.has("--last")) return std::nullopt;
  const auto text = parsed.value("--last");
  std::size_t count = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), count);
  const bool whole = fault == std::errc() && end == text.data() + text.size();
  if (!whole || count == 0 || count > kMaxLast) {
    return fail_usage("--last: a number from 1 to " + std::to_string(kMaxLast) + " is wanted, not \"" +
                      std::string(text) + "\"");
  }
  return count;
}

Outcome<std::optional<std::int64_t>> event_time_of(GetRequest& request, const ParsedArguments& parsed,
                                                   std::string_view option, TimePoint now,
                                                   const TimeZone& zone) {
  if (!parsed.has(option)) return std::nullopt;
  const auto expression = parse_time_expression(parsed.value(option));
  if (!expression) return fail_usage(std::string(option) + ": " + expression.error());
  const auto time = resolve(*expression, now, zone);
  if (!time) return fail_usage(std::string(option) + ": " + time.error());
  if (expression->kind == TimeExpression::Kind::wall) request.zone_assumed = true;
  return time->time_since_epoch().count();
}

Outcome<void> add_times(GetRequest& request, const ParsedArguments& parsed, TimePoint now,
                        const TimeZone& zone) {
  const auto start = event_time_of(request, parsed, "--since", now, zone);
  if (!start) return std::unexpected(start.error());
  const auto end = event_time_of(request, parsed, "--until", now, zone);
  if (!end) return std::unexpected(end.error());
  const std::int64_t usual_end = end->value_or(now.time_since_epoch().count());
  const std::int64_t furthest = usual_end < kReadsBackwardsFrom ? 0 : kReadsBackwardsFrom;
  const std::int64_t usual_start = request.last ? furthest : std::max<std::int64_t>(usual_end - kUsual, 0);
  if (start->value_or(0) < 0) return fail_usage("--since is before 1970");
  if (end->value_or(0) < 0) return fail_usage("--until is before 1970");
  request.query.start = start->value_or(usual_start);
  request.query.end = *end;
  if (*end && *request.query.start > **end) return fail_usage("--since is later than --until");
  return {};
}

// GROUP:STREAM, --streams and --prefix say the same thing in three ways.
Outcome<void> add_streams(GetRequest& request, const ParsedArguments& parsed) {
  const std::string& stream = request.group.stream;
  const int given = int{!stream.empty()} + int{parsed.has("--streams")} + int{parsed.has("--prefix")};
  if (given > 1) return fail_usage("only one of GROUP:STREAM, --streams and --prefix can be given");
  if (stream.contains('*')) {
    auto pattern = NamePattern::make(stream);
    if (!pattern) return fail_usage(pattern.error());
    if (pattern->is_prefix()) {
      request.query.prefix = pattern->prefix();
    } else {
      request.streams = std::move(*pattern);
    }
    return {};
  }
  if (!stream.empty()) request.query.streams = {stream};
  if (parsed.has("--streams")) request.query.streams = parsed.values.at("--streams");
  if (parsed.has("--streams") && request.query.streams.empty())
    return fail_usage("--streams: a name is wanted");
  if (parsed.has("--prefix")) request.query.prefix = parsed.value("--prefix");
  auto names = request.query.streams;
  if (parsed.has("--prefix")) names.push_back(request.query.prefix);
  for (const auto& name : names) {
    if (const auto fault = fault_of_stream_name(name); !fault.empty()) return fail_usage(fault);
  }
  return {};
}

Outcome<std::vector<std::string>> names_of_streams(const LogsCall& call, const GetRequest& request) {
  std::vector<std::string> names;
  const auto found = find_streams(call, request.group.parameters(), *request.streams, false,
                                  [&](const Document::List& streams) -> Outcome<void> {
                                    for (const auto& stream : streams)
                                      names.push_back(*stream.find("logStreamName")->string());
                                    return {};
                                  });
  if (!found) return std::unexpected(found.error());
  return names;
}

}  // namespace

Outcome<PeopleArguments> parse_get_arguments(std::span<const std::string> words, const Program& program,
                                             const GlobalOptions& globals) {
  return parse_people_arguments(get_options(), words, 1, 1, get_usage(program), globals);
}

Outcome<GetRequest> make_get_request(const PeopleArguments& arguments, TimePoint now, const TimeZone& zone) {
  const auto& parsed = arguments.parsed;
  GetRequest request;
  auto group = parse_group_name(arguments.words.front());
  if (!group) return fail_usage(group.error());
  request.group = std::move(*group);
  request.query.group = request.group.parameters();
  const auto last = count_of(parsed);
  if (!last) return std::unexpected(last.error());
  request.last = *last;
  if (auto good = add_times(request, parsed, now, zone); !good) return std::unexpected(good.error());
  if (auto good = add_streams(request, parsed); !good) return std::unexpected(good.error());
  request.query.filter = parsed.value("--filter");
  if (request.query.filter.size() > kMaxFilter) {
    return fail_usage("--filter: a filter pattern has at most 1,024 characters");
  }
  request.query.unmask = parsed.has("--unmask");
  return request;
}

Outcome<void> get_events(const Session& session, std::span<const std::string> words,
                         const LineOutput& output) {
  const auto arguments = parse_get_arguments(words, session.program, session.globals);
  if (!arguments) return std::unexpected(arguments.error());
  const auto writer = LineWriter::make(arguments->parsed, kFormat, kEventFields, session.host, output);
  if (!writer) return std::unexpected(writer.error());
  // A time without a zone is UTC, unless a zone was asked for.
  const TimeZone zone = arguments->parsed.has("--tz") ? writer->zone() : TimeZone();
  auto request = make_get_request(*arguments, system_clock().now(), zone);
  if (!request) return std::unexpected(request.error());
  if (request->zone_assumed && !arguments->parsed.has("--tz") && output.progress) {
    output.progress("times without an offset are taken as UTC; --tz says otherwise");
  }
  auto logs = LogsSession::open(session, request->group.region);
  if (!logs) return std::unexpected(logs.error());
  const auto common = group_record(*logs, request->group, writer->uses("account"));
  if (!common) return std::unexpected(common.error());
  const LogsCall call = [&](std::string_view operation, const Document& parameters) {
    return logs->call(operation, parameters);
  };
  if (request->streams) {
    auto names = names_of_streams(call, *request);
    if (!names) return std::unexpected(names.error());
    if (names->empty()) return {};
    request->query.streams = std::move(*names);
  }
  EventLines lines(writer->format(), writer->style(), *common);
  OutputBuffer out(output.print);
  const auto emit = [&](std::span<const LogEvent> events) {
    lines.write(events, out);
    return out.flush();
  };
  EventReader reader(logs->client(), output.progress, session.stop);
  return request->last ? reader.last(request->query, *request->last, emit)
                       : reader.each(request->query, emit);
}

std::vector<Argument> get_options() {
  return with_people_options({{.name = "--since"},
                              {.name = "--until"},
                              {.name = "--filter"},
                              {.name = "--last"},
                              {.name = "--streams", .arity = Argument::Arity::any},
                              {.name = "--prefix"},
                              {.name = "--unmask", .arity = Argument::Arity::none, .constant = "true"}});
}

std::string get_help(const Program& program) {
  const std::string& name = program.name;
  return "usage: " + get_usage(program) +
         "\nThe events of a log group in the order of time, every one once. GROUP is a name or\n"
         "an ARN; STREAM is the name of a log stream, or a glob when it has a *.\n\n"
         "  --since TIME        from here on; 10m unless given, that is ten minutes before --until\n"
         "  --until TIME        up to here, this millisecond included; unless given, what there is\n"
         "  --last N            only the N latest (at most 100,000); unless --since is given they\n"
         "                      are looked for back to 2024-01-01, or 1970 when --until is earlier\n"
         "  --filter PATTERN    a filter pattern of CloudWatch Logs, as 'ERROR' or '{$.status=500}';\n"
         "                      --filter=-DEBUG when it begins with a dash\n"
         "  --streams NAME ...  only these; any number\n"
         "  --prefix PREFIX     only streams whose names begin so\n"
         "  --unmask            what a data protection policy hides (needs logs:Unmask)\n" +
         people_options_help(kEventFields) +
         "\nA TIME is an age (2h, 90s, 1h30m, 2w, 1d12h), now, now-1h, a date (2026-02-23,\n"
         "2026-02-23T10:11:12.5, 20260223T101112Z, 2026-02-23T10:11+01:00), or an epoch number\n"
         "of 10 digits (seconds) or 13 (milliseconds). Without an offset it is UTC, or of --tz's\n"
         "zone when that is given.\n\n"
         "A line is '" +
         std::string(kFormat) +
         "' unless --format or --json is given. On a terminal\n"
         "control characters and line breaks inside messages are made visible, and --color (on,\n"
         "off, auto) and NO_COLOR decide about colours; a pipe gets messages as they are stored,\n"
         "line breaks at their end apart.\n"
         "--json has account, region, group, stream, timestamp, ingestionTime, eventId, message.\n\n"
         "exit status: 0 read to the end, also without an event; 252 a wrong command line; 253 no\n"
         "region or credentials; 254 the service said no; 255 anything else; 130 interrupted.\n"
         "\nexamples:\n"
         "  " +
         name +
         " get G --since 2h\n"
         "  " +
         name +
         " get G:S --since 2026-02-23T10:00Z --until 2026-02-23T10:15Z --profile crossb\n"
         "  " +
         name +
         " get /aws/lambda/orders --last 20 --filter ERROR --tz Europe/Berlin\n"
         "  " +
         name + " get G --since 1d --json | jq -r .message\n";
}

}  // namespace crosslog::cli
