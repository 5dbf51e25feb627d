// Where a text stops being JSON: for the error message, once simdjson, which
// does not say where, has refused it.
#ifndef CROSSLOG_SRC_WIRE_JSON_FAULT_H_
#define CROSSLOG_SRC_WIRE_JSON_FAULT_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace crosslog::wire {

enum class BadText { refuse, allow };  // ill-formed UTF-8, surrogates without their other half

struct JsonFault {
  std::size_t offset = 0;
  std::string_view what;  // "A comma or a closing bracket is missing": never of the text
};

// The first fault by RFC 8259's grammar and the depth, or nullopt. The sizes of
// numbers and the uniqueness of names are not looked at.
[[nodiscard]] std::optional<JsonFault> find_json_fault(std::string_view text, std::size_t max_depth,
                                                       BadText bad_text);

// One line: "Byte 17: ...", or `otherwise` when there is no fault to be found.
[[nodiscard]] std::string describe_json_fault(std::string_view text, std::size_t max_depth, BadText bad_text,
                                              std::string_view otherwise);

}  // namespace crosslog::wire

#endif  // CROSSLOG_SRC_WIRE_JSON_FAULT_H_
