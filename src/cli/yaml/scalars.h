// What a plain YAML scalar means: the implicit types of YAML 1.2 as ruamel.yaml,
// the AWS CLI's library, has them. The writer quotes what would not be read back
// as text; the reader makes values of it.
#ifndef CROSSLOG_SRC_CLI_YAML_SCALARS_H_
#define CROSSLOG_SRC_CLI_YAML_SCALARS_H_

#include <string_view>

namespace crosslog::cli::yaml {

inline constexpr char kTagPrefix[] = "tag:yaml.org,2002:";

enum class Scalar { string, null, boolean, integer, floating, timestamp, merge, value };

[[nodiscard]] Scalar type_of_plain(std::string_view text) noexcept;

}  // namespace crosslog::cli::yaml

#endif  // CROSSLOG_SRC_CLI_YAML_SCALARS_H_
