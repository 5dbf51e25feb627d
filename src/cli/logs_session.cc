#include "cli/logs_session.h"

#include <algorithm>
#include <utility>

#include "crosslog/clock.h"
#include "crosslog/sts.h"

namespace crosslog::cli {
namespace {

ClientOptions options_for(const Session& session, Endpoint endpoint) {
  ClientOptions options = client_options(session.settings, std::move(endpoint));
  options.debug = session.debug;
  options.note = session.note;
  return options;
}

}  // namespace

Outcome<LogsSession> LogsSession::open(const Session& session, const std::string& region) {
  const auto& wanted = session.globals.overrides.region;
  if (!region.empty() && wanted && *wanted != region) {
    return fail_usage("the log group's ARN is of region " + region + ", --region is " + *wanted);
  }
  auto connection = connect(session);
  if (!connection) return std::unexpected(connection.error());
  auto found = region.empty() ? region_of(session, **connection) : Outcome<std::string>(region);
  if (!found) return std::unexpected(found.error());
  auto endpoint = endpoint_of(session.settings, Service::logs, *found);
  if (!endpoint) return std::unexpected(to_failure(std::move(endpoint).error()));
  LogsSession logs(session, std::move(*connection), std::move(*found));
  logs.caller_ =
      std::make_unique<OperationCaller>(*logs.connection_->transport, system_clock(),
                                        *logs.connection_->credentials, options_for(session, *endpoint));
  logs.client_ =
      std::make_unique<LogsClient>(*logs.connection_->transport, system_clock(),
                                   *logs.connection_->credentials, options_for(session, *endpoint));
  return logs;
}

Outcome<Document> LogsSession::call(std::string_view operation, const Document& parameters) {
  auto answer = caller_->call(*find_operation(Service::logs, operation), parameters, session_->stop);
  if (answer) return std::move(*answer);
  if (answer.error().code == Errc::invalid_argument && answer.error().http_status == 0) {
    return fail_usage(answer.error().message, answer.error().hints);
  }
  return std::unexpected(to_failure(std::move(answer).error()));
}

Outcome<std::string> LogsSession::account() {
  if (account_) return *account_;
  const auto credentials = connection_->credentials->get(session_->stop);
  if (!credentials) return std::unexpected(to_failure(credentials.error()));
  account_ = credentials->account_id;
  if (!account_->empty()) return *account_;
  auto endpoint = endpoint_of(session_->settings, Service::sts, region_);
  if (!endpoint) return std::unexpected(to_failure(std::move(endpoint).error()));
  StsClient sts(*connection_->transport, system_clock(), *connection_->credentials,
                options_for(*session_, *endpoint));
  const auto caller = sts.get_caller_identity(session_->stop);
  if (caller) {
    account_ = caller->account;
  } else if (caller.error().code == Errc::cancelled) {
    return std::unexpected(to_failure(caller.error()));
  } else if (session_->note) {
    session_->note("the account is not known, as STS did not say: " + describe(caller.error()));
  }
  return *account_;
}

Outcome<Document::List> list_of(Document answer, std::string_view member) {
  if (auto* map = answer.map()) {
    const auto found = std::ranges::find(*map, member, &Document::Member::first);
    if (found != map->end() && found->second.list() != nullptr) return std::move(*found->second.list());
  }
  return fail_general("Unable to parse response: it has no " + std::string(member),
                      {"something that is not the service answered: a proxy, or a wrong --endpoint-url"});
}

std::string next_token_of(const Document& answer) {
  const Document* token = answer.find("nextToken");
  return token == nullptr || token->string() == nullptr ? std::string{} : *token->string();
}

}  // namespace crosslog::cli
