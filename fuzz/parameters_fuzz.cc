// The words of an operation: options, shorthand, JSON. What they make is a value
// that, given as one --cli-input-json text, makes the same value again: two ways
// through the grammar must agree. Words that name files, or are not UTF-8, are left alone.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/invocation.h"
#include "cli/unicode.h"

using namespace crosslog;
using namespace crosslog::cli;

namespace {

std::optional<std::string> no_variable(std::string_view) {
  return std::nullopt;
}

// Lines of the input.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = text.find('\n');
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return words;
}

bool names_files(const std::vector<std::string>& words) {
  for (const auto& word : words) {
    if (word.contains("file://") || word.contains("fileb://") || word.contains('@')) return true;
  }
  return false;
}

std::optional<Document> parameters_of(const Operation& operation, const std::vector<std::string>& words) {
  const auto parsed = parse_arguments(operation_arguments(operation, words), words, "usage\n");
  if (!parsed || !parsed->rest.empty() || parsed->has("help")) return std::nullopt;
  const auto invocation = make_invocation(operation, *parsed, true, no_variable);
  if (!invocation) return std::nullopt;
  return invocation->parameters;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const Operation& operation = operations()[data[0] % operations().size()];
  const std::string_view text_of_words(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (!is_utf8(text_of_words)) return 0;  // JSON cannot say it
  const auto words = words_of(text_of_words);
  if (names_files(words)) return 0;
  const auto made = parameters_of(operation, words);
  if (!made) return 0;
  const std::string text = write_json(*made);
  if (!parse_json(text)) return 0;  // deeper than JSON may be here
  const auto again = parameters_of(operation, {"--cli-input-json", text});
  if (!again || !(*again == *made)) __builtin_trap();
  (void)check_parameters(operation, *made);
  return 0;
}
