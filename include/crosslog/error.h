// What can go wrong, as one value.
//
// Every fallible function returns Result<T>. Nothing in this library throws
// across its boundary, prints or exits. An Error is for two readers: a program
// switches on `code`, a person reads describe(error) and the hints. No field
// ever holds a byte of a credential, or of a body that may hold one.
#ifndef CROSSLOG_ERROR_H_
#define CROSSLOG_ERROR_H_

#include <expected>
#include <string>
#include <utility>
#include <vector>

namespace crosslog {

enum class Errc {
  invalid_argument,  // the request can never succeed as written
  configuration,     // a shared config file, a setting or a profile is wrong
  not_configured,    // this credential source does not apply here; try the next
  no_credentials,    // no source applied: the hints list every one tried
  no_region,
  credentials,    // a source applies but is broken, or gave nothing usable
  access_denied,  // AWS knows the caller and says no
  not_found,      // log group or stream does not exist
  throttled,      // retryable: too many calls
  expired_token,  // retryable once, after a refresh
  service,        // the service said no in any other way; 5xx is retryable
  network,        // retryable: no response arrived
  timeout,        // retryable: no response arrived in time
  protocol,       // retryable: the response does not say what AWS documents
  cancelled,      // the caller asked to stop
  unsupported,    // this build or transport cannot do it
};

struct Error {
  // A further member of a modelled error. Nested values are shown by their
  // JSON text, and `nested` says so.
  struct Detail {
    std::string name, value;
    bool nested = false;
  };

  Errc code = Errc::protocol;
  // One sentence for a person. Where the AWS CLI has words for it, its words;
  // for an answer of the service, the service's own message, without the code.
  std::string message;
  // What to look at and what to try, most useful first. No "hint:" in front.
  std::vector<std::string> hints;

  // Set when the service answered (http_status != 0).
  std::string aws_code;  // "ThrottlingException"; the status digits if the answer had none
  std::string cli_code;  // what the AWS CLI shows instead, as it knows fewer forms of errors; empty: the same
  std::string operation;           // "GetLogEvents"
  std::string request_id;          // x-amzn-RequestId, or the one in the XML; may be empty
  int http_status = 0;             // 0 when no response arrived
  int attempts = 0;                // requests sent for this call
  bool retries_exhausted = false;  // the last attempt that was allowed ended so, retryable or not
  std::vector<Detail> details;     // further members of a modelled error, in order
};

template <class T>
using Result = std::expected<T, Error>;

// An Error to return: `return fail(Errc::protocol, "...", {"hint"});`
[[nodiscard]] std::unexpected<Error> fail(Errc code, std::string message,
                                          std::vector<std::string> hints = {});

// One line for a person, without hints: for an answer of the service "An error
// occurred (X) when calling the Y operation (reached max retries: N): Z", else
// the message.
[[nodiscard]] std::string describe(const Error& error);

// The name of a code, as in the enumeration: "access_denied".
[[nodiscard]] const char* name(Errc code) noexcept;

}  // namespace crosslog

#endif  // CROSSLOG_ERROR_H_
