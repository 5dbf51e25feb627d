// Under which name we run. The AWS CLI's users can link us to `aws`: then every
// byte is the AWS CLI's; under any other name hints follow an error.
#ifndef CROSSLOG_SRC_CLI_PROGRAM_H_
#define CROSSLOG_SRC_CLI_PROGRAM_H_

#include <string>
#include <string_view>

namespace crosslog::cli {

struct Program {
  std::string name = "crosslog";
  [[nodiscard]] bool is_aws() const noexcept { return name == "aws"; }
  // "<name> [options] <command> ..." and how to get help, as the AWS CLI says it.
  [[nodiscard]] std::string usage() const;
};

// The last part of argv[0]; "crosslog" when there is none.
[[nodiscard]] Program program_of(std::string_view argv0);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_PROGRAM_H_
