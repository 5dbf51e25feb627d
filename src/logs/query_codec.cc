#include "logs/query_codec.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include "base/real.h"
#include "base/text.h"
#include "base/time.h"
#include "base/try.h"
#include "logs/timestamp.h"
#include "wire/sts_xml.h"

namespace crosslog::logs {
namespace {

using wire::XmlElement;

std::string write_number(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
  return base::write_real(number);
}

// "2015-01-25T08:00:00Z"
std::string write_timestamp(TimePoint time) {
  std::string text = base::iso8601(time);
  text.resize(text.size() - std::string_view("+00:00").size());
  return text + "Z";
}

std::string write_scalar(const Shape& shape, const Document& value) {
  if (shape.type == Shape::Type::timestamp) {
    if (const auto time = parse_timestamp(value)) return write_timestamp(*time);
  }
  if (const auto* text = value.string()) return *text;
  if (const auto* integer = value.integer()) return std::to_string(*integer);
  if (const auto* number = value.number()) return write_number(*number);
  const auto* flag = value.boolean();
  return flag != nullptr && *flag ? "true" : "false";
}

class FormWriter {
 public:
  explicit FormWriter(std::string& form) : form_(form) {}

  void write(const std::string& name, const Shape& shape, const Document& value) {
    if (value.is_null()) return;
    switch (shape.type) {
      case Shape::Type::structure:
        return write_structure(name, shape, value);
      case Shape::Type::list:
        return write_list(name, shape, value);
      case Shape::Type::map:
        return write_map(name, shape, value);
      default:
        return add(name, write_scalar(shape, value));
    }
  }

 private:
  void add(std::string_view name, std::string_view value) {
    form_.append("&").append(base::form_encode(name)).append("=").append(base::form_encode(value));
  }

  void write_structure(const std::string& name, const Shape& shape, const Document& value) {
    for (const auto& member : shape.members) {
      const auto* member_value = value.find(member.name);
      if (member_value == nullptr) continue;
      write(name.empty() ? std::string(member.name) : name + "." + std::string(member.name), *member.shape,
            *member_value);
    }
  }

  void write_list(const std::string& name, const Shape& shape, const Document& value) {
    const auto* list = value.list();
    if (list == nullptr || list->empty()) return add(name, "");
    for (std::size_t i = 0; i < list->size(); ++i) {
      write(name + ".member." + std::to_string(i + 1), *shape.element, (*list)[i]);
    }
  }

  void write_map(const std::string& name, const Shape& shape, const Document& value) {
    const auto* map = value.map();
    if (map == nullptr) return;
    for (std::size_t i = 0; i < map->size(); ++i) {
      const auto entry = name + ".entry." + std::to_string(i + 1);
      add(entry + ".key", (*map)[i].first);
      write(entry + ".value", *shape.element, (*map)[i].second);
    }
  }

  std::string& form_;
};

std::unexpected<Error> unexpected_content(std::string_view what, std::size_t offset) {
  return fail(Errc::protocol, "The answer has unexpected content: " + std::string(what) + " at byte " +
                                  std::to_string(offset) + ".");
}

std::unexpected<Error> wrong_value(std::string_view kind, const XmlElement& element) {
  return unexpected_content(std::string(element.name) + " is no " + std::string(kind), element.offset);
}

// The one child called `name`, or nullptr.
Result<const XmlElement*> find_only(const XmlElement& parent, std::string_view name) {
  const XmlElement* only = nullptr;
  for (const XmlElement& child : parent.children) {
    if (child.name != name) continue;
    if (only != nullptr) return unexpected_content("a second " + std::string(name), child.offset);
    only = &child;
  }
  return only;
}

Result<Document> decode_integer(const XmlElement& element) {
  const auto value = base::parse_int(base::trim(element.text));
  if (!value) return wrong_value("integer", element);
  return Document(*value);
}

Result<Document> decode_number(const XmlElement& element) {
  const auto text = base::trim(element.text);
  if (text == "NaN") return Document(std::numeric_limits<double>::quiet_NaN());
  if (text == "Infinity") return Document(std::numeric_limits<double>::infinity());
  if (text == "-Infinity") return Document(-std::numeric_limits<double>::infinity());
  const auto value = base::parse_real(text);
  if (!value || !std::isfinite(*value)) return wrong_value("number", element);
  return Document(*value);
}

class QueryDecoder {
 public:
  explicit QueryDecoder(TimestampFormat timestamps) : timestamps_(timestamps) {}

