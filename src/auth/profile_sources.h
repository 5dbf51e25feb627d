// What the keys of a profile become once the walk of profile_provider.cc has
// chosen among them. Errors name the profile, the file and the line.
#ifndef CROSSLOG_SRC_AUTH_PROFILE_SOURCES_H_
#define CROSSLOG_SRC_AUTH_PROFILE_SOURCES_H_

#include <string>
#include <string_view>

#include "crosslog/providers.h"

namespace crosslog::auth {

// A key with nothing behind it counts as none. nullptr: none.
[[nodiscard]] const Property* find(const Profile& profile, std::string_view key);
// "/home/x/.aws/config:12".
[[nodiscard]] std::string place_of(const Property& property);
[[nodiscard]] std::string in_quotes(std::string_view text);

// The role of the profile's role_arn, assumed with the credentials of `base`.
// Precondition: role_arn is there.
[[nodiscard]] Result<ProviderPtr> make_profile_role(const ProviderContext& context, const Profile& profile,
                                                    ProviderPtr base);

// Whether the variables of web identities come before the profile's keys.
enum class Variables { first, left_out };

// nullptr: no token file is named. `profile` may be nullptr.
[[nodiscard]] Result<ProviderPtr> make_web_identity_source(const ProviderContext& context,
                                                           const Profile* profile, Variables variables);

// Precondition: some key of single sign-on is there.
[[nodiscard]] Result<ProviderPtr> make_sso_source(const ProviderContext& context, const Profile& profile);

// aws_access_key_id and what goes with it. Precondition: one half is there.
[[nodiscard]] Result<ProviderPtr> make_static_source(const Profile& profile);

}  // namespace crosslog::auth

#endif  // CROSSLOG_SRC_AUTH_PROFILE_SOURCES_H_
