#include "sandbox/verifier.h"

#include <algorithm>

#include "base/crypto.h"

namespace crosslog::sandbox {

namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
constexpr std::int64_t kMaxPresignedSeconds = 604800;

std::unexpected<Refusal> refuse(Problem problem, std::string message) {
  return std::unexpected(Refusal{problem, std::move(message)});
}

// The parts of a signature, whichever form it came in.
struct Claim {
  Signed who;
  std::string signature;
  std::string amz_date;
  std::optional<std::string> session_token;
  std::optional<std::int64_t> expires_seconds;  // presigned only
};

std::optional<std::string> query_parameter(std::string_view query, std::string_view name) {
  for (const auto item : split(query, '&')) {
    const auto equals = item.find('=');
    if (uri_decode(item.substr(0, equals)) == name)
      return equals == std::string_view::npos ? std::string{} : uri_decode(item.substr(equals + 1));
  }
  return std::nullopt;
}

std::size_t count_headers(const RawRequest& request, std::string_view name) {
  return static_cast<std::size_t>(
      std::ranges::count_if(request.headers, [&](const RawHeader& h) { return lower(h.name) == name; }));
}

bool is_signature(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Credential = AKID/day/region/service/aws4_request
std::expected<void, Refusal> read_credential(std::string_view credential, Signed& who) {
  const auto parts = split(credential, '/');
  if (parts.size() != 5 || parts[0].empty())
    return refuse(Problem::incomplete_signature,
                  "Credential must have exactly 5 slash-delimited elements, e.g. "
                  "keyid/date/region/service/term, got '" +
                      std::string(credential.substr(0, 128)) + "'");
  who.access_key_id = parts[0];
  who.day = parts[1];
  who.region = parts[2];
  who.service = parts[3];
  if (parts[4] != "aws4_request")
    return refuse(Problem::bad_signature,
                  "Credential should be scoped with a valid terminator: 'aws4_request', not '" +
                      std::string(parts[4].substr(0, 64)) + "'.");
  return {};
}

std::expected<Claim, Refusal> read_header_form(const RawRequest& request, std::string_view authorization) {
  if (count_headers(request, "authorization") != 1)
    return refuse(Problem::incomplete_signature, "Only one Authorization header is allowed.");
  if (!authorization.starts_with(std::string(kAlgorithm) + " "))
    return refuse(Problem::incomplete_signature, "Unsupported AWS 'algorithm'.");
  authorization.remove_prefix(kAlgorithm.size());
  std::optional<std::string> credential, signed_headers, signature;
  for (const auto part : split(authorization, ',')) {
    const auto item = strip(part);
    const auto equals = item.find('=');
    const auto key = item.substr(0, equals);
    auto* slot = key == "Credential"      ? &credential
                 : key == "SignedHeaders" ? &signed_headers
                 : key == "Signature"     ? &signature
                                          : nullptr;
    if (equals == std::string_view::npos || slot == nullptr || slot->has_value())
      return refuse(Problem::incomplete_signature,
                    "Authorization header has a part that is malformed or given twice.");
    *slot = item.substr(equals + 1);
  }
  std::string missing;
  if (!credential) missing += "Authorization header requires 'Credential' parameter. ";
  if (!signature) missing += "Authorization header requires 'Signature' parameter. ";
  if (!signed_headers) missing += "Authorization header requires 'SignedHeaders' parameter. ";
  const auto date = request.header("x-amz-date");
  if (!date)
    missing += "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
  if (!missing.empty()) return refuse(Problem::incomplete_signature, std::string(strip(missing)));

  Claim claim{.who = {},
              .signature = *signature,
              .amz_date = *date,
              .session_token = request.header("x-amz-security-token"),
              .expires_seconds = {}};
  claim.who.signed_headers = *signed_headers;
  if (auto read = read_credential(*credential, claim.who); !read) return std::unexpected(read.error());
  return claim;
}

std::expected<Claim, Refusal> read_query_form(const RawRequest& request) {
  const auto query = request.query();
  std::string missing;
  const auto need = [&](std::string_view name) {
    auto value = query_parameter(query, name);
    if (!value) missing += "AWS query-string parameters must include '" + std::string(name) + "'. ";
    return value.value_or("");
  };
  Claim claim;
  const std::string algorithm = need("X-Amz-Algorithm");
  const std::string credential = need("X-Amz-Credential");
  claim.signature = need("X-Amz-Signature");
  claim.amz_date = need("X-Amz-Date");
  claim.who.signed_headers = need("X-Amz-SignedHeaders");
  claim.who.presigned = true;
  claim.session_token = query_parameter(query, "X-Amz-Security-Token");
  if (!missing.empty()) return refuse(Problem::incomplete_signature, std::string(strip(missing)));
  if (algorithm != kAlgorithm) return refuse(Problem::incomplete_signature, "Unsupported AWS 'algorithm'.");
  // STS and Logs take a presigned request without X-Amz-Expires for 15 minutes.
  const auto expires = to_int(query_parameter(query, "X-Amz-Expires").value_or("900"));
  if (!expires || *expires < 1 || *expires > kMaxPresignedSeconds)
    return refuse(Problem::incomplete_signature, "X-Amz-Expires must be between 1 and 604800 seconds.");
  claim.expires_seconds = expires;
  if (auto read = read_credential(credential, claim.who); !read) return std::unexpected(read.error());
  return claim;
}

std::expected<Claim, Refusal> read_claim(const RawRequest& request) {
  const auto authorization = request.header("authorization");
  const bool in_query = query_parameter(request.query(), "X-Amz-Signature").has_value() ||
                        query_parameter(request.query(), "X-Amz-Algorithm").has_value();
  if (authorization && in_query)
    return refuse(Problem::incomplete_signature, "Only one auth mechanism allowed; the request has two.");
  if (authorization) return read_header_form(request, *authorization);
  if (in_query) return read_query_form(request);
  return refuse(Problem::missing_authentication, "");
}

std::expected<void, Refusal> check_signed_headers(const RawRequest& request, std::string_view list,
                                                  bool token_may_be_unsigned) {
  const auto names = split(list, ';');
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty() || lower(names[i]) != names[i] || (i > 0 && names[i - 1] >= names[i]))
      return refuse(Problem::incomplete_signature,
                    "SignedHeaders must be distinct lower-case names in order.");
    if (count_headers(request, names[i]) == 0)
      return refuse(Problem::bad_signature, "The signed header '" + std::string(names[i].substr(0, 128)) +
                                                "' is not in the request.");
  }
  const auto is_signed = [&](std::string_view name) { return std::ranges::find(names, name) != names.end(); };
  if (!is_signed("host"))
    return refuse(Problem::bad_signature,
                  "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  for (const auto& header : request.headers) {
    const std::string name = lower(header.name);
    if (!name.starts_with("x-amz-") || is_signed(name)) continue;
    if (name == "x-amz-security-token" && token_may_be_unsigned) continue;
    return refuse(Problem::bad_signature,
                  "'" + name + "' must be a 'SignedHeader' in the AWS Authorization.");
  }
  return {};
}

