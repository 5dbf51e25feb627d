#include "cli/regular_expression.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace crosslog::cli {
namespace {

using Bytes = RegularExpression::Bytes;
using Step = RegularExpression::Step;
using StepKind = RegularExpression::StepKind;
using Place = RegularExpression::Place;
using Steps = std::vector<Step>;
using Fault = std::unexpected<std::string_view>;

constexpr std::string_view kBadSet = "Unmatched [, [^, [:, [., or [=";
constexpr std::string_view kBadRange = "Invalid range end";
constexpr std::string_view kBadCollation = "Invalid collation character";
constexpr std::string_view kBadCount = "Invalid content of \\{\\}";
constexpr std::string_view kTooBig = "Regular expression too big";
constexpr int kMostCount = 0x7fff;
constexpr int kMostNesting = 200;
constexpr std::size_t kMostSteps = 1 << 16;

std::size_t byte_of(char c) {
  return static_cast<unsigned char>(c);
}

bool is_between(char c, char first, char last) {
  return byte_of(first) <= byte_of(c) && byte_of(c) <= byte_of(last);
}

template <class Test>
Bytes bytes_that(Test test) {
  Bytes bytes;
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = test(static_cast<char>(i));
  return bytes;
}

bool is_letter(char c) {
  return is_between(c, 'a', 'z') || is_between(c, 'A', 'Z');
}

bool is_letter_or_digit(char c) {
  return is_letter(c) || is_between(c, '0', '9');
}

bool is_of_a_word(char c) {
  return is_letter_or_digit(c) || c == '_';
}

bool is_white(char c) {
  return c == ' ' || is_between(c, '\t', '\r');
}

std::optional<Bytes> class_of(std::string_view name) {
  struct Class {
    std::string_view name;
    bool (*test)(char);
  };
  static constexpr Class kClasses[] = {
      {"alnum", is_letter_or_digit},
      {"alpha", is_letter},
      {"blank", [](char c) { return c == ' ' || c == '\t'; }},
      {"cntrl", [](char c) { return is_between(c, 0, 31) || c == 127; }},
      {"digit", [](char c) { return is_between(c, '0', '9'); }},
      {"graph", [](char c) { return is_between(c, '!', '~'); }},
      {"lower", [](char c) { return is_between(c, 'a', 'z'); }},
      {"print", [](char c) { return is_between(c, ' ', '~'); }},
      {"punct", [](char c) { return is_between(c, '!', '~') && !is_letter_or_digit(c); }},
      {"space", is_white},
      {"upper", [](char c) { return is_between(c, 'A', 'Z'); }},
      {"xdigit",
       [](char c) { return is_between(c, '0', '9') || is_between(c, 'a', 'f') || is_between(c, 'A', 'F'); }},
  };
  const auto* found = std::ranges::find(kClasses, name, &Class::name);
  if (found == std::end(kClasses)) return std::nullopt;
  return bytes_that(found->test);
}

std::int32_t distance(std::size_t steps) {
  return static_cast<std::int32_t>(steps);
}

void append(Steps& steps, const Steps& more) {
  steps.insert(steps.end(), more.begin(), more.end());
}

// One or the other.
Steps either(const Steps& one, const Steps& other) {
  Steps steps{{StepKind::fork, distance(one.size()) + 2}};
  append(steps, one);
  steps.push_back({StepKind::jump, distance(other.size()) + 1});
  append(steps, other);
  return steps;
}

Steps at_most_once(const Steps& what) {
  Steps steps{{StepKind::fork, distance(what.size()) + 1}};
  append(steps, what);
  return steps;
}

Steps any_times(const Steps& what) {
  Steps steps = at_most_once(what);
  steps.front().value += 1;
  steps.push_back({StepKind::jump, -distance(what.size()) - 1});
  return steps;
}

// Reads the pattern as the grammar has it, from left to right: a function for each of
// its levels, which leaves `text_` at what it did not take.
class RegularExpressionReader {
 public:
  RegularExpressionReader(std::string_view text, std::vector<Bytes>& sets) : text_(text), sets_(sets) {}

  using Read = std::expected<Steps, std::string_view>;

  Read all() { return alternatives(0); }

 private:
  struct Counts {
    int least = 0;
    std::optional<int> most;
  };

  bool at(std::string_view any) const { return !text_.empty() && any.contains(text_.front()); }

  char take() {
    const char c = text_.front();
    text_.remove_prefix(1);
    return c;
  }

  bool take_if(char c) {
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }

  bool at_end_of_branch(int nesting) const {
    return text_.empty() || text_.front() == '|' || (nesting > 0 && text_.front() == ')');
  }

  Read alternatives(int nesting) {
    auto steps = branch(nesting);
    while (steps && take_if('|')) {
      auto other = branch(nesting);
      if (!other) return other;
      steps = either(*steps, *other);
      if (steps->size() > kMostSteps) return Fault(kTooBig);
    }
    return steps;
  }

