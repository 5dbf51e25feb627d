// Values while an expression runs.
//
// A Value is a small view: of the document searched, of a literal, or of what the
// search made, which a Heap owns until it ends. Selecting copies nothing, however
// often a value stands in the result; only the result is made into a Document.
#ifndef CROSSLOG_SRC_QUERY_VALUE_H_
#define CROSSLOG_SRC_QUERY_VALUE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "crosslog/document.h"
#include "crosslog/error.h"
#include "crosslog/jmespath.h"
#include "query/ast.h"

namespace crosslog::query {

enum class Kind { null, boolean, integer, real, string, list, map, expression };

class Value {
 public:
  using List = std::vector<Value>;
  using Map = std::vector<std::pair<std::string_view, Value>>;  // in order; names are unique

  Value() noexcept = default;  // null
  // Scalars are copied, the rest is lent.
  explicit Value(const Document& document) noexcept;
  explicit Value(bool value) noexcept : value_(value) {}
  explicit Value(std::int64_t value) noexcept : value_(value) {}
  explicit Value(double value) noexcept : value_(value) {}
  explicit Value(std::string_view value) noexcept : value_(value) {}
  explicit Value(const List* value) noexcept : value_(value) {}
  explicit Value(const Map* value) noexcept : value_(value) {}
  explicit Value(const Node* body) noexcept : value_(body) {}  // &expression

  [[nodiscard]] Kind kind() const noexcept;
  [[nodiscard]] bool is(Kind kind) const noexcept { return this->kind() == kind; }
  [[nodiscard]] bool is_null() const noexcept { return is(Kind::null); }
  [[nodiscard]] bool is_number() const noexcept { return is(Kind::integer) || is(Kind::real); }

  // Precondition of each: the kind.
  [[nodiscard]] bool boolean() const { return std::get<bool>(value_); }
  [[nodiscard]] std::int64_t integer() const { return std::get<std::int64_t>(value_); }
  [[nodiscard]] double real() const { return std::get<double>(value_); }
  [[nodiscard]] std::string_view string() const { return std::get<std::string_view>(value_); }
  [[nodiscard]] const Node& body() const { return *std::get<const Node*>(value_); }

  // Of a list or map; 0 for anything else.
  [[nodiscard]] std::size_t size() const noexcept;
  [[nodiscard]] Value element(std::size_t i) const;  // of a list
  [[nodiscard]] std::string_view name(std::size_t i) const;
  [[nodiscard]] Value member(std::size_t i) const;
  // Linear; nullopt also when this is no map.
  [[nodiscard]] std::optional<Value> find(std::string_view name) const;

  // Whether both are views of the same thing.
  [[nodiscard]] bool same(const Value& other) const { return value_ == other.value_; }

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string_view, const Document::List*,
               const Document::Map*, const List*, const Map*, const Node*>
      value_;
};

// Owns what a search makes, and counts what it costs.
class Heap {
 public:
  explicit Heap(const JmespathLimits& limits) noexcept
      : max_depth_(limits.max_depth), steps_(limits.max_steps), memory_(limits.max_memory) {}

  [[nodiscard]] std::size_t max_depth() const noexcept { return max_depth_; }
  // Bytes that may still be made.
  [[nodiscard]] std::size_t memory() const noexcept { return memory_; }

  [[nodiscard]] Result<void> spend_steps(std::uint64_t steps = 1);
  [[nodiscard]] Result<void> spend_memory(std::size_t bytes);

  // Adds to a list that is being made.
  [[nodiscard]] Result<void> append(Value::List& list, const Value& value);

  [[nodiscard]] Result<Value> make(std::string value);
  [[nodiscard]] Result<Value> make(Value::List value);
  [[nodiscard]] Result<Value> make(Value::Map value);
  [[nodiscard]] Result<Document> make_document(const Value& value);

 private:
  std::size_t max_depth_;
  std::uint64_t steps_;
  std::size_t memory_;
  std::deque<std::string> strings_;
  std::deque<Value::List> lists_;
  std::deque<Value::Map> maps_;
};

}  // namespace crosslog::query

#endif  // CROSSLOG_SRC_QUERY_VALUE_H_
