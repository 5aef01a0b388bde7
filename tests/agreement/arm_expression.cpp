#include "tests/agreement/arm_expression.h"
#include "tests/agreement/azure_reading.h"

#include <algorithm>
#include <cctype>
#include <functional>
#include <stdexcept>

namespace crenel::agreement {
namespace {

using namespace reading;
using nlohmann::json;

std::string as_text(const json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

void skip_space(const std::string& text, std::size_t& at) {
  while (at < text.size() && std::isspace(static_cast<unsigned char>(text[at]))) ++at;
}

/// cidrSubnet(network, newLength, index)
std::string cidr_subnet(const std::string& network, int length, long long index) {
  const Cidr whole = cidr(network);
  if (length < whole.length || length > 32) throw std::invalid_argument("cidrSubnet: no such length");
  const auto base = static_cast<long long>(whole.base) + (index << (32 - length));
  if (base > 0xFFFFFFFFLL || !whole.holds(static_cast<Ip>(base)))
    throw std::invalid_argument("cidrSubnet: no such block");
  return dotted(static_cast<Ip>(base)) + "/" + std::to_string(length);
}

std::string resource_id(const json& arguments) {
  std::size_t first = 0;
  while (first < arguments.size() && as_text(arguments[first]).find('/') == std::string::npos) ++first;
  std::string out = lower(as_text(arguments.at(first))) + "|";
  for (std::size_t i = first + 1; i < arguments.size(); ++i)
    out += (i > first + 1 ? "/" : "") + lower(as_text(arguments[i]));
  return out;
}

/// Another one for other arguments, and no part of a path in it.
std::string hashed(const std::string& function, const json& arguments) {
  return "(" + function + " " + std::to_string(std::hash<std::string>{}(arguments.dump())) + ")";
}

/// Who a resource acts as is known by the resource alone. With 'Full' the same stands under `identity`.
json referred(const std::string& id) {
  const std::string principal = "(principal of " + lower(id) + ")";
  return json{{"principalId", principal}, {"identity", json{{"principalId", principal}}}};
}

json created(const json& arguments) {
  json out = json::object();
  for (std::size_t i = 0; i + 1 < arguments.size(); i += 2) out[as_text(arguments[i])] = arguments[i + 1];
  return out;
}

json united(const json& arguments) {
  json out = json::object();
  for (const json& each : arguments) {
    if (!each.is_object()) return "(union)";
    out.update(each);
  }
  return out;
}

/// Of `count` elements from the first on, or of all after them.
json part_of(const json& list, std::size_t count, bool first) {
  json out = json::array();
  for (std::size_t i = 0; i < list.size(); ++i) {
    if ((i < count) == first) out.push_back(list[i]);
  }
  return out;
}

json split(const std::string& text, const std::string& at) {
  json out = json::array();
  std::size_t begin = 0;
  for (std::size_t end = text.find(at); end != std::string::npos; end = text.find(at, begin)) {
    out.push_back(text.substr(begin, end - begin));
    begin = end + at.size();
  }
  out.push_back(text.substr(begin));
  return out;
}

std::string joined(const json& list, const std::string& between) {
  std::string out;
  for (std::size_t i = 0; i < list.size(); ++i) out += (i == 0 ? "" : between) + as_text(list[i]);
  return out;
}

std::string format(const json& arguments) {
  std::string out = as_text(arguments.at(0));
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const std::string hole = "{" + std::to_string(i - 1) + "}";
    for (std::size_t at = out.find(hole); at != std::string::npos; at = out.find(hole))
      out.replace(at, hole.size(), as_text(arguments[i]));
  }
  return out;
}

}  // namespace

ArmExpressions::ArmExpressions(const json& document, ParameterValues parameters)
    : document_(document), parameters_(std::move(parameters)) {}

json ArmExpressions::evaluate(const json& value) const {
  if (value.is_array()) {
    json out = json::array();
    for (const json& element : value) out.push_back(evaluate(element));
    return out;
  }
  if (value.is_object()) {
    json out = json::object();
    for (const auto& [name, member] : value.items()) out[as_text(evaluate(json(name)))] = evaluate(member);
    return out;
  }
  if (!value.is_string()) return value;
  const std::string text = value.get<std::string>();
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') return value;
  if (text.starts_with("[[")) return text.substr(1);
  const std::string inner = text.substr(1, text.size() - 2);
  Cursor cursor{inner};
  return expression(cursor);
}

json ArmExpressions::expression(Cursor& cursor) const {
  json value = primary(cursor);
  for (;;) {
    skip_space(cursor.text, cursor.at);
    if (cursor.at >= cursor.text.size()) return value;
    if (cursor.text[cursor.at] == '.') {
      const std::size_t begin = ++cursor.at;
      while (cursor.at < cursor.text.size() &&
             (std::isalnum(static_cast<unsigned char>(cursor.text[cursor.at])) || cursor.text[cursor.at] == '_'))
        ++cursor.at;
      const std::string name = cursor.text.substr(begin, cursor.at - begin);
      value = value.is_object() && value.contains(name) ? value[name] : json("(" + name + ")");
    } else if (cursor.text[cursor.at] == '[') {
      ++cursor.at;
      const json key = expression(cursor);
      skip_space(cursor.text, cursor.at);
      ++cursor.at;  // ]
      if (value.is_array()) {
        value = json(value.at(key.get<std::size_t>()));
      } else if (value.is_object()) {
        value = json(value.at(as_text(key)));
      } else {
        value = "(element)";
      }
    } else {
      return value;
    }
  }
}

json ArmExpressions::primary(Cursor& cursor) const {
  const std::string& text = cursor.text;
  skip_space(text, cursor.at);
  if (text.at(cursor.at) == '\'') {
    std::string out;
    for (++cursor.at;; ++cursor.at) {
      if (text.at(cursor.at) == '\'') {
        if (cursor.at + 1 < text.size() && text[cursor.at + 1] == '\'') {
          ++cursor.at;
        } else {
          ++cursor.at;
          return out;
        }
      }
      out += text[cursor.at];
    }
  }
  const std::size_t begin = cursor.at;
  if (std::isdigit(static_cast<unsigned char>(text[cursor.at])) || text[cursor.at] == '-') {
    ++cursor.at;
    while (cursor.at < text.size() && std::isdigit(static_cast<unsigned char>(text[cursor.at]))) ++cursor.at;
    return std::stoll(text.substr(begin, cursor.at - begin));
  }
  while (cursor.at < text.size() && (std::isalnum(static_cast<unsigned char>(text[cursor.at])) ||
                                     text[cursor.at] == '_' || text[cursor.at] == '.'))
    ++cursor.at;
  const std::string function = text.substr(begin, cursor.at - begin);
  skip_space(text, cursor.at);
  if (cursor.at >= text.size() || text[cursor.at] != '(') throw std::invalid_argument("expected ( in [" + text + "]");
  ++cursor.at;
  json arguments = json::array();
  for (;;) {
    skip_space(text, cursor.at);
    if (text.at(cursor.at) == ')') {
      ++cursor.at;
      return call(lower(function), arguments);
    }
    if (text[cursor.at] == ',') ++cursor.at;
    arguments.push_back(expression(cursor));
  }
}

json ArmExpressions::parameter(const std::string& name) const {
  if (const auto given = parameters_.find(name); given != parameters_.end()) return given->second;
  const json& declared = document_.at("parameters").at(name);
  if (declared.contains("defaultValue")) return evaluate(declared["defaultValue"]);
  return "(parameter " + name + ")";
}

json ArmExpressions::call(const std::string& function, const json& a) const {
  if (function == "parameters") return parameter(a.at(0).get<std::string>());
  if (function == "variables") return evaluate(document_.at("variables").at(a.at(0).get<std::string>()));
  if (function == "resourceid" || function == "subscriptionresourceid") return resource_id(a);
  if (function == "guid" || function == "uniquestring") return hashed(function, a);
  if (function == "reference") return referred(as_text(a.at(0)));
  if (function == "createobject") return created(a);
  if (function == "union") return united(a);
  if (function == "cidrsubnet") return cidr_subnet(as_text(a.at(0)), a.at(1).get<int>(), a.at(2).get<long long>());
  // the address after the network's is number 0 ("CIDR functions for ARM templates")
  if (function == "cidrhost") return dotted(cidr(as_text(a.at(0))).base + 1 + static_cast<Ip>(a.at(1).get<int>()));
  if (function == "parsecidr") {
    const auto block = cidr(as_text(a.at(0)));
    return json{{"cidr", block.length}, {"network", dotted(block.base)}};
  }
  if (function == "concat") {
    if (!a.empty() && a[0].is_array()) {
      json out = json::array();
      for (const json& list : a) out.insert(out.end(), list.begin(), list.end());
      return out;
    }
    std::string out;
    for (const json& part : a) out += as_text(part);
    return out;
  }
  if (function == "format") return format(a);
  if (function == "string") return as_text(a.at(0));
  if (function == "int") return a.at(0).is_string() ? json(std::stoll(a[0].get<std::string>())) : a[0];
  if (function == "add") return a.at(0).get<long long>() + a.at(1).get<long long>();
  if (function == "sub") return a.at(0).get<long long>() - a.at(1).get<long long>();
  if (function == "tolower") return lower(as_text(a.at(0)));
  if (function == "createarray") return a;
  if (function == "split" && a.size() == 2 && a[1].is_string()) return split(as_text(a[0]), as_text(a[1]));
  if (function == "join") return joined(a.at(0), as_text(a.at(1)));
  if ((function == "take" || function == "skip") && a.at(0).is_array()) {
    return part_of(a[0], a.at(1).get<std::size_t>(), function == "take");
  }
  if (function == "if") return a.at(0).get<bool>() ? a.at(1) : a.at(2);
  if (function == "endswith") return lower(as_text(a.at(0))).ends_with(lower(as_text(a.at(1))));
  if (function == "equals") return a.at(0) == a.at(1);
  if (function == "resourcegroup") return json{{"location", "westeurope"}, {"id", "(group)"}, {"name", "(group)"}};
  return "(" + function + ")";
}

}  // namespace crenel::agreement
