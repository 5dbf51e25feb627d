// Python's shlex differs from a shell in two places, and so does this: a
// backslash before a line break keeps the line break, and inside double quotes a
// backslash means something before a quote or another backslash only.
#include "base/words.h"

#include <utility>

namespace crosslog::base {
namespace {

bool is_blank(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

class Splitter {
 public:
  explicit Splitter(std::string_view text) noexcept : rest_(text) {}

  Result<std::vector<std::string>> split() {
    while (!rest_.empty()) {
      const char c = next();
      if (is_blank(c)) {
        end_word();
      } else if (!(c == '\\' ? escaped() : c == '\'' || c == '"' ? quoted(c) : plain(c))) {
        return fail(Errc::configuration, fault_);
      }
    }
    end_word();
    return std::move(words_);
  }

 private:
  char next() noexcept {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  bool refuse(const char* fault) noexcept {
    fault_ = fault;
    return false;
  }

  bool plain(char c) {
    word_ += c;
    in_word_ = true;
    return true;
  }

  bool escaped() { return rest_.empty() ? refuse("No escaped character") : plain(next()); }

  // Behind the opening quote. "''" is a word, an empty one.
  bool quoted(char quote) {
    in_word_ = true;
    while (!rest_.empty()) {
      const char c = next();
      if (c == quote) return true;
      if (c == '\\' && quote == '"') {
        if (rest_.empty()) return refuse("No escaped character");
        if (rest_.front() != '"' && rest_.front() != '\\') word_ += c;
        word_ += next();
      } else {
        word_ += c;
      }
    }
    return refuse("No closing quotation");
  }

  void end_word() {
    if (in_word_) words_.push_back(std::exchange(word_, {}));
    in_word_ = false;
  }

  std::string_view rest_;
  std::vector<std::string> words_;
  std::string word_;
  bool in_word_ = false;
  const char* fault_ = "";
};

}  // namespace

Result<std::vector<std::string>> split_words(std::string_view text) {
  return Splitter(text).split();
}

}  // namespace crosslog::base
