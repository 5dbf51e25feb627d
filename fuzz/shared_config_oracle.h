// A second reader of shared config files and a writer, for the fuzzer and the
// tests to hold the real one to. Written apart from it, line lists and copies
// instead of one pass, from the same rules.
#ifndef CROSSLOG_FUZZ_SHARED_CONFIG_ORACLE_H_
#define CROSSLOG_FUZZ_SHARED_CONFIG_ORACLE_H_

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wire/shared_config.h"

namespace crosslog::oracle {

using Values = std::map<std::string, std::string>;
using Sections = std::map<std::string, Values>;
using Files = std::array<Sections, 3>;  // profiles, sso sessions, services

inline std::string strip(const std::string& text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

inline std::string cut_comment(const std::string& text) {
  std::size_t cut = std::string::npos;
  for (const char* start : {" #", " ;", "\t#", "\t;"})
    cut = std::min(cut, text.find(start));
  return strip(text.substr(0, cut));
}

inline std::string cut_header_comment(const std::string& text) {
  std::string out;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted && text.find('"', i + 1) != std::string::npos;
    if (!quoted && (text[i] == '#' || text[i] == ';')) break;
    out += text[i];
  }
  return strip(out);
}

inline bool plain_name(const std::string& name) {
  return !name.empty() && name.find_first_not_of(
                              "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                              "_-/.%@:+") == std::string::npos;
}

inline std::optional<std::string> unquoted_name(const std::string& name) {
  if (name.size() < 3 || name.front() != '"' || name.back() != '"') {
    return plain_name(name) ? std::optional(name) : std::nullopt;
  }
  const auto inside = name.substr(1, name.size() - 2);
  for (const char c : inside) {
    if (c == '"' || c == 0x7f || (c >= 0 && c < 0x20)) return std::nullopt;
  }
  return inside;
}

inline std::string lower(std::string text) {
  for (char& c : text)
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return text;
}

// {which of Files, name}; 3 and up: of nothing that is kept.
inline std::pair<std::size_t, std::string> classify(const std::string& inside, wire::ConfigKind kind) {
  if (kind == wire::ConfigKind::credentials) {
    const auto name = unquoted_name(inside);
    return name ? std::pair(std::size_t{0}, *name) : std::pair(std::size_t{3}, std::string());
  }
  if (inside == "default") return {4, inside};
  const std::array<std::string, 3> prefixes{"profile", "sso-session", "services"};
  for (std::size_t i = 0; i < prefixes.size(); ++i) {
    const auto& prefix = prefixes[i];
    if (inside.size() <= prefix.size() || !inside.starts_with(prefix)) continue;
    if (inside[prefix.size()] != ' ' && inside[prefix.size()] != '\t') continue;
    if (const auto name = unquoted_name(strip(inside.substr(prefix.size())))) return {i, *name};
  }
  return {3, {}};
}

inline bool blank_line(std::string text) {
  // U+00A0, U+2000 to U+200A, U+202F, U+205F, U+3000 and ASCII's.
  std::vector<std::string> blanks{" ", "\t", "\r", "\v", "\f", "\u00a0", "\u202f", "\u205f", "\u3000"};
  for (char last = '\x80'; last <= '\x8a'; ++last)
    blanks.push_back(std::string("\xe2\x80") + last);
  for (bool found = true; found && !text.empty();) {
    found = false;
    for (const auto& blank : blanks) {
      if (!text.starts_with(blank)) continue;
      text.erase(0, blank.size());
      found = true;
    }
  }
  return text.empty();
}

inline std::vector<std::string> lines_of(std::string_view bytes) {
  std::vector<std::string> lines{""};
  for (const char c : bytes) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  for (auto& line : lines) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
  }
  return lines;
}

// nullopt: refused for its syntax. Bytes and lengths are not looked at.
inline std::optional<Files> read(std::string_view bytes, wire::ConfigKind kind) {
  std::array<Sections, 5> kept;
  Values* section = nullptr;
  std::string current;  // the property that a continuation belongs to
  bool nested = false, prefixed_default = false, plain_default = false;
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  for (const auto& line : lines_of(bytes)) {
    const auto text = strip(line);
    if (blank_line(text) || text.front() == '#' || text.front() == ';') continue;
    const bool indented = line.front() == ' ' || line.front() == '\t';
    if (line.front() == '[') {
      const auto header = cut_header_comment(text);
      if (header.size() < 2 || header.back() != ']') return std::nullopt;
      const auto [which, name] = classify(strip(header.substr(1, header.size() - 2)), kind);
      section = &kept[which][name];
      if (which == 3) section->clear();
      prefixed_default |= kind == wire::ConfigKind::config && which == 0 && name == "default";
      plain_default |= which == 4;
      current.clear();
    } else if (section == nullptr || (indented && current.empty())) {
      return std::nullopt;
    } else if (!indented || nested) {
      const auto assignment = cut_comment(text);
      const auto sign = assignment.find('=');
      if (sign == std::string::npos || strip(assignment.substr(0, sign)).empty()) return std::nullopt;
      if (indented) {
        (*section)[current] += "\n" + text;
        continue;
      }
      current = lower(strip(assignment.substr(0, sign)));
      (*section)[current] = strip(assignment.substr(sign + 1));
      nested = (*section)[current].empty();
    } else {
      (*section)[current] += "\n" + text;
    }
  }
  if (plain_default && !prefixed_default) kept[0]["default"] = kept[4]["default"];
  Files files{kept[0], kept[1], kept[2]};
  for (auto& sections : files) {
    for (auto& [name, values] : sections) {
      std::erase_if(values, [](const auto& value) { return !plain_name(value.first); });
    }
  }
  return files;
}

inline Sections plain(const wire::ConfigSections& sections) {
  Sections out;
  for (const auto& [name, properties] : sections) {
    auto& values = out[name];
    for (const auto& [key, property] : properties)
      values[key] = property.value;
  }
  return out;
}

inline Files plain(const wire::ConfigFile& file) {
  return {plain(file.profiles), plain(file.sso_sessions), plain(file.services)};
}

// Text that says the same: every name quoted, lines that end in CR LF, because a
// value may end in a CR of its own.
inline std::string write(const Files& files, wire::ConfigKind kind) {
  const std::array<std::string, 3> prefixes{"profile ", "sso-session ", "services "};
  std::string out;
  for (std::size_t i = 0; i < files.size(); ++i) {
    for (const auto& [name, values] : files[i]) {
      out += "[" + (kind == wire::ConfigKind::config ? prefixes[i] : std::string()) + "\"" + name + "\"]\r\n";
      for (const auto& [key, value] : values) {
        out += key + "=";
        for (const char c : value)
          out += c == '\n' ? std::string("\r\n  ") : std::string(1, c);
        out += "\r\n";
      }
    }
  }
  return out;
}

}  // namespace crosslog::oracle

#endif  // CROSSLOG_FUZZ_SHARED_CONFIG_ORACLE_H_
