// Groups, streams and tags: what is there, without its events.
#include <algorithm>

#include "sandbox/logs.h"

namespace crosslog::sandbox {

namespace json = boost::json;

namespace {

constexpr std::int64_t kDefaultPage = 50;

std::uint64_t stored_bytes(const LogGroup& group) {
  std::uint64_t bytes = 0;
  for (const auto& [name, stream] : group.streams)
    bytes += stream.stored_bytes();
  return bytes;
}

json::object described(const GroupKey& key, const LogGroup& group, bool brief) {
  json::object out{
      {"arn", group_arn(key) + ":*"}, {"creationTime", group.created}, {"logGroupName", key.name}};
  if (brief) return out;
  out["logGroupArn"] = group_arn(key);
  out["logGroupClass"] = group.log_class;
  out["metricFilterCount"] = 0;
  out["storedBytes"] = stored_bytes(group);
  if (group.retention_days > 0) out["retentionInDays"] = group.retention_days;
  if (!group.kms_key_id.empty()) out["kmsKeyId"] = group.kms_key_id;
  if (!group.masked.empty()) out["dataProtectionStatus"] = "ACTIVATED";
  return out;
}

// The accounts whose groups are listed: the caller's, or the linked ones that it asks for.
std::vector<std::string> listed_accounts(const LogsCall& call) {
  if (!call.flag("includeLinkedAccounts").value_or(false)) return {call.caller.account()};
  const auto wanted = call.texts("accountIdentifiers");
  auto out = visible_accounts(call);
  if (!wanted.empty())
    std::erase_if(
        out, [&](const std::string& account) { return std::ranges::find(wanted, account) == wanted.end(); });
  return out;
}

// By name, then account: names alone repeat across accounts.
std::string order_of(const GroupKey& key) {
  return key.name + "\n" + key.account;
}

template <typename Wanted, typename Shown>
std::vector<Listed> listed_groups(const LogsCall& call, const std::vector<std::string>& accounts,
                                  const Wanted& wanted, const Shown& shown) {
  std::vector<Listed> out;
  for (const auto& [key, group] : call.state.world.groups)
    if (key.region == call.region && std::ranges::find(accounts, key.account) != accounts.end() &&
        wanted(key, group))
      out.push_back({order_of(key), shown(key, group)});
  return out;
}

Body describe_identified(const LogsCall& call) {
  for (const auto* other :
       {"logGroupNamePrefix", "logGroupNamePattern", "logGroupClass", "accountIdentifiers"})
    if (call.has(other))
      return invalid("logGroupIdentifiers cannot be specified together with " + std::string(other) + ".");
  std::vector<GroupKey> keys;
  for (const auto& identifier : call.texts("logGroupIdentifiers")) {
    auto key = group_of_identifier(call, identifier);
    if (!key) return Failure(key.error());
    if (auto allowed = authorize(call, call.operation, stream_arn(*key, {}), key->account); !allowed)
      return Failure(allowed.error());
    keys.push_back(std::move(*key));
  }
  const auto wanted = [&](const GroupKey& key, const LogGroup&) {
    return std::ranges::find(keys, key) != keys.end();
  };
  const auto shown = [](const GroupKey& key, const LogGroup& group) { return described(key, group, false); };
  return page_of(call, listed_groups(call, visible_accounts(call), wanted, shown), "logGroups", "limit",
                 kDefaultPage);
}

// Up to five parts joined by |, each found anywhere, or at the beginning with ^.
bool name_matches(std::string_view name, std::string_view pattern) {
  return std::ranges::any_of(split(pattern, '|'), [&](std::string_view part) {
    return part.starts_with('^') ? name.starts_with(part.substr(1))
                                 : name.find(part) != std::string_view::npos;
  });
}

bool has_tags(const LogGroup& group, const json::value& filters) {
  return std::ranges::all_of(filters.get_array(), [&](const json::value& filter) {
    const auto* key = filter.get_object().if_contains("key");
    const auto* values = filter.get_object().if_contains("values");
    const auto tag = key != nullptr ? group.tags.find(std::string(key->get_string())) : group.tags.end();
    if (tag == group.tags.end()) return false;
    if (values == nullptr || values->get_array().empty()) return true;
    return std::ranges::any_of(values->get_array(), [&](const json::value& value) {
      return wildcard_match(std::string_view(value.get_string()), tag->second);
    });
  });
}

json::object described(const GroupKey& key, const LogGroup& group, const std::string& name,
                       const LogStream& stream) {
  json::object out{{"arn", stream_arn(key, name)},
                   {"creationTime", group.created},
                   {"logStreamName", name},
                   {"storedBytes", 0}};
  if (stream.size() > 0) {
    out["firstEventTimestamp"] = stream.key_at(0).timestamp;
    out["lastEventTimestamp"] = stream.key_at(stream.size() - 1).timestamp;
    out["lastIngestionTime"] = stream.last_ingestion();
    out["uploadSequenceToken"] = "49039859439209438543095849032850439850439850439853";
  }
  return out;
}

std::string padded_time(const LogStream& stream) {
  std::string out;
  append_padded(
      out, stream.size() > 0 ? static_cast<std::uint64_t>(stream.key_at(stream.size() - 1).timestamp) : 0,
      20);
  return out;
}

Body tags_of(const LogGroup& group) {
  json::object tags;
  for (const auto& [name, value] : group.tags)
    tags[name] = value;
  return json::serialize(json::object{{"tags", std::move(tags)}});
}

}  // namespace

Body describe_log_groups(const LogsCall& call) {
  if (call.has("logGroupIdentifiers")) return describe_identified(call);
  const auto prefix = call.text("logGroupNamePrefix"), pattern = call.text("logGroupNamePattern"),
             log_class = call.text("logGroupClass");
  if (auto allowed = authorize_account(call); !allowed) return Failure(allowed.error());
  if (prefix && pattern)
    return invalid("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
  const auto wanted = [&](const GroupKey& key, const LogGroup& group) {
    return (!prefix || key.name.starts_with(*prefix)) &&
           (!pattern || key.name.find(*pattern) != std::string::npos) &&
           (!log_class || group.log_class == *log_class);
  };
  const auto shown = [&](const GroupKey& key, const LogGroup& group) {
    return described(key, group, pattern.has_value());
  };
  return page_of(call, listed_groups(call, listed_accounts(call), wanted, shown), "logGroups", "limit",
                 kDefaultPage);
}

Body list_log_groups(const LogsCall& call) {
  if (auto allowed = authorize_account(call); !allowed) return Failure(allowed.error());
  const auto pattern = call.text("logGroupNamePattern"), log_class = call.text("logGroupClass");
  const bool of_a_source = call.has("dataSources") || call.has("fieldIndexNames");  // no group has one
  const auto wanted = [&](const GroupKey& key, const LogGroup& group) {
    return !of_a_source && (!pattern || name_matches(key.name, *pattern)) &&
           (!log_class || group.log_class == *log_class) &&
           (!call.has("logGroupTags") || has_tags(group, call.in.at("logGroupTags")));
  };
  const auto shown = [](const GroupKey& key, const LogGroup& group) {
    return json::object{
        {"logGroupArn", group_arn(key)}, {"logGroupClass", group.log_class}, {"logGroupName", key.name}};
  };
  return page_of(call, listed_groups(call, listed_accounts(call), wanted, shown), "logGroups", "limit",
                 kDefaultPage);
}

Body describe_log_streams(const LogsCall& call) {
  const auto open = open_group(call);
  if (!open) return Failure(open.error());
  const auto prefix = call.text("logStreamNamePrefix");
  const bool by_time = call.text("orderBy").value_or("LogStreamName") == "LastEventTime";
  if (by_time && prefix) return invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
  std::vector<Listed> items;
  for (const auto& [name, stream] : open->group->streams)
    if (!prefix || name.starts_with(*prefix))
      items.push_back(
          {by_time ? padded_time(stream) + name : name, described(open->key, *open->group, name, stream)});
  return page_of(call, std::move(items), "logStreams", "limit", kDefaultPage,
                 call.flag("descending").value_or(false));
}

Body list_tags_for_resource(const LogsCall& call) {
  if (!call.text("resourceArn")->starts_with("arn:"))
    return invalid("The specified resource ARN is not valid.");
  const auto key = group_of_identifier(call, *call.text("resourceArn"));
  if (!key) return Failure(key.error());
  if (auto allowed = authorize(call, call.operation, group_arn(*key), key->account); !allowed)
    return Failure(allowed.error());
  const LogGroup* group = call.state.world.find_group(*key);
  if (group == nullptr) return not_found("The specified resource does not exist.");
  return tags_of(*group);
}

Body list_tags_log_group(const LogsCall& call) {
  const auto open = open_group(call);
  if (!open) return Failure(open.error());
  return tags_of(*open->group);
}

}  // namespace crosslog::sandbox
