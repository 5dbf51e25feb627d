#include "cli/help.h"

#include <algorithm>

#include "cli/command_line.h"
#include "cli/commands/configure_list.h"
#include "cli/commands/get.h"
#include "cli/commands/groups.h"
#include "cli/commands/sign.h"
#include "cli/commands/streams.h"
#include "cli/commands/whoami.h"
#include "cli/names.h"

namespace crosslog::cli {
namespace {

constexpr std::size_t kColumn = 34;  // where the second column begins
constexpr std::size_t kWidth = 100;

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

std::string_view prefix_of(Service service) {
  return service == Service::sts ? "sts" : "logs";
}

std::string commands_of(std::optional<Service> service) {
  std::string out;
  for (const auto& operation : operations()) {
    if (service && operation.service != *service) continue;
    out += row(std::string(prefix_of(operation.service)) + " " + kebab(operation.name), operation.summary);
  }
  return out;
}

std::string global_options(const Program& program) {
  std::string out = "\noptions, anywhere on the line:\n";
  for (const auto& option : global_option_help()) {
    if (program.is_aws() && is_our_own(option)) continue;
    out += row(std::string(option.name) + (option.value.empty() ? "" : " ") + std::string(option.value),
               option.text);
  }
  return out + "\nAn option may be shortened as long as it stays the only one.\n";
}

// "TEXT", "NUMBER", "Key=TEXT,Value=TEXT".
std::string value_of(const Shape& shape) {
  switch (shape.type) {
    case Shape::Type::integer:
    case Shape::Type::long_integer:
    case Shape::Type::floating:
      return "NUMBER";
    case Shape::Type::list:
      return value_of(*shape.element) + " ...";
    case Shape::Type::map:
      return "KEY=" + value_of(*shape.element) + ",...";
    case Shape::Type::boolean:
      return "true|false";
    case Shape::Type::structure:
      break;
    default:
      return "TEXT";
  }
  std::string out;
  for (const auto& member : shape.members) {
    out += (out.empty() ? "" : ",") + std::string(member.name) + "=" + value_of(*member.shape);
  }
  return out;
}

std::string option_of(const ShapeMember& member) {
  const std::string name = kebab(member.name);
  if (member.shape->type == Shape::Type::boolean) return "--" + name + " | --no-" + name;
  return "--" + name + " " + value_of(*member.shape);
}

std::string help_for_operation(const Operation& operation, const Program& program) {
  std::string out = "usage: " + program.name + " " + std::string(prefix_of(operation.service)) + " " +
                    kebab(operation.name) + " [parameters] [options]\n\n" +
                    wrap(operation.summary, kWidth - 1, "") + ".\n";
  if (operation.input->members.empty()) return out + "\nIt has no parameters.\n" + global_options(program);
  out += "\nparameters:\n";
  for (const auto& member : operation.input->members) {
    const auto least = member.shape->min;
    const bool number =
        member.shape->type == Shape::Type::integer || member.shape->type == Shape::Type::long_integer;
    std::string note = member.required ? "required" : "";
    if (number && least)
      note += (note.empty() ? "" : ", ") + std::string("at least ") + std::to_string(*least);
    out += row(option_of(member), note);
  }
  if (operation.name == "GetLogEvents" && !program.is_aws()) {
    out += row("--all", "page by page from the first event to the last, by the forward token");
  }
  return out +
         "\nA TEXT may be file://PATH, the content of that file. Lists and structures may be JSON too.\n"
         "Times are milliseconds since 1970-01-01T00:00:00Z.\n" +
         global_options(program);
}

}  // namespace

std::optional<Service> service_named(std::string_view command) noexcept {
  if (command == "sts") return Service::sts;
  if (command == "logs") return Service::logs;
  return std::nullopt;
}

const Operation* operation_named(Service service, std::string_view name) {
  const auto all = operations();
  const auto found = std::ranges::find_if(
      all, [&](const Operation& o) { return o.service == service && kebab(o.name) == name; });
  return found == all.end() ? nullptr : &*found;
}

std::string help_for(std::span<const std::string> words, const Program& program) {
  std::optional<Service> service;
  if (!words.empty() && words.front() == "configure") return configure_list_help(program);
  if (!program.is_aws() && !words.empty() && words.front() == "sign") return sign_help(program);
  if (!program.is_aws() && !words.empty() && words.front() == "whoami") return whoami_help(program);
  if (!program.is_aws() && !words.empty() && words.front() == "get") return get_help(program);
  if (!program.is_aws() && !words.empty() && words.front() == "groups") return groups_help(program);
  if (!program.is_aws() && !words.empty() && words.front() == "streams") return streams_help(program);
  for (const auto& word : words) {
    if (!service) {
      service = service_named(word);
    } else if (const auto* operation = operation_named(*service, word)) {
      return help_for_operation(*operation, program);
    }
  }
  const std::string name(service ? prefix_of(*service) : "<command>");
  std::string out = "usage: " + program.name + " [options] " + name + " <subcommand> [parameters]\n\n";
  if (!service) out += "Reads CloudWatch Logs, in this and in other AWS accounts.\n\n";
  out += "commands:\n" + commands_of(service);
  if (!service) out += row("configure list", "Which profile, keys and region are used, and from where");
  if (!service && !program.is_aws()) {
    out += row("get", "Events of a log group as lines, of a time or the last of them");
    out += row("groups", "The log groups, by a pattern of their names");
    out += row("streams", "The streams of a log group, by name or the latest first");
    out += row("whoami", "The identity, the roles that led to it, and where each setting is from");
    out += row("sign", "The signature of a request, step by step");
  }
  if (!service) out += row("help", "This text; also after a command, for that command");
  return out + global_options(program);
}

}  // namespace crosslog::cli
