// The STS XML reader. Checks of meaning:
// - What is accepted means the same to a second reader, written apart: it cuts
//   the text into tags and texts with find(), as for a text that is known to be
//   good that is enough; it compares names, texts, order and matching end tags.
// - A tree written again survives in plain form, and in a noisy one: prefixes,
//   attributes, CDATA, CR LF, and comments that hold tags with credentials.
// - A prefix of an accepted text is refused, or what it lacks is behind the root.
// - Depth, offsets and characters keep their promises; a refusal names a byte
//   inside the text.
#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "wire/sts_xml.h"

namespace {

using crosslog::wire::parse_sts_xml;
using crosslog::wire::XmlElement;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

struct Node {
  std::string name, text;
  std::vector<Node> children;
};

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

std::string with_line_feeds(std::string text) {
  return replaced(replaced(std::move(text), "\r\n", "\n"), "\r", "\n");
}

std::string reference(std::string_view name) {
  if (name == "amp") return "&";
  if (name == "lt") return "<";
  if (name == "gt") return ">";
  if (name == "quot") return "\"";
  if (name == "apos") return "'";
  const int radix = name[1] == 'x' ? 16 : 10;
  unsigned value = 0;
  std::from_chars(name.data() + (radix == 16 ? 2 : 1), name.data() + name.size(), value, radix);
  std::string out;
  crosslog::base::append_utf8(out, static_cast<char32_t>(value));
  return out;
}

std::string resolved(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto ampersand = std::min(text.find('&'), text.size());
    out += with_line_feeds(std::string(text.substr(0, ampersand)));
    text.remove_prefix(ampersand);
    if (text.empty()) break;
    const auto end = text.find(';');
    out += reference(text.substr(1, end - 1));
    text.remove_prefix(end + 1);
  }
  return out;
}

std::string local(std::string_view name) {
  return std::string(name.substr(name.find(':') + 1));
}

// Where the tag that begins at `at` ends: '>' outside quotes.
std::size_t tag_end(std::string_view text, std::size_t at) {
  char quote = 0;
  for (; at < text.size(); ++at) {
    if (quote != 0 && text[at] == quote) {
      quote = 0;
    } else if (quote == 0 && (text[at] == '"' || text[at] == '\'')) {
      quote = text[at];
    } else if (quote == 0 && text[at] == '>') {
      return at;
    }
  }
  return std::string_view::npos;
}

// Precondition: `text` is well-formed.
Node second_reading(std::string_view text) {
  std::vector<Node> open(1);
  std::vector<std::string> names{""};
  std::vector<bool> has_child{false};
  for (std::size_t at = 0; at < text.size();) {
    const auto rest = text.substr(at);
    const auto say = [&](const std::string& words) {
      if (!has_child.back()) open.back().text += words;
    };
    if (rest.starts_with("<!--")) {
      at = text.find("--", at + 4) + 2;
      require(text[at++] == '>');
    } else if (rest.starts_with("<![CDATA[")) {
      const auto end = text.find("]]>", at + 9);
      say(with_line_feeds(std::string(text.substr(at + 9, end - at - 9))));
      at = end + 3;
    } else if (rest.starts_with("<?")) {
      at = text.find("?>", at) + 2;
    } else if (rest.starts_with("<")) {
      const auto end = tag_end(text, at);
      require(end != std::string_view::npos);
      const bool closes = rest.starts_with("</");
      const bool is_empty = text[end - 1] == '/';
      const auto name_at = at + (closes ? 2 : 1);
      const auto name = text.substr(name_at, text.find_first_of(" \t\r\n/>", name_at) - name_at);
      if (!closes) {
        has_child.back() = true;
        open.push_back({local(name), "", {}});
        names.emplace_back(name);
        has_child.push_back(false);
      }
      if (closes || is_empty) {
        require(open.size() > 1 && names.back() == name);
        Node done = std::move(open.back());
        open.pop_back();
        names.pop_back();
        has_child.pop_back();
        open.back().children.push_back(std::move(done));
      }
      at = end + 1;
    } else {
      const auto end = std::min(text.find('<', at), text.size());
      require(text.substr(at, end - at).find("]]>") == std::string_view::npos);
      say(resolved(text.substr(at, end - at)));
      at = end;
    }
  }
  require(open.size() == 1 && open[0].children.size() == 1);
  return std::move(open[0].children[0]);
}