std::expected<void, Refusal> check_time(const Claim& claim, const VerifyOptions& options) {
  const auto sent = parse_amz_time(claim.amz_date);
  if (!sent)
    return refuse(Problem::incomplete_signature,
                  "Date must be in ISO-8601 'basic format'. See http://en.wikipedia.org/wiki/ISO_8601");
  if (claim.amz_date.substr(0, 8) != claim.who.day)
    return refuse(
        Problem::bad_signature,
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '" +
            claim.who.day.substr(0, 64) + "' != '" + claim.amz_date.substr(0, 8) + "', from '" +
            claim.amz_date + "'.");
  const auto minutes =
      std::to_string(std::chrono::duration_cast<std::chrono::minutes>(options.max_skew).count());
  const Time earliest = options.now - options.max_skew, latest = options.now + options.max_skew;
  if (*sent > latest)
    return refuse(Problem::bad_signature, "Signature not yet current: " + claim.amz_date +
                                              " is still later than " + amz_time(latest) + " (" +
                                              amz_time(options.now) + " + " + minutes + " min.)");
  const Time valid_until =
      *sent + (claim.expires_seconds ? std::chrono::seconds(*claim.expires_seconds) : options.max_skew);
  if (valid_until >= options.now) return {};
  if (claim.expires_seconds)
    return refuse(Problem::bad_signature, "Signature expired: " + amz_time(valid_until) +
                                              " is now earlier than " + amz_time(options.now));
  return refuse(Problem::bad_signature, "Signature expired: " + claim.amz_date + " is now earlier than " +
                                            amz_time(earliest) + " (" + amz_time(options.now) + " - " +
                                            minutes + " min.)");
}

// RFC 3986, section 5.2.4, and no empty segments; a slash at the end stays.
std::string normalized_path(std::string_view path) {
  std::vector<std::string_view> kept;
  bool slash_at_end = false;
  for (const auto segment : split(path, '/')) {
    slash_at_end = segment.empty() || segment == "." || segment == "..";
    if (segment == ".." && !kept.empty()) kept.pop_back();
    if (!slash_at_end) kept.push_back(segment);
  }
  std::string out;
  for (const auto segment : kept)
    out.append("/").append(segment);
  return slash_at_end || out.empty() ? out + "/" : out;
}

