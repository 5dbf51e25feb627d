// Real programs, small ones: what is run, what comes back, what is ended.
#define BOOST_TEST_MODULE process
#include "base/process.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "crosslog/host.h"
#include "tests/support/providers.h"
#include "tests/support/temporary_folder.h"

using namespace crosslog;
using namespace std::chrono_literals;
using base::ProcessLimits;
using base::run_program;
namespace fs = std::filesystem;

namespace {

using Words = std::vector<std::string>;

Result<Completed> shell(const std::string& script, const ProcessLimits& limits = {}) {
  return run_program({"/bin/sh", "-c", script}, {}, limits);
}

void check_fails(const Result<Completed>& got, Errc code, std::string_view words) {
  BOOST_REQUIRE(!got);
  BOOST_TEST(name(got.error().code) == name(code));
  BOOST_TEST(got.error().message.find(words) != std::string::npos, got.error().message);
}

// Whether the process is there, also as one that nobody has waited for.
bool is_alive(pid_t id) {
  return ::kill(id, 0) == 0 || errno != ESRCH;
}

// Other processes may take a moment to go.
bool is_gone_soon(pid_t id) {
  for (int i = 0; i < 500 && is_alive(id); ++i)
    std::this_thread::sleep_for(10ms);
  return !is_alive(id);
}

std::size_t count_descriptors() {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator("/proc/self/fd"))
    ++count;
  return count;
}

struct NoChildren {
  ~NoChildren() {
    BOOST_TEST(::waitpid(-1, nullptr, WNOHANG) == -1);
    BOOST_TEST(errno == ECHILD);
  }
};

}  // namespace

BOOST_TEST_GLOBAL_FIXTURE(NoChildren);

BOOST_AUTO_TEST_CASE(what_it_printed_and_how_it_ended) {
  const auto got = shell("printf out; printf err >&2; exit 7");
  BOOST_REQUIRE(got);
  BOOST_TEST(got->exit_status == 7);
  BOOST_TEST(got->output == "out");
  BOOST_TEST(got->errors == "err");
}

BOOST_AUTO_TEST_CASE(the_machines_host_runs_programs) {
  const auto got = system_host().run({"true"}, {});
  BOOST_REQUIRE(got);
  BOOST_TEST(got->exit_status == 0);
  BOOST_TEST(got->output + got->errors == "");
}

BOOST_AUTO_TEST_CASE(words_arrive_as_they_are) {
  const auto got = run_program({"printf", "%s|", "a b", "", "$HOME", "*", "'\"\\", "\xff\n"}, {});
  BOOST_REQUIRE(got);
  BOOST_TEST(got->output == "a b||$HOME|*|'\"\\|\xff\n|");
}

BOOST_AUTO_TEST_CASE(the_end_by_a_signal) {
  BOOST_TEST(shell("kill -TERM $$")->exit_status == 128 + SIGTERM);
  BOOST_TEST(shell("kill -KILL $$")->exit_status == 128 + SIGKILL);
}

BOOST_AUTO_TEST_CASE(programs_are_found_by_path_and_by_name) {
  const test::TemporaryFolder folder;
  const std::string path = folder.write("crosslog-test-program", "#!/bin/sh\necho found\n", 0700);
  BOOST_TEST(run_program({path}, {})->output == "found\n");
  const std::string before = std::getenv("PATH");
  setenv("PATH", (folder.path() + ":" + before).c_str(), 1);
  BOOST_TEST(run_program({"crosslog-test-program"}, {})->output == "found\n");
  setenv("PATH", before.c_str(), 1);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_started) {
  const test::TemporaryFolder folder;
  check_fails(run_program({"crosslog-no-such-program"}, {}), Errc::credentials,
              "[Errno 2] No such file or directory: 'crosslog-no-such-program'");
  check_fails(run_program({folder.write("plain", "", 0600)}, {}), Errc::credentials,
              "[Errno 13] Permission denied: '" + folder.path());
  // Never handed to a shell instead.
  check_fails(run_program({folder.write("text", "echo x\n", 0700)}, {}), Errc::credentials,
              "[Errno 8] Exec format error");
  check_fails(run_program({}, {}), Errc::credentials, "[Errno 2]");
  check_fails(run_program({""}, {}), Errc::credentials, "[Errno 2]");
  check_fails(run_program({"true", std::string("a\0b", 3)}, {}), Errc::credentials, "embedded null byte");
  check_fails(run_program({"no\x1b[31m"}, {}), Errc::credentials, "no\\x1b[31m");
}

