#include <chrono>
#include <utility>
#include <vector>

#include "capi/callbacks.h"
#include "capi/results.h"
#include "capi/support.h"
#include "crosslog/sigv4.h"

namespace crosslog::capi {
namespace {

// A request to sign, in the signer's own types.
struct Signing {
  Signing(const crosslog_signable* given, const crosslog_keys* keys)
      : request(read_struct(given, "request")), credentials(to_credentials(keys)) {
    if (request.header_count != 0) need(request.headers, "request.headers");
    for (std::size_t i = 0; i < request.header_count; ++i) {
      headers.push_back({to_text(request.headers[i].name), to_text(request.headers[i].value)});
    }
  }
  [[nodiscard]] sigv4::Signable signable() const {
    return {.method = to_view(request.method),
            .path = to_view(request.path),
            .query = to_view(request.query),
            .headers = headers,
            .payload = to_view(request.payload)};
  }
  [[nodiscard]] sigv4::Scope scope() const {
    return {.region = to_view(request.region),
            .service = to_view(request.service),
            .time = TimePoint(std::chrono::milliseconds(request.time_ms))};
  }
  [[nodiscard]] sigv4::Options options() const {
    return {.normalize_path = request.normalize_path != CROSSLOG_NO,
            .add_payload_header = request.add_payload_header == CROSSLOG_YES,
            .sign_session_token = request.sign_session_token != CROSSLOG_NO,
            .key = nullptr};
  }

  crosslog_signable request;
  Credentials credentials;
  std::vector<Header> headers;
};

struct SignatureResult : crosslog_signature {
  explicit SignatureResult(sigv4::Explanation given)
      : crosslog_signature{}, explanation(std::move(given)), shown(show_headers(explanation.headers)) {
    headers = shown.data();
    header_count = shown.size();
    query = to_c_if_any(explanation.query);
    canonical_request = to_c(explanation.canonical_request);
    string_to_sign = to_c(explanation.string_to_sign);
    signature = to_c(explanation.signature);
  }
  SignatureResult(const SignatureResult&) = delete;
  SignatureResult& operator=(const SignatureResult&) = delete;
  ~SignatureResult() {
    for (Header& header : explanation.headers)
      wipe(header.value);
    wipe(explanation.query);
    wipe(explanation.canonical_request);
  }

  sigv4::Explanation explanation;
  std::vector<crosslog_header> shown;
};

}  // namespace
}  // namespace crosslog::capi

using namespace crosslog::capi;

void crosslog_signature_free(crosslog_signature* signature) {
  delete static_cast<SignatureResult*>(signature);
}

crosslog_code crosslog_signature_new(const crosslog_signable* request, const crosslog_keys* keys,
                                     crosslog_signature** out, crosslog_error* error) {
  return guarded(error, [&] {
    auto& made = need_out(out);
    const Signing signing(request, keys);
    made = new SignatureResult(value(crosslog::sigv4::explain(signing.signable(), signing.credentials,
                                                              signing.scope(), signing.options())));
  });
}

crosslog_code crosslog_signature_new_presigned(const crosslog_signable* request, const crosslog_keys* keys,
                                               int64_t expires_s, crosslog_signature** out,
                                               crosslog_error* error) {
  return guarded(error, [&] {
    auto& made = need_out(out);
    const Signing signing(request, keys);
    made = new SignatureResult(
        value(crosslog::sigv4::explain_presign(signing.signable(), signing.credentials, signing.scope(),
                                               std::chrono::seconds(expires_s), signing.options())));
  });
}
