#include "capi/callbacks.h"

#include <chrono>
#include <new>
#include <string>
#include <vector>

#include "capi/results.h"

// What a transport's callback fills. `limit` 0: none.
struct crosslog_response {
  std::size_t limit = 0;
  crosslog::HttpResponse response;
};

namespace crosslog::capi {
namespace {

// An error that a callback fills, for as long as it is looked at.
class CallbackError {
 public:
  CallbackError() = default;
  CallbackError(const CallbackError&) = delete;
  CallbackError& operator=(const CallbackError&) = delete;
  ~CallbackError() { crosslog_error_clear(&error_); }
  crosslog_error* get() noexcept { return &error_; }
  std::unexpected<Error> take(crosslog_code code, std::string_view who) const {
    return std::unexpected(take_error(error_, code, who));
  }

 private:
  crosslog_error error_ = {};
};

crosslog_stop borrowed(std::stop_token token) {
  return {.source = std::stop_source{std::nostopstate}, .token = std::move(token)};
}

class CallbackTransport final : public Transport {
 public:
  explicit CallbackTransport(Owned<crosslog_transport> callbacks) : callbacks_(std::move(callbacks)) {}

  Result<HttpResponse> send(const HttpRequest& request, std::stop_token stop) override {
    if (stop.stop_requested()) return fail(Errc::cancelled, "The call was cancelled.");
    const auto headers = show_headers(request.headers);
    const crosslog_request shown{
        .method = to_c(request.method),
        .origin = to_c(request.origin),
        .path = to_c(request.path),
        .query = to_c(request.query),
        .headers = headers.data(),
        .header_count = headers.size(),
        .body = to_c(request.body),
        .connect_timeout_ms = request.connect_timeout.count(),
        .read_timeout_ms = request.read_timeout.count(),
        .total_timeout_ms = request.total_timeout.count(),
        .max_response_bytes = request.max_response_bytes,
        .direct = request.direct ? 1 : 0,
        .allow_plain_http = request.allow_plain_http ? 1 : 0,
        .connect_to = to_c_if_any(request.connect_to),
    };
    crosslog_response response{.limit = request.max_response_bytes, .response = {}};
    const crosslog_stop lent = borrowed(std::move(stop));
    CallbackError error;
    const crosslog_code code = callbacks_->send(callbacks_->user, &shown, &response, &lent, error.get());
    if (code != CROSSLOG_OK) return error.take(code, "the transport's callback");
    return std::move(response.response);
  }

 private:
  Owned<crosslog_transport> callbacks_;
};

class CallbackClock final : public Clock {
 public:
  explicit CallbackClock(Owned<crosslog_clock> callbacks) : callbacks_(std::move(callbacks)) {}

  TimePoint now() noexcept override {
    return TimePoint(std::chrono::milliseconds(callbacks_->now_ms(callbacks_->user)));
  }
  std::chrono::steady_clock::time_point steady_now() noexcept override {
    return std::chrono::steady_clock::time_point(
        std::chrono::milliseconds(callbacks_->steady_ms(callbacks_->user)));
  }
  bool sleep_for(std::chrono::milliseconds duration, std::stop_token stop) override {
    const crosslog_stop lent = borrowed(std::move(stop));
    return callbacks_->sleep_ms(callbacks_->user, duration.count(), &lent) != 0;
  }

 private:
  Owned<crosslog_clock> callbacks_;
};

class CallbackProvider final : public CredentialProvider {
 public:
  explicit CallbackProvider(Owned<crosslog_credential_source> callbacks) : callbacks_(std::move(callbacks)) {}

  Result<Credentials> get(std::stop_token stop) override {
    crosslog_credentials given;
    const crosslog_stop lent = borrowed(std::move(stop));
    CallbackError error;
    const crosslog_code code = callbacks_->get(callbacks_->user, &given, &lent, error.get());
    if (code != CROSSLOG_OK) return error.take(code, "the credential source's callback");
    if (!given.shown.credentials()) {
      return fail(Errc::credentials, "the credential source's callback gave no credentials");
    }
    return *given.shown.credentials();
  }
  void invalidate(std::string_view access_key_id) noexcept override {
    if (callbacks_->invalidate != nullptr) callbacks_->invalidate(callbacks_->user, to_c(access_key_id));
  }

