// Somebody else's role, borrowed: STS AssumeRole, signed by the provider below.
// What it gives ends no later than what it was borrowed with. With a cache nobody
// below is asked as long as the cache has it.
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <string>
#include <utility>

#include "base/text.h"
#include "base/try.h"
#include "crosslog/credential_cache.h"
#include "crosslog/document.h"
#include "crosslog/providers.h"
#include "crosslog/sts.h"

namespace crosslog {
namespace {

// What the AWS CLI makes the cache's key of: the arguments that were configured.
Document arguments_of(const AssumeRole& role) {
  Document arguments;
  const auto set = [&](const char* name, const std::string& value) {
    if (!value.empty()) arguments.set(name, value);
  };
  set("RoleArn", role.role_arn);
  set("RoleSessionName", role.role_session_name);
  set("ExternalId", role.external_id);
  set("SerialNumber", role.serial_number);
  set("Policy", role.policy);
  if (role.duration) arguments.set("DurationSeconds", std::int64_t{role.duration->count()});
  return arguments;
}

class AssumeRoleProvider final : public CredentialProvider {
 public:
  AssumeRoleProvider(Transport& transport, Clock& clock, Random random, ProviderPtr base,
                     AssumeRoleOptions options)
      : clock_(clock),
        options_(std::move(options)),
        key_(options_.cache != nullptr ? cache_key(arguments_of(options_.role)) : std::string()),
        base_(make_cached(std::move(base), clock, std::move(random))),
        sts_(transport, clock, *base_, options_.client) {}

  Result<Credentials> get(std::stop_token stop) override {
    const auto fetch = [&] { return assume(stop); };
    CROSSLOG_TRY(AssumedRole assumed,
                 options_.cache == nullptr ? fetch() : options_.cache->get(key_, fetch, stop));
    Credentials& credentials = assumed.credentials;
    if (!credentials.hops.empty() && credentials.hops.back().cached) {
      credentials.origin = "role " + options_.role.role_arn + ", out of the " + credentials.origin;
      credentials.hops = {hop(true)};
    }
    return std::move(credentials);
  }

  void invalidate(std::string_view access_key_id) noexcept override {
    if (options_.cache != nullptr) options_.cache->invalidate(key_, access_key_id);
    base_->invalidate(access_key_id);
  }

 private:
  [[nodiscard]] CredentialHop hop(bool cached) const {
    return {.method = "assume-role",
            .subject = options_.role.role_arn,
            .place = options_.place,
            .cached = cached};
  }

  Result<AssumedRole> assume(const std::stop_token& stop) {
    CROSSLOG_TRY(const Credentials source, base_->get(stop));
    CROSSLOG_TRY(const AssumeRole role, request(stop));
    auto assumed = sts_.assume_role(role, stop);
    if (!assumed) return std::unexpected(explain(std::move(assumed).error()));
    Credentials& credentials = assumed->credentials;
    if (credentials.session_token.empty()) {
      return fail(Errc::credentials, "STS gave no session token for the role " + role.role_arn);
    }
    CROSSLOG_CHECK(check(credentials));
    // A source that had expired already, and was taken nevertheless, ends nothing.
    if (source.expires && *source.expires > clock_.now() && credentials.expires)
      credentials.expires = std::min(*credentials.expires, *source.expires);
    credentials.origin = "role " + role.role_arn + ", assumed with " +
                         (source.origin.empty() ? std::string("other credentials") : source.origin);
    credentials.hops = source.hops;
    credentials.hops.push_back(hop(false));
    if (!role.token_code.empty()) code_used_ = true;
    return assumed;
  }

  // With what only the moment knows: the session's name, the code of the device.
  Result<AssumeRole> request(const std::stop_token& stop) const {
    AssumeRole role = options_.role;
    if (role.role_session_name.empty()) role.role_session_name = session_name();
    if (role.serial_number.empty() || !role.token_code.empty()) return role;
    // The AWS CLI's rule: nobody is asked in the middle of a long run.
    if (code_used_) {
      return fail(
          Errc::credentials, "Cannot refresh credentials: MFA token required.",
          {"the role " + role.role_arn + " needs a new code of " + base::visible(role.serial_number)});
    }
    auto code = options_.ask ? options_.ask("Enter MFA code for " + role.serial_number + ": ", stop)
                             : fail(Errc::unsupported, "There is no terminal to ask at");
    if (!code) return std::unexpected(explain_code(std::move(code).error()));
    role.token_code = std::move(*code);
    return role;
  }

  [[nodiscard]] Error explain_code(Error error) const {
    if (error.code != Errc::unsupported) return error;
    Error refusal = fail(Errc::credentials, "The role " + options_.role.role_arn + " needs an MFA code of " +
                                                base::visible(options_.role.serial_number) +
                                                ", and nobody can be asked for it.")
                        .error();
    refusal.hints = {std::move(error.message),
                     "call it on a terminal first: the role cache then answers until the session expires",
                     "or put credentials of a session that was made with MFA in the environment"};
    return refusal;
  }

  [[nodiscard]] std::string session_name() const {
    if (!options_.session_name.empty()) return options_.session_name;
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
  const std::string key_;  // of the cache
  const ProviderPtr base_;
  StsClient sts_;
  std::atomic<bool> code_used_ = false;
};

}  // namespace

ProviderPtr make_assume_role_provider(Transport& transport, Clock& clock, Random random, ProviderPtr base,
                                      AssumeRoleOptions options) {
  return std::make_unique<AssumeRoleProvider>(transport, clock, std::move(random), std::move(base),
                                              std::move(options));
}

}  // namespace crosslog
