#include "sandbox/options.h"

#include <algorithm>
#include <array>
#include <functional>

#include "sandbox/text.h"

namespace crosslog::sandbox {

namespace {

struct Option {
  std::string_view name;
  bool takes_value;
  std::function<bool(Options&, std::string_view)> set;  // false: the value is not good
};

template <typename T>
auto number(T Options::* member, std::int64_t min, std::int64_t max) {
  return [=](Options& options, std::string_view value) {
    const auto n = to_int(value);
    if (!n || *n < min || *n > max) return false;
    options.*member = static_cast<T>(*n);
    return true;
  };
}

auto text(std::string Options::* member) {
  return [=](Options& options, std::string_view value) {
    options.*member = value;
    return !value.empty();
  };
}

auto flag(bool Options::* member, bool to) {
  return [=](Options& options, std::string_view) {
    options.*member = to;
    return true;
  };
}

auto mode(Options::Mode to) {
  return [=](Options& options, std::string_view) {
    options.mode = to;
    return true;
  };
}

bool set_quota_option(Options& options, std::string_view value) {
  const auto n = value == "off" ? std::optional<std::int64_t>(0) : to_int(value);
  if (!n || *n < 0 || *n > 1000000) return false;
  options.quota = static_cast<double>(*n);
  return true;
}

bool set_verify(Options& options, std::string_view value) {
  options.mode = Options::Mode::verify;
  options.verify_file = value;
  return !value.empty();
}

const std::vector<Option>& table() {
  static const std::vector<Option> kOptions = {
      {"--port", true, number(&Options::port, 0, 65535)},
      {"--imds-port", true, number(&Options::imds_port, 0, 65535)},
      {"--container-port", true, number(&Options::container_port, 0, 65535)},
      {"--control-port", true, number(&Options::control_port, 0, 65535)},
      {"--seed", true, text(&Options::seed_file)},
      {"--events", true, number(&Options::events, 0, 999999999999)},
      {"--event-bytes", true, number(&Options::event_bytes, 1, 1048576)},
      {"--faults", true, text(&Options::faults_file)},
      {"--imds-credentials", true, text(&Options::imds_credentials_file)},
      {"--no-imds-extended", false, flag(&Options::imds_extended, false)},
      {"--quota", true, set_quota_option},
      {"--clock-offset", true, number(&Options::clock_offset, -3153600000, 3153600000)},
      {"--page-window", true, number(&Options::page_window_ms, 0, 86400000000)},
      {"--page-events", true, number(&Options::page_events, 1, 10000)},
      {"--query-time", true, number(&Options::query_ms, 0, 3600000)},
      {"--log", true, text(&Options::log_file)},
      {"--quiet", false, flag(&Options::quiet, true)},
      {"--until-stdin-closes", false, flag(&Options::until_stdin_closes, true)},
      {"--verify", true, set_verify},
      {"--context", true, text(&Options::context_file)},
      {"--print-seed", false, mode(Options::Mode::print_seed)},
      {"--help", false, mode(Options::Mode::help)},
      {"--version", false, mode(Options::Mode::version)},
  };
  return kOptions;
}

}  // namespace

std::expected<Options, std::string> read_options(const std::vector<std::string_view>& arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    const auto equals = argument.find('=');
    const auto name = argument.substr(0, equals);
    const auto option = std::ranges::find(table(), name, &Option::name);
    if (option == table().end()) return std::unexpected("unknown option: " + std::string(argument));
    std::string_view value;
    if (option->takes_value && equals != std::string_view::npos)
      value = argument.substr(equals + 1);
    else if (option->takes_value && i + 1 < arguments.size())
      value = arguments[++i];
    else if (option->takes_value || equals != std::string_view::npos)
      return std::unexpected(std::string(name) +
                             (option->takes_value ? " needs a value" : " takes no value"));
    if (!option->set(options, value))
      return std::unexpected("not a value for " + std::string(name) + ": '" + std::string(value) + "'");
  }
  if (options.mode == Options::Mode::verify && options.context_file.empty())
    return std::unexpected("--verify needs --context");
  return options;
}

