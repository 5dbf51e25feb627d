// Files that belong to one user and to many processes: replaced whole or not at
// all, and locked between whoever would replace them.
#ifndef CROSSLOG_SRC_BASE_PRIVATE_FILES_H_
#define CROSSLOG_SRC_BASE_PRIVATE_FILES_H_

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "crosslog/error.h"
#include "crosslog/host.h"

namespace crosslog::base {

// Host::replace_file
[[nodiscard]] Result<void> replace_file(const std::string& path, std::string_view bytes);
// Host::lock_file
[[nodiscard]] Result<std::unique_ptr<FileLock>> lock_file(const std::string& path,
                                                          std::chrono::milliseconds timeout,
                                                          std::stop_token stop);

}  // namespace crosslog::base

#endif  // CROSSLOG_SRC_BASE_PRIVATE_FILES_H_
