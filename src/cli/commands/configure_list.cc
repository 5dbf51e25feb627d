#include "cli/commands/configure_list.h"

#include <array>
#include <utility>

#include "cli/unicode.h"

namespace crosslog::cli {
namespace {

constexpr std::array<std::string_view, 11> kSubcommands{
    "list", "get",         "set",       "add-model",          "import",       "list-profiles",
    "sso",  "sso-session", "mfa-login", "export-credentials", "agent-toolkit"};

struct SettingRow {
  std::string value = "<not set>", type = "None", location = "None";
};

void append_padded(std::string& out, std::string_view text, std::size_t width) {
  out += text;
  const std::size_t length = decode_utf8(text).size();
  if (length < width) out.append(width - length, ' ');
}

std::string line_of(std::string_view name, const SettingRow& row) {
  std::string out;
  append_padded(out, name, 10);
  out += " : ";
  append_padded(out, row.value, 24);
  out += " : ";
  append_padded(out, row.type, 16);
  return out + " : " + row.location + "\n";
}

// The first of the variables that is set, if only to nothing. The location is
// the list of both, in Python's words.
std::optional<SettingRow> of_environment(const Host& host, std::string_view first, std::string_view second) {
  for (const auto name : {first, second}) {
    if (auto value = host.getenv(name)) {
      return SettingRow{std::move(*value), "env",
                        "['" + std::string(first) + "', '" + std::string(second) + "']"};
    }
  }
  return std::nullopt;
}

SettingRow profile_row(const ConfigureListContext& context) {
  if (const auto& given = context.globals.overrides.profile) return {*given, "manual", "--profile"};
  return of_environment(context.host, "AWS_PROFILE", "AWS_DEFAULT_PROFILE").value_or(SettingRow{});
}

SettingRow region_row(const ConfigureListContext& context, const std::string& profile) {
  const auto& given = context.globals.overrides.region;
  // The AWS CLI looks at its option last and takes it for the metadata's.
  if (given && !context.program.is_aws()) return {*given, "manual", "--region"};
  if (auto row = of_environment(context.host, "AWS_REGION", "AWS_DEFAULT_REGION")) return std::move(*row);
  const Profile* found = context.config.find_profile(profile);
  if (const Property* region = found == nullptr ? nullptr : found->find("region")) {
    return {region->value, "config-file", context.host.getenv("AWS_CONFIG_FILE").value_or("~/.aws/config")};
  }
  const auto region = given ? given : context.instance_region();
  return region ? SettingRow{*region, "imds", ""} : SettingRow{};
}

SettingRow masked(std::string_view key, const std::string& method) {
  constexpr std::size_t kShown = 4;
  const auto end = key.size() > kShown ? key.substr(key.size() - kShown) : key;
  return {std::string(16, '*') + std::string(end), method, ""};
}

}  // namespace

Outcome<void> configure_list(const ConfigureListContext& context,
                             const std::function<Outcome<void>(std::string_view)>& print) {
  const SettingRow profile = profile_row(context);
  const bool named = profile.type != "None";
  if (auto done = print(line_of("NAME", {"VALUE", "TYPE", "LOCATION"}) + line_of("profile", profile)); !done)
    return done;
  const auto credentials = context.credentials();
  SettingRow access_key, secret_key;
  if (credentials) {
    const std::string method =
        credentials->hops.empty() ? credentials->origin : credentials->hops.back().method;
    access_key = masked(credentials->access_key_id, method);
    secret_key = masked(credentials->secret_access_key.reveal(), method);
  } else if (credentials.error().kind != Failure::Kind::no_credentials) {
    return std::unexpected(credentials.error());
  }
  const SettingRow region = region_row(context, named ? profile.value : "default");
  return print(line_of("access_key", access_key) + line_of("secret_key", secret_key) +
               line_of("region", region));
}

std::span<const std::string_view> configure_subcommands() noexcept {
  return kSubcommands;
}

std::string configure_list_help(const Program& program) {
  return "usage: " + program.name +
         " [options] configure list\n\n"
         "Shows the profile, the access key, the secret key and the region that other\n"
         "commands would use, and what kind of place each comes from. Of the keys only the\n"
         "last four characters are shown.\n";
}

}  // namespace crosslog::cli
