#include "sandbox/server.h"

#include <unistd.h>

#include <array>
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <csignal>
#include <list>
#include <optional>

#include "sandbox/text.h"

namespace crosslog::sandbox {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::size_t kMaxHead = 65536;
constexpr std::size_t kMaxBody = 1048576;
constexpr std::size_t kMaxConnections = 1024;
constexpr std::size_t kPiece = 65536;
constexpr auto kIdle = std::chrono::seconds(120);

template <typename T = void>
using Task = asio::awaitable<T>;

// No exceptions on the way: errors come back beside the value.
constexpr auto kToken = asio::as_tuple(asio::use_awaitable);

// Writes an answer_exchange as its delivery says. False: the connection is to be closed.
class Writer {
 public:
  Writer(beast::tcp_stream& stream, const Delivery& delivery) : stream_(stream), delivery_(delivery) {}

  [[nodiscard]] std::uint64_t sent() const { return sent_; }

  // As much of it as may be sent, at the pace that is asked for.
  Task<bool> write(std::string_view bytes) {
    while (!bytes.empty()) {
      const std::size_t step = next_step(bytes.size());
      if (step == 0) co_return false;
      stream_.expires_after(kIdle);
      const auto [error, written] =
          co_await asio::async_write(stream_, asio::buffer(bytes.data(), step), kToken);
      sent_ += written;
      if (error) co_return false;
      bytes.remove_prefix(step);
      if (delivery_.bytes_per_second > 0) co_await pause(step);
    }
    co_return true;
  }

  void cut_at(std::optional<std::uint64_t> total) { cut_ = total; }

 private:
  [[nodiscard]] std::size_t next_step(std::size_t size) const {
    std::uint64_t step = std::min(size, kPiece);
    // Ten pieces a second, at least a byte each.
    if (delivery_.bytes_per_second > 0)
      step = std::min<std::uint64_t>(step, std::max<std::uint64_t>(1, delivery_.bytes_per_second / 10));
    if (cut_) step = std::min(step, *cut_ > sent_ ? *cut_ - sent_ : 0);
    return static_cast<std::size_t>(step);
  }

  Task<> pause(std::size_t bytes) {
    asio::steady_timer timer(stream_.get_executor());
    timer.expires_after(std::chrono::microseconds(bytes * 1000000 / delivery_.bytes_per_second));
    co_await timer.async_wait(kToken);
  }

