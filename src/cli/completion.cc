#include "cli/completion.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "cli/args.h"
#include "cli/command_line.h"
#include "cli/help.h"
#include "cli/help_layout.h"
#include "cli/help_topics.h"
#include "cli/names.h"

namespace crosslog::cli {
namespace {

using Arity = Argument::Arity;

constexpr std::string_view kShells[] = {"bash", "fish", "zsh"};

bool is_option(std::string_view word) {
  return word.size() > 1 && word.starts_with('-');
}

// What the words before the cursor say, as far as they can be understood: a line
// that is being written is seldom right already.
class Line {
 public:
  Line(std::span<const std::string> words, const Program& program)
      : program_(program), options_(global_arguments(program)) {
    std::erase_if(options_, [](const Argument& a) { return !a.is_option() || !a.refusal.empty(); });
    if (!program.is_aws()) options_.push_back({.name = "--help", .arity = Arity::none});
    globals_ = options_.size();
    for (const auto& word : words)
      read(word);
  }

  [[nodiscard]] const std::string& command() const noexcept { return command_; }
  [[nodiscard]] std::optional<Service> service() const { return service_named(command_); }
  [[nodiscard]] const Operation* operation() const noexcept { return operation_; }
  [[nodiscard]] const std::vector<std::string>& words() const noexcept { return words_; }
  // The option whose value the next word may be.
  [[nodiscard]] const std::optional<Argument>& pending() const noexcept { return pending_; }
  [[nodiscard]] std::span<const Argument> options() const noexcept { return options_; }
  [[nodiscard]] std::span<const Argument> own_options() const {
    return std::span(options_).subspan(globals_);
  }
  [[nodiscard]] bool has(const Argument& option) const { return values_.contains(option.key()); }

  [[nodiscard]] std::optional<std::string> value(std::string_view key) const {
    const auto found = values_.find(key);
    if (found == values_.end() || found->second.empty()) return std::nullopt;
    return found->second.back();
  }

  [[nodiscard]] GivenOptions given() const {
    GivenOptions given{.overrides = {}, .no_cache = values_.contains("--no-cache")};
    given.overrides.profile = value("--profile");
    given.overrides.region = value("--region");
    given.overrides.endpoint_url = value("--endpoint-url");
    given.overrides.ca_bundle = value("--ca-bundle");
    return given;
  }

  // By its name or the beginning of it, when only one has that.
  [[nodiscard]] std::optional<Argument> option_named(std::string_view name) const {
    std::optional<Argument> found;
    for (const auto& option : options_) {
      if (option.name == name) return option;
      if (!option.name.starts_with(name)) continue;
      if (found) return std::nullopt;
      found = option;
    }
    return found;
  }

  [[nodiscard]] std::string help() const {
    if (operation_ != nullptr) return operation_help(*operation_, program_);
    const auto* own = own_command_named(command_, program_);
    return own == nullptr ? "" : own->help(program_);
  }

 private:
  void read(const std::string& word) {
    if (pending_ && !is_option(word)) {
      values_[pending_->key()].push_back(word);
      if (pending_->arity != Arity::any) pending_.reset();
    } else if (is_option(word)) {
      read_option(word);
    } else {
      read_word(word);
    }
  }

  void read_option(std::string_view word) {
    const std::size_t sign = word.find('=');
    pending_ = option_named(word.substr(0, sign));
    if (!pending_) return;
    auto& values = values_[pending_->key()];
    if (sign != std::string_view::npos) values.emplace_back(word.substr(sign + 1));
    if (sign != std::string_view::npos || pending_->arity == Arity::none) pending_.reset();
  }

  void read_word(const std::string& word) {
    if (command_.empty()) {
      command_ = word;
      if (const auto* own = own_command_named(word, program_)) add(own->options());
    } else if (service() && operation_ == nullptr && words_.empty()) {
      operation_ = operation_named(*service(), word);
      if (operation_ == nullptr) return words_.push_back(word);
      add(command_arguments(*operation_, program_));
    } else {
      words_.push_back(word);
    }
  }

  void add(std::vector<Argument> options) {
    for (auto& option : options) {
      const bool known = std::ranges::find(options_, option.name, &Argument::name) != options_.end();
      if (option.is_option() && !known) options_.push_back(std::move(option));
    }
  }

  const Program& program_;
  std::vector<Argument> options_;
  std::size_t globals_ = 0;
  std::string command_;
  const Operation* operation_ = nullptr;
  std::vector<std::string> words_;
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
  std::optional<Argument> pending_;
};

class Completer {
 public:
  Completer(const Line& line, std::string_view word, const Program& program, const NameSource& names)
      : line_(line), word_(word), program_(program), names_(names) {}

  Completion run() {
    const std::size_t sign = word_.find('=');
    if (is_option(word_) && sign != std::string_view::npos) {
      const auto option = line_.option_named(word_.substr(0, sign));
      if (option && option->arity != Arity::none) values(*option, word_.substr(0, sign + 1));
    } else if (line_.pending() && (!word_.starts_with('-') || line_.pending()->arity == Arity::one)) {
      values(*line_.pending(), "");
    } else if (word_.starts_with('-')) {
      options(line_.options());
    } else {
      words();
    }
    return std::move(out_);
  }

