#include "logs/json_codec.h"

#include <chrono>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <utility>

#include "base/time.h"
#include "base/try.h"
#include "logs/json_message.h"
#include "logs/timestamp.h"

namespace crosslog::logs {
namespace {

Document encode(const Shape& shape, const Document& value);

Document encode_structure(const Shape& shape, const Document& value) {
  Document::Map members;
  for (const auto& member : shape.members) {
    const auto* member_value = value.find(member.name);
    if (member_value == nullptr || member_value->is_null()) continue;
    members.emplace_back(std::string(member.name), encode(*member.shape, *member_value));
  }
  return Document(std::move(members));
}

Document encode_list(const Shape& shape, const Document& value) {
  Document::List list;
  for (const auto& element : *value.list())
    list.push_back(encode(*shape.element, element));
  return Document(std::move(list));
}

Document encode_map(const Shape& shape, const Document& value) {
  Document::Map map;
  for (const auto& [key, element] : *value.map())
    map.emplace_back(key, encode(*shape.element, element));
  return Document(std::move(map));
}

// JSON has no number for these; AWS sends and takes the names.
Document encode_number(const Document& value) {
  const auto* number = value.number();
  if (number == nullptr || std::isfinite(*number)) return value;
  if (std::isnan(*number)) return Document("NaN");
  return Document(*number < 0 ? "-Infinity" : "Infinity");
}

Document encode_timestamp(const Document& value) {
  const auto time = parse_timestamp(value);
  if (!time) return value;
  return Document(std::int64_t{std::chrono::floor<std::chrono::seconds>(*time).time_since_epoch().count()});
}

Document encode(const Shape& shape, const Document& value) {
  switch (shape.type) {
    case Shape::Type::structure:
      return encode_structure(shape, value);
    case Shape::Type::list:
      return value.list() != nullptr ? encode_list(shape, value) : value;
    case Shape::Type::map:
      return value.map() != nullptr ? encode_map(shape, value) : value;
    case Shape::Type::floating:
      return encode_number(value);
    case Shape::Type::timestamp:
      return encode_timestamp(value);
    default:
      return value;
  }
}

std::unexpected<Error> not_the_shape(std::string reason) {
  return fail(Errc::protocol, "The answer is not what the operation documents", {std::move(reason)});
}

// Says where it is: the members' names on the way, never their values.
class JsonDecoder {
 public:
  Result<Document> decode(const Shape& shape, Document value) {
    switch (shape.type) {
      case Shape::Type::structure:
        return decode_structure(shape, std::move(value));
      case Shape::Type::list:
        return decode_list(shape, std::move(value));
      case Shape::Type::map:
        return decode_map(shape, std::move(value));
      case Shape::Type::floating:
        return decode_number(std::move(value));
      case Shape::Type::timestamp:
        return decode_timestamp(value);
      case Shape::Type::boolean:
        if (value.boolean() == nullptr) return refuse("true or false");
        return value;
      case Shape::Type::integer:
      case Shape::Type::long_integer:
        if (value.integer() == nullptr) return refuse("an integer");
        return value;
      case Shape::Type::string:
        break;
    }
    if (value.string() == nullptr) return refuse("a text");
    return value;
  }

 private:
  [[nodiscard]] std::unexpected<Error> refuse(std::string_view kind) const {
    return not_the_shape((path_.empty() ? "The answer" : path_) + " is not " + std::string(kind) + ".");
  }

  Result<Document> decode_inside(const std::string& step, const Shape& shape, Document value) {
    const auto size = path_.size();
    path_ += step;
    CROSSLOG_TRY(auto decoded, decode(shape, std::move(value)));
    path_.resize(size);
    return decoded;
  }

  Result<Document> decode_structure(const Shape& shape, Document value) {
    if (value.map() == nullptr) return refuse("an object");
    Document::Map members;
    for (const auto& member : shape.members) {
      const auto* found = value.find(member.name);
      if (found == nullptr || found->is_null()) continue;
      const auto step = (path_.empty() ? "" : ".") + std::string(member.name);
      CROSSLOG_TRY(auto decoded, decode_inside(step, *member.shape, *found));
      members.emplace_back(std::string(member.name), std::move(decoded));
    }
    return Document(std::move(members));
  }

  Result<Document> decode_list(const Shape& shape, Document value) {
    if (value.list() == nullptr) return refuse("a list");
    std::size_t index = 0;
    for (auto& element : *value.list()) {
      const auto step = "[" + std::to_string(index++) + "]";
      if (element.is_null()) continue;
      CROSSLOG_TRY(element, decode_inside(step, *shape.element, std::move(element)));
    }
    return value;
  }

  Result<Document> decode_map(const Shape& shape, Document value) {
    if (value.map() == nullptr) return refuse("an object");
    Document::Map map;
    for (auto& [key, element] : *value.map()) {
      if (element.is_null()) continue;
      CROSSLOG_TRY(auto decoded, decode_inside(".*", *shape.element, std::move(element)));
      map.emplace_back(std::move(key), std::move(decoded));
    }
    return Document(std::move(map));
  }

  Result<Document> decode_number(Document value) const {
    if (value.number() != nullptr) return value;
    if (const auto* integer = value.integer()) return Document(static_cast<double>(*integer));
    const auto* name = value.string();
    if (name != nullptr && *name == "NaN") return Document(std::numeric_limits<double>::quiet_NaN());
    if (name != nullptr && *name == "Infinity") return Document(std::numeric_limits<double>::infinity());
    if (name != nullptr && *name == "-Infinity") return Document(-std::numeric_limits<double>::infinity());
    return refuse("a number");
  }

  Result<Document> decode_timestamp(const Document& value) const {
    const auto time = parse_timestamp(value);
    if (!time) return refuse("a time");
    return Document(base::iso8601(*time));
  }

  std::string path_;
};

}  // namespace

std::string encode_json(const Shape& input, const Document& value) {
  return write_json(encode(input, value));
}

Result<Document> decode_json(const Shape& output, std::string_view body) {
  CROSSLOG_TRY(Answer answer, parse_answer(body));
  return JsonDecoder().decode(output, std::move(answer.object));
}

}  // namespace crosslog::logs
