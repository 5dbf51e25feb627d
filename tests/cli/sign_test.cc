#define BOOST_TEST_MODULE sign
#include "cli/commands/sign.h"

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "crosslog/sigv4.h"

using namespace crosslog;
using namespace crosslog::cli;

namespace {

constexpr char kSecret[] = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
constexpr char kToken[] = "IQoJTOKEN/of+mine==";
constexpr char kVanilla[] = "GET / HTTP/1.1\nHost:example.amazonaws.com\n";
constexpr char kLogs[] = "POST / HTTP/1.1\nHost: logs.eu-west-1.amazonaws.com\n\n{}";

// A run of the command with everything around it made up.
struct Bench {
  std::string request = kVanilla;
  Credentials credentials{.access_key_id = "AKIDEXAMPLE", .secret_access_key = Secret(kSecret)};
  std::optional<std::string> region = "us-east-1", configured_region;
  TimePoint now = sigv4::parse_date("20150830T123600Z").value();
  int asked = 0;  // for credentials

  // Without a file among the words it is "f".
  Outcome<std::string> run(std::vector<std::string> words, int input = -1) {
    const bool options_alone = words.empty() || (words.front().starts_with("--") && words.back() != "f");
    if (input == -1 && options_alone) words.insert(words.begin(), "f");
    Host host;
    host.read_file = [this](const std::string& path, std::size_t) -> Result<std::optional<File>> {
      if (path == "missing") return std::nullopt;
      if (path == "broken") return fail(Errc::configuration, "Unable to read broken: Is a directory");
      return File{.bytes = request};
    };
    const Program program;
    return run_sign(words, {.program = program,
                            .host = host,
                            .now = now,
                            .region = region,
                            .configured_region = configured_region,
                            .credentials = [this]() -> Result<Credentials> {
                              ++asked;
                              return credentials;
                            },
                            .input = input});
  }

  std::string text(const std::vector<std::string>& words) {
    auto out = run(words);
    if (!out) BOOST_FAIL(out.error().message);
    return *out;
  }

  void check_refused(const std::vector<std::string>& words, int status, const std::string& message) {
    const auto out = run(words);
    BOOST_TEST_REQUIRE(!out.has_value());
    BOOST_TEST(exit_status(out.error().kind) == status);
    const std::string rendered = render(out.error(), Program{});
    BOOST_TEST(rendered.find(message) != std::string::npos, rendered);
    BOOST_TEST(rendered.find("TOKEN") == std::string::npos, rendered);
  }
};

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_headers_to_add) {
  BOOST_TEST(
      Bench().text({"f", "--service", "service"}) ==
      "X-Amz-Date: 20150830T123600Z\n"
      "Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
      "SignedHeaders=host;x-amz-date, "
      "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31\n");
}

BOOST_AUTO_TEST_CASE(every_stage) {
  BOOST_TEST(
      Bench().text({"--service=service", "--explain", "f"}) ==
      "Canonical request\n"
      "-----------------\n"
      "GET\n/\n\nhost:example.amazonaws.com\nx-amz-date:20150830T123600Z\n\nhost;x-amz-date\n"
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n\n"
      "String to sign\n"
      "--------------\n"
      "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/service/aws4_request\n"
      "bb579772317eb040ac9ed261061d46c1f17a8133879d6129b6e1c25292927e63\n\n"
      "Signature\n"
      "---------\n"
      "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31\n\n"
      "Headers to add\n"
      "--------------\n"
      "X-Amz-Date: 20150830T123600Z\n"
      "Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
      "SignedHeaders=host;x-amz-date, "
      "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31\n");
}

BOOST_AUTO_TEST_CASE(the_query_to_send) {
  const std::string query = Bench().text({"--service", "service", "--presign", "3600"});
  BOOST_TEST(
      query.ends_with("&X-Amz-Expires=3600&X-Amz-Signature="
                      "e93c787ed7f371d5c6b165c1b38ede9550f4dce4144713e844b25b7192d3865d\n"));
  const std::string explained = Bench().text({"--service", "service", "--presign", "3600", "--explain"});
  BOOST_TEST(contains(explained, "\nQuery to send\n-------------\n" + query));
}

