#define BOOST_TEST_MODULE cli_output
#include "cli/output/output.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <csignal>

using namespace crosslog;
using namespace crosslog::cli;

namespace {

std::string format(const Document& document, OutputOptions options) {
  auto text = format_output("GetLogEvents", document, options);
  return text ? *text : "failed: " + text.error().message;
}

}  // namespace

BOOST_AUTO_TEST_CASE(formats) {
  const Document document = parse_json(R"({"a":"b"})").value();
  BOOST_TEST(format(document, {.format = "json"}) == "{\n    \"a\": \"b\"\n}\n");
  BOOST_TEST(format(document, {.format = "text"}) == "b\n");
  BOOST_TEST(format(document, {.format = "table"}).starts_with("----"));
  BOOST_TEST(format(document, {.format = "off"}) == "");
  BOOST_TEST(format(document, {.format = "xml"}) == "failed: Unknown output type: xml");
  BOOST_TEST(format(document, {.format = ""}) == "failed: Unknown output type: ");
}

BOOST_AUTO_TEST_CASE(a_message_cannot_steer_a_terminal_or_forge_a_line) {
  const Document document = parse_json(R"({"m":"a\u001b[2Jb\nEVENTS\tforged"})").value();
  BOOST_TEST(format(document, {.format = "text"}) == "a\x1b[2Jb\nEVENTS\tforged\n");
  BOOST_TEST(format(document, {.format = "text", .safe = true}) == "a\\x1b[2Jb\\nEVENTS\tforged\n");
  BOOST_TEST(!format(document, {.format = "table", .safe = true}).contains('\x1b'));
  BOOST_TEST(!format(document, {.format = "json", .safe = true}).contains('\x1b'));
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_a_failure) {
  const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
  BOOST_REQUIRE(full >= 0);
  const auto written = write_all(full, "text");
  BOOST_REQUIRE(!written);
  BOOST_TEST(written.error().message == "cannot write the output: No space left on device");
  BOOST_TEST(close_output(full).has_value());
}

BOOST_AUTO_TEST_CASE(a_closed_descriptor_is_a_failure) {
  BOOST_TEST(!write_all(-1, "text").has_value());
  BOOST_TEST(!close_output(-1).has_value());
  BOOST_TEST(write_all(-1, "").has_value());
}

BOOST_AUTO_TEST_CASE(a_reader_that_went_away_ends_the_process_by_the_signal) {
  int ends[2];
  BOOST_REQUIRE(pipe(ends) == 0);
  close(ends[0]);
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGPIPE, SIG_IGN);
    (void)write_all(ends[1], "text");
    _exit(1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  close(ends[1]);
  BOOST_TEST(WIFSIGNALED(status));
  BOOST_TEST(WTERMSIG(status) == SIGPIPE);
}

BOOST_AUTO_TEST_CASE(all_bytes_arrive_however_slow_the_reader) {
  int ends[2];
  BOOST_REQUIRE(pipe(ends) == 0);
  const std::string text(1'000'000, 'x');
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    _exit(write_all(ends[1], text) ? 0 : 1);
  }
  close(ends[1]);
  std::size_t count = 0;
  char buffer[1000];
  for (ssize_t n = 0; (n = read(ends[0], buffer, sizeof buffer)) > 0;)
    count += static_cast<std::size_t>(n);
  close(ends[0]);
  int status = 1;
  waitpid(child, &status, 0);
  BOOST_TEST(count == text.size());
  BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_CASE(no_terminal_has_eighty_columns) {
  int ends[2];
  BOOST_REQUIRE(pipe(ends) == 0);
  BOOST_TEST(terminal_width(ends[1]) == 80u);
  close(ends[0]);
  close(ends[1]);
}
