// The calls of STS. A body that held credentials is wiped once it is read.
#include "crosslog/sts.h"

#include <utility>

#include "auth/signed_call.h"
#include "base/crypto.h"

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
  const auto decode = [](HttpResponse response) {
    auto assumed = decode_assumed_role(response);
    base::wipe(response.body);
    return assumed;
  };
  return call_->call("AssumeRole", make_request(role, call_->endpoint()), decode_sts_error, decode,
                     std::move(stop));
}

}  // namespace crosslog
