// A broken pipe while libcurl runs is nobody's signal; before, after and in the
// host's own code it is the host's.
#define BOOST_TEST_MODULE sigpipe
#include "http/sigpipe.h"

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <csignal>

using crosslog::http::SigpipeBlock;

namespace {

volatile std::sig_atomic_t g_signals = 0;
void count(int) {
  g_signals = g_signals + 1;
}

// A host with a handler of its own.
struct Host {
  Host() {
    g_signals = 0;
    struct sigaction action{};
    action.sa_handler = count;
    sigaction(SIGPIPE, &action, &before_);
  }
  ~Host() { sigaction(SIGPIPE, &before_, nullptr); }
  struct sigaction before_{};
};

void break_a_pipe() {
  int ends[2];
  BOOST_REQUIRE(pipe(ends) == 0);
  close(ends[0]);
  BOOST_TEST(write(ends[1], "x", 1) == -1);
  close(ends[1]);
}

}  // namespace

BOOST_AUTO_TEST_CASE(inside_no_signal_arrives) {
  const Host host;
  {
    const SigpipeBlock block;
    break_a_pipe();
  }
  BOOST_TEST(g_signals == 0);
}

BOOST_AUTO_TEST_CASE(outside_the_handler_is_as_it_was) {
  const Host host;
  {
    const SigpipeBlock block;
  }
  break_a_pipe();
  BOOST_TEST(g_signals == 1);
}

BOOST_AUTO_TEST_CASE(lifted_the_host_gets_its_signal) {
  const Host host;
  SigpipeBlock block;
  break_a_pipe();
  block.lift();
  BOOST_TEST(g_signals == 0);
  break_a_pipe();
  BOOST_TEST(g_signals == 1);
  block.lay();
  break_a_pipe();
  BOOST_TEST(g_signals == 1);
}

BOOST_AUTO_TEST_CASE(a_signal_that_the_host_holds_back_stays_pending) {
  const Host host;
  sigset_t pipe, before, pending;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, &before);
  break_a_pipe();
  {
    const SigpipeBlock block;
    break_a_pipe();
  }
  sigpending(&pending);
  BOOST_TEST(sigismember(&pending, SIGPIPE) == 1);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  BOOST_TEST(g_signals == 1);
}
