// The calls of STS, each in one line.
#include "crosslog/sts.h"

#include <utility>

#include "auth/signed_call.h"

namespace crosslog {

StsClient::StsClient(Transport& transport, Clock& clock, CredentialProvider& credentials,
                     ClientOptions options)
    : call_(std::make_unique<SignedCall>(transport, clock, credentials, std::move(options))) {}

StsClient::~StsClient() = default;

Result<CallerIdentity> StsClient::get_caller_identity(std::stop_token stop) {
  return call_->call("GetCallerIdentity", make_get_caller_identity_request(call_->endpoint()),
                     decode_sts_error, decode_caller_identity, std::move(stop));
}

Result<AssumedRole> StsClient::assume_role(const AssumeRole& role, std::stop_token stop) {
  return call_->call("AssumeRole", make_request(role, call_->endpoint()), decode_sts_error,
                     decode_assumed_role, std::move(stop));
}

}  // namespace crosslog
