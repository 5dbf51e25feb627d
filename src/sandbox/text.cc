#include "sandbox/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <random>

namespace crosslog::sandbox {

namespace {

constexpr std::string_view kBlank = " \t\r\n";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_unreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

struct Fields {
  std::uint64_t year, month, day, hour, minute, second, weekday;
};

Fields fields(Time time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time) - day};
  const auto number = [](auto value) { return static_cast<std::uint64_t>(value); };
  return {number(static_cast<int>(date.year())),
          number(static_cast<unsigned>(date.month())),
          number(static_cast<unsigned>(date.day())),
          number(clock.hours().count()),
          number(clock.minutes().count()),
          number(clock.seconds().count()),
          number(std::chrono::weekday{day}.c_encoding())};
}

void append_joined(std::string& out, std::uint64_t a, int width, std::uint64_t b, std::uint64_t c,
                   char separator) {
  append_padded(out, a, width);
  out += separator;
  append_padded(out, b, 2);
  out += separator;
  append_padded(out, c, 2);
}

std::optional<Time> make_time(std::string_view y, std::string_view mo, std::string_view d, std::string_view h,
                              std::string_view mi, std::string_view s) {
  for (const auto part : {y, mo, d, h, mi, s})
    if (!is_digits(part)) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*to_int(y))},
                                         std::chrono::month{static_cast<unsigned>(*to_int(mo))},
                                         std::chrono::day{static_cast<unsigned>(*to_int(d))}};
  if (!date.ok() || *to_int(h) > 23 || *to_int(mi) > 59 || *to_int(s) > 59) return std::nullopt;
  return std::chrono::sys_days{date} + std::chrono::hours{*to_int(h)} + std::chrono::minutes{*to_int(mi)} +
         std::chrono::seconds{*to_int(s)};
}

// The code point at `i`, which moves past it. Bytes that are no UTF-8 count one by one.
char32_t next_code_point(std::string_view text, std::size_t& i) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned char first = byte(i++);
  const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
  char32_t point = more == 3 ? first & 0x07U : more == 2 ? first & 0x0FU : more == 1 ? first & 0x1FU : first;
  for (int k = 0; k < more && i < text.size() && (byte(i) & 0xC0U) == 0x80U; ++k)
    point = (point << 6U) | (byte(i++) & 0x3FU);
  return point;
}

// The size of the well-formed sequence at the beginning, or 0 (Unicode 15, table 3-7).
std::size_t utf8_sequence(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4) return 0;
  const unsigned low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  const unsigned high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  if (byte(1) < low || byte(1) > high) return 0;
  for (std::size_t i = 2; i < size; ++i)
    if (byte(i) < 0x80 || byte(i) > 0xBF) return 0;
  return size;
}

void append_unicode_escape(std::string& out, char32_t unit) {
  std::array<char, 8> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "\\u%04x", static_cast<unsigned>(unit & 0xFFFFU));
  out += buffer.data();
}

}  // namespace

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string_view strip(std::string_view text) {
  const auto first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::optional<std::int64_t> to_int(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> to_number(std::string_view text) {
  const std::string copy(text);
  char* end = nullptr;
  if (copy.empty() || copy.find_first_not_of("0123456789+-.eE") != std::string::npos) return std::nullopt;
  const double value = std::strtod(copy.c_str(), &end);
  return *end == '\0' ? std::optional(value) : std::nullopt;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string to_hex(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    out += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4U];
    out += "0123456789abcdef"[static_cast<unsigned char>(c) & 15U];
  }
  return out;
}

std::optional<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_value(text[i]), low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  while (text.ends_with('='))
    text.remove_suffix(1);
  std::string out;
  unsigned bits = 0, have = 0;
  for (const char c : text) {
    const auto value = kAlphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = (bits << 6U) | static_cast<unsigned>(value);
    have += 6;
    if (have >= 8) out += static_cast<char>((bits >> (have -= 8)) & 0xFFU);
  }
  return out;
}

std::string uri_encode(std::string_view text, bool keep_slash) {
  std::string out;
  for (const char c : text) {
    if (is_unreserved(c) || (keep_slash && c == '/')) {
      out += c;
    } else {
      out += '%';
      out += "0123456789ABCDEF"[static_cast<unsigned char>(c) >> 4U];
      out += "0123456789ABCDEF"[static_cast<unsigned char>(c) & 15U];
    }
  }
  return out;
}

