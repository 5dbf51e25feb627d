// botocore's partitions.json as a table. Its regular expressions all have one
// shape, PREFIX-\w+-\d+, and its lists of regions add nothing to them but the
// ID-global names. All partitions claim FIPS and dual-stack support.
#include "config/partitions.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "crosslog/config.h"

namespace crosslog {
namespace config {
namespace {

constexpr std::array<std::string_view, 9> kAws{"us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"};
constexpr std::array<std::string_view, 1> kChina{"cn"}, kGov{"us-gov"}, kEurope{"eusc-de"}, kIso{"us-iso"},
    kIsoB{"us-isob"}, kIsoE{"eu-isoe"}, kIsoF{"us-isof"};

constexpr std::array<Partition, 8> kPartitions{{
    {"aws", "amazonaws.com", "api.aws", kAws},
    {"aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn", kChina},
    {"aws-us-gov", "amazonaws.com", "api.aws", kGov},
    {"aws-eusc", "amazonaws.eu", "api.amazonwebservices.eu", kEurope, false},
    {"aws-iso", "c2s.ic.gov", "api.aws.ic.gov", kIso},
    {"aws-iso-b", "sc2s.sgov.gov", "api.aws.scloud", kIsoB},
    {"aws-iso-e", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", kIsoE},
    {"aws-iso-f", "csp.hci.ic.gov", "api.aws.hci.ic.gov", kIsoF},
}};

bool is_word_byte(char c) noexcept {
  return base::is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// WORD-NUMBER, as in "east-1".
bool is_word_and_number(std::string_view text) noexcept {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos || dash == 0 || dash + 1 == text.size()) return false;
  const auto word = text.substr(0, dash), number = text.substr(dash + 1);
  return std::all_of(word.begin(), word.end(), is_word_byte) &&
         std::all_of(number.begin(), number.end(), base::is_digit);
}

bool holds(const Partition& partition, std::string_view region) noexcept {
  constexpr std::string_view kGlobal = "-global";
  if (partition.has_global_region && region.ends_with(kGlobal) &&
      region.substr(0, region.size() - kGlobal.size()) == partition.id) {
    return true;
  }
  return std::any_of(
      partition.region_prefixes.begin(), partition.region_prefixes.end(), [&](std::string_view prefix) {
        return region.size() > prefix.size() && region.starts_with(prefix) && region[prefix.size()] == '-' &&
               is_word_and_number(region.substr(prefix.size() + 1));
      });
}

}  // namespace

const Partition& partition_for(std::string_view region) noexcept {
  const auto found = std::find_if(kPartitions.begin(), kPartitions.end(),
                                  [&](const Partition& partition) { return holds(partition, region); });
  return found == kPartitions.end() ? kPartitions.front() : *found;
}

}  // namespace config

std::string_view partition_of(std::string_view region) {
  return config::partition_for(region).id;
}

}  // namespace crosslog
