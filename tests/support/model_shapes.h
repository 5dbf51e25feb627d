// A service model in JSON (botocore's form: the protocol test suites carry theirs
// inline) as Shapes, and the values of its test cases as Documents. A value that
// uses a trait which a Shape has no place for is Unfit, and says which.
#ifndef CROSSLOG_TESTS_SUPPORT_MODEL_SHAPES_H_
#define CROSSLOG_TESTS_SUPPORT_MODEL_SHAPES_H_

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "crosslog/operations.h"

namespace crosslog::test {

struct Unfit {
  std::string reason;
};

enum class Direction { input, output };
enum class Protocol { query, json };

class ModelShapes {
 public:
  ModelShapes(boost::json::object shapes, Protocol protocol, Direction direction)
      : model_(std::move(shapes)), protocol_(protocol), direction_(direction) {}

  const Shape& shape(const std::string& name) {
    const auto [found, is_new] = by_name_.try_emplace(name, nullptr);
    if (!is_new) return *found->second;
    Shape& shape = shapes_.emplace_back();
    by_name_[name] = &shape;
    const auto& model = model_.at(name).as_object();
    shape.name = names_.emplace_back(name);
    shape.type = type_of(text(model, "type"));
    if (const auto* min = model.if_contains("min")) shape.min = min->to_number<std::int64_t>();
    for (const auto* element : {"member", "value"}) {
      if (const auto* reference = model.if_contains(element))
        shape.element = &this->shape(text(reference->as_object(), "shape"));
    }
    if (const auto* members = model.if_contains("members"))
      shape.members = build_members(model, members->as_object());
    return shape;
  }

  // `reference` is {"shape": name} and the traits of this use of it.
  Document convert(const boost::json::object& reference, const boost::json::value& value) {
    if (value.is_null()) return {};
    const auto& model = model_.at(text(reference, "shape")).as_object();
    const auto type = text(model, "type");
    if (flag(reference, model, "document")) throw Unfit{"an inline document"};
    if (flag(reference, model, "flattened")) throw Unfit{"a flattened list or map"};
    if (type == "structure") return convert_structure(model, value.as_object());
    if (type == "list") return convert_list(model.at("member").as_object(), value.as_array());
    if (type == "map") return convert_map(model, value.as_object());
    if (type == "blob" && !value.as_string().empty()) throw Unfit{"a blob"};
    if (type == "timestamp") return convert_timestamp(reference, model, value);
    if (type == "float" || type == "double") return Document(to_double(value));
    if (value.is_bool()) return Document(value.as_bool());
    if (value.is_int64()) return Document(value.as_int64());
    return Document(std::string(value.as_string()));
  }

 private:
  static std::string text(const boost::json::object& object, const char* name) {
    const auto* found = object.if_contains(name);
    return found == nullptr ? "" : std::string(found->as_string());
  }

  static bool flag(const boost::json::object& reference, const boost::json::object& model, const char* name) {
    return reference.contains(name) || model.contains(name);
  }

  static std::string wire_name(const std::string& name, const boost::json::object& reference) {
    const auto renamed = text(reference, "locationName");
    return renamed.empty() ? name : renamed;
  }

  static Shape::Type type_of(const std::string& type) {
    static const std::map<std::string, Shape::Type> types{
        {"integer", Shape::Type::integer},    {"long", Shape::Type::long_integer},
        {"boolean", Shape::Type::boolean},    {"float", Shape::Type::floating},
        {"double", Shape::Type::floating},    {"timestamp", Shape::Type::timestamp},
        {"list", Shape::Type::list},          {"map", Shape::Type::map},
        {"structure", Shape::Type::structure}};
    const auto found = types.find(type);
    return found == types.end() ? Shape::Type::string : found->second;
  }

