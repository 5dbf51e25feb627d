// crosslog-sandbox: an AWS on loopback. Reads its command line and its seed, wires the
// services to their ports, and serves until it is told to end.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>

#include "sandbox/options.h"
#include "sandbox/server.h"
#include "sandbox/services.h"

namespace {

using namespace crosslog::sandbox;
namespace json = boost::json;

constexpr int kFailed = 1, kUsage = 2;

int fail(int status, const std::string& why) {
  std::cerr << "crosslog-sandbox: " << why << "\n";
  return status;
}

std::expected<std::string, std::string> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::unexpected("cannot read " + path);
  return std::string{std::istreambuf_iterator<char>(in), {}};
}

std::expected<json::value, std::string> read_json(const std::string& path) {
  const auto text = read_file(path);
  if (!text) return std::unexpected(text.error());
  json::error_code error;
  auto value = json::parse(*text, error);
  if (error) return std::unexpected(path + ": not JSON: " + error.message());
  return value;
}

std::string text_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string{};
}

bool flag_of(const json::object& object, std::string_view name, bool fallback) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_bool() ? value->get_bool() : fallback;
}

// One signed request in a file against one key: for people who debug signatures.
int verify_file(const Options& options) {
  const auto context = read_json(options.context_file);
  if (!context) return fail(kUsage, context.error());
  const auto text = read_file(options.verify_file);
  if (!text) return fail(kUsage, text.error());
  const auto* object = context->if_object();
  const auto* credentials = object != nullptr ? object->if_contains("credentials") : nullptr;
  const auto now = object != nullptr ? parse_iso_time(text_of(*object, "timestamp")) : std::nullopt;
  if (credentials == nullptr || !credentials->is_object() || !now)
    return fail(kUsage, options.context_file + ": needs credentials and timestamp");
  const auto request = parse_request(*text);
  if (!request) return fail(kUsage, options.verify_file + ": not an HTTP request");

  const auto& known = credentials->get_object();
  const bool omitted = flag_of(*object, "omit_session_token", false);
  const auto lookup = [&](std::string_view id) -> std::optional<KnownKey> {
    if (id != text_of(known, "access_key_id")) return std::nullopt;
    const auto token = text_of(known, "token");
    return KnownKey{
        text_of(known, "secret_access_key"), token.empty() ? std::nullopt : std::optional(token), {}};
  };
  const auto verified = verify(
      *request, lookup,
      {.now = *now, .normalize_path = flag_of(*object, "normalize", true), .token_may_be_unsigned = omitted});
  if (!verified) {
    const auto why = sts_refusal(verified.error());
    std::cout << why.code << ": " << why.message << "\n";
    return kFailed;
  }
  std::cout << "valid\n";
  return 0;
}

// /load/generated has one stream of all events; /load/app-1 to -4 have as many again,
// dealt out to five streams each, so that every group and stream is interleaved.
void generate(World& world, const std::string& account, const Generator& all) {
  constexpr int kGroups = 4, kStreams = 5, kShares = kGroups * kStreams;
  const std::string& region = world.instance.region;
  world.groups[{account, region, "/load/generated"}].streams["s"] = LogStream(all);
  for (int share = 0; share < kShares; ++share) {
    Generator part = all;
    part.count = (all.count + kShares - 1 - static_cast<std::uint64_t>(share)) / kShares;
    part.first_timestamp += share * all.step_ms;
    part.step_ms *= kShares;
    if (part.count == 0) continue;
    world.groups[{account, region, "/load/app-" + std::to_string(share % kGroups + 1)}]
        .streams["web-" + std::to_string(share / kGroups + 1)] = LogStream(part);
  }
}

// Everything that can be wrong before the first request.
std::expected<State, std::string> make_state(const Options& options) {
  State state;
  std::string seed(demo_seed());
  if (!options.seed_file.empty()) {
    auto text = read_file(options.seed_file);
    if (!text) return std::unexpected(text.error());
    seed = std::move(*text);
  }
  auto world = read_world(seed);
  if (!world)
    return std::unexpected((options.seed_file.empty() ? "seed" : options.seed_file) + ": " + world.error());
  state.world = std::move(*world);
  if (options.events > 0) {
    Generator generator;
    generator.count = static_cast<std::uint64_t>(options.events);
    generator.message_bytes = static_cast<std::size_t>(options.event_bytes);
    for (const auto& account : state.world.accounts)
      generate(state.world, account, generator);
  }
  if (!options.faults_file.empty()) {
    const auto script = read_json(options.faults_file);
    if (!script) return std::unexpected(script.error());
    auto faults = read_faults(*script);
    if (!faults) return std::unexpected(options.faults_file + ": " + faults.error());
    state.faults.set(std::move(*faults));
  }
  state.quota.rate = options.quota;
  state.imds.extended = options.imds_extended;
  state.imds.credentials_file = options.imds_credentials_file;
  state.clock_offset = std::chrono::seconds(options.clock_offset);
  state.page_window_ms = options.page_window_ms;
  state.page_events = options.page_events;
  state.queries.duration = std::chrono::milliseconds(options.query_ms);
  return state;
}

int serve(const Options& options) {
  auto made = make_state(options);
  if (!made) return fail(kUsage, made.error());
  State state = std::move(*made);
  std::ofstream file;
  if (options.log_file != "-") {
    file.open(options.log_file, std::ios::app);
    if (!file) return fail(kUsage, "cannot write " + options.log_file);
  }
  std::ostream& log = options.log_file == "-" ? std::cerr : file;
  Server server([&](std::string_view line) {
    if (!options.quiet) log << iso_time(state.now()) << " " << line << "\n" << std::flush;
  });

  struct Door {
    std::string_view name;
    std::uint16_t port;
    Exchange (*serve)(State&, const RawRequest&);
  };
  for (const Door& door : {Door{"aws", options.port, serve_aws}, Door{"imds", options.imds_port, serve_imds},
                           Door{"container", options.container_port, serve_container},
                           Door{"control", options.control_port, serve_control}}) {
    std::string error;
    const auto port = server.listen(
        door.port, [&state, serve = door.serve](const RawRequest& request) { return serve(state, request); },
        error);
    if (port == 0) return fail(kFailed, error);
    std::cout << door.name << " http://127.0.0.1:" << port << "\n" << std::flush;
  }
  std::cout << "ready\n" << std::flush;
  server.run(options.until_stdin_closes);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const auto options = read_options({argv + 1, argv + argc});
  if (!options) return fail(kUsage, options.error() + " (--help lists the options)");
  switch (options->mode) {
    case Options::Mode::help:
      std::cout << help_text();
      return 0;
    case Options::Mode::version:
      std::cout << "crosslog-sandbox " CROSSLOG_VERSION "\n";
      return 0;
    case Options::Mode::print_seed:
      std::cout << demo_seed() << "\n";
      return 0;
    case Options::Mode::verify:
      return verify_file(*options);
    case Options::Mode::serve:
      break;
  }
  return serve(*options);
}
