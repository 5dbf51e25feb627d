#include "sandbox/raw_request.h"

#include "sandbox/text.h"

namespace crosslog::sandbox {

namespace {

// Cuts one line off `text`, without its LF or CR LF.
std::string_view take_line(std::string_view& text) {
  const auto end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::optional<RawRequest> take_head(std::string_view& text) {
  RawRequest request;
  const std::string_view first = take_line(text);
  // A target may hold blanks (they are signed): the method ends at the first, the version begins at the last.
  const auto method_end = first.find(' ');
  const auto target_end = first.rfind(' ');
  if (method_end == std::string_view::npos || method_end == 0 || target_end <= method_end)
    return std::nullopt;
  if (!first.substr(target_end + 1).starts_with("HTTP/")) return std::nullopt;
  request.method = first.substr(0, method_end);
  request.target = first.substr(method_end + 1, target_end - method_end - 1);
  if (!request.target.starts_with('/') && request.target.find("://") == std::string::npos)
    return std::nullopt;

  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.empty()) break;
    if (line.front() == ' ' || line.front() == '\t') {
      if (request.headers.empty()) return std::nullopt;
      request.headers.back().value.append("\n").append(line);
      continue;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    request.headers.push_back({std::string(line.substr(0, colon)), std::string(line.substr(colon + 1))});
  }
  return request;
}

// The target without the scheme and host of an absolute form.
std::string_view origin_form(std::string_view target) {
  const auto scheme = target.find("://");
  if (target.starts_with('/') || scheme == std::string_view::npos) return target;
  const auto path = target.find_first_of("/?", scheme + 3);
  return path == std::string_view::npos ? std::string_view{} : target.substr(path);
}

}  // namespace

std::optional<std::string> RawRequest::header(std::string_view name) const {
  const std::string wanted = lower(name);
  for (const auto& header : headers)
    if (lower(header.name) == wanted) return std::string(strip(header.value));
  return std::nullopt;
}

std::string_view RawRequest::path() const {
  const std::string_view origin = origin_form(target);
  return origin.substr(0, origin.find('?'));
}

std::string_view RawRequest::query() const {
  const std::string_view origin = origin_form(target);
  const auto mark = origin.find('?');
  return mark == std::string_view::npos ? std::string_view{} : origin.substr(mark + 1);
}

std::optional<RawRequest> parse_head(std::string_view text) {
  return take_head(text);
}

std::optional<RawRequest> parse_request(std::string_view text) {
  auto request = take_head(text);
  if (request) request->body = text;
  return request;
}

}  // namespace crosslog::sandbox
