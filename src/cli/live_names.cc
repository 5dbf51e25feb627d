#include "cli/live_names.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <set>
#include <thread>
#include <utility>

#include "cli/group_name.h"
#include "cli/logs_session.h"
#include "cli/session.h"

namespace crosslog::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 2s;
constexpr auto kFresh = 60s;
constexpr std::size_t kMaxNames = 500;
constexpr std::size_t kMaxFile = 1u << 20;  // 500 names of 512 bytes, in JSON
constexpr std::int64_t kNamesPage = 50;

// FNV-1a. Whoever can write the folder needs no collision.
std::uint64_t hash(std::string_view text, std::uint64_t start) {
  for (const char c : text)
    start = (start ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return start;
}

std::string hex(std::uint64_t number) {
  std::string out;
  for (int shift = 60; shift >= 0; shift -= 4)
    out += "0123456789abcdef"[(number >> shift) & 15];
  return out;
}

std::string key_of(std::string_view query) {
  return hex(hash(query, 0xcbf29ce484222325)) + hex(hash(query, 0x6c62272e07bb0142));
}

// Two digits of the key below 64.
std::string file_of(const std::string& key) {
  return "names-" + std::to_string(hash(key, 0xcbf29ce484222325) % 64) + ".json";
}

std::string cache_folder(const Host& host) {
  const auto value = [&](std::string_view name) { return host.getenv(name).value_or(""); };
  if (!value("CROSSLOG_NO_CACHE").empty()) return {};
  const std::string cache = value("XDG_CACHE_HOME"), home = value("HOME");
  if (cache.starts_with('/')) return cache + "/crosslog/completion/";
  return home.starts_with('/') ? home + "/.cache/crosslog/completion/" : std::string();
}

std::optional<std::vector<std::string>> texts_of(const Document* list) {
  if (list == nullptr || list->list() == nullptr) return std::nullopt;
  std::vector<std::string> texts;
  for (const auto& item : *list->list()) {
    if (item.string() == nullptr) return std::nullopt;
    texts.push_back(*item.string());
  }
  return texts;
}

// A stop_token that stops after a while, and when the program shall.
class Deadline {
 public:
  explicit Deadline(std::stop_token outer)
      : link_(std::move(outer), [this] { source_.request_stop(); }), timer_([this](std::stop_token end) {
          if (system_clock().sleep_for(kPatience, end)) source_.request_stop();
        }) {}
  [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

 private:
  std::stop_source source_;
  std::stop_callback<std::function<void()>> link_;
  std::jthread timer_;
};

bool may_begin_group(std::string_view prefix) {
  return std::ranges::all_of(prefix, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(".-_/#").contains(c);
  });
}

}  // namespace

NameCache::NameCache(const Host& host) : host_(host), folder_(cache_folder(host)) {}

std::optional<std::vector<std::string>> NameCache::find(std::string_view query, TimePoint now) const {
  if (folder_.empty() || !host_.read_private_file) return std::nullopt;
  const std::string key = key_of(query);
  const auto file = host_.read_private_file(folder_ + file_of(key), kMaxFile);
  if (!file || !*file) return std::nullopt;
  const auto entry = parse_json((*file)->bytes, {.max_bytes = kMaxFile});
  if (!entry) return std::nullopt;
  const Document* of = entry->find("query");
  const Document* time = entry->find("time");
  if (of == nullptr || of->string() == nullptr || *of->string() != key) return std::nullopt;
  if (time == nullptr || time->integer() == nullptr) return std::nullopt;
  const std::int64_t latest = now.time_since_epoch().count();
  const std::int64_t earliest = latest - std::chrono::milliseconds(kFresh).count();
  if (*time->integer() < earliest || *time->integer() > latest) return std::nullopt;
  return texts_of(entry->find("names"));
}

void NameCache::keep(std::string_view query, const std::vector<std::string>& names, TimePoint now) const {
  if (folder_.empty() || !host_.replace_file) return;
  const std::string key = key_of(query);
  const Document entry(Document::Map{{"query", key},
                                     {"time", std::int64_t{now.time_since_epoch().count()}},
                                     {"names", Document::List(names.begin(), names.end())}});
  (void)host_.replace_file(folder_ + file_of(key), write_json(entry));
}

LiveNames::LiveNames(const Program& program, const Host& host, std::stop_token stop)
    : program_(program), host_(host), stop_(std::move(stop)) {
  host_.ask = {};
  auto config = load_shared_config(host_);
  config_is_good_ = config.has_value();
  if (config) config_ = std::move(*config);
}

