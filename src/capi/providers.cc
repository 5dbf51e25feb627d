#include <chrono>
#include <utility>

#include "capi/callbacks.h"
#include "capi/handles.h"
#include "capi/support.h"

namespace crosslog::capi {
namespace {

ProviderContext context_of(Session& session) {
  return {
      .transport = *session.transport,
      .clock = session.clock(),
      .random = system_random(),
      .host = session.host,
      .metadata = *session.metadata,
      .config = session.config,
      .settings = session.settings,
      .cache = session.cache.get(),
  };
}

// Somebody else's provider, for a factory that wants to own one.
class SharedProvider final : public CredentialProvider {
 public:
  explicit SharedProvider(std::shared_ptr<Provider> shared) : shared_(std::move(shared)) {}
  Result<Credentials> get(std::stop_token stop) override { return shared_->provider->get(std::move(stop)); }
  void invalidate(std::string_view access_key_id) noexcept override {
    shared_->provider->invalidate(access_key_id);
  }

 private:
  std::shared_ptr<Provider> shared_;
};

ProviderPtr share(crosslog_provider* handle, const char* name) {
  return std::make_unique<SharedProvider>(need(handle, name).provider);
}

std::shared_ptr<Provider> make_provider(std::shared_ptr<Session> session, ProviderPtr provider) {
  return std::make_shared<Provider>(std::move(session), std::move(provider));
}

ProviderPtr make_profile(Session& session, const std::string& profile) {
  auto found = value(make_profile_provider(context_of(session), profile));
  if (!found) refuse(Errc::configuration, "The config profile (" + profile + ") names no credentials");
  return make_cached(std::move(found), session.clock(), system_random());
}

}  // namespace

std::shared_ptr<Provider> make_default(std::shared_ptr<Session> session) {
  auto provider = value(make_default_provider(context_of(*session)));
  return make_provider(std::move(session), std::move(provider));
}

AssumeRole to_role(const crosslog_assume_role* given) {
  const auto role = read_struct(given, "role");
  if (role.duration_s < 0) refuse(Errc::invalid_argument, "role.duration_s is negative");
  return {
      .role_arn = to_text(role.role_arn),
      .role_session_name = to_text(role.role_session_name),
      .external_id = to_text(role.external_id),
      .duration = role.duration_s == 0 ? std::nullopt : std::optional(std::chrono::seconds(role.duration_s)),
      .serial_number = to_text(role.serial_number),
      .token_code = to_text(role.token_code),
      .policy = to_text(role.policy),
  };
}

}  // namespace crosslog::capi

using namespace crosslog::capi;

crosslog_code crosslog_provider_new_default(crosslog_session* session, crosslog_provider** out,
                                            crosslog_error* error) {
  return guarded(error, [&] {
    auto& made = need_out(out);
    made = new crosslog_provider{make_default(need(session, "session").session)};
  });
}

crosslog_code crosslog_provider_new_profile(crosslog_session* session, crosslog_string profile,
                                            crosslog_provider** out, crosslog_error* error) {
  return guarded(error, [&] {
    auto& made = need_out(out);
    auto& shared = need(session, "session").session;
    made = new crosslog_provider{make_provider(shared, make_profile(*shared, to_text(profile)))};
  });
}

crosslog_code crosslog_provider_new_static(const crosslog_keys* keys, crosslog_provider** out,
                                           crosslog_error* error) {
  return guarded(error, [&] {
    auto& made = need_out(out);
    made =
        new crosslog_provider{make_provider(nullptr, crosslog::make_static_provider(to_credentials(keys)))};
  });
}

crosslog_code crosslog_provider_new_imds(crosslog_session* session, crosslog_provider** out,
                                         crosslog_error* error) {
  return guarded(error, [&] {
    auto& made = need_out(out);
    auto& shared = need(session, "session").session;
    made = new crosslog_provider{
        make_provider(shared, crosslog::make_imds_provider(*shared->metadata, shared->clock()))};
  });
}

crosslog_code crosslog_provider_new_assume_role(crosslog_session* session, crosslog_provider* base,
                                                const crosslog_assume_role* role, const crosslog_stop* stop,
                                                crosslog_provider** out, crosslog_error* error) {
  return guarded(error, [&] {
    auto& made = need_out(out);
    auto& shared = need(session, "session").session;
    auto source = share(base, "base");
    crosslog::AssumeRoleOptions options{.role = to_role(role), .client = {}};
    if (options.role.role_arn.empty()) {
      refuse(crosslog::Errc::invalid_argument, "role.role_arn is empty");
    }
    options.client = shared->options(crosslog::Service::sts, shared->region(token_of(stop)));
    options.cache = shared->cache.get();
    made = new crosslog_provider{make_provider(
        shared,
        crosslog::make_assume_role_provider(*shared->transport, shared->clock(), crosslog::system_random(),
                                            std::move(source), std::move(options)))};
  });
}

crosslog_code crosslog_provider_new_cached(crosslog_session* session, crosslog_provider* source,
                                           crosslog_provider** out, crosslog_error* error) {
  return guarded(error, [&] {
    auto& made = need_out(out);
    auto& shared = need(session, "session").session;
    made = new crosslog_provider{make_provider(
        shared, crosslog::make_cached(share(source, "source"), shared->clock(), crosslog::system_random()))};
  });
}

crosslog_code crosslog_provider_new_custom(const crosslog_credential_source* source, crosslog_provider** out,
                                           crosslog_error* error) {
  return guarded(error, [&] {
    forget(out);
    auto provider = make_custom_provider(source);
    auto& made = need_out(out);
    made = new crosslog_provider{make_provider(nullptr, std::move(provider))};
  });
}

crosslog_code crosslog_provider_get(crosslog_provider* provider, const crosslog_stop* stop,
                                    crosslog_credentials** out, crosslog_error* error) {
  return guarded(error, [&] {
    auto& made = need_out(out);
    auto credentials = std::make_unique<crosslog_credentials>();
    credentials->shown.set(value(need(provider, "provider").provider->provider->get(token_of(stop))));
    made = credentials.release();
  });
}

void crosslog_provider_free(crosslog_provider* provider) {
  delete provider;
}
