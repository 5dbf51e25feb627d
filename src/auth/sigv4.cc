// Signature Version 4, in the words and the order of the AWS documentation: one
// function for each documented step, its formula as the comment. The rules that
// the documentation leaves open (runs of blanks, doubled slashes, which headers
// take part) are botocore's, as the official vectors are; tests/data/sigv4 and
// the conformance vectors hold every stage.
//
// A session token is a secret in transit: header values are read through views.
// The stages are templates over where their text goes: a std::string for those who
// want to see it, or straight into the hash, where signing is for requests by the
// thousand.
#include "crosslog/sigv4.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory_resource>
#include <utility>

#include "base/bytes.h"
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

constexpr std::string_view kAlphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

// The bytes that a text may have, to look each up instead of comparing.
class ByteSet {
 public:
  constexpr explicit ByteSet(std::string_view others) {
    for (const std::string_view part : {kAlphanumeric, others}) {
      for (const char c : part)
        holds_[static_cast<unsigned char>(c)] = true;
    }
  }
  [[nodiscard]] bool holds_all(std::string_view text) const noexcept {
    return std::ranges::all_of(text, [this](char c) { return holds_[static_cast<unsigned char>(c)]; });
  }

 private:
  std::array<bool, 256> holds_{};
};

constexpr ByteSet kToken("!#$%&'*+-.^_`|~");  // RFC 9110, section 5.6.2
constexpr ByteSet kScopePart("-_");
constexpr ByteSet kPlainPath("-_~/");  // neither encoded nor part of a dot segment

// Eight bytes of text with their ASCII letters in lower case: in each byte, the top
// bit of a sum tells whether the lower seven reach 'A', or go beyond 'Z'.
constexpr std::uint64_t lower_case_of_eight(std::uint64_t bytes) noexcept {
  constexpr std::uint64_t kEach = 0x0101010101010101u;
  const std::uint64_t low_bits = bytes & (0x7f * kEach);
  const std::uint64_t reaches_a = low_bits + (0x80 - 'A') * kEach;
  const std::uint64_t beyond_z = low_bits + (0x7f - 'Z') * kEach;
  const std::uint64_t upper = reaches_a & ~beyond_z & ~bytes & (0x80 * kEach);
  return bytes | (upper >> 2);
}

// A header that takes part. The name is lower-case; `head` is its first eight
// bytes as a number, which nearly always tells the order; `position` is its place
// in the request.
struct Field {
  std::string_view name, value;
  std::uint64_t head;
  std::size_t position;
};

std::uint64_t head_of(std::string_view name) noexcept {
  std::uint64_t head = 0;
  std::memcpy(&head, name.data(), std::min(name.size(), sizeof(head)));
  return std::endian::native == std::endian::little ? std::byteswap(head) : head;
}

bool comes_first(const Field& a, const Field& b) noexcept {
  if (a.head != b.head) return a.head < b.head;
  const int order = a.name.compare(b.name);
  return order != 0 ? order < 0 : a.position < b.position;
}

// A bit for each length that a name in kUnsignedHeaders has.
constexpr std::uint64_t kUnsignedLengths = [] {
  std::uint64_t lengths = 0;
  for (const std::string_view name : kUnsignedHeaders)
    lengths |= std::uint64_t{1} << name.size();
  return lengths;
}();

bool takes_part(std::string_view name, const Options& options) {
  if (name == kTokenField) return options.sign_session_token;
  const bool may_be_unsigned = name.size() < 64 && ((kUnsignedLengths >> name.size()) & 1) != 0;
  return !may_be_unsigned || std::ranges::find(kUnsignedHeaders, name) == kUnsignedHeaders.end();
}

// The headers that take part, sorted by name; equal names in the order of the
// request. Of a usual request they need no allocation.
class Fields {
 public:
  Fields(std::span<const Header> headers, std::span<const Header> added, const Options& options) {
    fields_.reserve(headers.size() + added.size());
    for (const auto part : {headers, added}) {
      for (const Header& header : part)
        add(header, options);
    }
    std::ranges::sort(fields_, comes_first);
  }
  Fields(const Fields&) = delete;
  Fields& operator=(const Fields&) = delete;

  [[nodiscard]] std::span<const Field> all() const noexcept { return fields_; }

