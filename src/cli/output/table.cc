#include "cli/output/table.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <set>
#include <vector>

#include "cli/python.h"
#include "cli/unicode.h"

namespace crosslog::cli {
namespace {

using Row = std::vector<std::string>;
using Widths = std::vector<std::ptrdiff_t>;

constexpr std::ptrdiff_t kPadding = 4;  // of a cell, both sides together
constexpr std::ptrdiff_t kBorder = 2;   // of a row, both sides together

std::ptrdiff_t width_of(std::string_view text) {
  return static_cast<std::ptrdiff_t>(columns(text));
}

std::string blanks(std::ptrdiff_t count) {
  return std::string(count > 0 ? static_cast<std::size_t>(count) : 0, ' ');
}
std::string dashes(std::ptrdiff_t count) {
  return std::string(count > 0 ? static_cast<std::size_t>(count) : 0, '-');
}

struct Section {
  std::string title;
  std::ptrdiff_t indent = 0;
  Row headers = {};
  std::vector<Row> rows = {};
  Widths widest = {};                            // of each column
  std::optional<std::size_t> column_count = {};  // of the first row or the headers

  void widen(const Row& row) {
    if (widest.empty()) widest.resize(row.size(), 0);
    for (std::size_t i = 0; i < row.size(); ++i)
      widest[i] = std::max(widest[i], width_of(row[i]));
  }

  void set_headers(Row row) {
    widen(row);
    if (!column_count) column_count = row.size();
    headers = std::move(row);
  }

  Outcome<void> add(Row row) {
    if (!column_count) column_count = row.size();
    if (row.size() != *column_count) {
      return fail_general("Row should have " + std::to_string(*column_count) + " elements, instead it has " +
                          std::to_string(row.size()));
    }
    widen(row);
    rows.push_back(std::move(row));
    return {};
  }

  [[nodiscard]] std::ptrdiff_t total_width() const {
    const std::ptrdiff_t cells = std::accumulate(widest.begin(), widest.end(), std::ptrdiff_t{0},
                                                 [](auto sum, auto w) { return sum + w + kPadding; });
    return std::max(width_of(title) + kBorder, cells + kBorder) + 2 * indent;
  }

  // The columns stretched to `total`: scaled, rounded half to even, and what is
  // over or missing taken from the left or added on the right.
  [[nodiscard]] Widths stretched(std::ptrdiff_t total) const {
    Widths widths;
    for (const auto w : widest)
      widths.push_back(w + kPadding);
    if (widths.empty()) return widths;
    const double factor = static_cast<double>(total) / static_cast<double>(std::accumulate(
                                                           widths.begin(), widths.end(), std::ptrdiff_t{0}));
    for (auto& w : widths)
      w = static_cast<std::ptrdiff_t>(std::nearbyint(factor * static_cast<double>(w)));
    std::ptrdiff_t over = std::accumulate(widths.begin(), widths.end(), std::ptrdiff_t{0}) - total;
    for (std::size_t i = 0; over != 0; i = (i + 1) % widths.size()) {
      auto& w = over > 0 ? widths[i] : widths[widths.size() - 1 - i];
      w += over > 0 ? -1 : 1;
      over += over > 0 ? -1 : 1;
    }
    return widths;
  }

