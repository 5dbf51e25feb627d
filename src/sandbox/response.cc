#include "sandbox/response.h"

#include <algorithm>

#include "sandbox/text.h"

namespace crosslog::sandbox {

void Response::erase(std::string_view name) {
  std::erase_if(headers, [&](const auto& header) { return lower(header.first) == lower(name); });
}

void Response::set(std::string_view name, std::string value) {
  erase(name);
  headers.emplace_back(name, std::move(value));
}

std::string_view reason_phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 307:
      return "Temporary Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 407:
      return "Proxy Authentication Required";
    case 408:
      return "Request Timeout";
    case 413:
      return "Content Too Large";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    default:
      return "Status";
  }
}

std::string response_head(const Response& response, const Delivery& delivery, bool keep_alive) {
  std::string out = "HTTP/1.1 " + std::to_string(response.status) + " " +
                    std::string(reason_phrase(response.status)) + "\r\n";
  for (const auto& [name, value] : response.headers)
    out.append(name).append(": ").append(value).append("\r\n");
  if (delivery.chunk_bytes > 0 || delivery.endless)
    out += "Transfer-Encoding: chunked\r\n";
  else
    out += "Content-Length: " +
           std::to_string(delivery.claimed_length.value_or(response.body.size() + delivery.filler_bytes)) +
           "\r\n";
  if (!keep_alive) out += "Connection: close\r\n";
  return out + "\r\n";
}

}  // namespace crosslog::sandbox
