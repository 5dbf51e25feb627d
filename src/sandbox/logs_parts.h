// What the operations of CloudWatch Logs share: which group is meant, who may read it,
// pages by opaque tokens, masked messages.
#ifndef CROSSLOG_SRC_SANDBOX_LOGS_PARTS_H_
#define CROSSLOG_SRC_SANDBOX_LOGS_PARTS_H_

#include <boost/json.hpp>
#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/aws_error.h"
#include "sandbox/state.h"

namespace crosslog::sandbox {

using Failure = std::unexpected<AwsError>;
using Body = std::expected<std::string, AwsError>;  // of an answer

// One request whose parameters are checked.
struct LogsCall {
  State& state;
  const Principal& caller;
  std::string region, operation;
  boost::json::object in;
  const Fault* fault = nullptr;

  [[nodiscard]] std::optional<std::string> text(std::string_view name) const;
  [[nodiscard]] std::optional<std::int64_t> number(std::string_view name) const;
  // The same, of a time: never so late that arithmetic with it could overflow.
  [[nodiscard]] std::optional<std::int64_t> time(std::string_view name) const;
  [[nodiscard]] std::optional<bool> flag(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const { return in.contains(name); }
};

[[nodiscard]] Failure invalid(std::string message);
[[nodiscard]] Failure not_found(std::string message);

[[nodiscard]] std::string group_arn(const GroupKey& key);
[[nodiscard]] std::string stream_arn(const GroupKey& key, std::string_view stream);

// By identity policies, and for a group of another account by a link to it.
[[nodiscard]] std::expected<void, AwsError> authorize(const LogsCall& call, std::string_view action,
                                                      const std::string& resource,
                                                      const std::string& account);
// Operations on the account and not on one group.
[[nodiscard]] std::expected<void, AwsError> authorize_account(const LogsCall& call);

// A name, or arn:aws:logs:REGION:ACCOUNT:log-group:NAME.
[[nodiscard]] std::expected<GroupKey, AwsError> group_of_identifier(const LogsCall& call,
                                                                    const std::string& identifier);

struct OpenGroup {
  GroupKey key;
  const LogGroup* group = nullptr;
};
// By logGroupName or logGroupIdentifier, one of them; authorized for the operation and,
// where asked, for unmask. The resource in refusals ends in `stream`.
[[nodiscard]] std::expected<OpenGroup, AwsError> open_group(const LogsCall& call,
                                                            std::string_view stream = {});

// The message with every masked word as asterisks, unless the call has unmask.
[[nodiscard]] std::string shown_message(const LogEvent& event, const LogGroup& group, bool unmask);
// The same as a JSON string, quotes included; bytes of a seed's message_wire as they are.
void append_message(std::string& out, const LogEvent& event, const LogGroup& group, bool unmask);

// The caller's account, then those whose logs it sees.
[[nodiscard]] std::vector<std::string> visible_accounts(const LogsCall& call);

// A token for `place`, opaque, bound to the operation, the account and the parameters but
// for page sizes and direction; lives for `life`.
[[nodiscard]] std::string write_place(const LogsCall& call, const boost::json::value& place);
// nullopt without nextToken.
[[nodiscard]] std::expected<std::optional<boost::json::value>, AwsError> read_place(
    const LogsCall& call, std::chrono::hours life = std::chrono::hours(24));

// Items under keys in their order; a page of them under `list`, with nextToken when there
// are more. Tokens hold the last key, so that what is added later moves nothing.
struct Listed {
  std::string key;
  boost::json::object item;
};
[[nodiscard]] Body page_of(const LogsCall& call, std::vector<Listed> items, std::string_view list,
                           std::string_view limit_name, std::int64_t default_limit, bool descending = false);

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_LOGS_PARTS_H_