  Read branch(int nesting) {
    Steps steps;
    while (!at_end_of_branch(nesting)) {
      auto piece = repeated(nesting);
      if (!piece) return piece;
      append(steps, *piece);
      if (steps.size() > kMostSteps) return Fault(kTooBig);
    }
    return steps;
  }

  Read repeated(int nesting) {
    if (at("*+?{")) return Fault("Invalid preceding regular expression");
    if (const auto place = take_place()) return Steps{{StepKind::place, std::to_underlying(*place)}};
    auto steps = atom(nesting);
    while (steps && at("*+?{")) {
      const auto counts = take_counts();
      if (!counts) return Fault(counts.error());
      steps = times(*steps, *counts);
    }
    return steps;
  }

  // Nothing can be counted behind a place.
  std::optional<Place> take_place() {
    if (take_if('^')) return Place::begin;
    if (take_if('$')) return Place::end;
    if (text_.size() < 2 || text_.front() != '\\') return std::nullopt;
    std::optional<Place> place;
    switch (text_[1]) {
      case '`':
        place = Place::begin;
        break;
      case '\'':
        place = Place::end;
        break;
      case '<':
        place = Place::word_begin;
        break;
      case '>':
        place = Place::word_end;
        break;
      case 'b':
        place = Place::word_edge;
        break;
      case 'B':
        place = Place::no_word_edge;
        break;
      default:
        return std::nullopt;
    }
    text_.remove_prefix(2);
    return place;
  }

  Read atom(int nesting) {
    const char c = take();
    if (c == '(') return group(nesting + 1);
    if (c == '[') return set();
    if (c == '.') return one_of(Bytes().set());
    if (c != '\\') return one_of(Bytes().set(byte_of(c)));
    if (text_.empty()) return Fault("Trailing backslash");
    const char escaped = take();
    switch (escaped) {
      case 'w':
        return one_of(bytes_that(is_of_a_word));
      case 'W':
        return one_of(~bytes_that(is_of_a_word));
      case 's':
        return one_of(bytes_that(is_white));
      case 'S':
        return one_of(~bytes_that(is_white));
      default:
        break;
    }
    if (is_between(escaped, '1', '9')) return Fault("Invalid back reference");
    return one_of(Bytes().set(byte_of(escaped)));
  }

  Steps one_of(const Bytes& bytes) {
    const auto known = std::ranges::find(sets_, bytes);
    const auto index = known - sets_.begin();
    if (known == sets_.end()) sets_.push_back(bytes);
    return {{StepKind::one_of, static_cast<std::int32_t>(index)}};
  }

  Read group(int nesting) {
    if (nesting > kMostNesting) return Fault(kTooBig);
    auto steps = alternatives(nesting);
    if (steps && !take_if(')')) return Fault("Unmatched ( or \\(");
    return steps;
  }

  std::expected<Counts, std::string_view> take_counts() {
    switch (take()) {
      case '*':
        return Counts{0, std::nullopt};
      case '+':
        return Counts{1, std::nullopt};
      case '?':
        return Counts{0, 1};
      default:
        break;
    }
    const auto end = text_.find('}');
    const auto words = text_.substr(0, end);
    const auto comma = std::min(words.find(','), words.size());
    const auto least = words.substr(0, comma), most = words.substr(std::min(comma + 1, words.size()));
    const bool is_least = is_number(least) && !words.empty();
    if (end == std::string_view::npos && !most.contains(',') && (is_least || comma == words.size()))
      return Fault("Unmatched \\{");
    if (!is_least || !is_number(most)) return Fault(kBadCount);
    Counts counts{value_of(least), value_of(most)};
    if (comma == words.size())
      counts.most = counts.least;
    else if (most.empty())
      counts.most.reset();
    if (counts.most && *counts.most < counts.least) return Fault(kBadCount);
    if (counts.most.value_or(counts.least) > kMostCount) return Fault(kTooBig);
    text_.remove_prefix(end + 1);
    return counts;
  }

