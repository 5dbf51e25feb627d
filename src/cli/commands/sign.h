// `crosslog sign`: the signature of a raw HTTP request, stage by stage, for people
// who debug one. Nothing is sent.
#ifndef CROSSLOG_SRC_CLI_COMMANDS_SIGN_H_
#define CROSSLOG_SRC_CLI_COMMANDS_SIGN_H_

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/args.h"
#include "cli/errors.h"
#include "cli/program.h"
#include "crosslog/clock.h"
#include "crosslog/credentials.h"
#include "crosslog/error.h"
#include "crosslog/host.h"

namespace crosslog::cli {

// What the command needs of the program around it. References outlive the call.
struct SignContext {
  const Program& program;
  const Host& host;
  TimePoint now;
  std::optional<std::string> region;             // of --region
  std::optional<std::string> configured_region;  // of the environment or the profile
  // Asked for once, when the request and the options have been found good.
  std::function<Result<Credentials>()> credentials;
  int input = 0;  // file descriptor that "-" and no file stand for
};

// `words`: what follows "sign" and is no global option. Returns what belongs on
// standard output: the help, the headers to add, the query to send, or with
// --explain every stage, the session token masked.
[[nodiscard]] Outcome<std::string> run_sign(std::span<const std::string> words, const SignContext& context);

[[nodiscard]] std::vector<Argument> sign_options();
[[nodiscard]] std::string sign_help(const Program& program);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_COMMANDS_SIGN_H_
