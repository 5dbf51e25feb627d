#define BOOST_TEST_MODULE fresh_memory
#include "base/fresh_memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

using crosslog::base::bring_in;

namespace {

const auto kPage = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));

class Mapping {
 public:
  explicit Mapping(std::size_t pages)
      : size_(pages * kPage),
        bytes_(static_cast<char*>(
            mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))) {
    BOOST_REQUIRE(static_cast<void*>(bytes_) != MAP_FAILED);
  }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() { munmap(bytes_, size_); }
  [[nodiscard]] char* at(std::size_t offset) const { return bytes_ + offset; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t pages_there() const {
    std::vector<unsigned char> there(size_ / kPage);
    BOOST_REQUIRE(mincore(bytes_, size_, there.data()) == 0);
    return static_cast<std::size_t>(
        std::count_if(there.begin(), there.end(), [](unsigned char one) { return (one & 1) != 0; }));
  }

 private:
  std::size_t size_;
  char* bytes_;
};

boost::test_tools::assertion_result kernel_can(boost::unit_test::test_unit_id) {
  const Mapping probe(1);
  return madvise(probe.at(0), kPage, 23) == 0;
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_whole_pages_within_come_and_no_others, *boost::unit_test::precondition(kernel_can)) {
  const Mapping memory(100);
  bring_in(memory.at(kPage / 2), 60 * kPage);
  BOOST_TEST(memory.pages_there() == 59u);
}

BOOST_AUTO_TEST_CASE(what_is_written_stays) {
  const Mapping memory(100);
  *memory.at(0) = 'a';
  *memory.at(50 * kPage) = 'b';
  bring_in(memory.at(0), memory.size());
  bring_in(memory.at(0), memory.size());
  BOOST_TEST(*memory.at(0) == 'a');
  BOOST_TEST(*memory.at(50 * kPage) == 'b');
  BOOST_TEST(*memory.at(1) == '\0');
}

BOOST_AUTO_TEST_CASE(little_and_nothing_are_left_alone) {
  const Mapping memory(100);
  bring_in(memory.at(0), kPage);
  bring_in(memory.at(0), 0);
  bring_in(nullptr, 0);
  BOOST_TEST(memory.pages_there() == 0u);
}

BOOST_AUTO_TEST_CASE(a_promise_is_not_believed_without_bounds) {
  const Mapping memory((64u << 20) / kPage);
  bring_in(memory.at(0), memory.size());
  BOOST_TEST(memory.pages_there() <= (4u << 20) / kPage);
}
