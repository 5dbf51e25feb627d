// The endpoint lookup of any service, apart from the two that Settings holds.
#ifndef CROSSLOG_SRC_CONFIG_SETTINGS_H_
#define CROSSLOG_SRC_CONFIG_SETTINGS_H_

#include <optional>
#include <string_view>

#include "crosslog/config.h"

namespace crosslog::config {

// `service_id` as in a [services] section: "cloudwatch_logs". `profile` may be
// nullptr. Nullopt: nobody configured one.
[[nodiscard]] Result<std::optional<Settings::ConfiguredEndpoint>> configured_endpoint(
    const Host& host, const SharedConfig& config, const Profile* profile, const Overrides& overrides,
    std::string_view service_id);

}  // namespace crosslog::config

#endif  // CROSSLOG_SRC_CONFIG_SETTINGS_H_
