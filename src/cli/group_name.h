// GROUP and GROUP:STREAM as they are typed: a log group's name or its ARN, as AWS
// shows it or without the ":*" at its end. The service wants a name of the own
// account and an ARN of a linked one.
#ifndef CROSSLOG_SRC_CLI_GROUP_NAME_H_
#define CROSSLOG_SRC_CLI_GROUP_NAME_H_

#include <expected>
#include <string>
#include <string_view>

#include "crosslog/document.h"

namespace crosslog::cli {

struct GroupName {
  std::string name;
  std::string arn;              // without ":*"; empty: a name was given
  std::string region, account;  // of the ARN
  std::string stream;           // what follows the group; empty: nothing

  // {"logGroupIdentifier": "arn:..."} or {"logGroupName": "..."}.
  [[nodiscard]] Document parameters() const;
};

// The error is a sentence.
[[nodiscard]] std::expected<GroupName, std::string> parse_group_name(std::string_view text);
// "" when a stream may be called so, else why not.
[[nodiscard]] std::string fault_of_stream_name(std::string_view name);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_GROUP_NAME_H_
