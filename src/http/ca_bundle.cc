#include "http/ca_bundle.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace crosslog::http {
namespace {

constexpr std::size_t kMaxLineBytes = 250;  // OpenSSL cuts longer ones
constexpr std::size_t kMaxCertificateBytes = std::size_t{32} << 10;
constexpr std::size_t kMaxOidBytes = 32;
constexpr std::string_view kBegin = "-----BEGIN CERTIFICATE-----";
constexpr std::string_view kEnd = "-----END CERTIFICATE-----";

constexpr std::uint8_t kNoDigit = 0xff;
constexpr auto kBase64Digits = [] {
  std::array<std::uint8_t, 256> digits{};
  digits.fill(kNoDigit);
  std::uint8_t next = 0;
  for (const char c : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))
    digits[static_cast<unsigned char>(c)] = next++;
  return digits;
}();

// Takes lines off a text, without their ends.
class Lines {
 public:
  explicit Lines(std::string_view text) noexcept : text_(text) {}
  [[nodiscard]] bool at_end() const noexcept { return at_ == text_.size(); }
  [[nodiscard]] std::size_t offset() const noexcept { return at_; }
  // Without blanks at its end. Precondition: not at_end().
  std::string_view next() noexcept {
    const std::string_view rest = text_.substr(at_);
    const std::size_t size = std::min(rest.find('\n'), rest.size());
    at_ += std::min(size + 1, rest.size());
    is_long_ = is_long_ || size > kMaxLineBytes;
    std::string_view line = rest.substr(0, size);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t'))
      line.remove_suffix(1);
    return line;
  }
  [[nodiscard]] bool met_long_line() const noexcept { return is_long_; }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  bool is_long_ = false;
};

// Decodes base64 that comes line by line, in whole groups of four.
class Base64 {
 public:
  // Not kept: `out` is overwritten.
  explicit Base64(std::string& out) noexcept : out_(out) { out_.clear(); }

  bool take(std::string_view line) {
    if (line.empty() || line.size() % 4 != 0 || ended_) return false;
    const std::size_t size = out_.size() + line.size() / 4 * 3;
    if (size > kMaxCertificateBytes) return false;
    ended_ = line.back() == '=';
    out_.resize(size);
    char* at = out_.data() + size - line.size() / 4 * 3;
    const std::size_t whole = ended_ ? line.size() - 4 : line.size();
    for (std::size_t i = 0; i < whole; i += 4, at += 3)
      if (!put(at, line[i], line[i + 1], line[i + 2], line[i + 3])) return false;
    return !ended_ || put_last(at, line.substr(whole));
  }

 private:
  static std::uint32_t digit(char c) noexcept { return kBase64Digits[static_cast<unsigned char>(c)]; }

  static bool put(char* three, char c0, char c1, char c2, char c3) noexcept {
    const std::uint32_t a = digit(c0), b = digit(c1), c = digit(c2), d = digit(c3);
    const std::uint32_t bits = a << 18 | b << 12 | c << 6 | d;
    three[0] = static_cast<char>(bits >> 16);
    three[1] = static_cast<char>(bits >> 8);
    three[2] = static_cast<char>(bits);
    return (a | b | c | d) != kNoDigit;
  }

  // "xx==" or "xxx="
  bool put_last(char* three, std::string_view four) {
    const std::size_t padding = four[2] == '=' ? 2 : 1;
    if (!put(three, four[0], four[1], padding == 2 ? 'A' : four[2], 'A')) return false;
    out_.resize(out_.size() - padding);
    return true;
  }

  std::string& out_;
  bool ended_ = false;
};

enum Tag : std::uint8_t {
  kBoolean = 0x01,
  kInteger = 0x02,
  kBitString = 0x03,
  kOctetString = 0x04,
  kNull = 0x05,
  kOid = 0x06,
  kUtf8String = 0x0c,
  kPrintableString = 0x13,
  kTeletexString = 0x14,
  kIa5String = 0x16,
  kUtcTime = 0x17,
  kGeneralizedTime = 0x18,
  kSequence = 0x30,
  kSet = 0x31,
  kVersion = 0xa0,     // [0]
  kExtensions = 0xa3,  // [3]
};

// Reads DER values one behind the other: tags of one byte, shortest lengths.
class Der {
 public:
  explicit Der(std::string_view bytes) noexcept : rest_(bytes) {}
  [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }
  [[nodiscard]] bool next_is(Tag tag) const noexcept { return !rest_.empty() && byte(0) == tag; }

