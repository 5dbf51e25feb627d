// Credentials as JSON, the way the metadata service, containers and programs
// write them: {"AccessKeyId", "SecretAccessKey", "Token", "Expiration"}.
#ifndef CROSSLOG_SRC_AUTH_ROLE_JSON_H_
#define CROSSLOG_SRC_AUTH_ROLE_JSON_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "crosslog/clock.h"
#include "crosslog/credentials.h"
#include "crosslog/document.h"
#include "crosslog/error.h"

namespace crosslog::auth {

inline constexpr std::size_t kMaxRoleJson = 64u << 10;

// A JSON object of at most kMaxRoleJson. The error has no byte of it.
[[nodiscard]] Result<Document> parse_role_json(std::string_view body);

// The member's text; empty when it is absent or something else.
[[nodiscard]] std::string text_of(const Document& document, std::string_view name);

// The same for a secret, which is wiped in the document. Precondition: a map.
[[nodiscard]] Secret take(Document& document, std::string_view name);

// Both keys, the token called `token_name`, and AccountId; what is absent is
// empty. The secrets are wiped in the document.
[[nodiscard]] Credentials take_keys(Document& document, std::string_view token_name);

// Of a role's credentials, which always expire: 15 minutes from now where
// Expiration cannot be true.
[[nodiscard]] TimePoint role_expiry(const Document& document, TimePoint now);

}  // namespace crosslog::auth

#endif  // CROSSLOG_SRC_AUTH_ROLE_JSON_H_