NameSource LiveNames::source() {
  return {.profiles =
              [this] {
                std::vector<std::string> names;
                for (const auto& [name, _] : config_.profiles)
                  names.push_back(name);
                return names;
              },
          .regions =
              [this] {
                std::set<std::string> regions;
                for (const auto& [_, profile] : config_.profiles)
                  regions.emplace(profile.value("region"));
                for (const char* variable : {"AWS_REGION", "AWS_DEFAULT_REGION"})
                  regions.insert(host_.getenv(variable).value_or(""));
                regions.erase("");
                return std::vector(regions.begin(), regions.end());
              },
          .groups = [this](const auto& given, const auto& prefix) { return groups(given, prefix); },
          .streams = [this](const auto& given, const auto& group,
                            const auto& prefix) { return streams(given, group, prefix); }};
}

std::vector<std::string> LiveNames::groups(const GivenOptions& given, const std::string& prefix) {
  if (!may_begin_group(prefix)) return {};
  Document parameters(Document::Map{{"limit", kNamesPage}});
  if (!prefix.empty()) parameters.set("logGroupNamePrefix", prefix);
  return names(given, {.operation = "DescribeLogGroups",
                       .list = "logGroups",
                       .member = "logGroupName",
                       .parameters = std::move(parameters),
                       .region = {}});
}

// The service finds names by their beginning or by time. Without a beginning the
// latest are wanted.
std::vector<std::string> LiveNames::streams(const GivenOptions& given, const std::string& group,
                                            const std::string& prefix) {
  const auto parsed = parse_group_name(group);
  if (!parsed || (!prefix.empty() && !fault_of_stream_name(prefix).empty())) return {};
  Document parameters = parsed->parameters();
  parameters.set("limit", kNamesPage);
  if (prefix.empty()) {
    parameters.set("orderBy", "LastEventTime");
    parameters.set("descending", true);
  } else {
    parameters.set("logStreamNamePrefix", prefix);
  }
  return names(given, {.operation = "DescribeLogStreams",
                       .list = "logStreams",
                       .member = "logStreamName",
                       .parameters = std::move(parameters),
                       .region = parsed->region});
}

std::vector<std::string> LiveNames::names(const GivenOptions& given, const Query& query) {
  if (!config_is_good_) return {};
  const auto settings = resolve_settings(host_, config_, given.overrides);
  if (!settings) return {};
  std::string about = query.operation + '\0' + write_json(query.parameters);
  for (const auto& part :
       {settings->profile, query.region.empty() ? settings->region.value_or("") : query.region,
        settings->logs_endpoint ? settings->logs_endpoint->url : std::string(), config_.config_path,
        config_.credentials_path, host_.getenv("AWS_ACCESS_KEY_ID").value_or(""),
        host_.getenv("AWS_ROLE_ARN").value_or("")})
    about += '\0' + part;
  const NameCache cache(host_);
  if (auto known = cache.find(about, system_clock().now())) return std::move(*known);
  auto found = ask(given, *settings, query);
  if (found.whole) cache.keep(about, found.names, system_clock().now());
  return std::move(found.names);
}

LiveNames::Answer LiveNames::ask(const GivenOptions& given, const Settings& settings, const Query& query) {
  const Deadline deadline(stop_);
  GlobalOptions globals;
  globals.overrides = given.overrides;
  globals.overrides.connect_timeout = globals.overrides.read_timeout = kPatience;
  globals.no_cache = given.no_cache;
  Settings hasty = settings;
  hasty.max_attempts = 1;
  hasty.connect_timeout = hasty.read_timeout = kPatience;
  const Session session{.program = program_,
                        .host = host_,
                        .config = config_,
                        .globals = globals,
                        .settings = hasty,
                        .stop = deadline.token(),
                        .debug = {},
                        .note = {}};
  auto logs = LogsSession::open(session, query.region);
  Answer found;
  Document parameters = query.parameters;
  while (logs && !found.whole) {
    auto page = logs->call(query.operation, parameters);
    if (!page) break;
    const std::string token = next_token_of(*page);
    const auto items = list_of(std::move(*page), query.list);
    if (!items) break;
    for (const auto& item : *items) {
      const Document* name = item.find(query.member);
      if (name != nullptr && name->string() != nullptr) found.names.push_back(*name->string());
    }
    found.whole = token.empty() || found.names.size() >= kMaxNames;
    parameters.set("nextToken", token);
  }
  return found;
}

}  // namespace crosslog::cli
