// Every stage of a signature against three sets of vectors, each a folder that is
// walked: ours (tests/data/sigv4, computed with botocore), the official ones
// (header and query form) and the older official suite. Then what the signer
// refuses, and what it promises for any request.
#define BOOST_TEST_MODULE sigv4
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/time.h"
#include "crosslog/sigv4.h"
#include "tests/support/conformance.h"
#include "tests/support/json.h"

namespace {

using namespace crosslog;
namespace fs = std::filesystem;

constexpr std::string_view kExampleKey = "AKIDEXAMPLE";
constexpr std::string_view kExampleSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
constexpr std::string_view kToken = "x-amz-security-token";

// A case: what is given to the signer. Views in `scope` are of the strings here.
struct Given {
  HttpRequest request;
  Credentials credentials;
  std::string region, service;
  TimePoint time;
  std::chrono::seconds expires{0};
  sigv4::Options options;

  [[nodiscard]] sigv4::Scope scope() const { return {region, service, time}; }
  [[nodiscard]] sigv4::Signable signable() const {
    return {request.method, request.path, request.query, request.headers, request.body};
  }
};

std::string read(const fs::path& path) {
  return test::read_text(path.string());
}

// The value, or the end of the test case with the error's message.
template <class T>
T value_of(Result<T> result) {
  if (!result) BOOST_FAIL(result.error().message);
  return std::move(*result);
}

HttpRequest parse(const std::string& text) {
  return value_of(parse_http_request(text));
}

Credentials example_credentials(std::string_view token = {}) {
  return {.access_key_id = std::string(kExampleKey),
          .secret_access_key = Secret(kExampleSecret),
          .session_token = Secret(token)};
}

bool same_headers(const std::vector<Header>& a, const std::vector<Header>& b) {
  return std::ranges::equal(
      a, b, [](const Header& x, const Header& y) { return x.name == y.name && x.value == y.value; });
}

// Of the header form, sign() too, with the key made anew and with a kept one: it
// has no stages to be seen, and must come to the same headers.
sigv4::Explanation explain(const Given& given) {
  if (given.expires.count() == 0) {
    const auto made =
        value_of(sigv4::explain(given.signable(), given.credentials, given.scope(), given.options));
    const auto key = sigv4::signing_key(given.credentials.secret_access_key.reveal(), given.scope());
    sigv4::Options with_key = given.options;
    with_key.key = &key;
    for (const sigv4::Options& options : {given.options, with_key}) {
      BOOST_TEST(same_headers(
          value_of(sigv4::sign(given.signable(), given.credentials, given.scope(), options)), made.headers));
    }
    return made;
  }
  return value_of(sigv4::explain_presign(given.signable(), given.credentials, given.scope(), given.expires,
                                         given.options));
}

// Compares a stage with the file that holds it, where there is one.
void check_stage(const fs::path& file, const std::string& stage, const std::string& got) {
  if (!fs::exists(file)) return;
  BOOST_TEST_INFO(file.parent_path().string() << ", stage " << stage);
  BOOST_TEST(got == read(file));
}

std::vector<std::string> sorted_headers(const std::vector<Header>& headers) {
  std::vector<std::string> lines;
  for (const Header& header : headers)
    lines.push_back(base::to_lower(header.name) + ": " + header.value);
  std::ranges::sort(lines);
  return lines;
}

// The signed request as the vectors show it, against the one that would be sent.
void check_signed_request(const fs::path& file, const Given& given, const sigv4::Explanation& made) {
  if (!fs::exists(file)) return;
  BOOST_TEST_CONTEXT(file.parent_path().string() << ", stage signed request") {
    const HttpRequest expected = parse(read(file));
    std::vector<Header> headers = given.request.headers;
    headers.insert(headers.end(), made.headers.begin(), made.headers.end());
    BOOST_TEST(given.request.method == expected.method);
    BOOST_TEST(given.request.path == expected.path);
    BOOST_TEST((made.query.empty() ? given.request.query : made.query) == expected.query);
    BOOST_TEST(sorted_headers(headers) == sorted_headers(expected.headers), boost::test_tools::per_element());
    BOOST_TEST(given.request.body == expected.body);
  }
}

std::string text_of(const boost::json::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  return value == nullptr ? std::string() : std::string(value->as_string());
}

bool flag_of(const boost::json::object& object, const char* name, bool otherwise) {
  const auto* value = object.if_contains(name);
  return value == nullptr ? otherwise : value->as_bool();
}

// The official format: context.json, request.txt, header-*.txt, query-*.txt.
Given read_official(const fs::path& folder, bool query_form) {
  const auto context = test::read_json((folder / "context.json").string()).as_object();
  const auto& keys = context.at("credentials").as_object();
  Given given;
  given.request = parse(read(folder / "request.txt"));
  given.credentials = {.access_key_id = text_of(keys, "access_key_id"),
                       .secret_access_key = Secret(text_of(keys, "secret_access_key")),
                       .session_token = Secret(text_of(keys, "token"))};
  given.region = text_of(context, "region");
  given.service = text_of(context, "service");
  given.time = base::parse_iso8601(text_of(context, "timestamp")).value();
  given.options.normalize_path = flag_of(context, "normalize", true);
  given.options.sign_session_token = !flag_of(context, "omit_session_token", false);
  given.options.add_payload_header = !query_form && flag_of(context, "sign_body", false);
  if (query_form) given.expires = std::chrono::seconds(context.at("expiration_in_seconds").to_number<int>());
  return given;
}

void run_official(const fs::path& folder, const std::string& form) {
  const Given given = read_official(folder, form == "query");
  const sigv4::Explanation made = explain(given);
  check_stage(folder / (form + "-canonical-request.txt"), "canonical request", made.canonical_request);
  check_stage(folder / (form + "-string-to-sign.txt"), "string to sign", made.string_to_sign);
  check_stage(folder / (form + "-signature.txt"), "signature", made.signature);
  check_signed_request(folder / (form + "-signed-request.txt"), given, made);
}

// The older format: <name>.req, .creq, .sts, .authz, .sreq, all with the same
// credentials. A token is where the request or the signed request has it.
void run_older(const fs::path& request_file) {
  const auto beside = [&request_file](const char* extension) {
    return fs::path(request_file).replace_extension(extension);
  };
  Given given;
  given.request = parse(read(request_file));
  std::string token(find_header(given.request.headers, kToken));
  if (token.empty() && fs::exists(beside(".sreq"))) {
    token = find_header(parse(read(beside(".sreq"))).headers, kToken);
  }
  given.credentials = example_credentials(token);
  given.region = "us-east-1";
  given.service = "service";
  given.time = base::parse_amz_date("20150830T123600Z").value();
  given.options.sign_session_token =
      read(beside(".creq")).find("\nx-amz-security-token:") != std::string::npos;
  const sigv4::Explanation made = explain(given);
  check_stage(beside(".creq"), "canonical request", made.canonical_request);
  check_stage(beside(".sts"), "string to sign", made.string_to_sign);
  check_stage(beside(".authz"), "authorization", made.headers.back().value);
  check_signed_request(beside(".sreq"), given, made);
}

// A canonical request alone: the recording was made at another time than its
// request says.
void run_canonical_only(const fs::path& folder) {
  HttpRequest request = parse(read(folder / "request.txt"));
  for (Header& header : request.headers) {
    if (base::equals_ignoring_case(header.name, "x-amz-date")) header.value = "20210511T154045Z";
  }
  const sigv4::Signable signable{request.method, request.path, request.query, request.headers, request.body};
  check_stage(folder / "header-canonical-request.txt", "canonical request",
              sigv4::canonical_request(signable));
}

std::vector<std::string> sorted_parameters(const std::string& query) {
  std::vector<std::string> parameters;
  for (const std::string_view parameter : base::split(query, '&'))
    parameters.push_back(base::percent_decode(parameter));
  std::ranges::sort(parameters);
  return parameters;
}

// Our own format: see tests/data/sigv4/README.md.
void run_own(const fs::path& folder) {
  const auto context = test::read_json((folder / "context.json").string()).as_object();
  Given given;
  given.request = parse(read(folder / "request.txt"));
  given.credentials = {.access_key_id = text_of(context, "access_key_id"),
                       .secret_access_key = Secret(text_of(context, "secret_access_key")),
                       .session_token = Secret(text_of(context, "session_token"))};
  given.region = text_of(context, "region");
  given.service = text_of(context, "service");
  given.time = base::parse_iso8601(text_of(context, "time")).value();
  given.options.normalize_path = flag_of(context, "normalize_path", true);
  given.options.add_payload_header = flag_of(context, "add_payload_header", false);
  given.options.sign_session_token = flag_of(context, "sign_session_token", true);
  if (const auto* expires = context.if_contains("expires")) {
    given.expires = std::chrono::seconds(expires->to_number<int>());
  }
  const sigv4::Explanation made = explain(given);
  check_stage(folder / "canonical-request.txt", "canonical request", made.canonical_request);
  check_stage(folder / "string-to-sign.txt", "string to sign", made.string_to_sign);
  check_stage(folder / "signature.txt", "signature", made.signature);
  if (given.expires.count() == 0)
    return check_stage(folder / "authorization.txt", "authorization", made.headers.back().value);
  BOOST_TEST_INFO(folder.string() << ", stage query");
  BOOST_TEST(sorted_parameters(made.query) == sorted_parameters(read(folder / "query.txt")),
             boost::test_tools::per_element());
  BOOST_TEST(made.query.ends_with("&X-Amz-Signature=" + made.signature));
}

std::vector<fs::path> sorted_paths(const fs::path& root) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(root))
    paths.push_back(entry.path());
  std::ranges::sort(paths);
  return paths;
}

