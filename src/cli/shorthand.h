// The AWS CLI's shorthand for structures on the command line:
//
//   Key=team,Value=logs            {"Key": "team", "Value": "logs"}
//   Names=a,b,Size=3               {"Names": ["a", "b"], "Size": "3"}
//   Filter={Name=x,Values=[1,2]}   nested
//
// Values are texts; the service model turns them into numbers and lists.
#ifndef CROSSLOG_SRC_CLI_SHORTHAND_H_
#define CROSSLOG_SRC_CLI_SHORTHAND_H_

#include <expected>
#include <functional>
#include <string>
#include <string_view>

#include "crosslog/document.h"
#include "crosslog/operations.h"

namespace crosslog::cli {

// What `Key@=file://path` reads: nullopt when `value` names no file; an error is
// a sentence.
using ParameterFile = std::function<std::expected<std::string, std::string>(std::string_view value)>;

// A map; the error is what follows "Error parsing parameter '--x': " in the AWS
// CLI's words. `resolve` reads the values of `Key@=`.
[[nodiscard]] std::expected<Document, std::string> parse_shorthand(std::string_view text,
                                                                   const ParameterFile& resolve);

// Texts become what `shape` says: numbers, true and false, and a single value
// where a list is wanted becomes a list of one. The error is Python's sentence
// for a text that is no number.
[[nodiscard]] std::expected<Document, std::string> fit_to_shape(Document value, const Shape& shape);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_SHORTHAND_H_
