// Reads events as an embedder would, destroys everything, and then looks for the
// secrets that went through it in its own memory.
//
//   canary_probe PROFILE [--wipe-on-free]     "SECRET<TAB>HITS" a line, then a line for each hit
//
// The secrets are learned on the way (files, variables, answers of instance
// metadata and STS) and kept masked, so that only the library's copies count.
// Variables come masked too, as CANARY_<NAME>: the block of the environment is
// not the library's to wipe.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "crosslog/client.h"
#include "crosslog/logs.h"
#include "crosslog/providers.h"
#include "crosslog/transport.h"
#include "tests/support/memory_scan.h"

using namespace crosslog;

namespace {

// What was seen, masked, by a name for a person.
class Secrets {
 public:
  // The end of it is looked for: an allocator writes over the beginning of what
  // is given back.
  void learn(const std::string& name, std::string_view secret) {
    constexpr std::size_t kEnd = 16;
    if (secret.size() < 2 * kEnd) return;
    const std::lock_guard lock(mutex_);
    masked_.emplace(name, test::masked(secret.substr(secret.size() - kEnd)));
  }
  // What stands behind `before` up to `after`.
  void learn_from(const std::string& name, std::string_view text, std::string_view before,
                  std::string_view after) {
    const auto found = text.find(before);
    if (found == std::string_view::npos) return;
    text.remove_prefix(found + before.size());
    learn(name, text.substr(0, text.find_first_of(after)));
  }
  [[nodiscard]] const std::multimap<std::string, std::string>& masked() const { return masked_; }

 private:
  std::mutex mutex_;
  std::multimap<std::string, std::string> masked_;
};

class Watching : public Transport {
 public:
  Watching(Transport& transport, Secrets& secrets) : transport_(transport), secrets_(secrets) {}
  Result<HttpResponse> send(const HttpRequest& request, std::stop_token stop) override {
    auto response = transport_.send(request, std::move(stop));
    if (!response) return response;
    const std::string_view body = response->body;
    if (request.method == "PUT") secrets_.learn("metadata session token", body);
    secrets_.learn_from("metadata secret", body, R"("SecretAccessKey" : ")", "\"");
    secrets_.learn_from("metadata token", body, R"("Token" : ")", "\"");
    secrets_.learn_from("STS secret", body, "<SecretAccessKey>", "<");
    secrets_.learn_from("STS token", body, "<SessionToken>", "<");
    return response;
  }

 private:
  Transport& transport_;
  Secrets& secrets_;
};

std::optional<std::string> unmasked_variable(std::string_view name) {
  const char* masked = std::getenv(("CANARY_" + std::string(name)).c_str());
  if (masked == nullptr) return std::nullopt;
  std::string value;
  value.reserve(std::string_view(masked).size() / 2);
  for (const char* at = masked; at[0] != '\0' && at[1] != '\0'; at += 2) {
    const char digits[] = {at[0], at[1], '\0'};
    value.push_back(static_cast<char>(~std::strtoul(digits, nullptr, 16)));
  }
  return value;
}

Host watched_host(Secrets& secrets) {
  Host host = system_host();
  host.getenv = [real = host.getenv, &secrets](std::string_view name) -> std::optional<std::string> {
    auto value = unmasked_variable(name);
    if (!value) return real(name);
    if (name == "AWS_SECRET_ACCESS_KEY") secrets.learn("environment secret", *value);
    return value;
  };
  host.read_file = [real = host.read_file, &secrets](const std::string& path, std::size_t max) {
    auto file = real(path, max);
    if (file && *file) secrets.learn_from("file secret", (*file)->bytes, "aws_secret_access_key = ", "\n");
    return file;
  };
  return host;
}

Result<std::size_t> read_events(Transport& transport, const Host& host, const std::string& profile) {
  const auto config = load_shared_config(host);
  if (!config) return std::unexpected(config.error());
  Overrides overrides;
  if (!profile.empty()) overrides.profile = profile;
  const auto settings = resolve_settings(host, *config, overrides);
  if (!settings) return std::unexpected(settings.error());
  const auto metadata = make_instance_metadata(transport, system_clock(), system_random(), settings->imds);
  const auto credentials = make_default_provider({.transport = transport,
                                                  .clock = system_clock(),
                                                  .random = system_random(),
                                                  .host = host,
                                                  .metadata = *metadata,
                                                  .config = *config,
                                                  .settings = *settings,
                                                  .session_prefix = "canary"});
  if (!credentials) return std::unexpected(credentials.error());
  auto endpoint = endpoint_of(*settings, Service::logs, settings->region.value_or("us-east-1"));
  if (!endpoint) return std::unexpected(endpoint.error());
  LogsClient client(transport, system_clock(), **credentials,
                    client_options(*settings, std::move(*endpoint)));
  GetLogEvents query;
  query.log_group_name = "/crossb/app";
  query.log_stream_name = "web-1";
  query.limit = 10;
  const auto page = client.get_log_events(query);
  if (!page) return std::unexpected(page.error());
  return page->events().size();
}

}  // namespace

int main(int argc, char** argv) {
  const std::string profile = argc > 1 ? argv[1] : "";
  if (argc > 2 && std::string_view(argv[2]) == "--wipe-on-free" && !make_libraries_wipe_memory()) return 2;
  Secrets secrets;
  {
    const Host host = watched_host(secrets);
    const auto curl = make_curl_transport();
    if (!curl) return 1;
    Watching transport(**curl, secrets);
    const auto events = read_events(transport, host, profile);
    if (!events) {
      std::fprintf(stderr, "%s\n", describe(events.error()).c_str());
      return 1;
    }
    std::printf("events\t%zu\n", *events);
  }
  for (const auto& [name, masked] : secrets.masked()) {
    const auto hits = test::scan({masked});
    std::printf("%s\t%zu\n", name.c_str(), hits.size());
    for (const auto& hit : hits)
      std::printf("  at %lx in %s\n", static_cast<unsigned long>(hit.address), hit.mapping.c_str());
  }
  return 0;
}
