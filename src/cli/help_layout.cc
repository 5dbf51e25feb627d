#include "cli/help_layout.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace crosslog::cli {
namespace {

using BlockKind = HelpBlock::Kind;

constexpr std::string_view kUsage = "usage: ";
constexpr std::size_t kTextColumn = 10;  // a line that begins before it goes on with a row's name

std::string_view trimmed(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  while (line.ends_with(' '))
    line.remove_suffix(1);
  return line;
}

std::size_t indent_of(std::string_view line) {
  return line.size() - trimmed(line).size();
}

void join(std::string& text, std::string_view more) {
  if (!text.empty()) text += ' ';
  text += trimmed(more);
}

class HelpReader {
 public:
  std::vector<HelpBlock> read(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      const std::string_view line = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      read_line(line, text);
    }
    return std::move(blocks_);
  }

 private:
  void read_line(std::string_view line, std::string_view after) {
    if (trimmed(line).empty()) {
      open_ = false;
    } else if (line.starts_with(kUsage)) {
      begin(BlockKind::usage).text = line.substr(kUsage.size());
    } else if (!open_ && line.ends_with(':') && indent_of(line) == 0 && after.starts_with("  ")) {
      begin(BlockKind::heading).text = line.substr(0, line.size() - 1);
      open_ = false;
    } else if (indent_of(line) == 2) {
      add_row(line.substr(2));
    } else if (open_ && !blocks_.back().rows.empty()) {
      continue_row(blocks_.back().rows.back(), line);
    } else {
      join((open_ ? blocks_.back() : begin(BlockKind::paragraph)).text, line);
    }
  }

  HelpBlock& begin(BlockKind kind) {
    open_ = true;
    return blocks_.emplace_back(HelpBlock{.kind = kind});
  }

  void add_row(std::string_view line) {
    const bool goes_on = open_ && !blocks_.back().rows.empty();
    const bool example = goes_on ? blocks_.back().kind == BlockKind::examples : follows_examples();
    auto& block = goes_on ? blocks_.back() : begin(example ? BlockKind::examples : BlockKind::rows);
    const std::size_t gap = example ? line.size() : std::min(line.find("  "), line.size());
    block.rows.push_back({std::string(line.substr(0, gap)), std::string(trimmed(line.substr(gap)))});
  }

  static void continue_row(HelpRow& row, std::string_view line) {
    join(row.text.empty() && indent_of(line) < kTextColumn ? row.name : row.text, line);
  }

  [[nodiscard]] bool follows_examples() const {
    return !blocks_.empty() && blocks_.back().kind == BlockKind::heading && blocks_.back().text == "examples";
  }

  std::vector<HelpBlock> blocks_;
  bool open_ = false;  // the last block goes on
};

// Whether the words of a row's name hold the option, as "--json, --ndjson" does.
bool names(std::string_view name, std::string_view option) {
  for (std::size_t at = name.find(option); at != std::string_view::npos; at = name.find(option, at + 1)) {
    const std::size_t end = at + option.size();
    const bool begins = at == 0 || name[at - 1] == ' ';
    if (begins && (end == name.size() || name[end] == ' ' || name[end] == ',')) return true;
  }
  return false;
}

}  // namespace

std::vector<HelpBlock> parse_help(std::string_view text) {
  return HelpReader().read(text);
}

std::string text_of_option(const std::vector<HelpBlock>& help, std::string_view option) {
  for (const auto& block : help) {
    if (block.kind != BlockKind::rows) continue;
    const auto row =
        std::ranges::find_if(block.rows, [&](const HelpRow& r) { return names(r.name, option); });
    if (row != block.rows.end()) return row->text;
  }
  return {};
}

}  // namespace crosslog::cli
