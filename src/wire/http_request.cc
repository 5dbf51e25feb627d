// A raw HTTP/1.1 request as people paste it and as the signature vectors hold it:
// text that ends without a blank line, paths with blanks, folded values. What
// could be read in two ways is refused, because a signature of the wrong reading
// would mislead the one who debugs it. No error shows a byte of the text: it may
// hold a token.
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "base/try.h"
#include "crosslog/http.h"

namespace crosslog {
namespace {

constexpr std::size_t kMaxBytes = 1u << 20;

// Takes lines off the front of a text and counts them.
class Lines {
 public:
  explicit Lines(std::string_view text) noexcept : rest_(text) {}

  [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }
  [[nodiscard]] std::size_t number() const noexcept { return number_; }  // of the line taken last
  [[nodiscard]] std::string_view rest() const noexcept { return rest_; }
  // Whether the line that is next goes on with the one before.
  [[nodiscard]] bool next_is_folded() const noexcept {
    return rest_.starts_with(' ') || rest_.starts_with('\t');
  }

  // Without its LF or CR LF.
  std::string_view take() noexcept {
    ++number_;
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }

 private:
  std::string_view rest_;
  std::size_t number_ = 0;
};

std::unexpected<Error> malformed(const Lines& lines, const std::string& reason) {
  return fail(Errc::invalid_argument, "Line " + std::to_string(lines.number()) +
                                          " of the HTTP request is malformed: " + reason + ".");
}

// token of RFC 9110, section 5.6.2
bool is_token(std::string_view text) noexcept {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

bool has_control(std::string_view text) noexcept {
  return std::ranges::any_of(
      text, [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == '\x7f'; });
}

// What may stand between "https://" and the path.
bool is_host(std::string_view text) noexcept {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~:[]").find(c) != std::string_view::npos;
  });
}

// method SP target SP version
Result<void> read_request_line(Lines& lines, HttpRequest& out) {
  const std::string_view line = lines.take();
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == last) return malformed(lines, "it must read METHOD PATH HTTP/1.1");
  out.method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  if (!is_token(out.method)) return malformed(lines, "the method is not a word");
  if (line.substr(last + 1) != "HTTP/1.1") return malformed(lines, "it does not end in HTTP/1.1");
  if (!target.starts_with('/')) return malformed(lines, "the path does not begin with a slash");
  if (target.find('\t') != std::string_view::npos || has_control(target)) {
    return malformed(lines, "the path or query holds a control byte");
  }
  const std::size_t mark = std::min(target.find('?'), target.size());
  out.path = target.substr(0, mark);
  out.query = target.substr(std::min(mark + 1, target.size()));
  return {};
}

// name ":" OWS value OWS, and the lines folded onto it
Result<Header> read_header(Lines& lines) {
  const std::string_view line = lines.take();
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return malformed(lines, "a header has no colon");
  Header header{.name = std::string(line.substr(0, colon)), .value = std::string(line.substr(colon + 1))};
  if (!is_token(header.name))
    return malformed(lines, "the name of a header is empty or holds a blank or a special character");
  if (has_control(header.value)) return malformed(lines, "the value of a header holds a control byte");
  while (lines.next_is_folded()) {
    const std::string_view folded = lines.take();
    if (has_control(folded)) return malformed(lines, "the value of a header holds a control byte");
    (header.value += '\n') += folded;
  }
  header.value = std::string(base::trim(header.value));
  return header;
}

Result<void> read_headers(Lines& lines, HttpRequest& out) {
  if (lines.next_is_folded()) {
    lines.take();
    return malformed(lines, "there is no header before it to go on with");
  }
  while (!lines.at_end()) {
    if (lines.rest().starts_with('\n') || lines.rest().starts_with("\r\n")) {
      lines.take();
      return {};
    }
    CROSSLOG_TRY(Header header, read_header(lines));
    if (base::equals_ignoring_case(header.name, "host")) {
      if (!out.origin.empty()) return malformed(lines, "there is a second Host header");
      if (!is_host(header.value)) return malformed(lines, "the Host header is not a host name");
      out.origin = "https://" + header.value;
    }
    out.headers.push_back(std::move(header));
  }
  return {};
}

}  // namespace

Result<HttpRequest> parse_http_request(std::string_view text) {
  if (text.size() > kMaxBytes) {
    return fail(Errc::invalid_argument,
                "The HTTP request is longer than " + std::to_string(kMaxBytes) + " bytes.");
  }
  HttpRequest out;
  Lines lines(text);
  CROSSLOG_CHECK(read_request_line(lines, out));
  CROSSLOG_CHECK(read_headers(lines, out));
  if (out.origin.empty()) return fail(Errc::invalid_argument, "The HTTP request has no Host header.");
  out.body = lines.rest();
  return out;
}

}  // namespace crosslog
