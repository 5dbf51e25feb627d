#define BOOST_TEST_MODULE credential_cache
#include "crosslog/credential_cache.h"

#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "base/time.h"
#include "tests/support/fake_clock.h"
#include "tests/support/providers.h"
#include "tests/support/temporary_folder.h"

using namespace crosslog;
using std::chrono::minutes;
using std::chrono::seconds;
namespace fs = std::filesystem;

namespace {

const std::string kKey = "5f52c9c583acfd120a607977e4f21fe86b7fa42d";
const std::string kArn = "arn:aws:sts::123456789012:assumed-role/demo/s";
constexpr uid_t kNobody = 65534;

struct Scene {
  CredentialCache& cache() {
    if (!made) {
      made = make_credential_cache(host, clock, folder / "cli/cache",
                                   [this](std::string_view line) { notes.emplace_back(line); });
    }
    return *made;
  }
  Result<AssumedRole> get(const std::string& key = kKey) {
    return cache().get(key, [this] { return fetch(); }, {});
  }
  Result<AssumedRole> fetch() {
    ++fetched;
    AssumedRole role;
    role.credentials = test::keys("FETCHED" + std::to_string(fetched), "token", clock.now() + lifetime);
    role.credentials.account_id = "123456789012";
    role.assumed_role_id = "AROAEXAMPLE:s";
    role.assumed_role_arn = kArn;
    role.packed_policy_size = 6;
    return role;
  }
  [[nodiscard]] std::string path() const { return folder / ("cli/cache/" + kKey + ".json"); }
  void write(const std::string& text, mode_t mode = 0600) {
    fs::create_directories(folder / "cli/cache");
    folder.write("cli/cache/" + kKey + ".json", text, mode);
  }
  [[nodiscard]] std::string text() const { return folder.read("cli/cache/" + kKey + ".json"); }
  std::string access_key() { return get()->credentials.access_key_id; }

  test::FakeClock clock;
  test::TemporaryFolder folder;
  Host host = system_host();
  std::chrono::seconds lifetime{3600};
  std::atomic<int> fetched = 0;
  std::vector<std::string> notes;
  std::unique_ptr<CredentialCache> made;
};

std::string entry(const std::string& expiration, const std::string& key = "KEPT") {
  return R"({"Credentials": {"AccessKeyId": ")" + key +
         R"(", "SecretAccessKey": "kept-secret", "SessionToken": "kept-token", "Expiration": ")" +
         expiration +
         R"(", "AccountId": "123456789012"}, "AssumedRoleUser": {"AssumedRoleId": "AROAEXAMPLE:s", "Arn": ")" +
         kArn +
         R"("}, "PackedPolicySize": 6, "ResponseMetadata": {"RequestId": "r", "HTTPStatusCode": 200, )"
         R"("HTTPHeaders": {"x": "y"}, "RetryAttempts": 0}})";
}

}  // namespace

// Hashes that the AWS CLI made.
BOOST_AUTO_TEST_CASE(keys_are_the_aws_clis) {
  const std::string arn = "arn:aws:iam::123456789012:role/demo";
  BOOST_TEST(cache_key(Document::Map{{"RoleArn", arn}}) == "5f52c9c583acfd120a607977e4f21fe86b7fa42d");
  BOOST_TEST(cache_key(Document::Map{{"SerialNumber", "arn:aws:iam::123456789012:mfa/u"},
                                     {"RoleArn", arn},
                                     {"RoleSessionName", "sess"},
                                     {"ExternalId", "ext id/\u00e9"},
                                     {"DurationSeconds", 900}}) ==
             "a789b504dad704178ab66df554034357cc400420");
}

// python3: hashlib.sha1(json.dumps({...}, sort_keys=True).encode()).hexdigest()
BOOST_AUTO_TEST_CASE(every_kind_of_byte_is_escaped_as_python_does) {
  const auto key = [](std::string_view text) { return cache_key(Document::Map{{"E", text}}); };
  BOOST_TEST(key("plain ascii ~ !") == "d5949c47227422333dcc067e41b6348dc1a273c8");
  BOOST_TEST(key("\" \\ / \b \f \n \r \t") == "439b0ef4c1b8898b0583e124c5f045a97a6493ba");
  BOOST_TEST(key("\x01\x1f\x7f") == "3674d3bc7324ee03213139fc5c4b8cf83010a15c");
  BOOST_TEST(key("\u0080\u07ff\u0800\uffff") == "7c30752dd7cc35cd66eabb6dded45c63ba86f8c9");
  BOOST_TEST(key("\U00010000\U0001F600\U0010FFFF") == "fe320ce29c494b8891a540398f25de6ca15abca9");
}

