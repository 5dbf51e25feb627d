// What the service itself says about the input of each operation that reads: types,
// required members, minima, maxima, patterns, enumerations.
#ifndef CROSSLOG_SRC_SANDBOX_SERVICE_MODEL_H_
#define CROSSLOG_SRC_SANDBOX_SERVICE_MODEL_H_

#include <boost/json.hpp>
#include <expected>
#include <string_view>

#include "sandbox/faults.h"

namespace crosslog::sandbox {

// One JSON document, made from the service model by make_service_model.
[[nodiscard]] std::string_view service_model_text();

// {"input", "errors", "list"}; nullptr when it is no operation that reads.
[[nodiscard]] const boost::json::object* find_operation(std::string_view name);
// Whether the operation's model has this error.
[[nodiscard]] bool has_error(const boost::json::object& operation, std::string_view code);

// The members of a request's body, without nulls and unknown ones: types first
// (SerializationException), then every constraint in one message.
[[nodiscard]] std::expected<boost::json::object, AwsError> read_input(const boost::json::object& operation,
                                                                      std::string_view body);

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_SERVICE_MODEL_H_
