// A JSON value that keeps the order of its members: what operations take and
// give when they are called by name, and what every output format prints.
#ifndef CROSSLOG_DOCUMENT_H_
#define CROSSLOG_DOCUMENT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "crosslog/error.h"

namespace crosslog {

class Document {
 public:
  using List = std::vector<Document>;
  using Member = std::pair<std::string, Document>;
  using Map = std::vector<Member>;  // in order; names are unique

  Document() noexcept = default;  // null
  Document(std::nullptr_t) noexcept {}
  Document(bool value) : value_(value) {}
  Document(std::int64_t value) : value_(value) {}
  Document(int value) : value_(std::int64_t{value}) {}
  Document(double value) : value_(value) {}
  Document(std::string value) : value_(std::move(value)) {}
  Document(std::string_view value) : value_(std::string(value)) {}
  Document(const char* value) : value_(std::string(value)) {}
  Document(List value) : value_(std::move(value)) {}
  Document(Map value) : value_(std::move(value)) {}

  [[nodiscard]] bool is_null() const noexcept { return value_.index() == 0; }
  // Each: the value, or nullptr when this is something else.
  [[nodiscard]] const bool* boolean() const noexcept { return std::get_if<bool>(&value_); }
  [[nodiscard]] const std::int64_t* integer() const noexcept { return std::get_if<std::int64_t>(&value_); }
  [[nodiscard]] const double* number() const noexcept { return std::get_if<double>(&value_); }
  [[nodiscard]] const std::string* string() const noexcept { return std::get_if<std::string>(&value_); }
  [[nodiscard]] const List* list() const noexcept { return std::get_if<List>(&value_); }
  [[nodiscard]] const Map* map() const noexcept { return std::get_if<Map>(&value_); }
  [[nodiscard]] std::string* string() noexcept { return std::get_if<std::string>(&value_); }
  [[nodiscard]] List* list() noexcept { return std::get_if<List>(&value_); }
  [[nodiscard]] Map* map() noexcept { return std::get_if<Map>(&value_); }

  // The member called `name`, or nullptr (also when this is not a map). Linear.
  [[nodiscard]] const Document* find(std::string_view name) const noexcept;
  // Sets or appends a member; a null Document becomes a map first.
  // Precondition: this is a map or null.
  void set(std::string_view name, Document value);

  friend bool operator==(const Document&, const Document&) = default;

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Map> value_;
};

struct JsonLimits {
  std::size_t max_bytes = 1u << 20;
  std::size_t max_depth = 32;  // of lists and maps inside each other
};

// Strict JSON (RFC 8259): one value, valid UTF-8, no duplicate names, integers
// within int64 (others with a fraction or exponent become double). Errors give
// the byte offset where known and no byte of the text.
[[nodiscard]] Result<Document> parse_json(std::string_view text, JsonLimits limits = {});

// Compact JSON, members in order, strings as UTF-8 with only what must be
// escaped escaped. For any Document: parse_json(write_json(d)) == d, NaN and
// infinities apart (they become null).
[[nodiscard]] std::string write_json(const Document& document);

// As Python writes values, and so the AWS CLI its caches, tokens and messages.
// json.dumps(): ASCII only, "NaN" and "Infinity", a blank after ',' and ':'.
[[nodiscard]] std::string write_python_json(const Document& document);
// repr(): "None", "True", "2.0", "'ten'", "['a', 1]".
[[nodiscard]] std::string write_python(const Document& document);

// The whole text as a number: digits with an optional '-', point and exponent, or inf or
// nan in any case. What no double holds becomes infinity or zero. In no locale.
[[nodiscard]] std::optional<double> parse_real(std::string_view text);

}  // namespace crosslog

#endif  // CROSSLOG_DOCUMENT_H_
