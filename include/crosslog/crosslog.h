// crosslog for C, and for every language that can call C.
//
//   crosslog_session  ->  crosslog_provider  ->  crosslog_client  ->  crosslog_pager  ->  crosslog_page
//   settings, files,      credentials            signed calls         all pages           events
//   transport, clock
//
// The conventions, which hold for every function unless it says otherwise:
//
//  1. Names. Types and functions begin with crosslog_, constants with CROSSLOG_; a
//     function is crosslog_<noun>_<verb>. A member that ends in _ms counts
//     milliseconds (a time: since 1970-01-01T00:00:00Z), one in _s seconds.
//  2. Text is a pointer and a length, UTF-8, not terminated by a zero. Given to the
//     library: data may be NULL where size is 0, and empty means "not given". Got
//     from it: data is NULL where there is no such text.
//  3. Ownership. What a function puts into its `out` argument is yours: end it with
//     the free function of that type. All free functions take NULL. Arguments are
//     copied or used up before the call returns. Objects keep alive what they were
//     made of, so free them in any order.
//  4. Views. Texts and arrays inside something live until that thing is freed or
//     cleared. What a callback is given lives until the callback returns.
//  5. Errors. A function that can fail returns a crosslog_code, CROSSLOG_OK for
//     success, and fills `error`, which may be NULL. An error is {0} before its first
//     use; each call clears it first, so it can be used again and again; clear it in
//     the end. After an error *out is NULL.
//  6. NULL is refused with CROSSLOG_INVALID_ARGUMENT where it is not named as allowed.
//  7. Structs that you make and that begin with `size`: zero all of it, then set size
//     to sizeof the struct. A member that is zero has its default.
//  8. Threads. Handles may be used by several threads at once, but one pager by one
//     thread at a time, and nothing while it is freed. The library starts no thread
//     and calls every callback on the thread that called it; as that may be several
//     threads at once, callbacks must be thread-safe where their handle is shared.
//     (A host's name may be looked up on a thread that lives as long as that takes.)
//  9. Callbacks return, they do not throw, longjmp or end their thread. They may use
//     the library, but not the handle that is calling them. `destroy`, which may be
//     NULL, is called once with `user` when the callbacks are needed no more: also when
//     the function that was given them fails, unless a `size` is wrong.
// 10. Cancelling. A function that takes a crosslog_stop may block; NULL: it cannot be
//     cancelled. After crosslog_stop_request() it returns CROSSLOG_CANCELLED within
//     250 ms, unless a callback takes longer, or the answer if that was there already.
// 11. The library has no global state but libcurl's one-time start, prints nothing, ends
//     no process, installs no signal handler, and lets no C++ exception out. Without
//     memory a function fails with CROSSLOG_NO_MEMORY.
// 12. The ABI, for as long as the soname is the same: no function goes or changes. A
//     struct may get members at its end if it begins with `size`, or if the library
//     makes it; so leave the making of those to it, and do not copy them. All
//     other structs stay as they are. New codes may come: treat one that you do not
//     know as an error.
//
// No text of this API holds a byte of a credential, but those that are there for it: the
// members of crosslog_keys, requests, signatures, and the JSON of operations that give some.
#ifndef CROSSLOG_CROSSLOG_H_
#define CROSSLOG_CROSSLOG_H_

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__GNUC__)
#define CROSSLOG_API __attribute__((visibility("default")))
#else
#define CROSSLOG_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

// ---- Text, errors, cancelling ------------------------------------------------------

typedef struct crosslog_string {
  const char* data;
  size_t size;
} crosslog_string;

// A view of a text that ends with a zero; of NULL: no text.
static inline crosslog_string crosslog_string_of(const char* text) {
  crosslog_string view;
  view.data = text;
  view.size = text == NULL ? 0 : strlen(text);
  return view;
}

