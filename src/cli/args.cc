#include "cli/args.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "cli/close_matches.h"
#include "cli/python.h"

namespace crosslog::cli {
namespace {

// What a word that looks like an option may be. `argument` is null when this
// parser has no such option.
struct Option {
  const Argument* argument = nullptr;
  std::string name;
  std::optional<std::string> attached;  // of --name=value
};

// argparse: '^-\d+$|^-\d*\.\d+$'.
bool looks_negative(std::string_view word) {
  if (!word.starts_with('-')) return false;
  word.remove_prefix(1);
  const auto digits = [](std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  };
  const std::size_t point = word.find('.');
  if (point == std::string_view::npos) return !word.empty() && digits(word);
  return digits(word.substr(0, point)) && point + 1 < word.size() && digits(word.substr(point + 1));
}

class ArgumentParser {
 public:
  ArgumentParser(std::span<const Argument> arguments, std::span<const std::string> words,
                 std::string_view usage)
      : arguments_(arguments), words_(words), usage_(usage) {
    for (const auto& argument : arguments_) {
      if (!argument.is_option()) word_ = &argument;
    }
  }

  Outcome<ParsedArguments> run() {
    if (auto read = classify(); !read) return std::unexpected(read.error());
    if (auto consumed = consume_all(); !consumed) return std::unexpected(consumed.error());
    if (!parsed_.stopped_at.empty()) return std::move(parsed_);
    if (auto complete = check_required(); !complete) return std::unexpected(complete.error());
    return std::move(parsed_);
  }

 private:
  [[nodiscard]] std::unexpected<Failure> refuse(const std::string& message) const {
    return fail_usage(message + "\n\nusage: " + std::string(usage_));
  }
  [[nodiscard]] std::unexpected<Failure> refuse(const Argument& argument, const std::string& message) const {
    return refuse("argument " + argument.name + ": " + message);
  }

  // Which words are options ('O'), values ('A') and the "--" ('-').
  Outcome<void> classify() {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (words_[i] == "--") {
        pattern_ += '-';
        pattern_.append(words_.size() - i - 1, 'A');
        break;
      }
      auto option = read_option(words_[i]);
      if (!option) return std::unexpected(option.error());
      pattern_ += *option ? 'O' : 'A';
      if (*option) options_.emplace(i, std::move(**option));
    }
    return {};
  }

  [[nodiscard]] const Argument* find(std::string_view name) const {
    const auto found = std::ranges::find(arguments_, name, &Argument::name);
    return found == arguments_.end() ? nullptr : &*found;
  }

  [[nodiscard]] std::vector<Option> options_that_begin(std::string_view word) const {
    std::vector<Option> matches;
    const std::size_t equals = word.find('=');
    const bool split = word.starts_with("--") && equals != std::string_view::npos;
    const std::string_view prefix = split ? word.substr(0, equals) : word;
    for (const auto& argument : arguments_) {
      if (!argument.is_option() || !argument.name.starts_with(prefix)) continue;
      matches.push_back({&argument, argument.name,
                         split ? std::optional(std::string(word.substr(equals + 1))) : std::nullopt});
    }
    return matches;
  }

  // nullopt: a value.
  Outcome<std::optional<Option>> read_option(const std::string& word) const {
    if (!word.starts_with('-')) return std::nullopt;
    if (const auto* exact = find(word)) return Option{exact, word, std::nullopt};
    if (word.size() == 1) return std::nullopt;
    if (const std::size_t equals = word.find('='); equals != std::string::npos) {
      if (const auto* exact = find(word.substr(0, equals))) {
        return Option{exact, word.substr(0, equals), word.substr(equals + 1)};
      }
    }
    auto matches = options_that_begin(word);
    if (matches.size() > 1) {
      std::string names;
      for (const auto& match : matches)
        names += (names.empty() ? "" : ", ") + match.name;
      return refuse("ambiguous option: " + word + " could match " + names);
    }
    if (matches.size() == 1) return std::move(matches.front());
    if (looks_negative(word) || word.contains(' ')) return std::nullopt;
    return Option{nullptr, word, std::nullopt};
  }

  Outcome<void> consume_all() {
    std::size_t position = 0;
    while (parsed_.stopped_at.empty()) {
      const auto next = options_.lower_bound(position);
      if (next == options_.end()) break;
      if (position != next->first) {
        const auto end = consume_word(position);
        if (!end) return std::unexpected(end.error());
        if (*end > position) {
          position = *end;
          continue;
        }
        for (; position < next->first; ++position)
          parsed_.rest.push_back(words_[position]);
      }
      const auto end = consume_option(position);
      if (!end) return std::unexpected(end.error());
      position = *end;
    }
    if (!parsed_.stopped_at.empty()) return {};
    const auto end = consume_word(position);
    if (!end) return std::unexpected(end.error());
    parsed_.rest.insert(parsed_.rest.end(), words_.begin() + static_cast<std::ptrdiff_t>(*end), words_.end());
    return {};
  }

