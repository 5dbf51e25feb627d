// The reader of the shared files: what a line means, what is refused and where,
// what is ignored and said. Whole files: profiles_test.
#define BOOST_TEST_MODULE shared_config
#include "wire/shared_config.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <string>

#include "fuzz/shared_config_oracle.h"
#include "tests/support/config_case.h"

namespace data = boost::unit_test::data;
using namespace crosslog;
using wire::ConfigKind;

namespace {

wire::ConfigFile parsed(std::string_view bytes, ConfigKind kind = ConfigKind::config) {
  auto file = wire::parse_shared_config(bytes, kind, "FILE");
  BOOST_TEST_REQUIRE(file.has_value(), (file ? "" : file.error().hints.front()));
  return std::move(*file);
}

// The value of `name` in profile x, or "(none)".
std::string value_of(std::string_view bytes, const std::string& name) {
  const auto file = parsed(bytes);
  const auto profile = file.profiles.find("x");
  if (profile == file.profiles.end()) return "(no profile)";
  const auto property = profile->second.find(name);
  return property == profile->second.end() ? "(none)" : property->second.value;
}

std::string value_in(const std::string& lines, const std::string& name = "k") {
  return value_of("[profile x]\n" + lines, name);
}

std::string refusal(std::string_view bytes, ConfigKind kind = ConfigKind::config) {
  const auto file = wire::parse_shared_config(bytes, kind, "FILE");
  if (file) return "accepted";
  BOOST_TEST(static_cast<int>(file.error().code) == static_cast<int>(Errc::configuration));
  BOOST_TEST(file.error().message == "Unable to parse config file: FILE");
  BOOST_TEST_REQUIRE(file.error().hints.size() == 1u);
  return file.error().hints.front();
}

std::string only_note(std::string_view bytes, ConfigKind kind = ConfigKind::config) {
  const auto file = parsed(bytes, kind);
  BOOST_TEST_REQUIRE(file.notes.size() == 1u);
  return std::to_string(file.notes[0].line) + ": " + file.notes[0].text;
}

struct Line {
  std::string lines, value;
  friend std::ostream& operator<<(std::ostream& out, const Line& row) { return out << row.lines; }
};
const Line kLines[] = {
    {"k=v", "v"},
    {"k = v", "v"},
    {"k\t=\tv\t", "v"},
    {"K = v", "v"},
    {"k = v\r\n", "v"},
    {"k = v\r", "v"},
    {"k = a=b", "a=b"},
    {"k = v#x", "v#x"},
    {"k = v;x", "v;x"},
    {"k = v #x", "v"},
    {"k = v\t; x # y", "v"},
    {"k = #x", ""},
    {"k =#x", "#x"},
    {"k =", ""},
    {"k = ;", ""},
    {"k = 'q'", "'q'"},
    {"k = \"q\"", "\"q\""},
    {"k = [y]", "[y]"},
    {"k = caf\u00e9", "caf\u00e9"},
    {"k = v\n more", "v\nmore"},
    {"k = v\n\tmore # kept\n  and ; more  ", "v\nmore # kept\nand ; more"},
    {"k = v\n\n more", "v\nmore"},
    {"k = v\n  # a comment\n more", "v\nmore"},
    {"k = v\n# a comment\n; another\n more", "v\nmore"},
    {"k = 1\nk = 2", "2"},
    {"k = 1\nK = 2", "2"},
    {"k = 1\n[profile y]\nk = 3\n[profile x]\nk = 2", "2"},
    {"k = a\rb", "a\rb"},
    {"k = v\u00a0", "v\u00a0"},
    {"k =\n  a = b", "\na = b"},
    {"\u00a0\nk = v", "v"},
    {"\u3000 \u2003\nk = v", "v"},
};

struct Refused {
  std::string bytes, hint;
  friend std::ostream& operator<<(std::ostream& out, const Refused& row) { return out << row.hint; }
};
const Refused kRefused[] = {
    {"[profile x", "FILE:1: Profile definition must end with ']'"},
    {"\n\n[profile x # y]", "FILE:3: Profile definition must end with ']'"},
    {"[", "FILE:1: Profile definition must end with ']'"},
    {"[x] y", "FILE:1: Profile definition must end with ']'"},
    {"k = v", "FILE:1: Expected a profile definition"},
    {" k = v", "FILE:1: Expected a profile definition"},
    {" [default]", "FILE:1: Expected a profile definition"},
    {"[default]\n k = v", "FILE:2: Expected a property definition, found continuation"},
    {"[default]\nk = v\n[default]\n k = v", "FILE:4: Expected a property definition, found continuation"},
    {"[default]\nk", "FILE:2: Expected an '=' sign defining a property"},
    {"[default]\nk: v", "FILE:2: Expected an '=' sign defining a property"},
    {"[default]\nk #= v", "FILE:2: Expected an '=' sign defining a property"},
    {"[default]\n= v", "FILE:2: Property did not have a name"},
    {"[default]\nk =\n  v", "FILE:3: Expected an '=' sign defining a sub-property"},
    {"[default]\nk =\n  a = b\n  = v", "FILE:4: Sub-property did not have a name"},
    {"[some thing]\nk", "FILE:2: Expected an '=' sign defining a property"},
    {"[default]\r\nk = v\r\n\r\nbroken", "FILE:4: Expected an '=' sign defining a property"},
    {"\xEF\xBB\xBFk", "FILE:1: Expected a profile definition"},
    {std::string("[default]\nk = a\0b", 17), "FILE:2: The line holds a NUL byte"},
    {std::string("\0", 1), "FILE:1: The line holds a NUL byte"},
    {"[default]\nk = \xff", "FILE:2: The line is not valid UTF-8"},
    {"[default]\nk = \xc3", "FILE:2: The line is not valid UTF-8"},
    {std::string("\xff\xfe[\0d\0", 6), "FILE:1: The line holds a NUL byte"},
};

}  // namespace