typedef enum crosslog_code {
  CROSSLOG_OK = 0,
  CROSSLOG_INVALID_ARGUMENT = 1,  // the call can never succeed as written
  CROSSLOG_CONFIGURATION = 2,     // a shared config file, a setting or a profile is wrong
  CROSSLOG_NOT_CONFIGURED = 3,    // this credential source does not apply here; a chain asks the next
  CROSSLOG_NO_CREDENTIALS = 4,    // no source applied: the hints list every one tried
  CROSSLOG_NO_REGION = 5,
  CROSSLOG_CREDENTIALS = 6,    // a source applies but is broken, or gave nothing usable
  CROSSLOG_ACCESS_DENIED = 7,  // AWS knows the caller and says no
  CROSSLOG_NOT_FOUND = 8,      // the log group or stream does not exist
  CROSSLOG_THROTTLED = 9,      // too many calls; was tried again
  CROSSLOG_EXPIRED_TOKEN = 10,
  CROSSLOG_SERVICE = 11,    // the service said no in any other way
  CROSSLOG_NETWORK = 12,    // no response arrived; was tried again
  CROSSLOG_TIMEOUT = 13,    // no response arrived in time; was tried again
  CROSSLOG_PROTOCOL = 14,   // the response does not say what AWS documents
  CROSSLOG_CANCELLED = 15,  // by crosslog_stop_request()
  CROSSLOG_UNSUPPORTED = 16,
  CROSSLOG_NO_MEMORY = 17,
  CROSSLOG_INTERNAL = 18  // a bug of this library
} crosslog_code;

// "access_denied"; "unknown" for a code that this library does not know. Ends with a
// zero, lives for ever.
CROSSLOG_API const char* crosslog_code_name(crosslog_code code);

typedef struct crosslog_detail {
  crosslog_string name, value;
} crosslog_detail;

typedef struct crosslog_error {
  crosslog_code code;
  int http_status;               // 0: no response arrived
  int attempts;                  // requests sent for this call
  crosslog_string message;       // one sentence for a person; the service's own, if it is from there
  crosslog_string description;   // "An error occurred (X) when calling the Y operation: <message>"
  crosslog_string aws_code;      // "ResourceNotFoundException"
  crosslog_string request_id;    // what AWS support asks for
  crosslog_string operation;     // "GetLogEvents"
  const crosslog_string* hints;  // what to look at and what to try, most useful first
  size_t hint_count;
  const crosslog_detail* details;  // further members of the service's error
  size_t detail_count;
  void* memory;  // the library's
} crosslog_error;

// Frees what the error holds, and makes it {0}. NULL: nothing.
CROSSLOG_API void crosslog_error_clear(crosslog_error* error);
// For callbacks that fail: fills the error that they were given. Return `code` then.
CROSSLOG_API void crosslog_error_set(crosslog_error* error, crosslog_code code, crosslog_string message);

// "0.1.0": of the library that runs. Ends with a zero, lives for ever.
CROSSLOG_API const char* crosslog_version(void);

typedef struct crosslog_stop crosslog_stop;
CROSSLOG_API crosslog_code crosslog_stop_new(crosslog_stop** out, crosslog_error* error);
// Ends what runs with this stop, and what will; there is no way back. From any thread,
// not from a signal handler. NULL: nothing.
CROSSLOG_API void crosslog_stop_request(crosslog_stop* stop);
// 1: it was requested. For callbacks that block. NULL: 0.
CROSSLOG_API int crosslog_stop_requested(const crosslog_stop* stop);
// Not before the calls that were given it have returned.
CROSSLOG_API void crosslog_stop_free(crosslog_stop* stop);

// ---- What you may replace: transport and clock -------------------------------------

typedef struct crosslog_header {
  crosslog_string name, value;
} crosslog_header;

// One HTTP exchange to make, exactly as it stands: the signature covers method, path,
// query, headers and body. Made by the library. Times and sizes of zero: no limit.
typedef struct crosslog_request {
  crosslog_string method;  // "POST"
  crosslog_string origin;  // "https://logs.eu-west-1.amazonaws.com": no path
  crosslog_string path;    // as sent on the wire
  crosslog_string query;   // already encoded, no '?'
  const crosslog_header* headers;
  size_t header_count;
  crosslog_string body;
  int64_t connect_timeout_ms;
  int64_t read_timeout_ms;   // silence
  int64_t total_timeout_ms;  // the whole exchange
  size_t max_response_bytes;
  int direct;                  // 1: never through a proxy
  int allow_plain_http;        // 1: the user named this http:// host
  crosslog_string connect_to;  // an address to use instead of looking up the host
} crosslog_request;

