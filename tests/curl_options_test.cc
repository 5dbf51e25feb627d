// TLS: whom we believe. Every bad server must end in an error that says why, and
// none may see a byte of the request.
#define BOOST_TEST_MODULE curl_options
#include <unistd.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "crosslog/transport.h"
#include "tests/support/loopback_server.h"
#include "tests/support/test_ca.h"

namespace data = boost::unit_test::data;
using namespace crosslog;
using namespace crosslog::test;

namespace {

// The loosest surroundings: every TLS version and cipher allowed by OpenSSL's own
// configuration, and a log of keys asked for. Both are read once, at the start.
struct LooseEnvironment {
  LooseEnvironment() {
    const std::string stem =
        std::filesystem::temp_directory_path() / ("crosslog-test-" + std::to_string(getpid()));
    key_log = stem + ".keys";
    configuration = stem + ".cnf";
    std::ofstream(configuration) << "openssl_conf = a\n[a]\nssl_conf = b\n[b]\nsystem_default = c\n"
                                    "[c]\nMinProtocol = TLSv1\nCipherString = ALL:@SECLEVEL=0\n";
    setenv("SSLKEYLOGFILE", key_log.c_str(), 1);
    setenv("OPENSSL_CONF", configuration.c_str(), 1);
  }
  ~LooseEnvironment() {
    std::filesystem::remove(key_log);
    std::filesystem::remove(configuration);
  }
  static std::string key_log, configuration;
};
std::string LooseEnvironment::key_log;
std::string LooseEnvironment::configuration;
BOOST_TEST_GLOBAL_FIXTURE(LooseEnvironment);

const TestCa& ca() {
  static const TestCa authority;
  return authority;
}

Script tls_answer(SSL_CTX* tls) {
  return [tls](Peer& peer) {
    if (peer.start_tls(tls)) answer(ok("secret inside"))(peer);
  };
}

Result<HttpResponse> fetch(const LoopbackServer& server, const std::string& bundle,
                           const std::string& host = "127.0.0.1") {
  auto transport = make_curl_transport({.ca_bundle = bundle});
  BOOST_REQUIRE(transport);
  return (*transport)
      ->send({.method = "POST",
              .origin = "https://" + host + ":" + std::to_string(server.port()),
              .headers = {{"authorization", "secret"}},
              .body = "secret"},
             {});
}

struct Good {
  std::string what;
  ServerTls tls;
  std::string host;
  friend std::ostream& operator<<(std::ostream& out, const Good& row) { return out << row.what; }
};
const Good kGood[] = {
    {"address", {}, "127.0.0.1"},
    {"name", {.subject_alt_name = "DNS:localhost"}, "localhost"},
    {"wildcard", {.subject_alt_name = "DNS:*.b.localhost"}, "a.b.localhost"},
    {"TLS 1.2 alone", {.max_version = TLS1_2_VERSION}, "127.0.0.1"},
    {"TLS 1.3 alone", {.min_version = TLS1_3_VERSION}, "127.0.0.1"},
    {"TLS 1.2, RSA, GCM",
     {.max_version = TLS1_2_VERSION, .tls12_ciphers = "ECDHE-RSA-AES128-GCM-SHA256", .rsa = true},
     "127.0.0.1"},
    {"TLS 1.2, ChaCha20",
     {.max_version = TLS1_2_VERSION, .tls12_ciphers = "ECDHE-ECDSA-CHACHA20-POLY1305"},
     "127.0.0.1"},
};

struct Bad {
  std::string what;
  ServerTls tls;
  std::string reason;  // a part of it
  friend std::ostream& operator<<(std::ostream& out, const Bad& row) { return out << row.what; }
};
const Bad kBad[] = {
    {"expired", {.valid_to_seconds = -60}, "certificate has expired"},
    {"not yet valid", {.valid_from_seconds = 600}, "certificate is not yet valid"},
    {"another address", {.subject_alt_name = "IP:127.0.0.2"}, "127.0.0.1"},
    {"a name only", {.subject_alt_name = "DNS:service.example"}, "127.0.0.1"},
    {"TLS 1.1 only", {.min_version = TLS1_1_VERSION, .max_version = TLS1_1_VERSION}, ""},
    {"TLS 1.0 only", {.min_version = TLS1_VERSION, .max_version = TLS1_VERSION}, ""},
    {"CBC only",
     {.max_version = TLS1_2_VERSION, .tls12_ciphers = "ECDHE-RSA-AES128-SHA256", .rsa = true},
     ""},
    {"no forward secrecy",
     {.max_version = TLS1_2_VERSION, .tls12_ciphers = "AES128-GCM-SHA256", .rsa = true},
     ""},
};

}  // namespace

BOOST_DATA_TEST_CASE(believed, data::make(kGood)) {
  const auto tls = ca().server(sample.tls);
  LoopbackServer server(tls_answer(tls.get()));
  const auto response = fetch(server, ca().bundle(), sample.host);
  BOOST_REQUIRE_MESSAGE(response, (response ? "" : response.error().message));
  BOOST_TEST(response->body == "secret inside");
}

