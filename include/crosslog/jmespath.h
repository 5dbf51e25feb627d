// JMESPath: the query language of the AWS CLI's --query, over Documents.
//
// What it accepts, gives and says when something is wrong is what the Python
// implementation in the AWS CLI (jmespath 1.0.1) accepts, gives and says, also where
// that departs from the specification: strings have an order, a literal that is no
// JSON is a string, a comma may be missing in a hash, the projection of `a.*.b.c` ends before c.
// Where a Document holds less than Python does: an integer that grows beyond 64 bits
// becomes a double, half a surrogate pair is U+FFFD, and a literal with such a number,
// with NaN inside or with a member twice is refused.
#ifndef CROSSLOG_JMESPATH_H_
#define CROSSLOG_JMESPATH_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "crosslog/document.h"
#include "crosslog/error.h"

namespace crosslog {

namespace query {
struct Node;
}

// No expression takes more than this of a process. Beyond: Errc::invalid_argument.
struct JmespathLimits {
  std::size_t max_expression = 64u << 10;         // bytes
  std::size_t max_depth = 128;                    // of parts inside each other, and of calls
  std::uint64_t max_steps = 100'000'000;          // of one search: a part applied to a value is a step
  std::size_t max_memory = std::size_t{1} << 30;  // of one search: what it makes, result included, in bytes
};

// An expression that has been read. search() is const and thread-safe.
class Jmespath {
 public:
  // Errc::invalid_argument; the message is Python's, of several lines: the last is a
  // caret under the place.
  [[nodiscard]] static Result<Jmespath> parse(std::string_view expression, JmespathLimits limits = {});

  // What the expression selects; null when nothing. Errc::invalid_argument when a function is
  // unknown, or is given something that it does not take: the message then shows
  // that value, as the AWS CLI does.
  [[nodiscard]] Result<Document> search(const Document& document) const;

  Jmespath(Jmespath&&) noexcept;
  Jmespath& operator=(Jmespath&&) noexcept;
  ~Jmespath();

 private:
  Jmespath(std::unique_ptr<const query::Node> root, JmespathLimits limits) noexcept;

  std::unique_ptr<const query::Node> root_;
  JmespathLimits limits_;
};

}  // namespace crosslog

#endif  // CROSSLOG_JMESPATH_H_
