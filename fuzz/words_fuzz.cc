// Words of a command line. Two checks of meaning: a second splitter, which is the
// table of states of Python's shlex written down state by state, gives the same
// words or the same refusal; and words that are quoted again, in one of three
// ways for each byte, split into the same words.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/words.h"

namespace {

using Words = std::vector<std::string>;

struct Answer {
  Words words;
  std::string error;
};

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kQuotes = "'\"";

bool is_in(char c, std::string_view set) {
  return set.find(c) != std::string_view::npos;
}

// shlex.read_token: posix, whitespace_split, no comments. State ' ' is between
// words, 'a' inside one, a quote or a backslash behind that character.
class Machine {
 public:
  explicit Machine(std::string_view text) : text_(text) {}

  Answer run() {
    for (const char c : text_)
      step(c);
    if (state_ == '\\') return {{}, "No escaped character"};
    if (is_in(state_, kQuotes)) return {{}, "No closing quotation"};
    end_word();
    return {words_, {}};
  }

 private:
  void step(char c) {
    if (is_in(state_, kQuotes)) {
      in_quotes(c);
    } else if (state_ == '\\') {
      escaped(c);
    } else if (is_in(c, kBlanks)) {
      end_word();
      state_ = ' ';
    } else if (is_in(c, kQuotes)) {
      state_ = c;
    } else if (c == '\\') {
      back_to_ = 'a';
      state_ = c;
    } else {
      token_ += c;
      state_ = 'a';
    }
  }

  void in_quotes(char c) {
    quoted_ = true;
    if (c == state_) {
      state_ = 'a';
    } else if (c == '\\' && state_ == '"') {
      back_to_ = state_;
      state_ = c;
    } else {
      token_ += c;
    }
  }

  void escaped(char c) {
    if (back_to_ == '"' && c != '\\' && c != '"') token_ += '\\';
    token_ += c;
    state_ = back_to_;
  }

  void end_word() {
    if (!token_.empty() || quoted_) words_.push_back(token_);
    token_.clear();
    quoted_ = false;
  }

  std::string_view text_;
  Words words_;
  std::string token_;
  bool quoted_ = false;
  char state_ = ' ';
  char back_to_ = 'a';
};

std::string quoted(const std::string& word, std::uint8_t& style) {
  std::string out = "''";
  for (const char c : word) {
    style = static_cast<std::uint8_t>(style * 37 + 11);
    switch (style / 64) {
      case 0:
        out += c == '\'' ? std::string("\"'\"") : "'" + std::string(1, c) + "'";
        break;
      case 1:
        out += is_in(c, "\"\\") ? "\"\\" + std::string(1, c) + "\"" : "\"" + std::string(1, c) + "\"";
        break;
      default:
        out += "\\" + std::string(1, c);
    }
  }
  return out;
}

void require(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto split = crosslog::base::split_words(text);
  const Answer expected = Machine(text).run();
  require(split.has_value() == expected.error.empty());
  if (!split) {
    require(split.error().message == expected.error);
    return 0;
  }
  require(*split == expected.words);

  std::string again;
  auto style = static_cast<std::uint8_t>(size);
  for (const std::string& word : *split)
    again += kBlanks[style % kBlanks.size()] + quoted(word, style);
  const auto split_again = crosslog::base::split_words(again);
  require(split_again.has_value() && *split_again == *split);
  return 0;
}
