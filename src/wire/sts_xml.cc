// Recursive descent, a function for each production of XML 1.0 that is left when
// DTDs and processing instructions are gone. The depth limit bounds the stack.
//
// Texts are decoded into one buffer as long as the input: no reference and no
// line end is shorter than what it stands for, so it never grows and no copy of
// a secret is left behind by a reallocation.
#include "wire/sts_xml.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "base/bytes.h"
#include "base/crypto.h"
#include "base/text.h"
#include "base/try.h"

namespace crosslog::wire {
namespace {

constexpr bool is_xml_blank(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// Whether a byte of CharData means more than itself.
constexpr bool is_special(char c) noexcept {
  return c == '<' || c == '&' || c == ']' || c == '\r';
}

// The production Char.
constexpr bool is_xml_char(std::uint32_t c) noexcept {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) ||
         (c >= 0x10000 && c <= 0x10FFFF);
}

constexpr std::size_t sequence_size(char lead) noexcept {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// Where the first byte stands that is no well-formed UTF-8 or no Char.
std::optional<std::size_t> find_illegal_character(std::string_view text) {
  constexpr std::size_t kStep = 16;
  for (std::size_t at = 0; at < text.size();) {
    if (text.size() - at >= kStep && base::all_between(text.substr(at, kStep), ' ', base::kLastVisible)) {
      at += kStep;
      continue;
    }
    const auto sequence = text.substr(at, sequence_size(text[at]));
    if (sequence.size() == 1 && !is_xml_char(static_cast<unsigned char>(sequence[0]))) return at;
    if (!base::is_utf8(sequence) || sequence == "\xEF\xBF\xBE" || sequence == "\xEF\xBF\xBF") return at;
    at += sequence.size();
  }
  return std::nullopt;
}

// Names are those of XML with every non-ASCII character allowed: AWS has none.
constexpr bool starts_name(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
constexpr bool continues_name(char c) noexcept {
  return starts_name(c) || base::is_digit(c) || c == '-' || c == '.';
}

// What came instead of XML, if that is plain to see.
std::string_view sniff(std::string_view text) {
  text = base::trim(text);
  const std::string start = base::to_lower(text.substr(0, 14));
  if (text.empty()) return "empty";
  if (start.starts_with("<html") || start == "<!doctype html") return "HTML";
  if (text[0] == '{' || text[0] == '[') return "JSON";
  if (text[0] != '<' && !text.starts_with(base::kByteOrderMark)) return "plain text";
  return {};
}

std::unexpected<Error> not_xml(std::string_view reason, std::size_t offset) {
  return fail(Errc::protocol, "Unable to parse response (" + std::string(reason) + " at byte " +
                                  std::to_string(offset) +
                                  "), invalid XML received. Further retries may succeed.");
}

}  // namespace

void XmlTree::Wiper::operator()(char* bytes) const noexcept {
  base::wipe(bytes, size);
  delete[] bytes;
}

const XmlElement* XmlElement::child(std::string_view child_name) const noexcept {
  const auto found = std::ranges::find(children, child_name, &XmlElement::name);
  return found == children.end() ? nullptr : &*found;
}

class XmlReader {
 public:
  XmlReader(std::string_view text, XmlLimits limits) : text_(text), limits_(limits) {}

  // document ::= BOM? XMLDecl? Misc* element Misc*
  Result<XmlTree> read() {
    tree_.texts_ = {new char[text_.size() + 1], XmlTree::Wiper{text_.size() + 1}};
    skip(base::kByteOrderMark);
    if (looking_at("<?xml") && at_ + 5 < text_.size() && is_xml_blank(text_[at_ + 5]))
      CROSSLOG_CHECK(read_declaration());
    CROSSLOG_CHECK(skip_misc());
    CROSSLOG_CHECK(read_element(tree_.root_, 1));
    CROSSLOG_CHECK(skip_misc());
    if (at_ != text_.size())
      return refuse(looking_at("<") ? "a second root element" : "text outside the root element");
    return std::move(tree_);
  }

 private:
  struct Name {
    std::string_view whole, local;
  };

  [[nodiscard]] bool at_end() const noexcept { return at_ == text_.size(); }
  [[nodiscard]] bool looking_at(std::string_view word) const noexcept {
    return text_.substr(at_).starts_with(word);
  }
  bool skip(std::string_view word) noexcept {
    if (!looking_at(word)) return false;
    at_ += word.size();
    return true;
  }
  bool skip_blanks() noexcept {
    const auto from = at_;
    while (!at_end() && is_xml_blank(text_[at_]))
      ++at_;
    return at_ != from;
  }
  [[nodiscard]] std::unexpected<Error> refuse(std::string_view reason) const { return not_xml(reason, at_); }
  Result<void> expect(std::string_view word, std::string_view reason) {
    if (!skip(word)) return refuse(at_end() ? "unexpected end" : reason);
    return {};
  }

  // XMLDecl ::= '<?xml' VersionInfo EncodingDecl? SDDecl? S? '?>'
  Result<void> read_declaration() {
    constexpr std::string_view kReason = "a malformed XML declaration";
    at_ += 5;
    skip_blanks();
    CROSSLOG_TRY(const auto version, read_pseudo_attribute("version"));
    if (!version || *version != "1.0") return refuse(kReason);
    bool blank = skip_blanks();
    if (blank && looking_at("encoding")) {
      CROSSLOG_TRY(const auto encoding, read_pseudo_attribute("encoding"));
      if (!encoding || !base::equals_ignoring_case(*encoding, "UTF-8"))
        return refuse("an encoding other than UTF-8");
      blank = skip_blanks();
    }
    if (blank && looking_at("standalone")) {
      CROSSLOG_TRY(const auto standalone, read_pseudo_attribute("standalone"));
      if (!standalone || (*standalone != "yes" && *standalone != "no")) return refuse(kReason);
      skip_blanks();
    }
    return expect("?>", kReason);
  }

  // name Eq quoted; nullopt when something else stands here.
  Result<std::optional<std::string_view>> read_pseudo_attribute(std::string_view name) {
    if (!skip(name)) return std::nullopt;
    CROSSLOG_CHECK(read_equals());
    return read_quoted();
  }

  Result<void> read_equals() {
    skip_blanks();
    CROSSLOG_CHECK(expect("=", "an attribute without a value"));
    skip_blanks();
    return {};
  }

  // The raw bytes between two quotes of one kind.
  Result<std::string_view> read_quoted() {
    if (at_end()) return refuse("unexpected end");
    const char quote = text_[at_];
    if (quote != '"' && quote != '\'') return refuse("an attribute value without quotes");
    const auto end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) return refuse("an unterminated attribute value");
    const auto value = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return value;
  }

  // Misc ::= Comment | S, and the refusal of what else may stand there in XML.
  Result<void> skip_misc() {
    for (;;) {
      skip_blanks();
      if (looking_at("<!--")) {
        CROSSLOG_CHECK(skip_comment());
      } else {
        return refuse_markup();
      }
    }
  }

  Result<void> refuse_markup() const {
    if (looking_at("<!D")) return refuse("a document type declaration");
    if (looking_at("<!")) return refuse("a markup declaration");
    if (looking_at("<?")) return refuse("a processing instruction");
    return {};
  }

  // Comment ::= '<!--' ((Char - '-') | ('-' (Char - '-')))* '-->'
  Result<void> skip_comment() {
    const auto end = text_.find("--", at_ + 4);
    if (end == std::string_view::npos) return refuse("an unterminated comment");
    at_ = end;
    return expect("-->", "two dashes inside a comment");
  }

  Result<Name> read_name() {
    const auto from = at_;
    CROSSLOG_CHECK(skip_name_part());
    auto local = from;
    if (skip(":")) {
      local = at_;
      CROSSLOG_CHECK(skip_name_part());
    }
    return Name{text_.substr(from, at_ - from), text_.substr(local, at_ - local)};
  }

  Result<void> skip_name_part() {
    if (at_end()) return refuse("unexpected end");
    if (!starts_name(text_[at_])) return refuse("no name where one must be");
    while (!at_end() && continues_name(text_[at_]))
      ++at_;
    return {};
  }

  // element ::= EmptyElemTag | STag content ETag
  Result<void> read_element(XmlElement& element, std::size_t depth) {
    if (at_end()) return refuse("unexpected end");
    if (text_[at_] != '<') return refuse("text outside the root element");
    if (depth > limits_.max_depth) return refuse("too many elements inside each other");
    element.offset = at_++;
    CROSSLOG_TRY(const Name name, read_name());
    element.name = name.local;
    CROSSLOG_CHECK(read_attributes());
    if (skip("/>")) return {};
    CROSSLOG_CHECK(expect(">", "a malformed start tag"));
    CROSSLOG_CHECK(read_content(element, depth));
    return read_end_tag(name);
  }

  // (S Attribute)* S?; checked and dropped.
  Result<void> read_attributes() {
    std::vector<std::string_view> names;
    while (skip_blanks() && !looking_at(">") && !looking_at("/")) {
      if (++attributes_ > limits_.max_attributes) return refuse("too many attributes");
      const auto from = at_;
      CROSSLOG_TRY(const Name name, read_name());
      if (std::ranges::find(names, name.whole) != names.end()) return not_xml("a repeated attribute", from);
      names.push_back(name.whole);
      CROSSLOG_CHECK(read_equals());
      CROSSLOG_CHECK(check_attribute_value());
    }
    return {};
  }

  // No '<', and every reference is good; none of them can hold the closing quote.
  Result<void> check_attribute_value() {
    CROSSLOG_TRY(const auto value, read_quoted());
    const auto quote = at_ - 1;
    at_ = quote - value.size();
    while (at_ < quote) {
      if (text_[at_] == '<') return refuse("'<' in an attribute value");
      if (text_[at_] == '&') {
        std::string character;
        CROSSLOG_CHECK(read_reference(character));
      } else {
        ++at_;
      }
    }
    at_ = quote + 1;
    return {};
  }

  // content ::= CharData? ((element | Reference | CDSect | Comment) CharData?)*
  Result<void> read_content(XmlElement& element, std::size_t depth) {
    const auto text_from = written_;
    while (!looking_at("</")) {
      if (at_end()) return refuse("unexpected end");
      if (text_[at_] != '<') {
        write_plain();
        CROSSLOG_CHECK(read_character());
      } else if (looking_at("<!--")) {
        CROSSLOG_CHECK(skip_comment());
      } else if (looking_at("<![CDATA[")) {
        CROSSLOG_CHECK(read_cdata());
      } else {
        CROSSLOG_CHECK(refuse_markup());
        if (element.children.empty()) element.text = written_since(text_from);
        CROSSLOG_CHECK(read_element(element.children.emplace_back(), depth + 1));
      }
    }
    if (element.children.empty()) element.text = written_since(text_from);
    return {};
  }

  // ETag ::= '</' Name S? '>'
  Result<void> read_end_tag(const Name& start) {
    const auto from = at_;
    at_ += 2;
    CROSSLOG_TRY(const Name end, read_name());
    if (end.whole != start.whole) return not_xml("an end tag that does not match its start tag", from);
    skip_blanks();
    return expect(">", "a malformed end tag");
  }

  // What stands for itself, in one piece.
  void write_plain() noexcept {
    const auto from = at_;
    while (!at_end() && !is_special(text_[at_]))
      ++at_;
    std::memcpy(tree_.texts_.get() + written_, text_.data() + from, at_ - from);
    written_ += at_ - from;
  }

  // One special character of CharData, or one Reference; nothing at the end.
  Result<void> read_character() {
    if (at_end() || text_[at_] == '<') return {};
    if (text_[at_] == '&') {
      std::string character;
      CROSSLOG_CHECK(read_reference(character));
      for (const char byte : character)
        write(byte);
      return {};
    }
    if (looking_at("]]>")) return refuse("']]>' in text");
    write_line_end_aware();
    return {};
  }

  // CDSect ::= '<![CDATA[' (Char* - (Char* ']]>' Char*)) ']]>'
  Result<void> read_cdata() {
    const auto end = text_.find("]]>", at_ + 9);
    if (end == std::string_view::npos) return refuse("an unterminated CDATA section");
    for (at_ += 9; at_ < end;)
      write_line_end_aware();
    at_ = end + 3;
    return {};
  }

  // XML 1.0, 2.11: CR LF and CR are LF.
  void write_line_end_aware() {
    const char c = text_[at_++];
    if (c != '\r') return write(c);
    skip("\n");
    write('\n');
  }

  // Reference ::= '&' ('amp' | 'lt' | 'gt' | 'quot' | 'apos') ';' | CharRef
  Result<void> read_reference(std::string& character) {
    constexpr std::array<std::pair<std::string_view, char>, 5> kEntities{
        {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}}};
    if (looking_at("&#")) return read_character_reference(character);
    for (const auto& [entity, meaning] : kEntities) {
      if (!skip(entity)) continue;
      character = meaning;
      return {};
    }
    return refuse("an unknown entity or a bare '&'");
  }

