// AWS Signature Version 4, as pure functions: bytes in, bytes out.
//
//   canonical_request -> string_to_sign -> signature -> headers to add
//
// The stages carry the names of the AWS documentation ("Create a signed AWS API
// request", IAM User Guide), so that either can be searched for in the other.
// No clock, no I/O, no global state; thread-safe.
#ifndef CROSSLOG_SIGV4_H_
#define CROSSLOG_SIGV4_H_

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crosslog/clock.h"
#include "crosslog/credentials.h"
#include "crosslog/http.h"

namespace crosslog::sigv4 {

// What the service will see, in views over the caller's own request type.
struct Signable {
  std::string_view method;
  std::string_view path;            // as sent
  std::string_view query;           // as sent, no '?'
  std::span<const Header> headers;  // must hold "host"
  std::string_view payload;
};

// "20150830T123600Z", as x-amz-date holds it.
[[nodiscard]] std::optional<TimePoint> parse_date(std::string_view text) noexcept;

// Credential scope: <yyyymmdd>/<region>/<service>/aws4_request.
struct Scope {
  std::string_view region;
  std::string_view service;
  TimePoint time;
};

class Key;

struct Options {
  // RFC 3986 dot segments and doubled slashes. In either case the path is
  // percent-encoded once more than sent, the rule of every service but S3.
  bool normalize_path = true;
  bool add_payload_header = false;  // x-amz-content-sha256, signed; header form only
  bool sign_session_token = true;   // false: the token is added after signing
  // Of signing_key() for this secret and scope, kept by the caller: a day's
  // requests need it made once. nullptr: made anew.
  const Key* key = nullptr;
};

// Wiped when destroyed, as it can sign for a day.
class Key {
 public:
  using Bytes = std::array<std::uint8_t, 32>;
  // SHA-256's state after HMAC's inner and outer pad with this key: hashed here
  // once, not for each signature.
  using Pads = std::array<std::array<std::uint32_t, 8>, 2>;

  Key() noexcept : Key(Bytes{}) {}
  explicit Key(const Bytes& bytes) noexcept;
  Key(const Key&) = default;
  Key& operator=(const Key&) = default;
  ~Key();
  [[nodiscard]] const Bytes& bytes() const noexcept { return bytes_; }
  [[nodiscard]] const Pads& pads() const noexcept { return pads_; }

 private:
  Bytes bytes_;
  Pads pads_;
};

// Headers of `request` that take part, lower-case, sorted, joined with ';'.
[[nodiscard]] std::string signed_headers(const Signable& request);
// Step 1. `request` must already hold every header that is to be signed.
[[nodiscard]] std::string canonical_request(const Signable& request, const Options& options = {});
// Step 2 and 3: "AWS4-HMAC-SHA256\n<date>\n<scope>\n<sha256 of the canonical request>".
[[nodiscard]] std::string string_to_sign(std::string_view canonical_request, const Scope& scope);
// Step 4: HMAC chain over "AWS4" + secret, date, region, service, "aws4_request".
[[nodiscard]] Key signing_key(std::string_view secret_access_key, const Scope& scope);
// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string signature(const Key& key, std::string_view string_to_sign);

// Step 5, header form. Returns the headers to add to the request: x-amz-date,
// authorization and, where they apply, x-amz-security-token and
// x-amz-content-sha256. Refuses (Errc::invalid_argument) a request without
// host, a control byte anywhere but a tab or a folded line in a header value, a
// request that holds a signature already, or a date or token other than these,
// and (Errc::credentials) what check() refuses. A date that agrees is kept. A
// clock that is far off is refused by the caller (signed_call), not here: the
// official vectors are of 2015.
[[nodiscard]] Result<std::vector<Header>> sign(const Signable& request, const Credentials& credentials,
                                               const Scope& scope, const Options& options = {});

// As sign(), with every stage kept, for people who debug signatures.
struct Explanation {
  std::string canonical_request;
  std::string string_to_sign;
  std::string signature;
  std::vector<Header> headers;  // to add (header form)
  std::string query;            // the whole query to send (query form)
};
[[nodiscard]] Result<Explanation> explain(const Signable& request, const Credentials& credentials,
                                          const Scope& scope, const Options& options = {});

// Step 5, query form: the whole query string to send, X-Amz-Signature last.
// `expires` at most 7 days. AWS: "Authenticating Requests: Using Query Parameters".
[[nodiscard]] Result<std::string> presign(const Signable& request, const Credentials& credentials,
                                          const Scope& scope, std::chrono::seconds expires,
                                          const Options& options = {});
[[nodiscard]] Result<Explanation> explain_presign(const Signable& request, const Credentials& credentials,
                                                  const Scope& scope, std::chrono::seconds expires,
                                                  const Options& options = {});

}  // namespace crosslog::sigv4

#endif  // CROSSLOG_SIGV4_H_
