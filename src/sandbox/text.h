// The sandbox's own bytes and times: what base/text.h and base/time.h have too, written
// again on purpose. A stand-in that shared them with the client would share their bugs.
#ifndef CROSSLOG_SRC_SANDBOX_TEXT_H_
#define CROSSLOG_SRC_SANDBOX_TEXT_H_

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crosslog::sandbox {

using Time = std::chrono::sys_time<std::chrono::milliseconds>;

[[nodiscard]] std::string lower(std::string_view text);
[[nodiscard]] std::string_view strip(std::string_view text);  // blanks, tabs, CR, LF at both ends
[[nodiscard]] bool is_digits(std::string_view text);
[[nodiscard]] std::optional<std::int64_t> to_int(std::string_view text);
// Decimal, with an exponent perhaps; no names, no hexadecimal digits.
[[nodiscard]] std::optional<double> to_number(std::string_view text);
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

[[nodiscard]] std::string to_hex(std::string_view bytes);
[[nodiscard]] std::optional<std::string> from_hex(std::string_view text);
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);
[[nodiscard]] std::string uri_encode(std::string_view text, bool keep_slash);
[[nodiscard]] std::string uri_decode(std::string_view text);
// application/x-www-form-urlencoded, in order.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> parse_form(std::string_view text);

// The same, with '?' for each byte that is not part of well-formed UTF-8.
[[nodiscard]] std::string as_utf8(std::string_view text);
[[nodiscard]] std::string xml_escape(std::string_view text);
// Appends a JSON string, quotes included; as \uXXXX where not ASCII when `ascii`.
void append_json(std::string& out, std::string_view text, bool ascii = false);

// One word for the log: no blanks, no control bytes, never empty, at most 200 bytes.
[[nodiscard]] std::string log_text(std::string_view text);

// '*' any run of bytes, '?' any one byte.
[[nodiscard]] bool wildcard_match(std::string_view pattern, std::string_view text);

// With zeros in front, up to the width.
void append_padded(std::string& out, std::uint64_t number, int width);
[[nodiscard]] std::string iso_time(Time time);   // 2023-11-14T22:13:20Z
[[nodiscard]] std::string http_time(Time time);  // Tue, 14 Nov 2023 22:13:20 GMT
[[nodiscard]] std::string amz_time(Time time);   // 20231114T221320Z
[[nodiscard]] std::optional<Time> parse_amz_time(std::string_view text);
[[nodiscard]] std::optional<Time> parse_iso_time(std::string_view text);  // whole seconds, Z

[[nodiscard]] std::string random_text(std::size_t size, std::string_view alphabet);

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_TEXT_H_
