#define BOOST_TEST_MODULE cli_names
#include "cli/names.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "cli/help.h"
#include "crosslog/operations.h"

using namespace crosslog;
using namespace crosslog::cli;

BOOST_AUTO_TEST_CASE(names_of_the_service_model_become_words) {
  BOOST_TEST(kebab("GetLogEvents") == "get-log-events");
  BOOST_TEST(kebab("logGroupName") == "log-group-name");
  BOOST_TEST(kebab("AssumeRoleWithSAML") == "assume-role-with-saml");
  BOOST_TEST(kebab("PolicyArns") == "policy-arns");
  BOOST_TEST(kebab("PolicyARNs") == "policy-arns");
  BOOST_TEST(kebab("S3Bucket") == "s3-bucket");
  BOOST_TEST(kebab("kmsKeyId") == "kms-key-id");
  BOOST_TEST(kebab("IPv6Addresses") == "i-pv6-addresses");
  BOOST_TEST(kebab("") == "");
  BOOST_TEST(kebab("already-there") == "already-there");
}

BOOST_AUTO_TEST_CASE(every_operation_of_ours_is_one_of_the_aws_cli) {
  for (const auto& operation : operations()) {
    const auto names = aws_operations(operation.service);
    BOOST_TEST(std::ranges::count(names, kebab(operation.name)) == 1, operation.name);
    BOOST_TEST(operation_named(operation.service, kebab(operation.name)) == &operation);
  }
}

BOOST_AUTO_TEST_CASE(commands) {
  for (const std::string_view name : {"logs", "sts", "s3", "help"})
    BOOST_TEST(std::ranges::count(aws_commands(), name) == 1);
  BOOST_TEST(std::ranges::count(aws_operations(Service::logs), "tail") == 1);
  BOOST_TEST((service_named("logs") == Service::logs));
  BOOST_TEST(!service_named("ec2"));
  BOOST_TEST(operation_named(Service::sts, "get-log-events") == nullptr);
}
