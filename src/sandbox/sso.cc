// The portal of IAM Identity Center: GetRoleCredentials for who shows a token that the
// seed names. What it refuses is told in the header and in the body, as the portal does.
#include <algorithm>

#include "base/crypto.h"
#include "sandbox/services.h"

namespace crosslog::sandbox {

namespace json = boost::json;

namespace {

constexpr std::string_view kPath = "/federation/credentials";
constexpr auto kRoleSession = std::chrono::hours(1);

Response portal_answer(const json::value& value, int status = 200) {
  Response response;
  response.status = status;
  response.set("Content-Type", "application/json");
  response.set("x-amzn-RequestId", base::uuid4());
  response.body = json::serialize(value);
  return response;
}

Response portal_error(int status, std::string_view code, std::string_view message) {
  Response response = portal_answer(
      json::object{{"message", message}, {"__type", "com.amazonaws.switchboard.portal#" + std::string(code)}},
      status);
  response.set("x-amzn-ErrorType",
               std::string(code) + ":http://internal.amazon.com/coral/com.amazonaws.switchboard.portal/");
  return response;
}

std::string query_field(const RawRequest& request, std::string_view name) {
  for (const auto& [key, value] : parse_form(request.query()))
    if (key == name) return value;
  return {};
}

const SsoToken* find_sso_token(const State& state, std::string_view text) {
  const auto& tokens = state.world.sso_tokens;
  const auto found = std::ranges::find(tokens, text, &SsoToken::text);
  if (found == tokens.end() || (found->expires && *found->expires <= state.now())) return nullptr;
  return &*found;
}

Response answer_sso(State& state, const RawRequest& request) {
  if (request.method != "GET") return portal_error(405, "InvalidRequestException", "only GET is served");
  const auto given = request.header("x-amz-sso_bearer_token");
  if (!given || given->empty()) return portal_error(401, "UnauthorizedException", "Session token is missing");
  const SsoToken* token = find_sso_token(state, *given);
  if (token == nullptr)
    return portal_error(401, "UnauthorizedException", "Session token not found or invalid");
  const std::string account = query_field(request, "account_id"), name = query_field(request, "role_name");
  if (account.empty() || name.empty())
    return portal_error(400, "InvalidRequestException", "account_id and role_name are needed");
  const auto assigned = std::ranges::find_if(token->assignments, [&](const SsoAssignment& assignment) {
    return assignment.account == account && assignment.role_name == name;
  });
  const Role* role =
      assigned == token->assignments.end() ? nullptr : state.world.find_role(assigned->role_arn);
  if (role == nullptr) return portal_error(403, "ForbiddenException", "No access");
  const Session& session = held_session(state, *role, token->user, kRoleSession);
  return portal_answer(json::object{
      {"roleCredentials", json::object{{"accessKeyId", session.access_key_id},
                                       {"secretAccessKey", session.secret},
                                       {"sessionToken", session.token},
                                       {"expiration", std::chrono::duration_cast<std::chrono::milliseconds>(
                                                          session.expires.time_since_epoch())
                                                          .count()}}}});
}

}  // namespace

bool is_portal_request(const RawRequest& request) {
  return request.path() == kPath;
}

Exchange serve_portal(State& state, const RawRequest& request) {
  const Fault* fault = state.faults.next("sso", "GetRoleCredentials", request.method);
  Exchange exchange;
  exchange.response = answer_under(
      fault, {429, "TooManyRequestsException", "Rate exceeded", {}},
      [](const AwsError& error) { return portal_error(error.status, error.code, error.message); },
      [&] { return answer_sso(state, request); });
  exchange.response.set("Date", http_time(state.now()));
  apply_fault(fault, exchange);
  state.requests.add({{"time", iso_time(state.now())},
                      {"service", "sso"},
                      {"action", "GetRoleCredentials"},
                      {"method", as_utf8(request.method)},
                      {"parameters", json::object{{"account_id", as_utf8(query_field(request, "account_id"))},
                                                  {"role_name", as_utf8(query_field(request, "role_name"))}}},
                      {"status", seen_status(exchange)}});
  exchange.log_line = "sso GetRoleCredentials -";
  return exchange;
}

}  // namespace crosslog::sandbox
