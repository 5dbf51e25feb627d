#define BOOST_TEST_MODULE nouns
#include <boost/test/unit_test.hpp>
#include <set>
#include <string>

#include "crosslog/credentials.h"
#include "crosslog/error.h"
#include "crosslog/http.h"
#include "crosslog/transport.h"
#include "crosslog/version.h"

using namespace crosslog;

namespace {

Credentials credentials(std::string id, std::string_view secret, std::string_view token = {}) {
  return {
      .access_key_id = std::move(id), .secret_access_key = Secret(secret), .session_token = Secret(token)};
}

void check_refused(const Credentials& given, const std::string& part, const std::string& secret) {
  const auto result = check(given);
  BOOST_TEST_REQUIRE(!result.has_value());
  BOOST_TEST(name(result.error().code) == "credentials");
  BOOST_TEST(result.error().message.find(part) != std::string::npos, result.error().message);
  BOOST_TEST(result.error().message.find(secret) == std::string::npos, result.error().message);
}

class SilentTransport final : public Transport {
 public:
  Result<HttpResponse> send(const HttpRequest&, std::stop_token) override { return HttpResponse{}; }
};

class NoSink final : public BodySink {
 public:
  Result<void> write(std::string_view) override { return {}; }
};

class NoProvider final : public CredentialProvider {
 public:
  Result<Credentials> get(std::stop_token) override { return fail(Errc::not_configured, "none"); }
};

}  // namespace

BOOST_AUTO_TEST_CASE(fail_makes_an_error) {
  const Result<int> result = fail(Errc::network, "no answer", {"look", "ask"});
  BOOST_TEST_REQUIRE(!result.has_value());
  BOOST_TEST(name(result.error().code) == "network");
  BOOST_TEST(result.error().message == "no answer");
  BOOST_TEST(result.error().hints.size() == 2u);
  BOOST_TEST(result.error().http_status == 0);
}

BOOST_AUTO_TEST_CASE(describe_uses_the_words_of_the_aws_cli) {
  Error error;
  error.message = "Could not connect";
  BOOST_TEST(describe(error) == "Could not connect");
  error.operation = "GetLogEvents";
  BOOST_TEST(describe(error) == "Could not connect");
  error.http_status = 400;
  error.aws_code = "ThrottlingException";
  error.message = "Rate exceeded";
  error.attempts = 3;
  BOOST_TEST(
      describe(error) ==
      "An error occurred (ThrottlingException) when calling the GetLogEvents operation: Rate exceeded");
  error.retries_exhausted = true;
  BOOST_TEST(describe(error) ==
             "An error occurred (ThrottlingException) when calling the GetLogEvents operation (reached max "
             "retries: 2): "
             "Rate exceeded");
  error.aws_code.clear();
  error.attempts = 0;
  error.code = Errc::service;
  BOOST_TEST(
      describe(error) ==
      "An error occurred (Unknown) when calling the GetLogEvents operation (reached max retries: 0): Rate "
      "exceeded");
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_not_the_protocols_speaks_for_itself) {
  Error error = fail(Errc::protocol, "The answer is not a page of log events").error();
  error.operation = "GetLogEvents";
  error.http_status = 400;
  error.retries_exhausted = true;
  BOOST_TEST(describe(error) == "The answer is not a page of log events");
}

BOOST_AUTO_TEST_CASE(every_code_has_a_name_of_its_own) {
  std::set<std::string> names;
  const int last = static_cast<int>(Errc::unsupported);
  for (int code = 0; code <= last; ++code)
    names.insert(name(static_cast<Errc>(code)));
  BOOST_TEST(names.size() == static_cast<std::size_t>(last + 1));
  BOOST_TEST(names.count("unknown") == 0u);
  BOOST_TEST(name(Errc::access_denied) == "access_denied");
}

BOOST_AUTO_TEST_CASE(headers_are_found_without_case) {
  const std::vector<Header> headers = {{"X-A", "1"}, {"x-a", "2"}, {"Empty", ""}};
  BOOST_TEST(find_header(headers, "x-A") == "1");
  BOOST_TEST(find_header(headers, "empty") == "");
  BOOST_TEST(find_header(headers, "x") == "");
  BOOST_TEST(find_header({}, "x") == "");
}

BOOST_AUTO_TEST_CASE(credentials_that_can_sign) {
  BOOST_TEST(check(credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPx")).has_value());
  BOOST_TEST(check(credentials("!", "~", "a=/+")).has_value());
  BOOST_TEST(check(credentials("A", "B", std::string(32768, 't'))).has_value());
}

BOOST_AUTO_TEST_CASE(credentials_that_cannot) {
  check_refused(credentials("", "B"), "access key id", "B");
  check_refused(credentials("AKID", ""), "secret access key", "AKID");
  for (const std::string bad :
       {"XX YY", "XX\nYY", "XX\r\nYY", "XX\tYY", " XXYY", "XXYY ", "XX\x7fYY", "XX\xC3\xA9YY"}) {
    check_refused(credentials(bad, "B"), "access key id", "XX");
    check_refused(credentials("A", bad), "secret access key", "XX");
    check_refused(credentials("A", "B", bad), "session token", "XX");
  }
  check_refused(credentials("A", std::string("XX\0YY", 5)), "secret access key", "XX");
  check_refused(credentials("A", "B", std::string(32769, 't')), "32768", "tt");
  check_refused(credentials(std::string(129, 'K'), "B"), "128", "KK");
}

BOOST_AUTO_TEST_CASE(a_transport_that_cannot_stream_says_so) {
  SilentTransport transport;
  NoSink sink;
  const auto result = transport.stream({}, sink, {});
  BOOST_TEST_REQUIRE(!result.has_value());
  BOOST_TEST(name(result.error().code) == "unsupported");
}

BOOST_AUTO_TEST_CASE(invalidate_does_nothing_by_default) {
  NoProvider provider;
  provider.invalidate("AKID");
  BOOST_TEST(!provider.get({}).has_value());
}

BOOST_AUTO_TEST_CASE(the_version) {
  BOOST_TEST(version() == CROSSLOG_VERSION);
}
