// Refusals in the two protocols: query (STS, XML) and awsJson1.1 (Logs).
#ifndef CROSSLOG_SRC_SANDBOX_AWS_ERROR_H_
#define CROSSLOG_SRC_SANDBOX_AWS_ERROR_H_

#include <string>
#include <string_view>

#include "sandbox/faults.h"
#include "sandbox/response.h"
#include "sandbox/verifier.h"

namespace crosslog::sandbox {

inline constexpr std::string_view kStsNamespace = "https://sts.amazonaws.com/doc/2011-06-15/";

[[nodiscard]] Response sts_error(const AwsError& error);

// The ways in which AWS's JSON services name an error; `form` picks one:
// "" {"__type": CODE}; "namespace" com.amazonaws.logs#CODE; "header" x-amzn-ErrorType
// only; "uri" x-amzn-ErrorType: CODE:http://...; "code" {"code": CODE}; "both".
[[nodiscard]] Response logs_error(const AwsError& error);

// What each protocol answers to a signature that is refused.
[[nodiscard]] AwsError sts_refusal(const Refusal& refusal);
[[nodiscard]] AwsError logs_refusal(const Refusal& refusal);

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_AWS_ERROR_H_