  // The content of the next value, when it is a `tag`.
  bool take(Tag tag, std::string_view& content) noexcept {
    if (!next_is(tag) || rest_.size() < 2) return false;
    std::size_t head = 2, size = byte(1);
    if (size == 0x81 && rest_.size() >= 3 && byte(2) >= 0x80) {
      head = 3;
      size = byte(2);
    } else if (size == 0x82 && rest_.size() >= 4 && byte(2) != 0) {
      head = 4;
      size = std::size_t{byte(2)} << 8 | byte(3);
    } else if (size >= 0x80) {
      return false;
    }
    if (rest_.size() - head < size) return false;
    content = rest_.substr(head, size);
    rest_.remove_prefix(head + size);
    return true;
  }

 private:
  [[nodiscard]] std::uint8_t byte(std::size_t i) const noexcept {
    return static_cast<std::uint8_t>(rest_[i]);
  }

  std::string_view rest_;
};

std::uint8_t byte_at(std::string_view bytes, std::size_t i) noexcept {
  return static_cast<std::uint8_t>(bytes[i]);
}

bool take_integer(Der& der) noexcept {
  std::string_view value;
  if (!der.take(kInteger, value) || value.empty()) return false;
  if (value.size() == 1) return true;
  const bool negative = byte_at(value, 1) >= 0x80;  // a first byte that says no more than this
  return byte_at(value, 0) != (negative ? 0xff : 0x00);
}

bool take_oid(Der& der) noexcept {
  std::string_view value;
  if (!der.take(kOid, value) || value.empty() || value.size() > kMaxOidBytes) return false;
  bool begins = true;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (begins && byte_at(value, i) == 0x80) return false;
    begins = byte_at(value, i) < 0x80;
  }
  return begins;
}

// The bits that are not used are zero.
bool take_bit_string(Der& der) noexcept {
  std::string_view value;
  if (!der.take(kBitString, value) || value.empty()) return false;
  const unsigned unused = byte_at(value, 0);
  if (value.size() == 1) return unused == 0;
  return unused <= 7 && (byte_at(value, value.size() - 1) & ((1U << unused) - 1)) == 0;
}

// SEQUENCE { OBJECT IDENTIFIER, parameters }
bool take_algorithm(Der& der) noexcept {
  std::string_view content, parameters;
  if (!der.take(kSequence, content)) return false;
  Der fields(content);
  if (!take_oid(fields)) return false;
  if (fields.next_is(kNull)) return fields.take(kNull, parameters) && parameters.empty() && fields.at_end();
  if (fields.next_is(kOid)) return take_oid(fields) && fields.at_end();
  return fields.at_end() || (fields.take(kSequence, parameters) && fields.at_end());
}

bool take_string(Der& der, NameKey& key) noexcept {
  for (const Tag tag : {kPrintableString, kUtf8String, kIa5String, kTeletexString}) {
    if (!der.next_is(tag)) continue;
    std::string_view text;
    if (!der.take(tag, text) || text.empty()) return false;
    key.add(text);
    return tag != kUtf8String || base::is_utf8(text);
  }
  return false;
}

// SEQUENCE OF SET OF SEQUENCE { OBJECT IDENTIFIER, string }
bool take_name(Der& der, NameKey& key) noexcept {
  std::string_view sets, set, sequence;
  if (!der.take(kSequence, sets)) return false;
  for (Der parts(sets); !parts.at_end();) {
    if (!parts.take(kSet, set) || set.empty()) return false;
    for (Der attributes(set); !attributes.at_end();) {
      if (!attributes.take(kSequence, sequence)) return false;
      Der attribute(sequence);
      if (!take_oid(attribute) || !take_string(attribute, key) || !attribute.at_end()) return false;
    }
  }
  return true;
}

bool take_time(Der& der) noexcept {
  std::string_view text;
  return der.next_is(kUtcTime) ? der.take(kUtcTime, text) && text.size() == 13
                               : der.take(kGeneralizedTime, text) && text.size() == 15;
}

bool take_validity(Der& der) noexcept {
  std::string_view content;
  if (!der.take(kSequence, content)) return false;
  Der times(content);
  return take_time(times) && take_time(times) && times.at_end();
}

