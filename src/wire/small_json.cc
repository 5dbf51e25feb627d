// JSON as a Document, for texts of any content but modest size: credentials from
// the instance metadata, error answers, cached roles. simdjson's DOM validates
// every byte; on top of it come the rules that it has not: duplicate names, one
// notion of an integer, a depth that means the same in every version.
//
// The text may hold credentials: both copies that are made of it are wiped.
#include "wire/small_json.h"

#include <simdjson.h>

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "base/crypto.h"
#include "base/try.h"
#include "crosslog/document.h"
#include "wire/json_fault.h"

namespace crosslog {
namespace {

namespace dom = simdjson::dom;

std::unexpected<Error> not_json(std::string reason) {
  return fail(Errc::protocol, "The text is not valid JSON", {std::move(reason)});
}

// The text with the bytes behind it that simdjson may read, and simdjson's own
// buffer of unescaped strings.
class ParsedJson {
 public:
  explicit ParsedJson(std::string_view text) : size_(text.size()) {
    padded_.reserve(text.size() + simdjson::SIMDJSON_PADDING);
    padded_.append(text).append(simdjson::SIMDJSON_PADDING, ' ');
  }
  ParsedJson(const ParsedJson&) = delete;
  ParsedJson& operator=(const ParsedJson&) = delete;
  ~ParsedJson() {
    base::wipe(padded_);
    // A string takes its length, 5 bytes and, in the text, at least 3: no more
    // than 5/3 of the text is ever written, and simdjson allocates 32 bytes more.
    if (document_.string_buf) base::wipe(document_.string_buf.get(), size_ / 3 * 5 + 32);
  }

  simdjson::error_code parse(std::size_t max_depth) {
    dom::parser parser;
    // simdjson counts from zero, and lets an empty list or map be one deeper.
    if (const auto error = parser.allocate(size_, max_depth + 1); error) return error;
    return parser.parse_into_document(document_, padded_.data(), size_, false).get(root_);
  }
  [[nodiscard]] dom::element root() const { return root_; }

 private:
  std::string padded_;
  std::size_t size_;
  dom::document document_;
  dom::element root_;
};

// Recursion is bounded by the limit that simdjson has enforced.
class Converter {
 public:
  explicit Converter(std::size_t max_depth) : max_depth_(max_depth) {}

  Result<Document> convert(dom::element element, std::size_t depth = 0) const {
    switch (element.type()) {
      case dom::element_type::ARRAY:
        return convert_list(element.get_array().value_unsafe(), depth + 1);
      case dom::element_type::OBJECT:
        return convert_map(element.get_object().value_unsafe(), depth + 1);
      case dom::element_type::INT64:
        return Document(element.get_int64().value_unsafe());
      case dom::element_type::DOUBLE:
        return Document(element.get_double().value_unsafe());
      case dom::element_type::STRING:
        return Document(std::string_view(element.get_string().value_unsafe()));
      case dom::element_type::BOOL:
        return Document(element.get_bool().value_unsafe());
      case dom::element_type::NULL_VALUE:
        return Document();
      default:
        return not_json("A number cannot be held in 64 bits.");
    }
  }

 private:
  Result<Document> convert_list(dom::array from, std::size_t depth) const {
    if (depth > max_depth_) return not_json("Lists and maps are nested too deeply.");
    Document::List list;
    for (const dom::element child : from) {
      CROSSLOG_TRY(auto value, convert(child, depth));
      list.push_back(std::move(value));
    }
    return Document(std::move(list));
  }

  Result<Document> convert_map(dom::object from, std::size_t depth) const {
    if (depth > max_depth_) return not_json("Lists and maps are nested too deeply.");
    Document::Map map;
    std::vector<std::string_view> names;
    for (const auto& [name, child] : from) {
      CROSSLOG_TRY(auto value, convert(child, depth));
      names.push_back(name);
      map.emplace_back(std::string(name), std::move(value));
    }
    if (wire::has_duplicates(names)) return not_json("A name stands twice in one map.");
    return Document(std::move(map));
  }

  std::size_t max_depth_;
};

}  // namespace

Result<Document> parse_json(std::string_view text, JsonLimits limits) {
  if (text.size() > limits.max_bytes) {
    return not_json("It is longer than " + std::to_string(limits.max_bytes) + " bytes.");
  }
  if (text.starts_with(wire::kByteOrderMark)) return not_json("A byte order mark stands at byte 0.");
  ParsedJson parsed(text);
  if (const auto error = parsed.parse(limits.max_depth); error) {
    return not_json(wire::describe_json_fault(text, limits.max_depth, wire::BadText::refuse,
                                              "A number cannot be held in 64 bits."));
  }
  return Converter(limits.max_depth).convert(parsed.root());
}

}  // namespace crosslog
