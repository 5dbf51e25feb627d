// One pass over the lines with two pointers of state: the section and the
// property that a line belongs to. A section that is ignored is still read (its
// syntax errors count), into properties that nobody keeps.
//
// Where the AWS CLI is more lenient and no SDK vector speaks, so are we: an
// indented comment line is skipped, and a section's name may stand in quotes.
#include "wire/shared_config.h"

#include <algorithm>
#include <expected>
#include <iterator>
#include <optional>
#include <utility>

#include "base/text.h"
#include "base/try.h"

namespace crosslog::wire {
namespace {

constexpr std::size_t kMaxNotes = 100;  // a hostile file must not become a long list
constexpr std::string_view kNoBreakSpace = "\xC2\xA0";

bool is_blank(char c) noexcept {
  return c == ' ' || c == '\t';
}
bool is_comment_sign(char c) noexcept {
  return c == '#' || c == ';';
}

// Nothing but blanks of any kind: what an editor or a web page left behind.
bool is_empty_line(std::string_view text) noexcept {
  static constexpr std::string_view kBlanks[] = {" ",
                                                 "\t",
                                                 "\r",
                                                 "\v",
                                                 "\f",
                                                 kNoBreakSpace,
                                                 "\xE2\x80\x80",
                                                 "\xE2\x80\x81",
                                                 "\xE2\x80\x82",
                                                 "\xE2\x80\x83",
                                                 "\xE2\x80\x84",
                                                 "\xE2\x80\x85",
                                                 "\xE2\x80\x86",
                                                 "\xE2\x80\x87",
                                                 "\xE2\x80\x88",
                                                 "\xE2\x80\x89",
                                                 "\xE2\x80\x8A",
                                                 "\xE2\x80\xAF",
                                                 "\xE2\x81\x9F",
                                                 "\xE3\x80\x80"};
  if (!text.empty() && text.front() > ' ' && text.front() < '\x7f') return false;  // nearly always
  while (!text.empty()) {
    const auto* const blank = std::find_if(std::begin(kBlanks), std::end(kBlanks),
                                           [&](std::string_view b) { return text.starts_with(b); });
    if (blank == std::end(kBlanks)) return false;
    text.remove_prefix(blank->size());
  }
  return true;
}

bool is_identifier(std::string_view text) noexcept {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || base::is_digit(c) || c == '_' || c == '-' ||
           c == '/' || c == '.' || c == '%' || c == '@' || c == ':' || c == '+';
  });
}

// A value's comment begins with a sign behind a blank.
std::string_view without_value_comment(std::string_view line) noexcept {
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (is_comment_sign(line[i]) && is_blank(line[i - 1])) return line.substr(0, i);
  }
  return line;
}

// A header's comment begins with any sign that is not inside double quotes.
std::string_view without_header_comment(std::string_view line) noexcept {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (is_comment_sign(line[i])) return line.substr(0, i);
    if (line[i] != '"') continue;
    const auto closing = line.find('"', i + 1);
    if (closing != std::string_view::npos) i = closing;
  }
  return line;
}

struct Assignment {
  std::string_view name, value;
};

std::expected<Assignment, std::string> read_assignment(std::string_view line, bool nested) {
  const auto text = without_value_comment(base::trim_blanks(line));
  const auto sign = text.find('=');
  if (sign == std::string_view::npos) {
    return std::unexpected(std::string("Expected an '=' sign defining a ") +
                           (nested ? "sub-property" : "property"));
  }
  const Assignment assignment{base::trim_blanks(text.substr(0, sign)),
                              base::trim_blanks(text.substr(sign + 1))};
  if (assignment.name.empty()) {
    return std::unexpected(std::string(nested ? "Sub-property" : "Property") + " did not have a name");
  }
  return assignment;
}

