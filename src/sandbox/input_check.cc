// Walks a request beside the service model. The words are those of the framework under
// AWS's JSON services.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "sandbox/pattern_regex.h"
#include "sandbox/service_model.h"
#include "sandbox/validation.h"

namespace crosslog::sandbox {

namespace json = boost::json;

namespace {

const json::object& model() {
  static const json::value kModel = json::parse(json::string_view(service_model_text()));
  return kModel.get_object();
}

const json::object& shape_of(const json::value& name) {
  return model().at("shapes").get_object().at(name.get_string()).get_object();
}

std::string_view type_of(const json::object& shape) {
  return shape.at("type").get_string();
}

std::string wrong_type(const json::value& value, std::string_view type) {
  if (type == "list") return "Expected list or null";
  if (type == "structure" || type == "map") return "Expected map or null";
  if (value.is_object()) return "Start of structure or map found where not expected.";
  if (value.is_array()) return "Start of list found where not expected";
  static const std::map<std::string_view, std::string_view> kNames = {
      {"string", "a String"}, {"long", "Long"},   {"integer", "Integer"},
      {"double", "Double"},   {"float", "Float"}, {"boolean", "Boolean"},
  };
  return std::string(value.is_string() ? "STRING_VALUE"
                     : value.is_bool() ? (value.get_bool() ? "TRUE_VALUE" : "FALSE_VALUE")
                                       : "NUMBER_VALUE") +
         " can not be converted to " + std::string(kNames.at(type));
}

bool fits(const json::value& value, std::string_view type) {
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_bool();
  if (type == "list") return value.is_array();
  if (type == "structure" || type == "map") return value.is_object();
  if (type == "double" || type == "float") return value.is_number();
  return value.is_int64();
}

// The value as the service keeps it: nulls and unknown members gone. `error` gets the
// first wrong type.
json::value typed(const json::value& value, const json::object& shape, std::string& error) {
  const std::string_view type = type_of(shape);
  if (!fits(value, type)) {
    if (error.empty()) error = wrong_type(value, type);
    return nullptr;
  }
  if (type == "list") {
    json::array out;
    for (const auto& item : value.get_array())
      if (!item.is_null()) out.push_back(typed(item, shape_of(shape.at("member")), error));
    return out;
  }
  if (type != "structure" && type != "map") return value;
  json::object out;
  const auto* members = type == "structure" ? &shape.at("members").get_object() : nullptr;
  for (const auto& [name, item] : value.get_object()) {
    const auto* member = members != nullptr ? members->if_contains(name) : &shape.at("value");
    if (member != nullptr && !item.is_null()) out[name] = typed(item, shape_of(*member), error);
  }
  return out;
}

// A number, or text in quotes, as messages show it.
std::string shown(const json::value& value) {
  if (value.is_string()) return std::string(value.get_string());
  if (!value.is_array()) return json::serialize(value);
  std::string out = "[";
  for (const auto& item : value.get_array())
    out += (out.size() > 1 ? ", " : "") + shown(item);
  return out + "]";
}

bool matches_pattern(const std::string& text, std::string pattern) {
  // Of Java's, what the model uses and ECMAScript lacks.
  constexpr std::string_view kLetters = "\\p{L}\\p{Z}\\p{N}", kRange = "\\w-_";
  if (const auto at = pattern.find(kLetters); at != std::string::npos)
    pattern.replace(at, kLetters.size(), "\\w\\s\\x80-\\xff");
  if (const auto at = pattern.find(kRange); at != std::string::npos)
    pattern.replace(at, kRange.size(), "\\w_\\-");
  static std::map<std::string, PatternRegex> compiled;
  auto found = compiled.find(pattern);
  if (found == compiled.end()) found = compiled.emplace(pattern, *PatternRegex::make(pattern)).first;
  return found->second.matches_all(text);
}

// The constraints that one value fails: "have length less than or equal to 512".
std::vector<std::string> failures(const json::value& value, const json::object& shape) {
  std::vector<std::string> out;
  const bool counted = value.is_string() || value.is_array() || value.is_object();
  const std::int64_t size = value.is_string()   ? std::ssize(value.get_string())
                            : value.is_array()  ? std::ssize(value.get_array())
                            : value.is_object() ? std::ssize(value.get_object())
                            : value.is_int64()  ? value.get_int64()
                                                : 0;
  const std::string what = counted ? "length" : "value";
  const auto bound = [&](std::string_view name) -> const std::int64_t* {
    const auto* limit = value.is_bool() || value.is_double() ? nullptr : shape.if_contains(name);
    return limit != nullptr ? limit->if_int64() : nullptr;
  };
  if (const auto* max = bound("max"); max != nullptr && size > *max)
    out.push_back("have " + what + " less than or equal to " + std::to_string(*max));
  if (const auto* pattern = shape.if_contains("pattern");
      pattern != nullptr && value.is_string() &&
      !matches_pattern(std::string(value.get_string()), std::string(pattern->get_string())))
    out.push_back("satisfy regular expression pattern: " + std::string(pattern->get_string()));
  if (const auto* min = bound("min"); min != nullptr && size < *min)
    out.push_back("have " + what + " greater than or equal to " + std::to_string(*min));
  if (const auto* values = shape.if_contains("enum");
      values != nullptr && std::ranges::find(values->get_array(), value) == values->get_array().end())
    out.push_back("satisfy enum value set: " + shown(*values));
  return out;
}

void check(const json::value& value, const json::object& shape, const std::string& path, Validation& out);

void check_list(const json::array& items, const json::object& shape, const std::string& path,
                Validation& out) {
  const auto& member = shape_of(shape.at("member"));
  std::vector<std::string> found;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].is_object()) check(items[i], member, path + "." + std::to_string(i + 1) + ".member", out);
    for (auto& failure : failures(items[i], member))
      if (std::ranges::find(found, "Member must " + failure) == found.end())
        found.push_back("Member must " + failure);
  }
  std::string all;
  for (const auto& failure : found)
    all += (all.empty() ? "" : ", ") + failure;
  if (!all.empty()) out.add(path, "'" + shown(items) + "'", "satisfy constraint: [" + all + "]");
}

