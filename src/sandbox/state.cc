#include "sandbox/state.h"

#include <algorithm>
#include <initializer_list>

namespace crosslog::sandbox {

namespace {

constexpr std::size_t kMaxSessions = 10000;
constexpr std::size_t kMaxRequests = 10000;
constexpr std::string_view kUpperDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> list) {
  return std::ranges::find(list, text) != list.end();
}

// Requests a second by AWS's CloudWatch Logs quotas page; 0 where none is published.
double service_rate(std::string_view operation, std::string_view region) {
  if (operation == "GetLogEvents") {
    if (is_one_of(region, {"us-west-2", "eu-west-1", "eu-central-1", "ap-northeast-3", "ap-southeast-3",
                           "ca-west-1", "il-central-1"}))
      return 10;
    return region == "eu-west-3" ? 30 : 25;
  }
  if (operation == "FilterLogEvents") {
    if (is_one_of(region, {"eu-central-1", "ap-northeast-3", "ap-southeast-3", "ca-west-1", "il-central-1"}))
      return 5;
    return region == "us-east-1" ? 25 : 10;
  }
  if (operation == "DescribeLogStreams") return 25;
  return is_one_of(operation, {"DescribeLogGroups", "StartQuery", "GetQueryResults"}) ? 10 : 0;
}

std::vector<const Policy*> pointers(const std::vector<Policy>& policies) {
  std::vector<const Policy*> out;
  out.reserve(policies.size());
  for (const auto& policy : policies)
    out.push_back(&policy);
  return out;
}

}  // namespace

const Session& SessionStore::issue(const Role& role, std::string_view name, Time expires,
                                   std::vector<Policy> policies) {
  if (sessions_.size() == kMaxSessions) sessions_.pop_front();
  Session session;
  session.access_key_id = "ASIA" + random_text(16, kUpperDigits);
  session.secret = random_text(40, kBase64);
  // As long as live ones, and with every byte that clients have to encode.
  session.token = "IQoJb3JpZ2luX2Vj" + random_text(340, kBase64) + "/+/+==";
  session.expires = std::chrono::floor<std::chrono::seconds>(expires);
  session.role = &role;
  session.name = name;
  session.policies = std::move(policies);
  return sessions_.emplace_back(std::move(session));
}

Session* SessionStore::find(std::string_view access_key_id) {
  const auto found = std::ranges::find(sessions_, access_key_id, &Session::access_key_id);
  return found == sessions_.end() ? nullptr : &*found;
}

std::size_t SessionStore::expire(std::string_view access_key_id, Time now) {
  std::size_t expired = 0;
  for (auto& session : sessions_) {
    if (!access_key_id.empty() && session.access_key_id != access_key_id) continue;
    session.expires = std::min(session.expires, now - std::chrono::seconds(1));
    ++expired;
  }
  return expired;
}

const std::string& Principal::account() const {
  return user != nullptr ? user->account : session->role->account;
}

std::string Principal::arn() const {
  if (user != nullptr) return user->arn();
  return "arn:aws:sts::" + account() + ":assumed-role/" + session->role->name + "/" + session->name;
}

std::string Principal::user_id() const {
  return user != nullptr ? user->id : session->role->id + ":" + session->name;
}

Caller Principal::caller() const {
  return {account(), arn(), session != nullptr ? session->role->arn() : std::string{}};
}

Decision Principal::may(std::string_view action, std::string_view resource) const {
  const Decision own =
      evaluate(pointers(user != nullptr ? user->policies : session->role->policies), action, resource);
  if (session == nullptr || session->policies.empty() || own != Decision::allowed) return own;
  return evaluate(pointers(session->policies), action, resource);
}

bool Quota::take(const std::string& operation, const std::string& account, const std::string& region) {
  const double limit = rate.value_or(service_rate(operation, region));
  if (limit <= 0) return true;
  const auto now = std::chrono::steady_clock::now();
  auto& bucket =
      buckets_.try_emplace({operation, account, region}, Bucket{std::max(limit, 1.0), now}).first->second;
  const double seconds = std::chrono::duration<double>(now - bucket.filled).count();
  bucket.tokens = std::min(std::max(limit, 1.0), bucket.tokens + seconds * limit);
  bucket.filled = now;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

void RequestLog::add(boost::json::object entry) {
  if (entries_.size() == kMaxRequests) entries_.pop_front();
  entries_.push_back(std::move(entry));
}

std::string_view RunningQuery::status() const {
  const auto elapsed = std::chrono::steady_clock::now() - started;
  if (cancelled) return "Cancelled";
  if (elapsed >= duration) return "Complete";
  return elapsed < duration / 3 ? "Scheduled" : "Running";
}

RunningQuery* QueryRuns::find(std::string_view id, std::string_view account) {
  const auto found = std::ranges::find_if(
      all, [&](const RunningQuery& query) { return query.id == id && query.account == account; });
  return found == all.end() ? nullptr : &*found;
}

Time State::now() const {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()) + clock_offset;
}

std::optional<Principal> State::find_principal(std::string_view access_key_id) {
  if (const Session* session = sessions.find(access_key_id)) return Principal{nullptr, session};
  for (const auto& user : world.users)
    if (std::ranges::find(user.keys, access_key_id, &AccessKey::id) != user.keys.end())
      return Principal{&user, nullptr};
  return std::nullopt;
}

std::optional<KnownKey> State::find_key(std::string_view access_key_id) {
  const auto principal = find_principal(access_key_id);
  if (!principal) return std::nullopt;
  if (const Session* session = principal->session)
    return KnownKey{session->secret, session->token, session->expires};
  const auto key = std::ranges::find(principal->user->keys, access_key_id, &AccessKey::id);
  return KnownKey{key->secret, std::nullopt, std::nullopt};
}

}  // namespace crosslog::sandbox
