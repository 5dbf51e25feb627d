// Small parts that tests of credentials and calls are made of.
#ifndef CROSSLOG_TESTS_SUPPORT_PROVIDERS_H_
#define CROSSLOG_TESTS_SUPPORT_PROVIDERS_H_

#include <algorithm>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "crosslog/config.h"
#include "crosslog/credentials.h"
#include "crosslog/http.h"

namespace crosslog::test {

inline Credentials keys(std::string access_key_id = "AKIDEXAMPLE", std::string token = {},
                        std::optional<TimePoint> expires = {}) {
  Credentials credentials;
  credentials.access_key_id = std::move(access_key_id);
  credentials.secret_access_key = Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
  credentials.session_token = Secret(token);
  credentials.expires = expires;
  credentials.origin = "test";
  return credentials;
}

// Gives what was put in, in order; the last for ever. Thread-safe.
class ScriptedProvider : public CredentialProvider {
 public:
  ScriptedProvider& then(Credentials credentials) {
    return then([credentials](std::stop_token) -> Result<Credentials> { return credentials; });
  }
  ScriptedProvider& then(Errc code, std::string message = "no", std::string aws_code = {}) {
    Error error = fail(code, std::move(message)).error();
    error.aws_code = std::move(aws_code);
    return then([error](std::stop_token) -> Result<Credentials> { return std::unexpected(error); });
  }
  ScriptedProvider& then(std::function<Result<Credentials>(std::stop_token)> answer) {
    const std::lock_guard lock(mutex_);
    answers_.push_back(std::move(answer));
    return *this;
  }

  Result<Credentials> get(std::stop_token stop) override {
    std::function<Result<Credentials>(std::stop_token)> answer;
    {
      const std::lock_guard lock(mutex_);
      ++calls_;
      if (answers_.empty()) return fail(Errc::not_configured, "the script is empty");
      answer = answers_.front();
      if (answers_.size() > 1) answers_.pop_front();
    }
    return answer(std::move(stop));
  }
  void invalidate(std::string_view access_key_id) noexcept override {
    const std::lock_guard lock(mutex_);
    invalidated_.emplace_back(access_key_id);
  }

  [[nodiscard]] int calls() const {
    const std::lock_guard lock(mutex_);
    return calls_;
  }
  [[nodiscard]] std::vector<std::string> invalidated() const {
    const std::lock_guard lock(mutex_);
    return invalidated_;
  }

 private:
  mutable std::mutex mutex_;
  std::deque<std::function<Result<Credentials>(std::stop_token)>> answers_;
  int calls_ = 0;
  std::vector<std::string> invalidated_;
};

inline Endpoint endpoint(std::string origin = "https://sts.eu-west-1.amazonaws.com",
                         std::string service = "sts") {
  Endpoint made;
  made.origin = std::move(origin);
  made.signing_region = "eu-west-1";
  made.signing_name = std::move(service);
  return made;
}

// Whether some line holds the words.
inline bool mentions(const std::vector<std::string>& lines, std::string_view words) {
  return std::ranges::any_of(lines,
                             [&](const std::string& line) { return line.find(words) != std::string::npos; });
}

// A stop that has been requested already.
inline std::stop_token stopped() {
  std::stop_source source;
  source.request_stop();
  return source.get_token();
}

inline std::string xml_credentials(
    std::string_view key, std::string_view expiration,
    std::string_view arn = "arn:aws:sts::123456789012:assumed-role/demo/session") {
  return "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult>"
         "<AssumedRoleUser><AssumedRoleId>AROAEXAMPLE:session</AssumedRoleId><Arn>" +
         std::string(arn) + "</Arn></AssumedRoleUser><Credentials><AccessKeyId>" + std::string(key) +
         "</AccessKeyId><SecretAccessKey>assumed-secret</SecretAccessKey><SessionToken>assumed-token</"
         "SessionToken>"
         "<Expiration>" +
         std::string(expiration) +
         "</Expiration></Credentials></AssumeRoleResult><ResponseMetadata><RequestId>r-1</RequestId>"
         "</ResponseMetadata></AssumeRoleResponse>";
}

inline std::string xml_error(std::string_view code, std::string_view message = "no") {
  return "<ErrorResponse><Error><Type>Sender</Type><Code>" + std::string(code) + "</Code><Message>" +
         std::string(message) + "</Message></Error><RequestId>r-2</RequestId></ErrorResponse>";
}

}  // namespace crosslog::test

#endif  // CROSSLOG_TESTS_SUPPORT_PROVIDERS_H_
