// The layout of help texts (help.h), read: what the man page and the descriptions
// of completion are made of.
#ifndef CROSSLOG_SRC_CLI_HELP_LAYOUT_H_
#define CROSSLOG_SRC_CLI_HELP_LAYOUT_H_

#include <string>
#include <string_view>
#include <vector>

namespace crosslog::cli {

struct HelpRow {
  std::string name, text;
};

struct HelpBlock {
  enum class Kind { usage, heading, paragraph, rows, examples };
  Kind kind = Kind::paragraph;
  std::string text = {};           // one line; without "usage: ", without the colon
  std::vector<HelpRow> rows = {};  // examples: the names are the command lines
};

[[nodiscard]] std::vector<HelpBlock> parse_help(std::string_view text);

// The text of the row that is about an option: "--name", "--name VALUE", or one of
// several names. "" when there is none.
[[nodiscard]] std::string text_of_option(const std::vector<HelpBlock>& help, std::string_view option);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_HELP_LAYOUT_H_