  // CharRef ::= '&#' [0-9]+ ';' | '&#x' [0-9a-fA-F]+ ';'
  Result<void> read_character_reference(std::string& character) {
    const int radix = looking_at("&#x") ? 16 : 10;
    const char* const first = text_.data() + at_ + (radix == 16 ? 3 : 2);
    const char* const last = text_.data() + text_.size();
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(first, last, value, radix);
    if (error != std::errc{} || end == last || *end != ';' || !is_xml_char(value)) {
      return refuse("a malformed or forbidden character reference");
    }
    base::append_utf8(character, static_cast<char32_t>(value));
    at_ = static_cast<std::size_t>(end - text_.data()) + 1;
    return {};
  }

  void write(char c) noexcept { tree_.texts_[written_++] = c; }
  [[nodiscard]] std::string_view written_since(std::size_t from) const noexcept {
    return {tree_.texts_.get() + from, written_ - from};
  }

  std::string_view text_;
  XmlLimits limits_;
  XmlTree tree_;
  std::size_t at_ = 0;       // the next byte to read
  std::size_t written_ = 0;  // of tree_.texts_
  std::size_t attributes_ = 0;
};

Result<XmlTree> parse_sts_xml(std::string_view text, XmlLimits limits) {
  if (text.size() > limits.max_bytes) return not_xml("too long", limits.max_bytes);
  if (const auto content = sniff(text); !content.empty()) {
    auto refused = not_xml("unexpected content", 0);
    refused.error().hints.push_back(
        "The answer is " + std::string(content) +
        ", not XML: a proxy or a captive portal may have answered in place of AWS.");
    return refused;
  }
  if (const auto at = find_illegal_character(text)) return not_xml("an illegal character", *at);
  return XmlReader(text, limits).read();
}

}  // namespace crosslog::wire