void check(const json::value& value, const json::object& shape, const std::string& path, Validation& out) {
  if (value.is_object() && type_of(shape) == "structure") {
    const auto& required = shape.at("required").get_array();
    const auto& members = shape.at("members").get_object();
    for (const auto& [name, member] : members) {
      const std::string inner = path.empty() ? std::string(name) : path + "." + std::string(name);
      if (const auto* item = value.get_object().if_contains(name))
        check(*item, shape_of(member), inner, out);
      else if (std::ranges::find(required, json::value(name)) != required.end())
        out.add(inner, "null", "not be null");
    }
    return;
  }
  for (const auto& failure : failures(value, shape))
    out.add(path, "'" + shown(value) + "'", failure);
  if (value.is_array()) check_list(value.get_array(), shape, path, out);
}

}  // namespace

const json::object* find_operation(std::string_view name) {
  const auto* found = model().at("operations").get_object().if_contains(name);
  return found != nullptr ? &found->get_object() : nullptr;
}

bool has_error(const json::object& operation, std::string_view code) {
  const auto& errors = operation.at("errors").get_array();
  return std::ranges::find(errors, json::value(code)) != errors.end();
}

std::expected<json::object, AwsError> read_input(const json::object& operation, std::string_view body) {
  const auto serialization = [](std::string message) {
    return std::unexpected(AwsError{400, "SerializationException", std::move(message), {}});
  };
  json::error_code bad;
  const json::value document = json::parse(json::string_view(body.data(), body.size()), bad);
  if (bad || !document.is_object()) return serialization({});
  if (operation.at("input").get_string().empty()) return json::object{};
  const auto& shape = shape_of(operation.at("input"));
  std::string error;
  json::value input = typed(document, shape, error);
  if (!error.empty()) return serialization(error);
  Validation validation;
  check(input, shape, "", validation);
  if (auto message = validation.message(); !message.empty())
    return std::unexpected(AwsError{400,
                                    has_error(operation, "InvalidParameterException")
                                        ? "InvalidParameterException"
                                        : "ValidationException",
                                    std::move(message),
                                    {}});
  return std::move(input.get_object());
}

}  // namespace crosslog::sandbox
