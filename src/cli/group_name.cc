#include "cli/group_name.h"

#include <algorithm>
#include <array>

#include "cli/unicode.h"

namespace crosslog::cli {
namespace {

constexpr std::size_t kMaxName = 512;

bool is_group_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view(".-_/#").contains(c);
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kShown = 128;
  return "\"" + visible(text.substr(0, kShown), "") + (text.size() > kShown ? "..." : "") + "\"";
}

std::string fault_of_group_name(std::string_view name) {
  if (name.empty()) return "the name of the log group is empty";
  if (name.size() > kMaxName) return "the name of a log group has at most 512 characters: " + quoted(name);
  if (name.contains('*') || name.contains('?')) {
    return quoted(name) + " is a pattern, and one log group is read at a time: see groups PATTERN";
  }
  if (std::ranges::all_of(name, is_group_character)) return "";
  return quoted(name) + " is not the name of a log group: letters, digits and . - _ / # make one";
}

// The part before the next colon, which is taken away with it.
std::string_view take(std::string_view& rest) {
  const auto part = rest.substr(0, rest.find(':'));
  rest.remove_prefix(std::min(rest.size(), part.size() + 1));
  return part;
}

bool is_account(std::string_view text) {
  return text.size() == 12 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// arn:aws:logs:REGION:ACCOUNT:log-group:NAME, then nothing, ":*", ":STREAM" or
// ":log-stream:STREAM".
std::expected<GroupName, std::string> parse_arn(std::string_view text) {
  std::string_view rest = text;
  std::array<std::string_view, 6> parts;
  for (auto& part : parts)
    part = take(rest);
  const auto [arn, partition, service, region, account, kind] = parts;
  if (partition.empty() || service != "logs" || region.empty() || kind != "log-group") {
    return std::unexpected(quoted(text) + " is not the ARN of a log group, which is " +
                           "arn:aws:logs:REGION:ACCOUNT:log-group:NAME");
  }
  if (!is_account(account)) return std::unexpected("the account in " + quoted(text) + " is not 12 digits");
  GroupName group;
  group.region = region;
  group.account = account;
  group.name = take(rest);
  group.arn = text.substr(0, static_cast<std::size_t>(rest.data() - text.data()));
  if (group.arn.ends_with(':')) group.arn.pop_back();
  if (rest.starts_with("log-stream:")) rest.remove_prefix(std::string_view("log-stream:").size());
  if (rest != "*") group.stream = rest;
  return group;
}

}  // namespace

Document GroupName::parameters() const {
  return Document::Map{{arn.empty() ? "logGroupName" : "logGroupIdentifier", arn.empty() ? name : arn}};
}

std::string fault_of_stream_name(std::string_view name) {
  if (name.empty()) return "the name of the log stream is empty";
  if (name.size() > kMaxName) return "the name of a log stream has at most 512 characters: " + quoted(name);
  if (name.find_first_of(":*") == std::string_view::npos) return "";
  return quoted(name) + " is not the name of a log stream: it has no : and no *";
}

std::expected<GroupName, std::string> parse_group_name(std::string_view text) {
  auto group = text.starts_with("arn:") ? parse_arn(text) : [&] {
    GroupName plain;
    std::string_view rest = text;
    plain.name = take(rest);
    plain.stream = rest;
    return std::expected<GroupName, std::string>(std::move(plain));
  }();
  if (!group) return group;
  if (auto fault = fault_of_group_name(group->name); !fault.empty()) return std::unexpected(std::move(fault));
  if (group->stream.empty() && group->arn.empty() && text.ends_with(':')) {
    return std::unexpected("the name of the log stream after the colon is empty");
  }
  if (group->stream.size() > kMaxName || group->stream.contains(':')) {
    return std::unexpected(fault_of_stream_name(group->stream));
  }
  return group;
}

}  // namespace crosslog::cli
