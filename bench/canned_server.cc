// A server that costs little, so that what is measured is the client: a page is a copy of
// what is in memory before the first request, with its events' times and ids moved to the
// page's own, and goes out in one writev. It checks no signature and knows no accounts;
// crosslog-sandbox is the server that does.
//
//   canned_server [CERTIFICATE KEY]
//
// prints "http PORT", "https PORT" (when it was given a certificate and its key) and "ready",
// and serves 127.0.0.1 until it is killed. A log group's name is its content:
// /bench/KIND/PAGES, KIND being one of kKinds. GetLogEvents and FilterLogEvents lead through
// the pages by their tokens. GET /get/KIND/N and /filter/KIND/N are the same pages for
// clients that only fetch. IMDSv2, GetCallerIdentity and AssumeRole are answered too.

#include <arpa/inet.h>
#include <malloc.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

using std::string_view_literals::operator""sv;

constexpr std::array kKinds = {"short"sv, "json"sv, "stack"sv, "ja"sv, "one"sv};
// All events of page P are within the second part of a time or an id that begins with
// kFirst + P; so moving a page is writing these seven digits over and over.
constexpr std::uint64_t kFirst = 1'700'000;
constexpr std::size_t kDigits = 7;

struct Answer {
  std::string head, middle, tail;
};

// The events of page 0, and where its number stands in them.
struct Template {
  std::string events;
  std::vector<std::size_t> places;

  void append_number(std::string_view after) {
    places.push_back(events.size());
    events += std::to_string(kFirst);
    events += after;
  }

  [[nodiscard]] std::string page(std::uint64_t number) const {
    std::string made = events;
    const std::string digits = std::to_string(kFirst + number);
    for (const std::size_t place : places)
      std::memcpy(made.data() + place, digits.data(), kDigits);
    return made;
  }
};

struct Pages {
  Template get, filter;
};

class Random {
 public:
  std::size_t below(std::size_t bound) { return engine_() % bound; }

 private:
  std::mt19937 engine_{20260223};
};

