#include "query/lexer.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "base/text.h"
#include "base/try.h"
#include "query/errors.h"
#include "query/python.h"
#include "wire/json_fault.h"
#include "wire/json_repair.h"

namespace crosslog::query {
namespace {

constexpr std::size_t kUnlimited = std::numeric_limits<std::size_t>::max();

struct Symbol {
  std::string_view text;
  TokenType type;
};

// Longer ones first.
constexpr Symbol kSymbols[] = {
    {"[]", TokenType::flatten},
    {"[?", TokenType::filter},
    {"||", TokenType::or_},
    {"&&", TokenType::and_},
    {"!=", TokenType::not_equal},
    {"==", TokenType::equal},
    {"<=", TokenType::less_or_equal},
    {">=", TokenType::greater_or_equal},
    {".", TokenType::dot},
    {"*", TokenType::star},
    {",", TokenType::comma},
    {":", TokenType::colon},
    {"@", TokenType::current},
    {"[", TokenType::left_bracket},
    {"]", TokenType::right_bracket},
    {"{", TokenType::left_brace},
    {"}", TokenType::right_brace},
    {"(", TokenType::left_parenthesis},
    {")", TokenType::right_parenthesis},
    {"|", TokenType::pipe},
    {"&", TokenType::expression},
    {"!", TokenType::not_},
    {"<", TokenType::less},
    {">", TokenType::greater},
};

bool begins_identifier(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_blank(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::string replace_all(std::string_view text, std::string_view from, char to) {
  std::string out;
  for (auto at = text.find(from); at != std::string_view::npos; at = text.find(from)) {
    out += text.substr(0, at);
    out += to;
    text.remove_prefix(at + from.size());
  }
  out += text;
  return out;
}

std::string in_quotes(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

Result<Document> read_json(std::string_view text, std::size_t max_depth) {
  return parse_json(wire::repair_json(text).text, {.max_bytes = kUnlimited, .max_depth = max_depth});
}

// Why a text in quotes is no JSON string. Precondition: it is none, and its quotes
// and backslashes are paired.
std::string_view fault_of_string(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) < 0x20) break;
    if (text[i] != '\\') continue;
    if (text[i + 1] == 'u' && !wire::unicode_escape(text, i)) return "Invalid \\uXXXX escape";
    if (!std::string_view("\"\\/bfnrtu").contains(text[i + 1])) return "Invalid \\escape";
    ++i;
  }
  return "Invalid control character at";
}

class Lexer {
 public:
  Lexer(std::string_view expression, std::size_t max_depth)
      : expression_(expression), max_depth_(max_depth) {}

  Result<std::vector<Token>> read() {
    while (true) {
      while (at_ < expression_.size() && is_blank(expression_[at_]))
        ++at_;
      CROSSLOG_TRY(auto token, next());
      tokens_.push_back(std::move(token));
      if (tokens_.back().type == TokenType::end) return std::move(tokens_);
    }
  }

 private:
  Result<Token> next() {
    if (at_ == expression_.size()) return Token{.type = TokenType::end, .offset = at_};
    const char c = expression_[at_];
    if (begins_identifier(c)) return identifier();
    if (base::is_digit(c) || c == '-') return number();
    if (c == '"') return quoted_identifier();
    if (c == '\'') return raw_string();
    if (c == '`') return literal();
    return symbol();
  }

  Result<Token> symbol() {
    const auto rest = expression_.substr(at_);
    for (const auto& [text, type] : kSymbols) {
      if (!rest.starts_with(text)) continue;
      Token token{.type = type, .offset = at_, .text = std::string(text)};
      at_ += text.size();
      return token;
    }
    const auto character = rest.substr(0, first_code_point(rest).size);
    return bad(at_, character == "=" ? "Unknown token '='" : "Unknown token " + std::string(character));
  }

  Result<Token> identifier() {
    const std::size_t begin = at_;
    while (at_ < expression_.size() &&
           (begins_identifier(expression_[at_]) || base::is_digit(expression_[at_])))
      ++at_;
    return Token{.type = TokenType::unquoted_identifier,
                 .offset = begin,
                 .text = std::string(expression_.substr(begin, at_ - begin))};
  }