std::string canonical_query(std::string_view query, bool leave_out_token) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const auto item : split(query, '&')) {
    if (item.empty()) continue;
    const auto equals = item.find('=');
    const std::string name = uri_decode(item.substr(0, equals));
    if (name == "X-Amz-Signature" || (leave_out_token && name == "X-Amz-Security-Token")) continue;
    const auto value = equals == std::string_view::npos ? std::string_view{} : item.substr(equals + 1);
    pairs.emplace_back(uri_encode(name, false), uri_encode(uri_decode(value), false));
  }
  std::ranges::sort(pairs);
  std::string out;
  for (const auto& [name, value] : pairs)
    out.append(out.empty() ? "" : "&").append(name).append("=").append(value);
  return out;
}

// Trimmed, and every run of blanks and folds one blank.
std::string canonical_value(std::string_view value) {
  std::string out;
  for (const char c : strip(value)) {
    const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!blank)
      out += c;
    else if (!out.ends_with(' '))
      out += ' ';
  }
  return out;
}

std::string canonical_headers(const RawRequest& request, std::string_view signed_headers) {
  std::string out;
  for (const auto name : split(signed_headers, ';')) {
    out.append(name).append(":");
    bool first = true;
    for (const auto& header : request.headers) {
      if (lower(header.name) != name) continue;
      if (!first) out += ',';
      out += canonical_value(header.value);
      first = false;
    }
    out += '\n';
  }
  return out;
}

std::string expected_signature(const RawRequest& request, const Claim& claim, const std::string& secret,
                               const std::string& body_hash, const VerifyOptions& options) {
  const std::string path =
      options.normalize_path ? normalized_path(request.path()) : std::string(request.path());
  const bool leave_out_token = options.token_may_be_unsigned && claim.who.presigned;
  const std::string canonical = request.method + "\n" + uri_encode(path.empty() ? "/" : path, true) + "\n" +
                                canonical_query(request.query(), leave_out_token) + "\n" +
                                canonical_headers(request, claim.who.signed_headers) + "\n" +
                                claim.who.signed_headers + "\n" + body_hash;
  const std::string scope =
      claim.who.day + "/" + claim.who.region + "/" + claim.who.service + "/aws4_request";
  const std::string to_sign =
      std::string(kAlgorithm) + "\n" + claim.amz_date + "\n" + scope + "\n" + base::sha256_hex(canonical);
  base::Digest key = base::hmac_sha256("AWS4" + secret, claim.who.day);
  for (const std::string_view part : {std::string_view(claim.who.region), std::string_view(claim.who.service),
                                      std::string_view("aws4_request")})
    key = base::hmac_sha256(base::view(key), part);
  return to_hex(base::view(base::hmac_sha256(base::view(key), to_sign)));
}

constexpr std::string_view kMismatch =
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
    "Access Key "
    "and signing method. Consult the service documentation for details.";

}  // namespace

std::expected<Signed, Refusal> claimed_signature(const RawRequest& request) {
  auto claim = read_claim(request);
  if (!claim) return std::unexpected(claim.error());
  return claim->who;
}

std::expected<Signed, Refusal> verify(const RawRequest& request, const KeyLookup& lookup,
                                      const VerifyOptions& options) {
  const auto claim = read_claim(request);
  if (!claim) return std::unexpected(claim.error());
  if (auto good = check_signed_headers(request, claim->who.signed_headers, options.token_may_be_unsigned);
      !good)
    return std::unexpected(good.error());

  const auto key = lookup(claim->who.access_key_id);
  if (!key || key->session_token != claim->session_token)
    return refuse(Problem::unknown_key, "The security token included in the request is invalid.");
  if (auto good = check_time(*claim, options); !good) return std::unexpected(good.error());

  std::string body_hash = base::sha256_hex(request.body);
  const auto given_hash = request.header("x-amz-content-sha256");
  if (options.allow_unsigned_payload && given_hash == "UNSIGNED-PAYLOAD") body_hash = *given_hash;
  if ((given_hash && *given_hash != body_hash) || !is_signature(claim->signature) ||
      !base::equal_in_constant_time(expected_signature(request, *claim, key->secret, body_hash, options),
                                    claim->signature))
    return refuse(Problem::bad_signature, std::string(kMismatch));
  if (key->expires && *key->expires <= options.now)
    return refuse(Problem::expired_token, "The security token included in the request is expired");
  return claim->who;
}

}  // namespace crosslog::sandbox
