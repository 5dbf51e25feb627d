// Patterns over the names of log groups and streams. A word with * or ? is a glob
// over the whole name (* any text, ? one character; brackets stand for themselves,
// as the names of Lambda's streams have them); any other word is looked for inside
// the name; a regular expression, POSIX extended, has to be asked for.
#ifndef CROSSLOG_SRC_CLI_NAME_PATTERN_H_
#define CROSSLOG_SRC_CLI_NAME_PATTERN_H_

#include <regex.h>

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace crosslog::cli {

enum class PatternKind { word, regex };

class NamePattern {
 public:
  // The error is a sentence. An empty word matches every name.
  [[nodiscard]] static std::expected<NamePattern, std::string> make(std::string text,
                                                                    PatternKind kind = PatternKind::word);

  [[nodiscard]] bool matches(std::string_view name) const;

  // What every name that matches begins with; may be empty.
  [[nodiscard]] std::string_view prefix() const noexcept;
  // Whether every name that begins with prefix() matches.
  [[nodiscard]] bool is_prefix() const noexcept;
  // A pattern of ListLogGroups that every name that matches, matches: there a
  // pattern is 3 to 24 characters, with ^ for the beginning. nullopt: there is none.
  [[nodiscard]] std::optional<std::string> service_pattern() const;

 private:
  enum class Form { inside, glob, regex };
  struct Free {
    void operator()(regex_t* regex) const noexcept;
  };

  std::string text_;
  Form form_ = Form::inside;
  std::unique_ptr<regex_t, Free> regex_;
};

[[nodiscard]] bool glob_matches(std::string_view glob, std::string_view name);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_NAME_PATTERN_H_
