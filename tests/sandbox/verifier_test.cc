// The sandbox's check of signatures: it accepts what others signed (the official vectors,
// and the repository's own that botocore made), and refuses each of them with any one
// byte changed.
#define BOOST_TEST_MODULE verifier
#include "sandbox/verifier.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <vector>

#include "tests/support/conformance.h"
#include "tests/support/json.h"

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using namespace crosslog::sandbox;

struct Case {
  std::string text;  // the signed request, raw
  std::string access_key_id, secret;
  std::optional<std::string> token;
  VerifyOptions options;
};

std::expected<Signed, Refusal> check(const Case& c, std::string_view text) {
  const auto request = parse_request(text);
  if (!request) return std::unexpected(Refusal{Problem::incomplete_signature, "not a request"});
  return verify(
      *request,
      [&](std::string_view id) -> std::optional<KnownKey> {
        if (id != c.access_key_id) return std::nullopt;
        return KnownKey{c.secret, c.token, std::nullopt};
      },
      c.options);
}

std::string text_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr ? std::string(value->as_string()) : std::string{};
}

bool flag_of(const json::object& object, std::string_view name, bool fallback) {
  const auto* value = object.if_contains(name);
  return value != nullptr ? value->as_bool() : fallback;
}

// Offsets of the bytes that the signature stands for, so that a change of any must be seen:
// the request line but its version, signed headers, Authorization, the body.
std::vector<std::size_t> covered_bytes(const Case& c, const RawRequest& request,
                                       const std::string& signed_headers) {
  std::vector<std::size_t> out;
  const auto add = [&](std::size_t begin, std::size_t end) {
    for (auto i = begin; i < end; ++i)
      if (static_cast<unsigned char>(c.text[i]) > 0x20) out.push_back(i);
  };
  // Dot segments take other bytes of the path with them, and doubled slashes are one: there
  // a changed byte can be the same path.
  const std::size_t target = request.method.size() + 1;
  const bool dots = c.options.normalize_path && request.path().find("/.") != std::string_view::npos;
  add(0, request.method.size());
  for (std::size_t i = 0; i < request.path().size(); ++i)
    if (!dots && request.path()[i] != '/' && request.path()[i] != '.') add(target + i, target + i + 1);
  if (!request.query().empty()) add(target + request.path().size() + 1, target + request.target.size());

  std::size_t at = c.text.find('\n') + 1;
  bool covered = false;
  while (at < c.text.size() && c.text[at] != '\n' && c.text.compare(at, 2, "\r\n") != 0) {
    const auto end = std::min(c.text.find('\n', at), c.text.size());
    if (c.text[at] != ' ' && c.text[at] != '\t') {
      const std::string name = lower(c.text.substr(at, c.text.find(':', at) - at));
      const auto names = split(signed_headers, ';');
      covered = name == "authorization" || name == "x-amz-security-token" ||
                std::ranges::find(names, std::string_view(name)) != names.end();
    }
    if (covered) add(at, end);
    if (end == c.text.size()) return out;
    at = end + 1;
  }
  if (!c.options.allow_unsigned_payload) add(at, c.text.size());
  return out;
}

void accepts_only_itself(const Case& c) {
  const auto verified = check(c, c.text);
  BOOST_REQUIRE_MESSAGE(verified, "refused: " << (verified ? "" : verified.error().message));
  const auto request = parse_request(c.text);
  const auto bytes = covered_bytes(c, *request, verified->signed_headers);
  BOOST_TEST(bytes.size() > 150U);
  for (const auto at : bytes) {
    std::string changed = c.text;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    BOOST_CHECK_MESSAGE(!check(c, changed),
                        "accepted with byte " << at << " changed: " << changed.substr(0, 2000));
  }
  std::string longer_path = c.text;
  longer_path.insert(request->method.size() + 1 + request->path().size(), "x");
  BOOST_CHECK_MESSAGE(!check(c, longer_path), "accepted with a longer path");
  const std::string longer_body = c.text + (request->body.empty() ? "\n\nx" : "x");
  BOOST_TEST(check(c, longer_body).has_value() == c.options.allow_unsigned_payload, "a longer body");
  Case other_token = c;
  other_token.token = c.token ? std::nullopt : std::optional<std::string>("token");
  BOOST_CHECK_MESSAGE(!check(other_token, c.text), "accepted for another token");
}

