// A program of somebody else: reads one page through a transport of its own.
#include <crosslog/logs.h>
#include <crosslog/providers.h>
#include <crosslog/version.h>

#include <cstdio>

using namespace crosslog;

struct Canned : Transport {
  Result<HttpResponse> send(const HttpRequest&, std::stop_token) override {
    return HttpResponse{.status = 200,
                        .headers = {},
                        .body = R"({"events":[{"timestamp":1,"message":"hello"}],)"
                                R"("nextForwardToken":"f/1","nextBackwardToken":"b/1"})"};
  }
};

int main() {
  Canned transport;
  Settings settings;
  settings.region = "us-east-1";
  const auto endpoint = endpoint_of(settings, Service::logs, *settings.region);
  if (!endpoint) return 1;
  const auto provider = make_static_provider(
      {.access_key_id = "AKIAIOSFODNN7EXAMPLE", .secret_access_key = Secret("made/up"), .origin = "here"});
  LogsClient logs(transport, system_clock(), *provider, client_options(settings, *endpoint));
  const auto page = logs.get_log_events({.log_group_name = "G", .log_stream_name = "S"});
  if (!page) {
    std::fprintf(stderr, "%s\n", describe(page.error()).c_str());
    return 1;
  }
  const auto message = page->events()[0].message;
  std::printf("%.*s %.*s\n", static_cast<int>(version().size()), version().data(),
              static_cast<int>(message.size()), message.data());
}