bool add_conformance() {
  const auto root = test::conformance("sigv4");
  if (!root) return test::add_skipped("sigv4");
  for (const fs::path& path : sorted_paths(*root)) {
    const std::string name = "sigv4/" + fs::relative(path.parent_path(), *root).string();
    const fs::path folder = path.parent_path();
    if (path.extension() == ".req") test::add_case(name, [path] { run_older(path); });
    if (path.filename() != "request.txt") continue;
    if (!fs::exists(folder / "context.json")) test::add_case(name, [folder] { run_canonical_only(folder); });
    for (const std::string form : {"header", "query"}) {
      if (!fs::exists(folder / "context.json") || !fs::exists(folder / (form + "-signature.txt"))) continue;
      test::add_case(name + "/" + form, [folder, form] { run_official(folder, form); });
    }
  }
  return true;
}

bool add_own() {
  const fs::path root = test::own_cases("sigv4");
  for (const fs::path& path : sorted_paths(root)) {
    if (path.filename() != "request.txt") continue;
    test::add_case("own/" + path.parent_path().filename().string(), [path] { run_own(path.parent_path()); });
  }
  return true;
}

[[maybe_unused]] const bool kOwnAdded = add_own();
[[maybe_unused]] const bool kConformanceAdded = add_conformance();

