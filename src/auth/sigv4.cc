// Signature Version 4, in the words and the order of the AWS documentation: one
// function for each documented step, its formula as the comment. The rules that
// the documentation leaves open (runs of blanks, doubled slashes, which headers
// take part) are botocore's, as the official vectors are; tests/data/sigv4 and
// the conformance vectors hold every stage.
//
// A session token is a secret in transit: header values are read through views,
// and sign() wipes the canonical request that holds one.
#include "crosslog/sigv4.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/crypto.h"
#include "base/text.h"
#include "base/time.h"
#include "base/try.h"

namespace crosslog::sigv4 {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
constexpr std::string_view kTerminator = "aws4_request";
constexpr std::string_view kBlanks = " \t\r\n\f\v";
constexpr std::chrono::seconds kLongestPresign = std::chrono::days(7);

// What proxies and tracers change on the way (botocore's
// SIGNED_HEADERS_BLACKLIST), and the signature itself.
constexpr auto kUnsignedHeaders = std::to_array<std::string_view>(
    {"authorization", "connection", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization", "te",
     "trailer", "transfer-encoding", "upgrade", "user-agent", "x-amzn-trace-id"});

constexpr std::string_view kTokenField = "x-amz-security-token";

// A header that takes part. The name is lower-case; `position` is its place in
// the request.
struct Field {
  std::string name;
  std::string_view value;
  std::size_t position;
};

using Fields = std::vector<Field>;  // sorted by name; equal names in the order of the request

bool takes_part(std::string_view name, const Options& options) {
  if (name == kTokenField) return options.sign_session_token;
  return std::ranges::find(kUnsignedHeaders, name) == kUnsignedHeaders.end();
}

Fields collect_fields(std::span<const Header> headers, std::span<const Header> added,
                      const Options& options) {
  Fields fields;
  fields.reserve(headers.size() + added.size());
  for (const auto part : {headers, added}) {
    for (const Header& header : part) {
      std::string name = base::to_lower(header.name);
      if (takes_part(name, options)) fields.push_back({std::move(name), header.value, fields.size()});
    }
  }
  std::ranges::sort(fields, {}, [](const Field& field) { return std::tie(field.name, field.position); });
  return fields;
}

// Lower-case names, each once, joined with ';'.
std::string join_names(const Fields& fields) {
  std::string names;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0 && fields[i].name == fields[i - 1].name) continue;
    if (i > 0) names += ';';
    names += fields[i].name;
  }
  return names;
}

// Trim(value): no blanks at the ends, each run of blanks or line folding as one.
void append_trimmed(std::string& out, std::string_view value) {
  for (bool first = true;; first = false) {
    const std::size_t start = value.find_first_not_of(kBlanks);
    if (start == std::string_view::npos) return;
    value.remove_prefix(start);
    if (!first) out += ' ';
    const std::size_t end = std::min(value.find_first_of(kBlanks), value.size());
    out += value.substr(0, end);
    value.remove_prefix(end);
  }
}

// CanonicalHeaders: "name:value,value\n" for each name.
void append_canonical_headers(std::string& out, const Fields& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const bool repeated = i > 0 && fields[i].name == fields[i - 1].name;
    if (!repeated) (out += fields[i].name) += ':';
    if (repeated) out += ',';
    append_trimmed(out, fields[i].value);
    const bool last = i + 1 == fields.size() || fields[i + 1].name != fields[i].name;
    if (last) out += '\n';
  }
}

// Without empty, "." and ".." segments; a slash at the end stays.
std::string remove_dot_segments(std::string_view path) {
  std::vector<std::string_view> kept;
  for (const std::string_view segment : base::split(path, '/')) {
    if (segment == "..") {
      if (!kept.empty()) kept.pop_back();
    } else if (!segment.empty() && segment != ".") {
      kept.push_back(segment);
    }
  }
  std::string out;
  for (const std::string_view segment : kept)
    (out += '/') += segment;
  if (kept.empty() || path.ends_with('/')) out += '/';
  return out;
}

// CanonicalUri: UriEncode of the path as sent, slashes kept. A %XX that is there
// already is encoded again, as every service but S3 wants it.
std::string canonical_uri(std::string_view path, bool normalize) {
  if (path.empty()) return "/";
  return base::percent_encode(normalize ? remove_dot_segments(path) : std::string(path), "/");
}

