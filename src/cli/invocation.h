// What an operation's words ask for, as one value: the parameters, from options
// and --cli-input-json or -yaml, and how to page. The rules of when pagination is
// automatic are the AWS CLI's.
#ifndef CROSSLOG_SRC_CLI_INVOCATION_H_
#define CROSSLOG_SRC_CLI_INVOCATION_H_

#include <optional>
#include <string>

#include "cli/args.h"
#include "cli/errors.h"
#include "cli/pages.h"
#include "cli/parameters.h"
#include "crosslog/document.h"
#include "crosslog/operations.h"

namespace crosslog::cli {

struct Invocation {
  Document parameters;
  std::optional<Paging> paging;  // absent: one call
  bool all = false;              // of get-log-events: page by page to the end
  std::string skeleton;          // of --generate-cli-skeleton, or empty
  std::string warning;           // the AWS CLI's own; a line for stderr, or empty
};

// `paginate`: false by --no-paginate.
[[nodiscard]] Outcome<Invocation> make_invocation(const Operation& operation,
                                                  const ParsedArguments& arguments, bool paginate,
                                                  const Getenv& getenv);

// A sample of a shape's values: of the input with empty texts, of the output with
// the members' names.
enum class Sample { input, output };
[[nodiscard]] Document make_sample(const Shape& shape, Sample sample);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_INVOCATION_H_