BOOST_AUTO_TEST_CASE(what_is_fetched_is_kept_as_the_aws_cli_writes_it) {
  Scene scene;
  BOOST_TEST(scene.access_key() == "FETCHED1");
  BOOST_TEST(scene.text() ==
             R"({"Credentials": {"AccessKeyId": "FETCHED1", "SecretAccessKey": )"
             R"("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "SessionToken": "token", "Expiration": )"
             R"("2026-01-01T01:00:00+00:00", "AccountId": "123456789012"}, "AssumedRoleUser": )"
             R"({"AssumedRoleId": "AROAEXAMPLE:s", "Arn": ")" +
                 kArn + R"("}, "PackedPolicySize": 6, "ResponseMetadata": {"HTTPStatusCode": 200}})");
  const auto again = scene.get();
  BOOST_REQUIRE(again.has_value());
  BOOST_TEST(scene.fetched == 1);
  BOOST_TEST(again->credentials.access_key_id == "FETCHED1");
  BOOST_TEST(again->credentials.secret_access_key.reveal() == test::keys().secret_access_key.reveal());
  BOOST_TEST(again->credentials.session_token.reveal() == "token");
  BOOST_TEST((again->credentials.expires == scene.clock.now() + seconds(3600)));
  BOOST_TEST(again->credentials.account_id == "123456789012");
  BOOST_TEST(again->credentials.origin == "cache " + scene.path());
  BOOST_TEST(again->credentials.hops.at(0).cached);
  BOOST_TEST(again->assumed_role_arn == kArn);
  BOOST_TEST(again->assumed_role_id == "AROAEXAMPLE:s");
  BOOST_TEST((again->packed_policy_size == 6));
  BOOST_TEST(scene.notes.empty());
}

BOOST_AUTO_TEST_CASE(files_and_folders_are_for_their_owner) {
  Scene scene;
  BOOST_REQUIRE(scene.get().has_value());
  for (const std::string& path : {scene.folder / "cli/cache", scene.folder / "cli"}) {
    BOOST_TEST((fs::status(path).permissions() == fs::perms::owner_all));
  }
  for (const auto& file : fs::directory_iterator(scene.folder / "cli/cache")) {
    BOOST_TEST((file.status().permissions() == (fs::perms::owner_read | fs::perms::owner_write)));
  }
}

BOOST_AUTO_TEST_CASE(single_sign_on_has_its_own_shape) {
  Scene scene;
  const auto fetch = [&]() -> Result<AssumedRole> {
    AssumedRole role;
    role.credentials = test::keys("SSO", "token", scene.clock.now() + minutes(60));
    return role;
  };
  BOOST_REQUIRE(scene.cache().get(kKey, fetch, {}).has_value());
  BOOST_TEST(scene.text() ==
             R"({"ProviderType": "sso", "Credentials": {"AccessKeyId": "SSO", "SecretAccessKey": )"
             R"("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "SessionToken": "token", "Expiration": )"
             R"("2026-01-01T01:00:00Z"}})");
  BOOST_TEST(scene.access_key() == "SSO");
  BOOST_TEST(scene.fetched == 0);
}

BOOST_AUTO_TEST_CASE(both_forms_of_the_time_are_read) {
  for (const char* time : {"2026-01-01T01:00:00+00:00", "2026-01-01T01:00:00UTC", "2026-01-01T01:00:00Z",
                           "2026-01-01T02:00:00+01:00"}) {
    Scene scene;
    scene.write(entry(time));
    const auto role = scene.get();
    BOOST_REQUIRE(role.has_value());
    BOOST_TEST(role->credentials.access_key_id == "KEPT", time);
    BOOST_TEST((role->credentials.expires == scene.clock.now() + minutes(60)));
  }
}

BOOST_AUTO_TEST_CASE(an_entry_is_used_until_its_window_begins) {
  Scene scene;
  scene.write(entry("2026-01-01T01:00:00UTC"));
  scene.clock.advance(minutes(54));
  BOOST_TEST(scene.access_key() == "KEPT");
  scene.clock.advance(minutes(1));
  BOOST_TEST(scene.access_key() == "FETCHED1");
  BOOST_TEST(scene.access_key() == "FETCHED1");
  BOOST_TEST(scene.notes.empty());
}

