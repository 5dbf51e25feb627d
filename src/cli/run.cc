#include "cli/run.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <span>
#include <utility>

#include "cli/command_line.h"
#include "cli/commands/completion.h"
#include "cli/commands/configure_list.h"
#include "cli/commands/get.h"
#include "cli/commands/groups.h"
#include "cli/commands/operation.h"
#include "cli/commands/sign.h"
#include "cli/commands/streams.h"
#include "cli/commands/whoami.h"
#include "cli/errors.h"
#include "cli/help.h"
#include "cli/linked.h"
#include "cli/man_page.h"
#include "cli/names.h"
#include "cli/output/output.h"
#include "cli/parameters.h"
#include "cli/session.h"
#include "cli/unicode.h"
#include "crosslog/clock.h"
#include "crosslog/config.h"
#include "crosslog/transport.h"
#include "crosslog/version.h"

namespace crosslog::cli {
namespace {

std::string version_line() {
  return "crosslog/" + std::string(version()) + CROSSLOG_REVISION " " + transport_version() +
         " simdjson/" CROSSLOG_SIMDJSON_VERSION " libyaml/" CROSSLOG_YAML_VERSION "\n";
}

class Run {
 public:
  Run(const Surroundings& surroundings, std::span<const std::string> words)
      : here_(surroundings),
        words_(words),
        out_is_terminal_(isatty(here_.out) == 1),
        err_is_terminal_(isatty(here_.err) == 1) {}

  int run() {
    auto done = command();
    if (done) done = close_output(here_.out);
    if (done) {
      say(hints(warnings_));
      if (err_is_terminal_) say(hints(notes_));
      return 0;
    }
    Failure& failure = done.error();
    if (failure.kind != Failure::Kind::cancelled) {
      std::ranges::move(warnings_, std::back_inserter(failure.hints));
      std::ranges::move(notes_, std::back_inserter(failure.hints));
    }
    say(render(failure, here_.program, error_format_));
    return exit_status(failure.kind);
  }

 private:
  Outcome<void> command() {
    if (!here_.program.is_aws() && !words_.empty() && words_.front() == kCompleteCommand)
      return print(reply_to_shell({.program = here_.program, .host = here_.host, .stop = here_.stop},
                                  words_.subspan(1)));
    if (auto good = check_first_options(words_, here_.program); !good) return good;
    if (wants_help()) return print(help_for(words_, here_.program));
    if (is_about_itself()) return explain(words_.front(), words_.subspan(1));
    auto config = load_shared_config(here_.host);
    if (!config) return std::unexpected(to_failure(std::move(config).error()));
    config_ = std::move(*config);
    notes_ = config_.notes;
    error_format_ = error_format({});

    auto line = parse_command_line(words_, here_.program);
    if (!line) return std::unexpected(line.error());
    if (line->wants_version) return print(version_line());
    error_format_ = error_format(line->globals);
    auto settings = resolve_settings(here_.host, config_, line->globals.overrides);
    if (!settings && settings.error().code == Errc::invalid_argument) {
      return fail_usage(settings.error().message, settings.error().hints);
    }
    if (settings) notes_.insert(notes_.end(), settings->notes.begin(), settings->notes.end());
    return dispatch(*line, settings);
  }

  // Our own names have --help too; the AWS CLI knows only the word.
  [[nodiscard]] bool wants_help() const {
    return !here_.program.is_aws() &&
           std::ranges::any_of(words_, [](const auto& word) { return word == "--help"; });
  }

  // What depends on no configuration works also when that is broken.
  [[nodiscard]] bool is_about_itself() const {
    return !here_.program.is_aws() && !words_.empty() &&
           (words_.front() == "help" || words_.front() == "completion");
  }

  Outcome<void> explain(std::string_view command, std::span<const std::string> words) const {
    if (command == "help" && !here_.program.is_aws() && words.size() == 1 && words.front() == "--man")
      return print(man_page(here_.program));
    if (command == "help") return print(help_for(words, here_.program));
    if (words.size() == 1 && words.front() == "help") return print(completion_help(here_.program));
    const auto script = completion_script(words, here_.program);
    if (!script) return std::unexpected(script.error());
    return print(*script);
  }

