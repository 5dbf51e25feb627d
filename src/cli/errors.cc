#include "cli/errors.h"

#include <algorithm>
#include <csignal>

#include "cli/output/json.h"
#include "cli/output/table.h"
#include "cli/output/text.h"
#include "cli/python.h"
#include "cli/yaml/writer.h"
#include "crosslog/document.h"
#include "crosslog/operations.h"

namespace crosslog::cli {
namespace {

// The name that stands in "An error occurred (...)"; "" for failures that the
// AWS CLI prints as they are.
std::string_view code_of(Failure::Kind kind) noexcept {
  switch (kind) {
    case Failure::Kind::usage:
      return "ParamValidation";
    case Failure::Kind::configuration:
      return "Configuration";
    case Failure::Kind::no_region:
      return "NoRegion";
    case Failure::Kind::no_credentials:
      return "NoCredentials";
    default:
      return "";
  }
}

// The AWS CLI's advice, which the library repeats: for users who have that program.
std::string_view aws_advice(Failure::Kind kind) noexcept {
  switch (kind) {
    case Failure::Kind::no_region:
      return " You can also configure your region by running \"aws configure\".";
    case Failure::Kind::no_credentials:
      return " You can configure credentials by running \"aws login\".";
    default:
      return "";
  }
}

std::string message_of(const Failure& failure, const Program& program) {
  if (failure.kind == Failure::Kind::service) return failure.error.message;
  const std::string_view advice = aws_advice(failure.kind);
  std::string_view message = failure.message;
  if (message.ends_with(advice)) message.remove_suffix(advice.size());
  return std::string(message) + std::string(program.is_aws() ? advice : "");
}

// The AWS CLI knows fewer forms of errors than AWS documents.
const std::string& code_of(const Error& error, const Program& program) {
  return program.is_aws() && !error.cli_code.empty() ? error.cli_code : error.aws_code;
}

std::string describe(Error error, const Program& program) {
  error.aws_code = code_of(error, program);
  return crosslog::describe(error);
}

std::string line(const Program& program, std::string_view message) {
  message = trim(message);
  return "\n" + program.name + ": [ERROR]:" + (message.empty() ? "" : " ") + std::string(message) + "\n";
}

bool is_scalar_detail(const Document& value) {
  return value.list() == nullptr && value.map() == nullptr;
}

// A further member of a modelled error; nested ones are kept as JSON text.
Document detail_of(const Error::Detail& detail) {
  if (!detail.nested) return detail.value;
  auto value = parse_json(detail.value);
  return value ? std::move(*value) : Document(detail.value);
}

constexpr std::size_t kMaxInlineItems = 5;

// A small list or map on one line; "" for anything else.
std::string inline_text(const Document& value) {
  if (is_scalar_detail(value)) return str(value);
  std::string out;
  if (const auto* list = value.list()) {
    if (list->size() >= kMaxInlineItems || !std::ranges::all_of(*list, is_scalar_detail)) return "";
    for (const auto& element : *list)
      out += (out.empty() ? "" : ", ") + str(element);
    return "[" + out + "]";
  }
  const auto& map = *value.map();
  if (map.size() >= kMaxInlineItems ||
      !std::ranges::all_of(map, [](const auto& m) { return is_scalar_detail(m.second); })) {
    return "";
  }
  for (const auto& [name, element] : map)
    out += (out.empty() ? "" : ", ") + name + ": " + str(element);
  return "{" + out + "}";
}

std::string details_of(const Error& error) {
  if (error.details.empty()) return "";
  std::string out = "\nAdditional error details:\n";
  bool complex = false;
  for (const auto& detail : error.details) {
    const std::string text = detail.nested ? inline_text(detail_of(detail)) : detail.value;
    const bool shown = !detail.nested || !text.empty();
    out += detail.name + ": " + (shown ? text : "<complex value>") + "\n";
    complex = complex || !shown;
  }
  if (complex) {
    out += "Use \"--cli-error-format json\" or another error format to see the full details.\n";
  }
  return out;
}

// What the structured formats show; null for failures that have no structure. The
// order is the AWS CLI's: its reader of JSON finds the message first, its reader
// of XML the code.
Document structure_of(const Failure& failure, const Program& program) {
  Document out;
  if (failure.kind == Failure::Kind::service) {
    const bool json = find_operation(Service::logs, failure.error.operation) != nullptr;
    if (json) out.set("Message", failure.error.message);
    out.set("Code", code_of(failure.error, program));
    if (!json) out.set("Message", failure.error.message);
    for (const auto& detail : failure.error.details)
      out.set(detail.name, detail_of(detail));
  } else if (const auto code = code_of(failure.kind); !code.empty()) {
    out.set("Code", code);
    out.set("Message", message_of(failure, program));
  }
  return out;
}

std::string render_structure(const Document& error, ErrorFormat format) {
  switch (format) {
    case ErrorFormat::json:
      return format_json(error);
    case ErrorFormat::yaml:
      return format_yaml(error).value_or("");
    case ErrorFormat::text:
      return format_text(error);
    default:
      return format_table("error", error, {}).value_or("");
  }
}

std::string render_line(const Failure& failure, const Program& program, ErrorFormat format) {
  const bool enhanced = format == ErrorFormat::enhanced;
  if (failure.kind == Failure::Kind::unknown_options) {
    return "\nusage: " + program.usage() + "\n" + line(program, failure.message);
  }
  if (failure.kind == Failure::Kind::service) {
    return line(program, describe(failure.error, program)) + (enhanced ? details_of(failure.error) : "");
  }
  const std::string message = message_of(failure, program);
  const auto code = code_of(failure.kind);
  if (!enhanced || code.empty()) return line(program, message);
  return line(program, "An error occurred (" + std::string(code) + "): " + message);
}

}  // namespace

std::unexpected<Failure> fail_usage(std::string message, std::vector<std::string> hints) {
  return std::unexpected(Failure{
      .kind = Failure::Kind::usage, .message = std::move(message), .hints = std::move(hints), .error = {}});
}

std::unexpected<Failure> fail_general(std::string message, std::vector<std::string> hints) {
  return std::unexpected(Failure{
      .kind = Failure::Kind::general, .message = std::move(message), .hints = std::move(hints), .error = {}});
}

Failure to_failure(Error error) {
  using Kind = Failure::Kind;
  const Kind kind = error.code == Errc::cancelled                         ? Kind::cancelled
                    : error.code == Errc::no_region                       ? Kind::no_region
                    : error.code == Errc::no_credentials                  ? Kind::no_credentials
                    : !error.aws_code.empty() && !error.operation.empty() ? Kind::service
                                                                          : Kind::general;
  return {.kind = kind,
          .message = kind == Kind::service ? std::string{} : error.message,
          .hints = std::move(error.hints),
          .error = std::move(error)};
}

int exit_status(Failure::Kind kind) noexcept {
  switch (kind) {
    case Failure::Kind::usage:
    case Failure::Kind::unknown_options:
      return 252;
    case Failure::Kind::configuration:
    case Failure::Kind::no_region:
    case Failure::Kind::no_credentials:
      return 253;
    case Failure::Kind::service:
      return 254;
    case Failure::Kind::general:
      return 255;
    case Failure::Kind::cancelled:
      return 128 + SIGINT;  // main() knows the signal
  }
  return 255;
}

ErrorFormat parse_error_format(std::string_view name) {
  if (name == "legacy") return ErrorFormat::legacy;
  if (name == "json") return ErrorFormat::json;
  if (name == "yaml") return ErrorFormat::yaml;
  if (name == "text") return ErrorFormat::text;
  if (name == "table") return ErrorFormat::table;
  return ErrorFormat::enhanced;
}

std::string render(const Failure& failure, const Program& program, ErrorFormat format) {
  if (failure.kind == Failure::Kind::cancelled) return "";
  const bool structured = format != ErrorFormat::enhanced && format != ErrorFormat::legacy;
  if (structured) {
    const Document structure = structure_of(failure, program);
    if (!structure.is_null()) return render_structure(structure, format);
  }
  std::string out = render_line(failure, program, format);
  if (!program.is_aws()) {
    for (const auto& hint : failure.hints)
      out += "hint: " + hint + "\n";
  }
  return out;
}

}  // namespace crosslog::cli
