// A command line of bash, read. The check: its words, quoted as we quote them for
// bash, in any of the three ways, read back as the same words; and what bash takes
// for granted of the last word is a part of it.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "cli/shell_line.h"

using crosslog::cli::parse_shell_line;
using crosslog::cli::quote_for_shell;

namespace {

constexpr std::string_view kBreaks = " \t\n\"'@><=;|&(:";

void check(bool good) {
  if (!good) __builtin_trap();
}

void check_word(const std::string& word) {
  for (const char quote : {'\'', '"'}) {
    const auto open = parse_shell_line(quote + quote_for_shell(word, quote), kBreaks);
    check(open.quote == quote && open.words.size() == 1 && open.words.back() == word);
    const auto closed = parse_shell_line(quote + quote_for_shell(word, quote) + quote + " x", kBreaks);
    check(closed.quote == '\0' && closed.words.size() == 2 && closed.words.front() == word);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  const auto parsed = parse_shell_line(line, kBreaks);
  check(!parsed.words.empty() && parsed.kept <= parsed.words.back().size());
  std::string again;
  for (const auto& word : parsed.words) {
    const bool last = &word == &parsed.words.back();
    again += word.empty() && !last ? "''" : quote_for_shell(word, '\0');
    if (!last) again += ' ';
    check_word(word);
  }
  check(parse_shell_line(again, kBreaks).words == parsed.words);
  return 0;
}