  [[nodiscard]] Result<Document> structure(const Shape& shape, const XmlElement& element) const {
    Document::Map members;
    for (const auto& member : shape.members) {
      CROSSLOG_TRY(const auto* child, find_only(element, member.name));
      if (child == nullptr) continue;
      CROSSLOG_TRY(auto value, decode(*member.shape, *child));
      members.emplace_back(std::string(member.name), std::move(value));
    }
    return Document(std::move(members));
  }

 private:
  [[nodiscard]] Result<Document> decode(const Shape& shape, const XmlElement& element) const {
    switch (shape.type) {
      case Shape::Type::structure:
        return structure(shape, element);
      case Shape::Type::list:
        return list(shape, element);
      case Shape::Type::map:
        return map(shape, element);
      default:
        return scalar(shape, element);
    }
  }

  [[nodiscard]] Result<Document> list(const Shape& shape, const XmlElement& element) const {
    Document::List list;
    for (const auto& child : element.children) {
      CROSSLOG_TRY(auto value, decode(*shape.element, child));
      list.push_back(std::move(value));
    }
    return Document(std::move(list));
  }

  // <entry><key/><value/></entry>...
  [[nodiscard]] Result<Document> map(const Shape& shape, const XmlElement& element) const {
    Document map{Document::Map{}};
    for (const auto& entry : element.children) {
      CROSSLOG_TRY(const auto* key, find_only(entry, "key"));
      CROSSLOG_TRY(const auto* child, find_only(entry, "value"));
      if (key == nullptr || child == nullptr)
        return unexpected_content("an entry without a key or a value", entry.offset);
      if (map.find(key->text) != nullptr) return unexpected_content("a key that is there twice", key->offset);
      CROSSLOG_TRY(auto value, decode(*shape.element, *child));
      map.set(key->text, std::move(value));
    }
    return map;
  }

  [[nodiscard]] Result<Document> scalar(const Shape& shape, const XmlElement& element) const {
    if (!element.children.empty()) {
      return unexpected_content("an element inside " + std::string(element.name), element.children[0].offset);
    }
    switch (shape.type) {
      case Shape::Type::integer:
      case Shape::Type::long_integer:
        return decode_integer(element);
      case Shape::Type::floating:
        return decode_number(element);
      case Shape::Type::timestamp:
        return timestamp(element);
      case Shape::Type::boolean:
        return Document(base::trim(element.text) == "true");
      default:
        return Document(element.text);
    }
  }

  [[nodiscard]] Result<Document> timestamp(const XmlElement& element) const {
    if (timestamps_ == TimestampFormat::wire) return Document(element.text);
    const auto time = parse_timestamp(base::trim(element.text));
    if (!time) return wrong_value("time", element);
    return Document(base::iso8601(*time));
  }

  const TimestampFormat timestamps_;
};

}  // namespace

std::string encode_query(std::string_view action, std::string_view version, const Shape& input,
                         const Document& value) {
  std::string form = "Action=" + base::form_encode(action) + "&Version=" + base::form_encode(version);
  FormWriter(form).write("", input, value);
  return form;
}

Result<Document> decode_query(std::string_view action, const Shape& output, std::string_view body,
                              TimestampFormat timestamps) {
  if (output.members.empty() && base::trim(body).empty()) return Document(Document::Map{});
  CROSSLOG_TRY(const auto tree, wire::parse_sts_xml(body));
  CROSSLOG_TRY(const auto* result, find_only(tree.root(), std::string(action) + "Result"));
  if (result != nullptr) return QueryDecoder(timestamps).structure(output, *result);
  if (output.members.empty()) return Document(Document::Map{});
  return unexpected_content("no " + std::string(action) + "Result", tree.root().offset);
}

}  // namespace crosslog::logs
