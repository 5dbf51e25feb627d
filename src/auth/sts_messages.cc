// What is said to STS and what STS says, without any sending. The answers hold
// credentials, so they are read by exact names and parents: a field that is there
// twice, empty or somewhere else is a fault of the answer, not a choice of ours.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "auth/retry.h"
#include "base/text.h"
#include "base/time.h"
#include "base/try.h"
#include "crosslog/sts.h"
#include "http/status.h"
#include "wire/sts_xml.h"

namespace crosslog {
namespace {

using wire::XmlElement;

constexpr std::string_view kVersion = "2011-06-15";
constexpr std::size_t kMaxResponseBytes = 64u << 10;
constexpr std::size_t kMaxCode = 256;

// name=value&name=value, form-encoded.
class Form {
 public:
  explicit Form(std::string_view action)
      : text_("Action=" + std::string(action) + "&Version=" + std::string(kVersion)) {}
  void add(std::string_view name, std::string_view value) {
    text_.append("&").append(name).append("=").append(base::form_encode(value));
  }
  // Leaves no copy behind.
  void add_secret(std::string_view name, std::string_view value) {
    constexpr std::size_t kLongestEncoding = 3;  // %XX
    text_.reserve(text_.size() + name.size() + kLongestEncoding * value.size() + 2);
    text_.append("&").append(name).append("=");
    for (const char c : value)
      text_.append(base::form_encode({&c, 1}));
  }
  void add_if_set(std::string_view name, std::string_view value) {
    if (!value.empty()) add(name, value);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

HttpRequest make_form_request(const Endpoint& endpoint, Form form) {
  HttpRequest request;
  request.method = "POST";
  request.origin = endpoint.origin;
  request.path = endpoint.path;
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
  request.body = form.take();
  request.max_response_bytes = kMaxResponseBytes;
  request.allow_plain_http = endpoint.allow_plain_http;
  return request;
}

std::unexpected<Error> unexpected_content(std::string_view what, std::size_t offset) {
  return fail(Errc::protocol, "The answer of STS has unexpected content: " + std::string(what) + " at byte " +
                                  std::to_string(offset) + ".");
}

Result<const XmlElement*> only_child(const XmlElement& parent, std::string_view name) {
  const XmlElement* only = nullptr;
  for (const XmlElement& child : parent.children) {
    if (child.name != name) continue;
    if (only != nullptr) return unexpected_content("a second " + std::string(name), child.offset);
    only = &child;
  }
  if (only == nullptr)
    return unexpected_content("no " + std::string(name) + " in the element", parent.offset);
  return only;
}

// The text of a field, without blanks around it.
Result<std::string_view> field(const XmlElement& parent, std::string_view name) {
  CROSSLOG_TRY(const auto* element, only_child(parent, name));
  if (!element->children.empty()) {
    return unexpected_content("an element inside " + std::string(name), element->children[0].offset);
  }
  const auto text = base::trim(element->text);
  if (text.empty()) return unexpected_content("an empty " + std::string(name), element->offset);
  if (text.find('\r') != std::string_view::npos || text.find('\n') != std::string_view::npos) {
    return unexpected_content("a line break inside " + std::string(name), element->offset);
  }
  return text;
}

Result<std::string> field_copy(const XmlElement& parent, std::string_view name) {
  CROSSLOG_TRY(const auto text, field(parent, name));
  return std::string(text);
}

// <OperationResponse><OperationResult>
Result<const XmlElement*> result_of(const wire::XmlTree& tree, const std::string& operation) {
  if (tree.root().name != operation + "Response") {
    return unexpected_content("no " + operation + "Response", tree.root().offset);
  }
  return only_child(tree.root(), operation + "Result");
}

// arn:partition:service:region:account:resource
std::string account_of(std::string_view arn) {
  const auto fields = base::split(arn, ':');
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (fields.size() < 6 || fields[4].size() != 12 || !std::ranges::all_of(fields[4], is_digit)) return {};
  return std::string(fields[4]);
}

Result<Credentials> decode_credentials(const XmlElement& element) {
  Credentials credentials;
  CROSSLOG_TRY(credentials.access_key_id, field_copy(element, "AccessKeyId"));
  CROSSLOG_TRY(const auto secret, field(element, "SecretAccessKey"));
  CROSSLOG_TRY(const auto token, field(element, "SessionToken"));
  CROSSLOG_TRY(const auto expiration, field(element, "Expiration"));
  credentials.secret_access_key = Secret(secret);
  credentials.session_token = Secret(token);
  credentials.expires = base::parse_iso8601(expiration);
  if (!credentials.expires)
    return unexpected_content("an Expiration that is no time in Credentials", element.offset);
  return credentials;
}

Result<AssumedRole> decode_role(const HttpResponse& response, const std::string& operation) {
  CROSSLOG_TRY(const auto tree, wire::parse_sts_xml(response.body));
  CROSSLOG_TRY(const auto* result, result_of(tree, operation));
  CROSSLOG_TRY(const auto* user, only_child(*result, "AssumedRoleUser"));
  CROSSLOG_TRY(const auto* credentials, only_child(*result, "Credentials"));
  AssumedRole role;
  CROSSLOG_TRY(role.assumed_role_id, field_copy(*user, "AssumedRoleId"));
  CROSSLOG_TRY(role.assumed_role_arn, field_copy(*user, "Arn"));
  CROSSLOG_TRY(role.credentials, decode_credentials(*credentials));
  role.credentials.account_id = account_of(role.assumed_role_arn);
  return role;
}

// "ExpiredToken" and "ExpiredTokenException" are one code: STS sends both forms.
Errc classify(std::string_view code) {
  if (auth::is_throttling_code(code)) return Errc::throttled;
  constexpr std::string_view kSuffix = "Exception";
  if (code.ends_with(kSuffix)) code.remove_suffix(kSuffix.size());
  if (code == "ExpiredToken") return Errc::expired_token;
  if (code == "AccessDenied") return Errc::access_denied;
  return Errc::service;
}

Error error_of_status(int status) {
  Error error;
  error.code = Errc::service;
  error.http_status = status;
  error.aws_code = std::to_string(status);
  error.message = status >= 500 ? http::server_error_phrase(status) : "The answer names no error.";
  return error;
}

// What a load balancer says in place of the service.
bool is_generic_answer(const HttpResponse& response) {
  const auto body = base::trim(response.body);
  const auto start = base::to_lower(body.substr(0, 14));
  return response.status >= 500 && (body.empty() || start.starts_with("<html") || start == "<!doctype html");
}

// <ErrorResponse><Error>, or <Response><Errors><Error>.
const XmlElement* find_error(const XmlElement& root) {
  const XmlElement* const errors = root.child("Errors");
  return (errors != nullptr ? *errors : root).child("Error");
}

// RequestId; RequestID in the second form.
std::string request_id_of(const XmlElement& root, const HttpResponse& response) {
  for (const auto name : {"RequestId", "RequestID"}) {
    if (const auto* id = root.child(name)) return base::visible(base::trim(id->text), kMaxCode);
  }
  return base::visible(find_header(response.headers, "x-amzn-requestid"), kMaxCode);
}

}  // namespace

HttpRequest make_get_caller_identity_request(const Endpoint& endpoint) {
  return make_form_request(endpoint, Form("GetCallerIdentity"));
}

HttpRequest make_request(const AssumeRole& role, const Endpoint& endpoint) {
  Form form("AssumeRole");
  form.add("RoleArn", role.role_arn);
  form.add("RoleSessionName", role.role_session_name);
  form.add_if_set("Policy", role.policy);
  if (role.duration) form.add("DurationSeconds", std::to_string(role.duration->count()));
  form.add_if_set("ExternalId", role.external_id);
  form.add_if_set("SerialNumber", role.serial_number);
  form.add_if_set("TokenCode", role.token_code);
  return make_form_request(endpoint, std::move(form));
}

HttpRequest make_request(const AssumeRoleWithWebIdentity& role, const Endpoint& endpoint) {
  Form form("AssumeRoleWithWebIdentity");
  form.add("RoleArn", role.role_arn);
  form.add("RoleSessionName", role.role_session_name);
  form.add_secret("WebIdentityToken", role.web_identity_token.reveal());
  return make_form_request(endpoint, std::move(form));
}

Result<CallerIdentity> decode_caller_identity(const HttpResponse& response) {
  CROSSLOG_TRY(const auto tree, wire::parse_sts_xml(response.body));
  CROSSLOG_TRY(const auto* result, result_of(tree, "GetCallerIdentity"));
  CallerIdentity identity;
  CROSSLOG_TRY(identity.user_id, field_copy(*result, "UserId"));
  CROSSLOG_TRY(identity.account, field_copy(*result, "Account"));
  CROSSLOG_TRY(identity.arn, field_copy(*result, "Arn"));
  return identity;
}

Result<AssumedRole> decode_assumed_role(const HttpResponse& response) {
  return decode_role(response, "AssumeRole");
}

Result<AssumedRole> decode_assumed_role_with_web_identity(const HttpResponse& response) {
  return decode_role(response, "AssumeRoleWithWebIdentity");
}

Error decode_sts_error(const HttpResponse& response) {
  if (is_generic_answer(response)) return error_of_status(response.status);
  const auto tree = wire::parse_sts_xml(response.body);
  if (!tree) {
    Error error = tree.error();
    error.hints.push_back("The answer's HTTP status was " + std::to_string(response.status) + ".");
    return error;
  }
  Error error = error_of_status(response.status);
  error.request_id = request_id_of(tree->root(), response);
  const XmlElement* const said = find_error(tree->root());
  if (said == nullptr) return error;
  const auto* const code = said->child("Code");
  if (code != nullptr && !base::trim(code->text).empty())
    error.aws_code = base::visible(base::trim(code->text), kMaxCode);
  error.code = classify(error.aws_code);
  const auto* const message = said->child("Message");
  error.message = message == nullptr ? "Unknown" : message->text;  // botocore's word
  return error;
}

}  // namespace crosslog
