// The one place that signs, sends, classifies, retries and refreshes. Every
// request to AWS goes through run(); those that prove who asks by a token in
// them are not signed, all else is the same.
//
// One attempt: credentials -> sign at the corrected time -> send -> judge. The
// judgement is retry.h's and clock_skew.h's, pure functions both. The decoder
// runs inside the loop, as a 200 that is not the protocol's is retried too.
#ifndef CROSSLOG_SRC_AUTH_SIGNED_CALL_H_
#define CROSSLOG_SRC_AUTH_SIGNED_CALL_H_

#include <functional>
#include <memory>
#include <stop_token>
#include <string_view>
#include <type_traits>
#include <utility>

#include "crosslog/client.h"
#include "crosslog/credentials.h"
#include "crosslog/http.h"
#include "crosslog/transport.h"

namespace crosslog {

// Thread-safe; its retry quota and clock offset are shared by all calls.
class SignedCall {
 public:
  using DecodeError = Error (*)(const HttpResponse&);
  using Decode = std::function<Result<void>(HttpResponse)>;

  SignedCall(Transport& transport, Clock& clock, CredentialProvider& credentials, ClientOptions options);
  // Nothing is signed.
  SignedCall(Transport& transport, Clock& clock, ClientOptions options);
  ~SignedCall();

  // `request` holds neither host, date, signature nor user agent yet. Errors
  // leave with operation, attempts and the service's request id filled in.
  Result<void> run(std::string_view operation, HttpRequest request, DecodeError decode_error,
                   const Decode& decode, std::stop_token stop);

  // The same for a decoder that gives a value.
  template <class Function, class R = std::invoke_result_t<Function, HttpResponse>>
  R call(std::string_view operation, HttpRequest request, DecodeError decode_error, Function decode,
         std::stop_token stop) {
    R result;
    const auto done = run(
        operation, std::move(request), decode_error,
        [&](HttpResponse&& response) -> Result<void> {
          result = decode(std::move(response));
          if (!result) return std::unexpected(result.error());
          return {};
        },
        std::move(stop));
    if (!done) return std::unexpected(done.error());
    return result;
  }

  [[nodiscard]] const Endpoint& endpoint() const noexcept;

 private:
  class Conversation;
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace crosslog

#endif  // CROSSLOG_SRC_AUTH_SIGNED_CALL_H_
