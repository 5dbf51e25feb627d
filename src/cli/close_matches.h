// "Maybe you meant": Python's difflib, whose verdicts the AWS CLI prints.
#ifndef CROSSLOG_SRC_CLI_CLOSE_MATCHES_H_
#define CROSSLOG_SRC_CLI_CLOSE_MATCHES_H_

#include <span>
#include <string_view>
#include <vector>

namespace crosslog::cli {

// SequenceMatcher(None, a, b).ratio(), for texts under 200 bytes.
[[nodiscard]] double similarity(std::string_view a, std::string_view b);

// get_close_matches(word, possibilities, n=3, cutoff): best first.
[[nodiscard]] std::vector<std::string_view> close_matches(std::string_view word,
                                                          std::span<const std::string_view> possibilities,
                                                          double cutoff);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_CLOSE_MATCHES_H_
