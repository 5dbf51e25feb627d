#include "sandbox/logs_parts.h"

#include <algorithm>

#include "base/crypto.h"

namespace crosslog::sandbox {

namespace json = boost::json;

std::optional<std::string> LogsCall::text(std::string_view name) const {
  const auto* value = in.if_contains(name);
  return value != nullptr ? std::optional(std::string(value->get_string())) : std::nullopt;
}

std::optional<std::int64_t> LogsCall::number(std::string_view name) const {
  const auto* value = in.if_contains(name);
  return value != nullptr ? std::optional(value->get_int64()) : std::nullopt;
}

std::optional<std::int64_t> LogsCall::time(std::string_view name) const {
  constexpr std::int64_t kLatest = 1000000000000000;
  const auto value = number(name);
  return value ? std::optional(std::min(*value, kLatest)) : std::nullopt;
}

std::optional<bool> LogsCall::flag(std::string_view name) const {
  const auto* value = in.if_contains(name);
  return value != nullptr ? std::optional(value->get_bool()) : std::nullopt;
}

std::vector<std::string> LogsCall::texts(std::string_view name) const {
  std::vector<std::string> out;
  if (const auto* value = in.if_contains(name))
    for (const auto& item : value->get_array())
      out.emplace_back(item.get_string());
  return out;
}

Failure invalid(std::string message) {
  return Failure(AwsError{400, "InvalidParameterException", std::move(message), {}});
}

Failure not_found(std::string message) {
  return Failure(AwsError{400, "ResourceNotFoundException", std::move(message), {}});
}

std::string group_arn(const GroupKey& key) {
  return "arn:aws:logs:" + key.region + ":" + key.account + ":log-group:" + key.name;
}

std::string stream_arn(const GroupKey& key, std::string_view stream) {
  return group_arn(key) + ":log-stream:" + std::string(stream);
}

std::expected<void, AwsError> authorize(const LogsCall& call, std::string_view action,
                                        const std::string& resource, const std::string& account) {
  const std::string name = "logs:" + std::string(action);
  const auto denied = [&](std::string_view why) {
    return Failure(AwsError{400,
                            "AccessDeniedException",
                            "User: " + call.caller.arn() + " is not authorized to perform: " + name +
                                " on resource: " + resource + std::string(why),
                            {}});
  };
  switch (call.caller.may(name, resource)) {
    case Decision::denied:
      return denied(" with an explicit deny in an identity-based policy");
    case Decision::not_allowed:
      return denied(" because no identity-based policy allows the " + name + " action");
    case Decision::allowed:
      break;
  }
  if (account != call.caller.account() && !call.state.world.is_linked(call.caller.account(), account))
    return denied(" because no resource-based policy allows the " + name + " action");
  return {};
}

std::expected<void, AwsError> authorize_account(const LogsCall& call) {
  const std::string& account = call.caller.account();
  return authorize(call, call.operation, stream_arn({account, call.region, {}}, {}), account);
}

std::expected<GroupKey, AwsError> group_of_identifier(const LogsCall& call, const std::string& identifier) {
  if (!identifier.starts_with("arn:")) return GroupKey{call.caller.account(), call.region, identifier};
  const auto parts = split(identifier, ':');
  if (parts.size() != 7 || parts[2] != "logs" || parts[5] != "log-group" || parts[6].empty())
    return invalid("The specified log group identifier is not a valid ARN.");
  if (parts[3] != call.region)
    return invalid("The Region in the log group ARN does not match the Region of the request.");
  return GroupKey{std::string(parts[4]), call.region, std::string(parts[6])};
}

std::expected<OpenGroup, AwsError> open_group(const LogsCall& call, std::string_view stream) {
  const auto name = call.text("logGroupName"), identifier = call.text("logGroupIdentifier");
  if (name && identifier) return invalid("LogGroup name and LogGroup ARN are mutually exclusive parameters.");
  if (!name && !identifier) return invalid("Should provider either name or id, but not both");
  auto key =
      name ? GroupKey{call.caller.account(), call.region, *name} : group_of_identifier(call, *identifier);
  if (!key) return Failure(key.error());
  const std::string resource = stream_arn(*key, stream);
  if (auto allowed = authorize(call, call.operation, resource, key->account); !allowed)
    return Failure(allowed.error());
  if (call.flag("unmask").value_or(false))
    if (auto allowed = authorize(call, "Unmask", resource, key->account); !allowed)
      return Failure(allowed.error());
  const LogGroup* group = call.state.world.find_group(*key);
  if (group == nullptr) return not_found("The specified log group does not exist.");
  return OpenGroup{std::move(*key), group};
}

std::string shown_message(const LogEvent& event, const LogGroup& group, bool unmask) {
  std::string message = event.message;
  if (unmask) return message;
  for (const auto& word : group.masked)
    for (auto at = message.find(word); !word.empty() && at != std::string::npos; at = message.find(word, at))
      message.replace(at, word.size(), word.size(), '*');
  return message;
}

void append_message(std::string& out, const LogEvent& event, const LogGroup& group, bool unmask) {
  if (!event.wire_message.empty())
    out += event.wire_message;
  else if (group.masked.empty())
    append_json(out, event.message);
  else
    append_json(out, shown_message(event, group, unmask));
}

std::vector<std::string> visible_accounts(const LogsCall& call) {
  std::vector<std::string> out{call.caller.account()};
  for (const auto& link : call.state.world.links)
    if (link.monitoring == call.caller.account()) out.push_back(link.source);
  return out;
}

namespace {

// What a token is bound to: who asked what, in any order of the members.
std::string bound_query(const LogsCall& call) {
  std::map<std::string, std::string> members;
  for (const auto& [name, value] : call.in)
    if (name != "nextToken" && name != "limit" && name != "maxResults" && name != "maxItems" &&
        name != "startFromHead")
      members[name] = json::serialize(value);
  std::string out = call.operation + "\n" + call.caller.account() + "\n" + call.region;
  for (const auto& [name, value] : members)
    out.append("\n").append(name).append("=").append(value);
  return out;
}

std::string check_sum(const LogsCall& call, std::string_view text) {
  return base::sha256_hex(bound_query(call) + "\n" + std::string(text)).substr(0, 32);
}

}  // namespace

std::string write_place(const LogsCall& call, const json::value& place) {
  const std::string text = json::serialize(json::object{
      {"t", call.state.now().time_since_epoch().count()}, {"n", ++call.state.places_written}, {"p", place}});
  return "Bxkq" + check_sum(call, text) + to_hex(text);
}

std::expected<std::optional<json::value>, AwsError> read_place(const LogsCall& call,
                                                               std::chrono::hours life) {
  const auto token = call.text("nextToken");
  if (!token) return std::nullopt;
  const auto text =
      token->size() > 36 && token->starts_with("Bxkq") ? from_hex(token->substr(36)) : std::nullopt;
  if (!text || check_sum(call, *text) != token->substr(4, 32))
    return invalid("The specified nextToken is invalid.");
  const json::value document = json::parse(*text);
  const Time issued{std::chrono::milliseconds(document.at("t").to_number<std::int64_t>())};
  if (call.state.now() - issued > life) return invalid("The specified nextToken has expired.");
  return document.at("p");
}

Body page_of(const LogsCall& call, std::vector<Listed> items, std::string_view list,
             std::string_view limit_name, std::int64_t default_limit, bool descending) {
  const auto place = read_place(call);
  if (!place) return Failure(place.error());
  const auto before = [&](const Listed& a, const Listed& b) {
    return descending ? b.key < a.key : a.key < b.key;
  };
  std::ranges::sort(items, before);
  auto at = items.begin();
  if (*place && (*place)->is_string())
    at = std::ranges::upper_bound(items, Listed{std::string((*place)->get_string()), {}}, before);
  json::object out;
  json::array page;
  const bool scripted_empty = call.fault != nullptr && call.fault->empty_page;
  json::value last = *place ? **place : json::value(nullptr);
  for (auto left = call.number(limit_name).value_or(default_limit);
       !scripted_empty && at != items.end() && left > 0; ++at, --left) {
    last = json::string(at->key);
    page.emplace_back(std::move(at->item));
  }
  out[list] = std::move(page);
  if (call.fault != nullptr && call.fault->same_token && call.has("nextToken"))
    out["nextToken"] = *call.text("nextToken");
  else if (at != items.end() || scripted_empty)
    out["nextToken"] = write_place(call, last);
  return json::serialize(out);
}

}  // namespace crosslog::sandbox
