// Signing one GetLogEvents request: with everything derived anew, and with the day's key
// at hand. The floor is the number of SHA-256 blocks that such a signature cannot do
// without (the key's inner and outer block made before) at the speed OpenSSL hashes a
// long text, measured in the same process.
//
// sign_bench --answer prints the signed request as JSON, to be verified by somebody else.
// The request is that of peers/request.json, which the peers sign too.

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include "crosslog/document.h"
#include "crosslog/sigv4.h"

namespace {

using namespace crosslog;

struct Work {
  std::vector<Header> headers;
  std::string body, path, date;
  std::string region, service;
  Credentials credentials;
  TimePoint time;

  [[nodiscard]] sigv4::Signable signable() const { return {"POST", path, "", headers, body}; }
  [[nodiscard]] sigv4::Scope scope() const { return {region, service, time}; }
};

Work make_work(const char* file) {
  std::string text;
  if (std::FILE* in = std::fopen(file, "rb")) {
    for (int c = std::fgetc(in); c != EOF; c = std::fgetc(in))
      text += static_cast<char>(c);
    std::fclose(in);
  }
  const auto json = parse_json(text);
  if (!json) {
    std::fprintf(stderr, "sign_bench: %s is no request\n", file);
    std::exit(2);
  }
  const auto text_of = [&](const char* name) { return *json->find(name)->string(); };
  Work work;
  work.path = "/";
  work.body = text_of("body");
  work.region = text_of("region");
  work.service = text_of("service");
  work.date = text_of("date");
  work.time = *sigv4::parse_date(work.date);
  for (const auto& [name, value] : *json->find("headers")->map())
    work.headers.push_back({name, *value.string()});
  work.credentials.access_key_id = text_of("access_key_id");
  work.credentials.secret_access_key = Secret(text_of("secret_access_key"));
  work.credentials.session_token = Secret(text_of("session_token"));
  return work;
}

std::size_t blocks(std::size_t bytes) {
  return (bytes + 9 + 63) / 64;
}

// Body, canonical request, the inner hash after its key block, and the outer one.
std::size_t blocks_of(const Work& work) {
  const auto made = sigv4::explain(work.signable(), work.credentials, work.scope());
  return blocks(work.body.size()) + blocks(made->canonical_request.size()) +
         (blocks(64 + made->string_to_sign.size()) - 1) + 1;
}

void sign_cold(benchmark::State& state, const Work& work) {
  for (auto _ : state) {
    auto headers = sigv4::sign(work.signable(), work.credentials, work.scope());
    benchmark::DoNotOptimize(headers);
  }
}

void sign_with_key(benchmark::State& state, const Work& work) {
  const auto key = sigv4::signing_key(work.credentials.secret_access_key.reveal(), work.scope());
  const sigv4::Options options{.key = &key};
  for (auto _ : state) {
    auto headers = sigv4::sign(work.signable(), work.credentials, work.scope(), options);
    benchmark::DoNotOptimize(headers);
  }
}

// As many blocks as a signature needs, in one text.
void floor_of_blocks(benchmark::State& state, const Work& work) {
  const std::string text(64 * blocks_of(work), 'x');
  SHA256_CTX context;
  SHA256_Init(&context);
  for (auto _ : state) {
    SHA256_Update(&context, text.data(), text.size());
    benchmark::DoNotOptimize(context);
  }
  state.counters["blocks"] = static_cast<double>(text.size() / 64);
}

int print_answer(const Work& work) {
  const auto signed_headers = sigv4::sign(work.signable(), work.credentials, work.scope());
  if (!signed_headers) return 1;
  Document headers = Document::Map();
  for (const auto& header : work.headers)
    headers.set(header.name, header.value);
  for (const auto& header : *signed_headers)
    headers.set(header.name, header.value);
  std::puts(write_json(headers).c_str());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const Work work = make_work(argv[1]);
  if (argc == 3 && std::string_view(argv[2]) == "--answer") return print_answer(work);
  int left = argc - 1;
  benchmark::Initialize(&left, argv + 1);
  const auto add = [&work](const char* name, void (*run)(benchmark::State&, const Work&)) {
    benchmark::RegisterBenchmark(name, [&work, run](benchmark::State& state) { run(state, work); });
  };
  add("cold", sign_cold);
  add("cached_key", sign_with_key);
  add("floor", floor_of_blocks);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