  // A single row under its headers becomes one row for each header.
  void turn_upright() {
    if (rows.size() != 1 || headers.empty()) return;
    const Row names = std::move(headers), values = std::move(rows.front());
    *this = Section{.title = std::move(title), .indent = indent};
    for (std::size_t i = 0; i < std::min(names.size(), values.size()); ++i) {
      (void)add({names[i], values[i]});
    }
  }
};

bool is_scalar(const Document& value) {
  return value.list() == nullptr && value.map() == nullptr;
}

// Python's truth: what is not shown at all.
bool is_empty(const Document& value) {
  if (const auto* flag = value.boolean()) return !*flag;
  if (const auto* integer = value.integer()) return *integer == 0;
  if (const auto* number = value.number()) return *number == 0;
  if (const auto* text = value.string()) return text->empty();
  if (const auto* list = value.list()) return list->empty();
  if (const auto* map = value.map()) return map->empty();
  return true;
}

// The document as sections.
class Builder {
 public:
  // false: there is nothing to show.
  Outcome<bool> build(std::optional<std::string_view> title, const Document& value, std::ptrdiff_t indent) {
    if (is_empty(value)) return false;
    if (title) begin(*title, indent);
    Outcome<void> built;
    if (const auto* list = value.list()) {
      built = list->front().map() != nullptr ? list_of_maps(*list, indent, title) : list_of_values(*list);
    } else if (const auto* map = value.map()) {
      built = this->map(value, *map, indent);
    }
    if (!built) return std::unexpected(built.error());
    return true;
  }

  std::vector<Section> take() { return std::move(sections_); }

 private:
  using Keys = std::set<std::string_view>;

  void begin(std::string_view title, std::ptrdiff_t indent) {
    sections_.push_back(Section{.title = std::string(title), .indent = indent});
  }
  Section& section() { return sections_.back(); }

  static void group(const Document::Map& map, Keys& scalars, Keys& others) {
    for (const auto& [name, value] : map)
      (is_scalar(value) ? scalars : others).insert(name);
  }

  Outcome<void> list_of_values(const Document::List& list) {
    for (const auto& element : list) {
      if (is_scalar(element)) {
        if (auto added = section().add({str(element)}); !added) return added;
      } else if (const auto row = row_of(element)) {
        if (auto added = section().add(*row); !added) return added;
      } else if (auto built = build(std::nullopt, element, 0); !built) {
        return std::unexpected(built.error());
      }
    }
    return {};
  }

  // Of a list of scalars, or the names of a map (what Python sees in a loop over
  // one); nullopt when there are lists or maps inside.
  static std::optional<Row> row_of(const Document& value) {
    Row row;
    if (const auto* list = value.list()) {
      for (const auto& element : *list) {
        if (!is_scalar(element)) return std::nullopt;
        row.push_back(str(element));
      }
    } else {
      for (const auto& member : *value.map())
        row.push_back(member.first);
    }
    return row;
  }

  Outcome<void> map(const Document& document, const Document::Map& map, std::ptrdiff_t indent) {
    Keys scalars, others;
    group(map, scalars, others);
    if (scalars.size() == 1) {
      const std::string name(*scalars.begin());
      if (auto added = section().add({name, str(*document.find(name))}); !added) return added;
    } else if (!scalars.empty()) {
      section().set_headers(Row(scalars.begin(), scalars.end()));
      Row row;
      for (const auto name : scalars)
        row.push_back(str(*document.find(name)));
      if (auto added = section().add(std::move(row)); !added) return added;
    }
    return nested(document, others, indent);
  }

  Outcome<void> nested(const Document& document, const Keys& names, std::ptrdiff_t indent) {
    for (const auto name : names) {
      const Document* value = document.find(name);
      if (value == nullptr) continue;
      if (auto built = build(name, *value, indent + 1); !built) return std::unexpected(built.error());
    }
    return {};
  }

  Outcome<void> list_of_maps(const Document::List& list, std::ptrdiff_t indent,
                             std::optional<std::string_view> title) {
    Keys scalars, others;
    for (const auto& element : list) {
      if (element.map() == nullptr)
        return fail_general("a list that mixes maps and values cannot be shown as a table");
      group(*element.map(), scalars, others);
    }
    const Row headers(scalars.begin(), scalars.end());
    section().set_headers(headers);
    for (const auto& element : list) {
      if (&element != &list.front() && !others.empty()) {
        begin(title.value_or(""), indent);
        section().set_headers(headers);
      }
      Row row;
      for (const auto name : scalars) {
        const Document* value = element.find(name);
        row.push_back(value == nullptr ? "" : str(*value));
      }
      if (auto added = section().add(std::move(row)); !added) return added;
      if (auto built = nested(element, others, indent); !built) return built;
    }
    return {};
  }