bool same(const XmlElement& a, const Node& b) {
  return a.name == b.name && a.text == b.text && std::ranges::equal(a.children, b.children, same);
}

bool same(const XmlElement& a, const XmlElement& b) {
  return a.name == b.name && a.text == b.text &&
         std::ranges::equal(a.children, b.children, [](const auto& x, const auto& y) { return same(x, y); });
}

std::string escaped(std::string_view text) {
  std::string out = replaced(std::string(text), "&", "&amp;");
  out = replaced(std::move(out), "<", "&lt;");
  out = replaced(std::move(out), ">", "&gt;");
  return replaced(std::move(out), "\r", "&#13;");
}

std::string plain(const XmlElement& element) {
  const std::string name(element.name);
  std::string out = "<" + name + ">" + escaped(element.text);
  for (const auto& child : element.children)
    out += plain(child);
  return out + "</" + name + ">";
}

std::string noisy_text(std::string_view text) {
  if (text.find('\r') != std::string_view::npos || text.find("]]>") != std::string_view::npos)
    return escaped(text);
  return "<![CDATA[" + replaced(std::string(text), "\n", "\r\n") + "]]>";
}

std::string noisy(const XmlElement& element) {
  constexpr std::string_view kComment = "<!--<Credentials><AccessKeyId>NO</AccessKeyId></Credentials>]]>&-->";
  const std::string name = "n2:" + std::string(element.name);
  std::string out = "<" + name + "\n a='>' >";
  out.append(kComment).append(noisy_text(element.text)).append(kComment);
  for (const auto& child : element.children)
    out.append(noisy(child)).append("tail &lt;").append(kComment);
  return out + "</" + name + "\t>";
}

std::size_t check_element(const XmlElement& element, std::string_view text, std::size_t depth,
                          std::size_t after) {
  require(depth <= 16 && element.offset >= after && element.offset < text.size() &&
          text[element.offset] == '<');
  require(crosslog::base::is_utf8(element.text) && !element.name.empty());
  require(std::ranges::none_of(element.text, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
  }));
  std::size_t last = element.offset + 1;
  for (const auto& child : element.children)
    last = check_element(child, text, depth + 1, last);
  return last;
}

void check_refusal(const crosslog::Error& error, std::string_view text) {
  constexpr std::string_view kMarker = " at byte ";
  require(error.code == crosslog::Errc::protocol);
  const auto at = error.message.find(kMarker);
  require(at != std::string::npos);
  std::size_t offset = 0;
  std::from_chars(error.message.data() + at + kMarker.size(), error.message.data() + error.message.size(),
                  offset);
  require(offset <= text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto tree = parse_sts_xml(text);
  if (!tree) {
    check_refusal(tree.error(), text);
    return 0;
  }
  check_element(tree->root(), text, 1, 0);
  require(same(tree->root(), second_reading(text)));

  constexpr crosslog::wire::XmlLimits kWide{
      .max_bytes = 16u << 20, .max_depth = 16, .max_attributes = 1u << 16};
  const auto again = plain(tree->root());
  const auto plain_tree = parse_sts_xml(again, kWide);
  require(plain_tree && same(plain_tree->root(), tree->root()));
  const auto loud = noisy(tree->root());
  const auto noisy_tree = parse_sts_xml(loud, kWide);
  require(noisy_tree && same(noisy_tree->root(), tree->root()));

  const auto cut = text.substr(0, size * 7 / 8);
  const auto cut_tree = parse_sts_xml(cut);
  require(!cut_tree || same(cut_tree->root(), tree->root()));
  return 0;
}