  // The profile's word for it counts even when its other settings are wrong; a
  // profile that does not exist takes the usual form with it, as in the AWS CLI.
  [[nodiscard]] ErrorFormat error_format(const GlobalOptions& globals) const {
    if (!globals.error_format.empty()) return parse_error_format(globals.error_format);
    if (const auto format = variable("AWS_CLI_ERROR_FORMAT")) return parse_error_format(*format);
    auto name = globals.overrides.profile;
    if (!name || name->empty()) name = variable("AWS_PROFILE");
    if (!name) name = variable("AWS_DEFAULT_PROFILE");
    const Profile* profile = config_.find_profile(name.value_or("default"));
    if (profile == nullptr) return name ? ErrorFormat::legacy : ErrorFormat::enhanced;
    return parse_error_format(profile->value("cli_error_format"));
  }

  [[nodiscard]] std::optional<std::string> variable(std::string_view name) const {
    auto value = here_.host.getenv(name);
    return value && !value->empty() ? std::move(value) : std::nullopt;
  }

  Outcome<void> dispatch(const CommandLine& line, const Result<Settings>& settings) {
    if (line.command == "help" || line.command == "completion") return explain(line.command, line.rest);
    if (line.rest == std::vector<std::string>{"help"})
      return print(help_for(std::array{line.command}, here_.program));
    if (line.command == "sign") return sign(line, settings);
    if (line.command == "whoami") return identify(line, settings);
    if (line.command == "groups") return list(list_groups, line, settings);
    if (line.command == "streams") return list(list_streams, line, settings);
    if (line.command == "get") return list(get_events, line, settings);
    if (line.command == "configure") return configure(line, settings);
    if (auto good = check_timestamp_format(settings); !good) return good;
    const auto service = service_named(line.command);
    if (!service) return not_ours(line.command, "the commands that it has: " + here_.program.name + " help");
    const auto parsed = operation_name(*service, line.rest);
    if (!parsed) return std::unexpected(parsed.error());
    const std::string name(parsed->value("operation"));
    if (name == "help") return print(help_for(std::array{line.command}, here_.program));
    const Operation* operation = operation_named(*service, name);
    if (operation == nullptr) return refuse(line.command, name);
    if (parsed->rest == std::vector<std::string>{"help"}) {
      return print(help_for(std::array{line.command, name}, here_.program));
    }
    return operate(*operation, parsed->rest, line.globals, settings);
  }

  [[nodiscard]] static Outcome<void> check_timestamp_format(const Result<Settings>& settings) {
    const std::string format = settings ? settings->cli_timestamp_format : "";
    if (format.empty() || format == "iso8601" || format == "wire") return {};
    return std::unexpected(Failure{.kind = Failure::Kind::configuration,
                                   .message = "Unknown cli_timestamp_format value: " + format +
                                              ", valid values are \"wire\" or \"iso8601\"",
                                   .hints = {},
                                   .error = {}});
  }

  // Before anything else happens: this program cannot change an account.
  [[nodiscard]] Outcome<void> refuse(const std::string& command, const std::string& name) const {
    const std::string hint = "the commands that it has: " + here_.program.name + " " + command + " help";
    if (name.ends_with("tail")) return not_ours(command + " " + name, hint);
    return fail_usage("crosslog only reads: it does not have " + command + " " + name, {hint});
  }

  Outcome<void> sign(const CommandLine& line, const Result<Settings>& settings) {
    if (!settings) return std::unexpected(to_failure(settings.error()));
    const Session session = session_of(line.globals, *settings);
    std::unique_ptr<Connection> connection;
    const auto text = run_sign(line.rest, {.program = here_.program,
                                           .host = here_.host,
                                           .now = system_clock().now(),
                                           .region = line.globals.overrides.region,
                                           .configured_region = settings->region,
                                           .credentials = [&]() -> Result<Credentials> {
                                             auto made = connect(session);
                                             if (!made) return std::unexpected(error_of(made.error()));
                                             connection = std::move(*made);
                                             return connection->credentials->get(here_.stop);
                                           }});
    if (!text) return std::unexpected(text.error());
    return print(*text);
  }

  // A person reads on, unless a format was asked for.
  Outcome<void> identify(const CommandLine& line, const Result<Settings>& settings) {
    if (!line.rest.empty()) return unknown_options(line.rest);
    if (!settings) return std::unexpected(to_failure(settings.error()));
    const auto identity = whoami(session_of(line.globals, *settings));
    if (!identity) return std::unexpected(identity.error());
    if (!line.globals.overrides.output) return print_safely(write_identity(*identity), line.globals);
    const auto text = format_output("Whoami", *identity, output_options(line.globals, *settings));
    if (!text) return std::unexpected(text.error());
    return print(*text);
  }