// What a transport fills, in any order. Each call copies. They fail without memory, and
// for more than the request's max_response_bytes: then return that code.
typedef struct crosslog_response crosslog_response;
CROSSLOG_API crosslog_code crosslog_response_set_status(crosslog_response* response, int http_status);
CROSSLOG_API crosslog_code crosslog_response_add_header(crosslog_response* response, crosslog_string name,
                                                        crosslog_string value);
CROSSLOG_API crosslog_code crosslog_response_append_body(crosslog_response* response, crosslog_string bytes);

typedef struct crosslog_transport {
  size_t size;
  void* user;
  // Sends the request and waits for the whole response, following no redirect. Any HTTP
  // status is CROSSLOG_OK; CROSSLOG_NETWORK, CROSSLOG_TIMEOUT and CROSSLOG_PROTOCOL may
  // be tried again by the library.
  crosslog_code (*send)(void* user, const crosslog_request* request, crosslog_response* response,
                        const crosslog_stop* stop, crosslog_error* error);
  void (*destroy)(void* user);
} crosslog_transport;

typedef struct crosslog_clock {
  size_t size;
  void* user;
  int64_t (*now_ms)(void* user);     // wall time, for signatures and expiry
  int64_t (*steady_ms)(void* user);  // from any beginning; never jumps
  // Waits. Returns 1 after all of it, 0 when `stop` was requested.
  int (*sleep_ms)(void* user, int64_t duration_ms, const crosslog_stop* stop);
  void (*destroy)(void* user);
} crosslog_clock;

// ---- Session: the settings, resolved once ------------------------------------------

typedef struct crosslog_session_options {
  size_t size;
  crosslog_string profile;            // default: AWS_PROFILE, else "default"
  crosslog_string region;             // default: AWS_REGION, the profile's, the instance's own
  crosslog_string logs_endpoint_url;  // "http://127.0.0.1:8080"; default: the service's in the region
  crosslog_string sts_endpoint_url;   // also for the roles behind credentials
  crosslog_string imds_endpoint_url;
  crosslog_string ca_bundle;            // a PEM file; default: AWS_CA_BUNDLE, the distribution's
  crosslog_string credential_cache;     // an absolute folder to keep sessions of roles in, in the
                                        // AWS CLI's form ("/home/x/.aws/cli/cache"); default: none
  int64_t connect_timeout_s;            // default: 60
  int64_t read_timeout_s;               // default: 60
  int isolated;                         // 1: no config file, variable or program of the machine is used
  const crosslog_transport* transport;  // default: libcurl
  const crosslog_clock* clock;          // default: the machine's
} crosslog_session_options;

typedef struct crosslog_session crosslog_session;
// Reads the shared config files and the environment by the AWS CLI's precedence ("Settings
// reference", AWS SDKs and Tools Reference Guide). No network. `options` may be NULL.
CROSSLOG_API crosslog_code crosslog_session_new(const crosslog_session_options* options,
                                                crosslog_session** out, crosslog_error* error);
CROSSLOG_API void crosslog_session_free(crosslog_session* session);

// ---- Credentials -------------------------------------------------------------------

typedef struct crosslog_keys {
  size_t size;
  crosslog_string access_key_id;
  crosslog_string secret_access_key;
  crosslog_string session_token;  // of temporary credentials
  crosslog_string account_id;     // 12 digits, where it is known
  crosslog_string origin;         // where they came from, for a person
  int64_t expires_ms;             // 0: never
} crosslog_keys;

// Credentials in memory that is wiped when it is freed.
typedef struct crosslog_credentials crosslog_credentials;
// NULL for NULL.
CROSSLOG_API const crosslog_keys* crosslog_credentials_keys(const crosslog_credentials* credentials);
CROSSLOG_API void crosslog_credentials_free(crosslog_credentials* credentials);
// For callbacks: copies the keys into the credentials that they were given.
CROSSLOG_API crosslog_code crosslog_credentials_set(crosslog_credentials* credentials,
                                                    const crosslog_keys* keys, crosslog_error* error);

typedef struct crosslog_credential_source {
  size_t size;
  void* user;
  // Gives credentials by crosslog_credentials_set(). It is asked before each call of the
  // service: wrap it by crosslog_provider_new_cached() if it is slow.
  crosslog_code (*get)(void* user, crosslog_credentials* credentials, const crosslog_stop* stop,
                       crosslog_error* error);
  // The service refused these as expired. May be NULL.
  void (*invalidate)(void* user, crosslog_string access_key_id);
  void (*destroy)(void* user);
} crosslog_credential_source;

