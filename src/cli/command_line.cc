#include "cli/command_line.h"

#include <array>

#include "cli/help.h"
#include "cli/names.h"
#include "cli/python.h"
#include "cli/unicode.h"

namespace crosslog::cli {
namespace {

using Arity = Argument::Arity;

constexpr OptionHelp kHelp[] = {
    {"--profile", "NAME", "the profile of ~/.aws/config and ~/.aws/credentials"},
    {"--region", "REGION", "the region, as eu-west-1"},
    {"--output", "FORMAT", "json, text, table, yaml, yaml-stream or off"},
    {"--endpoint-url", "URL", "call this instead of AWS"},
    {"--ca-bundle", "FILE", "PEM file of the certificates to trust"},
    {"--cli-connect-timeout", "SECONDS", "60 unless given; 0: none"},
    {"--cli-read-timeout", "SECONDS", "silence that is borne, 60 unless given; 0: none"},
    {"--color", "WHEN", "on, off or auto: colours of tables and of events"},
    {"--cli-error-format", "FORMAT", "enhanced, legacy, json, yaml, text or table: how errors are shown"},
    {"--raw", "", "write to a terminal what is stored, control characters too"},
    {"--safe", "", "make control characters visible in pipes and files too"},
    {"--debug", "", "say each step on standard error; never a secret"},
    {"--no-cache", "", "leave ~/.aws/cli/cache, where roles are kept, alone"},
    {"--query", "EXPRESSION", "what of the answer to print, in JMESPath"},
    {"--no-paginate", "", "one call, one page"},
    {"--no-cli-pager", "", "accepted: no pager is ever started"},
    {"--no-cli-auto-prompt", "", "accepted: no parameter is ever asked for"},
    {"--version", "", "the version of this program and of its libraries"},
    {"--help", "", "this text; after a command, that command's"},
};

constexpr std::string_view kOutputFormats[] = {"json", "text", "table", "yaml", "yaml-stream", "off"};
constexpr std::string_view kErrorFormats[] = {"legacy", "json", "yaml", "text", "table", "enhanced"};
constexpr std::string_view kColors[] = {"on", "off", "auto"};

Argument flag(std::string name, std::string constant = "true") {
  return {.name = std::move(name), .arity = Arity::none, .constant = std::move(constant)};
}

Argument choice(std::string name, std::span<const std::string_view> choices) {
  return {.name = std::move(name), .choices = {choices.begin(), choices.end()}};
}

Argument refused(std::string name, Arity arity, std::string reason = {}) {
  Argument argument{.name = std::move(name), .arity = arity};
  argument.refusal = argument.name + (reason.empty() ? " is not supported yet" : " is refused: " + reason);
  return argument;
}

std::optional<std::string> flag_text_of(const ParsedArguments& parsed, std::string_view option) {
  if (!parsed.has(option)) return std::nullopt;
  return std::string(parsed.value(option));
}

// A negative timeout is found late, by the AWS CLI's HTTP library.
Outcome<std::optional<std::chrono::seconds>> timeout_of(const ParsedArguments& parsed, std::string_view kind,
                                                        std::string& bad_timeout) {
  const std::string option = "--cli-" + std::string(kind) + "-timeout";
  if (!parsed.has(option)) return std::nullopt;
  const auto seconds = parse_int(parsed.value(option));
  if (!seconds) return fail_general("invalid literal for int() with base 10: " + repr(parsed.value(option)));
  if (*seconds < 0) {
    bad_timeout = "Attempted to set " + std::string(kind) + " timeout to " + std::to_string(*seconds) +
                  ", but the timeout cannot be set to a value less than or equal to 0.";
    return std::nullopt;
  }
  constexpr std::int64_t kYear = 365 * 24 * 3600;
  return std::chrono::seconds(std::min(*seconds, kYear));
}

Outcome<GlobalOptions> options_of(const ParsedArguments& parsed) {
  GlobalOptions options;
  if (parsed.has("--query")) {
    auto query = Jmespath::parse(parsed.value("--query"));
    if (!query) {
      return fail_usage("Bad value for --query " + std::string(parsed.value("--query")) + ": " +
                        query.error().message);
    }
    options.query = std::move(*query);
  }
  options.overrides.profile = flag_text_of(parsed, "--profile");
  options.overrides.region = flag_text_of(parsed, "--region");
  options.overrides.endpoint_url = flag_text_of(parsed, "--endpoint-url");
  options.overrides.output = flag_text_of(parsed, "--output");
  options.overrides.ca_bundle = flag_text_of(parsed, "--ca-bundle");
  const auto read = timeout_of(parsed, "read", options.bad_timeout);
  const auto connect = timeout_of(parsed, "connect", options.bad_timeout);
  if (!read) return std::unexpected(read.error());
  if (!connect) return std::unexpected(connect.error());
  options.overrides.connect_timeout = *connect;
  options.overrides.read_timeout = *read;
  options.debug = parsed.has("--debug");
  options.paginate = !parsed.has("--no-paginate");
  if (parsed.has("--color")) options.color = parsed.value("--color");
  options.error_format = parsed.value("--cli-error-format");
  options.no_cache = parsed.has("--no-cache");
  if (parsed.has("--raw")) options.safe = false;
  if (parsed.has("--safe")) options.safe = true;
  return options;
}

}  // namespace

Outcome<void> check_first_options(std::span<const std::string> words, const Program& program) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!is_utf8(words[i])) return fail_usage("argument " + std::to_string(i + 1) + " is not valid UTF-8");
  }
  const std::array arguments{Argument{.name = "--profile"}, flag("--debug")};
  const auto parsed = parse_arguments(arguments, words, program.name + " [--profile PROFILE] [--debug]\n");
  if (!parsed) return std::unexpected(parsed.error());
  return {};
}

