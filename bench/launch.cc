// launch FD COMMAND [WORD...]: runs the command and writes to the open file FD what the
// kernel counted of it: "CPU-MICROSECONDS WALL-MICROSECONDS PEAK-RSS-KIB STATUS".
//
// A child starts with its parent's peak as its own (Linux keeps the larger of the two over
// exec), so what starts the contestants must be smaller than any of them: this, static,
// and not a Python.

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace {

long microseconds(const timeval& time) {
  return time.tv_sec * 1'000'000L + time.tv_usec;
}

long now() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1'000'000L + time.tv_nsec / 1000;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const int fd = std::atoi(argv[1]);
  fcntl(fd, F_SETFD, FD_CLOEXEC);
  const long begin = now();
  const pid_t child = fork();
  if (child == 0) {
    execvp(argv[2], argv + 2);
    _exit(127);
  }
  int status = 0;
  rusage usage{};
  if (child < 0 || wait4(child, &status, 0, &usage) != child) return 1;
  const long wall = now() - begin;
  dprintf(fd, "%ld %ld %ld %d\n", microseconds(usage.ru_utime) + microseconds(usage.ru_stime), wall,
          usage.ru_maxrss, status);
}