 private:
  void add(const Header& header, const Options& options) {
    const std::string_view name = lower_case(header.name);
    if (takes_part(name, options)) fields_.push_back({name, header.value, head_of(name), fields_.size()});
  }

  std::string_view lower_case(std::string_view name) {
    constexpr std::size_t kStep = sizeof(std::uint64_t);
    auto* const out = static_cast<char*>(pool_.allocate(name.size() + kStep, 1));
    std::memcpy(out, name.data(), name.size());
    for (std::size_t at = 0; at < name.size(); at += kStep) {
      std::uint64_t bytes;
      std::memcpy(&bytes, out + at, kStep);
      bytes = lower_case_of_eight(bytes);
      std::memcpy(out + at, &bytes, kStep);
    }
    return {out, name.size()};
  }

  std::array<std::byte, 1024> first_;
  std::pmr::monotonic_buffer_resource pool_{first_.data(), first_.size()};
  std::pmr::vector<Field> fields_{&pool_};
};

// Lower-case names, each once, joined with ';'.
void append_names(std::string& out, std::span<const Field> fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0 && fields[i].name == fields[i - 1].name) continue;
    if (i > 0) out += ';';
    out += fields[i].name;
  }
}

std::string join_names(std::span<const Field> fields) {
  std::string names;
  append_names(names, fields);
  return names;
}

// Trim(value): no blanks at the ends, each run of blanks or line folding as one.
template <class Out>
void append_trimmed(Out& out, std::string_view value) {
  if (base::all_visible(value)) {
    out.append(value);
    return;
  }
  for (bool first = true;; first = false) {
    const std::size_t start = value.find_first_not_of(kBlanks);
    if (start == std::string_view::npos) return;
    value.remove_prefix(start);
    if (!first) out.append(" ");
    const std::size_t end = std::min(value.find_first_of(kBlanks), value.size());
    out.append(value.substr(0, end));
    value.remove_prefix(end);
  }
}

