// For a program without NSS: c-ares reads resolv.conf and hosts itself, as it
// does for libcurl, and it can be stopped and given a time limit.
#include <ares.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "base/lookup.h"

namespace crosslog::base {
namespace {

using Addresses = std::vector<std::string>;
using Channel = std::unique_ptr<ares_channeldata, decltype(&ares_destroy)>;

struct Answer {
  std::optional<int> status;
  Addresses addresses;
};

// c-ares answers in the caller's thread, also while a channel is destroyed.
void on_answer(void* user, int status, int, ares_addrinfo* found) {
  auto& answer = *static_cast<Answer*>(user);
  answer.status = status;
  const std::unique_ptr<ares_addrinfo, decltype(&ares_freeaddrinfo)> owned(found, ares_freeaddrinfo);
  for (auto* node = found == nullptr ? nullptr : found->nodes; node != nullptr; node = node->ai_next) {
    const void* address =
        node->ai_family == AF_INET
            ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in*>(node->ai_addr)->sin_addr)
            : static_cast<const void*>(&reinterpret_cast<const sockaddr_in6*>(node->ai_addr)->sin6_addr);
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (inet_ntop(node->ai_family, address, text.data(), text.size()) == nullptr) continue;
    if (std::ranges::find(answer.addresses, text.data()) == answer.addresses.end()) {
      answer.addresses.emplace_back(text.data());
    }
  }
}

// Becomes readable when a stop is asked for.
class StopDescriptor {
 public:
  explicit StopDescriptor(const std::stop_token& stop)
      : fd_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), callback_(std::in_place, stop, Wake{fd_}) {}
  StopDescriptor(const StopDescriptor&) = delete;
  StopDescriptor& operator=(const StopDescriptor&) = delete;
  ~StopDescriptor() {
    callback_.reset();
    if (fd_ >= 0) close(fd_);
  }
  [[nodiscard]] int get() const noexcept { return fd_; }

 private:
  struct Wake {
    int fd;
    void operator()() const noexcept {
      const std::uint64_t one = 1;
      [[maybe_unused]] const ssize_t written = write(fd, &one, sizeof(one));
    }
  };
  int fd_;
  std::optional<std::stop_callback<Wake>> callback_;
};

int milliseconds_to_wait(ares_channel channel, std::chrono::milliseconds left) {
  timeval longest{.tv_sec = left.count() / 1000, .tv_usec = left.count() % 1000 * 1000};
  timeval next{};
  const timeval* const wait = ares_timeout(channel, &longest, &next);
  return static_cast<int>(wait->tv_sec * 1000 + (wait->tv_usec + 999) / 1000);
}

// One round: waits for c-ares's sockets, a stop or c-ares's next deadline.
void wait_and_process(ares_channel channel, const StopDescriptor& stopped, std::chrono::milliseconds left) {
  std::array<ares_socket_t, ARES_GETSOCK_MAXNUM> sockets{};
  const auto bits = static_cast<unsigned>(ares_getsock(channel, sockets.data(), sockets.size()));
  std::array<pollfd, ARES_GETSOCK_MAXNUM + 1> polled{};
  std::size_t count = 0;
  polled[count++] = {.fd = stopped.get(), .events = POLLIN, .revents = 0};
  for (unsigned i = 0; i < ARES_GETSOCK_MAXNUM; ++i) {
    const bool reads = (bits >> i & 1U) != 0;
    const bool writes = (bits >> (i + ARES_GETSOCK_MAXNUM) & 1U) != 0;
    if (!reads && !writes) continue;
    polled[count++] = {.fd = sockets[i],
                       .events = static_cast<short>((reads ? POLLIN : 0) | (writes ? POLLOUT : 0)),
                       .revents = 0};
  }
  poll(polled.data(), count, milliseconds_to_wait(channel, left));
  ares_process_fd(channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);  // what has timed out
  for (const pollfd& ready : std::span(polled).subspan(1, count - 1)) {
    if (ready.revents == 0) continue;
    ares_process_fd(channel, (ready.events & POLLIN) != 0 ? ready.fd : ARES_SOCKET_BAD,
                    (ready.events & POLLOUT) != 0 ? ready.fd : ARES_SOCKET_BAD);
  }
}

}  // namespace

Result<Addresses> look_up(const std::string& name, const std::stop_token& stop) {
  Answer answer;  // outlives the channel
  ares_channel opened = nullptr;
  if (const int status = ares_init(&opened); status != ARES_SUCCESS)
    return not_resolved(name, ares_strerror(status));
  const Channel channel(opened, ares_destroy);
  const StopDescriptor stopped(stop);
  const auto until = std::chrono::steady_clock::now() + kLookupPatience;
  ares_addrinfo_hints hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  ares_getaddrinfo(channel.get(), name.c_str(), nullptr, &hints, on_answer, &answer);
  while (!answer.status) {
    if (stop.stop_requested()) return fail(Errc::cancelled, "Cancelled");
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() <= 0) return lookup_timed_out(name);
    wait_and_process(channel.get(), stopped, left);
  }
  if (*answer.status != ARES_SUCCESS) return not_resolved(name, ares_strerror(*answer.status));
  if (answer.addresses.empty()) return not_resolved(name, "it has no address");
  return std::move(answer.addresses);
}

}  // namespace crosslog::base
