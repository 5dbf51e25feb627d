// check_parameters(): botocore's ParamValidator, with its checks, its order and
// its words (botocore/validate.py), so that the command line says what the AWS
// CLI says. Values appear as Python prints them.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "crosslog/operations.h"
#include "logs/timestamp.h"

namespace crosslog {
namespace {

std::string python_str(const Document& value) {
  const auto* text = value.string();
  return text != nullptr ? *text : write_python(value);
}

std::string_view python_type(const Document& value) {
  if (value.string() != nullptr) return "<class 'str'>";
  if (value.boolean() != nullptr) return "<class 'bool'>";
  if (value.integer() != nullptr) return "<class 'int'>";
  if (value.number() != nullptr) return "<class 'float'>";
  if (value.list() != nullptr) return "<class 'list'>";
  if (value.map() != nullptr) return "<class 'dict'>";
  return "<class 'NoneType'>";
}

// Code points, as Python counts.
std::int64_t length(std::string_view text) {
  return std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

class Checker {
 public:
  // `name` is ".Tags[0].Key"; empty for the input itself.
  void check(const std::string& name, const Shape& shape, const Document& value) {
    switch (shape.type) {
      case Shape::Type::structure:
        return check_structure(name, shape, value);
      case Shape::Type::list:
        return check_list(name, shape, value);
      case Shape::Type::map:
        return check_map(name, shape, value);
      case Shape::Type::string:
        return check_string(name, shape, value);
      case Shape::Type::integer:
      case Shape::Type::long_integer:
        return check_integer(name, shape, value);
      case Shape::Type::floating:
        return check_number(name, shape, value);
      case Shape::Type::boolean:
        if (value.boolean() == nullptr) report_type(name, value, "<class 'bool'>");
        return;
      case Shape::Type::timestamp:
        if (!logs::parse_timestamp(value))
          report_type(name, value, "<class 'datetime.datetime'>, timestamp-string");
        return;
    }
  }

  [[nodiscard]] std::string take() { return std::move(lines_); }

 private:
  static std::string shown(const std::string& name) {
    return name.empty() ? "input" : name.substr(name[0] == '.');
  }

  template <class... Parts>
  static std::string join(const Parts&... parts) {
    std::string joined;
    (joined.append(parts), ...);
    return joined;
  }

  void report(const std::string& line) { lines_ += "\n" + line; }

  void report_type(const std::string& name, const Document& value, std::string_view valid) {
    report("Invalid type for parameter " + shown(name) + ", value: " + python_str(value) +
           ", type: " + std::string(python_type(value)) + ", valid types: " + std::string(valid));
  }

  void check_length(const std::string& name, const Shape& shape, std::int64_t size) {
    if (!shape.min || size >= *shape.min) return;
    report("Invalid length for parameter " + shown(name) + ", value: " + std::to_string(size) +
           ", valid min length: " + std::to_string(*shape.min));
  }

  template <class Number>
  void check_range(const std::string& name, const Shape& shape, Number number, const Document& value) {
    if (!shape.min || number >= static_cast<Number>(*shape.min)) return;
    report("Invalid value for parameter " + shown(name) + ", value: " + python_str(value) +
           ", valid min value: " + std::to_string(*shape.min));
  }

  void check_structure(const std::string& name, const Shape& shape, const Document& value) {
    if (value.map() == nullptr) return report_type(name, value, "<class 'dict'>");
    for (const auto& member : shape.members) {
      if (!member.required || value.find(member.name) != nullptr) continue;
      report("Missing required parameter in " + shown(name) + ": \"" + std::string(member.name) + "\"");
    }
    for (const auto& [key, member_value] : *value.map()) {
      if (find_member(shape, key) == nullptr) report_unknown(name, shape, key);
    }
    for (const auto& [key, member_value] : *value.map()) {
      if (const auto* member = find_member(shape, key))
        check(join(name, ".", key), *member->shape, member_value);
    }
  }

  static const ShapeMember* find_member(const Shape& shape, std::string_view name) {
    const auto found = std::ranges::find(shape.members, name, &ShapeMember::name);
    return found == shape.members.end() ? nullptr : &*found;
  }

  void report_unknown(const std::string& name, const Shape& shape, const std::string& key) {
    std::string known;
    for (const auto& member : shape.members)
      known.append(known.empty() ? "" : ", ").append(member.name);
    report("Unknown parameter in " + shown(name) + ": \"" + key + "\", must be one of: " + known);
  }

  void check_list(const std::string& name, const Shape& shape, const Document& value) {
    const auto* list = value.list();
    if (list == nullptr) return report_type(name, value, "<class 'list'>, <class 'tuple'>");
    check_length(name, shape, static_cast<std::int64_t>(list->size()));
    for (std::size_t i = 0; i < list->size(); ++i) {
      check(join(name, "[", std::to_string(i), "]"), *shape.element, (*list)[i]);
    }
  }

  void check_map(const std::string& name, const Shape& shape, const Document& value) {
    if (value.map() == nullptr) return report_type(name, value, "<class 'dict'>");
    for (const auto& [key, element] : *value.map())
      check(join(name, ".", key), *shape.element, element);
  }

  void check_string(const std::string& name, const Shape& shape, const Document& value) {
    const auto* text = value.string();
    if (text == nullptr) return report_type(name, value, "<class 'str'>");
    check_length(name, shape, length(*text));
  }

  // A Python bool is an int.
  void check_integer(const std::string& name, const Shape& shape, const Document& value) {
    if (const auto* integer = value.integer()) return check_range(name, shape, *integer, value);
    if (const auto* flag = value.boolean()) return check_range(name, shape, std::int64_t{*flag}, value);
    report_type(name, value, "<class 'int'>");
  }

  void check_number(const std::string& name, const Shape& shape, const Document& value) {
    if (const auto* number = value.number()) return check_range(name, shape, *number, value);
    if (value.integer() != nullptr || value.boolean() != nullptr) return check_integer(name, shape, value);
    report_type(name, value, "<class 'float'>, <class 'decimal.Decimal'>, <class 'int'>");
  }

  std::string lines_;  // each begins with a line break
};

}  // namespace

Result<void> check_parameters(const Operation& operation, const Document& input) {
  Checker checker;
  checker.check("", *operation.input, input.is_null() ? Document(Document::Map{}) : input);
  const auto faults = checker.take();
  if (!faults.empty()) return fail(Errc::invalid_argument, "Parameter validation failed:" + faults);
  return {};
}

}  // namespace crosslog
