// Answers from a recording: the http-traffic.json of smithy-rs, or our own shorter
// traffic.json, a list of {"request": "GET http://host/path", "status": 200,
// "headers": {...}, "body": "..."}; "sends" and "lacks" are texts that the
// request's header lines and body must and must not hold.
//
// Requests are matched by method and URI (the parts of its query in any order),
// and by the Action of their body where the recording has one: recordings hold
// other signatures, lengths and session names. A list of the extended metadata path that the recording lacks
// is answered 404.
#ifndef CROSSLOG_TESTS_SUPPORT_RECORDED_TRAFFIC_H_
#define CROSSLOG_TESTS_SUPPORT_RECORDED_TRAFFIC_H_

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <deque>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "tests/support/json.h"
#include "tests/support/scripted_transport.h"

namespace crosslog::test {

struct Exchange {
  std::string method, uri, action;
  std::vector<std::string> sends, lacks;
  Result<HttpResponse> response = HttpResponse{};
};
using Recording = std::deque<Exchange>;

// "Action=X" of a form, or "".
inline std::string action_of(std::string_view body) {
  const auto start = body.find("Action=");
  if (start == std::string_view::npos) return {};
  return std::string(body.substr(start, body.find('&', start) - start));
}

// Without a slash at its end, the parts of its query in order.
inline std::string comparable(std::string_view uri) {
  const auto mark = std::min(uri.find('?'), uri.size());
  std::string out(uri.substr(0, mark));
  if (out.ends_with('/')) out.pop_back();
  if (mark == uri.size()) return out;
  auto parts = base::split(uri.substr(mark + 1), '&');
  std::ranges::sort(parts);
  for (const auto part : parts)
    out.append(" ").append(part);
  return out;
}

inline std::vector<std::string> texts(const boost::json::object& object, std::string_view name) {
  std::vector<std::string> out;
  if (const auto* list = object.if_contains(name)) {
    for (const auto& text : list->as_array())
      out.emplace_back(text.as_string());
  }
  return out;
}

// Header lines and body.
inline std::string text_of_request(const HttpRequest& request) {
  std::string out;
  for (const auto& header : request.headers)
    out += header.name + ": " + header.value + "\n";
  return out + "\n" + request.body;
}

inline std::string decoded_data(const boost::json::value& data) {
  const auto* text = data.as_object().if_contains("Utf8");
  return text == nullptr ? std::string() : std::string(text->as_string());
}

inline Result<HttpResponse> recorded_response(const boost::json::object& response) {
  const auto* good = response.if_contains("Ok");
  if (good == nullptr) return fail(Errc::network, "the recording has an error here");
  HttpResponse out;
  out.status = good->at("status").to_number<int>();
  for (const auto& [name, values] : good->at("headers").as_object()) {
    for (const auto& value : values.as_array())
      out.headers.push_back({name, std::string(value.as_string())});
  }
  return out;
}

inline Recording read_http_traffic(const boost::json::value& file) {
  std::map<std::int64_t, Exchange> connections;
  for (const auto& event : file.at("events").as_array()) {
    Exchange& exchange = connections[event.at("connection_id").to_number<std::int64_t>()];
    const auto& action = event.at("action").as_object();
    if (const auto* request = action.if_contains("Request")) {
      const auto& sent = request->at("request");
      exchange.method = std::string(sent.at("method").as_string());
      exchange.uri = std::string(sent.at("uri").as_string());
    }
    if (const auto* response = action.if_contains("Response")) {
      exchange.response = recorded_response(response->at("response").as_object());
    }
    if (const auto* data = action.if_contains("Data")) {
      const bool is_request = data->at("direction").as_string() == "Request";
      const std::string text = decoded_data(data->at("data"));
      if (is_request) exchange.action = action_of(text);
      if (!is_request && exchange.response) exchange.response->body += text;
    }
  }
  Recording recording;
  for (auto& [id, exchange] : connections)
    recording.push_back(std::move(exchange));
  return recording;
}

inline Recording read_traffic(const boost::json::value& file) {
  Recording recording;
  for (const auto& entry : file.as_array()) {
    Exchange exchange;
    const std::string line(entry.at("request").as_string());
    const auto blank = line.find(' ');
    exchange.method = line.substr(0, blank);
    exchange.uri = line.substr(blank + 1);
    const auto& object = entry.as_object();
    if (const auto* action = object.if_contains("action")) {
      exchange.action = "Action=" + std::string(action->as_string());
    }
    exchange.sends = texts(object, "sends");
    exchange.lacks = texts(object, "lacks");
    if (object.contains("error")) {
      exchange.response = fail(Errc::network, std::string(entry.at("error").as_string()));
    } else {
      exchange.response->status = entry.at("status").to_number<int>();
      if (const auto* headers = object.if_contains("headers")) {
        for (const auto& [name, value] : headers->as_object())
          exchange.response->headers.push_back({name, std::string(value.as_string())});
      }
      if (const auto* body = object.if_contains("body")) {
        exchange.response->body =
            body->is_string() ? std::string(body->as_string()) : boost::json::serialize(*body);
      }
    }
    recording.push_back(std::move(exchange));
  }
  return recording;
}

// Of a case's folder; nothing recorded is an empty recording.
inline Recording read_recording(const std::filesystem::path& folder) {
  const auto full = folder / "http-traffic.json";
  if (std::filesystem::exists(full)) return read_http_traffic(read_json(full));
  const auto brief = folder / "traffic.json";
  if (std::filesystem::exists(brief)) return read_traffic(read_json(brief));
  return {};
}

// `recording` must outlive the transport's use.
inline void replay(Recording& recording, ScriptedTransport& transport) {
  transport.otherwise([&recording](const HttpRequest& request) -> Result<HttpResponse> {
    const std::string uri =
        request.origin + request.path + (request.query.empty() ? "" : "?" + request.query);
    const bool matches = !recording.empty() && recording.front().method == request.method &&
                         comparable(recording.front().uri) == comparable(uri);
    if (!matches && uri.find("/security-credentials-extended/") != std::string::npos) {
      return HttpResponse{404, {}, ""};
    }
    BOOST_REQUIRE_MESSAGE(
        matches, "request " << request.method << " " << uri << ", recorded "
                            << (recording.empty() ? "nothing"
                                                  : recording.front().method + " " + recording.front().uri));
    Exchange exchange = std::move(recording.front());
    recording.pop_front();
    if (!exchange.action.empty()) BOOST_TEST(action_of(request.body) == exchange.action);
    const std::string sent = text_of_request(request);
    for (const auto& text : exchange.sends)
      BOOST_TEST((sent.find(text) != std::string::npos), "sends " << text);
    for (const auto& text : exchange.lacks)
      BOOST_TEST((sent.find(text) == std::string::npos), "lacks " << text);
    return std::move(exchange.response);
  });
}

}  // namespace crosslog::test

#endif  // CROSSLOG_TESTS_SUPPORT_RECORDED_TRAFFIC_H_
