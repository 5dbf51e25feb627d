// The version of this library.
#ifndef CROSSLOG_VERSION_H_
#define CROSSLOG_VERSION_H_

#include <string_view>

namespace crosslog {

// "0.1.0". Semantic versioning; before 1.0 a minor release may break the C++ API.
[[nodiscard]] std::string_view version() noexcept;

}  // namespace crosslog

#endif  // CROSSLOG_VERSION_H_