BOOST_DATA_TEST_CASE(lines, data::make(kLines), row) {
  BOOST_TEST(value_in(row.lines) == row.value);
}

BOOST_DATA_TEST_CASE(refusals, data::make(kRefused), row) {
  BOOST_TEST(refusal(row.bytes) == row.hint);
}

BOOST_AUTO_TEST_CASE(a_byte_order_mark_is_dropped) {
  BOOST_TEST(value_of("\xEF\xBB\xBF[profile x]\nk = v", "k") == "v");
}

BOOST_AUTO_TEST_CASE(refusals_hold_no_byte_of_the_line) {
  for (const std::string bytes :
       {"[default]\nhunter2", "hunter2 = x", "[default]\nk =\n hunter2", "[hunter2"}) {
    BOOST_TEST(refusal(bytes).find("hunter2") == std::string::npos, bytes);
  }
}

BOOST_AUTO_TEST_CASE(a_path_is_shown_without_control_bytes) {
  const auto file = wire::parse_shared_config("x", ConfigKind::config, "a\x1b[31m");
  BOOST_TEST_REQUIRE(!file.has_value());
  BOOST_TEST(file.error().message.find('\x1b') == std::string::npos);
  BOOST_TEST(file.error().hints.front().find('\x1b') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(section_names) {
  for (const std::string header : {"[profile x]", "[ profile x ]", "[profile\tx]", "[profile   x\t]",
                                   "[profile x] # c", "[profile x]; c", "[profile \"x\"]"}) {
    BOOST_TEST(parsed(header).profiles.contains("x"), header);
  }
  BOOST_TEST(parsed("[profile \"two words\"]").profiles.contains("two words"));
  BOOST_TEST(parsed("[profile \"a#b;c\"] # d").profiles.contains("a#b;c"));
  BOOST_TEST(parsed("[profile a-b:c/d_e%f.g@h+I9]").profiles.contains("a-b:c/d_e%f.g@h+I9"));
  BOOST_TEST(parsed("[sso-session s]").sso_sessions.contains("s"));
  BOOST_TEST(parsed("[services s]").services.contains("s"));
  BOOST_TEST(parsed("[x]", ConfigKind::credentials).profiles.contains("x"));
  BOOST_TEST(parsed("[default]", ConfigKind::credentials).profiles.contains("default"));
  BOOST_TEST(parsed("[profile]", ConfigKind::credentials).profiles.contains("profile"));
}

BOOST_AUTO_TEST_CASE(ignored_sections_are_said) {
  for (const std::string header : {"[]", "[profile]", "[profile ]", "[profile two words]", "[profile x!]",
                                   "[profilex]", "[x]", "[Profile x]", "[profile \"a\" \"b\"]",
                                   "[profile \"a]", "[sso-sesion s]", "[profile \"\"]", "[a]]"}) {
    const auto file = parsed("[profile keep]\n" + header + "\nk = v\n");
    BOOST_TEST(file.profiles.size() == 1u, header);
    BOOST_TEST(file.notes.size() == 1u, header);
    BOOST_TEST(file.notes.front().line == 2, header);
  }
  BOOST_TEST(only_note("[work]") ==
             "1: section [work] ignored: in the config file it would be [profile work]");
  BOOST_TEST(only_note("[profile work]", ConfigKind::credentials)
                 .starts_with("1: section ignored: in the credentials file"));
}

BOOST_AUTO_TEST_CASE(ignored_properties_are_said_without_their_names) {
  const auto file = parsed("[profile x]\na b = v\n more\nk = v");
  BOOST_TEST(file.profiles.at("x").size() == 1u);
  BOOST_TEST_REQUIRE(file.notes.size() == 1u);
  BOOST_TEST(file.notes[0].text ==
             "property ignored: its name has other bytes than letters, digits and _-/.%@:+");
}

BOOST_AUTO_TEST_CASE(what_looks_like_a_mistake_is_said) {
  BOOST_TEST(only_note("[profile x]\nk = 1\nk = 2") == "3: k is set again, line 2 has no effect");
  BOOST_TEST(only_note("[profile x]\nk = a\rb") ==
             "2: a carriage return inside the line is part of the value");
  BOOST_TEST(only_note("[profile x]\nk = \u00a0v") == "2: a no-break space beside the value is part of it");
  BOOST_TEST(parsed("[profile x]\nk = 1\n[profile x]\nl = 2").notes.empty());
}

BOOST_AUTO_TEST_CASE(profile_default_beats_default) {
  for (const std::string bytes :
       {"[default]\na = 1\n[profile default]\nb = 2", "[profile default]\nb = 2\n[default]\na = 1",
        "[profile \"default\"]\nb = 2\n[default]\na = 1"}) {
    const auto file = parsed(bytes);
    BOOST_TEST(!file.profiles.at("default").contains("a"), bytes);
    BOOST_TEST(file.profiles.at("default").at("b").value == "2", bytes);
    BOOST_TEST(file.notes.size() == 1u);
  }
  BOOST_TEST(parsed("[default]").profiles.contains("default"));
  BOOST_TEST(parsed("[profile default]").profiles.contains("default"));
  BOOST_TEST(parsed("").profiles.empty());
}

BOOST_AUTO_TEST_CASE(nested_values) {
  const auto file = parsed(
      "[services s]\nSTS =  # of both\n  Endpoint_URL = http://h # c\n\n  b c =\n next = x\nk = v\n  l = w");
  const auto& sts = file.services.at("s").at("sts");
  BOOST_TEST(sts.line == 2);
  BOOST_TEST(sts.nested.at("endpoint_url") == "http://h");
  BOOST_TEST(sts.nested.at("b c").empty());
  BOOST_TEST(sts.nested.size() == 3u);
  BOOST_TEST(file.services.at("s").at("k").nested.empty());
}

BOOST_AUTO_TEST_CASE(lines_and_files_have_limits) {
  const std::string start = "k = ";
  const std::string longest = start + std::string(wire::kMaxConfigLineBytes - start.size(), 'v');
  BOOST_TEST(value_in(longest).size() == wire::kMaxConfigLineBytes - start.size());
  BOOST_TEST(refusal("[default]\n" + longest + "v") == "FILE:2: The line is longer than 65536 bytes");
  std::string file = "[default]\n";
  while (file.size() < wire::kMaxConfigBytes)
    file += "# " + std::string(1021, 'c') + "\n";
  file.resize(wire::kMaxConfigBytes);
  BOOST_TEST(parsed(file).profiles.size() == 1u);
  BOOST_TEST(refusal(file + "\n") == "FILE:1: The file is longer than 16777216 bytes");
}

BOOST_AUTO_TEST_CASE(notes_are_not_endless) {
  std::string bytes = "[profile x]\n";
  for (int i = 0; i < 1'101; ++i)
    bytes += "k = v\n";
  const auto file = parsed(bytes);
  BOOST_TEST(file.notes.size() == 101u);
  BOOST_TEST(file.notes.back().text == "and 1000 more notes on this file");
}

BOOST_AUTO_TEST_CASE(a_hundred_thousand_continuations) {
  std::string file = "[profile x]\nk = v\n";
  for (int i = 0; i < 100'000; ++i)
    file += " w\n";
  BOOST_TEST(value_of(file, "k").size() == 200'001u);
}

namespace {

// Whatever it is, it is read as the second reader reads it, and what was read
// can be written and read again.
void check_like_the_fuzzer(const std::string& bytes, ConfigKind kind) {
  const auto file = wire::parse_shared_config(bytes, kind, "FILE");
  const auto expected = oracle::read(bytes, kind);
  BOOST_TEST(file.has_value() == expected.has_value());
  if (!file || !expected) return;
  BOOST_TEST((oracle::plain(*file) == *expected));
  const auto again = wire::parse_shared_config(oracle::write(*expected, kind), kind, "FILE");
  BOOST_TEST_REQUIRE(again.has_value());
  BOOST_TEST((oracle::plain(*again) == *expected));
}

bool add_corpus() {
  const auto folder = test::conformance("profiles");
  if (!folder) return test::add_skipped("profiles/fuzz-corpus");
  for (const auto& [name, kind] : {std::pair("parse_config_profile", ConfigKind::config),
                                   std::pair("parse_credentials_profile", ConfigKind::credentials)}) {
    const auto corpus = *folder / "fuzz-corpus" / name;
    if (!std::filesystem::is_directory(corpus)) continue;
    for (const auto& file : test::files_named(corpus, "")) {
      test::add_case("fuzz-corpus/" + std::string(name) + "/" + file.filename().string(),
                     [file, kind] { check_like_the_fuzzer(test::read_text(file.string()), kind); });
    }
  }
  return true;
}
const bool kAdded = add_corpus();

}  // namespace
