// Looks for secrets in this process's own memory: every writable mapping, read
// through /proc/self/mem. What is looked for is kept masked (every byte
// inverted), so that the search does not find itself; the window that is read
// into is wiped and left out.
#ifndef CROSSLOG_TESTS_SUPPORT_MEMORY_SCAN_H_
#define CROSSLOG_TESTS_SUPPORT_MEMORY_SCAN_H_

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace crosslog::test {

inline std::string masked(std::string_view text) {
  std::string result;
  for (const char c : text)
    result.push_back(static_cast<char>(~c));
  return result;
}

// In place, and for certain.
inline void overwrite(std::string& text) {
  volatile char* bytes = text.data();
  for (std::size_t i = 0; i < text.size(); ++i)
    bytes[i] = '.';
}

struct Hit {
  std::size_t which;    // index of the masked text
  std::string mapping;  // its line of /proc/self/maps
  std::uintptr_t address;
};

namespace detail {

inline bool is_at(const unsigned char* bytes, const std::string& masked_text) {
  for (std::size_t i = 0; i < masked_text.size(); ++i) {
    if (bytes[i] != static_cast<unsigned char>(~masked_text[i])) return false;
  }
  return true;
}

}  // namespace detail

inline std::vector<Hit> scan(const std::vector<std::string>& masked_texts) {
  struct Mapping {
    std::uintptr_t first, last;
    std::string line;
  };
  std::vector<Mapping> mappings;
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    Mapping mapping{};
    char access[5] = {};
    if (std::sscanf(line.c_str(), "%lx-%lx %4s", &mapping.first, &mapping.last, access) != 3) continue;
    if (access[1] != 'w') continue;
    mapping.line = std::move(line);
    mappings.push_back(std::move(mapping));
  }
  std::vector<Hit> found;
  const int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  for (const Mapping& mapping : mappings) {
    constexpr std::size_t kShadow = std::size_t{1} << 30;  // a sanitizer's own
    const std::size_t size = mapping.last - mapping.first;
    if (size >= kShadow) continue;
    auto* window = static_cast<unsigned char*>(
        mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    if (window == MAP_FAILED) continue;
    const ssize_t got = pread(memory, window, size, static_cast<off_t>(mapping.first));
    const std::size_t read = got < 0 ? 0 : static_cast<std::size_t>(got);
    for (std::size_t which = 0; which < masked_texts.size(); ++which) {
      const std::string& text = masked_texts[which];
      for (std::size_t at = 0; at + text.size() <= read; ++at) {
        if (detail::is_at(window + at, text)) found.push_back({which, mapping.line, mapping.first + at});
      }
    }
    munmap(window, size);
  }
  close(memory);
  return found;
}

inline std::size_t hits(const std::vector<std::string>& masked_texts) {
  return scan(masked_texts).size();
}

}  // namespace crosslog::test

#endif  // CROSSLOG_TESTS_SUPPORT_MEMORY_SCAN_H_
