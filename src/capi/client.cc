#include <optional>
#include <utility>
#include <variant>

#include "capi/callbacks.h"
#include "capi/handles.h"
#include "capi/results.h"
#include "capi/support.h"
#include "crosslog/document.h"

struct crosslog_pager {
  std::shared_ptr<crosslog::capi::Client> client;
  std::variant<crosslog::GetLogEventsPager, crosslog::FilterLogEventsPager> pager;
};

namespace crosslog::capi {
namespace {

std::optional<std::string> sent(crosslog_string text) {
  return text.size == 0 ? std::nullopt : std::optional(to_text(text));
}

std::optional<std::int64_t> sent(const std::int64_t* number) {
  return number == nullptr ? std::nullopt : std::optional(*number);
}

std::optional<std::int64_t> sent_unless_zero(std::int64_t number) {
  return number == 0 ? std::nullopt : std::optional(number);
}

std::optional<bool> sent(crosslog_choice choice) {
  return choice == CROSSLOG_UNSET ? std::nullopt : std::optional(choice == CROSSLOG_YES);
}

GetLogEvents to_query(const crosslog_get_log_events* given) {
  const auto query = read_struct(given, "query");
  return {
      .log_group_name = sent(query.log_group_name),
      .log_group_identifier = sent(query.log_group_identifier),
      .log_stream_name = to_text(query.log_stream_name),
      .start_time = sent(query.start_time_ms),
      .end_time = sent(query.end_time_ms),
      .next_token = sent(query.next_token),
      .limit = sent_unless_zero(query.limit),
      .start_from_head = sent(query.start_from_head),
      .unmask = sent(query.unmask),
  };
}

FilterLogEvents to_query(const crosslog_filter_log_events* given) {
  const auto query = read_struct(given, "query");
  if (query.log_stream_name_count != 0) need(query.log_stream_names, "query.log_stream_names");
  std::vector<std::string> names;
  for (std::size_t i = 0; i < query.log_stream_name_count; ++i) {
    names.push_back(to_text(query.log_stream_names[i]));
  }
  return {
      .log_group_name = sent(query.log_group_name),
      .log_group_identifier = sent(query.log_group_identifier),
      .log_stream_names = std::move(names),
      .log_stream_name_prefix = sent(query.log_stream_name_prefix),
      .start_time = sent(query.start_time_ms),
      .end_time = sent(query.end_time_ms),
      .filter_pattern = sent(query.filter_pattern),
      .next_token = sent(query.next_token),
      .limit = sent_unless_zero(query.limit),
      .start_from_head = sent(query.start_from_head),
      .interleaved = std::nullopt,
      .unmask = sent(query.unmask),
  };
}

const Operation& operation_of(crosslog_service service, std::string_view name) {
  if (service != CROSSLOG_LOGS && service != CROSSLOG_STS) {
    refuse(Errc::invalid_argument, "service is neither CROSSLOG_LOGS nor CROSSLOG_STS");
  }
  const Operation* found = find_operation(service == CROSSLOG_STS ? Service::sts : Service::logs, name);
  if (found == nullptr) {
    throw Refusal{{.code = Errc::unsupported,
                   .message = "there is no such operation that reads",
                   .hints = {"operations are called as in the API reference: DescribeLogGroups"}}};
  }
  return *found;
}

Document parse_input(crosslog_string input) {
  if (input.size == 0) return {};
  auto parsed = parse_json(to_view(input));
  if (!parsed) parsed.error().code = Errc::invalid_argument;
  return value(std::move(parsed));
}

std::optional<EventPage> next_page(crosslog_pager& pager, const crosslog_stop* stop) {
  return value(std::visit([&](auto& pages) { return pages.next(token_of(stop)); }, pager.pager));
}

void write_page(const Owned<crosslog_sink>& sink, const crosslog_page& page) {
  crosslog_error said = {};
  const crosslog_code code = sink->write(sink->user, to_c(""), &page, &said);
  if (code == CROSSLOG_OK) {
    crosslog_error_clear(&said);
    return;
  }
  Refusal refusal{take_error(said, code, "the sink's callback")};
  crosslog_error_clear(&said);
  throw refusal;
}

}  // namespace

Client::Client(std::shared_ptr<Session> session_of_it, std::shared_ptr<Provider> credentials_of_it,
               const std::string& region)
    : session(std::move(session_of_it)),
      credentials(std::move(credentials_of_it)),
      logs(*session->transport, session->clock(), *credentials->provider,
           session->options(Service::logs, region)),
      sts(*session->transport, session->clock(), *credentials->provider,
          session->options(Service::sts, region)),
      logs_operations(*session->transport, session->clock(), *credentials->provider,
                      session->options(Service::logs, region)),
      sts_operations(*session->transport, session->clock(), *credentials->provider,
                     session->options(Service::sts, region)) {}

}  // namespace crosslog::capi

