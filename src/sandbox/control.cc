// The control port: what a test does to the sandbox while it runs. JSON in, JSON out.
#include <algorithm>

#include "sandbox/services.h"

namespace crosslog::sandbox {

namespace json = boost::json;

namespace {

Response json_answer(const json::value& value, int status = 200) {
  Response response;
  response.status = status;
  response.set("Content-Type", "application/json");
  response.body = json::serialize(value) + "\n";
  return response;
}

Response refused_control(std::string_view why, int status = 400) {
  return json_answer(json::object{{"error", why}}, status);
}

std::string member_text(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string{};
}

Response set_faults(State& state, const json::value& body, bool add) {
  auto faults = read_faults(body);
  if (!faults) return refused_control(faults.error());
  if (add)
    state.faults.add(std::move(*faults));
  else
    state.faults.set(std::move(*faults));
  return json_answer(json::object{{"rules", state.faults.size()}});
}

Response set_clock(State& state, const json::object& body) {
  const auto* offset = body.if_contains("offset");
  if (offset == nullptr || !offset->is_int64() || std::abs(offset->get_int64()) > 100LL * 365 * 86400)
    return refused_control("\"offset\" must be a number of seconds");
  state.clock_offset = std::chrono::seconds(offset->get_int64());
  return json_answer(json::object{{"offset", offset->get_int64()}, {"now", iso_time(state.now())}});
}

// A session of any role, without a request to STS: where a test wants to begin.
Response mint_session(State& state, const json::object& body) {
  const Role* role = state.world.find_role(member_text(body, "role_arn"));
  if (role == nullptr) return refused_control("\"role_arn\" names no role");
  const auto* seconds = body.if_contains("seconds");
  if (seconds != nullptr && (!seconds->is_int64() || std::abs(seconds->get_int64()) > 10LL * 365 * 86400))
    return refused_control("\"seconds\" must be a number; negative for a session that has expired");
  const std::string name = member_text(body, "session_name");
  const auto& session = state.sessions.issue(
      *role, name.empty() ? "minted" : name,
      state.now() + std::chrono::seconds(seconds != nullptr ? seconds->get_int64() : 3600));
  return json_answer(json::object{{"AccessKeyId", session.access_key_id},
                                  {"SecretAccessKey", session.secret},
                                  {"Token", session.token},
                                  {"SessionToken", session.token},
                                  {"Expiration", iso_time(session.expires)}});
}

Response expire_sessions(State& state, const json::object& body) {
  const auto expired = state.sessions.expire(member_text(body, "access_key_id"), state.now());
  const auto* tokens = body.if_contains("imds_tokens");
  if (tokens != nullptr && tokens->is_bool() && tokens->get_bool()) state.imds.tokens.clear();
  return json_answer(json::object{{"expired", expired}});
}

Response set_quota(State& state, const json::object& body) {
  const auto* rate = body.if_contains("rate");
  if (rate == nullptr || !(rate->is_number() || rate->is_null()))
    return refused_control("\"rate\" must be a number, 0 for no limit, null for AWS's own");
  state.quota.rate = rate->is_null() ? std::nullopt : std::optional(rate->to_number<double>());
  state.quota.reset();
  return json_answer(json::object{{"rate", *rate}});
}

Response add_events(State& state, const json::object& body) {
  const std::string region = member_text(body, "region");
  const GroupKey key{member_text(body, "account"), region.empty() ? state.world.instance.region : region,
                     member_text(body, "log_group")};
  if (key.account.empty() || key.name.empty())
    return refused_control("\"account\" and \"log_group\" are needed");
  const auto* events = body.if_contains("events");
  if (events == nullptr || !events->is_array()) return refused_control("\"events\" must be a list");
  std::vector<LogEvent> read;
  for (const auto& value : events->get_array()) {
    auto event = read_event(value);
    if (!event) return refused_control(event.error());
    read.push_back(std::move(*event));
  }
  auto& stream = state.world.groups[key].streams[member_text(body, "log_stream")];
  if (stream.is_generated()) return refused_control("the stream is generated");
  for (auto& event : read)
    stream.add(std::move(event));
  return json_answer(json::object{{"events", stream.size()}});
}

Response put_group(State& state, const json::object& body) {
  const auto* group = body.if_contains("log_group");
  const std::string account = member_text(body, "account");
  if (account.empty() || group == nullptr || !group->is_object())
    return refused_control("\"account\" and \"log_group\", an object, are needed");
  const auto added = add_group(state.world, account, group->get_object());
  return added ? json_answer(json::object{}) : refused_control(added.error());
}

Response set_queries(State& state, const json::object& body) {
  const auto number = [&](std::string_view name, std::int64_t fallback) {
    const auto* value = body.if_contains(name);
    return value != nullptr && value->is_int64() && value->get_int64() >= 0 ? value->get_int64() : fallback;
  };
  auto& queries = state.queries;
  queries.duration = std::chrono::milliseconds(number("duration_ms", queries.duration.count()));
  queries.concurrent =
      static_cast<std::size_t>(number("concurrent", static_cast<std::int64_t>(queries.concurrent)));
  return json_answer(
      json::object{{"duration_ms", queries.duration.count()}, {"concurrent", queries.concurrent}});
}

Response delete_group(State& state, const json::object& body) {
  const std::string region = member_text(body, "region");
  const auto gone = state.world.groups.erase({member_text(body, "account"),
                                              region.empty() ? state.world.instance.region : region,
                                              member_text(body, "log_group")});
  return gone > 0 ? json_answer(json::object{{"deleted", gone}})
                  : refused_control("there is no such log group", 404);
}

Response get(State& state, std::string_view path) {
  if (path == "/requests") return json_answer(state.requests.all());
  if (path == "/faults") return json_answer(state.faults.counts());
  if (path == "/clock")
    return json_answer(json::object{{"offset", state.clock_offset.count()}, {"now", iso_time(state.now())}});
  return refused_control("no such path", 404);
}

Response remove(State& state, std::string_view path, const json::value& body) {
  if (path == "/requests") return state.requests.clear(), json_answer(json::object{});
  if (path == "/faults") return state.faults.clear(), json_answer(json::object{});
  if (path == "/imds/credentials") return state.imds.given.reset(), json_answer(json::object{});
  if (path == "/log-groups" && body.is_object()) return delete_group(state, body.get_object());
  return refused_control("no such path", 404);
}

Response post(State& state, std::string_view path, const json::value& body) {
  if (path == "/faults") return set_faults(state, body, false);
  if (path == "/faults/more") return set_faults(state, body, true);
  if (!body.is_object()) return refused_control("the body must be a JSON object");
  const auto& object = body.get_object();
  if (path == "/imds/credentials") return state.imds.given = object, json_answer(json::object{});
  if (path == "/clock") return set_clock(state, object);
  if (path == "/sessions") return mint_session(state, object);
  if (path == "/sessions/expire") return expire_sessions(state, object);
  if (path == "/quota") return set_quota(state, object);
  if (path == "/events") return add_events(state, object);
  if (path == "/log-groups") return put_group(state, object);
  if (path == "/queries") return set_queries(state, object);
  return refused_control("no such path", 404);
}

// A web page can make a browser send requests to loopback, but under its own name.
bool is_local_name(std::string_view host) {
  return host.starts_with("127.0.0.1") || host.starts_with("localhost") || host.starts_with("[::1]");
}

Response answer_control(State& state, const RawRequest& request) {
  if (!is_local_name(request.header("host").value_or("")))
    return refused_control("the Host must be 127.0.0.1", 403);
  const auto path = request.path();
  if (request.method == "GET") return get(state, path);
  json::error_code error;
  const json::value body =
      request.body.empty() ? json::value(json::object{}) : json::parse(request.body, error);
  if (error) return refused_control("the body is not JSON: " + error.message());
  if (request.method == "POST") return post(state, path, body);
  if (request.method == "DELETE") return remove(state, path, body);
  return refused_control("GET, POST or DELETE", 405);
}

}  // namespace

Exchange serve_control(State& state, const RawRequest& request) {
  Exchange exchange;
  exchange.response = answer_control(state, request);
  return exchange;
}

}  // namespace crosslog::sandbox
