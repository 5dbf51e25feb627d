// STS: GetCallerIdentity and AssumeRole, with every documented parameter of the latter
// checked, trust on one side and permission on the other. What needs no signature is in
// web_identity.cc.
#include <algorithm>

#include "sandbox/services.h"
#include "sandbox/sts_parts.h"

namespace crosslog::sandbox {

namespace json = boost::json;

namespace {

constexpr std::int64_t kChainedSession = 3600;

Response get_caller_identity(const Principal& caller) {
  return sts_result("GetCallerIdentity", "    " + element("Arn", caller.arn()) + "\n    " +
                                             element("UserId", caller.user_id()) + "\n    " +
                                             element("Account", caller.account()) + "\n");
}

struct AssumeRole {
  std::string role_arn, session_name;
  std::int64_t duration = 3600;
  std::optional<std::string> policy, external_id, mfa_serial, mfa_code, source_identity;
  std::vector<std::string> policy_arns, tag_keys, tag_values, transitive_tags;
};

std::expected<AssumeRole, AwsError> read_parameters(const FormFields& fields) {
  AssumeRole in;
  const auto role_arn = field(fields, "RoleArn"), session_name = field(fields, "RoleSessionName");
  in.policy = field(fields, "Policy");
  in.external_id = field(fields, "ExternalId");
  in.mfa_serial = field(fields, "SerialNumber");
  in.mfa_code = field(fields, "TokenCode");
  in.source_identity = field(fields, "SourceIdentity");
  in.policy_arns = field_list(fields, "PolicyArns", ".arn");
  in.tag_keys = field_list(fields, "Tags", ".Key");
  in.tag_values = field_list(fields, "Tags", ".Value");
  in.transitive_tags = field_list(fields, "TransitiveTagKeys");

  const auto duration = duration_field(fields);
  if (!duration) return StsFailure(duration.error());

  Validation check;
  check_role_parameters(check, role_arn, session_name, *duration);
  check.text("policy", in.policy, false, 1, 2048);
  check.text("externalId", in.external_id, false, 2, 1224, "[\\w+=,.@:\\/-]*",
             [](char c) { return is_word_or(c, "+=,.@:/-"); });
  check.text("serialNumber", in.mfa_serial, false, 9, 256, "[\\w+=/:,.@-]*",
             [](char c) { return is_word_or(c, "+=/:,.@-"); });
  check.text("tokenCode", in.mfa_code, false, 6, 6, "[\\d]*", [](char c) { return c >= '0' && c <= '9'; });
  check.text("sourceIdentity", in.source_identity, false, 2, 64, "[\\w+=,.@-]*",
             [](char c) { return is_word_or(c, "+=,.@-"); });
  for (std::size_t i = 0; i < in.tag_keys.size(); ++i)
    check.text("tags." + std::to_string(i + 1) + ".member.key", in.tag_keys[i], true, 1, 128);
  for (std::size_t i = 0; i < in.tag_values.size(); ++i)
    check.text("tags." + std::to_string(i + 1) + ".member.value", in.tag_values[i], true, 0, 256);
  if (const auto message = check.message(); !message.empty()) return validation_error(message);
  if (in.tag_keys.size() > 50)
    return validation_error(
        "1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must "
        "have length less than or equal to 50");
  in.role_arn = *role_arn;
  in.session_name = *session_name;
  in.duration = *duration;
  return in;
}

std::expected<std::vector<Policy>, AwsError> session_policies(const AssumeRole& in) {
  std::vector<Policy> out;
  if (in.policy) {
    json::error_code error;
    const auto document = json::parse(*in.policy, error);
    if (error)
      return StsFailure(AwsError{400, "MalformedPolicyDocument", "This policy contains invalid Json", {}});
    auto policy = read_policy(document, PolicyKind::identity);
    if (!policy)
      return StsFailure(
          AwsError{400, "MalformedPolicyDocument", "Syntax errors in policy: " + policy.error(), {}});
    out.push_back(std::move(*policy));
  }
  if (in.policy_arns.size() > 10)
    return StsFailure(AwsError{400, "PackedPolicyTooLarge", "At most 10 managed policies can be given.", {}});
  for (const auto& arn : in.policy_arns) {
    const Policy* policy = managed_policy(arn);
    if (policy == nullptr) return validation_error("Policy " + arn + " does not exist or is not attachable.");
    out.push_back(*policy);
  }
  return out;
}

// Whether the call carries a valid code of the caller's MFA device; an error when it carries a wrong one.
std::expected<bool, AwsError> check_mfa(const AssumeRole& in, const Principal& caller) {
  if (!in.mfa_serial && !in.mfa_code) return false;
  if (!in.mfa_serial || !in.mfa_code)
    return validation_error("Both SerialNumber and TokenCode are needed for multi-factor authentication.");
  if (caller.user == nullptr || caller.user->mfa_serial != *in.mfa_serial)
    return access_denied(
        "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial "
        "number is valid "
        "and associated with this user.");
  if (caller.user->mfa_code != *in.mfa_code)
    return access_denied("MultiFactorAuthentication failed with invalid MFA one time pass code. ");
  return true;
}

// The actions that the call needs: tags and a source identity are permissions of their own.
std::vector<std::string> needed_actions(const AssumeRole& in) {
  std::vector<std::string> out = {"sts:AssumeRole"};
  if (!in.tag_keys.empty()) out.emplace_back("sts:TagSession");
  if (in.source_identity) out.emplace_back("sts:SetSourceIdentity");
  return out;
}

std::expected<void, AwsError> authorize(const AssumeRole& in, const Principal& caller, const Role* role,
                                        bool mfa) {
  for (const auto& action : needed_actions(in)) {
    const std::string text =
        "User: " + caller.arn() + " is not authorized to perform: " + action + " on resource: " + in.role_arn;
    const Decision permission = caller.may(action, in.role_arn);
    if (permission == Decision::denied)
      return access_denied(text + " with an explicit deny in an identity-based policy");
    if (role == nullptr) return access_denied(text);
    const auto trust = evaluate_trust(role->trust, action, caller.caller(), {in.external_id, mfa});
    // Inside one account a role that names the caller itself needs no permission on the caller's side.
    const bool permitted =
        permission == Decision::allowed || (trust.by_name && role->account == caller.account());
    if (!trust.trusted || !permitted) return access_denied(text);
  }
  return {};
}

std::expected<Response, AwsError> assume_role(State& state, const Principal& caller,
                                              const FormFields& fields) {
  const auto in = read_parameters(fields);
  if (!in) return StsFailure(in.error());
  if (!is_role_arn(in->role_arn)) return validation_error(in->role_arn + " is invalid");
  auto policies = session_policies(*in);
  if (!policies) return StsFailure(policies.error());
  const auto mfa = check_mfa(*in, caller);
  if (!mfa) return StsFailure(mfa.error());
  const Role* role = state.world.find_role(in->role_arn);
  if (auto allowed = authorize(*in, caller, role, *mfa); !allowed) return StsFailure(allowed.error());
  if (caller.session != nullptr && in->duration > kChainedSession)
    return validation_error(
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
  if (in->duration > role->max_session_seconds)
    return validation_error(
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");

  const bool packed = !policies->empty() || !in->tag_keys.empty();
  const Session& session = state.sessions.issue(
      *role, in->session_name, state.now() + std::chrono::seconds(in->duration), std::move(*policies));
  std::string members = session_members(session);
  if (in->source_identity) members += "    " + element("SourceIdentity", *in->source_identity) + "\n";
  if (packed) members += "    <PackedPolicySize>6</PackedPolicySize>\n";
  return sts_result("AssumeRole", members);
}

}  // namespace

std::expected<Response, AwsError> call_sts(State& state, const Principal& caller, const FormFields& fields) {
  const std::string action = field(fields, "Action").value_or("");
  const std::string version = field(fields, "Version").value_or("NO_VERSION_SPECIFIED");
  if (version == "2011-06-15") {
    if (action == "GetCallerIdentity") return get_caller_identity(caller);
    if (action == "AssumeRole") return assume_role(state, caller, fields);
  }
  return StsFailure(
      AwsError{400,
               "InvalidAction",
               "Could not find operation " + action.substr(0, 128) + " for version " + version.substr(0, 64),
               {}});
}

}  // namespace crosslog::sandbox
