// getaddrinfo(3) can neither be stopped nor given a time limit, so it runs in a
// thread of its own, which is left to itself when nobody waits any longer: it
// owns all that it touches, and receives none of the host program's signals.
#include "base/resolve.h"

#include <netdb.h>
#include <pthread.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include "base/text.h"
#include "base/try.h"

namespace crosslog::base {
namespace {

using Addresses = std::vector<std::string>;

constexpr std::chrono::seconds kPatience{5};

struct Lookup {
  std::mutex mutex;
  std::condition_variable_any done;
  std::optional<Result<Addresses>> result;
};

std::unexpected<Error> not_resolved(const std::string& name, const std::string& reason,
                                    Errc code = Errc::network) {
  return fail(code, "Could not resolve the host name " + visible(name, 256) + ": " + reason);
}

std::string reason_of(int error) {
  return error == EAI_SYSTEM ? std::error_code(errno, std::generic_category()).message()
                             : gai_strerror(error);
}

void add_literal(Addresses& addresses, const addrinfo& info) {
  std::array<char, NI_MAXHOST> text{};
  if (getnameinfo(info.ai_addr, info.ai_addrlen, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) != 0) {
    return;
  }
  if (std::ranges::find(addresses, text.data()) == addresses.end()) addresses.emplace_back(text.data());
}

Result<Addresses> look_up(const std::string& name, int flags) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = flags;
  addrinfo* list = nullptr;
  if (const int error = getaddrinfo(name.c_str(), nullptr, &hints, &list); error != 0) {
    return not_resolved(name, reason_of(error));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned(list, freeaddrinfo);
  Addresses addresses;
  for (const addrinfo* info = list; info != nullptr; info = info->ai_next)
    add_literal(addresses, *info);
  if (addresses.empty()) return not_resolved(name, "it has no address");
  return addresses;
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

class SignalsBlocked {
 public:
  SignalsBlocked() noexcept {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

// False: there is no thread to be had.
bool start(const std::shared_ptr<Lookup>& lookup, const std::string& name) {
  const SignalsBlocked inherited;
  try {
    std::thread([lookup, name] {
      auto result = look_up(name, 0);
      const std::lock_guard lock(lookup->mutex);
      lookup->result = std::move(result);
      lookup->done.notify_all();
    }).detach();
  } catch (const std::system_error&) {
    return false;
  }
  return true;
}

}  // namespace

Result<std::vector<std::string>> resolve_name(const std::string& name, std::stop_token stop) {
  if (name.empty() || name.find('\0') != std::string::npos) return not_resolved(name, "it is not a name");
  if (auto literal = look_up(name, AI_NUMERICHOST)) return literal;
  if (is_localhost(name)) return Addresses{"127.0.0.1", "::1"};
  const auto lookup = std::make_shared<Lookup>();
  if (!start(lookup, name)) return not_resolved(name, "no thread to be had");
  std::unique_lock lock(lookup->mutex);
  if (lookup->done.wait_for(lock, stop, kPatience, [&] { return lookup->result.has_value(); })) {
    return std::move(*lookup->result);
  }
  if (stop.stop_requested()) return fail(Errc::cancelled, "Cancelled");
  return not_resolved(name, "no answer within 5 seconds", Errc::timeout);
}

}  // namespace crosslog::base
