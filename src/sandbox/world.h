// What the accounts hold: users, roles, log groups, and the instance whose metadata is
// served. Read from one JSON document, the seed.
#ifndef CROSSLOG_SRC_SANDBOX_WORLD_H_
#define CROSSLOG_SRC_SANDBOX_WORLD_H_

#include <boost/json.hpp>
#include <deque>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/log_stream.h"
#include "sandbox/policy.h"
#include "sandbox/text.h"

namespace crosslog::sandbox {

struct AccessKey {
  std::string id;
  std::string secret;
};

struct User {
  std::string account, name, path = "/", id;
  std::vector<AccessKey> keys;
  std::vector<Policy> policies;
  std::string mfa_serial, mfa_code;

  [[nodiscard]] std::string arn() const { return "arn:aws:iam::" + account + ":user" + path + name; }
};

struct Role {
  std::string account, name, path = "/", id;
  Policy trust;
  std::vector<Policy> policies;
  std::int64_t max_session_seconds = 3600;

  [[nodiscard]] std::string arn() const { return "arn:aws:iam::" + account + ":role" + path + name; }
};

struct LogGroup {
  std::vector<std::string> masked;  // literal words hidden without unmask
  std::int64_t created = 1699900000000;
  std::int64_t retention_days = 0;  // 0: for ever
  std::string log_class = "STANDARD", kms_key_id;
  std::map<std::string, std::string> tags;
  std::map<std::string, LogStream, std::less<>> streams;
};

struct GroupKey {
  std::string account, region, name;
  auto operator<=>(const GroupKey&) const = default;
};

// A task or a pod, and the path under which its credentials are asked for.
struct Container {
  enum class Kind { ecs, eks };
  Kind kind = Kind::ecs;
  std::string path, role_arn, session_name;
  std::string authorization;  // what the Authorization header must be; empty: none is asked for

  [[nodiscard]] std::string_view service() const {
    return kind == Kind::ecs ? "ecs-tasks.amazonaws.com" : "pods.eks.amazonaws.com";
  }
};

struct IdentityToken {
  std::string text, subject, audience;
  std::optional<Time> expires;
  std::string rejected;  // why the provider rejects it; empty: it does not
};

// arn:aws:iam::ACCOUNT:oidc-provider/ISSUER, and the tokens it issued.
struct IdentityProvider {
  std::string arn;
  std::vector<IdentityToken> tokens;

  [[nodiscard]] std::string account() const;
  [[nodiscard]] std::string issuer() const;
};

struct SsoAssignment {
  std::string account, role_name, role_arn;
};

// What somebody has after `aws sso login`.
struct SsoToken {
  std::string text, user;
  std::optional<Time> expires;
  std::vector<SsoAssignment> assignments;
};

struct Instance {
  std::string id = "i-0abcdef1234567890";
  std::string account, role, region = "us-east-1", availability_zone;
};

// Cross-account observability: the monitoring account sees the source's logs.
struct Link {
  std::string monitoring, source;
};

struct World {
  std::vector<std::string> accounts;
  std::deque<User> users;  // deques: others point into them
  std::deque<Role> roles;
  std::map<GroupKey, LogGroup> groups;
  Instance instance;
  std::vector<Container> containers;
  std::vector<IdentityProvider> identity_providers;
  std::vector<SsoToken> sso_tokens;
  std::vector<Link> links;
  boost::json::object answers;  // operation -> body, for what is not emulated

  [[nodiscard]] const Role* find_role(std::string_view arn) const;
  [[nodiscard]] LogGroup* find_group(const GroupKey& key);
  [[nodiscard]] bool is_linked(std::string_view monitoring, std::string_view source) const;
};

// The error says where in the seed it is.
[[nodiscard]] std::expected<World, std::string> read_world(std::string_view seed);
[[nodiscard]] std::expected<LogEvent, std::string> read_event(const boost::json::value& value);
// A log group in the seed's form, added or put in the place of one.
[[nodiscard]] std::expected<void, std::string> add_group(World& world, const std::string& account,
                                                         const boost::json::object& group);

// The seed of the demo: the story of README.md. Also a model for one's own.
[[nodiscard]] std::string_view demo_seed();

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_WORLD_H_