// CanonicalQueryString: UriEncode(name)=UriEncode(value), sorted, joined with '&'.
std::string canonical_query(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> parameters;
  for (const std::string_view parameter : base::split(query, '&')) {
    if (parameter.empty()) continue;
    const std::size_t equals = std::min(parameter.find('='), parameter.size());
    const std::string_view value = parameter.substr(std::min(equals + 1, parameter.size()));
    parameters.emplace_back(base::percent_encode(base::percent_decode(parameter.substr(0, equals))),
                            base::percent_encode(base::percent_decode(value)));
  }
  std::ranges::sort(parameters);
  std::string out;
  out.reserve(query.size() * 3);
  for (const auto& [name, value] : parameters) {
    if (!out.empty()) out += '&';
    ((out += name) += '=') += value;
  }
  return out;
}

// HashedPayload: what x-amz-content-sha256 says (it may be UNSIGNED-PAYLOAD), or
// Hex(SHA256(payload)).
std::string hashed_payload(const Fields& fields, std::string_view payload) {
  const auto named = std::ranges::find(fields, "x-amz-content-sha256", &Field::name);
  if (named == fields.end()) return base::sha256_hex(payload);
  std::string hash;
  append_trimmed(hash, named->value);
  return hash;
}

// Method \n CanonicalUri \n CanonicalQueryString \n CanonicalHeaders \n
// SignedHeaders \n HashedPayload
std::string write_canonical_request(const Signable& request, const Fields& fields, const Options& options) {
  const std::string uri = canonical_uri(request.path, options.normalize_path);
  std::string query = canonical_query(request.query);
  const std::string names = join_names(fields);
  const std::string payload = hashed_payload(fields, request.payload);
  std::size_t size = request.method.size() + uri.size() + query.size() + names.size() + payload.size() + 8;
  for (const Field& field : fields)
    size += field.name.size() + field.value.size() + 2;

  std::string out;
  out.reserve(size);
  (out += request.method) += '\n';
  (out += uri) += '\n';
  (out += query) += '\n';
  append_canonical_headers(out, fields);
  out += '\n';
  (out += names) += '\n';
  out += payload;
  base::wipe(query);
  return out;
}

// <yyyymmdd>/<region>/<service>/aws4_request
std::string credential_scope(const Scope& scope) {
  std::string text = base::amz_day(scope.time);
  for (const std::string_view part : {scope.region, scope.service, kTerminator})
    (text += '/') += part;
  return text;
}

Key hmac(std::string_view key, std::string_view text) {
  base::Digest digest = base::hmac_sha256(key, text);
  Key out;
  out.bytes = digest;
  base::wipe(digest.data(), digest.size());
  return out;
}

std::unexpected<Error> refuse(const std::string& reason) {
  return fail(Errc::invalid_argument, "The request cannot be signed: " + reason + ".");
}

bool is_control(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x20 || c == '\x7f';
}

