// Decoding a page of log events that lies in memory: ours, each kernel and the
// plain way, beside other JSON libraries at their best (buffers reused between
// pages, strings as views). All contestants must find the same events before any
// is timed. They run in random rotation; times are this thread's CPU time.
//
// Ours makes a page that owns its bytes and frees the one before; the copy that
// gives it (and RapidJSON, which writes into the text) a body is not timed.
#include <benchmark/benchmark.h>
#include <rapidjson/reader.h>
#include <simdjson.h>
#include <time.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "bench/corpora.h"
#include "wire/event_page.h"

namespace {

using crosslog::EventPage;
using crosslog::EventPageDecoder;
using crosslog::bench::Corpus;

struct Event {
  std::int64_t timestamp = 0, ingestion_time = 0;
  std::string_view message, event_id;

  bool operator==(const Event&) const = default;
};
using Events = std::vector<Event>;

// Decodes one page again and again.
class Contestant {
 public:
  virtual ~Contestant() = default;
  virtual void prepare(const std::string& page) = 0;  // not timed
  virtual bool decode() = 0;
  [[nodiscard]] virtual Events events() const = 0;
};

class Ours final : public Contestant {
 public:
  explicit Ours(const crosslog::wire::StringKernel& kernel) : kernel_(kernel) {}
  void prepare(const std::string& page) override {
    body_.reserve(page.size() + EventPageDecoder::kPadding);
    body_ = page;
  }
  bool decode() override {
    auto decoded = EventPageDecoder::decode(std::move(body_), kernel_);
    if (!decoded) return false;
    page_ = std::move(*decoded);
    return true;
  }
  [[nodiscard]] Events events() const override {
    Events events;
    for (const auto& event : page_.events())
      events.push_back({event.timestamp, event.ingestion_time, event.message, event.event_id});
    return events;
  }

 private:
  const crosslog::wire::StringKernel& kernel_;
  std::string body_;
  EventPage page_;
};

class OursPlainly final : public Contestant {
 public:
  void prepare(const std::string& page) override { text_ = simdjson::padded_string(page); }
  bool decode() override {
    auto decoded = EventPageDecoder::decode_plainly({text_.data(), text_.size()});
    if (!decoded) return false;
    page_ = std::move(*decoded);
    return true;
  }
  [[nodiscard]] Events events() const override {
    Events events;
    for (const auto& event : page_.events())
      events.push_back({event.timestamp, event.ingestion_time, event.message, event.event_id});
    return events;
  }

 private:
  simdjson::padded_string text_;
  EventPage page_;
};

// Those that fill a vector which they keep.
class Peer : public Contestant {
 public:
  [[nodiscard]] Events events() const override { return events_; }

 protected:
  Events events_;
};

class OnDemand final : public Peer {
 public:
  void prepare(const std::string& page) override {
    if (text_.size() != page.size()) text_ = simdjson::padded_string(page);
  }
  bool decode() override {
    events_.clear();
    simdjson::ondemand::document document;
    simdjson::ondemand::array list;
    if (parser_.iterate(text_).get(document) != simdjson::SUCCESS) return false;
    if (document["events"].get_array().get(list) != simdjson::SUCCESS) return false;
    for (auto element : list) {
      Event event;
      for (auto member : element.get_object()) {
        if (!read(member, event)) return false;
      }
      events_.push_back(event);
    }
    return true;
  }

 private:
  template <class Member>
  static bool read(Member& member, Event& event) {
    simdjson::ondemand::raw_json_string key;
    if (member.key().get(key) != simdjson::SUCCESS) return false;
    if (key == "timestamp") return member.value().get_int64().get(event.timestamp) == simdjson::SUCCESS;
    if (key == "message") return member.value().get_string().get(event.message) == simdjson::SUCCESS;
    if (key == "ingestionTime")
      return member.value().get_int64().get(event.ingestion_time) == simdjson::SUCCESS;
    if (key == "eventId") return member.value().get_string().get(event.event_id) == simdjson::SUCCESS;
    return true;
  }

