#define BOOST_TEST_MODULE cli_group_name
#include "cli/group_name.h"

#include <boost/test/unit_test.hpp>

using namespace crosslog;
using namespace crosslog::cli;

namespace {

GroupName good(std::string_view text) {
  auto group = parse_group_name(text);
  BOOST_REQUIRE_MESSAGE(group, text << ": " << (group ? "" : group.error()));
  return std::move(*group);
}

const std::string kArn = "arn:aws:logs:eu-west-1:999999999999:log-group:/aws/G";

}  // namespace

BOOST_AUTO_TEST_CASE(names_and_streams) {
  BOOST_TEST(good("G").name == "G");
  BOOST_TEST(good("G").stream.empty());
  BOOST_TEST(good("/aws/lambda/x:2026/11/23/[$LATEST]ab c").stream == "2026/11/23/[$LATEST]ab c");
  BOOST_TEST(good("G:web*").stream == "web*");
  BOOST_TEST(write_json(good("G:S").parameters()) == R"({"logGroupName":"G"})");
}

BOOST_AUTO_TEST_CASE(arns_in_every_form) {
  for (const std::string end : {"", ":*", ":"}) {
    const GroupName group = good(kArn + end);
    BOOST_TEST(group.arn == kArn);
    BOOST_TEST(group.name == "/aws/G");
    BOOST_TEST(group.region == "eu-west-1");
    BOOST_TEST(group.account == "999999999999");
    BOOST_TEST(group.stream.empty());
    BOOST_TEST(write_json(group.parameters()) == R"({"logGroupIdentifier":")" + kArn + "\"}");
  }
  BOOST_TEST(good(kArn + ":S").stream == "S");
  BOOST_TEST(good(kArn + ":log-stream:a/b").stream == "a/b");
  BOOST_TEST(good("arn:aws-cn:logs:cn-north-1:999999999999:log-group:G").region == "cn-north-1");
}

BOOST_AUTO_TEST_CASE(what_names_no_group_is_refused) {
  for (const std::string& text :
       {std::string(), std::string(":S"), std::string("G:"), std::string("a b"), std::string("G\x1b"),
        std::string("caf\xC3\xA9"), std::string("G*"), std::string("/aws/?"), std::string(513, 'g'),
        "G:" + std::string(513, 's'), std::string("G:a:b"), std::string("arn:"), std::string("arn:aws:logs"),
        std::string("arn:aws:s3:::bucket"), std::string("arn:aws:logs:eu-west-1:99:log-group:G"),
        std::string("arn:aws:logs:eu-west-1:999999999999:log-group:"),
        std::string("arn:aws:logs::999999999999:log-group:G"),
        std::string("arn:aws:logs:eu-west-1:999999999999:destination:G")}) {
    const auto group = parse_group_name(text);
    BOOST_TEST(!group, text);
    if (!group) BOOST_TEST(!group.error().empty());
  }
  BOOST_TEST(!parse_group_name("a\x1b[31m").error().contains('\x1b'));
}

BOOST_AUTO_TEST_CASE(stream_names) {
  BOOST_TEST(fault_of_stream_name("[$LATEST] ?").empty());
  BOOST_TEST(!fault_of_stream_name("").empty());
  BOOST_TEST(!fault_of_stream_name("a:b").empty());
  BOOST_TEST(!fault_of_stream_name("a*").empty());
  BOOST_TEST(!fault_of_stream_name(std::string(513, 's')).empty());
}
