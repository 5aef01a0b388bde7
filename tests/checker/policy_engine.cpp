#include "tests/checker/policy_engine.h"

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace crenel::checker {
namespace {

using nlohmann::json;

std::string small(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

/// `string()`: an array as JSON without spaces, a text as it is.
std::string text_of(const json& value) {
  if (value.is_null()) return "";
  return value.is_string() ? value.get<std::string>() : value.dump();
}

/// Texts are compared without regard to case, and "true" with true.
bool is_same(const json& a, const json& b) {
  if (a.is_null() || b.is_null()) return a.is_null() && b.is_null();
  return small(text_of(a)) == small(text_of(b));
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

class Evaluation {
 public:
  Evaluation(const Policy& policy, const PolicyRequest& request)
      : policy_(policy), request_(request), body_({{"properties", request.properties}}) {}

  bool condition(const json& it) {
    if (it.contains("allOf")) {
      return std::all_of(it["allOf"].begin(), it["allOf"].end(), [&](const json& each) { return condition(each); });
    }
    if (it.contains("anyOf")) {
      return std::any_of(it["anyOf"].begin(), it["anyOf"].end(), [&](const json& each) { return condition(each); });
    }
    if (it.contains("not")) return !condition(it["not"]);
    if (it.size() != 2) throw std::runtime_error("no condition: " + it.dump());
    if (it.contains("count")) return compared(count(it["count"]), it);
    if (it.contains("value")) return compared(given(it["value"]), it);
    const std::string name = it.at("field");
    if (name.find("[*]") == std::string::npos) return compared(field(name), it);
    const json all = field(name);  // each has to meet it
    return std::all_of(all.begin(), all.end(), [&](const json& each) { return compared(each, it); });
  }

 private:
  bool compared(const json& left, const json& it) {
    for (const auto& [word, written] : it.items()) {
      if (word == "field" || word == "value" || word == "count") continue;
      const json right = given(written);
      if (word == "equals") return is_same(left, right);
      if (word == "in" || word == "notIn") {
        const bool found =
            std::any_of(right.begin(), right.end(), [&](const json& each) { return is_same(left, each); });
        return found == (word == "in");
      }
      if (word == "greater") return left.get<int>() > right.get<int>();
      if (word == "less") return left.get<int>() < right.get<int>();
      if (word == "notLike" && right == "*") return left.is_null() || text_of(left).empty();
      throw std::runtime_error("no such condition: " + word);
    }
    throw std::runtime_error("no condition");
  }

  /// The condition is asked of each member as if it were the only one.
  int count(const json& it) {
    const std::string path = path_of_alias(it.at("field"));
    const std::string place = path.substr(0, path.rfind("[*]"));
    json* array = &body_;
    for (std::size_t from = 0; from != std::string::npos;) {
      const std::size_t dot = place.find('.', from);
      const std::string step = place.substr(from, dot == std::string::npos ? dot : dot - from);
      if (!array->is_object() || !array->contains(step)) return 0;
      array = &(*array)[step];
      from = dot == std::string::npos ? dot : dot + 1;
    }
    const json all = *array;
    int out = 0;
    for (const json& each : all) {
      *array = json::array({each});
      if (!it.contains("where") || condition(it["where"])) ++out;
    }
    *array = all;
    return out;
  }

  void select(const json& from, std::string_view path, json& out) const {
    if (path.empty()) {
      out.push_back(from);
      return;
    }
    const std::size_t dot = path.find('.');
    std::string step(path.substr(0, dot));
    const std::string_view rest = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
    const bool members = step.ends_with("[*]");
    if (members) step.resize(step.size() - 3);
    if (!from.is_object() || !from.contains(step)) {
      if (!members && policy_.missing_is_null && path.find("[*]") == std::string_view::npos) out.push_back(nullptr);
      return;
    }
    if (!members) return select(from[step], rest, out);
    for (const json& each : from[step]) select(each, rest, out);
  }

  json field(const std::string& name) const {
    if (name == "type") return request_.type;
    if (name == "fullName") return request_.name;
    if (name == "name") return request_.name.substr(request_.name.rfind('/') + 1);
    const std::string& path = path_of_alias(name);
    json found = json::array();
    select(body_, path, found);
    if (name.find("[*]") != std::string::npos) return found;
    return found.empty() ? json() : found.front();
  }

  // ---- expressions
  json given(const json& written) {
    if (!written.is_string()) return written;
    const std::string text = written;
    if (!text.starts_with("[") || !text.ends_with("]")) return written;
    source_ = text.substr(1, text.size() - 2);
    at_ = 0;
    json out = expression();
    if (at_ != source_.size()) throw std::runtime_error("no expression: " + text);
    return out;
  }

  void spaces() {
    while (at_ < source_.size() && source_[at_] == ' ') ++at_;
  }

  json expression() {
    spaces();
    if (source_.at(at_) == '\'') {
      std::string out;
      for (++at_; source_.at(at_) != '\''; ++at_) out += source_[at_];
      ++at_;
      return out;
    }
    const std::size_t begin = at_;
    while (at_ < source_.size() && std::isalnum(static_cast<unsigned char>(source_[at_])) != 0) ++at_;
    const std::string word = source_.substr(begin, at_ - begin);
    if (at_ == source_.size() || source_[at_] != '(') return json::parse(word);
    std::vector<json> arguments;
    ++at_;
    for (spaces(); source_.at(at_) != ')'; spaces()) {
      arguments.push_back(expression());
      spaces();
      if (source_.at(at_) == ',') ++at_;
    }
    ++at_;
    json out = call(small(word), arguments);
    while (at_ < source_.size() && source_[at_] == '.') {
      const std::size_t start = ++at_;
      while (at_ < source_.size() && std::isalnum(static_cast<unsigned char>(source_[at_])) != 0) ++at_;
      out = out.at(source_.substr(start, at_ - start));
    }
    return out;
  }

  json call(const std::string& name, const std::vector<json>& with) {
    if (name == "parameters") return policy_.parameters.at(with.at(0).get<std::string>());
    if (name == "field") {
      const json found = field(with.at(0));
      return found.is_null() ? json("") : found;
    }
    if (name == "requestcontext") {
      json identity = json::object();
      if (!request_.application.empty()) identity["appid"] = request_.application;
      return {{"identity", identity}};
    }
    if (name == "tryget") {
      const std::string key = with.at(1);
      return with[0].is_object() && with[0].contains(key) ? with[0][key] : json();
    }
    if (name == "coalesce") {
      const auto found = std::find_if(with.begin(), with.end(), [](const json& each) { return !each.is_null(); });
      return found == with.end() ? json() : *found;
    }
    if (name == "concat") {
      std::string out;
      for (const json& each : with) out += each.get<std::string>();
      return out;
    }
    if (name == "replace") {
      std::string out = with.at(0);
      replace_all(out, with.at(1), with.at(2));
      return out;
    }
    if (name == "string") return text_of(with.at(0));
    if (name == "tolower") return small(with.at(0));
    if (name == "first") return with.at(0).at(0);
    if (name == "length") return with.at(0).size();
    if (name == "createarray") return json(with);
    throw std::runtime_error("no function: " + name);
  }

  const Policy& policy_;
  const PolicyRequest& request_;
  json body_;
  std::string source_;
  std::size_t at_ = 0;
};

}  // namespace

bool applies(const Policy& policy, const PolicyRequest& request) {
  return Evaluation(policy, request).condition(policy.rule.at("if"));
}

}  // namespace crenel::checker
