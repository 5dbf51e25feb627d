// Base64 as Python's base64 module reads and writes it: the tokens of the AWS
// CLI's pagination are such texts (RFC 4648, section 4).
#ifndef CROSSLOG_SRC_CLI_BASE64_H_
#define CROSSLOG_SRC_CLI_BASE64_H_

#include <optional>
#include <string>
#include <string_view>

namespace crosslog::cli {

[[nodiscard]] std::string encode_base64(std::string_view bytes);
// Bytes outside the alphabet are passed over; nullopt: the padding is wrong.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_BASE64_H_