std::string uri_decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> parse_form(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> out;
  const auto decode = [](std::string_view part) {
    std::string blanks(part);
    std::ranges::replace(blanks, '+', ' ');
    return uri_decode(blanks);
  };
  for (const auto item : split(text, '&')) {
    if (item.empty()) continue;
    const auto equals = item.find('=');
    out.emplace_back(decode(item.substr(0, equals)),
                     equals == std::string_view::npos ? "" : decode(item.substr(equals + 1)));
  }
  return out;
}

std::string as_utf8(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t size = utf8_sequence(text);
    out += size > 0 ? text.substr(0, size) : "?";
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return out;
}

std::string xml_escape(std::string_view text) {
  std::string out;
  for (const char c : as_utf8(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      default:
        // XML 1.0 has no way to write the other control bytes.
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n' || c == '\r') out += c;
    }
  }
  return out;
}

void append_json(std::string& out, std::string_view text, bool ascii) {
  out += '"';
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) >= 0x80 && ascii) {
      const char32_t point = next_code_point(text, i);
      if (point < 0x10000) {
        append_unicode_escape(out, point);
      } else {
        append_unicode_escape(out, 0xD800 + ((point - 0x10000) >> 10U));
        append_unicode_escape(out, 0xDC00 + ((point - 0x10000) & 0x3FFU));
      }
      continue;
    }
    ++i;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          append_unicode_escape(out, static_cast<unsigned char>(c));
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

std::string log_text(std::string_view text) {
  std::string out;
  for (const char c : as_utf8(text.substr(0, 200)))
    out += static_cast<unsigned char>(c) > 0x20 && c != 0x7F ? c : '?';
  return out.empty() ? "-" : out;
}

bool wildcard_match(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, mark = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

void append_padded(std::string& out, std::uint64_t number, int width) {
  const std::size_t begin = out.size();
  for (; number > 0 || width > 0; number /= 10, --width)
    out += static_cast<char>('0' + number % 10);
  std::reverse(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end());
}

std::string iso_time(Time time) {
  const Fields f = fields(time);
  std::string out;
  append_joined(out, f.year, 4, f.month, f.day, '-');
  out += 'T';
  append_joined(out, f.hour, 2, f.minute, f.second, ':');
  return out += 'Z';
}

std::string http_time(Time time) {
  constexpr std::string_view kDays = "SunMonTueWedThuFriSat";
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const Fields f = fields(time);
  std::string out(kDays.substr(f.weekday * 3, 3));
  out += ", ";
  append_padded(out, f.day, 2);
  out.append(" ").append(kMonths.substr((f.month - 1) * 3, 3)).append(" ");
  append_padded(out, f.year, 4);
  out += ' ';
  append_joined(out, f.hour, 2, f.minute, f.second, ':');
  return out += " GMT";
}

std::string amz_time(Time time) {
  std::string out = iso_time(time);
  std::erase_if(out, [](char c) { return c == '-' || c == ':'; });
  return out;
}

std::optional<Time> parse_amz_time(std::string_view t) {
  if (t.size() != 16 || t[8] != 'T' || t[15] != 'Z') return std::nullopt;
  return make_time(t.substr(0, 4), t.substr(4, 2), t.substr(6, 2), t.substr(9, 2), t.substr(11, 2),
                   t.substr(13, 2));
}

std::optional<Time> parse_iso_time(std::string_view t) {
  if (t.size() != 20 || t[4] != '-' || t[7] != '-' || t[10] != 'T' || t[13] != ':' || t[16] != ':' ||
      t[19] != 'Z')
    return std::nullopt;
  return make_time(t.substr(0, 4), t.substr(5, 2), t.substr(8, 2), t.substr(11, 2), t.substr(14, 2),
                   t.substr(17, 2));
}

std::string random_text(std::size_t size, std::string_view alphabet) {
  std::random_device device;
  std::uniform_int_distribution<std::size_t> pick(0, alphabet.size() - 1);
  std::string out;
  for (std::size_t i = 0; i < size; ++i)
    out += alphabet[pick(device)];
  return out;
}

}  // namespace crosslog::sandbox
