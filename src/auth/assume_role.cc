// Somebody else's role, borrowed: STS AssumeRole, signed by the provider below.
// What it gives ends no later than what it was borrowed with.
#include <algorithm>
#include <string>
#include <utility>

#include "base/try.h"
#include "crosslog/providers.h"
#include "crosslog/sts.h"

namespace crosslog {
namespace {

class AssumeRoleProvider final : public CredentialProvider {
 public:
  AssumeRoleProvider(Transport& transport, Clock& clock, Random random, ProviderPtr base,
                     AssumeRoleOptions options)
      : clock_(clock),
        options_(std::move(options)),
        base_(make_cached(std::move(base), clock, std::move(random))),
        sts_(transport, clock, *base_, options_.client) {}

  Result<Credentials> get(std::stop_token stop) override {
    CROSSLOG_TRY(const Credentials source, base_->get(stop));
    AssumeRole role = options_.role;
    if (role.role_session_name.empty()) role.role_session_name = session_name();
    auto assumed = sts_.assume_role(role, stop);
    if (!assumed) return std::unexpected(explain(std::move(assumed).error()));
    Credentials& credentials = assumed->credentials;
    if (credentials.session_token.empty()) {
      return fail(Errc::credentials, "STS gave no session token for the role " + role.role_arn);
    }
    CROSSLOG_CHECK(check(credentials));
    if (source.expires && credentials.expires)
      credentials.expires = std::min(*credentials.expires, *source.expires);
    credentials.origin = "role " + role.role_arn + ", assumed with " +
                         (source.origin.empty() ? std::string("other credentials") : source.origin);
    return std::move(credentials);
  }

  void invalidate(std::string_view access_key_id) noexcept override { base_->invalidate(access_key_id); }

 private:
  [[nodiscard]] std::string session_name() const {
    const auto epoch = std::chrono::floor<std::chrono::seconds>(clock_.now()).time_since_epoch();
    return options_.session_prefix + "-" + std::to_string(epoch.count());
  }

  [[nodiscard]] Error explain(Error error) const {
    if (error.code == Errc::cancelled) return error;
    error.hints.insert(error.hints.begin(), "while assuming the role " + options_.role.role_arn);
    if (error.code == Errc::access_denied) {
      const bool external_id = !options_.role.external_id.empty();
      error.hints.push_back(
          "check both policies: the caller's identity policy must allow sts:AssumeRole on " +
          options_.role.role_arn + ", and the role's trust policy must name the caller" +
          (external_id ? " and this external id" : " (and ask for no external_id, or set one)"));
    }
    return error;
  }

  Clock& clock_;
  const AssumeRoleOptions options_;
  const ProviderPtr base_;
  StsClient sts_;
};

}  // namespace

ProviderPtr make_assume_role_provider(Transport& transport, Clock& clock, Random random, ProviderPtr base,
                                      AssumeRoleOptions options) {
  return std::make_unique<AssumeRoleProvider>(transport, clock, std::move(random), std::move(base),
                                              std::move(options));
}

}  // namespace crosslog
