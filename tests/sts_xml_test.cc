// The XML reader: every case under tests/data/sts_xml (a tree, or a refusal with
// its reason and offset), what is too big to keep as a file, and the recorded
// answers of AWS's query services, whose every value must stand in the tree.
#define BOOST_TEST_MODULE sts_xml
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/conformance.h"
#include "tests/support/json.h"
#include "wire/sts_xml.h"

namespace {

namespace json = boost::json;
using crosslog::Errc;
using crosslog::test::add_case;
using crosslog::wire::parse_sts_xml;
using crosslog::wire::XmlElement;

json::object to_json(const XmlElement& element) {
  json::object out{{"name", element.name}};
  if (!element.text.empty()) out["text"] = element.text;
  if (element.children.empty()) return out;
  auto& children = out["children"].emplace_array();
  for (const auto& child : element.children)
    children.push_back(to_json(child));
  return out;
}

std::string refusal(std::string_view reason, std::size_t offset) {
  return "Unable to parse response (" + std::string(reason) + " at byte " + std::to_string(offset) +
         "), invalid XML received. Further retries may succeed.";
}

void check_refused(std::string_view body, std::string_view reason, std::size_t offset) {
  const auto tree = parse_sts_xml(body);
  BOOST_REQUIRE(!tree);
  BOOST_TEST(tree.error().message == refusal(reason, offset));
  BOOST_TEST((tree.error().code == Errc::protocol));
  BOOST_TEST(tree.error().http_status == 0);
}

void check_offsets(const XmlElement& element, std::string_view body) {
  BOOST_REQUIRE(element.offset < body.size());
  BOOST_TEST(body[element.offset] == '<');
  for (const auto& child : element.children)
    check_offsets(child, body);
}

void check_own_case(const std::filesystem::path& folder) {
  const auto body = crosslog::test::read_text(folder / "body.xml");
  const auto expected = crosslog::test::read_json(folder / "expected.json").as_object();
  if (const auto* reason = expected.if_contains("reason")) {
    return check_refused(body, std::string(reason->as_string()),
                         expected.at("offset").to_number<std::size_t>());
  }
  const auto tree = parse_sts_xml(body);
  if (!tree) BOOST_FAIL(tree.error().message);
  BOOST_TEST(json::serialize(to_json(tree->root())) == json::serialize(expected.at("tree")));
  check_offsets(tree->root(), body);
}

// Whether an element holds `name` and `text`: as its own, or as an <entry>'s.
bool holds(const XmlElement& element, std::string_view name, std::string_view text) {
  if (element.name == name && element.text == text) return true;
  const auto* key = element.child("key");
  const auto* value = element.child("value");
  if (key != nullptr && value != nullptr && key->text == name && value->text == text) return true;
  for (const auto& child : element.children) {
    if (holds(child, name, text)) return true;
  }
  return false;
}

void check_values(const XmlElement& root, std::string_view name, const json::value& expected) {
  if (const auto* object = expected.if_object()) {
    for (const auto& [key, value] : *object) {
      if (key != "HTTPStatusCode") check_values(root, key, value);
    }
  } else if (const auto* list = expected.if_array()) {
    for (const auto& value : *list)
      check_values(root, name, value);
  } else {
    const std::string text =
        expected.is_string() ? std::string(expected.as_string()) : json::serialize(expected);
    const std::string alone(name);
    BOOST_TEST((holds(root, name, text) || holds(root, "member", text)),
               "no " << alone << " with the text " << text);
  }
}

// Whether a refusal is right where botocore reads on: it never reads the body of
// a 5xx that is not XML, and it accepts document types.
bool may_be_refused(const json::object& vector, const std::string& body) {
  const auto* status = vector.if_contains("status");
  return (status != nullptr && status->as_int64() >= 500) || body.find("<!DOCTYPE") != std::string::npos;
}

void check_recorded(const std::filesystem::path& path) {
  const auto vector = crosslog::test::read_json(path).as_object();
  const auto* inner = vector.if_contains("expected");
  const auto& expected = inner != nullptr ? inner->as_object() : vector;
  const auto body = crosslog::test::read_text(std::filesystem::path(path).replace_extension(".xml"));
  const auto tree = parse_sts_xml(body);
  if (expected.contains("raises")) {
    BOOST_TEST(!tree);
  } else if (!tree) {
    BOOST_TEST(may_be_refused(vector, body), tree.error().message);
  } else if (!expected.contains("error")) {
    check_values(tree->root(), "", expected);
  }
}

const bool registered = [] {
  for (const auto& entry : std::filesystem::directory_iterator(crosslog::test::own_cases("sts_xml"))) {
    add_case("own/" + entry.path().filename().string(), [folder = entry.path()] { check_own_case(folder); });
  }
  const auto folder = crosslog::test::conformance("query-xml");
  if (!folder) return crosslog::test::add_skipped("query-xml");
  for (const auto& entry : std::filesystem::recursive_directory_iterator(*folder)) {
    const auto xml = std::filesystem::path(entry.path()).replace_extension(".xml");
    if (entry.path().extension() != ".json" || !std::filesystem::exists(xml)) continue;
    add_case("query-xml/" + std::filesystem::relative(entry.path(), *folder).string(),
             [path = entry.path()] { check_recorded(path); });
  }
  return true;
}();

constexpr std::string_view kAnswer =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<r:AssumeRoleResponse xmlns:r='u'><r:AssumeRoleResult "
    "a=\"&amp;\"><!-- c --><r:Credentials><r:SessionToken>CANARY<![CDATA[+/]]>&#x3D;</r:SessionToken>"
    "</r:Credentials></r:AssumeRoleResult></r:AssumeRoleResponse>\n";

}  // namespace