  simdjson::ondemand::parser parser_;
  simdjson::padded_string text_;
};

// The same with the members asked for by name, in the order of the service.
class OnDemandByName final : public Peer {
 public:
  void prepare(const std::string& page) override {
    if (text_.size() != page.size()) text_ = simdjson::padded_string(page);
  }
  bool decode() override {
    events_.clear();
    simdjson::ondemand::document document;
    simdjson::ondemand::array list;
    if (parser_.iterate(text_).get(document) != simdjson::SUCCESS) return false;
    if (document["events"].get_array().get(list) != simdjson::SUCCESS) return false;
    for (auto element : list) {
      simdjson::ondemand::object object;
      Event event;
      if (element.get_object().get(object) != simdjson::SUCCESS ||
          object["timestamp"].get_int64().get(event.timestamp) != simdjson::SUCCESS ||
          object["message"].get_string().get(event.message) != simdjson::SUCCESS ||
          object["ingestionTime"].get_int64().get(event.ingestion_time) != simdjson::SUCCESS) {
        return false;
      }
      const auto error = object["eventId"].get_string().get(event.event_id);
      if (error != simdjson::SUCCESS && error != simdjson::NO_SUCH_FIELD) return false;
      events_.push_back(event);
    }
    return true;
  }

 private:
  simdjson::ondemand::parser parser_;
  simdjson::padded_string text_;
};

class Dom final : public Peer {
 public:
  void prepare(const std::string& page) override {
    if (text_.size() != page.size()) text_ = simdjson::padded_string(page);
  }
  bool decode() override {
    events_.clear();
    simdjson::dom::array list;
    if (parser_.parse(text_)["events"].get(list) != simdjson::SUCCESS) return false;
    for (const simdjson::dom::element element : list) {
      Event event;
      for (const auto& [key, value] : simdjson::dom::object(element)) {
        if (key == "timestamp") event.timestamp = std::int64_t(value);
        if (key == "message") event.message = std::string_view(value);
        if (key == "ingestionTime") event.ingestion_time = std::int64_t(value);
        if (key == "eventId") event.event_id = std::string_view(value);
      }
      events_.push_back(event);
    }
    return true;
  }

 private:
  simdjson::dom::parser parser_;
  simdjson::padded_string text_;
};

class RapidJsonInSitu final : public Peer {
 public:
  void prepare(const std::string& page) override { body_ = page; }
  bool decode() override {
    events_.clear();
    Handler handler(events_);
    rapidjson::InsituStringStream stream(body_.data());
    return static_cast<bool>(reader_.Parse<rapidjson::kParseInsituFlag>(stream, handler));
  }

 private:
  struct Handler : rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Handler> {
    Events& events;
    std::string_view key{};
    int depth = 0;
    bool in_events = false;

    explicit Handler(Events& into) : events(into) {}
    bool StartObject() {
      if (++depth == 2 && in_events) events.emplace_back();
      return true;
    }
    bool EndObject(rapidjson::SizeType) {
      --depth;
      return true;
    }
    bool Key(const char* text, rapidjson::SizeType size, bool) {
      key = {text, size};
      if (depth == 1) in_events = key == "events";
      return true;
    }
    bool String(const char* text, rapidjson::SizeType size, bool) {
      if (depth != 2 || !in_events) return true;
      if (key == "message") events.back().message = {text, size};
      if (key == "eventId") events.back().event_id = {text, size};
      return true;
    }
    bool Uint64(std::uint64_t number) {
      if (depth != 2 || !in_events) return true;
      if (key == "timestamp") events.back().timestamp = static_cast<std::int64_t>(number);
      if (key == "ingestionTime") events.back().ingestion_time = static_cast<std::int64_t>(number);
      return true;
    }
    bool Default() { return true; }
  };

  rapidjson::Reader reader_;
  std::string body_;
};

class Nlohmann final : public Peer {
 public:
  void prepare(const std::string& page) override { text_ = page; }
  bool decode() override {
    events_.clear();
    document_ = nlohmann::json::parse(text_);
    for (const auto& element : document_.at("events")) {
      Event event;
      event.timestamp = element.at("timestamp").get<std::int64_t>();
      event.message = element.at("message").get_ref<const std::string&>();
      event.ingestion_time = element.at("ingestionTime").get<std::int64_t>();
      if (const auto id = element.find("eventId"); id != element.end())
        event.event_id = id->get_ref<const std::string&>();
      events_.push_back(event);
    }
    return true;
  }