typedef struct crosslog_assume_role {
  size_t size;
  crosslog_string role_arn;
  crosslog_string role_session_name;  // a provider's default: "crosslog-<epoch seconds>"
  crosslog_string external_id;
  crosslog_string policy;
  crosslog_string serial_number, token_code;  // multi-factor authentication
  int64_t duration_s;                         // default: the service's, an hour
} crosslog_assume_role;

typedef struct crosslog_provider crosslog_provider;
// The AWS CLI's chain, cached: environment, the session's profile, web identity,
// container, instance metadata.
CROSSLOG_API crosslog_code crosslog_provider_new_default(crosslog_session* session, crosslog_provider** out,
                                                         crosslog_error* error);
// One profile with its roles and sources, cached. CROSSLOG_CONFIGURATION: it does not
// exist, is wrong, or has nothing to do with credentials.
CROSSLOG_API crosslog_code crosslog_provider_new_profile(crosslog_session* session, crosslog_string profile,
                                                         crosslog_provider** out, crosslog_error* error);
// Always these.
CROSSLOG_API crosslog_code crosslog_provider_new_static(const crosslog_keys* keys, crosslog_provider** out,
                                                        crosslog_error* error);
// The role of the EC2 instance, by instance metadata version 2.
CROSSLOG_API crosslog_code crosslog_provider_new_imds(crosslog_session* session, crosslog_provider** out,
                                                      crosslog_error* error);
// STS AssumeRole with the credentials of `base`, at each get. Asks the instance metadata
// for the region of STS if nothing else names it.
CROSSLOG_API crosslog_code crosslog_provider_new_assume_role(crosslog_session* session,
                                                             crosslog_provider* base,
                                                             const crosslog_assume_role* role,
                                                             const crosslog_stop* stop,
                                                             crosslog_provider** out, crosslog_error* error);
// Keeps what `source` gives and refreshes it before it expires: one thread at a time, while
// others go on with what is still valid.
CROSSLOG_API crosslog_code crosslog_provider_new_cached(crosslog_session* session, crosslog_provider* source,
                                                        crosslog_provider** out, crosslog_error* error);
// Your own.
CROSSLOG_API crosslog_code crosslog_provider_new_custom(const crosslog_credential_source* source,
                                                        crosslog_provider** out, crosslog_error* error);
// Credentials to sign with. May use the network.
CROSSLOG_API crosslog_code crosslog_provider_get(crosslog_provider* provider, const crosslog_stop* stop,
                                                 crosslog_credentials** out, crosslog_error* error);
CROSSLOG_API void crosslog_provider_free(crosslog_provider* provider);

// ---- Client: signed, retried calls -------------------------------------------------

// Whether something optional is said at all.
typedef enum crosslog_choice { CROSSLOG_NO = -1, CROSSLOG_UNSET = 0, CROSSLOG_YES = 1 } crosslog_choice;

// GetLogEvents (Amazon CloudWatch Logs API Reference). The group is named by name or by
// identifier, a name or an ARN: a group of a linked account needs the ARN.
typedef struct crosslog_get_log_events {
  size_t size;
  crosslog_string log_group_name;
  crosslog_string log_group_identifier;
  crosslog_string log_stream_name;
  const int64_t* start_time_ms;  // inclusive; NULL: not sent
  const int64_t* end_time_ms;    // exclusive; NULL: not sent
  crosslog_string next_token;
  int64_t limit;                    // events a page, 1 to 10,000; 0: not sent
  crosslog_choice start_from_head;  // CROSSLOG_YES: the oldest first; the service's default is no
  crosslog_choice unmask;           // needs logs:Unmask
} crosslog_get_log_events;

// FilterLogEvents (Amazon CloudWatch Logs API Reference).
typedef struct crosslog_filter_log_events {
  size_t size;
  crosslog_string log_group_name;
  crosslog_string log_group_identifier;
  const crosslog_string* log_stream_names;  // none: all streams; a pager takes more than the service's 100
  size_t log_stream_name_count;
  crosslog_string log_stream_name_prefix;  // not beside names
  const int64_t* start_time_ms;            // inclusive; NULL: not sent
  const int64_t* end_time_ms;              // inclusive, unlike GetLogEvents; NULL: not sent
  crosslog_string filter_pattern;
  crosslog_string next_token;
  int64_t limit;                    // events a page, 1 to 10,000; 0: not sent
  crosslog_choice start_from_head;  // CROSSLOG_NO: the newest first; the service's default is yes
  crosslog_choice unmask;           // needs logs:Unmask
} crosslog_filter_log_events;