// The name of a section, out of its quotes; nullopt when it is not a valid one.
std::optional<std::string> section_name(std::string_view text) {
  if (text.size() > 2 && text.front() == '"' && text.back() == '"') {
    const auto name = text.substr(1, text.size() - 2);
    const bool valid = std::none_of(name.begin(), name.end(), [](char c) {
      return c == '"' || static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
    if (valid) return std::string(name);
    return std::nullopt;
  }
  if (!is_identifier(text)) return std::nullopt;
  return std::string(text);
}

class Reader {
 public:
  explicit Reader(ConfigKind kind) : kind_(kind) {}

  // The reason why the line is refused.
  std::expected<void, std::string> read(std::string_view line, int number) {
    number_ = number;
    const auto text = base::trim_blanks(line);
    if (is_empty_line(text) || is_comment_sign(text.front())) return {};
    if (line.front() == '[') return read_header(text);
    if (is_blank(line.front())) return read_continuation(text);
    return read_property(text);
  }

  ConfigFile finish() && {
    if (plain_default_seen_ && prefixed_default_seen_) {
      note(plain_default_line_, "section [default] ignored: [profile default] is there too");
    } else if (plain_default_seen_) {
      file_.profiles["default"] = std::move(plain_default_);
    }
    if (unsaid_ > 0)
      file_.notes.push_back({number_, "and " + std::to_string(unsaid_) + " more notes on this file"});
    return std::move(file_);
  }

 private:
  void note(int line, std::string text) {
    if (file_.notes.size() < kMaxNotes) {
      file_.notes.push_back({line, std::move(text)});
    } else {
      ++unsaid_;
    }
  }

  std::expected<void, std::string> read_header(std::string_view text) {
    const auto header = base::trim_blanks(without_header_comment(text));
    if (header.size() < 2 || header.back() != ']')
      return std::unexpected("Profile definition must end with ']'");
    const auto inside = base::trim_blanks(header.substr(1, header.size() - 2));
    property_ = nullptr;
    section_ = kind_ == ConfigKind::config ? config_section(inside) : credentials_section(inside);
    return {};
  }

  ConfigProperties* config_section(std::string_view inside) {
    if (inside == "default") {
      if (!plain_default_seen_) plain_default_line_ = number_;
      plain_default_seen_ = true;
      return &plain_default_;
    }
    const auto blank = std::find_if(inside.begin(), inside.end(), is_blank);
    const std::string_view prefix(inside.begin(), blank);
    auto* const sections = prefix == "profile"       ? &file_.profiles
                           : prefix == "sso-session" ? &file_.sso_sessions
                           : prefix == "services"    ? &file_.services
                                                     : nullptr;
    if (sections == nullptr) return ignored_config_section(inside);
    const auto name = section_name(base::trim_blanks({blank, inside.end()}));
    if (!name) return invalid_name();
    if (prefix == "profile" && *name == "default") prefixed_default_seen_ = true;
    return &(*sections)[*name];
  }

  ConfigProperties* credentials_section(std::string_view inside) {
    const auto name = section_name(inside);
    if (name) return &file_.profiles[*name];
    if (inside.starts_with("profile ") || inside.starts_with("profile\t")) {
      return ignore(
          "section ignored: in the credentials file a profile's name stands alone, without \"profile\"");
    }
    return invalid_name();
  }

  ConfigProperties* ignored_config_section(std::string_view inside) {
    if (!is_identifier(inside)) return invalid_name();
    const std::string name(inside);
    return ignore("section [" + name + "] ignored: in the config file it would be [profile " + name + "]");
  }

  ConfigProperties* invalid_name() {
    return ignore(
        "section ignored: its name is empty or has other bytes than letters, digits and _-/.%@:+ "
        "(a name with blanks needs double quotes)");
  }

  ConfigProperties* ignore(std::string text) {
    note(number_, std::move(text));
    ignored_.clear();
    return &ignored_;
  }

  std::expected<void, std::string> read_property(std::string_view text) {
    if (section_ == nullptr) return std::unexpected("Expected a profile definition");
    CROSSLOG_TRY(const auto assignment, read_assignment(text, false));
    property_ = property_named(base::to_lower(assignment.name));
    *property_ = {std::string(assignment.value), {}, number_};
    has_nested_ = assignment.value.empty();
    if (assignment.value.find('\r') != std::string_view::npos) {
      note(number_, "a carriage return inside the line is part of the value");
    }
    if (assignment.value.ends_with(kNoBreakSpace) || assignment.value.starts_with(kNoBreakSpace)) {
      note(number_, "a no-break space beside the value is part of it");
    }
    return {};
  }

  ConfigProperty* property_named(const std::string& name) {
    if (!is_identifier(name)) {
      note(number_, "property ignored: its name has other bytes than letters, digits and _-/.%@:+");
      return &ignored_property_;
    }
    const auto [found, is_new] = section_->try_emplace(name);
    if (!is_new && section_ != &ignored_) {
      note(number_, name + " is set again, line " + std::to_string(found->second.line) + " has no effect");
    }
    return &found->second;
  }

  std::expected<void, std::string> read_continuation(std::string_view text) {
    if (section_ == nullptr) return std::unexpected("Expected a profile definition");
    if (property_ == nullptr) return std::unexpected("Expected a property definition, found continuation");
    if (has_nested_) {
      CROSSLOG_TRY(const auto assignment, read_assignment(text, true));
      property_->nested.insert_or_assign(base::to_lower(assignment.name), std::string(assignment.value));
    }
    property_->value.append("\n").append(text);
    return {};
  }

  const ConfigKind kind_;
  ConfigFile file_;
  ConfigProperties plain_default_;  // [default] of the config file, until [profile default] may have come
  ConfigProperties ignored_;
  ConfigProperty ignored_property_;
  ConfigProperties* section_ = nullptr;
  ConfigProperty* property_ = nullptr;
  int number_ = 0, plain_default_line_ = 0;
  std::size_t unsaid_ = 0;
  bool has_nested_ = false;
  bool plain_default_seen_ = false, prefixed_default_seen_ = false;
};

std::expected<void, std::string> check_bytes(std::string_view line) {
  if (line.size() > kMaxConfigLineBytes) {
    return std::unexpected("The line is longer than " + std::to_string(kMaxConfigLineBytes) + " bytes");
  }
  if (line.find('\0') != std::string_view::npos) return std::unexpected("The line holds a NUL byte");
  if (!base::is_utf8(line)) return std::unexpected("The line is not valid UTF-8");
  return {};
}

std::unexpected<Error> refuse(std::string_view path, int line, std::string_view reason) {
  const auto shown = base::visible(path);
  return fail(Errc::configuration, "Unable to parse config file: " + shown,
              {shown + ":" + std::to_string(line) + ": " + std::string(reason)});
}

}  // namespace

Result<ConfigFile> parse_shared_config(std::string_view bytes, ConfigKind kind, std::string_view path) {
  if (bytes.size() > kMaxConfigBytes) {
    return refuse(path, 1, "The file is longer than " + std::to_string(kMaxConfigBytes) + " bytes");
  }
  if (bytes.starts_with(base::kByteOrderMark)) bytes.remove_prefix(base::kByteOrderMark.size());
  Reader reader(kind);
  for (int number = 1; !bytes.empty(); ++number) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    auto line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (const auto checked = check_bytes(line); !checked) return refuse(path, number, checked.error());
    if (const auto read = reader.read(line, number); !read) return refuse(path, number, read.error());
  }
  return std::move(reader).finish();
}

}  // namespace crosslog::wire
