// Our side of the comparison with Python's JMESPath: for each line of standard input,
// {"expression": ..., "given": ...}, one line of standard output: {"result": ...}
// or {"parse_error": ...} or {"search_error": ...}.
#include <cstdio>
#include <iostream>
#include <string>

#include "crosslog/jmespath.h"

namespace {

using crosslog::Document;

Document member(const char* name, Document value) {
  Document answer;
  answer.set(name, std::move(value));
  return answer;
}

Document answer(const Document& question) {
  const auto expression = crosslog::Jmespath::parse(*question.find("expression")->string());
  if (!expression) return member("parse_error", expression.error().message);
  auto result = expression->search(*question.find("given"));
  if (!result) return member("search_error", result.error().message);
  return member("result", *std::move(result));
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const auto question = crosslog::parse_json(line, {.max_bytes = std::size_t{1} << 26, .max_depth = 200});
    if (!question) {
      std::cerr << "not a question: " << line << "\n";
      return 1;
    }
    std::cout << crosslog::write_json(answer(*question)) << "\n";
  }
}
