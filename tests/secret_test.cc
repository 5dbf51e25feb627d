#define BOOST_TEST_MODULE secret
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

#include "crosslog/credentials.h"

using crosslog::Secret;

namespace {

constexpr char kMarker[] = "wJalrXUtnFEMI-MARKER";
bool watching = false;
int freed_with_marker = 0;

// What goes back to the heap, looked at: a secret must be gone by then.
void release(void* memory, std::size_t size) noexcept {
  if (watching && memory != nullptr && size >= sizeof(kMarker) - 1 &&
      std::memcmp(memory, kMarker, sizeof(kMarker) - 1) == 0) {
    ++freed_with_marker;
  }
  std::free(memory);
}

}  // namespace

void* operator new[](std::size_t size) {
  void* memory = std::malloc(size < sizeof(kMarker) ? sizeof(kMarker) : size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
void operator delete[](void* memory) noexcept {
  release(memory, sizeof(kMarker));
}
void operator delete[](void* memory, std::size_t) noexcept {
  release(memory, sizeof(kMarker));
}

BOOST_AUTO_TEST_CASE(holds_what_it_was_given) {
  BOOST_TEST(Secret().empty());
  BOOST_TEST(Secret("").empty());
  BOOST_TEST(Secret().reveal() == "");
  const Secret secret(std::string_view("a\0b", 3));
  BOOST_TEST(!secret.empty());
  BOOST_TEST(secret.reveal() == std::string_view("a\0b", 3));
}

BOOST_AUTO_TEST_CASE(copies_are_independent) {
  Secret one("one");
  const Secret two = one;
  one = Secret("other");
  BOOST_TEST(two.reveal() == "one");
  BOOST_TEST(one.reveal() == "other");
  const Secret three = two;
  BOOST_TEST(static_cast<const void*>(three.reveal().data()) !=
             static_cast<const void*>(two.reveal().data()));
}

BOOST_AUTO_TEST_CASE(what_is_moved_from_is_empty) {
  Secret one("one");
  Secret two = std::move(one);
  BOOST_TEST(two.reveal() == "one");
  BOOST_TEST(one.empty());
  BOOST_TEST(one.reveal() == "");
  Secret& same = two;
  two = same;
  BOOST_TEST(two.reveal() == "one");
}

BOOST_AUTO_TEST_CASE(nothing_goes_back_to_the_heap_unwiped) {
  watching = true;
  {
    Secret secret(kMarker);
    Secret copy = secret;
    secret = Secret("replaced");
    const Secret moved = std::move(copy);
    secret = moved;
    secret = Secret();
  }
  watching = false;
  BOOST_TEST(freed_with_marker == 0);
}

BOOST_AUTO_TEST_CASE(the_watch_itself_works) {
  watching = true;
  void* plain = ::operator new[](sizeof(kMarker));  // a new-expression might be left out
  std::memcpy(plain, kMarker, sizeof(kMarker));
  ::operator delete[](plain);
  watching = false;
  BOOST_TEST(freed_with_marker == 1);
}

static_assert(!std::is_convertible_v<Secret, std::string_view>);
static_assert(!std::is_convertible_v<std::string_view, Secret>);
static_assert(std::is_nothrow_move_constructible_v<Secret>);
