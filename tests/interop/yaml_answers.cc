// Our side of the comparison with Python's YAML: for each line of standard input,
// {"write": value}, {"page": value} or {"read": text}, one line of standard output:
// {"text": ...}, {"value": ...} or {"fault": ...}.
#include <iostream>
#include <string>

#include "cli/yaml/reader.h"
#include "cli/yaml/writer.h"

namespace {

using crosslog::Document;

Document member(const char* name, Document value) {
  Document answer;
  answer.set(name, std::move(value));
  return answer;
}

Document written(const crosslog::cli::Outcome<std::string>& text) {
  return text ? member("text", *text) : member("fault", text.error().message);
}

Document answer(const Document& question) {
  if (const Document* value = question.find("write")) return written(crosslog::cli::format_yaml(*value));
  if (const Document* page = question.find("page")) return written(crosslog::cli::format_yaml_page(*page));
  auto value = crosslog::cli::parse_yaml(*question.find("read")->string());
  return value ? member("value", *std::move(value)) : member("fault", value.error());
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
