#include "http/response_reader.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/fresh_memory.h"
#include "base/text.h"
#include "base/try.h"

namespace crosslog::http {
namespace {

// More than this is taken as it comes, whatever was promised.
constexpr std::size_t kMaxReserve = 32u << 20;
// A reader of the body may pad it where it lies.
constexpr std::size_t kRoomForPadding = 64;

std::string_view without_line_end(std::string_view line) noexcept {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_digits(std::string_view text) noexcept {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::unexpected<Error> ResponseReader::refuse(std::string_view reason) const {
  return fail(
      Errc::protocol, "The response from endpoint URL: \"" + options_.url + "\" " + std::string(reason),
      {"check that the address is the service's own, and what stands between (a proxy, a captive portal)"});
}

Result<void> ResponseReader::head_line(std::string_view line) {
  head_bytes_ += line.size();
  if (head_bytes_ > kMaxHeadBytes || ++head_lines_ > kMaxHeadLines) {
    return refuse("has more than 64 KiB or 100 lines of headers.");
  }
  line = without_line_end(line);
  switch (stage_) {
    case Stage::status_line:
      return status_line(line);
    case Stage::head:
      return line.empty() ? end_of_head() : header(line);
    case Stage::body:
      return {};  // trailers: they may not change what the head said
  }
  std::unreachable();
}

// "HTTP/1.1 200 OK"
Result<void> ResponseReader::status_line(std::string_view line) {
  const bool version = line.starts_with("HTTP/1.1 ") || line.starts_with("HTTP/1.0 ");
  const auto digits = line.substr(std::min<std::size_t>(line.size(), 9), 3);
  const bool ends = line.size() == 12 || (line.size() > 12 && line[12] == ' ');
  if (!version || digits.size() != 3 || !is_digits(digits) || digits.front() == '0' || !ends) {
    return refuse("does not begin with a status line of HTTP/1.1.");
  }
  std::from_chars(digits.data(), digits.data() + digits.size(), response_.status);
  stage_ = Stage::head;
  return {};
}

Result<void> ResponseReader::header(std::string_view line) {
  if (line.front() == ' ' || line.front() == '\t') {
    if (response_.headers.empty()) return refuse("has a malformed header line.");
    auto& value = response_.headers.back().value;
    value.append(" ").append(base::trim_blanks(line));
    return {};
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0 ||
      line.substr(0, colon).find_first_of(" \t") != std::string_view::npos) {
    return refuse("has a malformed header line.");
  }
  response_.headers.push_back(
      {base::to_lower(line.substr(0, colon)), std::string(base::trim_blanks(line.substr(colon + 1)))});
  return {};
}

Result<void> ResponseReader::end_of_head() {
  if (response_.status == 101) return refuse("switches to a protocol that nobody asked for.");
  if (response_.status < 200) {
    response_ = {};
    stage_ = Stage::status_line;
    return {};
  }
  for (const Header& header : response_.headers)
    CROSSLOG_CHECK(judge(header));
  stage_ = Stage::body;
  if (promised_ && options_.has_body) {
    if (options_.max_bytes != 0 && *promised_ > options_.max_bytes && !chunked_) {
      return refuse("is larger than " + std::to_string(options_.max_bytes) + " bytes.");
    }
    if (options_.sink == nullptr && !chunked_) {
      response_.body.reserve(std::min(*promised_, kMaxReserve) + kRoomForPadding);
      base::bring_in(response_.body.data(), *promised_);
    }
  }
  return {};
}

Result<void> ResponseReader::judge(const Header& header) {
  if (header.name == "content-length") return judge_length(header.value);
  if (header.name == "content-encoding" && !header.value.empty() &&
      !base::equals_ignoring_case(header.value, "identity")) {
    return refuse("is encoded (" + base::visible(header.value, 64) + ") though no encoding was asked for.");
  }
  if (header.name == "transfer-encoding") {
    if (chunked_ || !base::equals_ignoring_case(header.value, "chunked")) {
      return refuse("has a transfer encoding (" + base::visible(header.value, 64) +
                    ") that nobody asked for.");
    }
    chunked_ = true;
  }
  return {};
}

Result<void> ResponseReader::judge_length(std::string_view value) {
  std::size_t length = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
  if (!is_digits(value) || error != std::errc{} || (promised_ && *promised_ != length)) {
    return refuse("has a malformed content-length.");
  }
  promised_ = length;
  return {};
}

Result<void> ResponseReader::body(std::string_view bytes) {
  if (options_.max_bytes != 0 && bytes.size() > options_.max_bytes - body_bytes_) {
    return refuse("is larger than " + std::to_string(options_.max_bytes) + " bytes.");
  }
  body_bytes_ += bytes.size();
  if (options_.sink != nullptr) return options_.sink->write(bytes);
  response_.body.append(bytes);
  return {};
}

}  // namespace crosslog::http
