#include "cli/line_format.h"

#include <algorithm>
#include <optional>

#include "cli/output/json.h"
#include "cli/unicode.h"

namespace crosslog::cli {
namespace {

std::string field_names_of(std::span<const LineField> fields) {
  std::string out;
  for (const auto& field : fields)
    out += (out.empty() ? "{" : " {") + std::string(field.name) + "}";
  return out;
}

std::optional<char> unescaped(char c) {
  if (c == 't') return '\t';
  if (c == 'n') return '\n';
  if (c == '\\') return '\\';
  return std::nullopt;
}

}  // namespace

std::string field_text_of(const Document* value, const LineField& field, const LineStyle& style) {
  const bool absent = value == nullptr || value->is_null();
  if (absent) return field.kind == LineField::Kind::time ? "-" : "";
  if (const auto* number = value->integer()) {
    using std::chrono::milliseconds;
    const bool time = field.kind == LineField::Kind::time && is_shown_as_time(*number);
    return time ? format_time(TimePoint(milliseconds(*number)), style.zone) : std::to_string(*number);
  }
  if (value->string() == nullptr) return write_json(*value);
  std::string text = *value->string();
  if (field.kind == LineField::Kind::text) text.resize(text.find_last_not_of("\r\n") + 1);
  return text;
}

std::expected<LineFormat, std::string> LineFormat::parse(std::string_view text,
                                                         std::span<const LineField> fields) {
  LineFormat format;
  format.ndjson_ = false;
  format.parts_.emplace_back();
  while (!text.empty()) {
    const char c = text.front();
    const bool doubled = text.size() > 1 && text[1] == c;
    std::size_t taken = 1;
    if (c == '\\') {
      const auto plain = text.size() > 1 ? unescaped(text[1]) : std::nullopt;
      if (!plain) return std::unexpected("a backslash in a format is followed by t, n or another backslash");
      format.parts_.back().literal += *plain;
      taken = 2;
    } else if ((c == '{' || c == '}') && doubled) {
      format.parts_.back().literal += c;
      taken = 2;
    } else if (c == '{') {
      const auto end = text.find('}');
      const auto name = text.substr(1, end == std::string_view::npos ? end : end - 1);
      const auto field = std::ranges::find(fields, name, &LineField::name);
      if (end == std::string_view::npos || field == fields.end()) {
        return std::unexpected("there is no field {" + visible(name, "") + "} in a format; there are " +
                               field_names_of(fields));
      }
      format.parts_.back().field = &*field;
      format.parts_.emplace_back();
      taken = end + 1;
    } else if (c == '}') {
      return std::unexpected("a } without a { in a format; }} is written as one");
    } else {
      format.parts_.back().literal += c;
    }
    text.remove_prefix(taken);
  }
  return format;
}

bool LineFormat::uses(std::string_view member) const {
  return ndjson_ || std::ranges::any_of(parts_, [&](const Part& part) {
           return part.field != nullptr && part.field->member == member;
         });
}

std::string LineFormat::write(const Document& record, const LineStyle& style) const {
  if (ndjson_) return (style.safe ? format_json_line(record) : write_json(record)) + "\n";
  std::string out;
  for (const auto& part : parts_) {
    out += part.literal;
    if (part.field == nullptr) continue;
    std::string text = field_text_of(record.find(part.field->member), *part.field, style);
    if (style.safe) text = visible(text);
    const bool color = style.color && !part.field->color.empty();
    out += color ? "\x1b[" + std::string(part.field->color) + "m" + text + "\x1b[0m" : text;
  }
  return out + "\n";
}

}  // namespace crosslog::cli
