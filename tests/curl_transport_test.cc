// The transport end to end: the exact bytes that leave, policy, proxies, the pool,
// cancelling. What a response may do to it is curl_lane_test.cc's.
#define BOOST_TEST_MODULE curl_transport
#include "crosslog/transport.h"

#include <atomic>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/loopback_server.h"
#include "tests/support/test_ca.h"

namespace data = boost::unit_test::data;
using namespace std::chrono_literals;
using namespace crosslog;
using namespace crosslog::test;

namespace {

// Whatever the environment says is not for libcurl to read: all of this names a
// port where nobody listens.
struct HostileEnvironment {
  HostileEnvironment() {
    for (const char* name :
         {"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
      setenv(name, "http://127.0.0.1:1", 1);
    }
    setenv("no_proxy", "", 1);
  }
};
BOOST_TEST_GLOBAL_FIXTURE(HostileEnvironment);

std::unique_ptr<Transport> make(CurlOptions options = {}) {
  auto transport = make_curl_transport(std::move(options));
  BOOST_REQUIRE(transport);
  return std::move(*transport);
}

HttpRequest get(const LoopbackServer& server) {
  return {.method = "GET", .origin = server.origin()};
}

std::string host_of(const LoopbackServer& server) {
  return "127.0.0.1:" + std::to_string(server.port());
}

std::string sent(const LoopbackServer& server, std::size_t index = 0) {
  const auto requests = server.requests();
  return index < requests.size() ? requests[index] : "";
}

// A proxy that lets one tunnel through and is the service behind it as well.
Script tunnel(SSL_CTX* tls, std::string answer_bytes) {
  return [tls, answer_bytes = std::move(answer_bytes)](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 Connection established\r\nX-Proxy: yes\r\n\r\n");
    if (!peer.start_tls(tls)) return;
    while (!peer.read_request().empty() && peer.send(answer_bytes)) {
    }
  };
}

struct Text : BodySink {
  Result<void> write(std::string_view bytes) override {
    text += bytes;
    return {};
  }
  std::string text;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(bytes)

BOOST_AUTO_TEST_CASE(a_post_is_its_headers_and_no_more) {
  LoopbackServer server(answer(ok("hello", "X-Amzn-RequestId: 1\r\n")));
  const auto response = make()->send({.method = "POST",
                                      .origin = server.origin(),
                                      .headers = {{"content-type", "application/x-amz-json-1.1"},
                                                  {"X-Amz-Target", "Logs_20140328.GetLogEvents"},
                                                  {"authorization", "AWS4-HMAC-SHA256 x"},
                                                  {"x-odd", "a  b\tc "},
                                                  {"x-empty", ""}},
                                      .body = "{}"},
                                     {});
  BOOST_REQUIRE(response);
  BOOST_TEST(response->status == 200);
  BOOST_TEST(response->body == "hello");
  BOOST_TEST(find_header(response->headers, "x-amzn-requestid") == "1");
  BOOST_TEST(sent(server) ==
             "POST / HTTP/1.1\r\nHost: " + host_of(server) +
                 "\r\ncontent-type: application/x-amz-json-1.1\r\n"
                 "X-Amz-Target: Logs_20140328.GetLogEvents\r\nauthorization: AWS4-HMAC-SHA256 x\r\n"
                 "x-odd: a  b\tc \r\nx-empty:\r\nContent-Length: 2\r\n\r\n{}");
}

BOOST_AUTO_TEST_CASE(a_get_without_headers_is_two_lines) {
  LoopbackServer server(answer(ok("")));
  BOOST_REQUIRE(make()->send(get(server), {}));
  BOOST_TEST(sent(server) == "GET / HTTP/1.1\r\nHost: " + host_of(server) + "\r\n\r\n");
}

struct Target {
  std::string path, query, line;
  friend std::ostream& operator<<(std::ostream& out, const Target& row) { return out << row.line; }
};
const Target kTargets[] = {
    {"/", "", "/"},
    {"/a/../b/./c//d", "", "/a/../b/./c//d"},
    {"/../..", "x=1", "/../..?x=1"},
    {"/%2e%2E/%41%zz", "", "/%2e%2E/%41%zz"},
    {"/\xc3\xa9", "q=\xc3\xa9", "/\xc3\xa9?q=\xc3\xa9"},
    {"/a;b=c,d'e\"f<g>|h\\i^j`k{l}#m", "", "/a;b=c,d'e\"f<g>|h\\i^j`k{l}#m"},
    {"/", "a=b?c&d=/../#e", "/?a=b?c&d=/../#e"},
    {"//evil.example/x", "", "//evil.example/x"},
    {"/@evil.example:80/", "", "/@evil.example:80/"},
};
BOOST_DATA_TEST_CASE(path_and_query_are_sent_as_they_are, data::make(kTargets)) {
  LoopbackServer server(answer(ok("")));
  auto request = get(server);
  request.path = sample.path;
  request.query = sample.query;
  BOOST_REQUIRE(make()->send(request, {}));
  BOOST_TEST(sent(server).substr(0, sent(server).find("\r\n")) == "GET " + sample.line + " HTTP/1.1");
}

BOOST_AUTO_TEST_CASE(the_host_header_of_the_request_is_used_as_it_is) {
  LoopbackServer server(answer(ok("")));
  auto request = get(server);
  request.headers = {{"a", "b"}, {"Host", "logs.eu-west-1.amazonaws.com"}};
  BOOST_REQUIRE(make()->send(request, {}));
  BOOST_TEST(sent(server) == "GET / HTTP/1.1\r\nHost: logs.eu-west-1.amazonaws.com\r\na: b\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(a_given_content_length_is_not_repeated) {
  LoopbackServer server(answer(ok("")));
  auto request = get(server);
  request.method = "POST";
  request.headers = {{"content-length", "3"}};
  request.body = "abc";
  BOOST_REQUIRE(make()->send(request, {}));
  BOOST_TEST(sent(server) ==
             "POST / HTTP/1.1\r\nHost: " + host_of(server) + "\r\ncontent-length: 3\r\n\r\nabc");
}

BOOST_AUTO_TEST_CASE(headers_that_libcurl_would_add_are_sent_when_given) {
  LoopbackServer server(answer(ok("")));
  auto request = get(server);
  request.headers = {{"Accept", "*/*"}, {"user-agent", "aws-cli/2"}, {"Accept-Encoding", "identity"}};
  BOOST_REQUIRE(make()->send(request, {}));
  BOOST_TEST(sent(server) ==
             "GET / HTTP/1.1\r\nHost: " + host_of(server) +
                 "\r\nAccept: */*\r\nuser-agent: aws-cli/2\r\nAccept-Encoding: identity\r\n\r\n");
}

struct Method {
  std::string method, body, tail;
  friend std::ostream& operator<<(std::ostream& out, const Method& row) {
    return out << row.method << row.body;
  }
};
const Method kMethods[] = {
    {"PUT", "", "Content-Length: 0\r\n\r\n"},
    {"POST", "", "Content-Length: 0\r\n\r\n"},
    {"PATCH", "", "Content-Length: 0\r\n\r\n"},
    {"PUT", "abc", "Content-Length: 3\r\n\r\nabc"},
    {"GET", "abc", "Content-Length: 3\r\n\r\nabc"},
    {"DELETE", "", "\r\n"},
    {"DELETE", "abc", "Content-Length: 3\r\n\r\nabc"},
    {"OPTIONS", "", "\r\n"},
    {"M-SEARCH", "", "\r\n"},
};
BOOST_DATA_TEST_CASE(any_method_with_or_without_a_body, data::make(kMethods)) {
  LoopbackServer server(answer(ok("")));
  auto request = get(server);
  request.method = sample.method;
  request.body = sample.body;
  BOOST_REQUIRE(make()->send(request, {}));
  BOOST_TEST(sent(server) ==
             sample.method + " / HTTP/1.1\r\nHost: " + host_of(server) + "\r\n" + sample.tail);
}

BOOST_AUTO_TEST_CASE(a_body_is_bytes) {
  LoopbackServer server(answer(ok("")));
  auto request = get(server);
  request.method = "POST";
  request.body = std::string("\0\r\n\xff", 4) + std::string(2 << 20, 'x');
  BOOST_REQUIRE(make()->send(request, {}));
  BOOST_TEST(sent(server).substr(sent(server).find("\r\n\r\n") + 4) == request.body);
  BOOST_TEST(sent(server).find("Expect") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(head_has_no_body_whatever_it_promises) {
  LoopbackServer server(answer("HTTP/1.1 200 OK\r\nContent-Length: 400000000\r\n\r\n"));
  auto request = get(server);
  request.method = "HEAD";
  const auto transport = make();
  for (int i = 0; i < 2; ++i) {
    const auto response = transport->send(request, {});
    BOOST_REQUIRE(response);
    BOOST_TEST(response->body.empty());
  }
}

BOOST_AUTO_TEST_CASE(one_request_leaves_nothing_for_the_next) {
  LoopbackServer server([](Peer& peer) {
    for (std::string request; !(request = peer.read_request()).empty();) {
      peer.send(request.starts_with("HEAD") ? ok("x").substr(0, ok("x").size() - 1) : ok("x"));
    }
  });
  const auto transport = make();
  auto request = get(server);
  request.method = "POST";
  request.body = "abc";
  request.headers = {{"x-secret", "1"}, {"cookie", "a=b"}, {"content-type", "x/y"}};
  BOOST_REQUIRE(transport->send(request, {}));
  auto head = get(server);
  head.method = "HEAD";
  head.query = "q";
  BOOST_REQUIRE(transport->send(get(server), {}));
  BOOST_REQUIRE(transport->send(head, {}));
  BOOST_TEST(transport->send(get(server), {})->body == "x");
  BOOST_TEST(sent(server, 3) == sent(server, 1));
  BOOST_TEST(sent(server, 1) == "GET / HTTP/1.1\r\nHost: " + host_of(server) + "\r\n\r\n");
  BOOST_TEST(server.connections() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE(policy)

BOOST_AUTO_TEST_CASE(what_cannot_be_sent_reaches_nobody) {
  LoopbackServer server(answer(ok("")));
  auto request = get(server);
  request.headers = {{"x", "a\r\nEvil: yes"}};
  const auto response = make()->send(request, {});
  BOOST_REQUIRE(!response);
  BOOST_TEST(name(response.error().code) == "invalid_argument");
  BOOST_TEST(server.connections() == 0U);
}

BOOST_AUTO_TEST_CASE(plain_http_to_a_stranger_is_refused) {
  const auto response = make()->send({.method = "GET", .origin = "http://service.example"}, {});
  BOOST_REQUIRE(!response);
  BOOST_TEST(name(response.error().code) == "invalid_argument");
}

BOOST_AUTO_TEST_CASE(plain_http_where_the_user_said_so_and_connect_to) {
  LoopbackServer server(answer(ok("x")));
  HttpRequest request{.method = "GET",
                      .origin = "http://service.example:" + std::to_string(server.port()),
                      .allow_plain_http = true,
                      .connect_to = "127.0.0.1"};
  BOOST_REQUIRE(make()->send(request, {}));
  BOOST_TEST(sent(server) ==
             "GET / HTTP/1.1\r\nHost: service.example:" + std::to_string(server.port()) + "\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(a_redirect_is_just_a_status) {
  LoopbackServer other(answer(ok("x")));
  LoopbackServer server(
      answer("HTTP/1.1 302 Found\r\nLocation: " + other.origin() + "/\r\nContent-Length: 0\r\n\r\n"));
  const auto response = make()->send(get(server), {});
  BOOST_REQUIRE(response);
  BOOST_TEST(response->status == 302);
  BOOST_TEST(other.connections() == 0U);
}

BOOST_AUTO_TEST_CASE(any_status_is_a_success) {
  for (const auto* status :
       {"204 No Content", "304 Not Modified", "401 Unauthorized", "407 Proxy", "500 Oh", "999 What"}) {
    const std::string line(status);
    const bool bodyless = line.starts_with("204") || line.starts_with("304");
    LoopbackServer server(
        answer("HTTP/1.1 " + line + (bodyless ? "\r\n\r\n" : "\r\nContent-Length: 1\r\n\r\nx")));
    const auto response = make()->send(get(server), {});
    BOOST_REQUIRE(response);
    BOOST_TEST(response->status == std::stoi(line));
  }
}

BOOST_AUTO_TEST_CASE(cookies_and_authentication_are_not_remembered) {
  LoopbackServer server(
      answer("HTTP/1.1 401 No\r\nSet-Cookie: a=b\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: "
             "0\r\n\r\n"));
  const auto transport = make();
  BOOST_REQUIRE(transport->send(get(server), {}));
  BOOST_REQUIRE(transport->send(get(server), {}));
  BOOST_TEST(sent(server, 0) == sent(server, 1));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE(pool)

BOOST_AUTO_TEST_CASE(a_connection_serves_one_origin_after_another_request) {
  LoopbackServer a(answer(ok("a")));
  LoopbackServer b(answer(ok("b")));
  const auto transport = make();
  for (int i = 0; i < 3; ++i) {
    BOOST_TEST(transport->send(get(a), {})->body == "a");
    BOOST_TEST(transport->send(get(b), {})->body == "b");
  }
  BOOST_TEST(a.connections() == 1U);
  BOOST_TEST(b.connections() == 1U);
  BOOST_TEST(a.requests().size() == 3U);
}

BOOST_AUTO_TEST_CASE(two_names_of_one_address_are_two_origins) {
  LoopbackServer server(answer(ok("")));
  const auto transport = make();
  BOOST_REQUIRE(transport->send(get(server), {}));
  BOOST_REQUIRE(
      transport->send({.method = "GET", .origin = "http://localhost:" + std::to_string(server.port())}, {}));
  BOOST_TEST(server.connections() == 2U);
}

BOOST_AUTO_TEST_CASE(a_kept_connection_that_died_is_replaced_once_and_unseen) {
  LoopbackServer server({answer_and_close(ok("first")), answer(ok("second"))});
  const auto transport = make();
  BOOST_TEST(transport->send(get(server), {})->body == "first");
  auto post = get(server);
  post.method = "POST";
  post.body = "abc";
  const auto response = transport->send(post, {});
  BOOST_REQUIRE(response);
  BOOST_TEST(response->body == "second");
  BOOST_TEST(server.connections() == 2U);
}

// The server reads the second request before it closes: only a retry helps.
BOOST_AUTO_TEST_CASE(a_kept_connection_that_dies_under_the_request_is_retried_once) {
  LoopbackServer server({[](Peer& peer) {
                           peer.read_request();
                           peer.send(ok("first"));
                           peer.read_request();
                         },
                         answer(ok("second"))});
  const auto transport = make();
  BOOST_TEST(transport->send(get(server), {})->body == "first");
  auto post = get(server);
  post.method = "POST";
  post.body = "abc";
  const auto response = transport->send(post, {});
  BOOST_REQUIRE(response);
  BOOST_TEST(response->body == "second");
  BOOST_REQUIRE(server.requests().size() == 3U);
  BOOST_TEST(sent(server, 1) == sent(server, 2));
}

BOOST_AUTO_TEST_CASE(a_fresh_connection_that_dies_is_not_retried) {
  LoopbackServer server([](Peer& peer) { peer.read_request(); });
  const auto response = make()->send(get(server), {});
  BOOST_REQUIRE(!response);
  BOOST_TEST(name(response.error().code) == "network");
  BOOST_TEST(server.connections() == 1U);
}

BOOST_AUTO_TEST_CASE(the_retry_itself_is_not_retried) {
  LoopbackServer server({[](Peer& peer) {
                           peer.read_request();
                           peer.send(ok("first"));
                           peer.read_request();
                         },
                         [](Peer& peer) { peer.read_request(); }});
  const auto transport = make();
  BOOST_REQUIRE(transport->send(get(server), {}));
  BOOST_TEST(!transport->send(get(server), {}));
  BOOST_TEST(server.requests().size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_response_that_began_is_not_retried) {
  LoopbackServer server([](Peer& peer) {
    peer.read_request();
    peer.send(ok("first"));
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\nContent-");
  });
  const auto transport = make();
  BOOST_REQUIRE(transport->send(get(server), {}));
  const auto response = transport->send(get(server), {});
  BOOST_REQUIRE(!response);
  BOOST_TEST(name(response.error().code) == "network");
  BOOST_TEST(server.requests().size() == 2U);
}

// Bytes behind the end of a response are nobody's answer.
BOOST_AUTO_TEST_CASE(what_a_server_says_unasked_answers_nothing) {
  LoopbackServer at_once({answer(ok("first") + ok("evil")), answer(ok("second"))});
  const auto transport = make();
  BOOST_TEST(transport->send(get(at_once), {})->body == "first");
  BOOST_TEST(transport->send(get(at_once), {})->body == "second");

  std::atomic<bool> said = false;
  LoopbackServer later({[&](Peer& peer) {
                          peer.read_request();
                          peer.send(ok("first"));
                          peer.pause(20ms);
                          peer.send(ok("evil"));
                          said = true;
                          peer.wait_for_close();
                        },
                        answer(ok("second"))});
  BOOST_TEST(transport->send(get(later), {})->body == "first");
  while (!said)
    std::this_thread::sleep_for(1ms);
  BOOST_TEST(transport->send(get(later), {})->body == "second");
}

BOOST_AUTO_TEST_CASE(many_threads_many_origins) {
  LoopbackServer a(answer(ok("a")));
  LoopbackServer b(answer(ok("b")));
  const auto transport = make();
  std::vector<std::jthread> threads;
  std::atomic<int> good = 0;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 20; ++round) {
        const auto response = transport->send(get((i + round) % 2 == 0 ? a : b), {});
        if (response && response->body == ((i + round) % 2 == 0 ? "a" : "b")) ++good;
      }
    });
  }
  threads.clear();
  BOOST_TEST(good == 160);
  BOOST_TEST(a.connections() <= 8U);
}

BOOST_AUTO_TEST_CASE(more_origins_than_the_pool_holds) {
  std::vector<std::unique_ptr<LoopbackServer>> servers;
  const auto transport = make();
  for (int i = 0; i < 20; ++i) {
    servers.push_back(std::make_unique<LoopbackServer>(answer(ok("x"))));
    BOOST_REQUIRE(transport->send(get(*servers.back()), {}));
  }
  for (const auto& server : servers)
    BOOST_REQUIRE(transport->send(get(*server), {}));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE(cancelling)

BOOST_AUTO_TEST_CASE(before_it_begins) {
  LoopbackServer server(answer(ok("")));
  std::stop_source stop;
  stop.request_stop();
  const auto response = make()->send(get(server), stop.get_token());
  BOOST_REQUIRE(!response);
  BOOST_TEST(name(response.error().code) == "cancelled");
  BOOST_TEST(server.connections() == 0U);
}

// Each waits for ever, were it not cancelled.
const std::string kStalls[] = {"", "HTTP/1.1 200 OK\r\nContent-",
                               "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"};
BOOST_DATA_TEST_CASE(under_way, data::make(kStalls)) {
  LoopbackServer server([&](Peer& peer) {
    peer.read_request();
    peer.send(sample);
    peer.wait_for_close();
  });
  std::stop_source stop;
  auto request = get(server);
  request.read_timeout = 0ms;
  request.total_timeout = 0ms;
  std::jthread canceller([&] {
    static_cast<void>(server.wait_for_requests(1));
    stop.request_stop();
  });
  const auto transport = make();
  const auto response = transport->send(request, stop.get_token());
  BOOST_REQUIRE(!response);
  BOOST_TEST(name(response.error().code) == "cancelled");
}

BOOST_AUTO_TEST_CASE(in_the_tls_handshake) {
  LoopbackServer server([](Peer& peer) { peer.wait_for_close(); });
  const TestCa ca;
  std::stop_source stop;
  std::jthread canceller([&] {
    while (server.connections() == 0)
      std::this_thread::sleep_for(1ms);
    stop.request_stop();
  });
  const auto transport = make({.ca_bundle = ca.bundle()});
  const auto response = transport->send(
      {.method = "GET", .origin = "https://127.0.0.1:" + std::to_string(server.port())}, stop.get_token());
  BOOST_REQUIRE(!response);
  BOOST_TEST(name(response.error().code) == "cancelled");
}

BOOST_AUTO_TEST_CASE(after_it_the_transport_goes_on) {
  LoopbackServer server({[](Peer& peer) {
                           peer.read_request();
                           peer.wait_for_close();
                         },
                         answer(ok("x"))});
  std::stop_source stop;
  std::jthread canceller([&] {
    static_cast<void>(server.wait_for_requests(1));
    stop.request_stop();
  });
  const auto transport = make();
  BOOST_TEST(!transport->send(get(server), stop.get_token()));
  BOOST_TEST(transport->send(get(server), {})->body == "x");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE(proxies)

BOOST_AUTO_TEST_CASE(https_goes_through_a_tunnel_and_the_proxy_learns_the_host_alone) {
  const TestCa ca;
  const auto tls = ca.server({.subject_alt_name = "DNS:service.example"});
  LoopbackServer proxy(tunnel(tls.get(), ok("inside")));
  const auto transport =
      make({.ca_bundle = ca.bundle(), .https_proxy = "http://me:p%40ss@" + host_of(proxy)});
  for (int i = 0; i < 2; ++i) {
    const auto response = transport->send({.method = "POST",
                                           .origin = "https://service.example",
                                           .path = "/a/../b",
                                           .query = "q",
                                           .headers = {{"authorization", "secret"}},
                                           .body = "abc"},
                                          {});
    BOOST_REQUIRE(response);
    BOOST_TEST(response->body == "inside");
    BOOST_TEST(find_header(response->headers, "x-proxy").empty());
  }
  BOOST_REQUIRE(proxy.requests().size() == 3U);
  const std::string connect = sent(proxy, 0);
  BOOST_TEST(connect.starts_with("CONNECT service.example:443 HTTP/1.1\r\n"));
  BOOST_TEST(connect.find("Proxy-Authorization: Basic bWU6cEBzcw==\r\n") != std::string::npos);
  BOOST_TEST(connect.find("secret") == std::string::npos);
  BOOST_TEST(sent(proxy, 1) ==
             "POST /a/../b?q HTTP/1.1\r\nHost: service.example\r\nauthorization: secret\r\nContent-Length: "
             "3\r\n\r\nabc");
  BOOST_TEST(sent(proxy, 2) == sent(proxy, 1));
  BOOST_TEST(proxy.connections() == 1U);
}

BOOST_AUTO_TEST_CASE(a_proxy_spoken_to_in_tls) {
  const TestCa ca;
  const auto outer = ca.server();
  LoopbackServer proxy([&](Peer& peer) {
    if (!peer.start_tls(outer.get())) return;
    peer.read_request();
    peer.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
  });
  const auto transport = make({.ca_bundle = ca.bundle(), .https_proxy = "https://" + host_of(proxy)});
  const auto response = transport->send({.method = "GET", .origin = "https://service.example"}, {});
  BOOST_REQUIRE(!response);
  BOOST_TEST(sent(proxy).starts_with("CONNECT service.example:443 "));
  BOOST_TEST(response.error().message ==
             "Failed to connect to proxy URL: \"https://" + host_of(proxy) + "\"");
}

BOOST_AUTO_TEST_CASE(plain_http_is_never_proxied) {
  LoopbackServer proxy(answer(ok("")));
  LoopbackServer server(answer(ok("direct")));
  BOOST_TEST(make({.https_proxy = proxy.origin()})->send(get(server), {})->body == "direct");
  BOOST_TEST(proxy.connections() == 0U);
}

struct Direct {
  std::string why, no_proxy, host, alt_name;
  bool direct, connect_to;
  friend std::ostream& operator<<(std::ostream& out, const Direct& row) { return out << row.why; }
};
const Direct kDirect[] = {
    {"loopback", "", "127.0.0.1", "IP:127.0.0.1", false, false},
    {"localhost", "", "localhost", "DNS:localhost", false, false},
    {"the request says direct", "", "127.0.0.1", "IP:127.0.0.1", true, false},
    {"NO_PROXY", "example", "service.example", "DNS:service.example", false, true},
    {"NO_PROXY of all", "*", "service.example", "DNS:service.example", false, true},
    {"an address already checked", "", "service.example", "DNS:service.example", false, true},
};
BOOST_DATA_TEST_CASE(https_is_direct, data::make(kDirect)) {
  const TestCa ca;
  const auto tls = ca.server({.subject_alt_name = sample.alt_name});
  LoopbackServer proxy(answer(ok("")));
  LoopbackServer server([&](Peer& peer) {
    if (peer.start_tls(tls.get())) answer(ok("direct"))(peer);
  });
  const auto transport =
      make({.ca_bundle = ca.bundle(), .https_proxy = proxy.origin(), .no_proxy = sample.no_proxy});
  const auto response =
      transport->send({.method = "GET",
                       .origin = "https://" + sample.host + ":" + std::to_string(server.port()),
                       .direct = sample.direct,
                       .connect_to = sample.connect_to ? "127.0.0.1" : ""},
                      {});
  BOOST_REQUIRE(response);
  BOOST_TEST(response->body == "direct");
  BOOST_TEST(proxy.connections() == 0U);
}

const std::string kProxyFaults[] = {
    "",
    "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: "
    "0\r\n\r\n",
    "HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\nhtml",
    "HTTP/1.1 502 Bad Gateway\r\n\r\n",
    "HTTP/1.1 302 Found\r\nLocation: http://evil/\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 2",
    "<html>",
};
BOOST_DATA_TEST_CASE(a_proxy_that_does_not_let_us_through, data::make(kProxyFaults)) {
  LoopbackServer proxy(answer_and_close(sample));
  const TestCa ca;
  const auto transport =
      make({.ca_bundle = ca.bundle(), .https_proxy = "http://me:hunter2@" + host_of(proxy)});
  const auto response = transport->send({.method = "GET", .origin = "https://service.example"}, {});
  BOOST_REQUIRE(!response);
  BOOST_TEST(name(response.error().code) == "network");
  BOOST_TEST(response.error().message ==
             "Failed to connect to proxy URL: \"http://***:***@" + host_of(proxy) + "\"");
  for (const auto& hint : response.error().hints)
    BOOST_TEST(hint.find("hunter2") == std::string::npos);
}

// "200" to CONNECT, and then no TLS but HTML: a captive portal.
BOOST_AUTO_TEST_CASE(a_proxy_that_answers_itself) {
  LoopbackServer proxy(answer("HTTP/1.1 200 OK\r\n\r\n<html>sign in</html>"));
  const TestCa ca;
  const auto transport = make({.ca_bundle = ca.bundle(), .https_proxy = proxy.origin()});
  const auto response = transport->send(
      {.method = "GET", .origin = "https://service.example", .headers = {{"authorization", "secret"}}}, {});
  BOOST_REQUIRE(!response);
  BOOST_TEST(name(response.error().code) == "network");
  for (const auto& request : proxy.requests())
    BOOST_TEST(request.find("secret") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_proxy_that_is_down) {
  const auto response =
      make({.https_proxy = "127.0.0.1:1"})->send({.method = "GET", .origin = "https://service.example"}, {});
  BOOST_REQUIRE(!response);
  BOOST_TEST(response.error().message == "Failed to connect to proxy URL: \"http://127.0.0.1:1\"");
}

BOOST_AUTO_TEST_CASE(a_proxy_that_is_no_url) {
  const auto transport = make_curl_transport({.https_proxy = "socks5://me:hunter2@h"});
  BOOST_REQUIRE(!transport);
  BOOST_TEST(name(transport.error().code) == "configuration");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE(streaming)

BOOST_AUTO_TEST_CASE(the_body_goes_to_the_sink_as_it_arrives) {
  Text sink;
  LoopbackServer server([](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\nX: y\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
    peer.send("2\r\nde\r\n0\r\nTrailer: z\r\n\r\n");
  });
  const auto response = make()->stream(get(server), sink, {});
  BOOST_REQUIRE(response);
  BOOST_TEST(response->status == 200);
  BOOST_TEST(response->body.empty());
  BOOST_TEST(sink.text == "abcde");
}

BOOST_AUTO_TEST_CASE(the_sink_sees_bytes_before_the_end) {
  struct Stopper : BodySink {
    Result<void> write(std::string_view bytes) override {
      text += bytes;
      stop.request_stop();
      return {};
    }
    std::stop_source stop;
    std::string text;
  } sink;
  LoopbackServer server([](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\n\r\nabc");
    peer.wait_for_close();
  });
  const auto response = make()->stream(get(server), sink, sink.stop.get_token());
  BOOST_REQUIRE(!response);
  BOOST_TEST(name(response.error().code) == "cancelled");
  BOOST_TEST(sink.text == "abc");
}

BOOST_AUTO_TEST_CASE(the_sinks_error_ends_it) {
  struct Refuser : BodySink {
    Result<void> write(std::string_view) override { return fail(Errc::configuration, "disk full"); }
  } sink;
  LoopbackServer server(answer(ok("abc")));
  const auto response = make()->stream(get(server), sink, {});
  BOOST_REQUIRE(!response);
  BOOST_TEST(response.error().message == "disk full");
}

BOOST_AUTO_TEST_CASE(a_sink_that_throws_ends_it_as_an_error) {
  struct Thrower : BodySink {
    Result<void> write(std::string_view) override { throw 1; }
  } sink;
  LoopbackServer server(answer(ok("abc")));
  BOOST_TEST(!make()->stream(get(server), sink, {}));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE(around)

BOOST_AUTO_TEST_CASE(a_line_of_trace_for_each_exchange_without_a_secret) {
  std::vector<std::string> lines;
  LoopbackServer server(answer(ok("four", "Set-Secret: hunter2\r\n")));
  const auto transport = make({.trace = [&](std::string_view line) { lines.emplace_back(line); }});
  auto request = get(server);
  request.method = "POST";
  request.path = "/path";
  request.query = "X-Amz-Signature=hunter2";
  request.headers = {{"authorization", "hunter2"}};
  request.body = "hunter2";
  BOOST_REQUIRE(transport->send(request, {}));
  request.headers = {{"authorization", "hunter2\n"}};
  BOOST_REQUIRE(!transport->send(request, {}));
  BOOST_REQUIRE(lines.size() == 2U);
  BOOST_TEST(lines[0].starts_with("POST " + server.origin() + "/path: 200, 7 bytes out, 4 in, "));
  BOOST_TEST(lines[1].starts_with("POST " + server.origin() + "/path: invalid_argument"));
  for (const auto& line : lines)
    BOOST_TEST(line.find("hunter2") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_version_names_its_parts) {
  BOOST_TEST(transport_version().starts_with("libcurl/"));
  BOOST_TEST(transport_version().find("OpenSSL/") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