Given example() {
  Given given;
  given.request.method = "GET";
  given.request.headers = {{"Host", "example.amazonaws.com"}};
  given.credentials = example_credentials();
  given.region = "us-east-1";
  given.service = "service";
  given.time = base::parse_amz_date("20150830T123600Z").value();
  return given;
}

// Neither form takes it, with this code and a message that has these words.
void check_refused(const Given& given, const std::string& words, Errc code = Errc::invalid_argument) {
  const auto header = sigv4::sign(given.signable(), given.credentials, given.scope(), given.options);
  const auto query = sigv4::presign(given.signable(), given.credentials, given.scope(),
                                    std::chrono::seconds(60), given.options);
  BOOST_TEST_REQUIRE(!header.has_value());
  BOOST_TEST_REQUIRE(!query.has_value());
  for (const Error& error : {header.error(), query.error()}) {
    BOOST_TEST(name(error.code) == name(code));
    BOOST_TEST(error.message.find(words) != std::string::npos, error.message);
  }
}

std::string header_of(const std::vector<Header>& headers, std::string_view name) {
  return std::string(find_header(headers, name));
}

}  // namespace

BOOST_AUTO_TEST_CASE(stages_can_be_called_by_themselves) {
  Given given = example();
  given.request.headers.push_back({"X-Amz-Date", "20150830T123600Z"});
  BOOST_TEST(sigv4::signed_headers(given.signable()) == "host;x-amz-date");
  const std::string canonical = sigv4::canonical_request(given.signable());
  const std::string to_sign = sigv4::string_to_sign(canonical, given.scope());
  const std::string signature = sigv4::signature(sigv4::signing_key(kExampleSecret, given.scope()), to_sign);
  const auto headers = sigv4::sign(given.signable(), given.credentials, given.scope());
  BOOST_TEST_REQUIRE(headers.has_value());
  BOOST_TEST(header_of(*headers, "authorization").ends_with("Signature=" + signature));
  BOOST_TEST(explain(given).canonical_request == canonical);
}

