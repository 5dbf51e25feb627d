// The credentials endpoint of ECS tasks and EKS pods: a path for each task or pod, and
// for those that want one an authorization token, taken as it comes, without a scheme.
#include <algorithm>

#include "sandbox/services.h"

namespace crosslog::sandbox {

namespace json = boost::json;

namespace {

constexpr auto kTaskSession = std::chrono::hours(6);

Response container_json(const json::value& value, int status = 200) {
  Response response;
  response.status = status;
  response.set("Content-Type", "application/json");
  response.body = json::serialize(value);
  return response;
}

Response container_error(int status, std::string_view code, std::string_view message) {
  return container_json(json::object{{"code", code}, {"message", message}}, status);
}

// The two agents tell different members.
json::object document(State& state, const Container& container, const Role& role) {
  const Session& session = held_session(state, role, container.session_name, kTaskSession);
  json::object out{{"AccessKeyId", session.access_key_id},
                   {"SecretAccessKey", session.secret},
                   {"Token", session.token},
                   {"Expiration", iso_time(session.expires)}};
  if (container.kind == Container::Kind::ecs)
    out["RoleArn"] = role.arn();
  else
    out["AccountId"] = role.account;
  return out;
}

Response answer_container(State& state, const RawRequest& request) {
  if (request.method != "GET") return container_error(405, "MethodNotAllowed", "only GET is served");
  const auto& all = state.world.containers;
  const auto container = std::ranges::find(all, request.path(), &Container::path);
  if (container == all.end())
    return container_error(400, "InvalidIdInRequest", "CredentialsV2Request: Credentials not found");
  if (!container->authorization.empty() &&
      request.header("authorization").value_or("") != container->authorization)
    return container_error(403, "AccessDenied", "The authorization token is missing or not this pod's");
  const Role* role = state.world.find_role(container->role_arn);
  if (role == nullptr || !trusts_service(role->trust, container->service()))
    return container_error(503, "CredentialsUninitialized",
                           "CredentialsV2Request: Credentials uninitialized for ID");
  return container_json(document(state, *container, *role));
}

}  // namespace

Exchange serve_container(State& state, const RawRequest& request) {
  const std::string path(request.path());
  const Fault* fault = state.faults.next("container", path, request.method);
  Exchange exchange;
  exchange.response = answer_under(
      fault, {429, "TooManyRequests", "Rate exceeded", {}},
      [](const AwsError& error) { return container_error(error.status, error.code, error.message); },
      [&] { return answer_container(state, request); });
  exchange.response.set("Date", http_time(state.now()));
  apply_fault(fault, exchange);
  state.requests.add({{"time", iso_time(state.now())},
                      {"service", "container"},
                      {"action", as_utf8(request.method + " " + path)},
                      {"method", as_utf8(request.method)},
                      {"path", as_utf8(path)},
                      {"query", as_utf8(request.query())},
                      {"authorized", request.header("authorization").has_value()},
                      {"host", as_utf8(request.header("host").value_or(""))},
                      {"status", seen_status(exchange)}});
  exchange.log_line = "container " + log_text(request.method) + " " + log_text(path) + " -";
  return exchange;
}

}  // namespace crosslog::sandbox
