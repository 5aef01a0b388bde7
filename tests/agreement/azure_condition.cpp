#include "tests/agreement/azure_condition.h"

#include <algorithm>
#include <cctype>
#include <stdexcept>
#include <string_view>

namespace crenel::agreement {
namespace {

char small(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

bool matches(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() == '*') {
    for (std::size_t skipped = 0; skipped <= text.size(); ++skipped) {
      if (matches(pattern.substr(1), text.substr(skipped))) return true;
    }
    return false;
  }
  return !text.empty() && small(pattern.front()) == small(text.front()) && matches(pattern.substr(1), text.substr(1));
}

Says opposite(Says says) { return says == Says::Yes ? Says::No : says == Says::No ? Says::Yes : Says::Unknown; }

class Reader {
 public:
  Reader(const std::string& text, const AzureRequest& request) : text_(text), request_(request) {}

  Says whole() {
    const Says out = any();
    if (next() != '\0') throw std::invalid_argument("a condition goes on: " + text_.substr(at_));
    return out;
  }

 private:
  Says any() {
    Says out = all();
    while (take("or")) out = std::max(out, all());
    return out;
  }

  Says all() {
    Says out = one();
    while (take("and")) out = std::min(out, one());
    return out;
  }

  Says one() {
    if (take("!")) return opposite(one());
    if (take("(")) {
      const Says out = any();
      if (!take(")")) throw std::invalid_argument("a condition has too few ): " + text_);
      return out;
    }
    if (take("actionmatches{'")) {
      const std::size_t end = text_.find('\'', at_);
      if (end == std::string::npos) throw std::invalid_argument("an action has no end: " + text_);
      const std::string pattern = text_.substr(at_, end - at_);
      at_ = end;
      if (!take("'}")) throw std::invalid_argument("an action has no end: " + text_);
      return is_for(pattern, request_.operation) ? Says::Yes : Says::No;
    }
    if (take("@environment[isprivatelink]")) {
      if (!take("boolequals")) throw std::invalid_argument("a private link is true or false: " + text_);
      if (take("true")) return request_.by_private_link ? Says::Yes : Says::No;
      if (take("false")) return request_.by_private_link ? Says::No : Says::Yes;
    }
    throw std::invalid_argument("a condition is not read: " + text_.substr(at_));
  }

  char next() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }

  bool take(std::string_view word) {
    next();
    if (text_.size() - at_ < word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (small(text_[at_ + i]) != word[i]) return false;
    }
    at_ += word.size();
    return true;
  }

  const std::string& text_;
  const AzureRequest& request_;
  std::size_t at_ = 0;
};

}  // namespace

bool is_for(const std::string& pattern, const std::string& operation) { return matches(pattern, operation); }

Says holds(const std::string& condition, const AzureRequest& request) { return Reader(condition, request).whole(); }

}  // namespace crenel::agreement
