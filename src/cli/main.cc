// The process around the program: descriptors, signals, and what a crash must not
// leave behind. Only here; the library never touches the process.

#include <fcntl.h>
#include <semaphore.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <stop_token>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
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

// SIGINT and SIGTERM end the program at once, without a word, until there is
// something to undo: a mute terminal, a child, a half-written file. From then on
// the first one asks the run to stop, and only the second does not wait for it.
// A closed socket must not end us, a closed output does (output/output.cc).
std::atomic<int> caught_signal{0};
std::atomic<bool> has_to_undo{false};
sem_t signal_came;

void on_signal(int number) {
  if (caught_signal.exchange(number) != 0 || !has_to_undo) std::_Exit(128 + number);
  sem_post(&signal_came);
}

void catch_signals() {
  std::signal(SIGPIPE, SIG_IGN);
  sem_init(&signal_came, 0, 0);
  struct sigaction action{};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  for (const int number : {SIGINT, SIGTERM}) {
    struct sigaction current{};
    sigaction(number, nullptr, &current);
    if (current.sa_handler != SIG_IGN) sigaction(number, &action, nullptr);  // nohup, background jobs
  }
}

// A thread costs a tenth of the shortest call: so not before it is needed.
void stop_on_signal(const std::stop_source& stop) {
  if (has_to_undo.exchange(true)) return;
  try {
    std::thread([stop]() mutable {
      while (sem_wait(&signal_came) != 0) {
      }
      stop.request_stop();
    }).detach();
  } catch (const std::system_error&) {
    has_to_undo = false;
  }
}

template <class... Arguments, class Result>
void prepare(std::function<Result(Arguments...)>& function, const std::stop_source& stop) {
  function = [stop, function = std::move(function)](Arguments... arguments) {
    stop_on_signal(stop);
    return function(std::forward<Arguments>(arguments)...);
  };
}

crosslog::Host stoppable_host(const std::stop_source& stop) {
  crosslog::Host host = crosslog::system_host();
  prepare(host.replace_file, stop);
  prepare(host.lock_file, stop);
  prepare(host.run, stop);
  prepare(host.ask, stop);
  return host;
}

}  // namespace

int main(int argc, char** argv) {
  open_standard_descriptors();
  protect_memory();
  umask(077);
  catch_signals();
  const std::stop_source stop;
  const std::vector<std::string> words(argc > 0 ? argv + 1 : argv, argv + argc);
  const crosslog::cli::Surroundings surroundings{
      .program = crosslog::cli::program_of(argc > 0 ? argv[0] : ""),
      .host = stoppable_host(stop),
      .stop = stop.get_token()};
  const int status = crosslog::cli::run(surroundings, words);
  const int number = caught_signal;
  // Other threads may still hold what static destructors would take away.
  std::_Exit(status == 128 + SIGINT && number != 0 ? 128 + number : status);
}
