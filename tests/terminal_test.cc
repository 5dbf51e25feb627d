// With a terminal it is tested by tests/e2e, which types.
#define BOOST_TEST_MODULE terminal
#include "base/terminal.h"

#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

using namespace crosslog;

BOOST_AUTO_TEST_CASE(without_a_terminal_nobody_is_asked) {
  const pid_t child = fork();
  if (child == 0) {
    setsid();
    const auto answer = base::ask("code: ", {});
    _exit(!answer && answer.error().code == Errc::unsupported ? 0 : 1);
  }
  int status = 0;
  BOOST_REQUIRE(waitpid(child, &status, 0) == child);
  BOOST_TEST((WIFEXITED(status) && WEXITSTATUS(status) == 0));
}
