#include "cli/parameters.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <expected>
#include <system_error>
#include <utility>

#include "cli/json_fault.h"
#include "cli/names.h"
#include "cli/python.h"
#include "cli/shorthand.h"
#include "cli/unicode.h"

namespace crosslog::cli {
namespace {

using Type = Shape::Type;

bool is_complex(const Shape& shape) noexcept {
  return shape.type == Type::list || shape.type == Type::map || shape.type == Type::structure;
}
// Lists of scalars have no shorthand: each word is an element.
bool has_shorthand(const Shape& shape) noexcept {
  return is_complex(shape) && (shape.type != Type::list || is_complex(*shape.element));
}

Argument option_of(const ShapeMember& member) {
  Argument option{.name = "--" + kebab(member.name), .destination = std::string(member.name)};
  option.required = member.required;
  switch (member.shape->type) {
    case Type::list:
      option.arity = Argument::Arity::any;
      break;
    case Type::long_integer:
      option.type = Argument::Type::integer;
      break;
    case Type::floating:
      option.type = Argument::Type::floating;
      break;
    case Type::boolean:
      option.arity = Argument::Arity::none;
      option.constant = "true";
      option.required = false;
      break;
    default:
      break;
  }
  return option;
}

// A process that is not dumpable may not open its own descriptors by name, and
// `file:///dev/stdin` and a shell's <(...) are such names.
int open_file(const std::string& path) {
  std::string_view number = path == "/dev/stdin" ? std::string_view("0") : std::string_view(path);
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    if (number.starts_with(folder)) number.remove_prefix(folder.size());
  }
  const bool plain = !number.empty() && number.find_first_not_of("0123456789") == std::string_view::npos;
  if (const auto fd = parse_int(number); plain && number.size() != path.size() && fd && *fd <= INT_MAX) {
    return ::fcntl(static_cast<int>(*fd), F_DUPFD_CLOEXEC, 3);
  }
  return ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
}

std::expected<std::string, int> read_file(const std::string& path) {
  const int fd = open_file(path);
  if (fd < 0) return std::unexpected(errno);
  std::string content;
  std::array<char, 65536> buffer{};
  int error = 0;
  for (;;) {
    const ssize_t count = ::read(fd, buffer.data(), buffer.size());
    if (count == 0) break;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) error = errno;
    if (count > 0) content.append(buffer.data(), static_cast<std::size_t>(count));
    if (content.size() > kMaxParameterBytes) error = EFBIG;
    if (error != 0) break;
  }
  ::close(fd);
  if (error != 0) return std::unexpected(error);
  return content;
}

