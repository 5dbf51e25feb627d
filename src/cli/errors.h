// What the command line says when something went wrong, and with which status it
// ends. The first line is the AWS CLI's (its errorhandler.py and errorformat.py),
// so that scripts which match on it go on working.
#ifndef CROSSLOG_SRC_CLI_ERRORS_H_
#define CROSSLOG_SRC_CLI_ERRORS_H_

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "cli/program.h"
#include "crosslog/error.h"

namespace crosslog::cli {

struct Failure {
  enum class Kind {
    usage,            // the command line, or a parameter that the client checks
    unknown_options,  // the usage lines come first
    configuration,    // a setting has a value that is none
    no_region,
    no_credentials,
    service,  // `error` is an answer of the service
    general,
    cancelled,  // says nothing
  };
  Kind kind = Kind::general;
  std::string message;  // service: unused
  std::vector<std::string> hints;
  Error error;

  friend bool operator==(const Failure& a, const Failure& b) noexcept {
    return a.kind == b.kind && a.message == b.message && a.hints == b.hints;
  }
};

template <class T>
using Outcome = std::expected<T, Failure>;

[[nodiscard]] std::unexpected<Failure> fail_usage(std::string message, std::vector<std::string> hints = {});
[[nodiscard]] std::unexpected<Failure> fail_general(std::string message, std::vector<std::string> hints = {});
// What an Error of the library is to the command line.
[[nodiscard]] Failure to_failure(Error error);

// The one table of exit statuses.
[[nodiscard]] int exit_status(Failure::Kind kind) noexcept;

// --cli-error-format, AWS_CLI_ERROR_FORMAT, cli_error_format. Anything else, ""
// too, is `enhanced`.
enum class ErrorFormat { enhanced, legacy, json, yaml, text, table };
[[nodiscard]] ErrorFormat parse_error_format(std::string_view name);

// All that goes to stderr, hints included; "" for a cancelled run.
[[nodiscard]] std::string render(const Failure& failure, const Program& program,
                                 ErrorFormat format = ErrorFormat::enhanced);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_ERRORS_H_