  beast::tcp_stream& stream_;
  const Delivery& delivery_;
  std::optional<std::uint64_t> cut_;
  std::uint64_t sent_ = 0;
};

std::string chunk(std::string_view bytes) {
  std::string out;
  for (std::size_t size = bytes.size(); size > 0; size /= 16)
    out.insert(out.begin(), "0123456789abcdef"[size % 16]);
  return out.append("\r\n").append(bytes).append("\r\n");
}

Task<bool> write_chunked(Writer& writer, const Response& response, const Delivery& delivery) {
  std::string_view body = response.body;
  const std::size_t size = std::max<std::size_t>(1, delivery.chunk_bytes > 0 ? delivery.chunk_bytes : kPiece);
  while (!body.empty()) {
    const std::string piece = chunk(body.substr(0, size));
    body.remove_prefix(std::min(size, body.size()));
    if (!co_await writer.write(piece)) co_return false;
  }
  const std::string blanks = chunk(std::string(kPiece, ' '));
  while (delivery.endless)
    if (!co_await writer.write(blanks)) co_return false;
  const std::string end = delivery.trailer ? "0\r\nX-Trailer: 1\r\n\r\n" : "0\r\n\r\n";
  co_return co_await writer.write(end);
}

Task<bool> write_body(Writer& writer, const Response& response, const Delivery& delivery) {
  if (delivery.chunk_bytes > 0 || delivery.endless)
    co_return co_await write_chunked(writer, response, delivery);
  if (!co_await writer.write(response.body)) co_return false;
  const std::string blanks(delivery.filler_bytes > 0 ? kPiece : 0, ' ');
  for (std::uint64_t left = delivery.filler_bytes; left > 0;) {
    const auto step = static_cast<std::size_t>(std::min<std::uint64_t>(left, blanks.size()));
    const std::string_view piece = std::string_view(blanks).substr(0, step);
    if (!co_await writer.write(piece)) co_return false;
    left -= step;
  }
  co_return true;
}

Task<> wait(beast::tcp_stream& stream, std::chrono::milliseconds time) {
  asio::steady_timer timer(stream.get_executor());
  timer.expires_after(time);
  co_await timer.async_wait(kToken);
}

// Says nothing until the client has gone.
Task<> outwait(beast::tcp_stream& stream) {
  std::array<char, 256> ignored{};
  stream.expires_never();
  for (;;) {
    const auto [error, read] = co_await stream.async_read_some(asio::buffer(ignored), kToken);
    if (error) co_return;
  }
}

void reset(beast::tcp_stream& stream) {
  stream.socket().set_option(asio::socket_base::linger(true, 0));
  stream.close();
}

struct Answered {
  bool keep = false;
  std::uint64_t bytes = 0;
};

Task<Answered> answer_exchange(beast::tcp_stream& stream, const Exchange& exchange, bool keep_alive,
                               bool with_body) {
  const Delivery& delivery = exchange.delivery;
  if (delivery.delay.count() > 0) co_await wait(stream, delivery.delay);
  if (delivery.hang) co_await outwait(stream);
  Answered out;
  if (!delivery.no_answer && !delivery.hang) {
    const bool cuts = delivery.cut_after || delivery.cut_body_after || delivery.claimed_length;
    out.keep = keep_alive && !delivery.close_after && !cuts && !delivery.endless;
    const std::string head = response_head(exchange.response, delivery, out.keep);
    Writer writer(stream, delivery);
    writer.cut_at(delivery.cut_body_after ? std::optional(head.size() + *delivery.cut_body_after)
                                          : delivery.cut_after);
    if (!co_await writer.write(head))
      out.keep = false;
    else if (with_body && !co_await write_body(writer, exchange.response, delivery))
      out.keep = false;
    out.bytes = writer.sent();
  }
  if (delivery.reset) reset(stream);
  co_return out;
}

Exchange refused_request(int status) {
  Exchange exchange;
  exchange.response.status = status;
  exchange.response.set("Content-Type", "text/plain");
  exchange.response.body = std::string(reason_phrase(status)) + "\n";
  exchange.log_line = "- - -";
  return exchange;
}

// What came in, or the status of the refusal; 0: nothing more to say on this connection.
struct Arrived {
  RawRequest request;
  bool keep_alive = false;
  int refusal = 0;
  bool ended = false;
};

class RequestReader {
 public:
  explicit RequestReader(beast::tcp_stream& stream) : stream_(stream) {}

  Task<Arrived> next() {
    Arrived arrived;
    stream_.expires_after(kIdle);
    const auto [error, head_size] =
        co_await asio::async_read_until(stream_, asio::dynamic_buffer(buffer_, kMaxHead), "\r\n\r\n", kToken);
    if (error == asio::error::not_found) co_return refuse(arrived, 431);
    if (error) {
      arrived.ended = true;
      co_return arrived;
    }
    const std::string head = buffer_.substr(0, head_size);
    auto raw = parse_head(head);
    http::request_parser<http::string_body> parser;
    parser.header_limit(kMaxHead + 1024);
    parser.body_limit(kMaxBody);
    parser.eager(true);
    error_code parse_error;
    if (!raw) co_return refuse(arrived, 400);
    feed(parser, head_size, parse_error);
    if (parse_error) co_return refuse(arrived, status_of(parse_error));
    arrived.request = std::move(*raw);
    co_await read_body(parser, arrived);
    co_return arrived;
  }

 private:
  static Arrived refuse(Arrived arrived, int status) {
    arrived.refusal = status;
    return arrived;
  }

  static int status_of(const error_code& error) { return error == http::error::body_limit ? 413 : 400; }

  // Gives the parser the first `size` bytes of the buffer.
  void feed(http::request_parser<http::string_body>& parser, std::size_t size, error_code& error) {
    const std::size_t used = parser.put(asio::buffer(buffer_.data(), size), error);
    buffer_.erase(0, used);
    if (error == http::error::need_more) error = {};
  }

  Task<> read_body(http::request_parser<http::string_body>& parser, Arrived& arrived) {
    error_code parse_error;
    if (!parser.is_done() && lower(arrived.request.header("expect").value_or("")) == "100-continue") {
      constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
      co_await asio::async_write(stream_, asio::buffer(kContinue.data(), kContinue.size()), kToken);
    }
    while (!parser.is_done() && !parse_error) {
      const std::size_t before = buffer_.size();
      if (before > 0) feed(parser, before, parse_error);
      if (parser.is_done() || parse_error) break;
      if (before > 0 && buffer_.size() < before) continue;  // it took some: it may take more
      const auto more = co_await read_some();
      if (!more) {
        arrived.ended = true;
        co_return;
      }
    }
    if (parse_error) {
      arrived.refusal = status_of(parse_error);
      co_return;
    }
    arrived.keep_alive = parser.get().keep_alive();
    arrived.request.body = std::move(parser.get().body());
  }

