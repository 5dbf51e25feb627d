/* The C API from plain C, as an embedder calls it.
 *
 *   c_api AWS_URL IMDS_URL EVENTS     of a crosslog-sandbox --events EVENTS
 *
 * Each test is a function that checks; the last line is "N passed, N failed". */
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crosslog/crosslog.h"

#define T(text) crosslog_string_of(text)
#define ROLE "arn:aws:iam::999999999999:role/cross-account"

static const char* aws_url;
static const char* imds_url;
static int64_t event_count;
static int faults; /* of the test that runs */

static void check_at(int line, int good, const char* what) {
  if (good) return;
  ++faults;
  printf("  line %d: %s\n", line, what);
}
#define CHECK(condition) check_at(__LINE__, (condition), #condition)

static int is(crosslog_string text, const char* expected) {
  return text.data != NULL && text.size == strlen(expected) && memcmp(text.data, expected, text.size) == 0;
}

static int contains(crosslog_string text, const char* part) {
  size_t length = strlen(part);
  for (size_t i = 0; i + length <= text.size; ++i) {
    if (memcmp(text.data + i, part, length) == 0) return 1;
  }
  return 0;
}

static void check_code_at(int line, crosslog_code got, crosslog_code expected, crosslog_error* error) {
  if (got != expected) {
    ++faults;
    printf("  line %d: %s instead of %s: %.*s\n", line, crosslog_code_name(got), crosslog_code_name(expected),
           (int)error->description.size, error->description.data);
  }
  if (got != error->code) {
    ++faults;
    printf("  line %d: the error says %s, the function %s\n", line, crosslog_code_name(error->code),
           crosslog_code_name(got));
  }
}
#define CHECK_CODE(call, expected) check_code_at(__LINE__, (call), (expected), &error)
#define CHECK_OK(call) CHECK_CODE(call, CROSSLOG_OK)

static crosslog_keys alice(void) {
  crosslog_keys keys = {.size = sizeof keys};
  keys.access_key_id = T("AKIASANDBOXALICE0001");
  keys.secret_access_key = T("sandbox/alice+made/up/secret00000000001");
  return keys;
}

static crosslog_session_options sandbox_options(void) {
  crosslog_session_options options = {.size = sizeof options};
  options.region = T("us-east-1");
  options.logs_endpoint_url = T(aws_url);
  options.sts_endpoint_url = T(aws_url);
  options.imds_endpoint_url = T(imds_url);
  options.isolated = 1;
  return options;
}

static crosslog_session* sandbox_session(void) {
  crosslog_error error = {0};
  crosslog_session* session = NULL;
  crosslog_session_options options = sandbox_options();
  CHECK_OK(crosslog_session_new(&options, &session, &error));
  crosslog_error_clear(&error);
  return session;
}

/* A client of the role that may read the logs, through alice's keys. */
static crosslog_client* reader_of(crosslog_session* session) {
  crosslog_error error = {0};
  crosslog_provider *keys = NULL, *role = NULL, *cached = NULL;
  crosslog_client* client = NULL;
  crosslog_keys who = alice();
  crosslog_assume_role wanted = {.size = sizeof wanted};
  wanted.role_arn = T(ROLE);
  CHECK_OK(crosslog_provider_new_static(&who, &keys, &error));
  CHECK_OK(crosslog_provider_new_assume_role(session, keys, &wanted, NULL, &role, &error));
  CHECK_OK(crosslog_provider_new_cached(session, role, &cached, &error));
  CHECK_OK(crosslog_client_new(session, cached, NULL, &client, &error));
  /* What stands behind the client lives on. */
  crosslog_provider_free(keys);
  crosslog_provider_free(role);
  crosslog_provider_free(cached);
  crosslog_error_clear(&error);
  return client;
}

static crosslog_client* sandbox_reader(void) {
  crosslog_session* session = sandbox_session();
  crosslog_client* client = reader_of(session);
  crosslog_session_free(session);
  return client;
}

/* ---- Against the sandbox ------------------------------------------------------------ */

static crosslog_get_log_events generated_events(void) {
  crosslog_get_log_events query = {.size = sizeof query};
  query.log_group_name = T("/load/generated");
  query.log_stream_name = T("s");
  query.limit = 97;
  query.start_from_head = CROSSLOG_YES;
  return query;
}

/* The events of /load/generated are a millisecond apart. */
typedef struct tally {
  int64_t seen, pages;
  unsigned char* times;
} tally;

static void count_page(tally* counted, const crosslog_page* page) {
  ++counted->pages;
  for (size_t i = 0; i < page->event_count; ++i) {
    const crosslog_event* event = &page->events[i];
    int64_t number = event->timestamp_ms - INT64_C(1700000000000);
    CHECK((event->present & CROSSLOG_HAS_TIMESTAMP) != 0 && event->message.size > 0);
    if (number < 0 || number >= event_count || counted->times[number]++ != 0) {
      check_at(__LINE__, 0, "an event of another stream, or for the second time");
      return;
    }
    ++counted->seen;
  }
}

static void get_pager_gives_every_event_once(void) {
  crosslog_error error = {0};
  crosslog_client* client = sandbox_reader();
  crosslog_pager* pager = NULL;
  crosslog_page* page = NULL;
  crosslog_get_log_events query = generated_events();
  tally counted = {0, 0, calloc((size_t)event_count, 1)};
  CHECK_OK(crosslog_pager_new_get(client, &query, &pager, &error));
  crosslog_client_free(client); /* the pager keeps it */
  while (crosslog_pager_next(pager, NULL, &page, &error) == CROSSLOG_OK && page != NULL) {
    count_page(&counted, page);
    crosslog_page_free(page);
  }
  CHECK(error.code == CROSSLOG_OK);
  CHECK(counted.seen == event_count && counted.pages >= event_count / 97);
  CHECK_OK(crosslog_pager_next(pager, NULL, &page, &error));
  CHECK(page == NULL);
  crosslog_pager_free(pager);
  free(counted.times);
}

static crosslog_code count_in_sink(void* user, crosslog_string source, const crosslog_page* page,
                                   crosslog_error* error) {
  (void)error;
  CHECK(source.size == 0);
  count_page(user, page);
  return CROSSLOG_OK;
}