BOOST_DATA_TEST_CASE(not_believed, data::make(kBad)) {
  const auto tls = ca().server(sample.tls);
  LoopbackServer server(tls_answer(tls.get()));
  const auto response = fetch(server, ca().bundle());
  BOOST_REQUIRE(!response);
  BOOST_TEST_MESSAGE(response.error().message);
  BOOST_TEST(name(response.error().code) == "network");
  BOOST_TEST(response.error().message.starts_with(
      "SSL validation failed for https://127.0.0.1:" + std::to_string(server.port()) + "/ "));
  BOOST_TEST(response.error().message.find(sample.reason) != std::string::npos);
  BOOST_TEST(server.requests().empty());
}

BOOST_AUTO_TEST_CASE(an_unknown_authority) {
  const TestCa other("another root");
  const auto tls = other.server();
  LoopbackServer server(tls_answer(tls.get()));
  const auto response = fetch(server, ca().bundle());
  BOOST_REQUIRE(!response);
  BOOST_TEST(response.error().message.find("unable to get local issuer certificate") != std::string::npos);
  BOOST_TEST(server.requests().empty());
}

BOOST_AUTO_TEST_CASE(an_authority_of_the_right_name_with_another_key) {
  const TestCa impostor;
  const auto tls = impostor.server();
  LoopbackServer server(tls_answer(tls.get()));
  const auto response = fetch(server, ca().bundle());
  BOOST_REQUIRE(!response);
  BOOST_TEST(response.error().message.starts_with("SSL validation failed for "));
  BOOST_TEST(server.requests().empty());
}

// The named bundle is the only one: the system's roots do not help.
BOOST_AUTO_TEST_CASE(the_systems_roots_know_nothing_of_ours) {
  const auto tls = ca().server();
  LoopbackServer server(tls_answer(tls.get()));
  BOOST_TEST(!fetch(server, ""));
  BOOST_TEST(server.requests().empty());
}

BOOST_AUTO_TEST_CASE(a_server_that_speaks_no_tls) {
  LoopbackServer server([](Peer& peer) {
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    peer.wait_for_close();
  });
  const auto response = fetch(server, ca().bundle());
  BOOST_REQUIRE(!response);
  BOOST_TEST(response.error().message.starts_with("SSL validation failed for "));
}

BOOST_AUTO_TEST_CASE(a_server_that_hangs_up_in_the_handshake) {
  LoopbackServer server([](Peer& peer) { peer.reset(); });
  BOOST_TEST(!fetch(server, ca().bundle()));
}

// Without close_notify a body that ends with the connection may have been cut by anyone.
BOOST_AUTO_TEST_CASE(a_connection_cut_under_tls) {
  const auto tls = ca().server();
  LoopbackServer server([&](Peer& peer) {
    if (!peer.start_tls(tls.get())) return;
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\n\r\nhalf of");
    peer.reset();
  });
  const auto response = fetch(server, ca().bundle());
  BOOST_REQUIRE(!response);
  BOOST_TEST(name(response.error().code) == "network");
}

BOOST_AUTO_TEST_CASE(a_bundle_that_holds_no_certificate) {
  LoopbackServer server([](Peer& peer) { peer.wait_for_close(); });
  const auto response = fetch(server, __FILE__);
  BOOST_REQUIRE(!response);
  BOOST_TEST(name(response.error().code) == "configuration");
  BOOST_TEST(response.error().message.starts_with("SSL validation failed for https://"));
}

BOOST_AUTO_TEST_CASE(a_bundle_that_is_not_there) {
  LoopbackServer server([](Peer& peer) { peer.wait_for_close(); });
  const auto response = fetch(server, "/nonexistent/ca.pem");
  BOOST_REQUIRE(!response);
  BOOST_TEST(name(response.error().code) == "configuration");
  BOOST_TEST(response.error().message.find("[Errno 2] No such file or directory") != std::string::npos);
  BOOST_TEST(server.connections() == 0U);
}

BOOST_AUTO_TEST_CASE(plain_http_needs_no_bundle) {
  LoopbackServer server(answer(ok("x")));
  auto transport = make_curl_transport({.ca_bundle = "/nonexistent/ca.pem"});
  BOOST_REQUIRE(transport);
  BOOST_TEST((*transport)->send({.method = "GET", .origin = server.origin()}, {}).has_value());
}

BOOST_AUTO_TEST_CASE(the_key_log_stays_empty) {
  const auto tls = ca().server();
  LoopbackServer server(tls_answer(tls.get()));
  BOOST_REQUIRE(fetch(server, ca().bundle()));
  std::error_code error;
  const auto size = std::filesystem::file_size(LooseEnvironment::key_log, error);
  BOOST_TEST((error || size == 0));
}
