/* A program of somebody else: reads one page through a transport of its own. */
#include <crosslog/crosslog.h>
#include <stdio.h>

static crosslog_code send_canned(void* user, const crosslog_request* request, crosslog_response* response,
                                 const crosslog_stop* stop, crosslog_error* error) {
  const char* body =
      "{\"events\":[{\"timestamp\":1,\"message\":\"hello\"}],\"nextForwardToken\":\"f/"
      "1\",\"nextBackwardToken\":\"b/1\"}";
  (void)user, (void)request, (void)stop, (void)error;
  crosslog_response_set_status(response, 200);
  return crosslog_response_append_body(response, crosslog_string_of(body));
}

int main(void) {
  crosslog_error error = {0};
  crosslog_session* session = NULL;
  crosslog_provider* provider = NULL;
  crosslog_client* client = NULL;
  crosslog_page* page = NULL;

  crosslog_transport transport = {.size = sizeof transport, .send = send_canned};
  crosslog_session_options options = {.size = sizeof options, .isolated = 1, .transport = &transport};
  options.region = crosslog_string_of("us-east-1");
  crosslog_keys keys = {.size = sizeof keys};
  keys.access_key_id = crosslog_string_of("AKIAIOSFODNN7EXAMPLE");
  keys.secret_access_key = crosslog_string_of("made/up");
  crosslog_get_log_events query = {.size = sizeof query};
  query.log_group_name = crosslog_string_of("G");
  query.log_stream_name = crosslog_string_of("S");

  if (crosslog_session_new(&options, &session, &error) ||
      crosslog_provider_new_static(&keys, &provider, &error) ||
      crosslog_client_new(session, provider, NULL, &client, &error) ||
      crosslog_client_get_log_events(client, &query, NULL, &page, &error)) {
    fprintf(stderr, "%.*s\n", (int)error.description.size, error.description.data);
    return 1;
  }
  printf("%s %.*s\n", crosslog_version(), (int)page->events[0].message.size, page->events[0].message.data);
  crosslog_page_free(page);
  crosslog_client_free(client);
  crosslog_provider_free(provider);
  crosslog_session_free(session);
  return 0;
}
