// The check of AWS Signature Version 4, written from the specification and apart from
// the signer (crosslog/sigv4.h is never included), on the request that arrived. Both
// forms: the Authorization header, and the query of a presigned URL.
//
// What it refuses has AWS's own words. Which code and status go with them is the
// protocol's business (aws_error.h).
#ifndef CROSSLOG_SRC_SANDBOX_VERIFIER_H_
#define CROSSLOG_SRC_SANDBOX_VERIFIER_H_

#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/raw_request.h"
#include "sandbox/text.h"

namespace crosslog::sandbox {

enum class Problem {
  missing_authentication,
  incomplete_signature,  // and anything malformed about it
  unknown_key,           // or a session token that is not this key's
  expired_token,
  bad_signature,  // and a bad scope, date, or unsigned header
};

struct Refusal {
  Problem problem;
  std::string message;
};

// What the server knows of an access key.
struct KnownKey {
  std::string secret;
  std::optional<std::string> session_token;
  std::optional<Time> expires;
};
using KeyLookup = std::function<std::optional<KnownKey>(std::string_view access_key_id)>;

struct VerifyOptions {
  Time now;
  std::chrono::seconds max_skew = std::chrono::minutes(15);
  bool normalize_path = true;           // every service but S3
  bool token_may_be_unsigned = false;   // X-Amz-Security-Token added after signing
  bool allow_unsigned_payload = false;  // S3 only: the body's hash replaced by UNSIGNED-PAYLOAD
};

struct Signed {
  std::string access_key_id;
  std::string day;
  std::string region;
  std::string service;
  std::string signed_headers;
  bool presigned = false;
};

// Who claims to have signed, unverified: tells which protocol to refuse in, and what to log.
[[nodiscard]] std::expected<Signed, Refusal> claimed_signature(const RawRequest& request);

[[nodiscard]] std::expected<Signed, Refusal> verify(const RawRequest& request, const KeyLookup& lookup,
                                                    const VerifyOptions& options);

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_VERIFIER_H_
