// A network made of answers: what each request gets is written down before, and
// every request is kept. No test of ours opens a socket to test a decision.
#ifndef CROSSLOG_TESTS_SUPPORT_SCRIPTED_TRANSPORT_H_
#define CROSSLOG_TESTS_SUPPORT_SCRIPTED_TRANSPORT_H_

#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "crosslog/transport.h"

namespace crosslog::test {

// Thread-safe. Answers come from the script, in order; when it is used up, from
// `otherwise`; without that, Errc::invalid_argument "the script has ended".
class ScriptedTransport : public Transport {
 public:
  using Answer = std::function<Result<HttpResponse>(const HttpRequest&)>;

  ScriptedTransport& then(Answer answer) {
    const std::lock_guard lock(mutex_);
    script_.push_back(std::move(answer));
    return *this;
  }
  ScriptedTransport& reply(int status, std::string body = {}, std::vector<Header> headers = {}) {
    return then(
        [=](const HttpRequest&) -> Result<HttpResponse> { return HttpResponse{status, headers, body}; });
  }
  ScriptedTransport& refuse(Errc code, std::string message = "no answer") {
    return then([=](const HttpRequest&) -> Result<HttpResponse> { return fail(code, message); });
  }
  void otherwise(Answer answer) {
    const std::lock_guard lock(mutex_);
    otherwise_ = std::move(answer);
  }

  Result<HttpResponse> send(const HttpRequest& request, std::stop_token stop) override {
    Answer answer;
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
      if (!script_.empty()) {
        answer = std::move(script_.front());
        script_.pop_front();
      } else {
        answer = otherwise_;
      }
    }
    if (stop.stop_requested()) return fail(Errc::cancelled, "cancelled");
    if (!answer) return fail(Errc::invalid_argument, "the script has ended");
    return answer(request);
  }

  [[nodiscard]] std::vector<HttpRequest> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  [[nodiscard]] std::size_t count() const {
    const std::lock_guard lock(mutex_);
    return requests_.size();
  }
  [[nodiscard]] std::size_t left() const {
    const std::lock_guard lock(mutex_);
    return script_.size();
  }

 private:
  mutable std::mutex mutex_;
  std::deque<Answer> script_;
  Answer otherwise_;
  std::vector<HttpRequest> requests_;
};

// "GET /latest/x": for comparing what was asked.
inline std::string line_of(const HttpRequest& request) {
  return request.method + " " + request.path + (request.query.empty() ? "" : "?" + request.query);
}
inline std::vector<std::string> lines_of(const ScriptedTransport& transport) {
  std::vector<std::string> lines;
  for (const auto& request : transport.requests())
    lines.push_back(line_of(request));
  return lines;
}

}  // namespace crosslog::test

#endif  // CROSSLOG_TESTS_SUPPORT_SCRIPTED_TRANSPORT_H_
