// --cli-input-yaml: a YAML document as a value. The text is YAML 1.2 as
// ruamel.yaml's safe loader reads it, as far as JSON has the same values; what has
// no place in a Document (dates, bytes, names that are no text) is refused, and so
// is a text that aliases make larger than it looks.
#ifndef CROSSLOG_SRC_CLI_YAML_READER_H_
#define CROSSLOG_SRC_CLI_YAML_READER_H_

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

#include "crosslog/document.h"

namespace crosslog::cli {

struct YamlLimits {
  std::size_t max_bytes = 1u << 20;  // of the text, and of what its aliases stand for
  std::size_t max_depth = 32;        // of lists and maps inside each other
};

// The fault: one line. No text at all is null.
[[nodiscard]] std::expected<Document, std::string> parse_yaml(std::string_view text, YamlLimits limits = {});

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_YAML_READER_H_