// AWS, "Examples of how to derive a signing key".
BOOST_AUTO_TEST_CASE(the_documented_signing_key) {
  const auto time = base::parse_amz_date("20120215T000000Z").value();
  const auto key = sigv4::signing_key("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", {"us-east-1", "iam", time});
  const std::string_view bytes(reinterpret_cast<const char*>(key.bytes().data()), key.bytes().size());
  BOOST_TEST(base::hex(bytes) == "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d");
}

BOOST_AUTO_TEST_CASE(a_key_is_its_bytes) {
  const Given given = example();
  const auto key = sigv4::signing_key(kExampleSecret, given.scope());
  const sigv4::Key again(key.bytes());
  const sigv4::Key copy = again;
  const std::string signature = sigv4::signature(key, "text");
  BOOST_TEST(sigv4::signature(again, "text") == signature);
  BOOST_TEST(sigv4::signature(copy, "text") == signature);
  BOOST_TEST(sigv4::signature(sigv4::Key(), "text") != signature);
}

BOOST_AUTO_TEST_CASE(dates_are_read) {
  const Given given = example();
  BOOST_TEST((sigv4::parse_date("20150830T123600Z") == given.time));
  BOOST_TEST(!sigv4::parse_date("2015-08-30T12:36:00Z").has_value());
}

BOOST_AUTO_TEST_CASE(adds_only_what_is_missing) {
  Given given = example();
  auto headers = sigv4::sign(given.signable(), given.credentials, given.scope());
  BOOST_TEST_REQUIRE(headers.has_value());
  BOOST_TEST(headers->size() == 2u);
  BOOST_TEST(header_of(*headers, "x-amz-date") == "20150830T123600Z");

  given.credentials = example_credentials("TOKEN");
  given.options.add_payload_header = true;
  headers = sigv4::sign(given.signable(), given.credentials, given.scope(), given.options);
  BOOST_TEST_REQUIRE(headers.has_value());
  BOOST_TEST(headers->size() == 4u);
  const std::string authorization = header_of(*headers, "authorization");
  BOOST_TEST(authorization.find("SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,") !=
             std::string::npos);

  given.request.headers.insert(given.request.headers.end(), headers->begin(), headers->end() - 1);
  headers = sigv4::sign(given.signable(), given.credentials, given.scope(), given.options);
  BOOST_TEST_REQUIRE(headers.has_value());
  BOOST_TEST(headers->size() == 1u);
  BOOST_TEST(header_of(*headers, "authorization") == authorization);
}

