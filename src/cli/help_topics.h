// What holds for every command, said once: `crosslog help TOPIC`, and sections of
// the man page.
#ifndef CROSSLOG_SRC_CLI_HELP_TOPICS_H_
#define CROSSLOG_SRC_CLI_HELP_TOPICS_H_

#include <span>
#include <string_view>

namespace crosslog::cli {

struct HelpTopic {
  std::string_view name;     // "exit-codes"
  std::string_view section;  // "EXIT STATUS"
  std::string_view summary;
  std::string_view text;  // in the layout of help.h
};
[[nodiscard]] std::span<const HelpTopic> help_topics() noexcept;

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_HELP_TOPICS_H_
