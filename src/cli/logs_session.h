// A session with CloudWatch Logs: calls by name, in one region, with the failures
// that the command line shows. What the commands for people stand on.
#ifndef CROSSLOG_SRC_CLI_LOGS_SESSION_H_
#define CROSSLOG_SRC_CLI_LOGS_SESSION_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cli/errors.h"
#include "cli/session.h"
#include "crosslog/document.h"
#include "crosslog/logs.h"
#include "crosslog/operations.h"

namespace crosslog::cli {

// A call by its operation's name.
using LogsCall = std::function<Outcome<Document>(std::string_view operation, const Document& parameters)>;

class LogsSession {
 public:
  // `region`: of an ARN, or empty for the settings'. An ARN's that is not the one
  // of --region is a usage error.
  [[nodiscard]] static Outcome<LogsSession> open(const Session& session, const std::string& region = {});

  Outcome<Document> call(std::string_view operation, const Document& parameters);
  [[nodiscard]] LogsClient& client() noexcept { return *client_; }
  [[nodiscard]] const std::string& region() const noexcept { return region_; }
  // Of the credentials; asks STS, once, when they do not say. Empty, and a note,
  // when it cannot be found out.
  Outcome<std::string> account();

 private:
  LogsSession(const Session& session, std::unique_ptr<Connection> connection, std::string region)
      : session_(&session), connection_(std::move(connection)), region_(std::move(region)) {}

  const Session* session_;
  std::unique_ptr<Connection> connection_;
  std::string region_;
  std::unique_ptr<OperationCaller> caller_;
  std::unique_ptr<LogsClient> client_;
  std::optional<std::string> account_;
};

// The list `member` of an answer. Anything else is no answer of the service.
[[nodiscard]] Outcome<Document::List> list_of(Document answer, std::string_view member);
// The token for the next page; empty: there is none.
[[nodiscard]] std::string next_token_of(const Document& answer);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_LOGS_SESSION_H_