BOOST_AUTO_TEST_CASE(a_token_that_is_not_signed_is_still_sent) {
  Given given = example();
  given.options.sign_session_token = false;
  const auto without = sigv4::sign(given.signable(), given.credentials, given.scope(), given.options);
  given.credentials = example_credentials("TOKEN");
  const auto with = sigv4::sign(given.signable(), given.credentials, given.scope(), given.options);
  BOOST_TEST_REQUIRE((with.has_value() && without.has_value()));
  BOOST_TEST(header_of(*with, kToken) == "TOKEN");
  BOOST_TEST(header_of(*with, "authorization") == header_of(*without, "authorization"));

  given.request.headers.push_back({"X-Amz-Security-Token", "TOKEN"});
  const auto present = sigv4::sign(given.signable(), given.credentials, given.scope(), given.options);
  BOOST_TEST_REQUIRE(present.has_value());
  BOOST_TEST(header_of(*present, "authorization") == header_of(*with, "authorization"));
}

BOOST_AUTO_TEST_CASE(every_signed_part_changes_the_signature) {
  Given given = example();
  given.request.path = "/a";
  given.request.query = "b=1";
  given.request.body = "c";
  given.request.headers.push_back({"X-Test", "d"});
  const std::string signature = explain(given).signature;
  std::vector<Given> changed(10, given);
  changed[0].request.method = "POST";
  changed[1].request.path = "/A";
  changed[2].request.query = "b=2";
  changed[3].request.body = "C";
  changed[4].request.headers[0].value = "example.amazonaws.co";
  changed[5].request.headers[1].value = "D";
  changed[6].region = "us-east-2";
  changed[7].service = "services";
  changed[8].time += std::chrono::seconds(1);
  changed[9].credentials.secret_access_key = Secret("another");
  for (const Given& other : changed)
    BOOST_TEST(explain(other).signature != signature);
}

BOOST_AUTO_TEST_CASE(what_does_not_matter_does_not_change_the_signature) {
  Given given = example();
  given.request.query = "b=1&a=%2f";
  given.request.headers.push_back({"X-Test", "one two"});
  const std::string signature = explain(given).signature;
  given.request.query = "a=/&b=1";
  given.request.headers = {{"x-test", " one \t two"}, {"User-Agent", "x"}, {"HOST", "example.amazonaws.com"}};
  BOOST_TEST(explain(given).signature == signature);
}

BOOST_AUTO_TEST_CASE(refuses_a_request_without_host) {
  Given given = example();
  given.request.headers = {{"X-Host", "a"}};
  check_refused(given, "no Host");
  given.request.headers = {{"Host", "  "}};
  check_refused(given, "no Host");
  given.request.headers = {{"Host", "a"}, {"host", "b"}};
  check_refused(given, "more than one Host");
}

BOOST_AUTO_TEST_CASE(refuses_what_is_signed_already) {
  Given given = example();
  given.request.headers.push_back({"AUTHORIZATION", "AWS4-HMAC-SHA256 Credential=SECRETSECRET"});
  check_refused(given, "Authorization");
  given = example();
  for (const char* query : {"X-Amz-Signature=00", "a=1&x-amz-signature=00", "X-Amz%2DAlgorithm=x&b"}) {
    given.request.query = query;
    check_refused(given, "signature already");
  }
}

BOOST_AUTO_TEST_CASE(refuses_a_date_or_token_of_another_signature) {
  Given given = example();
  given.request.headers.push_back({"x-amz-date", "20150830T123601Z"});
  BOOST_TEST(!sigv4::sign(given.signable(), given.credentials, given.scope()).has_value());
  given.request.headers.back() = {"x-amz-security-token", "LEFTOVERTOKEN"};
  const auto refused = sigv4::sign(given.signable(), given.credentials, given.scope());
  BOOST_TEST_REQUIRE(!refused.has_value());
  BOOST_TEST(refused.error().message.find("LEFTOVER") == std::string::npos);
  given.credentials = example_credentials("ANOTHERTOKEN");
  check_refused(given, "X-Amz-Security-Token");
}

