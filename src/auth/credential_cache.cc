// Roles on disk, in the AWS CLI's folder and words. That program writes in place
// and believes what it finds; here a file counts only when it is ours alone,
// whole, and says what it should. Anything else is as good as no file: the role
// is assumed anew, and the file replaced.
#include "crosslog/credential_cache.h"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <set>
#include <string>
#include <utility>

#include "base/crypto.h"
#include "base/text.h"
#include "base/time.h"
#include "base/try.h"
#include "wire/python.h"

namespace crosslog {
namespace {

constexpr std::size_t kMaxEntry = std::size_t{64} << 10;
constexpr std::chrono::seconds kLockTimeout{5};
// What an SDK that loads them now would begin to refresh: the advisory window by
// remaining lifetime is 5, 15 or 60 minutes, and always shorter but for this one.
constexpr std::chrono::minutes kAdvisoryWindow{5};

// What the AWS CLI hashes and writes.
std::string dumps(const Document& document) {
  std::string out;
  out.reserve(kMaxEntry);  // no growth leaves a copy of a secret behind
  wire::append_python_json(out, document);
  return out;
}

Document sorted(Document document) {
  if (auto* map = document.map()) std::ranges::sort(*map, {}, &Document::Member::first);
  return document;
}

// Every text of it: the names of AWS's secrets are not the only ones that hold some.
void wipe(Document& document) {
  if (auto* string = document.string()) base::wipe(*string);
  if (auto* list = document.list()) std::ranges::for_each(*list, [](Document& d) { wipe(d); });
  if (auto* map = document.map()) std::ranges::for_each(*map, [](auto& member) { wipe(member.second); });
}

std::string_view text_of(const Document* map, std::string_view name) {
  const Document* member = map == nullptr ? nullptr : map->find(name);
  return member == nullptr || member->string() == nullptr ? std::string_view{} : *member->string();
}

// "2036-11-09T13:34:41+00:00"; single sign-on has 'Z' at the end.
std::string expiration_of(const AssumedRole& role) {
  const std::string text = base::iso8601(std::chrono::floor<std::chrono::seconds>(*role.credentials.expires));
  return role.assumed_role_arn.empty() ? text.substr(0, text.find('+')) + "Z" : text;
}

// Single sign-on is told apart by a role without a name.
Document document_of(const AssumedRole& role) {
  const Credentials& from = role.credentials;
  Document credentials;
  credentials.set("AccessKeyId", from.access_key_id);
  credentials.set("SecretAccessKey", from.secret_access_key.reveal());
  credentials.set("SessionToken", from.session_token.reveal());
  credentials.set("Expiration", expiration_of(role));
  if (!from.account_id.empty()) credentials.set("AccountId", from.account_id);
  Document entry;
  if (role.assumed_role_arn.empty()) {
    entry.set("ProviderType", "sso");
    entry.set("Credentials", std::move(credentials));
    return entry;
  }
  entry.set("Credentials", std::move(credentials));
  entry.set("AssumedRoleUser",
            Document::Map{{"AssumedRoleId", role.assumed_role_id}, {"Arn", role.assumed_role_arn}});
  if (role.packed_policy_size) entry.set("PackedPolicySize", *role.packed_policy_size);
  entry.set("ResponseMetadata", Document::Map{{"HTTPStatusCode", 200}});
  return entry;
}

std::optional<AssumedRole> role_of(const Document& entry) {
  const Document* from = entry.find("Credentials");
  AssumedRole role;
  Credentials& credentials = role.credentials;
  credentials.access_key_id = text_of(from, "AccessKeyId");
  credentials.secret_access_key = Secret(text_of(from, "SecretAccessKey"));
  credentials.session_token = Secret(text_of(from, "SessionToken"));
  credentials.expires = base::parse_iso8601(text_of(from, "Expiration"));
  credentials.account_id = text_of(from, "AccountId");
  if (!credentials.expires || credentials.session_token.empty() || !check(credentials)) return std::nullopt;
  const Document* user = entry.find("AssumedRoleUser");
  role.assumed_role_id = text_of(user, "AssumedRoleId");
  role.assumed_role_arn = text_of(user, "Arn");
  const Document* size = entry.find("PackedPolicySize");
  if (size != nullptr && size->integer() != nullptr) {
    role.packed_policy_size = static_cast<int>(std::clamp<std::int64_t>(*size->integer(), 0, 100));
  }
  return role;
}

class FolderCache final : public CredentialCache {
 public:
  FolderCache(Host host, Clock& clock, std::string folder, NoteFunction note)
      : host_(std::move(host)), clock_(clock), folder_(std::move(folder)), note_(std::move(note)) {}