std::string_view help_text() {
  return R"(crosslog-sandbox: an AWS on 127.0.0.1, for demonstrations and tests

It serves EC2 instance metadata (IMDSv2), the credentials endpoint of ECS tasks and EKS
pods, STS, the portal of IAM Identity Center and CloudWatch Logs for two made-up accounts,
checks every signature on the bytes that arrived, enforces trust policies,
permissions, expiry, page limits and quotas, and answers in AWS's own forms. Nothing
leaves this machine and nothing here is a secret.

  crosslog-sandbox [options]

prints, once it listens:
  aws http://127.0.0.1:PORT       STS, Logs, and single sign-on (GET /federation/credentials);
                                  for AWS_ENDPOINT_URL
  imds http://127.0.0.1:PORT      for AWS_EC2_METADATA_SERVICE_ENDPOINT
  container http://127.0.0.1:PORT with a path of the seed: AWS_CONTAINER_CREDENTIALS_FULL_URI
  control http://127.0.0.1:PORT
  ready

Options
  --port N --imds-port N --container-port N --control-port N   0 (the default) picks a free port
  --seed FILE            accounts, roles, logs; --print-seed shows the built-in one
  --events N             N generated events in every account: group /load/generated, stream s; N more
                         dealt out to /load/app-1 to -4, streams web-1 to -5
  --event-bytes N        bytes of each generated message (120)
  --faults FILE          a fault script, see below
  --imds-credentials FILE  what the metadata hands out, a JSON object (AccessKeyId,
                         SecretAccessKey, Token, Expiration), read at each request
  --no-imds-extended     iam/security-credentials-extended/ answers 404
  --quota N|off          calls a second for each operation, account and Region (AWS's, where it
                         has published one: GetLogEvents 25, 10 or 30, FilterLogEvents 10, 25
                         or 5, DescribeLogStreams 25, DescribeLogGroups, StartQuery and
                         GetQueryResults 10)
  --clock-offset S       the sandbox's clock (signatures, expiry, Date) is S seconds off
  --page-window MS       a page covers at most that much time: empty pages before the end
  --page-events N        a page has at most N events (10000)
  --query-time MS        how long a query of Logs Insights takes (300): a third Scheduled, then
                         Running with half of its rows
  --log FILE|-           a line for each request: time service action principal status bytes
                         (- is stderr, the default)
  --quiet                no such lines
  --until-stdin-closes   ends when stdin does; SIGINT and SIGTERM end it too, with status 0
  --verify FILE --context JSON   checks the signed HTTP request in FILE; the context holds
                         credentials{access_key_id, secret_access_key, token}, timestamp, and
                         optionally normalize, omit_session_token. Prints "valid" or why not (1)
  --help --version

Faults: a JSON list of rules. A rule counts the requests that match it; the first rule
whose turn it is acts, alone.
  which:     service (imds, container, sts, sso, logs), operation (GetLogEvents; for imds and
             container the beginning of the path), method, skip (0), count (for ever)
  instead:   error {code, message, status, form}, throttle, status (from 400 alone: no body),
             body, body_hex, body_base64, html, empty, redirect (URL)
             form of a JSON error: namespace, header, uri, code, both
  changing:  headers {name: value or null}, replace {text: text}, merge {members}, remove [members],
             truncate (bytes), ascii_json, gzip (the header only), empty_page, same_token,
             expire_session (the caller's, before the call), expire_tokens (IMDS)
  on the way: delay_ms, drip (bytes a second), cut_after, cut_body_after (bytes), close (no answer),
             reset (by RST; with close at once), hang, close_after, chunked (bytes), trailer,
             content_length (a wrong one), huge (blanks behind the body), endless
  example:   [{"service": "logs", "operation": "GetLogEvents", "count": 2, "throttle": true},
              {"service": "imds", "path": "/latest/api/token", "method": "PUT", "hang": true}]

Control port
  GET /requests          what arrived: service, action, principal, signed_headers, signature
                         ("valid", "unsigned" where none is asked for, or the code of the
                         refusal), parameters, status
  DELETE /requests
  POST /faults           a script, in place of the present one; POST /faults/more adds
  GET /faults            how many requests each rule has seen; DELETE /faults
  POST /imds/credentials   an object that the metadata hands out; DELETE: its own again
  POST /clock            {"offset": seconds}; GET /clock
  POST /sessions         {"role_arn", "session_name", "seconds"}: a session (negative: expired)
  POST /sessions/expire  {"access_key_id"} or {} for all; {"imds_tokens": true} drops those too
  POST /quota            {"rate": N}, 0 for none, null for AWS's
  POST /events           {"account", "region", "log_group", "log_stream", "events": [...]}
  POST /log-groups       {"account", "log_group": {...}}, the group as in a seed
  DELETE /log-groups     {"account", "region", "log_group"}
  POST /queries          {"duration_ms", "concurrent"}: of queries that start from now on (300, 30)

An event is {"timestamp", "message"}, optionally ingestion_time; message_wire (or
message_wire_hex) is the JSON string as it goes on the wire, for bytes that no encoder writes.

Of a seed, beside accounts: containers {kind (ecs or eks), path, role_arn, session_name,
authorization: what the header must be}; identity_providers {arn, tokens: [{token, subject,
audience, expires, rejected: why}]}, for roles whose trust policy has a Federated principal and
conditions on ISSUER:sub and ISSUER:aud; sso_tokens {token, user, expires, assignments:
[{account, role_name, role_arn}]}. A token is the text that the seed says; none is decoded.
links [{monitoring, source}]: accounts whose logs another one sees (cross-account observability);
answers {operation: body}: for operations that are not emulated; lists are paged and filtered by
name. A log group has name, region, streams, masked, creation_time, retention_days, class,
kms_key_id, tags.

Of CloudWatch Logs it emulates GetLogEvents, FilterLogEvents, DescribeLogGroups, ListLogGroups,
DescribeLogStreams, ListTagsForResource, ListTagsLogGroup, GetLogGroupFields, GetLogRecord,
StartQuery, GetQueryResults, StopQuery, DescribeQueries, ListLogGroupsForQuery and
TestMetricFilter. Every other operation that reads checks its parameters and answers from the
seed's "answers": without one Describe... and List... are empty, the others an error of their
model that says so.

Not emulated
  of AWS: STS other than GetCallerIdentity, AssumeRole and AssumeRoleWithWebIdentity
    (InvalidAction); operations of Logs that write, and StartLiveTail and GetLogObject
    (UnknownOperationException); TLS, proxies, HTTP/2, gzip
  of IAM: conditions other than sts:ExternalId, aws:MultiFactorAuthPresent and the claims of a
    web identity, NotAction, NotResource, NotPrincipal, policy variables, permission boundaries (a
    seed that has them is refused); the effect of session tags; PackedPolicySize
  of logs: late ingestion by itself (POST /events can do it); expiry by retention; lag of
    lastEventTimestamp; transformed events; data sources, field indexes (filters by them find
    nothing); metricFilterCount (0); masking by data protection policy but for the literal
    words of "masked", which filter patterns still see; log classes' own limits; links' filters
  of pages: a page token decides the direction alone, startFromHead beside it is not looked at;
    FilterLogEvents looks at 100,000 events a page, then gives a token
  of filter patterns: which characters part words is an assumption (all but letters, digits, _ and
    bytes beyond ASCII); a condition on a JSON field that is missing is false, != too; * and
    paths through arrays without an index; conditions on a column other than by its own name
  of queries: languages other than Logs Insights QL; commands other than SOURCE (namePrefix), fields,
    display, filter, parse, stats, sort, dedup, limit; functions on IP addresses, JSON and times
    but bin, datefloor, toMillis, fromMillis; fields of known log types other than JSON; field
    indexes; the time a query takes does not depend on what it reads; Failed, Timeout
Texts of refusals are AWS's as far as they are published.
)";
}

}  // namespace crosslog::sandbox