std::vector<Argument> global_arguments(const Program& program) {
  std::vector<Argument> arguments{
      flag("--debug"),
      {.name = "--endpoint-url"},
      refused("--no-verify-ssl", Arity::none,
              "whoever answers could then read the log events and take the credentials; "
              "name the certificates to trust with --ca-bundle"),
      flag("--no-paginate"),
      choice("--output", kOutputFormats),
      {.name = "--query"},
      {.name = "--profile"},
      {.name = "--region"},
      {.name = "--version", .arity = Arity::none, .constant = "true", .stops = true},
      choice("--color", kColors),
      refused("--no-sign-request", Arity::none, "every operation here needs a signature"),
      {.name = "--ca-bundle"},
      {.name = "--cli-read-timeout"},
      {.name = "--cli-connect-timeout"},
      refused("--cli-binary-format", Arity::one, "no parameter here is binary"),
      flag("--no-cli-pager"),
      refused("--cli-auto-prompt", Arity::none),
      flag("--no-cli-auto-prompt"),
      choice("--cli-error-format", kErrorFormats),
  };
  if (!program.is_aws()) {
    arguments.push_back(flag("--raw"));
    arguments.push_back(flag("--safe"));
    arguments.push_back(flag("--no-cache"));
  }
  Argument command{.name = "command"};
  command.choices.assign(aws_commands().begin(), aws_commands().end());
  if (!program.is_aws()) {
    for (const auto& own : own_commands())
      command.choices.push_back(own.name);
  }
  arguments.push_back(std::move(command));
  return arguments;
}

Outcome<CommandLine> parse_command_line(std::span<const std::string> words, const Program& program) {
  const auto arguments = global_arguments(program);
  auto parsed = parse_arguments(arguments, words, program.usage());
  if (!parsed) return std::unexpected(parsed.error());
  CommandLine line;
  line.wants_version = parsed->stopped_at == "--version";
  if (line.wants_version) return line;
  auto options = options_of(*parsed);
  if (!options) return std::unexpected(options.error());
  line.globals = std::move(*options);
  line.command = parsed->value("command");
  line.rest = std::move(parsed->rest);
  return line;
}

std::span<const OptionHelp> global_option_help() noexcept {
  return kHelp;
}

bool is_our_own(const OptionHelp& option) noexcept {
  return option.name == "--raw" || option.name == "--safe" || option.name == "--no-cache" ||
         option.name == "--help";
}

}  // namespace crosslog::cli
