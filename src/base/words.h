// A command line as words, without a shell.
#ifndef CROSSLOG_SRC_BASE_WORDS_H_
#define CROSSLOG_SRC_BASE_WORDS_H_

#include <string>
#include <string_view>
#include <vector>

#include "crosslog/error.h"

namespace crosslog::base {

// As a POSIX shell splits words, by blanks, quotes and backslashes alone: no
// variable, pattern or comment means anything. Exactly Python's shlex.split,
// which the AWS CLI uses. Errc::configuration: "No closing quotation",
// "No escaped character".
[[nodiscard]] Result<std::vector<std::string>> split_words(std::string_view text);

}  // namespace crosslog::base

#endif  // CROSSLOG_SRC_BASE_WORDS_H_