// CanonicalHeaders: "name:value,value\n" for each name.
template <class Out>
void append_canonical_headers(Out& out, std::span<const Field> fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const bool repeated = i > 0 && fields[i].name == fields[i - 1].name;
    if (!repeated) {
      if (i > 0) out.append("\n");
      out.append(fields[i].name);
    }
    out.append(repeated ? "," : ":");
    append_trimmed(out, fields[i].value);
  }
  if (!fields.empty()) out.append("\n");
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
template <class Out>
void append_canonical_uri(Out& out, std::string_view path, bool normalize) {
  if (path.empty()) path = "/";
  const bool plain = path.starts_with('/') && kPlainPath.holds_all(path);
  if (plain && path.find("//") == std::string_view::npos) {
    out.append(path);
  } else {
    out.append(base::percent_encode(normalize ? remove_dot_segments(path) : std::string(path), "/"));
  }
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

const Field* find_payload_hash(std::span<const Field> fields) noexcept {
  const auto named = std::ranges::find(fields, "x-amz-content-sha256", &Field::name);
  return named == fields.end() ? nullptr : &*named;
}

// HashedPayload: what x-amz-content-sha256 says (it may be UNSIGNED-PAYLOAD), or
// Hex(SHA256(payload)).
template <class Out>
void append_hashed_payload(Out& out, std::span<const Field> fields, std::string_view payload) {
  const Field* const named = find_payload_hash(fields);
  if (named != nullptr) return append_trimmed(out, named->value);
  out.append(base::view(base::hex_of(base::sha256(payload))));
}

// Method \n CanonicalUri \n CanonicalQueryString \n CanonicalHeaders \n
// SignedHeaders \n HashedPayload
template <class Out>
void append_canonical_request(Out& out, const Signable& request, std::span<const Field> fields,
                              std::string_view names, const Options& options) {
  out.append(request.method);
  out.append("\n");
  append_canonical_uri(out, request.path, options.normalize_path);
  out.append("\n");
  if (!request.query.empty()) {
    std::string query = canonical_query(request.query);
    out.append(query);
    base::wipe(query);  // of a presigned request it has the token
  }
  out.append("\n");
  append_canonical_headers(out, fields);
  out.append("\n");
  out.append(names);
  out.append("\n");
  append_hashed_payload(out, fields, request.payload);
}

std::string write_canonical_request(const Signable& request, std::span<const Field> fields,
                                    std::string_view names, const Options& options) {
  const Field* const named = find_payload_hash(fields);
  const std::size_t payload = named != nullptr ? named->value.size() : base::HexDigest().size();
  std::size_t size =
      request.method.size() + 3 * (request.path.size() + request.query.size()) + names.size() + payload + 8;
  for (const Field& field : fields)
    size += field.name.size() + field.value.size() + 2;
  std::string out;
  out.reserve(size);  // in one piece: what it would outgrow would not be wiped
  append_canonical_request(out, request, fields, names, options);
  return out;
}

// <yyyymmdd>/<region>/<service>/aws4_request; `date` begins with the day.
void append_scope(std::string& out, std::string_view date, const Scope& scope) {
  out += date.substr(0, 8);
  for (const std::string_view part : {scope.region, scope.service, kTerminator})
    (out += '/') += part;
}

std::string credential_scope(const Scope& scope) {
  std::string text;
  append_scope(text, base::amz_date(scope.time), scope);
  return text;
}

// Algorithm \n RequestDateTime \n CredentialScope \n HashedCanonicalRequest
template <class Out>
void append_string_to_sign(Out& out, std::string_view date, std::string_view scope,
                           const base::Digest& canonical_request) {
  out.append(kAlgorithm);
  out.append("\n");
  out.append(date);
  out.append("\n");
  out.append(scope);
  out.append("\n");
  out.append(base::view(base::hex_of(canonical_request)));
}

// One step of the key's derivation: as secret as the key.
struct KeyStep {
  base::Digest digest;
  ~KeyStep() { base::wipe(digest.data(), digest.size()); }
};

KeyStep hmac(std::string_view key, std::string_view text) {
  return {base::hmac_sha256(key, text)};
}

std::unexpected<Error> refuse(const std::string& reason) {
  return fail(Errc::invalid_argument, "The request cannot be signed: " + reason + ".");
}

bool is_control(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x20 || c == '\x7f';
}

bool is_token(std::string_view text) noexcept {
  return !text.empty() && kToken.holds_all(text);
}

bool is_scope_part(std::string_view text) noexcept {
  return !text.empty() && kScopePart.holds_all(text);
}

// No control byte but the tab, and line breaks only where the line is folded: one
// that is followed by a blank or a tab.
bool is_header_value(std::string_view value) noexcept {
  if (base::all_between(value, ' ', base::kLastVisible)) return true;
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
    if (header.name.size() != name.size() || !base::equals_ignoring_case(header.name, name)) continue;
    if (found != nullptr) return refuse("it has more than one " + std::string(name) + " header");
    found = &header;
  }
  return found;
}

