#define BOOST_TEST_MODULE secret
#include <sys/resource.h>

#include <array>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "crosslog/credentials.h"
#include "tests/support/memory_scan.h"

using crosslog::Secret;

namespace {

// Written apart, so that the program's own text never holds it in one piece.
std::string marker() {
  std::string text = "wJalrXUtnFEMI";
  text += "-MARKER-";
  text += "in-this-test";
  return text;
}

// The VmFlags line of the mapping that holds `address` (proc(5)).
std::string flags_of(const void* address) {
  std::ifstream maps("/proc/self/smaps");
  bool here = false;
  for (std::string line; std::getline(maps, line);) {
    std::uintptr_t first = 0;
    std::uintptr_t last = 0;
    if (std::sscanf(line.c_str(), "%lx-%lx ", &first, &last) == 2) {
      const auto at = reinterpret_cast<std::uintptr_t>(address);
      here = at >= first && at < last;
    }
    if (here && line.starts_with("VmFlags:")) return line + " ";
  }
  return {};
}

}  // namespace

BOOST_AUTO_TEST_CASE(holds_what_it_was_given) {
  BOOST_TEST(Secret().empty());
  BOOST_TEST(Secret("").empty());
  BOOST_TEST(Secret().reveal() == "");
  const Secret secret(std::string_view("a\0b", 3));
  BOOST_TEST(!secret.empty());
  BOOST_TEST(secret.reveal() == std::string_view("a\0b", 3));
}

BOOST_AUTO_TEST_CASE(any_length_fits) {
  for (const std::size_t size : {1u, 4095u, 4096u, 4097u, 32'768u, 100'000u}) {
    const std::string text(size, 'x');
    BOOST_TEST((Secret(text).reveal() == text), size);
  }
}

BOOST_AUTO_TEST_CASE(what_is_replaced_leaves_its_copies) {
  Secret one("one");
  const Secret two = one;
  one = Secret("other");
  BOOST_TEST(two.reveal() == "one");
  BOOST_TEST(one.reveal() == "other");
}

BOOST_AUTO_TEST_CASE(copies_share_one_mapping_until_the_last_is_gone) {
  auto first = std::make_unique<const Secret>("shared");
  const Secret second = *first;
  const Secret none = Secret();
  BOOST_TEST(static_cast<const void*>(second.reveal().data()) ==
             static_cast<const void*>(first->reveal().data()));
  first.reset();
  BOOST_TEST(second.reveal() == "shared");
  BOOST_TEST((Secret(none).empty()));
}

BOOST_AUTO_TEST_CASE(threads_copy_and_let_go_at_will) {
  const Secret secret("between threads");
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 1000; ++round) {
        const Secret copy = secret;
        if (copy.reveal() != "between threads") ++wrong;
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  BOOST_TEST(wrong == 0);
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

BOOST_AUTO_TEST_CASE(equality_is_of_all_bytes) {
  const Secret secret("secret");
  BOOST_TEST(secret.equals(Secret("secret")));
  BOOST_TEST(secret.equals(std::string_view("secret")));
  for (const char* other : {"", "secre", "secrets", "Secret", "secreT"})
    BOOST_TEST(!secret.equals(Secret(other)), other);
  BOOST_TEST(Secret().equals(Secret()));
  BOOST_TEST(!Secret().equals(secret));
}

BOOST_AUTO_TEST_CASE(no_core_dump_holds_it) {
  const Secret secret("secret");
  const std::string flags = flags_of(secret.reveal().data());
  BOOST_REQUIRE(!flags.empty());
  BOOST_TEST(flags.find(" dd ") != std::string::npos, flags);
  const Secret copy = secret;
  BOOST_TEST(flags_of(copy.reveal().data()).find(" dd ") != std::string::npos);
}

// The limit on locked memory is small on some machines: then it works unlocked.
BOOST_AUTO_TEST_CASE(memory_that_cannot_be_locked_is_used_all_the_same) {
  rlimit before{};
  BOOST_REQUIRE(getrlimit(RLIMIT_MEMLOCK, &before) == 0);
  const rlimit none{.rlim_cur = 0, .rlim_max = before.rlim_max};
  BOOST_REQUIRE(setrlimit(RLIMIT_MEMLOCK, &none) == 0);
  const Secret secret("secret");
  BOOST_TEST(secret.reveal() == "secret");
  BOOST_TEST(flags_of(secret.reveal().data()).find(" dd ") != std::string::npos);
  BOOST_REQUIRE(setrlimit(RLIMIT_MEMLOCK, &before) == 0);
}

BOOST_AUTO_TEST_CASE(nothing_is_left_in_memory) {
  std::string text = marker();
  std::vector<std::string> masked{crosslog::test::masked(text)};
  {
    Secret secret(text);
    crosslog::test::overwrite(text);
    BOOST_TEST(crosslog::test::hits(masked) == 1u, "the scan finds what is there");
    Secret copy = secret;
    BOOST_TEST(crosslog::test::hits(masked) == 1u, "a copy shares");
    secret = Secret("replaced");
    BOOST_TEST(crosslog::test::hits(masked) == 1u);
    const Secret moved = std::move(copy);
    BOOST_TEST(crosslog::test::hits(masked) == 1u);
    secret = moved;
    secret = Secret();
  }
  BOOST_TEST(crosslog::test::hits(masked) == 0u);
}

static_assert(!std::is_convertible_v<Secret, std::string_view>);
static_assert(!std::is_convertible_v<std::string_view, Secret>);
static_assert(std::is_nothrow_move_constructible_v<Secret>);
