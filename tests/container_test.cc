// The cases of tests/data/ecs: an environment, names, replies; what is asked and
// what comes of it. And the SDKs' own vectors, where they are.
#define BOOST_TEST_MODULE container
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "base/time.h"
#include "crosslog/providers.h"
#include "tests/support/conformance.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_host.h"
#include "tests/support/json.h"
#include "tests/support/loopback_server.h"
#include "tests/support/providers.h"
#include "tests/support/scripted_transport.h"

using namespace crosslog;
using std::chrono::milliseconds;
using std::chrono::seconds;
namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

using Names = std::map<std::string, std::vector<std::string>>;

struct Scene {
  Host host(const Names& names = {}) {
    Host made = machine.host();
    made.resolve = [names](const std::string& name,
                           const std::stop_token&) -> Result<std::vector<std::string>> {
      const auto found = names.find(name);
      if (found == names.end()) return fail(Errc::network, "Could not resolve " + name);
      return found->second;
    };
    return made;
  }
  ProviderPtr provider(const Names& names = {}) {
    return make_container_provider(transport, clock, host(names));
  }

  test::FakeClock clock;
  test::FakeHost machine;
  test::ScriptedTransport transport;
};

std::string url_of(const HttpRequest& request) {
  return request.origin + request.path + (request.query.empty() ? "" : "?" + request.query);
}

std::string text_at(const json::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  return value == nullptr ? "" : std::string(value->as_string());
}

std::string all_texts(const Error& error) {
  std::string text = error.message;
  for (const auto& hint : error.hints)
    text += "\n" + hint;
  return text;
}

void add_reply(test::ScriptedTransport& transport, const json::object& reply) {
  if (const auto* kind = reply.if_contains("failure")) {
    const std::map<std::string, Errc> codes{
        {"network", Errc::network}, {"timeout", Errc::timeout}, {"protocol", Errc::protocol}};
    transport.refuse(codes.at(std::string(kind->as_string())), text_at(reply, "message"));
  } else {
    const auto& body = reply.at("body");
    transport.reply(static_cast<int>(reply.at("status").as_int64()),
                    body.is_string() ? std::string(body.as_string()) : json::serialize(body));
  }
}

void check_requests(const std::vector<HttpRequest>& requests, const json::array& expected) {
  BOOST_TEST(requests.size() == expected.size(), "requests: as many as expected");
  for (std::size_t i = 0; i < std::min(requests.size(), expected.size()); ++i) {
    const auto& row = expected[i].as_object();
    BOOST_TEST_CONTEXT("request " << i + 1) {
      BOOST_TEST(requests[i].method == "GET");
      BOOST_TEST(url_of(requests[i]) == text_at(row, "url"));
      BOOST_TEST(requests[i].connect_to == text_at(row, "connect_to"));
      BOOST_TEST(find_header(requests[i].headers, "accept") == "application/json");
      BOOST_TEST(find_header(requests[i].headers, "authorization") == text_at(row, "authorization"));
      BOOST_TEST(requests[i].headers.size() == (row.contains("authorization") ? 3u : 2u), "headers");
    }
  }
}

void check_credentials(const Result<Credentials>& got, const json::object& expect) {
  if (!got) BOOST_FAIL("credentials: " << all_texts(got.error()));
  BOOST_TEST(got->access_key_id == text_at(expect, "access_key_id"));
  BOOST_TEST(got->secret_access_key.reveal() == text_at(expect, "secret_access_key"));
  BOOST_TEST(got->session_token.reveal() == text_at(expect, "session_token"));
  BOOST_TEST((got->expires == base::parse_iso8601(text_at(expect, "expires"))), "expires");
  BOOST_TEST(got->account_id == text_at(expect, "account_id"));
  BOOST_TEST(got->origin.starts_with("container, http"));
  BOOST_REQUIRE(got->hops.size() == 1u);
  BOOST_TEST(got->hops[0].method == "container-role");
  BOOST_TEST(got->hops[0].subject == text_at(expect, "subject"));
  BOOST_TEST(got->hops[0].place.find_first_of("/?", 8) == std::string::npos);
}

void check_error(const Result<Credentials>& got, const json::object& expect) {
  BOOST_REQUIRE_MESSAGE(!got.has_value(), "error: there are credentials");
  const std::string text = all_texts(got.error());
  BOOST_TEST(name(got.error().code) == text_at(expect, "code"), text);
  if (expect.at("message").is_string()) BOOST_TEST(got.error().message == text_at(expect, "message"));
  BOOST_TEST((text_at(expect, "hint").empty() || test::mentions(got.error().hints, text_at(expect, "hint"))),
             text);
  BOOST_TEST(text.find("canary") == std::string::npos, text);
}

