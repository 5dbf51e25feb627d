// --output yaml: what ruamel.yaml's safe dumper makes of a value, which is
// libyaml's block style with the names of every map in order.
#ifndef CROSSLOG_SRC_CLI_YAML_WRITER_H_
#define CROSSLOG_SRC_CLI_YAML_WRITER_H_

#include <string>

#include "cli/errors.h"
#include "crosslog/document.h"

namespace crosslog::cli {

// With the line break at the end; "" for an empty map, JSON for a scalar.
// `terminal`: what changes how a terminal shows the bytes around it is escaped,
// which any YAML reader takes for the same text.
[[nodiscard]] Outcome<std::string> format_yaml(const Document& document, bool terminal = false);

// One page of --output yaml-stream: a list with one element, empty maps too.
[[nodiscard]] Outcome<std::string> format_yaml_page(const Document& page, bool terminal = false);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_YAML_WRITER_H_