BOOST_AUTO_TEST_CASE(the_session_token_is_masked_in_explanations_alone) {
  Bench bench;
  bench.credentials.session_token = Secret(kToken);
  for (const auto& form : {std::vector<std::string>{}, std::vector<std::string>{"--presign", "60"}}) {
    std::vector<std::string> words = {"--service", "service"};
    words.insert(words.end(), form.begin(), form.end());
    BOOST_TEST(contains(bench.text(words), "IQoJTOKEN"));
    words.emplace_back("--explain");
    const std::string explained = bench.text(words);
    BOOST_TEST(!contains(explained, "TOKEN"), explained);
    BOOST_TEST(!contains(explained, kSecret));
    BOOST_TEST(contains(explained, "<session token, "));
    BOOST_TEST(contains(explained, "\nnote: the session token is masked"));
  }
  bench.request = std::string(kVanilla) + "X-Amz-Security-Token: " + kToken + "\n";
  const std::string explained = bench.text({"--service", "service", "--explain"});
  BOOST_TEST(contains(explained, "\nx-amz-security-token:<session token, 19 bytes>\n"));
  BOOST_TEST(!contains(explained, "TOKEN"));
}

BOOST_AUTO_TEST_CASE(options_reach_the_signer) {
  Bench bench;
  bench.request = "GET //a/../b HTTP/1.1\nHost: h\n";
  BOOST_TEST(contains(bench.text({"--service", "s", "--explain"}), "\nGET\n/b\n"));
  BOOST_TEST(
      contains(bench.text({"--service", "s", "--explain", "--no-normalize-path"}), "\nGET\n//a/../b\n"));
  BOOST_TEST(contains(bench.text({"--service", "s", "--payload-header"}), "X-Amz-Content-Sha256: e3b0c442"));
  BOOST_TEST(
      contains(bench.text({"--service", "s", "--date", "20260102T030405Z"}), "X-Amz-Date: 20260102T030405Z"));
  bench.credentials.session_token = Secret(kToken);
  BOOST_TEST(!contains(bench.text({"--service", "s", "--no-sign-session-token"}), "x-amz-security-token"));
}

BOOST_AUTO_TEST_CASE(the_host_tells_region_and_service) {
  struct Known {
    const char *host, *scope;
  };
  for (const auto& [host, scope] : {Known{"logs.eu-west-1.amazonaws.com", "/eu-west-1/logs/"},
                                    Known{"sts.ap-south-2.amazonaws.com", "/ap-south-2/sts/"},
                                    Known{"sts.amazonaws.com", "/us-east-1/sts/"},
                                    Known{"logs-fips.us-east-2.amazonaws.com", "/us-east-2/logs/"},
                                    Known{"logs.eu-west-1.api.aws", "/eu-west-1/logs/"},
                                    Known{"sts.cn-north-1.amazonaws.com.cn", "/cn-north-1/sts/"},
                                    Known{"logs.eu-west-1.amazonaws.com:443", "/eu-west-1/logs/"}}) {
    Bench bench;
    bench.region.reset();
    bench.configured_region = "us-west-2";
    bench.request = "GET / HTTP/1.1\nHost: " + std::string(host) + "\n";
    BOOST_TEST(contains(bench.text({}), scope), host);
  }
}

BOOST_AUTO_TEST_CASE(what_is_said_wins_over_the_host) {
  Bench bench;
  bench.request = kLogs;
  bench.region = "eu-central-1";
  BOOST_TEST(contains(bench.text({"--service", "sts"}), "/eu-central-1/sts/"));
  bench.region.reset();
  BOOST_TEST(contains(bench.text({"--service", "sts"}), "/eu-west-1/sts/"));
  bench.request = kVanilla;
  bench.configured_region = "us-west-2";
  BOOST_TEST(contains(bench.text({"--service", "sts"}), "/us-west-2/sts/"));
}

BOOST_AUTO_TEST_CASE(what_no_host_tells_is_asked_for) {
  for (const char* host :
       {"localhost:4566", "example.amazonaws.com", "logs.evil.example", "logs.eu-west-1.amazonaws.com.evil",
        "logs", "s3.eu-west-1.amazonaws.com", "sts.eu-west-1.amazonaws.com:8443"}) {
    Bench bench;
    bench.request = "GET / HTTP/1.1\nHost: " + std::string(host) + "\n";
    bench.check_refused({}, 252, "the following arguments are required: --service");
    bench.region.reset();
    bench.check_refused({"--service", "logs"}, 253, "You must specify a region.");
    BOOST_TEST(bench.asked == 0);
  }
}