using namespace crosslog::capi;

crosslog_code crosslog_client_new(crosslog_session* session, crosslog_provider* provider,
                                  const crosslog_stop* stop, crosslog_client** out, crosslog_error* error) {
  return guarded(error, [&] {
    auto& made = need_out(out);
    auto& shared = need(session, "session").session;
    auto credentials = provider == nullptr ? make_default(shared) : provider->provider;
    const auto region = shared->region(token_of(stop));
    made = new crosslog_client{std::make_shared<Client>(shared, std::move(credentials), region)};
  });
}

void crosslog_client_free(crosslog_client* client) {
  delete client;
}

crosslog_code crosslog_client_get_log_events(crosslog_client* client, const crosslog_get_log_events* query,
                                             const crosslog_stop* stop, crosslog_page** out,
                                             crosslog_error* error) {
  return guarded(error, [&] {
    auto& made = need_out(out);
    auto& logs = need(client, "client").client->logs;
    made = new PageResult(value(logs.get_log_events(to_query(query), token_of(stop))));
  });
}

crosslog_code crosslog_client_filter_log_events(crosslog_client* client,
                                                const crosslog_filter_log_events* query,
                                                const crosslog_stop* stop, crosslog_page** out,
                                                crosslog_error* error) {
  return guarded(error, [&] {
    auto& made = need_out(out);
    auto& logs = need(client, "client").client->logs;
    made = new PageResult(value(logs.filter_log_events(to_query(query), token_of(stop))));
  });
}

crosslog_code crosslog_client_get_caller_identity(crosslog_client* client, const crosslog_stop* stop,
                                                  crosslog_identity** out, crosslog_error* error) {
  return guarded(error, [&] {
    auto& made = need_out(out);
    made = new IdentityResult(value(need(client, "client").client->sts.get_caller_identity(token_of(stop))));
  });
}

crosslog_code crosslog_client_assume_role(crosslog_client* client, const crosslog_assume_role* role,
                                          const crosslog_stop* stop, crosslog_assumed_role** out,
                                          crosslog_error* error) {
  return guarded(error, [&] {
    auto& made = need_out(out);
    auto& sts = need(client, "client").client->sts;
    made = new AssumedRoleResult(value(sts.assume_role(to_role(role), token_of(stop))));
  });
}

crosslog_code crosslog_client_call(crosslog_client* client, crosslog_service service,
                                   crosslog_string operation, crosslog_string input,
                                   const crosslog_stop* stop, crosslog_json** out, crosslog_error* error) {
  return guarded(error, [&] {
    auto& made = need_out(out);
    auto& shared = *need(client, "client").client;
    const auto& called = operation_of(service, to_view(operation));
    auto& caller = service == CROSSLOG_STS ? shared.sts_operations : shared.logs_operations;
    const auto answer = value(caller.call(called, parse_input(input), token_of(stop)));
    made = new JsonResult(crosslog::write_json(answer));
  });
}

crosslog_code crosslog_pager_new_get(crosslog_client* client, const crosslog_get_log_events* query,
                                     crosslog_pager** out, crosslog_error* error) {
  return guarded(error, [&] {
    auto& made = need_out(out);
    auto& shared = need(client, "client").client;
    made = new crosslog_pager{shared, crosslog::GetLogEventsPager(shared->logs, to_query(query))};
  });
}

crosslog_code crosslog_pager_new_filter(crosslog_client* client, const crosslog_filter_log_events* query,
                                        crosslog_pager** out, crosslog_error* error) {
  return guarded(error, [&] {
    auto& made = need_out(out);
    auto& shared = need(client, "client").client;
    made = new crosslog_pager{shared, crosslog::FilterLogEventsPager(shared->logs, to_query(query))};
  });
}

crosslog_code crosslog_pager_next(crosslog_pager* pager, const crosslog_stop* stop, crosslog_page** out,
                                  crosslog_error* error) {
  return guarded(error, [&] {
    auto& made = need_out(out);
    auto page = next_page(need(pager, "pager"), stop);
    if (page) made = new PageResult(std::move(*page));
  });
}

void crosslog_pager_free(crosslog_pager* pager) {
  delete pager;
}

crosslog_code crosslog_pager_drain(crosslog_pager* pager, const crosslog_sink* sink,
                                   const crosslog_stop* stop, crosslog_error* error) {
  return guarded(error, [&] {
    const Owned<crosslog_sink> owned(sink, "sink");
    need(owned->write, "sink.write");
    auto& pages = need(pager, "pager");
    while (auto page = next_page(pages, stop))
      write_page(owned, PageResult(std::move(*page)));
  });
}
