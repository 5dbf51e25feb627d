// AWS Security Token Service, API version 2011-06-15: who am I, and let me be
// somebody else. Requests and answers as pure functions, and a client of both.
#ifndef CROSSLOG_STS_H_
#define CROSSLOG_STS_H_

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "crosslog/client.h"
#include "crosslog/credentials.h"
#include "crosslog/http.h"
#include "crosslog/transport.h"

namespace crosslog {

struct CallerIdentity {
  std::string user_id, account, arn;
};

// Members as in the API; sent only when set.
struct AssumeRole {
  std::string role_arn;
  std::string role_session_name;
  std::string external_id;
  std::optional<std::chrono::seconds> duration;  // DurationSeconds; the service's default is an hour
  std::string serial_number, token_code;         // multi-factor authentication
  std::string policy;
};

// AssumeRoleWithWebIdentity: the token is the proof, so nothing is signed.
struct AssumeRoleWithWebIdentity {
  std::string role_arn, role_session_name;
  Secret web_identity_token;  // sent as it stands, a line break at its end included
};

struct AssumedRole {
  Credentials credentials;  // account_id is of assumed_role_arn
  std::string assumed_role_id, assumed_role_arn;
  std::optional<int> packed_policy_size;
};

// The request is not signed yet. POST, form-encoded, members in model order.
[[nodiscard]] HttpRequest make_get_caller_identity_request(const Endpoint& endpoint);
[[nodiscard]] HttpRequest make_request(const AssumeRole& role, const Endpoint& endpoint);
[[nodiscard]] HttpRequest make_request(const AssumeRoleWithWebIdentity& role, const Endpoint& endpoint);

// Strict: duplicate or empty fields, a fields's wrong parent, a DOCTYPE, a
// truncated body: Errc::protocol with the byte offset, never a byte of the body.
[[nodiscard]] Result<CallerIdentity> decode_caller_identity(const HttpResponse& response);
[[nodiscard]] Result<AssumedRole> decode_assumed_role(const HttpResponse& response);
[[nodiscard]] Result<AssumedRole> decode_assumed_role_with_web_identity(const HttpResponse& response);
// What STS said went wrong. Precondition: response.status is not 2xx.
[[nodiscard]] Error decode_sts_error(const HttpResponse& response);

// One signed, retried call each. Thread-safe. References must outlive the client.
class StsClient {
 public:
  StsClient(Transport& transport, Clock& clock, CredentialProvider& credentials, ClientOptions options);
  ~StsClient();
  Result<CallerIdentity> get_caller_identity(std::stop_token stop = {});
  Result<AssumedRole> assume_role(const AssumeRole& role, std::stop_token stop = {});

 private:
  std::unique_ptr<class SignedCall> call_;
};

}  // namespace crosslog

#endif  // CROSSLOG_STS_H_
