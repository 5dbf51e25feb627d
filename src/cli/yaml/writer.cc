#include "cli/yaml/writer.h"

#include <yaml.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <vector>

#include "cli/output/json.h"
#include "cli/python.h"
#include "cli/unicode.h"
#include "cli/yaml/scalars.h"

namespace crosslog::cli {
namespace {

// libyaml's texts are unsigned, its events copy them.
yaml_char_t* bytes_of(const std::string& text) {
  return reinterpret_cast<yaml_char_t*>(const_cast<char*>(text.data()));
}

bool has_unsafe(std::string_view text) {
  while (!text.empty()) {
    const CodePoint c = first_code_point(text);
    if (is_unsafe(c)) return true;
    text.remove_prefix(c.size);
  }
  return false;
}

std::string yaml_text_of(double number) {
  if (std::isnan(number)) return ".nan";
  if (std::isinf(number)) return number < 0 ? "-.inf" : ".inf";
  return repr(number);
}

class YamlWriter {
 public:
  explicit YamlWriter(bool terminal) : terminal_(terminal) {
    ready_ = yaml_emitter_initialize(&emitter_) == 1;
    if (!ready_) return;
    yaml_emitter_set_output(&emitter_, append, &out_);
    yaml_emitter_set_unicode(&emitter_, 1);
  }
  ~YamlWriter() {
    if (ready_) yaml_emitter_delete(&emitter_);
  }
  YamlWriter(const YamlWriter&) = delete;
  YamlWriter& operator=(const YamlWriter&) = delete;

  Outcome<std::string> write(const Document& document) {
    if (!document_of(document)) {
      const char* problem = ready_ && emitter_.problem != nullptr ? emitter_.problem : "out of memory";
      return fail_general("cannot write YAML: " + std::string(problem));
    }
    return terminal_ ? escaped(out_) : std::move(out_);
  }

 private:
  static int append(void* out, unsigned char* bytes, std::size_t size) {
    static_cast<std::string*>(out)->append(reinterpret_cast<char*>(bytes), size);
    return 1;
  }

  bool document_of(const Document& document) {
    yaml_event_t event;
    return ready_ && emit(event, yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING)) &&
           emit(event, yaml_document_start_event_initialize(&event, nullptr, nullptr, nullptr, 1)) &&
           value(document) && emit(event, yaml_document_end_event_initialize(&event, 1)) &&
           emit(event, yaml_stream_end_event_initialize(&event));
  }

  bool emit(yaml_event_t& event, int initialized) {
    return initialized == 1 && yaml_emitter_emit(&emitter_, &event) == 1;
  }

  bool value(const Document& value) {
    if (const auto* text = value.string()) return string(*text);
    if (const auto* list = value.list()) return this->list(*list);
    if (const auto* map = value.map()) return this->map(*map);
    if (value.is_null()) return scalar("null");
    if (const auto* flag = value.boolean()) return scalar(*flag ? "true" : "false");
    if (const auto* integer = value.integer()) return scalar(std::to_string(*integer));
    return scalar(yaml_text_of(*value.number()));
  }

  bool list(const Document::List& list) {
    yaml_event_t event;
    const int begun =
        yaml_sequence_start_event_initialize(&event, nullptr, nullptr, 1, YAML_BLOCK_SEQUENCE_STYLE);
    return emit(event, begun) &&
           std::ranges::all_of(list, [&](const auto& element) { return value(element); }) &&
           emit(event, yaml_sequence_end_event_initialize(&event));
  }

  bool map(const Document::Map& map) {
    std::vector<const Document::Member*> members;
    for (const auto& member : map)
      members.push_back(&member);
    // The order of bytes is the order of code points.
    std::ranges::sort(members, {}, [](const auto* member) -> const std::string& { return member->first; });
    yaml_event_t event;
    const int begun =
        yaml_mapping_start_event_initialize(&event, nullptr, nullptr, 1, YAML_BLOCK_MAPPING_STYLE);
    const auto write = [&](const auto* member) { return string(member->first) && value(member->second); };
    return emit(event, begun) && std::ranges::all_of(members, write) &&
           emit(event, yaml_mapping_end_event_initialize(&event));
  }

  bool string(const std::string& text) {
    const bool plain = yaml::type_of_plain(text) == yaml::Scalar::string;
    const auto style =
        terminal_ && has_unsafe(text) ? YAML_DOUBLE_QUOTED_SCALAR_STYLE : YAML_ANY_SCALAR_STYLE;
    return scalar(text, plain, style);
  }

  bool scalar(const std::string& text, bool plain = true, yaml_scalar_style_t style = YAML_ANY_SCALAR_STYLE) {
    yaml_event_t event;
    return emit(event, yaml_scalar_event_initialize(&event, nullptr, nullptr, bytes_of(text),
                                                    static_cast<int>(text.size()), plain ? 1 : 0, 1, style));
  }

  // libyaml has escaped what YAML does not allow. The rest that is unsafe stands in
  // double quotes only, where an escape means the character.
  static std::string escaped(std::string_view text) { return visible(text, "\n"); }

  const bool terminal_;
  bool ready_ = false;
  yaml_emitter_t emitter_{};
  std::string out_;
};

}  // namespace

Outcome<std::string> format_yaml(const Document& document, bool terminal) {
  const auto* map = document.map();
  if (map == nullptr && document.list() == nullptr) return format_json(document, terminal);
  if (map != nullptr && map->empty()) return "";
  return YamlWriter(terminal).write(document);
}

Outcome<std::string> format_yaml_page(const Document& page, bool terminal) {
  return format_yaml(Document::List{page}, terminal);
}

}  // namespace crosslog::cli