  static bool is_number(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return is_between(c, '0', '9'); });
  }

  static int value_of(std::string_view digits) {
    int value = 0;
    for (const char c : digits)
      value = std::min(kMostCount + 1, value * 10 + (c - '0'));
    return value;
  }

  static Read times(const Steps& what, Counts counts) {
    const auto copies = static_cast<std::size_t>(counts.most.value_or(counts.least + 1));
    if (copies * (what.size() + 2) > kMostSteps) return Fault(kTooBig);
    Steps steps;
    for (int i = 0; i < counts.least; ++i)
      append(steps, what);
    if (!counts.most) {
      append(steps, any_times(what));
      return steps;
    }
    // a{0,3} is (a(a(a)?)?)?, by which no way is walked twice.
    Steps rest;
    for (int i = counts.least; i < *counts.most; ++i) {
      const auto left = static_cast<std::size_t>(*counts.most - i);
      rest.push_back({StepKind::fork, distance(left * (what.size() + 1))});
      append(rest, what);
    }
    append(steps, rest);
    return steps;
  }

  // A member of a set: a byte, or a class of bytes, which is no end of a range.
  struct Member {
    Bytes bytes;
    std::optional<char> end;
  };

  Read set() {
    Bytes bytes;
    const bool others = take_if('^');
    if (text_.empty()) return Fault("Invalid regular expression");
    for (bool first = true; first || !text_.starts_with(']'); first = false) {
      auto member = take_member(first);
      if (!member) return Fault(member.error());
      if (member->end && text_ == "-") return Fault(kBadSet);
      if (member->end && text_.size() >= 2 && text_.front() == '-' && text_[1] != ']') {
        take();
        const auto last = take_member(true);
        if (!last) return Fault(last.error());
        if (!last->end || byte_of(*last->end) < byte_of(*member->end)) return Fault(kBadRange);
        member->bytes = bytes_that([&](char c) { return is_between(c, *member->end, *last->end); });
      }
      bytes |= member->bytes;
      if (text_.empty()) return Fault(kBadSet);
    }
    take();
    return one_of(others ? ~bytes : bytes);
  }

  std::expected<Member, std::string_view> take_member(bool may_be_hyphen) {
    if (text_.empty()) return Fault(kBadSet);
    const char c = take();
    if (c == '[' && at(".=:")) return take_named(take());
    if (c == '-' && !may_be_hyphen && !text_.starts_with(']')) return Fault(kBadRange);
    return Member{Bytes().set(byte_of(c)), c};
  }

  // [:class:], or a character by [.name.] or [=name=], whose only name is itself.
  std::expected<Member, std::string_view> take_named(char kind) {
    const char closing[] = {kind, ']'};
    const auto end = text_.find(std::string_view(closing, 2));
    if (end == std::string_view::npos) return Fault(kBadSet);
    const auto name = text_.substr(0, end);
    text_.remove_prefix(end + 2);
    if (kind == ':') {
      const auto bytes = class_of(name);
      if (!bytes) return Fault("Invalid character class name");
      return Member{*bytes, std::nullopt};
    }
    if (name.size() != 1) return Fault(kBadCollation);
    Member member{Bytes().set(byte_of(name.front())), std::nullopt};
    if (kind == '.') member.end = name.front();
    return member;
  }

  std::string_view text_;
  std::vector<Bytes>& sets_;
};

bool is_place(Place place, std::string_view name, std::size_t at) {
  const bool before = at > 0 && is_of_a_word(name[at - 1]);
  const bool after = at < name.size() && is_of_a_word(name[at]);
  switch (place) {
    case Place::begin:
      return at == 0;
    case Place::end:
      return at == name.size();
    case Place::word_begin:
      return !before && after;
    case Place::word_end:
      return before && !after;
    case Place::word_edge:
      return before != after;
    case Place::no_word_edge:
      return before == after;
  }
  std::unreachable();
}

// The steps that read a byte and that a walk is at, each once.
class RegularExpressionWalk {
 public:
  RegularExpressionWalk(const Steps& steps, std::string_view name)
      : steps_(steps), name_(name), seen_at_(steps.size() + 1, 0) {}

  // Whether it came to the end of the program.
  bool enter(std::size_t step, std::size_t at) {
    todo_.push_back(step);
    while (!todo_.empty()) {
      const auto here = todo_.back();
      todo_.pop_back();
      if (seen_at_[here] == at + 1) continue;
      seen_at_[here] = at + 1;
      if (here == steps_.size()) return true;
      follow(here, at);
    }
    return false;
  }

  std::vector<std::size_t> take_readers() { return std::exchange(readers_, {}); }

 private:
  void follow(std::size_t here, std::size_t at) {
    const Step step = steps_[here];
    const auto there = here + static_cast<std::size_t>(step.value);
    switch (step.kind) {
      case StepKind::one_of:
        readers_.push_back(here);
        return;
      case StepKind::jump:
        todo_.push_back(there);
        return;
      case StepKind::fork:
        todo_.push_back(there);
        todo_.push_back(here + 1);
        return;
      case StepKind::place:
        if (is_place(static_cast<Place>(step.value), name_, at)) todo_.push_back(here + 1);
        return;
    }
  }

  const Steps& steps_;
  std::string_view name_;
  std::vector<std::size_t> seen_at_;  // one more than where in the name, 0 for never
  std::vector<std::size_t> todo_, readers_;
};

}  // namespace

std::expected<RegularExpression, std::string_view> RegularExpression::make(std::string_view text) {
  RegularExpression made;
  auto steps = RegularExpressionReader(text, made.sets_).all();
  if (!steps) return std::unexpected(steps.error());
  made.steps_ = std::move(*steps);
  return made;
}

bool RegularExpression::matches(std::string_view name) const {
  RegularExpressionWalk walk(steps_, name);
  for (std::size_t at = 0;; ++at) {
    if (walk.enter(0, at)) return true;
    if (at == name.size()) return false;
    for (const auto reader : walk.take_readers())
      if (sets_[static_cast<std::size_t>(steps_[reader].value)][byte_of(name[at])] &&
          walk.enter(reader + 1, at + 1))
        return true;
  }
}

}  // namespace crosslog::cli
