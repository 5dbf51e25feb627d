// getaddrinfo(3) can neither be stopped nor given a time limit, so it runs in a
// thread of its own, which is left to itself when nobody waits any longer: it
// owns all that it touches, and receives none of the host program's signals.
#include <netdb.h>
#include <pthread.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "base/lookup.h"

namespace crosslog::base {
namespace {

using Addresses = std::vector<std::string>;

struct Lookup {
  std::mutex mutex;
  std::condition_variable_any done;
  std::optional<Result<Addresses>> result;
};

std::string lookup_reason_of(int error) {
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

Result<Addresses> ask_system(const std::string& name) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  if (const int error = getaddrinfo(name.c_str(), nullptr, &hints, &list); error != 0) {
    return not_resolved(name, lookup_reason_of(error));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned(list, freeaddrinfo);
  Addresses addresses;
  for (const addrinfo* info = list; info != nullptr; info = info->ai_next)
    add_literal(addresses, *info);
  if (addresses.empty()) return not_resolved(name, "it has no address");
  return addresses;
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
bool start_lookup(const std::shared_ptr<Lookup>& lookup, const std::string& name) {
  const SignalsBlocked inherited;
  try {
    std::thread([lookup, name] {
      auto result = ask_system(name);
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

Result<Addresses> look_up(const std::string& name, const std::stop_token& stop) {
  const auto lookup = std::make_shared<Lookup>();
  if (!start_lookup(lookup, name)) return not_resolved(name, "no thread to be had");
  std::unique_lock lock(lookup->mutex);
  if (lookup->done.wait_for(lock, stop, kLookupPatience, [&] { return lookup->result.has_value(); })) {
    return std::move(*lookup->result);
  }
  if (stop.stop_requested()) return fail(Errc::cancelled, "Cancelled");
  return lookup_timed_out(name);
}

}  // namespace crosslog::base