bool take_public_key(Der& der) noexcept {
  std::string_view content;
  if (!der.take(kSequence, content)) return false;
  Der fields(content);
  return take_algorithm(fields) && take_bit_string(fields) && fields.at_end();
}

bool take_version(Der& der) noexcept {
  std::string_view content;
  if (!der.next_is(kVersion)) return true;
  if (!der.take(kVersion, content)) return false;
  Der version(content);
  return take_integer(version) && version.at_end();
}

// SEQUENCE { OBJECT IDENTIFIER, BOOLEAN, OCTET STRING }
bool take_extension(Der& der) noexcept {
  std::string_view content, value;
  if (!der.take(kSequence, content)) return false;
  Der fields(content);
  if (!take_oid(fields)) return false;
  if (fields.next_is(kBoolean) && (!fields.take(kBoolean, value) || value.size() != 1)) return false;
  return fields.take(kOctetString, value) && fields.at_end();
}

bool take_extensions(Der& der) noexcept {
  std::string_view content, list;
  if (der.at_end()) return true;
  if (!der.take(kExtensions, content)) return false;
  Der outer(content);
  if (!outer.take(kSequence, list) || !outer.at_end() || list.empty()) return false;
  for (Der extensions(list); !extensions.at_end();)
    if (!take_extension(extensions)) return false;
  return true;
}

// RFC 5280, 4.1. Unique identifiers have no place here: no root has them.
bool take_signed_part(Der& der, NameKey& subject) noexcept {
  std::string_view content;
  NameKey issuer;
  if (!der.take(kSequence, content)) return false;
  Der fields(content);
  return take_version(fields) && take_integer(fields) && take_algorithm(fields) &&
         take_name(fields, issuer) && take_validity(fields) && take_name(fields, subject) &&
         take_public_key(fields) && take_extensions(fields) && fields.at_end();
}

std::optional<std::uint64_t> subject_key_of(std::string_view certificate) noexcept {
  std::string_view content;
  Der whole(certificate);
  if (!whole.take(kSequence, content) || !whole.at_end()) return std::nullopt;
  Der parts(content);
  NameKey subject;
  if (!take_signed_part(parts, subject) || !take_algorithm(parts) || !take_bit_string(parts)) {
    return std::nullopt;
  }
  if (!parts.at_end()) return std::nullopt;
  return subject.value();
}

// From behind the first line of a block to behind its last.
std::optional<BundledCertificate> take_block(Lines& lines, std::string& scratch) {
  const std::size_t begin = lines.offset();
  std::size_t end = begin;
  for (Base64 decoder(scratch);; end = lines.offset()) {
    if (lines.at_end()) return std::nullopt;
    const std::string_view line = lines.next();
    if (line == kEnd) break;
    if (!decoder.take(line)) return std::nullopt;
  }
  const auto key = subject_key_of(scratch);
  if (!key) return std::nullopt;
  return BundledCertificate{.subject_key = *key,
                            .offset = static_cast<std::uint32_t>(begin),
                            .size = static_cast<std::uint32_t>(end - begin)};
}

}  // namespace

void NameKey::add(std::string_view text) noexcept {
  for (const char c : text) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    if (!base::is_digit(lower) && (lower < 'a' || lower > 'z')) continue;
    value_ = (value_ ^ static_cast<unsigned char>(lower)) * 0x100000001b3;  // FNV-1a
  }
}

std::optional<std::vector<BundledCertificate>> index_bundle(std::string_view pem) {
  if (pem.size() > kMaxIndexedBundleBytes || pem.starts_with(base::kByteOrderMark) ||
      pem.find('\0') != std::string_view::npos) {
    return std::nullopt;
  }
  std::vector<BundledCertificate> found;
  std::string scratch;
  scratch.reserve(kMaxCertificateBytes);
  Lines lines(pem);
  while (!lines.at_end()) {
    const std::string_view line = lines.next();
    if (!line.starts_with("-----")) continue;  // text between the blocks
    if (line != kBegin) return std::nullopt;
    const auto certificate = take_block(lines, scratch);
    if (!certificate) return std::nullopt;
    found.push_back(*certificate);
  }
  if (found.empty() || lines.met_long_line()) return std::nullopt;
  return found;
}

std::string decode_certificate(std::string_view text) {
  std::string der;
  Base64 decoder(der);
  for (Lines lines(text); !lines.at_end();)
    if (!decoder.take(lines.next())) return {};
  return der;
}

}  // namespace crosslog::http