BOOST_AUTO_TEST_CASE(a_date_of_the_request_is_the_time_of_signing) {
  Bench bench;
  bench.request = std::string(kVanilla) + "X-Amz-Date: 20240229T000000Z\n";
  BOOST_TEST(contains(bench.text({"--service", "s"}), "Credential=AKIDEXAMPLE/20240229/"));
  bench.check_refused({"--service", "s", "--date", "20150830T123600Z"}, 255, "X-Amz-Date");
}

BOOST_AUTO_TEST_CASE(standard_input_is_read_for_a_dash) {
  int ends[2];
  BOOST_REQUIRE(pipe(ends) == 0);
  BOOST_REQUIRE(write(ends[1], kLogs, sizeof(kLogs) - 1) == static_cast<ssize_t>(sizeof(kLogs) - 1));
  close(ends[1]);
  Bench bench;
  const auto out = bench.run({"-"}, ends[0]);
  close(ends[0]);
  BOOST_TEST_REQUIRE(out.has_value());
  BOOST_TEST(contains(*out, "/us-east-1/logs/"));
  const auto closed = bench.run({}, ends[0]);
  BOOST_TEST_REQUIRE(!closed.has_value());
  BOOST_TEST(contains(closed.error().message, "standard input"));
}

BOOST_AUTO_TEST_CASE(wrong_words_are_usage_errors) {
  Bench bench;
  bench.check_refused({"--date", "2015-08-30"}, 252, "argument --date: '2015-08-30' is not of the form");
  bench.check_refused({"--presign", "0"}, 252, "argument --presign: must be 1 to 604800 seconds");
  bench.check_refused({"--presign", "604801"}, 252, "argument --presign");
  bench.check_refused({"--presign", "soon"}, 252, "argument --presign: invalid int value: 'soon'");
  bench.check_refused({"--presign", "9", "--payload-header"}, 252, "not allowed with argument --presign");
  bench.check_refused({"--service"}, 252, "argument --service");
  bench.check_refused({"--nonsense"}, 252, "Unknown options: --nonsense");
  bench.check_refused({"f", "g"}, 252, "Unknown options: g");
  bench.check_refused({"--service", "a b"}, 255, "service is empty or malformed");
  BOOST_TEST(bench.asked == 1);
}

BOOST_AUTO_TEST_CASE(requests_that_cannot_be_signed) {
  Bench bench;
  bench.check_refused({"missing"}, 255, "Unable to read missing: No such file or directory");
  bench.check_refused({"broken"}, 255, "Unable to read broken");
  bench.request = "GET / HTTP/1.1\nTOKEN\n";
  bench.check_refused({"f"}, 255, "Line 2 of the HTTP request");
  bench.request = std::string(kVanilla) + "Authorization: TOKEN\n";
  bench.check_refused({"f", "--service", "s"}, 255, "hint: take the Authorization header out");
  bench.request = std::string(kVanilla) + "X-Amz-Security-Token: ANOTHERTOKEN\n";
  bench.check_refused({"f", "--service", "s"}, 255, "X-Amz-Security-Token");
}

BOOST_AUTO_TEST_CASE(no_credentials) {
  const Program program;
  const Host host{.getenv = {},
                  .read_file = [](const std::string&, std::size_t) -> Result<std::optional<File>> {
                    return File{.bytes = kLogs};
                  }};
  const std::vector<std::string> words = {"f"};
  const auto out = run_sign(words, {.program = program,
                                    .host = host,
                                    .now = {},
                                    .region = {},
                                    .configured_region = {},
                                    .credentials = []() -> Result<Credentials> {
                                      return fail(Errc::no_credentials, "Unable to locate credentials");
                                    }});
  BOOST_TEST_REQUIRE(!out.has_value());
  BOOST_TEST(exit_status(out.error().kind) == 253);
}

BOOST_AUTO_TEST_CASE(help_asks_for_nothing) {
  Bench bench;
  BOOST_TEST(bench.text({"--help"}) == sign_help(Program{}));
  BOOST_TEST(bench.asked == 0);
  BOOST_TEST(contains(sign_help(Program{"xl"}), "usage: xl sign "));
}
