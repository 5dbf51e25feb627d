// The tokens of GetLogEvents, f/<56 digits>/s and b/<56 digits>/s. All that a token
// means stands in its digits (position, query, check sum), so that the same place has the
// same token and "the token came back unchanged" needs no memory.
#ifndef CROSSLOG_SRC_SANDBOX_PAGE_TOKEN_H_
#define CROSSLOG_SRC_SANDBOX_PAGE_TOKEN_H_

#include <optional>
#include <string>
#include <string_view>

#include "sandbox/log_stream.h"

namespace crosslog::sandbox {

struct PageToken {
  bool forward = true;
  Position position;
  unsigned turn = 0;  // 0..999: tells tokens of one position apart, for scripted empty pages
};

// `query` is everything that a token is bound to.
[[nodiscard]] std::string write_token(const PageToken& token, std::string_view query);
// nullopt: no token, or one of another query.
[[nodiscard]] std::optional<PageToken> read_token(std::string_view text, std::string_view query);

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_PAGE_TOKEN_H_
