#include "cli/help.h"

#include <algorithm>

#include "cli/command_line.h"
#include "cli/commands/completion.h"
#include "cli/commands/configure_list.h"
#include "cli/commands/get.h"
#include "cli/commands/groups.h"
#include "cli/commands/sign.h"
#include "cli/commands/streams.h"
#include "cli/commands/whoami.h"
#include "cli/help_topics.h"
#include "cli/names.h"
#include "cli/parameters.h"

namespace crosslog::cli {
namespace {

using Type = Shape::Type;

constexpr std::size_t kColumn = 34;  // where the second column begins
constexpr std::size_t kWidth = 100;
constexpr std::size_t kLongestShorthand = 200;

constexpr OwnCommand kOwnCommands[] = {
    {"completion", "The script that lets bash, zsh or fish complete command lines", completion_help,
     completion_options},
    {"get", "Events of a log group as lines, of a time or the last of them", get_help, get_options},
    {"groups", "The log groups, by a pattern of their names", groups_help, groups_options},
    {"sign", "The signature of a request, step by step", sign_help, sign_options},
    {"streams", "The streams of a log group, by name or the latest first", streams_help, streams_options},
    {"whoami", "The identity, the roles that led to it, and where each setting is from", whoami_help,
     [] { return std::vector<Argument>(); }},
};

// Lines of at most `width` columns, broken at blanks; `indent` begins all but the
// first. A word that is longer stands by itself.
std::string wrap(std::string_view text, std::size_t width, const std::string& indent) {
  std::string out;
  while (text.size() > width) {
    auto end = text.rfind(' ', width);
    if (end == std::string_view::npos) end = text.find(' ');
    if (end == std::string_view::npos) break;
    out += std::string(text.substr(0, end)) + "\n" + indent;
    text.remove_prefix(end + 1);
  }
  return out += text;
}

std::string row(std::string_view name, std::string_view text) {
  std::string out = "  " + wrap(name, kWidth - 2, "      ");
  if (text.empty()) return out + "\n";
  if (out.size() + 2 > kColumn) out += "\n";
  const std::size_t line = out.ends_with('\n') ? 0 : out.size();
  return out + std::string(kColumn - line, ' ') + wrap(text, kWidth - kColumn, std::string(kColumn, ' ')) +
         "\n";
}

void append(std::string& list, std::string_view item, std::string_view separator = ", ") {
  if (!list.empty()) list += separator;
  list += item;
}

// "TEXT", "NUMBER", "Key=TEXT,Value=TEXT".
std::string value_of(const Shape& shape) {
  switch (shape.type) {
    case Type::integer:
    case Type::long_integer:
    case Type::floating:
      return "NUMBER";
    case Type::list:
      return value_of(*shape.element) + " ...";
    case Type::map:
      return "KEY=" + value_of(*shape.element) + ",...";
    case Type::boolean:
      return "true|false";
    case Type::structure:
      break;
    default:
      return "TEXT";
  }
  std::string out;
  for (const auto& member : shape.members)
    append(out, std::string(member.name) + "=" + value_of(*member.shape), ",");
  return out;
}

// A structure that nobody types as shorthand is "JSON".
std::string option_row_of(const ShapeMember& member) {
  const std::string name = kebab(member.name);
  if (member.shape->type == Type::boolean) return "--" + name + " | --no-" + name;
  const std::string value = value_of(*member.shape);
  return "--" + name + " " + (value.size() > kLongestShorthand ? "JSON" : value);
}

std::string note_of(const ShapeMember& member) {
  const Shape& shape = *member.shape;
  std::string note = member.required ? "required" : "";
  if (shape.min && (shape.type == Type::integer || shape.type == Type::long_integer))
    append(note, "at least " + std::to_string(*shape.min));
  const Shape& value = shape.type == Type::list ? *shape.element : shape;
  std::string values;
  for (const auto& name : value.values)
    append(values, name);
  if (!values.empty()) append(note, values, "; ");
  return note;
}

bool has_all(const Operation& operation, const Program& program) {
  return !program.is_aws() && operation.name == "GetLogEvents";
}

std::string parameters_help(const Operation& operation, const Program& program) {
  std::string out = "\nparameters:\n";
  for (const auto& member : operation.input->members)
    out += row(option_row_of(member), note_of(member));
  if (has_all(operation, program))
    out += row("--all", "page by page from the first event to the last, by the forward token");
  out += row("--cli-input-json TEXT", "all parameters as one JSON text; options beside it win");
  out += row("--cli-input-yaml TEXT", "the same in YAML");
  out += row(std::string(kSkeleton) + " [input|yaml-input|output]",
             "print a sample of the parameters or of the answer; nothing is called");
  return out;
}

std::string pagination_help(const Operation& operation) {
  if (!operation.pagination) return {};
  return "\npages, which are all asked for unless --no-paginate is given:\n" +
         row(std::string(kMaxItems) + " NUMBER", "stop after so many; NextToken says where to go on") +
         row(std::string(kPageSize) + " NUMBER", "how many to ask for in one call") +
         row(std::string(kStartingToken) + " TEXT", "go on where --max-items stopped");
}

bool is_structure_list(const Shape& shape) {
  return shape.type == Type::list && shape.element->type == Type::structure;
}

std::string names_of(std::span<const ShapeMember> members) {
  std::string out;
  for (const auto& member : members)
    append(out, member.name);
  return out;
}

// What the answer holds, and an expression that works on it.
std::string answer_help(const Operation& operation) {
  const auto members = operation.output->members;
  if (members.empty()) return "\nThe answer is empty.\n";
  std::string out = "\nanswer:\n", sample;
  for (const auto& member : members) {
    const Shape& shape = *member.shape;
    const bool list = is_structure_list(shape);
    const auto inner = list ? shape.element->members : shape.members;
    out += row(member.name, (list && !inner.empty() ? "a list of: " : "") + names_of(inner));
    if (!sample.empty() || !list || inner.empty()) continue;
    sample = std::string(member.name) + "[].[" +
             names_of(inner.first(std::min<std::size_t>(inner.size(), 2))) + "]";
    std::erase(sample, ' ');
  }
  if (sample.empty()) sample = members.front().name;
  return out + "\nA part of it: --query '" + sample + "'\n";
}

std::optional<Service> service_of(std::span<const std::string> words) {
  return words.empty() ? std::nullopt : service_named(words.front());
}

// Without the global options that stand before a command, and their values.
std::span<const std::string> from_command_on(std::span<const std::string> words) {
  while (!words.empty() && words.front().starts_with('-')) {
    const auto known = std::ranges::find(global_option_help(), words.front(), &OptionHelp::name);
    const bool with_value = known != global_option_help().end() && !known->value.empty();
    words = words.subspan(std::min<std::size_t>(with_value ? 2 : 1, words.size()));
  }
  return words;
}

std::string program_help(std::optional<Service> service, const Program& program) {
  const std::string name(service ? name_of(*service) : "<command>");
  std::string out = "usage: " + program.name + " [options] " + name + " <subcommand> [parameters]\n\n";
  if (!service) out += "Reads CloudWatch Logs, in this and in other AWS accounts.\n\n";
  return out + "commands:\n" + commands_help(service, program) + global_options_help(program);
}

std::string topics_help() {
  std::string out = "\nmore, by help TOPIC:\n";
  for (const auto& topic : help_topics())
    out += row(topic.name, topic.summary);
  return out + row("--man", "all of it, as a man page");
}

const HelpTopic* topic_named(std::string_view name) {
  const auto topics = help_topics();
  const auto found = std::ranges::find(topics, name, &HelpTopic::name);
  return found == topics.end() ? nullptr : &*found;
}

}  // namespace

std::span<const OwnCommand> own_commands() noexcept {
  return kOwnCommands;
}

const OwnCommand* own_command_named(std::string_view name, const Program& program) {
  const auto found = std::ranges::find(kOwnCommands, name, &OwnCommand::name);
  return program.is_aws() || found == std::ranges::end(kOwnCommands) ? nullptr : &*found;
}

std::optional<Service> service_named(std::string_view command) noexcept {
  if (command == "sts") return Service::sts;
  if (command == "logs") return Service::logs;
  return std::nullopt;
}

std::string_view name_of(Service service) noexcept {
  return service == Service::sts ? "sts" : "logs";
}

const Operation* operation_named(Service service, std::string_view name) {
  const auto all = operations();
  const auto found = std::ranges::find_if(
      all, [&](const Operation& o) { return o.service == service && kebab(o.name) == name; });
  return found == all.end() ? nullptr : &*found;
}

std::vector<Argument> command_arguments(const Operation& operation, const Program& program,
                                        std::span<const std::string> words) {
  auto arguments = operation_arguments(operation, words);
  if (has_all(operation, program)) {
    arguments.push_back({.name = "--all", .arity = Argument::Arity::none, .constant = "true"});
  }
  return arguments;
}

std::string commands_help(std::optional<Service> service, const Program& program) {
  std::string out;
  if (!service && !program.is_aws()) {
    for (const auto& command : own_commands())
      out += row(command.name, command.summary);
  }
  if (!service) out += row("configure list", "Which profile, keys and region are used, and from where");
  for (const auto& operation : operations()) {
    if (service && operation.service != *service) continue;
    out += row(std::string(name_of(operation.service)) + " " + kebab(operation.name), operation.summary);
  }
  return service ? out : out + row("help", "This text; also after a command, for that command");
}

std::string global_options_help(const Program& program) {
  std::string out = "\noptions, anywhere on the line:\n";
  for (const auto& option : global_option_help()) {
    if (program.is_aws() && is_our_own(option)) continue;
    out += row(std::string(option.name) + (option.value.empty() ? "" : " ") + std::string(option.value),
               option.text);
  }
  return out + "\nAn option may be shortened as long as it stays the only one.\n";
}

std::string operation_help(const Operation& operation, const Program& program) {
  return "usage: " + program.name + " " + std::string(name_of(operation.service)) + " " +
         kebab(operation.name) + " [parameters] [options]\n\n" + wrap(operation.summary, kWidth - 1, "") +
         ".\n" + parameters_help(operation, program) +
         "\nA TEXT may be file://PATH, the content of that file. Lists and structures may be JSON too.\n"
         "Times are milliseconds since 1970-01-01T00:00:00Z.\n" +
         pagination_help(operation) + answer_help(operation);
}

std::string help_for(std::span<const std::string> all_words, const Program& program) {
  const auto words = from_command_on(all_words);
  if (!words.empty()) {
    if (words.front() == "configure") return configure_list_help(program);
    if (const auto* own = own_command_named(words.front(), program)) return own->help(program);
    if (const auto* topic = program.is_aws() ? nullptr : topic_named(words.front()))
      return std::string(topic->summary) + ".\n" + std::string(topic->text);
  }
  const auto service = service_of(words);
  if (!service) return program_help({}, program) + (program.is_aws() ? "" : topics_help());
  for (const auto& word : words.subspan(1)) {
    if (const auto* operation = operation_named(*service, word))
      return operation_help(*operation, program) + global_options_help(program);
  }
  return program_help(service, program);
}

}  // namespace crosslog::cli