  Task<bool> read_some() {
    const std::size_t size = buffer_.size();
    buffer_.resize(size + kPiece);
    stream_.expires_after(kIdle);
    const auto [error, read] =
        co_await stream_.async_read_some(asio::buffer(buffer_.data() + size, kPiece), kToken);
    buffer_.resize(size + read);
    co_return !error;
  }

  beast::tcp_stream& stream_;
  std::string buffer_;
};

// Requests and answers on one connection, until either side has had enough.
Task<> converse(beast::tcp_stream& stream, const Handler& handler,
                const std::function<void(std::string_view)>& log) {
  RequestReader reader(stream);
  for (bool keep = true; keep;) {
    const Arrived arrived = co_await reader.next();
    if (arrived.ended) break;
    const Exchange exchange =
        arrived.refusal != 0 ? refused_request(arrived.refusal) : handler(arrived.request);
    const Answered answered =
        co_await answer_exchange(stream, exchange, arrived.keep_alive, arrived.request.method != "HEAD");
    if (log && !exchange.log_line.empty())
      log(exchange.log_line + " " + std::to_string(exchange.response.status) + " " +
          std::to_string(answered.bytes));
    keep = answered.keep;
  }
}

}  // namespace

struct Server::Impl {
  asio::io_context context{1};
  std::function<void(std::string_view)> log;
  std::list<tcp::acceptor> acceptors;
  std::list<Handler> handlers;
  std::size_t connections = 0;

  // What is thrown here (a socket that is gone already, no memory) ends this connection alone.
  Task<> serve(tcp::socket socket, const Handler& handler) {
    struct Count {
      std::size_t& count;
      ~Count() { --count; }
    } const counted{++connections};
    beast::tcp_stream stream(std::move(socket));
    stream.socket().set_option(tcp::no_delay(true));
    co_await converse(stream, handler, log);
  }

  Task<> accept(tcp::acceptor& acceptor, const Handler& handler) {
    for (;;) {
      auto [error, socket] = co_await acceptor.async_accept(kToken);
      if (error == asio::error::operation_aborted) co_return;
      if (error || connections >= kMaxConnections) {
        // Out of descriptors or too many at once: give the others time to end.
        asio::steady_timer timer(context, std::chrono::milliseconds(20));
        co_await timer.async_wait(kToken);
        if (error) continue;
      }
      asio::co_spawn(context, serve(std::move(socket), handler), asio::detached);
    }
  }

  Task<> watch_stdin() {
    asio::posix::stream_descriptor input(context, ::dup(STDIN_FILENO));
    std::array<char, 256> ignored{};
    for (;;) {
      const auto [error, read] = co_await input.async_read_some(asio::buffer(ignored), kToken);
      if (error) break;
    }
    context.stop();
  }
};

Server::Server(std::function<void(std::string_view)> log) : impl_(std::make_unique<Impl>()) {
  impl_->log = std::move(log);
}

Server::~Server() = default;

std::uint16_t Server::listen(std::uint16_t port, Handler handler, std::string& error) {
  auto& acceptor = impl_->acceptors.emplace_back(impl_->context);
  const tcp::endpoint endpoint(asio::ip::address_v4::loopback(), port);
  try {
    acceptor.open(endpoint.protocol());
    acceptor.set_option(asio::socket_base::reuse_address(true));
    acceptor.bind(endpoint);
    acceptor.listen();
  } catch (const boost::system::system_error& failed) {
    error = "port " + std::to_string(port) + ": " + failed.code().message();
    return 0;
  }
  const Handler& kept = impl_->handlers.emplace_back(std::move(handler));
  asio::co_spawn(impl_->context, impl_->accept(acceptor, kept), asio::detached);
  return acceptor.local_endpoint().port();
}

void Server::run(bool until_stdin_closes) {
  asio::signal_set signals(impl_->context, SIGINT, SIGTERM);
  signals.async_wait([this](const error_code&, int) { impl_->context.stop(); });
  if (until_stdin_closes) asio::co_spawn(impl_->context, impl_->watch_stdin(), asio::detached);
  impl_->context.run();
}

}  // namespace crosslog::sandbox
