// Keys that somebody already has, and a provider that somebody else owns.
#include <utility>

#include "crosslog/providers.h"

namespace crosslog {
namespace {

class StaticProvider final : public CredentialProvider {
 public:
  explicit StaticProvider(Credentials credentials) : credentials_(std::move(credentials)) {}
  Result<Credentials> get(std::stop_token) override { return credentials_; }

 private:
  const Credentials credentials_;
};

class Reference final : public CredentialProvider {
 public:
  explicit Reference(CredentialProvider& provider) : provider_(provider) {}
  Result<Credentials> get(std::stop_token stop) override { return provider_.get(std::move(stop)); }
  void invalidate(std::string_view access_key_id) noexcept override { provider_.invalidate(access_key_id); }

 private:
  CredentialProvider& provider_;
};

}  // namespace

ProviderPtr make_static_provider(Credentials credentials) {
  return std::make_unique<StaticProvider>(std::move(credentials));
}

ProviderPtr make_reference(CredentialProvider& provider) {
  return std::make_unique<Reference>(provider);
}

}  // namespace crosslog
