// What a server may do to a response, and what is said about it.
#define BOOST_TEST_MODULE curl_lane
#include <sys/resource.h>

#include <atomic>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <csignal>
#include <string>
#include <vector>

#include "crosslog/transport.h"
#include "tests/support/loopback_server.h"

namespace data = boost::unit_test::data;
using namespace std::chrono_literals;
using namespace crosslog;
using namespace crosslog::test;

namespace {

std::unique_ptr<Transport> make() {
  auto transport = make_curl_transport();
  BOOST_REQUIRE(transport);
  return std::move(*transport);
}

HttpRequest get(const LoopbackServer& server) {
  return {.method = "GET", .origin = server.origin()};
}

Result<HttpResponse> fetch(const LoopbackServer& server) {
  return make()->send(get(server), {});
}

std::string closed(const LoopbackServer& server) {
  return "Connection was closed before we received a valid response from endpoint URL: \"" + server.origin() +
         "/\".";
}

long resident_kilobytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(framing)

BOOST_AUTO_TEST_CASE(chunks_with_extensions_and_trailers) {
  LoopbackServer server(
      answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
             "3;name=value\r\nabc\r\n10\r\n0123456789abcdef\r\n0\r\nContent-Encoding: gzip\r\nX: y\r\n\r\n"));
  const auto transport = make();
  for (int i = 0; i < 2; ++i) {
    const auto response = transport->send(get(server), {});
    BOOST_REQUIRE(response);
    BOOST_TEST(response->body == "abc0123456789abcdef");
    BOOST_TEST(response->headers.size() == 1U);
  }
  BOOST_TEST(server.connections() == 1U);
}

BOOST_AUTO_TEST_CASE(a_body_that_ends_with_the_connection) {
  LoopbackServer server(answer_and_close("HTTP/1.0 200 OK\r\nServer: x\r\n\r\nabc"));
  const auto response = fetch(server);
  BOOST_REQUIRE(response);
  BOOST_TEST(response->body == "abc");
}