static void drain_gives_every_event_once(void) {
  crosslog_error error = {0};
  crosslog_client* client = sandbox_reader();
  crosslog_pager* pager = NULL;
  tally counted = {0, 0, calloc((size_t)event_count, 1)};
  crosslog_sink sink = {.size = sizeof sink, .user = &counted, .write = count_in_sink};
  crosslog_string name = T("s");
  crosslog_filter_log_events query = {.size = sizeof query};
  query.log_group_name = T("/load/generated");
  query.log_stream_names = &name;
  query.log_stream_name_count = 1;
  query.limit = 101;
  CHECK_OK(crosslog_pager_new_filter(client, &query, &pager, &error));
  CHECK_OK(crosslog_pager_drain(pager, &sink, NULL, &error));
  CHECK(counted.seen == event_count);
  crosslog_pager_free(pager);
  crosslog_client_free(client);
  free(counted.times);
}

static int destroyed;
static void count_destroyed(void* user) {
  (void)user;
  ++destroyed;
}

static crosslog_code refuse_page(void* user, crosslog_string source, const crosslog_page* page,
                                 crosslog_error* error) {
  (void)user, (void)source, (void)page;
  crosslog_error_set(error, CROSSLOG_CANCELLED, T("enough"));
  return CROSSLOG_CANCELLED;
}

static crosslog_code fail_silently(void* user, crosslog_string source, const crosslog_page* page,
                                   crosslog_error* error) {
  (void)user, (void)source, (void)page, (void)error;
  return (crosslog_code)4711;
}

static void a_sink_ends_the_run(void) {
  crosslog_error error = {0};
  crosslog_client* client = sandbox_reader();
  crosslog_pager* pager = NULL;
  crosslog_get_log_events query = generated_events();
  crosslog_sink sink = {.size = sizeof sink, .write = refuse_page, .destroy = count_destroyed};
  destroyed = 0;
  CHECK_OK(crosslog_pager_new_get(client, &query, &pager, &error));
  CHECK_CODE(crosslog_pager_drain(pager, &sink, NULL, &error), CROSSLOG_CANCELLED);
  CHECK(is(error.message, "enough") && destroyed == 1);
  sink.write = fail_silently;
  CHECK_CODE(crosslog_pager_drain(pager, &sink, NULL, &error), CROSSLOG_UNSUPPORTED);
  CHECK(error.hint_count == 1 && contains(error.hints[0], "4711") && destroyed == 2);
  sink.write = NULL;
  CHECK_CODE(crosslog_pager_drain(pager, &sink, NULL, &error), CROSSLOG_INVALID_ARGUMENT);
  CHECK_CODE(crosslog_pager_drain(pager, NULL, NULL, &error), CROSSLOG_INVALID_ARGUMENT);
  CHECK(destroyed == 3);
  crosslog_error_clear(&error);
  crosslog_pager_free(pager);
  crosslog_client_free(client);
}

static void one_page_and_its_tokens(void) {
  crosslog_error error = {0};
  crosslog_client* client = sandbox_reader();
  crosslog_page* page = NULL;
  const int64_t start = INT64_C(1700000000003), end = INT64_C(1700000000007);
  crosslog_get_log_events get = generated_events();
  crosslog_filter_log_events filter = {.size = sizeof filter};
  get.start_time_ms = &start;
  get.end_time_ms = &end;
  CHECK_OK(crosslog_client_get_log_events(client, &get, NULL, &page, &error));
  CHECK(page != NULL && page->event_count == 4 && page->repairs == 0);
  CHECK(page->next_forward_token.size > 0 && page->next_backward_token.size > 0 &&
        page->next_token.data == NULL);
  CHECK(page->events[0].log_stream_name.data == NULL && page->events[0].event_id.data == NULL);
  crosslog_page_free(page);

  filter.log_group_name = T("/load/generated");
  filter.start_time_ms = &start;
  filter.end_time_ms = &end;
  filter.limit = 2;
  CHECK_OK(crosslog_client_filter_log_events(client, &filter, NULL, &page, &error));
  CHECK(page->event_count == 2 && page->next_token.size > 0 && page->next_forward_token.data == NULL);
  CHECK(is(page->events[0].log_stream_name, "s") && page->events[0].event_id.size > 0);
  crosslog_page_free(page);
  crosslog_client_free(client);
}

static void sts_says_who_we_are(void) {
  crosslog_error error = {0};
  crosslog_client* client = sandbox_reader();
  crosslog_identity* identity = NULL;
  CHECK_OK(crosslog_client_get_caller_identity(client, NULL, &identity, &error));
  CHECK(is(identity->account, "999999999999") &&
        contains(identity->arn, ":assumed-role/cross-account/crosslog-"));
  CHECK(contains(identity->user_id, "AROA"));
  crosslog_identity_free(identity);
  crosslog_client_free(client);
}

static void sts_assumes_a_role(void) {
  crosslog_error error = {0};
  crosslog_session* session = sandbox_session();
  crosslog_provider *keys = NULL, *session_keys = NULL;
  crosslog_client* client = NULL;
  crosslog_assumed_role* assumed = NULL;
  crosslog_identity* identity = NULL;
  crosslog_keys who = alice();
  crosslog_assume_role role = {.size = sizeof role};
  role.role_arn = T(ROLE);
  role.role_session_name = T("from-c");
  role.duration_s = 900;
  CHECK_OK(crosslog_provider_new_static(&who, &keys, &error));
  CHECK_OK(crosslog_client_new(session, keys, NULL, &client, &error));
  CHECK_OK(crosslog_client_assume_role(client, &role, NULL, &assumed, &error));
  CHECK(is(assumed->assumed_role_arn, "arn:aws:sts::999999999999:assumed-role/cross-account/from-c"));
  CHECK(contains(assumed->assumed_role_id, ":from-c"));
  CHECK(assumed->keys->size == sizeof(crosslog_keys) && assumed->keys->expires_ms > INT64_C(1700000000000));
  CHECK(is(assumed->keys->account_id, "999999999999") && assumed->keys->session_token.size > 0);
  crosslog_client_free(client);

  CHECK_OK(crosslog_provider_new_static(assumed->keys, &session_keys, &error));
  crosslog_assumed_role_free(assumed); /* the provider has a copy */
  CHECK_OK(crosslog_client_new(session, session_keys, NULL, &client, &error));
  CHECK_OK(crosslog_client_get_caller_identity(client, NULL, &identity, &error));
  CHECK(contains(identity->arn, "/from-c"));
  crosslog_identity_free(identity);

  role.role_arn = T("arn:aws:iam::999999999999:role/distrusting");
  CHECK_CODE(crosslog_client_assume_role(client, &role, NULL, &assumed, &error), CROSSLOG_ACCESS_DENIED);
  CHECK(assumed == NULL && error.http_status == 403 && error.attempts == 1 &&
        is(error.aws_code, "AccessDenied"));
  CHECK(is(error.operation, "AssumeRole") && error.request_id.size > 0);
  CHECK(
      contains(error.description, "An error occurred (AccessDenied) when calling the AssumeRole operation"));
  crosslog_error_clear(&error);
  crosslog_client_free(client);
  crosslog_provider_free(session_keys);
  crosslog_provider_free(keys);
  crosslog_session_free(session);
}

