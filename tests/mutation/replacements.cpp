#include "tests/mutation/replacements.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "compiler/net/prefix.h"

namespace crenel::mutation {
namespace {

template <class T>
std::optional<T> next(const std::vector<T>& all, const T& one) {
  const auto found = std::find(all.begin(), all.end(), one);
  if (found == all.end() || all.size() < 2) return std::nullopt;
  return found + 1 == all.end() ? all.front() : *(found + 1);
}

std::optional<int> number(std::string_view text) {
  int out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

/// What an expression is about: "resourceId('Microsoft.Network/networkSecurityGroups'".
std::string subject(const std::string& expression) {
  const std::size_t at = expression.find("resourceId('");
  if (at == std::string::npos) return "";
  return expression.substr(at, expression.find('\'', at + 12) - at);
}

/// Words of which one stands for the other.
const std::vector<std::vector<std::string>>& circles() {
  static const std::vector<std::vector<std::string>> all = {
      {"tcp", "udp", "icmp", "-1"},
      {"Tcp", "Udp", "Icmp", "*"},
      {"TCP", "UDP"},
      {"allow", "deny"},
      {"Allow", "Deny"},
      {"Inbound", "Outbound"},
      {"None", "Internet", "VirtualNetworkGateway", "VnetLocal"},
      {"internal", "internet-facing"},
      {"Enabled", "Disabled"},
      {"AzureServices", "None"},
      {"block-bidirectional", "block-ingress"},
      {"allow-bidirectional", "allow-egress"},
      {"TLS1_2", "TLS1_0"},
      {"Tls12", "Tls"},
      {"Administrative", "Policy"},
      {"Succeeded", "Failed"},
  };
  return all;
}

std::vector<std::string> blocks(const net::Prefix& prefix) {
  std::vector<std::string> out;
  const auto add = [&](const std::optional<net::Prefix>& other) {
    if (other && *other != prefix) out.push_back(net::to_string(*other));
  };
  add(net::whole(prefix.address.family));
  if (prefix.length == 0) {
    add(net::parse_prefix(prefix.address.family == net::Family::V4 ? "198.51.100.0/24" : "2001:db8::/32"));
    return out;
  }
  const int shift = net::bits_of(prefix.address.family) - prefix.length;
  net::Prefix sibling = prefix;
  sibling.address.bits ^= net::U128{1} << shift;
  add(sibling);
  net::Prefix wider = prefix;
  --wider.length;
  wider.address.bits &= ~(net::U128{1} << shift);
  add(wider);
  return out;
}

/// A built-in role becomes the one that may do everything with a store's objects.
std::string wider_role(const std::string& text) {
  const std::string begin = "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '";
  return text.starts_with(begin) ? begin + "b7e6dc6d-f1e8-4753-8033-0f276bb0955b')]" : "";
}

bool mentions(std::string_view key, std::string_view part) { return key.find(part) != std::string_view::npos; }

/// What "*" and the tags of Azure stand for by the key.
std::vector<std::string> narrower(const std::string& key, const std::string& text) {
  if (mentions(key, "AddressPrefix") || mentions(key, "addressPrefix")) {
    if (text == "*") return {"198.51.100.0/24", "VirtualNetwork"};
    if (text == "Internet" || text == "VirtualNetwork" || text == "AzureLoadBalancer") return {"*", "198.51.100.0/24"};
  }
  if (mentions(key, "PortRange") && text == "*") return {"4444"};
  return {};
}

/// Whom an alert mails, of which operations, and where.
std::vector<Json> of_alert(const std::string& key, const std::string& text) {
  if (key == "emailAddress") return {Json("mallory@example.com")};
  if (key == "equals" && text.find('/') != std::string::npos) return {Json(text + "s")};
  if (key == "scopes") return {Json("[concat(" + text.substr(1, text.size() - 2) + ", '-other')]")};
  return {};
}

std::vector<Json> of_text(const std::string& key, const std::string& text, const References& references) {
  std::vector<Json> out = of_alert(key, text);
  if (!out.empty()) return out;
  if (const std::string other = references.another_expression(text); !other.empty()) out.emplace_back(other);
  if (std::string wider = wider_role(text); !wider.empty()) out.emplace_back(std::move(wider));
  if (text.starts_with("[")) return out;
  if (const auto prefix = net::parse_prefix(text)) {
    for (auto& block : blocks(*prefix)) out.emplace_back(std::move(block));
    return out;
  }
  for (auto& word : narrower(key, text)) out.emplace_back(std::move(word));
  if (!out.empty()) return out;
  for (const auto& circle : circles()) {
    const bool protocol = mentions(key, "rotocol");
    if ((text == "-1" || text == "*") && !protocol) continue;
    if (const auto other = next(circle, text)) out.emplace_back(*other);
  }
  if (!out.empty()) return out;
  if (mentions(key, "TlsVersion")) return {Json("1.0")};
  if (const auto value = number(text)) return {Json(std::to_string(*value + 1))};
  if (const std::size_t dash = text.find('-'); dash != std::string::npos) {
    const auto low = number(std::string_view(text).substr(0, dash));
    const auto high = number(std::string_view(text).substr(dash + 1));
    if (low && high) {
      out.emplace_back(std::to_string(*low + 1) + "-" + std::to_string(*high));
      out.emplace_back(std::to_string(*low) + "-" + std::to_string(*high - 1));
    }
  }
  return out;
}

std::vector<Json> of_reference(const std::string& key, const Json& value, const References& references) {
  const std::string function = value.begin().key();
  const Json& argument = value.begin().value();
  const bool attribute = function == "Fn::GetAtt" && argument.is_array() && !argument.empty();
  const bool named = function == "Ref" && argument.is_string();
  if (!attribute && !named) return {};
  const std::string name = attribute ? argument[0].get<std::string>() : argument.get<std::string>();
  const std::string other = references.another(name);
  if (other.empty()) {
    const bool block = mentions(key, "Cidr");
    return block ? std::vector<Json>{Json("0.0.0.0/0"), Json("198.51.100.0/24")} : std::vector<Json>{};
  }
  Json changed = value;
  (attribute ? changed[function][0] : changed[function]) = other;
  return {changed};
}

}  // namespace

References::References(const Json& document) {
  if (document.contains("Resources")) {
    for (const auto& [name, resource] : document.at("Resources").items()) {
      types_[name] = resource.value("Type", "");
      names_[types_[name]].push_back(name);
    }
  }
  if (document.contains("resources")) expressions(document.at("resources"));
}

void References::expressions(const Json& node) {
  if (node.is_string()) {
    const auto text = node.get<std::string>();
    auto& all = expressions_[subject(text)];
    if (!subject(text).empty() && std::find(all.begin(), all.end(), text) == all.end()) all.push_back(text);
  }
  if (!node.is_structured()) return;
  for (const auto& child : node) expressions(child);
}

std::string References::another(const std::string& name) const {
  const auto type = types_.find(name);
  return type == types_.end() ? "" : next(names_.at(type->second), name).value_or("");
}

std::string References::another_expression(const std::string& expression) const {
  const auto all = expressions_.find(subject(expression));
  if (subject(expression).empty() || all == expressions_.end()) return "";
  return next(all->second, expression).value_or("");
}

std::vector<Json> replacements(const std::string& key, const Json& value, const References& references) {
  if (value.is_boolean()) return {Json(!value.get<bool>())};
  if (value.is_number_integer()) return {Json(value.get<std::int64_t>() + 1)};
  if (value.is_string()) return of_text(key, value.get<std::string>(), references);
  if (value.is_object() && value.size() == 1) return of_reference(key, value, references);
  return {};
}

bool is_label(std::string_view key) {
  static const std::set<std::string_view> kLabels = {"Tags", "Description", "description", "GroupDescription", "tags"};
  return kLabels.contains(key);
}

}  // namespace crenel::mutation