BOOST_AUTO_TEST_CASE(cut_at_every_byte_is_refused_without_a_byte_of_it) {
  BOOST_REQUIRE(parse_sts_xml(kAnswer));
  for (std::size_t size = 0; size + 1 < kAnswer.size(); ++size) {
    const auto tree = parse_sts_xml(kAnswer.substr(0, size));
    BOOST_TEST_CONTEXT("cut after " << size << " bytes") {
      BOOST_REQUIRE(!tree);
      BOOST_TEST((tree.error().code == Errc::protocol));
      BOOST_TEST(tree.error().message.find(" at byte ") != std::string::npos);
      BOOST_TEST(tree.error().message.find("CAN") == std::string::npos);
    }
  }
}

BOOST_AUTO_TEST_CASE(depth_without_end_is_refused) {
  std::string body;
  for (int i = 0; i < 20'000; ++i)
    body += "<a>";
  check_refused(body, "too many elements inside each other", 48);
  const auto longer = std::string(300'000, '<');
  check_refused(longer, "too long", 65'536);
}

BOOST_AUTO_TEST_CASE(attributes_have_a_limit_over_all_elements) {
  const auto elements = [](std::size_t count) {
    std::string body = "<a>";
    for (std::size_t i = 0; i < count; ++i)
      body += "<b x='1' y='2'/>";
    return body + "</a>";
  };
  BOOST_TEST(parse_sts_xml(elements(128)).has_value());
  check_refused(elements(129), "too many attributes", 3 + 128 * 16 + 3);
  std::string one = "<a";
  for (int i = 0; i < 1000; ++i)
    one += " a" + std::to_string(i) + "='1'";
  BOOST_TEST(!parse_sts_xml(one + "/>"));
}

BOOST_AUTO_TEST_CASE(sixty_four_kibibytes_and_not_one_more) {
  const auto body = [](std::size_t size) { return "<a>" + std::string(size - 7, 'x') + "</a>"; };
  BOOST_TEST(parse_sts_xml(body(65'536)).has_value());
  check_refused(body(65'537), "too long", 65'536);
}

BOOST_AUTO_TEST_CASE(the_limits_are_the_caller_s) {
  BOOST_TEST(parse_sts_xml("<a><b/></a>", {.max_depth = 2}).has_value());
  BOOST_TEST(!parse_sts_xml("<a><b/></a>", {.max_depth = 1}).has_value());
  BOOST_TEST(!parse_sts_xml("<a x='1'/>", {.max_attributes = 0}).has_value());
  BOOST_TEST(!parse_sts_xml("<a/>", {.max_bytes = 3}).has_value());
}

BOOST_AUTO_TEST_CASE(what_came_instead_of_xml_is_named) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "empty"}, {"<html></html>", "HTML"}, {"{}", "JSON"}, {"no healthy upstream", "plain text"}};
  for (const auto& [body, what] : cases) {
    const auto tree = parse_sts_xml(body);
    BOOST_REQUIRE(!tree);
    BOOST_REQUIRE(tree.error().hints.size() == 1u);
    BOOST_TEST(tree.error().hints[0] ==
               "The answer is " + what +
                   ", not XML: a proxy or a captive portal may have answered in place of AWS.");
  }
}

BOOST_AUTO_TEST_CASE(a_tree_may_be_moved) {
  auto tree = parse_sts_xml("<a><b>&lt;v&gt;</b></a>");
  BOOST_REQUIRE(tree);
  const auto moved = std::move(*tree);
  const auto* b = moved.root().child("b");
  BOOST_REQUIRE(b != nullptr);
  BOOST_TEST(b->text == "<v>");
  BOOST_TEST(moved.root().child("c") == nullptr);
}

// Texts are looked at and copied in pieces: each byte, at each place of one.
BOOST_AUTO_TEST_CASE(every_byte_at_every_place_of_a_text) {
  for (std::size_t at = 0; at < 40; ++at) {
    for (unsigned c = 0; c < 256; ++c) {
      std::string text(40, 't');
      text[at] = static_cast<char>(c);
      const auto tree = parse_sts_xml("<a>" + text + "</a>");
      const bool illegal = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c >= 0x80;
      if (illegal) {
        BOOST_REQUIRE(!tree);
        BOOST_REQUIRE(tree.error().message == refusal("an illegal character", at + 3));
      } else if (c == '<' || c == '&') {
        BOOST_REQUIRE(!tree);
      } else {
        BOOST_REQUIRE(tree);
        if (c == '\r') text[at] = '\n';
        BOOST_REQUIRE(tree->root().text == text);
      }
    }
  }
}