static void instance_metadata_gives_credentials_and_region(void) {
  crosslog_error error = {0};
  crosslog_session_options options = sandbox_options();
  crosslog_session* session = NULL;
  crosslog_provider *imds = NULL, *chain = NULL;
  crosslog_credentials* credentials = NULL;
  crosslog_client* client = NULL;
  crosslog_identity* identity = NULL;
  options.region = T(NULL);
  CHECK_OK(crosslog_session_new(&options, &session, &error));
  CHECK_OK(crosslog_provider_new_imds(session, &imds, &error));
  CHECK_OK(crosslog_provider_get(imds, NULL, &credentials, &error));
  CHECK(is(crosslog_credentials_keys(credentials)->account_id, "111111111111"));
  crosslog_credentials_free(credentials);
  CHECK_OK(crosslog_provider_new_default(session, &chain, &error));
  CHECK_OK(crosslog_provider_get(chain, NULL, &credentials, &error));
  CHECK(crosslog_credentials_keys(credentials)->session_token.size > 0);
  crosslog_credentials_free(credentials);
  CHECK_OK(crosslog_client_new(session, NULL, NULL, &client, &error));
  CHECK_OK(crosslog_client_get_caller_identity(client, NULL, &identity, &error));
  CHECK(contains(identity->arn, "assumed-role/monitor-iam-ec2/"));
  crosslog_identity_free(identity);
  crosslog_client_free(client);
  crosslog_provider_free(chain);
  crosslog_provider_free(imds);
  crosslog_session_free(session);
}

/* With the files and variables of the runner's home, in which the profile stands. */
static void a_profile_gives_credentials(void) {
  crosslog_error error = {0};
  crosslog_session* session = NULL;
  crosslog_provider* provider = NULL;
  crosslog_credentials* credentials = NULL;
  CHECK_OK(crosslog_session_new(NULL, &session, &error));
  CHECK_OK(crosslog_provider_new_profile(session, T("crossb"), &provider, &error));
  CHECK_OK(crosslog_provider_get(provider, NULL, &credentials, &error));
  CHECK(is(crosslog_credentials_keys(credentials)->account_id, "999999999999"));
  crosslog_credentials_free(credentials);
  crosslog_provider_free(provider);
  CHECK_CODE(crosslog_provider_new_profile(session, T("nope"), &provider, &error), CROSSLOG_CONFIGURATION);
  CHECK(is(error.message, "The config profile (nope) could not be found") && provider == NULL);
  CHECK_CODE(crosslog_provider_new_profile(session, T("default"), &provider, &error), CROSSLOG_CONFIGURATION);
  crosslog_error_clear(&error);
  crosslog_session_free(session);
}

static void operations_by_name(void) {
  crosslog_error error = {0};
  crosslog_client* client = sandbox_reader();
  crosslog_json* json = NULL;
  CHECK_OK(crosslog_client_call(client, CROSSLOG_LOGS, T("DescribeLogGroups"),
                                T("{\"logGroupNamePrefix\":\"/load/gen\"}"), NULL, &json, &error));
  CHECK(contains(json->text, "{\"logGroups\":[{\"logGroupName\":\"/load/generated\""));
  crosslog_json_free(json);
  CHECK_OK(crosslog_client_call(client, CROSSLOG_STS, T("GetCallerIdentity"), T(NULL), NULL, &json, &error));
  CHECK(contains(json->text, "\"Account\":\"999999999999\""));
  crosslog_json_free(json);

  CHECK_CODE(crosslog_client_call(client, CROSSLOG_LOGS, T("DeleteLogGroup"), T("{}"), NULL, &json, &error),
             CROSSLOG_UNSUPPORTED);
  CHECK(json == NULL && error.http_status == 0);
  CHECK_CODE(crosslog_client_call(client, CROSSLOG_STS, T("GetLogEvents"), T("{}"), NULL, &json, &error),
             CROSSLOG_UNSUPPORTED);
  CHECK_CODE(
      crosslog_client_call(client, (crosslog_service)0, T("GetLogEvents"), T("{}"), NULL, &json, &error),
      CROSSLOG_INVALID_ARGUMENT);
  CHECK_CODE(crosslog_client_call(client, CROSSLOG_LOGS, T("GetLogEvents"), T("{}"), NULL, &json, &error),
             CROSSLOG_INVALID_ARGUMENT);
  CHECK(contains(error.message, "Parameter validation failed") && error.attempts == 0);
  CHECK_CODE(
      crosslog_client_call(client, CROSSLOG_LOGS, T("GetLogEvents"), T("{\"a\":"), NULL, &json, &error),
      CROSSLOG_INVALID_ARGUMENT);
  CHECK_CODE(crosslog_client_call(client, CROSSLOG_LOGS, T("DescribeLogStreams"),
                                  T("{\"logGroupName\":\"nothing\"}"), NULL, &json, &error),
             CROSSLOG_NOT_FOUND);
  CHECK(is(error.aws_code, "ResourceNotFoundException") && error.http_status == 400 &&
        error.request_id.size > 0);
  crosslog_error_clear(&error);
  crosslog_client_free(client);
}

/* ---- With transport, clock and credentials of its own ------------------------------- */

typedef struct canned {
  int sends, destroyed, slept, invalidated;
  int status;
  const char* body;
  crosslog_code code;
  const char* message;
  int64_t now_ms;
  crosslog_stop* stop_at_sleep;
  crosslog_stop* stop_at_send;
  int without_credentials;
  char authorization[512];
  char first_line[256];
  int headers_are_lower;
} canned;

