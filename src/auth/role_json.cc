// Names are matched exactly, after JSON's own unescaping: a reader that goes by
// prefix or ignores case takes the wrong member for a key.
#include "auth/role_json.h"

#include <chrono>
#include <utility>

#include "base/crypto.h"
#include "base/time.h"
#include "base/try.h"

namespace crosslog::auth {
namespace {

constexpr JsonLimits kLimits{.max_bytes = kMaxRoleJson, .max_depth = 4};
constexpr std::chrono::minutes kUnknownLifetime{15};
constexpr TimePoint kNeverTrue{std::chrono::sys_days{std::chrono::year{9999} / 1 / 1}};

}  // namespace

Result<Document> parse_role_json(std::string_view body) {
  CROSSLOG_TRY(Document document, parse_json(body, kLimits));
  if (document.map() == nullptr) return fail(Errc::protocol, "Not a JSON object");
  return document;
}

std::string text_of(const Document& document, std::string_view name) {
  const Document* member = document.find(name);
  return member != nullptr && member->string() != nullptr ? *member->string() : "";
}

Secret take(Document& document, std::string_view name) {
  for (auto& [key, value] : *document.map()) {
    if (key != name || value.string() == nullptr) continue;
    Secret secret(*value.string());
    base::wipe(*value.string());
    return secret;
  }
  return {};
}

Credentials take_keys(Document& document, std::string_view token_name) {
  Credentials credentials;
  credentials.access_key_id = text_of(document, "AccessKeyId");
  credentials.secret_access_key = take(document, "SecretAccessKey");
  credentials.session_token = take(document, token_name);
  credentials.account_id = text_of(document, "AccountId");
  return credentials;
}

TimePoint role_expiry(const Document& document, TimePoint now) {
  const auto time = base::parse_iso8601(text_of(document, "Expiration"));
  return time && *time < kNeverTrue ? *time : now + kUnknownLifetime;
}

}  // namespace crosslog::auth
