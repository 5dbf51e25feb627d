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
  std::map<std::string, LogStream, std::less<>> streams;
};

struct GroupKey {
  std::string account, region, name;
  auto operator<=>(const GroupKey&) const = default;
};

struct Instance {
  std::string id = "i-0abcdef1234567890";
  std::string account, role, region = "us-east-1", availability_zone;
};

struct World {
  std::vector<std::string> accounts;
  std::deque<User> users;  // deques: others point into them
  std::deque<Role> roles;
  std::map<GroupKey, LogGroup> groups;
  Instance instance;

  [[nodiscard]] const Role* find_role(std::string_view arn) const;
  [[nodiscard]] LogGroup* find_group(const GroupKey& key);
};

// The error says where in the seed it is.
[[nodiscard]] std::expected<World, std::string> read_world(std::string_view seed);
[[nodiscard]] std::expected<LogEvent, std::string> read_event(const boost::json::value& value);

// The seed of the demo: the story of README.md. Also a model for one's own.
[[nodiscard]] std::string_view demo_seed();

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_WORLD_H_
