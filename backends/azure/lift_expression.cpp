#include "backends/azure/lift_expression.h"

#include <cctype>
#include <charconv>
#include <optional>

namespace crenel::azure::lifting {
namespace {

constexpr int kDeepest = 100;

bool starts_word(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_in_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::optional<Expression> whole() {
    std::optional<Expression> out = expression();
    skip_blanks();
    if (out && at_ != text_.size()) return fail("something follows the expression");
    return out;
  }
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  std::optional<Expression> fail(std::string why) {
    if (error_.empty()) error_ = std::move(why);
    return std::nullopt;
  }
  void skip_blanks() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
  }
  bool take(char c) {
    skip_blanks();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  std::string word() {
    skip_blanks();
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_in_word(text_[at_])) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }

  std::optional<Expression> expression();
  std::optional<Expression> primary();
  std::optional<Expression> text_literal();
  std::optional<Expression> number();
  std::optional<Expression> call();

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::string error_;
};

std::optional<Expression> Parser::expression() {
  if (depth_ >= kDeepest) return fail("nested too deep");
  ++depth_;
  std::optional<Expression> out = primary();
  int links = 0;
  while (out) {
    if (++links > kDeepest) return fail("too long a chain of members");
    if (take('.')) {
      std::string name = word();
      if (name.empty()) return fail("a member's name is missing after `.`");
      Member member{.of = std::make_unique<Expression>(std::move(*out)), .name = std::move(name)};
      out = Expression{std::move(member)};
    } else if (take('[')) {
      std::optional<Expression> at = expression();
      if (!at) return std::nullopt;
      if (!take(']')) return fail("`]` is missing");
      Element element{.of = std::make_unique<Expression>(std::move(*out)),
                      .at = std::make_unique<Expression>(std::move(*at))};
      out = Expression{std::move(element)};
    } else {
      break;
    }
  }
  --depth_;
  return out;
}

std::optional<Expression> Parser::primary() {
  skip_blanks();
  if (at_ >= text_.size()) return fail("it ends too early");
  const char c = text_[at_];
  if (c == '\'') return text_literal();
  if (c == '-' || std::isdigit(static_cast<unsigned char>(c)) != 0) return number();
  if (starts_word(c)) return call();
  return fail(std::string("`") + c + "` cannot stand there");
}

std::optional<Expression> Parser::text_literal() {
  std::string out;
  for (++at_; at_ < text_.size(); ++at_) {
    if (text_[at_] != '\'') {
      out += text_[at_];
    } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '\'') {
      out += '\'';
      ++at_;
    } else {
      ++at_;
      return Expression{std::move(out)};
    }
  }
  return fail("a text is not closed");
}

std::optional<Expression> Parser::number() {
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), out);
  if (error != std::errc()) return fail("a number is none");
  at_ = static_cast<std::size_t>(end - text_.data());
  return Expression{out};
}

std::optional<Expression> Parser::call() {
  Call out;
  out.function = word();
  while (take('.')) {
    const std::string more = word();
    if (more.empty()) return fail("a function's name is missing after `.`");
    out.function += "." + more;
  }
  if (!take('(')) return fail("`" + out.function + "` is no function call");
  if (take(')')) return Expression{std::move(out)};
  do {
    std::optional<Expression> argument = expression();
    if (!argument) return std::nullopt;
    out.arguments.push_back(std::move(*argument));
  } while (take(','));
  if (!take(')')) return fail("`)` is missing");
  return Expression{std::move(out)};
}

}  // namespace

bool is_expression(std::string_view text) {
  return text.size() >= 2 && text.front() == '[' && text.back() == ']' && !text.starts_with("[[");
}

std::variant<Expression, std::string> parse_expression(std::string_view text) {
  Parser parser(text.substr(1, text.size() - 2));
  std::optional<Expression> out = parser.whole();
  if (out) return std::move(*out);
  return parser.error();
}

}  // namespace crenel::azure::lifting