  std::span<const ShapeMember> build_members(const boost::json::object& model,
                                             const boost::json::object& members) {
    std::vector<ShapeMember> built;
    for (const auto& [name, reference] : members) {
      const auto& target = this->shape(text(reference.as_object(), "shape"));
      const auto* required = model.if_contains("required");
      const bool is_required =
          required != nullptr &&
          std::ranges::find(required->as_array(), boost::json::value(name)) != required->as_array().end();
      built.push_back(
          {names_.emplace_back(wire_name(std::string(name), reference.as_object())), &target, is_required});
    }
    return members_.emplace_back(std::move(built));
  }

  Document convert_structure(const boost::json::object& model, const boost::json::object& value) {
    const auto& members = model.at("members").as_object();
    Document out(Document::Map{});
    for (const auto& [name, member] : value) {
      const auto& reference = members.at(name).as_object();
      if (reference.contains("idempotencyToken")) throw Unfit{"an idempotency token"};
      out.set(wire_name(std::string(name), reference), convert(reference, member));
    }
    return out;
  }

  Document convert_list(const boost::json::object& reference, const boost::json::array& value) {
    if (protocol_ == Protocol::query && direction_ == Direction::input &&
        reference.contains("locationName")) {
      throw Unfit{"renamed list members"};
    }
    Document::List list;
    for (const auto& element : value)
      list.push_back(convert(reference, element));
    return Document(std::move(list));
  }

  Document convert_map(const boost::json::object& model, const boost::json::object& value) {
    const auto& reference = model.at("value").as_object();
    if (protocol_ == Protocol::query &&
        (reference.contains("locationName") || model.at("key").as_object().contains("locationName"))) {
      throw Unfit{"renamed keys and values of a map"};
    }
    Document out(Document::Map{});
    for (const auto& [key, element] : value)
      out.set(key, convert(reference, element));
    return out;
  }

  // An input keeps its seconds; what we give out is a text.
  Document convert_timestamp(const boost::json::object& reference, const boost::json::object& model,
                             const boost::json::value& value) {
    const auto seconds = value.to_number<double>();
    if (direction_ == Direction::output) {
      return Document(base::iso8601(TimePoint(std::chrono::milliseconds(std::llround(seconds * 1000)))));
    }
    auto format = text(reference, "timestampFormat");
    if (format.empty()) format = text(model, "timestampFormat");
    const auto usual = protocol_ == Protocol::query ? "iso8601" : "unixTimestamp";
    if (!format.empty() && format != usual) throw Unfit{"another format of time"};
    return Document(static_cast<std::int64_t>(seconds));
  }

  static double to_double(const boost::json::value& value) {
    if (!value.is_string()) return value.to_number<double>();
    if (value.as_string() == "NaN") return std::numeric_limits<double>::quiet_NaN();
    const auto infinity = std::numeric_limits<double>::infinity();
    return value.as_string() == "Infinity" ? infinity : -infinity;
  }

  boost::json::object model_;
  Protocol protocol_;
  Direction direction_;
  std::map<std::string, Shape*> by_name_;
  std::deque<Shape> shapes_;
  std::deque<std::vector<ShapeMember>> members_;
  std::deque<std::string> names_;
};

// For comparing: the members of every map in alphabetical order, and numbers to 12
// digits, as Boost.JSON does not read the last ones exactly.
inline Document comparable(Document document) {
  if (auto* list = document.list()) {
    for (auto& element : *list)
      element = comparable(std::move(element));
  }
  if (auto* map = document.map()) {
    for (auto& [name, member] : *map)
      member = comparable(std::move(member));
    std::ranges::sort(*map, {}, &Document::Member::first);
  }
  const auto* number = document.number();
  if (number == nullptr || !std::isfinite(*number) || *number == 0) return document;
  const auto scale = std::pow(10.0, 11 - std::floor(std::log10(std::abs(*number))));
  return Document(std::round(*number * scale) / scale);
}

}  // namespace crosslog::test

#endif  // CROSSLOG_TESTS_SUPPORT_MODEL_SHAPES_H_
