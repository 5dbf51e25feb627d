#include "sandbox/sts_parts.h"

#include "base/crypto.h"

namespace crosslog::sandbox {

namespace {

bool is_xml_text(char c) {
  return static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

StsFailure validation_error(std::string message) {
  return StsFailure(AwsError{400, "ValidationError", std::move(message), {}});
}

StsFailure access_denied(std::string message) {
  return StsFailure(AwsError{403, "AccessDenied", std::move(message), {}});
}

std::optional<std::string> field(const FormFields& fields, std::string_view name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> field_list(const FormFields& fields, const std::string& name,
                                    const std::string& suffix) {
  std::vector<std::string> out;
  for (;;) {
    std::string member = name + ".member.";
    member.append(std::to_string(out.size() + 1)).append(suffix);
    auto value = field(fields, member);
    if (!value) return out;
    out.push_back(std::move(*value));
  }
}

std::expected<std::int64_t, AwsError> duration_field(const FormFields& fields) {
  const auto text = field(fields, "DurationSeconds");
  const auto duration = text ? to_int(*text) : std::optional<std::int64_t>(3600);
  if (duration) return *duration;
  return StsFailure(AwsError{400, "MalformedInput", "'" + text->substr(0, 64) + "' is not an integer", {}});
}

void check_role_parameters(Validation& check, const std::optional<std::string>& role_arn,
                           const std::optional<std::string>& session_name, std::int64_t duration) {
  check.text("roleArn", role_arn, true, 20, 2048,
             "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD]+", is_xml_text);
  check.text("roleSessionName", session_name, true, 2, 64, "[\\w+=,.@-]*",
             [](char c) { return is_word_or(c, "+=,.@-"); });
  check.number("durationSeconds", duration, kMinSession, kMaxSession);
}

bool is_word_or(char c, std::string_view others) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
         others.find(c) != std::string_view::npos;
}

bool is_role_arn(std::string_view arn) {
  const auto parts = split(arn, ':');
  return parts.size() == 6 && parts[0] == "arn" && parts[1].starts_with("aws") && parts[2] == "iam" &&
         parts[3].empty() && parts[4].size() == 12 && is_digits(parts[4]) && parts[5].starts_with("role/") &&
         parts[5].size() > 5;
}

std::string element(std::string_view name, std::string_view text) {
  return "<" + std::string(name) + ">" + xml_escape(text) + "</" + std::string(name) + ">";
}

std::string session_members(const Session& session) {
  const Principal assumed{nullptr, &session};
  return "    <AssumedRoleUser>\n      " + element("AssumedRoleId", assumed.user_id()) + "\n      " +
         element("Arn", assumed.arn()) + "\n    </AssumedRoleUser>\n    <Credentials>\n      " +
         element("AccessKeyId", session.access_key_id) + "\n      " +
         element("SecretAccessKey", session.secret) + "\n      " + element("SessionToken", session.token) +
         "\n      " + element("Expiration", iso_time(session.expires)) + "\n    </Credentials>\n";
}

Response sts_result(const std::string& action, const std::string& members) {
  Response response;
  const std::string id = base::uuid4();
  response.set("x-amzn-RequestId", id);
  response.set("Content-Type", "text/xml");
  response.body = "<" + action + "Response xmlns=\"" + std::string(kStsNamespace) + "\">\n  <" + action +
                  "Result>\n" + members + "  </" + action + "Result>\n  <ResponseMetadata>\n    " +
                  element("RequestId", id) + "\n  </ResponseMetadata>\n</" + action + "Response>\n";
  return response;
}

}  // namespace crosslog::sandbox
