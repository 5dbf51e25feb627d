#include "cli/yaml/skeleton.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "cli/yaml/scalars.h"

namespace crosslog::cli {
namespace {

std::string comment_of(const ShapeMember& member) {
  std::string out = member.required ? " [REQUIRED]" : "";
  std::string values;
  for (const auto value : member.shape->values)
    values += (values.empty() ? "" : ", ") + std::string(value);
  if (!values.empty()) out += " Valid values are: " + values + ".";
  return out.empty() ? "" : " #" + out;
}

std::string scalar_of(const Shape& shape) {
  using enum Shape::Type;
  switch (shape.type) {
    case integer:
    case long_integer:
      return "0";
    case floating:
      return "0.0";
    case boolean:
      return "true";
    case timestamp:
      return "1970-01-01 00:00:00";
    default:
      break;
  }
  const std::string value(shape.values.empty() ? "" : shape.values.front());
  return yaml::type_of_plain(value) == yaml::Scalar::string ? value : "'" + value + "'";
}

// A value stands after "name:" or "-", which begins the text that it returns.
class Skeleton {
 public:
  std::string members(const Shape& shape, std::size_t indent) {
    std::string out;
    bool after_comment = false;
    inside_.push_back(&shape);
    for (const auto& member : shape.members) {
      std::string comment = comment_of(member);
      // The AWS CLI's library sets the first of several comments apart.
      if (!comment.empty() && !after_comment) comment.insert(0, " ");
      after_comment = !comment.empty();
      if (!out.empty()) out.append(indent, ' ');
      out += std::string(member.name) + ":" + value(*member.shape, indent, comment);
    }
    inside_.pop_back();
    return out;
  }

 private:
  [[nodiscard]] bool is_inside(const Shape& shape) const {
    return std::ranges::find(inside_, &shape) != inside_.end();
  }

  std::string value(const Shape& shape, std::size_t indent, const std::string& comment) {
    const std::string deeper(indent + 2, ' ');
    switch (shape.type) {
      case Shape::Type::structure:
        if (is_inside(shape)) return " {}" + comment + "\n";
        return comment + "\n" + deeper + members(shape, indent + 2);
      case Shape::Type::map:
        return comment + "\n" + deeper + "KeyName:" + value(*shape.element, indent + 2, "");
      case Shape::Type::list:
        return comment + "\n" + std::string(indent, ' ') + "-" + element(*shape.element, indent + 2);
      default:
        return " " + scalar_of(shape) + comment + "\n";
    }
  }

  std::string element(const Shape& shape, std::size_t indent) {
    switch (shape.type) {
      case Shape::Type::structure:
        return is_inside(shape) ? " {}\n" : " " + members(shape, indent);
      case Shape::Type::map:
        return " KeyName:" + value(*shape.element, indent, "");
      case Shape::Type::list:
        return " -" + element(*shape.element, indent + 2);
      default:
        return " " + scalar_of(shape) + "\n";
    }
  }

  std::vector<const Shape*> inside_;
};

}  // namespace

std::string make_yaml_skeleton(const Shape& input) {
  return input.members.empty() ? "{}\n" : Skeleton().members(input, 0);
}

}  // namespace crosslog::cli
