// The addresses of a host name, in bounded time.
#ifndef CROSSLOG_SRC_BASE_RESOLVE_H_
#define CROSSLOG_SRC_BASE_RESOLVE_H_

#include <stop_token>
#include <string>
#include <vector>

#include "crosslog/error.h"

namespace crosslog::base {

// Host::resolve. A literal is its own address; IPv6 without brackets.
[[nodiscard]] Result<std::vector<std::string>> resolve_name(const std::string& name, std::stop_token stop);

}  // namespace crosslog::base

#endif  // CROSSLOG_SRC_BASE_RESOLVE_H_