BOOST_AUTO_TEST_CASE(standard_input_is_empty) {
  const auto got = run_program({"cat"}, {});
  BOOST_REQUIRE(got);
  BOOST_TEST(got->exit_status == 0);
  BOOST_TEST(got->output == "");
}

BOOST_AUTO_TEST_CASE(the_environment_is_handed_on) {
  setenv("CROSSLOG_PROCESS_TEST", "value", 1);
  BOOST_TEST(shell("printf %s \"$CROSSLOG_PROCESS_TEST\"")->output == "value");
  unsetenv("CROSSLOG_PROCESS_TEST");
}

BOOST_AUTO_TEST_CASE(no_descriptor_is_handed_on_and_none_stays) {
  const int open_here = ::open("/dev/null", O_RDONLY);  // without O_CLOEXEC
  BOOST_REQUIRE(open_here >= 3);
  const auto before = count_descriptors();
  const auto got = shell("ls /proc/$$/fd");
  BOOST_REQUIRE(got);
  BOOST_TEST(got->output == "0\n1\n2\n");
  BOOST_TEST(!run_program({"crosslog-no-such-program"}, {}));
  BOOST_TEST(!shell("sleep 60", {.time = 1ms, .bytes = 10}));
  BOOST_TEST(count_descriptors() == before);
  ::close(open_here);
}

// A host program may have closed its own: pipes then get these numbers.
BOOST_AUTO_TEST_CASE(closed_standard_descriptors_do_no_harm) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(0);
    ::close(1);
    ::close(2);
    const auto got = run_program({"/bin/sh", "-c", "cat; printf out; printf err >&2"}, {});
    _exit(got && got->output == "out" && got->errors == "err" ? 0 : 1);
  }
  int status = 1;
  BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
  BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_CASE(signals_are_a_shells) {
  const auto handler = ::signal(SIGPIPE, SIG_IGN);
  sigset_t blocked;
  sigset_t before;
  sigfillset(&blocked);
  pthread_sigmask(SIG_SETMASK, &blocked, &before);
  const auto got = shell("grep -E '^Sig(Blk|Ign)' /proc/self/status");
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  ::signal(SIGPIPE, handler);
  BOOST_REQUIRE(got);
  const auto mask = [&](const std::string& line) {
    return std::stoull(got->output.substr(got->output.find(line) + line.size()), nullptr, 16);
  };
  BOOST_TEST(mask("SigBlk:\t") == 0u);
  BOOST_TEST((mask("SigIgn:\t") & (1ULL << (SIGPIPE - 1))) == 0u);
}

BOOST_AUTO_TEST_CASE(the_limit_is_exact_for_each_stream) {
  const ProcessLimits limits{.time = 30s, .bytes = 1000};
  const auto got = shell("head -c 1000 /dev/zero; head -c 1000 /dev/zero >&2", limits);
  BOOST_REQUIRE(got);
  BOOST_TEST(got->output.size() == 1000u);
  BOOST_TEST(got->errors.size() == 1000u);
  check_fails(shell("head -c 1001 /dev/zero", limits), Errc::protocol, "more than 1000 bytes");
  check_fails(shell("head -c 1001 /dev/zero >&2", limits), Errc::protocol, "more than 1000 bytes");
  check_fails(run_program({"cat", "/dev/zero"}, {}), Errc::protocol, "more than 65536 bytes");
}

