// IAM, as much of it as a reader of logs meets: Allow and Deny statements with wildcards
// in Action and Resource, trust policies with principals and the conditions on
// sts:ExternalId, aws:MultiFactorAuthPresent and the claims of a web identity. What is not evaluated here is
// refused when the policy is read: a policy that is half understood would answer wrongly.
#ifndef CROSSLOG_SRC_SANDBOX_POLICY_H_
#define CROSSLOG_SRC_SANDBOX_POLICY_H_

#include <boost/json.hpp>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crosslog::sandbox {

struct Statement {
  bool allow = false;
  std::vector<std::string> actions;
  std::vector<std::string> resources;   // identity policies
  std::vector<std::string> principals;  // trust policies: AWS principals
  std::vector<std::string> services;    // trust policies: service principals
  std::vector<std::string> federated;   // trust policies: identity providers
  // One of these must match, when there are any.
  std::vector<std::string> external_ids;
  std::optional<bool> mfa_present;
  // Of a web identity, "<issuer>:sub" or "<issuer>:aud": each must match one of its patterns.
  std::vector<std::pair<std::string, std::vector<std::string>>> claims;
};

struct Policy {
  std::vector<Statement> statements;
};

enum class PolicyKind { identity, trust };
// The error says what is wrong or not emulated.
[[nodiscard]] std::expected<Policy, std::string> read_policy(const boost::json::value& document,
                                                             PolicyKind kind);

// arn:aws:iam::aws:policy/NAME for the few names the sandbox knows.
[[nodiscard]] const Policy* managed_policy(std::string_view name_or_arn);

enum class Decision { allowed, not_allowed, denied };
// Deny wins; nothing said is not_allowed.
[[nodiscard]] Decision evaluate(const std::vector<const Policy*>& policies, std::string_view action,
                                std::string_view resource);

// Who asks a role to trust it.
struct Caller {
  std::string account;
  std::string arn;
  std::string role_arn;  // empty for a user
};
struct TrustContext {
  std::optional<std::string> external_id;
  bool mfa_present = false;
};
struct TrustDecision {
  bool trusted = false;
  bool by_name = false;  // the caller's own ARN is named, not only its account
};
[[nodiscard]] TrustDecision evaluate_trust(const Policy& trust, std::string_view action, const Caller& caller,
                                           const TrustContext& context);
[[nodiscard]] bool trusts_service(const Policy& trust, std::string_view service);

// What a token of an identity provider claims.
struct WebIdentity {
  std::string provider_arn;
  std::string issuer;  // host and path, without "https://"
  std::string subject, audience;
};
[[nodiscard]] bool trusts_identity(const Policy& trust, const WebIdentity& identity);

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_POLICY_H_