BOOST_AUTO_TEST_CASE(refuses_control_bytes_everywhere) {
  for (const std::string& value :
       {std::string("a\r\nX-Evil: 1"), std::string("a\nX-Evil: 1"), std::string("a\r"), std::string("a\n"),
        std::string("a\n\n b"), std::string("a\0b", 3), std::string("\x1b[1m"), std::string("\x7f"),
        std::string("a\r b")}) {
    Given given = example();
    given.request.headers.push_back({"X-Value", value});
    check_refused(given, "X-Value holds a control byte");
  }
  for (const std::string& name : {std::string(), std::string("a b"), std::string("a:"), std::string("a\r\nb"),
                                  std::string("\xC3\xA9")}) {
    Given given = example();
    given.request.headers.push_back({name, "v"});
    check_refused(given, "malformed name");
  }
  Given given = example();
  given.request.path = "/a\r\nb";
  check_refused(given, "path");
  given = example();
  given.request.path = "a";
  check_refused(given, "path");
  given = example();
  given.request.query = "a=\n";
  check_refused(given, "query");
  for (const char* method : {"", "GET /", "GET\r\n"}) {
    given = example();
    given.request.method = method;
    check_refused(given, "method");
  }
}

// Each byte at each place of values short and long: those that go through the
// quick look of sixteen bytes at once, and those that do not.
BOOST_AUTO_TEST_CASE(every_byte_of_a_header_value) {
  for (const std::size_t size : {1u, 15u, 16u, 17u, 40u}) {
    for (std::size_t at = 0; at < size; ++at) {
      for (unsigned c = 0; c < 256; ++c) {
        Given given = example();
        std::string value(size, 'v');
        value[at] = static_cast<char>(c);
        given.request.headers.push_back({"X-Value", value});
        const auto made = sigv4::explain(given.signable(), given.credentials, given.scope(), given.options);
        const bool refused = (c < 0x20 && c != '\t') || c == 0x7f;
        BOOST_REQUIRE_MESSAGE(made.has_value() != refused, "byte " << c << " at " << at << " of " << size);
        if (refused) continue;
        if (c == '\t') value[at] = ' ';
        const std::string line = "\nx-value:" + std::string(base::trim(value)) + "\n";
        BOOST_REQUIRE_MESSAGE(made->canonical_request.find(line) != std::string::npos,
                              "byte " << c << " at " << at << " of " << size);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(every_byte_of_a_name_a_method_and_a_path) {
  constexpr std::string_view kOther = "!#$%&'*+-.^_`|~";
  for (unsigned c = 0; c < 256; ++c) {
    const auto byte = static_cast<char>(c);
    const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    const bool token = letter || base::is_digit(byte) || kOther.find(byte) != std::string_view::npos;
    const auto is_signed = [](const Given& given) {
      return sigv4::sign(given.signable(), given.credentials, given.scope()).has_value();
    };
    Given given = example();
    given.request.headers.push_back({std::string("X-") + byte, "v"});
    BOOST_TEST(is_signed(given) == token);
    given = example();
    given.request.method = std::string("GE") + byte;
    BOOST_TEST(is_signed(given) == token);
    given = example();
    given.region = std::string("eu") + byte;
    BOOST_TEST(is_signed(given) == (letter || base::is_digit(byte) || byte == '-' || byte == '_'));
    given = example();
    given.request.path = std::string("/a") + byte;
    BOOST_TEST_REQUIRE(is_signed(given) == !base::is_control(byte));
    if (base::is_control(byte)) continue;
    BOOST_TEST(explain(given).canonical_request.starts_with(
        "GET\n" + base::percent_encode(given.request.path, "/") + "\n"));
  }
}

// Names are lowered some bytes at a time; what signed_headers() is given may be
// any bytes.
BOOST_AUTO_TEST_CASE(every_byte_of_a_name_in_lower_case) {
  for (const std::size_t size : {1u, 7u, 8u, 9u, 20u}) {
    for (std::size_t at = 0; at < size; ++at) {
      for (unsigned c = 0; c < 256; ++c) {
        Given given = example();
        std::string name(size, 'Q');
        name[at] = static_cast<char>(c);
        given.request.headers = {{name, "v"}};
        BOOST_REQUIRE(sigv4::signed_headers(given.signable()) == base::to_lower(name));
      }
    }
  }
}

// More of them than a usual request has, as the order is kept in any case.
BOOST_AUTO_TEST_CASE(many_headers) {
  Given given = example();
  std::string names = "host;x-amz-date";
  for (int i = 100; i < 300; ++i) {
    given.request.headers.insert(given.request.headers.begin(), {"X-Header-" + std::to_string(i), "v"});
    names += ";x-header-" + std::to_string(i);
  }
  for (int i = 0; i < 100; ++i)
    given.request.headers.push_back({i % 2 == 0 ? "X-Z" : "x-z", std::to_string(i)});
  const std::string canonical = explain(given).canonical_request;
  BOOST_TEST(canonical.find("\n" + names + ";x-z\n") != std::string::npos);
  BOOST_TEST(canonical.find("\nx-z:0,1,2,3,") != std::string::npos);
  BOOST_TEST(canonical.find(",98,99\n") != std::string::npos);
  BOOST_TEST(canonical.find("\nx-header-100:v\nx-header-101:v\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(takes_folded_lines_and_tabs) {
  Given given = example();
  given.request.headers.push_back({"X-Value", "a\n b\r\n\tc\td"});
  BOOST_TEST(explain(given).canonical_request.find("\nx-value:a b c d\n") != std::string::npos);
}

// Found by fuzz/http_request_fuzz.cc.
BOOST_AUTO_TEST_CASE(a_folded_payload_hash_makes_no_line_of_its_own) {
  Given given = example();
  given.request.headers.push_back({"X-Amz-Content-Sha256", "one\n two"});
  BOOST_TEST(explain(given).canonical_request.ends_with("\none two"));
}

BOOST_AUTO_TEST_CASE(refuses_a_malformed_scope) {
  for (const char* part : {"", "eu west", "eu/west", "eu-west-1\r\n", "eu-west-1,"}) {
    Given given = example();
    given.region = part;
    check_refused(given, "region");
    given = example();
    given.service = part;
    check_refused(given, "service");
  }
}

BOOST_AUTO_TEST_CASE(refuses_credentials_that_cannot_sign) {
  Given given = example();
  given.credentials.access_key_id = "";
  check_refused(given, "access key id", Errc::credentials);
  given = example();
  given.credentials.secret_access_key = Secret("SECRET\nSECRET");
  check_refused(given, "secret access key", Errc::credentials);
  given = example();
  given.credentials.session_token = Secret("TO KEN");
  check_refused(given, "session token", Errc::credentials);
}

BOOST_AUTO_TEST_CASE(presign_expires_within_seven_days) {
  const Given given = example();
  const auto made = [&given](std::int64_t seconds) {
    return sigv4::presign(given.signable(), given.credentials, given.scope(), std::chrono::seconds(seconds))
        .has_value();
  };
  BOOST_TEST(!made(-1));
  BOOST_TEST(!made(0));
  BOOST_TEST(made(1));
  BOOST_TEST(made(604800));
  BOOST_TEST(!made(604801));
}

BOOST_AUTO_TEST_CASE(presign_with_a_token_that_is_not_signed) {
  Given given = example();
  given.expires = std::chrono::seconds(60);
  given.options.sign_session_token = false;
  const std::string signature = explain(given).signature;
  given.credentials = example_credentials("TO/KEN");
  const auto made = explain(given);
  BOOST_TEST(made.signature == signature);
  BOOST_TEST(made.query.ends_with("&X-Amz-Security-Token=TO%2FKEN&X-Amz-Signature=" + signature));
}
