// STS AssumeRoleWithWebIdentity: nobody signs it, the token is the proof. The seed names
// the tokens that a provider issued and what each of them claims; no token is decoded.
#include <algorithm>

#include "sandbox/services.h"
#include "sandbox/sts_parts.h"

namespace crosslog::sandbox {

namespace {

struct FoundToken {
  const IdentityProvider& provider;
  const IdentityToken& token;
};

AwsError invalid_token(std::string message) {
  return {400, "InvalidIdentityToken", std::move(message), {}};
}

std::int64_t epoch_seconds(Time time) {
  return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

// Three parts between dots, as every JSON Web Token has.
bool looks_like_jwt(std::string_view token) {
  const auto parts = split(token, '.');
  return parts.size() == 3 && std::ranges::none_of(parts, [](std::string_view part) { return part.empty(); });
}

std::expected<FoundToken, AwsError> find_token(const State& state, std::string_view text) {
  if (!looks_like_jwt(text))
    return StsFailure(invalid_token(
        "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"));
  for (const auto& provider : state.world.identity_providers)
    for (const auto& token : provider.tokens)
      if (token.text == text) return FoundToken{provider, token};
  return StsFailure(invalid_token("No OpenIDConnect provider found in your account for the token's issuer"));
}

std::expected<void, AwsError> check_token(const State& state, const IdentityToken& token) {
  if (!token.rejected.empty()) return StsFailure(AwsError{403, "IDPRejectedClaim", token.rejected, {}});
  if (token.expires && *token.expires <= state.now())
    return StsFailure(AwsError{
        400,
        "ExpiredTokenException",
        "Token expired: current date/time " + std::to_string(epoch_seconds(state.now())) +
            " must be before the expiration date/time " + std::to_string(epoch_seconds(*token.expires)),
        {}});
  return {};
}

}  // namespace

std::expected<Response, AwsError> assume_role_with_web_identity(State& state, const FormFields& fields) {
  const auto role_arn = field(fields, "RoleArn"), session_name = field(fields, "RoleSessionName"),
             token = field(fields, "WebIdentityToken");
  const auto duration = duration_field(fields);
  if (!duration) return StsFailure(duration.error());
  Validation check;
  check_role_parameters(check, role_arn, session_name, *duration);
  // Its value never stands in a message.
  check.text("webIdentityToken", token ? std::optional(std::string(token->size(), '*')) : std::nullopt, true,
             4, 20000);
  if (const auto message = check.message(); !message.empty()) return validation_error(message);
  if (!is_role_arn(*role_arn)) return validation_error("Request ARN is invalid");

  const auto found = find_token(state, *token);
  if (!found) return StsFailure(found.error());
  if (auto good = check_token(state, found->token); !good) return StsFailure(good.error());
  const Role* role = state.world.find_role(*role_arn);
  if (role == nullptr || role->account != found->provider.account() ||
      !trusts_identity(role->trust, {found->provider.arn, found->provider.issuer(), found->token.subject,
                                     found->token.audience}))
    return access_denied("Not authorized to perform sts:AssumeRoleWithWebIdentity");
  if (*duration > role->max_session_seconds)
    return validation_error(
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");

  const Session& session =
      state.sessions.issue(*role, *session_name, state.now() + std::chrono::seconds(*duration));
  return sts_result("AssumeRoleWithWebIdentity",
                    session_members(session) + "    " +
                        element("SubjectFromWebIdentityToken", found->token.subject) + "\n    " +
                        element("Audience", found->token.audience) + "\n    " +
                        element("Provider", found->provider.arn) + "\n");
}

}  // namespace crosslog::sandbox
