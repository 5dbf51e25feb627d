// How a service is called: what every client of this library needs to know.
#ifndef CROSSLOG_CLIENT_H_
#define CROSSLOG_CLIENT_H_

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "crosslog/clock.h"
#include "crosslog/config.h"

namespace crosslog {

// One line a step for --debug: never a credential, header value or body.
using DebugFunction = std::function<void(std::string_view line)>;

// What a person should know although the call goes on: one line, once for each
// set of credentials. Never a secret.
using NoteFunction = std::function<void(std::string_view line)>;

struct ClientOptions {
  Endpoint endpoint;     // of resolve_endpoint()
  int max_attempts = 3;  // the first try included
  RetryMode retry_mode = RetryMode::standard;
  bool new_retries_2026 = false;  // standard 2.1: other costs and delays, x-amz-retry-after
  std::chrono::milliseconds connect_timeout{60'000}, read_timeout{60'000};  // zero: none
  bool correct_clock_skew = true;
  Random random = system_random();
  std::string user_agent;  // empty: "crosslog/<version>"
  DebugFunction debug;
  NoteFunction note = {};
};

// The settings' retries and timeouts with this endpoint.
[[nodiscard]] ClientOptions client_options(const Settings& settings, Endpoint endpoint);

}  // namespace crosslog

#endif  // CROSSLOG_CLIENT_H_
