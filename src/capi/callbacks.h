// The embedder's functions as the library's interfaces. Each owns its callbacks:
// `destroy` is called when it goes.
//
// What a callback says becomes a Result; the one exception that leaves an adapter is
// std::bad_alloc, as it leaves any other part of the library.
#ifndef CROSSLOG_SRC_CAPI_CALLBACKS_H_
#define CROSSLOG_SRC_CAPI_CALLBACKS_H_

#include <memory>
#include <optional>
#include <utility>

#include "capi/support.h"
#include "crosslog/clock.h"
#include "crosslog/credentials.h"
#include "crosslog/crosslog.h"
#include "crosslog/events.h"
#include "crosslog/transport.h"

namespace crosslog::capi {

// A struct of callbacks, from the moment that it was read.
template <class T>
class Owned {
 public:
  Owned(const T* given, const char* name) : callbacks_(read_struct(given, name)) {}
  Owned(Owned&& other) noexcept : callbacks_(std::exchange(other.callbacks_, T{})) {}
  Owned& operator=(Owned&&) = delete;
  ~Owned() {
    if (callbacks_.destroy != nullptr) callbacks_.destroy(callbacks_.user);
  }
  const T* operator->() const noexcept { return &callbacks_; }

 private:
  T callbacks_;
};

template <class T>
std::optional<Owned<T>> own_if_given(const T* given, const char* name) {
  if (given == nullptr) return std::nullopt;
  return std::optional<Owned<T>>(std::in_place, given, name);
}

[[nodiscard]] std::unique_ptr<Transport> make_transport(Owned<crosslog_transport> callbacks);
[[nodiscard]] std::unique_ptr<Clock> make_clock(Owned<crosslog_clock> callbacks);
[[nodiscard]] ProviderPtr make_custom_provider(const crosslog_credential_source* given);

// Credentials and the C struct that shows them.
class ShownCredentials {
 public:
  ShownCredentials() = default;
  explicit ShownCredentials(Credentials credentials);
  ShownCredentials(const ShownCredentials&) = delete;
  ShownCredentials& operator=(const ShownCredentials&) = delete;
  void set(Credentials credentials);
  [[nodiscard]] const crosslog_keys& keys() const noexcept { return keys_; }
  [[nodiscard]] const std::optional<Credentials>& credentials() const noexcept { return credentials_; }

 private:
  std::optional<Credentials> credentials_;
  crosslog_keys keys_ = {};
};

[[nodiscard]] Credentials to_credentials(const crosslog_keys* given);

}  // namespace crosslog::capi

struct crosslog_credentials {
  crosslog::capi::ShownCredentials shown;
};

#endif  // CROSSLOG_SRC_CAPI_CALLBACKS_H_