bool is_name_character(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Unknown variables stay as they are written.
std::string expand_variables(std::string_view path, const Getenv& getenv) {
  std::string out;
  while (!path.empty()) {
    const std::size_t dollar = path.find('$');
    out += path.substr(0, dollar);
    if (dollar == std::string_view::npos) break;
    path.remove_prefix(dollar);
    const bool braces = path.starts_with("${");
    std::size_t end = braces ? path.find('}') : 1;
    while (!braces && end < path.size() && is_name_character(path[end]))
      ++end;
    if (end == std::string_view::npos || end <= 1) {
      out += path;
      break;
    }
    const auto value = getenv(braces ? path.substr(2, end - 2) : path.substr(1, end - 1));
    end += braces ? 1 : 0;
    out += value ? *value : std::string(path.substr(0, end));
    path.remove_prefix(end);
  }
  return out;
}

std::string expand_path(std::string_view path, const Getenv& getenv) {
  std::string out(path);
  if (path == "~" || path.starts_with("~/")) {
    if (const auto home = getenv("HOME")) out = *home + std::string(path.substr(1));
  }
  return expand_variables(out, getenv);
}

// A text file as Python reads one: every kind of line break is \n.
std::string with_unix_lines(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r') {
      out += '\n';
      if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

// nullopt: `value` names no file. The error is a sentence.
std::expected<std::optional<std::string>, std::string> load(std::string_view value, const Getenv& getenv) {
  const bool binary = value.starts_with("fileb://");
  if (!binary && !value.starts_with("file://")) return std::nullopt;
  const std::string path = expand_path(value.substr(value.find("//") + 2), getenv);
  auto content = read_file(path);
  if (!content) {
    return std::unexpected(
        "Unable to load paramfile " + std::string(value) + ": [Errno " + std::to_string(content.error()) +
        "] " + std::generic_category().message(content.error()) + ": " + repr(std::string_view(path)));
  }
  if (binary) return std::unexpected("fileb:// is for binary parameters, and this is none: use file://");
  if (is_utf8(*content)) return with_unix_lines(*content);
  return std::unexpected("Unable to load paramfile (" + path +
                         "), text contents could not be decoded.  If this is a binary file, please use the "
                         "fileb:// prefix instead of the file:// prefix.");
}

// Whether no parameter need stand on the command line. The sample of an output
// is of a call that could be made.
bool brings_all(std::span<const std::string> words) {
  for (const std::string_view input : {"--cli-input-json", "--cli-input-yaml"}) {
    if (std::ranges::find(words, input) != words.end()) return true;
  }
  const auto skeleton = std::ranges::find(words, kSkeleton);
  return skeleton != words.end() && (skeleton + 1 == words.end() || *(skeleton + 1) != "output");
}

// One option's words as the value that the operation takes.
class Unpacker {
 public:
  Unpacker(std::string option, const Getenv& getenv) : option_(std::move(option)), getenv_(getenv) {}

  Outcome<Document> unpack(const Shape& shape, std::vector<std::string> words) {
    if (words.size() == 1) {
      auto content = load(words.front(), getenv_);
      if (!content) return parameter_error(content.error());
      if (*content) return from_file(shape, std::move(**content));
    }
    if (shape.type == Type::boolean) return Document(words.front() == "true");
    if (shape.type == Type::list) return list(shape, words);
    return value(shape, words.front());
  }

 private:
  [[nodiscard]] std::unexpected<Failure> parameter_error(const std::string& message) const {
    return fail_usage("Error parsing parameter '" + option_ + "': " + message);
  }

  static bool looks_like_json(std::string_view text) {
    const std::string_view trimmed = trim(text);
    return trimmed.starts_with('[') || trimmed.starts_with('{');
  }

  Outcome<Document> json(std::string_view text) const {
    if (const auto fault = json_fault(text)) {
      return parameter_error("Invalid JSON: " + *fault + "\nJSON received: " + std::string(text));
    }
    auto value = parse_json(text, {.max_bytes = kMaxParameterBytes});
    if (!value) return parameter_error("Invalid JSON: " + value.error().message);
    return std::move(*value);
  }

  Outcome<Document> shorthand(const Shape& shape, std::string_view text) const {
    auto parsed =
        parse_shorthand(text, [this](std::string_view value) -> std::expected<std::string, std::string> {
          auto content = load(value, getenv_);
          if (!content) return std::unexpected(content.error());
          return content->value_or(std::string(value));
        });
    if (!parsed) return parameter_error(parsed.error());
    auto fitted = fit_to_shape(std::move(*parsed), shape);
    if (!fitted) return fail_general(fitted.error());
    return std::move(*fitted);
  }

  // The content of a file is one text, even where a list is wanted: JSON, or
  // shorthand for one structure, or, as in the AWS CLI, each character by itself.
  Outcome<Document> from_file(const Shape& shape, std::string text) const {
    if (shape.type != Type::list) return value(shape, text);
    if (has_shorthand(shape) && !looks_like_json(text)) return shorthand(*shape.element, text);
    if (trim(text).starts_with('[')) return json(text);
    Document::List list;
    for (const char32_t c : decode_utf8(text))
      list.push_back(Document(encode_utf8(std::u32string_view(&c, 1))));
    return Document(std::move(list));
  }

  Outcome<Document> list(const Shape& shape, const std::vector<std::string>& words) const {
    const bool as_shorthand = has_shorthand(shape) && !(!words.empty() && looks_like_json(words.front()));
    if (words.size() == 1 && !as_shorthand && trim(words.front()).starts_with('['))
      return json(words.front());
    Document::List list;
    for (const auto& word : words) {
      auto element = as_shorthand ? shorthand(*shape.element, word) : value(*shape.element, word);
      if (!element) {
        const bool no_number = !as_shorthand && element.error().kind == Failure::Kind::general;
        return no_number ? parameter_error(words.front()) : element;
      }
      list.push_back(std::move(*element));
    }
    return Document(std::move(list));
  }

  Outcome<Document> value(const Shape& shape, const std::string& text) const {
    if (has_shorthand(shape) && !looks_like_json(text)) return shorthand(shape, text);
    switch (shape.type) {
      case Type::integer:
      case Type::long_integer:
        if (const auto number = parse_int(text)) return Document(*number);
        return fail_general("invalid literal for int() with base 10: " + repr(std::string_view(text)));
      case Type::floating:
        if (const auto number = parse_float(text)) return Document(*number);
        return fail_general("could not convert string to float: " + repr(std::string_view(text)));
      case Type::map:
      case Type::structure:
        if (trim(text).starts_with('{')) return json(text);
        return parameter_error("Invalid JSON:\n" + text);
      case Type::list:
        return json(text);
      default:
        return Document(text);
    }
  }

  const std::string option_;
  const Getenv& getenv_;
};

}  // namespace

std::vector<Argument> operation_arguments(const Operation& operation, std::span<const std::string> words) {
  std::vector<Argument> arguments;
  for (const auto& member : operation.input->members) {
    arguments.push_back(option_of(member));
    if (member.shape->type != Type::boolean) continue;
    Argument negative = arguments.back();
    negative.name.insert(2, "no-");
    negative.constant = "false";
    arguments.push_back(std::move(negative));
  }
  arguments.push_back({.name = "--cli-input-json"});
  arguments.push_back({.name = "--cli-input-yaml"});
  if (operation.pagination) {
    arguments.push_back({.name = std::string(kStartingToken)});
    arguments.push_back({.name = std::string(kPageSize), .type = Argument::Type::integer});
    arguments.push_back({.name = std::string(kMaxItems), .type = Argument::Type::integer});
  }
  arguments.push_back({.name = std::string(kSkeleton),
                       .arity = Argument::Arity::at_most_one,
                       .constant = "input",
                       .choices = {"input", "output", "yaml-input"}});
  arguments.push_back({.name = "help", .arity = Argument::Arity::at_most_one});
  if (brings_all(words)) {
    for (auto& argument : arguments)
      argument.required = false;
  }
  return arguments;
}

Outcome<std::string> load_text(std::string_view option, std::string text, const Getenv& getenv) {
  auto content = load(text, getenv);
  if (!content)
    return fail_usage("Error parsing parameter '" + std::string(option) + "': " + content.error());
  return content->value_or(std::move(text));
}

Outcome<Document> make_parameters(const Operation& operation, const ParsedArguments& arguments,
                                  const Getenv& getenv) {
  Document parameters{Document::Map{}};
  for (const auto& member : operation.input->members) {
    const auto given = arguments.values.find(member.name);
    if (given == arguments.values.end()) continue;
    auto value = Unpacker("--" + kebab(member.name), getenv).unpack(*member.shape, given->second);
    if (!value) return value;
    parameters.set(member.name, std::move(*value));
  }
  return parameters;
}

}  // namespace crosslog::cli
