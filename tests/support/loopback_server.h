// A server of raw sockets on 127.0.0.1 that does what a script says: exact bytes,
// pauses, cuts and resets at any byte. No HTTP library stands between, as the
// faults to play are those that no HTTP library would make.
#ifndef CROSSLOG_TESTS_SUPPORT_LOOPBACK_SERVER_H_
#define CROSSLOG_TESTS_SUPPORT_LOOPBACK_SERVER_H_

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

typedef struct ssl_st SSL;
typedef struct ssl_ctx_st SSL_CTX;

namespace crosslog::test {

class LoopbackServer;

// One accepted connection, as its script sees it. Closed when the script returns.
class Peer {
 public:
  // The next request's exact bytes, with as much body as content-length says.
  // Empty when the client has closed. The server records it.
  std::string read_request();
  // False when the client is gone.
  bool send(std::string_view bytes);
  // Returns early, false, when the server is being destroyed.
  bool pause(std::chrono::milliseconds time);
  // Waits until the client closes.
  void wait_for_close();
  // Closes with RST instead of FIN.
  void reset();
  // From here on everything goes through TLS. False: the handshake failed.
  bool start_tls(SSL_CTX* context);

 private:
  friend class LoopbackServer;
  Peer(LoopbackServer& server, int socket) noexcept : server_(server), socket_(socket) {}
  std::ptrdiff_t receive(char* bytes, std::size_t size);
  void finish();

  LoopbackServer& server_;
  int socket_;
  SSL* tls_ = nullptr;
  std::string buffer_;
};

using Script = std::function<void(Peer&)>;

// Answers every request of a connection with `bytes`.
Script answer(std::string bytes);
// Answers one request with `bytes`, then closes.
Script answer_and_close(std::string bytes);
// "HTTP/1.1 200 OK" with a content-length and `body`.
std::string ok(std::string_view body, std::string_view more_headers = {});

class LoopbackServer {
 public:
  // The n-th connection plays the n-th script, further ones the last.
  explicit LoopbackServer(std::vector<Script> scripts);
  explicit LoopbackServer(Script script) : LoopbackServer(std::vector<Script>{std::move(script)}) {}
  ~LoopbackServer();
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  [[nodiscard]] std::string origin() const { return "http://127.0.0.1:" + std::to_string(port_); }
  // In the order in which they were read.
  [[nodiscard]] std::vector<std::string> requests() const;
  [[nodiscard]] std::size_t connections() const;
  // Waits until `count` requests were read; false after 10 s.
  [[nodiscard]] bool wait_for_requests(std::size_t count) const;

 private:
  friend class Peer;
  void accept_all();
  void serve(int socket, std::size_t number);
  void record(const std::string& request);

  std::vector<Script> scripts_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool stopping_ = false;
  std::vector<std::string> requests_;
  std::vector<int> sockets_;
  std::list<std::thread> threads_;
  std::size_t connections_ = 0;
  std::thread acceptor_;
};

}  // namespace crosslog::test

#endif  // CROSSLOG_TESTS_SUPPORT_LOOPBACK_SERVER_H_