 private:
  // Only what begins as the word does, once.
  void add(std::string value, std::string description = {}) {
    if (!value.starts_with(word_)) return;
    const bool known = std::ranges::find(out_.candidates, value, &Candidate::value) != out_.candidates.end();
    if (!known) out_.candidates.push_back({std::move(value), std::move(description)});
  }

  void add_all(std::span<const std::string_view> values, std::string_view before = {}) {
    for (const auto value : values)
      add(std::string(before) + std::string(value));
  }
  void add_all(const std::vector<std::string>& values, std::string_view before) {
    for (const auto& value : values)
      add(std::string(before) + value);
  }

  void options(std::span<const Argument> options) {
    const auto own = parse_help(line_.help());
    const auto global = parse_help(global_options_help(program_));
    for (const auto& option : options) {
      if (line_.has(option)) continue;
      auto text = text_of_option(own, option.name);
      add(option.name, text.empty() ? text_of_option(global, option.name) : std::move(text));
    }
  }

  void words() {
    const std::string& command = line_.command();
    if (command.empty()) return commands();
    if (command == "help") return help();
    if (command == "configure" && line_.words().empty()) return add("list", "which settings are used");
    if (line_.operation() != nullptr) return options(line_.own_options());
    if (line_.service() && line_.words().empty()) return operations_of(*line_.service());
    if (own_command_named(command, program_) != nullptr && line_.words().empty()) own_word(command);
  }

  void commands() {
    add("logs", "operations of CloudWatch Logs");
    add("sts", "operations of STS");
    add("configure", "which settings are used");
    if (!program_.is_aws()) {
      for (const auto& own : own_commands())
        add(std::string(own.name), std::string(own.summary));
    }
    add("help", "what a command does");
  }

  void operations_of(Service service) {
    for (const auto& operation : operations()) {
      if (operation.service == service) add(kebab(operation.name), std::string(operation.summary));
    }
    if (line_.command() != "help") add("help", "what the commands do");
  }

  void help() {
    const auto& words = line_.words();
    if (words.size() == 1 && service_named(words.front()))
      return operations_of(*service_named(words.front()));
    if (!words.empty()) return;
    commands();
    for (const auto& topic : help_topics())
      add(std::string(topic.name), std::string(topic.summary));
  }

  void own_word(std::string_view command) {
    if (command == "completion") return add_all(kShells);
    if (command == "sign") return files("");
    if (command == "groups" || command == "streams") return groups("");
    if (command == "get") return group_or_stream();
  }

  // GROUP:STREAM; an ARN has colons of its own.
  void group_or_stream() {
    const std::size_t colon = word_.rfind(':');
    const std::size_t before_stream = word_.starts_with("arn:") ? 7 : 1;
    if (static_cast<std::size_t>(std::ranges::count(word_, ':')) < before_stream) return groups("");
    streams(std::string(word_.substr(0, colon)), word_.substr(0, colon + 1));
  }

  // `before` stands before the value in the same word: "--output=".
  void values(const Argument& option, std::string_view before) {
    const std::string_view typed = word_.substr(before.size());
    for (const std::string_view scheme : {"file://", "fileb://"}) {
      if (typed.starts_with(scheme)) return files(std::string(before) + std::string(scheme));
    }
    add_all(option.choices, before);
    add_all(enumeration(option), before);
    const std::string_view name = option.name;
    if (name == "--profile" && names_.profiles) return add_all(names_.profiles(), before);
    if (name == "--region" && names_.regions) return add_all(names_.regions(), before);
    if (name == "--ca-bundle") return files(std::string(before));
    if (name == "--tz") return add_all(std::array<std::string_view, 2>{"UTC", "local"}, before);
    const bool of_get = line_.command() == "get" && (name == "--streams" || name == "--prefix");
    if (of_get && !line_.words().empty()) return streams(line_.words().front(), before);
    if (line_.operation() == nullptr) return;
    if (name.contains("log-group-name") || name.contains("log-group-identifier")) return groups(before);
    if (name.contains("log-stream-name")) streams(group_on_the_line(), before);
  }

  [[nodiscard]] std::span<const std::string_view> enumeration(const Argument& option) const {
    if (line_.operation() == nullptr) return {};
    const auto members = line_.operation()->input->members;
    const auto member = std::ranges::find(members, option.destination, &ShapeMember::name);
    if (member == members.end()) return {};
    const Shape& shape = *member->shape;
    return shape.type == Shape::Type::list ? shape.element->values : shape.values;
  }

  [[nodiscard]] std::string group_on_the_line() const {
    const auto name = line_.value("logGroupName");
    return name ? *name : line_.value("logGroupIdentifier").value_or("");
  }

  void files(std::string before) {
    out_.files = true;
    out_.before_file = std::move(before);
  }

  void groups(std::string_view before) {
    if (names_.groups)
      add_all(names_.groups(line_.given(), std::string(word_.substr(before.size()))), before);
  }

  void streams(const std::string& group, std::string_view before) {
    if (group.empty() || !names_.streams) return;
    add_all(names_.streams(line_.given(), group, std::string(word_.substr(before.size()))), before);
  }

  const Line& line_;
  const std::string_view word_;
  const Program& program_;
  const NameSource& names_;
  Completion out_;
};

}  // namespace

Completion complete(std::span<const std::string> words, const Program& program, const NameSource& names) {
  if (words.empty()) return {};
  const Line line(words.first(words.size() - 1), program);
  return Completer(line, words.back(), program, names).run();
}

}  // namespace crosslog::cli
