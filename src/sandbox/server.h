// HTTP/1.1 on loopback, by Boost.Beast and Asio: one thread, one coroutine a connection.
// The bytes of each head are kept as they came, because signatures cover them; Beast
// does the framing.
#ifndef CROSSLOG_SRC_SANDBOX_SERVER_H_
#define CROSSLOG_SRC_SANDBOX_SERVER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "sandbox/raw_request.h"
#include "sandbox/response.h"

namespace crosslog::sandbox {

using Handler = std::function<Exchange(const RawRequest&)>;

class Server {
 public:
  // `log` gets one line a request; may be empty. References must outlive the server.
  explicit Server(std::function<void(std::string_view)> log);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Listens on 127.0.0.1; port 0 picks one. Returns the port, or 0 and a reason.
  std::uint16_t listen(std::uint16_t port, Handler handler, std::string& error);
  // Until SIGINT, SIGTERM, or the end of stdin when asked for.
  void run(bool until_stdin_closes);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_SERVER_H_