  // The word argument, if it is still open and there is something for it. As in
  // argparse an optional word is used up by the first place it could stand at,
  // even when nothing stands there.
  Outcome<std::size_t> consume_word(std::size_t position) {
    if (word_ == nullptr) return position;
    std::size_t end = position;
    const auto skip_dashes = [&] {
      while (end < pattern_.size() && pattern_[end] == '-')
        ++end;
    };
    skip_dashes();
    const bool there = end < pattern_.size() && pattern_[end] == 'A';
    if (!there && word_->arity == Argument::Arity::one) return position;
    std::vector<std::string> values;
    if (there) values.push_back(words_[end++]);
    skip_dashes();
    const Argument& argument = *std::exchange(word_, nullptr);
    if (there) {
      if (auto taken = take(argument, std::move(values)); !taken) return std::unexpected(taken.error());
    }
    return end;
  }

  Outcome<std::size_t> consume_option(std::size_t position) {
    const Option& option = options_.at(position);
    if (option.argument == nullptr) {
      parsed_.rest.push_back(words_[position]);
      return position + 1;
    }
    const Argument& argument = *option.argument;
    if (!argument.refusal.empty()) return fail_usage(argument.refusal);
    std::vector<std::string> values;
    std::size_t end = position + 1;
    if (option.attached) {
      if (argument.arity == Argument::Arity::none) {
        return refuse(argument, "ignored explicit argument " + repr(*option.attached));
      }
      values.push_back(*option.attached);
    } else {
      const std::size_t most = argument.arity == Argument::Arity::none  ? 0
                               : argument.arity == Argument::Arity::any ? words_.size()
                                                                        : 1;
      for (; end < pattern_.size() && pattern_[end] == 'A' && values.size() < most; ++end)
        values.push_back(words_[end]);
      if (values.empty() && argument.arity == Argument::Arity::one)
        return refuse(argument, "expected one argument");
    }
    if (auto taken = take(argument, std::move(values)); !taken) return std::unexpected(taken.error());
    return end;
  }

  Outcome<void> take(const Argument& argument, std::vector<std::string> values) {
    if (argument.stops) parsed_.stopped_at = argument.name;
    for (const auto& value : values) {
      if (auto good = check(argument, value); !good) return good;
    }
    if (values.empty() && argument.is_option() && argument.arity != Argument::Arity::any) {
      values = {argument.constant};
    }
    seen_.insert(&argument);
    parsed_.values.insert_or_assign(argument.key(), std::move(values));
    return {};
  }

  [[nodiscard]] Outcome<void> check(const Argument& argument, const std::string& value) const {
    if (argument.type == Argument::Type::integer && !parse_int(value)) {
      return refuse(argument, "invalid int value: " + repr(value));
    }
    if (argument.type == Argument::Type::floating && !parse_float(value)) {
      return refuse(argument, "invalid float value: " + repr(value));
    }
    if (argument.choices.empty() || std::ranges::count(argument.choices, std::string_view(value)) != 0)
      return {};
    std::string message = "Found invalid choice '" + value + "'\n";
    const auto close = close_matches(value, argument.choices, 0.8);
    if (!close.empty()) message += "\nMaybe you meant:\n";
    for (const auto word : close)
      message += "\n  * " + std::string(word);
    return refuse(argument, message);
  }

  [[nodiscard]] Outcome<void> check_required() const {
    std::string missing;
    for (const auto& argument : arguments_) {
      const bool required =
          argument.required || (!argument.is_option() && argument.arity == Argument::Arity::one);
      if (required && !seen_.contains(&argument)) missing += (missing.empty() ? "" : ", ") + argument.name;
    }
    if (missing.empty()) return {};
    return refuse("the following arguments are required: " + missing);
  }

  std::span<const Argument> arguments_;
  std::span<const std::string> words_;
  std::string_view usage_;
  const Argument* word_ = nullptr;         // not consumed yet
  std::string pattern_;                    // 'O', 'A' and '-', one for each word
  std::map<std::size_t, Option> options_;  // by the word's index
  std::set<const Argument*> seen_;
  ParsedArguments parsed_;
};

}  // namespace

std::string_view ParsedArguments::value(std::string_view key) const {
  const auto found = values.find(key);
  return found == values.end() || found->second.empty() ? std::string_view{}
                                                        : std::string_view(found->second.front());
}

Outcome<ParsedArguments> parse_arguments(std::span<const Argument> arguments,
                                         std::span<const std::string> words, std::string_view usage) {
  return ArgumentParser(arguments, words, usage).run();
}

}  // namespace crosslog::cli
