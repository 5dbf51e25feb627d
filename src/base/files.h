// Descriptors, and the one way to read a file: without hanging (a FIFO), without
// bound (/dev/zero) or leaking into a child.
#ifndef CROSSLOG_SRC_BASE_FILES_H_
#define CROSSLOG_SRC_BASE_FILES_H_

#include <cstddef>
#include <optional>
#include <string>

#include "crosslog/error.h"
#include "crosslog/host.h"

namespace crosslog::base {

// Owns a file descriptor, or none (negative).
class Descriptor {
 public:
  explicit Descriptor(int number) noexcept : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  [[nodiscard]] int get() const noexcept { return number_; }
  [[nodiscard]] bool is_open() const noexcept { return number_ >= 0; }
  // Whoever takes it closes it.
  [[nodiscard]] int release() noexcept;

 private:
  int number_;
};

// Whom a file must belong to before it is believed.
enum class Trust { anybody, only_me };

// Host::read_file, Host::read_private_file.
[[nodiscard]] Result<std::optional<File>> read_regular_file(const std::string& path, std::size_t max_bytes,
                                                            Trust trust);

// "No such file or directory"
[[nodiscard]] std::string reason_of(int error);

}  // namespace crosslog::base

#endif  // CROSSLOG_SRC_BASE_FILES_H_
