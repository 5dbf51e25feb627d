// A page of log events as the services send it, in one pass without an index: the
// way of almost every page, several times as fast as a reader of any JSON.
#ifndef CROSSLOG_SRC_WIRE_PAGE_SCANNER_H_
#define CROSSLOG_SRC_WIRE_PAGE_SCANNER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "crosslog/events.h"
#include "wire/string_kernel.h"

namespace crosslog::wire {

struct ScannedPage {
  std::vector<LogEvent> events;
  std::optional<std::string_view> next_token, forward_token, backward_token;
  std::unique_ptr<std::uint8_t[]> arena;  // the strings that had escapes; the others are in the text
};

// nullopt: the text is none of the pages known here. It may be a good one.
// Precondition: StringKernel::kZeros zero bytes stand behind the text.
[[nodiscard]] std::optional<ScannedPage> scan_page(std::string_view text, const StringKernel& kernel,
                                                   std::size_t max_events);

}  // namespace crosslog::wire

#endif  // CROSSLOG_SRC_WIRE_PAGE_SCANNER_H_