// A folder of the AWS Common Runtime's suite.
Case official_case(const fs::path& folder, const std::string& file) {
  const auto context = crosslog::test::read_json(folder / "context.json").as_object();
  const auto& credentials = context.at("credentials").as_object();
  Case c;
  c.text = crosslog::test::read_text(folder / file);
  c.access_key_id = text_of(credentials, "access_key_id");
  c.secret = text_of(credentials, "secret_access_key");
  if (credentials.contains("token")) c.token = text_of(credentials, "token");
  c.options.now = parse_iso_time(text_of(context, "timestamp")).value();
  c.options.normalize_path = flag_of(context, "normalize", true);
  c.options.token_may_be_unsigned = flag_of(context, "omit_session_token", false);
  return c;
}

// The older suite has no contexts: its key and time are documented.
Case legacy_case(const fs::path& file) {
  Case c;
  c.text = crosslog::test::read_text(file);
  c.access_key_id = "AKIDEXAMPLE";
  c.secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  if (const auto request = parse_request(c.text)) c.token = request->header("x-amz-security-token");
  c.options.now = parse_iso_time("2015-08-30T12:36:00Z").value();
  c.options.token_may_be_unsigned = file.filename() == "post-sts-header-after.sreq";
  return c;
}

// The one case of smithy-rs: its key and time stand in the code of that project's test.
Case smithy_case(const fs::path& file) {
  Case c;
  c.text = crosslog::test::read_text(file);
  c.access_key_id = "ANOTREAL";
  c.secret = "notrealrnrELgWzOk3IfjzDKtFBhDby";
  c.options.now = parse_iso_time("2015-08-30T12:36:00Z").value();
  return c;
}

// The repository's own: the request before signing, and the signature that botocore made.
Case own_case(const fs::path& folder) {
  const auto context = crosslog::test::read_json(folder / "context.json").as_object();
  const std::string unsigned_text = crosslog::test::read_text(folder / "request.txt");
  const auto request = parse_request(unsigned_text).value();
  Case c;
  c.access_key_id = text_of(context, "access_key_id");
  c.secret = text_of(context, "secret_access_key");
  if (context.contains("session_token")) c.token = text_of(context, "session_token");
  c.options.now = parse_iso_time(text_of(context, "time")).value();
  c.options.normalize_path = flag_of(context, "normalize_path", true);
  c.options.token_may_be_unsigned = !flag_of(context, "sign_session_token", true);
  c.options.allow_unsigned_payload = request.header("x-amz-content-sha256") == "UNSIGNED-PAYLOAD";

  const bool in_query = text_of(context, "form") == "query";
  const std::string target =
      in_query ? std::string(request.path()) + "?" + crosslog::test::read_text(folder / "query.txt")
               : request.target;
  c.text = request.method + " " + target + " HTTP/1.1\n";
  for (const auto& header : request.headers)
    c.text += header.name + ":" + header.value + "\n";
  if (!in_query) {
    if (!request.header("x-amz-date")) c.text += "X-Amz-Date: " + amz_time(c.options.now) + "\n";
    if (c.token) c.text += "X-Amz-Security-Token: " + *c.token + "\n";
    if (flag_of(context, "add_payload_header", false)) {
      const auto canonical = crosslog::test::read_text(folder / "canonical-request.txt");
      c.text += "X-Amz-Content-Sha256: " + canonical.substr(canonical.rfind('\n') + 1) + "\n";
    }
    c.text += "Authorization: " + crosslog::test::read_text(folder / "authorization.txt") + "\n";
  }
  c.text += "\n" + request.body;
  return c;
}

bool add_official() {
  const auto root = crosslog::test::conformance("sigv4");
  if (!root) return crosslog::test::add_skipped("sigv4");
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(*root))
    files.push_back(entry.path());
  std::ranges::sort(files);
  for (const auto& file : files) {
    const std::string name = fs::relative(file, *root).string();
    if (file.extension() == ".sreq")
      crosslog::test::add_case(name, [file] { accepts_only_itself(legacy_case(file)); });
    if (file.filename() != "header-signed-request.txt" && file.filename() != "query-signed-request.txt")
      continue;
    crosslog::test::add_case(name, [file] {
      const bool has_context = fs::exists(file.parent_path() / "context.json");
      accepts_only_itself(has_context ? official_case(file.parent_path(), file.filename())
                                      : smithy_case(file));
    });
  }
  return true;
}