bool is_alphanumeric(char c) noexcept {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// token of RFC 9110, section 5.6.2
bool is_token(std::string_view text) noexcept {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return is_alphanumeric(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

bool is_scope_part(std::string_view text) noexcept {
  return !text.empty() &&
         std::ranges::all_of(text, [](char c) { return is_alphanumeric(c) || c == '-' || c == '_'; });
}

// No control byte but the tab, and line breaks only where the line is folded: one
// that is followed by a blank or a tab.
bool is_header_value(std::string_view value) noexcept {
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value.substr(i).starts_with("\r\n")) ++i;
    const char next = i + 1 < value.size() ? value[i + 1] : '\0';
    const bool folded = value[i] == '\n' && (next == ' ' || next == '\t');
    if (is_control(value[i]) && value[i] != '\t' && !folded) return false;
  }
  return true;
}

// The only header with this name, or nullptr; an Error when there are several.
Result<const Header*> find_only(std::span<const Header> headers, std::string_view name) {
  const Header* found = nullptr;
  for (const Header& header : headers) {
    if (!base::equals_ignoring_case(header.name, name)) continue;
    if (found != nullptr) return refuse("it has more than one " + std::string(name) + " header");
    found = &header;
  }
  return found;
}

bool is_signed_already(std::string_view query) {
  return std::ranges::any_of(base::split(query, '&'), [](std::string_view parameter) {
    const std::string name = base::percent_decode(parameter.substr(0, parameter.find('=')));
    return base::equals_ignoring_case(name, "X-Amz-Signature") ||
           base::equals_ignoring_case(name, "X-Amz-Algorithm");
  });
}

Result<void> check_headers(std::span<const Header> headers) {
  for (const Header& header : headers) {
    if (!is_token(header.name)) return refuse("it has a header with a malformed name");
    if (!is_header_value(header.value)) {
      return refuse("the value of its header " + base::visible(header.name, 128) + " holds a control byte");
    }
  }
  CROSSLOG_TRY(const Header* host, find_only(headers, "Host"));
  if (host == nullptr || base::trim(host->value).empty()) return refuse("it has no Host header");
  CROSSLOG_TRY(const Header* authorization, find_only(headers, "Authorization"));
  if (authorization != nullptr) return refuse("it has an Authorization header already");
  return {};
}

// All that can be refused before a byte is hashed.
Result<void> check_input(const Signable& request, const Credentials& credentials, const Scope& scope) {
  CROSSLOG_CHECK(check(credentials));
  if (!is_scope_part(scope.region)) return refuse("the region is empty or malformed");
  if (!is_scope_part(scope.service)) return refuse("the service is empty or malformed");
  if (!is_token(request.method)) return refuse("its method is empty or malformed");
  if (!request.path.empty() && request.path.front() != '/')
    return refuse("its path does not begin with a slash");
  if (std::ranges::any_of(request.path, is_control)) return refuse("its path holds a control byte");
  if (std::ranges::any_of(request.query, is_control)) return refuse("its query holds a control byte");
  if (is_signed_already(request.query)) return refuse("its query holds a signature already");
  return check_headers(request.headers);
}

// Whether `name` is to be added: it is not there. One that is there must say the
// same, or the service would see something else than was signed.
Result<bool> is_missing(const Signable& request, std::string_view name, std::string_view value) {
  CROSSLOG_TRY(const Header* present, find_only(request.headers, name));
  if (present == nullptr) return true;
  if (base::trim(present->value) == value) return false;
  return refuse("its " + std::string(name) + " header says something else than this signature");
}

// The headers to add, but the signature.
Result<std::vector<Header>> make_headers(const Signable& request, const Credentials& credentials,
                                         const std::string& date, const Options& options) {
  std::vector<Header> added;
  added.reserve(4);
  const std::string_view token = credentials.session_token.reveal();
  CROSSLOG_TRY(const bool add_token, is_missing(request, "X-Amz-Security-Token", token));
  if (add_token && !token.empty()) added.push_back({"X-Amz-Security-Token", std::string(token)});
  CROSSLOG_TRY(const bool add_date, is_missing(request, "X-Amz-Date", date));
  if (add_date) added.push_back({"X-Amz-Date", date});
  CROSSLOG_TRY(const Header* payload, find_only(request.headers, "X-Amz-Content-Sha256"));
  if (options.add_payload_header && payload == nullptr) {
    added.push_back({"X-Amz-Content-Sha256", base::sha256_hex(request.payload)});
  }
  return added;
}

// Steps 2 to 4, for either form.
void add_signature(Explanation& out, const Credentials& credentials, const Scope& scope,
                   const Options& options) {
  out.string_to_sign = string_to_sign(out.canonical_request, scope);
  out.signature = signature(
      options.key != nullptr ? *options.key : signing_key(credentials.secret_access_key.reveal(), scope),
      out.string_to_sign);
}

// Algorithm Credential=<key id>/<scope>, SignedHeaders=<names>, Signature=<hex>
std::string authorization(const Credentials& credentials, const Scope& scope, const std::string& names,
                          const std::string& signature) {
  return std::string(kAlgorithm) + " Credential=" + credentials.access_key_id + "/" +
         credential_scope(scope) + ", SignedHeaders=" + names + ", Signature=" + signature;
}

// The query with all that the query form adds but token and signature.
std::string query_to_sign(const Signable& request, const Credentials& credentials, const Scope& scope,
                          std::chrono::seconds expires) {
  std::string query(request.query);
  const auto add = [&query](std::string_view name, std::string_view value) {
    if (!query.empty()) query += '&';
    ((query += name) += '=') += base::percent_encode(value);
  };
  add("X-Amz-Algorithm", kAlgorithm);
  add("X-Amz-Credential", credentials.access_key_id + "/" + credential_scope(scope));
  add("X-Amz-Date", base::amz_date(scope.time));
  add("X-Amz-SignedHeaders", signed_headers(request));
  add("X-Amz-Expires", std::to_string(expires.count()));
  return query;
}

Result<void> check_presign(const Signable& request, const Credentials& credentials, const Scope& scope,
                           std::chrono::seconds expires) {
  CROSSLOG_CHECK(check_input(request, credentials, scope));
  if (expires <= std::chrono::seconds(0) || expires > kLongestPresign) {
    return refuse("it must expire after 1 to " + std::to_string(kLongestPresign.count()) + " seconds");
  }
  for (const std::string_view name : {"X-Amz-Date", "X-Amz-Security-Token"}) {
    CROSSLOG_TRY(const Header* present, find_only(request.headers, name));
    if (present != nullptr) return refuse("in the query form " + std::string(name) + " is no header");
  }
  return {};
}

}  // namespace

