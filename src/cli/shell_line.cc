#include "cli/shell_line.h"

namespace crosslog::cli {
namespace {

bool is_plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || byte >= 0x80 ||
         std::string_view("_./:=@%+,-").contains(c);
}

}  // namespace

ShellLine parse_shell_line(std::string_view line, std::string_view breaks) {
  ShellLine out;
  out.words.emplace_back();
  bool inside = false;  // the last word has begun
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    std::string& word = out.words.back();
    const bool escapes = c == '\\' && out.quote != '\'' && i + 1 < line.size();
    if (escapes) {
      const char next = line[++i];
      if (out.quote == '"' && !std::string_view("\"\\$`").contains(next)) word += c;
      word += next;
      inside = true;
    } else if (out.quote != '\0') {
      if (c == out.quote) {
        out.quote = '\0';
      } else {
        word += c;
      }
    } else if (c == '\'' || c == '"') {
      out.quote = c;
      out.kept = word.size();
      inside = true;
    } else if (c == ' ' || c == '\t' || c == '\n') {
      if (inside) out.words.emplace_back();
      inside = false;
      out.kept = 0;
    } else {
      word += c;
      inside = true;
      if (breaks.contains(c)) out.kept = word.size();
    }
  }
  return out;
}

std::string quote_for_shell(std::string_view word, char quote) {
  std::string out;
  for (const char c : word) {
    if (quote == '\'') {
      out += c == '\'' ? "'\\''" : std::string(1, c);
      continue;
    }
    const bool special = quote == '"' ? std::string_view("\"\\$`").contains(c) : !is_plain(c);
    if (special) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace crosslog::cli