BOOST_AUTO_TEST_CASE(what_the_service_refused_is_not_given_again) {
  Scene scene;
  scene.write(entry("2026-01-01T01:00:00UTC"));
  scene.cache().invalidate(kKey, "ANOTHER");
  scene.cache().invalidate("another", "KEPT");
  BOOST_TEST(scene.access_key() == "KEPT");
  scene.cache().invalidate(kKey, "KEPT");
  BOOST_TEST(scene.access_key() == "FETCHED1");
  BOOST_TEST(scene.access_key() == "FETCHED1");
  scene.write(entry("2026-01-01T01:00:00UTC", "BY-ANOTHER-PROCESS"));
  scene.cache().invalidate(kKey, "FETCHED1");
  BOOST_TEST(scene.access_key() == "BY-ANOTHER-PROCESS");
}

// F2: a file that is of no use is a miss, and replaced.
BOOST_AUTO_TEST_CASE(a_bad_file_is_a_miss) {
  const std::string good = entry("2026-01-01T01:00:00UTC");
  std::vector<std::string> texts{"",
                                 " ",
                                 "null",
                                 "[]",
                                 "\"text\"",
                                 "{}",
                                 R"({"Credentials": null})",
                                 R"({"Credentials": []})",
                                 R"({"Credentials": {}})",
                                 good + good,
                                 "\xEF\xBB\xBF" + good,
                                 entry("soon"),
                                 entry(""),
                                 entry("2026-01-01T00:05:00Z"),
                                 entry("2025-01-01T00:00:00Z"),
                                 entry("2026-01-01T01:00:00Z", ""),
                                 entry("2026-01-01T01:00:00Z", "two words"),
                                 entry("2026-01-01T01:00:00Z", "line\\nbreak"),
                                 std::string(std::size_t{65} << 10, ' ') + good,
                                 std::string(100, '\0')};
  for (std::size_t size = 0; size < good.size(); size += 37)
    texts.push_back(good.substr(0, size));
  for (const char* member : {"AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"}) {
    std::string renamed = good;
    renamed.replace(renamed.find(member), 1, "X");
    texts.push_back(renamed);
    std::string number = good;
    const auto value = number.find(": ", number.find(member)) + 2;
    number.replace(value, number.find('"', value + 1) + 1 - value, "7");
    texts.push_back(number);
  }
  for (const auto& text : texts) {
    Scene scene;
    scene.write(text);
    BOOST_TEST(scene.access_key() == "FETCHED1", text.substr(0, 200));
    BOOST_TEST(scene.access_key() == "FETCHED1");
    BOOST_TEST(scene.fetched == 1);
  }
}

BOOST_AUTO_TEST_CASE(a_file_that_others_may_have_touched_is_a_miss) {
  for (const mode_t mode : {0666, 0644, 0620}) {
    Scene scene;
    scene.write(entry("2026-01-01T01:00:00Z"), mode);
    BOOST_TEST(scene.access_key() == "FETCHED1");
    BOOST_TEST((fs::status(scene.path()).permissions() == (fs::perms::owner_read | fs::perms::owner_write)));
    BOOST_TEST(scene.access_key() == "FETCHED1");
    BOOST_REQUIRE(scene.notes.size() == 1u);
    BOOST_TEST(scene.notes[0] ==
               "role cache: Unable to read " + scene.path() + ": other users may read or write it");
  }
  Scene link;
  link.write("");
  fs::remove(link.path());
  link.folder.write("elsewhere", entry("2026-01-01T01:00:00Z"));
  fs::create_symlink(link.folder / "elsewhere", link.path());
  BOOST_TEST(link.access_key() == "FETCHED1");
  BOOST_TEST(!fs::is_symlink(link.path()));
  BOOST_TEST(link.folder.read("elsewhere") == entry("2026-01-01T01:00:00Z"));
  if (geteuid() != 0) return;
  Scene other;
  other.write(entry("2026-01-01T01:00:00Z"));
  BOOST_REQUIRE(chown(other.path().c_str(), kNobody, kNobody) == 0);
  BOOST_TEST(other.access_key() == "FETCHED1");
  BOOST_TEST(other.notes.at(0).find("another user") != std::string::npos);
  BOOST_TEST(other.access_key() == "FETCHED1");
}

