// The person at the terminal.
#ifndef CROSSLOG_SRC_BASE_TERMINAL_H_
#define CROSSLOG_SRC_BASE_TERMINAL_H_

#include <stop_token>
#include <string>
#include <string_view>

#include "crosslog/error.h"

namespace crosslog::base {

// Host::ask
[[nodiscard]] Result<std::string> ask(std::string_view prompt, std::stop_token stop);

}  // namespace crosslog::base

#endif  // CROSSLOG_SRC_BASE_TERMINAL_H_
