// The whole program as a function: words in, bytes and a status out.
#ifndef CROSSLOG_SRC_CLI_RUN_H_
#define CROSSLOG_SRC_CLI_RUN_H_

#include <stop_token>
#include <string>
#include <vector>

#include "cli/program.h"
#include "crosslog/host.h"

namespace crosslog::cli {

struct Surroundings {
  Program program;
  Host host;
  std::stop_token stop;
  int out = 1, err = 2;  // file descriptors
};

// Returns the exit status; 130 when `stop` ended the run.
[[nodiscard]] int run(const Surroundings& surroundings, const std::vector<std::string>& words);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_RUN_H_
