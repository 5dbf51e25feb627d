// The grammar of the AWS CLI's command line, which is that of Python's argparse:
// options anywhere and shortened to a unique prefix, `--name=value`, lists that
// end at the next option, values that look like negative numbers or hold a blank,
// and what is left over handed on. One parser reads the global options, one the
// operation's name, one the operation's own options.
//
// Differences from argparse 3.11 are bugs; the order in which options and words
// are consumed is part of the grammar, as error messages show it.
#ifndef CROSSLOG_SRC_CLI_ARGS_H_
#define CROSSLOG_SRC_CLI_ARGS_H_

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/errors.h"

namespace crosslog::cli {

struct Argument {
  enum class Arity { one, at_most_one, any, none };
  enum class Type { text, integer, floating };

  std::string name;  // "--limit"; of a word: "operation"
  Arity arity = Arity::one;
  std::string destination = {};  // where values go; empty: `name`
  std::string constant = {};     // the value of an option that has none
  Type type = Type::text;        // checked here; the value stays text
  bool required = false;
  std::vector<std::string_view> choices = {};
  std::string refusal = {};  // not empty: the option is known, and this is why it is not taken
  bool stops = false;        // nothing after it is looked at

  [[nodiscard]] bool is_option() const noexcept { return name.starts_with('-'); }
  [[nodiscard]] const std::string& key() const noexcept { return destination.empty() ? name : destination; }
};

struct ParsedArguments {
  std::map<std::string, std::vector<std::string>, std::less<>> values;
  std::vector<std::string> rest;  // not understood, in argparse's order
  std::string stopped_at;         // the `stops` option that was met

  [[nodiscard]] bool has(std::string_view key) const { return values.contains(key); }
  // The (first) value, or "".
  [[nodiscard]] std::string_view value(std::string_view key) const;
};

// `usage` follows "usage: " in error messages and ends its line. At most one of `arguments` is a
// word, of arity one or at_most_one.
[[nodiscard]] Outcome<ParsedArguments> parse_arguments(std::span<const Argument> arguments,
                                                       std::span<const std::string> words,
                                                       std::string_view usage);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_ARGS_H_
