// Reading what is small: the answer of AssumeRole, the shared config file, a JMESPath
// expression; the latter two at sizes ten times apart, so that the growth shows.
//
// parse_bench FOLDER [--answer | Google Benchmark's options]; FOLDER has what
// bench/peers/python/parse.py --make writes, which the peers read too.

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "crosslog/document.h"
#include "crosslog/jmespath.h"
#include "crosslog/sts.h"
#include "wire/shared_config.h"

namespace {

using namespace crosslog;

constexpr const char* kExpression = "events[?contains(message, 'ERROR')].[timestamp, message]";
constexpr JsonLimits kLimits{.max_bytes = 64u << 20};

std::string folder;

std::string read(const std::string& name) {
  std::string text;
  std::FILE* in = std::fopen((folder + "/" + name).c_str(), "rb");
  if (in == nullptr) {
    std::fprintf(stderr, "parse_bench: no file %s\n", name.c_str());
    std::exit(2);
  }
  char buffer[65536];
  for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof(buffer), in)) > 0;)
    text.append(buffer, got);
  std::fclose(in);
  return text;
}

HttpResponse sts_response() {
  return {.status = 200, .headers = {{"content-type", "text/xml"}}, .body = read("assume_role.xml")};
}

std::string sized(const char* stem, long n, const char* end) {
  return stem + std::to_string(n) + end;
}

void sts_xml(benchmark::State& state) {
  const HttpResponse response = sts_response();
  for (auto _ : state)
    benchmark::DoNotOptimize(decode_assumed_role(response));
}

void config(benchmark::State& state) {
  const std::string text = read(sized("config_", state.range(0), ".ini"));
  for (auto _ : state)
    benchmark::DoNotOptimize(wire::parse_shared_config(text, wire::ConfigKind::config, "config"));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

void jmespath_parse(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(Jmespath::parse(kExpression));
}

void jmespath_search(benchmark::State& state) {
  const auto document = parse_json(read(sized("events_", state.range(0), ".json")), kLimits);
  const auto expression = Jmespath::parse(kExpression);
  for (auto _ : state)
    benchmark::DoNotOptimize(expression->search(*document));
}

int print_answer() {
  const auto role = decode_assumed_role(sts_response());
  const auto file = wire::parse_shared_config(read("config_100.ini"), wire::ConfigKind::config, "config");
  const auto document = parse_json(read("events_1000.json"), kLimits);
  if (!role || !file || !document) return 1;
  const auto found = Jmespath::parse(kExpression)->search(*document);
  const auto& profile = file->profiles.at("team-99");
  Document answer = Document::Map();
  answer.set("sts_xml", role->assumed_role_arn + " " + role->credentials.access_key_id);
  answer.set("config", std::to_string(file->profiles.size()) + " " + profile.find("role_arn")->second.value);
  answer.set("jmespath", *found);
  std::puts(write_json(answer).c_str());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  folder = argv[1];
  if (argc == 3 && std::string_view(argv[2]) == "--answer") return print_answer();
  benchmark::RegisterBenchmark("sts_xml", sts_xml);
  benchmark::RegisterBenchmark("config", config)->Arg(10)->Arg(100)->Arg(1000);
  benchmark::RegisterBenchmark("jmespath_parse", jmespath_parse);
  benchmark::RegisterBenchmark("jmespath_search", jmespath_search)->Arg(100)->Arg(1000)->Arg(10000);
  int left = argc - 1;
  benchmark::Initialize(&left, argv + 1);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
