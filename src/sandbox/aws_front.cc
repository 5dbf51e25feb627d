// The AWS port: tells STS from Logs, checks the signature, lets faults act, keeps the
// record. A fault never hides a bad signature from the record: "signature" there is
// "valid" or AWS's code, so that tests of retries see that each attempt was signed.
#include <algorithm>

#include "base/crypto.h"
#include "sandbox/services.h"

namespace crosslog::sandbox {

namespace json = boost::json;

namespace {

constexpr std::string_view kTargetPrefix = "Logs_20140328.";

// What a request is, before anything about it is believed.
struct Call {
  bool logs = false;
  std::string action;
  FormFields fields;  // STS
  Signed claimed;     // empty when nothing is claimed

  [[nodiscard]] std::string service() const { return logs ? "logs" : "sts"; }
};

bool has_content_type(const RawRequest& request, std::string_view type) {
  const std::string given = lower(request.header("content-type").value_or(""));
  return strip(std::string_view(given).substr(0, given.find(';'))) == type;
}

Call read_call(const RawRequest& request) {
  Call call;
  if (auto claimed = claimed_signature(request)) call.claimed = std::move(*claimed);
  const auto target = request.header("x-amz-target");
  const bool json_body = target.has_value() || has_content_type(request, "application/x-amz-json-1.1");
  call.logs = call.claimed.service == "logs" || (call.claimed.service != "sts" && json_body);
  if (call.logs) {
    if (target) call.action = target->substr(target->rfind('.') + 1);
    return call;
  }
  const bool form =
      request.method == "POST" && has_content_type(request, "application/x-www-form-urlencoded");
  for (const auto source : {request.query(), form ? std::string_view(request.body) : std::string_view{}})
    for (auto& [name, value] : parse_form(source))
      call.fields[name] = value;
  if (const auto action = call.fields.find("Action"); action != call.fields.end())
    call.action = action->second;
  return call;
}

Response error_response(const Call& call, const AwsError& error) {
  return call.logs ? logs_error(error) : sts_error(error);
}

bool is_region(std::string_view text) {
  return !text.empty() && text.size() <= 63 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

std::optional<AwsError> check_protocol(const Call& call, const RawRequest& request) {
  if (!call.logs)
    return request.method == "GET" || request.method == "POST"
               ? std::nullopt
               : std::optional(AwsError{405, "MethodNotAllowed", "The method is not allowed.", {}});
  if (request.method != "POST" || request.path() != "/" ||
      !has_content_type(request, "application/x-amz-json-1.1") ||
      !request.header("x-amz-target").value_or("").starts_with(kTargetPrefix))
    return AwsError{400, "UnknownOperationException", {}, {}};
  return std::nullopt;
}

std::expected<void, AwsError> check_signature(State& state, const Call& call, const RawRequest& request) {
  const auto refusal = [&](const Refusal& why) {
    return std::unexpected(call.logs ? logs_refusal(why) : sts_refusal(why));
  };
  const auto lookup = [&](std::string_view id) { return state.find_key(id); };
  const auto verified = verify(request, lookup, {.now = state.now()});
  if (!verified) return refusal(verified.error());
  if (verified->service != call.service())
    return refusal({Problem::bad_signature,
                    "Credential should be scoped to correct service: '" + call.service() + "'. "});
  if (!is_region(verified->region))
    return refusal({Problem::bad_signature, "Credential should be scoped to a valid region. "});
  return {};
}

// A call that proves itself by a token; signed ones are checked all the same.
bool needs_no_signature(const Call& call) {
  return !call.logs && call.action == "AssumeRoleWithWebIdentity" && call.claimed.access_key_id.empty();
}

Response call_service(State& state, const Call& call, const RawRequest& request, const Fault* fault) {
  if (!call.logs && call.action == "AssumeRoleWithWebIdentity") {
    auto answered = assume_role_with_web_identity(state, call.fields);
    return answered ? std::move(*answered) : error_response(call, answered.error());
  }
  const auto caller = state.find_principal(call.claimed.access_key_id);
  auto answered = call.logs ? call_logs(state, *caller, call.claimed.region, call.action, request.body, fault)
                            : call_sts(state, *caller, call.fields);
  return answered ? std::move(*answered) : error_response(call, answered.error());
}

// What a rule puts in the place of the service, if anything.
std::optional<Response> scripted_answer(const Call& call, const Fault& fault) {
  if (fault.throttle)
    return error_response(call, {400, call.logs ? "ThrottlingException" : "Throttling", "Rate exceeded", {}});
  if (fault.error) return error_response(call, *fault.error);
  if (!fault.body && !fault.status) return std::nullopt;
  Response response;
  response.set("Content-Type", call.logs ? "application/x-amz-json-1.1" : "text/xml");
  response.set("x-amzn-RequestId", base::uuid4());
  return response;
}

// The request's parameters as JSON, without what is secret.
json::value shown_parameters(const Call& call, const RawRequest& request) {
  if (call.logs) {
    json::error_code error;
    auto value = json::parse(request.body, error);
    return error ? json::value(nullptr) : value;
  }
  json::object out;
  for (const auto& [name, value] : call.fields)
    if (name != "TokenCode" && name != "WebIdentityToken" && !name.starts_with("X-Amz-"))
      out[as_utf8(name)] = as_utf8(value);
  return out;
}

json::object record(State& state, const Call& call, const RawRequest& request, const std::string& signature) {
  const auto principal = state.find_principal(call.claimed.access_key_id);
  json::object entry{{"time", iso_time(state.now())},
                     {"service", call.service()},
                     {"action", as_utf8(call.action)},
                     {"method", as_utf8(request.method)},
                     {"region", as_utf8(call.claimed.region)},
                     {"access_key_id", as_utf8(call.claimed.access_key_id)},
                     {"principal", principal ? principal->arn() : ""},
                     {"signed_headers", as_utf8(call.claimed.signed_headers)},
                     {"presigned", call.claimed.presigned},
                     {"signature", signature},
                     {"parameters", shown_parameters(call, request)}};
  for (const std::string_view name : {"user-agent", "amz-sdk-request", "amz-sdk-invocation-id", "host"})
    if (const auto value = request.header(name)) entry[name] = as_utf8(*value);
  return entry;
}

}  // namespace

Exchange serve_aws(State& state, const RawRequest& request) {
  if (is_portal_request(request)) return serve_portal(state, request);
  const Call call = read_call(request);
  const Fault* fault = state.faults.next(call.service(), call.action, request.method);
  if (fault != nullptr && fault->expire_session && !call.claimed.access_key_id.empty())
    state.sessions.expire(call.claimed.access_key_id, state.now());
  const bool unsigned_call = needs_no_signature(call);
  const auto verified =
      unsigned_call ? std::expected<void, AwsError>{} : check_signature(state, call, request);
  auto entry =
      record(state, call, request, unsigned_call ? "unsigned" : (verified ? "valid" : verified.error().code));

  Exchange exchange;
  exchange.log_line =
      call.service() + " " + log_text(call.action) + " " + log_text(entry["principal"].as_string());
  std::optional<Response> scripted = fault != nullptr ? scripted_answer(call, *fault) : std::nullopt;
  if (scripted)
    exchange.response = std::move(*scripted);
  else if (const auto wrong = check_protocol(call, request))
    exchange.response = error_response(call, *wrong);
  else if (!verified)
    exchange.response = error_response(call, verified.error());
  else
    exchange.response = call_service(state, call, request, fault);
  exchange.response.set("Date", http_time(state.now()));
  apply_fault(fault, exchange);
  entry["status"] = seen_status(exchange);
  state.requests.add(std::move(entry));
  return exchange;
}

}  // namespace crosslog::sandbox