bool add_own() {
  const fs::path root = crosslog::test::own_cases("sigv4");
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(root))
    if (fs::exists(entry.path() / "context.json")) folders.push_back(entry.path());
  std::ranges::sort(folders);
  for (const auto& folder : folders)
    crosslog::test::add_case("own/" + folder.filename().string(),
                             [folder] { accepts_only_itself(own_case(folder)); });
  return true;
}

const bool kOfficial = add_official();
const bool kOwn = add_own();

// What follows needs no vector: one own case, looked at from all sides.
Case model() {
  return own_case(crosslog::test::own_cases("sigv4") / "logs-session-token");
}

Refusal refusal_of(const Case& c, const std::string& text) {
  const auto verified = check(c, text);
  BOOST_REQUIRE(!verified);
  return verified.error();
}

std::string with_line(const std::string& text, const std::string& line) {
  std::string out = text;
  return out.insert(out.find('\n') + 1, line + "\n");
}

std::string without_header(const std::string& text, const std::string& name) {
  const auto at = text.find("\n" + name + ":") + 1;
  std::string out = text;
  return out.erase(at, text.find('\n', at) + 1 - at);
}

}  // namespace

BOOST_AUTO_TEST_CASE(time_must_be_within_a_quarter_of_an_hour) {
  Case c = model();
  const Time signed_at = c.options.now;
  for (const int seconds : {-900, -1, 0, 1, 900}) {
    c.options.now = signed_at + std::chrono::seconds(seconds);
    BOOST_CHECK_MESSAGE(check(c, c.text), "refused at " << seconds);
  }
  c.options.now = signed_at + std::chrono::seconds(901);
  BOOST_TEST(refusal_of(c, c.text).message ==
             "Signature expired: 20260102T030405Z is now earlier than 20260102T030406Z (20260102T031906Z - "
             "15 min.)");
  c.options.now = signed_at - std::chrono::seconds(901);
  BOOST_TEST(refusal_of(c, c.text).message ==
             "Signature not yet current: 20260102T030405Z is still later than 20260102T030404Z "
             "(20260102T024904Z + 15 min.)");
}

BOOST_AUTO_TEST_CASE(a_presigned_request_lives_as_long_as_it_says) {
  Case c = own_case(crosslog::test::own_cases("sigv4") / "presign-header");  // 60 s
  c.options.now += std::chrono::seconds(60);
  BOOST_TEST(check(c, c.text).has_value());
  c.options.now += std::chrono::seconds(1);
  BOOST_TEST(refusal_of(c, c.text).message.starts_with("Signature expired: "));
}

