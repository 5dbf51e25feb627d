#include "cli/commands/whoami.h"

#include <array>
#include <cstdint>
#include <cstdio>
#include <utility>
#include <vector>

#include "crosslog/client.h"

namespace crosslog::cli {
namespace {

constexpr std::size_t kIdentityColumn = 12;  // where the values begin

std::string mask(std::string_view key) {
  constexpr std::size_t kShown = 4;
  if (key.size() < 4 * kShown) return std::string(key.size(), '*');
  return std::string(key.substr(0, kShown)) + std::string(key.size() - 2 * kShown, '*') +
         std::string(key.substr(key.size() - kShown));
}

// "2026-01-01T00:00:00Z"
std::string time_text(TimePoint time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const auto day = std::chrono::floor<std::chrono::days>(seconds);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(seconds - day);
  std::array<char, 48> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ", int{date.year()},
                unsigned{date.month()}, unsigned{date.day()}, static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
  return out.data();
}

// "5 h 12 min", "12 min", "40 s"
std::string duration_text(std::int64_t seconds) {
  constexpr std::int64_t kMinute = 60, kHour = 60 * kMinute;
  if (seconds < kMinute) return std::to_string(seconds) + " s";
  const std::string minutes = std::to_string(seconds % kHour / kMinute) + " min";
  return seconds < kHour ? minutes : std::to_string(seconds / kHour) + " h " + minutes;
}

Document with_origin(const char* name, std::string value, const std::string& origin) {
  return Document::Map{{name, std::move(value)}, {"Origin", origin}};
}

Document describe_endpoint(const Settings& settings, Service service, const std::string& region) {
  const auto& configured = service == Service::sts ? settings.sts_endpoint : settings.logs_endpoint;
  const auto endpoint = endpoint_of(settings, service, region);
  return Document::Map{{"Service", service == Service::sts ? "sts" : "logs"},
                       {"Url", endpoint ? endpoint->origin + endpoint->path : endpoint.error().message},
                       {"Origin", configured ? configured->origin.text : "default"}};
}

Document describe_credentials(const Credentials& credentials, TimePoint now) {
  Document out;
  out.set("AccessKeyId", mask(credentials.access_key_id));
  if (credentials.expires) {
    const auto left = std::chrono::floor<std::chrono::seconds>(*credentials.expires - now);
    out.set("Expiration", time_text(*credentials.expires));
    out.set("SecondsLeft", std::int64_t{left.count()});
  }
  out.set("Origin", credentials.origin);
  out.set("FromCache", !credentials.hops.empty() && credentials.hops.back().cached);
  return out;
}

Document describe_chain(const std::vector<CredentialHop>& hops) {
  Document::List chain;
  for (const auto& hop : hops) {
    chain.emplace_back(Document::Map{
        {"Method", hop.method}, {"Subject", hop.subject}, {"Place", hop.place}, {"FromCache", hop.cached}});
  }
  return chain;
}

const std::string& identity_text_of(const Document& map, std::string_view name) {
  static const std::string kNone;
  const Document* member = map.find(name);
  return member == nullptr || member->string() == nullptr ? kNone : *member->string();
}

bool is_set(const Document& map, std::string_view name) {
  const Document* member = map.find(name);
  return member != nullptr && member->boolean() != nullptr && *member->boolean();
}

std::string identity_row(std::string_view label, const std::string& value) {
  std::string out(label);
  out.resize(kIdentityColumn, ' ');
  return out + value + "\n";
}

std::string in_brackets(const std::string& text) {
  return text.empty() ? "" : " (" + text + ")";
}

std::string expiry_text(const Document& credentials) {
  const Document* left = credentials.find("SecondsLeft");
  if (left == nullptr) return "never";
  const std::int64_t seconds = *left->integer();
  return identity_text_of(credentials, "Expiration") +
         (seconds > 0 ? ", in " + duration_text(seconds) : ", " + duration_text(-seconds) + " ago");
}

std::string hop_text(const Document& hop) {
  const std::string& subject = identity_text_of(hop, "Subject");
  return identity_text_of(hop, "Method") + (subject.empty() ? "" : " " + subject) +
         in_brackets(identity_text_of(hop, "Place")) + (is_set(hop, "FromCache") ? ", from the cache" : "");
}

std::string write_chain(const Document::List& chain) {
  std::string out;
  for (std::size_t i = 0; i < chain.size(); ++i)
    out += identity_row(i == 0 ? "chain" : "", std::to_string(i + 1) + ". " + hop_text(chain[i]));
  return out;
}

std::string write_endpoints(const Document::List& endpoints) {
  std::string out;
  for (const auto& endpoint : endpoints) {
    out += identity_row(out.empty() ? "endpoints" : "",
                        identity_text_of(endpoint, "Service") + " " + identity_text_of(endpoint, "Url") +
                            in_brackets(identity_text_of(endpoint, "Origin")));
  }
  return out;
}

}  // namespace

Outcome<Document> whoami(const Session& session) {
  const auto connection = connect(session);
  if (!connection) return std::unexpected(connection.error());
  const auto region = region_of(session, **connection);
  if (!region) return std::unexpected(region.error());
  auto endpoint = endpoint_of(session.settings, Service::sts, *region);
  if (!endpoint) return std::unexpected(to_failure(std::move(endpoint).error()));
  ClientOptions options = client_options(session.settings, std::move(*endpoint));
  options.debug = session.debug;
  options.note = session.note;
  StsClient sts(*(*connection)->transport, system_clock(), *(*connection)->credentials, std::move(options));
  const auto caller = sts.get_caller_identity(session.stop);
  if (!caller) return std::unexpected(to_failure(caller.error()));
  const auto credentials = (*connection)->credentials->get(session.stop);
  if (!credentials) return std::unexpected(to_failure(credentials.error()));
  return describe_identity(
      {.caller = *caller,
       .credentials = *credentials,
       .settings = session.settings,
       .region = *region,
       .region_origin = session.settings.region ? session.settings.region_origin.text : "instance metadata",
       .now = system_clock().now()});
}

Document describe_identity(const Identity& identity) {
  const Settings& settings = identity.settings;
  Document out;
  out.set("Account", identity.caller.account);
  out.set("Arn", identity.caller.arn);
  out.set("UserId", identity.caller.user_id);
  out.set("Credentials", describe_credentials(identity.credentials, identity.now));
  out.set("Chain", describe_chain(identity.credentials.hops));
  out.set("Profile", with_origin("Name", settings.profile, settings.profile_origin.text));
  out.set("Region", with_origin("Name", identity.region, identity.region_origin));
  out.set("Endpoints", Document::List{describe_endpoint(settings, Service::sts, identity.region),
                                      describe_endpoint(settings, Service::logs, identity.region)});
  return out;
}

std::string write_identity(const Document& identity) {
  const Document& credentials = *identity.find("Credentials");
  const Document& profile = *identity.find("Profile");
  const Document& region = *identity.find("Region");
  return identity_row("account", identity_text_of(identity, "Account")) +
         identity_row("arn", identity_text_of(identity, "Arn")) +
         identity_row("user id", identity_text_of(identity, "UserId")) +
         identity_row("access key", identity_text_of(credentials, "AccessKeyId")) +
         identity_row("expires", expiry_text(credentials)) +
         identity_row("source", identity_text_of(credentials, "Origin")) +
         write_chain(*identity.find("Chain")->list()) +
         identity_row("profile",
                      identity_text_of(profile, "Name") + in_brackets(identity_text_of(profile, "Origin"))) +
         identity_row("region",
                      identity_text_of(region, "Name") + in_brackets(identity_text_of(region, "Origin"))) +
         write_endpoints(*identity.find("Endpoints")->list());
}

std::string whoami_help(const Program& program) {
  return "usage: " + program.name +
         " [options] whoami\n\n"
         "Asks STS who the credentials belong to, and shows how they came about: every step\n"
         "from the first source to the last role, when they expire, and where the profile,\n"
         "the region and the endpoints were configured. Never a secret.\n\n"
         "With --output the same as a document: Account, Arn, UserId, Credentials\n"
         "(AccessKeyId, masked; Expiration, SecondsLeft, Origin, FromCache), Chain (Method,\n"
         "Subject, Place, FromCache), Profile and Region (Name, Origin), Endpoints (Service,\n"
         "Url, Origin).\n";
}

}  // namespace crosslog::cli
