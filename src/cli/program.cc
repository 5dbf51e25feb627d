#include "cli/program.h"

namespace crosslog::cli {

std::string Program::usage() const {
  return name + " [options] <command> <subcommand> [<subcommand> ...] [parameters]\n" +
         "To see help text, you can run:\n\n  " + name + " help\n  " + name + " <command> help\n  " + name +
         " <command> <subcommand> help\n";
}

Program program_of(std::string_view argv0) {
  argv0.remove_prefix(argv0.rfind('/') + 1);  // npos + 1 is 0
  return argv0.empty() ? Program{} : Program{std::string(argv0)};
}

}  // namespace crosslog::cli
