#define BOOST_TEST_MODULE cli_errors
#include "cli/errors.h"

#include <boost/test/unit_test.hpp>

using namespace crosslog;
using namespace crosslog::cli;
using Kind = Failure::Kind;

namespace {

const Program kAws{"aws"}, kOwn{"crosslog"};

Failure failure(Kind kind, std::string message) {
  return {.kind = kind, .message = std::move(message), .hints = {"try this", "and that"}, .error = {}};
}

Error service_error() {
  Error error;
  error.code = Errc::service;
  error.message = "unexpected symbol";
  error.aws_code = "MalformedQueryException";
  error.operation = "GetLogEvents";
  error.http_status = 400;
  return error;
}

}  // namespace

BOOST_AUTO_TEST_CASE(statuses) {
  BOOST_TEST(exit_status(Kind::usage) == 252);
  BOOST_TEST(exit_status(Kind::unknown_options) == 252);
  BOOST_TEST(exit_status(Kind::no_region) == 253);
  BOOST_TEST(exit_status(Kind::no_credentials) == 253);
  BOOST_TEST(exit_status(Kind::service) == 254);
  BOOST_TEST(exit_status(Kind::general) == 255);
  BOOST_TEST(exit_status(Kind::cancelled) == 130);
}

BOOST_AUTO_TEST_CASE(errors_of_the_library) {
  const auto kind = [](Errc code) { return to_failure(fail(code, "m").error()).kind; };
  BOOST_TEST((kind(Errc::no_region) == Kind::no_region));
  BOOST_TEST((kind(Errc::no_credentials) == Kind::no_credentials));
  BOOST_TEST((kind(Errc::cancelled) == Kind::cancelled));
  for (const Errc code : {Errc::configuration, Errc::credentials, Errc::network, Errc::timeout,
                          Errc::protocol, Errc::unsupported, Errc::invalid_argument}) {
    BOOST_TEST((kind(code) == Kind::general));
  }
  BOOST_TEST((to_failure(service_error()).kind == Kind::service));
  Error no_answer = service_error();
  no_answer.aws_code.clear();
  BOOST_TEST((to_failure(no_answer).kind == Kind::general));
  BOOST_TEST(to_failure(no_answer).message == "unexpected symbol");
}

BOOST_AUTO_TEST_CASE(under_the_name_aws_there_are_no_hints) {
  BOOST_TEST(render(failure(Kind::general, "It broke"), kAws) == "\naws: [ERROR]: It broke\n");
  BOOST_TEST(render(failure(Kind::general, "It broke"), kOwn) ==
             "\ncrosslog: [ERROR]: It broke\nhint: try this\nhint: and that\n");
}

BOOST_AUTO_TEST_CASE(usage_errors_carry_a_name_and_are_trimmed) {
  BOOST_TEST(render(failure(Kind::usage, " bad\n\nusage: x\n\n"), kAws) ==
             "\naws: [ERROR]: An error occurred (ParamValidation):  bad\n\nusage: x\n");
  BOOST_TEST(render(failure(Kind::usage, "bad\n"), kAws, ErrorFormat::legacy) == "\naws: [ERROR]: bad\n");
  BOOST_TEST(render(failure(Kind::general, ""), kAws) == "\naws: [ERROR]:\n");
}

BOOST_AUTO_TEST_CASE(unknown_options_follow_the_usage) {
  BOOST_TEST(render(failure(Kind::unknown_options, "Unknown options: --x"), kAws) ==
             "\nusage: " + kAws.usage() + "\n\naws: [ERROR]: Unknown options: --x\n");
}

BOOST_AUTO_TEST_CASE(advice_that_names_commands_of_the_aws_cli_is_for_its_users) {
  const std::string advice = " You can configure credentials by running \"aws login\".";
  for (const std::string& message :
       {std::string("Unable to locate credentials."), "Unable to locate credentials." + advice}) {
    BOOST_TEST(render(failure(Kind::no_credentials, message), kAws) ==
               "\naws: [ERROR]: An error occurred (NoCredentials): Unable to locate credentials." + advice +
                   "\n");
    BOOST_TEST(render(failure(Kind::no_credentials, message), kOwn)
                   .starts_with("\ncrosslog: [ERROR]: An error occurred (NoCredentials): Unable to locate "
                                "credentials.\nhint: "));
  }
  BOOST_TEST(render(failure(Kind::no_region, "You must specify a region."), kAws) ==
             "\naws: [ERROR]: An error occurred (NoRegion): You must specify a region. You can also "
             "configure your region by "
             "running \"aws configure\".\n");
}

