// The grammar of filter patterns: from a text to what it says.
#ifndef CROSSLOG_SRC_SANDBOX_PATTERN_READER_H_
#define CROSSLOG_SRC_SANDBOX_PATTERN_READER_H_

#include <expected>
#include <string>
#include <string_view>

#include "sandbox/pattern_form.h"

namespace crosslog::sandbox {

// The error is the service's message.
[[nodiscard]] std::expected<PatternForm, std::string> read_pattern(std::string_view text);

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_PATTERN_READER_H_