void append_words(std::string& out, Random& random, std::size_t bytes) {
  static constexpr std::array kWords = {"request"sv, "served"sv, "user"sv, "from"sv,  "cache"sv,   "in"sv,
                                        "ms"sv,      "retry"sv,  "ok"sv,   "order"sv, "shipped"sv, "GET"sv};
  const std::size_t end = out.size() + bytes;
  while (out.size() < end) {
    out += kWords[random.below(kWords.size())];
    out += ' ';
    out += std::to_string(random.below(100'000));
    out += ' ';
  }
  out.resize(end);
  // Some readers cut blanks off the end of a message.
  out.back() = '.';
}

// A message as it stands between the quotes of JSON.
std::string message(std::string_view kind, Random& random) {
  std::string out;
  if (kind == "short") {
    append_words(out, random, 60 + random.below(81));
  } else if (kind == "json") {
    out = R"({\"level\":\"INFO\",\"logger\":\"com.example.Orders\",\"thread\":\"http-)" +
          std::to_string(random.below(64)) + R"(\",\"message\":\")";
    append_words(out, random, 220);
    out += R"(\",\"user\":{\"id\":)" + std::to_string(random.below(1'000'000)) +
           R"(,\"plan\":\"pro\"},\"path\":\"C:\\\\logs\",\"status\":200})";
  } else if (kind == "stack") {
    out = R"(java.lang.IllegalStateException: order )" + std::to_string(random.below(100'000));
    while (out.size() < 1950) {
      out += R"(\n\tat com.example.orders.Service.)";
      append_words(out, random, 40);
      out += "(Service.java:" + std::to_string(random.below(2000)) + ")";
    }
  } else if (kind == "ja") {
    static constexpr std::array kParts = {"注文を受け付けました。"sv, "在庫が不足しています、"sv,
                                          "接続がタイムアウトした "sv, "ユーザー番号 "sv};
    while (out.size() < 360)
      out += std::string(kParts[random.below(kParts.size())]) + std::to_string(random.below(10'000));
  } else {
    append_words(out, random, 900'000);
  }
  return out;
}

std::size_t events_of(std::string_view kind) {
  if (kind == "short") return 10'000;
  if (kind == "json") return 2'400;
  if (kind == "stack") return 500;
  return kind == "ja" ? 3'500 : 1;
}

// Six digits, leading noughts included.
std::string six(std::size_t value) {
  return std::to_string(1'000'000 + value).substr(1);
}

Pages make_pages(std::string_view kind) {
  Pages pages;
  Random random;
  std::size_t when = 0;
  for (std::size_t i = 0; i < events_of(kind); ++i) {
    const std::string text = message(kind, random);
    for (Template* made : {&pages.get, &pages.filter}) {
      made->events += i == 0 ? "" : ",";
      made->events += made == &pages.filter ? R"({"logStreamName":"S","timestamp":)" : R"({"timestamp":)";
      made->append_number(six(when));
      made->events += R"(,"message":")" + text + R"(","ingestionTime":)";
      made->append_number(six(when + 1500));
      if (made == &pages.filter) {
        made->events += R"(,"eventId":"3)";
        made->append_number(std::string(42, '4') + six(i) + "\"");
      }
      made->events += '}';
    }
    when += random.below(20);
  }
  return pages;
}

const std::map<std::string_view, Pages>& all_pages() {
  static const auto pages = [] {
    std::map<std::string_view, Pages> made;
    for (const auto kind : kKinds)
      made.emplace(kind, make_pages(kind));
    return made;
  }();
  return pages;
}

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "short/20" of "/bench/short/20", or of what it begins with.
struct Content {
  const Pages* pages = nullptr;
  std::uint64_t count = 0;
};

std::optional<Content> content_of(std::string_view name) {
  const auto slash = name.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto found = all_pages().find(name.substr(0, slash));
  const auto count = number(name.substr(slash + 1));
  if (found == all_pages().end() || !count) return std::nullopt;
  return Content{&found->second, *count};
}

// The value of a member of a flat JSON object whose strings hold no escapes.
std::string_view member(std::string_view json, std::string_view name) {
  for (std::size_t at = json.find(name); at != std::string_view::npos; at = json.find(name, at + 1)) {
    std::size_t next = at + name.size();
    if (at == 0 || json[at - 1] != '"' || next >= json.size() || json[next] != '"') continue;
    next = json.find_first_not_of(" :", next + 1);
    if (next == std::string_view::npos || json[next] != '"') continue;
    return json.substr(next + 1, json.find('"', next + 1) - next - 1);
  }
  return {};
}

Answer answer(int status, std::string_view type, std::string_view head, std::string middle,
              std::string_view tail) {
  const std::size_t size = head.size() + middle.size() + tail.size();
  Answer made;
  made.head =
      "HTTP/1.1 " + std::to_string(status) + (status == 200 ? " OK" : " Error") + "\r\nContent-Type: ";
  made.head += type;
  made.head += "\r\nx-amzn-RequestId: 11111111-2222-3333-4444-555555555555\r\nContent-Length: " +
               std::to_string(size) + "\r\n\r\n";
  made.head += head;
  made.middle = std::move(middle);
  made.tail = tail;
  return made;
}

constexpr auto kJson = "application/x-amz-json-1.1"sv;

Answer logs_answer(std::string_view target, std::string_view body) {
  constexpr auto kGroup = "/bench/"sv;
  std::string_view group = member(body, "logGroupName");
  if (group.empty()) group = member(body, "logGroupIdentifier");
  if (!group.starts_with(kGroup)) {
    return answer(400, kJson, R"({"__type":"ResourceNotFoundException","message":"no such log group"})", {},
                  {});
  }
  const auto content = content_of(group.substr(kGroup.size()));
  const std::string_view token = member(body, "nextToken");
  const auto page = token.empty() ? 0 : number(token.substr(token.find('/') + 1));
  if (!content || !page) {
    return answer(400, kJson, R"({"__type":"InvalidParameterException","message":"bad group or token"})", {},
                  {});
  }
  if (target.ends_with("FilterLogEvents")) {
    std::string tail = R"(],"searchedLogStreams":[])";
    if (*page + 1 < content->count) tail += R"(,"nextToken":"t/)" + std::to_string(*page + 1) + "\"";
    return answer(200, kJson, R"({"events":[)", content->pages->filter.page(*page), tail + "}");
  }
  // The end is a page without events whose token is the one that was sent.
  const bool end = *page >= content->count;
  const std::string next = std::to_string(end ? *page : *page + 1);
  return answer(
      200, kJson, R"({"events":[)", end ? std::string() : content->pages->get.page(*page),
      R"(],"nextForwardToken":"f/)" + next + R"(","nextBackwardToken":"b/)" + std::to_string(*page) + "\"}");
}

Answer streams_answer() {
  return answer(
      200, kJson,
      R"({"logStreams":[{"logStreamName":"S","creationTime":1700000000000,"firstEventTimestamp":1700000000000,)"
      R"("lastEventTimestamp":1700000200000,"lastIngestionTime":1700000200000,"uploadSequenceToken":"1",)"
      R"("arn":"arn:aws:logs:us-east-1:111111111111:log-group:G:log-stream:S","storedBytes":0}]})",
      {}, {});
}

Answer sts_answer(std::string_view body) {
  constexpr auto kXml = "text/xml"sv;
  if (body.find("Action=AssumeRole") != std::string_view::npos) {
    return answer(200, kXml,
                  R"(<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleResult>
    <AssumedRoleUser>
      <AssumedRoleId>AROA1111111111111111:bench</AssumedRoleId>
      <Arn>arn:aws:sts::999999999999:assumed-role/cross-account/bench</Arn>
    </AssumedRoleUser>
    <Credentials>
      <AccessKeyId>ASIA1111111111111111</AccessKeyId>
      <SecretAccessKey>made/up/secret0000000000000000000000002</SecretAccessKey>
      <SessionToken>IQoJb3JpZ2luX2VjEMade//////////wEaCXVzLWVhc3QtMSJHMEUCIQ==</SessionToken>
      <Expiration>2099-01-01T00:00:00Z</Expiration>
    </Credentials>
  </AssumeRoleResult>
  <ResponseMetadata>
    <RequestId>11111111-2222-3333-4444-555555555555</RequestId>
  </ResponseMetadata>
</AssumeRoleResponse>
)",
                  {}, {});
  }
  return answer(200, kXml,
                R"(<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult>
    <Arn>arn:aws:iam::111111111111:user/bench</Arn>
    <UserId>AIDA1111111111111111</UserId>
    <Account>111111111111</Account>
  </GetCallerIdentityResult>
  <ResponseMetadata>
    <RequestId>11111111-2222-3333-4444-555555555555</RequestId>
  </ResponseMetadata>
</GetCallerIdentityResponse>
)",
                {}, {});
}

Answer metadata_answer(std::string_view path) {
  constexpr auto kText = "text/plain"sv;
  if (path == "/latest/api/token") {
    Answer token = answer(200, kText, "MADEUPTOKEN==", {}, {});
    token.head.insert(token.head.find("\r\n") + 2, "X-aws-ec2-metadata-token-ttl-seconds: 21600\r\n");
    return token;
  }
  if (path.starts_with("/latest/meta-data/iam/security-credentials")) {
    if (path.ends_with('/') || path.ends_with("credentials")) return answer(200, kText, "bench-role", {}, {});
    return answer(
        200, kText,
        R"({"Code":"Success","LastUpdated":"2026-01-01T00:00:00Z","Type":"AWS-HMAC",)"
        R"("AccessKeyId":"ASIA2222222222222222","SecretAccessKey":"made/up/secret0000000000000000000000001",)"
        R"("Token":"IQoJb3JpZ2luX2VjEMadeUp","Expiration":"2099-01-01T00:00:00Z","AccountId":"111111111111"})",
        {}, {});
  }
  if (path == "/latest/meta-data/placement/region") return answer(200, kText, "us-east-1", {}, {});
  return answer(404, kText, "not found", {}, {});
}

// The value of a header, its name in lower case, in a head of any case.
std::string_view header(std::string_view head, std::string_view name) {
  for (std::size_t at = head.find("\r\n"); at != std::string_view::npos; at = head.find("\r\n", at + 2)) {
    const std::string_view line = head.substr(at + 2, head.find("\r\n", at + 2) - at - 2);
    if (line.size() <= name.size() || line[name.size()] != ':') continue;
    bool same = true;
    for (std::size_t i = 0; same && i < name.size(); ++i)
      same = (line[i] >= 'A' && line[i] <= 'Z' ? line[i] + 32 : line[i]) == name[i];
    if (!same) continue;
    const auto begin = line.find_first_not_of(' ', name.size() + 1);
    return begin == std::string_view::npos ? std::string_view() : line.substr(begin);
  }
  return {};
}

struct Request {
  std::string_view method, path, head, body;
};

Answer respond(const Request& request) {
  if (const auto target = header(request.head, "x-amz-target"); !target.empty()) {
    return target.ends_with("DescribeLogStreams") ? streams_answer() : logs_answer(target, request.body);
  }
  if (request.path.starts_with("/latest/")) return metadata_answer(request.path);
  for (const auto& [prefix, field] :
       {std::pair{"/get/"sv, &Pages::get}, std::pair{"/filter/"sv, &Pages::filter}}) {
    if (!request.path.starts_with(prefix)) continue;
    const auto content = content_of(request.path.substr(prefix.size()));
    if (!content) return answer(404, "text/plain", "no such page", {}, {});
    return answer(200, kJson, R"({"events":[)", (content->pages->*field).page(content->count),
                  R"(],"nextToken":"t/)" + std::to_string(content->count + 1) + "\"}");
  }
  if (request.path == "/null") return answer(200, "text/plain", {}, {}, {});
  return sts_answer(request.body.empty() ? request.path : request.body);
}

// Takes the first whole request off the front of `bytes`; 0 when there is none yet.
std::size_t take_request(std::string_view bytes, Request& request) {
  const auto end = bytes.find("\r\n\r\n");
  if (end == std::string_view::npos) return 0;
  request.head = bytes.substr(0, end + 2);
  const std::size_t size = number(header(request.head, "content-length")).value_or(0);
  if (bytes.size() < end + 4 + size) return 0;
  const auto space = request.head.find(' ');
  request.method = request.head.substr(0, space);
  request.path = request.head.substr(space + 1, request.head.find(' ', space + 1) - space - 1);
  request.body = bytes.substr(end + 4, size);
  return end + 4 + size;
}

struct Connection {
  int socket = -1;
  std::string in;
  std::optional<Answer> out;
  std::size_t sent = 0;
};

// Sends what the socket takes; false when the connection is lost.
bool send_some(Connection& connection) {
  while (connection.out) {
    const Answer& out = *connection.out;
    std::array<iovec, 3> parts;
    int count = 0;
    std::size_t skip = connection.sent;
    for (const std::string_view part :
         {std::string_view(out.head), std::string_view(out.middle), std::string_view(out.tail)}) {
      const std::size_t cut = std::min(skip, part.size());
      skip -= cut;
      if (cut == part.size()) continue;
      parts[static_cast<std::size_t>(count++)] = {const_cast<char*>(part.data()) + cut, part.size() - cut};
    }
    if (count == 0) {
      connection.out.reset();
      connection.sent = 0;
      return true;
    }
    const ssize_t done = writev(connection.socket, parts.data(), count);
    if (done < 0) return errno == EAGAIN;
    connection.sent += static_cast<std::size_t>(done);
  }
  return true;
}

bool serve_some(Connection& connection) {
  for (;;) {
    if (!send_some(connection)) return false;
    if (connection.out) return true;
    Request request;
    if (const std::size_t size = take_request(connection.in, request); size != 0) {
      connection.out = respond(request);
      connection.in.erase(0, size);
      continue;
    }
    std::array<char, 16384> buffer;
    const ssize_t got = recv(connection.socket, buffer.data(), buffer.size(), 0);
    if (got == 0 || (got < 0 && errno != EAGAIN)) return false;
    if (got < 0) return true;
    connection.in.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

int listen_on_loopback(int flags, int& port) {
  const int socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | flags, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  if (socket_ < 0 || bind(socket_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      listen(socket_, 64) != 0 || getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    std::perror("canned_server");
    std::exit(1);
  }
  port = ntohs(address.sin_port);
  return socket_;
}

void no_delay(int socket_) {
  const int on = 1;
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

void serve_plain(int listener) {
  const int poll = epoll_create1(EPOLL_CLOEXEC);
  std::map<int, std::unique_ptr<Connection>> connections;
  epoll_event event{.events = EPOLLIN, .data = {.ptr = nullptr}};
  epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event);
  std::array<epoll_event, 64> ready;
  for (;;) {
    const int count = epoll_wait(poll, ready.data(), static_cast<int>(ready.size()), -1);
    for (int i = 0; i < count; ++i) {
      auto* connection = static_cast<Connection*>(ready[static_cast<std::size_t>(i)].data.ptr);
      if (connection == nullptr) {
        const int taken = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (taken < 0) continue;
        no_delay(taken);
        auto& made = connections[taken] = std::make_unique<Connection>();
        made->socket = taken;
        event = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data = {.ptr = made.get()}};
        epoll_ctl(poll, EPOLL_CTL_ADD, taken, &event);
      } else if (!serve_some(*connection)) {
        const int gone = connection->socket;
        close(gone);
        connections.erase(gone);
      }
    }
  }
}

bool write_all(SSL* tls, std::string_view bytes) {
  return bytes.empty() || SSL_write(tls, bytes.data(), static_cast<int>(bytes.size())) > 0;
}

void serve_one_tls(SSL* tls, int socket_) {
  SSL_set_fd(tls, socket_);
  std::string in;
  if (SSL_accept(tls) == 1) {
    for (bool open = true; open;) {
      Request request;
      if (const std::size_t size = take_request(in, request); size != 0) {
        const Answer out = respond(request);
        open = write_all(tls, out.head) && write_all(tls, out.middle) && write_all(tls, out.tail);
        in.erase(0, size);
        continue;
      }
      std::array<char, 16384> buffer;
      const int got = SSL_read(tls, buffer.data(), static_cast<int>(buffer.size()));
      if (got <= 0) break;
      in.append(buffer.data(), static_cast<std::size_t>(got));
    }
  }
  SSL_free(tls);
  close(socket_);
}

void serve_tls(int listener, SSL_CTX* context) {
  for (;;) {
    const int taken = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (taken < 0) continue;
    no_delay(taken);
    std::thread(serve_one_tls, SSL_new(context), taken).detach();
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  // Pages are copied into memory that is kept, not fetched from the kernel for each.
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  all_pages();
  int port = 0;
  const int plain = listen_on_loopback(SOCK_NONBLOCK, port);
  std::printf("http %d\n", port);
  if (argc == 3) {
    SSL_CTX* context = SSL_CTX_new(TLS_server_method());
    if (SSL_CTX_use_certificate_chain_file(context, argv[1]) != 1 ||
        SSL_CTX_use_PrivateKey_file(context, argv[2], SSL_FILETYPE_PEM) != 1) {
      std::fputs("canned_server: the certificate or its key is no good\n", stderr);
      return 1;
    }
    const int secure = listen_on_loopback(0, port);
    std::printf("https %d\n", port);
    std::thread(serve_tls, secure, context).detach();
  }
  std::puts("ready");
  std::fflush(stdout);
  serve_plain(plain);
}
