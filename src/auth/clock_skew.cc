// RequestExpired and RequestInTheFuture are not on the list: the cross-SDK rules
// dropped them.
#include "auth/clock_skew.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/time.h"

namespace crosslog::auth {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array kCodes{"InvalidSignatureException"sv, "SignatureDoesNotMatch"sv, "AuthFailure"sv,
                            "RequestTimeTooSkewed"sv, "AccessDeniedException"sv};
constexpr std::chrono::minutes kLongestRoundTrip{15};

bool has_header(const std::vector<Header>& headers, std::string_view name) noexcept {
  return std::ranges::any_of(headers,
                             [name](const Header& h) { return base::equals_ignoring_case(h.name, name); });
}

}  // namespace

std::optional<std::chrono::milliseconds> observed_skew(const std::vector<Header>& headers, TimePoint sent,
                                                       TimePoint received) noexcept {
  const auto round_trip = received - sent;
  if (round_trip < round_trip.zero() || round_trip > kLongestRoundTrip || has_header(headers, "age"))
    return {};
  const auto date = base::parse_http_date(find_header(headers, "date"));
  if (!date) return {};
  return *date - (sent + round_trip / 2);
}

bool is_clock_skew(std::string_view aws_code, std::chrono::milliseconds skew) noexcept {
  return std::ranges::find(kCodes, aws_code) != kCodes.end() && std::chrono::abs(skew) > kSkewThreshold;
}

}  // namespace crosslog::auth
