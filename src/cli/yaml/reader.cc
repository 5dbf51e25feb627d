#include "cli/yaml/reader.h"

#include <yaml.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "cli/python.h"
#include "cli/yaml/scalars.h"

namespace crosslog::cli {
namespace {

using yaml::Scalar;

template <class T>
using Read = std::expected<T, std::string>;

std::unexpected<std::string> invalid() {
  return std::unexpected(std::string("Invalid YAML received."));
}

std::string_view scalar_text_of(const yaml_char_t* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

// libyaml breaks lines at them, other readers do not.
constexpr std::pair<std::string_view, std::string_view> kOldBreaks[] = {
    {"\xC2\x85", "U+0085"}, {"\xE2\x80\xA8", "U+2028"}, {"\xE2\x80\xA9", "U+2029"}};

// What a copy costs: an estimate that no value undercuts.
std::size_t weight_of(const Document& value) {
  std::size_t weight = 8;
  if (const auto* text = value.string()) weight += text->size();
  if (const auto* list = value.list()) {
    for (const auto& element : *list)
      weight += weight_of(element);
  }
  if (const auto* map = value.map()) {
    for (const auto& [name, element] : *map)
      weight += name.size() + weight_of(element);
  }
  return weight;
}

// Of lists and maps inside each other, itself included.
std::size_t height_of(const Document& value) {
  std::size_t inside = 0;
  if (const auto* list = value.list()) {
    for (const auto& element : *list)
      inside = std::max(inside, height_of(element));
  } else if (const auto* map = value.map()) {
    for (const auto& member : *map)
      inside = std::max(inside, height_of(member.second));
  } else {
    return 0;
  }
  return inside + 1;
}

struct Event {
  Event() = default;
  ~Event() { yaml_event_delete(&raw); }
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  [[nodiscard]] std::size_t line() const noexcept { return raw.start_mark.line + 1; }
  [[nodiscard]] std::string anchor() const {
    if (raw.type == YAML_SCALAR_EVENT) return std::string(scalar_text_of(raw.data.scalar.anchor));
    if (raw.type == YAML_SEQUENCE_START_EVENT)
      return std::string(scalar_text_of(raw.data.sequence_start.anchor));
    return std::string(scalar_text_of(raw.data.mapping_start.anchor));
  }

  yaml_event_t raw{};
};

// Members in the order in which they came first; the last value of a name counts.
class Members {
 public:
  // Whether the name is a new one.
  bool set(std::string name, Document value) {
    const auto [found, is_new] = index_.try_emplace(name, members_.size());
    if (is_new) {
      members_.emplace_back(std::move(name), std::move(value));
    } else {
      members_[found->second].second = std::move(value);
    }
    return is_new;
  }
  [[nodiscard]] bool empty() const noexcept { return members_.empty(); }
  [[nodiscard]] Document::Map take() { return std::move(members_); }

 private:
  Document::Map members_;
  std::map<std::string, std::size_t, std::less<>> index_;
};

class Reader {
 public:
  Reader(std::string_view text, YamlLimits limits) : limits_(limits), budget_(limits.max_bytes) {
    ready_ = yaml_parser_initialize(&parser_) == 1;
    if (!ready_) return;
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  }
  ~Reader() {
    if (ready_) yaml_parser_delete(&parser_);
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  Read<Document> read() {
    Event event;
    if (!next(event) || !next(event)) return invalid();
    if (event.raw.type == YAML_STREAM_END_EVENT) return Document();
    const auto* version = event.raw.data.document_start.version_directive;
    if (version != nullptr && version->minor != 2) {
      return std::unexpected("YAML 1." + std::to_string(version->minor) + " is not supported, only 1.2");
    }
    auto document = next_value(0);
    if (!document) return document;
    // The document's end, and nothing more.
    if (!next(event) || !next(event) || event.raw.type != YAML_STREAM_END_EVENT) return invalid();
    return document;
  }

 private:
  bool next(Event& event) {
    yaml_event_delete(&event.raw);
    return ready_ && yaml_parser_parse(&parser_, &event.raw) == 1;
  }

  Read<Document> next_value(std::size_t depth) {
    Event event;
    if (!next(event)) return invalid();
    return value(event, depth);
  }

  Read<Document> value(const Event& event, std::size_t depth) {
    if (event.raw.type == YAML_ALIAS_EVENT) return alias(event, depth);
    const std::string anchor = event.anchor();
    if (!anchor.empty()) anchors_.insert_or_assign(anchor, std::nullopt);
    auto made = anchored(event, depth);
    if (!made || anchor.empty()) return made;
    if (!pay(*made)) return too_large();
    anchors_.insert_or_assign(anchor, *made);
    return made;
  }

  Read<Document> anchored(const Event& event, std::size_t depth) {
    if (event.raw.type == YAML_SCALAR_EVENT) return scalar(event);
    if (depth == limits_.max_depth) return too_deep();
    return event.raw.type == YAML_SEQUENCE_START_EVENT ? list(event, depth) : map(event, depth);
  }

  Read<Document> alias(const Event& event, std::size_t depth) {
    const auto found = anchors_.find(scalar_text_of(event.raw.data.alias.anchor));
    if (found == anchors_.end()) return invalid();
    if (!found->second) return refused(event, "a value that holds itself");
    if (!pay(*found->second)) return too_large();
    if (depth + height_of(*found->second) > limits_.max_depth) return too_deep();
    return *found->second;
  }

  bool pay(const Document& value) {
    const std::size_t cost = weight_of(value);
    if (cost > budget_) return false;
    budget_ -= cost;
    return true;
  }

  Read<Document> list(const Event& start, std::size_t depth) {
    const std::string_view tag = scalar_text_of(start.raw.data.sequence_start.tag);
    if (auto good = check_tag(start, tag, "seq"); !good) return std::unexpected(good.error());
    Document::List out;
    for (Event event;;) {
      if (!next(event)) return invalid();
      if (event.raw.type == YAML_SEQUENCE_END_EVENT) return out;
      auto element = value(event, depth + 1);
      if (!element) return element;
      out.push_back(std::move(*element));
    }
  }

  Read<Document> map(const Event& start, std::size_t depth) {
    const std::string_view tag = scalar_text_of(start.raw.data.mapping_start.tag);
    if (auto good = check_tag(start, tag, "map"); !good) return std::unexpected(good.error());
    Members own, merged;
    bool unique = true;
    bool merges = false;
    for (Event event;;) {
      if (!next(event)) return invalid();
      if (event.raw.type == YAML_MAPPING_END_EVENT) break;
      if (is_merge(event)) {
        if (!merged.empty()) return invalid();
        auto given = next_value(depth + 1);
        if (!given) return given;
        if (!merge(merged, std::move(*given))) return invalid();
        merges = merges || !merged.empty();
        continue;
      }
      auto name = name_of(event, depth);
      if (!name) return std::unexpected(name.error());
      auto member = next_value(depth + 1);
      if (!member) return member;
      unique = own.set(std::move(*name), std::move(*member)) && unique;
    }
    // Beside a merge, ruamel.yaml lets a name stand twice.
    if (!unique && !merges) return invalid();
    for (auto& [name, member] : own.take())
      merged.set(std::move(name), std::move(member));
    return merged.take();
  }

  // Its text says its type: in quotes too behind "!".
  static bool is_plain(const Event& event) {
    const auto& scalar = event.raw.data.scalar;
    if (event.raw.type != YAML_SCALAR_EVENT) return false;
    const std::string_view tag = scalar_text_of(scalar.tag);
    return tag == "!" || (tag.empty() && scalar.plain_implicit == 1);
  }

  static bool is_merge(const Event& event) {
    return is_plain(event) && scalar_text_of(event.raw.data.scalar.value) == "<<";
  }

  // `<<: {...}`, or a list of maps, of which the first wins.
  static bool merge(Members& into, Document given) {
    Document::List maps;
    if (auto* list = given.list()) {
      maps = std::move(*list);
      std::ranges::reverse(maps);
    } else {
      maps.push_back(std::move(given));
    }
    if (!std::ranges::all_of(maps, [](const auto& map) { return map.map() != nullptr; })) return false;
    for (auto& map : maps) {
      for (auto& [name, member] : *map.map())
        into.set(std::move(name), std::move(member));
    }
    return true;
  }

  Read<std::string> name_of(const Event& event, std::size_t depth) {
    const auto& scalar = event.raw.data.scalar;
    if (event.raw.type == YAML_SCALAR_EVENT && scalar.tag == nullptr && scalar_text_of(scalar.value) == "=")
      return "=";
    auto name = value(event, depth + 1);
    if (!name) return std::unexpected(std::move(name.error()));
    if (auto* text = name->string()) return std::move(*text);
    return refused(event, "a name that is no text");
  }

  // Of a list or a map: its own, or none.
  static Read<void> check_tag(const Event& event, std::string_view tag, std::string_view own) {
    if (tag.empty() || tag == "!") return {};
    if (!tag.starts_with(yaml::kTagPrefix)) return invalid();
    tag.remove_prefix(std::string_view(yaml::kTagPrefix).size());
    if (tag == own) return {};
    if (tag == "omap" || tag == "pairs" || tag == "set") return refused(event, "!!" + std::string(tag));
    return invalid();
  }

  static Read<Document> scalar(const Event& event) {
    const auto& raw = event.raw.data.scalar;
    const std::string_view text(reinterpret_cast<const char*>(raw.value), raw.length);
    std::string_view tag = scalar_text_of(raw.tag);
    if (is_plain(event)) return of_type(event, yaml::type_of_plain(text), text);
    if (tag.empty()) return text;
    if (!tag.starts_with(yaml::kTagPrefix)) return invalid();
    tag.remove_prefix(std::string_view(yaml::kTagPrefix).size());
    if (tag == "binary") return refused(event, "bytes");
    static constexpr std::pair<std::string_view, Scalar> kTags[] = {
        {"str", Scalar::string},  {"null", Scalar::null},      {"bool", Scalar::boolean},
        {"int", Scalar::integer}, {"float", Scalar::floating}, {"timestamp", Scalar::timestamp},
    };
    const auto found = std::ranges::find(kTags, tag, [](const auto& known) { return known.first; });
    return found == std::end(kTags) ? Read<Document>(invalid()) : of_type(event, found->second, text);
  }

  static Read<Document> of_type(const Event& event, Scalar type, std::string_view text) {
    switch (type) {
      case Scalar::string:
        return text;
      case Scalar::null:
        return Document();
      case Scalar::boolean:
        return boolean(text);
      case Scalar::integer:
        return integer(event, text);
      case Scalar::floating:
        return floating(text);
      case Scalar::timestamp:
        return refused(event, "a date (quoted, it is text)");
      case Scalar::merge:
      case Scalar::value:
        break;
    }
    return invalid();
  }

  static Read<Document> boolean(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    for (const std::string_view yes : {"true", "yes", "y", "on"}) {
      if (lower == yes) return true;
    }
    for (const std::string_view no : {"false", "no", "n", "off"}) {
      if (lower == no) return false;
    }
    return invalid();
  }

  static std::string without_underscores(std::string_view text) {
    std::string out(text);
    std::erase(out, '_');
    return out;
  }

  static Read<Document> integer(const Event& event, std::string_view text) {
    const std::string digits = without_underscores(text);
    std::string_view rest = digits;
    const bool negative = rest.starts_with('-');
    if (negative || rest.starts_with('+')) rest.remove_prefix(1);
    int base = 10;
    for (const auto& [prefix, its_base] : {std::pair{"0b", 2}, {"0o", 8}, {"0x", 16}}) {
      if (rest.starts_with(prefix)) base = its_base;
    }
    if (base != 10) rest.remove_prefix(2);
    std::uint64_t magnitude = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), magnitude, base);
    const bool too_large = error == std::errc::result_out_of_range;
    if (end != rest.data() + rest.size() || (error != std::errc() && !too_large)) return invalid();
    constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (too_large || magnitude > kMax + (negative ? 1 : 0))
      return refused(event, "an integer beyond 64 bits");
    return static_cast<std::int64_t>(negative ? 0 - magnitude : magnitude);
  }

  static Read<Document> floating(std::string_view text) {
    const std::string digits = without_underscores(text);
    std::string_view rest = digits;
    const double sign = rest.starts_with('-') ? -1 : 1;
    if (rest.starts_with('-') || rest.starts_with('+')) rest.remove_prefix(1);
    if (rest.size() == 4 && rest.starts_with('.')) {
      if (rest.ends_with('f') || rest.ends_with('F')) return sign * std::numeric_limits<double>::infinity();
      if (rest.ends_with('n') || rest.ends_with('N')) return std::numeric_limits<double>::quiet_NaN();
    }
    const auto number = parse_float(rest);
    return number ? Read<Document>(sign * *number) : invalid();
  }

  static std::unexpected<std::string> refused(const Event& event, const std::string& what) {
    return std::unexpected("line " + std::to_string(event.line()) + " holds " + what +
                           ", which JSON has no value for");
  }

  [[nodiscard]] std::unexpected<std::string> too_large() const {
    return std::unexpected("its aliases stand for more than " + std::to_string(limits_.max_bytes) + " bytes");
  }

  [[nodiscard]] std::unexpected<std::string> too_deep() const {
    return std::unexpected("more than " + std::to_string(limits_.max_depth) +
                           " lists and maps inside each other");
  }

  const YamlLimits limits_;
  std::size_t budget_;  // that copies may still cost
  bool ready_ = false;
  yaml_parser_t parser_{};
  std::map<std::string, std::optional<Document>, std::less<>> anchors_;  // absent: not complete yet
};

}  // namespace

Read<Document> parse_yaml(std::string_view text, YamlLimits limits) {
  if (text.size() > limits.max_bytes) {
    return std::unexpected("the text is longer than " + std::to_string(limits.max_bytes) + " bytes");
  }
  for (const auto& [bytes, name] : kOldBreaks) {
    if (text.contains(bytes)) {
      return std::unexpected("the text holds " + std::string(name) +
                             ", which YAML 1.1 takes for a line break and " +
                             "1.2 does not: write it as \"\\u" + std::string(name.substr(2)) + "\"");
    }
  }
  return Reader(text, limits).read();
}

}  // namespace crosslog::cli