 private:
  Owned<crosslog_credential_source> callbacks_;
};

char to_lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::unique_ptr<Transport> make_transport(Owned<crosslog_transport> callbacks) {
  need(callbacks->send, "transport.send");
  return std::make_unique<CallbackTransport>(std::move(callbacks));
}

std::unique_ptr<Clock> make_clock(Owned<crosslog_clock> callbacks) {
  need(callbacks->now_ms, "clock.now_ms");
  need(callbacks->steady_ms, "clock.steady_ms");
  need(callbacks->sleep_ms, "clock.sleep_ms");
  return std::make_unique<CallbackClock>(std::move(callbacks));
}

ProviderPtr make_custom_provider(const crosslog_credential_source* given) {
  Owned<crosslog_credential_source> callbacks(given, "source");
  need(callbacks->get, "source.get");
  return std::make_unique<CallbackProvider>(std::move(callbacks));
}

ShownCredentials::ShownCredentials(Credentials credentials) {
  set(std::move(credentials));
}

void ShownCredentials::set(Credentials credentials) {
  const Credentials& kept = credentials_.emplace(std::move(credentials));
  keys_ = {
      .size = sizeof(crosslog_keys),
      .access_key_id = to_c_if_any(kept.access_key_id),
      .secret_access_key = to_c_if_any(kept.secret_access_key.reveal()),
      .session_token = to_c_if_any(kept.session_token.reveal()),
      .account_id = to_c_if_any(kept.account_id),
      .origin = to_c_if_any(kept.origin),
      .expires_ms = kept.expires ? kept.expires->time_since_epoch().count() : 0,
  };
}

Credentials to_credentials(const crosslog_keys* given) {
  const crosslog_keys keys = read_struct(given, "keys");
  Credentials credentials{
      .access_key_id = to_text(keys.access_key_id),
      .secret_access_key = Secret(to_view(keys.secret_access_key)),
      .session_token = Secret(to_view(keys.session_token)),
      .expires = std::nullopt,
      .account_id = to_text(keys.account_id),
      .origin = keys.origin.size == 0 ? "given by the program" : to_text(keys.origin),
      .hops = {},
  };
  if (keys.expires_ms != 0) credentials.expires = TimePoint(std::chrono::milliseconds(keys.expires_ms));
  value(check(credentials));
  return credentials;
}

}  // namespace crosslog::capi

using namespace crosslog::capi;

crosslog_code crosslog_response_set_status(crosslog_response* response, int http_status) {
  return guarded(nullptr, [&] { need(response, "response").response.status = http_status; });
}

crosslog_code crosslog_response_add_header(crosslog_response* response, crosslog_string name,
                                           crosslog_string value) {
  return guarded(nullptr, [&] {
    auto& headers = need(response, "response").response.headers;
    crosslog::Header header{.name = to_text(name), .value = to_text(value)};
    for (char& c : header.name)
      c = to_lower(c);
    headers.push_back(std::move(header));
  });
}

crosslog_code crosslog_response_append_body(crosslog_response* response, crosslog_string bytes) {
  return guarded(nullptr, [&] {
    std::string& body = need(response, "response").response.body;
    const auto more = to_view(bytes);
    if (response->limit != 0 && more.size() > response->limit - body.size()) {
      refuse(crosslog::Errc::protocol, "the response is longer than the request allows");
    }
    body.append(more);
  });
}

const crosslog_keys* crosslog_credentials_keys(const crosslog_credentials* credentials) {
  return credentials == nullptr ? nullptr : &credentials->shown.keys();
}

void crosslog_credentials_free(crosslog_credentials* credentials) {
  delete credentials;
}

crosslog_code crosslog_credentials_set(crosslog_credentials* credentials, const crosslog_keys* keys,
                                       crosslog_error* error) {
  return guarded(error, [&] { need(credentials, "credentials").shown.set(to_credentials(keys)); });
}