  // A command for people. Progress is for a person who waits, so not for a file.
  using Lister = Outcome<void>(const Session&, std::span<const std::string>, const LineOutput&);
  Outcome<void> list(Lister& command, const CommandLine& line, const Result<Settings>& settings) {
    if (!settings) return std::unexpected(to_failure(settings.error()));
    LineOutput output{.print = [this](std::string_view text) { return print(text); },
                      .progress = {},
                      .safe = line.globals.safe.value_or(out_is_terminal_),
                      .color = wants_color(line.globals)};
    if (err_is_terminal_) {
      output.progress = [this](std::string_view text) {
        say(here_.program.name + ": " + std::string(text) + "\n");
      };
    }
    if (!line.globals.bad_timeout.empty()) return fail_general(line.globals.bad_timeout);
    return command(session_of(line.globals, *settings), line.rest, output);
  }

  [[nodiscard]] bool wants_color(const GlobalOptions& globals) const {
    if (globals.color != "auto") return globals.color == "on";
    return out_is_terminal_ && !variable("NO_COLOR") && variable("TERM") != "dumb";
  }

  Outcome<void> configure(const CommandLine& line, const Result<Settings>& settings) {
    Argument subcommand{.name = "subcommand"};
    const auto names = configure_subcommands();
    subcommand.choices.assign(names.begin(), names.end());
    if (line.rest.empty()) return not_ours("configure", configure_hint());
    const auto parsed = parse_arguments(std::array{subcommand}, line.rest, here_.program.usage());
    if (!parsed) return std::unexpected(parsed.error());
    const std::string name(parsed->value("subcommand"));
    if (name != names.front()) return not_ours("configure " + name, configure_hint());
    if (parsed->rest == std::vector<std::string>{"help"}) return print(configure_list_help(here_.program));
    if (!parsed->rest.empty()) return unknown_parameters(parsed->rest);
    return list_configuration(line.globals, settings);
  }

  [[nodiscard]] std::string configure_hint() const {
    return "the commands that it has: " + here_.program.name + " configure list";
  }

  Outcome<void> list_configuration(const GlobalOptions& globals, const Result<Settings>& settings) {
    std::unique_ptr<Connection> connection;
    const auto credentials = [&]() -> Outcome<Credentials> {
      if (!settings) return std::unexpected(to_failure(settings.error()));
      auto made = connect(session_of(globals, *settings));
      if (!made) return std::unexpected(made.error());
      connection = std::move(*made);
      auto got = connection->credentials->get(here_.stop);
      if (!got) return std::unexpected(to_failure(std::move(got).error()));
      return std::move(*got);
    };
    const auto region = [&]() -> std::optional<std::string> {
      if (!connection) return std::nullopt;
      auto found = connection->metadata->region(here_.stop);
      return found ? std::optional(std::move(*found)) : std::nullopt;
    };
    return configure_list({.program = here_.program,
                           .host = here_.host,
                           .config = config_,
                           .globals = globals,
                           .credentials = credentials,
                           .instance_region = region},
                          [&](std::string_view text) { return print_safely(text, globals); });
  }

  // The Error in a Failure has given its hints to it.
  [[nodiscard]] static Error error_of(Failure failure) {
    Error error = std::move(failure.error);
    error.hints = std::move(failure.hints);
    return error;
  }

  [[nodiscard]] Outcome<void> not_ours(const std::string& command, std::string hint) const {
    return fail_usage("\"" + command + "\" is a command of the AWS CLI that crosslog does not have",
                      {std::move(hint)});
  }

  [[nodiscard]] Outcome<ParsedArguments> operation_name(Service service,
                                                        std::span<const std::string> words) const {
    Argument operation{.name = "operation"};
    const auto names = aws_operations(service);
    operation.choices.assign(names.begin(), names.end());
    return parse_arguments(std::array{operation}, words, here_.program.usage());
  }