  Result<Token> number() {
    const std::size_t begin = at_;
    const bool negative = expression_[at_] == '-';
    if (negative) ++at_;
    while (at_ < expression_.size() && base::is_digit(expression_[at_]))
      ++at_;
    auto digits = expression_.substr(begin, at_ - begin);
    if (digits == "-") return bad(begin, "Unknown token '-'");
    if (negative) digits.remove_prefix(1);
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size() - 1));
    Token token{.type = TokenType::number, .offset = begin};
    token.text = (negative && digits != "0" ? "-" : "") + std::string(digits);
    const auto read = std::from_chars(token.text.data(), token.text.data() + token.text.size(), token.number);
    if (read.ec == std::errc::result_out_of_range) {
      token.number =
          negative ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
    }
    return token;
  }

  Result<Token> quoted_identifier() {
    const std::size_t begin = at_;
    CROSSLOG_TRY(const auto inside, until('"'));
    const auto name = read_json(in_quotes(inside), max_depth_);
    if (!name) return bad(begin, fault_of_string(inside));
    return Token{.type = TokenType::quoted_identifier, .offset = begin, .text = *name->string()};
  }

  Result<Token> raw_string() {
    const std::size_t begin = at_;
    CROSSLOG_TRY(const auto inside, until('\''));
    auto text = replace_all(inside, "\\'", '\'');
    return Token{.type = TokenType::literal, .offset = begin, .text = text, .literal = text};
  }

  // JSON; what is none is taken as the inside of a JSON string, as it once was.
  Result<Token> literal() {
    const std::size_t begin = at_;
    CROSSLOG_TRY(const auto inside, until('`'));
    const auto text = replace_all(inside, "\\`", '`');
    auto value = read_json(text, max_depth_);
    if (!value) {
      if (!wire::find_json_fault(text, kUnlimited, wire::BadText::allow))
        return beyond_documents(begin, text);
      value = read_json(in_quotes(strip_left(text)), max_depth_);
    }
    if (!value) return bad(begin, "Bad token " + text);
    auto shown = python_str(Value(*value), kUnlimited);
    return Token{
        .type = TokenType::literal, .offset = begin, .text = std::move(shown), .literal = std::move(*value)};
  }

  // JSON that a Document does not hold.
  std::unexpected<Error> beyond_documents(std::size_t begin, const std::string& text) const {
    auto error = bad(begin, "Bad token " + text);
    error.error().hints.push_back(
        "A name stands twice in one map, a number cannot be held in 64 bits, or it is too deep.");
    return error;
  }

  // What stands up to the delimiter, which a backslash may protect; the backslash stays.
  Result<std::string_view> until(char delimiter) {
    const std::size_t begin = at_;
    for (++at_; at_ < expression_.size() && expression_[at_] != delimiter; ++at_) {
      if (expression_[at_] == '\\') ++at_;
    }
    if (at_ >= expression_.size()) return bad(begin, std::string("Unclosed ") + delimiter + " delimiter");
    const auto inside = expression_.substr(begin + 1, at_ - begin - 1);
    ++at_;
    return inside;
  }

  [[nodiscard]] std::unexpected<Error> bad(std::size_t offset, std::string_view message) const {
    return lexer_error(expression_, offset, message);
  }

  std::string_view expression_;
  std::size_t max_depth_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::string_view name(TokenType type) noexcept {
  constexpr std::string_view kNames[] = {"eof",
                                         "unquoted_identifier",
                                         "quoted_identifier",
                                         "literal",
                                         "number",
                                         "dot",
                                         "star",
                                         "comma",
                                         "colon",
                                         "current",
                                         "lbracket",
                                         "rbracket",
                                         "lbrace",
                                         "rbrace",
                                         "lparen",
                                         "rparen",
                                         "flatten",
                                         "filter",
                                         "pipe",
                                         "expref",
                                         "or",
                                         "and",
                                         "not",
                                         "eq",
                                         "ne",
                                         "lt",
                                         "lte",
                                         "gt",
                                         "gte"};
  return kNames[static_cast<std::size_t>(type)];
}

Result<std::vector<Token>> read_tokens(std::string_view expression, std::size_t max_depth) {
  return Lexer(expression, max_depth).read();
}

}  // namespace crosslog::query
