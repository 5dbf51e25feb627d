// Which partition a region belongs to: by pattern, by name, or "aws".
#define BOOST_TEST_MODULE partitions
#include "config/partitions.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <string>

#include "crosslog/config.h"
#include "tests/support/config_case.h"

namespace data = boost::unit_test::data;
namespace json = boost::json;
using crosslog::partition_of;
using crosslog::config::partition_for;
using crosslog::test::text;

namespace {

struct Row {
  std::string region, partition;
  friend std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.region; }
};
const Row kRows[] = {
    {"eu-west-1", "aws"},
    {"il-central-1", "aws"},
    {"us-fake-99", "aws"},
    {"aws-global", "aws"},
    {"cn-north-1", "aws-cn"},
    {"aws-cn-global", "aws-cn"},
    {"us-gov-east-1", "aws-us-gov"},
    {"aws-us-gov-global", "aws-us-gov"},
    {"eusc-de-east-1", "aws-eusc"},
    {"us-iso-west-1", "aws-iso"},
    {"us-isob-east-1", "aws-iso-b"},
    {"eu-isoe-west-1", "aws-iso-e"},
    {"us-isof-south-1", "aws-iso-f"},
    // Nobody's, hence "aws".
    {"mars-central-1", "aws"},
    {"", "aws"},
    {"eusc-fr-east-1", "aws"},
    {"aws-eusc-global", "aws"},
    {"cn-north-", "aws"},
    {"cn-north", "aws"},
    {"cn--1", "aws"},
    {"cn-north-x", "aws"},
    {"CN-NORTH-1", "aws"},
    {"cn-north-1-extra", "aws"},
    {"us-gov-1", "aws"},
    {"us-isox-east-1", "aws"},
};

}  // namespace

BOOST_DATA_TEST_CASE(regions, data::make(kRows), row) {
  BOOST_TEST(partition_of(row.region) == row.partition);
}

BOOST_AUTO_TEST_CASE(each_has_its_own_names) {
  const auto& china = partition_for("cn-northwest-1");
  BOOST_TEST(china.dns_suffix == "amazonaws.com.cn");
  BOOST_TEST(china.dual_stack_dns_suffix == "api.amazonwebservices.com.cn");
}

namespace {

void check_partition(const json::object& expected) {
  const auto& outputs = expected.at("outputs").as_object();
  for (const auto& [region, description] : expected.at("regions").as_object()) {
    const auto& partition = partition_for(region);
    BOOST_TEST_CONTEXT("region " << region) {
      BOOST_TEST(partition.id == text(expected.at("id")));
      BOOST_TEST(partition.dns_suffix == text(outputs.at("dnsSuffix")));
      BOOST_TEST(partition.dual_stack_dns_suffix == text(outputs.at("dualStackDnsSuffix")));
      BOOST_TEST(outputs.at("supportsFIPS").as_bool());
      BOOST_TEST(outputs.at("supportsDualStack").as_bool());
    }
  }
}

// The rule set of these vectors writes the partition into the host name.
void check_rule(const json::object& vector) {
  const auto region = text(vector.at("params").at("Region"));
  const auto& endpoint = vector.at("expect").at("endpoint");
  const auto& partition = partition_for(region);
  const std::string name = partition.id == "aws" ? "aws-partition" : std::string(partition.id);
  BOOST_TEST("https://" + name + "." + region + "." + std::string(partition.dns_suffix) ==
             text(endpoint.at("url")));
  const auto& meta = endpoint.at("properties").at("meta");
  BOOST_TEST(partition.dns_suffix == text(meta.at("baseSuffix")));
  BOOST_TEST(partition.dual_stack_dns_suffix == text(meta.at("dualStackSuffix")));
}

bool add_vectors() {
  const auto folder = crosslog::test::conformance("models");
  if (!folder) return crosslog::test::add_skipped("models (partitions)");
  for (const auto& file : crosslog::test::files_named(*folder, "partitions")) {
    const auto table = crosslog::test::read_json(file.string());
    for (const auto& partition : table.at("partitions").as_array()) {
      crosslog::test::add_numbered("partitions.json", text(partition.at("id")),
                                   [partition] { check_partition(partition.as_object()); });
    }
  }
  for (const auto& file : crosslog::test::files_named(*folder, "partition-fn")) {
    const auto vectors = crosslog::test::read_json(file.string());
    if (!vectors.as_object().contains("testCases")) continue;
    for (const auto& vector : vectors.at("testCases").as_array()) {
      crosslog::test::add_numbered("partition-fn", text(vector.at("documentation")),
                                   [vector] { check_rule(vector.as_object()); });
    }
  }
  return true;
}
const bool kAdded = add_vectors();

}  // namespace
