// --generate-cli-skeleton yaml-input: a sample of an operation's input to fill in,
// with what is required and which values there are as comments.
#ifndef CROSSLOG_SRC_CLI_YAML_SKELETON_H_
#define CROSSLOG_SRC_CLI_YAML_SKELETON_H_

#include <string>

#include "crosslog/operations.h"

namespace crosslog::cli {

// Precondition: `input` is a structure. The layout is the AWS CLI's; its comments
// go on with a sentence of the documentation, ours do not.
[[nodiscard]] std::string make_yaml_skeleton(const Shape& input);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_YAML_SKELETON_H_
