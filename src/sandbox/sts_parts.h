// What the operations of STS have in common: fields of the form, refusals, and the
// elements of an answer.
#ifndef CROSSLOG_SRC_SANDBOX_STS_PARTS_H_
#define CROSSLOG_SRC_SANDBOX_STS_PARTS_H_

#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/aws_error.h"
#include "sandbox/state.h"
#include "sandbox/validation.h"

namespace crosslog::sandbox {

using FormFields = std::map<std::string, std::string, std::less<>>;
using StsFailure = std::unexpected<AwsError>;

inline constexpr std::int64_t kMinSession = 900, kMaxSession = 43200;

[[nodiscard]] StsFailure validation_error(std::string message);
[[nodiscard]] StsFailure access_denied(std::string message);

[[nodiscard]] std::optional<std::string> field(const FormFields& fields, std::string_view name);
// Name.member.1, Name.member.2, ... without a gap.
[[nodiscard]] std::vector<std::string> field_list(const FormFields& fields, const std::string& name,
                                                  const std::string& suffix = {});
// DurationSeconds, an hour when it is not given.
[[nodiscard]] std::expected<std::int64_t, AwsError> duration_field(const FormFields& fields);

// The three parameters that both ways to a role take.
void check_role_parameters(Validation& check, const std::optional<std::string>& role_arn,
                           const std::optional<std::string>& session_name, std::int64_t duration);
// A letter, a digit, '_', or one of the others.
[[nodiscard]] bool is_word_or(char c, std::string_view others);
// arn:aws:iam::<12 digits>:role/<path and name>
[[nodiscard]] bool is_role_arn(std::string_view arn);

[[nodiscard]] std::string element(std::string_view name, std::string_view text);
// AssumedRoleUser and Credentials.
[[nodiscard]] std::string session_members(const Session& session);
[[nodiscard]] Response sts_result(const std::string& action, const std::string& members);

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_STS_PARTS_H_
