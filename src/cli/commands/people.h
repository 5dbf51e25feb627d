// What the commands for people have in common: their options, where lines go, and
// how they look.
#ifndef CROSSLOG_SRC_CLI_COMMANDS_PEOPLE_H_
#define CROSSLOG_SRC_CLI_COMMANDS_PEOPLE_H_

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/args.h"
#include "cli/errors.h"
#include "cli/group_name.h"
#include "cli/line_format.h"
#include "cli/logs_session.h"
#include "cli/program.h"
#include "cli/session.h"

namespace crosslog::cli {

// Where the lines of these commands go. References outlive the call.
struct LineOutput {
  std::function<Outcome<void>(std::string_view text)> print;
  std::function<void(std::string_view line)> progress;  // for who looks on; may be empty
  bool safe = false, color = false;
};

// The options of one such command, read: words and options are apart.
struct PeopleArguments {
  std::vector<std::string> words;
  ParsedArguments parsed;
};
// `options` and those of every such command: --format, --json, --ndjson, --tz.
[[nodiscard]] std::vector<Argument> with_people_options(std::vector<Argument> options);
// At least `least` words, at most `most`. --output and --query belong to other commands.
[[nodiscard]] Outcome<PeopleArguments> parse_people_arguments(std::span<const Argument> options,
                                                              std::span<const std::string> words,
                                                              std::size_t least, std::size_t most,
                                                              std::string_view usage,
                                                              const GlobalOptions& globals);

// Writes records as --format, --json and --tz want them.
class LineWriter {
 public:
  [[nodiscard]] static Outcome<LineWriter> make(const ParsedArguments& parsed, std::string_view format,
                                                std::span<const LineField> fields, const Host& host,
                                                const LineOutput& output);

  [[nodiscard]] bool uses(std::string_view member) const { return format_.uses(member); }
  [[nodiscard]] const TimeZone& zone() const noexcept { return style_.zone; }
  [[nodiscard]] const LineFormat& format() const noexcept { return format_; }
  [[nodiscard]] const LineStyle& style() const noexcept { return style_; }
  [[nodiscard]] Outcome<void> write(std::span<const Document> records) const;

 private:
  LineWriter(LineFormat format, LineStyle style, const LineOutput& output)
      : format_(std::move(format)), style_(std::move(style)), output_(&output) {}
  LineFormat format_;
  LineStyle style_;
  const LineOutput* output_;
};

// What every record of a group begins with: {"account", "region", "group"}. The
// account is asked for only when it is `wanted`; null: it cannot be found out.
[[nodiscard]] Outcome<Document> group_record(LogsSession& logs, const GroupName& group, bool wanted);

// --help, for the options that parse_people_arguments() adds.
[[nodiscard]] std::string people_options_help(std::span<const LineField> fields);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_COMMANDS_PEOPLE_H_
