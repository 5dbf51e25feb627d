// STS: GetCallerIdentity and AssumeRole, with every documented parameter of the latter
// checked, trust on one side and permission on the other.
#include <algorithm>

#include "base/crypto.h"
#include "sandbox/services.h"
#include "sandbox/validation.h"

namespace crosslog::sandbox {

namespace json = boost::json;

namespace {

constexpr std::int64_t kMinSession = 900, kMaxSession = 43200, kChainedSession = 3600;

using Failure = std::unexpected<AwsError>;

Failure validation_error(std::string message) {
  return Failure(AwsError{400, "ValidationError", std::move(message), {}});
}

Failure access_denied(std::string message) {
  return Failure(AwsError{403, "AccessDenied", std::move(message), {}});
}

std::optional<std::string> field(const FormFields& fields, std::string_view name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::nullopt : std::optional(found->second);
}

// Name.member.1, Name.member.2, ... without a gap.
std::vector<std::string> list(const FormFields& fields, const std::string& name,
                              const std::string& suffix = {}) {
  std::vector<std::string> out;
  for (;;) {
    std::string member = name + ".member.";
    member.append(std::to_string(out.size() + 1)).append(suffix);
    auto value = field(fields, member);
    if (!value) return out;
    out.push_back(std::move(*value));
  }
}

bool is_word_or(char c, std::string_view others) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
         others.find(c) != std::string_view::npos;
}

bool is_xml_text(char c) {
  return static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n' || c == '\r';
}

std::string element(std::string_view name, std::string_view text) {
  return "<" + std::string(name) + ">" + xml_escape(text) + "</" + std::string(name) + ">";
}

Response result(const std::string& action, const std::string& members) {
  Response response;
  const std::string id = base::uuid4();
  response.set("x-amzn-RequestId", id);
  response.set("Content-Type", "text/xml");
  response.body = "<" + action + "Response xmlns=\"" + std::string(kStsNamespace) + "\">\n  <" + action +
                  "Result>\n" + members + "  </" + action + "Result>\n  <ResponseMetadata>\n    " +
                  element("RequestId", id) + "\n  </ResponseMetadata>\n</" + action + "Response>\n";
  return response;
}

Response get_caller_identity(const Principal& caller) {
  return result("GetCallerIdentity", "    " + element("Arn", caller.arn()) + "\n    " +
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
  in.policy_arns = list(fields, "PolicyArns", ".arn");
  in.tag_keys = list(fields, "Tags", ".Key");
  in.tag_values = list(fields, "Tags", ".Value");
  in.transitive_tags = list(fields, "TransitiveTagKeys");

  const auto duration_text = field(fields, "DurationSeconds");
  const auto duration = duration_text ? to_int(*duration_text) : std::optional<std::int64_t>(in.duration);
  if (!duration)
    return Failure(
        AwsError{400, "MalformedInput", "'" + duration_text->substr(0, 64) + "' is not an integer", {}});

  Validation check;
  check.text("roleArn", role_arn, true, 20, 2048,
             "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD]+", is_xml_text);
  check.text("roleSessionName", session_name, true, 2, 64, "[\\w+=,.@-]*",
             [](char c) { return is_word_or(c, "+=,.@-"); });
  check.number("durationSeconds", duration, kMinSession, kMaxSession);
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

// arn:aws:iam::<12 digits>:role/<path and name>
bool is_role_arn(std::string_view arn) {
  const auto parts = split(arn, ':');
  return parts.size() == 6 && parts[0] == "arn" && parts[1].starts_with("aws") && parts[2] == "iam" &&
         parts[3].empty() && parts[4].size() == 12 && is_digits(parts[4]) && parts[5].starts_with("role/") &&
         parts[5].size() > 5;
}

std::expected<std::vector<Policy>, AwsError> session_policies(const AssumeRole& in) {
  std::vector<Policy> out;
  if (in.policy) {
    json::error_code error;
    const auto document = json::parse(*in.policy, error);
    if (error)
      return Failure(AwsError{400, "MalformedPolicyDocument", "This policy contains invalid Json", {}});
    auto policy = read_policy(document, PolicyKind::identity);
    if (!policy)
      return Failure(
          AwsError{400, "MalformedPolicyDocument", "Syntax errors in policy: " + policy.error(), {}});
    out.push_back(std::move(*policy));
  }
  if (in.policy_arns.size() > 10)
    return Failure(AwsError{400, "PackedPolicyTooLarge", "At most 10 managed policies can be given.", {}});
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
  if (!in) return Failure(in.error());
  if (!is_role_arn(in->role_arn)) return validation_error(in->role_arn + " is invalid");
  auto policies = session_policies(*in);
  if (!policies) return Failure(policies.error());
  const auto mfa = check_mfa(*in, caller);
  if (!mfa) return Failure(mfa.error());
  const Role* role = state.world.find_role(in->role_arn);
  if (auto allowed = authorize(*in, caller, role, *mfa); !allowed) return Failure(allowed.error());
  if (caller.session != nullptr && in->duration > kChainedSession)
    return validation_error(
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
  if (in->duration > role->max_session_seconds)
    return validation_error(
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");

  const bool packed = !policies->empty() || !in->tag_keys.empty();
  const Session& session = state.sessions.issue(
      *role, in->session_name, state.now() + std::chrono::seconds(in->duration), std::move(*policies));
  const Principal assumed{nullptr, &session};
  std::string members =
      "    <AssumedRoleUser>\n      " + element("AssumedRoleId", assumed.user_id()) + "\n      " +
      element("Arn", assumed.arn()) + "\n    </AssumedRoleUser>\n    <Credentials>\n      " +
      element("AccessKeyId", session.access_key_id) + "\n      " +
      element("SecretAccessKey", session.secret) + "\n      " + element("SessionToken", session.token) +
      "\n      " + element("Expiration", iso_time(session.expires)) + "\n    </Credentials>\n";
  if (in->source_identity) members += "    " + element("SourceIdentity", *in->source_identity) + "\n";
  if (packed) members += "    <PackedPolicySize>6</PackedPolicySize>\n";
  return result("AssumeRole", members);
}

}  // namespace

std::expected<Response, AwsError> call_sts(State& state, const Principal& caller, const FormFields& fields) {
  const std::string action = field(fields, "Action").value_or("");
  const std::string version = field(fields, "Version").value_or("NO_VERSION_SPECIFIED");
  if (version == "2011-06-15") {
    if (action == "GetCallerIdentity") return get_caller_identity(caller);
    if (action == "AssumeRole") return assume_role(state, caller, fields);
  }
  return Failure(
      AwsError{400,
               "InvalidAction",
               "Could not find operation " + action.substr(0, 128) + " for version " + version.substr(0, 64),
               {}});
}

}  // namespace crosslog::sandbox
