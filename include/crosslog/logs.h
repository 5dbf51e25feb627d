// The CloudWatch Logs client: messages + signing + transport + retries, one
// blocking call at a time.
#ifndef CROSSLOG_LOGS_H_
#define CROSSLOG_LOGS_H_

#include <memory>
#include <optional>
#include <stop_token>

#include "crosslog/client.h"
#include "crosslog/credentials.h"
#include "crosslog/messages.h"
#include "crosslog/transport.h"

namespace crosslog {

// One signed, retried call each. Thread-safe. References must outlive the client.
class LogsClient {
 public:
  LogsClient(Transport& transport, Clock& clock, CredentialProvider& credentials, ClientOptions options);
  ~LogsClient();
  Result<EventPage> get_log_events(const GetLogEvents& query, std::stop_token stop = {});

 private:
  std::unique_ptr<class SignedCall> call_;
};

// Pull, page by page, in the direction of query.start_from_head: forward when
// true, backward otherwise (the service's default). The end is a token that
// repeats; empty pages are normal. Not thread-safe: one pager, one thread. The
// client must outlive it.
class GetLogEventsPager {
 public:
  GetLogEventsPager(LogsClient& client, GetLogEvents query);
  // nullopt: no more pages. After an Error, next() asks for the same page again.
  Result<std::optional<EventPage>> next(std::stop_token stop = {});

 private:
  LogsClient& client_;
  GetLogEvents query_;
  bool done_ = false;
};

}  // namespace crosslog

#endif  // CROSSLOG_LOGS_H_