BOOST_AUTO_TEST_CASE(answers_of_the_service) {
  Error error = service_error();
  error.attempts = 3;
  error.retries_exhausted = true;
  BOOST_TEST(render(to_failure(error), kAws) ==
             "\naws: [ERROR]: An error occurred (MalformedQueryException) when calling the GetLogEvents "
             "operation (reached max "
             "retries: 2): unexpected symbol\n");
}

BOOST_AUTO_TEST_CASE(the_aws_cli_knows_fewer_codes) {
  Error error = service_error();
  error.cli_code = "400";
  BOOST_TEST(render(to_failure(error), kAws).contains("An error occurred (400) when"));
  BOOST_TEST(render(to_failure(error), kOwn).contains("An error occurred (MalformedQueryException) when"));
}

BOOST_AUTO_TEST_CASE(further_members_of_a_modelled_error) {
  Error error = service_error();
  error.details = {{"plain", "value", false}, {"small", R"(["a",1])", true}, {"map", R"({"k":true})", true}};
  const std::string first =
      "\naws: [ERROR]: An error occurred (MalformedQueryException) when calling the GetLogEvents operation: "
      "unexpected symbol\n";
  BOOST_TEST(render(to_failure(error), kAws) ==
             first + "\nAdditional error details:\nplain: value\nsmall: [a, 1]\nmap: {k: True}\n");
  error.details = {{"queryCompileError", R"({"location":{"endCharOffset":3}})", true}};
  BOOST_TEST(render(to_failure(error), kAws) ==
             first +
                 "\nAdditional error details:\nqueryCompileError: <complex value>\nUse \"--cli-error-format "
                 "json\" or another "
                 "error format to see the full details.\n");
  BOOST_TEST(render(to_failure(error), kAws, ErrorFormat::legacy) == first);
  BOOST_TEST(render(to_failure(error), kOwn, ErrorFormat::json) == R"({
    "Message": "unexpected symbol",
    "Code": "MalformedQueryException",
    "queryCompileError": {
        "location": {
            "endCharOffset": 3
        }
    }
}
)");
}

BOOST_AUTO_TEST_CASE(structured_forms) {
  BOOST_TEST(render(failure(Kind::usage, "bad"), kOwn, ErrorFormat::json) ==
             "{\n    \"Code\": \"ParamValidation\",\n    \"Message\": \"bad\"\n}\n");
  BOOST_TEST(render(failure(Kind::usage, "bad"), kOwn, ErrorFormat::text) == "ParamValidation\tbad\n");
  BOOST_TEST(render(failure(Kind::usage, "a\nb"), kOwn, ErrorFormat::yaml) ==
             "Code: ParamValidation\nMessage: 'a\n\n  b'\n");
  BOOST_TEST(render(failure(Kind::configuration, "bad"), kOwn, ErrorFormat::yaml) ==
             "Code: Configuration\nMessage: bad\n");
  BOOST_TEST(render(failure(Kind::usage, "bad"), kOwn, ErrorFormat::table).contains("ParamValidation"));
  // What has no structure keeps its line.
  BOOST_TEST(render(failure(Kind::general, "bad"), kAws, ErrorFormat::json) == "\naws: [ERROR]: bad\n");
  Error sts = service_error();
  sts.operation = "AssumeRole";
  BOOST_TEST(render(to_failure(sts), kAws, ErrorFormat::json).starts_with("{\n    \"Code\""));
}

BOOST_AUTO_TEST_CASE(a_cancelled_run_says_nothing) {
  BOOST_TEST(render(failure(Kind::cancelled, "x"), kOwn) == "");
}

BOOST_AUTO_TEST_CASE(names_of_formats) {
  BOOST_TEST((parse_error_format("json") == ErrorFormat::json));
  BOOST_TEST((parse_error_format("legacy") == ErrorFormat::legacy));
  BOOST_TEST((parse_error_format("yaml") == ErrorFormat::yaml));
  BOOST_TEST((parse_error_format("bogus") == ErrorFormat::enhanced));
}
