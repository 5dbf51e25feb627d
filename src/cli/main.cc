// The process around the program: descriptors, signals, and what a crash must not
// leave behind. Only here; the library never touches the process.

#include <fcntl.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "cli/program.h"
#include "cli/run.h"
#include "crosslog/host.h"

namespace {

// A descriptor that was closed at the start would be given to the next socket or
// file, and our output would go there. The wrong mode on purpose: what was closed
// fails when it is used.
void open_standard_descriptors() {
  for (int fd = 0; fd <= 2; ++fd) {
    if (fcntl(fd, F_GETFD) != -1) continue;
    if (open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd) std::_Exit(255);
  }
}

// No core file, and no debugger of the same user, gets at credentials.
void protect_memory() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

std::atomic<int> caught_signal{0};

// SIGINT and SIGTERM ask the run to stop; a second one does not wait for it. A
// closed socket must not end us, a closed output does (output/output.cc).
void watch_signals(std::stop_source stop) {
  std::signal(SIGPIPE, SIG_IGN);
  sigset_t watched;
  sigemptyset(&watched);
  for (const int number : {SIGINT, SIGTERM}) {
    struct sigaction current{};
    sigaction(number, nullptr, &current);
    if (current.sa_handler != SIG_IGN) sigaddset(&watched, number);  // nohup, background jobs
  }
  pthread_sigmask(SIG_BLOCK, &watched, nullptr);
  std::thread([watched, stop = std::move(stop)]() mutable {
    for (int number = 0;;) {
      if (sigwait(&watched, &number) != 0) continue;
      if (caught_signal.exchange(number) != 0) std::_Exit(128 + number);
      stop.request_stop();
    }
  }).detach();
}

}  // namespace

int main(int argc, char** argv) {
  open_standard_descriptors();
  protect_memory();
  umask(077);
  std::stop_source stop;
  watch_signals(stop);
  const std::vector<std::string> words(argc > 0 ? argv + 1 : argv, argv + argc);
  const crosslog::cli::Surroundings surroundings{
      .program = crosslog::cli::program_of(argc > 0 ? argv[0] : ""),
      .host = crosslog::system_host(),
      .stop = stop.get_token()};
  const int status = crosslog::cli::run(surroundings, words);
  const int number = caught_signal;
  // Other threads may still hold what static destructors would take away.
  std::_Exit(status == 128 + SIGINT && number != 0 ? 128 + number : status);
}
