#include "capi/results.h"

#include <string.h>  // explicit_bzero

#include <utility>

#include "capi/support.h"

namespace crosslog::capi {
namespace {

crosslog_string shown_if(const LogEvent& event, LogEvent::Field field, std::string_view text) noexcept {
  return event.has(field) ? to_c(text) : crosslog_string{};
}

crosslog_event show_event(const LogEvent& event) noexcept {
  return {
      .timestamp_ms = event.timestamp,
      .ingestion_time_ms = event.ingestion_time,
      .message = shown_if(event, LogEvent::kMessage, event.message),
      .log_stream_name = shown_if(event, LogEvent::kLogStreamName, event.log_stream_name),
      .event_id = shown_if(event, LogEvent::kEventId, event.event_id),
      .present = event.present,
      .reserved = 0,
  };
}

static_assert(CROSSLOG_HAS_TIMESTAMP == int{LogEvent::kTimestamp});
static_assert(CROSSLOG_HAS_MESSAGE == int{LogEvent::kMessage});
static_assert(CROSSLOG_HAS_INGESTION_TIME == int{LogEvent::kIngestionTime});
static_assert(CROSSLOG_HAS_LOG_STREAM_NAME == int{LogEvent::kLogStreamName});
static_assert(CROSSLOG_HAS_EVENT_ID == int{LogEvent::kEventId});

crosslog_string show_token(std::optional<std::string_view> token) noexcept {
  return token ? to_c(*token) : crosslog_string{};
}

}  // namespace

void wipe(std::string& text) noexcept {
  explicit_bzero(text.data(), text.size());
}

std::vector<crosslog_header> show_headers(const std::vector<Header>& headers) {
  std::vector<crosslog_header> shown;
  shown.reserve(headers.size());
  for (const Header& header : headers)
    shown.push_back({to_c(header.name), to_c(header.value)});
  return shown;
}

PageResult::PageResult(EventPage given) : crosslog_page{}, decoded(std::move(given)) {
  shown.reserve(decoded.events().size());
  for (const LogEvent& event : decoded.events())
    shown.push_back(show_event(event));
  events = shown.data();
  event_count = shown.size();
  next_token = show_token(decoded.next_token());
  next_forward_token = show_token(decoded.next_forward_token());
  next_backward_token = show_token(decoded.next_backward_token());
  repairs = decoded.repairs();
}

IdentityResult::IdentityResult(CallerIdentity given) : crosslog_identity{}, found(std::move(given)) {
  user_id = to_c(found.user_id);
  account = to_c(found.account);
  arn = to_c(found.arn);
}

AssumedRoleResult::AssumedRoleResult(AssumedRole assumed)
    : crosslog_assumed_role{},
      id(std::move(assumed.assumed_role_id)),
      arn(std::move(assumed.assumed_role_arn)),
      shown(std::move(assumed.credentials)) {
  keys = &shown.keys();
  assumed_role_id = to_c(id);
  assumed_role_arn = to_c(arn);
  packed_policy_size = assumed.packed_policy_size.value_or(-1);
}

JsonResult::JsonResult(std::string given) : crosslog_json{}, written(std::move(given)) {
  text = to_c(written);
}

}  // namespace crosslog::capi

using namespace crosslog::capi;

void crosslog_page_free(crosslog_page* page) {
  delete static_cast<PageResult*>(page);
}
void crosslog_identity_free(crosslog_identity* identity) {
  delete static_cast<IdentityResult*>(identity);
}
void crosslog_assumed_role_free(crosslog_assumed_role* role) {
  delete static_cast<AssumedRoleResult*>(role);
}
void crosslog_json_free(crosslog_json* json) {
  delete static_cast<JsonResult*>(json);
}
