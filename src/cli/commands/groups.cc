#include "cli/commands/groups.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "cli/group_name.h"

namespace crosslog::cli {
namespace {

constexpr std::array kGroupFields{
    LineField{.name = "group", .member = "group"}, LineField{.name = "arn", .member = "arn"},
    LineField{.name = "class", .member = "class"}, LineField{.name = "account", .member = "account"},
    LineField{.name = "region", .member = "region"}};
constexpr std::int64_t kGroupsPage = 1'000, kOldPage = 50;

std::string groups_usage(const Program& program) {
  return program.name +
         " groups [PATTERN] [--regex] [--class CLASS] [--linked] [--format TEMPLATE | --json] [options]\n";
}

std::string group_text_of(const Document& map, std::string_view name) {
  const Document* member = map.find(name);
  return member == nullptr || member->string() == nullptr ? std::string{} : *member->string();
}

// Without the ":*" of DescribeLogGroups.
std::string arn_of(const Document& group) {
  std::string arn = group_text_of(group, "logGroupArn");
  if (arn.empty()) arn = group_text_of(group, "arn");
  if (arn.ends_with(":*")) arn.resize(arn.size() - 2);
  return arn;
}

Document group_record_of(const Document& group, const std::string& region) {
  const std::string arn = arn_of(group);
  const auto parsed = parse_group_name(arn);
  Document record;
  if (parsed) record.set("account", parsed->account);
  record.set("region", parsed && !parsed->region.empty() ? parsed->region : region);
  record.set("group", group_text_of(group, "logGroupName"));
  if (!arn.empty()) record.set("arn", arn);
  if (const auto value = group_text_of(group, "logGroupClass"); !value.empty()) record.set("class", value);
  return record;
}

// An older service, one that imitates it, or a policy from before ListLogGroups.
bool is_unknown_operation(const Failure& failure) {
  if (failure.error.code == Errc::access_denied) return true;
  const auto& code = failure.error.aws_code;
  const int status = failure.error.http_status;
  return code == "UnknownOperationException" || code == "InvalidAction" || code == "NotImplemented" ||
         status == 404 || status == 405 || status == 500 || status == 501;
}

Document common_parameters(const GroupQuery& query) {
  Document out{Document::Map{}};
  if (!query.log_class.empty()) out.set("logGroupClass", query.log_class);
  if (query.linked) out.set("includeLinkedAccounts", true);
  return out;
}

}  // namespace

Outcome<void> find_groups(const LogsCall& call, const GroupQuery& query,
                          const std::function<Outcome<void>(const Document::List&)>& emit) {
  std::string_view operation = "ListLogGroups";
  Document parameters = common_parameters(query);
  parameters.set("limit", kGroupsPage);
  if (const auto pattern = query.pattern.service_pattern()) parameters.set("logGroupNamePattern", *pattern);
  for (bool first = true;; first = false) {
    auto answer = call(operation, parameters);
    if (!answer && first && is_unknown_operation(answer.error())) {
      operation = "DescribeLogGroups";
      parameters = common_parameters(query);
      parameters.set("limit", kOldPage);
      if (!query.pattern.prefix().empty()) parameters.set("logGroupNamePrefix", query.pattern.prefix());
      answer = call(operation, parameters);
    }
    if (!answer) return std::unexpected(answer.error());
    const std::string token = next_token_of(*answer);
    auto groups = list_of(std::move(*answer), "logGroups");
    if (!groups) return std::unexpected(groups.error());
    std::erase_if(*groups, [&](const Document& group) {
      return !query.pattern.matches(group_text_of(group, "logGroupName"));
    });
    if (auto good = emit(*groups); !good) return good;
    if (token.empty()) return {};
    const Document* sent = parameters.find("nextToken");
    if (sent != nullptr && *sent->string() == token) {
      return fail_general("Error during pagination: the same nextToken came twice");
    }
    parameters.set("nextToken", token);
  }
}

Outcome<void> list_groups(const Session& session, std::span<const std::string> words,
                          const LineOutput& output) {
  const auto arguments =
      parse_people_arguments(groups_options(), words, 0, 1, groups_usage(session.program), session.globals);
  if (!arguments) return std::unexpected(arguments.error());
  const auto& parsed = arguments->parsed;
  auto pattern = NamePattern::make(arguments->words.empty() ? "" : arguments->words.front(),
                                   parsed.has("--regex") ? PatternKind::regex : PatternKind::word);
  if (!pattern) return fail_usage(pattern.error());
  const GroupQuery query{.pattern = std::move(*pattern),
                         .log_class = std::string(parsed.value("--class")),
                         .linked = parsed.has("--linked")};
  const auto writer =
      LineWriter::make(parsed, query.linked ? "{arn}" : "{group}", kGroupFields, session.host, output);
  if (!writer) return std::unexpected(writer.error());
  auto logs = LogsSession::open(session);
  if (!logs) return std::unexpected(logs.error());
  const auto call = [&](std::string_view operation, const Document& parameters) {
    return logs->call(operation, parameters);
  };
  return find_groups(call, query, [&](const Document::List& groups) {
    Document::List records;
    for (const auto& group : groups)
      records.push_back(group_record_of(group, logs->region()));
    return writer->write(records);
  });
}

std::vector<Argument> groups_options() {
  return with_people_options({{.name = "--regex", .arity = Argument::Arity::none, .constant = "true"},
                              {.name = "--class", .choices = {"STANDARD", "INFREQUENT_ACCESS", "DELIVERY"}},
                              {.name = "--linked", .arity = Argument::Arity::none, .constant = "true"}});
}

std::string groups_help(const Program& program) {
  const std::string& name = program.name;
  return "usage: " + groups_usage(program) +
         "\nThe names of the log groups, one a line.\n\n"
         "PATTERN with * or ? is a glob over the whole name; without, a part of the name.\n"
         "Capital and small letters differ.\n\n"
         "  --regex             PATTERN is a POSIX extended regular expression for a part of the name\n"
         "  --class CLASS       STANDARD, INFREQUENT_ACCESS or DELIVERY\n"
         "  --linked            in a monitoring account: the linked accounts' too, as ARNs\n" +
         people_options_help(kGroupFields) +
         "\nThe exit status is 0 also when no name matches.\n"
         "\nexamples:\n"
         "  " +
         name +
         " groups lambda\n"
         "  " +
         name +
         " groups '/aws/lambda/*-prod' --profile crossb\n"
         "  " +
         name + " groups --regex '^/(aws|ecs)/' --json\n";
}

}  // namespace crosslog::cli