// Bits of crosslog_event.present.
enum {
  CROSSLOG_HAS_TIMESTAMP = 1,
  CROSSLOG_HAS_MESSAGE = 2,
  CROSSLOG_HAS_INGESTION_TIME = 4,
  CROSSLOG_HAS_LOG_STREAM_NAME = 8,
  CROSSLOG_HAS_EVENT_ID = 16
};

typedef struct crosslog_event {
  int64_t timestamp_ms;
  int64_t ingestion_time_ms;
  crosslog_string message;          // valid UTF-8, as stored or repaired
  crosslog_string log_stream_name;  // of FilterLogEvents
  crosslog_string event_id;         // of FilterLogEvents
  uint32_t present;                 // which of these the service gave
  uint32_t reserved;
} crosslog_event;

// One answer of GetLogEvents or FilterLogEvents. Made by the library, and may be read by
// several threads. An empty page is normal: more may follow.
typedef struct crosslog_page {
  const crosslog_event* events;
  size_t event_count;
  crosslog_string next_token;                               // of FilterLogEvents
  crosslog_string next_forward_token, next_backward_token;  // of GetLogEvents
  size_t repairs;  // bad byte sequences of the whole page that became U+FFFD
} crosslog_page;
CROSSLOG_API void crosslog_page_free(crosslog_page* page);

// GetCallerIdentity (AWS Security Token Service API Reference). Made by the library.
typedef struct crosslog_identity {
  crosslog_string user_id, account, arn;
} crosslog_identity;
CROSSLOG_API void crosslog_identity_free(crosslog_identity* identity);

// AssumeRole (AWS Security Token Service API Reference). Made by the library, wiped when freed.
typedef struct crosslog_assumed_role {
  const crosslog_keys* keys;
  crosslog_string assumed_role_id, assumed_role_arn;
  int packed_policy_size;  // percent; -1: the service did not say
} crosslog_assumed_role;
CROSSLOG_API void crosslog_assumed_role_free(crosslog_assumed_role* role);

// A JSON text. Made by the library, wiped when freed, as it may hold credentials.
typedef struct crosslog_json {
  crosslog_string text;
} crosslog_json;
CROSSLOG_API void crosslog_json_free(crosslog_json* json);

typedef enum crosslog_service { CROSSLOG_LOGS = 1, CROSSLOG_STS = 2 } crosslog_service;

// Calls of CloudWatch Logs and STS in one region. Each is signed, tried again as the AWS SDKs
// do, and sent through the session's transport; connections are kept and shared.
typedef struct crosslog_client crosslog_client;
// `provider` may be NULL: crosslog_provider_new_default(). Asks the instance metadata for
// the region if nothing else names it.
CROSSLOG_API crosslog_code crosslog_client_new(crosslog_session* session, crosslog_provider* provider,
                                               const crosslog_stop* stop, crosslog_client** out,
                                               crosslog_error* error);
CROSSLOG_API void crosslog_client_free(crosslog_client* client);
// One page. For all pages see crosslog_pager.
CROSSLOG_API crosslog_code crosslog_client_get_log_events(crosslog_client* client,
                                                          const crosslog_get_log_events* query,
                                                          const crosslog_stop* stop, crosslog_page** out,
                                                          crosslog_error* error);
CROSSLOG_API crosslog_code crosslog_client_filter_log_events(crosslog_client* client,
                                                             const crosslog_filter_log_events* query,
                                                             const crosslog_stop* stop, crosslog_page** out,
                                                             crosslog_error* error);
CROSSLOG_API crosslog_code crosslog_client_get_caller_identity(crosslog_client* client,
                                                               const crosslog_stop* stop,
                                                               crosslog_identity** out,
                                                               crosslog_error* error);
