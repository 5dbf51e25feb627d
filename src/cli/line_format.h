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
  struct Part {
    std::string literal;
    const LineField* field = nullptr;  // what follows the literal
  };

  // {field}, {{ and }} for braces, \t \n \\ for themselves. The error is a sentence.
  // `fields` outlives the format.
  [[nodiscard]] static std::expected<LineFormat, std::string> parse(std::string_view text,
                                                                    std::span<const LineField> fields);
  [[nodiscard]] static LineFormat ndjson() { return {}; }

  [[nodiscard]] bool is_ndjson() const noexcept { return ndjson_; }
  [[nodiscard]] std::span<const Part> parts() const noexcept { return parts_; }
  // Whether the member of the record is looked at.
  [[nodiscard]] bool uses(std::string_view member) const;
  // With the line break at its end.
  [[nodiscard]] std::string write(const Document& record, const LineStyle& style) const;

 private:
  std::vector<Part> parts_;
  bool ndjson_ = true;
};

// A member of a record as a line shows it, before it is made visible.
[[nodiscard]] std::string field_text_of(const Document* value, const LineField& field,
                                        const LineStyle& style);
// Others are shown as the numbers that they are: before 1970 or after 9999.
[[nodiscard]] constexpr bool is_shown_as_time(std::int64_t milliseconds) noexcept {
  return milliseconds >= 0 && milliseconds <= 253'402'300'799'999;
}

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_LINE_FORMAT_H_
