// `whoami`: the identity that AWS sees, and how it came about: every step from the
// first credentials to the last role, every setting with the place it is from.
#ifndef CROSSLOG_SRC_CLI_COMMANDS_WHOAMI_H_
#define CROSSLOG_SRC_CLI_COMMANDS_WHOAMI_H_

#include <string>

#include "cli/errors.h"
#include "cli/program.h"
#include "cli/session.h"
#include "crosslog/clock.h"
#include "crosslog/config.h"
#include "crosslog/credentials.h"
#include "crosslog/document.h"
#include "crosslog/sts.h"

namespace crosslog::cli {

// Asks STS.
[[nodiscard]] Outcome<Document> whoami(const Session& session);

// What is shown: no secret, and of the access key the first and the last four
// characters. References outlive the call.
struct Identity {
  const CallerIdentity& caller;
  const Credentials& credentials;
  const Settings& settings;
  std::string region, region_origin;
  TimePoint now;
};
[[nodiscard]] Document describe_identity(const Identity& identity);

// The same for a person. Precondition: of describe_identity().
[[nodiscard]] std::string write_identity(const Document& identity);

[[nodiscard]] std::string whoami_help(const Program& program);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_COMMANDS_WHOAMI_H_