static crosslog_code canned_send(void* user, const crosslog_request* request, crosslog_response* response,
                                 const crosslog_stop* stop, crosslog_error* error) {
  canned* can = user;
  ++can->sends;
  (void)snprintf(can->first_line, sizeof can->first_line, "%.*s %.*s%.*s", (int)request->method.size,
                 request->method.data, (int)request->origin.size, request->origin.data,
                 (int)request->path.size, request->path.data);
  for (size_t i = 0; i < request->header_count; ++i) {
    if (is(request->headers[i].name, "Authorization")) {
      (void)snprintf(can->authorization, sizeof can->authorization, "%.*s",
                     (int)request->headers[i].value.size, request->headers[i].value.data);
    }
  }
  CHECK(request->max_response_bytes > 0 && request->total_timeout_ms > 0 && request->connect_to.data == NULL);
  if (can->stop_at_send != NULL) {
    CHECK(crosslog_stop_requested(stop) == 0);
    crosslog_stop_request(can->stop_at_send);
    CHECK(crosslog_stop_requested(stop) == 1);
    crosslog_error_set(error, CROSSLOG_CANCELLED, T("stopped while sending"));
    return CROSSLOG_CANCELLED;
  }
  if (can->code != CROSSLOG_OK) {
    if (can->message != NULL) crosslog_error_set(error, can->code, T(can->message));
    return can->code;
  }
  crosslog_code code = crosslog_response_set_status(response, can->status);
  if (code == CROSSLOG_OK)
    code = crosslog_response_add_header(response, T("X-Amzn-RequestId"), T("request-1"));
  if (code == CROSSLOG_OK) code = crosslog_response_append_body(response, T(can->body));
  return code;
}

static int64_t canned_now(void* user) {
  return ((canned*)user)->now_ms;
}
static int64_t canned_steady(void* user) {
  return ((canned*)user)->now_ms;
}
static int canned_sleep(void* user, int64_t duration_ms, const crosslog_stop* stop) {
  canned* can = user;
  can->now_ms += duration_ms;
  ++can->slept;
  if (can->stop_at_sleep != NULL) crosslog_stop_request(can->stop_at_sleep);
  return !crosslog_stop_requested(stop);
}

static crosslog_code canned_get(void* user, crosslog_credentials* credentials, const crosslog_stop* stop,
                                crosslog_error* error) {
  canned* can = user;
  crosslog_keys keys = alice();
  (void)stop;
  if (can->without_credentials == 1) return CROSSLOG_OK; /* and forgets to set them */
  if (can->without_credentials == 2) {
    crosslog_error_set(error, CROSSLOG_NOT_CONFIGURED, T("the vault is closed"));
    return CROSSLOG_NOT_CONFIGURED;
  }
  if (can->without_credentials == 3) keys.access_key_id = T("two words");
  return crosslog_credentials_set(credentials, &keys, error);
}
static void canned_invalidate(void* user, crosslog_string access_key_id) {
  canned* can = user;
  CHECK(is(access_key_id, "AKIASANDBOXALICE0001"));
  ++can->invalidated;
}
static void canned_destroy(void* user) {
  ++((canned*)user)->destroyed;
}

static canned make_can(void) {
  canned can;
  memset(&can, 0, sizeof can);
  can.status = 200;
  can.body =
      "{\"events\":[{\"timestamp\":1,\"message\":\"hello\"}],\"nextForwardToken\":\"f/"
      "1\",\"nextBackwardToken\":\"b/1\"}";
  can.now_ms = INT64_C(1700000000000);
  return can;
}

/* Owned by three: transport, clock and credentials. */
static crosslog_client* canned_client(canned* can) {
  crosslog_error error = {0};
  crosslog_transport transport = {
      .size = sizeof transport, .user = can, .send = canned_send, .destroy = canned_destroy};
  crosslog_clock clock = {.size = sizeof clock,
                          .user = can,
                          .now_ms = canned_now,
                          .steady_ms = canned_steady,
                          .sleep_ms = canned_sleep,
                          .destroy = canned_destroy};
  crosslog_credential_source source = {.size = sizeof source,
                                       .user = can,
                                       .get = canned_get,
                                       .invalidate = canned_invalidate,
                                       .destroy = canned_destroy};
  crosslog_session_options options = {.size = sizeof options};
  crosslog_session* session = NULL;
  crosslog_provider* provider = NULL;
  crosslog_client* client = NULL;
  options.region = T("eu-west-1");
  options.isolated = 1;
  options.transport = &transport;
  options.clock = &clock;
  CHECK_OK(crosslog_session_new(&options, &session, &error));
  CHECK_OK(crosslog_provider_new_custom(&source, &provider, &error));
  CHECK_OK(crosslog_client_new(session, provider, NULL, &client, &error));
  crosslog_session_free(session);
  crosslog_provider_free(provider);
  crosslog_error_clear(&error);
  CHECK(can->destroyed == 0);
  return client;
}

static crosslog_get_log_events small_query(void) {
  crosslog_get_log_events query = {.size = sizeof query};
  query.log_group_name = T("G");
  query.log_stream_name = T("S");
  return query;
}

static void own_transport_clock_and_credentials(void) {
  crosslog_error error = {0};
  canned can = make_can();
  crosslog_client* client = canned_client(&can);
  crosslog_get_log_events query = small_query();
  crosslog_page* page = NULL;
  CHECK_OK(crosslog_client_get_log_events(client, &query, NULL, &page, &error));
  CHECK(page->event_count == 1 && is(page->events[0].message, "hello") && page->events[0].timestamp_ms == 1);
  CHECK(is(page->next_forward_token, "f/1"));
  CHECK((page->events[0].present & CROSSLOG_HAS_INGESTION_TIME) == 0);
  crosslog_page_free(page);
  CHECK(can.sends == 1 && strcmp(can.first_line, "POST https://logs.eu-west-1.amazonaws.com/") == 0);
  CHECK(strstr(can.authorization, "Credential=AKIASANDBOXALICE0001/20231114/eu-west-1/logs/aws4_request") !=
        NULL);
  CHECK(can.slept == 0 && can.destroyed == 0);
  crosslog_client_free(client);
  CHECK(can.destroyed == 3);
}

