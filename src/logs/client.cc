// The calls of CloudWatch Logs, and the one walk over their pages.
#include <utility>

#include "auth/signed_call.h"
#include "crosslog/logs.h"

namespace crosslog {

LogsClient::LogsClient(Transport& transport, Clock& clock, CredentialProvider& credentials,
                       ClientOptions options)
    : call_(std::make_unique<SignedCall>(transport, clock, credentials, std::move(options))) {}

LogsClient::~LogsClient() = default;

Result<EventPage> LogsClient::get_log_events(const GetLogEvents& query, std::stop_token stop) {
  return call_->call(
      "GetLogEvents", make_request(query, call_->endpoint()), decode_error,
      [](HttpResponse response) { return decode_events(std::move(response.body)); }, std::move(stop));
}

GetLogEventsPager::GetLogEventsPager(LogsClient& client, GetLogEvents query)
    : client_(client), query_(std::move(query)) {}

Result<std::optional<EventPage>> GetLogEventsPager::next(std::stop_token stop) {
  if (done_) return std::nullopt;
  auto page = client_.get_log_events(query_, std::move(stop));
  if (!page) return std::unexpected(std::move(page).error());
  const auto token =
      query_.start_from_head.value_or(false) ? page->next_forward_token() : page->next_backward_token();
  // The service never leaves a token out; a page without one would start over.
  done_ = !token || (query_.next_token && *token == *query_.next_token);
  if (done_ && page->events().empty()) return std::nullopt;
  if (token) query_.next_token = std::string(*token);
  return std::optional(std::move(*page));
}

}  // namespace crosslog