BOOST_AUTO_TEST_CASE(host_and_amz_headers_must_be_signed) {
  const Case c = model();
  BOOST_TEST(refusal_of(c, with_line(c.text, "X-Amz-Meta-Extra: 1")).message ==
             "'x-amz-meta-extra' must be a 'SignedHeader' in the AWS Authorization.");
  std::string no_host = c.text;
  no_host.replace(no_host.find("content-type;host;"), 18, "content-type;");
  BOOST_TEST(refusal_of(c, no_host).message ==
             "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  BOOST_TEST(check(c, with_line(c.text, "X-Unrelated: 1")).has_value());
  Case strict = own_case(crosslog::test::own_cases("sigv4") / "logs-token-not-signed");
  strict.options.token_may_be_unsigned = false;
  BOOST_TEST(refusal_of(strict, strict.text).message ==
             "'x-amz-security-token' must be a 'SignedHeader' in the AWS Authorization.");
}

BOOST_AUTO_TEST_CASE(a_hash_that_is_not_the_bodys_is_refused) {
  Case c = own_case(crosslog::test::own_cases("sigv4") / "payload-unsigned");
  c.options.allow_unsigned_payload = false;
  BOOST_TEST((refusal_of(c, c.text).problem == Problem::bad_signature));
}

BOOST_AUTO_TEST_CASE(each_kind_of_refusal_is_told_apart) {
  const Case c = model();
  BOOST_TEST(
      (refusal_of(c, without_header(c.text, "Authorization")).problem == Problem::missing_authentication));
  BOOST_TEST((refusal_of(c, without_header(c.text, "X-Amz-Date")).problem == Problem::incomplete_signature));
  BOOST_TEST((refusal_of(c, without_header(c.text, "X-Amz-Security-Token")).problem !=
              Problem::missing_authentication));
  Case stranger = c;
  stranger.access_key_id = "AKIAOTHER";
  BOOST_TEST((refusal_of(stranger, c.text).problem == Problem::unknown_key));
  Case other_secret = c;
  other_secret.secret += "x";
  BOOST_TEST((refusal_of(other_secret, c.text).problem == Problem::bad_signature));
  const auto expired = verify(
      *parse_request(c.text),
      [&](std::string_view) { return std::optional(KnownKey{c.secret, c.token, c.options.now}); }, c.options);
  BOOST_TEST((!expired && expired.error().problem == Problem::expired_token));
}

BOOST_AUTO_TEST_CASE(malformed_claims_are_refused) {
  const Case c = model();
  const auto with_authorization = [&](const std::string& value) {
    return with_line(without_header(c.text, "Authorization"), "Authorization: " + value);
  };
  const std::string scope = "AKIAIOSFODNN7EXAMPLE/20260102/eu-west-1/logs/aws4_request";
  const std::string hex(64, 'a');
  for (const std::string& value : std::vector<std::string>{
           "", "Basic abc", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 ", "AWS4-HMAC-SHA256 Credential=" + scope,
           "AWS4-HMAC-SHA256 Credential=" + scope + ", SignedHeaders=host",
           "AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=" + hex,
           "AWS4-HMAC-SHA256 Credential=" + scope + ", SignedHeaders=host;host, Signature=" + hex,
           "AWS4-HMAC-SHA256 Credential=" + scope + ", SignedHeaders=, Signature=" + hex,
           "AWS4-HMAC-SHA256 Credential=" + scope + ", SignedHeaders=x-amz-date;host, Signature=" + hex,
           "AWS4-HMAC-SHA256 Credential=" + scope + ", Credential=" + scope +
               ", SignedHeaders=host, Signature=" + hex,
           "AWS4-HMAC-SHA256 Credential=" + scope + ", SignedHeaders=host, Signature=" + hex + ", Extra=1",
           "AWS4-HMAC-SHA256 Credential=" + scope + ", SignedHeaders=host, Signature=short"}) {
    const auto verified = check(c, with_authorization(value));
    BOOST_CHECK_MESSAGE(!verified, "accepted: " << value);
  }
  BOOST_TEST(!check(c, with_line(c.text, "Authorization: again")));
  std::string both = c.text;
  both.replace(both.find(" / "), 3, " /?X-Amz-Signature=1 ");
  BOOST_TEST(refusal_of(c, both).message.starts_with("Only one auth mechanism allowed"));
}

BOOST_AUTO_TEST_CASE(heads_are_taken_as_they_came) {
  const auto request =
      parse_request("GET /a b?x=1 y HTTP/1.1\r\nA:  1  2 \r\nB: x\r\n\ty\r\na:3\r\n\r\nbody").value();
  BOOST_TEST(request.target == "/a b?x=1 y");
  BOOST_TEST(request.path() == "/a b");
  BOOST_TEST(request.query() == "x=1 y");
  BOOST_TEST(request.headers.size() == 3U);
  BOOST_TEST(request.headers[0].value == "  1  2 ");
  BOOST_TEST(request.headers[1].value == " x\n\ty");
  BOOST_TEST(request.body == "body");
  BOOST_TEST(parse_request("GET http://h:1/p?q HTTP/1.1\n\n").value().path() == "/p");
  for (const auto* bad :
       {"", "\n", "GET", "GET /", "GET / ", "GET / FTP/1.0\n\n", " / HTTP/1.1\n\n", "GET / HTTP/1.1\n x\n\n",
        "GET / HTTP/1.1\nnocolon\n\n", "GET / HTTP/1.1\n: v\n\n", "GET x HTTP/1.1\n\n"})
    BOOST_CHECK_MESSAGE(!parse_request(bad), "accepted: " << bad);
}