Key::~Key() {
  base::wipe(bytes.data(), bytes.size());
}

std::optional<TimePoint> parse_date(std::string_view text) noexcept {
  return base::parse_amz_date(text);
}

std::string signed_headers(const Signable& request) {
  return join_names(collect_fields(request.headers, {}, {}));
}

std::string canonical_request(const Signable& request, const Options& options) {
  return write_canonical_request(request, collect_fields(request.headers, {}, options), options);
}

std::string string_to_sign(std::string_view canonical_request, const Scope& scope) {
  return std::string(kAlgorithm) + "\n" + base::amz_date(scope.time) + "\n" + credential_scope(scope) + "\n" +
         base::sha256_hex(canonical_request);
}

// kDate = HMAC("AWS4" + secret, date), kRegion = HMAC(kDate, region),
// kService = HMAC(kRegion, service), kSigning = HMAC(kService, "aws4_request")
Key signing_key(std::string_view secret_access_key, const Scope& scope) {
  std::string seed;
  seed.reserve(4 + secret_access_key.size());
  (seed += "AWS4") += secret_access_key;
  const Key date = hmac(seed, base::amz_day(scope.time));
  base::wipe(seed);
  const Key region = hmac(base::view(date.bytes), scope.region);
  const Key service = hmac(base::view(region.bytes), scope.service);
  return hmac(base::view(service.bytes), kTerminator);
}

std::string signature(const Key& key, std::string_view string_to_sign) {
  return base::hex(base::view(base::hmac_sha256(base::view(key.bytes), string_to_sign)));
}

Result<Explanation> explain(const Signable& request, const Credentials& credentials, const Scope& scope,
                            const Options& options) {
  CROSSLOG_CHECK(check_input(request, credentials, scope));
  Explanation out;
  CROSSLOG_TRY(out.headers, make_headers(request, credentials, base::amz_date(scope.time), options));
  const Fields fields = collect_fields(request.headers, out.headers, options);
  out.canonical_request = write_canonical_request(request, fields, options);
  add_signature(out, credentials, scope, options);
  out.headers.push_back(
      {"Authorization", authorization(credentials, scope, join_names(fields), out.signature)});
  return out;
}

Result<std::vector<Header>> sign(const Signable& request, const Credentials& credentials, const Scope& scope,
                                 const Options& options) {
  CROSSLOG_TRY(Explanation explanation, explain(request, credentials, scope, options));
  base::wipe(explanation.canonical_request);
  return std::move(explanation.headers);
}

Result<Explanation> explain_presign(const Signable& request, const Credentials& credentials,
                                    const Scope& scope, std::chrono::seconds expires,
                                    const Options& options) {
  CROSSLOG_CHECK(check_presign(request, credentials, scope, expires));
  const std::string query = query_to_sign(request, credentials, scope, expires);
  std::string token;
  if (!credentials.session_token.empty()) {
    token = "&X-Amz-Security-Token=" + base::percent_encode(credentials.session_token.reveal());
  }
  const std::string full = query + token;
  Signable to_sign = request;
  to_sign.query = options.sign_session_token ? full : query;
  Explanation out;
  out.canonical_request = canonical_request(to_sign, options);
  add_signature(out, credentials, scope, options);
  out.query = full + "&X-Amz-Signature=" + out.signature;
  base::wipe(token);
  return out;
}

Result<std::string> presign(const Signable& request, const Credentials& credentials, const Scope& scope,
                            std::chrono::seconds expires, const Options& options) {
  CROSSLOG_TRY(Explanation explanation, explain_presign(request, credentials, scope, expires, options));
  base::wipe(explanation.canonical_request);
  return std::move(explanation.query);
}

}  // namespace crosslog::sigv4
