// The partitions of AWS: who runs a region, and under which names.
#ifndef CROSSLOG_SRC_CONFIG_PARTITIONS_H_
#define CROSSLOG_SRC_CONFIG_PARTITIONS_H_

#include <span>
#include <string_view>

namespace crosslog::config {

struct Partition {
  std::string_view id;
  std::string_view dns_suffix;
  std::string_view dual_stack_dns_suffix;
  // A region is PREFIX-WORD-NUMBER.
  std::span<const std::string_view> region_prefixes;
  // "ID-global" is a region of it, too.
  bool has_global_region = true;
};

// A region that no partition knows belongs to "aws".
[[nodiscard]] const Partition& partition_for(std::string_view region) noexcept;

}  // namespace crosslog::config

#endif  // CROSSLOG_SRC_CONFIG_PARTITIONS_H_
