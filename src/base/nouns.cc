// What the plain values of the public headers can do. They need nothing but the
// standard library and the text functions beside this file, so that every layer
// may use them.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/bytes.h"
#include "base/text.h"
#include "base/try.h"
#include "crosslog/credentials.h"
#include "crosslog/document.h"
#include "crosslog/error.h"
#include "crosslog/http.h"
#include "crosslog/transport.h"
#include "crosslog/version.h"

namespace crosslog {
namespace {

constexpr std::size_t kMaxAccessKeyId = 128;
constexpr std::size_t kMaxSecretAccessKey = 1024;
constexpr std::size_t kMaxSessionToken = 32u << 10;

// Names the part and what is wrong with it, never its value.
Result<void> check_part(std::string_view part, std::string_view value, std::size_t max) {
  const auto refuse = [part](std::string_view reason) {
    return fail(Errc::credentials,
                "The " + std::string(part) + " of the credentials " + std::string(reason) + ".");
  };
  if (value.empty()) return refuse("is empty");
  if (value.size() > max) return refuse("is longer than " + std::to_string(max) + " bytes");
  if (!base::all_visible(value)) {
    return refuse("holds a blank, a line break or another byte that is not printable ASCII");
  }
  return {};
}

}  // namespace

std::unexpected<Error> fail(Errc code, std::string message, std::vector<std::string> hints) {
  Error error;
  error.code = code;
  error.message = std::move(message);
  error.hints = std::move(hints);
  return std::unexpected(std::move(error));
}

// botocore's ClientError.MSG_TEMPLATE. An answer that is not the protocol's says
// nothing that could stand in it.
std::string describe(const Error& error) {
  const bool unreadable = error.code == Errc::protocol && error.aws_code.empty();
  if (error.http_status == 0 || error.operation.empty() || unreadable) return error.message;
  std::string line = "An error occurred (" + (error.aws_code.empty() ? "Unknown" : error.aws_code) +
                     ") when calling the " + error.operation + " operation";
  if (error.retries_exhausted) {
    line += " (reached max retries: " + std::to_string(std::max(error.attempts - 1, 0)) + ")";
  }
  return line + ": " + error.message;
}

const char* name(Errc code) noexcept {
  switch (code) {
    case Errc::invalid_argument:
      return "invalid_argument";
    case Errc::configuration:
      return "configuration";
    case Errc::not_configured:
      return "not_configured";
    case Errc::no_credentials:
      return "no_credentials";
    case Errc::no_region:
      return "no_region";
    case Errc::credentials:
      return "credentials";
    case Errc::access_denied:
      return "access_denied";
    case Errc::not_found:
      return "not_found";
    case Errc::throttled:
      return "throttled";
    case Errc::expired_token:
      return "expired_token";
    case Errc::service:
      return "service";
    case Errc::network:
      return "network";
    case Errc::timeout:
      return "timeout";
    case Errc::protocol:
      return "protocol";
    case Errc::cancelled:
      return "cancelled";
    case Errc::unsupported:
      return "unsupported";
  }
  return "unknown";
}

std::string_view find_header(const std::vector<Header>& headers, std::string_view name) noexcept {
  const auto found = std::ranges::find_if(
      headers, [name](const Header& header) { return base::equals_ignoring_case(header.name, name); });
  return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

// NOLINTNEXTLINE(performance-unnecessary-value-param): the interface takes it by value
Result<HttpResponse> Transport::stream(const HttpRequest&, BodySink&, std::stop_token) {
  return fail(Errc::unsupported, "This transport cannot hand over a response as it arrives.");
}

Result<void> check(const Credentials& credentials) {
  CROSSLOG_CHECK(check_part("access key id", credentials.access_key_id, kMaxAccessKeyId));
  CROSSLOG_CHECK(
      check_part("secret access key", credentials.secret_access_key.reveal(), kMaxSecretAccessKey));
  if (credentials.session_token.empty()) return {};
  return check_part("session token", credentials.session_token.reveal(), kMaxSessionToken);
}

void CredentialProvider::invalidate(std::string_view) noexcept {}

const Document* Document::find(std::string_view name) const noexcept {
  const Map* members = map();
  if (members == nullptr) return nullptr;
  const auto found = std::ranges::find(*members, name, &Member::first);
  return found == members->end() ? nullptr : &found->second;
}

void Document::set(std::string_view name, Document value) {
  if (is_null()) value_ = Map{};
  Map& members = *map();
  const auto found = std::ranges::find(members, name, &Member::first);
  if (found == members.end()) {
    members.emplace_back(std::string(name), std::move(value));
  } else {
    found->second = std::move(value);
  }
}

std::string_view version() noexcept {
  return CROSSLOG_VERSION;
}

}  // namespace crosslog
