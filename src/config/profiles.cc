// The two shared files, found, read and laid over each other: the credentials
// file wins property by property, as in the SDKs and (for what they agree on) in
// the AWS CLI.
#include "config/profiles.h"

#include <algorithm>
#include <utility>

#include "base/crypto.h"
#include "base/text.h"
#include "base/try.h"
#include "crosslog/config.h"
#include "wire/shared_config.h"

namespace crosslog {
namespace config {
namespace {

bool is_name_byte(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// At a '$': the length of "$NAME" or "${NAME}" and the name; 0 when it is neither.
std::pair<std::size_t, std::string_view> variable_at(std::string_view text) {
  if (text.size() > 1 && text[1] == '{') {
    const auto closing = text.find('}');
    if (closing == std::string_view::npos) return {};
    return {closing + 1, text.substr(2, closing - 2)};
  }
  const auto* const end = std::find_if_not(text.begin() + 1, text.end(), is_name_byte);
  const std::string_view name(text.begin() + 1, end);
  return {name.empty() ? 0 : name.size() + 1, name};
}

// A variable that is not set stays as written (Python's expandvars).
Result<std::string> expand_variables(const Host& host, std::string_view text) {
  std::string expanded;
  while (!text.empty()) {
    const auto dollar = std::min(text.find('$'), text.size());
    expanded.append(text.substr(0, dollar));
    text.remove_prefix(dollar);
    if (text.empty()) break;
    const auto [length, name] = variable_at(text);
    const auto taken = std::max<std::size_t>(length, 1);
    std::optional<std::string> value;
    if (length > 0 && !name.empty()) {
      CROSSLOG_TRY(value, environment(host, name));
    }
    expanded.append(value ? std::string_view(*value) : text.substr(0, taken));
    text.remove_prefix(taken);
  }
  return expanded;
}

// Without slashes at its end.
Result<std::optional<std::string>> home(const Host& host) {
  CROSSLOG_TRY(const auto value, environment(host, "HOME"));
  if (!value || value->empty()) return std::nullopt;
  if (value->front() != '/') {
    return fail(Errc::configuration, "The environment variable HOME is not an absolute path");
  }
  return value->substr(0, value->find_last_not_of('/') + 1);
}

}  // namespace

Result<std::optional<std::string>> environment(const Host& host, std::string_view name) {
  auto value = host.getenv(name);
  if (!value) return value;
  const auto subject = [name] { return "The environment variable " + base::visible(name); };
  if (value->size() > kMaxEnvironmentValueBytes) {
    return fail(Errc::configuration,
                subject() + " is longer than " + std::to_string(kMaxEnvironmentValueBytes) + " bytes");
  }
  if (std::any_of(value->begin(), value->end(), base::is_control)) {
    return fail(Errc::configuration, subject() + " holds a control character");
  }
  return value;
}

std::string url_for_message(std::string_view url) {
  const auto at = url.rfind('@');
  if (at == std::string_view::npos) return base::visible(url);
  const auto slashes = url.find("//");
  const auto scheme = slashes < at ? url.substr(0, slashes + 2) : std::string_view();
  return base::visible(scheme) + "***" + base::visible(url.substr(at));
}

Result<ConfigPath> config_path(const Host& host, std::string_view variable, std::string_view by_default) {
  CROSSLOG_TRY(const auto given, environment(host, variable));
  CROSSLOG_TRY(auto path, expand_variables(host, given ? std::string_view(*given) : by_default));
  if (path != "~" && !path.starts_with("~/")) return ConfigPath{std::move(path)};
  CROSSLOG_TRY(const auto directory, home(host));
  if (!directory) return ConfigPath{std::move(path), true};
  return ConfigPath{*directory + path.substr(1)};
}

}  // namespace config

namespace {

using Sections = std::map<std::string, Profile, std::less<>>;

// Where a file that is empty by construction is looked for.
bool is_no_file(const std::string& path) {
  return path.empty() || path == "/dev/null";
}

void merge(Sections& into, wire::ConfigSections& from, const std::string& path, wire::ConfigKind kind) {
  for (auto& [name, properties] : from) {
    auto& profile = into[name];
    profile.name = name;
    for (auto& [key, property] : properties) {
      profile.properties.insert_or_assign(
          key, Property{std::move(property.value), std::move(property.nested), path, property.line,
                        kind == wire::ConfigKind::credentials});
    }
  }
}

// S8 of the threat list: keys belong into a file that nobody else can read.
void note_exposed_keys(SharedConfig& config, const wire::ConfigFile& file, const File& bytes,
                       const std::string& path, wire::ConfigKind kind) {
  bool has_keys = kind == wire::ConfigKind::credentials;
  for (const auto& [name, properties] : file.profiles) {
    const auto key = properties.find("aws_secret_access_key");
    if (key == properties.end() || kind == wire::ConfigKind::credentials) continue;
    has_keys = true;
    config.notes.push_back(path + ":" + std::to_string(key->second.line) +
                           ": aws_secret_access_key belongs into the credentials file");
  }
  if (bytes.world_readable && has_keys) {
    config.notes.push_back("Other users can read " + path + ": chmod 600 protects it");
  }
}

Result<void> load(const Host& host, const std::string& path, wire::ConfigKind kind, SharedConfig& config) {
  if (is_no_file(path)) return {};
  CROSSLOG_TRY(auto bytes, host.read_file(path, wire::kMaxConfigBytes));
  if (!bytes) return {};
  auto parsed = wire::parse_shared_config(bytes->bytes, kind, path);
  base::wipe(bytes->bytes);
  if (!parsed) return std::unexpected(std::move(parsed).error());
  const auto shown = base::visible(path);
  for (const auto& note : parsed->notes) {
    config.notes.push_back(shown + ":" + std::to_string(note.line) + ": " + note.text);
  }
  note_exposed_keys(config, *parsed, *bytes, shown, kind);
  merge(config.profiles, parsed->profiles, path, kind);
  merge(config.sso_sessions, parsed->sso_sessions, path, kind);
  merge(config.services, parsed->services, path, kind);
  return {};
}

Result<void> locate_and_load(const Host& host, std::string_view variable, std::string_view by_default,
                             wire::ConfigKind kind, std::string& path, SharedConfig& config) {
  CROSSLOG_TRY(auto located, config::config_path(host, variable, by_default));
  path = std::move(located.path);
  if (path.empty()) config.notes.push_back(std::string(variable) + " is set to nothing: no file is read");
  if (located.without_home) {
    config.notes.push_back("HOME is not set: " + base::visible(path) + " is not read");
    return {};
  }
  return load(host, path, kind, config);
}

}  // namespace

const Property* Profile::find(std::string_view property) const {
  const auto found = properties.find(property);
  return found == properties.end() ? nullptr : &found->second;
}

std::string_view Profile::value(std::string_view property) const {
  const auto* const found = find(property);
  return found == nullptr ? std::string_view() : std::string_view(found->value);
}

const Profile* SharedConfig::find_profile(std::string_view name) const {
  const auto found = profiles.find(name);
  return found == profiles.end() ? nullptr : &found->second;
}

Property::~Property() {
  base::wipe(value);
}

Result<SharedConfig> load_shared_config(const Host& host) {
  SharedConfig config;
  CROSSLOG_CHECK(locate_and_load(host, "AWS_CONFIG_FILE", "~/.aws/config", wire::ConfigKind::config,
                                 config.config_path, config));
  CROSSLOG_CHECK(locate_and_load(host, "AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials",
                                 wire::ConfigKind::credentials, config.credentials_path, config));
  return config;
}

}  // namespace crosslog