BOOST_AUTO_TEST_CASE(interim_responses_come_first) {
  LoopbackServer server(
      answer("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + ok("abc")));
  const auto response = fetch(server);
  BOOST_REQUIRE(response);
  BOOST_TEST(response->status == 200);
  BOOST_TEST(response->body == "abc");
  BOOST_TEST(find_header(response->headers, "link").empty());
}

BOOST_AUTO_TEST_CASE(a_response_in_pieces_of_one_byte) {
  LoopbackServer server([](Peer& peer) {
    peer.read_request();
    for (const char c : ok("abc", "A: b\r\n"))
      peer.send({&c, 1});
  });
  const auto response = fetch(server);
  BOOST_REQUIRE(response);
  BOOST_TEST(response->body == "abc");
}

// FIN behind every byte: never a response that is less than the whole. (Behind
// the last CR of a chunked one the whole body and its end have arrived: libcurl
// does not insist on the LF.)
std::size_t without_end(const std::string& whole) {
  return whole.ends_with('\n') ? whole.size() - 1 : whole.size();
}
const std::string kWhole[] = {
    "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 5\r\n\r\nabcde",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\nX: y\r\n\r\n",
};
BOOST_DATA_TEST_CASE(cut_with_fin_at_every_byte, data::make(kWhole)) {
  const std::string whole = sample;
  std::vector<Script> scripts;
  for (std::size_t cut = 0; cut < without_end(whole); ++cut)
    scripts.push_back(answer_and_close(whole.substr(0, cut)));
  LoopbackServer server(scripts);
  const auto transport = make();
  for (std::size_t cut = 0; cut < without_end(whole); ++cut) {
    BOOST_TEST_CONTEXT("cut behind byte " << cut) {
      const auto response = transport->send(get(server), {});
      BOOST_REQUIRE(!response);
      BOOST_TEST(response.error().message == closed(server));
      BOOST_TEST((response.error().code == Errc::network || response.error().code == Errc::protocol));
      BOOST_TEST(!response.error().hints.empty());
    }
  }
  BOOST_TEST(server.connections() == without_end(whole));
}

BOOST_DATA_TEST_CASE(cut_with_rst_at_every_byte, data::make(kWhole)) {
  const std::string whole = sample;
  std::vector<Script> scripts;
  for (std::size_t cut = 0; cut < without_end(whole); ++cut) {
    scripts.push_back([part = whole.substr(0, cut)](Peer& peer) {
      peer.read_request();
      peer.send(part);
      peer.reset();
    });
  }
  LoopbackServer server(scripts);
  const auto transport = make();
  for (std::size_t cut = 0; cut < without_end(whole); ++cut) {
    BOOST_TEST_CONTEXT("reset behind byte " << cut) {
      const auto response = transport->send(get(server), {});
      BOOST_REQUIRE(!response);
      BOOST_TEST(response.error().message == closed(server));
    }
  }
}

const std::string kNotHttp[] = {
    "hello\r\n\r\n",
    "<html><body>HTTP/1.1 200 OK</body></html>",
    "HTTP/0.9 200 OK\r\n\r\n",
    "HTTP/1.1 abc OK\r\n\r\n",
    "HTTP/1.1 200 OK\r\nno colon here\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
    "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabcde",
    "HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nabcde",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nabc\r\n0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffffffffff\r\nabc\r\n0\r\n\r\n",
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",
    "HTTP/2 200\r\nContent-Length: 0\r\n\r\n",
    std::string("HTTP/1.1 200 OK\r\nA: b\0c\r\nContent-Length: 0\r\n\r\n", 46),
};
BOOST_DATA_TEST_CASE(what_is_not_http_is_refused, data::make(kNotHttp)) {
  LoopbackServer server(answer_and_close(sample));
  const auto response = fetch(server);
  BOOST_REQUIRE(!response);
  BOOST_TEST((response.error().code == Errc::protocol || response.error().code == Errc::network));
}

const std::string kEncodings[] = {"Content-Encoding: gzip", "Content-Encoding: identity, gzip, gzip, gzip",
                                  "Content-Encoding: br", "Transfer-Encoding: gzip, chunked",
                                  "Transfer-Encoding: x"};
BOOST_DATA_TEST_CASE(an_encoding_that_nobody_asked_for_is_refused, data::make(kEncodings)) {
  LoopbackServer server(
      answer_and_close("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n" + sample + "\r\n\r\nabc"));
  const auto response = fetch(server);
  BOOST_REQUIRE(!response);
  BOOST_TEST(name(response.error().code) == "protocol");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE(limits)

BOOST_AUTO_TEST_CASE(a_promise_of_400_megabytes_costs_nothing) {
  std::atomic<std::size_t> pieces = 0;
  LoopbackServer server([&](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 400000000\r\n\r\n");
    const std::string piece(64 << 10, 'x');
    while (pieces < 6'400 && peer.send(piece))
      ++pieces;
  });
  static_cast<void>(fetch(server));
  const long before = resident_kilobytes();
  auto request = get(server);
  request.max_response_bytes = 64 << 10;
  const auto response = make()->send(request, {});
  BOOST_REQUIRE(!response);
  BOOST_TEST(name(response.error().code) == "protocol");
  BOOST_TEST(response.error().message ==
             "The response from endpoint URL: \"" + server.origin() + "/\" is larger than 65536 bytes.");
  BOOST_TEST(resident_kilobytes() - before < 1'024);
}

BOOST_AUTO_TEST_CASE(endless_chunks_end_at_the_limit) {
  LoopbackServer server([](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string chunk = "1000\r\n" + std::string(0x1000, 'x') + "\r\n";
    while (peer.send(chunk)) {
    }
  });
  auto request = get(server);
  request.max_response_bytes = 64 << 10;
  const auto response = make()->send(request, {});
  BOOST_REQUIRE(!response);
  BOOST_TEST(name(response.error().code) == "protocol");
}

BOOST_AUTO_TEST_CASE(a_body_of_exactly_the_limit_is_taken) {
  LoopbackServer server(answer(ok(std::string(1000, 'x'))));
  auto request = get(server);
  request.max_response_bytes = 1000;
  BOOST_TEST(make()->send(request, {})->body.size() == 1000U);
  request.max_response_bytes = 999;
  BOOST_TEST(!make()->send(request, {}));
  request.max_response_bytes = 0;
  BOOST_TEST(make()->send(request, {})->body.size() == 1000U);
}

struct Flood {
  std::string what, before, repeated, after;
  friend std::ostream& operator<<(std::ostream& out, const Flood& row) { return out << row.what; }
};
const Flood kFloods[] = {
    {"header lines", "HTTP/1.1 200 OK\r\n", "A: b\r\n", ""},
    {"long header lines", "HTTP/1.1 200 OK\r\n", "A: " + std::string(9'000, 'x') + "\r\n", ""},
    {"one line without end", "HTTP/1.1 200 OK\r\nA: ", std::string(1'000, 'x'), ""},
    {"a status line without end", "HTTP/1.1 200 ", std::string(1'000, 'x'), ""},
    {"interim responses", "", "HTTP/1.1 100 Continue\r\n\r\n", ""},
    {"folded lines", "HTTP/1.1 200 OK\r\nA: b\r\n", " c\r\n", ""},
    {"trailers", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "A: b\r\n", ""},
};
BOOST_DATA_TEST_CASE(a_head_without_end_is_refused, data::make(kFloods)) {
  LoopbackServer server([&](Peer& peer) {
    peer.read_request();
    peer.send(sample.before);
    while (peer.send(sample.repeated)) {
    }
  });
  auto request = get(server);
  request.total_timeout = 60s;
  const auto response = make()->send(request, {});
  BOOST_REQUIRE(!response);
  BOOST_TEST((response.error().code == Errc::protocol || response.error().code == Errc::network));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE(waiting)

const std::string kSilences[] = {"", "HTTP/1.1 200 OK\r\nContent-",
                                 "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",
                                 "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"};
BOOST_DATA_TEST_CASE(silence_ends_with_the_read_timeout, data::make(kSilences)) {
  LoopbackServer server([&](Peer& peer) {
    peer.read_request();
    peer.send(sample);
    peer.wait_for_close();
  });
  auto request = get(server);
  request.read_timeout = 50ms;
  const auto response = make()->send(request, {});
  BOOST_REQUIRE(!response);
  BOOST_TEST(name(response.error().code) == "timeout");
  BOOST_TEST(response.error().message == "Read timeout on endpoint URL: \"" + server.origin() + "/\"");
}

BOOST_AUTO_TEST_CASE(a_drip_ends_with_the_total_timeout) {
  LoopbackServer server([](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
    while (peer.send("x") && peer.pause(5ms)) {
    }
  });
  auto request = get(server);
  request.total_timeout = 200ms;
  const auto response = make()->send(request, {});
  BOOST_REQUIRE(!response);
  BOOST_TEST(name(response.error().code) == "timeout");
  BOOST_TEST(response.error().message == "Read timeout on endpoint URL: \"" + server.origin() + "/\"");
}

BOOST_AUTO_TEST_CASE(a_handshake_that_stalls_ends_with_the_connect_timeout) {
  LoopbackServer server([](Peer& peer) { peer.wait_for_close(); });
  const std::string origin = "https://127.0.0.1:" + std::to_string(server.port());
  const auto response = make()->send({.method = "GET", .origin = origin, .connect_timeout = 100ms}, {});
  BOOST_REQUIRE(!response);
  BOOST_TEST(name(response.error().code) == "timeout");
  BOOST_TEST(response.error().message == "Connect timeout on endpoint URL: \"" + origin + "/\"");
}

BOOST_AUTO_TEST_CASE(no_timeouts_at_all) {
  LoopbackServer server([](Peer& peer) {
    peer.read_request();
    peer.pause(20ms);
    peer.send(ok("x"));
  });
  auto request = get(server);
  request.connect_timeout = request.read_timeout = request.total_timeout = 0ms;
  BOOST_TEST(make()->send(request, {}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE(words)

BOOST_AUTO_TEST_CASE(nobody_listens) {
  const auto response =
      make()->send({.method = "POST", .origin = "http://127.0.0.1:1", .query = "secret"}, {});
  BOOST_REQUIRE(!response);
  BOOST_TEST(name(response.error().code) == "network");
  BOOST_TEST(response.error().message == "Could not connect to the endpoint URL: \"http://127.0.0.1:1/\"");
  BOOST_TEST(response.error().hints.at(0).find("libcurl: ") == 0U);
  BOOST_TEST(response.error().hints.at(0).find("Connection refused") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_name_that_does_not_resolve) {
  const auto response =
      make()->send({.method = "GET", .origin = "https://service.invalid", .path = "/a"}, {});
  BOOST_REQUIRE(!response);
  BOOST_TEST(response.error().message ==
             "Could not connect to the endpoint URL: \"https://service.invalid/a\"");
}

BOOST_AUTO_TEST_CASE(closed_without_an_answer) {
  LoopbackServer server(answer_and_close(""));
  const auto response = fetch(server);
  BOOST_REQUIRE(!response);
  BOOST_TEST(name(response.error().code) == "network");
  BOOST_TEST(response.error().message == closed(server));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE(host_program)

namespace {
volatile std::sig_atomic_t g_signals = 0;
void count(int) {
  g_signals = g_signals + 1;
}
}  // namespace

// A server that resets while we write: the host's own handler sees nothing, and
// is still there.
BOOST_AUTO_TEST_CASE(signals_are_the_hosts) {
  struct sigaction mine{}, before{}, after{};
  mine.sa_handler = count;
  for (const int signal : {SIGPIPE, SIGALRM, SIGCHLD})
    sigaction(signal, &mine, &before);
  LoopbackServer server([](Peer& peer) { peer.reset(); });
  auto request = get(server);
  request.method = "POST";
  request.body = std::string(8 << 20, 'x');
  for (int i = 0; i < 10; ++i)
    BOOST_TEST(!make()->send(request, {}));
  BOOST_TEST(g_signals == 0);
  for (const int signal : {SIGPIPE, SIGALRM, SIGCHLD}) {
    sigaction(signal, nullptr, &after);
    BOOST_TEST((after.sa_handler == count));
  }
}

// Not one descriptor is left: an error, and no loop.
BOOST_AUTO_TEST_CASE(no_descriptors_left) {
  LoopbackServer server(answer(ok("x")));
  const auto transport = make();
  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  const rlimit none{.rlim_cur = 0, .rlim_max = before.rlim_max};
  setrlimit(RLIMIT_NOFILE, &none);
  const auto response = transport->send(get(server), {});
  setrlimit(RLIMIT_NOFILE, &before);
  BOOST_REQUIRE(!response);
  BOOST_TEST(name(response.error().code) == "network");
  BOOST_TEST(transport->send(get(server), {})->body == "x");
}

BOOST_AUTO_TEST_SUITE_END()
