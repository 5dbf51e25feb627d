#include "cli/invocation.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/json_fault.h"
#include "cli/names.h"
#include "cli/python.h"
#include "cli/yaml/reader.h"

namespace crosslog::cli {
namespace {

constexpr std::string_view kInput = "--cli-input-json", kYamlInput = "--cli-input-yaml";

std::unexpected<Failure> bad_input(std::string_view option, const std::string& message) {
  return fail_usage("Error parsing parameter '" + std::string(option) + "': " + message);
}

std::string_view class_of(const Document& value) {
  if (value.list() != nullptr) return "<class 'list'>";
  if (value.string() != nullptr) return "<class 'str'>";
  if (value.boolean() != nullptr) return "<class 'bool'>";
  if (value.integer() != nullptr) return "<class 'int'>";
  return value.number() != nullptr ? "<class 'float'>" : "<class 'NoneType'>";
}

Outcome<Document> parse_input(std::string_view option, std::string_view text) {
  const std::string_view name = option.substr(2);
  if (option == kYamlInput) {
    auto input = parse_yaml(text, {.max_bytes = kMaxParameterBytes});
    if (!input) return bad_input(name, input.error());
    return std::move(*input);
  }
  if (json_fault(text)) return bad_input(name, "Invalid JSON received.");
  auto input = parse_json(text, {.max_bytes = kMaxParameterBytes});
  if (!input) return bad_input(name, "Invalid JSON received.");
  return std::move(*input);
}

// Options win over the members of the text.
Outcome<void> add_input(Document& parameters, const ParsedArguments& arguments, const Getenv& getenv) {
  if (!arguments.has(kInput) && !arguments.has(kYamlInput)) return {};
  if (arguments.has(kInput) && arguments.has(kYamlInput)) {
    return fail_usage("Only one --cli-input- parameter may be specified.");
  }
  const std::string_view option = arguments.has(kInput) ? kInput : kYamlInput;
  const auto text = load_text(option, std::string(arguments.value(option)), getenv);
  if (!text) return std::unexpected(text.error());
  const auto input = parse_input(option, *text);
  if (!input) return std::unexpected(input.error());
  if (input->map() == nullptr) {
    return bad_input(option, "Invalid type: expecting map, received " + std::string(class_of(*input)));
  }
  for (const auto& [name, value] : *input->map()) {
    if (parameters.find(name) == nullptr) parameters.set(name, value);
  }
  return {};
}

// Whoever gives the service's own token or limit pages by hand.
bool pages_by_hand(const Pagination& pagination, const Document& parameters) {
  return parameters.find(pagination.input_token) != nullptr || parameters.find(pagination.limit) != nullptr;
}

Outcome<void> refuse_paging_options(const ParsedArguments& arguments) {
  std::string given;
  for (const std::string_view option : {kStartingToken, kPageSize, kMaxItems}) {
    if (arguments.value(option).empty()) continue;
    const bool zero = option != kStartingToken && parse_int(arguments.value(option)) == 0;
    if (!zero) given += (given.empty() ? "" : ", ") + std::string(option);
  }
  if (given.empty()) return {};
  return fail_usage("Cannot specify --no-paginate along with pagination arguments: " + given);
}

std::optional<std::int64_t> number_in(const ParsedArguments& arguments, std::string_view option) {
  return arguments.has(option) ? parse_int(arguments.value(option)) : std::nullopt;
}

Paging paging_of(const ParsedArguments& arguments) {
  Paging paging{.max_items = number_in(arguments, kMaxItems),
                .page_size = number_in(arguments, kPageSize),
                .starting_token = {}};
  if (arguments.has(kStartingToken)) paging.starting_token = std::string(arguments.value(kStartingToken));
  return paging;
}

class Sampler {
 public:
  explicit Sampler(Sample sample) : sample_(sample) {}

  Document value(const Shape& shape, std::string_view name) {
    using enum Shape::Type;
    switch (shape.type) {
      case structure:
        return this->structured(shape);
      case list:
        return Document::List{value(*shape.element, shape.element->name)};
      case map:
        return Document::Map{{"KeyName", value(*shape.element, "")}};
      case string:
        if (sample_ == Sample::output) return name;
        return shape.values.empty() ? Document("") : Document(shape.values.front());
      case integer:
      case long_integer:
        return 0;
      case floating:
        return 0.0;
      case boolean:
        return true;
      case timestamp:
        break;
    }
    return "1970-01-01T00:00:00";
  }

 private:
  // A shape that holds itself is shown once inside itself, empty.
  Document structured(const Shape& shape) {
    Document::Map members;
    if (std::ranges::find(inside_, &shape) != inside_.end()) return members;
    inside_.push_back(&shape);
    for (const auto& member : shape.members)
      members.emplace_back(member.name, value(*member.shape, member.name));
    inside_.pop_back();
    return members;
  }

  const Sample sample_;
  std::vector<const Shape*> inside_;
};

}  // namespace

Outcome<Invocation> make_invocation(const Operation& operation, const ParsedArguments& arguments,
                                    bool paginate, const Getenv& getenv) {
  Invocation out;
  if (operation.pagination) {
    for (const auto name : {operation.pagination->input_token, operation.pagination->limit})
      paginate = paginate && !arguments.has(name);
    if (!paginate) {
      if (auto good = refuse_paging_options(arguments); !good) return std::unexpected(good.error());
    }
  }
  auto parameters = make_parameters(operation, arguments, getenv);
  if (!parameters) return std::unexpected(parameters.error());
  out.parameters = std::move(*parameters);
  if (auto good = add_input(out.parameters, arguments, getenv); !good) return std::unexpected(good.error());
  out.skeleton = arguments.value(kSkeleton);
  if (!operation.pagination || !paginate || pages_by_hand(*operation.pagination, out.parameters)) return out;
  out.paging = paging_of(arguments);
  if (out.paging->max_items.value_or(1) <= 0) {
    out.warning = "warning: Non-positive values for --max-items may result in undefined behavior.\n";
  }
  return out;
}

Document make_sample(const Shape& shape, Sample sample) {
  return Sampler(sample).value(shape, "");
}

}  // namespace crosslog::cli
