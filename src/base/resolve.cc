// What needs no server: literals, and the name of this machine.
#include "base/resolve.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <optional>
#include <string_view>

#include "base/lookup.h"
#include "base/text.h"

namespace crosslog::base {
namespace {

// The usual form of a literal.
std::optional<std::string> usual_literal(const std::string& name) {
  for (const int family : {AF_INET, AF_INET6}) {
    in6_addr address{};  // the larger of the two
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (inet_pton(family, name.c_str(), &address) == 1 &&
        inet_ntop(family, &address, text.data(), text.size()) != nullptr) {
      return std::string(text.data());
    }
  }
  return std::nullopt;
}

// RFC 6761, section 6.3: this name is never asked of a server.
bool is_localhost(std::string_view name) noexcept {
  constexpr std::string_view kName = "localhost";
  if (name.ends_with('.')) name.remove_suffix(1);
  if (name.size() > kName.size() && name[name.size() - kName.size() - 1] == '.') {
    name.remove_prefix(name.size() - kName.size());
  }
  return equals_ignoring_case(name, kName);
}

}  // namespace

std::unexpected<Error> not_resolved(const std::string& name, const std::string& reason, Errc code) {
  return fail(code, "Could not resolve the host name " + visible(name, 256) + ": " + reason);
}

std::unexpected<Error> lookup_timed_out(const std::string& name) {
  return not_resolved(name, "no answer within 5 seconds", Errc::timeout);
}

Result<std::vector<std::string>> resolve_name(const std::string& name, std::stop_token stop) {
  if (name.empty() || name.find('\0') != std::string::npos) return not_resolved(name, "it is not a name");
  if (auto literal = usual_literal(name)) return std::vector{std::move(*literal)};
  if (is_localhost(name)) return std::vector<std::string>{"127.0.0.1", "::1"};
  return look_up(name, stop);
}

}  // namespace crosslog::base
