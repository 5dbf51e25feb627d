#include "sandbox/policy.h"

#include <algorithm>
#include <array>

#include "sandbox/text.h"

namespace crosslog::sandbox {

namespace json = boost::json;

namespace {

using PolicyFailure = std::unexpected<std::string>;

// A string, or a list of strings.
std::expected<std::vector<std::string>, std::string> read_strings(const json::value& value,
                                                                  std::string_view what) {
  std::vector<std::string> out;
  if (value.is_string()) return std::vector<std::string>{std::string(value.get_string())};
  if (!value.is_array()) return PolicyFailure(std::string(what) + " must be a string or a list of strings");
  for (const auto& item : value.get_array()) {
    if (!item.is_string()) return PolicyFailure(std::string(what) + " must be a string or a list of strings");
    out.emplace_back(item.get_string());
  }
  return out;
}

std::expected<void, std::string> read_principals(const json::value& value, Statement& out) {
  if (value.is_string()) {
    if (value.get_string() != "*") return PolicyFailure("Principal must be \"*\" or an object");
    out.principals = {"*"};
    return {};
  }
  if (!value.is_object()) return PolicyFailure("Principal must be \"*\" or an object");
  for (const auto& [kind, names] : value.get_object()) {
    auto list = read_strings(names, "Principal");
    if (!list) return PolicyFailure(list.error());
    if (kind == "AWS")
      out.principals = std::move(*list);
    else if (kind == "Service")
      out.services = std::move(*list);
    else if (kind == "Federated")
      out.federated = std::move(*list);
    else
      return PolicyFailure("Principal of kind " + std::string(kind) + " is not emulated");
  }
  return {};
}

// The key of a claim that is looked at, with values as patterns.
bool is_claim(std::string_view key) {
  return key.ends_with(":sub") || key.ends_with(":aud");
}

std::expected<void, std::string> read_conditions(const json::value& value, Statement& out) {
  if (!value.is_object()) return PolicyFailure("Condition must be an object");
  for (const auto& [test, keys] : value.get_object()) {
    if (!keys.is_object()) return PolicyFailure("Condition must be an object of objects");
    for (const auto& [key, expected] : keys.get_object()) {
      auto values = expected.is_bool() ? std::vector<std::string>{expected.get_bool() ? "true" : "false"}
                                       : read_strings(expected, key).value_or(std::vector<std::string>{});
      if (values.empty()) return PolicyFailure("Condition " + std::string(key) + " has no values");
      if ((test == "StringEquals" || test == "StringLike") && key == "sts:ExternalId") {
        const bool wildcards = std::ranges::any_of(
            values, [](const std::string& v) { return v.find_first_of("*?") != std::string::npos; });
        if (wildcards) return PolicyFailure("wildcards in sts:ExternalId are not emulated");
        out.external_ids = std::move(values);
      } else if ((test == "StringEquals" || test == "StringLike") && is_claim(key)) {
        const bool wildcards = std::ranges::any_of(
            values, [](const std::string& v) { return v.find_first_of("*?") != std::string::npos; });
        if (wildcards && test == "StringEquals")
          return PolicyFailure("wildcards in StringEquals are not emulated");
        out.claims.emplace_back(key, std::move(values));
      } else if (test == "Bool" && key == "aws:MultiFactorAuthPresent") {
        out.mfa_present = values.front() == "true";
      } else {
        return PolicyFailure("Condition " + std::string(test) + " on " + std::string(key) +
                             " is not emulated");
      }
    }
  }
  return {};
}

std::expected<Statement, std::string> read_statement(const json::value& value, PolicyKind kind) {
  if (!value.is_object()) return PolicyFailure("Statement must be an object");
  Statement out;
  bool effect = false;
  for (const auto& [key, member] : value.get_object()) {
    if (key == "Sid") continue;
    if (key == "Effect") {
      if (member != "Allow" && member != "Deny") return PolicyFailure("Effect must be Allow or Deny");
      out.allow = member == "Allow";
      effect = true;
    } else if (key == "Action" || (key == "Resource" && kind == PolicyKind::identity)) {
      auto list = read_strings(member, key);
      if (!list) return PolicyFailure(list.error());
      (key == "Action" ? out.actions : out.resources) = std::move(*list);
    } else if (key == "Principal" && kind == PolicyKind::trust) {
      if (auto read = read_principals(member, out); !read) return PolicyFailure(read.error());
    } else if (key == "Condition" && kind == PolicyKind::trust) {
      if (auto read = read_conditions(member, out); !read) return PolicyFailure(read.error());
    } else {
      return PolicyFailure(std::string(key) + " is not emulated");
    }
  }
  const bool subject = kind == PolicyKind::identity
                           ? !out.resources.empty()
                           : !out.principals.empty() || !out.services.empty() || !out.federated.empty();
  if (!effect || out.actions.empty() || !subject)
    return PolicyFailure(kind == PolicyKind::identity ? "a statement needs Effect, Action and Resource"
                                                      : "a statement needs Effect, Action and Principal");
  return out;
}

bool any_action(const Statement& statement, std::string_view action) {
  const std::string wanted = lower(action);
  return std::ranges::any_of(
      statement.actions, [&](const std::string& pattern) { return wildcard_match(lower(pattern), wanted); });
}

bool conditions_hold(const Statement& statement, const TrustContext& context) {
  if (!statement.external_ids.empty() &&
      (!context.external_id ||
       std::ranges::find(statement.external_ids, *context.external_id) == statement.external_ids.end()))
    return false;
  return !statement.mfa_present || *statement.mfa_present == context.mfa_present;
}

Policy allow_everywhere(std::vector<std::string> actions) {
  Statement statement;
  statement.allow = true;
  statement.actions = std::move(actions);
  statement.resources = {"*"};
  return Policy{{std::move(statement)}};
}

}  // namespace

std::expected<Policy, std::string> read_policy(const json::value& document, PolicyKind kind) {
  if (!document.is_object()) return PolicyFailure("a policy must be an object");
  Policy policy;
  for (const auto& [key, value] : document.get_object()) {
    if (key == "Version" || key == "Id") continue;
    if (key != "Statement") return PolicyFailure("unknown member " + std::string(key));
    const json::array one{value};
    for (const auto& item : value.is_array() ? value.get_array() : one) {
      auto statement = read_statement(item, kind);
      if (!statement) return PolicyFailure(statement.error());
      policy.statements.push_back(std::move(*statement));
    }
  }
  if (policy.statements.empty()) return PolicyFailure("a policy needs a Statement");
  return policy;
}

const Policy* managed_policy(std::string_view name) {
  constexpr std::string_view kPrefix = "arn:aws:iam::aws:policy/";
  if (name.starts_with(kPrefix)) name.remove_prefix(kPrefix.size());
  static const std::array<std::pair<std::string_view, Policy>, 3> kPolicies = {
      {{"CloudWatchLogsReadOnlyAccess",
        allow_everywhere({"logs:Describe*", "logs:Get*", "logs:List*", "logs:StartQuery", "logs:StopQuery",
                          "logs:TestMetricFilter", "logs:FilterLogEvents", "logs:StartLiveTail",
                          "logs:StopLiveTail"})},
       {"CloudWatchLogsFullAccess", allow_everywhere({"logs:*"})},
       {"AdministratorAccess", allow_everywhere({"*"})}}};
  const auto found = std::ranges::find(kPolicies, name, &std::pair<std::string_view, Policy>::first);
  return found == kPolicies.end() ? nullptr : &found->second;
}

Decision evaluate(const std::vector<const Policy*>& policies, std::string_view action,
                  std::string_view resource) {
  auto decision = Decision::not_allowed;
  for (const Policy* policy : policies) {
    for (const Statement& statement : policy->statements) {
      const bool about_this = any_action(statement, action) &&
                              std::ranges::any_of(statement.resources, [&](const std::string& pattern) {
                                return wildcard_match(pattern, resource);
                              });
      if (!about_this) continue;
      if (!statement.allow) return Decision::denied;
      decision = Decision::allowed;
    }
  }
  return decision;
}

TrustDecision evaluate_trust(const Policy& trust, std::string_view action, const Caller& caller,
                             const TrustContext& context) {
  TrustDecision decision;
  const std::string root = "arn:aws:iam::" + caller.account + ":root";
  for (const Statement& statement : trust.statements) {
    if (!any_action(statement, action) || !conditions_hold(statement, context)) continue;
    for (const std::string& principal : statement.principals) {
      const bool named =
          principal == caller.arn || (!caller.role_arn.empty() && principal == caller.role_arn);
      if (!named && principal != "*" && principal != root && principal != caller.account) continue;
      if (!statement.allow) return {};
      decision.trusted = true;
      decision.by_name = decision.by_name || named;
    }
  }
  return decision;
}

bool trusts_service(const Policy& trust, std::string_view service) {
  return std::ranges::any_of(trust.statements, [&](const Statement& statement) {
    return statement.allow && std::ranges::find(statement.services, service) != statement.services.end();
  });
}

bool trusts_identity(const Policy& trust, const WebIdentity& identity) {
  const auto claim_holds = [&](const auto& claim) {
    const auto& [key, patterns] = claim;
    const auto& value = key.ends_with(":sub") ? identity.subject : identity.audience;
    return key.substr(0, key.size() - 4) == identity.issuer &&
           std::ranges::any_of(patterns, [&](const auto& pattern) { return wildcard_match(pattern, value); });
  };
  bool trusted = false;
  for (const Statement& statement : trust.statements) {
    if (!any_action(statement, "sts:AssumeRoleWithWebIdentity") ||
        std::ranges::find(statement.federated, identity.provider_arn) == statement.federated.end() ||
        !std::ranges::all_of(statement.claims, claim_holds))
      continue;
    if (!statement.allow) return false;
    trusted = true;
  }
  return trusted;
}

}  // namespace crosslog::sandbox
