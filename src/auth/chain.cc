// One source after the other. "Does not apply here" goes on to the next; anything
// else ends the search, as a broken source must not quietly become another
// identity.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "crosslog/providers.h"

namespace crosslog {
namespace {

class Chain final : public CredentialProvider {
 public:
  explicit Chain(std::vector<NamedProvider> sources) : sources_(std::move(sources)) {}

  Result<Credentials> get(std::stop_token stop) override {
    std::vector<std::string> hints;
    for (const NamedProvider& source : sources_) {
      auto credentials = source.provider->get(stop);
      if (credentials || credentials.error().code != Errc::not_configured) return credentials;
      Error& error = credentials.error();
      hints.push_back(source.name + ": " + error.message);
      std::ranges::move(error.hints, std::back_inserter(hints));
    }
    return fail(Errc::no_credentials, "Unable to locate credentials.", std::move(hints));
  }

  void invalidate(std::string_view access_key_id) noexcept override {
    for (const NamedProvider& source : sources_)
      source.provider->invalidate(access_key_id);
  }

 private:
  const std::vector<NamedProvider> sources_;
};

}  // namespace

ProviderPtr make_chain(std::vector<NamedProvider> sources) {
  return std::make_unique<Chain>(std::move(sources));
}

}  // namespace crosslog
