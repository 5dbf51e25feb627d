#include "sandbox/page_token.h"

#include <algorithm>

#include "base/crypto.h"
#include "sandbox/text.h"

namespace crosslog::sandbox {

namespace {

// 13 digits of time, 12 of arrival, 3 of turn, 28 of check sum: 56.
constexpr std::int64_t kMaxTimestamp = 9999999999999;
constexpr std::uint64_t kMaxArrival = 999999999999;
constexpr std::size_t kDigits = 56, kCheckDigits = 28, kTokenSize = 2 + kDigits + 2;

std::string padded(std::uint64_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  return std::string(width - std::min(width, digits.size()), '0') + digits;
}

std::string check_digits(std::string_view place, std::string_view query) {
  const base::Digest digest = base::sha256(std::string(place) + "\n" + std::string(query));
  std::string out;
  for (std::size_t i = 0; i < kCheckDigits; ++i)
    out += static_cast<char>('0' + digest[i] % 10);
  return out;
}

}  // namespace

std::string write_token(const PageToken& token, std::string_view query) {
  const auto time =
      static_cast<std::uint64_t>(std::clamp<std::int64_t>(token.position.timestamp, 0, kMaxTimestamp));
  const std::string place = padded(time, 13) + padded(std::min(token.position.arrival, kMaxArrival), 12) +
                            padded(token.turn % 1000, 3);
  return std::string(token.forward ? "f/" : "b/") + place + check_digits(place, query) + "/s";
}

std::optional<PageToken> read_token(std::string_view text, std::string_view query) {
  if (text.size() != kTokenSize || !text.ends_with("/s")) return std::nullopt;
  if (!text.starts_with("f/") && !text.starts_with("b/")) return std::nullopt;
  const std::string_view digits = text.substr(2, kDigits);
  const std::string_view place = digits.substr(0, kDigits - kCheckDigits);
  if (!is_digits(digits) || check_digits(place, query) != digits.substr(place.size())) return std::nullopt;
  PageToken token;
  token.forward = text.front() == 'f';
  token.position.timestamp = *to_int(place.substr(0, 13));
  token.position.arrival = static_cast<std::uint64_t>(*to_int(place.substr(13, 12)));
  token.turn = static_cast<unsigned>(*to_int(place.substr(25, 3)));
  return token;
}

}  // namespace crosslog::sandbox
