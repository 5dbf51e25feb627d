#include "query/value.h"

#include "base/try.h"
#include "query/errors.h"

namespace crosslog::query {

Value::Value(const Document& document) noexcept {
  if (const auto* boolean = document.boolean()) {
    value_ = *boolean;
  } else if (const auto* integer = document.integer()) {
    value_ = *integer;
  } else if (const auto* number = document.number()) {
    value_ = *number;
  } else if (const auto* string = document.string()) {
    value_ = std::string_view(*string);
  } else if (const auto* list = document.list()) {
    value_ = list;
  } else if (const auto* map = document.map()) {
    value_ = map;
  }
}

Kind Value::kind() const noexcept {
  constexpr Kind kKinds[] = {Kind::null, Kind::boolean, Kind::integer, Kind::real, Kind::string,
                             Kind::list, Kind::map,     Kind::list,    Kind::map,  Kind::expression};
  return kKinds[value_.index()];
}

std::size_t Value::size() const noexcept {
  if (const auto* const* list = std::get_if<const List*>(&value_)) return (*list)->size();
  if (const auto* const* list = std::get_if<const Document::List*>(&value_)) return (*list)->size();
  if (const auto* const* map = std::get_if<const Map*>(&value_)) return (*map)->size();
  if (const auto* const* map = std::get_if<const Document::Map*>(&value_)) return (*map)->size();
  return 0;
}

Value Value::element(std::size_t i) const {
  if (const auto* const* list = std::get_if<const List*>(&value_)) return (**list)[i];
  return Value((*std::get<const Document::List*>(value_))[i]);
}

std::string_view Value::name(std::size_t i) const {
  if (const auto* const* map = std::get_if<const Map*>(&value_)) return (**map)[i].first;
  return (*std::get<const Document::Map*>(value_))[i].first;
}

Value Value::member(std::size_t i) const {
  if (const auto* const* map = std::get_if<const Map*>(&value_)) return (**map)[i].second;
  return Value((*std::get<const Document::Map*>(value_))[i].second);
}

std::optional<Value> Value::find(std::string_view name) const {
  if (!is(Kind::map)) return std::nullopt;
  for (std::size_t i = 0; i < size(); ++i) {
    if (this->name(i) == name) return member(i);
  }
  return std::nullopt;
}

Result<void> Heap::spend_steps(std::uint64_t steps) {
  if (steps > steps_) return too_much("too many steps");
  steps_ -= steps;
  return {};
}

Result<void> Heap::spend_memory(std::size_t bytes) {
  if (bytes > memory_) return too_much("too much memory");
  memory_ -= bytes;
  return {};
}

Result<void> Heap::append(Value::List& list, const Value& value) {
  CROSSLOG_CHECK(spend_memory(sizeof(value)));
  list.push_back(value);
  return {};
}

Result<Value> Heap::make(std::string value) {
  CROSSLOG_CHECK(spend_memory(sizeof(value) + value.size()));
  return Value(std::string_view(strings_.emplace_back(std::move(value))));
}

Result<Value> Heap::make(Value::List value) {
  CROSSLOG_CHECK(spend_memory(sizeof(value)));
  return Value(&lists_.emplace_back(std::move(value)));
}

Result<Value> Heap::make(Value::Map value) {
  CROSSLOG_CHECK(spend_memory(sizeof(value) + value.size() * sizeof(Value::Map::value_type)));
  return Value(&maps_.emplace_back(std::move(value)));
}

Result<Document> Heap::make_document(const Value& value) {
  CROSSLOG_CHECK(spend_memory(sizeof(Document)));
  switch (value.kind()) {
    case Kind::null:
      return Document();
    case Kind::boolean:
      return Document(value.boolean());
    case Kind::integer:
      return Document(value.integer());
    case Kind::real:
      return Document(value.real());
    case Kind::string:
      CROSSLOG_CHECK(spend_memory(value.string().size()));
      return Document(value.string());
    case Kind::list: {
      Document::List list;
      for (std::size_t i = 0; i < value.size(); ++i) {
        CROSSLOG_TRY(auto element, make_document(value.element(i)));
        list.push_back(std::move(element));
      }
      return Document(std::move(list));
    }
    case Kind::map: {
      Document::Map map;
      for (std::size_t i = 0; i < value.size(); ++i) {
        CROSSLOG_CHECK(spend_memory(sizeof(std::string) + value.name(i).size()));
        CROSSLOG_TRY(auto member, make_document(value.member(i)));
        map.emplace_back(value.name(i), std::move(member));
      }
      return Document(std::move(map));
    }
    case Kind::expression:
      break;
  }
  return fail(Errc::invalid_argument, "Object of type _Expression is not JSON serializable",
              {"&expression can be an argument of a function, not a result."});
}

}  // namespace crosslog::query