BOOST_AUTO_TEST_CASE(much_on_both_streams_does_not_block_it) {
  const auto got =
      shell("for i in 1 2 3 4 5 6; do head -c 10000 /dev/zero; head -c 10000 /dev/zero >&2; done");
  BOOST_REQUIRE(got);
  BOOST_TEST(got->output.size() == 60'000u);
  BOOST_TEST(got->errors.size() == 60'000u);
}

BOOST_AUTO_TEST_CASE(one_that_does_not_end_is_killed) {
  const test::TemporaryFolder folder;
  const auto got = shell("echo $$ >" + (folder / "self") + "; exec sleep 600", {.time = 1s, .bytes = 10});
  check_fails(got, Errc::timeout, "did not end within 1 seconds");
  BOOST_TEST(is_gone_soon(std::stoi(folder.read("self"))));
}

// In a group in the background it could not ask at the terminal.
BOOST_AUTO_TEST_CASE(it_stays_in_our_process_group) {
  const auto got = shell("cut -d' ' -f5 /proc/$$/stat");
  BOOST_REQUIRE(got);
  BOOST_TEST(std::stoi(got->output) == ::getpgrp());
}

BOOST_AUTO_TEST_CASE(one_that_closed_its_streams_is_still_waited_for) {
  const auto got = shell("exec >&- 2>&-; sleep 0.1; exit 3");
  BOOST_REQUIRE(got);
  BOOST_TEST(got->exit_status == 3);
  check_fails(shell("exec >&- 2>&-; sleep 600", {.time = 200ms, .bytes = 10}), Errc::timeout, "did not end");
}

// An agent that stays, with the pipes of the one that started it.
BOOST_AUTO_TEST_CASE(the_end_is_the_programs_and_not_that_of_what_it_left_behind) {
  const auto got = shell("sleep 600 & echo $!");
  BOOST_REQUIRE(got);
  const pid_t left = std::stoi(got->output);
  BOOST_TEST(is_alive(left));
  ::kill(left, SIGKILL);
}

BOOST_AUTO_TEST_CASE(a_stop_ends_it) {
  const test::TemporaryFolder folder;
  std::stop_source source;
  std::jthread stopper([&] {
    while (!fs::exists(folder / "self"))
      std::this_thread::sleep_for(1ms);
    source.request_stop();
  });
  const auto got = run_program(
      {"/bin/sh", "-c",
       "echo $$ >" + (folder / "new") + "; mv " + (folder / "new") + " " + (folder / "self") + "; sleep 600"},
      source.get_token());
  check_fails(got, Errc::cancelled, "Cancelled");
  BOOST_TEST(!is_alive(std::stoi(folder.read("self"))));
  check_fails(run_program({"sleep", "600"}, test::stopped()), Errc::cancelled, "Cancelled");
}

BOOST_AUTO_TEST_CASE(a_host_program_that_takes_the_status_away) {
  const auto handler = ::signal(SIGCHLD, SIG_IGN);
  const auto got = shell("echo out");
  ::signal(SIGCHLD, handler);
  BOOST_REQUIRE(got);
  BOOST_TEST(got->exit_status == 0);
  BOOST_TEST(got->output == "out\n");
}

BOOST_AUTO_TEST_CASE(other_children_are_left_alone) {
  const pid_t other = ::fork();
  if (other == 0) _exit(42);
  BOOST_TEST(shell("exit 1")->exit_status == 1);
  int status = 0;
  BOOST_REQUIRE(::waitpid(other, &status, 0) == other);
  BOOST_TEST(WEXITSTATUS(status) == 42);
}

BOOST_AUTO_TEST_CASE(signals_do_not_disturb_the_waiting) {
  struct sigaction action{};
  struct sigaction before{};
  action.sa_handler = [](int) {};
  sigaction(SIGUSR1, &action, &before);
  const pthread_t here = pthread_self();
  std::jthread noise([here](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      pthread_kill(here, SIGUSR1);
      std::this_thread::sleep_for(1ms);
    }
  });
  const auto got = shell("printf a; sleep 0.2; printf b; exit 5");
  noise.request_stop();
  noise.join();
  sigaction(SIGUSR1, &before, nullptr);
  BOOST_REQUIRE(got);
  BOOST_TEST(got->output == "ab");
  BOOST_TEST(got->exit_status == 5);
}

BOOST_AUTO_TEST_CASE(many_threads_each_get_their_own) {
  std::array<std::string, 8> outputs;
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    threads.emplace_back([i, &outputs] {
      for (int round = 0; round < 5; ++round)
        outputs[i] += run_program({"echo", std::to_string(i)}, {}).value_or(Completed{}).output;
    });
  }
  threads.clear();
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const std::string line = std::to_string(i) + "\n";
    BOOST_TEST(outputs[i] == line + line + line + line + line);
  }
}