static void a_transport_that_fails(void) {
  crosslog_error error = {0};
  canned can = make_can();
  crosslog_client* client = canned_client(&can);
  crosslog_get_log_events query = small_query();
  crosslog_page* page = NULL;
  can.code = CROSSLOG_NETWORK;
  can.message = "the cable is out";
  CHECK_CODE(crosslog_client_get_log_events(client, &query, NULL, &page, &error), CROSSLOG_NETWORK);
  CHECK(page == NULL && contains(error.message, "the cable is out") && error.attempts == 3);
  CHECK(can.sends == 3 && can.slept == 2); /* by its own clock: no real time goes by */
  can.message = NULL;
  CHECK_CODE(crosslog_client_get_log_events(client, &query, NULL, &page, &error), CROSSLOG_NETWORK);
  CHECK(contains(error.message, "callback"));
  can.code = CROSSLOG_NO_MEMORY;
  CHECK_CODE(crosslog_client_get_log_events(client, &query, NULL, &page, &error), CROSSLOG_NO_MEMORY);
  can.code = CROSSLOG_OK;
  can.body = "<html>";
  CHECK_CODE(crosslog_client_get_log_events(client, &query, NULL, &page, &error), CROSSLOG_PROTOCOL);
  can.status = 400;
  can.body = "{\"__type\":\"ExpiredTokenException\",\"message\":\"late\"}";
  CHECK_CODE(crosslog_client_get_log_events(client, &query, NULL, &page, &error), CROSSLOG_EXPIRED_TOKEN);
  CHECK(can.invalidated > 0 && is(error.request_id, "request-1") && is(error.message, "late"));
  crosslog_error_clear(&error);
  crosslog_client_free(client);
}

static crosslog_code endless_send(void* user, const crosslog_request* request, crosslog_response* response,
                                  const crosslog_stop* stop, crosslog_error* error) {
  static const char piece[1 << 16];
  crosslog_string bytes = {piece, sizeof piece};
  size_t given = 0;
  crosslog_code code = crosslog_response_set_status(response, 200);
  (void)stop, (void)error;
  while (code == CROSSLOG_OK) {
    code = crosslog_response_append_body(response, bytes);
    if (code == CROSSLOG_OK) given += sizeof piece;
  }
  CHECK(given <= request->max_response_bytes);
  *(crosslog_code*)user = code;
  return code;
}

static void a_response_without_end_is_refused(void) {
  crosslog_error error = {0};
  crosslog_code ended = CROSSLOG_OK;
  crosslog_transport transport = {.size = sizeof transport, .user = &ended, .send = endless_send};
  crosslog_session_options options = {.size = sizeof options};
  crosslog_session* session = NULL;
  crosslog_provider* imds = NULL;
  crosslog_credentials* credentials = NULL;
  options.isolated = 1;
  options.transport = &transport;
  CHECK_OK(crosslog_session_new(&options, &session, &error));
  CHECK_OK(crosslog_provider_new_imds(session, &imds, &error));
  CHECK_CODE(crosslog_provider_get(imds, NULL, &credentials, &error), CROSSLOG_NOT_CONFIGURED);
  CHECK(credentials == NULL && ended == CROSSLOG_PROTOCOL);
  crosslog_error_clear(&error);
  crosslog_provider_free(imds);
  crosslog_session_free(session);
}

static void credentials_that_do_not_come(void) {
  crosslog_error error = {0};
  crosslog_credential_source source;
  crosslog_provider* provider = NULL;
  canned can = make_can();
  crosslog_client* client = canned_client(&can);
  crosslog_get_log_events query = small_query();
  crosslog_page* page = NULL;
  can.without_credentials = 1;
  CHECK_CODE(crosslog_client_get_log_events(client, &query, NULL, &page, &error), CROSSLOG_CREDENTIALS);
  can.without_credentials = 2;
  CHECK(crosslog_client_get_log_events(client, &query, NULL, &page, &error) != CROSSLOG_OK);
  CHECK(contains(error.message, "the vault is closed"));
  can.without_credentials = 3;
  CHECK_CODE(crosslog_client_get_log_events(client, &query, NULL, &page, &error), CROSSLOG_CREDENTIALS);
  CHECK(can.sends == 0 && !contains(error.description, "two words"));
  crosslog_client_free(client);
  CHECK(can.destroyed == 3);
  source = (crosslog_credential_source){
      .size = sizeof source, .user = &can, .get = canned_get, .destroy = canned_destroy};
  CHECK_CODE(crosslog_provider_new_custom(&source, NULL, &error), CROSSLOG_INVALID_ARGUMENT);
  CHECK(can.destroyed == 4);
  source.get = NULL;
  CHECK_CODE(crosslog_provider_new_custom(&source, &provider, &error), CROSSLOG_INVALID_ARGUMENT);
  CHECK(can.destroyed == 5 && provider == NULL);
  crosslog_error_clear(&error);
}

static void stopping(void) {
  crosslog_error error = {0};
  canned can = make_can();
  crosslog_client* client = canned_client(&can);
  crosslog_get_log_events query = small_query();
  crosslog_page* page = NULL;
  crosslog_pager* pager = NULL;
  crosslog_stop* stop = NULL;
  CHECK_OK(crosslog_stop_new(&stop, &error));
  CHECK(crosslog_stop_requested(stop) == 0 && crosslog_stop_requested(NULL) == 0);
  can.stop_at_send = stop;
  CHECK_CODE(crosslog_client_get_log_events(client, &query, stop, &page, &error), CROSSLOG_CANCELLED);
  CHECK(can.sends == 1);
  CHECK_OK(crosslog_pager_new_get(client, &query, &pager, &error));
  can.stop_at_send = NULL;
  CHECK_CODE(crosslog_pager_next(pager, stop, &page, &error), CROSSLOG_CANCELLED);
  CHECK_OK(crosslog_pager_next(pager, NULL, &page, &error)); /* the same page */
  CHECK(page != NULL && page->event_count == 1);
  crosslog_page_free(page);
  crosslog_stop_free(stop);

  CHECK_OK(crosslog_stop_new(&stop, &error));
  can.stop_at_sleep = stop;
  can.code = CROSSLOG_NETWORK;
  can.sends = 0;
  CHECK_CODE(crosslog_client_get_log_events(client, &query, stop, &page, &error), CROSSLOG_CANCELLED);
  CHECK(can.sends == 1);
  crosslog_error_clear(&error);
  crosslog_pager_free(pager);
  crosslog_client_free(client);
  crosslog_stop_free(stop);
}

