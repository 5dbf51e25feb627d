#define BOOST_TEST_MODULE host
#include "crosslog/host.h"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

using namespace crosslog;
namespace fs = std::filesystem;

namespace {

class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "crosslog-host-XXXXXX").string();
    BOOST_REQUIRE(mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }
  [[nodiscard]] std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  std::string write(const std::string& name, const std::string& bytes, mode_t mode = 0600) const {
    std::ofstream(*this / name, std::ios::binary) << bytes;
    BOOST_REQUIRE(chmod((*this / name).c_str(), mode) == 0);
    return *this / name;
  }

 private:
  fs::path path_;
};

Result<std::optional<File>> read(const std::string& path, std::size_t max = 1000) {
  return system_host().read_file(path, max);
}

void check_refused(const std::string& path, const std::string& reason, std::size_t max = 1000) {
  const auto result = read(path, max);
  BOOST_TEST_REQUIRE(!result.has_value());
  BOOST_TEST(name(result.error().code) == "configuration");
  BOOST_TEST(result.error().message.find(reason) != std::string::npos, result.error().message);
}

}  // namespace

BOOST_AUTO_TEST_CASE(environment) {
  const Host host = system_host();
  setenv("CROSSLOG_HOST_TEST", "value", 1);
  BOOST_TEST(host.getenv("CROSSLOG_HOST_TEST").value() == "value");
  BOOST_TEST(host.getenv(std::string_view("CROSSLOG_HOST_TEST-and-more").substr(0, 18)).value() == "value");
  setenv("CROSSLOG_HOST_TEST", "", 1);
  BOOST_TEST(host.getenv("CROSSLOG_HOST_TEST").value() == "");
  unsetenv("CROSSLOG_HOST_TEST");
  BOOST_TEST(!host.getenv("CROSSLOG_HOST_TEST").has_value());
}

BOOST_AUTO_TEST_CASE(a_whole_file) {
  const Folder folder;
  const std::string bytes("a\r\n\0\xff", 5);
  const auto file = read(folder.write("f", bytes));
  BOOST_TEST_REQUIRE((file.has_value() && file->has_value()));
  BOOST_TEST((*file)->bytes == bytes);
  BOOST_TEST(!(*file)->world_readable);
  BOOST_TEST((*read(folder.write("empty", "")))->bytes == "");
  BOOST_TEST((*read(folder.write("open", "x", 0644)))->world_readable);
}

BOOST_AUTO_TEST_CASE(a_file_whose_size_is_not_known_beforehand) {
  const auto file = read("/proc/self/status", 1u << 20);
  BOOST_TEST_REQUIRE((file.has_value() && file->has_value()));
  BOOST_TEST((*file)->bytes.starts_with("Name:"));
  check_refused("/proc/self/status", "longer than 10 bytes", 10);
}

BOOST_AUTO_TEST_CASE(no_file_is_no_error) {
  const Folder folder;
  BOOST_TEST(!read(folder / "none").value().has_value());
  folder.write("file", "x");
  BOOST_TEST(!read(folder / "file/below").value().has_value());
  BOOST_TEST(!read("").value().has_value());
}

BOOST_AUTO_TEST_CASE(the_limit_is_exact) {
  const Folder folder;
  const std::string path = folder.write("f", std::string(100, 'x'));
  BOOST_TEST((*read(path, 100))->bytes.size() == 100u);
  check_refused(path, "longer than 99 bytes", 99);
}

BOOST_AUTO_TEST_CASE(what_is_not_a_file_is_refused_at_once) {
  const Folder folder;
  fs::create_directory(folder / "d");
  check_refused(folder / "d", "not a regular file");
  BOOST_REQUIRE(mkfifo((folder / "fifo").c_str(), 0600) == 0);
  check_refused(folder / "fifo", "not a regular file");
  check_refused("/dev/zero", "not a regular file");
  fs::create_symlink(folder / "loop", folder / "loop");
  check_refused(folder / "loop", "symbolic link");
}

BOOST_AUTO_TEST_CASE(what_may_not_be_read_is_an_error) {
  const Folder folder;
  const std::string path = folder.write("f", "x", 0000);
  if (geteuid() == 0) return;  // root reads it all the same
  check_refused(path, "Permission denied");
}

BOOST_AUTO_TEST_CASE(an_error_shows_the_path_without_control_bytes) {
  const Folder folder;
  fs::create_directory(folder / "a\x1b[31m");
  check_refused(folder / "a\x1b[31m", "a\\x1b[31m");
}
