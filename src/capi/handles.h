// What stands behind the handles. Each shares what it was made of, so that a caller
// whose language frees in any order cannot pull the ground away: the one place of
// the library where that is worth a shared_ptr.
#ifndef CROSSLOG_SRC_CAPI_HANDLES_H_
#define CROSSLOG_SRC_CAPI_HANDLES_H_

#include <memory>
#include <stop_token>
#include <string>

#include "crosslog/clock.h"
#include "crosslog/config.h"
#include "crosslog/credential_cache.h"
#include "crosslog/credentials.h"
#include "crosslog/crosslog.h"
#include "crosslog/host.h"
#include "crosslog/logs.h"
#include "crosslog/operations.h"
#include "crosslog/providers.h"
#include "crosslog/sts.h"
#include "crosslog/transport.h"

namespace crosslog::capi {

struct Session {
  std::unique_ptr<Clock> own_clock;  // nullptr: the machine's
  std::unique_ptr<Transport> transport;
  Host host;
  SharedConfig config;
  Settings settings;
  std::unique_ptr<InstanceMetadata> metadata;
  std::unique_ptr<CredentialCache> cache;  // nullptr: none

  [[nodiscard]] Clock& clock() const { return own_clock ? *own_clock : system_clock(); }
  // The settings', else the instance's.
  [[nodiscard]] std::string region(std::stop_token stop) const;
  // For calls of this service in this region.
  [[nodiscard]] ClientOptions options(Service service, const std::string& region) const;
};

struct Provider {
  std::shared_ptr<Session> session;  // nullptr: needs none
  ProviderPtr provider;
};

[[nodiscard]] std::shared_ptr<Provider> make_default(std::shared_ptr<Session> session);

struct Client {
  Client(std::shared_ptr<Session> session, std::shared_ptr<Provider> credentials, const std::string& region);

  std::shared_ptr<Session> session;
  std::shared_ptr<Provider> credentials;
  LogsClient logs;
  StsClient sts;
  OperationCaller logs_operations, sts_operations;
};

[[nodiscard]] AssumeRole to_role(const crosslog_assume_role* given);

}  // namespace crosslog::capi

struct crosslog_session {
  std::shared_ptr<crosslog::capi::Session> session;
};

struct crosslog_provider {
  std::shared_ptr<crosslog::capi::Provider> provider;
};

struct crosslog_client {
  std::shared_ptr<crosslog::capi::Client> client;
};

#endif  // CROSSLOG_SRC_CAPI_HANDLES_H_