 private:
  std::string text_;
  nlohmann::json document_;
};

struct Entry {
  std::string name;
  std::unique_ptr<Contestant> contestant;
};

constexpr std::string_view kYardstick = "on-demand";

// "crosslog" is what this machine gets; the slower kernels follow by name.
std::vector<Entry> make_contestants() {
  std::vector<Entry> entries;
  entries.push_back({std::string(kYardstick), std::make_unique<OnDemand>()});
  const auto kernels = crosslog::wire::string_kernels();
  benchmark::AddCustomContext("crosslog", std::string(kernels.front().name));
  for (const auto& kernel : kernels) {
    const bool first = &kernel == &kernels.front();
    entries.push_back(
        {first ? "crosslog" : "crosslog-" + std::string(kernel.name), std::make_unique<Ours>(kernel)});
  }
  entries.push_back({"crosslog-plainly", std::make_unique<OursPlainly>()});
  entries.push_back({"on-demand-by-name", std::make_unique<OnDemandByName>()});
  entries.push_back({"dom", std::make_unique<Dom>()});
  entries.push_back({"rapidjson-insitu", std::make_unique<RapidJsonInSitu>()});
  entries.push_back({"nlohmann", std::make_unique<Nlohmann>()});
  return entries;
}

double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void time_pages(benchmark::State& state, Contestant& contestant, const Corpus& corpus) {
  for ([[maybe_unused]] auto _ : state) {
    contestant.prepare(corpus.page);
    const double begin = thread_seconds();
    if (!contestant.decode()) state.SkipWithError("refused");
    state.SetIterationTime(thread_seconds() - begin);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(corpus.page.size()));
}

// Whether all read the corpus alike.
bool agree(const std::vector<Entry>& entries, const Corpus& corpus) {
  for (const Entry& entry : entries) {
    entry.contestant->prepare(corpus.page);
    if (!entry.contestant->decode() || entry.contestant->events() != entries.front().contestant->events()) {
      std::fprintf(stderr, "%s reads %s in its own way: nothing was timed\n", entry.name.c_str(),
                   std::string(corpus.name).c_str());
      return false;
    }
  }
  return true;
}

// The usual lines, then each median as a multiple of the yardstick's speed.
class Reporter final : public benchmark::ConsoleReporter {
 public:
  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& run : runs) {
      if (run.aggregate_name == "median") medians_[run.run_name.function_name] = run.GetAdjustedRealTime();
      if (run.aggregate_name == "min") minima_[run.run_name.function_name] = run.GetAdjustedRealTime();
    }
  }
  void Finalize() override {
    for (const auto& [name, median] : medians_) {
      const auto yardstick = name.substr(0, name.find('/') + 1).append(kYardstick);
      if (!medians_.contains(yardstick)) continue;
      std::printf("%-40s %6.2fx of %s by medians, %6.2fx by minima\n", name.c_str(),
                  medians_[yardstick] / median, kYardstick.data(), minima_[yardstick] / minima_[name]);
    }
  }

 private:
  std::map<std::string, double> medians_, minima_;
};

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> defaults = {"--benchmark_repetitions=21", "--benchmark_min_time=0.02",
                                       "--benchmark_enable_random_interleaving=true",
                                       "--benchmark_report_aggregates_only=true"};
  std::vector<char*> arguments = {argv[0]};
  for (auto& argument : defaults)
    arguments.push_back(argument.data());
  arguments.insert(arguments.end(), argv + 1, argv + argc);
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());

  const auto corpora = crosslog::bench::make_corpora();
  const auto contestants = make_contestants();
  for (const Corpus& corpus : corpora) {
    if (!agree(contestants, corpus)) return 1;
    for (const Entry& entry : contestants) {
      benchmark::RegisterBenchmark((std::string(corpus.name) + "/" + entry.name).c_str(), time_pages,
                                   std::ref(*entry.contestant), std::cref(corpus))
          ->UseManualTime()
          ->ComputeStatistics("min",
                              [](const std::vector<double>& v) { return *std::ranges::min_element(v); })
          ->ComputeStatistics("max",
                              [](const std::vector<double>& v) { return *std::ranges::max_element(v); });
    }
  }
  Reporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  return 0;
}
