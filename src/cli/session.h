// What a command stands on: the settings, and the way to AWS that they describe.
#ifndef CROSSLOG_SRC_CLI_SESSION_H_
#define CROSSLOG_SRC_CLI_SESSION_H_

#include <memory>
#include <stop_token>
#include <string>

#include "cli/command_line.h"
#include "cli/errors.h"
#include "cli/program.h"
#include "crosslog/client.h"
#include "crosslog/config.h"
#include "crosslog/credential_cache.h"
#include "crosslog/credentials.h"
#include "crosslog/host.h"
#include "crosslog/providers.h"
#include "crosslog/transport.h"

namespace crosslog::cli {

// References outlive what is made of it.
struct Session {
  const Program& program;
  const Host& host;
  const SharedConfig& config;
  const GlobalOptions& globals;
  const Settings& settings;
  std::stop_token stop;
  DebugFunction debug;
  NoteFunction note;
};

// Nothing has been asked yet when it is made: only the settings were looked at.
struct Connection {
  Settings credential_settings;  // of the STS calls behind the credentials
  std::unique_ptr<Transport> transport;
  std::unique_ptr<InstanceMetadata> metadata;
  std::unique_ptr<CredentialCache> cache;  // nullptr: switched off
  ProviderPtr credentials;
};
[[nodiscard]] Outcome<std::unique_ptr<Connection>> connect(const Session& session);

// The settings', else the instance's. Where there is none, what is wrong with the
// credentials is said first, as the AWS CLI looks at them earlier.
[[nodiscard]] Outcome<std::string> region_of(const Session& session, const Connection& connection);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_SESSION_H_
