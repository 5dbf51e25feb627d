#define BOOST_TEST_MODULE document
#include "crosslog/document.h"

#include <boost/test/unit_test.hpp>

using crosslog::Document;

BOOST_AUTO_TEST_CASE(each_kind_answers_for_itself_alone) {
  const Document null, yes = true, small = 7, number = 1.5, text = "t", list = Document::List{1, 2};
  const Document map = Document::Map{{"a", 1}};
  BOOST_TEST(null.is_null());
  BOOST_TEST(*yes.boolean());
  BOOST_TEST(*small.integer() == 7);
  BOOST_TEST(*number.number() == 1.5);
  BOOST_TEST(*text.string() == "t");
  BOOST_TEST(list.list()->size() == 2u);
  BOOST_TEST(map.map()->size() == 1u);
  BOOST_TEST((yes.integer() == nullptr && small.number() == nullptr && number.integer() == nullptr));
  BOOST_TEST(
      (text.map() == nullptr && list.map() == nullptr && map.list() == nullptr && null.string() == nullptr));
}

BOOST_AUTO_TEST_CASE(members_are_found_by_name) {
  const Document document = Document::Map{{"a", 1}, {"b", nullptr}, {"", "empty"}};
  BOOST_TEST(*document.find("a")->integer() == 1);
  BOOST_TEST(document.find("b")->is_null());
  BOOST_TEST(*document.find("")->string() == "empty");
  BOOST_TEST(document.find("c") == nullptr);
  BOOST_TEST(Document("a").find("a") == nullptr);
  BOOST_TEST(Document().find("a") == nullptr);
}

BOOST_AUTO_TEST_CASE(setting_keeps_the_order) {
  Document document;
  document.set("z", 1);
  document.set("a", 2);
  document.set("z", "again");
  BOOST_TEST_REQUIRE(document.map()->size() == 2u);
  BOOST_TEST((*document.map())[0].first == "z");
  BOOST_TEST(*(*document.map())[0].second.string() == "again");
  BOOST_TEST(*document.find("a")->integer() == 2);
}

BOOST_AUTO_TEST_CASE(equality_is_of_kind_value_and_order) {
  BOOST_TEST((Document(1) == Document(1)));
  BOOST_TEST((Document(1) != Document(1.0)));
  BOOST_TEST((Document() != Document(false)));
  BOOST_TEST((Document(Document::Map{{"a", 1}, {"b", 2}}) != Document(Document::Map{{"b", 2}, {"a", 1}})));
}