void run_case(const fs::path& folder) {
  const auto read = test::read_json(folder / "case.json");
  const auto& row = read.as_object();
  Scene scene;
  for (const auto& [name, value] : row.at("env").as_object())
    scene.machine.environment[name] = value.as_string();
  if (const auto* files = row.if_contains("files"))
    for (const auto& [path, text] : files->as_object())
      scene.machine.files[path] = text.as_string();
  if (const auto* unreadable = row.if_contains("unreadable"))
    for (const auto& path : unreadable->as_array())
      scene.machine.unreadable.insert(std::string(path.as_string()));
  Names names;
  if (const auto* given = row.if_contains("names")) names = json::value_to<Names>(*given);
  for (const auto& reply : row.at("replies").as_array())
    add_reply(scene.transport, reply.as_object());
  const auto got = scene.provider(names)->get({});
  check_requests(scene.transport.requests(), row.at("requests").as_array());
  const auto& expect = row.at("expect").as_object();
  expect.contains("code") ? check_error(got, expect) : check_credentials(got, expect);
}

// A vector of ecs-tests.json: where the request goes.
void run_vector(const json::object& vector) {
  Scene scene;
  for (const auto& [name, value] : vector.at("env").as_object())
    scene.machine.environment[name] = value.as_string();
  scene.transport.otherwise([](const HttpRequest&) { return HttpResponse{404, {}, ""}; });
  const auto got = scene.provider({{"localhost", {"127.0.0.1"}}})->get({});
  BOOST_REQUIRE(!got);
  const auto& result = vector.at("result").as_object();
  if (result.contains("ErrorContains")) {
    BOOST_TEST((got.error().code == Errc::not_configured), all_texts(got.error()));
    return;
  }
  BOOST_REQUIRE_MESSAGE(scene.transport.count() == 3u, all_texts(got.error()));
  BOOST_TEST(url_of(scene.transport.requests()[0]) == text_at(result, "Ok"));
}

bool add_cases() {
  for (const auto& entry : fs::directory_iterator(test::own_cases("ecs")))
    test::add_case("own/" + entry.path().filename().string(), [path = entry.path()] { run_case(path); });
  const auto shared = test::conformance("profiles");
  if (!shared) return test::add_skipped("profiles/ecs-tests.json");
  const auto vectors = test::read_json(*shared / "ecs-tests.json");
  for (const auto& vector : vectors.as_object().at("tests").as_array()) {
    const auto object = vector.as_object();
    test::add_case("ecs-tests/" + text_at(object, "docs"), [object] { run_vector(object); });
  }
  return true;
}

const bool kAdded = add_cases();

const char* const kDocument =
    R"({"AccessKeyId":"A","SecretAccessKey":"s","Token":"t","Expiration":"2026-01-01T06:00:00Z"})";

}  // namespace

// I13, I15
BOOST_AUTO_TEST_CASE(requests_are_direct_small_and_impatient) {
  Scene scene;
  scene.machine.environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "https://credentials.example/c";
  scene.transport.reply(200, kDocument);
  BOOST_REQUIRE(scene.provider()->get({}));
  const auto request = scene.transport.requests()[0];
  BOOST_TEST(request.direct);
  BOOST_TEST(!request.allow_plain_http);
  BOOST_TEST(request.max_response_bytes == 65536u);
  BOOST_TEST((request.connect_timeout == seconds(2)));
  BOOST_TEST((request.read_timeout == seconds(2)));
  BOOST_TEST((request.total_timeout <= seconds(5)));
  BOOST_TEST(find_header(request.headers, "user-agent").starts_with("crosslog/"));
}

BOOST_AUTO_TEST_CASE(a_second_passes_between_attempts) {
  Scene scene;
  scene.machine.environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/c";
  scene.transport.reply(500).reply(500).reply(500);
  const auto got = scene.provider()->get({});
  BOOST_REQUIRE(!got);
  BOOST_TEST(got.error().http_status == 500);
  BOOST_TEST((scene.clock.sleeps() == std::vector<milliseconds>{seconds(1), seconds(1)}));
}

// I16
BOOST_AUTO_TEST_CASE(file_environment_and_names_are_read_each_time) {
  Scene scene;
  scene.machine.environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "http://agent/c";
  scene.machine.environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = "/token";
  scene.transport.otherwise([](const HttpRequest&) { return HttpResponse{200, {}, kDocument}; });
  Host host = scene.machine.host();
  std::string address = "127.0.0.1";
  host.resolve = [&](const std::string&, const std::stop_token&) { return std::vector{address}; };
  const auto provider = make_container_provider(scene.transport, scene.clock, host);
  for (const char* token : {"first", "second"}) {
    scene.machine.files["/token"] = token;
    BOOST_REQUIRE(provider->get({}));
    BOOST_TEST(find_header(scene.transport.requests().back().headers, "authorization") == token);
  }
  address = "203.0.113.5";
  BOOST_TEST(!provider->get({}));
  scene.machine.environment.clear();
  BOOST_TEST((provider->get({}).error().code == Errc::not_configured));
  BOOST_TEST(scene.transport.count() == 2u);
}

