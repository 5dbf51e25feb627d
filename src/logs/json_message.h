// What the messages of awsJson1.1 share: a request made of a Document, and an
// answer read into plain values, where a missing or null member is absent and one
// of another type refuses the answer.
#ifndef CROSSLOG_SRC_LOGS_JSON_MESSAGE_H_
#define CROSSLOG_SRC_LOGS_JSON_MESSAGE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crosslog/config.h"
#include "crosslog/document.h"
#include "crosslog/http.h"

namespace crosslog::logs {

// A call of the operation; not signed yet.
[[nodiscard]] HttpRequest make_post(std::string_view operation, const Document& input,
                                    const Endpoint& endpoint);

// Sets the member when there is a value.
template <class Value>
void set_if(Document& input, std::string_view name, const std::optional<Value>& value) {
  if (value) input.set(name, Document(*value));
}
// Sets the member when the list is not empty.
void set_if(Document& input, std::string_view name, const std::vector<std::string>& values);

struct Answer {
  Document object;
  std::size_t repairs = 0;  // U+FFFD put in
};
// A JSON object; nothing at all is an empty one. At most 32 MiB and 32 levels.
[[nodiscard]] Result<Answer> parse_answer(std::string_view body);

// Reads members into values and remembers the first fault by its place, so that
// what an answer holds can be written as a list: "logGroups[3].storedBytes is not
// an integer." A type that is read as an element has its own
// `void read(Reader&, const Document& object, T& value)`, found by its namespace.
class Reader {
 public:
  template <class Value>
  void member(const Document& object, std::string_view name, std::optional<Value>& value) {
    inside(object, name, [&](const Document& found) { element(found, value.emplace()); });
  }
  template <class Value>
  void member(const Document& object, std::string_view name, std::vector<Value>& values) {
    inside(object, name, [&](const Document& found) { element(found, values); });
  }

  void element(const Document& from, std::string& value);
  void element(const Document& from, std::int64_t& value);
  void element(const Document& from, bool& value);
  void element(const Document& from, double& value);
  // As sent, without those whose value is null.
  void element(const Document& from, std::vector<std::pair<std::string, std::string>>& values);
  template <class Value>
  void element(const Document& from, std::vector<Value>& values) {
    if (from.list() == nullptr) return refuse("a list");
    for (const auto& item : *from.list()) {
      const auto size = path_.size();
      path_ += "[" + std::to_string(values.size()) + "]";
      element(item, values.emplace_back());
      path_.resize(size);
    }
  }
  template <class Structure>
  void element(const Document& from, Structure& value) {
    if (from.map() == nullptr) return refuse("an object");
    read(*this, from, value);
  }

  // Nothing, or the first fault.
  [[nodiscard]] Result<void> finish() const;

 private:
  template <class Function>
  void inside(const Document& object, std::string_view name, Function function) {
    const auto* found = object.find(name);
    if (found == nullptr || found->is_null()) return;
    const auto size = path_.size();
    if (size > 0) path_ += '.';
    path_ += name;
    function(*found);
    path_.resize(size);
  }
  void refuse(std::string_view kind);

  std::string path_;
  std::string fault_;
};

// The body as a Value.
template <class Value>
[[nodiscard]] Result<Value> decode_answer(std::string_view body) {
  auto answer = parse_answer(body);
  if (!answer) return std::unexpected(std::move(answer).error());
  Value value;
  if constexpr (requires { value.repairs; }) value.repairs = answer->repairs;
  Reader reader;
  reader.element(answer->object, value);
  if (auto read = reader.finish(); !read) return std::unexpected(std::move(read).error());
  return value;
}

}  // namespace crosslog::logs

#endif  // CROSSLOG_SRC_LOGS_JSON_MESSAGE_H_
