// One record, one line: a template as '{time} {stream} {message}', or NDJSON. A
// record is a Document; the command that makes it says which fields there are.
#ifndef CROSSLOG_SRC_CLI_LINE_FORMAT_H_
#define CROSSLOG_SRC_CLI_LINE_FORMAT_H_

#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/time_zone.h"
#include "crosslog/document.h"

namespace crosslog::cli {

struct LineField {
  enum class Kind : std::uint8_t {
    value,  // as it is stored
    time,   // milliseconds, shown as a time of the zone; "-" where there is none
    text,   // without the line breaks at its end
  };
  std::string_view name;    // in the template
  std::string_view member;  // of the record
  Kind kind = Kind::value;
  std::string_view color = {};  // SGR parameters, "36"
};

struct LineStyle {
  TimeZone zone;
  bool safe = false;   // what would confuse a terminal is made visible, line breaks too
  bool color = false;  // never inside what is made visible
};

class LineFormat {
 public:
  // {field}, {{ and }} for braces, \t \n \\ for themselves. The error is a sentence.
  // `fields` outlives the format.
  [[nodiscard]] static std::expected<LineFormat, std::string> parse(std::string_view text,
                                                                    std::span<const LineField> fields);
  [[nodiscard]] static LineFormat ndjson() { return {}; }

  // Whether the member of the record is looked at.
  [[nodiscard]] bool uses(std::string_view member) const;
  // With the line break at its end.
  [[nodiscard]] std::string write(const Document& record, const LineStyle& style) const;

 private:
  struct Part {
    std::string literal;
    const LineField* field = nullptr;
  };
  std::vector<Part> parts_;
  bool ndjson_ = true;
};

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_LINE_FORMAT_H_