CROSSLOG_API crosslog_code crosslog_client_assume_role(crosslog_client* client,
                                                       const crosslog_assume_role* role,
                                                       const crosslog_stop* stop, crosslog_assumed_role** out,
                                                       crosslog_error* error);
// Any operation that reads, by its name in the API reference ("DescribeLogGroups"). `input`
// is a JSON object with the request's members, at most 1 MiB; empty: without any. The answer
// holds the response's members, in the order of the service's model. Parameters are checked
// before anything is sent, as the AWS CLI does.
CROSSLOG_API crosslog_code crosslog_client_call(crosslog_client* client, crosslog_service service,
                                                crosslog_string operation, crosslog_string input,
                                                const crosslog_stop* stop, crosslog_json** out,
                                                crosslog_error* error);

// ---- Pager: a walk over all pages --------------------------------------------------

// One thread at a time. After an error, go on with the same page.
typedef struct crosslog_pager crosslog_pager;
// Forward when start_from_head is CROSSLOG_YES, else backward. Forward without an end time,
// a busy stream may never end.
CROSSLOG_API crosslog_code crosslog_pager_new_get(crosslog_client* client,
                                                  const crosslog_get_log_events* query, crosslog_pager** out,
                                                  crosslog_error* error);
// More than 100 stream names are asked for a hundred at a time; they cannot begin at a token.
CROSSLOG_API crosslog_code crosslog_pager_new_filter(crosslog_client* client,
                                                     const crosslog_filter_log_events* query,
                                                     crosslog_pager** out, crosslog_error* error);
// The next page. CROSSLOG_OK with *out NULL: there are no more.
CROSSLOG_API crosslog_code crosslog_pager_next(crosslog_pager* pager, const crosslog_stop* stop,
                                               crosslog_page** out, crosslog_error* error);
CROSSLOG_API void crosslog_pager_free(crosslog_pager* pager);

typedef struct crosslog_sink {
  size_t size;
  void* user;
  // Takes one page, which lives until it returns. A code but CROSSLOG_OK ends the run, which
  // returns it. `source` says whose page it is where a run has several; else it is empty.
  crosslog_code (*write)(void* user, crosslog_string source, const crosslog_page* page,
                         crosslog_error* error);
  void (*destroy)(void* user);
} crosslog_sink;
// Gives all pages that are left to the sink, which is destroyed before this returns. A page
// that the sink refused does not come again.
CROSSLOG_API crosslog_code crosslog_pager_drain(crosslog_pager* pager, const crosslog_sink* sink,
                                                const crosslog_stop* stop, crosslog_error* error);

// ---- Signature Version 4, alone ----------------------------------------------------

// What the service will see ("Create a signed AWS API request", IAM User Guide).
typedef struct crosslog_signable {
  size_t size;
  crosslog_string method;
  crosslog_string path;            // as sent
  crosslog_string query;           // as sent, no '?'
  const crosslog_header* headers;  // must hold "host"
  size_t header_count;
  crosslog_string payload;
  crosslog_string region, service;  // "eu-west-1", "logs"
  int64_t time_ms;
  crosslog_choice normalize_path;      // default: yes
  crosslog_choice add_payload_header;  // x-amz-content-sha256; default: no
  crosslog_choice sign_session_token;  // default: yes
} crosslog_signable;

// Made by the library, wiped when freed: the texts may hold the session token.
typedef struct crosslog_signature {
  const crosslog_header* headers;  // to add to the request
  size_t header_count;
  crosslog_string query;  // of a presigned request: the whole query to send
  crosslog_string canonical_request, string_to_sign;
  crosslog_string signature;  // 64 hexadecimal digits
} crosslog_signature;
CROSSLOG_API void crosslog_signature_free(crosslog_signature* signature);

// In headers. Pure: no I/O, no clock.
CROSSLOG_API crosslog_code crosslog_signature_new(const crosslog_signable* request, const crosslog_keys* keys,
                                                  crosslog_signature** out, crosslog_error* error);
// In the query, good for `expires_s` seconds from time_ms on, at most 7 days.
CROSSLOG_API crosslog_code crosslog_signature_new_presigned(const crosslog_signable* request,
                                                            const crosslog_keys* keys, int64_t expires_s,
                                                            crosslog_signature** out, crosslog_error* error);

#ifdef __cplusplus
}
#endif

#endif  // CROSSLOG_CROSSLOG_H_
