#define BOOST_TEST_MODULE cli_live_names
#include "cli/live_names.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/fake_host.h"

using namespace crosslog;
using namespace crosslog::cli;
using Names = std::vector<std::string>;
using namespace std::chrono_literals;

namespace {

const TimePoint kNow = TimePoint(1'700'000'000'000ms);

struct CachingHost : test::FakeHost {
  Host machine() {
    Host made = host();
    made.read_private_file = made.read_file;
    made.replace_file = [this](const std::string& path, std::string_view bytes) -> Result<void> {
      files[path] = bytes;
      return {};
    };
    return made;
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(names_are_kept_for_a_minute) {
  CachingHost machine;
  machine.environment["HOME"] = "/home/me";
  const Host host = machine.machine();
  const NameCache cache(host);
  BOOST_TEST(!cache.find("q", kNow));
  cache.keep("q", {"a", "b"}, kNow);
  BOOST_TEST((cache.find("q", kNow) == Names{"a", "b"}));
  BOOST_TEST((cache.find("q", kNow + 60s) == Names{"a", "b"}));
  BOOST_TEST(!cache.find("q", kNow + 60'001ms));
  BOOST_TEST(!cache.find("q", kNow - 1ms));
  BOOST_TEST(!cache.find("other", kNow));
  cache.keep("none", {}, kNow);
  BOOST_TEST((cache.find("none", kNow) == Names{}));
}

BOOST_AUTO_TEST_CASE(the_folder_is_small_and_says_nothing_of_the_query) {
  CachingHost machine;
  machine.environment["HOME"] = "/home/me";
  machine.environment["XDG_CACHE_HOME"] = "/cache";
  const Host host = machine.machine();
  const NameCache cache(host);
  for (int i = 0; i < 1'000; ++i)
    cache.keep("https://user:secret@host" + std::to_string(i), {"name"}, kNow);
  BOOST_TEST(machine.files.size() <= 64u);
  BOOST_TEST(machine.files.size() > 32u);
  for (const auto& [path, bytes] : machine.files) {
    BOOST_TEST(path.starts_with("/cache/crosslog/completion/names-"));
    BOOST_TEST(!bytes.contains("secret"));
  }
  BOOST_TEST((cache.find("https://user:secret@host999", kNow) == Names{"name"}));
}

BOOST_AUTO_TEST_CASE(what_is_no_cache_is_none) {
  CachingHost machine;
  machine.environment["HOME"] = "/home/me";
  const Host host = machine.machine();
  const NameCache cache(host);
  cache.keep("q", {"a"}, kNow);
  BOOST_REQUIRE(machine.files.size() == 1u);
  auto& bytes = machine.files.begin()->second;
  const std::string good = bytes;
  for (std::size_t size = 0; size < good.size(); ++size) {
    bytes = good.substr(0, size);
    BOOST_TEST(!cache.find("q", kNow));
  }
  bytes = good;
  bytes.replace(bytes.find("[\"a\"]"), 5, "[1]");
  BOOST_TEST(!cache.find("q", kNow));
}

BOOST_AUTO_TEST_CASE(without_a_place_nothing_is_kept) {
  CachingHost machine;
  const auto kept = [&] {
    const Host host = machine.machine();
    NameCache(host).keep("q", {"a"}, kNow);
    return !machine.files.empty();
  };
  BOOST_TEST(!kept());
  machine.environment["HOME"] = "relative";
  BOOST_TEST(!kept());
  machine.environment["HOME"] = "/home/me";
  machine.environment["CROSSLOG_NO_CACHE"] = "1";
  BOOST_TEST(!kept());
  machine.environment.erase("CROSSLOG_NO_CACHE");
  machine.environment["XDG_CACHE_HOME"] = "relative";
  BOOST_TEST(kept());
  BOOST_TEST(machine.files.begin()->first.starts_with("/home/me/.cache/crosslog/"));
}

BOOST_AUTO_TEST_CASE(profiles_and_regions_come_from_the_files) {
  CachingHost machine;
  machine.environment["HOME"] = "/home/me";
  machine.environment["AWS_REGION"] = "ap-south-1";
  machine.files["/home/me/.aws/config"] =
      "[default]\nregion = us-east-1\n[profile b]\nregion = eu-west-1\n[profile c]\nregion = us-east-1\n";
  machine.files["/home/me/.aws/credentials"] = "[only-keys]\naws_access_key_id = x\n";
  const Host host = machine.machine();
  const Program program;
  LiveNames names(program, host, {});
  const auto source = names.source();
  BOOST_TEST((source.profiles() == Names{"b", "c", "default", "only-keys"}));
  BOOST_TEST((source.regions() == Names{"ap-south-1", "eu-west-1", "us-east-1"}));
}

BOOST_AUTO_TEST_CASE(what_can_be_no_name_is_not_asked_for) {
  CachingHost machine;
  const Host host = machine.machine();
  const Program program;
  LiveNames names(program, host, {});
  const auto source = names.source();
  BOOST_TEST(source.groups({}, "a b").empty());
  BOOST_TEST(source.streams({}, "a b", "").empty());
  BOOST_TEST(source.streams({}, "G", "a*").empty());
}
