#include "tests/support/json.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>

namespace crosslog::test {

std::string read_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    std::cerr << "cannot read " << path << "\n";
    std::exit(2);
  }
  return {std::istreambuf_iterator<char>(in), {}};
}

boost::json::value read_json(const std::string& path) {
  boost::system::error_code error;
  auto value = boost::json::parse(read_text(path), error);
  if (error) {
    std::cerr << path << ": " << error.message() << "\n";
    std::exit(2);
  }
  return value;
}

}  // namespace crosslog::test
