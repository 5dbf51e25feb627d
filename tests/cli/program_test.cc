#define BOOST_TEST_MODULE cli_program
#include "cli/program.h"

#include <boost/test/unit_test.hpp>

using namespace crosslog::cli;

BOOST_AUTO_TEST_CASE(the_name_is_the_last_part_of_the_path) {
  BOOST_TEST(program_of("/usr/bin/aws").name == "aws");
  BOOST_TEST(program_of("/usr/bin/aws").is_aws());
  BOOST_TEST(program_of("crosslog").name == "crosslog");
  BOOST_TEST(!program_of("./aws2").is_aws());
  BOOST_TEST(program_of("").name == "crosslog");
  BOOST_TEST(program_of("dir/").name == "crosslog");
}

BOOST_AUTO_TEST_CASE(the_usage_lines_carry_the_name) {
  BOOST_TEST(
      program_of("x").usage() ==
      "x [options] <command> <subcommand> [<subcommand> ...] [parameters]\n"
      "To see help text, you can run:\n\n  x help\n  x <command> help\n  x <command> <subcommand> help\n");
}
