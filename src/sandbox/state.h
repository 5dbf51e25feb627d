// Everything that changes while the sandbox runs, in one place. One thread serves all
// connections, so that nothing here needs a lock.
#ifndef CROSSLOG_SRC_SANDBOX_STATE_H_
#define CROSSLOG_SRC_SANDBOX_STATE_H_

#include <boost/json.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "sandbox/faults.h"
#include "sandbox/text.h"
#include "sandbox/verifier.h"
#include "sandbox/world.h"

namespace crosslog::sandbox {

// What STS issued.
struct Session {
  std::string access_key_id, secret, token;
  Time expires;
  const Role* role = nullptr;
  std::string name;
  std::vector<Policy> policies;  // session policies: they can only take away
};

class SessionStore {
 public:
  const Session& issue(const Role& role, std::string_view name, Time expires,
                       std::vector<Policy> policies = {});
  [[nodiscard]] Session* find(std::string_view access_key_id);
  // One, or every session when the id is empty; returns how many.
  std::size_t expire(std::string_view access_key_id, Time now);

 private:
  std::deque<Session> sessions_;  // oldest first; bounded
};

// Whose key it is: a user's or a session's.
struct Principal {
  const User* user = nullptr;
  const Session* session = nullptr;

  [[nodiscard]] const std::string& account() const;
  [[nodiscard]] std::string arn() const;
  [[nodiscard]] std::string user_id() const;
  [[nodiscard]] Caller caller() const;
  // By the identity's policies, less what the session's policies take away.
  [[nodiscard]] Decision may(std::string_view action, std::string_view resource) const;
};

// Requests a second, for each operation, account and region; allows a burst of one second.
class Quota {
 public:
  // nullopt: the service's own rates. 0: without limit.
  std::optional<double> rate;
  [[nodiscard]] bool take(const std::string& operation, const std::string& account,
                          const std::string& region);
  void reset() { buckets_.clear(); }

 private:
  struct Bucket {
    double tokens;
    std::chrono::steady_clock::time_point filled;
  };
  std::map<std::tuple<std::string, std::string, std::string>, Bucket> buckets_;
};

// What arrived, for tests; the newest ones only.
class RequestLog {
 public:
  void add(boost::json::object entry);
  [[nodiscard]] boost::json::array all() const {
    return boost::json::array(entries_.begin(), entries_.end());
  }
  void clear() { entries_.clear(); }

 private:
  std::deque<boost::json::object> entries_;
};

struct ImdsState {
  bool extended = true;
  std::string credentials_file;              // read at each request
  std::optional<boost::json::object> given;  // what a test gave
  std::map<std::string, std::chrono::steady_clock::time_point> tokens;
};

// A query of Logs Insights; what it found is known from the start and told with time.
struct RunningQuery {
  std::string id, account, region, text, log_group, language, user;
  std::vector<std::string> groups;  // their identifiers
  Time created;
  std::chrono::steady_clock::time_point started;
  std::chrono::milliseconds duration{0};
  bool cancelled = false;
  std::vector<boost::json::array> rows;
  double matched = 0, scanned = 0, bytes = 0;

  // Scheduled for the first third, then Running.
  [[nodiscard]] std::string_view status() const;
  [[nodiscard]] bool is_over() const { return status() == "Complete" || status() == "Cancelled"; }
};

struct QueryRuns {
  std::deque<RunningQuery> all;  // newest first; bounded
  std::chrono::milliseconds duration{300};
  std::size_t concurrent = 30;

  [[nodiscard]] RunningQuery* find(std::string_view id, std::string_view account);
};

struct State {
  World world;
  std::map<std::string, std::string> held;  // access key ids of sessions that are handed out again
  SessionStore sessions;
  FaultScript faults;
  Quota quota;
  RequestLog requests;
  ImdsState imds;
  QueryRuns queries;
  std::chrono::seconds clock_offset{0};
  std::int64_t page_window_ms = 0;  // 0: pages are not cut by time
  std::int64_t page_events = 10000;
  std::map<std::string, Time> page_tokens;  // when first given out
  std::uint64_t places_written = 0;  // no two tokens are the same, not even of one place and millisecond

  [[nodiscard]] Time now() const;
  [[nodiscard]] std::optional<Principal> find_principal(std::string_view access_key_id);
  [[nodiscard]] std::optional<KnownKey> find_key(std::string_view access_key_id);
};

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_STATE_H_
