#include "cli/commands/people.h"

#include <algorithm>
#include <utility>

namespace crosslog::cli {

std::vector<Argument> with_people_options(std::vector<Argument> options) {
  options.push_back({.name = "--format"});
  options.push_back({.name = "--tz"});
  for (const char* name : {"--json", "--ndjson"})
    options.push_back(
        {.name = name, .arity = Argument::Arity::none, .destination = "--json", .constant = "true"});
  return options;
}

Outcome<PeopleArguments> parse_people_arguments(std::span<const Argument> options,
                                                std::span<const std::string> words, std::size_t least,
                                                std::size_t most, std::string_view usage,
                                                const GlobalOptions& globals) {
  auto parsed = parse_arguments(options, words, usage);
  if (!parsed) return std::unexpected(parsed.error());
  PeopleArguments out;
  for (auto& word : std::exchange(parsed->rest, {})) {
    if (word.starts_with('-') && word.size() > 1)
      return fail_usage("Unknown options: " + word + "\n\nusage: " + std::string(usage));
    out.words.push_back(std::move(word));
  }
  if (out.words.size() < least) return fail_usage("a log group is missing\n\nusage: " + std::string(usage));
  if (out.words.size() > most) {
    return fail_usage("one word too many: " + out.words[most] + "\n\nusage: " + std::string(usage));
  }
  if (parsed->has("--json") && parsed->has("--format")) {
    return fail_usage("--json and --format do not go together");
  }
  if (globals.overrides.output)
    return fail_usage("--output is not for this command: it has --json and --format");
  if (globals.query) return fail_usage("--query is not for this command: it has --format, and --json for jq");
  out.parsed = std::move(*parsed);
  return out;
}

Outcome<LineWriter> LineWriter::make(const ParsedArguments& parsed, std::string_view format,
                                     std::span<const LineField> fields, const Host& host,
                                     const LineOutput& output) {
  auto line = parsed.has("--json")
                  ? LineFormat::ndjson()
                  : LineFormat::parse(parsed.has("--format") ? parsed.value("--format") : format, fields);
  if (!line) return fail_usage("--format: " + line.error());
  auto zone = TimeZone::make(parsed.has("--tz") ? parsed.value("--tz") : "local", host);
  if (!zone) return fail_usage("--tz: " + zone.error());
  return LineWriter(std::move(*line), {.zone = *zone, .safe = output.safe, .color = output.color}, output);
}

Outcome<void> LineWriter::write(std::span<const Document> records) const {
  std::string text;
  for (const auto& record : records)
    text += format_.write(record, style_);
  return output_->print(text);
}

Outcome<Document> group_record(LogsSession& logs, const GroupName& group, bool wanted) {
  Outcome<std::string> account = group.account;
  if (wanted && account->empty()) account = logs.account();
  if (!account) return std::unexpected(account.error());
  return Document::Map{{"account", account->empty() ? Document() : Document(*account)},
                       {"region", logs.region()},
                       {"group", group.name}};
}

std::string people_options_help(std::span<const LineField> fields) {
  std::string names;
  for (const auto& field : fields)
    names += " {" + std::string(field.name) + "}";
  return "  --format TEMPLATE   a line of these:" + names +
         "\n                      \\t, \\n and \\\\ are a tab, a line break and a backslash; {{ and }} "
         "braces\n"
         "  --json, --ndjson    a JSON object a line, times in milliseconds since 1970\n"
         "  --tz ZONE           times in this zone: UTC, local, +02:00, Europe/Berlin; local unless given\n";
}

}  // namespace crosslog::cli
