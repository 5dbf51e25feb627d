#include "sandbox/world.h"

#include <algorithm>

#include "sandbox/service_model.h"
#include "sandbox/text.h"

namespace crosslog::sandbox {

namespace json = boost::json;

namespace {

using SeedFailure = std::unexpected<std::string>;

// Walks the seed and remembers the first thing that is wrong with it, so that the
// readers below stay straight lines.
class SeedReader {
 public:
  [[nodiscard]] const std::string& error() const { return error_; }
  void fail(std::string_view where, std::string_view what) {
    if (error_.empty()) error_ = std::string(where) + ": " + std::string(what);
  }

  // Every member must be known: a misspelt one would be silently without effect.
  void known(const json::object& object, std::string_view where,
             std::initializer_list<std::string_view> names) {
    for (const auto& member : object)
      if (std::ranges::find(names, std::string_view(member.key())) == names.end())
        fail(where, "unknown member \"" + std::string(member.key()) + "\"");
  }

  std::string text(const json::object& object, std::string_view name, std::string_view where,
                   std::string_view fallback = {}) {
    const auto* value = object.if_contains(name);
    if (value == nullptr) {
      if (fallback.data() == nullptr) fail(where, "\"" + std::string(name) + "\" is missing");
      return std::string(fallback);
    }
    if (!value->is_string()) {
      fail(where, "\"" + std::string(name) + "\" must be a string");
      return {};
    }
    return std::string(value->get_string());
  }

  std::optional<Time> time(const json::object& object, std::string_view name, std::string_view where) {
    const std::string given = text(object, name, where, "");
    const auto read = parse_iso_time(given);
    if (!given.empty() && !read)
      fail(where, "\"" + std::string(name) + "\" must be like 2023-11-14T22:13:20Z");
    return read;
  }

  std::int64_t number(const json::object& object, std::string_view name, std::string_view where,
                      std::int64_t fallback) {
    const auto* value = object.if_contains(name);
    if (value == nullptr) return fallback;
    if (!value->is_int64()) fail(where, "\"" + std::string(name) + "\" must be an integer");
    return value->is_int64() ? value->get_int64() : fallback;
  }

  // The objects of an optional list.
  std::vector<const json::object*> objects(const json::object& object, std::string_view name,
                                           std::string_view where) {
    std::vector<const json::object*> out;
    const auto* value = object.if_contains(name);
    if (value == nullptr) return out;
    if (!value->is_array()) {
      fail(where, "\"" + std::string(name) + "\" must be a list");
      return out;
    }
    for (const auto& item : value->get_array()) {
      if (item.is_object())
        out.push_back(&item.get_object());
      else
        fail(where, "\"" + std::string(name) + "\" must be a list of objects");
    }
    return out;
  }

  Policy policy(const json::value& value, PolicyKind kind, std::string_view where) {
    if (kind == PolicyKind::identity && value.is_string()) {
      if (const Policy* managed = managed_policy(std::string_view(value.get_string()))) return *managed;
      fail(where, "unknown managed policy \"" + std::string(value.get_string()) + "\"");
      return {};
    }
    auto read = read_policy(value, kind);
    if (!read) fail(where, "policy: " + read.error());
    return read.value_or(Policy{});
  }

  std::vector<Policy> policies(const json::object& object, std::string_view where) {
    std::vector<Policy> out;
    const auto* value = object.if_contains("policies");
    if (value == nullptr) return out;
    if (!value->is_array()) {
      fail(where, "\"policies\" must be a list");
      return out;
    }
    for (const auto& item : value->get_array())
      out.push_back(policy(item, PolicyKind::identity, where));
    return out;
  }