bool is_signed_already(std::string_view query) {
  if (query.empty()) return false;
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

// Algorithm Credential=<key id>/<scope>, SignedHeaders=<names>, Signature=<hex>
// It is begun first: the stages repeat its scope and its names.
class Authorization {
 public:
  Authorization(const Credentials& credentials, const Scope& scope, std::string_view date,
                std::span<const Field> fields) {
    std::size_t size = credentials.access_key_id.size() + scope.region.size() + scope.service.size() + 160;
    for (const Field& field : fields)
      size += field.name.size() + 1;
    text_.reserve(size);
    ((text_ += kAlgorithm) += " Credential=") += credentials.access_key_id;
    text_ += '/';
    scope_ = text_.size();
    append_scope(text_, date, scope);
    scope_end_ = text_.size();
    text_ += ", SignedHeaders=";
    names_ = text_.size();
    append_names(text_, fields);
    names_end_ = text_.size();
  }

  [[nodiscard]] std::string_view scope() const noexcept { return part(scope_, scope_end_); }
  [[nodiscard]] std::string_view names() const noexcept { return part(names_, names_end_); }
  [[nodiscard]] Header finish(std::string_view signature) && {
    (text_ += ", Signature=") += signature;
    return {"Authorization", std::move(text_)};
  }

 private:
  [[nodiscard]] std::string_view part(std::size_t begin, std::size_t end) const noexcept {
    return std::string_view(text_).substr(begin, end - begin);
  }

  std::string text_;
  std::size_t scope_, scope_end_, names_, names_end_;
};

// Calls `use` with the key to sign with.
template <class Use>
auto with_key(const Credentials& credentials, const Scope& scope, const Options& options, const Use& use) {
  if (options.key != nullptr) return use(*options.key);
  return use(signing_key(credentials.secret_access_key.reveal(), scope));
}

// Step 4 of a presigned request, or of one to be explained.
std::string signature_of(const std::string& string_to_sign, const Credentials& credentials,
                         const Scope& scope, const Options& options) {
  return with_key(credentials, scope, options,
                  [&](const Key& key) { return signature(key, string_to_sign); });
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

Key::Key(const Bytes& bytes) noexcept : bytes_(bytes), pads_(base::hmac_pads(base::view(bytes))) {}

Key::~Key() {
  base::wipe(bytes_.data(), sizeof(bytes_));
  base::wipe(pads_.data(), sizeof(pads_));
}

std::optional<TimePoint> parse_date(std::string_view text) noexcept {
  return base::parse_amz_date(text);
}

std::string signed_headers(const Signable& request) {
  return join_names(Fields(request.headers, {}, {}).all());
}

std::string canonical_request(const Signable& request, const Options& options) {
  const Fields fields(request.headers, {}, options);
  return write_canonical_request(request, fields.all(), join_names(fields.all()), options);
}

std::string string_to_sign(std::string_view canonical_request, const Scope& scope) {
  std::string out;
  append_string_to_sign(out, base::amz_date(scope.time), credential_scope(scope),
                        base::sha256(canonical_request));
  return out;
}

// kDate = HMAC("AWS4" + secret, date), kRegion = HMAC(kDate, region),
// kService = HMAC(kRegion, service), kSigning = HMAC(kService, "aws4_request")
Key signing_key(std::string_view secret_access_key, const Scope& scope) {
  std::string seed;
  seed.reserve(4 + secret_access_key.size());
  (seed += "AWS4") += secret_access_key;
  const KeyStep date = hmac(seed, base::amz_day(scope.time));
  base::wipe(seed);
  const KeyStep region = hmac(base::view(date.digest), scope.region);
  const KeyStep service = hmac(base::view(region.digest), scope.service);
  const KeyStep signing = hmac(base::view(service.digest), kTerminator);
  return Key(signing.digest);
}

std::string signature(const Key& key, std::string_view string_to_sign) {
  base::HmacSha256 hash(key.pads());
  hash.append(string_to_sign);
  return std::string(base::view(base::hex_of(hash.finish())));
}

Result<Explanation> explain(const Signable& request, const Credentials& credentials, const Scope& scope,
                            const Options& options) {
  CROSSLOG_CHECK(check_input(request, credentials, scope));
  const std::string date = base::amz_date(scope.time);
  Explanation out;
  CROSSLOG_TRY(out.headers, make_headers(request, credentials, date, options));
  const Fields fields(request.headers, out.headers, options);
  Authorization authorization(credentials, scope, date, fields.all());
  out.canonical_request = write_canonical_request(request, fields.all(), authorization.names(), options);
  out.string_to_sign = string_to_sign(out.canonical_request, scope);
  out.signature = signature_of(out.string_to_sign, credentials, scope, options);
  out.headers.push_back(std::move(authorization).finish(out.signature));
  return out;
}

// The stages of explain(), each straight into the hash of the next.
Result<std::vector<Header>> sign(const Signable& request, const Credentials& credentials, const Scope& scope,
                                 const Options& options) {
  CROSSLOG_CHECK(check_input(request, credentials, scope));
  const std::string date = base::amz_date(scope.time);
  CROSSLOG_TRY(std::vector<Header> headers, make_headers(request, credentials, date, options));
  const Fields fields(request.headers, headers, options);
  Authorization authorization(credentials, scope, date, fields.all());
  base::Sha256 canonical_request;
  append_canonical_request(canonical_request, request, fields.all(), authorization.names(), options);
  const base::Digest hashed_request = canonical_request.finish();
  const base::Digest signature = with_key(credentials, scope, options, [&](const Key& key) {
    base::HmacSha256 hash(key.pads());
    append_string_to_sign(hash, date, authorization.scope(), hashed_request);
    return hash.finish();
  });
  headers.push_back(std::move(authorization).finish(base::view(base::hex_of(signature))));
  return headers;
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
  out.string_to_sign = string_to_sign(out.canonical_request, scope);
  out.signature = signature_of(out.string_to_sign, credentials, scope, options);
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