  Result<AssumedRole> get(const std::string& key, const Fetch& fetch, std::stop_token stop) override {
    if (auto kept = load(key)) return std::move(*kept);
    if (!host_.lock_file || !host_.replace_file) return fetch();
    const auto lock = host_.lock_file(path_of(key, ".lock"), kLockTimeout, stop);
    if (!lock) {
      if (lock.error().code == Errc::cancelled) return std::unexpected(lock.error());
      tell(lock.error());
      return fetch();
    }
    if (auto kept = load(key)) return std::move(*kept);
    auto role = fetch();
    if (role && role->credentials.expires) store(key, *role);
    return role;
  }

  void invalidate(const std::string& key, std::string_view access_key_id) noexcept override {
    const std::lock_guard lock(mutex_);
    refused_.emplace(key, access_key_id);
  }

 private:
  [[nodiscard]] std::string path_of(const std::string& key, std::string_view end) const {
    return folder_ + "/" + key + std::string(end);
  }

  // nullopt: there is nothing to use.
  std::optional<AssumedRole> load(const std::string& key) {
    if (!host_.read_private_file) return std::nullopt;
    auto file = host_.read_private_file(path_of(key, ".json"), kMaxEntry);
    if (!file) tell(file.error());
    if (!file || !*file) return std::nullopt;
    auto role = decode((*file)->bytes);
    base::wipe((*file)->bytes);
    if (!role || !is_good(key, role->credentials)) return std::nullopt;
    const bool is_role = !role->assumed_role_arn.empty();
    role->credentials.origin = "cache " + base::visible(path_of(key, ".json"));
    role->credentials.hops = {{.method = is_role ? "assume-role" : "sso",
                               .subject = role->assumed_role_arn,
                               .place = {},
                               .cached = true}};
    return role;
  }

  static std::optional<AssumedRole> decode(std::string_view bytes) {
    auto entry = parse_json(bytes, {.max_bytes = kMaxEntry});
    if (!entry) return std::nullopt;
    auto role = role_of(*entry);
    wipe(*entry);
    return role;
  }

  [[nodiscard]] bool is_good(const std::string& key, const Credentials& credentials) {
    const std::lock_guard lock(mutex_);
    return *credentials.expires - clock_.now() > kAdvisoryWindow &&
           !refused_.contains({key, credentials.access_key_id});
  }

  void store(const std::string& key, const AssumedRole& role) {
    Document entry = document_of(role);
    std::string bytes = dumps(entry);
    wipe(entry);
    const auto done = host_.replace_file(path_of(key, ".json"), bytes);
    base::wipe(bytes);
    if (!done) tell(done.error());
  }

  // Each trouble once.
  void tell(const Error& error) {
    if (!note_) return;
    {
      const std::lock_guard lock(mutex_);
      if (!told_.insert(error.message).second) return;
    }
    note_("role cache: " + error.message);
  }

  const Host host_;
  Clock& clock_;
  const std::string folder_;
  const NoteFunction note_;
  std::mutex mutex_;
  std::set<std::pair<std::string, std::string>> refused_;  // key, access key
  std::set<std::string> told_;
};

}  // namespace

std::unique_ptr<CredentialCache> make_credential_cache(Host host, Clock& clock, std::string folder,
                                                       NoteFunction note) {
  return std::make_unique<FolderCache>(std::move(host), clock, std::move(folder), std::move(note));
}

std::string cache_key(const Document& arguments) {
  return base::sha1_hex(dumps(sorted(arguments)));
}

}  // namespace crosslog
