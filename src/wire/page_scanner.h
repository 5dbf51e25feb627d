// A page of log events in one pass without an index: the way of almost every page,
// several times as fast as a reader of any JSON.
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
  std::vector<SearchedLogStream> streams;
  std::optional<std::string_view> next_token, forward_token, backward_token;
  std::unique_ptr<std::uint8_t[]> arena;  // the strings that had escapes; the others are in the text
};

struct PageLimits {
  std::size_t events, streams;
};

// nullopt: the text is no page, or not one of those known here.
// Precondition: StringKernel::kZeros zero bytes stand behind the text.
[[nodiscard]] std::optional<ScannedPage> scan_page(std::string_view text, const StringKernel& kernel,
                                                   PageLimits limits);

}  // namespace crosslog::wire

#endif  // CROSSLOG_SRC_WIRE_PAGE_SCANNER_H_