BOOST_AUTO_TEST_CASE(trouble_with_the_folder_costs_the_cache_and_not_the_call) {
  Scene file;
  file.folder.write("cli", "a file where a folder should be");
  BOOST_TEST(file.access_key() == "FETCHED1");
  BOOST_TEST(file.access_key() == "FETCHED2");
  BOOST_TEST(file.notes.size() == 1u);
  BOOST_TEST(file.folder.read("cli") == "a file where a folder should be");

  Scene link;
  fs::create_directory(link.folder / "real");
  fs::create_directory_symlink(link.folder / "real", link.folder / "cli");
  BOOST_TEST(link.access_key() == "FETCHED1");
  BOOST_TEST(link.access_key() == "FETCHED1");  // a home on another disk is no trouble

  Scene full;
  full.host.replace_file = [](const std::string& path, std::string_view) -> Result<void> {
    return fail(Errc::configuration, "Unable to write " + path + ": No space left on device");
  };
  BOOST_TEST(full.access_key() == "FETCHED1");
  BOOST_TEST(full.access_key() == "FETCHED2");
  BOOST_TEST(full.notes.size() == 1u);
  BOOST_TEST(full.notes.at(0).find("No space left") != std::string::npos);

  Scene none;
  none.host = {};
  BOOST_TEST(none.access_key() == "FETCHED1");
  BOOST_TEST(none.access_key() == "FETCHED2");
  BOOST_TEST(none.notes.empty());

  if (geteuid() != 0) return;
  Scene theirs;
  fs::create_directories(theirs.folder / "cli/cache");
  BOOST_REQUIRE(chown((theirs.folder / "cli/cache").c_str(), kNobody, kNobody) == 0);
  BOOST_TEST(theirs.access_key() == "FETCHED1");
  BOOST_TEST(fs::is_empty(theirs.folder / "cli/cache"));
  BOOST_TEST(theirs.notes.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_failure_is_passed_on_and_not_kept) {
  Scene scene;
  const auto failing = [&]() -> Result<AssumedRole> {
    ++scene.fetched;
    return fail(Errc::access_denied, "no");
  };
  for (int i = 1; i <= 2; ++i) {
    const auto result = scene.cache().get(kKey, failing, {});
    BOOST_TEST((result.error().code == Errc::access_denied));
    BOOST_TEST(scene.fetched == i);
  }
  BOOST_TEST(!fs::exists(scene.path()));
  BOOST_TEST(scene.access_key() == "FETCHED3");
}

BOOST_AUTO_TEST_CASE(what_was_written_while_we_waited_is_taken) {
  Scene scene;
  scene.host.lock_file = [&](const std::string& path, std::chrono::milliseconds timeout,
                             std::stop_token stop) {
    BOOST_TEST(path == scene.folder / ("cli/cache/" + kKey + ".lock"));
    BOOST_TEST((timeout == seconds(5)));
    scene.write(entry("2026-01-01T01:00:00UTC"));
    return system_host().lock_file(path, timeout, stop);
  };
  BOOST_TEST(scene.access_key() == "KEPT");
  BOOST_TEST(scene.fetched == 0);
}

BOOST_AUTO_TEST_CASE(a_lock_that_never_comes_is_gone_without) {
  Scene scene;
  scene.host.lock_file = [](const std::string&, std::chrono::milliseconds,
                            std::stop_token) -> Result<std::unique_ptr<FileLock>> {
    return fail(Errc::timeout, "held for too long");
  };
  BOOST_TEST(scene.access_key() == "FETCHED1");
  BOOST_TEST(!fs::exists(scene.path()));
  BOOST_TEST(scene.notes.at(0) == "role cache: held for too long");
  scene.made.reset();
  scene.host.lock_file = [](const std::string&, std::chrono::milliseconds,
                            std::stop_token) -> Result<std::unique_ptr<FileLock>> {
    return fail(Errc::cancelled, "Cancelled");
  };
  BOOST_TEST((scene.get().error().code == Errc::cancelled));
  BOOST_TEST(scene.fetched == 1);
}

BOOST_AUTO_TEST_CASE(many_threads_fetch_once) {
  Scene scene;
  scene.cache();
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 16; ++i)
      threads.emplace_back([&] { (void)scene.get(); });
  }
  BOOST_TEST(scene.fetched == 1);
  BOOST_TEST(scene.notes.empty());
}
