// Check of meaning: a second reader of the grammar (wire/json_fault.h, written
// apart from simdjson) accepts the same texts, duplicate names and numbers over
// 64 bits apart; what was read, written and read again is the same, and is
// written the same again; bad text is all that a repair repairs, and it does so
// in one go.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "crosslog/document.h"
#include "wire/json_fault.h"
#include "wire/json_repair.h"

namespace {

using namespace crosslog;
using wire::BadText;

constexpr JsonLimits kLimits{.max_bytes = 1u << 20, .max_depth = 8};

void require(bool holds) {
  if (!holds) __builtin_trap();
}

bool has_fault(std::string_view text, BadText bad_text) {
  return wire::find_json_fault(text, kLimits.max_depth, bad_text).has_value();
}

void check_refusal(const Error& error, std::string_view text) {
  require(error.code == Errc::protocol && error.hints.size() == 1);
  const auto& hint = error.hints.front();
  const bool beyond_the_grammar =
      hint == "A name stands twice in one map." || hint == "A number cannot be held in 64 bits.";
  require(beyond_the_grammar != has_fault(text, BadText::refuse));
}

void check_round_trip(const Document& document) {
  const auto written = write_json(document);
  const auto again = parse_json(written, {.max_bytes = written.size(), .max_depth = kLimits.max_depth});
  require(again.has_value() && *again == document);
  require(write_json(*again) == written);
}

void check_repair(std::string_view text) {
  const auto repaired = wire::repair_json(text);
  require(wire::repair_json(repaired.text).repairs == 0);
  require((repaired.repairs == 0) == (repaired.text == text));
  require(has_fault(text, BadText::allow) == has_fault(repaired.text, BadText::refuse));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto document = parse_json(text, kLimits);
  if (document) {
    require(!has_fault(text, BadText::refuse));
    check_round_trip(*document);
  } else {
    check_refusal(document.error(), text);
  }
  check_repair(text);
  return 0;
}