  Outcome<void> operate(const Operation& operation, std::span<const std::string> words,
                        const GlobalOptions& globals, const Result<Settings>& settings) {
    const auto options = command_arguments(operation, here_.program, words);
    auto arguments = parse_arguments(options, words, here_.program.usage());
    if (!arguments) return std::unexpected(arguments.error());
    if (arguments->has("help")) arguments->rest.emplace_back(arguments->value("help"));
    if (!arguments->rest.empty()) return unknown_options(arguments->rest);
    auto invocation = make_invocation(operation, *arguments, globals.paginate, here_.host.getenv);
    if (!invocation) return std::unexpected(invocation.error());
    if (arguments->has("--all")) {
      if (auto good = take_all(*invocation); !good) return good;
    }
    say(invocation->warning);
    if (!settings) return std::unexpected(to_failure(settings.error()));
    if (!globals.bad_timeout.empty()) return fail_general(globals.bad_timeout);
    return run_operation(session_of(globals, *settings), operation, *invocation,
                         output_options(globals, *settings),
                         [this](std::string_view text) { return print(text); });
  }

  // Each page's forward token leads to the next, which the service wants said.
  [[nodiscard]] static Outcome<void> take_all(Invocation& invocation) {
    const Document* from_head = invocation.parameters.find("startFromHead");
    if (from_head != nullptr && from_head->boolean() != nullptr && !*from_head->boolean()) {
      return fail_usage("--all reads forward: it does not go together with --no-start-from-head");
    }
    invocation.parameters.set("startFromHead", true);
    invocation.all = true;
    return {};
  }

  [[nodiscard]] Session session_of(const GlobalOptions& globals, const Settings& settings) {
    return {.program = here_.program,
            .host = here_.host,
            .config = config_,
            .globals = globals,
            .settings = settings,
            .stop = here_.stop,
            .debug = debug_function(globals),
            .note = [this](std::string_view line) { warn(line); }};
  }

  [[nodiscard]] static std::string unknown(const std::vector<std::string>& words) {
    std::string message = "Unknown options: ";
    for (const auto& word : words)
      message += (&word == &words.front() ? "" : ", ") + word;
    return message;
  }

  [[nodiscard]] static Outcome<void> unknown_options(const std::vector<std::string>& words) {
    return std::unexpected(
        Failure{.kind = Failure::Kind::unknown_options, .message = unknown(words), .hints = {}, .error = {}});
  }

  // The AWS CLI's own commands say it without the usage lines.
  [[nodiscard]] static Outcome<void> unknown_parameters(const std::vector<std::string>& words) {
    return fail_usage(unknown(words));
  }

  [[nodiscard]] OutputOptions output_options(const GlobalOptions& globals, const Settings& settings) const {
    return {.format = settings.output,
            .safe = globals.safe.value_or(out_is_terminal_),
            .color = globals.color == "on" || (globals.color == "auto" && out_is_terminal_),
            .terminal_width = terminal_width(here_.out)};
  }

  [[nodiscard]] DebugFunction debug_function(const GlobalOptions& globals) const {
    if (!globals.debug) return {};
    return [this](std::string_view line) { say("debug: " + std::string(line) + "\n"); };
  }

  // The calls of a role and of the command may say the same.
  void warn(std::string_view line) {
    if (std::ranges::find(warnings_, line) == warnings_.end()) warnings_.emplace_back(line);
  }

  [[nodiscard]] std::string hints(const std::vector<std::string>& lines) const {
    std::string out;
    if (here_.program.is_aws()) return out;
    for (const auto& note : lines)
      out += "hint: " + note + "\n";
    return out;
  }

  // What no output format has made safe for a terminal yet.
  [[nodiscard]] Outcome<void> print_safely(std::string_view text, const GlobalOptions& globals) const {
    return globals.safe.value_or(out_is_terminal_) ? print(visible(text, "\n")) : print(text);
  }

  [[nodiscard]] Outcome<void> print(std::string_view text) const { return write_all(here_.out, text); }

  // To standard error, where nothing can be said about a failure.
  void say(std::string_view text) const {
    (void)write_all(here_.err, err_is_terminal_ ? visible(text, "\n\t") : std::string(text));
  }

  const Surroundings& here_;
  const std::span<const std::string> words_;
  const bool out_is_terminal_, err_is_terminal_;
  SharedConfig config_;
  std::vector<std::string> notes_;     // of the files and settings: for who looks on
  std::vector<std::string> warnings_;  // of the calls: always said
  ErrorFormat error_format_ = ErrorFormat::enhanced;
};

}  // namespace

int run(const Surroundings& surroundings, const std::vector<std::string>& words) {
  return Run(surroundings, words).run();
}

}  // namespace crosslog::cli