 private:
  std::string error_;
};

void read_user(SeedReader& in, const json::object& object, const std::string& account, World& world) {
  User user;
  user.account = account;
  user.name = in.text(object, "name", "user");
  const std::string where = "user " + user.name;
  in.known(object, where, {"name", "path", "id", "keys", "policies", "mfa"});
  user.path = in.text(object, "path", where, "/");
  user.id = in.text(object, "id", where);
  for (const auto* key : in.objects(object, "keys", where)) {
    in.known(*key, where, {"access_key_id", "secret_access_key"});
    user.keys.push_back({in.text(*key, "access_key_id", where), in.text(*key, "secret_access_key", where)});
  }
  if (const auto* mfa = object.if_contains("mfa"); mfa != nullptr && mfa->is_object()) {
    in.known(mfa->get_object(), where, {"serial", "code"});
    user.mfa_serial = in.text(mfa->get_object(), "serial", where);
    user.mfa_code = in.text(mfa->get_object(), "code", where);
  }
  user.policies = in.policies(object, where);
  world.users.push_back(std::move(user));
}

void read_role(SeedReader& in, const json::object& object, const std::string& account, World& world) {
  Role role;
  role.account = account;
  role.name = in.text(object, "name", "role");
  const std::string where = "role " + role.name;
  in.known(object, where, {"name", "path", "id", "trust", "policies", "max_session_duration"});
  role.path = in.text(object, "path", where, "/");
  role.id = in.text(object, "id", where);
  role.max_session_seconds = in.number(object, "max_session_duration", where, 3600);
  if (const auto* trust = object.if_contains("trust"))
    role.trust = in.policy(*trust, PolicyKind::trust, where);
  else
    in.fail(where, "\"trust\" is missing");
  role.policies = in.policies(object, where);
  world.roles.push_back(std::move(role));
}

LogStream read_stream(SeedReader& in, const json::object& object, const std::string& where) {
  in.known(object, where, {"name", "events", "generate"});
  if (const auto* generate = object.if_contains("generate"); generate != nullptr && generate->is_object()) {
    const auto& g = generate->get_object();
    in.known(g, where, {"count", "message_bytes", "first_timestamp", "step_ms"});
    const Generator defaults;
    Generator generator;
    generator.count = static_cast<std::uint64_t>(std::max<std::int64_t>(0, in.number(g, "count", where, 0)));
    generator.message_bytes = static_cast<std::size_t>(
        std::clamp<std::int64_t>(in.number(g, "message_bytes", where, 120), 1, 1 << 20));
    generator.first_timestamp = in.number(g, "first_timestamp", where, defaults.first_timestamp);
    generator.step_ms = std::max<std::int64_t>(0, in.number(g, "step_ms", where, defaults.step_ms));
    return LogStream(generator);
  }
  LogStream stream;
  for (const auto* item : in.objects(object, "events", where)) {
    auto event = read_event(*item);
    if (event)
      stream.add(std::move(*event));
    else
      in.fail(where, event.error());
  }
  return stream;
}

void read_group(SeedReader& in, const json::object& object, const std::string& account, World& world) {
  const std::string name = in.text(object, "name", "log group");
  const std::string where = "log group " + name;
  in.known(object, where,
           {"name", "region", "masked", "streams", "creation_time", "retention_days", "class", "kms_key_id",
            "tags"});
  LogGroup group;
  group.created = in.number(object, "creation_time", where, group.created);
  group.retention_days = in.number(object, "retention_days", where, 0);
  group.log_class = in.text(object, "class", where, group.log_class);
  if (group.log_class != "STANDARD" && group.log_class != "INFREQUENT_ACCESS" &&
      group.log_class != "DELIVERY")
    in.fail(where, "\"class\" must be STANDARD, INFREQUENT_ACCESS or DELIVERY");
  group.kms_key_id = in.text(object, "kms_key_id", where, "");
  if (const auto* tags = object.if_contains("tags"); tags != nullptr && tags->is_object())
    for (const auto& tag : tags->get_object())
      group.tags[tag.key()] = in.text(tags->get_object(), tag.key(), where);
  if (const auto* masked = object.if_contains("masked"); masked != nullptr && masked->is_array())
    for (const auto& word : masked->get_array())
      if (word.is_string()) group.masked.emplace_back(word.get_string());
  for (const auto* stream : in.objects(object, "streams", where))
    group.streams[in.text(*stream, "name", where)] = read_stream(in, *stream, where);
  world.groups[{account, in.text(object, "region", where, "us-east-1"), name}] = std::move(group);
}

void read_account(SeedReader& in, const json::object& object, World& world) {
  const std::string id = in.text(object, "id", "account");
  in.known(object, "account " + id, {"id", "users", "roles", "log_groups"});
  if (id.size() != 12 || !is_digits(id)) in.fail("account " + id, "an account id has 12 digits");
  world.accounts.push_back(id);
  for (const auto* user : in.objects(object, "users", "account " + id))
    read_user(in, *user, id, world);
  for (const auto* role : in.objects(object, "roles", "account " + id))
    read_role(in, *role, id, world);
  for (const auto* group : in.objects(object, "log_groups", "account " + id))
    read_group(in, *group, id, world);
}

void read_link(SeedReader& in, const json::object& object, World& world) {
  in.known(object, "link", {"monitoring", "source"});
  world.links.push_back({in.text(object, "monitoring", "link"), in.text(object, "source", "link")});
}

void read_answers(SeedReader& in, const json::object& object, World& world) {
  for (const auto& [operation, body] : object) {
    if (find_operation(operation) == nullptr) in.fail("answers", "no operation " + std::string(operation));
    if (!body.is_object()) in.fail("answers", std::string(operation) + " must be an object");
  }
  world.answers = object;
}

void read_instance(SeedReader& in, const json::object& object, Instance& out) {
  in.known(object, "instance", {"id", "account", "role", "region", "availability_zone"});
  out.id = in.text(object, "id", "instance", out.id);
  out.account = in.text(object, "account", "instance");
  out.role = in.text(object, "role", "instance", "");
  out.region = in.text(object, "region", "instance", out.region);
  out.availability_zone = in.text(object, "availability_zone", "instance", out.region + "a");
}

void read_container(SeedReader& in, const json::object& object, World& world) {
  Container container;
  container.path = in.text(object, "path", "container");
  const std::string where = "container " + container.path;
  in.known(object, where, {"kind", "path", "role_arn", "session_name", "authorization"});
  const std::string kind = in.text(object, "kind", where, "ecs");
  if (kind != "ecs" && kind != "eks") in.fail(where, "\"kind\" must be ecs or eks");
  container.kind = kind == "eks" ? Container::Kind::eks : Container::Kind::ecs;
  container.role_arn = in.text(object, "role_arn", where);
  container.session_name = in.text(object, "session_name", where);
  container.authorization = in.text(object, "authorization", where, "");
  if (!container.path.starts_with('/')) in.fail(where, "\"path\" must begin with /");
  if (world.find_role(container.role_arn) == nullptr)
    in.fail(where, "there is no role " + container.role_arn);
  world.containers.push_back(std::move(container));
}

void read_identity_provider(SeedReader& in, const json::object& object, World& world) {
  IdentityProvider provider;
  provider.arn = in.text(object, "arn", "identity provider");
  const std::string where = "identity provider " + provider.arn;
  in.known(object, where, {"arn", "tokens"});
  if (provider.issuer().empty()) in.fail(where, "\"arn\" must be arn:aws:iam::ACCOUNT:oidc-provider/ISSUER");
  for (const auto* token : in.objects(object, "tokens", where)) {
    in.known(*token, where, {"token", "subject", "audience", "expires", "rejected"});
    provider.tokens.push_back({in.text(*token, "token", where), in.text(*token, "subject", where),
                               in.text(*token, "audience", where, "sts.amazonaws.com"),
                               in.time(*token, "expires", where), in.text(*token, "rejected", where, "")});
  }
  world.identity_providers.push_back(std::move(provider));
}

void read_sso_token(SeedReader& in, const json::object& object, World& world) {
  SsoToken token;
  token.user = in.text(object, "user", "sso token");
  const std::string where = "sso token of " + token.user;
  in.known(object, where, {"token", "user", "expires", "assignments"});
  token.text = in.text(object, "token", where);
  token.expires = in.time(object, "expires", where);
  for (const auto* assignment : in.objects(object, "assignments", where)) {
    in.known(*assignment, where, {"account", "role_name", "role_arn"});
    token.assignments.push_back({in.text(*assignment, "account", where),
                                 in.text(*assignment, "role_name", where),
                                 in.text(*assignment, "role_arn", where)});
  }
  world.sso_tokens.push_back(std::move(token));
}

}  // namespace

std::string IdentityProvider::account() const {
  const auto parts = split(arn, ':');
  return parts.size() == 6 ? std::string(parts[4]) : std::string{};
}

std::string IdentityProvider::issuer() const {
  constexpr std::string_view kKind = ":oidc-provider/";
  const auto at = arn.find(kKind);
  return at == std::string::npos ? std::string{} : arn.substr(at + kKind.size());
}

const Role* World::find_role(std::string_view arn) const {
  const auto found = std::ranges::find_if(roles, [&](const Role& role) { return role.arn() == arn; });
  return found == roles.end() ? nullptr : &*found;
}

LogGroup* World::find_group(const GroupKey& key) {
  const auto found = groups.find(key);
  return found == groups.end() ? nullptr : &found->second;
}

std::expected<LogEvent, std::string> read_event(const json::value& value) {
  if (!value.is_object()) return SeedFailure("an event must be an object");
  SeedReader in;
  const auto& object = value.get_object();
  in.known(object, "event", {"timestamp", "ingestion_time", "message", "message_wire", "message_wire_hex"});
  LogEvent event;
  if (object.if_contains("timestamp") == nullptr) in.fail("event", "\"timestamp\" is missing");
  event.timestamp = in.number(object, "timestamp", "event", 0);
  event.ingestion_time = in.number(object, "ingestion_time", "event", event.timestamp + kIngestionDelayMs);
  event.wire_message = in.text(object, "message_wire", "event", "");
  if (const auto hex = in.text(object, "message_wire_hex", "event", ""); !hex.empty()) {
    const auto bytes = from_hex(hex);
    if (!bytes) in.fail("event", "\"message_wire_hex\" must be hex digits");
    event.wire_message = bytes.value_or("");
  }
  event.message = event.wire_message.empty() ? in.text(object, "message", "event") : event.wire_message;
  if (event.timestamp < 0) in.fail("event", "\"timestamp\" must not be negative");
  if (!in.error().empty()) return SeedFailure(in.error());
  return event;
}

bool World::is_linked(std::string_view monitoring, std::string_view source) const {
  return std::ranges::any_of(
      links, [&](const Link& link) { return link.monitoring == monitoring && link.source == source; });
}

std::expected<void, std::string> add_group(World& world, const std::string& account,
                                           const json::object& group) {
  SeedReader in;
  read_group(in, group, account, world);
  if (!in.error().empty()) return SeedFailure(in.error());
  return {};
}

std::expected<World, std::string> read_world(std::string_view seed) {
  json::error_code error;
  const json::value document = json::parse(json::string_view(seed.data(), seed.size()), error);
  if (error) return SeedFailure("not JSON: " + error.message());
  if (!document.is_object()) return SeedFailure("the seed must be an object");
  SeedReader in;
  World world;
  const auto& object = document.get_object();
  in.known(object, "seed",
           {"instance", "accounts", "containers", "identity_providers", "sso_tokens", "links", "answers"});
  for (const auto* account : in.objects(object, "accounts", "seed"))
    read_account(in, *account, world);
  if (const auto* instance = object.if_contains("instance"); instance != nullptr && instance->is_object())
    read_instance(in, instance->get_object(), world.instance);
  for (const auto* container : in.objects(object, "containers", "seed"))
    read_container(in, *container, world);
  for (const auto* provider : in.objects(object, "identity_providers", "seed"))
    read_identity_provider(in, *provider, world);
  for (const auto* token : in.objects(object, "sso_tokens", "seed"))
    read_sso_token(in, *token, world);
  for (const auto* link : in.objects(object, "links", "seed"))
    read_link(in, *link, world);
  if (const auto* answers = object.if_contains("answers"); answers != nullptr && answers->is_object())
    read_answers(in, answers->get_object(), world);
  const std::string role = "arn:aws:iam::" + world.instance.account + ":role/" + world.instance.role;
  if (!world.instance.role.empty() && world.find_role(role) == nullptr)
    in.fail("instance", "there is no role " + role);
  if (!in.error().empty()) return SeedFailure(in.error());
  return world;
}

}  // namespace crosslog::sandbox