BOOST_AUTO_TEST_CASE(at_most_four_addresses_are_tried) {
  Scene scene;
  scene.machine.environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "http://agent/c";
  scene.transport.otherwise(
      [](const HttpRequest&) -> Result<HttpResponse> { return fail(Errc::network, "no"); });
  const Names names{{"agent", {"127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5"}}};
  BOOST_TEST(!scene.provider(names)->get({}));
  BOOST_TEST(scene.transport.count() == 12u);
}

BOOST_AUTO_TEST_CASE(a_machine_without_names) {
  Scene scene;
  scene.machine.environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "http://localhost/c";
  const auto got = make_container_provider(scene.transport, scene.clock, scene.machine.host())->get({});
  BOOST_REQUIRE(!got);
  BOOST_TEST((got.error().code == Errc::credentials));
  BOOST_TEST(got.error().message.starts_with("Unsupported host 'localhost'."));
}

BOOST_AUTO_TEST_CASE(a_stop_is_a_stop) {
  Scene scene;
  scene.machine.environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/c";
  BOOST_TEST((scene.provider()->get(test::stopped()).error().code == Errc::cancelled));
  BOOST_TEST(scene.transport.count() == 1u);

  std::stop_source source;
  scene.transport.then([&](const HttpRequest&) {
    source.request_stop();
    return HttpResponse{404, {}, ""};
  });
  BOOST_TEST((scene.provider()->get(source.get_token()).error().code == Errc::cancelled));
  BOOST_TEST(scene.transport.count() == 2u);

  Host host = scene.machine.host();
  host.resolve = [](const std::string&, const std::stop_token&) -> Result<std::vector<std::string>> {
    return fail(Errc::cancelled, "Cancelled");
  };
  scene.machine.environment = {{"AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://localhost/c"}};
  const auto got = make_container_provider(scene.transport, scene.clock, host)->get(test::stopped());
  BOOST_TEST((got.error().code == Errc::cancelled));
}

// The transport in the box takes what this source asks of it: a name in clear
// text, at an address that was looked up on this machine.
BOOST_AUTO_TEST_CASE(over_sockets) {
  const test::LoopbackServer server(test::answer(test::ok(kDocument)));
  Scene scene;
  scene.machine.environment = {{"AWS_CONTAINER_CREDENTIALS_FULL_URI",
                                "http://agent.internal:" + std::to_string(server.port()) + "/c?a=1"},
                               {"AWS_CONTAINER_AUTHORIZATION_TOKEN", "token"}};
  const auto transport = make_curl_transport();
  BOOST_REQUIRE(transport);
  // Nobody listens at the first address.
  const auto host = scene.host({{"agent.internal", {"127.255.255.254", "127.0.0.1"}}});
  const auto got = make_container_provider(**transport, scene.clock, host)->get({});
  if (!got) BOOST_FAIL(all_texts(got.error()));
  BOOST_TEST(got->access_key_id == "A");
  BOOST_REQUIRE(server.requests().size() == 1u);
  const std::string request = server.requests()[0];
  BOOST_TEST(request.starts_with("GET /c?a=1 HTTP/1.1\r\nHost: agent.internal:"), request);
  BOOST_TEST(request.find("authorization: token\r\n") != std::string::npos, request);
}

// I14
BOOST_AUTO_TEST_CASE(a_redirect_over_sockets_is_not_followed) {
  const test::LoopbackServer other(test::answer(test::ok(kDocument)));
  const test::LoopbackServer server(
      test::answer("HTTP/1.1 302 Found\r\nLocation: " + other.origin() + "/\r\nContent-Length: 0\r\n\r\n"));
  Scene scene;
  scene.machine.environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = server.origin() + "/c";
  const auto transport = make_curl_transport();
  BOOST_REQUIRE(transport);
  const auto got = make_container_provider(**transport, scene.clock, scene.host())->get({});
  BOOST_REQUIRE(!got);
  BOOST_TEST(got.error().http_status == 302);
  BOOST_TEST(other.connections() == 0u);
}

// I13
BOOST_AUTO_TEST_CASE(an_endless_answer_over_sockets_is_cut_off) {
  const test::LoopbackServer server([](test::Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 400000000\r\n\r\n");
    while (peer.send(std::string(4096, ' '))) {
    }
  });
  Scene scene;
  scene.machine.environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = server.origin() + "/c";
  const auto transport = make_curl_transport();
  BOOST_REQUIRE(transport);
  const auto got = make_container_provider(**transport, scene.clock, scene.host())->get({});
  BOOST_REQUIRE(!got);
  BOOST_TEST((got.error().code == Errc::credentials));
  BOOST_TEST(server.connections() == 1u);
}
