#include "cli/output/text.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "cli/python.h"

namespace crosslog::cli {
namespace {

bool is_text_scalar(const Document& value) {
  return value.list() == nullptr && value.map() == nullptr;
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

std::vector<const Document::Member*> sorted(const Document::Map& map) {
  std::vector<const Document::Member*> members;
  for (const auto& member : map)
    members.push_back(&member);
  std::ranges::sort(members, {}, [](const auto* member) { return std::string_view(member->first); });
  return members;
}

using Keys = std::set<std::string_view>;

// Of a list in which at least one element is a map.
Keys scalar_keys(const Document::List& list) {
  Keys keys;
  for (const auto& element : list) {
    if (element.map() == nullptr) continue;
    for (const auto& [name, value] : *element.map()) {
      if (is_text_scalar(value)) keys.insert(name);
    }
  }
  return keys;
}

class TextWriter {
 public:
  // `identifier`: the name of the member that holds `value`; none at the top.
  // `keys`: the columns of the list that holds it.
  void value(const Document& value, std::optional<std::string_view> identifier, const Keys* keys) {
    if (const auto* map = value.map()) {
      this->map(value, *map, identifier, keys);
    } else if (const auto* list = value.list()) {
      this->list(*list, identifier);
    } else {
      out_ += str(value) + "\n";
    }
  }

  std::string take() { return std::move(out_); }

 private:
  void list(const Document::List& list, std::optional<std::string_view> identifier) {
    if (std::ranges::any_of(list, [](const auto& e) { return e.map() != nullptr; })) {
      const Keys keys = scalar_keys(list);
      for (const auto& element : list)
        value(element, identifier, &keys);
      return;
    }
    std::vector<const Document*> scalars;
    for (const auto& element : list) {
      if (is_text_scalar(element)) scalars.push_back(&element);
    }
    if (!scalars.empty()) this->scalars(scalars, identifier);
    for (const auto& element : list) {
      if (!is_text_scalar(element)) value(element, identifier, nullptr);
    }
  }

  void scalars(const std::vector<const Document*>& elements, std::optional<std::string_view> identifier) {
    std::string line;
    for (const auto* element : elements) {
      if (identifier) {
        line += upper(*identifier) + "\t" + str(*element) + "\n";
      } else {
        line += (element == elements.front() ? "" : "\t") + str(*element);
      }
    }
    out_ += identifier ? line : line + "\n";
  }

  void map(const Document& document, const Document::Map& map, std::optional<std::string_view> identifier,
           const Keys* keys) {
    std::vector<std::string> fields;
    std::vector<const Document::Member*> others;
    if (keys != nullptr) {
      for (const auto key : *keys) {
        const Document* field = document.find(key);
        fields.push_back(field == nullptr ? "" : str(*field));
      }
    }
    for (const auto* member : sorted(map)) {
      if (keys != nullptr ? !keys->contains(member->first) : !is_text_scalar(member->second)) {
        others.push_back(member);
      } else if (keys == nullptr) {
        fields.push_back(str(member->second));
      }
    }
    if (!fields.empty()) {
      if (identifier) out_ += upper(*identifier) + "\t";
      for (std::size_t i = 0; i < fields.size(); ++i)
        out_ += (i == 0 ? "" : "\t") + fields[i];
      out_ += "\n";
    }
    for (const auto* member : others)
      value(member->second, member->first, nullptr);
  }

  std::string out_;
};

}  // namespace

std::string format_text(const Document& document) {
  TextWriter writer;
  writer.value(document, std::nullopt, nullptr);
  return writer.take();
}

}  // namespace crosslog::cli