static void* read_once(void* client) {
  crosslog_get_log_events query = generated_events();
  intptr_t good = 1;
  for (int i = 0; i < 5; ++i) {
    crosslog_page* page = NULL;
    good &= crosslog_client_get_log_events(client, &query, NULL, &page, NULL) == CROSSLOG_OK &&
            page->event_count == 97;
    crosslog_page_free(page);
  }
  return (void*)good;
}

static void a_client_for_several_threads(void) {
  crosslog_client* client = sandbox_reader();
  pthread_t threads[4];
  for (int i = 0; i < 4; ++i)
    CHECK(pthread_create(&threads[i], NULL, read_once, client) == 0);
  for (int i = 0; i < 4; ++i) {
    void* good = NULL;
    CHECK(pthread_join(threads[i], &good) == 0 && good != NULL);
  }
  crosslog_client_free(client);
}

/* ---- The signer --------------------------------------------------------------------- */

/* "get-vanilla" of the Signature Version 4 test suite. */
static void signing(void) {
  crosslog_error error = {0};
  crosslog_signature* signature = NULL;
  crosslog_keys keys = {.size = sizeof keys};
  crosslog_header host = {T("Host"), T("example.amazonaws.com")};
  crosslog_signable request = {.size = sizeof request};
  keys.access_key_id = T("AKIDEXAMPLE");
  keys.secret_access_key = T("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
  request.method = T("GET");
  request.path = T("/");
  request.headers = &host;
  request.header_count = 1;
  request.region = T("us-east-1");
  request.service = T("service");
  request.time_ms = INT64_C(1440938160000); /* 2015-08-30T12:36:00Z */
  CHECK_OK(crosslog_signature_new(&request, &keys, &signature, &error));
  CHECK(is(signature->signature, "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"));
  CHECK(is(signature->string_to_sign,
           "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/service/aws4_request\n"
           "bb579772317eb040ac9ed261061d46c1f17a8133879d6129b6e1c25292927e63"));
  CHECK(contains(signature->canonical_request, "GET\n/\n\nhost:example.amazonaws.com\n"));
  CHECK(signature->query.data == NULL && signature->header_count == 2);
  for (size_t i = 0; i < signature->header_count; ++i) {
    crosslog_header header = signature->headers[i];
    CHECK(is(header.name, "X-Amz-Date")
              ? is(header.value, "20150830T123600Z")
              : is(header.name, "Authorization") && contains(header.value, "Signature=5fa00fa3"));
  }
  crosslog_signature_free(signature);

  CHECK_OK(crosslog_signature_new_presigned(&request, &keys, 60, &signature, &error));
  CHECK(contains(signature->query, "X-Amz-Expires=60&") && contains(signature->query, "&X-Amz-Signature="));
  crosslog_signature_free(signature);
  CHECK_CODE(crosslog_signature_new_presigned(&request, &keys, 604801, &signature, &error),
             CROSSLOG_INVALID_ARGUMENT);
  CHECK_CODE(crosslog_signature_new_presigned(&request, &keys, INT64_MAX, &signature, &error),
             CROSSLOG_INVALID_ARGUMENT);
  CHECK_CODE(crosslog_signature_new_presigned(&request, &keys, INT64_MIN, &signature, &error),
             CROSSLOG_INVALID_ARGUMENT);

  request.header_count = 0;
  CHECK_CODE(crosslog_signature_new(&request, &keys, &signature, &error), CROSSLOG_INVALID_ARGUMENT);
  request.headers = NULL;
  request.header_count = 1;
  CHECK_CODE(crosslog_signature_new(&request, &keys, &signature, &error), CROSSLOG_INVALID_ARGUMENT);
  keys.secret_access_key = T(NULL);
  CHECK_CODE(crosslog_signature_new(&request, &keys, &signature, &error), CROSSLOG_CREDENTIALS);
  CHECK(signature == NULL);
  crosslog_error_clear(&error);
}

/* ---- Wrong calls -------------------------------------------------------------------- */

static void null_is_refused_everywhere(void) {
  crosslog_error error = {0};
  crosslog_string none = {NULL, 0};
  crosslog_session* session;
  crosslog_provider* provider;
  crosslog_credentials* credentials;
  crosslog_client* client;
  crosslog_page* page;
  crosslog_identity* identity;
  crosslog_assumed_role* role;
  crosslog_json* json;
  crosslog_pager* pager;
  crosslog_signature* signature;
#define REFUSED(call)                          \
  CHECK_CODE(call, CROSSLOG_INVALID_ARGUMENT); \
  CHECK(contains(error.message, " is NULL"))
  REFUSED(crosslog_stop_new(NULL, &error));
  REFUSED(crosslog_session_new(NULL, NULL, &error));
  REFUSED(crosslog_provider_new_default(NULL, &provider, &error));
  REFUSED(crosslog_provider_new_default(NULL, NULL, &error));
  REFUSED(crosslog_provider_new_profile(NULL, none, &provider, &error));
  REFUSED(crosslog_provider_new_static(NULL, &provider, &error));
  REFUSED(crosslog_provider_new_imds(NULL, &provider, &error));
  REFUSED(crosslog_provider_new_assume_role(NULL, NULL, NULL, NULL, &provider, &error));
  REFUSED(crosslog_provider_new_cached(NULL, NULL, &provider, &error));
  REFUSED(crosslog_provider_new_custom(NULL, &provider, &error));
  REFUSED(crosslog_provider_get(NULL, NULL, &credentials, &error));
  REFUSED(crosslog_credentials_set(NULL, NULL, &error));
  REFUSED(crosslog_client_new(NULL, NULL, NULL, &client, &error));
  REFUSED(crosslog_client_get_log_events(NULL, NULL, NULL, &page, &error));
  REFUSED(crosslog_client_filter_log_events(NULL, NULL, NULL, &page, &error));
  REFUSED(crosslog_client_get_caller_identity(NULL, NULL, &identity, &error));
  REFUSED(crosslog_client_assume_role(NULL, NULL, NULL, &role, &error));
  REFUSED(crosslog_client_call(NULL, CROSSLOG_LOGS, none, none, NULL, &json, &error));
  REFUSED(crosslog_pager_new_get(NULL, NULL, &pager, &error));
  REFUSED(crosslog_pager_new_filter(NULL, NULL, &pager, &error));
  REFUSED(crosslog_pager_next(NULL, NULL, &page, &error));
  REFUSED(crosslog_signature_new(NULL, NULL, &signature, &error));
  REFUSED(crosslog_signature_new_presigned(NULL, NULL, 1, &signature, &error));
  CHECK(crosslog_response_set_status(NULL, 200) == CROSSLOG_INVALID_ARGUMENT);
  CHECK(crosslog_response_add_header(NULL, none, none) == CROSSLOG_INVALID_ARGUMENT);
  CHECK(crosslog_response_append_body(NULL, none) == CROSSLOG_INVALID_ARGUMENT);

  session = sandbox_session();
  REFUSED(crosslog_client_new(session, NULL, NULL, NULL, &error));
  REFUSED(crosslog_provider_new_cached(session, NULL, &provider, &error));
  REFUSED(crosslog_provider_new_assume_role(session, NULL, NULL, NULL, &provider, &error));
  client = reader_of(session);
  REFUSED(crosslog_client_get_log_events(client, NULL, NULL, &page, &error));
  REFUSED(crosslog_pager_new_filter(client, NULL, &pager, &error));
  {
    crosslog_filter_log_events query = {.size = sizeof query};
    query.log_stream_name_count = 1;
    REFUSED(crosslog_client_filter_log_events(client, &query, NULL, &page, &error));
  }
  crosslog_client_free(client);
  crosslog_session_free(session);

  /* Without an error to fill, and nothing to free. */
  CHECK(crosslog_session_new(NULL, NULL, NULL) == CROSSLOG_INVALID_ARGUMENT);
  crosslog_error_clear(NULL);
  crosslog_error_set(NULL, CROSSLOG_NETWORK, T("x"));
  crosslog_stop_request(NULL);
  crosslog_stop_free(NULL);
  crosslog_session_free(NULL);
  crosslog_provider_free(NULL);
  crosslog_credentials_free(NULL);
  crosslog_client_free(NULL);
  crosslog_page_free(NULL);
  crosslog_identity_free(NULL);
  crosslog_assumed_role_free(NULL);
  crosslog_json_free(NULL);
  crosslog_pager_free(NULL);
  crosslog_signature_free(NULL);
  CHECK(crosslog_credentials_keys(NULL) == NULL);
  crosslog_error_clear(&error);
}

static void structs_of_other_sizes(void) {
  crosslog_error error = {0};
  crosslog_session* session = NULL;
  struct {
    crosslog_session_options known;
    void* later;
  } newer;
  crosslog_session_options options = sandbox_options();
  memset(&newer, 0, sizeof newer);
  newer.known = sandbox_options();
  newer.known.size = sizeof newer;
  CHECK_OK(crosslog_session_new(&newer.known, &session, &error));
  crosslog_session_free(session);
  newer.later = &newer;
  CHECK_CODE(crosslog_session_new(&newer.known, &session, &error), CROSSLOG_UNSUPPORTED);
  CHECK(session == NULL && contains(error.message, "newer"));
  /* Of a program that knew only the first members. */
  options.size = offsetof(crosslog_session_options, ca_bundle);
  options.transport = (const crosslog_transport*)&options; /* is not looked at */
  CHECK_OK(crosslog_session_new(&options, &session, &error));
  crosslog_session_free(session);
  options.size = 0;
  CHECK_CODE(crosslog_session_new(&options, &session, &error), CROSSLOG_INVALID_ARGUMENT);
  CHECK(contains(error.message, "size"));
  crosslog_error_clear(&error);
}

static void wrong_settings(void) {
  crosslog_error error = {0};
  crosslog_session* session = NULL;
  crosslog_client* client = NULL;
  crosslog_provider* provider = NULL;
  crosslog_keys who = alice();
  canned can = make_can();
  crosslog_transport transport = {
      .size = sizeof transport, .user = &can, .send = canned_send, .destroy = canned_destroy};
  crosslog_session_options options = {.size = sizeof options};
  CHECK_OK(crosslog_provider_new_static(&who, &provider, &error));
  options.isolated = 1;
  options.region = T("no such region");
  CHECK_OK(crosslog_session_new(&options, &session, &error));
  CHECK_CODE(crosslog_client_new(session, provider, NULL, &client, &error), CROSSLOG_CONFIGURATION);
  CHECK(contains(error.message, "Provided region_name") && client == NULL);
  crosslog_session_free(session);

  options.region = T(NULL); /* nor does the instance metadata say one */
  options.transport = &transport;
  can.status = 404;
  CHECK_OK(crosslog_session_new(&options, &session, &error));
  CHECK_CODE(crosslog_client_new(session, provider, NULL, &client, &error), CROSSLOG_NO_REGION);
  CHECK(is(error.message, "You must specify a region.") && error.hint_count > 0 && can.sends > 0);
  crosslog_session_free(session);
  CHECK(can.destroyed == 1);

  CHECK_CODE(crosslog_session_new(&options, NULL, &error), CROSSLOG_INVALID_ARGUMENT);
  CHECK(can.destroyed == 2); /* also when the function fails */
  options.profile = T("nope");
  CHECK_CODE(crosslog_session_new(&options, &session, &error), CROSSLOG_CONFIGURATION);
  CHECK(can.destroyed == 3);
  options.profile = T(NULL);
  options.logs_endpoint_url = T("logs.example.com");
  CHECK(crosslog_session_new(&options, &session, &error) != CROSSLOG_OK);
  options.logs_endpoint_url = T(NULL);
  options.connect_timeout_s = -1;
  CHECK_CODE(crosslog_session_new(&options, &session, &error), CROSSLOG_INVALID_ARGUMENT);
  options.connect_timeout_s = 0;
  options.credential_cache = T("relative/folder");
  CHECK_CODE(crosslog_session_new(&options, &session, &error), CROSSLOG_INVALID_ARGUMENT);
  options.credential_cache = T(NULL);
  options.profile.size = 3; /* a text that is NULL */
  CHECK_CODE(crosslog_session_new(&options, &session, &error), CROSSLOG_INVALID_ARGUMENT);
  options.profile.size = 0;
  transport.send = NULL;
  CHECK_CODE(crosslog_session_new(&options, &session, &error), CROSSLOG_INVALID_ARGUMENT);
  CHECK(contains(error.message, "transport.send"));
  crosslog_error_clear(&error);
  crosslog_provider_free(provider);
}

static void no_source_of_credentials(void) {
  crosslog_error error = {0};
  canned can = make_can();
  crosslog_transport transport = {.size = sizeof transport, .user = &can, .send = canned_send};
  crosslog_session_options options = {.size = sizeof options};
  crosslog_session* session = NULL;
  crosslog_client* client = NULL;
  crosslog_identity* identity = NULL;
  options.isolated = 1;
  options.region = T("eu-west-1");
  options.transport = &transport;
  can.status = 404;
  CHECK_OK(crosslog_session_new(&options, &session, &error));
  CHECK_OK(crosslog_client_new(session, NULL, NULL, &client, &error));
  CHECK_CODE(crosslog_client_get_caller_identity(client, NULL, &identity, &error), CROSSLOG_NO_CREDENTIALS);
  CHECK(error.hint_count >= 5 && identity == NULL);
  crosslog_error_clear(&error);
  crosslog_client_free(client);
  crosslog_session_free(session);
}

/* One allocation of a call fails, each in its turn. Not beside a sanitizer, whose malloc it is. */
static _Thread_local int64_t allocations_left; /* 0: all succeed */

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
void* __libc_malloc(size_t size);
void* malloc(size_t size) {
  if (allocations_left != 0 && --allocations_left == 0) return NULL;
  return __libc_malloc(size);
}
#endif

static crosslog_code read_a_page(canned* can, crosslog_error* error) {
  crosslog_transport transport = {
      .size = sizeof transport, .user = can, .send = canned_send, .destroy = canned_destroy};
  crosslog_session_options options = {.size = sizeof options};
  crosslog_session* session = NULL;
  crosslog_provider *keys = NULL, *cached = NULL;
  crosslog_client* client = NULL;
  crosslog_pager* pager = NULL;
  crosslog_page* page = NULL;
  crosslog_keys who = alice();
  crosslog_get_log_events query = small_query();
  crosslog_code code;
  options.region = T("eu-west-1");
  options.isolated = 1;
  options.transport = &transport;
  code = crosslog_session_new(&options, &session, error);
  if (code == CROSSLOG_OK) code = crosslog_provider_new_static(&who, &keys, error);
  if (code == CROSSLOG_OK) code = crosslog_provider_new_cached(session, keys, &cached, error);
  if (code == CROSSLOG_OK) code = crosslog_client_new(session, cached, NULL, &client, error);
  if (code == CROSSLOG_OK) code = crosslog_pager_new_get(client, &query, &pager, error);
  if (code == CROSSLOG_OK) code = crosslog_pager_next(pager, NULL, &page, error);
  CHECK((page != NULL) == (code == CROSSLOG_OK));
  crosslog_page_free(page);
  crosslog_pager_free(pager);
  crosslog_client_free(client);
  crosslog_provider_free(cached);
  crosslog_provider_free(keys);
  crosslog_session_free(session);
  return code;
}

static void without_memory(void) {
  crosslog_error error = {0};
  int reached = 1;
  for (int64_t nth = 1; reached; ++nth) {
    canned can = make_can();
    crosslog_code code;
    allocations_left = nth;
    code = read_a_page(&can, &error);
    reached = allocations_left == 0;
    allocations_left = 0;
    CHECK(code == (reached ? CROSSLOG_NO_MEMORY : CROSSLOG_OK) && error.code == code);
    CHECK(can.destroyed == 1);
    crosslog_error_clear(&error);
  }
}

static void names_and_errors(void) {
  crosslog_error error = {0};
  CHECK(strcmp(crosslog_code_name(CROSSLOG_OK), "ok") == 0);
  CHECK(strcmp(crosslog_code_name(CROSSLOG_ACCESS_DENIED), "access_denied") == 0);
  CHECK(strcmp(crosslog_code_name(CROSSLOG_INTERNAL), "internal") == 0);
  CHECK(strcmp(crosslog_code_name((crosslog_code)99), "unknown") == 0);
  for (int code = CROSSLOG_OK; code <= CROSSLOG_INTERNAL; ++code) {
    CHECK(strcmp(crosslog_code_name((crosslog_code)code), "unknown") != 0);
  }
  CHECK(strchr(crosslog_version(), '.') != NULL);
  crosslog_error_set(&error, CROSSLOG_TIMEOUT, T("first"));
  crosslog_error_set(&error, CROSSLOG_NETWORK, T("second"));
  CHECK(error.code == CROSSLOG_NETWORK && is(error.message, "second") && is(error.description, "second"));
  CHECK(error.aws_code.data == NULL && error.hint_count == 0 && error.http_status == 0);
  crosslog_error_clear(&error);
  CHECK(error.code == CROSSLOG_OK && error.message.data == NULL && error.memory == NULL);
}

int main(int argc, char** argv) {
  static const struct {
    const char* name;
    void (*run)(void);
  } tests[] = {
#define TEST(name) {#name, name}
      TEST(names_and_errors),
      TEST(null_is_refused_everywhere),
      TEST(structs_of_other_sizes),
      TEST(wrong_settings),
      TEST(no_source_of_credentials),
      TEST(signing),
      TEST(own_transport_clock_and_credentials),
      TEST(a_transport_that_fails),
      TEST(a_response_without_end_is_refused),
      TEST(credentials_that_do_not_come),
      TEST(stopping),
      TEST(sts_says_who_we_are),
      TEST(sts_assumes_a_role),
      TEST(instance_metadata_gives_credentials_and_region),
      TEST(a_profile_gives_credentials),
      TEST(operations_by_name),
      TEST(one_page_and_its_tokens),
      TEST(get_pager_gives_every_event_once),
      TEST(drain_gives_every_event_once),
      TEST(a_sink_ends_the_run),
      TEST(a_client_for_several_threads),
      TEST(without_memory),
  };
  int passed = 0, failed = 0;
  if (argc != 4) {
    fprintf(stderr, "usage: %s AWS_URL IMDS_URL EVENTS\n", argv[0]);
    return 2;
  }
  aws_url = argv[1];
  imds_url = argv[2];
  event_count = strtoll(argv[3], NULL, 10);
  for (size_t i = 0; i < sizeof tests / sizeof tests[0]; ++i) {
    faults = 0;
    tests[i].run();
    if (faults != 0) printf("FAIL %s\n", tests[i].name);
    if (faults != 0)
      ++failed;
    else
      ++passed;
  }
  printf("%d passed, %d failed\n", passed, failed);
  return failed != 0;
}