  std::vector<Section> sections_;
};

// The sections as bytes. Colours come with the resets that the AWS CLI's colour
// library adds after every write.
class Renderer {
 public:
  Renderer(std::vector<Section> sections, const TableOptions& options)
      : sections_(std::move(sections)), options_(options) {}

  std::string render() {
    std::ptrdiff_t width = widest();
    if (width > static_cast<std::ptrdiff_t>(options_.terminal_width)) {
      for (auto& section : sections_)
        section.turn_upright();
      width = widest();
    }
    put(dashes(width) + "\n");
    for (const auto& section : sections_) {
      indent_ = section.indent;
      render(section, width - 2 * section.indent);
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::ptrdiff_t widest() const {
    std::ptrdiff_t width = 0;
    for (const auto& section : sections_)
      width = std::max(width, section.total_width());
    return width;
  }

  void put(std::string_view text) {
    out_ += text;
    if (options_.color) out_ += "\x1b[0m";
  }

  [[nodiscard]] std::string edges() const {
    std::string bars;
    for (std::ptrdiff_t i = 0; i < indent_; ++i)
      bars += options_.color ? "\x1b[2m\x1b[33m|\x1b[0m" : "|";
    return bars;
  }

  // `text` has no line break at its end.
  void line(std::string_view text) {
    put(edges());
    put(text);
    put(edges());
    put("\n");
  }

  void line_break(const Widths& widths) {
    std::string text;
    for (const auto width : widths)
      text += text.empty() ? "+" + dashes(width - 2) + "+" : dashes(width - 1) + "+";
    line(text);
  }

  [[nodiscard]] static std::string centered(std::string_view text, std::ptrdiff_t length, bool first) {
    const std::ptrdiff_t text_width = width_of(text), left_edge = first ? 1 : 0;
    const std::ptrdiff_t before = length / 2 - text_width / 2 - 1;
    return (first ? "|" : "") + blanks(before) + std::string(text) +
           blanks(length - 1 - (left_edge + before + text_width)) + "|";
  }

  [[nodiscard]] std::string aligned(std::string_view text, std::ptrdiff_t length, bool first) const {
    const std::ptrdiff_t text_width = width_of(text), left_edge = first ? 1 : 0;
    const std::ptrdiff_t padding = length - (text_width + 2 + left_edge + 1) >= 0 ? 2 : 0;
    const std::string styled =
        options_.color ? "\x1b[1m\x1b[34m" + std::string(text) + "\x1b[0m" : std::string(text);
    return (first ? "|" : "") + blanks(padding) + styled +
           blanks(length - (left_edge + padding + text_width) - 1) + "|";
  }

  void render(const Section& section, std::ptrdiff_t width) {
    if (!section.title.empty()) {
      line(centered(section.title, width, true));
      if (section.headers.empty() && section.rows.empty()) line("+" + dashes(width - 2) + "+");
    }
    const Widths widths = section.stretched(width);
    if (!section.headers.empty()) {
      line_break(widths);
      std::string text;
      for (std::size_t i = 0; i < section.headers.size(); ++i)
        text += centered(section.headers[i], widths[i], i == 0);
      line(text);
    }
    if (section.rows.empty() || widths.empty()) return;
    line_break(widths);
    for (const auto& row : section.rows) {
      std::string text;
      for (std::size_t i = 0; i < row.size(); ++i)
        text += aligned(row[i], widths[i], i == 0);
      line(text);
    }
    line_break(widths);
  }

  std::vector<Section> sections_;
  TableOptions options_;
  std::ptrdiff_t indent_ = 0;
  std::string out_;
};

}  // namespace

Outcome<std::string> format_table(std::string_view title, const Document& document,
                                  const TableOptions& options) {
  Builder builder;
  const auto built = builder.build(title, document, 0);
  if (!built) return std::unexpected(built.error());
  if (!*built) return "";
  return Renderer(builder.take(), options).render();
}

}  // namespace crosslog::cli
